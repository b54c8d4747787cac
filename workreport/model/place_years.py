"""Knows the types of what two reports of one place say of the same thing: a target and its result, and figures over years.

Positions are offsets into the repaired text of the report named, as in `findings`. Leaves finding these values to
`comparison`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from workreport.model.findings import Growth
from workreport.model.kinds import Author, UnitName
from workreport.model.promise import Theme

Verdict = Literal["exceeded", "met", "not met", "not comparable", "no result stated", "not judged"]
"""What came of a target, as far as the next report says; "not judged" is a pair that the publisher joined without saying it."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What one report states: the words body[start:end] == quote of the report with the slug `report`.

    `value` is the figure as printed, with unit and approximator ("5%左右"), `number` to `approx` as in `Indicator`; for words
    without a figure (持续改善) they are None. `indicator` is the id of the indicator, "" for such words.
    """

    report: str
    indicator: str
    sentence: str
    start: int
    end: int
    quote: str
    value: str
    number: Decimal | None = None
    number_max: Decimal | None = None
    unit: UnitName | None = None
    approx: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A target of one report and its result in the report of the year after; `result` is None if that one states none.

    `name` is the target's name, `measure` its core measure or None, `year` the year of the target. `why` says in Chinese
    how the verdict follows. `sure` says that measure, scope, unit, time and kind agree and the target is no 左右, so that 未达到 may be said.
    `by` is "publisher" for a pair that `series.toml` changed, `note` the publisher's reason.
    """

    name: str
    measure: str | None
    year: int
    verdict: Verdict
    why: str
    target: Stated
    result: Stated | None = None
    sure: bool = False
    by: Author = "engine"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """What a report states of an indicator in one year: `year` is the year spoken of, 0 for a figure of several years.

    `growth` is the change that is stated beside the value, or that is the value itself.
    """

    year: int
    stated: Stated
    growth: Growth | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """An indicator of one place over the years: one point a year, and apart from them those of several years.

    `unit` is without 万 and 亿; "%" where the points are changes. `chartable` says that three years or more have a figure
    in one form. `id` names it among the series of its place; `by` and `note` are as in `Pair`. `theme` is that of its name, None where
    its words tell none.
    """

    name: str
    measure: str | None
    place: str
    unit: UnitName
    chartable: bool
    points: tuple[Point, ...]
    period_points: tuple[Point, ...] = ()
    id: str = ""
    by: Author = "engine"
    note: str = ""
    theme: Theme | None = None


@dataclass(frozen=True, slots=True)
class PlaceYears:
    """All reports of one place, by their slugs, the oldest first, with what they say of each other.

    `hidden` are the names of the pairs and series that the publisher hides.
    """

    place: str
    code: str
    reports: tuple[str, ...]
    pairs: tuple[Pair, ...]
    series: tuple[Series, ...]
    hidden: tuple[str, ...] = ()
