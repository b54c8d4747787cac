"""Knows how an indicator (指标) looks on a card or in a table, and which ones stand on the front page.

Leaves reading the figures to `indicators`; nothing here computes a new one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from workreport import addresses
from workreport.model import Growth, Indicator, Rank, Reading
from workreport.pages import words
from workreport.pages.passage import section_label, short_label

FRONT_CARDS = 12
ROW = 4
ARROWS = {"up": "▲", "down": "▼", "flat": "＝"}
SIGNS = {"up": "+", "down": "−", "flat": ""}
SPOKEN = {"up": "上升", "down": "下降", "flat": "持平"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as written: 超 1.5 余 万家 以上, the words of approximation where they stand in the text."""

    before: str
    value: str
    between: str
    unit: str
    after: str

    @property
    def text(self) -> str:
        return self.before + self.value + self.between + self.unit + self.after


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change told by arrow, sign and word: ▲ 同比 +5.1%."""

    arrow: str
    words: str
    spoken: str
    direction: str


@dataclass(frozen=True, slots=True)
class RankView:
    """A place: 全省第一; `vague` for 前列 and the like, `what` is ranked where the text says so (总量, 增幅)."""

    what: str
    text: str
    vague: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One indicator for a card, a row of the table or an entry of a list."""

    id: str
    name: str
    kind: str
    status: str
    target: bool
    figure: Figure | None
    origin: str
    change: ChangeView | None
    ranks: tuple[RankView, ...]
    parent: str
    period: str
    quote: str
    href: Markup
    section: str
    section_full: str


def figure_of(indicator: Indicator) -> Figure | None:
    """The figure of an indicator with its approximation where the quote has it; None for a mere rank.

    >>> from workreport.model import Indicator
    >>> i = Indicator("f", "企业", "count", "result", "4200", None, None, "家", "余", "s", "1", "企业4200余家", 0, 8)
    >>> figure_of(i)
    Figure(before='', value='4200', between='余', unit='家', after='')
    """
    if indicator.kind == "rank" or not indicator.value:
        return None
    value, unit = indicator.value, indicator.unit
    approx = indicator.approx if indicator.approx and indicator.approx in indicator.quote else ""
    rest = indicator.quote[indicator.quote.find(value) + len(value) :]
    if indicator.kind == "growth" and indicator.number:
        value = ("+" if indicator.number > 0 else "−") + value.lstrip("+-−")
    if approx:
        # 4200余家, 16万余名: the word stands before the unit, or inside it.
        for k in range(len(unit)):
            if rest.startswith(unit[:k] + approx + unit[k:]):
                return (
                    Figure("", value, approx, unit, "")
                    if k == 0
                    else Figure("", value, "", rest[: len(unit + approx)], "")
                )
        if rest.startswith(unit + approx):
            return Figure("", value, "", unit, approx)
    return Figure(approx, value, "", unit, "")


def change_of(indicator: Indicator) -> ChangeView | None:
    """The change stated with an indicator; for a change stated alone, its base and direction."""
    if indicator.growth is not None and indicator.kind != "growth":
        return _growth(indicator.growth)
    if indicator.kind == "growth" and indicator.number is not None:
        direction = "up" if indicator.number > 0 else "down" if indicator.number < 0 else "flat"
        return ChangeView(ARROWS[direction], f"{indicator.growth_base or ''}{_moves(direction)}", "", direction)
    return None


def _growth(growth: Growth) -> ChangeView:
    direction = growth.direction if growth.direction in ARROWS else "flat"
    approx = growth.approx or ""
    # 一番 and 两成 are words: a sign before them would read as a slip.
    sign = SIGNS[direction] if growth.value[:1].isascii() else ""
    told = f"{growth.base or _moves(direction)} {approx}{sign}{growth.value}{growth.unit}"
    return ChangeView(ARROWS[direction], told, SPOKEN[direction], direction)


def _moves(direction: str) -> str:
    return {"up": "增长", "down": "下降", "flat": "持平"}[direction]


def rank_of(rank: Rank) -> RankView:
    """A badge: scope and place, what is ranked before it."""
    return RankView(rank.what or "", f"{rank.scope or ''}{rank.place}", rank.number is None)


