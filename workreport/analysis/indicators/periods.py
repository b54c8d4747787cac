"""Knows the times that a report names, and which time a sentence takes from the text before it.

A heading (过去五年工作回顾) and the start of a paragraph (五年来，; 刚刚过去的2025年，) set the time of what follows in their part,
until another paragraph starts with a time. Leaves the words that tell targets from results to `status`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from workreport.analysis.indicators.drafts import Draft
from workreport.model import Outline, Paragraph, Section

_TIME = re.compile(
    r"""(?=[1-9“一二两三四五六七八九十过近这前今未去上本全年改])
    (?: (?P<years> (?<![^，。；：])(?:19|20)\d\d年?(?:——|[—–\-~～至到])(?:19|20)\d\d年)
      | (?<!\d[—–\-~～]) (?<!\d年[—–\-至]) (?P<year> (?:19|20)\d\d)年(?:度|末|底)?(?!以来|的?基础)
      | (?P<span>
            (?: (?:过去的?|近|这|今后|未来|(?<!提)前) | (?<![^，。；：、\s]) )
            [两三四五六七八九十]年(?:来|间|期间|内)?(?![前多度期后以级行规计制一义])
          | (?<![^，。；：\s])(?:改革开放)?(?:[1-9]\d?|[二三四五六七八九]十)多?年(?:来|间)(?=，)
          | “[一二三四五六七八九十]{1,3}五”(?:时期|期间|以来|五年) | (?<![^，。；\s])“[一二三四五六七八九十]{1,3}五”(?=[，：]|累计|共)
          | [这本上]届政府(?:任期内?|(?:成立)?以来|(?=累计|共)) )
        (?!平均|年均|(?:累计)?(?:增|翻|突破|连|超|达)) (?:累计)?
      | (?P<last> 去年|上年|全年|(?:过去的?|这)一年|一年来|(?<![\d一二三四五六七八九十两])年内|“(?P<plan>[一二三四五六七八九十]{1,2}?五)”期?末)
      | (?P<next> 今年|本年) )""",
    re.VERBOSE,
)
"""A year, several years (五年, “十四五”期间; 五年平均增长 is a change), the year before the report's (去年, 全年), or its own (今年)."""
_IN_TIMES = ("年", "五”", "届政府")
"""Words of which each time has one …"""
_LONGEST_BEHIND = 16
"""… and most characters of a time, and of what is asked of the text behind it, from the last of these words on."""
PLANS = {"一五": 1953, "二五": 1958} | {
    plan: 1966 + 5 * k
    for k, plan in enumerate(
        [
            "三五",
            "四五",
            "五五",
            "六五",
            "七五",
            "八五",
            "九五",
            "十五",
            "十一五",
            "十二五",
            "十三五",
            "十四五",
            "十五五",
            "十六五",
            "十七五",
        ]
    )
}
"""The five-year plans with their first years. A plan ends with its fifth year: “十二五”末 is 2015."""
_COMPARED = (
    "比", "较", "从", "由", "与", "同", "是", "超", "以", "过", "高于", "低于", "快于", "慢于", "多于", "少于", "好于", "优于",
    "相当于", "按", "按照",
)  # fmt: skip
"""Words before a time that a figure is only compared with: 比2020年."""
_ONLY_OF = re.compile(r"[^，。；：、\d]{1,10}的\d")
"""Text after a year that only says which things are meant: 去年[新签尚未开工的2171个项目]."""
_TOTAL = re.compile(r"(?P<years>[两三四五六十]年)(?:来|间)?(?:累计|共计|总计|共)")
"""A total over years: 五年累计."""
_PLAN = re.compile(r"“(?P<plan>[一二三四五六七八九十]{1,2}?五)”")
_YEARS = re.compile(r"(?:19|20)\d\d")
_BARE = re.compile(r"[两三四五六七八九十]年(?:累计)?")
"""A number of years without a word that makes it a time (来, 期间)."""
_ADDED = ("新增", "净增")
"""Starts of the names of what was added in a time."""
_LONG = re.compile(r"改革开放|[1-9]\d?多?年|[二三四五六七八九]十")
_THIS_YEAR = ("一年", "一年来")
"""Times that say nothing more than that a figure is of the year reviewed."""
_STOCK = re.compile(
    r"(?:容量|库容|里程|余额|保有量|拥有量|存栏|面积|人口|总数|总户数|床位数?|装机|库存|存量|储量|在校生|寿命|浓度|密度|普及率|覆盖率|资产|资产总额|总资产|倍差|收入比|人均[^，。；、]{2,12})$"
)
"""The end of the name of what nobody adds up over years: 电话交换机总容量."""
_REACHED = re.compile(r"(?:达到?|[为至到]|超过?|突破|近|约|逾)$")
"""The end of the text before a number that is reached: 总容量[达到]1.1亿门."""
_YEARLY = re.compile(r"年均|平均|每年")
"""The base of a change that is one of several years."""
OPENING = 16
"""Characters at the start of a sentence in which a time holds for the sentences after it, too."""
_OPENER = re.compile(
    r"""[—\-*\s\u3000（）()一二三四五六七八九十、.．\d]{0,8} (?:各位代表[！，]|回顾|总结|刚刚|即将|在过去的?[三四五]年[中里间]，)*
        (?: (?P<span> 过去的?[三四五]年|[这近前][三四五]年来?|[三四五]年(?:来|间|以来)|(?:今后|未来)[三五]年
              |“[一二三四五六七八九十]{1,3}五”(?:时期|期间|以来)|[这本]届政府(?=任期|成立以来|履职) )
          | (?:过去的)? (?P<year> (?:19|20)\d\d)年(?=[，是]|以来)
          | (?:过去的?|这)一年|一年来|(?:去年|今年)(?:以来)?(?=[，是])|新的一年
          | (?:[^。：；]{0,30}，)?(?:做好|抓好|搞好|完成|实现)?(?:(?P<now>今年)|(?P<aimed> (?:19|20)\d\d)年)[^。：；，]{0,16}(?:目标|工作(?!报告)|任务) )""",
    re.VERBOSE,
)
"""The start of a paragraph that sets the time of those after it, too: 五年来，; 刚刚过去的2025年，."""
_AIMED_OVER = re.compile(r"(?P<span>(?:今后|未来)[三五]年)[^，。；：]{0,16}目标[^，。；：]{0,6}：$")
"""The end of a paragraph that sets the years of the aims in those after it: 综合考虑，[今后五年]发展的主要目标是：."""
_GREETING = re.compile(r"[\s\u3000*]*各位代表[！，：:]?[\s\u3000*]*")
_LEAD = re.compile(r"(?:各位代表[！，：:]|在过去的?[三四五]年[中里间]，)+")
_LEAD_FIRSTS = frozenset("各在")
"""The first characters of such a text, which are looked at first."""
_HOLIDAY = "春节|元旦|清明|五一|“五一”|劳动节|端午|中秋|国庆|双节|暑期|暑假|寒假|春运|黄金周|小长假|长假|假期"
_PART_OF_YEAR = re.compile(
    rf"季度|[上下]半年|[0-9０-９一二三四五六七八九十]月|首[月周](?!期|转)|满月|(?:{_HOLIDAY})(?:假期|长假|黄金周)?期间|(?:{_HOLIDAY})(?:假期|长假|黄金周)"
)
_PART_WORDS = re.compile(
    rf"(?:[前第]|[0-9０-９一二三四五六七八九十]{{1,2}}[—–\-~～至到])?[0-9０-９一二三四五六七八九十]?(?:{_PART_OF_YEAR.pattern})份?"
)
"""The same with its number: 1—11月, 前三季度."""
_OPENING_PART = re.compile(
    rf"""(?: (?:^|(?<=[。；]))[\s\u3000]* (?= [^，；]{{2,24}}，) | (?<=，)(?=[^，。；、：\d]{{0,8}}首个?[月周](?![期转])) ) (?P<words> (?:
            [^，。；、：\d]{{0,12}}?[至到]“?(?:满月|满周|满百日|百日|百天|首月|半月)”?
          | [^，。；、：\d]{{0,12}}?(?:首(?:个?[日周月]|[一两二三四五六七八九十]个?[天周月])|满(?:月|周|百[日天])|百日|[前头][一两二三四五六七八九十]个?[天周月])
          | [^，。；、：\d]{{0,12}}?(?:{_HOLIDAY}|节日|节庆|汛期|旺季|消费季|冰雪季|[展节会赛])(?:假期|长假|黄金周)?期间
          | (?:[去今上当全]年)?(?:[一二三四1-4]季度|前三季度|[上下]半年|(?:前)?(?!12)(?:1[01]|[1-9]|十一?|[一二三四五六七八九])个?月份?|1[—–\-~至到](?:1[01]|[2-9])月份?)
        ) ) (?:时|内|里|间|来|期间|之际)? (?: ， | (?<=首[月周]) | (?<=首个[月周]) )""",
    re.VERBOSE,
)
"""A part of a year as the clause that opens a sentence, also one from event to event: [封关至“满月”]时，[开业首月]，[1—11月]，."""
_NOW = re.compile("目前|现有|现已|截至|截止|至今")
"""Words of another time behind a part of a year."""
_OPENS_CLAUSE, _OPENS_PASSAGE = re.compile("[。；，]"), re.compile("[。；]")
_PART_HINT = re.compile("[月周日天]|季度|半年|期间")


