"""Knows the views of the measures of a collection: the list of measures, and the page of one measure over places and years.

A table compares only amounts of one year, one level of places and one unit. Leaves the rows to `pages.measure_rows`, and the SVG
to `website.marks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from markupsafe import Markup

from workreport.model import UnitName
from workreport.website import addresses, bars
from workreport.website.broken_axis import Axis, axis
from workreport.website.pages.collection import CollectedMeasure, Collection
from workreport.website.pages.measure_rows import COLUMNS, Absence, StatedRow, absences, rows_of
from workreport.website.pages.measure_values import ApartLine, StatedValue
from workreport.website.pages.place_order import LEVELS, place_key
from workreport.website.pages.views.compared_place import series_anchor
from workreport.website.pages.views.report import PageLink
from workreport.website.pages.views.report_list import Choice
from workreport.website.place_addresses import place_slug

APART = {"years": "几年的", "part": "不满一年的", "other": "别的年份的"}
"""The headings of figures that are not compared, by `ApartFigure.kind`."""
SAID = {"not-stated": "报告未写", "named": "提到而未列", "": "没有读出（不等于没有写）"}
"""What is said of reports without a figure, by `Absence.kind`."""
STEPS = (1, 2, 5)
"""The first digits of the number that is written at the scale of a table."""


@dataclass(frozen=True, slots=True)
class DotValue:
    """An amount or a change in a table: the words of the report, what is said with them, and the place of its dot.

    `base` is what a change is measured against, "" for the year before, `name` what the report calls the measure, "" for the
    usual name. `at` is a CSS length, `number` the value in the unit of the table as text.
    """

    words: str
    base: str
    name: str
    href: Markup
    estimated: bool
    bound: bool
    at: str
    number: str


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A row: a place, the way to its report, its amount and its change; None for what the report does not state.

    `years` leads to the series of the measure on the page of the place, "" where there is none.
    """

    place: str
    key: str
    report: Markup
    years: Markup
    level: DotValue | None
    change: DotValue | None

    @property
    def keys(self) -> dict[str, str]:
        """The attributes of the row in the marks: what it is chosen and sorted by, and the places of its dots."""
        level, change = self.level, self.change
        return {
            "place": self.key,
            "value": level.number if level else "",
            "change": change.number if change else "",
            "value-at": level.at if level else "",
            "change-at": change.at if change else "",
            "class": " ".join(name for name, there in self._signs() if there),
        }

    def _signs(self) -> tuple[tuple[str, bool], ...]:
        """The classes of the row: which of its values are not exact, and whether its change has another base."""
        level, change = self.level, self.change
        return (
            ("bound", bool(level and level.bound)),
            ("change-bound", bool(change and change.bound)),
            ("other-base", bool(change and change.base)),
        )


@dataclass(frozen=True, slots=True)
class ColumnScale:
    """The scale of a column of dots: the places of zero and of a round number with its words; "" for what it has not."""

    zero: str
    tick: str
    words: str


@dataclass(frozen=True, slots=True)
class MeasureTable:
    """The places of one level in one year, with amounts in one unit. `year` and `level` are what it is chosen by."""

    heading: str
    anchor: str
    year: str
    level: str
    unit: str
    lines: tuple[MeasureLine, ...]
    value_scale: ColumnScale
    change_scale: ColumnScale

    @property
    def keys(self) -> dict[str, str]:
        """The attributes of the table in the marks."""
        value, change = self.value_scale, self.change_scale
        return {
            "class": "measure-table",
            "year": self.year,
            "level": self.level,
            "unit": self.unit,
            "value-zero": value.zero,
            "value-tick": value.tick,
            "value-words": value.words,
            "change-zero": change.zero,
            "change-tick": change.tick,
            "change-words": change.words,
        }


@dataclass(frozen=True, slots=True)
class MissingLine:
    """Reports of one year without a figure, and what may be said of them."""

    year: str
    said: str
    reports: tuple[PageLink, ...]


@dataclass(frozen=True, slots=True)
class MeasurePage:
    """The page of a measure. `label` is its name, `places` and `reports` are numbers, `data` is the file with all rows."""

    label: str
    places: int
    reports: int
    years: tuple[Choice, ...]
    levels: tuple[Choice, ...]
    tables: tuple[MeasureTable, ...]
    apart: tuple[tuple[str, tuple[ApartLine, ...]], ...]
    missing: tuple[MissingLine, ...]
    data: str
    columns: tuple[str, ...]
    crumbs: tuple[PageLink, ...]


@dataclass(frozen=True, slots=True)
class MeasureEntry:
    """A measure in the list: its name, its page, and how many places, reports and years have it."""

    label: str
    href: Markup
    places: int
    reports: int
    when: str


@dataclass(frozen=True, slots=True)
class MeasureList:
    """The list of measures."""

    entries: tuple[MeasureEntry, ...]
    crumbs: tuple[PageLink, ...]


def measures_view(collection: Collection, origin: str, home: str) -> MeasureList:
    """Return the view of the list of measures at `origin`; `home` is the name of the site."""
    entries = tuple(_entry(one, rows_of(one), origin) for one in collection.measures)
    return MeasureList(entries, (_home(origin, home),))


def _home(origin: str, home: str) -> PageLink:
    return PageLink(home, Markup(addresses.relative(origin, addresses.ROOT)))


def _entry(collected: CollectedMeasure, rows: Sequence[StatedRow], origin: str) -> MeasureEntry:
    spoken = sorted({row.year for row in rows})
    href = Markup(addresses.relative(origin, addresses.measure(collected.measure.id)))
    when = f"{spoken[0]}—{spoken[-1]}年" if len(spoken) > 1 else f"{spoken[0]}年"
    return MeasureEntry(collected.measure.label, href, len({row.key for row in rows}), len(rows), when)