def card(reading: Reading, indicator: Indicator, origin: str) -> Card:
    """An indicator as the page at `origin` shows it."""
    section = reading.sections.get(indicator.section)
    target = addresses.page_of(reading, indicator.section) + f"#{indicator.id}"
    came = indicator.origin
    return Card(
        id=indicator.id,
        name=indicator.name,
        kind=words.KINDS.get(indicator.kind, indicator.kind),
        status=words.STATUS.get(indicator.status, indicator.status),
        target=indicator.status == "target",
        figure=figure_of(indicator),
        origin=f"{came.value}{came.unit}" if came else "",
        change=change_of(indicator),
        ranks=tuple(map(rank_of, indicator.ranks)),
        parent=indicator.parent or "",
        period=indicator.period or "",
        quote=indicator.quote,
        href=Markup(addresses.relative(origin, target)),
        section=short_label(section),
        section_full=section_label(section),
    )


def score(indicator: Indicator, place: Decimal, early: int = 4) -> Decimal:
    """How much an indicator says to somebody who reads only the front page; `place` runs from 0 (first) to 1 (last).

    An amount with its change 6, an amount 3, a share or a change alone 2, a count 1, a mere rank 0; each numbered rank 2
    (at most 4), a vague one 1; a part of another indicator -1; a target -1; up to `early` for standing early in the
    text, where reports put what counts.
    """
    points = {"level": 3, "share": 2, "growth": 2, "rank": 0}.get(indicator.kind, 1)
    if indicator.kind == "level" and indicator.growth is not None:
        points += 3
    if indicator.kind != "rank":
        numbered = sum(rank.number is not None for rank in indicator.ranks)
        points += min(2 * numbered, 4) or min(len(indicator.ranks), 1)
    points -= (indicator.parent is not None) + (indicator.status == "target")
    return points + early * (1 - place)


def ranked(indicators: Sequence[Indicator], early: int = 4) -> list[Indicator]:
    """The indicators, most telling first; of a name only its first mention, and none without a figure or a name."""
    last = max(len(indicators) - 1, 1)
    seen = set()
    scored = []
    for k, indicator in enumerate(indicators):
        if not indicator.name or not indicator.value or indicator.name in seen:
            continue
        seen.add(indicator.name)
        scored.append((-score(indicator, Decimal(k) / last, early), k))
    return [indicators[k] for _, k in sorted(scored)]


def front_choice(reading: Reading) -> list[Indicator]:
    """The 8 to 12 indicators of the front page in the order of the text, whole rows of four where there are enough."""
    best = ranked(reading.indicators)[:FRONT_CARDS]
    if len(best) > ROW:
        best = best[: len(best) // ROW * ROW]
    chosen = {indicator.id for indicator in best}
    return [indicator for indicator in reading.indicators if indicator.id in chosen]


@dataclass(frozen=True, slots=True)
class RankGroup:
    """All indicators with the same place, for the strip of ranks: 全省第一 with its indicators."""

    label: str
    vague: bool
    cards: tuple[Card, ...]


LEVELS = ("全球", "世界", "国际", "全国", "全省", "全区", "全市", "主城区", "全县")


def rank_groups(reading: Reading, cards: Iterable[Card]) -> tuple[RankGroup, ...]:
    """The strip of ranks: numbered places by level and place, then 首个、首创, then the vague ones."""
    groups: dict[tuple[int, int, int, str], dict[str, Card]] = defaultdict(dict)
    by_id = {shown.id: shown for shown in cards}
    for indicator in reading.indicators:
        for rank in indicator.ranks:
            first = rank.place.startswith("首") and rank.place != "首位"
            level = next((k for k, name in enumerate(LEVELS) if (rank.scope or "").startswith(name)), len(LEVELS))
            if first:
                key = (1, 0, 0, "首个、首创")
            elif rank.number is None:
                key = (2, level, 0, f"{rank.scope or ''}{rank.place}")
            else:
                key = (0, level, rank.number, f"{rank.scope or ''}{rank.place}")
            if indicator.id in by_id:
                groups[key][indicator.id] = by_id[indicator.id]
    return tuple(
        RankGroup(key[3], key[0] == 2, tuple(found.values()))
        for key, found in sorted(groups.items(), key=lambda kv: kv[0])
    )
