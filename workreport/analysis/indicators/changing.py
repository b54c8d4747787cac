"""Knows the constructions that state a change: from … to, growth after a verb.

Leaves the verbs of change to `changes`, multiples of earlier values to `multiples`, and all other constructions to `judgements` and `counting`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from workreport.analysis.indicators import indicator_names, milestones, name_lists, phrases, subjects, windows
from workreport.analysis.indicators.changes import (
    ChangeVerb,
    adjusted_before,
    adjusted_behind,
    change_at_end,
    signed_change,
    without_adjustment,
)
from workreport.analysis.indicators.comparisons import comparison_at_end, differs
from workreport.analysis.indicators.current import Here
from workreport.analysis.indicators.drafts import Draft
from workreport.analysis.indicators.grammar import Grammar
from workreport.analysis.indicators.passage import Passage
from workreport.model import DOUBLED, Quantity

_PLANNED = 6
"""Characters from which on 计划 at the end of a name belongs to the change: 科技资金[计划]增长27%."""
_PACED = re.compile("[速幅率]")
"""A character that every noun of `phrases.SPEED` has."""


def moved(here: Here) -> int:
    """Read a change with both ends, 从2.50:1缩小至2.27:1, as one indicator; the first figure is its origin.

    Without a figure at its other end (由12.8%降到零) the origin states nothing of its own and is left out.
    """
    passage, following, left = here.passage, here.following, here.left
    if ("从" not in left and "由" not in left) or phrases.FROM.search(left[-windows.ORIGIN :]) is None:
        return 0
    right = phrases.without_approximator(here.right)
    was, became = phrases.side(left), phrases.side(right)  # 由亏损1.2亿元转为盈利3.4亿元
    right = right[:-2].removesuffix("月") if became else right
    turn = change_at_end(right, passage.grammar)  # 由-3.2%转为增长5.1%, 由下降3.2%收窄至下降1.1%
    if turn is not None and not (phrases.TURNED.search(right[: turn.name_end]) and turn.base is None):
        turn = None
    reaches = turn is not None or phrases.TO.search(right) is not None
    if following is None or not (reaches and _same_measure(here.quantity, following)):
        if phrases.TO_NOTHING.match(right) or (following is None and phrases.REACHES.match(right)):
            passage.left_out.append(here.quantity)
            return 1
        return 0
    if turn is None and not phrases.CHANGE.search(right) and not phrases.REPLACED.fullmatch(right):
        return 0
    start = change_at_end(left, passage.grammar)  # 由[下降]3.2%
    cut = max(left.rfind("从"), left.rfind("由"))
    name = indicator_names.clean(indicator_names.before_figure(left[:cut], passage.grammar), passage.grammar)
    origin = here.quantity if here.quantity.unit else replace(here.quantity, unit=following.unit)
    if not following.unit and not following.number:  # 由18.6%降为0
        following = replace(following, unit=origin.unit)
    if (was < 0 or (start is not None and start.sign < 0)) and origin.number and origin.number > 0:
        origin = replace(origin, value=f"-{origin.value}", number=-origin.number)
    previous = passage.previous.name if passage.previous else ""
    if name.startswith("占"):  # the part is the figure before: …，占国内生产总值的比重从0.64%提高到1.13%
        name = previous + name
    if head := subjects.told_of(passage, name, here.clause_start):
        name = head + name
    name = passage.ratio(name) or name
    if not name:
        name = passage.subject(here.clause_start) or previous
        if became and not passage.grammar.things.at_end(name):  # 迅速焕发活力，由亏损3亿元转为盈利5亿元
            name = here.right.rstrip()[-2:]
    changes = following.unit in phrases.SHARES and (turn or start or (origin.number or 0) < 0)
    fell = became < 0 or (
        turn.sign < 0 if turn else start is not None and start.sign < 0 and right.startswith(phrases.NARROWED)
    )
    step = milestones.step_at(here.right, following, passage.text[following.end : here.end], passage.grammar)
    passage.add(
        Draft(
            name, "growth" if changes else passage.kind(following, name), following, passage.place(here.at, left, name),
            following.end, here.clause, origin=origin, sign=-1 if fell or name.endswith(phrases.FALL_NOUNS) else 1,
            threshold=step is not None, milestone_only=step is not None and step.sure,
        )
    )  # fmt: skip
    return 2


def regrouped(here: Here) -> int:
    """Read how many things others were made into: 20家国有企业重组为15家. The first figure is where the change starts."""
    passage, following = here.passage, here.following
    match = phrases.REGROUPED.fullmatch(here.right) if following else None
    if following is None or match is None or not _same_measure(here.quantity, following):
        return 0
    kind = passage.kind(following, match["name"])
    behind = passage.text[following.end : following.end + 1]
    if kind != "count" or behind not in ("", *phrases.PUNCTUATION):  # 12家医院重组为3个集团 are other things
        return 0
    name = indicator_names.clean(match["name"], passage.grammar)
    start = here.quantity.start
    passage.add(Draft(name, kind, following, start, following.end, here.clause, origin=here.quantity))
    return 2


_TIMES = ("小时", "分钟", "秒", "天", "日", "工作日", "年", "个月", "月")


def _same_measure(start: Quantity, end: Quantity) -> bool:
    """Whether two figures can be the ends of one change: equal units, 万 and 亿 aside, one without a unit, or both times."""
    a, b = phrases.base_unit(start.unit).removeprefix("个"), phrases.base_unit(end.unit).removeprefix("个")
    shares = phrases.is_share(start.value, start.unit) and phrases.is_share(end.value, end.unit)  # 由不足一成提高到78%
    return a == b or not a or not b or shares or (a in _TIMES and b in _TIMES) or a.split("/")[0] == b.split("/")[0]


def against(here: Here) -> int:
    """Read a comparison with others, 高于全国0.8个百分点, as a change of its own with them as its base.

    It is never the change of the figure before, which has grown by another amount.
    """
    passage, quantity, grammar = here.passage, here.quantity, here.passage.grammar
    versus = comparison_at_end(here.left) if differs(quantity.unit) else None
    if versus is None:
        return 0
    subject = indicator_names.clean(indicator_names.before_figure(here.left[: versus.name_end], grammar), grammar)
    owner = passage.previous if not subject or subject.startswith(phrases.GROWTH_NOUNS) else None
    owner = (owner.echo or owner) if owner else None
    name = _rate_of(owner, quantity) if owner else subject or passage.subject(here.clause_start)
    start = passage.place(here.at, here.left, name)
    draft = Draft(name, "growth", quantity, start, quantity.end, here.clause, echo=owner)
    draft.grow(quantity, versus)
    passage.add(draft)
    return 1


def _rate_of(owner: Draft, quantity: Quantity) -> str:
    """The name of what is compared: of an amount with a change, in points, its rate: 生产总值4238亿元，增长10%，高于全国2个百分点."""
    grown = owner.growth is not None or (owner.kind == "growth" and not owner.name.endswith(phrases.GROWTH_NOUNS))
    rate = owner.growth.unit if owner.growth else owner.quantity.unit if owner.quantity else ""
    if not (grown and rate == "%" and quantity.unit.endswith("百分点")):
        return owner.name
    return owner.name + ("涨幅" if phrases.PRICE_INDEX.search(owner.name) else "增速")


def paced(here: Here) -> int:
    """Read a rate with 的速度 or 增长 behind it: 年均以10%的速度递增, 保持8%以上增长. It is the change of what stands before."""
    match = phrases.PACE.match(here.right) if here.quantity.unit in ("%", "‰") else None
    lead = phrases.PACE_LEAD.search(here.left[-windows.PACE :]) if match else None
    if match is None or lead is None:
        return 0
    subject = here.left[: len(here.left) - len(lead[0])]
    falls = match["falls"] or (match["verb"] and here.passage.grammar.down.at_end(match["verb"]))
    sign = -1 if falls else 1
    _grown(here, subject, here.quantity, ChangeVerb(sign, lead["base"] or lead["later"], len(subject)))
    return 1


def cut(here: Here) -> int:
    """Read a share after a verb of change and what it changes: 压减一般性支出7%. Amounts (减少碳排放5万吨) stay what they count."""
    passage, quantity, grammar = here.passage, here.quantity, here.passage.grammar
    if quantity.unit not in ("%", "个百分点", "成"):
        return 0
    words = indicator_names.clean(indicator_names.before_figure(here.left, grammar), grammar)
    falls, rises = grammar.down.at_start(words), grammar.up.at_start(words)
    size = max(falls, rises)
    name = words[size:].removeprefix("了").removesuffix("的")
    if (
        size < 2
        or len(name) < 2
        or not name.isalpha()
        or (phrases.RATE_NAME.search(name) and quantity.unit != "个百分点")
    ):
        return 0
    if here.right[:1] not in ("", *phrases.PUNCTUATION) or grammar.reach.at_end(here.left.rstrip()) > 1:
        return 0
    draft = Draft(name, "growth", quantity, passage.place(here.at, here.left, words), quantity.end, here.clause)
    draft.grow(quantity, ChangeVerb(-1 if falls >= rises else 1, None, 0))
    passage.add(draft)
    return 1


def compared(here: Here) -> int:
    """Read a change with the figure it is compared with: 比一九五七年的一千二百四十一亿元增长百分之六十五.

    The second figure is the change. The first becomes the origin of the indicator before, if that has none yet.
    """
    passage, following, left = here.passage, here.following, here.left
    base = phrases.COMPARED_WITH.search(left[-windows.COMPARED_WITH :]) if following and left.endswith("的") else None
    if following is None or base is None:
        return 0
    change = change_at_end(here.right, passage.grammar)
    if change is None:
        return 0
    subject = left[: len(left) - len(base[0])]
    _grown(
        here,
        subject,
        following,
        replace(change, base=change.base or base["base"].removesuffix("的"), name_end=len(subject)),
    )
    owner = passage.previous
    if owner is not None and owner.origin is None:
        owner.origin = here.quantity
    return 2


def sped(here: Here) -> int:
    """Read a noun with a percentage as the change of the figure before: …超过6万亿元，年均增速5.7%."""
    passage = here.passage
    if here.quantity.unit != "%" or _PACED.search(here.left) is None:
        return 0
    match = phrases.SPEED.fullmatch(indicator_names.clean(here.left, passage.grammar))
    owner = passage.waiting(here.clause, here.quantity.unit) if match else None
    if match is None or owner is None:
        return 0
    owner.growth = ChangeVerb(-1 if match["noun"] in phrases.FALL_NOUNS else 1, match["base"], 0).growth(here.quantity)
    return 1


def changed(here: Here) -> int:
    """Read a change after its verb: 同比增长5.1%. It belongs to the figure before, or is an indicator if it has a name."""
    passage, quantity, right = here.passage, here.quantity, here.right
    change = change_at_end(here.left, passage.grammar) or signed_change(here.left, quantity, passage.grammar)
    if change is None:
        return _aimed_higher(here)
    unit = phrases.base_unit(quantity.unit)
    counts_noun = (
        right
        and right[0] not in phrases.PUNCTUATION
        and (unit in passage.grammar.units or (not unit and quantity.unit))
    )  # 减少24万农村贫困人口 has no measure word
    kind = passage.grammar.unit_kind(quantity.unit)
    if counts_noun and kind != "share":  # a count of things, no change: 增加5000个普通高中招生计划
        return 0
    if kind != "share" and here.left.endswith(
        ("提升", "改善")
    ):  # improved things: 农房风貌提升26户, 完成森林质量提升10万亩
        done = passage.grammar.opens.at_start(indicator_names.clean(here.left, passage.grammar))
        if kind == "count" or done:
            return 0
    _grown(here, here.left, quantity, change)
    return 1


def _aimed_higher(here: Here) -> int:
    """Read a higher goal for the change before, without its verb: 城镇化率提高2个百分点，力争[3个百分点]."""
    passage, quantity, previous = here.passage, here.quantity, here.passage.previous
    if previous is None or here.left.strip(phrases.PUNCTUATION) not in ("力争", "争取", "力争达到"):
        return 0
    if previous.kind != "growth" or previous.quantity is None or previous.quantity.unit != quantity.unit:
        return 0
    draft = Draft(previous.name, "growth", quantity, quantity.start, quantity.end, here.clause)
    draft.grow(quantity, ChangeVerb(previous.sign, previous.growth_base, 0))
    passage.add(draft)
    return 1


def led_to(here: Here) -> int:
    """Read the level that a change led to: 财政收入增长9.5%，[达到]835.5亿元 is one indicator, the level with its change."""
    passage, quantity = here.passage, here.quantity
    owner = passage.previous
    reached = phrases.LED_TO.fullmatch(here.left)
    if (
        owner is None
        or reached is None
        or owner.clause != here.clause - 1
        or not milestones.grew_to(passage, [owner], [quantity])
    ):
        return 0
    owner.level(passage.approximated(quantity), passage.kind(quantity, owner.name), here.clause)
    return 1


def _completed(here: Here, name: str) -> str:
    """The name of a change, with what it takes from the figure before: 利税 after 工业增加值增长12% is 工业利税."""
    passage, clause = here.passage, here.clause
    if whole := subjects.with_subject(passage, name, clause, here.clause_start) or passage.alike(name):
        return whole
    if name in phrases.EARNED and (thing := passage.measured(clause, name)):
        return thing + name
    previous, grammar = passage.previous, passage.grammar
    if name.startswith("占") and name.endswith(("比重", "比例", "份额")):
        if previous and max(passage.told, previous.clause) >= clause - 1:
            return phrases.PART_OF_WHOLE.sub("", previous.name) + name
        part = passage.grown(here.clause_start) or passage.subject(here.clause_start)
        return part.removesuffix("增长") + name  # 非公有制经济增长，占经济总量的比重提高3个百分点
    if previous is None:
        return name
    if name == "人均":  # 生产总值翻三番、人均翻两番
        return subjects.per_head_of(passage) or name
    measure = grammar.dependent.at_start(name) == len(name) or name in phrases.ALONE
    leans = (measure and previous.clause == clause) or (name in phrases.TOTALS and previous.clause == clause - 1)
    return passage.noun(previous, name) + name if leans else name


def _adjusted(here: Here, left: str, quantity: Quantity, change: ChangeVerb) -> tuple[ChangeVerb, str]:
    """A change with all that it is adjusted for, and the text before it without that. `left` is as in `_grown`."""
    if here.first and here.k == 0:
        change = adjusted_before(change, here.passage.text, here.clause_start)
    change = adjusted_behind(change, here.passage.text, quantity.end)
    adjusted, subject = without_adjustment(left[: change.name_end].lstrip(phrases.PUNCTUATION))
    return (replace(change, adjusted=adjusted + change.adjusted) if adjusted else change), subject


def _name_of_change(here: Here, subject: str, left: str, quantity: Quantity) -> str:
    """The name of what changes by `quantity`, from its `subject`; "" without one. `left` is as in `_grown`."""
    passage, grammar = here.passage, here.passage.grammar
    name = indicator_names.clean(subject, grammar)
    for verb in ("累计", "计划", "安排", "带动", "拉动", "推动", "促进"):
        name = name.removeprefix(verb)
    amount = quantity.unit not in (*phrases.SHARES, "倍", DOUBLED)
    if name and amount and (gain := phrases.GAINS.search(left)):
        name += "" if grammar.head.at_end(name) else gain[0]  # 农民增收2.6亿元: 农民 names no amount
    if indicator_names.is_nothing(name, grammar) or (passage.drafts and grammar.time.at_start(name) == len(name)):
        name = ""
    elif name == "经济":  # 增长 is part of the name: 经济增长预期目标为5%左右
        name = "经济增长"
    name = phrases.TIME_END.sub("", name.removesuffix("计划") if len(name) > _PLANNED else name)
    if name in phrases.GROWTH_NOUNS and quantity.unit.endswith("百分点") and passage.previous:
        name = (passage.previous.echo or passage.previous).name.removesuffix(
            name
        ) + name  # the rate changed, not the thing
    return name


def _grown(here: Here, left: str, quantity: Quantity, change: ChangeVerb) -> None:
    """Add a change to the figure it belongs to, or as an indicator of its own. `left` is the text before the change."""
    passage, grammar, clause = here.passage, here.passage.grammar, here.clause
    change, subject = _adjusted(here, left, quantity, change)
    if subject.strip(phrases.PUNCTUATION) != "人均":
        subject = indicator_names.before_figure(subject, grammar)
    name = _name_of_change(here, subject, left, quantity)
    labels = name_lists.substances(name, grammar) or name_lists.each(name, quantity.unit, grammar) or [name]
    if name and phrases.EACH_CHANGED.search(left):
        shared = name_lists.of_each(name, grammar)
        labels = shared if len(shared) > 1 else labels
    elif (not name or name in ("增速", "增幅", "其中")) and passage.recent(clause):
        owner = passage.waiting(clause, quantity.unit)
        if owner is not None and _belongs_to(owner, here, left, quantity, change):
            return
        labels = [passage.grown(here.start) or passage.drafts[-1].name]
        if quantity.unit == DOUBLED and change.base is None:  # 已是1980年的4.3倍，提前7年翻两番
            change = replace(change, base=passage.drafts[-1].growth_base)
    elif not name:
        labels = [passage.subject(here.start) or passage.grown(here.start)]
    elif len(labels) == 1 and (whole := _completed(here, name)) != name:
        labels = [whole]
    parent = passage.whole(clause) if subject.strip(phrases.PUNCTUATION).startswith("其中") else None
    if parent and phrases.LEVEL.fullmatch(name):  # 全市公务支出下降8%，其中市级下降9%
        labels = [name + passage.of_place(parent)]
    change = _since_whole(passage, parent, change) if name else change
    for label in labels:
        draft = Draft(
            label, "growth", quantity, passage.place(here.at, left, name), quantity.end, clause, parent=parent
        )  # fmt: skip
        draft.grow(quantity, change)
        passage.add(draft)


def _belongs_to(owner: Draft, here: Here, left: str, quantity: Quantity, change: ChangeVerb) -> bool:
    """Whether a change without a name tells of the figure `owner`, and add it there; `left` is as in `_grown`."""
    passage = here.passage
    if owner.name.endswith(phrases.INCREASES) and milestones.reaches(owner, quantity):
        owner.reach(passage.approximated(quantity), here.clause)  # 净增额首次突破100亿元，净增112.8亿元
        return True
    said = left.rstrip(" 了")
    verb = said[len(said) - max(words.at_end(said) for words in (passage.grammar.up, passage.grammar.down)) :]
    again = owner.quantity is not None and owner.quantity.unit == quantity.unit and len(verb) > 1
    if again and owner.name.startswith(verb):  # 确保减少贫困人口40万人、力争减少50万人
        passage.add(Draft(owner.name, owner.kind, quantity, here.at, quantity.end, here.clause))
        return True
    if saved := _of_saving(owner, quantity, change, passage.grammar):
        passage.add(saved)
        return True
    if phrases.AHEAD.search(left[: change.name_end]):
        return False
    owner.growth = _since_whole(passage, owner.parent, change).growth(quantity)
    return True


def _since_whole(passage: Passage, parent: str | None, change: ChangeVerb) -> ChangeVerb:
    """The change of a part (其中) with the base of the change of its whole, `parent`, if that is one over several years.

    进出口总额500亿美元，比2002年增长4.1倍；其中出口280亿美元，增长5.4倍: both have grown since 2002.
    """
    if parent is None or change.base is not None:
        return change
    whole = next((d for d in reversed(passage.drafts) if d.name == parent), None)
    base = (whole.growth.base if whole.growth else whole.growth_base) if whole else None
    return replace(change, base=base) if base and phrases.OVER_YEARS.search(base) else change


def _of_saving(owner: Draft, quantity: Quantity, change: ChangeVerb, grammar: Grammar) -> Draft | None:
    """The decline of the thing that the figure before says to be cut: 减少公务支出13万元，下降17%; None for other figures.

    Of things that were closed (撤销开发区129个，核减幅度57%) it is the decline of those there were.
    """
    if quantity.unit not in phrases.SHARES or change.sign > 0:
        return None
    match = phrases.SAVED.match(owner.name)
    size = grammar.down.at_start(owner.name)
    thing = match["whose"] + match["thing"] if match else owner.name[size:] if 1 < size < len(owner.name) else ""
    if not thing:
        return None
    draft = Draft(thing, "growth", quantity, quantity.start, quantity.end, owner.clause)
    draft.grow(quantity, change)
    return draft
