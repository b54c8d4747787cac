"""Knows how the figure of an indicator (指标) and its change are shown: their parts, their sign, their arrow.

Leaves what stands around them on a card to `cards`. No figure is computed here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from workreport.model import (
    APPROXIMATION_AFTER,
    DIRECTION_WORDS,
    DOUBLED,
    SIGNS,
    Direction,
    Growth,
    Indicator,
    changed,
    comparison,
)
from workreport.website.marks.elements import is_long_change, is_long_value
from workreport.website.pages.plain_digits import in_digits

_PLAIN = frozenset({"%", "％", "‰"})
"""Units of ratios that the reading writes for words (百分之五十一): behind numerals in characters nobody writes them."""
_NAMED_CHANGE = re.compile("(?:[涨增降跌减]幅|增速|(?:增长)?速度|增长率|增减|增长)$")
"""The end of a name that says itself what changes: 商品零售价格涨幅."""
_FALL_NAMED = re.compile("(?:[降跌减]幅|下降率)$")
"""The end of a name that says itself that something fell, so that no sign does."""
_PRICES = frozenset({"cpi", "retail-prices"})
"""Core measures of which nobody says that they grow."""
_RISES = re.compile("增长|上涨|上升|提高|提升|增加|涨幅|增幅|增速")
"""A word of growth in the words of a target."""
# The sign beside a change, by its direction.
ARROWS: dict[Direction, str] = {"up": "▲", "down": "▼", "flat": "＝"}
SPOKEN: dict[Direction, str] = {"up": "上升", "down": "下降", "flat": "持平"}
"""The word that screen readers read instead of the arrow."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as written, in five parts of which most are "": 超, 4200, 余, 家, 以上.

    `before`, `between` (value and unit) and `after` are words of approximation. For 16万余名 the `unit` is 万余名, and
    `within` the word of approximation in it.
    """

    before: str
    value: str
    between: str
    unit: str
    after: str
    within: str = ""

    @property
    def unit_parts(self) -> tuple[str, str, str]:
        """The unit before, of and behind the word of approximation in it: 万, 余, 名; without one the unit, "" and ""."""
        return self.unit.partition(self.within) if self.within else (self.unit, "", "")

    @property
    def long(self) -> bool:
        """Whether the value needs smaller type."""
        return is_long_value(self.value)

    @property
    def text(self) -> str:
        """The parts joined: 4200余家."""
        return self.before + self.value + self.between + self.unit + self.after


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change: `arrow` and `words` (▲ 同比 +5.1%); `spoken` replaces the arrow for screen readers (上升), "" if the words
    suffice.
    """

    arrow: str
    words: str
    spoken: str
    direction: Direction

    @property
    def long(self) -> bool:
        """Whether the words need smaller type."""
        return is_long_change(self.words)


def figure_of(indicator: Indicator) -> Figure | None:
    """Return the figure of an indicator with its word of approximation where the quote has it.

    None for kind "rank", and for an indicator with neither a value nor a unit that is in its quote.

    >>> from workreport.model import Indicator
    >>> i = Indicator("f", "企业", "count", "result", "4200", None, None, "家", "余", "s", "1", "企业4200余家", 0, 8)
    >>> figure_of(i)
    Figure(before='', value='4200', between='余', unit='家', after='', within='')
    >>> rate = Indicator("f", "失业率", "share", "result", "3", None, None, "%", "以内", "s", "1", "失业率3％以内", 0, 8)
    >>> figure_of(rate)
    Figure(before='', value='3', between='', unit='%', after='以内', within='')
    """
    if indicator.kind == "rank":
        return None
    if not indicator.value:
        # 翻番: a unit without a number is shown with the character before it.
        words = re.search(rf".?{re.escape(indicator.unit)}", indicator.quote) if indicator.unit else None
        return Figure("", words[0], "", "", "") if words else None
    value, unit = indicator.value, indicator.unit
    approx = indicator.approx if indicator.approx and indicator.approx in indicator.quote else ""
    if unit == DOUBLED:
        return Figure("", f"翻{value}{unit}", "", "", approx)
    rest = indicator.quote[indicator.quote.find(value) + len(value) :]
    value = indicator.signed
    if approx:
        # The word of approximation is before the unit (4200余家), or inside it (16万余名).
        for k in range(len(unit)):
            if rest.startswith(unit[:k] + approx + unit[k:]):
                return (
                    Figure("", value, approx, unit, "")
                    if k == 0
                    else Figure("", value, "", rest[: len(unit + approx)], "", approx)
                )
        if rest.startswith(unit + approx):
            return Figure("", value, "", unit, approx)
    if approx in APPROXIMATION_AFTER:
        return Figure("", value, "", unit, approx)
    return Figure(approx, value, "", unit, "")


