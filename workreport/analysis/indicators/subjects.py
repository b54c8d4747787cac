"""Knows whose figure a measure is that stands without its subject (增加值, 人均): the clause before has told whose.

Leaves measures of the figure before to `passage`, and the rest of the name to `judgements` and `changing`.
"""

from __future__ import annotations

import re

from workreport.analysis.indicators import indicator_names, phrases, windows
from workreport.analysis.indicators.passage import Passage
from workreport.model import Quantity

_GOES = re.compile(
    r"""(?<=..)(?:力度)?(?: 取得|实现|保持|呈现?|继续|持续|不断|快速|迅速|健康|稳步|加快|平稳|较快|蓬勃|协调|恢复性?|进一步|长足|迅猛|全面|工作|改革|改制|重组|深入|更加 )*
        (?:(?:主导|支撑|支柱|龙头|带动|引领)(?=作用|地位))? (?: 发展|建设|增长|壮大|增强|提升|回升|好转|加强|推进|作用|地位|势头|改制|重组|扩面|增资扩股|崛起|升级|起步|复苏|加大 )
        (?: 加快|迅速|较快|很快|迅猛|平稳|良好|强劲|工作|扩大|明显|显著|突出|进展|顺利|增强|发展|态势|的|更加|进一步|凸显|步伐|大大|壮大|提速|成功|完成 )* $ | (?<=..)从[无零]到有$""",
    re.VERBOSE,
)
"""How a subject fares, at the end of a clause that tells nothing else: 食用菌产业[持续快速发展]."""
_SUBJECT = re.compile(
    r"(?:[产工农林牧渔商服加造饮筑售游术]业|第[一二三]产业|经济|产业化|产业化经营|产业园|工业园|园区|开发区|集团|公司|企业|银行|保险|公路|铁路|地铁|旅游|物流|电商|业态|集群|港|港口|机场|口岸|招商引资|引资|招商)$"
)
"""The end of a subject that has measures of its own: 第三产业, 青禾工业园, 市商业银行, 失业保险."""
_HARVEST = re.compile(
    r"^(?:全[省市县区]|我[省市县区])?(?P<crop>[^，。；、“”\d]{2,8}?)(?:生产)?(?:再获|喜获|喜迎|连获|连续|连年|实现|获得|又获|再次|夺得|取得|战胜[^，。；、]{2,8})*(?:“?[一二三四五六七八九十]{1,3}连[丰增]”?|(?:大|好|特大)?丰收)$"
)
"""A clause that tells of a harvest, whose amount follows: [粮食]生产连年丰收，总产80万吨."""
_THROUGHPUT = ("吞吐量", "货物吞吐量", "旅客吞吐量", "集装箱吞吐量")
_YIELDED = (*phrases.YIELDS, "年产", "年产量")
_MEASURES = frozenset((*_YIELDED, *_THROUGHPUT))
_AT_PLACE = re.compile(
    r"(?:节假日|假日|周末|工作日|早晚高峰|早高峰|晚高峰|高峰|平均|日均|周边|交通){0,3}(?:拥堵(?:延时)?指数|拥堵时长|通行(?:时间|时长|效率|速度)|车速|排队(?:时间|时长)|等候(?:时间|时长)|候诊时间|客流量|停车泊位|事故(?:率|起数)|违停(?:率|量)|投诉(?:率|量))"
)
"""What a place has whose traffic or order was treated: 节假日拥堵指数."""
_TREATED = re.compile(
    r"(?:推动|推进|推行|实施|开展|深化|优化|完成|加强|强化|抓好|做好|全面|持续|深入|着力|有序)*(?P<place>[^，。；、：“”\d]{2,12}?(?:景区|商圈|片区|园区|街区|学校|医院|枢纽|路口|火车站|客运站|高铁站|机场|口岸|隧道|大桥|港区|老城区|古城|新城|市场|路段))(?:周边)?(?:的)?(?:治堵|交通|拥堵|停车|秩序|环境|综合|专项|分级|分时段|精细化|智能|组织|模式)*(?:治堵|治理|整治|改造|提升|优化|组织|管控|改善|疏导|管理|升级)"
)
"""A place whose traffic or order is treated, in the clause before: 推动[西湖景区]治堵迭代升级."""
_EVENT = re.compile(
    r"(?P<event>[^，。；、“”\d]{2,20}?(?:博览会|交易会|洽谈会|展销会|推介会|展览会|旅游节|文化节|购物节|展会))(?!展中心|展场馆)"
)
"""A fair or a festival, which things were sold at: 成功举办[青禾农产品博览会]，现场成交额1.3亿元."""
_SOLD_THERE = re.compile(r"(?:现场|意向|协议|合同|签约|成交|达成|累计)*(?:成交|签约|交易|协议|合同)(?:总?额|总?金额)")
_OF_EACH = re.compile(r"年?(?:人均|户均)")
"""The start of what each of some people has."""
_PLAIN = re.compile(r"[^，。；、“”（）\d]{2,14}")
_WHO = re.compile(r"[^，。；、\d]{1,12}?(?:企业|公司|集团|工业园区?|产业园区?|园区|开发区)")
"""The one who acts at the start of a name: [电力企业]累计发电."""
_EARNED = re.compile(r"(?:实现|完成|创造|创|上缴)(?:的)?$|^(?:实现|完成|创造|创|上缴)")
_PLACES = re.compile(
    r"(?:区县|县区|县市区?|区市县?|县（市、区）|县（市）|市（县）|乡镇|镇乡|镇街|街道|县城|县域|开发区|园区)$"
)
"""The end of a name for parts of the place: 18个区县."""
_INSURANCE = re.compile(r"(?:城镇|农村|城乡|职工|居民|企业|新型|基本|社会){0,3}(?:养老|医疗|失业|工伤|生育)保险")
_SCHEME = re.compile(
    r"(?:扩大|加强|推进|推行|完善|健全|建立|实施|规范|积极|稳步|深入|全面|加快)*([^，。；、\d和与及]{2,12}保险)"
)
"""One insurance as what a clause is about: 扩大[外来从业人员综合保险]覆盖面."""
_RATED = ("满意率", "办结率", "办复率", "见面率")
"""Rates of what the clause before acts on: 办理人大代表建议，满意率…."""
_HANDLED = re.compile(r"^(?:办理|办结|承办|办复|受理|答复|复)了?(?=..)")
_ACTED = re.compile(
    r"(?:认真|积极|全部|及时|依法|共|按时|高质量)*(?:办理|办结|承办|办复|受理|答复)了?(?:各级|省市?|市|县)?(?P<what>[^，。；、\d]{3,20})"
)
"""What was handled, in the clause before its rate: 认真办理[人大代表建议]，满意率…."""
_AMID = re.compile(r"^以[^，。；]{1,10}为[^，。；]{1,6}的|在[^，。；]{2,8}[中下]$")
"""What goes with a subject and is no part of it: 以旅游业为龙头的第三产业, 工业经济在克服困难中."""
_LIGHT_VERBS = ("实现", "完成", "创造", "达到")
_LIGHT = re.compile(f"^(?:{'|'.join(_LIGHT_VERBS)})(?=..)")
_FOREIGN = re.compile(r"((?:直接利用|实际利用|利用)?外资|资金)(?:项目)?(?:合同|协议)?(?:金额|额)?$")
"""The end of a name that counts what was agreed: 外资合同额."""
_RATIOS = ("占比", "比重", "比例")
_OF_PLACES = frozenset(("财政收入", "地方财政收入", "一般公共预算收入", *phrases.EARNED))
_OUTPUT = ("生产总值", "GDP", "国民生产总值")
_PER_HEAD = re.compile(r"^[，、]?(?:[^，、\d]{0,6})人均(?:已|首次)?(?:达到?|突破|超过?|为|约)*$")


