"""Knows the view of the front page of a site with several reports: the list of reports, newest first.

Leaves the front page of each report to `front`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from workreport.analysis.headlines import front_cards
from workreport.model import (
    Publication,
    Reading,
)
from workreport.website.pages import wording
from workreport.website.pages.cards import Card
from workreport.website.pages.front_cards import front_card
from workreport.website.pages.views.report import Report, missing

BRIEF = 4
"""The most cards of each report in the list."""


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """A report in the list. `said` is its speaker, date and meeting; `sections` and `indicators` are numbers.

    `old_ids` are the ids on its front page, so that links to them from the time when it was the only report still work.
    """

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
    """The front page of a site with several reports.

    `notes` are those of the publication, `label` is the name of the site.
    """

    entries: tuple[ReportEntry, ...]
    notes: tuple[str, ...]
    label: str


def _front_ids(reading: Reading) -> Iterator[str]:
    """Yield the ids on the report's front page, which was the front page of the site while it had only this report."""
    for paragraph in reading.outline.front:
        yield from (paragraph.id, *paragraph.aliases, *paragraph.gone)
        for sentence in paragraph.sentences:
            yield from (sentence.id, *sentence.aliases, *sentence.gone)


def list_view(reports: Sequence[Report], publication: Publication, origin: str, label: str) -> ReportList:
    """Return the view of the list at `origin`, by year, the newest first; `label` is the name of the site.

    An id that several reports have is in the `old_ids` of the first of them only.
    """
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
                tuple(front_card(report.reading, one, origin) for one in front_cards(report.reading)[:BRIEF]),
                tuple(dict.fromkeys(name for name in _front_ids(report.reading) if name not in taken)),
            )
        )
        taken |= set(_front_ids(report.reading))
    return ReportList(tuple(entries), publication.notes, label)
