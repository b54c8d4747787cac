"""Knows pages set in two columns: where the gap between them is, and the order in which their lines are read.

Only needed where the file holds both columns line by line, so that PDFium gives a line of each as one. Leaves telling the
cells of a table to `pdf_layout`.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from workreport.ingest.formats.pdf_margins import PdfLine
from workreport.ingest.formats.pdf_page_characters import PageCharacters

LEAST_LINES = 5
"""The fewest lines that are set in two columns."""
LEAST_CHARACTERS = 8
"""The fewest characters of half a line, on average: the cells of a table are shorter."""
_WIDE_GAP = 0.45
"""A gap of this share of the type size may be that between two columns."""
_SAME_GAP = 6.0
"""Points within which gaps of several lines are at the same place."""
_SHARE = 0.7
"""The share of lines of some length that must have the gap."""

Span = tuple[int, int]
"""The start and end (exclusive) of a line among the characters of its page."""


def in_reading_order(characters: PageCharacters, lines: Sequence[Span]) -> tuple[list[Span], bool]:
    """Return the lines of a page in the order in which they are read, and whether it has two columns.

    Lines over both columns are cut: first all halves on the left, then those on the right, up to a line that goes across.
    """
    halves = _halves(characters, lines)
    if halves is None:
        return list(lines), False
    ordered: list[Span] = []
    left: list[Span] = []
    right: list[Span] = []
    for line, cut in zip(lines, halves, strict=True):
        if cut is None:
            ordered += [*left, *right, line]
            left, right = [], []
            continue
        left += [(line[0], cut)] if cut > line[0] else []
        right += [(cut, line[1])] if cut < line[1] else []
    return [*ordered, *left, *right], True


def with_columns(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Return the lines of a page, which are in reading order, each with the number of its column.

    A column begins where the text goes on higher up and to the right of the lines before; it ends where a line begins left
    of it.
    """
    made: list[PdfLine] = []
    column, left = 0, 0.0
    rights: list[float] = []  # of the lines of this column, in order
    for line in lines:
        last = made[-1] if made else line
        up = line.bottom > last.bottom + 3 * line.size and line.left > rights[len(rights) // 2] - line.size
        back = column > 0 and line.left < left - 2 * line.size
        if up or back:
            column, left, rights = column + 1, line.left, []
        left = min(left, line.left) if rights else line.left
        insort(rights, line.right)
        made.append(replace(line, column=column))
    return made


def _halves(characters: PageCharacters, lines: Sequence[Span]) -> list[int | None] | None:
    """Where each line is cut between the columns (None: it goes across); None if the page has no two columns."""
    gaps = [list(_gaps(characters, *line)) for line in lines]
    votes = Counter(round(x / _SAME_GAP) for found in gaps for x in {round(x / _SAME_GAP) * _SAME_GAP for x in found})
    if not votes:
        return None
    place, _ = min(votes.items(), key=lambda vote: (-(vote[1] + votes[vote[0] - 1] + votes[vote[0] + 1]), vote[0]))
    if votes[place] + votes[place - 1] + votes[place + 1] < LEAST_LINES:
        return None
    middle = [x for found in gaps for x in found if abs(round(x / _SAME_GAP) - place) <= 1]
    at = sorted(middle)[len(middle) // 2]
    cuts = [_cut(characters, *line, at) for line in lines]
    both = [(a, cut, b) for (a, b), cut in zip(lines, cuts, strict=True) if cut is not None and a < cut < b]
    across = sum(cut is None and b - a >= 2 * LEAST_CHARACTERS for (a, b), cut in zip(lines, cuts, strict=True))
    full = len(both) >= max(LEAST_LINES, _SHARE * (len(both) + across)) and all(
        sum(sizes) >= LEAST_CHARACTERS * len(both)
        for sizes in ([cut - a for a, cut, _ in both], [b - cut for _, cut, b in both])
    )
    return cuts if full else None


def _real(characters: PageCharacters, start: int, end: int) -> Iterator[int]:
    """The characters of a line that are in the file and not blank."""
    return (k for k in range(start, end) if not characters.text[k].isspace())


def _gaps(characters: PageCharacters, start: int, end: int) -> Iterator[float]:
    """The middle of each wide gap of a line, in points from the left."""
    last: tuple[float, float, float, float] | None = None
    for k in _real(characters, start, end):
        box = characters.box(k)
        if last is not None and box[0] - last[2] > _WIDE_GAP * (box[3] - box[1]):
            yield (box[0] + last[2]) / 2
        last = box


def _cut(characters: PageCharacters, start: int, end: int, at: float) -> int | None:
    """The first character of a line right of `at`; None if a character stands across it.

    A half on the left that is too long may run into the other one, which then begins left of its end.
    """
    across = False
    last = 0.0
    for k in _real(characters, start, end):
        left, _, right, _ = characters.box(k)
        if left < last - 1 and left > at - _SAME_GAP:
            return k
        if left >= at - 1 and not across:
            return k
        across = across or right > at + 1
        last = right
    return None if across else end
