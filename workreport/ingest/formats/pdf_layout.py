"""Knows how the lines of a PDF become paragraphs, also across pages.

A Chinese paragraph usually has a first line indented by two characters, lines of equal width and a short last line. Leaves
reading the lines to `pdf`, and telling headers from text to `pdf_margins`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from workreport.ingest.formats.extract import TextBuilder
from workreport.ingest.formats.pdf_columns import with_columns
from workreport.ingest.formats.pdf_margins import MarginKind, PdfLine, margins, mode

SLACK, RAGGED_SLACK = 0.4, 8.0
"""A line ends its paragraph if this many characters of room remain after the space that the next word needs.

RAGGED_SLACK is for lines that may be short by chance (see `_ended_early`).
"""
FEWEST_ON_PAGE, FEWEST_IN_COLUMN = 8, 3
"""The fewest lines of body text that show the edges of a page, and of a column."""
TALLEST_CELL = 4
"""The most lines of a table cell for which the cell to its right is found."""
WIDEST_WORD = 20
"""Characters from which a word may be broken over two lines."""

_NOTE = re.compile(r"(?:［([0-9]{1,3})］|\[([0-9]{1,3})\]|([0-9]{1,3})(?=\s|[一-鿿])|([①-⑳]))\s*")
"""Matches the marker of a footnote at the start of its line."""
_SENTENCE_END = "。！？；…"
_PARAGRAPH_END = (*_SENTENCE_END, "：", ":")
_HEADING = re.compile(
    r"[一二三四五六七八九十百]{1,4}、|[（(][一二三四五六七八九十百]{1,4}[）)]|第[一二三四五六七八九十百]{1,4}[部章节条]|[0-9]{1,2}[.．、](?![0-9])"
)
"""Matches the number of a heading at the start of a line."""
_CLOSING = "，。、；：！？）》〉」』】〕”’％%…"
"""Characters that never begin a line."""
_OPENING = "（《〈「『【〔“‘"
"""Characters that never end a line."""
_QUOTES = ("“", "”", "‘", "’")
_LATIN = re.compile(r"[A-Za-z0-9.,%+\-/&:∶～~]+")
"""Matches a figure or a Latin word."""
_MARGINS: dict[MarginKind, str] = {"header": "页眉", "footer": "页脚", "page-number": "页码"}


@dataclass(frozen=True, slots=True)
class PdfText:
    """The text with its pages and omissions (`page`), and what a person should check, in Chinese."""

    page: TextBuilder
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _PageMetrics:
    """The layout of a page, or of a column of it, in points: edges of the text, type size, line distance; whether paragraphs are indented.

    `listed`: it is one of several columns and none of its lines ends a sentence, so that each is an entry of its own.
    """

    left: float
    right: float
    size: float
    pitch: float
    indented: bool
    listed: bool = False


_Metrics = Mapping[tuple[int, int], _PageMetrics]
"""The metrics of each column, by page and column; a page in one column has the column 0."""


def _page_metrics(pages: Sequence[list[PdfLine]]) -> dict[tuple[int, int], _PageMetrics]:
    """Measure each column of each page. A page with fewer than eight lines of body text gets the edges of the whole file.

    Type size, line distance and `indented` are the same for all pages.
    """
    every = [line for lines in pages for line in lines]
    # Most characters are body text, so the most frequent size is that of the body.
    sizes: Counter[float] = Counter()
    for line in every:
        sizes[round(line.size * 2) / 2] += len(line.text)
    size = min(sizes, key=lambda s: (-sizes[s], s)) if sizes else 10.0
    body = [line for line in every if abs(line.size - size) <= 0.12 * size]
    left, right = _edges(body, size)
    gaps = [
        a.bottom - b.bottom
        for lines in pages
        for a, b in pairwise(lines)
        if 0 < a.bottom - b.bottom < 4 * size
        and abs(a.size - size) <= 0.12 * size
        and abs(b.size - size) <= 0.12 * size
    ]
    pitch = mode(gaps, max(size / 8, 0.5)) or 1.5 * size
    made = []
    for number, lines in enumerate(pages, 1):
        last = max((line.column for line in lines), default=0)
        for column in range(last + 1):
            own = [line for line in lines if line.column == column and abs(line.size - size) <= 0.12 * size]
            a, b = _edges(own, size) if len(own) >= (FEWEST_IN_COLUMN if last else FEWEST_ON_PAGE) else (left, right)
            indents = sum(1.2 * size < line.left - a < 2.8 * size for line in own)
            listed = last > 0 and not any(line.text.endswith(_PARAGRAPH_END) for line in own)
            made.append(((number, column), a, b, indents, len(own), listed))
    indented = sum(n for *_, n, _, _ in made) >= max(1, 0.04 * sum(n for *_, n, _ in made))
    return {place: _PageMetrics(a, b, size, pitch, indented, listed) for place, a, b, _, _, listed in made}


def _edges(lines: Sequence[PdfLine], size: float) -> tuple[float, float]:
    """Return the left and right edge of the text: the leftmost frequent start of lines, nearly the rightmost end."""
    if not lines:
        return 0.0, 0.0
    lefts = sorted(line.left for line in lines)
    counts = Counter(round(x / (size / 4)) for x in lefts)
    often = [
        k
        for k in sorted(counts)
        if counts[k - 1] + counts[k] + counts[k + 1] >= max(2 if len(lines) > 5 else 1, 0.15 * len(lines))
    ]
    left = next((x for x in lefts if often and abs(round(x / (size / 4)) - often[0]) <= 1), lefts[0])
    # Punctuation may hang over the edge, so lines that end with it are ignored, as are the longest 5 %.
    plain = sorted(line.right for line in lines if line.text[-1:] not in _CLOSING)
    rights = plain if len(plain) >= 3 else sorted(line.right for line in lines)
    return left, rights[-1 - len(rights) // 20]


def _first_word(text: str) -> float:
    """Return the width, in Chinese characters, of the start of a text up to the first place where a line may break.

    No line breaks within a figure or Latin word, between a word and its punctuation, or beside a quotation mark.

    >>> [round(_first_word(words), 2) for words in ("工程，推进", "程，推进", "用；“5”即依托")]
    [1.0, 2.0, 5.55]
    """
    width, k = 0.0, 0
    while k < len(text) and width < WIDEST_WORD:
        if text[k] in _OPENING:
            width, k = width + 1, k + 1
            continue
        latin = _LATIN.match(text, k)
        width += 0.55 * len(latin[0]) if latin else 1.0
        k = latin.end() if latin else k + 1
        while k < len(text) and text[k] in _CLOSING:
            width, k = width + 1, k + 1
        if text[k - 1] not in _QUOTES and text[k : k + 1] not in _QUOTES:
            break
    return width


def _ended_early(line: PdfLine, following: PdfLine, m: _PageMetrics) -> bool:
    """Whether the first word of the following line would have fitted on this line, so that this line ends a paragraph.

    Where paragraphs are indented, a line without end punctuation must have RAGGED_SLACK of room, unless it is a centred
    title: it may be short by chance.
    """
    if line.text[-1:] in _OPENING:
        return False
    title = _centred(line, m) and line.left - m.left > 2.8 * m.size
    ragged = m.indented and line.text[-1:] not in _PARAGRAPH_END and not title
    slack = RAGGED_SLACK if ragged else SLACK
    return m.right - line.right > (_first_word(following.text.lstrip()[:40]) + slack) * m.size


def _centred(line: PdfLine, m: _PageMetrics) -> bool:
    """Whether the margins left and right of a line are about equal; a full line is centred too."""
    before, after = line.left - m.left, m.right - line.right
    return abs(before - after) <= 1.2 * line.size and before > -0.5 * line.size


def _starts_paragraph(line: PdfLine, last: PdfLine, first: PdfLine, m: _PageMetrics, last_m: _PageMetrics) -> bool:
    """Whether a line begins a new paragraph.

    `last` is the line before it, and `first` the first line of the paragraph of `last`. `m` and `last_m` are the metrics of
    the columns of `line` and `last`. A new column is like a new page.
    """
    same_page = (line.page, line.column) == (last.page, last.column)
    if abs(line.size - last.size) > 0.12 * max(line.size, last.size):
        return True
    if "\t" in line.text or "\t" in last.text or m.listed or last_m.listed:
        return True
    gap = last.bottom - line.bottom if same_page else 0.0
    if same_page and (gap <= 0 or gap > 1.45 * m.pitch * max(1.0, line.size / m.size)):
        return True
    ended = last.text[-1:] in _SENTENCE_END
    indent = line.left - m.left
    title = first.left - last_m.left < m.size and _centred(first, last_m) and not ended and last.text[-1:] not in "：:"
    if indent > 1.2 * m.size:
        # The second line of a centred title is centred too.
        return not (
            title and same_page and _centred(line, m) and m.right - last.right < 3 * m.size and not _HEADING.match(line.text)
            and (indent > 2.8 * m.size or not m.indented)
        )  # fmt: skip
    if _ended_early(last, line, last_m):
        return True
    if m.indented:
        # Where paragraphs are indented, a line without indent continues its paragraph.
        return False
    # Without indents, a full line that ends a sentence ends its paragraph only before a larger gap or a heading.
    return ended and (gap > 1.15 * m.pitch or bool(_HEADING.match(line.text)))


def _join(before: str, after: str) -> str:
    """Join two lines, with a space only between two Latin letters."""
    if before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha():
        return f"{before} {after}"
    return before + after


def _merge_cells(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Merge lines side by side (the cells of a table row) into one line with tabs.

    In the file all lines of a cell precede the cell to its right, so the cell on the left may be up to TALLEST_CELL lines
    back.
    """
    rows: list[PdfLine] = []
    for line in lines:
        k = next(
            (k for k in range(len(rows) - 1, max(len(rows) - 1 - TALLEST_CELL, -1), -1) if _is_right_of(line, rows[k])),
            -1,
        )
        if k < 0 or any(abs(other.left - rows[k].left) > line.size for other in rows[k + 1 :]):
            rows.append(line)
            continue
        cell = rows[k]
        apart = "\t" if line.left - cell.right > line.size or len(rows) > k + 1 else ""
        words = "".join(row.text for row in rows[k:])
        low = min(row.bottom for row in (*rows[k:], line))
        rows[k:] = [replace(cell, text=words + apart + line.text, right=line.right, bottom=low)]
    return rows


