"""Knows which figure a rank belongs to, and makes an indicator of a rank that has no figure.

Leaves reading the ranks to `rank_places` and `first_of_kind`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from workreport.analysis.indicators import indicator_names, name_lists, phrases
from workreport.analysis.indicators.drafts import Draft
from workreport.analysis.indicators.passage import Passage
from workreport.analysis.indicators.ranks.first_of_kind import firsts
from workreport.analysis.indicators.ranks.rank_places import placed
from workreport.analysis.indicators.ranks.standing import Standing, own_name
from workreport.model import Rank

_PARTS = re.compile(r"[和、]")
_MEASURES = ("总量", "数量", "规模", "增速", "增幅", "增量")
_MEASURE_OF = re.compile(
    r"^(?:当年|年度|累计|净|同比|年均|人均|综合|平均)*(?:改善|提升|提高|下降|增长|降低|完成|投资|工作)?(?:人均|幅度|增幅|增速|降幅|速度|总量|数量|位次|排名)$"
)
"""Subjects of a rank that only name a measure of the figure before: 改善幅度, 年均增速."""
_GENERIC = re.compile(
    r"(?:年均|总体|综合|同比)?(?:排名|排位|位次|名次|总量|增速|增幅|增量|规模|数量|总数|比重|占比|数|进位)"
)
"""Subjects that name nothing by themselves."""
_MOVED = re.compile(r"(?:前移|上升|提升|前进|跃升|上移|后移|下降|进位|晋升|提高)$")
"""The end of the name of a change in rank, which is no rank itself: 排名前移[4位]."""
_LIST = re.compile(r"(?:排名|排行榜|榜单?|指数|评价|评估|考核|测评|考评|评比|竞争力|集群|名册)$")
"""The end of the name of a list that compares places or things."""
_OWN = ("我", "本")
"""The start of words for the place itself, which is compared with others."""
_LASTING = re.compile("稳居|稳定在|稳列|保持|蝉联|连续|始终|一直|仍|继续|持续|长期|牢牢")
"""Words before a rank that was held before, too."""
_INVITED = re.compile("引进|招引|引入|签约|落户|落地|对接|招商")
"""Verbs whose object are the firms of others, so that a list of the best only says which: [引进]全国百强企业5家."""
_ADDING = ("新设", "新登记", "新注册", "净增", "新增")
_ADDED = re.compile(rf"(?P<verb>{'|'.join(_ADDING)})(?:总量|数量|总数|户数|数|增速|增幅)")
"""A measure of what was added to the things counted before: 经营主体222万户，[新设总量]居全省第一."""
_CHANGES = ("增速", "增幅", "增量")
"""Measures that say how a figure has changed, so that each figure has one."""
_AMOUNTS = ("规模", "总量", "数量", "总额", "总数", "增速", "增幅")
"""Measures that a share has not."""
_AMOUNT = re.compile(
    "[，、；](?:规模|总量|数量|总额|总数)(?:仍|均|稳|持续|继续|连续)*(?:居|位居|位列|列|排名|保持|跃居)"
)
"""Such a measure alone before a rank."""
_NUMBERS = ("数量", "户数", "家数", "个数", "总数")
"""Measures of a count."""
_COMPLETE = tuple("P模度感率量额值数力平业区县市镇河湖款润程积评核验入分人户站港园")
"""Last characters of names that are complete without the words that follow in their list."""
_EXAMPLES = re.compile(r"、|等")
_LONGEST_NAME = 20
"""Most characters of a name at the start of a clause before."""
_GOES_ON = frozenset("从由先连突达保稳持增升不显明逐大较再进")
"""Characters after a name at the start of a clause: 经济总量[从…], 居民收入[稳步增长]."""
_CLAUSES_OF_EVERY = 4
"""Most clauses whose figures 均 holds for."""


class RankSpan(NamedTuple):
    """A part of a clause: text[start:end], and the clause's number.

    `first` is the start of its first figure, `after` the end of its last one; both are `start` if it has none.
    """

    start: int
    end: int
    first: int
    after: int
    clause: int


def read_ranks(passage: Passage, span: RankSpan, made: Sequence[Draft], group: Sequence[Draft]) -> None:
    """Read the ranks of an item, with a place (居全省第一) or before a thing (全省首个…).

    `made` are the drafts of the item, `group` those of the items before it in the clause.
    """
    hint = passage.grammar.rank.hint.search(passage.text, span.start, span.end)
    if hint is None:
        return
    near = passage.last if passage.last and max(passage.last[-1].clause, passage.told) >= span.clause - 1 else []
    if span.first > span.start:
        _before_figures(passage, span, made, group or near)
    before = len(passage.drafts) - len(made)
    for found in placed(passage.text, span.after, span.end, passage.grammar):
        # 突破万亿大关、[排名居全国第28位]
        rounds = passage.grammar.rounds.at_start(found.subject)
        standing = replace(found, subject=found.subject[rounds:].lstrip("、")) if rounds else found
        own = made[-1].end >= span.after + len(standing.subject) if made else False
        told = own and bool(standing.subject) and passage.text.startswith(standing.subject, span.after)
        held = passage.drafts[before:] or list(group or near)
        _stand(passage, replace(standing, subject="", topic="") if told else standing, held, span, told=told)
    for standing in firsts(passage.text, span.start, span.end, passage.grammar, hint.start()):
        _stand_first(passage, standing, made, group, span)


def _stand_first(
    passage: Passage, standing: Standing, made: Sequence[Draft], group: Sequence[Draft], span: RankSpan
) -> None:
    """Attach 首个, 最大 or 率先 to the figure of its thing, or make it an indicator of its own."""
    place, subject = standing.ranks[0].place, standing.subject
    covering = [d for d in made if d.quantity and d.start <= standing.start < d.end]
    earlier = made or group
    if covering and _in_examples(passage, standing, covering[-1]):
        covering, subject = [], subject.partition("等")[0]
    if covering and place not in ("率先", "首次") and covering[-1].number is not None:
        covering[-1].ranks.extend(standing.ranks)
    elif place[0] == "第" and earlier and earlier[-1].name[:2] == subject[:2]:
        earlier[-1].ranks.extend(standing.ranks)  # 企业总数超100万户、[成为全国第4个企业超百万户的城市]
    elif not covering:
        name = indicator_names.clean(subject, passage.grammar)
        passage.add(Draft(name, "rank", None, standing.start, standing.end, span.clause, ranks=[*standing.ranks]))


def _in_examples(passage: Passage, standing: Standing, draft: Draft) -> bool:
    """Whether a first thing is only one of the examples of what a figure counts: 世界最大的产业园等[20个]项目."""
    quantity = draft.quantity
    return quantity is not None and bool(_EXAMPLES.search(passage.text, standing.start, quantity.start))


def _before_figures(passage: Passage, span: RankSpan, made: Sequence[Draft], held: Sequence[Draft]) -> None:
    """Read the ranks before the first figure of an item: 零售额增速全省第2、[工业增速升至7%]; 民营企业百强[4家]."""
    invited = _INVITED.search(passage.text, span.start, span.first)
    for standing in placed(passage.text, span.start, span.first, passage.grammar):
        if passage.text[standing.end] in "、，和":
            _stand(passage, standing, held, span)
            ending = passage.text[standing.end - 2 : standing.end + 1]
            if made and made[0].quantity and ending in made[0].name:  # the rank is no part of the next figure's name
                made[0].name = made[0].name.rpartition(ending)[2]
                made[0].start = max(made[0].start, standing.end + 1)
        elif standing.end == span.first and standing.ranks[0].place.endswith("强") and made and not invited:
            made[0].ranks.extend(standing.ranks)


def _stand(passage: Passage, standing: Standing, near: Sequence[Draft], span: RankSpan, *, told: bool = False) -> None:
    """Attach ranks to the figures they are about, of those `near`, or make them indicators of their own.

    `told`: the figure's name has the subject of the ranks.
    """
    grammar, held = passage.grammar, list(near)
    subject = own_name(indicator_names.clean(standing.subject, grammar), grammar)
    parts = [p for p in _PARTS.split(subject) if p]
    if parts and held and (added := _ADDED.fullmatch(parts[0])) and held[-1].kind == "count":
        thing = passage.noun(held[-1], "总量") or passage.noun(held[-1])
        if held[-1].clause >= span.clause - 1 and not thing.startswith(_ADDING):
            subject = subject.replace(added["verb"], added["verb"] + thing, 1)
            parts, held = [p for p in _PARTS.split(subject) if p], []
    if not parts and held and (name := _risen(held[-1]) or _held_by_rate(held[-1], passage, standing)):
        subject, parts, held = name, [name], []
    if not parts and not told and _names_itself(standing, passage) and not _goes_on(standing, held, span, passage):
        held = []
    held = _of_amount(parts, standing, held, passage)
    if held and not standing.topic and _is_about_figure(parts, held[-1], passage):
        passage.told = span.clause
        _attach(standing, parts, _of_these_measures(parts, _owners(passage, standing, held, len(parts)), span))
        return
    if not standing.topic and not _names_itself(standing, passage) and all(_GENERIC.fullmatch(p) for p in parts):
        subject = _named_before(passage, span, subject)
    subject = _with_topic(subject, standing, passage)
    names = _names(subject, standing, passage)
    if standing.each and len(standing.ranks) not in (1, len(names)):
        return  # 三项指标分别居第二、第四、第七: whose each is, is not said
    for k, name in enumerate(names):
        measure = next((m for m in _MEASURES if name.endswith(m)), None)
        ranks = [standing.ranks[k]] if len(names) == len(standing.ranks) else standing.ranks
        listed = _scope_of_list(standing.topic or name, ranks[0].place, passage)
        own = [Rank(rank.scope or listed, measure, rank.place) for rank in ranks]
        passage.add(Draft(name, "rank", None, standing.subject_start, standing.end, span.clause, ranks=own))


def _scope_of_list(name: str, place: str, passage: Passage) -> str | None:
    """The region that the name of a list of the best says it is of: 全国 for 全国城市信用评价排名[第4]; None for other names."""
    listed = place.endswith("强") or _LIST.search(name)
    areas = passage.grammar.rank.area.findall(name) if listed else ()
    return areas[-1] if areas and not areas[-1].startswith(_OWN) else None


def _names_itself(standing: Standing, passage: Passage) -> bool:
    """Whether a rank without a subject is one of a list with a name of its own: 跃居全球科研城市[第23位], 中国城市[百强]."""
    rank = standing.ranks[0]
    return rank.place.endswith("强") or bool(rank.scope and not passage.grammar.rank.scope.fullmatch(rank.scope))


def _held_by_rate(draft: Draft, passage: Passage, standing: Standing) -> str:
    """What keeps a rank if a figure is only the yearly change of a rate: 绿化率提高2个百分点、[连续多年稳居全省第一]; otherwise ""."""
    points = draft.kind == "growth" and draft.quantity is not None and draft.quantity.unit.endswith("百分点")
    return draft.name if points and _LASTING.search(passage.text, draft.end, standing.end) else ""


def _goes_on(standing: Standing, held: Sequence[Draft], span: RankSpan, passage: Passage) -> bool:
    """Whether membership in a list is one more rank of what has one in its clause: 居全国第28位、[重返地级市10强]."""
    scope, patterns = standing.ranks[0].scope or "", passage.grammar.rank
    plain = patterns.area.fullmatch(scope) or ((match := patterns.members.search(scope)) and match.start() == 0)
    ranked = bool(held) and held[-1].clause == span.clause and any(rank.number for rank in held[-1].ranks)
    return bool(plain) and ranked and not standing.topic


def _risen(draft: Draft) -> str:
    """What rose if a figure is a change in rank, 排名前移4位，[位居全国第68位]; otherwise ""."""
    moved = _MOVED.search(draft.name)
    return draft.name[: moved.start()] if moved and draft.quantity and draft.quantity.unit in ("位", "名") else ""


def _named_before(passage: Passage, span: RankSpan, measure: str) -> str:
    """The name of a rank without a subject of its own, from the clause before; "" if that is no name.

    `measure` is added to it: 财政收入稳步增长，[增速]居全省第一.
    """
    heads, at = passage.grammar.head, span.start
    name = passage.subject(at)
    if heads.at_end(name) and not any(mark.isdigit() for mark in name):
        return name + measure
    for _ in range(2):
        begin, end = passage.clause_before(at)
        if end < 2 or passage.text[end] != "，":
            break
        for cut in range(begin + 3, min(begin + _LONGEST_NAME, end)):
            if passage.text[cut] in _GOES_ON and heads.at_end(passage.text[begin:cut]):
                return indicator_names.clean(passage.text[begin:cut], passage.grammar) + measure
        at = begin
    return ""


def _with_topic(subject: str, standing: Standing, passage: Passage) -> str:
    """The subject, or each name of it, with what the list of the best compares: 甲县、乙县 and 县域经济.

    Without a subject, the topic, or what is ranked (全国先进制造业城市50强: 先进制造业城市), is the name.
    """
    topic, rank = standing.topic, standing.ranks[0]
    listed = rank.place.endswith(("强", "梯队", "方阵"))
    if not subject and not topic and rank.scope and _names_itself(standing, passage):
        area = passage.grammar.rank.area.match(rank.scope)
        rest = rank.scope[area.end() :] if area else rank.scope
        whole = f"{rank.scope}{rank.place}" if passage.grammar.rank.members.search(rank.scope) else ""
        return rest if len(rest) > 2 else whole
    if not topic or subject.endswith(topic) or (subject and not listed and not topic.endswith("排名")):
        return subject
    return "、".join(part + topic for part in subject.split("、"))


def _names(subject: str, standing: Standing, passage: Passage) -> list[str]:
    """The names in a subject: each of a list that the rank holds for, or the whole. None without a subject."""
    if not subject:
        return []
    named = subject.split("、")
    several = standing.every or standing.each or len(standing.ranks) == len(named) > 1
    alike = passage.grammar.head.at_end(named[-1]) > 1 or named[-1].endswith("数量")
    complete = all(len(name) > 2 and (alike or name.endswith(_COMPLETE)) for name in named) and "等" not in subject
    if several or complete or standing.topic:
        count = len(standing.ranks) if standing.each and len(standing.ranks) > 1 else len(named)
        both = several and named[-1].find("和") > 2
        joined = name_lists.parts(subject, count + 1, passage.grammar) if both else None
        if joined and all(name.endswith(_COMPLETE) for name in joined):
            return joined
        return name_lists.parts(subject, count, passage.grammar) or [subject]
    return [subject]


def _is_about_figure(parts: Sequence[str], draft: Draft, passage: Passage) -> bool:
    """Whether ranks are about the draft before: without a subject, or with a measure (增幅) or a dependent noun as subject."""
    grammar = passage.grammar
    if not parts:
        return True
    if all(phrases.MEASURE_OF.search(part) or _MEASURE_OF.search(part) for part in parts[:1]):
        return draft.quantity is not None or draft.kind == "rank"
    only = parts[0]
    return len(parts) == 1 and len(only) in (grammar.head.at_start(only), grammar.dependent.at_start(only))


def _of_amount(parts: Sequence[str], standing: Standing, held: list[Draft], passage: Passage) -> list[Draft]:
    """The drafts that a rank may belong to: of what an amount alone has (规模), no share told between: 9亿元，占三成，[规模]居第一."""
    if not held or held[-1].kind != "share":
        return held
    bare = _AMOUNT.search(passage.text, held[-1].end, standing.end) if not parts else None
    if bare is None and not (parts and parts[0].endswith(_AMOUNTS)):
        return held
    at = passage.drafts.index(held[-1]) if held[-1] in passage.drafts else 0
    amount = passage.drafts[at - 1] if at else None
    near = amount is not None and amount.kind in ("level", "count") and amount.clause >= held[-1].clause - 1
    return [amount] if amount is not None and near else held


def _owners(passage: Passage, standing: Standing, held: Sequence[Draft], count: int) -> list[Draft]:
    """The drafts that ranks with `count` measures belong to: the last one, or all that 均 or 分别 holds for."""
    wanted = len(standing.ranks) if standing.each and count < 2 else 1
    if not standing.every and wanted == 1:
        compared = phrases.AGAINST.search(held[-1].name)  # …占比88.6%，高于全省3.2个百分点，[居全省第二]
        main = [d for d in passage.drafts[-2:] if compared and held[-1].name.startswith(d.name)]
        return [(main or list(held))[0 if main else -1]]
    last = [d for d in held if d.clause == held[-1].clause]
    if len(last) > 1 and standing.every:
        return list(held)
    several: list[Draft] = []
    for draft in reversed(passage.drafts):
        apart = several and passage.text[draft.end : several[-1].start].strip(phrases.PUNCTUATION)
        # the change of a figure has a clause of its own
        grown = bool(several) and draft.growth is not None and "；" not in passage.text[draft.end : several[-1].start]
        far = draft.clause < held[-1].clause - _CLAUSES_OF_EVERY
        far = far or (bool(several) and draft.clause < several[-1].clause - 1 - grown)
        if far or len(several) == (wanted if wanted > 1 else 99) or (apart and re.search(r"[。；]", apart)):
            break
        several.append(draft)
    return several[::-1]


def _of_these_measures(parts: Sequence[str], owners: list[Draft], span: RankSpan) -> list[Draft]:
    """Those of `owners` whose several measures a rank has by 均: the ones of its own clause, if each has not one of them.

    向上争取资金9亿元，6个项目入选试点、[数量和补助资金]均为全省最多 says of the projects only how many they are and what they get.
    """
    if _one_each(parts, owners):
        return owners
    counts = [draft for draft in owners if draft.kind == "count"]
    if counts and any(part.endswith(_NUMBERS) for part in parts):  # an amount of money has no 数量
        owners = counts
    own = [draft for draft in owners if draft.clause == span.clause]
    return own if own and len(parts) > 1 else owners


def _one_each(parts: Sequence[str], owners: Sequence[Draft]) -> bool:
    """Whether each measure is that of one figure: 数量 of a count, and 产出 of an amount."""
    if not len(parts) == len(owners) > 1 or any(part.endswith(_CHANGES) for part in parts):
        return False
    pairs = zip(parts, owners, strict=True)
    return all(part.endswith(_NUMBERS) == (draft.kind == "count") for part, draft in pairs)


def _attach(standing: Standing, parts: Sequence[str], owners: Sequence[Draft]) -> None:
    """Give ranks to drafts: all to the only one, with their measures if there are as many; to several, each one or all."""
    ranks = standing.ranks
    if len(owners) == 1 and len(parts) > 1:
        several = ranks if len(ranks) == len(parts) else [ranks[0]] * len(parts)
        ranks = tuple(replace(rank, what=part) for rank, part in zip(several, parts, strict=True))
    elif len(ranks) == 1 and _one_each(parts, owners):
        for part, draft in zip(parts, owners, strict=True):  # 企业199户、营收2274亿元，数量、产出均居全省第一
            (draft.echo or draft).ranks.append(replace(ranks[0], what=part))
        return
    elif len(parts) > 1 and len(ranks) == 1:
        ranks = tuple(replace(ranks[0], what=part) for part in parts)  # 总量、增速均居全省第一
    elif parts:
        ranks = tuple(replace(rank, what=parts[0]) for rank in ranks)
    one_each = standing.each and len(ranks) == len(owners) > 1
    for k, draft in enumerate(owners):
        # a rank after a milestone belongs to the figure itself: 进出口总额1046.3亿元，首破千亿元关口，…增幅居全市第二
        (draft.echo or draft).ranks.extend([ranks[k]] if one_each else ranks)
