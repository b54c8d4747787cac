"""Knows which figures the charts of a report show, in which order, and the labels of the bars. No chart mixes changes over
different times.

Leaves the length of bars to `website.bars`, and captions and SVG to the templates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from markupsafe import Markup

from workreport.analysis.change_spans import Span
from workreport.analysis.ranking import ranked
from workreport.analysis.statements import reviewed_year
from workreport.model import SIGNS, Indicator, Reading, comparison, with_approximation
from workreport.website import addresses, bars
from workreport.website.marks.pictures import LINE, SQUARES, em, short
from workreport.website.pages import wording
from workreport.website.pages.cards import LEVELS, Card, is_first_of_kind, ranked_results, scope_told
from workreport.website.pages.figure_views import shown_figure

MOST = 16
"""The most bars in a chart of changes; the table of indicators has all."""
NAMED = 8
"""The most changes that fell which the sentence of a chart names; it leads to the table of indicators for the others."""
HEADLINE = "gdp"
"""The measure whose bar is in every chart that has it, and is marked."""
_SUBJECTS: dict[Span, str] = {
    "year": "写明{}增减百分比的",
    "years": "写明几年间或年均增减百分比的",
    "target": "为{}定下增减百分比的",
}
"""What the indicators of a chart have in common, by the time of their changes; {} is the year."""
_TITLES: dict[Span, str] = {"year": "{}的变化", "years": "几年来的变化", "target": "{}的目标"}
_UNKNOWN: dict[Span, str] = {"year": "这一年", "years": "", "target": "下一年"}
"""What is said of a year that is not known."""


@dataclass(frozen=True, slots=True)
class BarLine:
    """A bar with its name, the shortened name for narrow screens, its value as text, and a link to the sentence.

    `marked`: it is the gross product, by which readers measure the others.
    """

    name: str
    short: str
    value: str
    bar: bars.Bar
    href: Markup
    marked: bool = False


@dataclass(frozen=True, slots=True)
class BarChart:
    """A bar chart of changes over the same time. `total` is the number of all indicators of this sort, also of those
    without a bar.

    `title` is the heading, `subject` what the indicators have in common, `rising` and `falling` the numbers of those above
    and below 0. `fallen` are the falls that the sentence names, each with its value, `unnamed` is the number of the others,
    which stand in the table of indicators at `table`. `zero` is the place of zero as a CSS length, "" on the left.
    """

    lines: tuple[BarLine, ...]
    title: str
    subject: str
    total: int
    rising: int
    falling: int
    fallen: tuple[str, ...]
    unnamed: int
    table: Markup
    zero: str

    @property
    def height(self) -> str:
        """The height of the picture as a CSS length."""
        return f"{len(self.lines) * LINE:g}em"

    @property
    def placed(self) -> tuple[tuple[str, BarLine], ...]:
        """The lines, each behind its distance from the top as a CSS length."""
        return tuple((f"{k * LINE:g}em", line) for k, line in enumerate(self.lines))

    @property
    def told(self) -> str:
        """The sentence that tells the picture, in which bars that go on beyond it are torn."""
        return self._told("画作断口")

    @property
    def told_starred(self) -> str:
        """The same for a picture in which such bars have a star."""
        return self._told("带＊")

    @property
    def told_without_falls(self) -> str:
        """The same without the names of what fell, where these stand below."""
        return replace(self, fallen=()).told

    def _told(self, torn: str) -> str:
        rising = f"，其中 {self.rising} 项上升" if self.rising and self.falling else ""
        falling = f"，{self.falling} 项下降" if self.falling else ""
        way = "上升" if self.rising == self.total else "下降" if self.falling == self.total else ""
        every = f"，这 {self.total} 项都是{way}" if way else ""
        if every:
            rising = falling = ""
        # What is not in the picture may be higher or lower, and what is in it is of many kinds: no best and no worst.
        drawn = f"图中 {len(self.lines)} 项，" if len(self.lines) < self.total else "图"
        first, last = self.lines[0], self.lines[-1]
        ends = f"按数值由高到低，从{first.name} {first.value} 到{last.name} {last.value}；各项不是一类事，不分高下。"
        fell = f"下降的有：{'、'.join(self.fallen)}。" if self.fallen else ""
        beyond = [f"{line.name} {line.value}" for line in self.lines if line.bar.cut]
        cut = f"{'、'.join(beyond)}超出图的尺度，{torn}。" if beyond else ""
        return f"报告{self.subject}指标有 {self.total} 项{rising}{falling}{every}。{drawn}{ends}{cut}{fell}"


def changes(
    reading: Reading, cards: dict[str, Card], span: Span, spans: dict[str, Span], origin: str, most: int = MOST
) -> BarChart | None:
    """Return the chart of the changes in per cent over one sort of time for the page at `origin`, the largest first.

    None for fewer than two bars.

    `spans` are those of all changes of the report. Of more than `most` changes `_chosen` says which are shown. `cards` are the cards of the indicators by id.
    """
    found = over(reading, span, spans)
    shown = _chosen([i for i in reading.shown if i.id in found], found, most)
    if len(shown) < 2:
        return None
    scale = bars.scale(found[i.id] for i in shown)
    lines = [
        BarLine(
            name := _named(i, span),
            short(name),
            change_text(i, found[i.id]),
            scale.bar(found[i.id]),
            cards[i.id].href,
            i.measure == HEADLINE,
        )
        for i in shown
    ]
    falls = [i for i in reading.shown if found.get(i.id, 0) < 0]
    named = () if len(falls) == len(found) else _fallen(falls, shown, found, span)
    table = addresses.report(reading, addresses.INDICATORS) + "#table"
    year = reviewed_year(reading)
    when = f"{year + (span == 'target')}年" if year else _UNKNOWN[span]
    return BarChart(
        tuple(lines),
        _TITLES[span].format(when),
        _SUBJECTS[span].format(when),
        len(found),
        sum(value > 0 for value in found.values()),
        len(falls),
        named,
        sum(_told(i, found[i.id], span) not in named for i in falls) if named else 0,
        Markup(addresses.relative(origin, table)),
        zero_of(scale),
    )


def over(reading: Reading, span: Span, spans: dict[str, Span]) -> dict[str, Decimal]:
    """Return the changes in per cent over one sort of time by the id of their indicator, in the order of the text."""
    return {i.id: value for i in reading.shown if spans.get(i.id) == span and (value := bars.change(i)) is not None}


def _fallen(
    falls: Sequence[Indicator], shown: Sequence[Indicator], found: dict[str, Decimal], span: Span
) -> tuple[str, ...]:
    """At most `NAMED` falls in words, the least first: those that are `shown` in the picture, then others as the text has them."""
    drawn = {i.id for i in shown}
    first = sorted(falls, key=lambda i: i.id not in drawn)
    told = {_told(i, found[i.id], span): found[i.id] for i in first}
    return tuple(sorted([*told][:NAMED], key=lambda words: -told[words]))


def _told(indicator: Indicator, value: Decimal, span: Span) -> str:
    return f"{_named(indicator, span)} {change_text(indicator, value)}"


def zero_of(scale: bars.Scale) -> str:
    """Return the place of zero on a scale as a CSS length, "" on the left, where no line is needed."""
    start = scale.bar(Decimal(0)).start
    return "" if start == "0" else f"{start}%"


def _chosen(indicators: Sequence[Indicator], found: dict[str, Decimal], most: int) -> list[Indicator]:
    """The indicators of a chart, sorted by value: each name once, the gross product first, then core measures, then others.

    Half of the places are kept for changes that fell.
    """
    best = sorted(ranked(indicators), key=lambda i: (i.measure != HEADLINE, i.measure is None))
    falls = [i for i in best if found[i.id] < 0][: most // 2]
    others = [i for i in best if i not in falls][: most - len(falls)]
    return sorted([*falls, *others], key=lambda i: (-found[i.id], i.start))


def _named(indicator: Indicator, span: Span) -> str:
    """Return the name above a bar, with what must be known of its value: 地区生产总值（预计）, 财政收入（年均）.

    Of a change over several years this is its base, which tells a yearly rate from a whole.
    """
    base = (indicator.growth.base if indicator.growth and indicator.kind != "growth" else indicator.growth_base) or ""
    over = (comparison(base) if base else indicator.period or "") if span == "years" else ""
    known = "，".join(filter(None, (over, wording.ESTIMATED * indicator.estimated)))
    return f"{indicator.name}（{known}）" if known else indicator.name


def change_text(indicator: Indicator, value: Decimal) -> str:
    """Return the change in per cent with its sign and word of approximation: 超+50%; a range as it is written: 5—5.5%.

    A planned rise has no sign, which would say that it is done: 5%左右.
    """
    if indicator.kind == "growth" and indicator.number_max is not None and (figure := shown_figure(indicator)):
        return figure.text
    up = "" if indicator.status == "target" and indicator.kind == "growth" else SIGNS["up"]
    sign = up if value > 0 else SIGNS["down"] if value < 0 else ""
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
    """Return the chart of ranks that were reached, one square for each; None for a report without any."""
    found: dict[str, list[tuple[tuple[int, int], str, Card]]] = {}
    for indicator, rank in ranked_results(reading):
        new = is_first_of_kind(rank)
        grade = 2 if rank.number is None else int(new or rank.number > 1)
        place = "第一" if rank.number == 1 and not new else rank.place
        told = ((grade, rank.number or 0), place, cards[indicator.id])
        found.setdefault(scope_told(indicator, rank), []).append(told)
    levels = []
    for scope, places in sorted(found.items(), key=lambda kv: (width(kv[0]), -len(kv[1]), kv[0])):
        places.sort(key=lambda place: place[0])
        counted = Counter(place for _, place, _ in places)
        items = tuple((place, card, GRADES[key[0]]) for key, place, card in places)
        squares = tuple(square(k, grade) for k, (_, _, grade) in enumerate(items))
        rows = em(-(-len(places) // SQUARES))
        words = "、".join(f"{place} {number}" for place, number in counted.items())
        levels.append(RankLevel(scope, words, squares, rows, items))
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
