"""Knows which neighbouring lines are one paragraph, or one heading, that a page break cut in two.

Leaves repairs within a single line to `line_repairs`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from workreport.ingest.edits import BODY, CONTEXT, Edit, TextLine
from workreport.ingest.headings import END, is_salutation, mark_of

LONGEST_HEADING = 60
"""The longest heading, in characters."""
SHORTEST_SENTENCE = 3
"""A clause before a line break, or a sentence after it (级。), with at most this many characters is only a part of one."""
LONGEST_FRAGMENT = 20
"""The longest line, in characters, that may be a fragment of a sentence if it has no punctuation."""
NEVER_FIRST = ("，", "。", "；", "、", "：", "！", "？", "”", "’", "）", "》", "】", "是：")
"""No paragraph begins with these; all but 是： may not begin a line at all (W3C clreq, 行首禁则)."""
NEVER_LAST = ("的", "和", "与", "及", "在", "对", "把", "为", "以", "了", "、", "，", "—")
"""No paragraph ends with these."""
NEVER_FIRST_IN_SENTENCE = ("了", "的", "地", "得", "着", "们", "等")
"""No sentence begins with these."""

_ENDS = frozenset(END)
_Certainty = Literal["sure", "likely", ""]
"""How certain it is that a line continues the line before it; "" if it does not."""


def join_edits(source: str, lines: Sequence[TextLine]) -> Iterator[Edit]:
    """Yield an edit for each place where a page break cut a paragraph or a heading.

    `lines` are lines of the text `source`, in order. An uncertain join has the status "proposed". Several fragments in a
    row are all joined (PM | 2.5 | 年平均浓度).
    """
    run_in = _run_in_kinds(lines)
    after = [line.text for line in lines[2:]] + [""]
    in_fragment = False  # `left` is a fragment that was joined to a sentence before it, so `right` continues it
    for (left, right), following in zip(pairwise(lines), after, strict=False):
        cut = _paragraph_cut(left.text, right.text, following)
        if in_fragment and not _starts_anew(right.text):
            cut = "sure"
        # A title over two lines has no punctuation; what follows it is a line of its own.
        in_fragment = (
            cut == "sure"
            and _is_fragment(right.text)
            and (in_fragment or right.text.startswith(NEVER_FIRST) or re.search("[，。；]", left.text) is not None)
        )
        if cut:
            yield _paragraph_join(source, left, right, cut)
        elif _cut_heading(left.text, right.text, run_in):
            yield _heading_join(source, left, right)


def _paragraph_join(source: str, left: TextLine, right: TextLine, cut: _Certainty) -> Edit:
    """Return the edit that joins two lines of a paragraph; it is only proposed if the cut is not "sure"."""
    # At most half of a short line: the join on its other side contains the other half, and joins must not overlap.
    stop = right.start + min(CONTEXT, len(right.text) // 2)
    begin = left.end - min(CONTEXT, (len(left.text) + 1) // 2)
    words = source[begin : left.end] + source[right.start : stop]
    if cut == "sure":
        return Edit(begin, stop, words, "join", "段落因换页断开，接合")
    return Edit(begin, stop, words, "join", "段落末尾没有句号，或因换页断开；未接合，请核对", "proposed")


def _heading_join(source: str, left: TextLine, right: TextLine) -> Edit:
    """Return the edit that joins a heading and its end, up to the first 。 of `right`; ** at the joint is removed."""
    end = left.end - (2 if left.text.endswith("**") else 0)
    begin = max(end - CONTEXT, left.start)
    stop = right.start + right.text.index("。") + 1
    words = source[begin:end] + source[right.start : stop]
    return Edit(begin, stop, words, "heading-join", "标题因换页断开，接合")


def _without_bold(text: str) -> str:
    """Remove ** at the start and at the end."""
    return text.removesuffix("**").removeprefix("**").rstrip()


def _is_heading(text: str) -> bool:
    """Whether a whole line is a heading: it begins with #, or it is short, numbered and a single sentence."""
    mark = mark_of(_without_bold(text))
    return text.startswith("#") or (mark is not None and len(text) <= LONGEST_HEADING and "。" not in text[:-1])


