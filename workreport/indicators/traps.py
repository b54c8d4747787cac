"""Knows what looks like a figure and is none: dates, ordinals, names, roads, words that hold a numeral.

Every rule has a name, so that the notes page can count what each explained. What no rule explains stays unclaimed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from workreport.indicators.grammar import Grammar
from workreport.model import Quantity
from workreport.quantity import NUMERALS, SPELLED, read, read_spelled

RUN = re.compile(rf"\d|(?:百分之|千分之)?[{NUMERALS}]+")
"""Where a number may start."""

# 2023年 · 2023—2025年 · 11月6日 · 6日至10日 · 二〇二六年一月
DATE = re.compile(
    r"""(?:(?:1[89]|20)\d[ \u3000]?\d|1[ ]?9[ ]?\d[ ]?\d|2[ ]?0[ ]?\d[ ]?\d)(?:[ ]?[—–\-至、][ ]?(?:\d{2}|(?:19|20)\d{2}))*[ \u3000]?
        (?:年(?!均)(?:代|度)?|[/.\-]\d{1,2}[/.\-]\d{1,2})
      | \d[ ]?\d?[ ]?月(?!均)(?:[ ]?\d[ ]?\d?[ ]?[日号])?
      | \d[ ]?\d?[ ]日
      | \d{1,2}[日](?=[，。、；至—\-上下前后起在，“])""",
    re.VERBOSE,
)
SPELLED_DATE = re.compile(r"[一二][〇零○一二三四五六七八九]{3}年(?!均)|[一二三四五六七八九十]{1,3}[月日](?!均)")
# 40多年 · 5年来 · 三十年 · 连续16个季度 · 3个月
PERIOD = re.compile(
    r"(?:\d+|[一二三四五六七八九十百几两]+)(?:多|余|来)?(?:[—\-至]\d+)?(?:年|个?(?:月|季度|小时|交易日|工作日)|天|[周日夜](?![期年]))"
)
SLOGAN = re.compile(r"\d+(?:\+\d+)+|\d+\+(?=[\u4e00-\u9fff“])")
PROPORTION = re.compile(r"\d+(?:\.\d+)?(?:[:：]\d+(?:\.\d+)?){2,}")
"""三次产业结构由8.7:41.2:50.1调整为…: a proportion of parts is no single figure."""
CLOCK = re.compile(r"\d{1,2}(?:时\d{2}分|[:：]\d{2}(?!\d))(?!\d)")
_LATIN = re.compile(r"[A-Za-z]")
_NAMED_AGE = ("岁以上", "岁以下", "周岁", "岁及以", "岁的", "岁至", "岁儿童", "岁婴幼儿", "岁老人")
_SMALL = frozenset("一二三四五六七八九两十")
_MEASURES = frozenset("国个大项支场条方类种块位面张套座家件头只本道次级层轮届期步代批组人手口句点端线重篇章季区市县镇乡村门路带圈廊极心制院")
_QUOTES = {"“": "”", "《": "》", "‘": "’", "「": "」"}


@dataclass(frozen=True, slots=True)
class Scan:
    """The numbers of a sentence: quantities in order, the trap rules that spoke, and spans that nobody claimed."""

    quantities: tuple[Quantity, ...]
    traps: tuple[str, ...]
    unclaimed: tuple[tuple[int, int], ...]


def quoted(text: str) -> list[tuple[int, int]]:
    """The spans inside quotation marks and book-title marks, each at most 40 characters long.

    >>> quoted("深入实施“1+4”工程")
    [(5, 8)]
    """
    spans: list[tuple[int, int]] = []
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
        digits = text[start].isdigit() and text[start].isascii()
        if any(a <= start < b for a, b in quotes):
            rule, end = "quoted name", _digits_end(text, start) if digits else run.end()
            traps.append(rule)
            at = end
            continue
        verdict = _digits(text, start, grammar) if digits else _spelled(text, start, run.end(), grammar)
        if isinstance(verdict, Quantity):
            if found and (joined := _range(text, found[-1], verdict)):
                found[-1] = joined
            else:
                found.append(verdict)
            at = verdict.end
        else:
            rule, at = verdict
            if rule:
                traps.append(rule)
            else:
                unclaimed.append((start, at))
    return Scan(tuple(found), tuple(traps), tuple(unclaimed))


def _range(text: str, low: Quantity, high: Quantity) -> Quantity | None:
    """100万元至300万元: two ends with the same unit are one quantity, unless the first is where a change starts (从…)."""
    joint = text[low.end : high.start]
    if joint not in ("至", "到", "—", "——", "-", "–", "~") or low.unit != high.unit or text[low.start - 1 : low.start] in ("从", "由"):
        return None
    return Quantity(f"{low.value}{joint}{high.value}", low.number, high.number, high.unit, high.approx, low.start, high.end)


def _digits_end(text: str, start: int) -> int:
    end = start
    while end < len(text) and (text[end].isdigit() or text[end] == "."):
        end += 1
    return end


def _digits(text: str, start: int, grammar: Grammar) -> Quantity | tuple[str, int]:
    before = text[start - 1] if start else ""
    if date := DATE.match(text, start):
        return "date", date.end()
    if proportion := PROPORTION.match(text, start):
        return "proportion", proportion.end()
    if (clock := CLOCK.match(text, start)) and not text.startswith((":1", "：1"), clock.end() - 3):
        return "clock", clock.end()
    if slogan := SLOGAN.match(text, start):
        return "slogan", slogan.end()
    if before == "+":
        return "slogan", _digits_end(text, start)
    if before and (_LATIN.match(before) or (before in "-." and start > 1 and _LATIN.match(text[start - 2]))):
        return "code", _digits_end(text, start)
    if size := grammar.leads.at_end(text, start):
        quantity = read(text, start, grammar.units, grammar.longest_unit)
        return grammar.lead[text[start - size : start]], quantity.end if quantity else _digits_end(text, start)
    digits_end = _digits_end(text, start)
    if size := grammar.tails.at_start(text, digits_end):
        word = text[digits_end : digits_end + size]
        if word not in grammar.units or len(word) > 1:
            return grammar.tail[word], digits_end + size
    period = PERIOD.match(text, start)
    if period and text.startswith(("来", "以来", "前", "后"), period.end()):
        return "period", period.end()
    if period and not re.search(r"(?:年限|寿命|时间|时长|天数|增加|减少|达到?|提高到|延长至|缩短至|缩短到|压缩至|压缩到|不超过)$", text[max(start - 6, 0) : start]):
        return "period", period.end()
    if start <= 1 and re.match(r"\d+[)）、．]|\d+\.(?!\d)", text[start : start + 4]):
        return "item number", digits_end
    quantity = read(text, start, grammar.units, grammar.longest_unit)
    if quantity is None:
        return "", digits_end
    if before in "[［" and following_bracket(text, quantity.end):
        return "footnote mark", quantity.end
    if before == "前" and (quantity.unit in ("位", "名", "%") or not quantity.unit):
        return "place", quantity.end
    following = text[quantity.end : quantity.end + 1]
    if not quantity.unit and text.startswith("方面", quantity.end):
        return "structure", quantity.end
    if not quantity.unit:
        if following and _LATIN.match(following):
            end = quantity.end
            while end < len(text) and _LATIN.match(text[end]):
                end += 1
            return "code", end
        if before in "(（" and following in ")）":
            return "item number", quantity.end
        if following == "获":  # 6次赛马榜中5获优胜
            return quantity
        if "/" in quantity.value or re.search(r"(?:达到?|为|至|到|降至|升至|[率比值数]|超过|突破|超|近|从|由)$", text[max(start - 3, 0) : start]):
            return quantity
        if re.fullmatch(r"\d+\.0", quantity.value):
            return "version", quantity.end
        if "\u4e00" <= following <= "\u9fff":
            return "name", quantity.end
        return "", quantity.end
    if quantity.unit.endswith("岁") and text.startswith(_NAMED_AGE, quantity.end - 1 - len(quantity.approx or "")):
        return "age", quantity.end
    if quantity.unit == "岁" and (quantity.approx or before in "满近"):
        return "age", quantity.end
    if _threshold(text, quantity):
        return "threshold", quantity.end
    if quantity.unit == "个" and re.match(r"[百千万亿]+元?(?:级)?(?:台阶|大关|关口)", text[quantity.end : quantity.end + 10]):
        return "steps", quantity.end
    if quantity.unit.startswith("亿") and re.match(r"(?:中国)?人(?:口|民|的)|各族人民", text[quantity.end - (1 if quantity.unit.endswith("人") else 0) : quantity.end + 6]):
        return "population phrase", quantity.end
    if quantity.unit in ("个", "大") and text.startswith("方面", quantity.end):
        return "structure", quantity.end
    if quantity.unit == "条" and _policy(text, quantity):
        return "policy name", quantity.end
    if quantity.unit == "%" and text.startswith(("人口抽样", "抽样", "所得税", "企业所得税", "税率"), quantity.end) or quantity.unit == "人" and text.startswith(("论坛", "制", "小组", "团"), quantity.end):
        return "name", quantity.end
    return quantity


def following_bracket(text: str, at: int) -> bool:
    """Does a closing square bracket stand here (四大主导产业［2］)?"""
    return text[at : at + 1] in ("]", "］")


def _threshold(text: str, quantity: Quantity) -> bool:
    """10亿元以上重大项目, 50万元以下拖欠账款: a limit inside a name, not an amount."""
    if quantity.approx not in ("以上", "以下", "以内", "及以上") or not quantity.unit.endswith(("元", "级", "平方米", "千瓦", "公里")):
        if text.startswith("的", quantity.end) and _LIMIT.search(text[max(quantity.start - 3, 0) : quantity.start]):
            return _COUNTED.match(text, quantity.end) is not None  # 经济总量超千亿元的县域达12个
        if quantity.unit in ("千伏", "伏", "纳米", "毫米") and text[quantity.end : quantity.end + 1] not in ("", *"，。；、"):
            return True
        if _OF.match(text, quantity.end) and _SUPERLATIVE.search(text[max(quantity.start - 24, 0) : quantity.start]):
            return True  # 全国首个经济总量突破5万亿元的城市
        return text.startswith("级", quantity.end)
    following = text[quantity.end : quantity.end + 1]
    return bool(following) and following not in "，。；：、！？）)的 \n"


_LIMIT = re.compile(r"(?:超过?|突破|达到?|不足|低于|高于|过)$")
_SIZED = re.compile(r"\d(?:个|家|只|条)[^，。；、\d]{1,12}(?:超过?|突破|达到?|过)$")
_OF = re.compile(r"[^，。；、\d]{0,10}的")
_COUNTED = re.compile(r"的[^，。；、\d]{1,14}\d")
_SUPERLATIVE = re.compile(r"(?:首[个家座条例]|唯一|最[大长高多])[^，。；、]{0,16}$")


def _policy(text: str, quantity: Quantity) -> bool:
    """现代服务业最强区27条、新制造业9条…政策: names of documents."""
    following = text[quantity.end : quantity.end + 1]
    if following and following not in "、，。；”等（(政":
        return False
    stop = re.search(r"[，。；]", text[quantity.end : quantity.end + 120])
    end = quantity.end + (stop.start() if stop else 120)
    begin = max(text.rfind("，", 0, quantity.start), text.rfind("。", 0, quantity.start), quantity.start - 60) + 1
    clause = text[begin:end]
    return bool(re.search(r"(?:政策|措施|举措|意见|条例|办法|方案)(?:落地见效|体系)?$", clause) or "条”" in clause)


def _spelled(text: str, start: int, end: int, grammar: Grammar) -> Quantity | tuple[str, int]:
    before = text[start - 1] if start else ""
    match = SPELLED.match(text, start)
    if match is not None and match["over"]:
        return read_spelled(text, start, grammar.units, grammar.longest_unit) or ("", end)
    if text.startswith("点", end) and match is not None and not match["high"]:
        end = max(end, match.end())
    run = text[start:end]
    if run.startswith(("百分之", "千分之")):
        quantity = read_spelled(text, start, grammar.units, grammar.longest_unit)
        return quantity if quantity and quantity.number is not None else ("", end)
    if before == "第":
        return "ordinal", end
    if date := SPELLED_DATE.match(text, start):
        return "date", date.end()
    following = text[end : end + 1]
    if following == "成" and len(run) == 1 and run in _SMALL and text[end + 1 : end + 2] in ("", "，", "。", "；", "以", "左", "、", "多"):
        return read_spelled(text, start, grammar.units) or ("", end)
    if before == "翻" and following == "番":
        return read_spelled(text, start, grammar.units) or ("", end)
    if following == "倍":
        return read_spelled(text, start, grammar.units) or ("", end)
    if listed := _listed(text, start, end, grammar):
        return listed
    if before == "前" and not text[start - 2 : start].startswith(("年", "以", "之")) and following in "位名，。、":
        return "place", end
    # a word that holds the numeral: its start may lie before it (统一, 进一步, 长三角)
    for back in (0, 1, 2):
        if start >= back and (size := grammar.numeral_words.at_start(text, start - back)) > back:
            return "word", max(start - back + size, start + 1)
    if re.match(r"、?[二三四五][级等期产类]", text[end : end + 3]):
        return "grade", end
    if re.match(r"中(?:全会|、[一二三四五六七]中)", text[end : end + 4]):
        return "ordinal", end
    if text.startswith("周年", end):
        return "anniversary", end
    if following == "国" and len(run) > 1:
        return "name", end
    if start <= 1 and following in "要是则":
        return "item number", end
    if run == "零" and following:
        return "zero word", end
    if re.match(r"届|次会议|次全会|中全会|大(?![力型量])|次党代会", text[end : end + 4]):
        return "ordinal", end
    if (before in "(（" and following in ")）") or (start <= 2 and following in "、."):
        return "item number", end
    if before in "超破近上达逾约过" or text[max(start - 2, 0) : start] in ("超过", "突破", "达到", "跨过", "将近"):
        if re.fullmatch(r"[百千万亿十]+", run):
            quantity = read_spelled(text, start, grammar.units, grammar.longest_unit)
            measured = quantity is not None and quantity.unit.lstrip("百千万亿") != ""
            if quantity and not text.startswith("级", quantity.end) and (measured or len(run) > 1):
                limited = _LIMIT.search(text[max(start - 3, 0) : start]) and _COUNTED.match(text, quantity.end)
                # 8个产业规模超千亿元
                if not limited and not _SIZED.search(text[max(start - 20, 0) : start]):
                    return quantity
                return "threshold", quantity.end
    if run.endswith("亿") and re.match(r"[多几]?(?:中国)?人(?:口|民)|[多几]?各族人民", text[end : end + 6]):
        return "population phrase", end
    if len(run) > 1 and re.search(r"[一二三四五六七八九两]", run) and re.search(r"[十百千万亿]", run):
        quantity = read_spelled(text, start, grammar.units, grammar.longest_unit)
        if quantity and quantity.unit and quantity.unit not in ("年", "天", "个月", "届") and not text.startswith("级", quantity.end):
            return quantity
    if period := PERIOD.match(text, start):
        return "period", period.end()
    if re.match(r"[级等星甲乙类]", following):
        return "grade", end
    if re.match(r"[期轮批代]", following):
        return "edition", end
    if len(run) == 1 and following in _MEASURES:
        return "small count", end
    if following == "号":
        return "number", end
    if run == "一":
        return "one", end
    if all(c in "百千万亿十" for c in run):
        return "round word", end
    return "", end


_ABSTRACT = ("方面", "领域", "环节", "层面", "维度", "重点", "关键", "阶段", "步骤", "问题")


def _listed(text: str, start: int, end: int, grammar: Grammar) -> Quantity | None:
    """上塘、半山、康桥、石桥四个单元: as many as were just named, of a concrete thing."""
    if end - start != 1 or text[start] not in _SMALL or text[end : end + 1] not in "个家所座":
        return None
    begin = max(text.rfind(mark, 0, start) for mark in "，。；：") + 1
    named = text[begin:start]
    quantity = read_spelled(text, start, grammar.units, grammar.longest_unit)
    if quantity is None or quantity.number is None or "“" in named or text.startswith(_ABSTRACT, quantity.end):
        return None
    return quantity if named.count("、") + 1 == int(quantity.number) and quantity.number > 2 else None
