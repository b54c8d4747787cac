"""Knows whose change a change is: that of the figure before, which then has it, or one with a name of its own.

Leaves the constructions that state a change to `changing`, and its verb to `changes`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from workreport.analysis.indicators import indicator_names, milestones, name_lists, phrases, subjects
from workreport.analysis.indicators.changes import (
    ChangeVerb,
    adjusted_before,
    adjusted_behind,
    timed,
    without_adjustment,
)
from workreport.analysis.indicators.current import Here
from workreport.analysis.indicators.drafts import Draft
from workreport.analysis.indicators.grammar import Grammar
from workreport.analysis.indicators.passage import Passage
from workreport.model import DOUBLED, Quantity

_PLANNED = 6
"""Characters from which on 计划 at the end of a name belongs to the change: 科技资金[计划]增长27%."""
_TURN = re.compile(
    r"由[正负升降]转[正负升降]、?$|(?<=..)(?:表现(?:亮眼|抢眼|突出|强劲)|(?:势头|态势)(?:良好|强劲|向好)|持续向好|逆势(?:而上|上扬|增长|攀升)|稳中有[升进增]|(?:再创|创)(?:历史)?新高|(?:大幅|快速|持续)(?:攀升|走高)|(?:高速|快速|稳步|较快|平稳|恢复性)增长)、?$"
)
"""How a change turned or how a thing fared, before the figure, which is no name: 二季度[由降转升、]增长2.4%."""


def _completed(here: Here, name: str) -> str:
    """The name of a change, with what it takes from the figure before: 利税 after 工业增加值增长12% is 工业利税."""
    passage, clause = here.passage, here.clause
    if whole := subjects.with_subject(passage, name, clause, here.clause_start) or passage.alike(name):
        return whole
    if name in phrases.EARNED and (thing := passage.measured(clause, name)):
        return thing + name
    previous, grammar = passage.previous, passage.grammar
    part, share, _whole = name.partition("占")
    if part and share and (subject := subjects.told_of(passage, part, here.clause_start)):
        return subject + name  # 非公有制经济发展较快，增加值占生产总值的比重提高2个百分点
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
    name = indicator_names.clean(_TURN.sub("", subject), grammar)
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


def grown(here: Here, left: str, quantity: Quantity, change: ChangeVerb) -> None:
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
        owner = passage.waiting(clause, quantity.unit) if not _of_another(here) else None
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
    for label in (timed(label, change) for label in labels):
        draft = Draft(
            label, "growth", quantity, passage.place(here.at, left, name), quantity.end, clause, parent=parent
        )  # fmt: skip
        draft.grow(quantity, change)
        passage.add(draft)


def _of_another(here: Here) -> bool:
    """Whether the clause before tells of the growth of something that has no figure yet: 旅游收入9亿元，工业投资快速增长，[增长9%]."""
    told = here.passage.grown(here.clause_start) if here.first and here.k == 0 else ""
    same = any(draft.name.endswith(told) for draft in here.passage.recent(here.clause))
    return here.passage.grammar.head.at_end(told) > 1 and not same


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
    owner.growth = _since_whole(passage, owner.parent, change).growth(passage.approximated(quantity))
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
