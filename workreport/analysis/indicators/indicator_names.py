"""Knows how an indicator's name is made from the words around its figure.

Leaves lists of names to `name_lists`, finding the figure and its kind to `clauses` and `judgements`.
"""

from __future__ import annotations

import re

from workreport.analysis.indicators.grammar import Grammar

_EDGE = " \u3000、，。；：:—-·■*#的了"
_FOOTNOTE = re.compile(r"[［\[]\d{1,3}[］\]]")
_ASIDE = re.compile(r"^（[^（）]{1,8}）")
# words before a name that say how it was reckoned, from when, or whose it is: 据推算, 连续5年, 按可比价格计算, 我市
_RECKONED = re.compile(
    r"""^(?: 据[^，。；]{0,6}?(?:推算|统计|测算)
          | 连续[\d一二三四五六七八九十]{1,3}年
          | 按(?:照)?[^，。；]{0,6}?(?:可比价格?|可比口径|同口径|口径|不变价格?|现价)(?:计算)?
          | (?:扣除|剔除)[^，。；]{0,8}因素(?:后|影响)? | 可比价格? | 同口径
          | (?:国家|上级|省|市|州)下达(?:我[省市县区州])?的(?=.) | 在(?:巩固|完成)?(?=(?:去年|上年|前年|现有|已有|原有|20\d\d年)) | 我(?:国|省|市|县|区|州|旗)(?=.) | (?:加上|以及|只能保证|能够保证|预计|力争|即将|已经|已|虽然?|但|却|并且?(?![购网轨联入排行发]))(?=.) )""",
    re.VERBOSE,
)
_RECKONING = frozenset("在国上省市州据连按扣剔可同我加以只能预力即已虽但却并")
"""The first characters of such words."""
_TOGETHER = re.compile(r"^(?:总|累计)?共(?![建享同青产和计识性振创富治济线轨赢用])")
_ACHIEVES = re.compile(
    r"(?<=..)(?:(?<![重主需必只不])(?:要|将|应|须|仍|还)?(?:努力|力争|确保|争取|加快)?(?:实现|完成))(?!投资)"
)
"""A light verb between the subject of a name and its measure."""
_EXPECTED = re.compile(r"(?<=..)预计(?:全年|可|将)?(?:完成|实现)(?=..)")
"""An estimate between the subject of a name and its measure: 全社会[预计完成]固定资产投资."""
_AMONG = re.compile(
    r"^在[^，。；：、]{2,8}(?:、[^，。；：、]{2,8}){1,4}等[^，。；：、]{0,3}?[区县市州镇乡地](?=[推实开建完新改启])"
)
"""The named places where something was done, before its verb: [在青山、河口等区]推动."""
_SPENT_TOGETHER = re.compile(r"(?<=..)(?:累计|总|(?<!公))共(?=(?:投入|投资|安排|筹措|拨付|支出))")
_WORKED_ON = re.compile(r"(?<=..)(?:进行|开展|实施)了?(?=..)")
"""A verb between the things worked on and the work: 对[残疾人家庭]进行[改造]."""
_PAST = re.compile(r"(?:(?![村县乡镇市区户家时])[\u4e00-\u9fff]{2}|(?<=[村县乡镇市区户家])[\u4e00-\u9fff])了(?!解)")
"""A verb in the past after a noun: 群众[分到了]新房."""
_SAID = re.compile(r"[\u4e00-\u9fff]{1,2}了(?!解)")
"""The same at the start of a predicate."""
_BUILT = re.compile(r"$|建(?![成设立起])")
"""What is no verb of its own behind 已: 已|建脱硝设施的机组."""
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
_WITH_ADVERB = ("再就业", "再生", "再担保", "再贷款", "再制造", "再保险")
"""Words that only seem to start with an adverb."""
_TO_ALL = ("为", "向", "给", "对")
"""Prepositions before a scope that says whose things are counted: [为]全市8万低保对象."""
_HAVING = re.compile(r"(?:现已|已经|已|现有|共有)")
_ALONE = frozenset("比虽但其均可同共又也还仍已仅只就约")
"""Single characters that are no name."""
_NUMBERED = re.compile(
    r"^(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,2}[是要]|\d{1,2}[.、．](?=20\d\d年|\D|$))"
)


