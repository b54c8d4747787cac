"""Knows what came of a target, if its figure and that of the result can be compared: exceeded, met or not met.

The rules: with a floor (以上, or a plain amount) more is exceeded and as much is met; with a ceiling (以内) as much or less is
met; about (左右) means within a tenth of the figure. Leaves whether they can be compared to `agreement`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from workreport.comparison.figures import StatedFigure
from workreport.model.place_years import Verdict

TENTH = Decimal("0.1")
ABOUT = frozenset({"左右", "约", "上下", "近"})
CEILINGS = frozenset({"以内", "以下", "之内", "不高于", "不超过", "低于"})
ABOVE = frozenset({"超", "超过", "突破", "首破", "以上", "高于", "不低于", "不少于", "至少", "及以上"})
"""Bounds of a result from below: the true figure is as much or more."""
LESS_IS_BETTER = (
    "失业率",
    "浓度",
    "价格",
    "能耗",
    "事故",
    "死亡",
    "赤字",
    "倍差",
    "发案",
    "成本",
    "电价",
    "负债率",
    "排放",
    "不良率",
)
"""Words of what is better if it is less."""
CAPPED = "cpi"
"""The measure whose target is read as a cap, though it says 左右."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, and in Chinese how it follows."""

    verdict: Verdict
    why: str


def judge(target: StatedFigure, result: StatedFigure) -> Judged:
    """The verdict on a target and a result that agree in what they are about, their form and their unit."""
    if target.number is None or result.number is None:
        return Judged("not comparable", "没有数")
    aim, got = target.number, result.number
    falls = target.form in ("growth", "points") and aim < 0
    if falls:
        aim, got = -aim, -got  # a rise where a fall was wanted is less than no fall
    if target.high is not None:
        return _in_range(aim, abs(target.high) if falls else target.high, got)
    lower = not falls and _less_is_better(target)
    if target.indicator.measure == CAPPED or target.bound in CEILINGS:
        return _capped(aim, got, result)
    if target.bound in ABOUT:
        return _about(aim, got, result, lower=lower)
    return _floor(aim, got, target, result) if not lower else _capped(aim, got, result)


def _less_is_better(figure: StatedFigure) -> bool:
    return any(word in figure.indicator.name for word in LESS_IS_BETTER)


def _in_range(low: Decimal, high: Decimal, got: Decimal) -> Judged:
    if got > high:
        return Judged("exceeded", "高于目标区间")
    return Judged("met", "在目标区间内") if got >= low else Judged("not met", "低于目标区间")


def _capped(aim: Decimal, got: Decimal, result: StatedFigure) -> Judged:
    """Against a ceiling; a result that is only a bound from below may be above it."""
    if result.bound in ABOVE:
        return Judged("not comparable" if got <= aim else "not met", "结果只说了下限")
    return Judged("met", "没有超过上限") if got <= aim else Judged("not met", "超过上限")


def _about(aim: Decimal, got: Decimal, result: StatedFigure, *, lower: bool) -> Judged:
    """Within a tenth of the figure is met, further on it depends on the direction."""
    if abs(got - aim) <= abs(aim) * TENTH:
        return Judged("met", "在左右之内")
    if (got < aim) == lower:
        return Judged("exceeded", "好于目标")
    return Judged("not comparable", "结果只说了下限") if result.bound in ABOVE else Judged("not met", "不及目标")


def _floor(aim: Decimal, got: Decimal, target: StatedFigure, result: StatedFigure) -> Judged:
    """Against a floor; of a result that is only a bound from below it is not known how much more it is."""
    if result.indicator.milestone_only and got < aim:
        return Judged("not comparable", "结果只说跨过了哪一关口")
    if result.bound in ABOVE:
        if got < aim:
            return Judged("not comparable", "结果只说了下限")
        passed = got > aim or target.bound not in ABOVE
        return Judged("exceeded", "超过目标") if passed else Judged("met", "同一个关口")
    if result.bound in ABOUT and abs(got - aim) <= abs(aim) * TENTH and got != aim:
        return Judged("exceeded", "超过目标") if got > aim else Judged("not comparable", "结果是约数")
    if got > aim:
        return Judged("exceeded", "超过目标")
    return Judged("met", "与目标相同") if got == aim else Judged("not met", "不及目标")