def _is_right_of(line: PdfLine, other: PdfLine) -> bool:
    """Whether a line is to the right of the other at about the same height, on the same page."""
    if other.page != line.page or line.left < other.right - 0.2 * line.size:
        return False
    overlap = min(other.top, line.top) - max(other.bottom, line.bottom)
    return overlap > 0.6 * min(other.top - other.bottom, line.top - line.bottom)


def _footnotes(lines: list[PdfLine], size: float, marks: frozenset[str]) -> tuple[list[PdfLine], list[PdfLine]]:
    """Split a page into body lines and footnotes: small type at its end, from a line with a marker in `marks` on."""
    k = len(lines)
    while k > 0 and lines[k - 1].size < 0.88 * size:
        k -= 1
    while k < len(lines):
        matched = _NOTE.match(lines[k].text)
        if matched and next(g for g in matched.groups() if g) in marks:
            return lines[:k], lines[k:]
        k += 1
    return lines, []


@dataclass(slots=True)
class _ParagraphBuilder:
    """Joins lines into paragraphs and adds them to `out`.

    `paragraph` has the lines of the present paragraph and `text` their text. `breaks` are (position in `text`, page) where
    the paragraph begins or continues on another page. For the remarks: `tabs` is the number of lines with tabs,
    `unsure_breaks` are pages whose end may end a paragraph, `out_of_order` are pages not written from top to bottom.
    """

    out: TextBuilder
    metrics: _Metrics
    paragraph: list[PdfLine] = field(default_factory=list)
    text: str = ""
    breaks: list[tuple[int, int]] = field(default_factory=list)
    last: PdfLine | None = None
    tabs: int = 0
    unsure_breaks: list[int] = field(default_factory=list)
    out_of_order: list[int] = field(default_factory=list)

    def line(self, line: PdfLine) -> None:
        """Add the next line to the present paragraph, or begin a new paragraph with it."""
        self.tabs += "\t" in line.text
        last = self.paragraph[-1] if self.paragraph else None
        if last is not None and _starts_paragraph(
            line, last, self.paragraph[0], self._measure(line), self._measure(last)
        ):
            self.end()
            last = None
        if self.last and self.last.page == line.page and line.bottom > self.last.bottom + 3 * line.size:
            self.out_of_order += [line.page] if line.page not in self.out_of_order[-1:] else []
        self.last = line
        unsure_breaks = last is not None and last.page != line.page and last.text[-1:] in _SENTENCE_END
        if last is not None and unsure_breaks and not self._measure(line).indented:
            self.unsure_breaks.append(last.page)
        before = len(self.text)
        self.text = _join(self.text, line.text) if last is not None else line.text
        if last is None or last.page != line.page:
            self.breaks.append((before if last is not None else 0, line.page))
        self.paragraph.append(line)

    def _measure(self, line: PdfLine) -> _PageMetrics:
        return self.metrics[line.page, line.column]

    def end(self) -> None:
        """Add the present paragraph to `out`."""
        for at, number in self.breaks:
            self.out.place(page=number, ahead=at)
        self.breaks.clear()
        self.out.line(self.text)
        self.paragraph.clear()
        self.text = ""

    def omit(self, kind: MarginKind, line: PdfLine) -> None:
        """List a header, footer or page number as left out at the present position in the text."""
        self.out.omit(kind, line.text, at=self.out.length + len(self.text), reason=_reason(kind, line.page))


