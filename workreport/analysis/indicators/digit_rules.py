"""Knows the rules for numbers in digits: which are traps (dates, codes, ordinals, thresholds), and which are figures.

A rule returns None for numbers of other kinds. Leaves Chinese numerals to `numeral_rules`.
"""

from __future__ import annotations

import re
from string import ascii_letters

from workreport.analysis.indicators import phrases, windows
from workreport.analysis.indicators.name_numbers import NAME_RULES
from workreport.analysis.indicators.name_sizes import SIZE_RULES, SUMS, of_all
from workreport.analysis.indicators.rule_tables import QuantityRule, QuantityRules, RuleBeside, RulesBeside
from workreport.analysis.indicators.written_number import (
    COUNTED,
    LIMIT,
    MEASURED_TIME,
    PERIOD,
    PERIOD_FIRSTS,
    Number,
    Verdict,
)
from workreport.model import Quantity, UnitName

# a date: 2023年, 2023—2025年, 11月6日, 1—9月, 6日至, 2026-02-09
DATE = re.compile(
    r"""(?:1[89]|20)\d\d(?:[—–\-至、](?:\d{2}|(?:19|20)\d{2}))*(?:年(?!均)(?:代|度)?|[/.\-]\d{1,2}[/.\-]\d{1,2})
      | \d\d?(?:[—–\-~至到、]\d\d?)?月(?!均)(?:\d\d?[日号])?
      | \d{1,2}日(?=[，。、；至—\-上下前后起在，“])""",
    re.VERBOSE,
)
_FROM_TIME = re.compile(r"(?:从|由)(?:原来|过去|以前|以往|原先|法定|最初|当初)?的?(?:平均)?$")
_TO_TIME = re.compile(
    r"[^，。；、\d]{0,4}(?:缩短|压缩|压减|缩减|减少|延长|降低|精简|增加|提高|提升|[降减增])(?:到|至|为)"
)
SLOGAN = re.compile(r"\d+(?:\+\d+)+|\d+\+(?=[\u4e00-\u9fff“])")
CLOCK = re.compile(r"\d{1,2}(?:时\d{2}分|[:：]\d{2}(?!\d))(?!\d)")
PROPORTION = re.compile(
    r"\d+(?:\.\d+)?(?:[:：]\d+(?:\.\d+)?){2,}|\d{1,2}(?:\.\d+)?[:：]\d{1,2}\.\d+(?![:：\d])|\d{1,2}\.\d+[:：][1-9]\d(?![:：\d])"
)
"""A proportion of several parts of a hundred, which is no single figure: 三次产业结构由8.7:41.2:50.1调整为…, 轻重工业比55.5:44.5."""
_EARLIER = re.compile(r"(?:\d{1,4}个?(?:工作日|月|小时)?[、和]){1,4}$")
"""The times of a list before one of them: 压减至[70个、]100个工作日."""
_COUNTED_UNIT = re.compile(r"(?:[、和]\d[\d.]{0,4}个){0,4}[、和]\d[\d.]{0,4}个(?P<unit>工作日|百分点)")
"""The rest of a list that says only at its end what 个 counts: 70个[、100个工作日]."""
_STREAK = re.compile(r"\d+(?:次|届|个月|个季度)")
_ROAD = "road or number"
_NETWORK = ("门", "部", "公里", "条")
"""Units of what lines and roads are measured in: 程控电话[107万门], 县道[12条]."""
_LATIN = re.compile(r"[A-Za-z]+")
_ABBREVIATED = re.compile(r"(?:^|[^A-Za-z])(?:GDP|GNP|R&D)$")
"""The end of a text with the abbreviation of an amount of money: 实现GDP[240亿元]."""
_ITEM = re.compile(r"\d+[)）、．]|\d+\.(?!\d)")
_LISTED = re.compile(
    r"(?:(?:[、和及]|以及)\d{1,9}(?:\.\d{1,4})?){1,8}(?:%|‰|[个百千万亿元人家户件所公吨倍平岁斤台座条处头只名辆天])"
)
"""The rest of a list of numbers, up to the unit of the last one: 、19个百分点."""
_VERSION = re.compile(r"\d+\.0")
_YEAR_OF_NAME = re.compile(r"(?:(?:19|20)\d\d|\d\d)[’'](?=[\u4e00-\u9fff“])")
"""The year of an event, with an apostrophe: 2005’亚太城市市长峰会, 98’投洽会."""
_RESTATED = re.compile(r"[十百千万亿]{2,}(?P<unit>[\u4e00-\u9fff]{1,2})[（(]$")
"""A number in words before a bracket that writes it as a power of ten: 千万亿次（10¹⁵次）, whose exponent may be lost."""
_DATE_AFTER = re.compile(r"\d+\.(?:19|20)\d\d年")
"""A date after the full stop of digits: 38.5.2000年."""
# text that makes a number without a unit a figure, a verb or the end of a ratio's name: 城乡居民收入比降至2.2
_BARE_FIGURE = re.compile(r"(?:达到?|为|至|到|降至|升至|[率比值数]|超过|突破|超|近|从|由)$")
_BARE_START = re.compile(r"[从由](?:(?:19|20)\d\d年[末底初]?|[去上]年|年初|[^，。；、\d]{1,6})的?$")
_TO_VALUE = re.compile(r"[^，。；、\d]{0,4}[到至为]\d")
"""Text after a number without a unit from which a ratio changes: 由2020年的1.67[缩小至1].53."""
_NAMED_AGE = ("岁以上", "岁以下", "周岁", "岁及以", "岁的", "岁至", "岁儿童", "岁婴幼儿", "岁老人")
_BEYOND = re.compile(r"(?:超出|超过|高于|低于|高出)[^，。；、\d]{2,}$")
_KEPT_PACE = re.compile(r"的[^，。；、\d]{0,6}(?:速度|增速|增幅|幅度|水平|目标|优势|成绩|差距|步伐)")
"""What a difference is one of itself: 以高于全省2个百分点[的速度]; it does not tell the things apart as in 超出标准5个百分点的学校."""
_PERSONS = re.compile(
    r"[^，。；、\d]{0,8}?(?:妇女|女性|男性|人群|人口|人员|居民|老年?人|儿童|少年|青年|学生|群众|职工|劳动力|者)"
)
"""Whose ages a range of years is: 35至64岁[农村妇女]."""
_BOUNDS = ("以上", "以下", "以内", "及以上")
_STARTS = re.compile(r"[从由]的?$")
_FUNDS = ("资金", "投资", "贷款", "消费", "专项", "债券", "补贴", "融资", "信贷", "社会资本")
_BOUNDED = ("元", "级", "平方米", "千瓦", "公里")
_RATED = ("千伏", "伏", "纳米", "微米", "毫米", "厘米", "兆", "英寸")
_COUNTED_BEFORE = re.compile(r"\d(?:个|座|条|项|台)$")
"""The count of things with a rating: 9个[220千伏]、13个[110千伏]项目."""
_COUNTED_NEXT = re.compile(r"[^，。；、\d]{1,6}\d+(?:个|家|户|条|只|所)")
_YEARLY = ("年产", "年加工", "年处理", "日产", "日处理", "年生产")
_PLANT = re.compile(r"[^，。；、\d]{1,24}(?:项目|基地|生产线|厂|产业园|工程|电站)")
"""What has a capacity that is part of its name: 年产20万吨[铝箔项目]."""
_SUPERLATIVE = re.compile(
    r"(?:首[个家座条例]|第(?:\d{1,3}|[一二三四五六七八九十]{1,3})[个家座]|唯一|最[大长高多])[^，。；、]{0,16}$"
)
_OF = re.compile(r"[^，。；、\d]{0,10}的")
_SIZE_CLASS = re.compile(r"(?:[、和及][\d.一二三五两]{0,5}[百千万]?亿(?:元)?)+级")
"""The rest of a list of size classes: 500亿[、千亿级]产业集群."""
_STEPS = re.compile(r"[百千万亿]+元?(?:级)?(?:台阶|大关|关口)")
_PEOPLE = re.compile(r"(?:中国)?人(?:口|民|的)|各族人民")
_SONS = re.compile(
    r"[^，。；、\d]{0,6}(?:儿女|父老乡亲)|各族人民|[^，。；、\d]{0,4}人民(?!币|群众|政府|医院|法院|公园|路|调解)"
)
"""The people of a place, after their number: 6800万[江河儿女]."""
_POLICIES = re.compile(r"(?:政策|措施|举措|意见|条例|办法|方案)(?:落地见效|体系)?$")
_TAX = ("人口抽样", "抽样", "所得税", "企业所得税", "税率")


