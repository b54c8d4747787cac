"""Knows how an indicator (指标) looks on a card or in a table: figure, change, rank, and what the publisher changed.

Leaves reading the figures to `indicators`, which ones stand in front to `choice`; nothing here computes a new one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from workreport.model import DIRECTION_WORDS, Direction, Growth, Indicator, Rank, Reading, comparison
from workreport.website import addresses
from workreport.website.pages import wording
from workreport.website.pages.sentences import short_label

_KINDS_AND_STATUSES = dict[str, str]([*wording.KINDS.items(), *wording.STATUS.items()])
"""The Chinese names of kinds and statuses as `Indicator.as_read` has them."""
ARROWS: dict[Direction, str] = {"up": "▲", "down": "▼", "flat": "＝"}
SPOKEN: dict[Direction, str] = {"up": "上升", "down": "下降", "flat": "持平"}


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
    direction: Direction


@dataclass(frozen=True, slots=True)
class RankView:
    """A place: 全省第一; `vague` for 前列 and the like, `what` is ranked where the text says so (总量, 增幅)."""

    what: str
    text: str
    vague: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One indicator for a card, a row of the table or an entry of a list; `at` is the short address for paper."""

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
    edited: str = ""
    at: str = ""


def figure_of(indicator: Indicator) -> Figure | None:
    """The figure of an indicator with its approximation where the quote has it; None for a mere rank.

    >>> from workreport.model import Indicator
    >>> i = Indicator("f", "企业", "count", "result", "4200", None, None, "家", "余", "s", "1", "企业4200余家", 0, 8)
    >>> figure_of(i)
    Figure(before='', value='4200', between='余', unit='家', after='')
    """
    if indicator.kind == "rank":
        return None
    if not indicator.value:
        # 翻番: the unit alone, with the words before it as written.
        words = re.search(rf".?{re.escape(indicator.unit)}", indicator.quote) if indicator.unit else None
        return Figure("", words[0], "", "", "") if words else None
    value, unit = indicator.value, indicator.unit
    approx = indicator.approx if indicator.approx and indicator.approx in indicator.quote else ""
    rest = indicator.quote[indicator.quote.find(value) + len(value) :]
    value = indicator.signed
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
    if indicator.is_multiple:
        return ChangeView("", f"是{indicator.growth_base}的倍数", "", "flat") if indicator.growth_base else None
    if indicator.kind == "growth" and indicator.number is not None:
        direction: Direction = "up" if indicator.number > 0 else "down" if indicator.number < 0 else "flat"
        return ChangeView(
            ARROWS[direction], comparison(indicator.growth_base or "") + DIRECTION_WORDS[direction], "", direction
        )
    return None


def _growth(growth: Growth) -> ChangeView:
    return ChangeView(ARROWS[growth.direction], growth.phrase, SPOKEN[growth.direction], growth.direction)


def rank_of(rank: Rank) -> RankView:
    """A badge: scope and place, what is ranked before it."""
    return RankView(rank.what or "", f"{rank.scope or ''}{rank.place}", rank.number is None)


def edited(indicator: Indicator) -> str:
    """What was read where the publisher changed it: 指标名原读作“就业”，数值原读作“3.2”；nothing where he did not."""
    told = []
    for name, read in indicator.as_read:
        shown = _KINDS_AND_STATUSES.get(read, read) if name in ("kind", "status") else read
        told.append(f"{wording.FIELDS[name]}原读作{f'“{shown}”' if shown else '无'}")
    return "，".join(told) + (f"（{indicator.note}）" if indicator.note else "")


def card(reading: Reading, indicator: Indicator, origin: str) -> Card:
    """An indicator as the page at `origin` shows it."""
    target = addresses.page_of(reading, indicator.section) + f"#{indicator.id}"
    came = indicator.origin
    return Card(
        id=indicator.id,
        name=indicator.name,
        kind=wording.KINDS[indicator.kind],
        status=wording.STATUS[indicator.status],
        target=indicator.status == "target",
        figure=figure_of(indicator),
        origin=f"{came.value}{came.unit}" if came else "",
        change=change_of(indicator),
        ranks=tuple(map(rank_of, indicator.ranks)),
        parent=indicator.parent or "",
        period=indicator.period or "",
        quote=indicator.quote,
        href=Markup(addresses.relative(origin, target)),
        section=short_label(reading, indicator.section),
        edited=edited(indicator),
        at=f"{reading.page_of.get(indicator.section, '')}#{indicator.sentence}",
    )


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
