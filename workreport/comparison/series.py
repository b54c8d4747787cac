"""Knows the series of a place: what its reports state of one indicator, year by year, each report about the year that it reviews.

An amount and its change are one series (20059亿元、增长5.6%; 增长4.7%), a share is another one. A figure of several years stands
apart. What two reports do not state of surely the same thing is in no series. Leaves targets to `pairs`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from workreport.comparison.agreement import added_to, in_two_senses, money_against_count
from workreport.comparison.comparison_words import ANY, ComparisonWords
from workreport.comparison.doubts import posts_against_people
from workreport.comparison.figures import PER_CENT, ReportFigures, StatedFigure, against_year_before
from workreport.comparison.shares import name_of_share
from workreport.model import Growth, UnitName, unadjusted
from workreport.model.place_years import Point, Series

FEWEST, CHARTED = 2, 3
"""The fewest years of a series, and of one that can be drawn."""


_CHANGES = ("增幅", "增速", "涨幅", "降幅")
"""Ends of the name of a change, which is no name of an amount."""


@dataclass
class _Group:
    """The figures of one series while it is gathered: those of each year, and those of several years."""

    first: StatedFigure
    years: dict[int, list[StatedFigure]] = field(default_factory=lambda: defaultdict(list))
    periods: list[StatedFigure] = field(default_factory=list)


def series_of(reports: Sequence[ReportFigures], words: ComparisonWords) -> tuple[Series, ...]:
    """The series of one place from its reports, the oldest first; in the order in which their first figures stand."""
    groups = _Groups(words)
    for report in reports:
        reviewed = report.statements.reviewed
        if reviewed is not None:
            for figure in (*report.results, *report.ended):
                if figure.whole and _named(figure, words):
                    groups.with_new(figure).years[reviewed].append(figure)
    for report in reports:
        for figure in report.of_years:
            if figure.whole and (group := groups.of(figure)):
                group.periods.append(figure)
    place = reports[0].reading.meta.place if reports else ""
    drawn = ((group, _points(group)) for group in groups.order)
    return tuple(_finished(group, points, place, words) for group, points in drawn if len(points) >= FEWEST)


def _named(figure: StatedFigure, words: ComparisonWords) -> bool:
    """Whether the name of a figure says enough to be found again; a threshold passed counts too."""
    subject = figure.subject
    if figure.shared:
        return False
    if figure.indicator.measure:
        return True
    if figure.form == "share" and not name_of_share(figure, words):
        return False
    if subject.measure and not figure.indicator.milestone_only:
        return False  # of a part of the place
    return not subject.generic or subject.stock


def _keys(figure: StatedFigure) -> list[tuple[str, str]]:
    """What figures of a series share: the measure or the name, each with the kind of figure."""
    kind = figure.form if figure.form in ("share", "points") else "amount"
    names = (figure.indicator.measure, figure.subject.measure, figure.subject.thing)
    return [(name, kind) for name in dict.fromkeys(names) if name]


class _Groups:
    """The series while they are gathered, in their order and by what their figures share."""

    def __init__(self, words: ComparisonWords) -> None:
        self.words = words
        self.order: list[_Group] = []
        self.by_key: dict[tuple[str, str], list[_Group]] = defaultdict(list)

    def of(self, figure: StatedFigure) -> _Group | None:
        """The series that a figure belongs to; None if it fits none."""
        known = (group for key in _keys(figure) for group in self.by_key.get(key, ()))
        return next((group for group in known if _fits(figure, group.first, self.words)), None)

    def with_new(self, figure: StatedFigure) -> _Group:
        """The series that a figure belongs to, or a new one."""
        group = self.of(figure)
        if group is None:
            group = _Group(figure)
            self.order.append(group)
        for key in _keys(figure):
            if all(group is not known for known in self.by_key[key]):
                self.by_key[key].append(group)
        return group


def _fits(one: StatedFigure, other: StatedFigure, words: ComparisonWords) -> bool:
    """Whether two figures with the same measure or name are surely of one series."""
    if "amount" == one.form == other.form and not words.same_unit(one.unit, other.unit):
        return False
    a, b = one.subject, other.subject
    if a.area != b.area or a.first != b.first or in_two_senses(one, other, words):
        return False
    if money_against_count(one, other, words) or posts_against_people(one, other, words):
        return False
    if _parts(one, other) or _parts(other, one):
        return False
    if one.indicator.measure and other.indicator.measure:
        return one.indicator.measure == other.indicator.measure
    if one.years:
        return a.levels == b.levels and one.form == other.form
    if a.levels != b.levels or a.stock != b.stock or a.begun != b.begun:
        return False
    if not a.actions or not b.actions or ANY in a.actions | b.actions or a.actions & b.actions:
        return True
    return a.added and b.added and any(words.by_id[action].agrees & b.actions for action in a.actions)


def _parts(one: StatedFigure, other: StatedFigure) -> bool:
    """Whether the first is a part of what the second counts: what was added, of all there are, or new ones, of new and renewed."""
    return (one.new_alone and not other.new_alone) or (one.form == other.form == "amount" and added_to(one, other))


def _points(group: _Group) -> list[tuple[int, StatedFigure]]:
    """One figure for each year, without the years for which a report states several that differ."""
    return [(year, best) for year in sorted(group.years) if (best := _best(group.years[year], group))]


def _best(figures: Sequence[StatedFigure], group: _Group) -> StatedFigure | None:
    """The figure of a year: the one with an exact amount and its change, and the same name; None if two as good differ."""
    ranked = sorted(figures, key=lambda f: _worth(f, group))
    best = ranked[0]
    rivals = [f for f in ranked[1:] if _worth(f, group) == _worth(best, group) and f.number != best.number]
    return None if rivals and best.indicator.measure is None else best


def _worth(figure: StatedFigure, group: _Group) -> tuple[object, ...]:
    i = figure.indicator
    return (
        figure.years, i.milestone_only, figure.form == "growth", i.growth is None,
        figure.subject.words != group.first.subject.words, i.parent is not None,
        figure.bound != "",
    )  # fmt: skip


def _finished(group: _Group, points: Sequence[tuple[int, StatedFigure]], place: str, words: ComparisonWords) -> Series:
    """A series with its points, which are figures by year."""
    figures = [figure for _, figure in points]
    amounts = [f for f in figures if f.form not in ("growth", "points")]
    unit = UnitName(amounts[0].unit if amounts else figures[0].unit)
    changes = [f for f in figures if f.form == "growth" or f.indicator.growth]
    measured = (f for f in figures if f.indicator.measure)
    named = min(measured, key=lambda f: bool(amounts) and f.indicator.name.endswith(_CHANGES), default=group.first)
    return Series(
        name=(name_of_share(named, words) if named.form == "share" else "") or named.indicator.name,
        measure=named.indicator.measure,
        place=place,
        unit=unit if unit not in PER_CENT or amounts else UnitName("%"),
        chartable=max(len(amounts), len(changes)) >= CHARTED,
        points=tuple(_point(year, figure) for year, figure in points),
        period_points=tuple(_point(0, figure) for figure in group.periods),
    )


def _point(year: int, figure: StatedFigure) -> Point:
    return Point(year, figure.stated, figure.indicator.growth if year == 0 else _of_one_year(figure))


def _of_one_year(figure: StatedFigure) -> Growth | None:
    """The change beside a figure, if it is one against the year before."""
    growth = figure.indicator.growth
    return growth if growth and not figure.years and against_year_before(unadjusted(growth.base) or "") else None
