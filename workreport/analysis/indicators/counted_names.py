"""Knows how the name of a figure is made whose noun follows it: 28家企业入选…, 吸纳6万名毕业生就业.

Leaves the ends of a name to `indicator_names`, and whether the noun follows to `counting`.
"""

from __future__ import annotations

import re

from workreport.analysis.indicators.grammar import Grammar
from workreport.analysis.indicators.indicator_names import MEAN, leading_verbs

_WORKED_ON = re.compile(r"(?<=..)(?:进行|开展|实施)了?(?=..)")
"""A verb between the things worked on and the work: 对[残疾人家庭]进行[改造]."""
_PAST = re.compile(r"(?:(?![村县乡镇市区户家时])[\u4e00-\u9fff]{2}|(?<=[村县乡镇市区户家])[\u4e00-\u9fff])了(?!解)")
"""A verb in the past after a noun: 群众[分到了]新房."""
_SAID = re.compile(r"[\u4e00-\u9fff]{1,2}了(?!解)")
"""The same at the start of a predicate."""
_FARES = re.compile(
    r"(?<=...)(?:不断|持续|日益|蓬勃|加速|稳步|健康|茁壮|快速)+(?:壮大|发展|成长|涌现|集聚|推进|提升|增强|完善)$"
)
"""How counted things fare, at the end of their noun: 产业集群[不断壮大]."""
_GOAL = re.compile(r"(?<=..)的(?:预期|奋斗|既定|总)?(?:目标|任务|要求)(?:任务)?$")
"""What is reached with the things counted, at the end of their noun: 带动2万人就业[的目标]."""
_FIRST_OF_LIST = re.compile(
    r"(?P<own>[^、“”的]{3,12})、[^，。；]*等(?:重点|重大|一批)?(?:项目|工程|工作|任务|行动|措施)$"
)
"""A counted noun that is the first of a list: [易地搬迁]、扶贫产业园等项目."""
_TO_ALL = ("为", "向", "给", "对")
"""Prepositions before a scope that says whose things are counted: [为]全市8万低保对象."""
FOR = re.compile(r"(?:共|已|再|仍|还|尚|累计|现|免费)*(?:为|向|对|让|使|把|将|给|有|由|在|以|近|约|超|上)")
_HOLDS = re.compile(r"(?:实现|奉献了?|拥有|共有|现有|已有)$")
_MAKES = re.compile(r"(?<=.{2})(?:使|让|把)$")
_IN_YEAR = re.compile(r"20\d\d年")
_LONG = 20
_AIMS = ("争取", "力争", "确保", "预计", "计划", "拟", "努力")
"""Words before a number of things that say only that something is aimed at."""
_HANDED_DOWN = re.compile(r"(?:国家|上级|省|市|州)下达(?:我[省市县区州])?的")
"""Words before a number of things that say only who has asked for them: [国家下达的]34万套保障性住房."""
_SOME_HAVE = re.compile(r"(?P<thing>[^，。；、]{3,16}?)(?:中)?(?:已经|已|又)?有$")
"""Things of which a number does something: 重点企业有[528户完成整治]."""
# adverbs and joining words between a counted noun and its predicate: 85项改革圆满|完成, 12所新校区年内|建成
_LEFT_OVER = re.compile(
    r"(?<=..)(?:已经|已|(?<!平)均|全都|都|全部|(?<!公)共|全面|基本|成功|顺利|圆满|首次|陆续|相继|如期|按期|提前|同步|先后|年内|全线|加快|稳定|分别|或|并且?|进展)+$"
)
_JOINS = re.compile(r"(?<=..)(?:(?<![总共饱缓温中])和|(?<![参赠给])与|(?<![惠普涉遍])及)$")
"""A joining word at the end of the text between two figures."""
_TOWARD = re.compile(r"(?<=.)(?<![面相应成绝结核])(?:对|向|将|把)$")
"""A preposition at the end of the text between two figures, which belongs to the second: 20亿元资金对|89万户院坝."""
_AND = re.compile(r"[和、及与]")
_JOINED = re.compile(r"(?:和|(?<![参])与|(?<![惠普涉遍])及|、)$")
_NEAR = re.compile(r"(?:超过|超|近|约|达到|达|共|有)$")
_MANNER = re.compile(
    r"^(?:实现|已经|已|均|都|将|全部|基本|成功|顺利|首次|陆续|相继|如期|提前|同步|加快|持续|有序|深入|全面|扎实|稳步)+(?=.)"
)
_PASSING = re.compile(
    r"(?P<measure>[^，。；、\d]{3,16}?)(?:均|都)?(?:突破|超过?|跨过|过)[\d百千万亿][\d.百千万亿]*元?(?:以上)?$"
)
"""A counted noun that has passed a threshold: [县财政收入]突破10亿元."""


