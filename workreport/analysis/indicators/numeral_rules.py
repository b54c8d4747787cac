"""Knows the rules for Chinese numerals: most are traps; figures are fractions, round or long amounts, and counts of a list.

A rule returns None for numbers of other kinds. Leaves numbers in digits to `digit_rules`.
"""

from __future__ import annotations

import re

from workreport.analysis.indicators import phrases, windows
from workreport.analysis.indicators.grammar import Grammar
from workreport.analysis.indicators.name_numbers import size_class
from workreport.analysis.indicators.name_sizes import selecting, size_name
from workreport.analysis.indicators.rule_tables import RuleBeside, RulesBeside
from workreport.analysis.indicators.written_number import (
    COUNTED,
    LIMIT,
    MEASURED_TIME,
    PERIOD,
    PERIOD_FIRSTS,
    SIZED_THING,
    VAGUE,
    Number,
    Verdict,
)
from workreport.model import Quantity, UnitName

SPELLED_DATE = re.compile(r"[一二][〇零○一二三四五六七八九]{3}年(?!均)|[一二三四五六七八九十]{1,3}[月日](?!均)")
_SIZED = re.compile(r"\d(?:个|家|只|条)[^，。；、\d]{0,12}(?:超过?|突破|达到?|过)$")
_SPELLED_PEOPLE = re.compile(r"[多几]?(?:中国)?人(?:口|民)|[多几]?各族人民")
_ABSTRACT = ("方面", "领域", "环节", "层面", "维度", "重点", "关键", "阶段", "步骤", "问题")
_ORDINAL = re.compile(r"届|次会议|次全会|中全会|大(?![力型量])|次党代会|中(?:全会|、[一二三四五六七]中)")
_GRADES = re.compile(r"、?[二三四五][级等期类产]")
_STEPPED = tuple("迈跨登跃站攀冲")
"""Verbs of passing a threshold with 上: 迈上[千亿元]台阶."""
_ROUND = frozenset("百千万亿十廿卅")
_DIGIT_AND_POWER = re.compile(r"[一二三四五六七八九两].*[十百千万亿]|[十百千万亿].*[一二三四五六七八九两]|[廿卅]")
_POWERS = frozenset("十百千万亿")
_LARGE = frozenset("百千万亿")
_SIZE_NEXT = re.compile(
    "[多余来几个 ]{0,3}[百千万亿]|[^，。；：、]{0,40}?(?:元|亩|吨|公顷|平方米|以上|以下|[—–~至到-][^，。；：、]{0,24}?[百千万亿])"
)
"""What follows a numeral of a size: its unit, at most behind the other end of a range, or 以上."""
_COUNTING = tuple("总人户个件家台次系指点级")
"""Characters before 数 that make it the end of a noun: 总数十二."""
_VAGUE_TAIL = re.compile(r"[几数]?[十百千万亿]*[多余]?")
_MORE_FIGURES = re.compile(r"[^，。；、\d]{1,24}\d")
_PERCENTILE = re.compile(r"百?分位")
_MEASURED_NEXT = ("成", "倍", "番", "个百", "百分")
_MEASURED_FIRSTS = frozenset(word[0] for word in _MEASURED_NEXT)
_TENTHS = re.compile(r"[一二三四五六七八九两]{1,2}")
_NO_TITHE = re.compile(r"成(?:[为立功长员套果品熟绩效本千群就交都渝型形因分渠]|一[批个名项种条家])")
"""成 as the start of another word: 成为, 成立, 成一批."""
_TIMES_UNITS = ("年", "天", "个月", "届", "分钟", "小时", "工作日", "个工作日")
_NAMED_MILES = re.compile(r"里[湾河桥铺店湖堡庙坡沟岗镇乡村街台营屯庄墩亭塘山岭坪界]")
"""The rest of a place name that starts with a distance: 四十[里湾]."""
_NO_COUNTS = (*_TIMES_UNITS, "成", "类", "级", "期", "代", "批", "轮", "号", "月", "等", "岁", "度", "里", "部", "")
_CLOCK = re.compile(r"[一二三四五六七八九十]{1,3}点(?:半|一刻|[一二三四五]?十[一二三四五六七八九]?分)")
_TO = re.compile(r"[至到—~-]")
"""What may join the ends of a range."""
_SMALL = frozenset("一二三四五六七八九两十")
_DIGITS = frozenset("一二三四五六七八九")
_NEEDED_AFTER = frozenset("成分倍番点个百家所座月日年届位名至到—-~、")
"""What behind one digit another rule than `_word` may need: 三成, 五个百分点, 三至五家."""
_MEASURES = frozenset(
    "国个大项支场条方类种块位面张套座家件头只本道次级层轮届期步代批组人手口句点端线重篇章季区市县镇乡村门路带圈廊极心制院"
)