def with_subject(passage: Passage, words: str, clause: int, clause_start: int, left: str = "") -> str:
    """The name of a figure whose `words` are a measure without its subject, with that subject; "" if it needs or finds none.

    `left` is the text before the figure, "" for a change.
    """
    if passage.previous is None:  # only what a clause says can give one
        subject = told_of(passage, words, clause_start) or _place_treated(passage, words, clause_start)
        return subject + _LIGHT.sub("", words) if subject else ""
    subject = (
        counted_people(passage, words, clause)
        or told_of(passage, words, clause_start)
        or _place_treated(passage, words, clause_start)
        or places(passage, words, clause)
        or kept(passage, words, clause)
        or beside(passage, words, clause)
        or (left and doer(passage, words, left, clause))
    )
    return subject + _LIGHT.sub("", words) if subject else ""


def counted_people(passage: Passage, words: str, clause: int) -> str:
    """Those that the clause before counts and says nothing else of, for what each has: 10万贫困人口，年人均纯收入…; or ""."""
    previous = passage.previous
    if previous is None or previous.clause != clause - 1 or not _OF_EACH.match(words) or previous.quantity is None:
        return ""
    end = passage.text.find("，", previous.quantity.end)
    return previous.name if passage.text[previous.quantity.end : end] == previous.name else ""