class SpokenTime(NamedTuple):
    """The time that figures are about: a year, or several years (`span`); neither for 去年 and 今年, and if nothing is said.

    `words` are those of the report, "" if nothing is said. `near`: they stand in the figure's own sentence.
    """

    year: int | None = None
    span: bool = False
    words: str = ""
    near: bool = True

    @property
    def is_long(self) -> bool:
        """Whether these are many years (改革开放40年来), which hold for one sentence only."""
        return self.span and _LONG.match(self.words) is not None

    @classmethod
    def of(cls, match: re.Match[str]) -> SpokenTime:
        """The time that a match of `_TIME` or `_OPENER` names."""
        named = match.groupdict()
        if span := named["span"] or named.get("years"):
            return cls(span=True, words=span)
        if year := named.get("aimed"):
            return cls(int(year), words=f"{year}年")
        if plan := named.get("plan"):
            return cls(PLANS[plan] + 4, words=match[0]) if plan in PLANS else cls(span=True, words=match[0])
        return cls(int(named["year"]) if named["year"] else None, words=named.get("now") or match[0])


def last_year(time: SpokenTime) -> int | None:
    """The last of the years that a time names: 2020 for “十三五”时期 and 2016—2020年; None for 过去五年, which names none.

    >>> last_year(SpokenTime(span=True, words="“十三五”时期")), last_year(SpokenTime(span=True, words="过去五年"))
    (2020, None)
    """
    if found := _PLAN.search(time.words):
        return PLANS[found["plan"]] + 4 if found["plan"] in PLANS else None
    years = _YEARS.findall(time.words)
    return int(years[-1]) if years else None


