"""Knows which marks of Markdown within a text are no text: of tables, quotations, footnotes, subscripts and bold words.

Each becomes an edit that removes or replaces it. Leaves marks at the start of headings to `line_repairs`. Source of the
rules: GitHub Flavored Markdown 0.29 (tables, block quotes), PHP Markdown Extra (footnotes), TeX (subscripts).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workreport.ingest.edits import CONTEXT, Edit, TextLine

_DELIMITERS = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*){0,99}\|?")
"""Matches the row of dashes below the header of a table: | --- | :-: |."""
_CELL_BORDER = re.compile(r"[ \t]*(?<!\\)\|[ \t]*")
_QUOTE = re.compile(r"(?:>[ \t]?){1,9}(?=\S)")
_FOOTNOTE = re.compile(r"\[\^(?P<label>[^\]\s\[]{1,12})\](?P<defines>:[ \t]*)?")
_SUBSCRIPT = re.compile(
    r"(?<![A-Za-z0-9_/.\-])(?P<stem>[A-Z][A-Za-z]?)_(?:\{(?P<braced>\d{1,2}(?:\.\d)?)\}|(?P<bare>\d{1,2}(?:\.\d)?))(?![A-Za-z0-9_])"
)
"""Matches a subscript as TeX writes it: PM_2.5, CO_{2}; not a name of a file or an address, which goes on."""
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_BOLD = re.compile(r"(?<!\*)\*\*(?P<inner>[^*\n]{1,80})\*\*(?!\*)")


def markdown_edits(lines: Sequence[TextLine]) -> Iterator[Edit]:
    """Yield the edits that remove Markdown within lines.

    >>> lines = [TextLine(0, 11, "| 指标 | 数值 |"), TextLine(12, 21, "|---|---|"), TextLine(22, 30, "| 粮食 | 5 |")]
    >>> [e.after for e in markdown_edits(lines)]
    ['指标\\t数值', '', '粮食\\t5']
    """
    rows = _table_rows(lines)
    for k, line in enumerate(lines):
        if k in rows:
            after = "" if _DELIMITERS.fullmatch(line.text) else _cells(line.text)
            yield Edit(line.start, line.end, after, "markup", "Markdown 表格的竖线，不是正文；各格以制表符分开")
            continue
        quote = _QUOTE.match(line.text)
        if quote:
            stop = min(quote.end() + CONTEXT, len(line.text))
            stop = min(
                [stop, *(m.start() for mark in (_FOOTNOTE, _SUBSCRIPT) for m in mark.finditer(line.text, quote.end()))]
            )
            yield Edit(
                line.start, line.start + stop, line.text[quote.end() : stop], "markup", "Markdown 引用记号 >，不是正文"
            )
        if "_" in line.text:
            for found in _SUBSCRIPT.finditer(line.text):
                words = found["stem"] + (found["braced"] or found["bare"]).translate(_LOWERED)
                yield Edit(
                    line.start + found.start(), line.start + found.end(), words, "markup", "下标记号 _，写作下标的数字"
                )
        if "*" in line.text or "[" in line.text:
            yield from _within(line)


def _within(line: TextLine) -> Iterator[Edit]:
    """The edits for the footnotes and bold words of a line; a bold start of a line is that of a heading."""
    for found in _FOOTNOTE.finditer(line.text):
        if not found["defines"] or found.start() == 0:
            at = line.start + found.start()
            yield Edit(at, line.start + found.end(), f"［{found['label']}］", "markup", "Markdown 脚注记号，记作［n］")
    for found in _BOLD.finditer(line.text):
        if line.text[: found.start()].strip("> "):
            at = line.start + found.start()
            yield Edit(at, line.start + found.end(), found["inner"], "markup", "加粗记号 **，不是正文")


def _table_rows(lines: Sequence[TextLine]) -> set[int]:
    """The indexes of all lines of tables: a row with |, the row of dashes below it, and the rows with | that follow."""
    rows: set[int] = set()
    for k in range(1, len(lines)):
        if "|" in lines[k].text and "|" in lines[k - 1].text and _DELIMITERS.fullmatch(lines[k].text):
            rows |= {k - 1, k}
        elif k - 1 in rows and "|" in lines[k].text:
            rows.add(k)
    return rows


def _cells(row: str) -> str:
    """A row of a table with tabs between its cells; \\| is a | within a cell, [^1] the mark of a footnote."""
    text = _CELL_BORDER.sub("\t", row)
    text = text.removeprefix("\t") if row.startswith("|") else text
    text = text.removesuffix("\t") if row.rstrip().endswith("|") and not row.endswith("\\|") else text
    return _FOOTNOTE.sub(lambda m: f"［{m['label']}］", text.replace("\\|", "|"))
