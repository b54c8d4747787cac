"""Knows which reports are of one place, and in which years: by the code of the division, whatever its name was then.

Leaves reading the place of a report to `ingest.facts.places`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workreport.comparison.figures import ReportFigures
from workreport.ingest.facts.divisions import code_of_today
from workreport.model import Meta


@dataclass(frozen=True, slots=True)
class PlaceReports:
    """The reports of one place that can be compared, one a year, the oldest first; `code` is "" for a place without one."""

    place: str
    code: str
    reports: tuple[ReportFigures, ...]


def by_place(reports: Iterable[ReportFigures]) -> tuple[PlaceReports, ...]:
    """The places of reports, in the order in which they first occur.

    A place without a code (国务院) is known by its name; a report whose place or year is not known stands alone. Of several
    reports of one year the first one counts.
    """
    found: dict[str, dict[int, ReportFigures]] = {}
    alone: dict[str, ReportFigures] = {}
    for report in reports:
        meta = report.reading.meta
        key = place_key(meta)
        if not key or report.year is None:
            alone[f"/{meta.slug}"] = report
        else:
            found.setdefault(key, {}).setdefault(report.year, report)
    places = [tuple(years[year] for year in sorted(years)) for years in found.values()]
    places += [(report,) for report in alone.values()]
    return tuple(PlaceReports(each[-1].reading.meta.place, each[-1].reading.meta.code, each) for each in places)


def place_key(meta: Meta) -> str:
    """What reports of one place share: its code of today, or without a code its name; "" where neither is known.

    A place that was renamed keeps its code (襄樊市, 襄阳市); one that became a city or a district has another one today (萧山市, 萧山区).
    """
    return code_of_today(meta.code) if meta.code else meta.place