def measure_view(collection: Collection, measure: str, origin: str, home: str, listed: str) -> MeasurePage:
    """Return the view of the page of a measure at `origin`; `home` and `listed` are the titles of the front and of the list."""
    collected = next(one for one in collection.measures if one.measure.id == measure)
    rows = rows_of(collected)
    spoken = [row.year for row in rows]
    levels = [row.key.level for row in rows]
    several = [level for level in LEVELS if level in levels]
    back = PageLink(listed, Markup(addresses.relative(origin, addresses.site_page(addresses.MEASURES))))
    return MeasurePage(
        label=collected.measure.label,
        places=len({row.key for row in rows}),
        reports=len(rows),
        years=tuple(Choice(str(year), f"{year}年", spoken.count(year)) for year in dict.fromkeys(spoken)),
        levels=tuple(Choice(one, LEVELS[one], levels.count(one)) for one in several) if len(several) > 1 else (),
        tables=tuple(_tables(rows, origin, _series(collection, measure))),
        apart=_apart(collected),
        missing=tuple(_missing(absences(collected, collection), origin)),
        data=f"{measure}.csv",
        columns=tuple(column.title for column in COLUMNS),
        crumbs=(_home(origin, home), back),
    )


def _series(collection: Collection, measure: str) -> dict[str, str]:
    """The address of the series of a measure on the page of its place, by the slugs of the reports of the place."""
    found = ((years, one) for years in collection.places for one in years.series if one.measure == measure)
    paths = (
        (years, f"{addresses.place(place_slug(years.place, years.code))}#{series_anchor(one)}") for years, one in found
    )
    return {slug: path for years, path in reversed(list(paths)) for slug in years.reports}


def _tables(rows: Iterable[StatedRow], origin: str, series: Mapping[str, str]) -> Iterable[MeasureTable]:
    """Yield the tables: the newest year first, then by level; amounts in another unit (亿美元) stand in a table of their own."""
    for (year, level), found in groupby(rows, key=lambda row: (row.year, row.key.level)):
        own = list(found)
        for unit in dict.fromkeys(row.unit for row in own):
            lines = [row for row in own if row.unit == unit]
            yield _table((year, level, unit), lines, origin, series, first=unit == own[0].unit)


def _table(
    of: tuple[int, str, UnitName], rows: Sequence[StatedRow], origin: str, series: Mapping[str, str], *, first: bool
) -> MeasureTable:
    year, level, unit = of
    amounts = [row.level.number for row in rows if row.level]
    changes = [[row.change.number] for row in rows if row.change]
    value_axis = Axis(bars.Scale(min([*amounts, Decimal(0)]), max([*amounts, Decimal(0)])))
    change_axis = axis(changes)
    lines = tuple(
        MeasureLine(
            row.place,
            row.key.id,
            Markup(addresses.relative(origin, f"{row.slug}/{addresses.ROOT}")),
            Markup(addresses.relative(origin, series[row.slug]) if row.slug in series else ""),
            _point(row.level, value_axis) if row.level else None,
            _point(row.change, change_axis) if row.change else None,
        )
        for row in rows
    )
    anchor = f"y-{year}-{level}" + ("" if first else f"-{unit}")
    heading = f"{year}年 · {LEVELS[level]}" + (f" · {unit}" if unit else "")  # type: ignore[index]
    return MeasureTable(
        heading, anchor, str(year), level, unit, lines, _scale(value_axis, unit), _scale(change_axis, UnitName("%"))
    )


def _point(value: StatedValue, line: Axis) -> DotValue:
    return DotValue(
        value.words,
        value.base,
        value.name,
        Markup(value.href),
        value.estimated,
        value.bound,
        line.place(value.number),
        f"{value.number:f}",
    )


def _scale(line: Axis, unit: UnitName) -> ColumnScale:
    """The scale of an axis: zero, and the greatest round number on the longer side of it."""
    low, high = line.scale.low, line.scale.high
    far = high if high >= -low else low
    if not far:
        return ColumnScale("", "", "")
    power = Decimal(1).scaleb(abs(far).adjusted())
    tick = max(step * power for step in STEPS if step * power <= abs(far)).copy_sign(far)
    return ColumnScale(line.place(Decimal(0)), line.place(tick), f"{tick.normalize():f}{unit}".replace("-", "−"))


def _apart(collected: CollectedMeasure) -> tuple[tuple[str, tuple[ApartLine, ...]], ...]:
    """The figures that are not compared, by why they stand apart."""
    found = [(report.meta, kind, line) for report, one in collected.stated for kind, line in one.apart]
    found.sort(key=lambda row: (place_key(row[0]), -(row[0].year or 0), row[0].slug))
    groups = ((words, tuple(line for _, why, line in found if why == kind)) for kind, words in APART.items())
    return tuple((words, lines) for words, lines in groups if lines)


def _missing(found: Iterable[Absence], origin: str) -> Iterable[MissingLine]:
    """Yield the reports without a figure, the newest year first."""
    for year, own in groupby(found, key=lambda one: one.year):
        absent = list(own)
        for kind, said in SAID.items():
            links = tuple(
                PageLink(one.meta.name, Markup(addresses.relative(origin, addresses.front(one.meta.slug))))
                for one in absent
                if one.kind == kind
            )
            if links:
                yield MissingLine(f"{year}年", said, links)
