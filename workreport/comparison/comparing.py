"""Knows the order of a comparison: reports by place, targets and results of two years in a row, series.

Leaves each step to its own module. What the publisher wants otherwise (a `series.toml` beside a place) is to be applied to
what `compare` returns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from workreport.comparison.comparison_words import ComparisonWords
from workreport.comparison.figures import ReportFigures
from workreport.comparison.goals import goals_of
from workreport.comparison.pairs import pairs_of
from workreport.comparison.reports_by_place import PlaceReports, by_place
from workreport.comparison.series import series_of
from workreport.model import Reading
from workreport.model.place_years import Pair, PlaceYears


def compare(readings: Iterable[Reading], words: ComparisonWords) -> tuple[PlaceYears, ...]:
    """What the reports of each place say of each other; the slugs of the readings must differ.

    Only a report of the very next year tells what came of the targets of a report.
    """
    return tuple(_compared(place, words) for place in by_place(ReportFigures(r, words) for r in readings))


def _compared(place: PlaceReports, words: ComparisonWords) -> PlaceYears:
    return PlaceYears(
        place=place.place,
        code=place.code,
        reports=tuple(report.reading.meta.slug for report in place.reports),
        pairs=tuple(_pairs(place.reports, words)),
        series=series_of(place.reports, words),
    )


def _pairs(reports: tuple[ReportFigures, ...], words: ComparisonWords) -> Iterator[Pair]:
    for former, later in pairwise(reports):
        if former.year is not None and later.year == former.year + 1:
            found = [*pairs_of(former, later, words), *goals_of(former, later, words)]
            yield from sorted(found, key=lambda pair: (pair.target.start, pair.target.end))
