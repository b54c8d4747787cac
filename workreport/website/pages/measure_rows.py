"""Knows the rows of a core measure over places and years: what each report states, in one unit, and what is missing.

Pages and the files of measures (`measure_data`) are made of these rows, so that both say the same. Leaves what each report states to
`measure_values`, and pictures to `pages.views.measure`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from workreport.model import Meta, UnitName, split_unit
from workreport.website.pages import wording
from workreport.website.pages.collection import CollectedMeasure, Collection, MeasureSummary, ReportSummary
from workreport.website.pages.measure_values import StatedValue
from workreport.website.pages.place_order import LEVELS, PlaceKey, place_key


@dataclass(frozen=True, slots=True)
class StatedRow:
    """What one report states of a measure in the year that it reviews. `unit` is that of the amounts beside it in the table."""

    measure: str
    key: PlaceKey
    place: str
    year: int
    slug: str
    unit: UnitName
    level: StatedValue | None
    change: StatedValue | None


def rows_of(measure: CollectedMeasure) -> tuple[StatedRow, ...]:
    """Return the rows of a measure: the newest year first, then by level and division code. Only whole years are there."""
    stated = [(report, one) for report, one in measure.stated if one.compared]
    units = _units(measure, stated)
    rows = (_row(measure, one, report.meta, units) for report, one in stated)
    order = tuple(LEVELS)
    return tuple(sorted(rows, key=lambda row: (-row.year, order.index(row.key.level), row.key, row.slug)))


def _units(
    measure: CollectedMeasure, stated: Sequence[tuple[ReportSummary, MeasureSummary]]
) -> dict[tuple[str, str], UnitName]:
    """The unit in which amounts are shown: by level of place and unit without 万 and 亿, the one that most reports write, of
    several the smallest. Units that can be converted to one another (斤, 吨) have the same one.

    The key (level, "") has the unit that a row without an amount stands beside.
    """
    counted: dict[tuple[str, str], Counter[UnitName]] = {}
    known = {split_unit(one.unit)[0] for _, one in stated if one.unit is not None}
    for report, one in stated:
        if one.unit is not None:
            level = place_key(report.meta).level
            bare = split_unit(one.unit)[0]
            for other in (*sorted(unit for unit in known if measure.ratio(bare, unit)), ""):
                counted.setdefault((level, other), Counter())[one.unit] += 1
    return {
        key: min(found, key=lambda unit: (-found[unit], split_unit(unit)[1], unit)) for key, found in counted.items()
    }


def _row(
    measure: CollectedMeasure, one: MeasureSummary, meta: Meta, units: Mapping[tuple[str, str], UnitName]
) -> StatedRow:
    key = place_key(meta)
    bare = split_unit(one.unit)[0] if one.unit is not None else ""
    unit = units.get((key.level, bare), UnitName(""))
    ratio = measure.ratio(bare, split_unit(unit)[0])
    level = replace(one.level.value, number=one.level.number_in(unit, ratio)) if one.level and ratio else None
    return StatedRow(one.measure.label, key, meta.place or meta.name, one.year, meta.slug, unit, level, one.change)


@dataclass(frozen=True, slots=True)
class Absence:
    """A report without a figure of a measure, of the year `year`. `kind` says what may be said of it.

    not-stated: it does not speak of the measure (报告未写); named: it does, without a figure that can be compared; "": nothing is
    sure.
    """

    meta: Meta
    year: int
    kind: str


def absences(measure: CollectedMeasure, collection: Collection) -> tuple[Absence, ...]:
    """Return the reports that state nothing of a measure for the year that they review, by year and place.

    报告未写 is said by the rule of the front page alone: of a measure of the core board, where none of the place's words is in
    the text.
    """
    there = {report.meta.slug for report, one in measure.stated if one.compared}
    found = [r for r in collection.reports if r.meta.slug not in there and r.meta.year is not None]
    made = (Absence(r.meta, (r.meta.year or 0) - 1, _kind(measure.measure.id, r)) for r in found)
    return tuple(sorted(made, key=lambda one: (-one.year, place_key(one.meta), one.meta.slug)))


def _kind(measure: str, report: ReportSummary) -> str:
    place = next((place for place in report.board if any(measure in choice for choice in place.choices)), None)
    if place is None:
        return ""
    return "named" if place.named else "" if place.spoken else "not-stated"


def _sign(value: StatedValue | None) -> str:
    """What is said of a value: an estimate of the report (预计), a bound or an approximation (约数)."""
    if value is None:
        return ""
    return "、".join([wording.ESTIMATED] * value.estimated + ["约数"] * value.bound)


def _code(key: PlaceKey) -> str:
    return key.id if key.id.isdecimal() else ""


@dataclass(frozen=True, slots=True)
class RowColumn:
    """A column of the file of a measure: its title, and its value for a row ("" for none)."""

    title: str
    of: Callable[[StatedRow], Decimal | str]


COLUMNS = (
    RowColumn("指标", lambda r: r.measure),
    RowColumn("地方", lambda r: r.place),
    RowColumn("区划代码", lambda r: _code(r.key)),
    RowColumn("层级", lambda r: LEVELS[r.key.level]),
    RowColumn("年份", lambda r: str(r.year)),
    RowColumn("原文写作", lambda r: r.level.words if r.level else ""),
    RowColumn("数值", lambda r: r.level.number if r.level else ""),
    RowColumn("单位", lambda r: r.unit if r.level else ""),
    RowColumn("数值状态", lambda r: _sign(r.level)),
    RowColumn("增减写作", lambda r: r.change.words if r.change else ""),
    RowColumn("增减（%）", lambda r: r.change.number if r.change else ""),
    RowColumn("增减基数", lambda r: (r.change.base or "上年") if r.change else ""),
    RowColumn("增减状态", lambda r: _sign(r.change)),
    RowColumn("原句", lambda r: r.level.href if r.level else ""),
    RowColumn("增减原句", lambda r: r.change.href if r.change else ""),
)
"""The columns of the file of a measure, which a build writes and a page saves; addresses are relative to its page."""
