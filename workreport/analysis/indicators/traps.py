"""Knows what looks like a figure and is none: dates, ordinals, names, roads, words that hold a numeral.

Every rule has a name, so that the notes page can count what each explained; what no rule explains stays unclaimed.
Leaves how a quantity is written to `quantity`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from workreport.analysis.indicators import phrases
from workreport.analysis.indicators.grammar import Grammar
from workreport.analysis.quantity import NUMERALS, SPELLED, read, read_spelled
from workreport.model import Quantity

RUN = re.compile(rf"\d|(?:百分之|千分之)?[{NUMERALS}]+|翻番(?=[，。；、：达的]|$)")
"""Where a number may start."""

# 2023年 · 2023—2025年 · 1 9 9 7 年 · 11月6日 · 6日至 · 2026-02-09
DATE = re.compile(
    r"""(?:(?:1[89]|20)\d[ \u3000]?\d|1[ ]?9[ ]?\d[ ]?\d|2[ ]?0[ ]?\d[ ]?\d)
        (?:[ ]?[—–\-至、][ ]?(?:\d{2}|(?:19|20)\d{2}))*[ \u3000]?
        (?:年(?!均)(?:代|度)?|[/.\-]\d{1,2}[/.\-]\d{1,2})
      | \d[ ]?\d?[ ]?月(?!均)(?:[ ]?\d[ ]?\d?[ ]?[日号])?
      | \d[ ]?\d?[ ]日
      | \d{1,2}[日](?=[，。、；至—\-上下前后起在，“])""",
    re.VERBOSE,
)
SPELLED_DATE = re.compile(r"[一二][〇零○一二三四五六七八九]{3}年(?!均)|[一二三四五六七八九十]{1,3}[月日](?!均)")
# 40多年 · 5年来 · 三十年 · 连续16个季度 · 3个月
PERIOD = re.compile(
    r"""(?:\d+|[一二三四五六七八九十百几两]+)(?:多|余|来)?(?:[—\-至]\d+)?
        (?:年|个?(?:月|季度|小时|交易日|工作日)|天|[周日夜](?![期年]))""",
    re.VERBOSE,
)
# 受教育年限提高到14年, 优良天数281天, 办理时间压缩至6个工作日: a time that is measured
MEASURED_TIME = re.compile(
    r"(?:年限|寿命|时间|时长|天数|增加|减少|达到?|提高到|延长至|缩短至|缩短到|压缩至|压缩到|不超过|目前的平均)$"
)
SLOGAN = re.compile(r"\d+(?:\+\d+)+|\d+\+(?=[\u4e00-\u9fff“])")
CLOCK = re.compile(r"\d{1,2}(?:时\d{2}分|[:：]\d{2}(?!\d))(?!\d)")
PROPORTION = re.compile(r"\d+(?:\.\d+)?(?:[:：]\d+(?:\.\d+)?){2,}")
"""三次产业结构由8.7:41.2:50.1调整为…: a proportion of parts is no single figure."""

_STREAK = re.compile(r"\d+(?:次|届|个月|个季度)")
_LATIN = re.compile(r"[A-Za-z]+")
_ITEM = re.compile(r"\d+[)）、．]|\d+\.(?!\d)")
_VERSION = re.compile(r"\d+\.0")
# 城乡居民收入比降至2.2, 从39个拓展到…: a bare number that a verb or a ratio's name makes a figure
_BARE_FIGURE = re.compile(r"(?:达到?|为|至|到|降至|升至|[率比值数]|超过|突破|超|近|从|由)$")
_NAMED_AGE = ("岁以上", "岁以下", "周岁", "岁及以", "岁的", "岁至", "岁儿童", "岁婴幼儿", "岁老人")
_BOUNDS = ("以上", "以下", "以内", "及以上")
_FUNDS = ("资金", "投资", "贷款", "消费", "专项", "债券", "补贴", "融资", "信贷", "社会资本")
_BOUNDED = ("元", "级", "平方米", "千瓦", "公里")
_RATED = ("千伏", "伏", "纳米", "毫米")
_LIMIT = re.compile(r"(?:超过?|突破|达到?|不足|低于|高于|过)$")
_COUNTED = re.compile(r"的[^，。；、\d]{1,14}\d")
_COUNTED_NEXT = re.compile(r"[^，。；、\d]{1,6}\d+(?:个|家|户|条|只|所)")
_SIZED = re.compile(r"\d(?:个|家|只|条)[^，。；、\d]{1,12}(?:超过?|突破|达到?|过)$")
_SUPERLATIVE = re.compile(r"(?:首[个家座条例]|唯一|最[大长高多])[^，。；、]{0,16}$")
_OF = re.compile(r"[^，。；、\d]{0,10}的")
_STEPS = re.compile(r"[百千万亿]+元?(?:级)?(?:台阶|大关|关口)")
_PEOPLE = re.compile(r"(?:中国)?人(?:口|民|的)|各族人民")
_SPELLED_PEOPLE = re.compile(r"[多几]?(?:中国)?人(?:口|民)|[多几]?各族人民")
_POLICIES = re.compile(r"(?:政策|措施|举措|意见|条例|办法|方案)(?:落地见效|体系)?$")
_TAX = ("人口抽样", "抽样", "所得税", "企业所得税", "税率")
_ABSTRACT = ("方面", "领域", "环节", "层面", "维度", "重点", "关键", "阶段", "步骤", "问题")
_ORDINAL = re.compile(r"届|次会议|次全会|中全会|大(?![力型量])|次党代会|中(?:全会|、[一二三四五六七]中)")
_GRADES = re.compile(r"、?[二三四五][级等期类产]")
_ROUND = re.compile(r"[百千万亿十]+")
_DIGIT_AND_POWER = re.compile(r"[一二三四五六七八九两].*[十百千万亿]|[十百千万亿].*[一二三四五六七八九两]")
_TIMES_UNITS = ("年", "天", "个月", "届")
_LONG_LIMIT = ("超过", "突破", "达到", "跨过", "将近")
_DIGITS = frozenset("0123456789")
_SMALL = frozenset("一二三四五六七八九两十")
_MEASURES = frozenset(
    "国个大项支场条方类种块位面张套座家件头只本道次级层轮届期步代批组人手口句点端线重篇章季区市县镇乡村门路带圈廊极心制院"
)
_QUOTE = re.compile("[“《‘「]")
_QUOTES = {"“": "”", "《": "》", "‘": "’", "「": "」"}


@dataclass(frozen=True, slots=True)
class Scan:
    """The numbers of a sentence: quantities in order, the trap rules that spoke, and spans that nobody claimed."""

    quantities: tuple[Quantity, ...]
    traps: tuple[str, ...]
    unclaimed: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Number:
    """A number where it stands: text[start:end]. The quantity there is read when a rule first asks for it."""

    text: str
    start: int
    end: int
    grammar: Grammar

    @cached_property
    def quantity(self) -> Quantity | None:
        reader = read if self.text[self.start] in _DIGITS else read_spelled
        return reader(self.text, self.start, self.grammar.units, self.grammar.longest_unit)

    @property
    def run(self) -> str:
        return self.text[self.start : self.end]

    def before(self, length: int = 1) -> str:
        return self.text[max(self.start - length, 0) : self.start]

    def after(self, length: int = 1) -> str:
        return self.text[self.end : self.end + length]

    def beyond(self, length: int = 1) -> str:
        """The text after the quantity."""
        end = self.quantity.end if self.quantity else self.end
        return self.text[end : end + length]


Verdict = tuple[str, int]
"""A trap rule's name and where what it explains ends."""
Rule = Callable[[Number], Verdict | Quantity | None]
"""A rule explains a number, takes it for a quantity, or leaves it to the next rule."""