def _is_measured_time(n: Number) -> bool:
    """Whether a length of time is a figure: 缩短为[25分钟], 压减至70个、[100个工作日], and 由原来的[1小时]缩短为25分钟."""
    if MEASURED_TIME.search(_EARLIER.sub("", n.before(windows.LISTED_TIME))[-windows.MEASURED_TIME :]):
        return True
    end = n.quantity.end if n.quantity else n.end
    starts = _FROM_TIME.search(n.before(windows.MEASURED_TIME)) is not None
    return starts and _TO_TIME.match(n.text, end) is not None


# -- first the rules that need the digits only, then those that need the quantity with its unit


def _date(n: Number) -> Verdict | None:
    """Trap: a date, 2023年, 2023—2025年, 11月6日, 2026-02-09."""
    match = DATE.match(n.text, n.start) or _DATE_AFTER.match(n.text, n.start)
    if match is None and "‘" not in n.before(windows.NESTED):
        match = _YEAR_OF_NAME.match(n.text, n.start)
    return ("date", match.end()) if match else None


def _power(n: Number) -> Verdict | None:
    """Neither figure nor trap: a power of ten in brackets whose exponent was lost, 千万亿次（1015次）."""
    match = _RESTATED.search(n.before(windows.RESTATED)) if n.run.startswith("10") else None
    return (None, n.end) if match and n.after(len(match["unit"])) == match["unit"] else None