FOR = re.compile(r"(?:共|已|再|仍|还|尚|累计|现|免费)*(?:为|向|对|让|使|把|将|给|有|由|在|以|近|约|超|上)")
_HOLDS = re.compile(r"(?:实现|奉献了?|拥有|共有|现有|已有)$")
_MAKES = re.compile(r"(?<=.{2})(?:使|让|把)$")
_IN_YEAR = re.compile(r"20\d\d年")
_LONG = 20
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


def _cut(noun: str, start: int, grammar: Grammar) -> re.Match[str] | None:
    """The first predicate, preposition or year from `start` on that ends a noun phrase; None without one.

    Those inside quotation marks do not count.
    """
    found: re.Match[str] | None = None
    patterns = (grammar.predicate, grammar.preposition, _IN_YEAR, *((_PAST,) if "了" in noun else ()))
    for pattern in patterns:
        at = start
        while match := pattern.search(noun, at):
            mean = match[0] == "均" and noun[match.start() - 1] in _MEAN  # 平均 is no predicate
            if not mean and noun.count("“", 0, match.start()) <= noun.count("”", 0, match.start()):
                if found is None or match.start() < found.start():
                    found = match
                break
            at = match.end()
    return found


_TURNED = re.compile(
    r"(?:整体|总体|全面|成功|基本|顺利)*(?:实现)?(?:扭亏[为增]盈|由亏[转变]盈|转亏为盈|止亏回升|减亏增盈)[、，](?:整体|总体|共|累计)?(?:实现)?"
)
"""How losses ended, before the profit: 国有企业[扭亏为盈、实现]利润."""


def clean(text: str, grammar: Grammar) -> str:
    """A name without times, adverbs, item numbers and punctuation at its ends.

    Only the ends are cut; the words stay as the report has them.
    """
    name = text.strip(_EDGE)
    if "亏" in name:
        name = _TURNED.sub("", name)
    if "［" in name or "[" in name:
        name = _FOOTNOTE.sub("", name)
    for _ in range(8):
        before = len(name)
        if match := (_NUMBERED.match(name) or grammar.date.match(name) or _ASIDE.match(name)):
            name = name[match.end() :]
        for words in (grammar.time, grammar.light):
            size = words.at_start(name)
            if size and size < len(name):
                name = _COMPLETED.sub("", name[size:])
        # an adverb is removed only before a verb: 高标准推进, but not 高标准农田
        size = grammar.adverb.at_start(name)
        if size and grammar.before_verbs.at_start(name, size) and not name.startswith(_WITH_ADVERB):
            name = _COMPLETED.sub("", name[size:].removeprefix("实施"))  # 实施 after an adverb is removed as well
        name = _without_scope(name, grammar)
        name = name.strip(_EDGE)
        if len(name) == before:
            break
    return _balance("".join(name.split()))


def _without_scope(name: str, grammar: Grammar) -> str:
    """A name without a scope before a light verb (全区实现地区生产总值), and without how it was reckoned (按可比价格计算)."""
    field = grammar.scope.at_start(name)
    if field and (size := grammar.light.at_start(name, field)) and field + size < len(name):
        name = name[field + size :]
    if field and (match := _HAVING.match(name, field)) and not _BUILT.match(name, match.end()):  # 全县已建成 → 全县建成
        name = name[:field] + name[match.end() :]
    if name[:1] == "在" and "等" in name:
        name = _AMONG.sub("", name)
    if name[:1] == "在" and grammar.scope.at_start(name, 1):
        name = name[1:]
    if name[:1] in _RECKONING and (match := _RECKONED.match(name)):
        name = name[match.end() :]
    field = grammar.scope.at_start(name)
    match = _TOGETHER.match(name[field:]) if "共" in name else None  # 共完成 → 完成, 全县共登记 → 全县登记
    name = name[:field] + name[field + match.end() :] if match and len(name) > field + match.end() + 1 else name
    if "共" in name:
        name = _SPENT_TOGETHER.sub("", name)
    if "预计" in name:
        name = _EXPECTED.sub("", name)
    match = _ACHIEVES.search(name) if "实现" in name or "完成" in name else None  # 运输业完成增加值 → 运输业增加值
    size = len(name) - match.end() if match else 0
    whole = match and size > 1 and size == grammar.head.at_start(name, match.end())
    return name[: match.start()] + name[match.end() :] if match and whole else name