def quoted(text: str) -> list[tuple[int, int]]:
    """The spans inside quotation marks and book-title marks, each at most 40 characters long.

    >>> quoted("深入实施“1+4”工程")
    [(5, 8)]
    """
    spans: list[tuple[int, int]] = []
    if _QUOTE.search(text) is None:
        return spans
    for opening, closing in _QUOTES.items():
        at = text.find(opening)
        while at >= 0:
            end = text.find(closing, at + 1, at + 42)
            if end > 0:
                spans.append((at + 1, end))
            at = text.find(opening, (end if end > 0 else at) + 1)
    return spans


def scan(text: str, grammar: Grammar) -> Scan:
    """Read every number of a plain sentence, left to right; a number read is never read twice."""
    found: list[Quantity] = []
    traps: list[str] = []
    unclaimed: list[tuple[int, int]] = []
    quotes = quoted(text)
    at = 0
    for run in RUN.finditer(text):
        start = run.start()
        if start < at:
            continue
        digits = text[start] in _DIGITS
        end = _digits_end(text, start) if digits else run.end()
        if any(a <= start < b for a, b in quotes):
            traps.append("quoted name")
            at = end
            continue
        number = Number(text, start, end if digits else _spelled_end(text, start, end), grammar)
        verdict = _heard(number, DIGIT_RULES if digits else SPELLED_RULES)
        if isinstance(verdict, Quantity):
            if found and (joined := _range(text, found[-1], verdict)):
                found[-1] = joined
            else:
                found.append(verdict)
            at = verdict.end
        elif verdict is not None:
            traps.append(verdict[0])
            at = verdict[1]
        else:
            at = max(end, number.quantity.end if digits and number.quantity else end)
            unclaimed.append((start, at))
    return Scan(tuple(found), tuple(traps), tuple(unclaimed))