def times(text: str) -> list[re.Match[str]]:
    """The times that a text names, in order.

    Left out are those that something is compared with (较2019年同期, 是2020年的3倍), and those that only describe things
    (去年新签的21个项目).
    """
    if not _may_name_time(text):
        return []
    end = max(map(text.rfind, _IN_TIMES)) + _LONGEST_BEHIND
    named = _TIME.finditer(text, 0, end)
    found = [m for m in named if not (text.endswith(_COMPARED, 0, m.start()) or _describes(text, m))]
    return [m for m in found if not _in_slogan(text, m)] if "“" in text else found


def _may_name_time(text: str) -> bool:
    """Whether a text has one of the words of which each time has one (`_IN_TIMES`)."""
    return "年" in text or "五”" in text or "届政府" in text


def _in_slogan(text: str, time: re.Match[str]) -> bool:
    """Whether a time is one of the words of a quotation: “两年强基础、[四年]见成效”."""
    before = text[: time.start()]
    return before.count("“") > before.count("”") and not text.startswith("”", time.end())


def _describes(text: str, time: re.Match[str]) -> bool:
    return (time["year"] or time["last"]) is not None and _ONLY_OF.match(text, time.end()) is not None


def last(text: str, named: Sequence[re.Match[str]], stop: int, name: str = "") -> SpokenTime | None:
    """The last of the times `named` in text[:stop] that holds for a figure with this name; None without one.

    A time holds for the whole sentence, but a bare number of years (五年新建学校8所；) only up to ；, except for what is said to
    be added (新增学位), which is counted over the same years.
    """
    for match in reversed(named):
        if match.end() > stop:
            continue
        clause = text.rfind("；", 0, stop) + 1
        if match.start() >= clause or not _BARE.fullmatch(match[0]) or text.startswith("，", match.end()):
            return SpokenTime.of(match)
        if name.startswith(_ADDED):
            return SpokenTime.of(match)
    return None


