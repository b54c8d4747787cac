"""Knows the rules for sizes that only say which things are meant: a boiler's tons, a plant's output, a firm's sales.

Each rule finds a trap or returns None. Leaves radii, institutes and tax brackets to `name_numbers`.
"""

from __future__ import annotations

import re

from workreport.analysis.indicators import phrases, windows
from workreport.analysis.indicators.rule_tables import QuantityRule
from workreport.analysis.indicators.written_number import Number, Verdict

_ABOVE = ("以上", "及以上")
_BELOW = ("以下", "及以下")
_RATES = ("%", "‰", "成", "倍", "个百分点", "百分点", "岁")
_SETTLES = re.compile(r"[降减控压缩稳保维定放][^，。；、\d]{0,4}[到至在为]$")
"""Text before an amount that something is kept or brought to: 控制在, 下降到."""
_EXTENT = re.compile(r"的?(?:水平|规模|范围|目标|幅度|标准|区间|高位|低位)")
"""What repeats that an amount is one: 100万吨以上[的水平]."""
_DESCRIBED = re.compile(r"、[^，。；：\d]{1,16}的")
"""A further description of the same things: 3000元以下[、有劳动能力的]贫困人口."""
SUMS = re.compile(
    r"的?[^，。；、：\d的]{0,8}(?:资金|投资|贷款|消费|专项|债券|补[贴助]|融资|信贷|资本|产值|收入|利润|利税|税收|规模"
    r"|效益|增长|贡献|经费|目标|水平|额|基金|奖励|资产|缺口|优惠|订单|赔偿|损失)(?=[，。；、！]|$)"
)
"""What an amount of money may be of: 10亿元以上[的技改投资]."""
_MIXED = re.compile(r"(?:机组|电站|电厂|综合体|商场|超市|中心|市场|煤矿|变电站|线路|输变电)")
"""Nouns of single things that have a length, an area or a power of their own."""
_RATED_UNITS = ("度", "座", "吨", "蒸吨", "马力", "吨/小时", "蒸吨/小时", "匹", "伏", "毫米", "厘米", "寸", "英寸")
_PLANT_UNITS = ("吨", "千瓦", "兆瓦", "吉瓦", "千伏安", "兆伏安", "立方米", "千升")
_COUNTED_OUTPUT = ("万辆", "万头", "万羽", "万只", "亿只", "万大箱", "万锭", "万纱锭", "万标箱")
_PLANT = re.compile(
    r"[^，。；：、\d]{1,20}?(?:项目|生产线|装置|基地|码头|泊位|航道|机组|电站|电厂|工程|[一二三四]期|扩能|技改|高炉|冷库|储罐)"
)
"""What has a capacity: 福华12万吨[草甘膦扩能技改]."""
_AMONG = re.compile(
    r"[^，。；：]{1,60}?等(?:一批|一系列|[^，。；\d“]{0,8}(?:\d{1,4}[个项])?[^，。；\d“]{0,10}(?:项目|工程|产品|装备|技术|成果))"
)
"""The rest of a list of projects or products: 日照30万吨[原油等18个港口项目]."""
_FIRST = re.compile(r"(?:首[个座条台艘套架列]|最[大长高重])$")
"""Text directly before the size of a single thing: 全球首艘[4.5万吨]工程船."""
_MORE_SIZES = r"(?:[、和或及]\d[\d.]*[百千万亿]*(?:美?元)?)*"
_LIMITED = re.compile(r"(?:超过?|突破|过|上|达到?)(?:\d[\d.]*[百千万亿]*(?:美?元)?[、和或及]){0,4}$")
"""Text before a size or a list of them: 投资上[10亿、50亿、]100亿元."""
_SELECTED = re.compile(rf"{_MORE_SIZES}(?P<of>的[^，。；、：\d的]{{0,14}})(?=[，。；、：等）各\d]|$)")
"""Text after a size, up to the things that it selects: 超500万美元[的外向型龙头企业]."""
_COUNTED = re.compile(r"(?P<of>[^，。；、：\d的]{2,14})\d+多?[个家户]")
"""Text after a size, up to the number of the things that it selects: 超10亿元[单体制造业项目40个]."""
_EITHER = re.compile(
    r"(?:[或和、及][^，。；、\d]{0,8}(?:超过?|过|上|达)[\d.百千万亿]+(?:美?元)?(?:以上)?){1,4}的?[^，。；、\d]{0,10}"
    r"(?:\d+多?[个家户]|企业|项目|集团|县)"
)
"""A second size that selects the same things: 投资过10亿元[或合同外资过千万美元项目80个]."""
_CLASS = re.compile(r"(?:重大|重点|大型|龙头|骨干|优质|工业|特色|产业|制造业|服务业)*")
_ENDS_CLASS = re.compile(
    r"$|[，。；、：等和）]|的?(?:行列|俱乐部|阵营|方阵|梯队|序列|迈进|迈步|目标)|分别|实现|达|由|从|增|有|共|数|突破|发展|培育"
)
_ENTERED = re.compile(r"\d[个家][^，。；、\d]{0,12}(?:进入|跨入|迈入|迈进|跻身|迈向|冲刺)$")
_CLUB = re.compile(r"(?:级)?(?:俱乐部|行列|阵营|方阵|梯队|序列)")
_SET_GOAL = re.compile(
    r"(?:达到|完成|实现了|超过|接近|好于)[^，。；]{0,16}(?:提出|确定|规定|制定|下达)的[^，。；\d]{0,10}$"
)
"""Text before a goal that someone has set: 达到“九五”计划提出的年均增长[11%左右]."""
_OVER_GOAL = re.compile(r"(?:接近|超过|超出了?|高于|低于|好于|快于|不及|未达到?|没有达到|完成了?)(?:年初|年度)?$")
_GOAL = re.compile(r"的?(?:年度|全年|年初|预期|控制|计划|预定|既定|增长|工作|调控|奋斗){0,3}(?:目标|指标|任务)")
_ONE_OF = re.compile(r"[^，。；：、\d成为是]{1,24}之一")
_EACH_PASSED = re.compile(
    r"(?:\d|[一二三四五六七八九十两])多?[个家户](?P<said>[^，。；、：\d]{3,14}?)(?:均|都|分别)?(?:突破|超过?|跨过|过)$"
)
"""Text before a threshold that each of some things has passed: 2个[县财政收入]突破."""
_PASSING = ("突破", "超", "过")
"""The ends of such a text, which are looked at first."""
_PASSED_ENDS = re.compile(r"(?:以上|大关|关口)?(?:[，。；、！]|$)")
_PUSHED = ("加快", "推进", "推动", "抓好", "抓紧", "促进")
_PROJECT = re.compile(r"(?!的)[^，。；、：\d投]{0,12}(?:项目|工程)(?:建设|实施|落地|进度)?(?:[，。；、]|$)")
_BELONGS = re.compile(r"(?:为|是|作为|入选|列入|跻身|进入|属于|确定的?|认定的?|批准的?|公布的?|之一[、和])$")


