"""Knows how a change is expressed: 同比增长5.1%, 较2019年同期下降…, 增产74亿斤.

Leaves which indicator changed to `judgements`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from workreport.analysis.indicators import phrases, windows
from workreport.analysis.indicators.grammar import Grammar
from workreport.model import FASTER, Direction, Growth, Quantity

_AGAINST = ("高于", "低于", "快于", "高出", "少于", "多于")
_NO_BASE = (
    "分别", "均", "都", "各", "又", "再", "也", "约", "已", "总体", "预期", "力争", "预计", "继续", "首次", "大幅", "大幅度",
    "进一步", "合计", "共", "总共", "接近", "实现",
)  # fmt: skip
"""Words between the subject of a change and its verb that are no base."""
_NUMERALS = re.compile(r"(?<![〇零○一二三四五六七八九\d])[一二三四五六七八九十两\d]{1,2}$")
_MANNER = (None, "平均", "累计")
_ADJUSTED = re.compile(
    r"""[（(]? (?P<said> (?: (?:按照?|依照?)(?:[12]\d{3}年)?[^，。；、\d]{0,12}?(?:计算|口径|价格?)
          | (?:扣除|剔除|不计|消除)[^，。；\d]{1,20}?(?:因素|影响|后) ) (?:的?影响)?后? ) [）)]? $""",
    re.VERBOSE,
)
"""What a change is adjusted for, at the end of a text: 扣除物价因素, 按1990年不变价格计算."""
_ADJUSTED_ENDS = frozenset("算径价格素响后）)")
"""The last characters of such a text, which are looked at first."""
_ADJUSTED_BEHIND = re.compile(
    r"[（(](?P<said>(?:按照?)?(?:[12]\d{3}年)?(?:[同可]比?口径|可比价格?|不变价格?|可比)(?:计算)?)(?:比)?(?:[，,]?下同)?[）)]"
)
"""What a change is adjusted for, in a bracket behind its figure: 增长8%[（同口径比）]."""
_ADJUSTED_FIRST = re.compile(
    r"(?P<said>按照?[^，。；、\d]{0,8}?(?:可比价格?计算|不变价格?计算|可比价格?|不变价格?|口径)|(?:扣除|剔除)[^，。；、\d]{1,12}因素(?:影响)?后?)(?=[^计的后，。；、])"
)
"""What a change is adjusted for, before the name: [按可比口径]财政收入增长7%."""
_ADJUSTED_STARTS = ("按", "扣", "剔")
_SINCE = re.compile(r"(?:较|比)(?:年初|[去上]年[末底]?|去年同期)新增$")
"""新增 with what it is compared with, which is a change and no start of a name."""
_PER = ("人", "户", "月", "日", "亩", "地")


@dataclass(frozen=True, slots=True)
class ChangeVerb:
    """A verb of change at the end of a text.

    `sign` is 1 or -1. `base` is what the change is compared with, or None; `adjusted` what it is adjusted for (实际,
    扣除物价因素), "" if nothing. text[:name_end] is what stands before them.
    """

    sign: int
    base: str | None
    name_end: int
    adjusted: str = ""

    @property
    def whole_base(self) -> str | None:
        """The base with what the change is adjusted for: 比上年实际; None without both."""
        return f"{self.base or ''}{self.adjusted}" or None

    def growth(self, quantity: Quantity) -> Growth:
        """The change by `quantity` as a `Growth`: its value has no sign, its direction is "up" or "down"."""
        number = quantity.number
        direction: Direction = "down" if self.sign < 0 or (number is not None and number < 0) else "up"
        return Growth(
            quantity.unsigned,
            None if number is None else abs(number),
            quantity.unit,
            self.whole_base,
            direction,
            quantity.approx,
        )


def change_at_end(left: str, grammar: Grammar) -> ChangeVerb | None:
    """The change whose verb ends `left`, the text before a figure; None if it ends with no such verb.

    规上工业增加值同比增长 gives 1, 同比 and 7 (the length of 规上工业增加值). 企业增至 gives None: 至 introduces a level.
    """
    text = left.rstrip(" 了")
    if "标" in text or "期" in text or "度" in text:
        text = phrases.AIMED.sub("", text)
    if text[-2:] == "新增" and _SINCE.search(text):
        text = text[:-2] + "增加"  # 贷款余额较年初新增96亿元
    if text[-1:] == "在":
        text = phrases.HELD.sub("", text)
        text = phrases.KEPT.sub("", text)
    for _ in range(3):
        match = phrases.approximator(text[-windows.APPROXIMATOR :])
        if match is None or grammar.up.at_end(text) > len(match[0]):
            break
        text = text[: len(text) - len(match[0])].rstrip(" 了")
    size = grammar.turns.at_end(text)
    more = not size and text[-2:-1] in ("多", "少")
    if more and (done := _DONE_MORE.search(text[-windows.COMPARED :])):  # 比上年少装1200万吨
        return ChangeVerb(-1 if done["how"] == "少" else 1, done["base"], len(text) - len(done[0]))
    if not size or grammar.opens.at_end(text) > size or text.endswith(_UP_AND_DOWN):
        return None
    rises, falls = grammar.up.at_end(text), grammar.down.at_end(text)
    verb, text = text[-size:], text[: len(text) - size]
    if verb in _AGAINST:
        return None
    base, adjusted, text = _base(text, grammar)
    if verb in ("多", "少", "高", "低", "快", "慢", "超出") and base is None:
        several = phrases.COMPARED_ALL.search(text[-windows.COMPARED :])  # 分别比全国、全省低
        if several is None:
            return None
        base, text = several["base"], text[: len(text) - len(several[0])]
    return ChangeVerb(-1 if falls > rises else 1, base, len(text), adjusted + (verb if verb == FASTER else ""))


def signed_change(left: str, quantity: Quantity, grammar: Grammar) -> ChangeVerb | None:
    """The change whose direction only the sign of its figure says: 同比[-5.6%], 固定资产投资[+4.2%], （[-3.2%]）.

    `left` is the text before the figure. None without a sign, or where `left` names a rate (增速, 自然增长率).
    """
    if quantity.value[:1] not in ("+", "-"):
        return None
    text = left.rstrip("（( 为")
    if text != left and (verb := change_at_end(text, grammar)):  # 税收收入增长（-3.2%）
        return replace(verb, sign=1)
    base, adjusted, text = _base(text, grammar)
    if base is None and (quantity.unit not in phrases.SHARES or phrases.RATE_END.search(left)):
        return None
    return ChangeVerb(1, base, len(text) if text.strip(phrases.PUNCTUATION + "（(") else 0, adjusted)


_DONE_MORE = re.compile(
    r"[比较](?P<base>[上去前]年(?:同期)?|(?:19|20)\d\d年(?:同期)?|同期)(?P<how>[多少])[装运卖买吃拿花用建种植养发烧耗挖打捕跑走领缴征筹投放借]了?$"
)
"""What was done more or less than in another time: 比上年[少装]."""
_UP_AND_DOWN = ("起降", "升降", "涨落", "增减")
"""Nouns that end with a verb of change: 航班起降5300架次."""
_TIME_LIMITS = ("规定时限", "法定时限", "承诺时限", "办理时限")
"""Ends of bases that are limits of time."""
_NOT_BEFORE_YEARS = frozenset("续第前后来去今明每本")
_YEARS = re.compile(
    r"(?:近|这|过去|(?<![续第前后来去今明每本一二三四五六七八九十〇零○]))[两二三四五六七八九十]{1,2}年(?:来|间|累计)?$"
)
"""The years over which something has changed, before the verb: [两年]翻番, [过去三年]增长."""
_BASIS = re.compile(r"在?(?P<base>[12]\d{3}年|[上去前]年|“十[一二三四五]?五”期?末)的?基础上$")
"""The year from which a change starts, before the verb: [在2010年的基础上]翻一番."""


def adjusted_before(change: ChangeVerb, text: str, start: int) -> ChangeVerb:
    """A change with what the end of the clause before, which ends at text[start], adjusts it for: 扣除物价因素，增长5%."""
    if text[start - 2 : start - 1] not in _ADJUSTED_ENDS or text[start - 1] != "，":
        return change
    begin = max(text.rfind(mark, 0, start - 1) for mark in "，。；：、") + 1
    match = _ADJUSTED.search(text[max(begin, start - windows.ADJUSTED) : start - 1])
    return replace(change, adjusted=match["said"] + change.adjusted) if match else change


def adjusted_behind(change: ChangeVerb, text: str, end: int) -> ChangeVerb:
    """A change with what a bracket behind its figure, which ends at text[end], adjusts it for: 增长8%（同口径）."""
    match = _ADJUSTED_BEHIND.match(text, end) if text[end : end + 1] in ("（", "(") else None
    return replace(change, adjusted=change.adjusted + match["said"]) if match else change


def timed(name: str, change: ChangeVerb | None) -> str:
    """The name of what takes less time than a limit: 审批较法定时限缩短33% gives 审批时限; other names as they are."""
    limited = change is not None and (change.base or "").endswith(_TIME_LIMITS)
    return f"{name}时限" if limited and not name.endswith(("时间", "时限", "天数")) else name


def unadjusted(text: str) -> str:
    """A clause without what its figure is adjusted for, at its end: 生产总值按可比价格计算 gives 生产总值."""
    return _ADJUSTED.sub("", text) if text[-1:] in _ADJUSTED_ENDS else text


def reckoned(text: str) -> str:
    """How the figure behind a text is reckoned, as a remark for its name: （按验资口径） for 按验资口径实际利用外资; else ""."""
    said, _ = without_adjustment(text.lstrip(phrases.PUNCTUATION))
    return f"（{said}）" if said.endswith("口径") else ""


def without_adjustment(text: str) -> tuple[str, str]:
    """What a text starts with that a change is adjusted for (按可比口径财政收入), and the rest; "" and the text without it."""
    match = _ADJUSTED_FIRST.match(text) if text[:1] in _ADJUSTED_STARTS else None
    return (match["said"], text[match.end() :]) if match else ("", text)


def _base(text: str, grammar: Grammar) -> tuple[str | None, str, str]:
    """What a change is compared with (None if not stated), what it is adjusted for (or ""), and the text before both."""
    base: str | None = None
    adjusted = ""
    for _ in range(6):
        text = text.rstrip("，、 ")
        match = _ADJUSTED.search(text[-windows.ADJUSTED :]) if text[-1:] in _ADJUSTED_ENDS else None
        if match is not None:
            text, adjusted = text[: len(text) - len(match[0])], match["said"] + adjusted
            continue
        if size := grammar.adjusted.at_end(text):
            text, adjusted = text[: len(text) - size], text[len(text) - size :] + adjusted
            continue
        step = grammar.base.at_end(text)
        if step and not (
            text[-1] in "年计" and text[-step - 1 : -step] in _NOT_BEFORE_YEARS
        ):  # 前五年 is one word: do not take 五年 only
            years = _NUMERALS.search(text[: len(text) - step]) if text[-step] == "年" else None
            step += len(years[0]) if years else 0  # 五年平均
            word = text[-step:]
            if word == "均" and text[-2:-1] in _PER:  # 人均 belongs to the name: do not take 均 only
                break
            if base is None and word not in _NO_BASE:
                base = word
            text = text[: len(text) - step]
        elif base is None and text[-1:] in "年来间计" and (match := _YEARS.search(text[-windows.YEARS :])):
            base, text = match[0], text[: len(text) - len(match[0])]
        elif base is None and text.endswith("基础上") and (match := _BASIS.search(text[-windows.COMPARED :])):
            base, text = match["base"], text[: len(text) - len(match[0])]
        elif match := phrases.COMPARED.search(text[-windows.COMPARED :]):
            if base in _MANNER:
                base = match[0] if match[0] in ("比上年", "比去年") else match[0].lstrip("较比").removesuffix("的")
            text = text[: len(text) - len(match[0])]
        else:
            break
    return base, adjusted, text
