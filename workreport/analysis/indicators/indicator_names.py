"""Knows how an indicator's name is made from the words around its figure.

Leaves the name of a figure whose noun follows to `counted_names`, lists of names to `name_lists`, and finding the figure and
its kind to `clauses` and `judgements`.
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
_EARNS = re.compile(r"(?:园区|开发区|高新区|企业|集团|公司|合作社|银行|景区)$")
"""One who earns, before what was earned: 11个开发区[实现]工业增加值."""
_EXPECTED = re.compile(r"(?<=..)(?:预计(?:全年|可|将)?|全年(?:累计|共)?)(?:完成|实现)(?=..)|^当年(?=(?:完成|实现)..)")
"""An estimate or a time between the subject of a name and its measure: 全社会[预计完成]固定资产投资, 港口[全年完成]吞吐量."""
_AMONG = re.compile(
    r"^在[^，。；：、]{2,8}(?:、[^，。；：、]{2,8}){1,4}等[^，。；：、]{0,3}?[区县市州镇乡地](?=[推实开建完新改启])"
)
"""The named places where something was done, before its verb: [在青山、河口等区]推动."""
_SPENT_TOGETHER = re.compile(r"(?<=..)(?:累计|总|(?<!公))共(?=(?:投入|投资|安排|筹措|拨付|支出))")
_BUILT = re.compile(r"$|建(?![成设立起])")
"""What is no verb of its own behind 已: 已|建脱硝设施的机组."""
_WITH_ADVERB = ("再就业", "再生", "再担保", "再贷款", "再制造", "再保险")
"""Words that only seem to start with an adverb."""
_HAVING = re.compile(r"(?:现已|已经|已|现有|共有)")
_ALONE = frozenset("比虽但其均可同共又也还仍已仅只就约")
"""Single characters that are no name."""
_NUMBERED = re.compile(
    r"^(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,2}[是要]|\d{1,2}[.、．](?=20\d\d年|\D|$))"
)


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
        name = _TURNED.sub("", name).strip(_EDGE)
    if "［" in name or "[" in name:
        name = _FOOTNOTE.sub("", name).strip(_EDGE)
    for _ in range(8):
        before = name
        if name[:1] in grammar.led_by.all or name[:1].isdecimal():
            name = _without_lead(name, grammar)
        name = _without_scope(name, grammar)
        if name == before:
            break
        name = name.strip(_EDGE)
    return _balance("".join(name.split())) if _SPACE_OR_BRACKET.search(name) else name


def _without_lead(name: str, grammar: Grammar) -> str:
    """A name without an item number, a date or a remark, a time, a light verb and an adverb before it.

    The first characters of all that is removed are `grammar.led_by.all` and digits.
    """
    if name[0] in grammar.led_by.dates or name[0].isdecimal():
        match = _NUMBERED.match(name) or grammar.date.match(name) or _ASIDE.match(name)
        name = name[match.end() :] if match else name
    for words in (grammar.time, grammar.light):
        size = words.at_start(name)
        if size and size < len(name) and not name.startswith("各级各类"):
            name = _COMPLETED.sub("", name[size:])
    # an adverb is removed only before a verb: 高标准推进, but not 高标准农田
    size = grammar.adverb.at_start(name)
    if size and grammar.before_verbs.at_start(name, size) and not name.startswith(_WITH_ADVERB):
        name = _COMPLETED.sub("", name[size:].removeprefix("实施"))  # 实施 after an adverb is removed as well
    return name


def _without_scope(name: str, grammar: Grammar) -> str:
    """A name without a scope before a light verb (全区实现地区生产总值), and without how it was reckoned (按可比价格计算)."""
    given, field = name, grammar.scope.at_start(name)
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
    field = field if name is given else grammar.scope.at_start(name)
    match = _TOGETHER.match(name[field:]) if "共" in name else None  # 共完成 → 完成, 全县共登记 → 全县登记
    name = name[:field] + name[field + match.end() :] if match and len(name) > field + match.end() + 1 else name
    if "共" in name:
        name = _SPENT_TOGETHER.sub("", name)
    if "预计" in name or "年" in name:
        name = _EXPECTED.sub("", name)
    match = _ACHIEVES.search(name) if "实现" in name or "完成" in name else None  # 运输业完成增加值 → 运输业增加值
    size = len(name) - match.end() if match else 0
    whole = match and size > 1 and size == grammar.head.at_start(name, match.end())
    if match and size > 1 and grammar.head.at_end(name) > 1 and _EARNS.search(name, 0, match.start()):
        whole = True
    if match and size > 1 and field == match.start() > 0 and grammar.head.at_end(name) > 1:  # 全省完成国内生产总值
        whole = True
    return name[: match.start()] + name[match.end() :] if match and whole else name


def is_nothing(name: str, grammar: Grammar) -> bool:
    """Whether words before a figure name nothing: a time, a scope (全市), a basis of comparison, a lone adverb."""
    if not name or name in grammar.dependent.words:
        return False
    return name in _ALONE or (name in grammar.nothing.words and not name.endswith("级"))


def linked(first: str, second: str) -> str:
    """Two parts of a name without a word that ends the first and starts the second: 外资合同, 合同投资额 → 外资合同投资额.

    案 at the start of the second stands for such a word: 诈骗案件, 案损额 → 诈骗案损额.
    """
    first = first.removesuffix("案件") if second.startswith("案") else first
    shared = next((k for k in range(min(len(first), len(second), 4), 1, -1) if first.endswith(second[:k])), 0)
    return first + second[shared:]


_COMPLETED = re.compile(r"^(?:好(?![转看评友氧])|了(?!解)|前(?=[完建投开实启竣通达]))")
"""What is left of a verb or a time behind its first part: 实施[好]产业帮扶, 完成[了]改造, 年底[前]建成."""
_BRACKETS = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"))
_SPACE_OR_BRACKET = re.compile(r"[“”《》（）()\s]")


def _balance(name: str) -> str:
    """Remove a bracket or quotation mark whose partner was cut off."""
    for opening, closing in _BRACKETS:
        surplus = name.count(opening) - name.count(closing)
        if surplus > 0:
            head, _, tail = name.rpartition(opening)
            name = head + tail
        elif surplus < 0:
            head, _, tail = name.partition(closing)
            name = head + tail
    return name


_STREAK = re.compile(
    r"(?:连续|近|累计)?(?:\d+|[一二两三四五六七八九十多]+)年$|(?:连续(?:\d+|[一二三四五六七八九十]+)年)?(?:每|连|历|常)年$|长期$|(?:[12]\d{3}|[一二][〇零○一二三四五六七八九]{3})年(?:末|底|度|初|内)?$|连续[\d一二三四五六七八九十]+(?:个月|个季度|个年头)$|在“[^”]{2,8}”(?:期间|时期)$"
)
_TRAILING = re.compile(
    r"(?:早日|有望|(?:在20\d\d年)?达到并|可望|预计|力争|努力|全部|(?<=[率量额值入数])稳定|(?<![重主需必只不摘纪])要|[一二两三四五今明]年内|提前|继续|分别|可以|可比|(?<![许认])可|(?<![归偿返退])还|仍然?|(?<![名大武])将|现已|已经|已|(?<!平)都)+$"
)
"""Adverbs that are left behind a name when the verb before a figure is removed."""
_FIRST_TIME = re.compile(r"(?:首次|首)(?:突破|超过|超|破|达到?)$")
_LOOSE = (
    (_STREAK, frozenset("年期末底度初内月头间")),
    (_FIRST_TIME, frozenset("破过超达到")),
    (_TRAILING, frozenset("日并望计争力部定要内前续别以比可还仍然将已经都")),
)
"""The three patterns above, each with the last characters of what it matches."""
_LOOSE_ENDS = frozenset[str]().union(*(ends for _, ends in _LOOSE))
MEAN = "平年人户月日亩地"
"""Characters before 均 that make it a part of a word: 平均, 人均."""


def before_figure(text: str, grammar: Grammar) -> str:
    """The text before a figure without the verb between name and figure: 城镇调查失业率平均为 → 城镇调查失业率平均."""
    name = text.rstrip(_EDGE)
    for _ in range(6):
        if name[-1:] in ("均", "都") and name[-2:-1] not in MEAN:
            name = name[:-1].rstrip(_EDGE)
        size, loose = grammar.reach.at_end(name), name[-1:] in _LOOSE_ENDS
        if not (size or loose) or grammar.opens.at_end(name) > size:
            break
        if loose:
            for pattern, ends in _LOOSE:
                name = pattern.sub("", name) if name[-1:] in ends else name
            size = grammar.reach.at_end(name)
        if not size:
            break
        if grammar.whole.at_end(name) > size:  # the end is a noun, not a verb: 人才, 条约
            break
        if name[-size] == "均" and name[-size - 1 : -size] and name[-size - 1] in MEAN:  # 平均|为 and not 平|均为
            size -= 1
        name = name[: len(name) - size].rstrip(_EDGE)
    if grammar.passed.search(name, 1) is None:
        return name
    step = grammar.step.search(name, 1)  # a verb of passing a level ends a name: 地区生产总值连续迈上4个万亿元台阶
    return name[: step.start()] if step else name


_OF_SORT = re.compile("性(?![能质别格状])")
"""What makes a verb the sort of a thing: 保障[性]住房."""


def leading_verbs(name: str, grammar: Grammar) -> int:
    """The length of the verbs at the start of a name: 累计完成林分优化 → 4. 0 for verbs only, and for an award."""
    size = grammar.opens.at_start(name)
    if (not size and name[:1] != "新") or grammar.award.match(name):
        return 0
    if size and grammar.whole.at_start(name) > size:  # 建设用地
        return 0
    if (
        name[:1] == "新" and (verb := grammar.opens.at_start(name, 1)) and verb >= size
    ):  # 新 before a verb belongs to it: 新引进
        size = verb + 1
    if name[:size] in ("累计", "合计", "牵头", "推动", "新增"):
        size += grammar.opens.at_start(name, size)
    return size if size < len(name) and not (name[size] == "性" and _OF_SORT.match(name, size)) else 0


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
    for at in range(max(head.rfind("、"), head.rfind("“"), 1)):
        if size := grammar.opens.at_start(head, at):
            return head[at : at + size]
    return ""