def _noun_next(n: Number) -> bool:
    """Whether a word that is no verb follows the quantity: 40吨以下[民用]锅炉, but not 100万吨以上[创]新高."""
    q, grammar = n.quantity, n.grammar
    if q is None or not ("\u4e00" <= n.beyond() <= "\u9fff" or n.beyond() == "“"):
        return False
    return not (_EXTENT.match(n.text, q.end) or grammar.takes_amount.at_start(n.text, q.end) > 1)


def _reached(n: Number) -> bool:
    """Whether a verb before the number says that it is reached: 稳定在[100万吨]; but not 将[25度以上坡地]."""
    before = n.before(4)
    return n.grammar.reach.at_end(before) > 0 and not before.endswith(("将", "以", "从", "由", "在", "又", "再"))


def _led_by_verb(n: Number) -> bool:
    """Whether a verb that takes an amount stands directly before the number: 新建[200公里], 淘汰A 5万吨、[30万吨]."""
    q = n.quantity
    if q is None:
        return False
    begin = max(n.text.rfind(mark, max(q.start - windows.CLAUSE_BEFORE, 0), q.start) for mark in "，。；：\n") + 1
    before = phrases.without_approximator(n.text[begin : q.start])
    if before.endswith(("、", "和", "及")):  # the verb of a list whose first item has a figure of its own
        figure = re.search(r"\d", before)
        before = before[: figure.start()] if figure else before
    return bool(n.grammar.opens.at_end(before))