def _proportion(n: Number) -> Verdict | None:
    """Trap: a proportion of several parts, 8.7:41.2:50.1."""
    match = PROPORTION.match(n.text, n.start)
    return ("proportion", match.end()) if match else None


def _clock(n: Number) -> Verdict | None:
    """Trap: a time of day, 8时30分, 7:41."""
    match = CLOCK.match(n.text, n.start)
    return ("clock", match.end()) if match and not match[0].endswith((":1", "：1")) else None


def _slogan(n: Number) -> Verdict | None:
    """Trap: a slogan made of numbers, 1+4."""
    match = SLOGAN.match(n.text, n.start)
    if match:
        return "slogan", match.end()
    return ("slogan", n.end) if n.previous == "+" and not (n.quantity and n.quantity.start < n.start) else None


def _code(n: Number) -> Verdict | None:
    """Trap: a code, recognised by the letter before the number: C919, G60, PM2.5; but not GDP240亿元."""
    before = n.before(2)
    joined = before and (
        _LATIN.match(before[-1]) or (len(before) == 2 and before[1] in "-." and _LATIN.match(before[0]))
    )
    if not joined or (n.quantity and n.quantity.start < n.start):  # the dash is a sign
        return None
    if n.quantity and n.quantity.unit.endswith("元") and _ABBREVIATED.search(n.before(windows.ABBREVIATION)):
        return None
    return "code", n.end


def _led(n: Number) -> Verdict | None:
    """Trap: a number after a word of the role lead, 第19届, 国道318, 每50公斤; the word gives the rule."""
    size = n.grammar.leads.at_end(n.text, n.start) if n.previous in n.grammar.leads.to_last else 0
    if not size or (
        n.quantity and phrases.base_unit(n.quantity.unit) in _NETWORK and n.grammar.lead[n.before(size)] == _ROAD
    ):
        return None
    return n.grammar.lead[n.text[n.start - size : n.start]], n.quantity.end if n.quantity else n.end


