"""Knows the view of the front of a site with several reports: the list, newest first.

Leaves the front of each report to `front`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from workreport.analysis.ranking import headlines
from workreport.model import (
    Publication,
    Reading,
)
from workreport.website.pages import wording
from workreport.website.pages.cards import Card, card
from workreport.website.pages.views.report import Report, missing

BRIEF = 4
"""Cards of each report in the list."""


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """A report in the list. `said` is its speaker, date and meeting; `old_ids` keep links to its front page."""

    place: str
    year: str
    name: str
    said: str
    href: Markup
    sections: int
    indicators: int
    missing: tuple[str, ...]
    cards: tuple[Card, ...]
    old_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportList:
    """The front page of a site with several reports; `label` is the name of the site."""

    entries: tuple[ReportEntry, ...]
    notes: tuple[str, ...]
    label: str


def _front_ids(reading: Reading) -> Iterator[str]:
    """The ids on the report's front page, which was at the root of the site while it had only this report."""
    for paragraph in reading.outline.front:
        yield from (paragraph.id, *paragraph.aliases, *paragraph.gone)
        for sentence in paragraph.sentences:
            yield from (sentence.id, *sentence.aliases, *sentence.gone)


def list_view(reports: Sequence[Report], publication: Publication, origin: str, label: str) -> ReportList:
    """The view of the list at `origin`, by year, the newest first; `label` is the name of the site."""
    entries = []
    taken: set[str] = set()
    for report in sorted(reports, key=lambda one: (-(one.reading.meta.year or 0), one.reading.meta.slug)):
        meta = report.reading.meta
        said = " · ".join(filter(None, (f"{meta.office} {meta.speaker}".strip(), wording.day(meta.date), meta.meeting)))
        entries.append(
            ReportEntry(
                meta.place,
                str(meta.year or ""),
                meta.name,
                said,
                report.link_to(origin, "", "").href,
                len(report.reading.outline.sections),
                len(report.reading.indicators),
                missing(report),
                tuple(card(report.reading, indicator, origin) for indicator in headlines(report.reading, BRIEF)),
                tuple(dict.fromkeys(name for name in _front_ids(report.reading) if name not in taken)),
            )
        )
        taken |= set(_front_ids(report.reading))
    return ReportList(tuple(entries), publication.notes, label)
