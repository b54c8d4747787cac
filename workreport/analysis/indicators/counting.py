"""Knows the construction of a figure whose noun follows: 28家企业入选….

Leaves the wording of the name to `indicator_names`, and all other constructions to `judgements` and `changing`.
"""

from __future__ import annotations

import re

from workreport.analysis.indicators import counted_names, indicator_names, milestones, phrases, ranks, windows
from workreport.analysis.indicators.current import Here
from workreport.analysis.indicators.drafts import Draft

_GRADED = re.compile(
    r"""(?P<grade>国家级|世界级|[省市县区州]级)
        (?: (?:[、和及]|以及) (?:\d{1,4}|[一二三四五六七八九十百两]{1,4}) [余多]? [个家处所项条座类户](?:国家级|世界级|[省市县区州]级) ){1,3}
        (?P<noun>[^，。；、\d级]{2,20})""",
    re.VERBOSE,
)
"""Text after a count that gives only the grade of a thing that the next count names: 1个[国家级、13个省级产业园]."""

_ACTED = re.compile(r"^由[^，。；、]{1,8}?(?:牵头|主导|负责)?(?:组建|建设|创建|发起|编制|实施)(?=..)")
"""Who made a thing, at the start of its name: [由企业牵头组建]创新联合体."""
_TOGETHER = re.compile(r"(?<=..)(?<![公总])共$")
"""A word before the total of things that are listed: 一期、二期[共]61公里在建工程."""
_EACH_HAS = re.compile(r"(?<=..)年?(?:人均|户均)[^，。；、增提]{0,4}收入$")
"""What each of the people that are counted has, which the next figure states: 5万农户[户均收入]达2万元."""
_MADE = ("完成", "建成", "竣工", "通车", "投用", "启用")
"""Starts of what is done with a measured thing: 36公里河道[完成]整治."""
_AMONG = re.compile(r"(?<=..)(?:中的?|里的)(?:已有|仅有|有)?$")
"""Text between the number of things and that of those which are meant: 70个水质断面[中的]53个."""
_BECAME = re.compile(r"[^，。；、]{2,4}[为成到至入][^，。；、]{1,10}")
"""What has become of the things that a count is of: 升格为省级."""
_STANDS = re.compile(r"(?:达到|达|属于|填补)[^，。；、\d]{3,14}(?:水平|标准|空白|行列|先进)[，。；：、 ]*$")
"""What standing some of the things have, behind their number: 其中86项[达到国内先进水平]."""
_FATE = re.compile(
    r"(?:已|均|都|已经|成功|顺利|全部)*(?P<said>(?:提前|率先|如期|超额|首次|正式|基本|实现|完成)*(?:上市|挂牌|达标|达产|投产|投用|达效|开工|竣工|完工|完成|销号|摘帽|脱贫|就业|创业|入住|交付|验收|落地|签约|开业|运营|转化|获批|结案|办结|整改|复工|复产|出列|并网|通车|通航|毕业|落户|结业|康复|翻番))"
)
"""What has become of some of the things counted before, without their noun: 其中12项[提前达标]."""
_DONE = re.compile(
    r"(?:已|均|全部|全面|如期|按期|顺利|提前|基本)+(?:完成|建成|投用|投产|落实|到位|竣工|开工|实现|交付|通车)"
)
"""What was done with all that a figure counts, whose name stands before it: 退耕任务18万亩[已全部完成]."""


def sized(here: Here) -> int:
    """Read the size of a thing that follows: 实施总投资8191亿元的148个省级重点项目, 全长29公里的快速内环全线贯通."""
    passage, quantity, right, following = here.passage, here.quantity, here.right, here.following
    if right[:1] != "的":
        return 0
    grammar = passage.grammar
    head = indicator_names.clean(here.left, grammar)
    verbs = head[: indicator_names.leading_verbs(head, grammar)]
    measure = head[len(verbs) :].removeprefix("了")
    if "等" in measure:  # 推进粮食、煤炭等总投资74亿元的3个码头建设
        measure = measure.rpartition("等")[2]
    if not phrases.SIZE_OF.fullmatch(measure):
        return 0
    counts = following is not None and right.strip() == "的"
    begin = following.end if counts and following else quantity.end + 1
    stop = re.search(r"[，。；、：\d]|$", passage.text[begin : begin + windows.AFTER_NOUN])
    noun = passage.text[begin : begin + (stop.start() if stop else 0)].strip()
    thing = counted_names.noun_phrase(noun, grammar)
    if len(thing) < 2:
        return 0
    name = thing + measure
    end = quantity.end if counts else begin + len(thing)
    passage.add(
        Draft(name, passage.kind(quantity, name), quantity, passage.place(here.at, here.left, head), end, here.clause)
    )
    here.handed = verbs if counts and not (measure == "投资" and verbs in ("完成", "实现")) else ""
    return 1