def told_of(passage: Passage, words: str, clause_start: int) -> str:
    """The subject of the clause before, for a measure without one: 第三产业发展加快，增加值…; "" without it.

    The clause must have no figure and say only how its subject fares, and `words` must be a measure that needs a subject.
    """
    grammar, words = passage.grammar, _LIGHT.sub("", words) if words.startswith(_LIGHT_VERBS) else words
    if words.endswith("额") and _SOLD_THERE.fullmatch(words):
        return _fair(passage, clause_start)
    if words not in grammar.headed.words and words not in grammar.dependent.words and words not in _MEASURES:
        return ""
    begin, end = passage.clause_before(clause_start)
    if grammar.headed.at_start(words) == len(words) and passage.has_figure(begin, end):
        begin, end = passage.clause_before(begin)  # 旅游业蓬勃发展，接待游客200万人次，创收3亿元
    if (
        end < 2
        or end - begin > windows.SUBJECT_CLAUSE
        or passage.text[end] not in "，："
        or passage.has_figure(begin, end)
    ):
        return ""
    said = indicator_names.clean(passage.text[begin:end], grammar)
    if words in _YIELDED:
        match = _HARVEST.match(said)
        return match["crop"] if match else ""
    if words.startswith("参保"):
        whole = _INSURANCE.search(said) or _SCHEME.match(said)
        return whole[whole.lastindex or 0] if whole else ""
    match = _GOES.search(said)
    if match is None and words in _THROUGHPUT:
        return ""
    thing = said[: match.start()] if match else said
    if match is None and words in _RATED:
        acted = _ACTED.match(said)
        return acted["what"] if acted else ""
    at = 0
    while match is None and (size := grammar.deeds.at_start(thing, at)):
        at += size  # 巩固提升烟草产业，利税…
    thing = _AMID.sub("", thing[at:])
    if not _PLAIN.fullmatch(thing) or _SUBJECT.search(thing) is None or indicator_names.leading_verbs(thing, grammar):
        return ""
    if grammar.scope.at_start(thing) == len(thing.removesuffix("经济")) or thing in ("国民经济", "经济"):
        return ""
    return thing.removesuffix("经济") if thing.endswith("业经济") else thing


def _fair(passage: Passage, clause_start: int) -> str:
    """The fair or festival that the clause before tells of, if it has no figure; "" without one."""
    begin, end = passage.clause_before(clause_start)
    match = _EVENT.search(passage.text, begin, end) if end > 1 and not passage.has_figure(begin, end) else None
    if match is None:
        return ""
    name, at = indicator_names.clean(match["event"], passage.grammar).removeprefix("在"), 0
    while size := passage.grammar.deeds.at_start(name, at):
        at += size
    return name[at:]


def _place_treated(passage: Passage, words: str, clause_start: int) -> str:
    """The place whose traffic or order, which `words` measure, the clause before says to be treated; "" without one."""
    if not _AT_PLACE.fullmatch(words):
        return ""
    begin, end = passage.clause_before(clause_start)
    if end < 2 or passage.text[end] not in "，：" or passage.has_figure(begin, end):
        return ""
    match = _TREATED.match(indicator_names.clean(passage.text[begin:end], passage.grammar))
    return match["place"] if match else ""