def _doubled(n: Number) -> Quantity | None:
    """Figure: a doubling without a numeral, 博士点数量翻番; it has no number."""
    return Quantity("", None, None, UnitName("番"), None, n.start + 1, n.end) if n.run == "翻番" else None


_DENIED = re.compile(r"不[能应可要]简单[^，。；：\d]*$")
"""Text before a fraction that says how something must not be seen: 不能简单以每年[五分之一]来对待."""


def _fraction(n: Number) -> Verdict | Quantity | None:
    """Figure: a fraction or multiple: 百分之五, 三分之一, 四成, 一成五, 翻一番, 两倍, 零点五个百分点. Trap: 百分之七十分位."""
    if "分之" not in n.run and not (n.following in _MEASURED_FIRSTS and n.text.startswith(_MEASURED_NEXT, n.end)):
        return None
    q = n.quantity
    if q is None or q.number is None:
        return None
    if "分之" in n.run and not q.unit and n.beyond() == "的" and _MORE_FIGURES.match(n.text, q.end):
        return None, q.end  # 三分之二的村收入超过20万元 says nothing about the village's income itself
    if "分之" in n.run and _DENIED.search(n.before(windows.DENIED)):
        return None, q.end
    if "分之" in n.run and n.text.startswith("几", q.end):
        return None, q.end + 1
    if "分之" in n.run:
        return ("name", q.end) if _PERCENTILE.match(n.text, q.end) else q
    if q.unit == "成" or n.following == "成":
        return q if q.unit == "成" and _TENTHS.fullmatch(n.run) and not _NO_TITHE.match(n.text, n.end) else None
    twofold = q.unit == "番" and "翻" in n.before(5)  # 翻了将近一番
    return q if twofold or q.unit in ("倍", "个百分点", "百分点") else None


def _vague(n: Number) -> Verdict | None:
    """Neither figure nor trap: a number without a value that can be told: 十几个, 数十亿, 几百, 三五万八, 百十个."""
    if _POWERS.isdisjoint(n.run):
        return None
    if n.following in VAGUE or (n.previous in VAGUE and not n.before(2).startswith(_COUNTING)):
        tail = _VAGUE_TAIL.match(n.text, n.end)
        return None, tail.end() if tail else n.end
    return (None, n.end) if len(n.run) > 1 and n.quantity is None else None


def _ordinal(n: Number) -> Verdict | None:
    """Trap: an ordinal, 第三."""
    if n.previous == "第":
        return "ordinal", n.end
    return None


def _spelled_date(n: Number) -> Verdict | None:
    """Trap: a date, 二〇二三年, 十月."""
    match = SPELLED_DATE.match(n.text, n.start)
    return ("date", match.end()) if match else None


def _listed(n: Number) -> Quantity | None:
    """Figure: the count of the names listed before it in the clause, from three on: 上塘、半山、康桥、石桥四个单元."""
    if n.run not in _SMALL or n.following not in ("个", "家", "所", "座"):
        return None
    q = n.quantity
    if q is None or q.number is None:
        return None
    begin = max(n.text.rfind(mark, 0, n.start) for mark in "，。；：") + 1
    named = n.text[begin : n.start]
    if "“" in named or n.text.startswith(_ABSTRACT, q.end) or q.number <= 2:
        return None
    if n.grammar.rounds.at_start(n.text, q.end):  # 200亿元、300亿元、400亿元三个台阶
        return None
    return q if named.count("、") + 1 == int(q.number) else None


def _spelled_place(n: Number) -> Verdict | None:
    """Trap: a rank, 位列国内前三, or a number in its scope, 居全市九个县区之首; `ranks` reads them."""
    if n.following == "里" and (named := _NAMED_MILES.match(n.text, n.end)):
        return "place", named.end()
    if n.following == "个" and (end := n.grammar.rank.counted_scope(n.text, n.start, n.end)):
        return "place", end
    held = n.previous == "前" and not n.before(2).startswith(("年", "以", "之")) and n.following in tuple("位名，。、")
    return ("place", n.end) if held else None