def is_nothing(name: str, grammar: Grammar) -> bool:
    """Whether words before a figure name nothing: a time, a scope (全市), a basis of comparison, a lone adverb."""
    if not name or name in grammar.dependent.words:
        return False
    return name in _ALONE or (name in grammar.nothing.words and not name.endswith("级"))


def linked(first: str, second: str) -> str:
    """Two parts of a name without a word that ends the first and starts the second: 外资合同, 合同投资额 → 外资合同投资额."""
    shared = next((k for k in range(min(len(first), len(second), 4), 1, -1) if first.endswith(second[:k])), 0)
    return first + second[shared:]


_COMPLETED = re.compile(r"^(?:好(?![转看评友氧])|了(?!解))")
"""What is left of a verb behind its first part: 实施[好]产业帮扶, 完成[了]改造."""
_BRACKETS = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"))
_BRACKET = re.compile(r"[“”《》（）()]")


def _balance(name: str) -> str:
    """Remove a bracket or quotation mark whose partner was cut off."""
    if _BRACKET.search(name) is None:
        return name
    for opening, closing in _BRACKETS:
        surplus = name.count(opening) - name.count(closing)
        if surplus > 0:
            head, _, tail = name.rpartition(opening)
            name = head + tail
        elif surplus < 0:
            head, _, tail = name.partition(closing)
            name = head + tail
    return name


_MANNER = re.compile(
    r"^(?:实现|已经|已|均|都|将|全部|基本|成功|顺利|首次|陆续|相继|如期|提前|同步|加快|持续|有序|深入|全面|扎实|稳步)+(?=.)"
)
_STREAK = re.compile(
    r"(?:连续|近|累计)?(?:\d+|[一二两三四五六七八九十多]+)年$|(?:每|连|历|常)年$|长期$|(?:[12]\d{3}|[一二][〇零○一二三四五六七八九]{3})年(?:末|底|度|初|内)?$"
)
_TRAILING = re.compile(
    r"(?:早日|有望|可望|预计|力争|努力|全部|(?<=[率量额值入数])稳定|(?<![重主需必只不摘纪])要|[一二两三四五今明]年内|提前|继续|分别|可以|可比|(?<![许认])可|(?<![归偿返退])还|仍然?|(?<![名大武])将|现已|已经|已|(?<!平)都)+$"
)
"""Adverbs that are left behind a name when the verb before a figure is removed."""
_FIRST_TIME = re.compile(r"(?:首次|首)(?:突破|超过|超|破|达到?)$")
_LOOSE_ENDS = frozenset("年期末底度初内破过超达到日望计争力前续别以比可还仍然将在经已都部定要")
"""The last characters of what the three patterns above match."""
_MEAN = "平年人户月日亩地"


def before_figure(text: str, grammar: Grammar) -> str:
    """The text before a figure without the verb between name and figure: 城镇调查失业率平均为 → 城镇调查失业率平均."""
    name = text.rstrip(_EDGE)
    for _ in range(6):
        if name.endswith(("均", "都")) and name[-2:-1] not in _MEAN:
            name = name[:-1].rstrip(_EDGE)
        size = grammar.reach.at_end(name)
        if grammar.opens.at_end(name) > size:
            break
        if name[-1:] in _LOOSE_ENDS:
            name = _TRAILING.sub("", _FIRST_TIME.sub("", _STREAK.sub("", name)))
            size = grammar.reach.at_end(name)
        if not size:
            break
        if grammar.whole.at_end(name) > size:  # the end is a noun, not a verb: 人才, 条约
            break
        if name[-size] == "均" and name[-size - 1 : -size] and name[-size - 1] in _MEAN:  # 平均|为 and not 平|均为
            size -= 1
        name = name[: len(name) - size].rstrip(_EDGE)
    if grammar.passed.search(name, 1) is None:
        return name
    step = grammar.step.search(name, 1)  # a verb of passing a level ends a name: 地区生产总值连续迈上4个万亿元台阶
    return name[: step.start()] if step else name