def _tailed(n: Number) -> Verdict | None:
    """Trap: a number before a word of the role tail, 320国道, 75周年, 500强; the word gives the rule."""
    size = n.grammar.tails.at_start(n.text, n.end) if n.following in n.grammar.tails.from_first else 0
    if not size:
        return None
    word = n.after(size)
    if word in ("小时", "分钟", "秒") and _is_measured_time(n):
        return None
    named = word not in n.grammar.units.not_before or size > 1 or word in ("路", "秒")
    return (n.grammar.tail[word], n.end + size) if named else None


def _period(n: Number) -> Verdict | None:
    """Trap: a length of time, 连续4年, 40多年来; but not a measured one, 受教育年限提高到14年."""
    if n.before(2) == "连续" and (streak := _STREAK.match(n.text, n.start)):
        return "period", streak.end()
    match = PERIOD.match(n.text, n.start)
    if match is None:
        return None
    bound = n.text.startswith(("来", "以来", "前", "后"), match.end())
    return ("period", match.end()) if bound or not _is_measured_time(n) else None


def _item_number(n: Number) -> Verdict | None:
    """Trap: the number of a list item at the start of a sentence, 1. or 2）."""
    return ("item number", n.end) if n.start <= 1 and _ITEM.match(n.text, n.start) else None


def _place(n: Number) -> Verdict | None:
    """Trap: a rank after 前, 居全国前10位, or a number in its scope, 居全市9个县区之首; `ranks` reads them."""
    q = n.quantity
    if q and q.unit in ("个", "位") and (end := n.grammar.rank.counted_scope(n.text, n.start, q.end - 1)):
        return "place", end
    return ("place", q.end) if q and n.previous == "前" and q.unit in ("位", "名", "%", "") else None


def _footnote(n: Number) -> Verdict | None:
    """Trap: a footnote marker, [3]."""
    q = n.quantity
    return ("footnote mark", q.end) if q and n.previous in ("[", "［") and n.beyond() in ("]", "］") else None


def _listed(n: Number) -> Verdict | Quantity | None:
    """Figure: a number of a list with 分别 that leaves its unit to the last one: 分别提高12、19个百分点, 减至70个、100个工作日,
    提高6.6和9.3个百分点.

    Trap: a length of time of such a list that nothing measures.
    """
    q = n.quantity
    if q is not None and q.unit == "个" and (rest := _COUNTED_UNIT.match(n.text, q.end)):
        time = rest["unit"] == "工作日" and not _is_measured_time(n)
        return ("period", q.end) if time else q._replace(unit=UnitName(f"个{rest['unit']}"))
    if q is None or q.unit:
        return None
    match = _LISTED.match(n.text, q.end)
    if match is None:
        return None
    if "分别" in n.before(windows.SHARED_OUT):
        return q
    before = n.before(windows.APPROXIMATOR)
    changes = n.grammar.up.at_end(before) > 1 or n.grammar.down.at_end(before) > 1
    return q if changes and n.text.startswith(("%", "个百分点"), match.end() - 1) else None


def _bare(n: Number) -> Verdict | Quantity | None:
    """Decide on a number without a unit.

    Trap: 10方面, 5G, (3), 3.0, or a number directly before another Chinese character. Figure: a fraction, or a number after a
    verb or the name of a ratio (收入比降至2.2), or before 获 (5获优胜). None otherwise: it stays unexplained.
    """
    q, after = n.quantity, n.beyond()
    if q is None or q.unit:
        return None
    if n.beyond(2) == "方面":
        return "structure", q.end
    if letters := _LATIN.match(n.text, q.end):
        return "code", letters.end()
    if n.previous in ("(", "（") and after in (")", "）"):
        return "item number", q.end
    if "." in q.value and _BARE_START.search(n.before(windows.MEASURED_TIME)) and _TO_VALUE.match(n.text, q.end):
        return q
    if after == "获" or "/" in q.value or _BARE_FIGURE.search(n.before(3)):
        return q
    if _VERSION.fullmatch(q.value):
        return "version", q.end
    return ("name", q.end) if "\u4e00" <= after <= "\u9fff" else None