def _cut(noun: str, start: int, grammar: Grammar) -> re.Match[str] | None:
    """The first predicate, preposition or year from `start` on that ends a noun phrase; None without one.

    Those inside quotation marks do not count.
    """
    found: re.Match[str] | None = None
    patterns = (grammar.predicate, grammar.preposition, _IN_YEAR, *((_PAST,) if "了" in noun else ()))
    for pattern in patterns:
        at = start
        while match := pattern.search(noun, at):
            mean = match[0] == "均" and noun[match.start() - 1] in MEAN  # 平均 is no predicate
            if not mean and noun.count("“", 0, match.start()) <= noun.count("”", 0, match.start()):
                if found is None or match.start() < found.start():
                    found = match
                break
            at = match.end()
    return found


def counted(left: str, right: str, grammar: Grammar, *, between: bool) -> tuple[str, int]:
    """The name of a figure whose noun follows, and how many characters of `right` it uses.

    `left` and `right` are the text beside the figure: 企业入选浙江省服务业领军企业 after 28家 gives 入选浙江省服务业领军企业.
    `between`: another figure follows in the same clause, so what comes after a verb belongs to that figure.
    """
    noun = _GOAL.sub("", _FARES.sub("", right.rstrip("，。；：、 ")))
    money = left.endswith(("投资", "投入", "资金"))  # 投资3亿元实施甲工程、乙工程等项目 is for all of them
    if not between and "、" in noun and not money and (match := _FIRST_OF_LIST.match(noun)):
        noun = match["own"]
    if between and left.startswith(_TO_ALL) and grammar.scope.at_start(left, 1) == len(left) - 1 > 0:
        left = left[1:]
    if between:
        noun = _JOINS.sub("", _TOWARD.sub("", _NEAR.sub("", noun)))
        if noun.endswith("等"):  # the end belongs to the next figure: 22轮强降水和“桦加沙”等15个台风
            noun = _AND.split(noun)[0]
    if left in _AIMS:
        left = ""
    if left.endswith("对"):
        noun = _WORKED_ON.sub("", noun, count=1)
    if FOR.fullmatch(left[grammar.scope.at_start(left) :]) or _HOLDS.search(left):  # 全省有17个项目 counts 项目
        left = ""
    left = "" if _TOWARD.search(left) else _MAKES.sub("", left)
    if _JOINED.search(left):  # of the thing before, only the verb: 建设成都科创生态岛和11个分岛
        left = left[: leading_verbs(left, grammar)]
    if noun.startswith("的"):
        return _attributive(left, noun, grammar)
    if grammar.opens.at_end(left):
        return _after_verb(left, noun, grammar, between=between)
    return _with_predicate(left, noun, grammar, between=between)


def noun_phrase(text: str, grammar: Grammar) -> str:
    """The noun that a text starts with, without its predicate: 快速内环全线贯通 → 快速内环."""
    match = _cut(text, 2, grammar)
    return _LEFT_OVER.sub("", text[: match.start()] if match else text)


def _attributive(left: str, noun: str, grammar: Grammar) -> tuple[str, int]:
    """As `counted`, if 的 and the noun follow: 总投资410亿元的新材料项目 → 新材料项目总投资."""
    leans = grammar.dependent.at_start(left) == len(left) > 0
    if not leans and not grammar.opens.at_end(left):
        return _with_predicate(left, noun[1:], grammar, between=False) if not left else (left + noun, len(noun))
    cut = _cut(noun, 2, grammar)
    at = cut.start() if cut else len(noun)
    return noun[1:at] + left[left.rfind("、") + 1 :], at


