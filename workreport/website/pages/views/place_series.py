"""Knows how the series of a place are shown: a small picture of each with its figures beside it, one a year.

Levels and changes are drawn apart, each from zero; a year without a figure is a gap; figures of several years stand apart. Leaves
finding the series to `comparison`, and drawing to `marks.series_charts`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from markupsafe import Markup

from workreport.analysis.change_spans import YEAR_ON_YEAR
from workreport.comparison.figures import TO_ONE
from workreport.model import DIRECTION_WORDS, Indicator, UnitName, split_unit, unadjusted
from workreport.model.place_years import Point, Series, Stated
from workreport.website import addresses
from workreport.website.bars import PER_CENT, Bar, Scale
from workreport.website.marks.mark_names import COLUMN_KEYS
from workreport.website.pages.views.compared_place import (
    ComparedPlace,
    as_estimate,
    plain_figure,
    report_label,
    told_figure,
)
from workreport.website.pages.views.place_pairs import theme_anchor

APART, FAR_APART = Decimal(5), Decimal(25)
"""By how many per cent points a change may differ from the ratio of two levels, if they have opposite signs, and if not."""
LONG_GAP = 3
"""From how many years without a figure on they share a row."""
_ABOUT = frozenset({"余", "多", "近", "约", "左右", "超", "超过", "突破", "以上", "以下", "以内", "逾", "破"})
"""Words of approximation: a column with one is drawn lighter."""


@dataclass(frozen=True, slots=True)
class YearColumn:
    """A column of a picture: its bar, and the value above it."""

    bar: Bar
    value: str


@dataclass(frozen=True, slots=True)
class PointView:
    """What the table has of one year; `level` and `change` are the columns of the pictures, None for none.

    `told` is the figure with its change, "" in a year without one. `about`: the report gives the level as approximate, or as a
    threshold that was passed. `broken`: its level does not follow on that of the year before (see `does_not_follow`).
    """

    year: str
    told: str
    href: Markup
    report: str
    level: YearColumn | None = None
    change: YearColumn | None = None
    about: bool = False
    broken: bool = False

    @property
    def marks(self) -> dict[str, str]:
        """The attributes of its row: the columns of both pictures."""
        signs = (("missing-year", not self.told), ("about", self.about), ("series-break", self.broken))
        names = [name for name, there in signs if there]
        found = {"class": " ".join(names)}
        for keys, column in zip(COLUMN_KEYS, (self.level, self.change), strict=True):
            if column:
                values = (f"{column.bar.start}%", f"{column.bar.length}%", column.value)
                found |= dict(zip(keys, values, strict=True))
        return found


@dataclass(frozen=True, slots=True)
class SpanView:
    """A figure of several years: its words, the link to them, the report."""

    told: str
    quote: str
    href: Markup
    report: str


@dataclass(frozen=True, slots=True)
class SeriesView:
    """A series: `unit` is that of its levels in the picture ("" if they are not drawn), `changes`: changes are drawn.

    `points` are those of all years from the first to the last, the years without a figure too; `spans` are those of several years.
    `edited` tells that the publisher changed it. `theme` is the class of its theme, `home` the id of the theme if nothing else on the
    page has it. `across` leads to the same measure in other reports of the site, "" where there is no such page.
    """

    anchor: str
    name: str
    theme: str
    across: Markup
    unit: str
    levels: bool
    changes: bool
    points: tuple[PointView, ...]
    spans: tuple[SpanView, ...]
    edited: str
    home: str = ""

    @property
    def row(self) -> dict[str, str]:
        """The attributes of its row in the table of series of two years."""
        return {"id": self.anchor, "class": self.theme}

    @property
    def broken(self) -> bool:
        """Whether a level does not follow on that of the year before."""
        return any(point.broken for point in self.points)

    @property
    def marks(self) -> dict[str, str]:
        """The attributes of the table: what the two pictures are called."""
        level = (self.unit or "数") if self.levels else ""
        changes = "增速，%" if self.changes else ""
        return {"class": "series-chart", "levels": level, "changes": changes, "theme": self.theme}


@dataclass(frozen=True, slots=True)
class _Valued:
    """A point with its level in the unit of the picture and its change in per cent; None for what it does not state."""

    point: Point
    level: Decimal | None
    change: Decimal | None


def series_views(
    place: ComparedPlace, origin: str, *, drawn: bool, measures: Collection[str] = ()
) -> Iterator[SeriesView]:
    """Yield the series that can be drawn (three years or more), or all others, in the order of the core measures and the text.

    `measures` are the ids of those that have a page in the site.
    """
    found = [(s, anchor) for s, anchor in zip(place.years.series, place.series_anchors, strict=True)]
    found.sort(key=lambda each: place.order_of(each[0].measure))
    for series, anchor in found:
        if series.chartable == drawn:
            yield _series(place, series, anchor, origin, measures)


def measure_href(measure: str | None, measures: Collection[str], origin: str) -> Markup:
    """Return the link from the page at `origin` to the page of a measure; "" where the site has none."""
    there = measure is not None and measure in measures
    return Markup(addresses.relative(origin, addresses.measure(measure)) if there and measure else "")


def _series(place: ComparedPlace, series: Series, anchor: str, origin: str, measures: Collection[str]) -> SeriesView:
    unit, power = _unit(place, series)
    valued = [_valued(place, point, power) for point in series.points]
    levels = [v.level for v in valued if v.level is not None]
    changes = [v.change for v in valued if v.change is not None]
    by_year = {v.point.year: v for v in valued}
    years = range(series.points[0].year, series.points[-1].year + 1)
    points = []
    for year in years:
        if year not in by_year:
            points.append(PointView(f"{year}年", "", Markup(""), ""))
            continue
        shown = _point(place, by_year[year], (levels, changes), origin)
        before = by_year.get(year - 1)
        points.append(replace(shown, broken=before is not None and _is_break(place, before, by_year[year])))
    spans = tuple(_span(place, point, origin) for point in series.period_points)
    return SeriesView(
        anchor,
        series.name,
        theme_anchor(place.series_theme(series)),
        measure_href(series.measure, measures, origin),
        unit,
        len(levels) > 1,
        len(changes) > 1,
        tuple(_without_long_gaps(points)),
        spans,
        place.edited(series),
    )


def _without_long_gaps(points: Sequence[PointView]) -> Iterator[PointView]:
    """Yield the years of a series, of `LONG_GAP` years or more without a figure one row for all: 1999—2002年."""
    for told, found in groupby(points, key=lambda point: bool(point.told)):
        own = list(found)
        if told or len(own) < LONG_GAP:
            yield from own
        else:
            yield replace(own[0], year=f"{own[0].year.removesuffix('年')}—{own[-1].year}")


def _unit(place: ComparedPlace, series: Series) -> tuple[UnitName, int]:
    """The unit of the newest level of a series, and the power of ten in it."""
    for point in reversed(series.points):
        indicator = place.indicator(point.stated)
        if indicator and indicator.kind != "growth" and indicator.number is not None:
            unit = UnitName("") if indicator.unit in TO_ONE else indicator.unit
            return unit, split_unit(unit)[1]
    return UnitName(""), 0


def _valued(place: ComparedPlace, point: Point, power: int) -> _Valued:
    indicator = place.indicator(point.stated)
    if indicator is None or indicator.number is None:
        return _Valued(point, None, None)
    if indicator.kind == "growth":
        return _Valued(point, None, _change(indicator.number, indicator.unit, indicator.growth_base))
    growth = indicator.growth
    change = _change(growth.number, growth.unit, growth.base) if growth else None
    if change is not None and growth and growth.direction == "down":
        change = -change
    level = indicator.number.scaleb(split_unit(indicator.unit)[1] - power)
    return _Valued(point, Decimal(f"{level.normalize():f}"), change)


def _change(number: Decimal | None, unit: UnitName, base: str | None) -> Decimal | None:
    """A change against the year before in per cent, None for any other."""
    if number is None or unit not in PER_CENT or not YEAR_ON_YEAR.fullmatch(unadjusted(base) or ""):
        return None
    return Decimal(f"{(number * PER_CENT[unit]).normalize():f}")


def _point(
    place: ComparedPlace, one: _Valued, scales: tuple[Sequence[Decimal], Sequence[Decimal]], origin: str
) -> PointView:
    stated = one.point.stated
    indicator = place.indicator(stated)
    columns = [
        YearColumn(_scale(values).bar(value), f"{value:f}") if value is not None and len(values) > 1 else None
        for value, values in zip((one.level, one.change), scales, strict=True)
    ]
    return PointView(
        f"{one.point.year}年",
        series_told(place, stated),
        place.href(stated, origin),
        report_label(place.reading(stated)),
        columns[0],
        columns[1],
        about=bool(indicator and indicator.kind != "growth" and indicator.approx in _ABOUT),
    )


def series_told(place: ComparedPlace, stated: Stated) -> str:
    """What a report states of a year, as a table of years has it."""
    indicator = place.indicator(stated)
    return told_of_year(indicator) if indicator else stated.value


def told_of_year(indicator: Indicator) -> str:
    """A figure as a table of years has it: a change with the word that tells it to be one (增长 5.3%)."""
    told = plain_figure(indicator)
    if indicator.kind == "growth" and indicator.number is not None and not indicator.is_multiple:
        direction = DIRECTION_WORDS["up" if indicator.number > 0 else "down" if indicator.number < 0 else "flat"]
        told = told if told.startswith(direction) else f"{direction} {told.lstrip('+−')}"
    return as_estimate(indicator, told)


def _is_break(place: ComparedPlace, before: _Valued, now: _Valued) -> bool:
    """Whether the level of a year does not follow on that of the year before; figures that are only about right tell nothing."""
    if before.level is None or now.level is None or now.change is None:
        return False
    told = (place.indicator(one.point.stated) for one in (before, now))
    return all(i and not i.approx and not i.milestone_only for i in told) and does_not_follow(
        before.level, now.level, now.change
    )


def does_not_follow(before: Decimal, now: Decimal, change: Decimal) -> bool:
    """Whether two levels and the change in per cent that the report states beside the second one cannot be of one scope.

    They point in opposite directions and are more than `APART` points from each other, or are more than `FAR_APART` points from each
    other. (Levels are in prices of the year, changes often in those of one year, so less tells nothing.)

    >>> does_not_follow(Decimal(6712), Decimal(5870), Decimal("3.5")), does_not_follow(Decimal(120), Decimal(128), Decimal("5.5"))
    (True, False)
    """
    if before <= 0:
        return False
    ratio = (now / before - 1) * 100
    gap = abs(ratio - change)
    return gap > FAR_APART or (gap > APART and ratio * change < 0)


def _scale(values: Sequence[Decimal]) -> Scale:
    """From zero, or from the lowest value below it, to the highest."""
    return Scale(min(*values, Decimal(0)), max(*values, Decimal(0)))


def _span(place: ComparedPlace, point: Point, origin: str) -> SpanView:
    indicator = place.indicator(point.stated)
    told = told_figure(indicator) if indicator else point.stated.value
    return SpanView(
        told, point.stated.quote, place.href(point.stated, origin), report_label(place.reading(point.stated))
    )
