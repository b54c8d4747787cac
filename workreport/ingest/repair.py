"""Knows what a page break, a converter or a paste does to a report, and mends only what is safe to mend.

Every change is a `Repair` with before, after and reason, and can be undone in `repairs.toml`; passages that
stand twice are found here too, but stay in the text. Leaves doubts to `faults` and the tree to `outline`.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import accumulate, pairwise
from typing import Literal

from workreport.ingest.front_words import FrontWords
from workreport.ingest.headings import END, is_salutation, mark_of
from workreport.ingest.page_lines import page_lines
from workreport.model import Repair, RepairKind, RepairStatus, Repetition, Source, Text

CONTEXT = 4
"""Characters of unchanged text that a record carries on each side, so that a person can see where it is."""
LONGEST_HEADING = 60
REST = 3
"""Characters of a heading's end that may stand on the next line: no sentence of a report is as short (级。)."""
BODY = 40
"""Characters from which a line with marks in it is body text."""
PIECE = 20
"""Characters up to which a line without any mark may be a piece torn out of its sentence."""
CONTINUING = ("，", "。", "；", "、", "：", "！", "？", "”", "’", "）", "》", "】", "是：")
"""What no line of Chinese begins with (W3C clreq, 行首禁则)."""
DANGLING = ("的", "和", "与", "及", "在", "对", "把", "为", "以", "了", "、", "，", "—")
"""What no paragraph ends with."""
BOUND = ("了", "的", "地", "得", "着", "们", "等")
"""What no sentence begins with, though a line may."""
SHORTEST_REPEAT = 60
SURE_REPEAT = 200
SEED = 30

_RuleKind = Literal["chrome", "ornament", "markup", "numbering", "join", "heading-join"]

_ORNAMENT = re.compile(r"[ \t　]*([■□◆◇●○▲△★☆※►▪]+[ \t　]*)(?=\S)")
_HASHES = re.compile(r"[ \t]*#{1,6}[ \t　]+(?=\S)")
_BOLD_HEAD = re.compile(r"[ \t　]*\*\*(?P<inner>[^*\n]{1,80})\*\*")
_BOLD_HALF_MARK = re.compile(r"\((?P<n>[一二三四五六七八九十百]{1,4})\)[ 　]*")
_SOLID = re.compile(r"\S+")
_ANCHOR = re.compile("[，。；、：”的和在全发业]")
"""Where a comparison may begin: marks and characters of which no sixty of any report are without one."""
_ENDS = re.compile(r"[。！？]")


class BadRepair(Exception):
    """A row of `repairs.toml` that does not fit the source. The message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class RepairRule:
    """One row of `repairs.toml`: switches a proposed repair (`id`), or adds one of the publisher's (`before`, `after`)."""

    id: str = ""
    applied: bool = True
    before: str = ""
    after: str = ""
    reason: str = ""
    kind: RepairKind | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    after: str
    kind: _RuleKind
    reason: str
    status: RepairStatus = "applied"


def _lines(text: str) -> list[_Line]:
    """Lines that hold something, without the white space around them."""
    lines, at = [], 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = at + raw.index(stripped[0])
            lines.append(_Line(start, start + len(stripped), stripped))
        at += len(raw) + 1
    return lines


def _ornaments(line: _Line) -> Iterable[_Edit]:
    """`■ 某区人民政府区长` -> `某区人民政府区长`: a newspaper's bullet."""
    found = _ORNAMENT.match(line.text)
    if found:
        stop = min(found.end() + CONTEXT, len(line.text))
        yield _Edit(line.start, line.start + stop, line.text[found.end() : stop], "ornament", "版面符号，不是正文")


def _chrome(lines: Sequence[_Line], words: FrontWords) -> Iterable[_Edit]:
    """Lines of the web page that a report was copied from, before the report begins; see `page_lines`."""
    head = next((k for k, line in enumerate(lines) if is_salutation(line.text) or len(line.text) >= 2 * BODY), 0)
    for first, last, only in page_lines([line.text for line in lines[:head]], words):
        reason = f"网页{'按钮' if only else '的来源、时间或按钮'}，不是正文"
        yield _Edit(lines[first].start, lines[last].end, "", "chrome", reason)


