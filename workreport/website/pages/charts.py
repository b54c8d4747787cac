"""Knows which figures the charts of a report show, in which order, and the label of each bar.

Leaves the length of bars to `website.bars`, and captions and SVG to the templates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from workreport.analysis.ranking import ranked
from workreport.model import SIGNS, Indicator, Reading, with_approximation
from workreport.website import bars
from workreport.website.pages.cards import LEVELS, Card

MOST = 12
"""The most bars in one chart; the table below has all values."""
LETTERS = 21
"""The most characters of a name beside a bar; the table has the whole name."""
SQUARES = 16
"""Squares in a row of the chart of ranks."""
STEP = Decimal("1.1")
"""Distance from one square to the next, in em."""


@dataclass(frozen=True, slots=True)
class BarLine:
    """A bar: its name, the name cut for narrow screens, its value in words, and a link to the sentence."""

    name: str
    short: str
    value: str
    bar: bars.Bar
    href: Markup


@dataclass(frozen=True, slots=True)
class BarChart:
    """A bar chart. `total` counts all indicators of this sort, shown or not; `rising` and `falling` those above and below 0.

    `zero` is the position of zero in per cent of the width.
    """

    lines: tuple[BarLine, ...]
    total: int
    rising: int
    falling: int
    zero: str


def changes(indicators: Sequence[Indicator], cards: dict[str, Card], most: int = MOST) -> BarChart | None:
    """The chart of the highest-ranked changes in per cent, the highest value first; None for fewer than two.

    Targets are left out. `cards` are the indicators' cards by id.
    """
    found = {i.id: value for i in indicators if i.status != "target" and (value := bars.change(i)) is not None}
    telling = _telling(indicators, found, most)
    scale = bars.scale(found[i.id] for i in telling)
    zero = scale.bar(Decimal(0)).start
    lines = [line(i.name, _moved(i, found[i.id]), scale.bar(found[i.id]), cards[i.id].href) for i in telling]
    rising = sum(value > 0 for value in found.values())
    return _bars(lines, len(found), rising, sum(value < 0 for value in found.values()), zero)


def shares(indicators: Sequence[Indicator], cards: dict[str, Card], most: int = MOST) -> BarChart | None:
    """The chart of the highest-ranked shares, on a scale from 0 to 100; None for fewer than two."""
    found = {i.id: value for i in indicators if i.status != "target" and (value := bars.share(i)) is not None}
    telling = _telling(indicators, found, most)
    scale = bars.Scale(Decimal(0), Decimal(100))
    lines = []
    for i in telling:
        figure = cards[i.id].figure
        lines.append(line(i.name, figure.text if figure else i.value, scale.bar(found[i.id]), cards[i.id].href))
    return _bars(lines, len(found), len(found), 0, "0")


def counts(sections: Iterable[tuple[str, Markup, int]]) -> BarChart | None:
    """The chart of the number of indicators in each section, given as (label, link, number); None for fewer than two."""
    known = list(sections)
    scale = bars.scale(Decimal(number) for _, _, number in known)
    lines = [line(label, f"{number} 项", scale.bar(Decimal(number)), href) for label, href, number in known]
    total = sum(number for _, _, number in known)
    return _bars(lines, total, 0, 0, "0")


def line(name: str, value: str, bar: bars.Bar, href: Markup) -> BarLine:
    """A bar whose name is cut to `LETTERS`."""
    return BarLine(name, name if len(name) <= LETTERS else name[: LETTERS - 1] + "…", value, bar, href)


def _telling(indicators: Sequence[Indicator], found: dict[str, Decimal], most: int) -> list[Indicator]:
    chosen = ranked([i for i in indicators if i.id in found])[:most]
    return sorted(chosen, key=lambda i: (-found[i.id], i.start))


def _bars(lines: Sequence[BarLine], total: int, rising: int, falling: int, zero: str) -> BarChart | None:
    return BarChart(tuple(lines), total, rising, falling, zero) if len(lines) > 1 else None


def _moved(indicator: Indicator, value: Decimal) -> str:
    """The change in per cent with its word of approximation: 超+50%, +5%左右."""
    sign = SIGNS["up"] if value > 0 else SIGNS["down"] if value < 0 else ""
    growth = None if indicator.kind == "growth" else indicator.growth
    return with_approximation(f"{sign}{abs(value):f}%", growth.approx if growth else indicator.approx)


@dataclass(frozen=True, slots=True)
class RankSquare:
    """One rank in the chart of ranks: position (in em) and grade ("first", "placed" or "vague")."""

    column: str
    row: str
    grade: str


@dataclass(frozen=True, slots=True)
class RankLevel:
    """All ranks within one area (全省): `counts` tells how many, by place in words, `items` are place and card of each."""

    name: str
    counts: str
    squares: tuple[RankSquare, ...]
    rows: str
    items: tuple[tuple[str, Card], ...]


@dataclass(frozen=True, slots=True)
class RankChart:
    """All ranks by area, the largest area first; `firsts` counts the first places."""

    levels: tuple[RankLevel, ...]
    total: int
    firsts: int


def ranks(reading: Reading, cards: dict[str, Card]) -> RankChart | None:
    """The chart of ranks, one square for each rank; None for a report without ranks."""
    found: dict[str, list[tuple[tuple[int, int], str, Card]]] = {}
    for indicator in reading.indicators:
        for rank in indicator.ranks:
            new = rank.place.startswith("首") and rank.place != "首位"
            grade = 2 if rank.number is None else int(new or rank.number > 1)
            place = "第一" if rank.number == 1 and not new else rank.place
            found.setdefault(rank.scope or "", []).append(((grade, rank.number or 0), place, cards[indicator.id]))
    levels = []
    for scope, places in sorted(found.items(), key=lambda kv: (width(kv[0]), -len(kv[1]), kv[0])):
        places.sort(key=lambda place: place[0])
        counted = Counter(place for _, place, _ in places)
        squares = tuple(square(k, ("first", "placed", "vague")[key[0]]) for k, (key, _, _) in enumerate(places))
        rows = em(-(-len(places) // SQUARES))
        words = "、".join(f"{place} {number}" for place, number in counted.items())
        levels.append(RankLevel(scope or "未写范围", words, squares, rows, tuple((p, c) for _, p, c in places)))
    total = sum(len(level.items) for level in levels)
    firsts = sum(square.grade == "first" for level in levels for square in level.squares)
    return RankChart(tuple(levels), total, firsts) if levels else None


def square(k: int, grade: str) -> RankSquare:
    """The square of the `k`-th rank of a level, from 0."""
    return RankSquare(em(k % SQUARES), em(k // SQUARES), grade)


def em(number: int) -> str:
    """The width of so many squares with their gaps, as a CSS length in em."""
    return f"{Decimal(number) * STEP:f}em"


def width(scope: str) -> int:
    """The order of an area of ranks: 0 for the world, larger for smaller areas, largest for unknown ones."""
    return next((k for k, name in enumerate(LEVELS) if scope.startswith(name)), len(LEVELS))


def by_id(cards: Iterable[Card]) -> dict[str, Card]:
    """Cards by the id of their indicator."""
    return {card.id: card for card in cards}
