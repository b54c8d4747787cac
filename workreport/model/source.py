"""Knows a report as a file: its unchanged text (`Source`), repairs and faults of that text, the repaired text (`Text`).

Positions are offsets in code points from 0; `end` is exclusive. `Repair` and `Fault` hold offsets into the *source text*.
Everything found later (sections, sentences, indicators, mentions) holds offsets into the *repaired text*, `Text.body`;
`Text.source_span` converts these to offsets into the source text. Leaves reading files to `ingest.formats` and proposing
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
    """The page or paragraph of the file that the source text from `start` up to the next place comes from.

    Pages and paragraphs count from 1. A PDF has only pages, other files only paragraphs; the other number is then 0.
    """

    start: int
    page: int = 0
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A report as it was read: the unchanged text and what is known of the file.

    `path` is the name of the file in messages and data. `sha256` is of the file's bytes. Where the text was extracted
    from the file (.html, .docx, .pdf), `text_sha256` is of the text in UTF-8, `places` give the page or paragraph of
    each part of the text, and `omitted` lists what the reader left out; all three are empty for .md and .txt. `remarks`
    say in Chinese what a person should check.
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
        """The length of the text in code points; a byte order mark is not part of the text."""
        return len(self.text)


@dataclass(frozen=True, slots=True)
class Repair:
    """A change of the source text: `source[start:end] == before` is replaced by `after`.

    `id` is made from the kind, `before` and `after`, so edits elsewhere in the source leave it unchanged. `reason` is
    Chinese. If `by` is "reading", the reader of the file left `before` out: the source text does not contain it, and
    `start == end` is where it was.
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
    """Something in the source that may be wrong (校勘). Pages show it beside the text; the text is not corrected.

    `start` and `end` are offsets into the source text. `note` explains the fault in Chinese.
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
    """A passage that occurs twice in the repaired text: body[start:end] is the copy, and the original starts at `of`.

    `lost`: the line before the copy has no end of a sentence, so the copy has probably replaced some text.
    """

    start: int
    end: int
    of: int
    lost: bool


def repetition_at(repeated: Sequence[Repetition], start: int, end: int) -> Repetition | None:
    """Return the repetition whose copy contains all of body[start:end], or None. `repeated` is sorted by `start`.

    >>> repetition_at((Repetition(10, 90, 0, False),), 20, 30).of
    0
    """
    k = bisect_right(repeated, start, key=lambda r: r.start) - 1
    return repeated[k] if k >= 0 and end <= repeated[k].end else None


@dataclass(frozen=True)
class Text:
    """The repaired text (`body`) and its map to the source text.

    `pieces` are the runs of characters that both texts share, in order, as (start in the body, start in the source,
    length). Repairs changed the text between two pieces. For a text without any shared run, every position maps to 0.

    Example: the body 4200余家, whose 4200余 is at 10 of the source and whose 家 is at 17, after a page break.

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
        """Return the position in the source of a character of the body.

        A character that a repair inserted maps to the end of the shared run before it; before the first run, to the
        start of that run.
        """
        if not self.pieces:
            return 0
        k = max(bisect_right(self._starts, position) - 1, 0)
        body, source, length = self.pieces[k]
        return source + min(max(position - body, 0), length)

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return (start, end) in the source of body[start:end]; an empty span stays empty."""
        if end <= start:
            at = self.to_source(start)
            return at, at
        return self.to_source(start), self.to_source(end - 1) + 1

    def from_source(self, position: int) -> int:
        """Return the position in the body of a character of the source.

        A character that a repair removed maps to the end of the shared run before it, or to 0 without such a run.
        """
        sources = [p[1] for p in self.pieces]
        k = bisect_right(sources, position) - 1
        if k < 0:
            return 0
        body, source, length = self.pieces[k]
        return body + min(position - source, length)
