"""Knows what came of a target, if its figure and that of the result can be compared: exceeded, met or not met.

The rules: with a floor (以上, or a plain amount) more is exceeded and as much is met; with a ceiling (以内) as much or less is
met, but not as much where it was to stay below (低于); about (左右) means within a tenth of the figure. Leaves whether they can be compared to `agreement`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from workreport.comparison.comparison_words import ABOUT, CEILING, FLOOR, ComparisonWords
from workreport.comparison.figures import StatedFigure
from workreport.model.place_years import Verdict

TENTH = Decimal("0.1")
ROUNDED = Decimal("0.01")
"""Figures in two units that differ by no more than this part may be the same: the text rounds."""
AT_THE_LIMIT = "与所说的界限相同"
"""Why a result is not below what it was to stay below, where both are the same number as printed."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, and in Chinese how it follows."""

    verdict: Verdict
    why: str


def judge(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> Judged:
    """The verdict on a target and a result that agree in what they are about and their form, in units that can be compared."""
    if target.number is None or result.number is None:
        return Judged("not comparable", "没有数")
    aim, got = target.number, result.number
    if not words.same_unit(target.unit, result.unit):
        converted = words.converted(got, result.unit, target.unit)
        if converted is None:
            return Judged("not comparable", "单位不同")
        if converted != aim and abs(converted - aim) <= abs(aim) * ROUNDED:
            return Judged("not comparable", "单位不同，换算后相差很小")
        got = converted
    falls = target.form in ("growth", "points", "amount") and aim < 0
    if falls:
        aim, got = -aim, -got  # a rise where a fall was wanted is less than no fall
    if target.high is not None:
        return _in_range(aim, abs(target.high) if falls else target.high, got)
    return _against(target, result, words, aim, got, falls=falls)


def _in_range(low: Decimal, high: Decimal, got: Decimal) -> Judged:
    if got > high:
        return Judged("exceeded", "高于目标区间")
    return Judged("met", "在目标区间内") if got >= low else Judged("not met", "低于目标区间")


def _against(
    target: StatedFigure, result: StatedFigure, words: ComparisonWords, aim: Decimal, got: Decimal, *, falls: bool
) -> Judged:
    """Against one figure and its bound: `aim` and `got` in one unit, of falls (`falls`) how far each fell."""
    bound, theirs = words.bound_of(target.bound), words.bound_of(result.bound)
    if not bound and not falls and any(word in target.stated.quote for word in words.held_to):
        bound = CEILING
    lower = not falls and words.less_is_better(target.indicator.name)
    if got == aim and target.bound in words.strict and not theirs:
        return Judged("not met", AT_THE_LIMIT)
    if target.indicator.measure in words.capped or bound == CEILING:
        return _capped(aim, got, theirs)
    if bound == ABOUT:
        return _about(aim, got, theirs, lower=lower)
    if lower:
        return _capped(aim, got, theirs)
    if result.indicator.milestone_only and result.whole and got < aim:
        return Judged("not comparable", "结果只说跨过了哪一关口")
    return _floor(aim, got, bound, theirs)


def _capped(aim: Decimal, got: Decimal, theirs: str) -> Judged:
    """Against a ceiling; a result that is only a bound from below may be above it."""
    if theirs == FLOOR:
        return Judged("not comparable" if got <= aim else "not met", "结果只说了下限")
    return Judged("met", "没有超过上限") if got <= aim else Judged("not met", "超过上限")


def _about(aim: Decimal, got: Decimal, theirs: str, *, lower: bool) -> Judged:
    """Within a tenth of the figure is met, further on it depends on the direction."""
    if abs(got - aim) <= abs(aim) * TENTH:
        return Judged("met", "在左右之内")
    if (got < aim) == lower:
        return Judged("exceeded", "好于目标")
    return Judged("not comparable", "结果只说了下限") if theirs == FLOOR else Judged("not met", "不及目标")


def _floor(aim: Decimal, got: Decimal, bound: str, theirs: str) -> Judged:
    """Against a floor; of a result that is only a bound from below it is not known how much more it is."""
    if theirs == FLOOR:
        if got < aim:
            return Judged("not comparable", "结果只说了下限")
        passed = got > aim or bound != FLOOR
        return Judged("exceeded", "超过目标") if passed else Judged("met", "同一个关口")
    if theirs == ABOUT and abs(got - aim) <= abs(aim) * TENTH and got != aim:
        return Judged("exceeded", "超过目标") if got > aim else Judged("not comparable", "结果是约数")
    if theirs == ABOUT and bound == FLOOR and got == aim:
        return Judged("not comparable", "结果是约数")
    if got > aim:
        return Judged("exceeded", "超过目标")
    return Judged("met", "与目标相同") if got == aim else Judged("not met", "不及目标")
