"""Knows what keeps a result that is less than its target from being called "not met": doubts whether it is the whole of it.

A report must never be accused without proof. Leaves what surely differs to `agreement`.
"""

from __future__ import annotations

from collections.abc import Callable

from workreport.comparison.comparison_words import ComparisonWords
from workreport.comparison.figures import StatedFigure
from workreport.comparison.named_things import LISTED, without_actions
from workreport.comparison.shares import share_of

BEHIND = 30
"""The characters behind a result in which another way of counting is looked for."""

_PEOPLE = ("人", "名", "位", "人次")
"""Units of people."""

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
    names = [without_actions(words.measures.folded(figure.indicator.name), words) for figure in (target, result)]
    listed = [bool(LISTED.search(name)) for name in names]
    plain = sorted((words.lightened(name) for name in names), key=len)
    rest = iter(plain[1])
    if listed[0] == listed[1] or all(character in rest for character in plain[0]):
        return ""
    return "一个用总称，一个逐项写"


def posts_against_people(target: StatedFigure, result: StatedFigure, _: ComparisonWords) -> str:
    """Posts or places are counted, and people: 新增就业岗位5万个, 新增就业4万人."""
    counted = [figure.unit in _PEOPLE for figure in (target, result) if figure.form == "amount"]
    return "一个数人，一个数别的" if len(set(counted)) > 1 else ""


def on_one_basis(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> str:
    """The result is told on the same basis as the year before (同口径), and the target does not say so."""
    if target.form != "growth" or any(word in target.base for word in words.bases):
        return ""
    return "结果是同口径的增幅" if any(word in result.base for word in words.same_basis) else ""


DOUBTS: tuple[Doubt, ...] = (whole_left_out, counted_otherwise, listed_otherwise, posts_against_people, on_one_basis)


def doubt(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> str:
    """The first doubt about a result that is less than its target, in Chinese; "" if there is none."""
    return next((told for each in DOUBTS if (told := each(target, result, words))), "")