def counted(here: Here) -> int:
    """Read a figure whose noun follows: 28家企业入选…."""
    passage, quantity, left, right = here.passage, here.quantity, here.left, here.right
    if not _before_noun(here):
        return 0
    if _of_them(here):
        passage.left_out.append(quantity)
        here.handed = left + _AMONG.sub("", right)
        return 1
    if _counts_subject(here):
        passage.left_out.append(quantity)
        here.handed = left + right
        return 1
    grammar, following = passage.grammar, here.following
    head = _head(here)
    if standings := ranks.placed(
        right, 0, len(right), grammar, lists=False
    ):  # without the rank: 14种农产品产量居全国第1位
        right = standings[0].subject.partition("、")[0]
    adjacent = following is not None and not right.strip(phrases.PUNCTUATION).lstrip("共").strip("约近")
    if adjacent and following is not None:  # 7轮2亿元汽车消费补贴: the noun after the second figure belongs to both
        tail = passage.text[following.end : following.end + windows.AFTER_NOUN]
        stop = re.search(r"[，。；、：]", tail)
        right = tail[: stop.start()] if stop else tail
    measured = passage.kind(quantity, "") == "level" and not quantity.unit.endswith("元")
    deed = (
        measured and following is None and not head and counted_names.shared_predicate(right, grammar).startswith(_MADE)
    )
    noun_only = (following is not None and not adjacent) or (measured and not deed and not grammar.opens.at_end(head))
    noun = right.lstrip("的")
    if head.endswith("的") and quantity.unit in phrases.SHARES and grammar.stop.match(noun):
        head = head[:-1]  # 支出增量的80%用于改善民生
    if graded := _GRADED.match(passage.text[quantity.end : quantity.end + windows.AFTER_NOUN]):
        noun = right = graded["grade"] + counted_names.noun_phrase(graded["noun"], grammar)
        noun_only = False
    words, used = counted_names.counted(head, noun, grammar, between=noun_only)
    if following is not None and not adjacent:
        words = (
            (phrases.RATE_NOUN.sub("", words) or words) if following.unit in ("%", "‰") else _EACH_HAS.sub("", words)
        )
    name, opening = _of_list(here, indicator_names.clean(words, grammar), head, adjacent=adjacent)
    stop_at = quantity.end if adjacent else quantity.end + used + len(right) - len(noun)
    carry = head if grammar.predicate.search(head) and not grammar.opens.at_start(head) else ""
    parent = passage.previous.name if here.is_part and passage.previous else None
    passage.add(
        Draft(
            name, passage.kind(quantity, name), quantity, passage.place(here.at, left, head),
            max(min(stop_at, len(passage.text)), quantity.end), here.clause, parent=parent, opening=opening, carry=carry,
        )
    )  # fmt: skip
    if adjacent:
        here.handed = left
    elif following is not None and used + len(right) - len(noun) >= len(here.right.rstrip()):
        here.handed = name  # the next figure counts parts of this thing: 5条风景线192个提升项目
    return 1


def _of_them(here: Here) -> bool:
    """Whether the next figure counts those of the things that are meant: [70个]水质断面中的53个达标."""
    following = here.following
    if following is None or _AMONG.search(here.right) is None:
        return False
    return phrases.base_unit(following.unit) in ("", phrases.base_unit(here.quantity.unit))


def _counts_subject(here: Here) -> bool:
    """Whether the noun goes on with a measure whose change the next figure states: [18个]区县增加值增长17%.

    The number then only says how many have the measure together; the name of the change is complete without it.
    """
    grammar, following = here.passage.grammar, here.following
    if following is None or following.unit != "%" or grammar.opens.at_end(here.left.rstrip()):
        return False
    said = here.right.rstrip()
    size = max(words.at_end(said) for words in (grammar.up, grammar.down))
    rest = said[: len(said) - size].removesuffix("同比")
    return size > 1 and "、" not in rest and grammar.head.at_end(rest) > 1


