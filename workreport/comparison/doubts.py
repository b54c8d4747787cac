"""Knows what keeps a result that is less than its target from being called "not met": doubts whether it is the whole of it.

A report must never be accused without proof. Leaves what surely differs to `agreement`.
"""

from __future__ import annotations

from collections.abc import Callable

from workreport.comparison.comparison_words import ComparisonWords
from workreport.comparison.figures import StatedFigure
from workreport.comparison.named_things import LISTED
from workreport.comparison.shares import share_of

BEHIND = 30
"""The characters behind a result in which another way of counting is looked for."""

Doubt = Callable[[StatedFigure, StatedFigure, ComparisonWords], str]
"""A doubt about a target and a result that is less; it returns what is not sure, in Chinese, or ""."""


def whole_left_out(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> str:
    """Only one of two shares says of what: 个体经济占生产总值比重, 个体经济占比."""
    ours, theirs = share_of(target, words), share_of(result, words)
    if ours is None or theirs is None:
        return ""
    return "没有都说是什么的比重" if (not ours.whole) != (not theirs.whole) else ""


def counted_otherwise(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> str:
    """The report goes on with the same change counted in another way: 下降2%，剔除退税因素后增长6%."""
    if target.form != "growth" or any(word in target.base for word in words.bases):
        return ""
    behind = result.around.behind[:BEHIND].partition("。")[0]
    return "下年报告还有另一种口径的数" if any(word in behind for word in words.bases) else ""


def listed_otherwise(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> str:
    """One name is a word for several things, the other lists them: 三类场地, 体育场、体育馆和健身馆; each list may leave one out."""
    names = [figure.indicator.name for figure in (target, result)]
    listed = [bool(LISTED.search(name)) for name in names]
    plain = sorted((words.lightened(words.measures.folded(name)) for name in names), key=len)
    rest = iter(plain[1])
    if listed[0] == listed[1] or all(character in rest for character in plain[0]):
        return ""
    return "一个用总称，一个逐项写"


DOUBTS: tuple[Doubt, ...] = (whole_left_out, counted_otherwise, listed_otherwise)


def doubt(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> str:
    """The first doubt about a result that is less than its target, in Chinese; "" if there is none."""
    return next((told for each in DOUBTS if (told := each(target, result, words))), "")
