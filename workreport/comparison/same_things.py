"""Knows when a target and a result have names of one thing, though the names differ.

Leaves all else that may differ to `agreement`.
"""

from __future__ import annotations

import re

from workreport.comparison.comparison_words import ComparisonWords
from workreport.comparison.figures import StatedFigure

HEAD = 2
"""The characters at the end of a name that say what kind of thing it is."""
MONEY = frozenset({"元", "美元", "港元", "欧元"})
"""Units of money, without 万 and 亿."""
QUOTED, SETTING = 4, 6
"""The fewest characters of a thing that two sentences name: in quotation marks, and without."""
SHORTEST = 4
"""The fewest characters of a name that another name may contain to be of the same kind."""
SPECIAL = frozenset({"hold", "use", "remove"})
"""Actions that few things have done to them, so that a name of two characters is enough."""
_SHARE = re.compile("(?P<own>.{3,})占.+比重")
_NUMBER = re.compile(r"[\d.]+|[一二三四五六七八九十百千万亿]+(?=元)")
_LISTED = re.compile("[、和及与]")


def same_measure(target: StatedFigure, result: StatedFigure) -> bool:
    """Whether both state the same core measure of the whole place."""
    return target.indicator.measure is not None and target.indicator.measure == result.indicator.measure


def near_measure(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> bool:
    """Whether they state two core measures that may stand beside each other: 新增就业, 城镇新增就业."""
    return {target.indicator.measure, result.indicator.measure} in words.near


def in_same_setting(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> bool:
    """Whether a name that says nothing alone (完成投资) is said of a thing that both sentences name: “千项万亿”."""
    end = words.generic_end(target.subject.thing)
    theirs = words.generic_end(result.subject.thing)
    if target.indicator.measure or result.indicator.measure:
        return False
    if not words.is_generic(target.subject.thing) or not theirs.endswith(end):
        return False
    own = result.subject.thing.removesuffix(theirs)
    runs = (own[a:b] for a in range(len(own)) for b in range(a + QUOTED, len(own) + 1))
    before = words.folded(target.before)
    return any(run in before for run in runs if len(run) >= SETTING or f"“{run}”" in target.before)


def last_of_list(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> bool:
    """Whether a result that is only called 收入 is that of the list before it: 旅游总收入 in 旅游人次和收入分别增长8%、9%."""
    name = result.indicator.name
    if name not in words.generic or not target.subject.thing.endswith(name) or target.form != result.form:
        return False
    own = target.subject.thing.removesuffix(name).removesuffix("总")
    return len(own) >= HEAD and own in result.stated.quote and f"和{name}" in result.stated.quote.replace("及", "和")


def share_of_amount(target: StatedFigure, result: StatedFigure) -> bool:
    """Whether a target is the share that an amount has of something, and the result that amount: 研发费用占营业收入比重, 研发费用."""
    own = owner_of_share(target)
    return own != "" and result.form == "amount" and own == result.subject.words


def owner_of_share(target: StatedFigure) -> str:
    """The amount whose share of something a target states: 研发费用 in 研发费用占营业收入比重; "" if it states no such share."""
    own = _SHARE.fullmatch(target.subject.words)
    return own["own"] if own else ""


def wider(target: StatedFigure, result: StatedFigure) -> bool:
    """Whether one name is the other with more words before or in it (保障性住房, 保障性租赁住房), and the last word is the same.

    A name of two characters is enough where the same is done with both: 参加展会, 参加境外展会. Names that differ in a number
    are two things, and so is a list of things and one of them. Money, shares and changes of what has more words before it are
    those of a part: 制造业投资, 投资.
    """
    if target.indicator.measure or result.indicator.measure:
        return False  # a core measure has its own names
    one, other = target.subject, result.subject
    short, long = sorted((one, other), key=lambda subject: len(subject.thing))
    least = HEAD if one.actions & other.actions & SPECIAL else SHORTEST
    if len(short.thing) < least or short.thing == long.thing or short.thing[-HEAD:] != long.thing[-HEAD:]:
        return False
    if _NUMBER.findall(short.thing) != _NUMBER.findall(long.thing) or _LISTED.search(long.words):
        return False
    if long.thing.endswith(short.thing) and (target.form != "amount" or target.unit in MONEY):
        return False
    rest = iter(long.thing)
    return all(character in rest for character in short.thing)