def _range(text: str, low: Quantity, high: Quantity) -> Quantity | None:
    """100万元至300万元: two ends with the same unit are one quantity, unless the first is where a change starts (从…)."""
    joint = text[low.end : high.start]
    if (
        joint not in ("至", "到", "—", "——", "-", "–", "~")
        or low.unit != high.unit
        or text[low.start - 1 : low.start] in ("从", "由")
    ):
        return None
    return Quantity(
        f"{low.value}{joint}{high.value}", low.number, high.number, high.unit, high.approx, low.start, high.end
    )


def _heard(number: Number, rules: tuple[Rule, ...]) -> Verdict | Quantity | None:
    """What the first rule says that speaks."""
    for rule in rules:
        if (verdict := rule(number)) is not None:
            return verdict
    return None


def _spelled_end(text: str, start: int, end: int) -> int:
    """Where Chinese numerals end, their decimals included: 三十六点九."""
    if not text.startswith("点", end):
        return end
    match = SPELLED.match(text, start)
    return max(end, match.end()) if match and not match["high"] and not match["over"] else end


def _digits_end(text: str, start: int) -> int:
    end = start
    while end < len(text) and (text[end].isdigit() or text[end] == "."):
        end += 1
    return end


# -- rules for numbers in digits: first those that look at the digits alone, then those that know the quantity


def _date(n: Number) -> Verdict | None:
    match = DATE.match(n.text, n.start)
    return ("date", match.end()) if match else None


def _proportion(n: Number) -> Verdict | None:
    match = PROPORTION.match(n.text, n.start)
    return ("proportion", match.end()) if match else None


def _clock(n: Number) -> Verdict | None:
    match = CLOCK.match(n.text, n.start)
    return ("clock", match.end()) if match and not match[0].endswith((":1", "：1")) else None


def _slogan(n: Number) -> Verdict | None:
    """“1+4”, 4+1."""
    match = SLOGAN.match(n.text, n.start)
    if match:
        return "slogan", match.end()
    return ("slogan", n.end) if n.before() == "+" else None


def _code(n: Number) -> Verdict | None:
    """C919, G60, PM2.5, 5G is told by the letters after it."""
    before = n.before(2)
    joined = before and (
        _LATIN.match(before[-1]) or (len(before) == 2 and before[1] in "-." and _LATIN.match(before[0]))
    )
    return ("code", n.end) if joined else None


def _led(n: Number) -> Verdict | None:
    """第19届, 国道318, 每50公斤."""
    size = n.grammar.leads.at_end(n.text, n.start)
    if not size:
        return None
    return n.grammar.lead[n.text[n.start - size : n.start]], n.quantity.end if n.quantity else n.end


