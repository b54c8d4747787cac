"""Knows how the few core figures of a report look where several reports stand beside each other: name, signs, figure, change.

What a card of the report's own front says of them is said here too: 目标, 预计, the time, the base of a change. Leaves
which figures these are to `analysis.headlines`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from workreport.analysis.change_spans import Span, change_spans
from workreport.analysis.headlines import CoreStatement, core_statements
from workreport.analysis.statements import FrontCard
from workreport.model import DIRECTION_WORDS, SIGNS, Indicator, Reading
from workreport.website.pages.cards import Card, href_of
from workreport.website.pages.figure_views import ChangeView, Figure, rise_of, shown_figure
from workreport.website.pages.front_cards import front_card, without_verb

BOARD_SINCE = 1990
"""The first year whose reports state most measures of the board: that an older one lacks them says nothing of it."""
NOT_STATED, NOT_LISTED = "未写", "未列"
"""What is said of a place of the board that a report does not speak of, and of one that it names without a figure."""
YEARLY = ("", "同比", "比上年", "较上年", "比去年", "较去年", "比上年同期")
"""The bases of a change against the year before that say no more; any other (按可比价格, 实际) is told with the change."""


@dataclass(frozen=True, slots=True)
class CoreChange:
    """A change beside a core figure, with the link to its words where these stand elsewhere, else "".

    `yearly` says that it is against the year before, so that it is a sign and a number alone.
    """

    view: ChangeView
    href: Markup
    yearly: bool


@dataclass(frozen=True, slots=True)
class CoreFigure:
    """A core figure: its short name, its time where it is not the year reviewed, the figure, the changes beside it.

    `rise` is the verb of a planned rise (增长), whose figure has no sign. `target` and `estimated` are as in `Card`.
    """

    name: str
    href: Markup
    target: bool
    estimated: bool
    when: str
    rise: str
    figure: Figure | None
    changes: tuple[CoreChange, ...]
    ranks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CorePlace:
    """One of the core places: its figures, or what is said instead: 未写, 未列, "" where nothing can be said."""

    name: str
    figures: tuple[CoreFigure, ...]
    instead: str


def core_places(reading: Reading, origin: str) -> tuple[CorePlace, ...]:
    """Return the core figures of a report for the page at `origin`."""
    spans = change_spans(reading)
    return tuple(
        CorePlace(
            stated.place.short[0][0],
            tuple(_figure(reading, stated, chosen, spans, origin) for chosen in stated.cards),
            _instead(reading, stated),
        )
        for stated in core_statements(reading)
    )


def is_old(reading: Reading) -> bool:
    """Whether a report is from before most measures of the board."""
    return reading.meta.year is not None and reading.meta.year < BOARD_SINCE


def _instead(reading: Reading, stated: CoreStatement) -> str:
    if stated.cards or is_old(reading) or reading.meta.year is None:
        return ""
    return NOT_LISTED if stated.place.named else "" if stated.place.spoken else NOT_STATED


def _figure(
    reading: Reading, stated: CoreStatement, chosen: FrontCard, spans: Mapping[str, Span], origin: str
) -> CoreFigure:
    """Return a figure: the amount before its change, whichever of the two the report states first."""
    card = front_card(reading, chosen, origin)
    own, other = chosen.indicator, chosen.other
    made = CoreFigure(
        stated.place.short_name(own.measure) or card.name,
        card.href,
        card.target,
        card.estimated,
        card.when,
        card.rise,
        card.figure,
        tuple(_own_changes(card, own, yearly=spans.get(own.id) == "year" and not card.when)),
        () if card.figure else tuple(rank.what + rank.text for rank in card.ranks),
    )
    figure = without_verb(shown_figure(other)) if other else None
    if other is None or figure is None:
        return made
    there = href_of(reading, other, origin)
    if other.kind == "growth":
        told = ChangeView("", rise_of(other) + figure.text, "", "flat")
        return replace(made, changes=(CoreChange(told, there, yearly=True), *made.changes))
    if card.figure is None:
        return made
    change = CoreChange(ChangeView("", card.figure.text, "", "flat"), card.href, yearly=True)
    return replace(made, href=there, figure=figure, estimated=other.estimated, changes=(change, *made.changes))


def _own_changes(card: Card, own: Indicator, *, yearly: bool) -> Iterator[CoreChange]:
    """Yield the changes that stand beside the figure of an indicator itself."""
    here = Markup("")
    if own.kind == "growth":
        if card.change and not card.target and not (yearly and (own.growth_base or "") in YEARLY):
            yield CoreChange(card.change, here, yearly=False)
    elif card.change:
        short = _short(card.change, own) if yearly else card.change
        yield CoreChange(short, here, yearly=short is not card.change)
    if card.longer:
        yield CoreChange(card.longer, here, yearly=False)


def _short(change: ChangeView, own: Indicator) -> ChangeView:
    """Return a change against the year before without its base where that is only 同比 or 比上年 (按可比价格 is kept)."""
    growth = own.growth
    if growth is None or (growth.base or "") not in YEARLY:
        return change
    bare = change.words.removeprefix(growth.base or "").strip()
    for direction, sign in SIGNS.items():  # 增长 5% is +5%
        bare = re.sub(rf"^{DIRECTION_WORDS[direction]} (?=\d)", sign, bare)
    return (
        ChangeView("", bare, "", change.direction) if bare.startswith(tuple(filter(None, SIGNS.values()))) else change
    )
