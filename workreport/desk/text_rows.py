"""Knows how source and page are laid side by side: in rows of whole lines, each with the repairs and doubts that are about it.

Leaves showing them to `text_pages`, and finding repairs and doubts to `ingest` and `analysis`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from workreport.model import Fault, Reading, Repair


@dataclass(frozen=True, slots=True)
class SidePiece:
    """A piece of a text: `sort` is "same", "gone" (in the source only), "new" (on the page only) or "doubt"."""

    sort: str
    words: str


@dataclass(frozen=True, slots=True)
class PassageRow:
    """Whole lines of the source, source[start:end], beside what the page has of them, body[first:last].

    `repairs` are those that change them, switched off ones and texts that reading left out too; `faults` the doubts that begin
    in them.
    """

    start: int
    end: int
    first: int
    last: int
    source: tuple[SidePiece, ...]
    page: tuple[SidePiece, ...]
    repairs: tuple[Repair, ...]
    faults: tuple[Fault, ...]

    @property
    def page_words(self) -> str:
        """The text of the page."""
        return "".join(piece.words for piece in self.page)

    @property
    def source_words(self) -> str:
        """The text of the source."""
        return "".join(piece.words for piece in self.source)

    @property
    def marked(self) -> bool:
        """Whether there is anything to be said of it."""
        return bool(self.repairs or self.faults)


def side_rows(reading: Reading) -> list[PassageRow]:
    """Return a report row by row, in the order of the source; all rows together are the whole source and the whole page.

    A line is a row of its own, with the empty lines that follow it, unless an applied repair joins it to the next.
    """
    text = reading.source.text
    changing = [r for r in reading.repairs if r.status == "applied" and r.by != "reading"]
    ends = _row_ends(text, changing)
    starts = [0, *ends[:-1]]
    repairs: dict[int, list[Repair]] = {}
    for r in reading.repairs:
        repairs.setdefault(_row_of(starts, r.start), []).append(r)
    faults: dict[int, list[Fault]] = {}
    for f in reading.faults:
        faults.setdefault(_row_of(starts, f.start), []).append(f)
    rows: list[PassageRow] = []
    first = 0
    for k, (start, end) in enumerate(zip(starts, ends, strict=True)):
        own = repairs.get(k, [])
        pieces = _pieces(text, start, end, [r for r in own if r.status == "applied" and r.by != "reading"])
        page = tuple(piece for piece in pieces if piece.sort != "gone")
        last = first + sum(len(piece.words) for piece in page)
        source = _with_doubts([piece for piece in pieces if piece.sort != "new"], start, reading.faults)
        rows.append(PassageRow(start, end, first, last, source, page, tuple(own), tuple(faults.get(k, ()))))
        first = last
    return rows


def _row_ends(text: str, changing: Sequence[Repair]) -> list[int]:
    """Where the rows of a source end: behind empty lines that follow a line, and never inside a repair."""
    ends: list[int] = []
    at = 0
    for line in text.splitlines(keepends=True):
        at += len(line)
        if ends and not line.strip():
            ends[-1] = at
        else:
            ends.append(at)
    inside = [(r.start, r.end) for r in changing]
    kept, k = [], 0
    for end in ends:
        while k < len(inside) and inside[k][1] <= end:
            k += 1
        if k == len(inside) or not inside[k][0] < end < inside[k][1]:
            kept.append(end)
    return kept or [len(text)]


def _row_of(starts: Sequence[int], position: int) -> int:
    return max(bisect_right(starts, position) - 1, 0)


def _pieces(text: str, start: int, end: int, changing: Sequence[Repair]) -> list[SidePiece]:
    """Lines of the source with the repairs that change them, as pieces of both texts."""
    pieces: list[SidePiece] = []
    at = start
    for r in changing:
        pieces.append(SidePiece("same", text[at : r.start]))
        for tag, a, b, c, d in SequenceMatcher(None, r.before, r.after, autojunk=False).get_opcodes():
            if tag == "equal":
                pieces.append(SidePiece("same", r.before[a:b]))
            else:
                pieces += [SidePiece("gone", r.before[a:b]), SidePiece("new", r.after[c:d])]
        at = r.end
    pieces.append(SidePiece("same", text[at:end]))
    return [piece for piece in pieces if piece.words]


def _with_doubts(pieces: Sequence[SidePiece], start: int, faults: Sequence[Fault]) -> tuple[SidePiece, ...]:
    """Pieces of the source from `start` on, cut where the words of a doubt begin and end."""
    made: list[SidePiece] = []
    at = start
    for piece in pieces:
        end = at + len(piece.words)
        near = [f for f in faults if f.start < end and f.end > at]
        cuts = sorted({at, end, *(c for f in near for c in (f.start, f.end) if at < c < end)})
        for a, b in pairwise(cuts):
            doubted = piece.sort == "same" and any(f.start <= a and b <= f.end for f in near)
            made.append(SidePiece("doubt" if doubted else piece.sort, piece.words[a - at : b - at]))
        at = end
    return tuple(made)