def boiler(n: Number) -> Verdict | None:
    """Trap: the size of the boilers that are counted or replaced: 35蒸吨/小时燃煤锅炉, 10蒸吨以上锅炉; but not 锅炉320蒸吨."""
    q = n.quantity
    if q is None or not ("/" in q.unit or q.approx in _BELOW + _ABOVE):
        return None
    return ("threshold", q.end) if _noun_next(n) else None


def below(n: Number) -> Verdict | None:
    """Trap: an upper bound that selects things: 25度以下坡地, 40吨以下锅炉; but not 降到3万人以下."""
    q = n.quantity
    if q is None or q.unit in _RATES or _SETTLES.search(n.before(windows.MEASURED_TIME)):
        return None
    return ("threshold", q.end) if _noun_next(n) or _DESCRIBED.match(n.text, q.end) else None


def above(n: Number) -> Verdict | None:
    """Trap: a lower bound that selects things: 25度以上坡地, 年销售收入500万元以上的企业; but not 新建200公里以上管网."""
    q = n.quantity
    if q is None or q.unit in _RATES or not _noun_next(n):
        return None
    if n.grammar.unit_kind(q.unit) == "count" and phrases.base_unit(q.unit) not in _RATED_UNITS:
        return None
    if _reached(n) or (q.unit.endswith("元") and SUMS.match(n.text, q.end)):
        return None
    whole = q.unit.endswith("元") or phrases.base_unit(q.unit) == q.unit in _RATED_UNITS
    return ("threshold", q.end) if not _led_by_verb(n) or (whole and q.unit != "吨") else None


def of_all(n: Number) -> bool:
    """Whether a verb acts on a whole length, area or power: 建成[100公里以上]绿道; but not 新建[5万平方米以上]综合体."""
    q = n.quantity
    if q is None or not (q.unit.endswith("公里") or q.unit.endswith(("万平方米", "万千瓦"))) or not _led_by_verb(n):
        return False
    noun = re.compile(r"[^，。；、：\d]{1,16}").match(n.text, q.end)
    said = noun[0] if noun else ""
    return not (_MIXED.search(said) or n.grammar.things.at_end(said))


def capacity(n: Number) -> Verdict | None:
    """Trap: the capacity of a plant or product in its name: 泉港10万吨集装箱码头, 150万吨乙烯“三机”等一系列产品."""
    q = n.quantity
    if q is None or not _noun_next(n) or n.beyond() == "的":
        return None
    if _FIRST.search(n.before(2)) and n.grammar.unit_kind(q.unit) == "level" and not q.unit.endswith("元"):
        return "name", q.end
    counted = n.text.startswith(_COUNTED_OUTPUT, q.end - len(q.unit))
    if not (counted or q.unit.endswith(_PLANT_UNITS)) or _led_by_verb(n):
        return None
    named = _PLANT.match(n.text, q.end) or _AMONG.match(n.text, q.end)
    return ("name", q.end) if named and not _reached(n) else None


def selecting(n: Number) -> Verdict | None:
    """Trap: a size, or one of a list, before the things that it selects: 超50亿元、100亿元的企业, 过10亿元或…."""
    q = n.quantity
    if q is None or not q.unit.endswith(("元", "亿")) or q.approx in _ABOVE:
        return None
    if not _LIMITED.search(n.before(windows.SIZES)):
        return None
    if _EITHER.match(n.text, q.end):
        return "threshold", q.end
    match = _SELECTED.match(n.text, q.end) or _COUNTED.match(n.text, q.end)
    if match is not None and n.grammar.opens.at_start(match["of"]):
        return None
    thing = match is not None and n.grammar.things.at_end(match["of"].rstrip("分别各共达到有为"))
    return ("threshold", q.end) if thing else None