def kept(passage: Passage, words: str, clause: int) -> str:
    """The subject of the figure before, for a measure without one: 工业产销率达96%，实现利税…; "" without it.

    合同外资1.2亿美元，到位额0.8亿美元: what has arrived is 外资.
    """
    grammar, previous = passage.grammar, passage.previous
    if previous is None or not clause - 3 <= previous.clause < clause or not _leans(passage, words):
        return ""
    if words.endswith("到位额"):
        match = _FOREIGN.search(previous.name)
        return match[1] if match else ""
    size = max(grammar.head.at_end(previous.name), grammar.headed.at_end(previous.name))
    thing = previous.name[: len(previous.name) - size]
    if thing.startswith("亏损"):  # 亏损企业降至41户，实现利润…: the profit is not theirs
        return ""
    near = clause - 1 in (previous.clause, passage.told)
    return thing if size and near and _SUBJECT.search(thing) else ""


def beside(passage: Passage, words: str, clause: int) -> str:
    """What the figure before is about, for a yield behind an area, and for the ratio of another part of the same whole; or "".

    粮食播种面积90万亩，总产8亿斤 is of 粮食, 办理提案65件，满意率98% of 提案, and in 投资增长8%，其中工业投资占比52%、民间投资占比61% both are shares of 投资.
    """
    previous = passage.previous
    if previous is None or previous.clause < clause - 1:
        return ""
    if words in _RATED and previous.kind == "count" and [d.clause for d in passage.drafts[-2:]].count(clause - 1) == 1:
        return _HANDLED.sub("", passage.noun(previous))  # of two, 建议65件、提案32件, it is that of both
    if words in phrases.YIELDS:
        return passage.noun(previous, words) if previous.name.endswith(("面积", *phrases.YIELDS)) else ""
    whole = previous.parent or ""
    alike = words.endswith(_RATIOS) and previous.name.endswith(_RATIOS) and previous.clause == clause
    return whole if alike and previous.name.startswith(whole) and not words.startswith(whole) else ""


def _leans(passage: Passage, words: str) -> bool:
    return words in phrases.EARNED or passage.grammar.headed.at_start(words) == len(words)


def doer(passage: Passage, words: str, left: str, clause: int) -> str:
    """Who earned what a clause without a subject tells of: 电力企业累计发电…，实现工业增加值…; "" without one.

    The figure before must be what they did; of a number of enterprises (企业达到38家) this says nothing.
    """
    previous = passage.previous
    if previous is None or previous.clause != clause - 1 or not _EARNED.search(left[:4].strip(phrases.PUNCTUATION)):
        return ""
    match = _WHO.match(previous.name)
    if match is None or match[0].startswith("亏损") or not passage.grammar.head.at_end(words):
        return ""
    if passage.grammar.scope.at_start(words) or indicator_names.leading_verbs(match[0], passage.grammar):
        return ""  # 完成3家企业改造，全省完成生产总值45亿元
    acts = max(s.at_start(previous.name, match.end()) for s in (passage.grammar.opens, passage.grammar.adverb))
    return match[0] if acts else ""


def places(passage: Passage, words: str, clause: int) -> str:
    """The parts of the place that the figure before is about: 18个区县增加值增长17%，财政收入增长22.5%; "" if it is not."""
    if words not in _OF_PLACES:
        return ""
    previous = passage.previous
    if previous is None or previous.clause != clause - 1:
        return ""
    grammar = passage.grammar
    name = previous.name
    size = grammar.head.at_end(name)
    for _ in range(3):
        if _PLACES.search(name[: len(name) - size]):
            return name[: len(name) - size]
        step = grammar.measure_part.at_end(name, len(name) - size) or 2 * name[: len(name) - size].endswith("国内")
        if not step:
            return ""
        size += step
    return ""


def per_head(passage: Passage, quantity: Quantity, left: str) -> str:
    """人均 with the output that a clause shortly before told of: 生产总值3000亿元，人均4749美元; "" without it."""
    return per_head_of(passage) if quantity.unit.endswith(("元", "美元")) and _PER_HEAD.match(left) else ""


def per_head_of(passage: Passage) -> str:
    """人均 with the output that one of the last two figures is of; "" without it."""
    for draft in reversed(passage.drafts[-2:]):
        found = next((o for o in _OUTPUT if draft.name.endswith(o)), "")
        if found and "人均" not in draft.name:
            return f"人均{found}"
    return ""
