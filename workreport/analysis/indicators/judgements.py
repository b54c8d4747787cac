"""Knows the order in which the constructions that state a figure are tried, and those of a figure after its name.

A judgement adds what the current figure states to the passage and returns how many figures it used; 0 leaves the figure
to the next judgement. Leaves changes to `changing`, figures before their noun to `counting`, lists with 分别 to `sharing`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from workreport.analysis.indicators import indicator_names, milestones, name_lists, phrases, spending, subjects, windows
from workreport.analysis.indicators.changes import reckoned
from workreport.analysis.indicators.changing import (
    against,
    changed,
    compared,
    cut,
    led_to,
    moved,
    paced,
    regrouped,
    sped,
)  # fmt: skip
from workreport.analysis.indicators.counting import counted, sized
from workreport.analysis.indicators.current import Here, Judgement
from workreport.analysis.indicators.drafts import Draft
from workreport.analysis.indicators.multiples import MULTIPLE, times
from workreport.analysis.indicators.passage import Passage
from workreport.model import UnitName

_RUNNING = re.compile(r"(?:通车|运营|通航)(?=(?:总)?里程$)|^(?:完成|建成|办结|落实|竣工|开工|整改)的")
"""What is done on a length of road, which another verb replaces: 高速公路[通车]里程281公里、在建338公里."""
_BACK = 2
"""How many figures and clauses back the thing of a bare verb may stand: 在建项目21个、总投资8亿元，今年再开工12个."""
_SHORT = 2
"""The length of a name that is too short to tell that a part repeats it: 投资."""
_WORK = re.compile(r"(?:综合|集中|专项)?(?:整治|治理|清理|整改|改造|建设)(?:提升)?(?:工作|行动|力度|工程)?$")
"""The work at the end of what a clause tells of: “散乱污”企业[整治]."""
_STARTED = re.compile(r"^(?:启动|推进|开展|实施)(?:建设)?(?=..)")
_BUILT = ("工程", "项目", "公路", "高速公路网", "线", "住房", "设施")
"""The last words of things that are built."""
_INVESTED = re.compile(r"(?P<thing>[^，。；、]{3,16}?)(?:建设|改造|工程)(?:完成)?(?:总)?投资$")
"""What was invested in: [“四好农村路”]建设完成投资."""
_WORKS = ("建设", "工程", "项目", "计划", "改造")
"""The ends of what investments are made in."""


_AGAIN = re.compile(r"再(?:发展|招募|招收|培训|培育|吸纳|吸引|引进|招引|遴选|认定|创建|打造|投放|增加)")
"""A verb that adds to the things before, without their noun: 注册志愿者7.2万名，年内[再发展]1万名."""
_RALLIES = re.compile(
    r"(?:团结|依靠|相信|信赖|争取|动员|发动)(?P<who>[^，。；、：\d率]{0,12}?)(?:的)?(?:占|达到?|在)?$"
)
"""An exhortation before a share of people: 要[团结]95%以上的干部, 要[团结干部和群众]95%以上."""
_RALLIED = re.compile(r"^[^，。；、]{0,8}(?:干部|群众|人民|党员|知识分子|职工|农民|同志|的人)")
_VAGUE_ITEM = re.compile(r"^[^、]*[数几][十百千万亿]+[余多]?[^、\d]{1,2}、(?=..)")
"""The item of a list before that has no exact number: [拆除旧房数百处、]腾退土地80亩."""


def from_below(here: Here) -> int:
    """Leave out a rank counted from below: 空气质量排168个城市倒17位."""
    if here.quantity.unit not in ("位", "名") or not here.left.endswith(("倒", "倒数")):
        return 0
    here.passage.left_out.append(here.quantity)
    return 1


def rallied(here: Here) -> int:
    """Leave out a share of the people that an exhortation is about, which nobody has measured: 团结95%以上的干部和群众."""
    match = _RALLIES.search(here.left) if phrases.is_share(here.quantity.value, here.quantity.unit) else None
    if match is None or not _RALLIED.search(match["who"] or here.right):
        return 0
    here.passage.left_out.append(here.quantity)
    return 1


def shared_of(here: Here) -> int:
    """Read a share after its whole: 占规上工业增加值比重达87.1%. The part and the whole make its name."""
    passage, quantity, grammar = here.passage, here.quantity, here.passage.grammar
    if "占" not in here.left or not phrases.is_share(quantity.value, quantity.unit):
        return 0
    raw = indicator_names.before_figure(here.left, grammar)
    tail = raw[-windows.WHOLE :]
    match = phrases.SHARE_OF.search(tail)
    if match is not None:
        whole = match["whole"].removesuffix("的")
        said = phrases.without_approximator(raw[: len(raw) - len(tail) + match.start()])
        head = indicator_names.clean(said.removesuffix("将"), grammar)
        if indicator_names.is_nothing(head, grammar):
            head = ""
        if not head and (passage.previous is None or passage.previous.clause < here.clause - 1):
            said = passage.subject(here.clause_start) or passage.grown(here.clause_start)
            head = "" if "%" in said else said
        if (not head or head in phrases.TOTALS) and passage.previous:
            head = phrases.PART_OF_WHOLE.sub("", _all_before(here) or passage.previous.name)
        head = subjects.told_of(passage, head, here.clause_start) + head
        name = f"{head}占{whole}{match['measure'] or '比重'}"
    elif here.left.rstrip().endswith("占") and (amount := passage.amount()):
        whole = amount.name
        name = f"{indicator_names.clean(here.left.rstrip()[:-1], grammar)}占{whole}比重"
    else:
        return 0
    passage.add(
        Draft(
            name, passage.kind(quantity, name), quantity, passage.place(here.at, here.left, name), quantity.end,
            here.clause, parent=whole, opening=indicator_names.leading_verbs(name, grammar),
        )
    )  # fmt: skip
    return 1


def _all_before(here: Here) -> str:
    """The names of a list of changes in the clause before, whose things a share is of together; "" without such a list.

    新能源汽车、光伏产品出口分别增长46%、18%，占出口总额的27%: both together are 27%.
    """
    last = here.passage.last
    if len(last) < 2 or any(d.kind != "growth" or d.clause != here.clause - 1 for d in last):
        return ""
    said = here.passage.text[last[0].start : last[-1].end]
    return "、".join(d.name for d in last) if "分别" in said else ""


def named(here: Here) -> int:
    """Read a figure after its name: 托位数5755个. Without a name it gets one from the figures or the clause before."""
    passage, quantity, left, grammar = here.passage, here.quantity, here.left, here.passage.grammar
    step = milestones.step_at(left, quantity, here.right, grammar)
    words = indicator_names.clean(
        indicator_names.before_figure(left[: step.name_end] if step else left, grammar), grammar
    )
    words = phrases.without_start(words)
    if "、" in words:
        words = _VAGUE_ITEM.sub("", words)
    if (cause := phrases.CAUSES.match(words)) and (grammar.head.at_end(words) > 1 or words.endswith(("率", "比重"))):
        words = words[cause.end() :]
    if indicator_names.is_nothing(words, grammar):
        words = ""
    elif words[:1] == "再" and words[1:] in grammar.dependent.words:  # 今年计划再投资15亿元
        words = words[1:]
    words = words or subjects.per_head(passage, quantity, left)
    if _milestone(here, words, step) or _aims_higher(here, words):
        return 1
    echo: Draft | None = None
    # a clause before may be the name of the first figure only; a further figure repeats its name
    further = passage.previous is not None and passage.previous.clause == here.clause
    name = words or ("" if further else passage.subject(here.clause_start))
    if not name:
        name, echo = passage.again(quantity, left)
        echo = None if phrases.TOTAL.search(left) else echo  # a total has a change of its own
    elif words:
        whole = words if _drives_people(here, words) else _completed(here, words)
        name = whole + (reckoned(left) if quantity.unit.endswith("元") else "")
    parent = passage.whole(here.clause, quantity.unit) if here.is_part else None
    labels = [name]
    if echo is None and "各" in left and (shared := phrases.SHARED_OUT.search(left.rstrip())):
        labels = _shared_out(name, shared["verb"] or "", passage)
    elif echo is None and phrases.holds_for_each(left):
        labels = name_lists.of_each(name, grammar)
    elif echo is None and "、" in name and phrases.is_share(quantity.value, quantity.unit):
        labels = name_lists.each(name, quantity.unit, grammar, rated=True) or labels
    for label in labels:
        kind = passage.kind(quantity, label)
        draft = Draft(label, kind, quantity, passage.place(here.at, left, name), quantity.end, here.clause)
        draft.parent, draft.echo = parent, echo
        draft.opening = 0 if here.k or echo else _opening(words, label, passage)
        draft.sign = -1 if phrases.says_fall(label, kind, quantity.unit) else 1
        draft.threshold, draft.milestone_only = step is not None, step is not None and step.sure
        draft.successive = step is not None and step.listed
        passage.add(draft)
    return 1


def _shared_out(name: str, verb: str, passage: Passage) -> list[str]:
    """The names of a list that share a figure behind 各 and maybe a `verb`: 南区、北区体育公园各建成 → 建成南区体育公园 …."""
    if not verb:
        return name_lists.shared_out(name, passage.grammar)
    if passage.grammar.opens.at_start(verb) != len(verb):  # 各类首店
        return [name]
    things = name_lists.shared_out(name.removesuffix(verb).removesuffix("各"), passage.grammar)
    return [verb + thing for thing in things] if len(things) > 1 else [name]


def _milestone(here: Here, words: str, step: milestones.Step | None) -> bool:
    """Whether a figure and the one before are a threshold and the level of the same thing: only the level is a figure then.

    `words` may name the figure, `step` is the threshold that it is. 首破 gives the threshold a place of its own after a level.
    """
    passage, quantity, owner = here.passage, here.quantity, here.passage.previous
    if owner is None or owner.quantity is None or here.is_part or "；" in passage.text[owner.end : quantity.start]:
        return False
    if milestones.goes_on(owner, quantity, here.left, here.clause):
        passage.left_out.append(owner.quantity)
        owner.quantity, owner.end, owner.successive = quantity, quantity.end, True
        return True
    if (words and not owner.name.endswith(words)) or phrases.TOTAL.search(here.left) or owner.clause < here.clause - 2:
        return False
    if milestones.reaches(owner, quantity):
        owner.reach(passage.approximated(quantity), here.clause)
        if step is not None and step.sure:  # 迈上万亿元起点、跨越1.2万亿元新台阶: the level is a threshold, too
            owner.threshold = owner.milestone_only = True
        if owner.kind in ("level", "count"):  # 2000亿三道关口，达2136亿元
            owner.kind = passage.kind(quantity, owner.name)
        return True
    if step is None or words or not milestones.not_below(owner.quantity, quantity):
        return False
    owner.milestone = quantity
    return phrases.FIRST_TIME.search(here.left) is None


def _aims_higher(here: Here, words: str) -> bool:
    """Whether a rate is only a higher goal for the change before, and add it: 增长16%，力争达到20%. `words` may name it."""
    passage, quantity, owner = here.passage, here.quantity, here.passage.previous
    if words or owner is None or owner.kind != "growth" or owner.quantity is None or owner.clause < here.clause - 1:
        return False
    if owner.quantity.unit != quantity.unit or not phrases.AIMS.fullmatch(here.left):
        return False
    passage.add(
        replace(owner, quantity=quantity, start=here.at, end=quantity.end, clause=here.clause, ranks=[], echo=owner)
    )
    return True


def _drives_people(here: Here, words: str) -> bool:
    """Whether a figure counts people that something has brought about (带动就业), and the figure before counts people, too."""
    previous = here.passage.previous
    if previous is None or previous.quantity is None or not words.startswith(phrases.DRIVEN):
        return False
    unit = phrases.base_unit(here.quantity.unit)
    return unit in ("人", "名", "户") and phrases.base_unit(previous.quantity.unit) == unit


def _completed(here: Here, words: str) -> str:
    """The name of a figure, made from `words` before it and what the figures and clauses before add."""
    passage, quantity, previous = here.passage, here.quantity, here.passage.previous
    if previous and (
        (phrases.AGAINST.match(words) and not phrases.BIG.match(words)) or words in ("惠及", "受益", "参与", "覆盖")
    ):
        return previous.name + words
    subject = subjects.with_subject(passage, words, here.clause, here.clause_start, here.left)
    if whole := passage.ratio(words) or subject:
        return whole
    if benefit := passage.benefit(words, here.clause_start):
        return benefit + words
    if previous and (selected := _selected(previous, words, here)):
        return selected
    if whole := passage.alike(words) or _acted_on(here, words):
        return whole
    head, comma, last = words.rpartition("、")  # 地铁实现县县通、总里程236公里: the total is that of 地铁
    if comma and phrases.TOTALLED.fullmatch(last) and (found := passage.grammar.predicate.search(head, 1)):
        return head[: found.start()] + last
    support = passage.support(words, here.clause, here.clause_start)
    if whole := _spent(here, words, support):
        return whole
    if support is not None:
        return indicator_names.linked(support, words)
    if passage.only_verbs(words) or (previous and words.startswith("完成") and len(words) == 4):
        return words + _done_with(here)  # a verb, of the thing before: 竣工, 完成办证
    if previous and here.is_part:
        return _part(previous, words, passage)
    if not here.first:
        return passage.carried(words, here.clause, 0, quantity.unit)[0]
    return passage.goes_on(words, quantity, here.clause) + words


def _acted_on(here: Here, words: str) -> str:
    """A bare 完成投资, 再招募 or 对经济增长贡献率 with what the clause before is about; "" for other words, or if it says nothing.

    抓好“六大工程”建设，完成投资20亿元; 数字经济增加值2.4万亿元，对经济增长贡献率60%.
    """
    passage, previous = here.passage, here.passage.previous
    if _AGAIN.fullmatch(words) and (thing := _done_with(here)):
        return words.removeprefix("再") + thing
    if words == "完成投资" and here.first and here.k == 0:
        thing = passage.thing(here.clause_start)
        return thing + words if thing.endswith(_WORKS) else ""
    if previous and words.startswith("对") and words.endswith("贡献率") and previous.clause == here.clause - 1:
        thing = passage.noun(previous.echo or previous, words)
        return thing + words if len(thing) > 1 else ""
    return ""


def _opening(words: str, label: str, passage: Passage) -> int:
    """The length of the verbs that a name starts with: all `words` before its figure if they are only verbs (关停取缔76家)."""
    if words and words != label and label.startswith(words) and passage.only_verbs(words):
        return len(words)
    return indicator_names.leading_verbs(label, passage.grammar)


def _done_with(here: Here) -> str:
    """The thing that a figure tells what was done with, if only a verb stands before it: 开展企业整治，关停76家; "" if unknown."""
    passage, previous, grammar = here.passage, here.passage.previous, here.passage.grammar
    if previous is None:
        thing = _STARTED.sub("", passage.thing(here.clause_start))
        people = phrases.base_unit(here.quantity.unit) in ("人", "名", "人次")
        bare = _WORK.sub("", thing)
        told = (bare != thing or bare.endswith(_BUILT)) and len(bare) > _SHORT and not bare.endswith("”")
        return bare if told and not people else ""
    unit = phrases.base_unit(here.quantity.unit)
    near = (d for d in reversed(passage.drafts[-_BACK:]) if d.quantity and phrases.base_unit(d.quantity.unit) == unit)
    if previous.quantity and previous.quantity.unit.endswith("元"):
        previous = next((d for d in near if d.clause >= here.clause - _BACK), previous)
    if previous.quantity is None or phrases.base_unit(previous.quantity.unit) != unit:
        works = _INVESTED.match(previous.name)  # “四好农村路”建设完成投资7.7亿元，新改建320公里
        return works["thing"] if works and previous.clause == here.clause - 1 else ""
    thing = _RUNNING.sub("", indicator_names.without_deed(passage.noun(previous.echo or previous)))
    return indicator_names.without_action(thing.removeprefix("的"), grammar)


def _spent(here: Here, words: str, support: str | None) -> str:
    """The name of an amount whose `words` only say that it was spent, with what it was for; "" if that is not told.

    It stands in the clause behind, or in the one before: 实施文化惠民工程，投入1.5亿元. `support` is the thing of the figure before.
    """
    if not spending.says_only_that(words):
        return ""
    passage, previous = here.passage, here.passage.previous
    if not (support and previous and previous.kind == "count") and (
        whole := spending.spent_on(words, passage.text, here.quantity.end, passage.grammar)
    ):
        return whole
    if support or not here.first or here.k or words.startswith(spending.WHOSE):
        return ""
    thing = passage.thing(here.clause_start)
    return thing.removeprefix("对").removesuffix("力度") + words if thing else ""


def _selected(previous: Draft, words: str, here: Here) -> str:
    """The name of those of the things before that have a size or a level; "" if `words` are neither.

    引进1亿元以上项目12个、其中10亿元以上3个 gives 引进10亿元以上项目; 建成国家级基地1个、省级2个 gives 建成省级基地.
    """
    words = words.removesuffix("的")
    for pattern in (phrases.SIZE, phrases.LEVEL):
        if pattern.fullmatch(words):
            name, found = pattern.subn(words, previous.name, count=1)
            if found and previous.kind == "share" and here.passage.kind(here.quantity, name) == "count":
                return phrases.RATE_NAME.sub("", name)  # 村集体占比达92%，其中50万元以上的118个
            thing = here.passage.noun(previous)
            return name if found else previous.name[: previous.opening] + words + here.passage.of_place(thing)
    return ""


def _part(previous: Draft, words: str, passage: Passage) -> str:
    """The name of a part (其中): 税收占比 → 一般公共预算收入税收占比; 高铁, after 新增铁路运营里程 → 新增高铁."""
    if words.endswith(("占比", "比重", "比例")):  # but 发电量31亿千瓦时，其中新能源发电量占比38%
        return words if len(previous.name) > _SHORT and previous.name[-_SHORT - 1 :] in words else previous.name + words
    return words if indicator_names.leading_verbs(words, passage.grammar) else previous.name[: previous.opening] + words


JUDGEMENTS: tuple[Judgement, ...] = (
    from_below, rallied,
    moved, regrouped, compared, paced, against, sped, changed, cut, led_to, sized, counted, times, shared_of, named,
)  # fmt: skip
"""The judgements in the order in which they are tried; the last one reads any figure."""
_OF_UNITS: dict[Judgement, tuple[str, ...]] = {
    from_below: ("位", "名"), rallied: ("%", "成", "‰"), paced: ("%", "‰"), sped: ("%",), cut: ("%", "个百分点", "成"), times: (MULTIPLE,),
}  # fmt: skip
"""The judgements that read only figures with these units."""
_OF_TWO = (regrouped, compared)
"""The judgements that read a figure only together with the next one."""


@lru_cache(maxsize=4096)
def _judgements(unit: UnitName, followed: bool) -> tuple[Judgement, ...]:
    """The judgements for a figure with this unit, which another figure may follow in its item."""
    fits = (j for j in JUDGEMENTS if unit in _OF_UNITS.get(j, (unit,)))
    return tuple(j for j in fits if followed or j not in _OF_TWO)


def read_item(here: Here) -> None:
    """Read all figures of an item, left to right."""
    more = True
    while more:
        used = 0
        for judgement in _judgements(here.quantity.unit, here.following is not None):
            used = judgement(here)
            if used:
                break
        more = here.go_on(used)