def size_name(n: Number) -> Verdict | None:
    """Trap: things that are called by their size: 主营收入[1000亿元]企业实现零的突破, 向[五百亿]园区迈进, 3个镇街进入[400亿元]俱乐部."""
    q = n.quantity
    if q is None or q.approx or not q.unit.endswith(("亿元", "亿", "万元")):
        return None
    if _CLUB.match(n.text, q.end):
        return ("threshold", q.end) if _ENTERED.search(n.before(windows.SIZED)) else None
    kind = _CLASS.match(n.text, q.end)
    at = kind.end() if kind else q.end
    size = n.grammar.things.at_start(n.text, at)
    return ("threshold", q.end) if size and _ENDS_CLASS.match(n.text, at + size) else None


def goal(n: Number) -> Verdict | None:
    """Trap: a goal that a result is compared with: 接近[10%]的预期目标, 超出了[10%]的控制目标; but not 实现8%的增长目标.

    So is 达到“九五”计划提出的年均增长[11%左右]的预期目标, and 回落到[3.9%]的预期目标以内.
    """
    q = n.quantity
    match = _GOAL.match(n.text, q.end) if q else None
    if q is None or match is None:
        return None
    before = n.before(windows.GOAL_SET)
    over = _OVER_GOAL.search(before[-windows.GOAL :]) or _SET_GOAL.search(before)
    return ("threshold", q.end) if over or n.text.startswith(("以内", "之内"), match.end()) else None


def one_of(n: Number) -> Verdict | None:
    """Trap: how many there are, where one is meant: 被列为全国[50个]重点城市之一."""
    q = n.quantity
    if q is None or not _ONE_OF.match(n.text, q.end) or n.grammar.unit_kind(q.unit) != "count":
        return None
    before = n.before(windows.ONE_OF)
    return ("place", q.end) if n.grammar.scope.at_end(before) or _BELONGS.search(before) else None


def passed_by_each(n: Number) -> Verdict | None:
    """Trap: a threshold that each of some things has passed: 2个县财政收入突破[10亿元]; but not 2个县财政收入增长10%."""
    q = n.quantity
    match = _EACH_PASSED.search(n.before(windows.SIZED)) if n.text.endswith(_PASSING, 0, n.start) else None
    if match is None or q is None or q.number is None or len(q.number.normalize().as_tuple().digits) > 1:
        return None
    said = match["said"]
    if "总" in said or not (n.grammar.things.at_start(said) and n.grammar.head.at_end(said)) or said.startswith("县域"):
        return None
    return ("threshold", q.end) if _PASSED_ENDS.match(n.text, q.end) else None


def project(n: Number) -> Verdict | None:
    """Trap: the size of a project that is pushed on: 加快[30亿元]技改项目建设; but not 完成30亿元技改投资."""
    q = n.quantity
    if q is None or not n.before(2).endswith(_PUSHED):
        return None
    return ("name", q.end) if _PROJECT.match(n.text, q.end) else None


SIZE_RULES = (
    QuantityRule(goal, behind="的年全预控计既增工调奋目指任"),
    QuantityRule(one_of, described=True),
    QuantityRule(boiler, lambda unit, _: unit.startswith("蒸吨"), described=True),
    QuantityRule(below, lambda _, approx: approx in _BELOW, described=True),
    QuantityRule(above, lambda unit, approx: approx in _ABOVE and unit != "", described=True),
    QuantityRule(capacity, lambda unit, approx: not approx and unit != "", described=True),
    QuantityRule(selecting, lambda unit, _: unit.endswith(("元", "亿"))),
    QuantityRule(size_name, lambda unit, approx: not approx and unit.endswith(("亿元", "亿", "万元")), described=True),
    QuantityRule(passed_by_each, lambda unit, _: unit.endswith(("元", "亿"))),
    QuantityRule(project, lambda unit, approx: not approx and unit.endswith("元"), described=True),
)
"""The rules in the order in which they are tried."""
