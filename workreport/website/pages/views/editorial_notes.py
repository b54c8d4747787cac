"""Knows the view of the page of editorial notes (校勘): repairs, doubts, repeated passages, numbers in no indicator.

Leaves the ids of rows and the comparison of two texts to `pages.remarks`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from workreport.model import (
    Source,
    SourcePlace,
)
from workreport.website import addresses
from workreport.website.pages import wording
from workreport.website.pages.remarks import TextChange, changes, fault_anchor, repair_anchor
from workreport.website.pages.sentences import place_label
from workreport.website.pages.views.name_index import AROUND
from workreport.website.pages.views.report import SUMMARY, PageLink, Report, missing


@dataclass(frozen=True, slots=True)
class RepairRow:
    """A repair.

    `where` is the label of its section, `href` links to its sentence, `line` is its place in the source file.

    `publisher`: the publisher made it.
    """

    anchor: str
    kind: str
    changes: tuple[TextChange, ...]
    reason: str
    status: str
    applied: bool
    publisher: bool
    where: str
    href: Markup
    line: str


@dataclass(frozen=True, slots=True)
class FaultRow:
    """A doubt: the quote it is about, the reason `note`, and how certain it is (`confidence` in Chinese, `level` in
    English).

    The other fields are as in `RepairRow`.
    """

    anchor: str
    kind: str
    quote: str
    note: str
    confidence: str
    level: str
    publisher: bool
    where: str
    href: Markup
    line: str

    @property
    def words(self) -> str:
        """The quote, "" if it is a single character, which says nothing alone."""
        return self.quote if len(self.quote) > 1 else ""


@dataclass(frozen=True, slots=True)
class RepeatRow:
    """A passage repeated by mistake: its length, its place, and the place of its first occurrence.

    `lost`: text is missing before it.
    """

    characters: int
    where: str
    href: Markup
    original: str
    original_href: Markup
    lost: bool


@dataclass(frozen=True, slots=True)
class UnclaimedRow:
    """A number (`quote`) that belongs to no indicator and matches no trap rule, with context on its line."""

    before: str
    quote: str
    after: str
    where: str
    href: Markup


@dataclass(frozen=True, slots=True)
class NotesPage:
    """The page of editorial notes.

    layout: applied repairs of the layout, listed apart from `repairs`.
    traps: the reasons why other numbers are no indicators, each with the number of cases.
    figures: the number of indicators; `missing`: what is missing in the source.
    """

    repairs: tuple[RepairRow, ...]
    layout: tuple[RepairRow, ...]
    faults: tuple[FaultRow, ...]
    repeats: tuple[RepeatRow, ...]
    unclaimed: tuple[UnclaimedRow, ...]
    traps: tuple[tuple[str, int], ...]
    figures: int
    missing: tuple[str, ...]
    front: PageLink

    @property
    def jump(self) -> tuple[tuple[str, str, int], ...]:
        """The parts of the page: id, title, number of rows."""
        return (
            ("doubts", "存疑", len(self.faults)),
            ("repeated", "重复段落", len(self.repeats)),
            ("repairs", "修复", len(self.repairs) + len(self.layout)),
            ("unclaimed", "未归入指标的数字", len(self.unclaimed)),
        )


def notes_view(report: Report, origin: str) -> NotesPage:
    """Return the view of the page of editorial notes at `origin`."""
    reading = report.reading
    file = _File.of(reading.source)
    repairs = []
    for repair in reading.repairs:
        where, href = _where(report, origin, reading.text.from_source(repair.start))
        row = RepairRow(
            repair_anchor(repair),
            wording.REPAIRS.get(repair.kind, repair.kind),
            changes(repair.before, repair.after),
            wording.plain_reason(repair.reason),
            wording.REPAIR_STATUS[repair.status],
            repair.status == "applied",
            repair.by == "publisher",
            where,
            href,
            file.at(repair.start),
        )
        repairs.append((row, repair.kind in wording.QUIET_REPAIRS and repair.status == "applied"))
    faults = []
    for fault in reading.faults:
        where, href = _where(report, origin, reading.text.from_source(fault.start))
        faults.append(
            FaultRow(
                fault_anchor(fault),
                wording.FAULTS[fault.kind],
                fault.quote if len(fault.quote) <= SUMMARY else f"{fault.quote[:40]} …… {fault.quote[-40:]}",
                fault.note,
                wording.CONFIDENCE[fault.confidence],
                fault.confidence,
                fault.by == "publisher",
                where,
                href,
                file.at(fault.start),
            )
        )
    repeats = []
    for repetition in reading.repetitions:
        where, href = _where(report, origin, repetition.start)
        original, original_href = _where(report, origin, repetition.of)
        length = repetition.end - repetition.start
        repeats.append(RepeatRow(length, where, href, original, original_href, repetition.lost))
    unclaimed = []
    for number in reading.found.unclaimed:
        where, href = _where(report, origin, number.start)
        before = reading.text.body[max(number.start - AROUND, 0) : number.start].rsplit("\n", 1)[-1]
        after = reading.text.body[number.end : number.end + AROUND].split("\n", 1)[0]
        unclaimed.append(UnclaimedRow(before, number.quote, after, where, href))
    return NotesPage(
        tuple(row for row, quiet in repairs if not quiet),
        tuple(row for row, quiet in repairs if quiet),
        tuple(_unique(faults)),
        tuple(repeats),
        tuple(unclaimed),
        tuple((wording.TRAPS.get(rule, rule), times) for rule, times in reading.found.traps),
        len(reading.indicators),
        missing(report),
        report.link_to(origin, reading.meta.name, ""),
    )


def _unique(rows: Sequence[FaultRow]) -> Iterator[FaultRow]:
    """Yield the rows without those that have the id of an earlier row."""
    seen = set()
    for row in rows:
        if row.anchor not in seen:
            seen.add(row.anchor)
            yield row


def _where(report: Report, origin: str, position: int) -> tuple[str, Markup]:
    place = report.places.at(position)
    if place is None:
        return "", Markup(addresses.relative(origin, addresses.report(report.reading)))
    sentence, section = place
    return place_label(report.reading, section), report.sentence_href(origin, sentence, section)


@dataclass(frozen=True)
class _File:
    """An index to find the page, paragraph or line of a position in the source text."""

    breaks: tuple[int, ...]
    places: tuple[SourcePlace, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, source: Source) -> _File:
        """Return the index of a source."""
        breaks = () if source.places else tuple(found.start() for found in re.finditer("\n", source.text))
        return cls(breaks, source.places, tuple(place.start for place in source.places))

    def at(self, position: int) -> str:
        """Return the place of a position: 来源第 3 页 or 来源第 12 段 if the format has pages or paragraphs, else 来源第 21 行."""
        if not self.places:
            return f"来源第 {bisect_left(self.breaks, position) + 1} 行"
        place = self.places[max(bisect_right(self.starts, position) - 1, 0)]
        return f"来源第 {place.page} 页" if place.page else f"来源第 {place.paragraph} 段" if place.paragraph else ""
