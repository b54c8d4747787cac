"""Knows whether a target and a result speak of the same thing: small named judgements, each about one way to differ.

A refusal says that they do not belong together. A difference says that they do, but that their figures cannot be compared.
Unsure is a difference or a refusal, never an agreement. Leaves the choice among several results to `pairs`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from workreport.comparison.comparison_words import ANY, ComparisonWords
from workreport.comparison.figures import GDP, MONEY, StatedFigure
from workreport.comparison.named_things import RENEWED, NamedThing
from workreport.comparison.same_things import ALIKE, SAME, for_each_one, same_measure

FARTHEST = Decimal(50)
"""The most times that a result can be as large as its target, or the target as the result."""
_PAUSE = re.compile("[，、；]")
_REACHED = ("达", "突破", "首破", "超过")
"""Words before a level that is reached."""
MONEY_NAMES = ("交易额", "销售额", "成交额", "出口额", "进口额", "贸易额", "零售额", "金额", "投资额")
"""Ends of names of amounts of money."""
_YEAR_END = ("年末", "年底")
"""Words of the end of the year before a name; an average of the year (平均) is counted in another way."""
_ADDED = ("新增", "净增")
"""Words of what is added anywhere in a name: 城镇新增就业."""
_EACH = "人均"
"""A word that makes an amount one for each person."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well a result fits a target: the differences in Chinese, none if the figures can be compared.

    `exact` says that the names are the same but for the words of the place and of what is done.
    """

    differences: tuple[str, ...]
    exact: bool


Judgement = Callable[[StatedFigure, StatedFigure, ComparisonWords], str]
"""A judgement about a target and a result; it returns what differs, in Chinese, or ""."""


def agreement(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> Agreement | None:
    """How a result fits a target; None if it speaks of something else."""
    if any(refused(target, result, words) for refused in REFUSALS):
        return None
    found = tuple(told for judge in DIFFERENCES if (told := judge(target, result, words)))
    return Agreement(found, target.subject.words == result.subject.words)


def name_of_several(target: StatedFigure, result: StatedFigure, _: ComparisonWords) -> str:
    """One of several numbers that have one name: whose it is stands elsewhere (城区、郊区…，污水处理率分别达到70%和40%)."""
    return "一个名称有几个数" if target.shared or result.shared else ""


def other_measure(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> str:
    """Two core measures are two things; so are a measure of the whole place and the same name said of a part of it."""
    one, other = target.indicator.measure, result.indicator.measure
    if one is not None and other is not None:
        return "" if one == other or {one, other} in words.near else "不是同一项核心指标"
    if target.form == "points" or result.indicator.milestone_only:
        return ""  # 高于城镇居民1个百分点 and 首破千亿 state no measure for another reason
    parts = (one is None and target.subject.measure) or (other is None and result.subject.measure)
    return "说的是其中一部分" if parts and (one or other) else ""


def other_thing(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> str:
    """Names of different things, or names that say nothing by themselves."""
    if same_measure(target, result):
        return ""
    one, other = target.subject.thing, result.subject.thing
    counted = target.subject.stock and result.subject.stock  # 企业总数 says all that it has to say
    if surely_named_the_same(target, result, words):
        return ""
    if (target.subject.generic or result.subject.generic) and not (counted and one == other):
        return "名称不完整"
    if (_EACH in one) != (_EACH in other):
        return "一个是人均的"
    if target.indicator.measure or result.indicator.measure:  # a core measure has its own names
        one, other = target.subject.words, result.subject.words
    return "" if one == other or any(alike(target, result, words) for alike, _ in ALIKE) else "名称不同"


def surely_named_the_same(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> bool:
    """Whether they are of one thing by what is said around them, though the names differ."""
    return any(same(target, result, words) for same in SAME)


def other_action(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> str:
    """Things that are built are not those that are demolished, handed out or sold."""
    if same_measure(target, result):
        return ""
    ours, theirs = target.subject.actions, result.subject.actions
    if not ours or not theirs or ANY in ours or ANY in theirs or ours & theirs or "begin" in ours | theirs:
        return ""
    agreeing = any(words.by_id[one].agrees & theirs for one in ours)
    renewed = target.subject.thing == result.subject.thing and {*ours, *theirs} <= {"renew", "build", "add"}
    return "" if agreeing or renewed else "做的不是一件事"


def money_against_count(target: StatedFigure, result: StatedFigure, _: ComparisonWords) -> str:
    """An amount of money, as the name of one says (交易额增长8%), against a number of something else (交易900万单)."""
    return "一个说金额，一个说数量" if _counts_money(target, result) or _counts_money(result, target) else ""


def _counts_money(one: StatedFigure, other: StatedFigure) -> bool:
    """Whether the name of the first says that it is money, and the second is a number of something else."""
    counted = other.form == "amount" and other.unit != "" and other.unit not in MONEY
    return counted and one.form == "growth" and one.indicator.name.endswith(MONEY_NAMES)


def points_of_no_change(target: StatedFigure, result: StatedFigure, _: ComparisonWords) -> str:
    """A distance in percentage points says nothing of an amount."""
    return "一个说百分点，一个说数额" if target.form == "points" and result.form == "amount" else ""


def other_level(target: StatedFigure, result: StatedFigure, _: ComparisonWords) -> str:
    """Projects of the state are not those of the province."""
    ours, theirs = target.subject.levels, result.subject.levels
    return "级别不同" if ours and theirs and not ours <= theirs else ""


def other_size(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> str:
    """An amount that is far from the target is that of another thing: of one village, of all villages."""
    if same_measure(target, result) or target.form != "amount" or result.form != "amount":
        return ""
    if not target.number or not result.number or not words.same_unit(target.unit, result.unit):
        return ""
    if for_each_one(target, result, words):
        return ""
    ratio = abs(result.number / target.number)
    return "" if 1 / FARTHEST <= ratio <= FARTHEST else "数量级不同"


def other_form(target: StatedFigure, result: StatedFigure, _: ComparisonWords) -> str:
    """An amount against a change, a share against an amount."""
    return "" if target.form == result.form else "一个说数额，一个说增幅或比重"


def other_unit(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> str:
    """Households against estates, hectares against kilometres."""
    if target.form != result.form:
        return ""
    return "" if words.comparable_unit(target.unit, result.unit) else "单位不同"


def new_against_all(target: StatedFigure, result: StatedFigure, _: ComparisonWords) -> str:
    """The number of new ones against the number of all there are, or the change of the one against that of the other."""
    one, other = target.subject, result.subject
    if target.form == result.form == "growth":
        mixed = (one.added and other.stock) or (one.stock and other.added)
    elif target.form == result.form == "amount" and same_measure(target, result):
        rise = added_to(target, result) or added_to(result, target)
        return "一个说增加了多少，一个说总数" if rise else ""
    elif target.form == result.form == "amount":
        all_aimed_at, all_told = one.stock or is_level(target), other.stock or is_level(result)
        new_told = other.added or (not other.stock and same_kind_of_new(other))
        mixed = (
            (one.stock and new_told)
            or (other.stock and not all_aimed_at)
            or (not same_measure(target, result) and ((all_aimed_at and other.added) or (one.added and all_told)))
        )
    else:
        mixed = False
    return "一个说总数，一个说新增" if mixed else ""


def adds(figure: StatedFigure) -> bool:
    """Whether an amount is what was added to all there was before: 优良天数增加42天, 新增财政收入61亿元."""
    i = figure.indicator
    return i.kind == "growth" or figure.subject.added or any(word in i.name for word in _ADDED)


def added_to(one: StatedFigure, other: StatedFigure) -> bool:
    """Whether the first is what was added, and the second all there are. Of what is made anew each year both say the same: 新建绿道, 建成绿道."""
    if not adds(one) or adds(other):
        return False
    return other.subject.stock or is_level(other) or not same_kind_of_new(other.subject)


def is_level(figure: StatedFigure) -> bool:
    """Whether a number is one that is reached: 突破1000家 and 达到30家 if nothing says that the things are new or what is done, 从480家增加到630家."""
    subject = figure.subject
    if figure.indicator.origin is not None and figure.indicator.kind != "growth":
        return True
    reached = figure.stated.value.startswith(_REACHED) and figure.indicator.kind != "growth"
    return reached and not adds(figure) and not subject.actions


def same_kind_of_new(subject: NamedThing) -> bool:
    """Whether what is done makes new ones: built, fostered, brought in."""
    return bool(subject.actions & {"add", "build", "foster", "introduce"})


def renewed_or_built(target: StatedFigure, result: StatedFigure, _: ComparisonWords) -> str:
    """What was there already was renewed, or a new one was built."""
    ours, theirs = target.subject.actions, result.subject.actions
    if _both_and_one(target, result) or _both_and_one(result, target):
        return "一个说新建和改造，一个只说一样"
    if same_measure(target, result) or not ours or not theirs or ours & theirs or ANY in ours | theirs:
        return ""
    return "一个说新建，一个说改造" if ("renew" in ours) != ("renew" in theirs) else ""


def _both_and_one(one: StatedFigure, other: StatedFigure) -> bool:
    """Whether the first is of things that were built and of others that were renewed, and the second of one of the two alone.

    Built ones (建成) may be of both kinds, new ones (新建) are not.
    """
    if not {"build", RENEWED} <= one.subject.actions:
        return False
    actions = other.subject.actions
    return (RENEWED in actions and "build" not in actions) or (RENEWED not in actions and other.subject.added)


def only_begun(target: StatedFigure, result: StatedFigure, _: ComparisonWords) -> str:
    """Work that was begun or goes on is no work done, and a number of finished works answers no plan to go on with more."""
    if result.subject.begun and not target.subject.begun:
        return "只说动了工"
    finished = "build" in result.subject.actions and not result.subject.begun
    return "目标只说推进" if target.subject.begun and finished else ""


def other_stage(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> str:
    """Projects that were opened are not those that were finished or that run."""
    ours, theirs = ({word for word in words.stages if word in own_words(f)} for f in (target, result))
    return "" if ours == theirs else "走到的步骤不同"


def own_words(figure: StatedFigure) -> str:
    """The name of a figure, and the words of its own before the number: 开工 in 棚户区改造开工9000套."""
    before = figure.stated.quote.partition(figure.stated.value)[0]
    return figure.indicator.name + _PAUSE.split(before)[-1]


def other_name(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> str:
    """A thing that only stands near: 保障性住房 for 保障性租赁住房, the sum of a list for one of the list."""
    core = target.indicator.measure or result.indicator.measure
    if same_measure(target, result) or (target.subject.thing == result.subject.thing and not core):
        return ""
    if surely_named_the_same(target, result, words):
        return ""
    return next((differs for alike, differs in ALIKE if differs and alike(target, result, words)), "")


def other_extent(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> str:
    """A level that only one of them names, or one of several levels."""
    same = target.subject.levels == result.subject.levels or surely_named_the_same(target, result, words)
    return "" if same else "级别不同"


def neither_name_nor_unit(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> str:
    """Names that only stand near, in units that cannot be compared: 供热面积300万平方米, 230个小区管网供热."""
    if target.form != result.form or not other_unit(target, result, words):
        return ""
    return "名称和单位都不同" if other_name(target, result, words) else ""


def other_area(target: StatedFigure, result: StatedFigure, _: ComparisonWords) -> str:
    """The whole place, or the town alone: 市区新增绿地, 新增绿地."""
    return "" if target.subject.area == result.subject.area else "一个只说城区"


def other_sense(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> str:
    """One measure counted in two ways: 居住面积, 建筑面积."""
    return "口径不同" if in_two_senses(target, result, words) else ""


def _told_as(figure: StatedFigure) -> str:
    """The name of a figure, after a word for the end of the year: 年末城镇调查失业率."""
    end = next((word for word in _YEAR_END if figure.around.before.endswith(word)), "")
    return (_YEAR_END[0] if end else "") + figure.indicator.name


def in_two_senses(one: StatedFigure, other: StatedFigure, words: ComparisonWords) -> bool:
    """Whether the names of two figures say that they are counted in two ways: 居住面积, 建筑面积; 财政收入, 全口径财政收入."""
    for group in words.senses:
        ours = {word for word in group if word in _told_as(one)}
        theirs = {word for word in group if word in _told_as(other)}
        if ours and theirs and ours != theirs:
            return True
    return any((word in one.indicator.name) != (word in other.indicator.name) for word in words.fuller)


def other_prices(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> str:
    """A change without that of prices against one with it; that of GDP is always without."""
    if target.form != "growth" or target.indicator.measure == GDP:
        return ""
    ours, theirs = (any(word in figure.base for word in words.real) for figure in (target, result))
    return "" if ours == theirs else "一个扣除了价格因素"


def other_time(target: StatedFigure, _result: StatedFigure, _: ComparisonWords) -> str:
    """A target that is an average of several years."""
    return "目标是年均的" if target.years else ""


def ended_otherwise(target: StatedFigure, result: StatedFigure, _: ComparisonWords) -> str:
    """A result at the end of several years counts for a core measure only: other ones may be sums."""
    return "结果是几年的" if result.years and not same_measure(target, result) else ""


REFUSALS: tuple[Judgement, ...] = (
    name_of_several,
    other_measure,
    other_thing,
    other_action,
    other_level,
    ended_otherwise,
    points_of_no_change,
    other_size,
    neither_name_nor_unit,
)
DIFFERENCES: tuple[Judgement, ...] = (
    other_form, other_unit, money_against_count, new_against_all, only_begun, renewed_or_built, other_stage, other_name, other_area, other_extent, other_sense, other_prices, other_time,
)  # fmt: skip