def _age(n: Number) -> Verdict | None:
    """Trap: an age, 35岁以下; but not a measured one, 人均预期寿命提高到80岁以上."""
    q = n.quantity
    if q is None or not q.unit.endswith("岁") or (_is_measured_time(n) and n.beyond() in ("", *"，。；、")):
        return None
    named = n.text.startswith(_NAMED_AGE, q.end - 1 - len(q.approx or "")) or (
        q.high is not None and _PERSONS.match(n.text, q.end)
    )
    return ("age", q.end) if named or q.approx or n.previous in ("满", "近") else None


def _names_first(n: Number) -> bool:
    """Whether a superlative or an ordinal stands before a threshold: 全省第3个GDP突破[5000亿元]的城市."""
    return _SUPERLATIVE.search(n.before(windows.SUPERLATIVE)) is not None


def _threshold(n: Number) -> Verdict | None:
    """Trap: a number that describes a thing: a threshold (10亿元以上重大项目, 经济总量超1000亿元的县域12个) or a rating (1000千伏输电线路)."""
    q, behind = n.quantity, n.beyond()
    if q is None:
        return None
    if q.approx in _BOUNDS and q.unit.endswith(_BOUNDED) and not of_all(n):
        limits = behind != "" and behind not in "，。；：、！？）)的 \n"
        limits = limits and not (q.unit.endswith("元") and SUMS.match(n.text, q.end))
        limits = limits and not n.text.startswith(_FUNDS, q.end)  # but 安排10亿元以上资金 is an amount
        limits = limits and not _STARTS.search(n.before(windows.LIMIT))  # and 由1200元以下 is where a change starts
    elif q.unit == "个百分点" and behind == "的":
        limits = _BEYOND.search(n.before(windows.ORIGIN)) is not None and _KEPT_PACE.match(n.text, q.end) is None
    elif behind == "的" and LIMIT.search(n.before(windows.LIMIT)):
        limits = COUNTED.match(n.text, q.end) is not None or _names_first(n)
    elif q.unit.endswith("元") and LIMIT.search(n.before(windows.LIMIT)) and _COUNTED_NEXT.match(n.text, q.end):
        limits = not n.grammar.opens.at_start(
            n.text, q.end
        )  # before a noun that is counted: 新增经济总量超200亿元县2个
    elif q.high is not None and q.unit.endswith("元") and _COUNTED_NEXT.match(n.text, q.end):
        limits = True  # 10亿—50亿元项目6个
    elif q.unit in _RATED and (behind not in ("", *"，。；、和及或至") or _COUNTED_BEFORE.search(n.before(4))):
        limits = True
    else:  # before 级 (100亿级), or after a superlative: 全国首个经济总量突破5万亿元的城市
        limits = (
            behind == "级"
            or (q.unit.endswith("亿") and _SIZE_CLASS.match(n.text, q.end) is not None)
            or bool(_OF.match(n.text, q.end) and _SUPERLATIVE.search(n.before(windows.SUPERLATIVE)))
        )
    return ("threshold", q.end) if limits else None


def _people(n: Number) -> Verdict | None:
    """Trap: a population that only stands for the nation: 14亿多人口大国, 14亿中国人的饭碗."""
    q = n.quantity
    if q is not None and _SONS.match(n.text, q.end):
        return "population phrase", q.end
    if q is None or not q.unit.startswith("亿") or phrases.base_unit(q.unit) not in ("", "人"):
        return None
    at = q.end - (1 if q.unit.endswith("人") else 0)
    return ("population phrase", q.end) if _PEOPLE.match(n.text, at) else None


