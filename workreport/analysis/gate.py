"""Knows which indicators (指标) are too doubtful for the front page, lists, charts and pictures, and why: the gate.

Leaves reading the figures to `indicators`. What is held back keeps its place in the table, with the reason in Chinese.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from workreport.analysis.vocabulary import Vocabulary
from workreport.model import Findings, Indicator, unadjusted

# A number in digits or Chinese numerals; 百, 千, 万 and 亿 alone are none.
_DIGIT = re.compile(r"[\d〇零一二三四五六七八九两兩廿卅半]")
# What counts the steps of a slogan: 两个, 三个千亿元, 新 before 台阶.
_STEP = re.compile(r"[一二三四五六七八九十两几\d]*个?[百千万亿]*元?级?[新大]?")
# What may stand around a name and says nothing.
_MARKS = re.compile(r"[\s，,、：:；;。.（）()“”\"\[\]［］$+\-—–·]+")
# A name that ends in the middle of a number (授予专利权22．), or has marks of a damaged file: 出口3$1.$.
_CUT_NUMBER = re.compile(r"[\d０-９][.．・,，]\s*$|[$#*_~\\|�]")
# A number that an unfinished reading left as a name: 3, 和11, 二.
_BARE_NUMBER = re.compile(r"[和及与到至第]?[\d.一二三四五六七八九十两]+")
_RATIO_UNITS = frozenset(
    {"%", "％", "‰", "‱", "成", "倍", "番", "个百分点", "百分点", "个千分点", "个基点", "分", "点"}
)
_BARE_POWERS = frozenset({"", "百", "千", "万", "亿", "百万", "千万", "万亿"})
_CURRENCIES = ("元", "镑", "卢布", "马克", "法郎", "元/人", "元/亩")
_UNITLESS = re.compile(r"(?:指数|系数|倍差|得分|评分|总分|比|比例|比值|PM2\.5|浓度)$")
"""The end of the name of what has no unit: 居民消费价格指数."""
_HUNDRED = Decimal(100)
_PLACE = re.compile(r"第[\d一二三四五六七八九十百]+|前[\d一二三四五六七八九十百]+|首位|榜首")
"""A place that is a number, which is no first of a kind (第一只) and not vague (前列)."""
_FIRST_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,4})?")


JUMP = 8
"""Two amounts of money of one measure differ beyond reason if one is more than this many times the other."""
PASSED = "突破"
"""The approximator of a threshold that a figure has passed; cards show it before the value."""
HIGHEST_VITAL = Decimal(5)
"""A rate of births or deaths of more per cent was meant in ‰."""
FAST, FASTER = Decimal(30), Decimal(4)
"""A change without a base is too fast above so many per cent, if it is so many times that of another statement."""


@dataclass(frozen=True)
class GateCase:
    """What the checks need: words from the vocabulary, and the ids of the indicators that `jumps` finds in the report."""

    vocabulary: Vocabulary
    jumping: frozenset[str] = frozenset()

    @cached_property
    def nameless(self) -> frozenset[str]:
        """Words that are no name of an indicator where they stand alone: 总量, 企业."""
        return frozenset(self.vocabulary.of("nameless"))

    @cached_property
    def rounds(self) -> frozenset[str]:
        """Nouns that a milestone passes: 台阶, 大关."""
        return frozenset(self.vocabulary.of("round"))

    @cached_property
    def passed(self) -> frozenset[str]:
        """Verbs that say that a threshold was passed: 突破, 迈上."""
        return frozenset(self.vocabulary.of("pass"))

    @cached_property
    def dangling(self) -> re.Pattern[str]:
        """Matches a word with which no complete name ends, at the end: 使, 分别."""
        return re.compile(f"(?:{self.vocabulary.pattern('dangling')})$")

    @cached_property
    def headless(self) -> tuple[str, ...]:
        """Words with which no complete name begins: 及以下."""
        return self.vocabulary.of("headless")

    @cached_property
    def money(self) -> tuple[str, ...]:
        """The last words of amounts of money: 增加值, 收入."""
        return self.vocabulary.of("money-name")

    @cached_property
    def people(self) -> tuple[str, ...]:
        """The last words of numbers of people: 人数, 人次."""
        return self.vocabulary.of("people-name")

    @cached_property
    def ratios(self) -> tuple[str, ...]:
        """The last words of ratios: 率, 比重."""
        return self.vocabulary.of("ratio-name")

    @cached_property
    def no_ratios(self) -> tuple[str, ...]:
        """Words that end as a ratio does and are none: 功率, 生产率."""
        return self.vocabulary.of("no-ratio")

    @cached_property
    def vital_rates(self) -> tuple[str, ...]:
        """The last words of rates of births and deaths: 自然增长率."""
        return self.vocabulary.of("vital-rate")

    @cached_property
    def over_full(self) -> tuple[str, ...]:
        """Words in the names of ratios that may exceed 100%: 完成, 指数."""
        return self.vocabulary.of("over-full")


@dataclass(frozen=True, slots=True)
class GateCheck:
    """A check of the gate. `fails` says of an indicator that it must be held back, `reason` says why, in Chinese."""

    name: str
    reason: str
    fails: Callable[[Indicator, GateCase], bool]


def is_no_name(name: str, words: GateCase) -> bool:
    """Whether a name names nothing: empty, a bare number, 总量, 两个台阶, or a piece that breaks off (县城要按照)."""
    bare = _MARKS.sub("", name)
    if not bare or bare in words.nameless or _BARE_NUMBER.fullmatch(bare):
        return True
    if any(bare.endswith(noun) and _STEP.fullmatch(bare.removesuffix(noun)) for noun in words.rounds):
        return True
    if bare.startswith(words.headless) or _CUT_NUMBER.search(name):
        return True
    return words.dangling.search(bare) is not None or _unpaired(name)


def _unpaired(name: str) -> bool:
    """Whether a bracket of a name has no partner: 区）, 县市（."""
    return any(name.count(a) != name.count(b) for a, b in ("（）", "()", "“”", "《》", "［］"))


def _no_name(indicator: Indicator, words: GateCase) -> bool:
    return is_no_name(indicator.name, words)


def _milestone_only(indicator: Indicator, words: GateCase) -> bool:
    """首破千亿元, 连续迈上两个台阶. A threshold is shown with its verb, and reads as it was meant, in two cases.

    A core measure that is said to be over it (突破), and what has a place of its own in a stated scope: 客流突破9万人次、居全国第7.
    """
    over = indicator.measure and indicator.approx == PASSED
    return indicator.milestone_only and not (over or _is_placed_threshold(indicator, words))


def _is_placed_threshold(indicator: Indicator, words: GateCase) -> bool:
    """Whether an indicator is a threshold with its verb and a place in a stated scope: 突破万亿大关、居全国第28位."""
    placed = any(rank.scope and _PLACE.fullmatch(rank.place) for rank in indicator.ranks)
    return indicator.milestone_only and placed and indicator.approx in words.passed


def _no_value(indicator: Indicator, words: GateCase) -> bool:
    """上百万辆, 亿元: only a power of ten is written, so the figure is a bound at best. 百分之百 is exact."""
    if indicator.kind == "rank" or indicator.unit in ("番", "%", "％") or _is_placed_threshold(indicator, words):
        return False
    return indicator.number is None or not _DIGIT.search(indicator.value)


def _no_unit(indicator: Indicator, _words: GateCase) -> bool:
    """赛马榜获优胜 5: nothing says what is counted, and a numeral alone tells a reader nothing. An index has no unit."""
    counted = indicator.kind == "count" and bool(indicator.value) and not indicator.unit
    return counted and indicator.measure is None and not _UNITLESS.search(indicator.name)


def _wrong_unit(indicator: Indicator, words: GateCase) -> bool:
    """换乘比例 50米, 工业增加值 3个: the unit belongs to another name."""
    return indicator.kind != "rank" and not unit_fits(indicator.name, indicator.value, indicator.unit, words)


def unit_fits(name: str, value: str, unit: str, words: GateCase) -> bool:
    """Whether a figure with this unit can have this name; True for names that the vocabulary says nothing about.

    突破 at the end is the verb of another figure: 销售收入突破 10户 in 10户企业销售收入突破2000亿元.
    """
    name = name.removesuffix(PASSED)
    if unit in ("%", "％") and name.endswith(words.vital_rates):  # 人口自然增长率7.6%: ‰ is meant
        found = _FIRST_NUMBER.search(value)
        return found is None or Decimal(found[0]) <= HIGHEST_VITAL
    if unit in _RATIO_UNITS or "/" in unit or ":" in unit or "：" in unit:
        return True
    if name.endswith(words.ratios) and not name.endswith(words.no_ratios):
        return bool(re.search(r"分之|成|[/／:：]", value))
    if name.endswith(words.people):
        return not unit.endswith(_CURRENCIES)
    return not name.endswith(words.money) or unit.endswith(_CURRENCIES) or unit in _BARE_POWERS - {""}


def _over_full(indicator: Indicator, words: GateCase) -> bool:
    """占比 144%: a part cannot be more than the whole. A plan can be over-fulfilled."""
    if indicator.kind != "share" or indicator.unit not in ("%", "％") or indicator.number is None:
        return False
    most = indicator.number if indicator.number_max is None else max(indicator.number, indicator.number_max)
    return most > _HUNDRED and not any(word in indicator.name for word in words.over_full)


def _jumps(indicator: Indicator, words: GateCase) -> bool:
    return indicator.id in words.jumping


CHECKS: tuple[GateCheck, ...] = (
    GateCheck("no name", "没有读出完整的指标名", _no_name),
    GateCheck("milestone only", "只说跨过了哪一关口，没有说达到多少", _milestone_only),
    GateCheck("no value", "原文只写到百、千、万、亿，没有确数", _no_value),
    GateCheck("wrong unit", "单位与指标不相称", _wrong_unit),
    GateCheck("over full", "比重超过100%", _over_full),
    GateCheck("jump", "与同一报告里同一指标的另一数值相差过大", _jumps),
    GateCheck("no unit", "原文没有写单位", _no_unit),
)
"""All checks, in the order in which they are asked; the first that fails gives the reason."""


def held_back(indicator: Indicator, words: GateCase) -> str:
    """The reason in Chinese why an indicator is held back, "" if it passes.

    What the publisher corrected passes: he has looked at it.
    """
    if indicator.by == "publisher":
        return ""
    return next((check.reason for check in CHECKS if check.fails(indicator, words)), "")


def _fast(indicators: Sequence[Indicator]) -> Iterator[str]:
    """Ids of results whose change names no base and is far from that of another statement: +69% beside +10%.

    Such a change is one of many years whose base was not read.
    """
    known = defaultdict[str, list[Decimal]](list)
    for i in indicators:
        if i.measure and i.status == "result" and (change := _change(i)):
            known[i.measure].append(change)
    for i in indicators:
        if i.measure is None or i.status != "result" or unadjusted(i.growth.base if i.growth else i.growth_base):
            continue
        change = abs(_change(i) or Decimal(0))
        if change > FAST and any(change > FASTER * abs(other) for other in known[i.measure]):
            yield i.id


def _change(i: Indicator) -> Decimal | None:
    """The change of an indicator in per cent, without its sign for one that stands beside a level."""
    if i.kind == "growth":
        return i.number if i.unit == "%" else None
    return i.growth.number if i.growth and i.growth.unit == "%" else None


def jumps(indicators: Sequence[Indicator]) -> frozenset[str]:
    """Ids of results in money that differ beyond reason from another statement of the same core measure.

    Of two such statements the one that fewer others agree with is named, then the one without a change, then the later.
    Sums over years (累计) are compared with nothing.
    """
    stated = defaultdict[tuple[str, str], list[Indicator]](list)
    for i in indicators:
        found = i.amount
        whole = i.kind == "level" and i.status == "result" and "累计" not in i.quote
        if i.measure and whole and found and found[1] and found[0].endswith(_CURRENCIES):
            stated[i.measure, found[0]].append(i)
    odd = set(_fast(indicators))
    for group in stated.values():
        best = max(group, key=lambda i: (sum(_agree(i, other) for other in group), i.growth is not None, -i.start))
        odd |= {i.id for i in group if not _agree(i, best)}
    return frozenset(odd)


def _agree(a: Indicator, b: Indicator) -> bool:
    """Whether the amounts of two indicators of the same unit differ by a factor of at most JUMP."""
    assert a.amount is not None
    assert b.amount is not None
    return max(a.amount[1], b.amount[1]) <= JUMP * min(a.amount[1], b.amount[1])


def apply(found: Findings, vocabulary: Vocabulary) -> Findings:
    """Set `held_back` of every indicator. What the publisher pinned or put on the front page passes."""
    words = GateCase(vocabulary, jumps([i for i in found.indicators if i.duplicate_of is None]))
    chosen = {*found.front, *found.pinned}

    def checked(indicator: Indicator) -> Indicator:
        reason = "" if indicator.id in chosen else held_back(indicator, words)
        return indicator._replace(held_back=reason) if reason else indicator

    return replace(found, indicators=tuple(map(checked, found.indicators)))