def in_words(text: str, name: str = "") -> SpokenTime | None:
    """The last time that a text names and that holds for a figure with this name at its end; None if it names none.

    >>> in_words("2023年，全区实现地区生产总值")
    SpokenTime(year=2023, span=False, words='2023年', near=True)
    """
    named = times(text)
    return last(text, named, len(text), name) if named else None


def at_end(name: str, before: str, *, moved: bool) -> bool:
    """Whether an amount in a text about several years is what was reached at their end, and no sum over them.

    `moved`: it rose or fell from another amount (由1655亿美元增加到3251亿美元). Otherwise it is one that nobody adds up, and
    `before`, the text before its number, says that it was reached (总容量达到).
    """
    return moved or (_STOCK.search(name) is not None and _REACHED.search(before) is not None)


def parts_of_year(text: str) -> list[re.Match[str]]:
    """The parts of a year that open a text or what stands behind a ； of it; each holds up to the next ； or a time behind it.

    >>> [match["words"] for match in parts_of_year("开业首月，客流增长9%，销售额增长5%；全年营收3亿元。")]
    ['开业首月']
    """
    if _PART_HINT.search(text) is None:
        return []
    marks = _OPENS_CLAUSE if "首" in text else _OPENS_PASSAGE
    starts = (0, *(mark.end() for mark in marks.finditer(text)))
    return [match for at in starts if (match := _OPENING_PART.match(text, at))]  # not at every position: this is fast


def part_at(text: str, parts: Iterable[re.Match[str]], stop: int) -> str:
    """Which of the `parts` of a year of a text holds at text[stop], as written; "" if none does."""
    for part in parts:
        between = text[part.end() : stop]
        if part.end() <= stop and "；" not in between and not (_NOW.search(between) or times(between)):
            return part["words"]
    return ""


def period(
    text: str,
    named: Sequence[re.Match[str]],
    parts: Sequence[re.Match[str]],
    at: int,
    number: int,
    draft: Draft,
    *,
    done: bool,
) -> str | None:
    """The time that a figure is about, as written; None if the text before it names none.

    `named` are the times of the text, `parts` its parts of a year. The name of the figure starts at `at`, its number at `number`; a total of years between
    them is the period: 财政收入五年累计…. A share is never one of a bare number of years (五年造林9万亩，覆盖率达40%), and a
    change per year none of a single year (2020年达到90亿元，年均增长6%).
    """
    if number > at and (total := _TOTAL.search(text, at, number)):
        return total["years"]
    if parts and (part := part_at(text, parts, number)):
        return part
    time = last(text, named, at + 8, draft.name)
    if time is None or time.words.endswith(_THIS_YEAR):
        return None
    if draft.kind in ("share", "rank") and _BARE.fullmatch(time.words):
        return None
    amount = time.span and done and draft.kind in ("level", "count")
    if amount and at_end(draft.name, text[max(number - 3, 0) : number], moved=draft.origin is not None):
        return None
    yearly = draft.kind == "growth" and draft.growth_base is not None and _YEARLY.search(draft.growth_base)
    return None if yearly and not time.span else time.words


