"""Knows the Chinese words for identifiers in the code (kinds, statuses, rules), and how numbers and dates are written.

Leaves the sentences of the pages to the templates.
"""

from __future__ import annotations

from datetime import date

from workreport.model import Confidence, DerivedKind, FaultKind, Indicator, IndicatorKind, Meta, RepairStatus, Status
from workreport.model.place_years import Pair, Verdict

# The following tables have the Chinese word for each identifier of one kind.
REPAIRS = {
    "chrome": "略去网页上的其他文字",
    "control": "略去看不见的字符",
    "deleted": "略去修订时已删的文字",
    "editor": "发布者修改",
    "footer": "略去页脚",
    "front-matter": "略去文件头",
    "header": "略去页眉",
    "heading-join": "接上断开的标题",
    "hidden": "略去隐藏文字",
    "join": "接上断开的句子",
    "markup": "略去排版记号",
    "numbering": "统一序号",
    "ornament": "略去版面符号",
    "page-number": "略去页码",
    "phonetic": "略去注音",
    "placeholder": "略去提示文字",
    "watermark": "略去水印",
}
QUIET_REPAIRS = frozenset(REPAIRS) - {"editor", "heading-join", "join"}
"""Kinds of repairs without a remark beside the text; the page of editorial notes lists them apart, as layout."""

_PLAIN = {
    "Markdown 标题记号": "来源里表示标题的 # 号",
    "Markdown 引用记号 >": "来源里表示引文的 > 号",
    "Markdown 脚注记号": "来源里的注释记号",
    "Markdown 表格的竖线": "来源里画表格的竖线",
    "加粗记号 ** 在中文句号后不生效，会原样显示": "来源里表示加粗的 ** 号，不是正文",
    "加粗记号 **": "来源里表示加粗的 ** 号",
    "文件头（YAML），说明文件": "来源文件开头的网址、题名等",
}
"""What a publisher is told of the signs of file formats, and the same in words of everyday."""


def plain_reason(reason: str) -> str:
    """Return the reason of a repair in words that a reader who knows no file format understands.

    >>> plain_reason("Markdown 标题记号，不是正文")
    '来源里表示标题的 # 号，不是正文'
    """
    for told, plain in _PLAIN.items():
        reason = reason.replace(told, plain)
    return reason


REPAIR_STATUS: dict[RepairStatus, str] = {"applied": "已采用", "undone": "已撤销", "proposed": "未采用"}

FAULTS: dict[FaultKind, str] = {
    "announced": "数目不符",
    "missing": "内容缺失",
    "lost": "文字缺失",
    "repeated": "重复",
    "numbering": "序号有误",
    "contradiction": "前后矛盾",
    "doubled": "叠字",
    "tense": "时态存疑",
    "marks": "标点不成对",
    "wording": "字句存疑",
    "stranger": "体裁存疑",
}
UNMARKED_FAULTS = frozenset({"repeated", "lost", "missing", "stranger"})
"""Kinds of doubts that are not about the quoted words themselves, so the words are not underlined."""

MISSING = frozenset({"announced", "lost"})
"""Kinds of doubts that mean missing text, if they are certain; see `remarks.incomplete`."""

CONFIDENCE: dict[Confidence, str] = {"certain": "确定", "high": "很可能", "medium": "可能", "low": "把握不大"}

KINDS: dict[IndicatorKind, str] = {"level": "总量", "growth": "变化", "share": "比重", "count": "数量", "rank": "位次"}
STATUS: dict[Status, str] = {"result": "已完成", "target": "目标"}
ESTIMATED = "预计"
"""The status of a result that is the report's own estimate."""

FIELDS = {
    "name": "指标名",
    "kind": "类别",
    "status": "状态",
    "estimated": "预计数",
    "value": "数值",
    "number": "数字",
    "number_max": "上限",
    "unit": "单位",
    "approx": "约数词",
    "parent": "属于",
    "period": "时期",
    "change": "变化",
}
"""The fields of an indicator that the publisher can correct."""

DERIVED: dict[DerivedKind, str] = {"share": "占比", "before": "上年数", "sum": "合计"}

TERMS = {
    "body": "机构",
    "event": "活动",
    "glossary": "名词解释",
    "name": "专名",
    "person": "人物",
    "phrase": "提法",
    "place": "地点",
    "programme": "工程、政策",
    "region": "地区",
    "topic": "主题",
    "venue": "场馆",
}

