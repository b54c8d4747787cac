"""Knows the cards of the front page: a card with its target, its time, and its figures in plain digits.

Leaves the card of an indicator to `cards`, and which cards there are to `analysis.headlines`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from workreport.analysis.statements import FrontCard
from workreport.model import Indicator, Reading
from workreport.website.pages import wording
from workreport.website.pages.cards import BesideView, Card, Figure, card, change_of, figure_of, href_of

DIGITS_SINCE = 1990
"""Reports of earlier years keep the numerals of their time on cards, set small."""
_REACHED = ("达到", "达", "实现", "完成")
"""Verbs before a figure that say nothing of it."""
_NUMERAL = re.compile(r"[〇零一二三四五六七八九十百千万两]+")
_RATIO = re.compile(r"[:：]\d+")
_HALF = {ord(wide): narrow for wide, narrow in zip("０１２３４５６７８９．％＋－", "0123456789.%+-", strict=True)}
_SPACED = re.compile(r"(?<=[\d.])\s+(?=[\d.万亿%])")


def front_card(reading: Reading, chosen: FrontCard, origin: str) -> Card:
    """Return a card of the front page for the page at `origin`: the card of its indicator, with its target and its time.

    Its figures are in plain digits; the sentence keeps the words of the report.
    """
    plain = card(reading, chosen.indicator, origin)
    pinned = not reading.found.front and chosen.indicator.id in reading.found.pinned
    also = _also(reading, chosen, origin)
    longer = also is not None and chosen.longer
    shown = replace(
        plain,
        aim=_aim(reading, chosen, origin),
        also=also,
        change=None if longer else plain.change,
        longer=plain.change if longer else None,
        when=chosen.when,
        pinned=pinned,
        figure=without_verb(plain.figure),
    )
    year = reading.meta.year
    return shown if year is not None and year < DIGITS_SINCE else _in_digits(shown, chosen.indicator)


def without_verb(figure: Figure | None) -> Figure | None:
    """Return a figure without the verb of reaching before it: 5160元 for 达到5160元."""
    return replace(figure, before="") if figure and figure.before in _REACHED else figure


def _in_digits(shown: Card, indicator: Indicator) -> Card:
    """Return a card with its figures in plain digits: 30 for 三十, 5.6% for ５．６％."""
    figure, number = shown.figure, indicator.number
    if figure and number is not None and _NUMERAL.fullmatch(figure.value) and indicator.number_max is None:
        figure = replace(figure, value=f"{number.normalize():f}")
    if figure:
        figure = replace(figure, value=_half_width(figure.value), unit=_half_width(figure.unit))
        if ratio := _RATIO.match(figure.unit):  # 2:1 is one number
            figure = replace(figure, value=figure.value + ratio[0], unit=figure.unit[ratio.end() :])
    changes = [replace(c, words=_half_width(c.words)) if c else None for c in (shown.change, shown.longer)]
    beside = [replace(b, text=_half_width(b.text)) if b else None for b in (shown.also, shown.aim)]
    return replace(
        shown,
        figure=figure,
        change=changes[0],
        longer=changes[1],
        also=beside[0],
        aim=beside[1],
        origin=_half_width(shown.origin),
        name=_half_width(shown.name),
    )


def _half_width(text: str) -> str:
    """Return a text with digits, points and per cent signs of full width in half width, and without blanks between digits.

    >>> _half_width("５．６％"), _half_width("3251亿美元"), _half_width("4 9 2 5 0 万吨")
    ('5.6%', '3251亿美元', '49250万吨')
    """
    return _SPACED.sub("", text.translate(_HALF))


def _aim(reading: Reading, chosen: FrontCard, origin: str) -> BesideView | None:
    aim = chosen.target
    figure = figure_of(aim) if aim else None
    if aim is None or figure is None:
        return None
    label = f"{chosen.year}年目标" if chosen.year else "目标"
    return BesideView(aim.id, label, figure.text, href_of(reading, aim, origin))


def _also(reading: Reading, chosen: FrontCard, origin: str) -> BesideView | None:
    other = chosen.other
    figure = figure_of(other) if other else None
    if other is None or figure is None:
        return None
    label = (f"{chosen.year - 1}年" if chosen.year else "") + wording.ESTIMATED * other.estimated
    change = change_of(other) if other.kind == "growth" else None
    return BesideView(
        other.id,
        label,
        " ".join(filter(None, (change.words if change else "", figure.text))),
        href_of(reading, other, origin),
    )
