"""Knows which results of a report fell, however it states them: in per cent, in another unit, or from one value to a lower one.

Leaves falls that are drawn in a picture to `charts`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from markupsafe import Markup

from workreport.analysis.spoken_times import SpokenTimes, moved_over
from workreport.model import SIGNS, Indicator, Reading, against_others, comparison, split_unit, unadjusted
from workreport.website import addresses, bars
from workreport.website.pages.cards import Card
from workreport.website.pages.figure_views import shown_figure

NAMED = 8
"""The most falls that are named; the table of indicators has the others."""


@dataclass(frozen=True, slots=True)
class Fall:
    """A fall in words (火灾起数 五年来 −58.5%), with the link to its sentence."""

    words: str
    href: Markup


@dataclass(frozen=True, slots=True)
class Falls:
    """Falls in the order of the text, the first `NAMED` of them in words; `unnamed` is the number of the others.

    `table` is the link to the table of indicators.
    """

    named: tuple[Fall, ...]
    unnamed: int
    table: Markup


def fell(indicator: Indicator) -> bool:
    """Whether an indicator is a result that is less than it was, by the words of the report.

    >>> from decimal import Decimal
    >>> from workreport.model import Quantity
    >>> was = Quantity("40", Decimal(40), None, "个", None, 0, 0)
    >>> known = {"period": None, "sentence": "s", "section": "1", "quote": "", "start": 0, "end": 0}
    >>> i = Indicator("f", "部门", "count", "result", "29", Decimal(29), None, "个", None, origin=was, **known)
    >>> fell(i), fell(i._replace(number=Decimal(41))), fell(i._replace(status="target"))
    (True, False, False)
    """
    base = indicator.growth_base if indicator.kind == "growth" else indicator.growth.base if indicator.growth else ""
    if indicator.status != "result" or indicator.is_multiple or against_others(unadjusted(base) or ""):
        return False
    if indicator.kind == "growth":
        return indicator.number is not None and indicator.number < 0
    if indicator.growth is not None:
        return indicator.growth.direction == "down"
    return _is_lower(indicator)


def _is_lower(indicator: Indicator) -> bool:
    """Whether the value from which an indicator came is higher, in the same unit: 从1.96缩小至1.82."""
    came, number = indicator.origin, indicator.number
    if came is None or came.number is None or number is None:
        return False
    (unit, power), (own, ours) = split_unit(came.unit or indicator.unit), split_unit(indicator.unit)
    return unit == own and came.number.scaleb(power) > number.scaleb(ours)


def other_falls(reading: Reading, cards: dict[str, Card], told: Collection[str], origin: str) -> Falls | None:
    """Return the falls of a report without the indicators `told`, for the page at `origin`; None if there are none.

    `cards` are the cards of the indicators by id.
    """
    times = SpokenTimes(reading)
    fallen = [i for i in reading.shown if i.id not in told and fell(i)]
    found = {_words(i, moved_over(i, times.of(i))): cards[i.id].href for i in fallen}
    table = Markup(addresses.relative(origin, addresses.report(reading, addresses.INDICATORS) + "#table"))
    named = tuple(Fall(words, href) for words, href in [*found.items()][:NAMED])
    return Falls(named, len(found) - len(named), table) if named else None


def _words(indicator: Indicator, moved: str) -> str:
    """Name, time and fall: 火灾起数（五年来）−58.5%, 城乡收入倍差 由1.96到1.82; `moved` as in `FrontCard`."""
    base = (indicator.growth_base if indicator.kind == "growth" else indicator.growth and indicator.growth.base) or ""
    when = comparison(base) if base else indicator.period or moved
    name = indicator.name + (f"（{when}）" if when else "")
    figure = shown_figure(indicator)
    text = figure.text if figure else ""
    value = bars.change(indicator)
    if indicator.kind == "growth":
        return f"{name} {text}"
    if value is not None:
        return f"{name} {SIGNS['down']}{abs(value):f}%"
    if indicator.growth is not None:
        return f"{name} {indicator.growth.phrase.removeprefix(comparison(base)).lstrip()}"
    came = indicator.origin
    return f"{name} 由{came.value}{came.unit}到{text}" if came else f"{name} {text}"
