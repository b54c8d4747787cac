"""Knows the rows of a core measure over places and years: what each report states, in one unit, and what is missing.

Pages and the files of measures (`measure_data`) are made of these rows, so that both say the same. Leaves which statements there are to
`comparison.measures_across`, and pictures to `pages.views.measure`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal

from workreport.model import Indicator, Publication, Reading, UnitName, split_unit
from workreport.model.measure_years import MeasureStatement, MeasureYears
from workreport.website import addresses
from workreport.website.pages import wording
from workreport.website.pages.cards import card
from workreport.website.pages.core_figures import YEARLY
from workreport.website.pages.figure_views import ChangeView, Figure, change_of
from workreport.website.pages.front_cards import REACHED, in_plain_digits, without_verb
from workreport.website.pages.place_order import LEVELS, PlaceKey, place_key

_EXACT = Context(prec=9)
"""How exactly a converted amount is told: 1 亩 is 0.0666666667 公顷."""
_WHOLE = re.compile(r"^(?:全|我|本)[国省市区县州]")
"""What stands before the name of a measure and says only that it is of the whole place."""


@dataclass(frozen=True, slots=True)
class StatedValue:
    """An amount or a change that a report states: its words in plain digits, its number in the unit of the row, its sentence.

    `bound`: the words give a bound or an approximation (突破, 超过, 以上), not the number itself. `base` is what a change is
    measured against, "" for the year before. `href` leads from the page of the measure to the words.
    """

    words: str
    number: Decimal
    href: str
    estimated: bool
    bound: bool
    name: str
    base: str = ""


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


def rows_of(years: MeasureYears, publication: Publication) -> tuple[StatedRow, ...]:
    """Return the rows of a measure: the newest year first, then by level and division code. Only whole years are there."""
    readings = {reading.meta.slug: reading for reading in publication.readings}
    stated = [one for one in years.statements if one.compared]
    units = _units(stated, readings, years)
    origin = addresses.measure(years.measure.id)
    rows = (_row(one, readings[one.report], units, origin, years) for one in stated)
    order = tuple(LEVELS)
    return tuple(sorted(rows, key=lambda row: (-row.year, order.index(row.key.level), row.key, row.slug)))


def _units(
    stated: Sequence[MeasureStatement], readings: Mapping[str, Reading], years: MeasureYears
) -> dict[tuple[str, str], UnitName]:
    """The unit in which amounts are shown: by level of place and unit without 万 and 亿, the one that most reports write, of
    several the smallest. Units that can be converted to one another (斤, 吨) have the same one.

    The key (level, "") has the unit that a row without an amount stands beside.
    """
    counted: dict[tuple[str, str], Counter[UnitName]] = {}
    known = {split_unit(one.level.unit)[0] for one in stated if one.level}
    for one in stated:
        if one.level is not None:
            level = place_key(readings[one.report].meta).level
            bare = split_unit(one.level.unit)[0]
            for other in (*sorted(unit for unit in known if years.ratio(bare, unit)), ""):
                counted.setdefault((level, other), Counter())[one.level.unit] += 1
    return {
        key: min(found, key=lambda unit: (-found[unit], split_unit(unit)[1], unit)) for key, found in counted.items()
    }


def _row(
    one: MeasureStatement,
    reading: Reading,
    units: Mapping[tuple[str, str], UnitName],
    origin: str,
    years: MeasureYears,
) -> StatedRow:
    key, label = place_key(reading.meta), years.measure.label
    bare = split_unit(one.level.unit)[0] if one.level else ""
    unit = units.get((key.level, bare), UnitName(""))
    return StatedRow(
        label,
        key,
        reading.meta.place or reading.meta.name,
        one.year,
        reading.meta.slug,
        unit,
        _level(one.level, reading, unit, origin, years) if one.level else None,
        _change(one.change, reading, origin, label) if one.change else None,
    )


def _href(reading: Reading, i: Indicator, origin: str) -> str:
    return addresses.relative(origin, f"{addresses.page_of(reading, i.section)}#{i.id}")


def _named(i: Indicator, label: str) -> str:
    """The name that the report gives the measure, "" where it is that of the vocabulary, or shorter, or says only 全省."""
    return "" if label.endswith(_WHOLE.sub("", i.name)) else i.name


def _is_vague(approximator: str | None) -> bool:
    """Whether a word beside a number makes it a bound or an approximation, and does not only say that it was reached (达到)."""
    return bool(approximator) and approximator not in REACHED


def _figure(reading: Reading, i: Indicator, origin: str) -> Figure | None:
    return without_verb(in_plain_digits(card(reading, i, origin), i).figure)


def _level(i: Indicator, reading: Reading, unit: UnitName, origin: str, years: MeasureYears) -> StatedValue | None:
    figure = _figure(reading, i, origin)
    own, shown = split_unit(i.unit), split_unit(unit)
    ratio = years.ratio(own[0], shown[0])
    if figure is None or i.number is None or ratio is None:
        return None
    number = i.number.scaleb(own[1] - shown[1])
    if ratio != 1:
        number = _EXACT.plus(number * ratio).normalize()
    vague = _is_vague(i.approx) or i.milestone_only or i.number_max is not None
    named = _named(i, years.measure.label)
    return StatedValue(figure.text, Decimal(f"{number:f}"), _href(reading, i, origin), i.estimated, vague, named)


def _change(i: Indicator, reading: Reading, origin: str, label: str) -> StatedValue | None:
    """Return the change against the year before that an indicator is or has beside it."""
    growth = i.growth
    if i.kind == "growth":
        figure, number, base, vague = _figure(reading, i, origin), i.number, i.growth_base, _is_vague(i.approx)
        words = figure.text if figure else ""
    elif growth is not None and growth.number is not None:
        number = -growth.number if growth.direction == "down" else growth.number
        words, base, vague = (
            f"{'+' if number > 0 else '−' if number < 0 else ''}{abs(number):f}%",
            growth.base,
            _is_vague(growth.approx),
        )
        if growth.approx:
            told = change_of(i)
            words = _bare(told, growth.base or "") if told else words
    else:
        return None
    if number is None or not words:
        return None
    own = base or ""
    shown = "" if own in YEARLY else own
    return StatedValue(words, number, _href(reading, i, origin), i.estimated, vague, _named(i, label), shown)


def _bare(told: ChangeView, base: str) -> str:
    return told.words.removeprefix(base).strip()


@dataclass(frozen=True, slots=True)
class Absence:
    """A report without a figure of a measure, of the year `year`. `kind` says what may be said of it.

    not-stated: it does not speak of the measure (报告未写); named: it does, without a figure that can be compared; "": nothing is
    sure.
    """

    reading: Reading
    year: int
    kind: str


def absences(years: MeasureYears, publication: Publication) -> tuple[Absence, ...]:
    """Return the reports that state nothing of a measure for the year that they review, by year and place.

    报告未写 is said by the rule of the front page alone: of a measure of the core board, where none of the place's words is in
    the text.
    """
    there = {one.report for one in years.statements if one.compared}
    found = [r for r in publication.readings if r.meta.slug not in there and r.meta.year is not None]
    made = (Absence(r, (r.meta.year or 0) - 1, _kind(years.measure.id, r)) for r in found)
    return tuple(sorted(made, key=lambda one: (-one.year, place_key(one.reading.meta), one.reading.meta.slug)))


def _kind(measure: str, reading: Reading) -> str:
    place = next((place for place in reading.found.board if any(measure in choice for choice in place.choices)), None)
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
