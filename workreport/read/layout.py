"""Knows how a page is set: lines with their places to paragraphs, and what stands in the margins of every page.

Leaves taking lines out of a file to `portable`. Chinese text is set with an indent of two characters, lines of one
width, and a short last line; a page number stands alone in the margin and grows with the pages.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from workreport.read.common import Page

DEEP = 3
"""Lines from the top or the foot of a page among which headers and footers are looked for."""
NEAR = 4.0
"""Points by which the same place differs from page to page."""
SHARE = 0.4
"""The share of pages on which a header stands: even and odd pages may have different ones, the first none."""
APART = 1.6
"""Lines (from one to the next) by which a header stands off the text, where its type is of the same size."""

TIGHT, RAGGED = 0.4, 8.0
"""Characters of room at the end of a line beyond what the next word needs, before the line counts as a last one."""
WIDEST_WORD = 20
"""Characters of a word that no line can be expected to hold back for."""

_FIGURES = re.compile(r"[0-9０-９]+")
_PAGE = re.compile(
    r"\s*[-—–―－·•]*\s*(?:第\s*)?([0-9０-９]{1,4})\s*页?\s*(?:[/／]\s*[0-9]{1,4}|[，,]?\s*共\s*[0-9]{1,4}\s*页)?\s*[-—–―－·•]*\s*"
)
_DASHED = re.compile(r"\s*[-—–―－]\s*[0-9０-９]{1,4}\s*[-—–―－]\s*")
_NOTE = re.compile(r"(?:［([0-9]{1,3})］|\[([0-9]{1,3})\]|([0-9]{1,3})(?=\s|[一-鿿])|([①-⑳]))\s*")
_SENTENCE_END = "。！？；…"
_PARAGRAPH_END = (*_SENTENCE_END, "：", ":")
_HEADING = re.compile(
    r"[一二三四五六七八九十百]{1,4}、|[（(][一二三四五六七八九十百]{1,4}[）)]|第[一二三四五六七八九十百]{1,4}[部章节条]|[0-9]{1,2}[.．、](?![0-9])"
)
_CLOSING = "，。、；：！？）》〉」』】〕”’％%…"
_OPENING = "（《〈「『【〔“‘"
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_QUOTES = ("“", "”", "‘", "’")
_LATIN = re.compile(r"[A-Za-z0-9.,%+\-/&:∶～~]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page; places in points from the lower left corner of the page; `size` is the height of its type."""

    page: int
    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float

    def cleaned(self) -> Line:
        """Without what no file of text may hold: a sign that could not be read stands as �."""
        return replace(self, text=_CONTROL.sub("�", self.text)) if _CONTROL.search(self.text) else self


@dataclass(frozen=True, slots=True)
class Composed:
    """The text with its places, and what a person should look at."""

    page: Page
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Measure:
    """How a page is set: where its lines begin and end, how large the type, how far apart the lines."""

    left: float
    right: float
    size: float
    pitch: float
    indented: bool


def _pattern(text: str) -> str:
    return _FIGURES.sub("#", text.replace(" ", "").replace("\t", ""))