def _markup(line: _Line) -> Iterable[_Edit]:
    """`## 一、…` and `**(一) 标题。**正文`: marks of a converter that would be read as characters of the text."""
    hashes = _HASHES.match(line.text)
    if hashes:
        stop = min(hashes.end() + 24, len(line.text))
        yield _Edit(
            line.start, line.start + stop, line.text[hashes.end() : stop], "markup", "Markdown 标题记号，不是正文"
        )
        return
    bold = _BOLD_HEAD.match(line.text)
    if not bold:
        return
    inner = bold["inner"]
    mark = _BOLD_HALF_MARK.match(inner)
    printed = f"（{mark['n']}）" if mark else ""
    head = mark.end() if mark else 0
    reason = "加粗记号 ** 在中文句号后不生效，会原样显示" + ("；序号改用全角括号" if mark else "")
    if line.text[bold.end() :]:
        yield _Edit(line.start, line.start + bold.end(), printed + inner[head:], "markup", reason)
        return
    # The head stands alone on its line: two records, so that a join behind it can be undone by itself.
    stop = min(head + CONTEXT, max(len(inner) - CONTEXT, head))
    begin = line.start + bold.start("inner")
    yield _Edit(line.start, begin + stop, printed + inner[head:stop], "markup", reason)
    tail = max(len(inner) - CONTEXT, stop)
    yield _Edit(begin + tail, line.start + bold.end(), inner[tail:], "markup", "加粗记号 **，不是正文")


def _numbering(line: _Line) -> Iterable[_Edit]:
    """`(一) 标题` -> `（一）标题`: a heading's number takes full-width brackets (GB/T 9704-2012, 7.3.3)."""
    mark = _BOLD_HALF_MARK.match(line.text)
    if mark:
        stop = min(mark.end() + CONTEXT, len(line.text))
        yield _Edit(
            line.start,
            line.start + stop,
            f"（{mark['n']}）{line.text[mark.end() : stop]}",
            "numbering",
            "标题序号改用全角括号",
        )


def _plain(text: str) -> str:
    return text.removesuffix("**").removeprefix("**").rstrip()


def _is_heading(text: str) -> bool:
    mark = mark_of(_plain(text))
    return text.startswith("#") or (mark is not None and len(text) <= 60 and "。" not in text[:-1])


def _starts_anew(text: str) -> bool:
    """Does this line begin something of its own, so that nothing may be joined to its front?"""
    return (
        text.startswith(("#", "**", "——", "|", ">", "-", "*", "【", "“", "■"))
        or mark_of(text) is not None
        or is_salutation(text)
    )


def _cut_paragraph(left: str, right: str, after: str) -> str:
    """Does a body paragraph stop in the middle of a sentence that the next line goes on with?

    "sure" where the words show it, "likely" where only the end mark is missing (proposed, never applied by itself), "".

    sure:    …1398名运动员在拱墅奉献 | 了1126场精彩赛事，…      了 begins no sentence
             …惠及企业4200余 | 家。                             nor does a number end one
             …国家级旅游休闲街区，大兜 | 路历史街区…             nor is a clause as short
             …累计完成造林，PM | 2.5 | 年平均浓度…             a line torn at an inline mark, joined on both sides
             …经济社会发展的 | 主要目标 | 是：地区生产总值…
    likely:  …走上了改造商业的道路 | 对工商业的改造是…          two paragraphs, the first without 。
    "":      三、2026年工作安排 | 今年是…  (a heading); 广东省省长 某某 | 各位代表：
    """
    if left[-1] in END or left[-1] in "|*" or _is_heading(left) or _starts_anew(right):
        return ""
    if right.startswith(CONTINUING):
        return "sure"
    body = len(left) >= BODY and re.search("[，。；]", left) is not None
    torn = left.count("“") > left.count("”") or left.endswith(DANGLING)
    if not (body or torn) or len(left) < 2 * CONTEXT:
        return ""
    if _unmarked(right):
        # A piece without any mark is joined only where what follows it goes on as well.
        return "sure" if after != "" and not _starts_anew(after) else ""
    if not re.search("[。；]", right):
        return ""
    clause = re.split("[，。；：、]", left)[-1]
    unfinished = torn or len(clause) <= REST or re.search(r"[0-9０-９余多约近第]$", left) is not None
    return "sure" if unfinished or right.startswith(BOUND) else "likely"