def _word(n: Number) -> Verdict | None:
    """Trap: a word that contains the numeral and may start before it: 统一, 进一步, 长三角."""
    end = _word_end(n.text, n.start, n.grammar)
    return ("word", end) if end else None


def plain_word(text: str, at: int, grammar: Grammar) -> int:
    """As the rule `_word`, for text[at] if that is one digit that no other rule can need: the end of the word, else 0.

    It is asked before all rules, because most numerals of a report are in words.
    """
    if text[at] not in _DIGITS or text[at + 1 : at + 2] in _NEEDED_AFTER or text[at - 1 : at] in ("第", "前"):
        return 0
    return _word_end(text, at, grammar)


def _word_end(text: str, at: int, grammar: Grammar) -> int:
    """The end of the word that contains the numeral at text[at], and starts there or at most two characters before; else 0."""
    words = grammar.numeral_words
    for before in (0, 1, 2) if at > 1 else (0, 1)[: at + 1]:
        sizes = words.from_first.get(text[at - before], ())
        if sizes and sizes[0] > before and (size := words.at_start(text, at - before)) > before:
            return at - before + size
    return 0


def _grade(n: Number) -> Verdict | None:
    """Trap: the first of two grades, 一 in 一、二级."""
    return ("grade", n.end) if _GRADES.match(n.text, n.end) else None


def _zero(n: Number) -> Verdict | None:
    """Trap: 零 at the start of a word, 零距离."""
    return ("zero word", n.end) if n.run == "零" and n.following else None


def _congress(n: Number) -> Verdict | None:
    """Trap: a session or congress, 十四届, 三次会议, 二十大, 三中全会."""
    return ("ordinal", n.end) if _ORDINAL.match(n.text, n.end) else None


def _spelled_item(n: Number) -> Verdict | None:
    """Trap: the number of a list item, （一）, or at the start of a sentence 一、 or 一要."""
    bracketed = n.previous in ("(", "（") and n.following in (")", "）")
    leading = (n.start <= 2 and n.following in ("、", ".")) or (n.start <= 1 and n.following in tuple("要是则"))
    return ("item number", n.end) if bracketed or leading else None


def _spelled_age(n: Number) -> Verdict | None:
    """Trap: an age, 十七八岁; but not a measured one, 平均寿命达到七十八岁."""
    q = n.quantity if "岁" in n.after(4) else None
    if q is None or q.unit != "岁" or MEASURED_TIME.search(n.before(windows.MEASURED_TIME)):
        return None
    return "age", q.end


def _span(n: Number) -> Quantity | None:
    """Figure: a range or a pair with a unit: 三至五个, 三四万人, 七八千个; but no length of time and no grade (三至五级)."""
    q = n.quantity if len(n.run) > 1 or _TO.search(n.after(6)) else None
    tithes = q is not None and q.unit == "成" and _TO.match(n.following) and not _NO_TITHE.match(n.text, q.end - 1)
    if q is not None and q.high is not None and tithes:  # 二至三成
        return q
    if q is None or q.high is None or not q.unit or n.previous in ("第", "十") or q.unit in _NO_COUNTS:
        return None
    return q if n.beyond() not in ("级", "线", "期", "季") else None


def _size(n: Number) -> Verdict | None:
    """Trap: a size that only says which things are meant, 五百亿元企业: only an amount or a bound can be one."""
    if _LARGE.isdisjoint(n.run) and _SIZE_NEXT.match(n.text, n.end) is None:
        return None
    return size_class(n) or selecting(n) or size_name(n)


def _round_amount(n: Number) -> Verdict | Quantity | None:
    """Figure: a round amount after an approximator, 首破千亿元, 惠及上千万家庭. Trap: a threshold, 超千亿元的园区达12个.

    Neither if it is 百亿级, or a single 万 without a unit.
    """
    q = n.quantity if _ROUND.issuperset(n.run) else None
    if q is None or n.beyond() == "级" or q.unit in _TIMES_UNITS:
        return None
    if n.grammar.numeral_words.at_start(n.text, n.start) > q.end - n.start:  # 千家万户
        return None
    if q.approx == "以上" and n.beyond() not in ("", *"，。；：、"):  # 新签约亿元以上项目
        return "threshold", q.end
    above = n.previous == "上" and n.before(2)[:1] not in _STEPPED  # 上百家, but not 迈上千亿元台阶
    near = n.previous == "上" or phrases.approximator(n.before(windows.APPROXIMATOR)) is not None
    if not (near or (q.approx in ("余", "多", "来", "以上", "左右") and q.unit)) or n.previous in VAGUE:
        return None
    if above and q.approx is None:
        q = q._replace(approx="上", start=q.start - 1)
    if not phrases.base_unit(q.unit) and len(n.run) < 2:
        return None
    amount = above and q.unit.endswith("元") and n.beyond() == "的"  # 年产值上亿元的村有12个
    limits = (amount or LIMIT.search(n.before(windows.LIMIT))) and (
        COUNTED.match(n.text, q.end) or SIZED_THING.match(n.text, q.end) or n.beyond() in tuple("县市区镇村企园")
    )
    return ("threshold", q.end) if limits or _SIZED.search(n.before(windows.SIZED)) else q