def _tailed(n: Number) -> Verdict | None:
    """320国道, 75周年, 500强."""
    size = n.grammar.tails.at_start(n.text, n.end)
    word = n.after(size)
    if word in ("小时", "分钟") and MEASURED_TIME.search(n.before(6)):
        return None
    return (n.grammar.tail[word], n.end + size) if size and (word not in n.grammar.units or len(word) > 1) else None


def _period(n: Number) -> Verdict | None:
    """连续4年, 40多年来, but not 受教育年限提高到14年."""
    if n.before(2) == "连续" and (streak := _STREAK.match(n.text, n.start)):
        return "period", streak.end()
    match = PERIOD.match(n.text, n.start)
    if match is None:
        return None
    bound = n.text.startswith(("来", "以来", "前", "后"), match.end())
    return ("period", match.end()) if bound or not MEASURED_TIME.search(n.before(6)) else None


def _item_number(n: Number) -> Verdict | None:
    return ("item number", n.end) if n.start <= 1 and _ITEM.match(n.text, n.start) else None


def _place(n: Number) -> Verdict | None:
    """居全国前10位: read by `ranks`."""
    q = n.quantity
    return ("place", q.end) if q and n.before() == "前" and q.unit in ("位", "名", "%", "") else None


def _footnote(n: Number) -> Verdict | None:
    q = n.quantity
    return ("footnote mark", q.end) if q and n.before() in ("[", "［") and n.beyond() in ("]", "］") else None


def _bare(n: Number) -> Verdict | Quantity | None:
    """A number without a measure word: a figure only where its neighbours make it one (收入比降至2.2, 5获优胜)."""
    q, after = n.quantity, n.beyond()
    if q is None or q.unit:
        return None
    if n.beyond(2) == "方面":
        return "structure", q.end
    if letters := _LATIN.match(n.text, q.end):
        return "code", letters.end()
    if n.before() in ("(", "（") and after in (")", "）"):
        return "item number", q.end
    if after == "获" or "/" in q.value or _BARE_FIGURE.search(n.before(3)):
        return q
    if _VERSION.fullmatch(q.value):
        return "version", q.end
    return ("name", q.end) if "\u4e00" <= after <= "\u9fff" else None


def _age(n: Number) -> Verdict | None:
    q = n.quantity
    if (
        q is None
        or not q.unit.endswith("岁")
        or (MEASURED_TIME.search(n.before(6)) and n.beyond() in ("", *"，。；、"))
    ):
        return None  # 人均预期寿命提高到80岁以上
    named = n.text.startswith(_NAMED_AGE, q.end - 1 - len(q.approx or ""))
    return ("age", q.end) if named or q.approx or n.before() in ("满", "近") else None


def _threshold(n: Number) -> Verdict | None:
    """10亿元以上重大项目, 经济总量超千亿元的县域达12个, 1000千伏输电线路: a limit inside a name, not an amount."""
    q = n.quantity
    if q is None:
        return None
    if q.approx in _BOUNDS and q.unit.endswith(_BOUNDED):
        limits = bool(n.beyond()) and n.beyond() not in "，。；：、！？）)的 \n"
        limits = limits and not n.text.startswith(_FUNDS, q.end)  # 安排10亿元以上资金 is an amount
    elif n.beyond() == "的" and _LIMIT.search(n.before(3)):
        limits = _COUNTED.match(n.text, q.end) is not None
    elif q.unit.endswith("元") and _LIMIT.search(n.before(3)) and _COUNTED_NEXT.match(n.text, q.end):
        limits = True  # 新增经济总量超200亿元县2个
    elif q.unit in _RATED and n.beyond() not in ("", *"，。；、"):
        limits = True
    else:  # 全国首个经济总量突破5万亿元的城市; 百亿级
        limits = n.beyond() == "级" or bool(_OF.match(n.text, q.end) and _SUPERLATIVE.search(n.before(24)))
    return ("threshold", q.end) if limits else None


def _people(n: Number) -> Verdict | None:
    """14亿多人口大国, 14亿中国人的饭碗: a way to say the nation."""
    q = n.quantity
    if q is None or not q.unit.startswith("亿") or phrases.base_unit(q.unit) not in ("", "人"):
        return None
    at = q.end - (1 if q.unit.endswith("人") else 0)
    return ("population phrase", q.end) if _PEOPLE.match(n.text, at) else None


