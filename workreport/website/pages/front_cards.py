"""Knows the cards of the front page: a card with its target, its time, and its figures in plain digits.

Leaves the card of an indicator to `cards`, and which cards there are to `analysis.headlines`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from workreport.analysis.change_bases import ToldBase
from workreport.analysis.statements import FrontCard
from workreport.model import DIRECTION_WORDS, SIGNS, Indicator, Reading
from workreport.website.pages import wording
from workreport.website.pages.cards import BesideView, Card, card, href_of
from workreport.website.pages.figure_views import ChangeView, Figure, named_change, rise_of, shown_change, shown_figure
from workreport.website.pages.plain_digits import half_width, in_digits, years_in_digits

REACHED = ("达到", "达", "实现", "完成")
"""Verbs before a figure that say nothing of it."""
LONG_NAME = 14
"""A core measure with a longer name has the name of the vocabulary on its card."""
_RATIO = re.compile(r"[:：]\d+")


def front_card(reading: Reading, chosen: FrontCard, origin: str) -> Card:
    """Return a card of the front page for the page at `origin`: the card of its indicator, with its target and its time.

    Its figures are in plain digits; the sentence keeps the words of the report.
    """
    plain = card(reading, chosen.indicator, origin)
    compared = _compared(chosen.indicator, chosen.base) if chosen.base.year else chosen.indicator
    told = shown_change(compared)
    if told and chosen.over:
        told = replace(told, words=chosen.over + told.words)  # 五年来年均 +6%
    pinned = not reading.found.front and chosen.indicator.id in reading.found.pinned
    also = _also(reading, chosen, origin)
    longer = also is not None and chosen.longer
    shown = replace(
        plain,
        name=_short_name(reading, chosen.indicator),
        aim=_aim(reading, chosen, origin),
        also=also,
        change=None if longer else told,
        longer=told if longer else None,
        when=chosen.when or chosen.base.since,
        origin=_start(plain.origin, chosen.moved),
        pinned=pinned,
        figure=without_verb(plain.figure),
    )
    return in_plain_digits(shown, chosen.indicator)


def _start(origin: str, moved: str) -> str:
    """The figure from which a change started, with the time that it took: without it a reader takes it for the year before."""
    return f"{origin}（{moved}）" if origin and moved and not origin.endswith("）") else origin


def _compared(indicator: Indicator, base: ToldBase) -> Indicator:
    """Return an indicator whose change says the year that its sentence compares with."""
    if indicator.growth is not None and indicator.kind != "growth":
        return indicator._replace(growth=indicator.growth._replace(base=base.year))
    return indicator._replace(growth_base=base.year)


def _short_name(reading: Reading, indicator: Indicator) -> str:
    """Return the plain name of an indicator, or where it is long that of its core measure: 研发投入强度.

    The sentence of the card keeps the words of the report.
    """
    name = plain_name(reading, indicator)
    return name if len(name) <= LONG_NAME else min((name, *_labels(reading, indicator)), key=len)


def plain_name(reading: Reading, indicator: Indicator) -> str:
    """Return the name of an indicator, or where that is a foreign abbreviation (CPI, GDP) that of its core measure."""
    bare = indicator.name.isascii() and indicator.name.isalpha()
    return next(iter(_labels(reading, indicator)), indicator.name) if bare else indicator.name


def _labels(reading: Reading, indicator: Indicator) -> list[str]:
    return [row.label for row in reading.found.measures if row.id == indicator.measure]


def without_verb(figure: Figure | None) -> Figure | None:
    """Return a figure without the verb of reaching before it: 5160元 for 达到5160元."""
    return replace(figure, before="") if figure and figure.before in REACHED else figure


def in_plain_digits(shown: Card, indicator: Indicator) -> Card:
    """Return a card with its figures in plain digits: 30 for 三十, 5.6% for ５．６％, 比1964年."""
    figure = shown.figure
    if figure and indicator.number_max is None:
        value, power = in_digits(figure.value, indicator.number)
        figure = replace(figure, value=value, unit=power + figure.unit)
    if figure:
        figure = replace(figure, value=half_width(figure.value), unit=half_width(figure.unit))
        if ratio := _RATIO.match(figure.unit):  # 2:1 is one number
            figure = replace(figure, value=figure.value + ratio[0], unit=figure.unit[ratio.end() :])
    changes = [replace(c, words=_plain(c.words)) if c else None for c in (shown.change, shown.longer)]
    beside = [replace(b, text=_plain(b.text)) if b else None for b in (shown.also, shown.aim, shown.before)]
    return replace(
        shown,
        figure=figure,
        change=changes[0],
        longer=changes[1],
        also=beside[0],
        aim=beside[1],
        before=beside[2],
        origin=half_width(shown.origin),
        name=half_width(shown.name),
        when=_plain(shown.when),
    )


def _plain(text: str) -> str:
    return years_in_digits(half_width(text))


def _aim(reading: Reading, chosen: FrontCard, origin: str) -> BesideView | None:
    aim = chosen.target
    figure = shown_figure(aim) if aim else None
    if aim is None or figure is None:
        return None
    label = f"{chosen.year}年目标" if chosen.year else "目标"
    # The name of the target, which may say what changes (增长速度8%), does not stand beside it.
    rise = rise_of(aim) or (named_change(aim) if aim.kind == "growth" else "")
    return BesideView(aim.id, label, " ".join(filter(None, (rise, figure.text))), href_of(reading, aim, origin))


def _also(reading: Reading, chosen: FrontCard, origin: str) -> BesideView | None:
    other = chosen.other
    figure = shown_figure(other) if other else None
    if other is None or figure is None:
        return None
    label = (f"{chosen.year - 1}年" if chosen.year else "") + wording.ESTIMATED * other.estimated
    change = shown_change(other) if other.kind == "growth" else None
    return BesideView(other.id, label, _behind_verb(change, figure), href_of(reading, other, origin))


def _behind_verb(change: ChangeView | None, figure: Figure) -> str:
    """Return a figure behind the words of its change; none of its signs stands behind a word that says it (同比增长 6%)."""
    if change is None:
        return figure.text
    if change.words.endswith(tuple(DIRECTION_WORDS.values())):
        figure = replace(figure, value=figure.value.lstrip("".join(SIGNS.values())))
    return f"{change.words} {figure.text}"
