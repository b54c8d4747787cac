"""Knows what to remove or change within lines: web page buttons, a newspaper's bullets, Markdown, half-width brackets.

Each rule takes one line or all lines and yields edits. Leaves joining lines to `joins`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workreport.ingest.edits import BODY, CONTEXT, Edit, TextLine
from workreport.ingest.front_words import FrontWords
from workreport.ingest.headings import is_salutation
from workreport.ingest.page_lines import is_credit, is_foot, page_lines, page_numbers

_TITLE_CONTEXT = 24
"""Characters of a title that an edit includes after the #, so that a person sees which title it is."""

_ORNAMENT = re.compile(r"[ \t　]*([■□◆◇●○▲△★☆※►▪]+[ \t　]*)(?=\S)")
_HASHES = re.compile(r"[ \t]*#{1,6}[ \t　]+(?=\S)")
_BOLD_START = re.compile(r"[ \t　]*\*\*(?P<inner>[^*\n]{1,80})\*\*")
_HALF_WIDTH_NUMBER = re.compile(r"\((?P<n>[一二三四五六七八九十百]{1,4})\)[ 　]*")
_FIRSTS = frozenset("■□◆◇●○▲△★☆※►▪#*(")
"""The characters of which a line that one of these patterns matches starts with one."""


def line_edits(line: TextLine) -> Iterator[Edit]:
    """Yield the edits that the rules for single lines propose for this line.

    >>> [(e.kind, e.after) for e in line_edits(TextLine(0, 9, "■ 某区区长 某某"))]
    [('ornament', '某区区长')]
    """
    if line.text[:1] in _FIRSTS:
        for rule in (_ornaments, _markup, _numbering):
            yield from rule(line)


def _ornaments(line: TextLine) -> Iterator[Edit]:
    """Remove a bullet at the start of a line: `■ 某区人民政府区长` -> `某区人民政府区长`."""
    found = _ORNAMENT.match(line.text)
    if found:
        stop = min(found.end() + CONTEXT, len(line.text))
        yield Edit(line.start, line.start + stop, line.text[found.end() : stop], "ornament", "版面符号，不是正文")


def web_page_edits(lines: Sequence[TextLine], words: FrontWords) -> Iterator[Edit]:
    """Remove the lines around the report that belong to the page it was copied from, with one edit per run of lines.

    Above the report these are the lines before the first salutation or long line (2 × BODY characters), if there is one;
    below it those after the last sentence; between them only captions, credits and page numbers. See `page_lines`.
    """
    head = next((k for k, line in enumerate(lines) if is_salutation(line.text) or len(line.text) >= 2 * BODY), None)
    if head is None:
        return
    foot = next((k for k in range(len(lines), head, -1) if _is_sentence(lines[k - 1].text)), len(lines))
    feet = {k for k in range(foot, len(lines)) if is_foot(lines[k].text)}
    feet |= {k - 1 for k in feet if k > foot and lines[k - 1].text.rstrip("：:") == "附件"}
    credited = [k for k in range(head, foot) if is_credit(lines[k].text)]
    for first, last, only_buttons in page_lines([line.text for line in lines[:head]], words):
        reason = f"网页{'按钮' if only_buttons else '的来源、时间或按钮'}，不是正文"
        yield Edit(lines[first].start, lines[last].end, "", "chrome", reason)
    for k in sorted(page_numbers([line.text for line in lines])):
        yield Edit(lines[k].start, lines[k].end, "", "page-number", "页码，不是正文")
    for k in credited:
        yield Edit(lines[k].start, lines[k].end, "", "chrome", "图片说明或记者署名，不是正文")
    for first, last, _ in page_lines([line.text for line in lines[foot:]], words):
        yield Edit(lines[foot + first].start, lines[foot + last].end, "", "chrome", "网页的来源、时间或按钮，不是正文")
    for k in sorted(feet):
        yield Edit(lines[k].start, lines[k].end, "", "chrome", "附件名或刊登处，不是正文")


def _is_sentence(text: str) -> bool:
    """Whether a line is text of the report: it ends like a sentence, or it is long."""
    return (len(text) >= BODY or text.endswith(("。", "！", "？", "；", "!"))) and not is_foot(text)


def _markup(line: TextLine) -> Iterator[Edit]:
    """Remove Markdown at the start of a line: `## 一、…` -> `一、…`, `**(一) 标题。**正文` -> `（一）标题。正文`."""
    hashes = _HASHES.match(line.text)
    if hashes:
        stop = min(hashes.end() + _TITLE_CONTEXT, len(line.text))
        yield Edit(
            line.start, line.start + stop, line.text[hashes.end() : stop], "markup", "Markdown 标题记号，不是正文"
        )
        return
    bold = _BOLD_START.match(line.text)
    if not bold:
        return
    inner = bold["inner"]
    mark = _HALF_WIDTH_NUMBER.match(inner)
    printed = f"（{mark['n']}）" if mark else ""
    head = mark.end() if mark else 0
    reason = "加粗记号 ** 在中文句号后不生效，会原样显示" + ("；序号改用全角括号" if mark else "")
    if line.text[bold.end() :]:
        yield Edit(line.start, line.start + bold.end(), printed + inner[head:], "markup", reason)
        return
    # The heading is a line of its own: two edits, since a join with the next line takes the place of the second one.
    stop = min(head + CONTEXT, max(len(inner) - CONTEXT, head))
    begin = line.start + bold.start("inner")
    yield Edit(line.start, begin + stop, printed + inner[head:stop], "markup", reason)
    tail = max(len(inner) - CONTEXT, stop)
    yield Edit(begin + tail, line.start + bold.end(), inner[tail:], "markup", "加粗记号 **，不是正文")


def _numbering(line: TextLine) -> Iterator[Edit]:
    """Change the brackets of a heading number to full-width: `(一) 标题` -> `（一）标题` (GB/T 9704-2012, 7.3.3)."""
    mark = _HALF_WIDTH_NUMBER.match(line.text)
    if mark:
        stop = min(mark.end() + CONTEXT, len(line.text))
        yield Edit(
            line.start,
            line.start + stop,
            f"（{mark['n']}）{line.text[mark.end() : stop]}",
            "numbering",
            "标题序号改用全角括号",
        )