def _after_verb(left: str, noun: str, grammar: Grammar, *, between: bool) -> tuple[str, int]:
    """As `counted`, if `left` ends with a verb: 建设 and 全国重点实验室 are the name.

    After a pivot (吸纳) the name is the whole clause: 吸纳高校毕业生在粤就业创业.
    """
    if not between and (grammar.pivot.at_end(left) or grammar.opens.at_start(noun)):
        return left + noun, len(noun)
    stop = grammar.stop.search(noun, 1)
    cut = stop.start() if stop else len(noun)
    if between and (match := _cut(noun, 1, grammar)):
        cut = min(cut, match.start())
    return left + noun[:cut], cut


def shared_predicate(noun: str, grammar: Grammar, *, places: bool = False) -> str:
    """What is said of the last noun of a list of counted things, as it stands before each of them; "" without a predicate.

    In 12个老旧小区、9条背街小巷完成改造 the last noun is 背街小巷完成改造, and 完成改造 is said of both. `places`: the predicate may begin
    with a preposition, 到乡镇支教.
    """
    match = grammar.award.search(noun, 2) or _cut(noun, 2, grammar)
    if match is None or (match.re is grammar.preposition and not places) or match.re is _IN_YEAR:
        return ""
    said = _MANNER.sub("", noun[match.start() :].rstrip("，。；：、 "))
    return said + ("" if len(said) <= 4 else "的") if len(said) > 1 and "、" not in said else ""


def _with_predicate(left: str, noun: str, grammar: Grammar, *, between: bool) -> tuple[str, int]:
    """As `counted` otherwise: the predicate of the noun is put in front of it, 区属国企正式揭牌 → 正式揭牌区属国企."""
    passing = None if between or noun.startswith("县域") else _PASSING.match(noun)
    thing = grammar.things.at_start(noun)
    if passing and 0 < thing < passing.end("measure") and grammar.head.at_end(passing["measure"]):
        return f"{left}{noun[thing:]}的{noun[:thing]}", len(noun)  # 2个县财政收入突破10亿元
    if not between and any(words.match(noun) for words in (grammar.award, grammar.predicate, grammar.preposition)):
        some = _SOME_HAVE.match(left)
        return (f"{noun}的{some['thing']}" if some else left + noun), len(noun)
    match = None if between else grammar.award.search(noun, 1)
    earlier = grammar.preposition.search(noun, 1, match.start()) if match else None
    if match and not (earlier and earlier[0] == "在"):  # 企业在“新三板”挂牌 is named by the whole predicate
        return left + _awarded(_LEFT_OVER.sub("", noun[: match.start()]), noun[match.start() :], grammar), len(noun)
    match = _cut(noun, 1, grammar)
    if match is None:
        return left + noun, len(noun)
    head = _LEFT_OVER.sub("", noun[: match.start()])
    if between:
        return left + head, match.start()
    said = _MANNER.sub("", noun[match.start() :])
    said = said.replace("了", "", 1) if _SAID.match(said) else said
    if said in ("顺利", "有序", "明显", "加快"):
        return left + head, len(noun)
    if len(said) > _LONG and "、" in said:  # keep the first item of a long list: 免费提供视力训练、手术、康复等服务
        said = said[: said.find("、")]
    joined = "" if len(said) <= 4 else "的"
    if left.endswith("的"):  # 承诺的12件民生实事全部兑现, but 推进去年新签的21个项目落地
        acts = left.startswith("推动") or grammar.deeds.at_start(left)
        left = "" if _HANDED_DOWN.fullmatch(left) else left
        return (left + head + said if acts else said + joined + left + head), len(noun)
    return left + said + joined + head, len(noun)


def _awarded(head: str, rest: str, grammar: Grammar) -> str:
    """A noun with its award in front: 社区, 入选全国示范 → 入选全国示范的社区.

    A general (企业) or short noun gets no 的 before it, and is left out if `rest` ends with it: 入选…领军企业.
    """
    bare = head.rstrip("的")
    if bare in grammar.generic.words or len(bare) <= 2:
        return rest if rest.endswith(bare) else rest + bare
    return f"{rest}的{bare}"