def _structure(n: Number) -> Verdict | None:
    """10个方面工作: parts of the report itself; 4个万亿元台阶: steps, not things."""
    q = n.quantity
    if q is None or q.unit not in ("个", "大"):
        return None
    if n.beyond(2) == "方面":
        return "structure", q.end
    return ("steps", q.end) if _STEPS.match(n.text, q.end) else None


def _policy(n: Number) -> Verdict | None:
    """现代服务业最强区27条、新制造业9条…政策: names of documents."""
    q = n.quantity
    if q is None or q.unit != "条" or (n.beyond() and n.beyond() not in "、，。；”等（(政"):
        return None
    stop = re.compile(r"[，。；]").search(n.text, q.end, q.end + 120)
    end = stop.start() if stop else min(q.end + 120, len(n.text))
    begin = max(n.text.rfind("，", 0, q.start), n.text.rfind("。", 0, q.start), q.start - 60) + 1
    clause = n.text[begin:end]
    return ("policy name", q.end) if _POLICIES.search(clause) or "条”" in clause else None


def _rate_name(n: Number) -> Verdict | None:
    """1%人口抽样调查, 15%所得税优惠, 创业青年50人论坛."""
    q = n.quantity
    if q is None:
        return None
    sampled = q.unit == "%" and n.text.startswith(_TAX, q.end)
    met = q.unit == "人" and n.text.startswith(("论坛", "制", "小组", "团"), q.end)
    return ("name", q.end) if sampled or met else None


def _measured(n: Number) -> Quantity | None:
    """What no trap explained and a measure word follows."""
    return n.quantity if n.quantity and n.quantity.unit else None


DIGIT_RULES: tuple[Rule, ...] = (
    _date, _code, _slogan, _proportion, _clock, _led, _tailed, _period, _item_number,
    _footnote, _place, _bare, _age, _threshold, _policy, _rate_name, _people, _structure, _measured,
)  # fmt: skip
"""Asked in this order; the first that speaks is heard."""


# -- rules for Chinese numerals: a figure only where a measure, a fraction or a list makes it one


def _doubled(n: Number) -> Quantity | None:
    """博士点数量翻番: a doubling without a numeral."""
    return Quantity("", None, None, "番", None, n.start + 1, n.end) if n.run == "翻番" else None


def _fraction(n: Number) -> Quantity | None:
    """百分之五, 三分之一, 四成, 翻一番, 两倍."""
    percent = n.run.startswith(("百分之", "千分之")) or n.after(2) == "分之"
    twofold = n.after() == "倍" or (n.before() == "翻" and n.after() == "番")
    ends = n.text[n.end + 1 : n.end + 2] in ("", *"，。；以左、多") or n.before() in tuple("超近约逾达过")
    tithe = n.after() == "成" and n.run in _SMALL and ends
    q = n.quantity if percent or twofold or tithe else None
    return q if q and q.number is not None else None


def _ordinal(n: Number) -> Verdict | None:
    """第三, 二十大, 十四届, 三中、四中全会."""
    if n.before() == "第":
        return "ordinal", n.end
    return None


def _spelled_date(n: Number) -> Verdict | None:
    match = SPELLED_DATE.match(n.text, n.start)
    return ("date", match.end()) if match else None


def _listed(n: Number) -> Quantity | None:
    """上塘、半山、康桥、石桥四个单元: as many as were just named, of a concrete thing."""
    if n.run not in _SMALL or n.after() not in ("个", "家", "所", "座"):
        return None
    q = n.quantity
    if q is None or q.number is None:
        return None
    begin = max(n.text.rfind(mark, 0, n.start) for mark in "，。；：") + 1
    named = n.text[begin : n.start]
    if "“" in named or n.text.startswith(_ABSTRACT, q.end) or q.number <= 2:
        return None
    return q if named.count("、") + 1 == int(q.number) else None