TRAPS = {
    "age": "年龄",
    "anniversary": "周年",
    "clock": "钟点",
    "code": "代号、型号",
    "date": "日期",
    "edition": "版次、届数",
    "footnote mark": "注释序号",
    "glossary": "名词解释里的数字",
    "grade": "等级",
    "heading": "标题里的数字",
    "item number": "条目序号",
    "list name": "清单、榜单名称",
    "name": "名称里的数字",
    "number": "编号",
    "one": "虚指的“一”",
    "ordinal": "序数、届次",
    "period": "时期",
    "place": "前几位、前几名的范围",
    "policy name": "政策名称",
    "population phrase": "“十四亿人民”一类的说法",
    "proportion": "结构比例",
    "quoted name": "引号里的名称",
    "rate base": "计算率的底数",
    "road or number": "道路、编号",
    "round word": "“千万”“百”等虚指的数",
    "slogan": "口号",
    "small count": "虚指的小数目",
    "steps": "步骤、层级",
    "structure": "“1＋4”一类的布局",
    "telephone number": "电话号码",
    "threshold": "名称里的界限",
    "version": "版本号",
    "word": "含数字的词语",
    "zero word": "含“零”的词语",
}
"""Why a number is not an indicator, by the name of the trap rule."""

VERDICTS: dict[Verdict, str] = {
    "exceeded": "超过",
    "met": "达到",
    "not met": "未达到",
    "not comparable": "口径不同，不可比",
    "no result stated": "下年报告未写",
    "not judged": "",
}
"""What came of a promise, in a word; see `verdict_of`."""
UNPAIRED = "没有配到下一年报告的句子"
"""What is said of a promise without a result where verdicts are not wanted: it says nothing of the report."""

NUMERALS = "〇一二三四五六七八九"


def verdict_of(pair: Pair) -> str:
    """Return the word of a verdict; "" for a target that was not met where that is not sure: it would accuse without proof."""
    return "" if pair.verdict == "not met" and not pair.sure else VERDICTS[pair.verdict]


def status_of(indicator: Indicator) -> str:
    """Return the status of an indicator as readers are told it: 已完成, 预计 for the report's own estimate, 目标."""
    return ESTIMATED if indicator.estimated else STATUS[indicator.status]


def numeral(number: int) -> str:
    """Return a number from 0 to 99 in Chinese numerals, any other in digits.

    >>> numeral(8), numeral(10), numeral(12), numeral(40), numeral(138)
    ('八', '十', '十二', '四十', '138')
    """
    if number >= 100 or number < 0:
        return str(number)
    tens, ones = divmod(number, 10)
    if not tens:
        return NUMERALS[ones]
    return ("" if tens == 1 else NUMERALS[tens]) + "十" + (NUMERALS[ones] if ones else "")


def counted(number: int) -> str:
    """Return a number as written before a measure word: 两 for 2, otherwise as by `numeral`.

    >>> counted(2), counted(8)
    ('两', '八')
    """
    return "两" if number == 2 else numeral(number)


def day(when: date | None) -> str:
    """Return the date as 2024年2月21日; "" for None."""
    return f"{when.year}年{when.month}月{when.day}日" if when else ""


def responsible(title: str, place: str) -> str:
    """Return who gives the report with this title: a place's government, or the body that the title names; "" if unknown.

    >>> responsible("政府工作报告", "拱墅区"), responsible("青禾县人民法院工作报告", "青禾县"), responsible("人民检察院工作报告", "青禾县")
    ('拱墅区人民政府', '青禾县人民法院', '青禾县人民检察院')
    """
    body = title.removesuffix("工作报告")
    if not body.endswith(("法院", "检察院", "委员会")):
        return government(place)
    return body if (place and body.startswith(place)) or not place else f"{place}{body}"


def cited_day(meta: Meta) -> date | None:
    """Return the day by which a report is cited; None if neither is known.

    That is the day on which it was put online, else that on which it was given before the congress, which made it public.
    """
    return meta.published or meta.date


def government(place: str) -> str:
    """Return the name of a place's government: the place and 人民政府; unchanged if it ends in 院 or 政府, or is "".

    >>> government("拱墅区"), government("国务院"), government("")
    ('拱墅区人民政府', '国务院', '')
    """
    return place if not place or place.endswith(("院", "政府")) else f"{place}人民政府"
