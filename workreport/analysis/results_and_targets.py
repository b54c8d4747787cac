"""Knows how far each core measure (核心指标) came and where it is to go: the result of the year reviewed beside the target of
the coming one, both in the same terms (+5.1% and +5.5%, 5.2% and 5.5%), and the result of the year before from the report of
that year.

Leaves the choice of statements to `statements`, and drawing to `website`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from workreport.analysis.change_spans import YEAR_ON_YEAR
from workreport.analysis.statements import Statements
from workreport.model import Indicator, Meta, Reading, split_unit, unadjusted

PER_CENT = ("%", "％")
HEADLINE = "gdp"
"""The measure that stands first."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A result or a target: its indicator, and its value (`high`: the upper end of a range) in the terms of its `Progress`."""

    indicator: Indicator
    value: Decimal
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """A measure with its result and its target; `before` is the result of the year before, from the report of that year.

    `change` says that the values are changes in per cent; otherwise they are amounts of `unit`, without 万 and 亿.
    """

    measure: str
    change: bool
    unit: str
    now: Stage
    aim: Stage
    before: Stage | None = None


def progress(reading: Reading, former: Reading | None = None) -> list[Progress]:
    """What a report states both as a result and as a target, changes first, each group by the rank of its measure.

    `former` is the report of the same place a year earlier, if there is one.
    """
    statements = Statements(reading)
    earlier = Statements(former) if former else None
    made = []
    for row in reading.found.measures:
        result = statements.result(row.id)
        if result is None or statements.age(result) > 0:
            continue
        aim = statements.aim(row.id, result)
        if aim is None:
            continue
        changing = aim.kind == "growth"
        now, goal = _stage(result, changing), _stage(aim, changing)
        if now is None and changing and (other := statements.other(result)):
            now = _stage(other, changing)
        if now is None or goal is None or (not changing and _unit(result) != _unit(aim)):
            continue
        before = _before(row.id, changing, _unit(result), earlier) if earlier else None
        made.append(Progress(row.id, changing, "" if changing else _unit(result), now, goal, before))
    return sorted(made, key=lambda one: (not one.change, one.measure != HEADLINE))


def _before(name: str, changing: bool, unit: str, earlier: Statements) -> Stage | None:
    """The result of a measure in the report of the year before, in the same terms."""
    result = earlier.result(name)
    if result is None or earlier.age(result) > 0 or (not changing and _unit(result) != unit):
        return None
    stage = _stage(result, changing)
    if stage is None and changing and (other := earlier.other(result)):
        stage = _stage(other, changing)
    return stage


def _unit(i: Indicator) -> str:
    return split_unit(i.unit)[0]


def _stage(i: Indicator, changing: bool) -> Stage | None:
    """The value of an indicator: its change in per cent, or its amount; None if it has no such value."""
    if not changing:
        if i.kind == "growth" or i.number is None:
            return None
        power = split_unit(i.unit)[1]
        return Stage(i, i.number.scaleb(power), i.number_max.scaleb(power) if i.number_max is not None else None)
    if i.kind == "growth":
        fits = i.number is not None and i.unit in PER_CENT and _is_of_a_year(i.growth_base)
        return Stage(i, i.number, i.number_max) if fits and i.number is not None else None
    growth = i.growth
    if growth is None or growth.number is None or growth.unit not in PER_CENT:
        return None
    if not _is_of_a_year(growth.base):
        return None
    return Stage(i, -growth.number if growth.direction == "down" else growth.number)


def _is_of_a_year(base: str | None) -> bool:
    """Whether a change is one against the year before."""
    return YEAR_ON_YEAR.fullmatch(unadjusted(base) or "") is not None


def former_report(meta: Meta, others: Iterable[Meta]) -> Meta | None:
    """The report of the same place of the year before; None without one, or without place or year."""
    if not meta.place or meta.year is None:
        return None
    return next((other for other in others if other.place == meta.place and other.year == meta.year - 1), None)
