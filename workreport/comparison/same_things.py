"""Knows when a target and a result have names of one thing though the names differ, and when of two things that stand near.

Named the same way for sure, they can be compared (`SAME`); named alike, they can only stand beside each other (`ALIKE`).
Leaves all else that may differ to `agreement`, and shares to `shares`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from workreport.comparison.comparison_words import ComparisonWords
from workreport.comparison.figures import HEAD, MONEY, StatedFigure
from workreport.comparison.named_things import BETWEEN, LISTED, NamedThing, subject_of
from workreport.comparison.shares import owner_of_share, same_share, share_of, share_of_amount, told_backwards

QUOTED, SETTING = 4, 6
"""The fewest characters of a thing that two sentences name: in quotation marks, and without."""
SHORTEST, SHORT = 4, 3
"""The fewest characters of a name that another name may contain to be of the same kind, and where the same is done with both."""
LEFT_OUT, KEPT = 2, 3
"""The fewest characters of a name that the words before it complete: of what they say, and of what is left."""
RESET, EXTRA = 6, 3
"""The fewest characters of a name that another name has in another order; one more in the other for so many of them."""
SPECIAL = frozenset({"hold", "use", "remove"})
"""Actions that few things have done to them, so that a name of two characters is enough."""
SEVERAL = 2
_NUMBER = re.compile(r"[\d.]+|[一二三四五六七八九十百千万亿]+(?=元)")
_EACH_ONE = re.compile("每.{1,10}?拥有|每[百千万十]*(?:名|位)?(?:常住|户籍)?(?:人口|老年人|老人|居民|儿童|人|户)")
_CLAUSE = re.compile("[，。；：]")

Relation = Callable[[StatedFigure, StatedFigure, ComparisonWords], bool]
"""Whether a target and a result are related in one way."""


def same_measure(target: StatedFigure, result: StatedFigure) -> bool:
    """Whether both state the same core measure of the whole place."""
    return target.indicator.measure is not None and target.indicator.measure == result.indicator.measure


def near_measure(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> bool:
    """Whether they state two core measures that may stand beside each other: 新增就业, 城镇新增就业."""
    return {target.indicator.measure, result.indicator.measure} in words.near


def in_same_setting(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> bool:
    """Whether a name that says nothing alone (完成投资) is said of a thing that both sentences name: “千项万亿”."""
    theirs = result.subject.end
    if target.indicator.measure or result.indicator.measure:
        return False
    if not target.subject.generic or not theirs.endswith(target.subject.end):
        return False
    own = result.subject.thing.removesuffix(theirs)
    runs = (own[a:b] for a in range(len(own)) for b in range(a + QUOTED, len(own) + 1))
    before = words.folded(target.around.before)
    return any(run in before for run in runs if len(run) >= SETTING or f"“{run}”" in target.around.before)


def last_of_list(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> bool:
    """Whether a result that is only called 收入 is that of the list before it: 旅游总收入 in 旅游人次和收入分别增长8%、9%."""
    name = result.indicator.name
    if name not in words.generic or not target.subject.thing.endswith(name) or target.form != result.form:
        return False
    own = target.subject.thing.removesuffix(name).removesuffix("总")
    return len(own) >= HEAD and own in result.stated.quote and f"和{name}" in result.stated.quote.replace("及", "和")


def completed(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> bool:
    """Whether the clause before one of the names completes it to the other: 发展高等教育，毛入学率达52%; 高等教育毛入学率."""
    short, long = sorted((target, result), key=lambda figure: len(figure.subject.thing))
    own = long.subject.thing.removesuffix(short.subject.thing)
    if short.indicator.measure or short.subject.measure or own == long.subject.thing:
        return False
    if (
        len(own) < LEFT_OUT
        or LISTED.search(long.subject.words)
        or len(short.subject.thing) < KEPT
        or short.subject.generic
    ):
        return False
    before = words.folded("，".join(_CLAUSE.split(short.around.before)[-SEVERAL:]))
    return own in before


def wider(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> bool:
    """Whether one name is the other with more words before or in it (保障性住房, 保障性租赁住房), or a row says so."""
    if target.indicator.parent or result.indicator.parent:
        return False
    one, other = target.subject, result.subject
    if words.wider_of(one.thing) & words.kinds_of(other.thing) or words.wider_of(other.thing) & words.kinds_of(
        one.thing
    ):
        return target.form == result.form == "amount"
    if target.indicator.measure or result.indicator.measure:
        return False  # a core measure has its own names
    if LISTED.search(max(one.words, other.words, key=len)):
        return False
    part_of = target.form != "amount" or target.unit in MONEY
    least = HEAD if one.actions & other.actions & SPECIAL else SHORTEST
    for names in ((one.thing, other.thing), (one.words, other.words)):
        short, long = sorted(names, key=len)
        ends = long.endswith(short)
        if ends and _same_work(one, other, words) and len(long) - len(short) <= len(short):
            least = min(least, SHORT)
        if contains(long, short, least) and not (part_of and ends):
            return True
    return False


def _same_work(one: NamedThing, other: NamedThing, words: ComparisonWords) -> bool:
    """Whether the same is done with both, or what agrees with it: built, added."""
    return bool(one.actions & other.actions) or any(words.by_id[a].agrees & other.actions for a in one.actions)


def contains(long: str, short: str, least: int) -> bool:
    """Whether a name is another with more words before or in it, and the last word is the same.

    Names that differ in a number are two things, and so is a list of things and one of them. Money, shares and changes of
    what has more words before it are those of a part: 制造业投资, 投资.
    """
    if len(short) < least or short == long or short[-HEAD:] != long[-HEAD:]:
        return False
    if _NUMBER.findall(short) != _NUMBER.findall(long):
        return False
    rest = iter(long)
    return all(character in rest for character in short)


def chosen_ones(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> bool:
    """Whether one is of those chosen from the other: 美丽乡村示范村, 美丽乡村."""
    if target.form != "amount" or result.form != "amount" or not words.comparable_unit(target.unit, result.unit):
        return False
    short, long = sorted((target.subject.thing, result.subject.thing), key=len)
    return len(short) >= SHORTEST and long.startswith(short) and long.removeprefix(short) in words.samples


def one_of_list(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> bool:
    """Whether one of them is of all of a list (甲和乙500家, 甲和乙人口占比), and the other of one of the list (甲324家, 甲人口占比)."""
    if target.form != result.form or target.form == "growth":
        return False
    one, other = _list_name(target, words), _list_name(result, words)
    return _has_part(one, other) or _has_part(other, one)


def _list_name(figure: StatedFigure, words: ComparisonWords) -> str:
    """The name of a figure as lists are compared: without the whole of a share."""
    share = share_of(figure, words)
    return f"{share.named}比重" if share else figure.subject.words


def _has_part(names: str, name: str) -> bool:
    """Whether a name is of one of the list `names`, with or without what stands behind the last of them."""
    for marks in (LISTED, BETWEEN):
        parts = [part.replace("、", "") for part in marks.split(names)]
        last = parts[-1]
        for part in parts[:-1]:
            if name.startswith(part) and len(name) >= SHORTEST and last.endswith(name[len(part) :]):
                return True
        if len(parts) > 1 and name == last and len(last) >= SHORTEST:
            return True
    return False


def for_each_one(target: StatedFigure, result: StatedFigure, _: ComparisonWords) -> bool:
    """Whether a target is a number for each person or place, and the result all there are: 每万老人拥有护理床位, 护理床位."""
    if target.form != "amount" or result.form != "amount" or target.unit in MONEY:
        return False
    own = _EACH_ONE.sub("", target.subject.thing, count=1)
    theirs = result.subject.thing
    return own != target.subject.thing and (own == theirs or contains(theirs, own, SHORTEST))


def same_part(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> bool:
    """Whether both are of the same part of the same whole, one as an amount, one as a share: 其中制造业15亿美元, 其中制造业占比51%."""
    if {target.form, result.form} != {"amount", "share"}:
        return False
    wholes = {subject_of(f.indicator.parent, words).words for f in (target, result) if f.indicator.parent}
    amount, share = (target, result) if target.form == "amount" else (result, target)
    own = share_of(share, words)
    if len(wholes) != 1 or not amount.indicator.parent or not share.indicator.parent or own is None:
        return False
    part = own.own.replace(wholes.pop(), "")
    return len(part) >= HEAD and part in amount.subject.words


def rearranged(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> bool:
    """Whether one name has nearly the characters of the other, in any order: 工业企业治污达标率, 工业企业污染治理达标率."""
    if target.indicator.measure or result.indicator.measure or target.form != result.form:
        return False
    if not words.comparable_unit(target.unit, result.unit) or target.indicator.parent or result.indicator.parent:
        return False
    short, long = sorted((target.subject.thing, result.subject.thing), key=len)
    if len(short) < RESET or len(long) - len(short) > len(short) // EXTRA or long.endswith(short):
        return False
    return not Counter(short) - Counter(long) and _NUMBER.findall(short) == _NUMBER.findall(long)


def in_town(target: StatedFigure, result: StatedFigure, _: ComparisonWords) -> bool:
    """Whether one is a core measure, and the other the same of a part of the people: 居民消费价格, 城市居民消费价格."""
    if (target.indicator.measure is None) == (result.indicator.measure is None):
        return False
    one, other = target.subject, result.subject
    return one.thing == other.thing and one.words != other.words


SAME: tuple[Relation, ...] = (in_same_setting, last_of_list, completed, told_backwards, same_share)
"""By what is said around them, they are of one thing."""
ALIKE: tuple[tuple[Relation, str], ...] = (
    (near_measure, "范围不同"),
    (in_town, "范围不同"),
    (one_of_list, "一个是几项合计的"),
    (wider, "范围不同"),
    (chosen_ones, "范围不同"),
    (for_each_one, "一个是平均的"),
    (rearranged, "名称写法不同"),
    (same_part, ""),
    (share_of_amount, ""),
)
"""They are of things that stand near, with what differs in Chinese; "" if their form says it."""


def keys_of(figure: StatedFigure, words: ComparisonWords) -> set[str]:
    """What a target and a result that are related share, so that few have to be looked at: at least one of these keys."""
    subject, measure = figure.subject, figure.indicator.measure
    keys = {measure or "", subject.thing[-HEAD:], subject.words, owner_of_share(figure)}
    keys |= {each for group in words.near if measure in group for each in group}
    keys |= words.wider_of(subject.thing) | words.kinds_of(subject.thing)
    keys |= {subject.thing.removesuffix(word)[-HEAD:] for word in words.samples if subject.thing.endswith(word)}
    keys |= {part[-HEAD:] for part in LISTED.split(subject.words)}
    if figure.form == "share":
        keys.add("比重")
    if figure.indicator.parent:
        keys.add(subject_of(figure.indicator.parent, words).words)
    return keys - {""}