def shown_figure(indicator: Indicator) -> Figure | None:
    """Return the figure of an indicator as pages show it; None where `figure_of` is.

    Per cent in Chinese numerals are in digits (51% for 百分之五十一), and a planned rise has no sign, which would say that it
    is done: 6%左右, with the verb beside it. A planned fall keeps its sign.
    """
    figure = figure_of(indicator)
    if figure is None:
        return None
    if indicator.unit in _PLAIN and indicator.number_max is None:
        figure = replace(figure, value=in_digits(figure.value, indicator.number)[0])
    if _FALL_NAMED.search(indicator.name):  # 平均降幅53%
        figure = replace(figure, value=figure.value.removeprefix(SIGNS["down"]))
    return replace(figure, value=figure.value.removeprefix(SIGNS["up"])) if _is_planned_rise(indicator) else figure


def _is_planned_rise(indicator: Indicator) -> bool:
    return indicator.status == "target" and indicator.kind == "growth" and (indicator.number or 0) > 0


def rise_of(indicator: Indicator) -> str:
    """Return the verb of a planned rise in the words of the report: 增长, 提高; "" for others, and where the name says it (涨幅).

    The verb stands before a figure without a sign.
    """
    if not _is_planned_rise(indicator) or _NAMED_CHANGE.search(indicator.name) or indicator.unit == DOUBLED:
        return ""
    verbs = _RISES.findall(indicator.quote)
    return verbs[-1] if verbs else "上涨" if indicator.measure in _PRICES else DIRECTION_WORDS["up"]


def named_change(indicator: Indicator) -> str:
    """Return the end of a name that says itself what changes: 涨幅 for 商品零售价格涨幅; "" for any other name."""
    found = _NAMED_CHANGE.search(indicator.name)
    return found[0] if found else ""


def shown_change(indicator: Indicator) -> ChangeView | None:
    """Return the change beside a figure as pages show it; None where `change_of` is, or where the name of a planned rise says it.

    What is planned has no arrow, which would say that it is done.
    """
    change = change_of(indicator)
    if change is None or indicator.status != "target":
        return change
    words = change.words
    if _is_planned_rise(indicator):
        base = comparison(indicator.growth_base or "")
        words = f"{base}{rise_of(indicator)}" if indicator.unit != DOUBLED else words
    return ChangeView("", words, "", "flat") if words else None


def change_of(indicator: Indicator) -> ChangeView | None:
    """Return the change beside the figure of an indicator; None if there is none.

    For kind "growth", whose figure is the change itself, it has only the base and the direction (同比增长), or for a
    multiple the base (是十年前的倍数).
    """
    if indicator.growth is not None and indicator.kind != "growth":
        return _growth(indicator.growth)
    if indicator.is_multiple:
        return ChangeView("", f"是{indicator.growth_base}的倍数", "", "flat") if indicator.growth_base else None
    if indicator.kind == "growth" and indicator.number is not None:
        direction: Direction = "up" if indicator.number > 0 else "down" if indicator.number < 0 else "flat"
        base = indicator.growth_base or ""
        if base and indicator.unit == DOUBLED:
            words = comparison(base)
        elif named_change(indicator):  # 增速 +8% says it
            words = comparison(base) if base else ""
        else:
            words = changed(base, direction)
            if indicator.measure in _PRICES and words.endswith(DIRECTION_WORDS["up"]):
                words = words.removesuffix(DIRECTION_WORDS["up"]) + "上涨"
        return ChangeView(ARROWS[direction], words, "" if words else SPOKEN[direction], direction)
    return None


def _growth(growth: Growth) -> ChangeView:
    if growth.unit in _PLAIN:
        growth = growth._replace(value=in_digits(growth.value, growth.number)[0])
    return ChangeView(ARROWS[growth.direction], growth.phrase, SPOKEN[growth.direction], growth.direction)
