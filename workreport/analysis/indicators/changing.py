"""Knows the constructions that state a change: from … to, growth after a verb.

Leaves whose change it is to `growing`, the verbs of change to `changes`, multiples of earlier values to `multiples`, and all other constructions to `judgements` and `counting`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from workreport.analysis.indicators import indicator_names, milestones, phrases, subjects, windows
from workreport.analysis.indicators.changes import (
    ChangeVerb,
    change_at_end,
    signed_change,
)
from workreport.analysis.indicators.comparisons import comparison_at_end, differs
from workreport.analysis.indicators.current import Here
from workreport.analysis.indicators.drafts import Draft
from workreport.analysis.indicators.growing import grown
from workreport.model import Quantity

_CUT_BY_SOME = re.compile(r"(?:下调|上调|降低|调低|提高|压减|减免|压缩)(?P<what>[^的]{2,10}?)(?:的|$)")
"""What some of the counted things have changed, which the change after them is about: 12家机构下调[收费标准]，降幅11%."""
_FARED = re.compile(
    r"(?<=..)(?:逆势|持续|稳步|大幅|快速|较快|明显|加快|小幅|企稳|止跌)+(?:上扬|攀升|走高|增长|上升|回升|提升|下降|下滑|走低|回落)、(?P<noun>增幅|增速|涨幅|降幅|跌幅)(?:达到?|为)?$"
)
"""How a thing fared, with the noun of its change behind 、: 对东盟出口[逆势上扬、增幅]12.6%."""
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
    if turn is not None and not (phrases.TURNED.search(right[: turn.name_end]) and turn.base in (None, "全年")):
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
    origin = here.quantity if here.quantity.unit else here.quantity._replace(unit=following.unit)
    if not following.unit and not following.number:  # 由18.6%降为0
        following = following._replace(unit=origin.unit)
    if (was < 0 or (start is not None and start.sign < 0)) and origin.number and origin.number > 0:
        origin = origin._replace(value=f"-{origin.value}", number=-origin.number)
    previous = passage.previous.name if passage.previous else ""
    if name.startswith("占"):  # the part is the figure before: …，占国内生产总值的比重从0.64%提高到1.13%
        name = previous + name
    if head := subjects.told_of(passage, name, here.clause_start) or subjects.counted_people(
        passage, name, here.clause
    ):
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
    grown(here, subject, here.quantity, ChangeVerb(sign, lead["base"] or lead["later"], len(subject)))
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
    grown(
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
    if fared := _FARED.search(here.left):  # 对东盟出口逆势上扬、增幅12.6%
        sign = -1 if fared["noun"] in phrases.FALL_NOUNS else 1
        grown(here, here.left[: fared.start()], here.quantity, ChangeVerb(sign, None, fared.start()))
        return 1
    match = phrases.SPEED.fullmatch(indicator_names.clean(here.left, passage.grammar))
    owner = passage.waiting(here.clause, here.quantity.unit) if match else None
    alone = match and phrases.SPEED.fullmatch(here.left.strip(phrases.PUNCTUATION))
    told = passage.grown(here.clause_start) if alone else ""
    if owner is not None and not passage.grammar.head.at_end(told):
        told = ""
    if match is None or (owner is None and not told):
        return 0
    change = ChangeVerb(-1 if match["noun"] in phrases.FALL_NOUNS else 1, match["base"], 0)
    if owner is None or told:  # 出口逆势增长，增幅8%
        draft = Draft(told, "growth", here.quantity, here.quantity.start, here.quantity.end, here.clause)
        draft.grow(here.quantity, change)
        passage.add(draft)
    elif owner.kind == "count" and (cut := _CUT_BY_SOME.search(owner.name)):
        draft = Draft(cut["what"], "growth", here.quantity, here.quantity.start, here.quantity.end, here.clause)
        draft.grow(here.quantity, change)
        passage.add(draft)
    else:
        owner.growth = change.growth(passage.approximated(here.quantity))
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
        and (unit in passage.grammar.units.not_before or (not unit and quantity.unit))
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
    grown(here, here.left, quantity, change)
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
    if (
        owner is None
        or owner.clause != here.clause - 1
        or not phrases.LED_TO.fullmatch(here.left)
        or not milestones.grew_to(passage, [owner], [quantity])
    ):
        return 0
    owner.level(passage.approximated(quantity), passage.kind(quantity, owner.name), here.clause)
    return 1