def _unmarked(text: str) -> bool:
    """A short line without any mark: it may be a piece torn out of its sentence."""
    return len(text) <= PIECE and not re.search("[，：！？。；]", text)


def _run_in_kinds(lines: Sequence[_Line]) -> frozenset[str]:
    """The kinds of number whose headings, most of them, close with 。 on the line and run into their paragraph."""
    kin: Counter[str] = Counter()
    run_in: Counter[str] = Counter()
    for line in lines:
        text = _plain(line.text)
        mark = mark_of(text)
        if mark:
            kin[mark.kind] += 1
            stop = text.find("。")
            run_in[mark.kind] += 0 < stop < LONGEST_HEADING and len(text) > stop + 2 * CONTEXT
    return frozenset(kind for kind, n in run_in.items() if n >= 2 and 2 * n > kin[kind] - 1)


def _cut_heading(left: str, right: str, run_in: frozenset[str]) -> bool:
    """A run-in heading cut before its end: its kin close with 。 on the line, this one does not.

    for: **(八) 民生优享提质升** | 级。高质量完成…   where the others read **(七) 重大改革走深走实。**以营商…
    """
    mark = mark_of(_plain(left))
    if mark is None or mark.kind not in run_in or left.rstrip("*").endswith(tuple(END)):
        return False
    if len(left) > LONGEST_HEADING or _starts_anew(right):
        return False
    stop = right.find("。")
    return 0 < stop <= REST and len(right) > stop + 1


