"""Knows a report as a file: its untouched text, the repairs and faults of that text, and the repaired text.

Positions. `Repair` and `Fault` count the *source text* (Unicode code points from 0). Everything found later (sections,
sentences, indicators, mentions) counts the *repaired text*, `Text.body`; `Text.source_span` brings such a position back
to the source, also for a figure that a page break had cut in two. Leaves reading files to `ingest.formats` and proposing
repairs to `ingest.repair`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from workreport.model.kinds import Author, Confidence, FaultKind, FormatId, RepairAuthor, RepairKind, RepairStatus


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """The page or paragraph of the file that the text from `start` up to the next place comes from.

    Both count from 1; 0 where the file has no pages, or no paragraphs.
    """

    start: int
    page: int = 0
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A report as it came: the untouched text and what is known of the file.

    `sha256` is of the file's bytes. Where the text was extracted from the file (.html, .docx, .pdf), `text_sha256` is
    of the text in UTF-8, `places` lead back into the file and `omitted` lists what the reader left out. `remarks` are
    what a person should check (Chinese).
    """

    path: str
    text: str
    sha256: str
    encoding: str
    format: FormatId
    text_sha256: str = ""
    places: tuple[SourcePlace, ...] = ()
    omitted: tuple[Repair, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def characters(self) -> int:
        """The number of code points, without a byte order mark."""
        return len(self.text)


@dataclass(frozen=True, slots=True)
class Repair:
    """A change of the source text: `source[start:end] == before` becomes `after`.

    The `id` is made from the kind and the words, so it stays when text before it changes. Words that a reader left out
    (`by` is "reading") are not in the source text: `start == end` is the position where they stood.
    """

    id: str
    kind: RepairKind
    start: int
    end: int
    before: str
    after: str
    reason: str
    status: RepairStatus = "applied"
    by: RepairAuthor = "engine"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that may be wrong in the source (校勘). It is shown beside the text, and nothing is corrected."""

    kind: FaultKind
    start: int
    end: int
    quote: str
    note: str
    confidence: Confidence
    by: Author = "engine"


@dataclass(frozen=True, slots=True)
class Repetition:
    """A passage that occurs twice in the repaired text: body[start:end] is the copy, `of` where the first one starts.

    `lost` says that the text before the copy breaks off, so the copy replaced some text.
    """

    start: int
    end: int
    of: int
    lost: bool


def repetition_at(repeated: Sequence[Repetition], start: int, end: int) -> Repetition | None:
    """The repetition whose copy contains body[start:end], or None. `repeated` is in the order of the text.

    >>> repetition_at((Repetition(10, 90, 0, False),), 20, 30).of
    0
    """
    k = bisect_right(repeated, start, key=lambda r: r.start) - 1
    return repeated[k] if k >= 0 and end <= repeated[k].end else None


@dataclass(frozen=True)
class Text:
    """The repaired text and its map to the source.

    `pieces` are (start in the body, start in the source, length) of the runs that are the same in both, in order. A
    repair changed what lies between two pieces.

    >>> t = Text(body="4200余家", pieces=((0, 10, 5), (5, 17, 1)))
    >>> t.source_span(0, 6)
    (10, 18)
    """

    body: str
    pieces: tuple[tuple[int, int, int], ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [p[0] for p in self.pieces]

    def to_source(self, position: int) -> int:
        """The source position of a character of the body; for one that a repair made, where the repair starts."""
        if not self.pieces:
            return 0
        k = max(bisect_right(self._starts, position) - 1, 0)
        body, source, length = self.pieces[k]
        return source + min(max(position - body, 0), length)

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of body[start:end], end exclusive."""
        if end <= start:
            at = self.to_source(start)
            return at, at
        return self.to_source(start), self.to_source(end - 1) + 1

    def from_source(self, position: int) -> int:
        """The body position of a source character; for one that a repair removed, where it stood."""
        sources = [p[1] for p in self.pieces]
        k = bisect_right(sources, position) - 1
        if k < 0:
            return 0
        body, source, length = self.pieces[k]
        return body + min(position - source, length)
