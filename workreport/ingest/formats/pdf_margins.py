"""Knows which lines of a PDF are headers, footers and page numbers: lines that repeat at one height of several pages.

Leaves reading the lines to `pdf`, and joining the other lines into paragraphs to `pdf_layout`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from workreport.ingest.formats.extract import INVISIBLE

EDGE_LINES = 3
"""The most lines at the top, and at the foot, of a page that may be headers or footers."""
SAME_HEIGHT = 4.0
"""Points by which the height of the same header may differ from page to page."""
SHARE = 0.4
"""The share of pages on which a header must occur, but at least 3 pages, or 2 if there are fewer than four.

It is below half, since even and odd pages may have different headers.
"""
EXTRA_GAP = 1.6
"""A header in the type size of the text is further from the text than this many line distances."""

MarginKind = Literal["header", "footer", "page-number"]
"""What a line in a margin is; the kind under which it is listed as left out."""
_EdgeKind = Literal["header", "footer"]
"""The edge of a page: its top ("header") or its foot ("footer")."""

_FIGURES = re.compile(r"[0-9０-９]+")
_PAGE = re.compile(
    r"\s*[-—–―－·•]*\s*(?:第\s*)?([0-9０-９]{1,4})\s*页?\s*(?:[/／]\s*[0-9]{1,4}|[，,]?\s*共\s*[0-9]{1,4}\s*页)?\s*[-—–―－·•]*\s*"
)
"""Matches a line that is a page number: 5, — 5 —, 第5页, 5/20, 第 5 页 共 20 页."""
_DASHED = re.compile(r"\s*[-—–―－]\s*[0-9０-９]{1,4}\s*[-—–―－]\s*")
"""Matches a page number between dashes, which is one even on a single page."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line of a page (`page` counts from 1). Positions are in points from the lower left corner; `size` is the type size.

    `column` counts the columns of a page in the order in which they are read, from 0.
    """

    page: int
    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    column: int = 0

    def cleaned(self) -> PdfLine:
        """Return the line with � for each control or invalid character, and without invisible characters."""
        text = INVISIBLE.sub("", _CONTROL.sub("�", self.text))
        return self if text == self.text else replace(self, text=text)


def _pattern(text: str) -> str:
    """Return a text without blanks and with # for each number, so that headers with page numbers are equal."""
    return _FIGURES.sub("#", text.replace(" ", "").replace("\t", ""))


@dataclass(frozen=True, slots=True)
class _PageEdge:
    """What is common to the tops, or to the feet, of all pages.

    `places` has for each text (numbers as #) the distances from the edge, in points, at which it occurs; a header must
    occur at least `need` times. The most frequent difference of a printed page number and the index of its page is
    `offset`; it occurs `times` times. `alone`: there is only one page.
    """

    kind: _EdgeKind
    need: int
    alone: bool
    places: dict[str, list[float]]
    offset: int
    times: int

    def kind_of(self, line: PdfLine, page: int, height: float) -> MarginKind | Literal[""]:
        """What a line at this edge is: header, footer, page-number, or "" for text. `page` counts from 0."""
        number = _page_number(line.text)
        enough = self.times >= self.need or (self.alone and _DASHED.fullmatch(line.text))
        if number is not None and number - page == self.offset and enough:
            return "page-number"
        stands = self.places.get(_pattern(line.text), [])
        return self.kind if _count_near(stands, _height(line, height, self.kind)) >= self.need else ""


def _edge(kind: _EdgeKind, edges: Sequence[Sequence[PdfLine]], heights: Sequence[float]) -> _PageEdge:
    """Collect what is common to one edge of all pages. `edges` has the lines of each page from the edge inwards."""
    places: dict[str, list[float]] = {}
    numbers: Counter[int] = Counter()
    for k, lines in enumerate(edges):
        for line in lines[:EDGE_LINES]:
            places.setdefault(_pattern(line.text), []).append(_height(line, heights[k], kind))
            number = _page_number(line.text)
            if number is not None:
                numbers[number - k] += 1
    for stands in places.values():
        stands.sort()
    need = max(2 if len(edges) < 4 else 3, int(SHARE * len(edges)))
    return _PageEdge(kind, need, len(edges) == 1, places, *(numbers.most_common(1)[0] if numbers else (0, 0)))


def margins(pages: Sequence[list[PdfLine]], heights: Sequence[float]) -> dict[int, MarginKind]:
    """Return the kind of each line in a margin (header, footer or page-number), by Python's `id()` of the line.

    A line is in the margin if only such lines are between it and the edge of the page, and either the same text, numbers
    aside, occurs at the same height of several pages and is mostly set apart from the text, or it is a page number that
    grows with the pages.
    """
    found: dict[int, MarginKind] = {}
    pitch = _pitch(pages)
    sides: tuple[tuple[_EdgeKind, float], ...] = (("header", -1.0), ("footer", 1.0))
    for kind, sign in sides:
        edges = [sorted(lines, key=lambda line: sign * line.bottom)[: EDGE_LINES + 1] for lines in pages]
        edge = _edge(kind, edges, heights)
        runs: list[list[tuple[PdfLine, MarginKind]]] = []
        set_apart: Counter[str] = Counter()
        for k, lines in enumerate(edges):
            run: list[tuple[PdfLine, MarginKind]] = []
            for line in lines[:EDGE_LINES]:
                if not (what := edge.kind_of(line, k, heights[k])):
                    break
                run.append((line, what))
            runs.append(run)
            for (line, _), other in zip(run, lines[1:], strict=False):
                set_apart[_pattern(line.text)] += 1 if _apart(line, other, pitch) else -1
        for run in runs:
            while run and run[-1][1] == kind and set_apart[_pattern(run[-1][0].text)] <= 0:
                run.pop()
            found |= {id(line): what for line, what in run}
    return found


def _pitch(pages: Sequence[list[PdfLine]]) -> float:
    """Return the most frequent distance between lines, in points; 0 without lines."""
    gaps = [a.bottom - b.bottom for lines in pages for a, b in pairwise(lines) if 0 < a.bottom - b.bottom < 4 * a.size]
    return mode(gaps, 1.0)


def _apart(line: PdfLine, other: PdfLine, pitch: float) -> bool:
    """Whether a line is set apart from its neighbour by a large gap or another type size."""
    return abs(line.bottom - other.bottom) > EXTRA_GAP * pitch or abs(line.size - other.size) > 0.12 * other.size


def _height(line: PdfLine, page: float, kind: _EdgeKind) -> float:
    """Return the distance of a line from the edge `kind` of its page. `page` is the height of the page."""
    return line.bottom if kind == "footer" else page - line.top


def _count_near(heights: Sequence[float], at: float) -> int:
    """Count the heights within SAME_HEIGHT of `at`. `heights` is sorted."""
    return bisect_right(heights, at + SAME_HEIGHT) - bisect_right(heights, at - SAME_HEIGHT)


def _page_number(text: str) -> int | None:
    """Return the number of a line such as 5, — 5 —, 第5页 or 5/20; None for any other line."""
    matched = _PAGE.fullmatch(text)
    return int(matched[1]) if matched else None


def mode(values: Sequence[float], step: float) -> float:
    """Return the most frequent value, after rounding to multiples of `step`; 0 without values.

    Neighbouring multiples count together; the result is the median of the values there.
    """
    if not values:
        return 0.0
    counts = Counter(round(v / step) for v in values)
    best = min(counts, key=lambda k: (-counts[k] - counts[k - 1] - counts[k + 1], k))
    near = sorted(v for v in values if abs(round(v / step) - best) <= 1)
    return near[len(near) // 2]
