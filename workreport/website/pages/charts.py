"""Knows which figures the charts of a report show, in which order, and the labels of the bars.

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
from workreport.website.marks.pictures import LINE, SQUARES, em, short
from workreport.website.pages import wording
from workreport.website.pages.cards import LEVELS, Card

MOST = 12
"""The most bars in a chart of changes or shares; the table below the chart has all values."""


@dataclass(frozen=True, slots=True)
class BarLine:
    """A bar with its name, the shortened name for narrow screens, its value as text, and a link to the sentence or
    section.
    """

    name: str
    short: str
    value: str
    bar: bars.Bar
    href: Markup


@dataclass(frozen=True, slots=True)
class BarChart:
    """A bar chart. `total` is the number of all indicators of this sort, also of those without a bar.

    `rising` and `falling` are the numbers of those above and below 0; shares all count as rising, counts as neither.
    `zero` is the position of zero in per cent of the width.
    """

    lines: tuple[BarLine, ...]
    total: int
    rising: int
    falling: int
    zero: str

    @property
    def height(self) -> str:
        """The height of the picture as a CSS length."""
        return f"{len(self.lines) * LINE}em"

    @property
    def placed(self) -> tuple[tuple[str, BarLine], ...]:
        """The lines, each behind its distance from the top as a CSS length."""
        return tuple((f"{k * LINE}em", line) for k, line in enumerate(self.lines))

    @property
    def ends(self) -> str:
        """What is highest and lowest in the picture."""
        first, last = self.lines[0], self.lines[-1]
        return f"最高的是{first.name}，{first.value}；最低的是{last.name}，{last.value}。"

    @property
    def told_changes(self) -> str:
        """The sentence that tells a picture of changes, in which bars that go on beyond it are torn."""
        return self._told_changes("带断口的")

    @property
    def told_starred_changes(self) -> str:
        """The same for a picture in which such bars have a star."""
        return self._told_changes("带＊的")

    def _told_changes(self, torn: str) -> str:
        falling = f"，{self.falling} 项下降" if self.falling else ""
        listed = f"图中列出 {len(self.lines)} 项，" if len(self.lines) < self.total else "图中"
        beyond = f"{torn}超出图的尺度。" if self.lines[0].bar.cut or self.lines[-1].bar.cut else ""
        return f"报告写明增减百分比的指标有 {self.total} 项，其中 {self.rising} 项上升{falling}。{listed}{self.ends}{beyond}"

    @property
    def told_shares(self) -> str:
        """The sentence that tells a picture of shares."""
        return f"报告写明的比重有 {self.total} 项，图宽为 100%。图中{self.ends}"

    @property
    def told_counts(self) -> str:
        """The sentence that tells a picture of the numbers of indicators in each section."""
        most = max(self.lines, key=lambda line: Decimal(line.bar.length))
        return f"{self.total} 项指标分布在 {len(self.lines)} 章；最多的是{most.name}，{most.value}。"


def changes(indicators: Sequence[Indicator], cards: dict[str, Card], most: int = MOST) -> BarChart | None:
    """Return the chart of changes in per cent, the largest first; None for fewer than two bars.

    Of more than `most` changes the highest-ranked indicators are shown. Targets are left out. `cards` are the cards of
    the indicators by id.
    """
    found = {i.id: value for i in indicators if i.status != "target" and (value := bars.change(i)) is not None}
    shown = _highest_ranked(indicators, found, most)
    scale = bars.scale(found[i.id] for i in shown)
    zero = scale.bar(Decimal(0)).start
    lines = [line(_named(i), _change_text(i, found[i.id]), scale.bar(found[i.id]), cards[i.id].href) for i in shown]
    rising = sum(value > 0 for value in found.values())
    return _bars(lines, len(found), rising, sum(value < 0 for value in found.values()), zero)


def shares(indicators: Sequence[Indicator], cards: dict[str, Card], most: int = MOST) -> BarChart | None:
    """Return the chart of shares on a scale from 0 to 100; the rest is as for `changes`."""
    found = {i.id: value for i in indicators if i.status != "target" and (value := bars.share(i)) is not None}
    shown = _highest_ranked(indicators, found, most)
    scale = bars.Scale(Decimal(0), Decimal(100))
    lines = []
    for i in shown:
        figure = cards[i.id].figure
        lines.append(line(_named(i), figure.text if figure else i.value, scale.bar(found[i.id]), cards[i.id].href))
    return _bars(lines, len(found), len(found), 0, "0")


def counts(sections: Iterable[tuple[str, Markup, int]]) -> BarChart | None:
    """Return the chart of the number of indicators in each section; None for fewer than two sections.

    `sections` are (label, link, number).
    """
    known = list(sections)
    scale = bars.scale(Decimal(number) for _, _, number in known)
    lines = [line(label, f"{number} 项", scale.bar(Decimal(number)), href) for label, href, number in known]
    total = sum(number for _, _, number in known)
    return _bars(lines, total, 0, 0, "0")


def line(name: str, value: str, bar: bars.Bar, href: Markup) -> BarLine:
    """Return a bar with its name, and its name cut to fit beside it."""
    return BarLine(name, short(name), value, bar, href)


def _highest_ranked(indicators: Sequence[Indicator], found: dict[str, Decimal], most: int) -> list[Indicator]:
    chosen = ranked([i for i in indicators if i.id in found])[:most]
    return sorted(chosen, key=lambda i: (-found[i.id], i.start))


def _bars(lines: Sequence[BarLine], total: int, rising: int, falling: int, zero: str) -> BarChart | None:
    return BarChart(tuple(lines), total, rising, falling, zero) if len(lines) > 1 else None


def _named(indicator: Indicator) -> str:
    """Return the name above a bar; that of an estimate says so: 地区生产总值（预计）."""
    return f"{indicator.name}（{wording.ESTIMATED}）" if indicator.estimated else indicator.name


def _change_text(indicator: Indicator, value: Decimal) -> str:
    """Return the change in per cent with its sign and word of approximation: 超+50%, +5%左右."""
    sign = SIGNS["up"] if value > 0 else SIGNS["down"] if value < 0 else ""
    growth = None if indicator.kind == "growth" else indicator.growth
    return with_approximation(f"{sign}{abs(value):f}%", growth.approx if growth else indicator.approx)


GRADES = ("first", "placed", "vague")
"""The grades of a rank: 第一, any other, and one without a number (前列)."""


@dataclass(frozen=True, slots=True)
class RankSquare:
    """One rank in the chart of ranks: its position as CSS lengths, and its grade, of `GRADES`."""

    column: str
    row: str
    grade: str


@dataclass(frozen=True, slots=True)
class RankLevel:
    """All ranks within one area (全省), the best first.

    `counts` has the number of each place (第一 4、第三 8), `rows` is the height of the squares as a CSS length, `items` are
    the place, card and grade of each rank.
    """

    name: str
    counts: str
    squares: tuple[RankSquare, ...]
    rows: str
    items: tuple[tuple[str, Card, str], ...]


@dataclass(frozen=True, slots=True)
class RankChart:
    """All ranks by area, in the order of `LEVELS`; `firsts` is the number of first places."""

    levels: tuple[RankLevel, ...]
    total: int
    firsts: int

    @property
    def told(self) -> str:
        """The sentence that tells the picture."""
        firsts = f"，其中 {self.firsts} 处第一" if self.firsts else ""
        levels = "；".join(f"{level.name} {len(level.items)} 处" for level in self.levels)
        return f"报告写明位次 {self.total} 处{firsts}。{levels}。"


def ranks(reading: Reading, cards: dict[str, Card]) -> RankChart | None:
    """Return the chart of ranks, one square for each rank; None for a report without ranks."""
    found: dict[str, list[tuple[tuple[int, int], str, Card]]] = {}
    for indicator in reading.shown:
        for rank in indicator.ranks:
            new = rank.place.startswith("首") and rank.place != "首位"
            grade = 2 if rank.number is None else int(new or rank.number > 1)
            place = "第一" if rank.number == 1 and not new else rank.place
            found.setdefault(rank.scope or "", []).append(((grade, rank.number or 0), place, cards[indicator.id]))
    levels = []
    for scope, places in sorted(found.items(), key=lambda kv: (width(kv[0]), -len(kv[1]), kv[0])):
        places.sort(key=lambda place: place[0])
        counted = Counter(place for _, place, _ in places)
        items = tuple((place, card, GRADES[key[0]]) for key, place, card in places)
        squares = tuple(square(k, grade) for k, (_, _, grade) in enumerate(items))
        rows = em(-(-len(places) // SQUARES))
        words = "、".join(f"{place} {number}" for place, number in counted.items())
        levels.append(RankLevel(scope or "未写范围", words, squares, rows, items))
    total = sum(len(level.items) for level in levels)
    firsts = sum(square.grade == "first" for level in levels for square in level.squares)
    return RankChart(tuple(levels), total, firsts) if levels else None


def square(k: int, grade: str) -> RankSquare:
    """Return the square of rank `k` of a level, counted from 0."""
    return RankSquare(em(k % SQUARES), em(k // SQUARES), grade)


def width(scope: str) -> int:
    """Return the position of an area of ranks in `LEVELS`, from 0; the length of `LEVELS` for any other area and for
    "".
    """
    return next((k for k, name in enumerate(LEVELS) if scope.startswith(name)), len(LEVELS))


def by_id(cards: Iterable[Card]) -> dict[str, Card]:
    """Return the cards by the id of their indicator."""
    return {card.id: card for card in cards}