def _joins(source: str, lines: Sequence[_Line]) -> Iterable[_Edit]:
    run_in = _run_in_kinds(lines)
    after = [line.text for line in lines[2:]] + [""]
    piece = False  # the left line is a piece joined to what stands before it: what follows goes on too
    for (left, right), following in zip(pairwise(lines), after, strict=False):
        # Half of a short piece at most: its other half belongs to the join on its other side.
        stop = right.start + min(CONTEXT, len(right.text) // 2)
        cut = "sure" if piece and not _starts_anew(right.text) else _cut_paragraph(left.text, right.text, following)
        piece = cut == "sure" and _unmarked(right.text)
        if cut:
            begin = left.end - min(CONTEXT, (len(left.text) + 1) // 2)
            words = source[begin : left.end] + source[right.start : stop]
            if cut == "sure":
                yield _Edit(begin, stop, words, "join", "段落因换页断开，接合")
            else:
                yield _Edit(begin, stop, words, "join", "段落末尾没有句号，或因换页断开；未接合，请核对", "proposed")
        elif _cut_heading(left.text, right.text, run_in):
            end = left.end - (2 if left.text.endswith("**") else 0)
            begin = max(end - CONTEXT, left.start)
            stop = right.start + right.text.index("。") + 1
            words = source[begin:end] + source[right.start : stop]
            yield _Edit(begin, stop, words, "heading-join", "标题因换页断开，接合")


def _without_overlaps(edits: Iterable[_Edit]) -> list[_Edit]:
    """Joins go first: they hold the marks that stand at their joint; another record there would change it twice."""
    taken: list[_Edit] = []
    for edit in sorted(edits, key=lambda e: (not e.kind.endswith("join"), e.start, e.end)):
        k = bisect_left(taken, edit.end, key=lambda e: e.start)
        if k == 0 or taken[k - 1].end <= edit.start:
            taken.insert(k, edit)
    return taken


def propose(source: Source, words: FrontWords) -> tuple[Repair, ...]:
    """Every repair that is safe to apply, in the order of the source; each matches exactly its own span.

    >>> s = Source("x", "■ 某区区长 某某", "", "utf-8", "text")
    >>> [(r.kind, r.before, r.after) for r in propose(s, FrontWords())]
    [('ornament', '■ 某区区长', '某区区长')]
    """
    lines = _lines(source.text)
    edits: list[_Edit] = list(_chrome(lines, words))
    lines = [line for line in lines if not any(e.start <= line.start < e.end for e in edits)]
    edits += _joins(source.text, lines)
    for line in lines:
        for rule in (_ornaments, _markup, _numbering):
            edits.extend(rule(line))
    seen: dict[str, int] = {}
    repairs = []
    for e in _without_overlaps(edits):
        before = source.text[e.start : e.end]
        if before == e.after:
            continue
        digest = hashlib.sha256(f"{before}\0{e.after}".encode()).hexdigest()[:8]
        name = f"{e.kind}-{digest}"
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            name = f"{name}-{seen[name]}"
        repairs.append(Repair(name, RepairKind(e.kind), e.start, e.end, before, e.after, e.reason, e.status))
    return tuple(repairs)


def settle(source: Source, proposed: tuple[Repair, ...], rows: tuple[RepairRule, ...]) -> tuple[Repair, ...]:
    """Apply the publisher's hand (`repairs.toml`): switch repairs off, add repairs of their own.

    Rows with an id that is not proposed, or whose words stand not exactly once, raise BadRepair that tells them all.
    """
    known = {r.id: r for r in proposed}
    wrong = []
    for row in rows:
        try:
            settled = _switched(row, known) if row.id else _added(row, source.text, known)
        except BadRepair as error:
            wrong.append(str(error))
        else:
            known[settled.id] = settled
    if wrong:
        raise BadRepair("\n".join(wrong))
    return tuple(sorted(known.values(), key=lambda r: (r.start, r.end, r.id)))


def _switched(row: RepairRule, known: dict[str, Repair]) -> Repair:
    """A proposed repair as the publisher wants it: on or off."""
    if row.id not in known:
        raise BadRepair(
            f'repairs.toml 的 id = "{row.id}" 在这份来源里没有对应的修复。请删去这一行，或运行 build.py inspect 查看现有编号。'
        )
    old = known[row.id]
    if row.before and row.before != old.before:
        raise BadRepair(f'repairs.toml 的 id = "{row.id}"：before 与来源不符（来源是 {old.before!r}）。')
    return replace(old, status="applied" if row.applied else "undone")


def _added(row: RepairRule, text: str, known: dict[str, Repair]) -> Repair:
    """A repair of the publisher's own."""
    times = text.count(row.before) if row.before else 0
    if times != 1:
        raise BadRepair(f"repairs.toml 里 before = {row.before!r} 在来源中出现 {times} 次，应恰好一次。请多写几个字。")
    start = text.index(row.before)
    digest = hashlib.sha256(f"{row.before}\0{row.after}".encode()).hexdigest()[:8]
    added = Repair(
        f"editor-{digest}",
        row.kind or RepairKind("editor"),
        start,
        start + len(row.before),
        row.before,
        row.after,
        row.reason or "发布者修改",
        "applied" if row.applied else "undone",
        "publisher",
    )
    for other in known.values():
        if (
            other.status == "applied"
            and added.status == "applied"
            and added.start < other.end
            and other.start < added.end
        ):
            raise BadRepair(
                f"repairs.toml 里 before = {row.before!r} 与修复 {other.id} 重叠。请先把那一条改为 applied = false。"
            )
    return added


def apply(source: Source, repairs: tuple[Repair, ...]) -> Text:
    """The text after the applied repairs, with the way back. Characters outside of repairs are never touched.

    >>> s = Source("x", "4200余\\n\\n家企业", "", "utf-8", "text")
    >>> r = Repair("j", "join", 3, 8, "0余\\n\\n家", "0余家", "")
    >>> apply(s, (r,)).body
    '4200余家企业'
    """
    out: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    at = length = 0

    def keep(start: int, end: int) -> None:
        nonlocal length
        if end > start:
            out.append(source.text[start:end])
            if pieces and pieces[-1][0] + pieces[-1][2] == length and pieces[-1][1] + pieces[-1][2] == start:
                pieces[-1] = (pieces[-1][0], pieces[-1][1], pieces[-1][2] + end - start)
            else:
                pieces.append((length, start, end - start))
            length += end - start

    for r in repairs:
        if r.status != "applied":
            continue
        # Inside a repair, what stands on both sides keeps its place: **(一) 标题。** -> （一）标题。 keeps 一 and 标题。
        for tag, a, b, c, d in SequenceMatcher(None, r.before, r.after, autojunk=False).get_opcodes():
            if tag == "equal":
                keep(at, r.start + b)
            else:
                keep(at, r.start + a)
                if r.after[c:d]:
                    out.append(r.after[c:d])
                    length += d - c
            at = r.start + b
    keep(at, len(source.text))
    return Text("".join(out), tuple(pieces))


def repetitions(text: Text) -> tuple[Repetition, ...]:
    """Passages of the body that stand twice, white space apart, at least SHORTEST_REPEAT characters long.

    The later one is taken for the copy. Stock phrases of one sentence that a writer may well repeat are left
    alone: a passage counts when it is at least SURE_REPEAT long, or holds a sentence end and a figure.
    Linear in the length of the text.
    """
    body = text.body
    runs = [(m.start(), m.group()) for m in _SOLID.finditer(body)]
    packed = "".join(words for _, words in runs)
    heads = list(accumulate((len(words) for _, words in runs), initial=0))

    def place(at: int) -> int:
        """A position without white space, as one of the body."""
        k = bisect_right(heads, at) - 1
        return runs[k][0] + at - heads[k]

    first: dict[str, int] = {}
    found: list[Repetition] = []
    floor = 0  # up to here everything was compared
    for anchor in _ANCHOR.finditer(packed):
        i = anchor.start()
        if i < floor:
            continue
        seed = packed[i : i + SEED]
        if len(seed) < SEED:
            break
        j = first.setdefault(seed, i)
        if j == i:
            continue
        back = 0
        while (
            i - back > floor and j - back > 0 and packed[i - back - 1] == packed[j - back - 1] and back < i - j - SEED
        ):
            back += 1
        start, of = i - back, j - back
        size = SEED + back
        while start + size < len(packed) and of + size < start and packed[start + size] == packed[of + size]:
            size += 1
        if size >= SHORTEST_REPEAT and of + size <= start and _counts(packed[start : start + size]):
            a, b = _whole_lines(body, place(start), place(start + size - 1) + 1)
            before = body[body.rfind("\n", 0, a) + 1 : a].strip()
            lost = before != "" and before[-1] not in END
            found.append(Repetition(a, b, place(of) + a - place(start), lost=lost))
        # Past what was compared, found or not: each character is compared once.
        floor = start + size
    return tuple(found)


def _whole_lines(body: str, start: int, end: int) -> tuple[int, int]:
    """Two lines that begin alike (（六）…, （七）…) lengthen a match by a few characters: cut these off again."""
    at_head = body[body.rfind("\n", 0, start) + 1 : start].strip() == ""
    head = body.find("\n", start, start + CONTEXT * 3)
    if head >= 0 and not at_head:
        start = head + 1 + len(body[head + 1 : end]) - len(body[head + 1 : end].lstrip())
    stop = body.find("\n", end)
    at_tail = body[end : stop if stop >= 0 else len(body)].strip() == ""
    tail = body.rfind("\n", max(end - CONTEXT * 3, start), end)
    if tail >= 0 and not at_tail:
        end = start + len(body[start:tail].rstrip())
    return start, end


def _counts(passage: str) -> bool:
    return len(passage) >= SURE_REPEAT or (_ENDS.search(passage) is not None and re.search(r"\d", passage) is not None)