def leading_verbs(name: str, grammar: Grammar) -> int:
    """The length of the verbs at the start of a name: 累计完成林分优化 → 4. 0 for verbs only, and for an award."""
    if grammar.award.match(name):
        return 0
    size = grammar.opens.at_start(name)
    if size and grammar.whole.at_start(name) > size:  # 建设用地
        return 0
    if (
        name[:1] == "新" and (verb := grammar.opens.at_start(name, 1)) and verb >= size
    ):  # 新 before a verb belongs to it: 新引进
        size = verb + 1
    if name[:size] in ("累计", "合计", "牵头", "推动", "新增"):
        size += grammar.opens.at_start(name, size)
    return size if size < len(name) else 0


def without_action(name: str, grammar: Grammar) -> str:
    """The thing of a name that says in which place what was done with it: 全县建成高标准农田 → 高标准农田."""
    field = grammar.scope.at_start(name)
    verb = grammar.opens.at_start(name, field) if field else 0
    return name[field + verb :] if verb and field + verb < len(name) else name


_DONE = re.compile(
    r"(?<=..)(?:已|累计|新|集中)*(?:(?:建成|竣工)投产|开复工|开工|复工|竣工|投产|续建|签约|落地|建成|完成|投用|投运|落成)$"
    r"|(?<=..)累计$"
)


def without_deed(name: str) -> str:
    """The thing of a name without what was done with it at the end: 高标准农田累计建成 → 高标准农田.

    So the next verb of a list does not say both: 技改项目开工80个、竣工60个 → 竣工技改项目.
    """
    return _DONE.sub("", name)


_QUOTED = re.compile(r"^(?:“[^”]*”){2,}")


def topic(name: str, opening: int, grammar: Grammar) -> str:
    """A name without the verbs it starts with (`opening` characters) or its award: 新增上市企业 → 上市企业."""
    match = grammar.award.match(name)
    if match and match.end() < len(name):
        return name[match.end() :]
    rest = name[opening:] if opening < len(name) else name
    rest = re.sub(r"(?<=..)(?:现有|共有|现已|已经)(?=..)", "", rest, count=1)
    plain = _QUOTED.sub("", rest)
    return plain if len(plain) >= 3 else rest


def before_list(head: str, grammar: Grammar) -> str:
    """The verb before a list of examples of what is counted; "" if there is none.

    In 开展“武林衣秀”“武林大巡游”等8项赛事, `head` is 开展“武林衣秀”“武林大巡游”等, and the verb is 开展.
    """
    for at in range(max(head.rfind("、"), head.rfind("“"), 0)):
        if size := grammar.opens.at_start(head, at):
            return head[at : at + size]
    return ""


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


_PASSING = re.compile(
    r"(?P<measure>[^，。；、\d]{3,16}?)(?:均|都)?(?:突破|超过?|跨过|过)[\d百千万亿][\d.百千万亿]*元?(?:以上)?$"
)
"""A counted noun that has passed a threshold: [县财政收入]突破10亿元."""


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
        return left + noun, len(noun)
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
    return left + said + ("" if len(said) <= 4 else "的") + head, len(noun)


def _awarded(head: str, rest: str, grammar: Grammar) -> str:
    """A noun with its award in front: 社区, 入选全国示范 → 入选全国示范的社区.

    A general (企业) or short noun gets no 的 before it, and is left out if `rest` ends with it: 入选…领军企业.
    """
    bare = head.rstrip("的")
    if bare in grammar.generic.words or len(bare) <= 2:
        return rest if rest.endswith(bare) else rest + bare
    return f"{rest}的{bare}"