def compose(lines: Sequence[PdfLine], heights: Sequence[float], out: TextBuilder) -> PdfText:
    """Join the lines of all pages into paragraphs and add them to `out`.

    `heights` are the heights of the pages in points; `PdfLine.page` counts them from 1. Headers, footers and page numbers
    are left out and listed; footnotes are moved after the text.
    """
    pages: list[list[PdfLine]] = [[] for _ in heights]
    for line in lines:
        pages[line.page - 1].append(line)
    margin = margins(pages, heights)
    bodies = [with_columns(_merge_cells([line for line in p if id(line) not in margin])) for p in pages]
    metrics = _page_metrics(bodies)
    marks = frozenset(re.findall("［([0-9①-⑳]{1,3})］", "".join(line.text for line in lines)))
    notes: list[PdfLine] = []
    builder = _ParagraphBuilder(out, metrics)
    for number, (page, body, height) in enumerate(zip(pages, bodies, heights, strict=True), 1):
        kept, small = _footnotes(body, metrics[number, 0].size, marks) if marks else (body, [])
        notes += small
        edge = [line for line in page if id(line) in margin]
        for line in edge:
            if line.bottom > height / 2:
                builder.omit(margin[id(line)], line)
        for line in kept:
            builder.line(line)
        for line in edge:
            if line.bottom <= height / 2:
                builder.omit(margin[id(line)], line)
    builder.end()
    for words, number in _notes(notes):
        out.place(page=number)
        out.line(words)
    return PdfText(out, _remarks(margin, metrics, builder, len(notes)))