def _margins(pages: Sequence[list[Line]], heights: Sequence[float]) -> dict[int, str]:
    """The lines (by identity) that belong to the margins: header, footer or page-number.

    A line does when the same words (figures apart) stand at the same height of several pages, set apart from the
    text, with nothing but such lines between it and the edge; or when it is a number that grows with the pages.
    """
    found: dict[int, str] = {}
    need = max(2 if len(pages) < 4 else 3, int(SHARE * len(pages)))
    pitch = _pitch(pages)
    for kind, sign in (("header", -1.0), ("footer", 1.0)):
        edges = [sorted(lines, key=lambda line: sign * line.bottom)[: DEEP + 1] for lines in pages]
        places: dict[str, list[float]] = {}
        numbers: Counter[int] = Counter()
        for k, lines in enumerate(edges):
            for line in lines[:DEEP]:
                places.setdefault(_pattern(line.text), []).append(_height(line, heights[k], kind))
                number = _page_number(line.text)
                if number is not None:
                    numbers[number - k] += 1
        for ys in places.values():
            ys.sort()
        offset, times = numbers.most_common(1)[0] if numbers else (0, 0)
        runs: list[list[tuple[Line, str]]] = []
        votes: Counter[str] = Counter()
        for k, lines in enumerate(edges):
            run: list[tuple[Line, str]] = []
            for line in lines[:DEEP]:
                number = _page_number(line.text)
                enough = times >= need or (len(pages) == 1 and _DASHED.fullmatch(line.text))
                if number is not None and number - k == offset and enough:
                    run.append((line, "page-number"))
                elif _stands_on(places[_pattern(line.text)], _height(line, heights[k], kind)) >= need:
                    run.append((line, kind))
                else:
                    break
            runs.append(run)
            for n, (line, _) in enumerate(run, 1):
                if n < len(lines):
                    votes[_pattern(line.text)] += 1 if _apart(line, lines[n], pitch) else -1
        for run in runs:
            while run and run[-1][1] == kind and votes[_pattern(run[-1][0].text)] <= 0:
                run.pop()
            found |= {id(line): what for line, what in run}
    return found


def _pitch(pages: Sequence[list[Line]]) -> float:
    """The commonest way from one line to the next."""
    gaps = [a.bottom - b.bottom for lines in pages for a, b in pairwise(lines) if 0 < a.bottom - b.bottom < 4 * a.size]
    return _mode(gaps, 1.0)


def _apart(line: Line, other: Line, pitch: float) -> bool:
    """Is this line set apart from the next one of the page, by a gap or by the size of its type?"""
    return abs(line.bottom - other.bottom) > APART * pitch or abs(line.size - other.size) > 0.12 * other.size


def _height(line: Line, page: float, kind: str) -> float:
    """How far from its own edge a line stands: pages of one file may differ in height."""
    return line.bottom if kind == "footer" else page - line.top


def _stands_on(heights: Sequence[float], at: float) -> int:
    return bisect_right(heights, at + NEAR) - bisect_right(heights, at - NEAR)


def _page_number(text: str) -> int | None:
    matched = _PAGE.fullmatch(text)
    return int(matched[1]) if matched else None


