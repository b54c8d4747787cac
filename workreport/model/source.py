"""Knows a report as a file: its untouched text, the repairs and faults of that text, and the repaired text.

Positions. `Repair` and `Fault` count the *source text* (Unicode code points from 0). Everything found later (sections,
sentences, indicators, mentions) counts the *repaired text*, `Text.body`; `Text.source_span` brings such a position back
to the source, so that a figure which a page break had cut in two still finds its own characters. Leaves reading files
to `ingest.formats` and deciding on repairs to `ingest.repair`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from workreport.model.kinds import Author, Confidence, FaultKind, FormatId, RepairAuthor, RepairKind, RepairStatus


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """From `start` of the text to the next place: what stood on that page, or in that paragraph, of the file.

    Both count from 1; 0 where the file has no such thing.
    """

    start: int
    page: int = 0
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A report as it came: the untouched text and what is known of the file.

    `sha256` is of the file's bytes; `characters` counts code points without a byte order mark.
    Where the text was taken out of the file (.html, .docx, .pdf), `text_sha256` is of the text in UTF-8, `places`
    lead back into the file and `omitted` lists what reading left out; `remarks` are what a person should look at.
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
        return len(self.text)


@dataclass(frozen=True, slots=True)
class Repair:
    """One change between the source and the page: `source[start:end] == before` becomes `after`.

    `status` is "applied", "undone" (by the publisher) or "proposed" (never applied by itself).
    `id` lasts: it is made of the kind and the words, never of the position.
    `by` is "engine", "publisher", or "reading": words of the file that reading left out, which stand in no span of
    the source text (`start == end`, the place where they stood).
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
    """A doubt about the source, shown beside the text and never corrected by itself (校勘).

    `confidence` is "certain", "high", "medium" or "low": how sure it is that this IS a fault.
    `by` is "engine" (a rule found it) or "publisher" (written in `notes.toml`).
    """

    kind: FaultKind
    start: int
    end: int
    quote: str
    note: str
    confidence: Confidence
    by: Author = "engine"


@dataclass(frozen=True, slots=True)
class Repetition:
    """A passage that stands twice: `[start, end)` is the copy, `of` where the first one starts.

    Positions count the repaired text. `lost` says that text of the place where the copy stands
    broke off (the copy covers it).
    """

    start: int
    end: int
    of: int
    lost: bool


def copied(repeated: Sequence[Repetition], start: int, end: int) -> Repetition | None:
    """The repeated passage that holds body[start:end], or None. `repeated` is in the order of the text.

    >>> copied((Repetition(10, 90, 0, False),), 20, 30).of
    0
    """
    k = bisect_right(repeated, start, key=lambda r: r.start) - 1
    return repeated[k] if k >= 0 and end <= repeated[k].end else None


@dataclass(frozen=True)
class Text:
    """The repaired text and its way back to the source.

    `pieces` are (body_start, source_start, length) of the runs that are the same in both,
    in order. What lies between two pieces was changed by a repair.

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
        """The source position of one character of the body (of a repaired one: where its repair starts)."""
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
        """The body position of a source character; one that a repair took out gives where it stood."""
        sources = [p[1] for p in self.pieces]
        k = bisect_right(sources, position) - 1
        if k < 0:
            return 0
        body, source, length = self.pieces[k]
        return body + min(position - source, length)