def _remarks(
    margin: dict[int, MarginKind], metrics: _Metrics, builder: _ParagraphBuilder, notes: int
) -> tuple[str, ...]:
    """Return what a person should check, in Chinese."""
    remarks = []
    if margin:
        kinds = Counter(margin.values())
        counted = "、".join(f"{name} {kinds[kind]} 处" for kind, name in _MARGINS.items() if kinds[kind])
        remarks.append(f"{counted}，按各页同一位置认出，已略去并列出")
    if not any(m.indented for m in metrics.values()):
        remarks.append("各段没有首行缩进，分段按行宽和行距推测，请核对")
    if builder.out_of_order:
        remarks.append(
            f"第 {'、'.join(map(str, builder.out_of_order[:30]))} 页的文字不是自上而下（分栏或文本框），请核对次序"
        )
    if builder.unsure_breaks:
        remarks.append(
            f"第 {'、'.join(map(str, builder.unsure_breaks[:30]))} 页末行满而句完，与下页首行是否同段是推测，请核对"
        )
    if builder.tabs:
        remarks.append(f"有 {builder.tabs} 行像是表格，各格以制表符分开，请核对")
    if notes:
        remarks.append("页下注记作［n］，排在全文之后")
    return tuple(remarks)


def _reason(kind: MarginKind, page: int) -> str:
    return _MARGINS[kind] + f"（第 {page} 页），不是正文"


def _notes(lines: Sequence[PdfLine]) -> list[tuple[str, int]]:
    """Join the lines of the footnotes. Return (text with its marker as ［1］, page) for each footnote."""
    made: list[tuple[str, int]] = []
    for line in lines:
        matched = _NOTE.match(line.text)
        if matched:
            mark = next(g for g in matched.groups() if g)
            made.append((f"［{mark}］{line.text[matched.end() :]}", line.page))
        elif made:
            made[-1] = (_join(made[-1][0], line.text), made[-1][1])
        else:
            made.append((line.text, line.page))
    return made