def _mode(values: Sequence[float], step: float) -> float:
    """The commonest value, where values within one step count as the same."""
    if not values:
        return 0.0
    counts = Counter(round(v / step) for v in values)
    best = min(counts, key=lambda k: (-counts[k] - counts[k - 1] - counts[k + 1], k))
    near = sorted(v for v in values if abs(round(v / step) - best) <= 1)
    return near[len(near) // 2]


def _measures(pages: Sequence[list[Line]]) -> list[_Measure]:
    """How each page is set; a page of few lines is taken to be set like the others."""
    every = [line for lines in pages for line in lines]
    # Type is counted by characters: the body has most of them.
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
    pitch = _mode(gaps, max(size / 8, 0.5)) or 1.5 * size
    made = []
    for lines in pages:
        own = [line for line in lines if abs(line.size - size) <= 0.12 * size]
        a, b = _edges(own, size) if len(own) >= 8 else (left, right)
        indents = sum(1.2 * size < line.left - a < 2.8 * size for line in own)
        made.append((a, b, indents, len(own)))
    indented = sum(n for _, _, n, _ in made) >= max(1, 0.04 * sum(n for *_, n in made))
    return [_Measure(a, b, size, pitch, indented) for a, b, _, _ in made]


def _edges(lines: Sequence[Line], size: float) -> tuple[float, float]:
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
    # Marks may hang over the edge, so lines that end in one say nothing of it; nor does a rare line that is too long.
    plain = sorted(line.right for line in lines if line.text[-1:] not in _CLOSING)
    rights = plain if len(plain) >= 3 else sorted(line.right for line in lines)
    return left, rights[-1 - len(rights) // 20]


def _first_word(text: str) -> float:
    """How wide (in characters) what a typesetter would not part at the start of these words is.

    Figures and Latin words stay whole, marks stay where they belong, and no line breaks beside a quotation mark.

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


def _fits(line: Line, following: Line, m: _Measure) -> bool:
    """Would the first word of the next line still have gone onto this one? Then this line ended of itself.

    Where paragraphs begin with an indent and this one ends without a mark, ragged lines need a good deal of room.
    """
    if line.text[-1:] in _OPENING:
        return False
    title = _centred(line, m) and line.left - m.left > 2.8 * m.size
    ragged = m.indented and line.text[-1:] not in _PARAGRAPH_END and not title
    slack = RAGGED if ragged else TIGHT
    return m.right - line.right > (_first_word(following.text.lstrip()[:40]) + slack) * m.size


def _centred(line: Line, m: _Measure) -> bool:
    before, after = line.left - m.left, m.right - line.right
    return abs(before - after) <= 1.2 * line.size and before > -0.5 * line.size


def _begins(line: Line, last: Line, first: Line, m: _Measure, last_m: _Measure) -> bool:
    """Does a new paragraph begin with this line? `last` is the line before it, `first` the first of its paragraph."""
    same_page = line.page == last.page
    if abs(line.size - last.size) > 0.12 * max(line.size, last.size):
        return True
    if "\t" in line.text or "\t" in last.text:
        return True
    gap = last.bottom - line.bottom if same_page else 0.0
    if same_page and (gap <= 0 or gap > 1.45 * m.pitch * max(1.0, line.size / m.size)):
        return True
    ended = last.text[-1:] in _SENTENCE_END
    indent = line.left - m.left
    title = first.left - last_m.left < m.size and _centred(first, last_m) and not ended and last.text[-1:] not in "：:"
    if indent > 1.2 * m.size:
        # The second line of a centred title stands in the middle too.
        return not (
            title and same_page and _centred(line, m) and m.right - last.right < 3 * m.size and not _HEADING.match(line.text)
            and (indent > 2.8 * m.size or not m.indented)
        )  # fmt: skip
    if _fits(last, line, last_m):
        return True
    if m.indented:
        # In a text with indents, a line at the edge goes on; the first lines of the page (title, salutation) do not.
        return False
    # Without indents, a full line before a page break mostly goes on, even where a sentence ends with it.
    return ended and (gap > 1.15 * m.pitch or bool(_HEADING.match(line.text)))


def _joined(before: str, after: str) -> str:
    """Two lines as one: Han meet without a space, Latin words keep theirs."""
    if before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha():
        return f"{before} {after}"
    return before + after


def _rows(lines: Sequence[Line]) -> list[Line]:
    """Pieces of one line that the page sets apart (the cells of a table's row) as one, with tabs."""
    rows: list[Line] = []
    for line in lines:
        last = rows[-1] if rows else None
        if last is not None and last.page == line.page and line.left >= last.right - 0.2 * line.size:
            overlap = min(last.top, line.top) - max(last.bottom, line.bottom)
            if overlap > 0.6 * min(last.top - last.bottom, line.top - line.bottom):
                between = "\t" if line.left - last.right > line.size else ""
                rows[-1] = replace(last, text=last.text + between + line.text, right=line.right)
                continue
        rows.append(line)
    return rows


def _footnotes(lines: list[Line], size: float, marks: frozenset[str]) -> tuple[list[Line], list[Line]]:
    """The lines of one page without its footnotes, and these: small type at the foot, from a number used above."""
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
class _Setter:
    """Lines to paragraphs, one after another."""

    out: Page
    measures: Sequence[_Measure]
    paragraph: list[Line] = field(default_factory=list)
    text: str = ""
    breaks: list[tuple[int, int]] = field(default_factory=list)
    tabs: int = 0
    unsure: list[int] = field(default_factory=list)

    def line(self, line: Line) -> None:
        """The next line: it goes on, or a new paragraph begins with it."""
        self.tabs += "\t" in line.text
        last = self.paragraph[-1] if self.paragraph else None
        if last is not None and _begins(
            line, last, self.paragraph[0], self.measures[line.page - 1], self.measures[last.page - 1]
        ):
            self.end()
            last = None
        unsure = last is not None and last.page != line.page and last.text[-1:] in _SENTENCE_END
        if last is not None and unsure and not self.measures[line.page - 1].indented:
            self.unsure.append(last.page)
        before = len(self.text)
        self.text = _joined(self.text, line.text) if last is not None else line.text
        if last is None or last.page != line.page:
            self.breaks.append((before if last is not None else 0, line.page))
        self.paragraph.append(line)

    def end(self) -> None:
        """The paragraph is whole."""
        for at, number in self.breaks:
            self.out.place(page=number, ahead=at)
        self.breaks.clear()
        self.out.line(self.text)
        self.paragraph.clear()
        self.text = ""

    def leave(self, kind: str, line: Line) -> None:
        """A line of the margin, at the place that the text has come to."""
        self.out.leave(kind, line.text, at=self.out.length + len(self.text), reason=_reason(kind, line.page))


def compose(lines: Sequence[Line], heights: Sequence[float], out: Page) -> Composed:
    """Lines of all pages to paragraphs. What stands in the margins is left out and listed."""
    pages: list[list[Line]] = [[] for _ in heights]
    for line in lines:
        pages[line.page - 1].append(line)
    margin = _margins(pages, heights)
    bodies = [_rows([line for line in p if id(line) not in margin]) for p in pages]
    measures = _measures(bodies)
    marks = frozenset(re.findall("［([0-9①-⑳]{1,3})］", "".join(line.text for line in lines)))
    notes: list[Line] = []
    setter = _Setter(out, measures)
    for page, body, measure, height in zip(pages, bodies, measures, heights, strict=True):
        kept, small = _footnotes(body, measure.size, marks) if marks else (body, [])
        notes += small
        edge = [line for line in page if id(line) in margin]
        for line in edge:
            if line.bottom > height / 2:
                setter.leave(margin[id(line)], line)
        for line in kept:
            setter.line(line)
        for line in edge:
            if line.bottom <= height / 2:
                setter.leave(margin[id(line)], line)
    setter.end()
    for words, number in _notes(notes):
        out.place(page=number)
        out.line(words)
    return Composed(out, _remarks(margin, measures, setter, len(notes)))


def _remarks(margin: dict[int, str], measures: Sequence[_Measure], setter: _Setter, notes: int) -> tuple[str, ...]:
    remarks = []
    if margin:
        kinds = Counter(margin.values())
        names = {"header": "页眉", "footer": "页脚", "page-number": "页码"}
        counted = "、".join(f"{names[k]} {kinds[k]} 处" for k in names if kinds[k])
        remarks.append(f"{counted}，按各页同一位置认出，已略去并列出")
    if not measures or not measures[0].indented:
        remarks.append("各段没有首行缩进，分段按行宽和行距推测，请核对")
    if setter.unsure:
        remarks.append(f"第 {'、'.join(map(str, setter.unsure[:30]))} 页末行满而句完，与下页首行是否同段是推测，请核对")
    if setter.tabs:
        remarks.append(f"有 {setter.tabs} 行像是表格，各格以制表符分开，请核对")
    if notes:
        remarks.append("页下注记作［n］，排在全文之后")
    return tuple(remarks)


def _reason(kind: str, page: int) -> str:
    return {"header": "页眉", "footer": "页脚", "page-number": "页码"}[kind] + f"（第 {page} 页），不是正文"


def _notes(lines: Sequence[Line]) -> list[tuple[str, int]]:
    """Footnotes, each with its mark in brackets and the page it stands on."""
    made: list[tuple[str, int]] = []
    for line in lines:
        matched = _NOTE.match(line.text)
        if matched:
            mark = next(g for g in matched.groups() if g)
            made.append((f"［{mark}］{line.text[matched.end() :]}", line.page))
        elif made:
            made[-1] = (_joined(made[-1][0], line.text), made[-1][1])
        else:
            made.append((line.text, line.page))
    return made