def _anniversary(n: Number) -> Verdict | None:
    """Trap: an anniversary, 七十周年."""
    return ("anniversary", n.end) if n.after(2) == "周年" else None


def _nations(n: Number) -> Verdict | None:
    """Trap: a group of nations, 二十国集团."""
    return ("name", n.end) if n.following == "国" and len(n.run) > 1 else None


def _spelled_people(n: Number) -> Verdict | None:
    """Trap: the population as a phrase for the nation, 六亿多人民."""
    return ("population phrase", n.end) if n.run.endswith("亿") and _SPELLED_PEOPLE.match(n.text, n.end) else None


def _spelled_clock(n: Number) -> Verdict | None:
    """Trap: a time of day, 三点三十分, 八点半."""
    match = _CLOCK.match(n.text, n.start)
    return ("clock", match.end()) if match else None


def _counted_power(n: Number) -> Quantity | None:
    """Figure: 亿 counted by 个, 两个亿."""
    q = n.quantity if n.following == "个" else None
    return q if q and q.unit.startswith(("亿", "千万亿", "百亿", "千亿")) else None


def _long_amount(n: Number) -> Quantity | None:
    """Figure: a number of several characters with a unit, 一千三百八十七亿四千万元, 五十一个; but no length of time (三十年)."""
    spelled = _DIGIT_AND_POWER.search(n.run) or "点" in n.run
    q = n.quantity if len(n.run) > 1 and spelled else None
    if q is None:
        return None
    return q if q.unit and q.unit not in _TIMES_UNITS and n.beyond() != "级" else None


def _spelled_period(n: Number) -> Verdict | None:
    """Trap: a length of time, 三十年."""
    match = PERIOD.match(n.text, n.start)
    return ("period", match.end()) if match else None


def _small_count(n: Number) -> Verdict | None:
    """Trap: a single numeral that only summarises (三大动力, 两场硬仗), or a grade or edition (三级, 二期)."""
    after = n.following
    if after and after in "级等星甲乙类":
        return "grade", n.end
    if after and after in "期轮批代":
        return "edition", n.end
    return ("small count", n.end) if len(n.run) == 1 and after in _MEASURES else None


def _leftover(n: Number) -> Verdict | None:
    """Trap: a number before 号 (一号工程), a lone 一, or 千 and the like without a unit."""
    if n.following == "号":
        return "number", n.end
    if n.run == "一":
        return "one", n.end
    return ("round word", n.end) if _ROUND.issuperset(n.run) else None


SPELLED_RULES = RulesBeside(
    RuleBeside(_doubled),
    RuleBeside(_fraction),
    RuleBeside(_ordinal, before="第"),
    RuleBeside(_spelled_date, behind="年月日"),
    RuleBeside(_listed, behind="个家所座"),
    RuleBeside(_spelled_place, before="前", behind="个里"),
    RuleBeside(_counted_power, behind="个"),
    RuleBeside(_size),
    RuleBeside(_round_amount),
    RuleBeside(_word),
    RuleBeside(_anniversary, behind="周"),
    RuleBeside(_nations, behind="国"),
    RuleBeside(_grade, behind="、二三四五"),
    RuleBeside(_zero),
    RuleBeside(_congress, behind="届次中大"),
    RuleBeside(_spelled_item),
    RuleBeside(_spelled_clock),
    RuleBeside(_spelled_people, behind="多几中人各"),
    RuleBeside(_spelled_period, behind=PERIOD_FIRSTS),
    RuleBeside(_spelled_age),
    RuleBeside(_vague),
    RuleBeside(_span),
    RuleBeside(_long_amount),
    RuleBeside(_small_count),
    RuleBeside(_leftover),
)
"""The rules in the order in which they are tried; the first result that is not None counts."""