def _structure(n: Number) -> Verdict | None:
    """Trap: a number of parts of the report itself (10个方面工作) or of milestones (4个万亿元台阶)."""
    q = n.quantity
    if q is None or q.unit not in ("个", "大"):
        return None
    if n.beyond(2) == "方面":
        return "structure", q.end
    return ("steps", q.end) if _STEPS.match(n.text, q.end) else None


def _policy(n: Number) -> Verdict | None:
    """Trap: the name of a policy by its number of articles, 现代服务业最强区27条、新制造业9条…政策."""
    q = n.quantity
    if q is not None and q.unit == "条" and n.before(2) == "两个":  # 两个36条
        return "policy name", q.end
    if q is None or q.unit != "条" or (n.beyond() and n.beyond() not in "、，。；”等（(政"):
        return None
    stop = re.compile(r"[，。；]").search(n.text, q.end, q.end + windows.CLAUSE_AFTER)
    end = stop.start() if stop else min(q.end + windows.CLAUSE_AFTER, len(n.text))
    begin = max(n.text.rfind("，", 0, q.start), n.text.rfind("。", 0, q.start), q.start - windows.CLAUSE_BEFORE) + 1
    clause = n.text[begin:end]
    return ("policy name", q.end) if _POLICIES.search(clause) or "条”" in clause else None


def _rate_name(n: Number) -> Verdict | None:
    """Trap: a number inside a name, 1%人口抽样调查, 15%所得税优惠, 创业青年50人论坛."""
    q = n.quantity
    if q is None:
        return None
    sampled = q.unit == "%" and n.text.startswith(_TAX, q.end)
    met = q.unit == "人" and n.text.startswith(("论坛", "制", "小组", "团"), q.end)
    capacity = n.text.endswith(_YEARLY, 0, n.start) and _PLANT.match(n.text, q.end) is not None
    return ("name", q.end) if sampled or met or capacity else None


def _measured(n: Number) -> Quantity | None:
    """Figure: any quantity with a unit; this is the last rule."""
    return n.quantity if n.quantity and n.quantity.unit else None


DIGIT_RULES = RulesBeside(
    RuleBeside(_date, behind="年月日—–-至/~到、’'."),
    RuleBeside(_power, before="(（"),
    RuleBeside(_code, before="-." + ascii_letters),
    RuleBeside(_slogan, before="+", behind="+"),
    RuleBeside(_proportion, behind=":：."),
    RuleBeside(_clock, behind="时:："),
    RuleBeside(_led),
    RuleBeside(_tailed),
    RuleBeside(_period, before="续", behind=PERIOD_FIRSTS),
    RuleBeside(_item_number, behind=")）、．."),
    RuleBeside(_footnote, before="[［"),
)
"""The rules that are tried first, in this order; the first result that is not None counts.

What stands `behind` a number with decimals is the point.
"""
QUANTITY_RULES = QuantityRules(
    QuantityRule(_place, lambda unit, _: unit in ("个", "位", "名", "%", "")),
    QuantityRule(_listed, lambda unit, _: unit in ("个", "")),
    QuantityRule(_bare, lambda unit, _: not unit),
    QuantityRule(_age, lambda unit, _: unit.endswith("岁")),
    *NAME_RULES,
    *SIZE_RULES,
    QuantityRule(_threshold, lambda unit, _: unit in _RATED),
    QuantityRule(_threshold, lambda unit, _: unit not in _RATED, described=True),
    QuantityRule(_policy, lambda unit, _: unit == "条"),
    QuantityRule(_rate_name, described=True),
    QuantityRule(_people, lambda unit, _: unit.startswith(("亿", "万")), described=True),
    QuantityRule(_structure, lambda unit, _: unit in ("个", "大"), described=True),
    QuantityRule(_measured),
)
"""The rules that are tried next if the number has a quantity, in this order."""
