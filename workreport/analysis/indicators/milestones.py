"""Knows how a report says that a threshold was passed, 首破千亿元, 先后突破10亿元、12亿元, and when a change led to a level.

Leaves the name of the figure and the level that follows to `judgements` and `sharing`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workreport.analysis.indicators import phrases, windows
from workreport.analysis.indicators.drafts import Draft
from workreport.analysis.indicators.grammar import Grammar
from workreport.analysis.indicators.passage import Passage
from workreport.model import Quantity, split_unit

_NOUN = re.compile(
    r"[一二两三四五六七八九十]?[个道级座]?(?:新的?)?大?(?:[十百千万]*亿元?级?)?(?:台阶|大关|关口|门槛|关(?=[，。；、]|$))"
)
"""The noun after a threshold: 大关, 新台阶, 三个大台阶, 三道关口, 两个百亿台阶."""
_NOUN_FIRSTS = frozenset("一二两三四五六七八九十个道级座新大百千万亿台关门")
"""The first characters of such a text."""
_LISTED = re.compile(r"(?:\d[\d.]{0,6}[、和])+$")
"""Numbers of a list before its last one, which alone has the unit: 7、8、 in 7、8、9万亿."""
_WEAK = ("超", "超过", "过", "破", "跨过")
"""Words that may also only say that a figure is not exact: 超千亿元."""
_JOINTS = "、和与及 "


@dataclass(frozen=True, slots=True)
class Step:
    """A threshold that a figure has passed.

    `name_end` is where the words before it end that may name the figure. `sure` says that the threshold is no exact level.
    `listed` says that it is the last of several thresholds passed one after another.
    """

    name_end: int
    sure: bool
    listed: bool = False


def step_at(left: str, quantity: Quantity, right: str, grammar: Grammar) -> Step | None:
    """The threshold that `quantity` is; None if the text beside it does not say that something passed it.

    突破 and 破 alone make only a round number a sure threshold (突破100亿元, but not 突破123亿元).
    """
    text = left.rstrip(" 了")
    listed = _LISTED.search(text[-windows.STEP :]) if text[-1:] in ("、", "和") else None
    if listed:
        text = text[: len(text) - len(listed[0])]
    noun = stands_before_noun(right)
    verb = None
    if grammar.passes.at_end(text):
        begin = max(len(text) - windows.STEP, 0)
        verb = next((m for m in grammar.step.finditer(text, begin) if m.end() == len(text)), None)
    if verb is not None and verb["verb"] != "跃居":
        sure = noun or verb["verb"] != "突破" or "首" in verb["manner"] or "历史" in verb["manner"]
        return Step(verb.start(), sure or is_round(quantity), listed is not None)
    weak = phrases.approximator(text[-windows.APPROXIMATOR :])
    if weak is not None and weak[0] in _WEAK and grammar.reach.at_end(text) <= len(weak[0]):  # but 未超过
        first = phrases.FIRST_TIME.search(text[-windows.APPROXIMATOR :])
        sure = noun or first is not None or (weak[0] == "破" and is_round(quantity))
        return Step(len(text) - len((first or weak)[0]), sure)
    return Step(len(text), sure=True) if noun else None


def stands_before_noun(right: str) -> bool:
    """Whether `right`, the text after a figure, starts with the noun of a threshold: 大关, 新台阶, 三个大台阶."""
    return right[:1] in _NOUN_FIRSTS and _NOUN.match(right) is not None


def is_round(quantity: Quantity) -> bool:
    """Whether a figure has one digit other than 0: 100, 5000, 千; not 123 or 1.05."""
    number = quantity.number
    return number is not None and len(number.normalize().as_tuple().digits) == 1


def goes_on(owner: Draft, quantity: Quantity, left: str, clause: int) -> bool:
    """Whether a figure is the next of the thresholds that `owner` passed: 12亿元 in 先后突破10亿元、12亿元."""
    return (
        owner.threshold
        and owner.clause == clause
        and not left.strip(_JOINTS)
        and owner.quantity is not None
        and phrases.base_unit(owner.quantity.unit) in ("", phrases.base_unit(quantity.unit))
    )


def reaches(owner: Draft, quantity: Quantity) -> bool:
    """Whether a figure is the level that what passed a threshold has reached: 达到61385亿元, after 迈上6万亿元台阶."""
    return owner.threshold and not_below(quantity, owner.quantity)


def not_below(level: Quantity, threshold: Quantity | None) -> bool:
    """Whether a level has the same unit as a threshold, 万 and 亿 aside, and is at least as large."""
    if threshold is None or level.number is None or threshold.number is None:
        return False
    (unit, power), (unit_passed, power_passed) = split_unit(level.unit), split_unit(threshold.unit)
    return (unit == unit_passed or (not unit_passed and power_passed > 0)) and level.number.scaleb(
        power
    ) >= threshold.number.scaleb(power_passed)


def grew_to(passage: Passage, owners: Sequence[Draft], quantities: Sequence[Quantity]) -> bool:
    """Whether levels are those that changes led to: 31.1% and 206.9亿元 in 财政收入增长31.1%，达到206.9亿元.

    Not if a change is one of two of the same thing, because the level would then hide the other.
    """
    others = [d.name for d in passage.drafts[: -len(owners)][-len(owners) :]]
    for owner, quantity in zip(owners, quantities, strict=True):
        rate, level = owner.quantity.unit if owner.quantity else "", quantity.unit
        changed = owner.kind == "growth" and owner.growth is not None and owner.echo is None and not owner.ranks
        fits = rate == "个百分点" if level in ("%", "‰") else rate == "%" and level and not level.endswith("百分点")
        fits = fits or (rate.endswith("元") and not_below(quantity, owner.quantity) and rate == level)
        if not changed or not fits or not owner.name or owner.name in others:
            return False
        if owner.name.endswith(phrases.GROWTH_NOUNS) or level in ("倍", "番", "成"):
            return False
    return True