def _head(here: Here) -> str:
    """The text before a figure whose noun follows, as the start of its name; of a list before it, only the verb."""
    grammar, left = here.passage.grammar, here.left
    left_of = _TOGETHER.sub("", phrases.AS_LONG_AS.sub("", left.rstrip("，、 ")))
    head = indicator_names.clean(phrases.without_approximator(left_of), grammar)
    if head.startswith("在") and (verb := grammar.opens.at_end(head)):  # 在青河、临河等区推动12个项目开工
        head = head[len(head) - verb :]
    if head and left.rstrip().endswith("的"):
        head += "的"
    if left.rstrip().endswith("等") or (here.quantity.value in phrases.SPELLED_SMALL and "、" in head):
        acts = "、" not in head and "“" not in head and grammar.predicate.search(here.right)  # 优化生态等19项工作获奖
        head = "" if acts else indicator_names.before_list(head, grammar)
    return head


def _of_list(here: Here, name: str, head: str, *, adjacent: bool) -> tuple[str, int]:
    """A name completed by what its list or its clause shares, and the length of its leading verbs.

    `adjacent`: the next figure follows directly and has the same noun, so the unit becomes part of the name.
    """
    passage, quantity, previous = here.passage, here.quantity, here.passage.previous
    if adjacent and quantity.unit not in ("", "个"):
        name += "轮次" if quantity.unit == "轮" else quantity.unit[-1]
    opening = indicator_names.leading_verbs(name, passage.grammar) if head else 0
    if not here.first:
        name, opening = passage.carried(name, here.clause, opening, quantity.unit)
    name = passage.benefit(name, here.clause_start) + name
    if previous is None:
        return name, opening
    if not name:
        name = previous.name
    if name.startswith("覆盖") and not here.first and previous.clause == here.clause:
        name = passage.noun(previous) + name
    if here.is_part and passage.grammar.opens.at_start(here.right) > 1 and not passage.grammar.award.match(here.right):
        said = here.right.rstrip("，。；：、 ")  # 其中3个升格为省级
        thing = _ACTED.sub("", passage.noun(previous))
        if passage.only_verbs(said):  # 其中17个竣工投产
            return said + indicator_names.without_deed(thing), 0
        return (f"{said}的{thing}", 0) if _BECAME.match(said) else (name, opening)
    if here.is_part and previous.kind == "count" and (fate := _FATE.fullmatch(here.right.rstrip("，。；：、 "))):
        thing = indicator_names.without_deed(_ACTED.sub("", passage.noun(previous)))
        return fate["said"] + (thing.rpartition("的")[2] if len(thing.rpartition("的")[2]) > 1 else thing), 0
    if here.is_part and _STANDS.match(here.right):  # 其中86项达到国内先进水平
        said = here.right.rstrip("，。；：、 ")
        return f"{said}的{_ACTED.sub('', passage.noun(previous))}", 0
    if here.is_part and passage.grammar.award.match(name):
        match = passage.grammar.award.match(previous.name)
        name += previous.name[match.end() :] if match else ""
    return name, opening


def _before_noun(here: Here) -> bool:
    """Whether the noun of the figure follows (28家企业), rather than its name standing before (企业28家)."""
    passage, grammar, left, k = here.passage, here.passage.grammar, here.left, here.k
    right = here.right
    while not right.strip() and k + 1 < min(len(here.quantities), here.k + 4):
        k += 1  # skip a figure that follows directly: 7轮2亿元汽车消费补贴
        stop = here.quantities[k + 1].start if k + 1 < len(here.quantities) else here.end
        right = passage.text[here.quantities[k].end : stop]
    bare = right.strip(phrases.PUNCTUATION)
    if (
        not bare
        or milestones.stands_before_noun(right)
        or bare[0] in "（(并且而"
        or (_DONE.fullmatch(bare) and len(left) > 2 and not grammar.opens.at_end(left))  # 高标准农田5万亩已全部建成
        or bare.startswith(("的基础上", "基础上"))  # 在去年新增泊位300个的基础上
        or grammar.rounds.at_start(bare) == len(bare)
    ):
        return False
    if here.quantity.unit in (*phrases.SHARES, ":1", "倍") and (phrases.RATE_END.search(left) or left.endswith("占")):
        return False
    if standings := ranks.placed(bare, 0, len(bare), grammar, lists=False):
        said = standings[0].subject.partition("、")[0]
        return bool(said) and grammar.rounds.at_start(said) != len(said) and not left.endswith(("达", "到", "至", "为"))
    reach = 0 if counted_names.FOR.fullmatch(left.strip(phrases.PUNCTUATION)) else grammar.reach.at_end(left)
    if not reach or grammar.opens.at_end(left) >= reach:
        return True
    name = indicator_names.clean(indicator_names.before_figure(left, grammar), grammar)
    if not name or (grammar.opens.at_end(name) and not grammar.head.at_end(name)):
        return True
    # otherwise the name is complete before the figure: 规模突破3亿元大关, 失业率控制在4.6%以内
    return left[-reach:] in phrases.BEFORE_NOUN