def _spelled_place(n: Number) -> Verdict | None:
    """位列国内前三."""
    held = n.before() == "前" and not n.before(2).startswith(("年", "以", "之")) and n.after() in tuple("位名，。、")
    return ("place", n.end) if held else None


def _word(n: Number) -> Verdict | None:
    """统一, 进一步, 长三角: a word that holds the numeral; its start may lie before it."""
    for back in (0, 1, 2):
        if n.start >= back and (size := n.grammar.numeral_words.at_start(n.text, n.start - back)) > back:
            return "word", max(n.start - back + size, n.start + 1)
    return None


def _grade(n: Number) -> Verdict | None:
    return ("grade", n.end) if _GRADES.match(n.text, n.end) else None


def _zero(n: Number) -> Verdict | None:
    return ("zero word", n.end) if n.run == "零" and n.after() else None


def _congress(n: Number) -> Verdict | None:
    return ("ordinal", n.end) if _ORDINAL.match(n.text, n.end) else None


def _spelled_item(n: Number) -> Verdict | None:
    """（一） · 一、 · 一要."""
    bracketed = n.before() in ("(", "（") and n.after() in (")", "）")
    leading = (n.start <= 2 and n.after() in ("、", ".")) or (n.start <= 1 and n.after() in tuple("要是则"))
    return ("item number", n.end) if bracketed or leading else None


def _round_amount(n: Number) -> Verdict | Quantity | None:
    """首破千亿元, 惠及上千万家庭; but not 万 alone, and not 超千亿元 as a limit of what is counted."""
    near = n.before() in tuple("超破近上达逾约过") or n.before(2) in _LONG_LIMIT
    q = n.quantity if near and _ROUND.fullmatch(n.run) else None
    if q is None or n.beyond() == "级":
        return None
    if not phrases.base_unit(q.unit) and len(n.run) < 2:
        return None
    limits = _LIMIT.search(n.before(3)) and (_COUNTED.match(n.text, q.end) or n.beyond() in tuple("县市区镇村企园"))
    return ("threshold", q.end) if limits or _SIZED.search(n.before(20)) else q


def _anniversary(n: Number) -> Verdict | None:
    return ("anniversary", n.end) if n.after(2) == "周年" else None


def _nations(n: Number) -> Verdict | None:
    """二十国集团."""
    return ("name", n.end) if n.after() == "国" and len(n.run) > 1 else None


def _spelled_people(n: Number) -> Verdict | None:
    """六亿多人民."""
    return ("population phrase", n.end) if n.run.endswith("亿") and _SPELLED_PEOPLE.match(n.text, n.end) else None


def _long_amount(n: Number) -> Quantity | None:
    """一千三百八十七亿四千万元, 三百零三万吨, 五十一个."""
    q = n.quantity if len(n.run) > 1 and _DIGIT_AND_POWER.search(n.run) else None
    if q is None:
        return None
    return q if q.unit and q.unit not in _TIMES_UNITS and n.beyond() != "级" else None


def _spelled_period(n: Number) -> Verdict | None:
    match = PERIOD.match(n.text, n.start)
    return ("period", match.end()) if match else None


def _small_count(n: Number) -> Verdict | None:
    """三大动力, 两场硬仗, 三级: one small numeral before a measure counts what was just said, or nothing."""
    after = n.after()
    if after and after in "级等星甲乙类":
        return "grade", n.end
    if after and after in "期轮批代":
        return "edition", n.end
    return ("small count", n.end) if len(n.run) == 1 and after in _MEASURES else None


def _leftover(n: Number) -> Verdict | None:
    """一号工程, a lone 一, 千 and 万 without a measure."""
    if n.after() == "号":
        return "number", n.end
    if n.run == "一":
        return "one", n.end
    return ("round word", n.end) if _ROUND.fullmatch(n.run) else None


SPELLED_RULES: tuple[Rule, ...] = (
    _doubled, _fraction, _ordinal, _spelled_date, _listed, _spelled_place, _word, _anniversary, _nations, _grade, _zero,
    _congress, _spelled_item, _round_amount, _spelled_people, _long_amount, _spelled_period, _small_count, _leftover,
)  # fmt: skip
"""Asked in this order; the first that speaks is heard."""