def _starts_anew(text: str) -> bool:
    """Whether a line begins its own paragraph or heading, so that it cannot continue the line before it."""
    return (
        text.startswith(("#", "**", "——", "|", ">", "-", "*", "【", "“", "■"))
        or mark_of(text) is not None
        or is_salutation(text)
    )


def _paragraph_cut(left: str, right: str, after: str) -> _Certainty:
    """Whether the line `right` continues the last sentence of the line `left`.

    "sure" where the text shows it, "likely" where only the full stop of `left` is missing, "" otherwise. `after` is the
    line after `right`, "" at the end.

    sure:    …1398名运动员在拱墅奉献 | 了1126场精彩赛事，…      no sentence begins with 了
             …惠及企业4200余 | 家。                             no sentence ends with a number
             …国家级旅游休闲街区，大兜 | 路历史街区…             the last clause is too short
             …累计完成造林，PM | 2.5 | 年平均浓度…             a fragment, joined on both sides
             …经济社会发展的 | 主要目标 | 是：地区生产总值…     no paragraph ends with 的 or begins with 是：
    likely:  …走上了改造商业的道路 | 对工商业的改造是…          perhaps two paragraphs, the first without 。
    "":      三、2026年工作安排 | 今年是…                      a heading
             广东省省长 某某 | 各位代表：                      a salutation follows
    """
    if left[-1] in END or left[-1] in "|*" or _is_heading(left) or _starts_anew(right):
        return ""
    if right.startswith(NEVER_FIRST):
        return "sure"
    body = len(left) >= BODY and re.search("[，。；]", left) is not None
    torn = left.count("“") > left.count("”") or left.endswith(NEVER_LAST)
    if not (body or torn) or len(left) < 2 * CONTEXT:
        return ""
    if _is_fragment(right):
        # A fragment is joined only if the line after the fragment continues it.
        return "sure" if after != "" and not _starts_anew(after) else ""
    if not re.search("[。；]", right):
        return ""
    clause = re.split("[，。；：、]", left)[-1]
    unfinished = torn or len(clause) <= SHORTEST_SENTENCE or re.search(r"[0-9０-９余多约近第]$", left) is not None
    return "sure" if unfinished or right.startswith(NEVER_FIRST_IN_SENTENCE) else "likely"


def _is_fragment(text: str) -> bool:
    """Whether a line is short and without punctuation, so that it may be a fragment of a sentence."""
    return len(text) <= LONGEST_FRAGMENT and not re.search("[，：！？。；]", text)


def _run_in_kinds(lines: Sequence[TextLine]) -> frozenset[str]:
    """Return the kinds of heading number whose headings mostly end with 。 and have text after them on the same line.

    At least two headings of the kind must do so, and at least half of all.
    """
    all_of_kind: Counter[str] = Counter()
    run_in: Counter[str] = Counter()
    for line in lines:
        text = _without_bold(line.text) if "**" in line.text else line.text
        mark = mark_of(text)
        if mark:
            all_of_kind[mark.kind] += 1
            stop = text.find("。")
            run_in[mark.kind] += 0 < stop < LONGEST_HEADING and len(text) > stop + 2 * CONTEXT
    return frozenset(kind for kind, n in run_in.items() if n >= 2 and 2 * n > all_of_kind[kind] - 1)


def _cut_heading(left: str, right: str, run_in: frozenset[str]) -> bool:
    """Whether the line `left` is a heading whose last characters are at the start of the line `right`.

    Example: **(八) 民生优享提质升** | 级。高质量完成…, where other headings are like **(七) 重大改革走深走实。**以营商…
    `run_in` are the kinds of number whose headings have text after them. At most SHORTEST_SENTENCE characters precede the
    first 。 of `right`, and text follows that 。.
    """
    if not run_in or len(left) > LONGEST_HEADING or left.rstrip("*")[-1:] in _ENDS:
        return False
    mark = mark_of(_without_bold(left))
    if mark is None or mark.kind not in run_in or _starts_anew(right):
        return False
    stop = right.find("。")
    return 0 < stop <= SHORTEST_SENTENCE and len(right) > stop + 1