def is_part_of_year(text: str, start: int = 0, end: int | None = None) -> bool:
    """Whether text[start:end] speaks of a part of a year only: 一季度, 上半年, 3月."""
    return _PART_OF_YEAR.search(text, start, len(text) if end is None else end) is not None


def part_in(text: str, start: int = 0, end: int | None = None) -> str:
    """The last part of a year that text[start:end] names, as written; "" if it names none.

    >>> part_in("2023年1—11月，出口"), part_in("前三季度投资"), part_in("全年投资")
    ('1—11月', '前三季度', '')
    """
    if not is_part_of_year(text, start, end):
        return ""
    return [match[0] for match in _PART_WORDS.finditer(text, start, len(text) if end is None else end)][-1]


def times_before(outline: Outline) -> dict[str, SpokenTime]:
    """The time that each sentence takes from the text before it, by the id of the sentence."""
    told: dict[str, SpokenTime] = {}
    _walk(outline.front, SpokenTime(), told)
    for section in outline.sections:
        _section(section, SpokenTime(), told)
    return told


def _section(section: Section, above: SpokenTime, told: dict[str, SpokenTime]) -> SpokenTime:
    """Tell the time of each sentence of a section. Returns the time at its end."""
    time = _walk(section.paragraphs, _titled(section.title) or above, told)
    for child in section.children:
        end = _section(child, time, told)
        time = time if end.span else end  # five years that only a section below is about end with it
    return time


def _titled(title: str) -> SpokenTime | None:
    """The time that a heading names; nothing for one that names both several years and one: “十四五”时期及2025年工作回顾."""
    named = [SpokenTime.of(match) for match in times(title)] if "工作报告" not in title else []
    if len({time.span for time in named}) > 1:
        return SpokenTime()
    return _from_before(named[-1]) if named else None


def _walk(paragraphs: Iterable[Paragraph], time: SpokenTime, told: dict[str, SpokenTime]) -> SpokenTime:
    """Tell the time of each sentence of paragraphs behind a text that sets `time`. Returns what they set for what follows."""
    for paragraph in paragraphs:
        time = _from_before(_opened(paragraph) or time)
        now = time
        for sentence in paragraph.sentences:
            told[sentence.id] = now
            lead = _LEAD.match(sentence.text) if sentence.text[:1] in _LEAD_FIRSTS else None
            start = lead.end() if lead else 0
            opening = sentence.text[start : start + OPENING]
            found = times(opening)
            named = last(opening, found, OPENING) if found else None
            if named and named.is_long:
                now = time  # 8年来，… ends the year that a sentence before it named: 2015年经济总量破万亿
            elif named and not _goes_back(named, sentence.text):
                now = _from_before(named)
    return time


def _from_before(time: SpokenTime) -> SpokenTime:
    """A time for the sentences behind the one that names it."""
    return SpokenTime(time.year, time.span, time.words, near=False) if time.near else time


def _goes_back(time: SpokenTime, text: str) -> bool:
    """Whether the year that a sentence opens with is only the start of a comparison, whose end is named behind it.

    Such a year is not that of the sentences behind: 产值2015年为7.5万亿元，2020年超过11万亿元.
    """
    later = [int(match["year"]) for match in times(text) if match["year"]]
    return time.year is not None and max(later, default=0) > time.year


def _opened(paragraph: Paragraph) -> SpokenTime | None:
    """The time that the start of a paragraph sets; None if it sets none."""
    for sentence in paragraph.sentences[:2]:
        if _may_name_time(sentence.text) and (match := _OPENER.match(sentence.text)):
            return SpokenTime.of(match)
        if not _GREETING.fullmatch(sentence.text):
            break
    last = paragraph.sentences[-1].text if paragraph.sentences else ""
    match = _AIMED_OVER.search(last) if last.endswith(("：", ":")) else None
    return SpokenTime(span=True, words=match["span"]) if match else None
