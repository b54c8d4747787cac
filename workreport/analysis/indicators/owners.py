"""Knows whose figures the clauses without a subject tell of: those of the zone or the fair that opens an earlier clause.

昌河高新区建设加快，新增企业30家，完成产值12亿元: both figures are of the zone, not of the whole place. Leaves measures without
their subject (增加值) to `subjects`, and the rest of the name to `judgements`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workreport.analysis.indicators import indicator_names
from workreport.analysis.indicators.drafts import Draft
from workreport.analysis.indicators.grammar import Grammar, WordSet

_LONGEST = 22
"""Most characters of the name of an owner."""
_FIRMS = ("企业", "集团", "公司", "国企", "央企", "经济")
"""Ends of the names of firms."""
_FURTHEST = 5
"""Most clauses from an owner to its last figure."""
_FARES = re.compile(
    r"[^，。；、：\d]{0,10}?(?:建设|发展|开发|运行|招商|改革|规模|加快|提速|提升|成形|成型|迅速|迅猛|良好|壮大|起步|出|就绪|进展|道”|成效|推进|突出|活跃|进行|突破)"
)
"""How a zone fares, as all that its clause says: 昌南工业园[脱颖而出]，."""
_HELD = re.compile(
    r"[^，。；：\d]{0,8}?(?:举办|承办|举行|召开|主办|组织参加|参加)了?(?P<event>(?!\d|[两三四五六七八九十百几多]+[届个场])[^，。；：、和及等]{2,40})$"
)
"""A clause that tells only of a fair that was held."""
_TITLE = re.compile(r"国家|全国|全[省市县区州]|“")
"""The start of a title that a whole place may have: 国家生态文明试验区."""
_BEFORE_OBJECT = re.compile("强化|科学论证|其中|[以对在将把向为由从做使让与和]")
"""The start of words that are no subject."""
_EACH = re.compile(r"(?:年内|今年|全年|确保|力争|推动|要){0,3}(?P<each>每[个条家座所])")
"""The start of a clause about each of some things: 年内[每条]产业链实施项目3个."""
_JOINTS = ("、", "和", "与", "及", "等", "以及")
"""What joins a zone to others, so that it is not the only subject."""
_OF_EVENT = re.compile(
    r"(?:共|累计|现场|集中|新|期间|会上)*(?:参[会展赛观]|到[场会]|签[约订]|成交|达成|协议|合同|意向|总投资|引进|吸引|观展|销售额|交易额)"
)
"""What visitors of a fair do, at the start of a clause."""
_OF_ZONE = re.compile(
    r"(?:共|累计|已|新)*(?:[进入][园区]|入驻|落户|落地|注册|园内|区内|合同|协议|投资规模|开发面积|在孵)"
)
"""What a zone has, at the start of a clause."""
_OF_FIRM = re.compile(r"(?:共|累计|已)*(?:创造|上缴|缴纳|吸纳|安置)")
"""What firms do, at the start of a clause."""
_BRANCH = re.compile(r"^(?:规模?以?上|高新技术|工农业|工业|农业|外贸|地方|公共|财政|一般){0,3}")
"""What says of which kind a measure of a zone is: 高新区[规上工业]产值."""
_DONE = re.compile(r"^(?:实现|完成)(?!投资)(?=..)")
"""A verb before a measure, which is no part of its name."""
_OTHERS = re.compile("[区园]内|全[国省市县区州]|我[省市县区州]|城镇|城乡|农村|全社会|其[他它]")
"""Words that begin the name of a figure of the whole place."""


@dataclass(frozen=True, slots=True)
class Owner:
    """A zone, a group of firms (`firm`) or a fair (`event`) by its name, and the clause that it opens.

    `vague`: the clause does not say how the zone fares, so that it has only what nothing else can have (进园企业).
    """

    name: str
    clause: int
    event: bool = False
    vague: bool = False

    @property
    def firm(self) -> bool:
        """Whether the owner is a group of firms, which has measures only: what was built or added need not be theirs."""
        return self.name.endswith(_FIRMS)


def at_clause(
    owner: Owner | None, text: str, span: tuple[int, int], drafts: Sequence[Draft], clause: int, grammar: Grammar
) -> Owner | None:
    """The owner of the figures of a clause, which lies at `span`: `drafts`. `owner` is that of the clause before."""
    begin, end = span
    found = _opens(text, begin, end, drafts, clause, grammar)
    if found is not None or owner is None:
        return found
    ended = text[begin - 1 : begin] not in ("，", ",") or clause - owner.clause > _FURTHEST
    stays = _goes_on(text, begin, owner, grammar) or ((owner.event or owner.vague) and not drafts)
    return owner if stays and not ended else None


def _opens(text: str, begin: int, end: int, drafts: Sequence[Draft], clause: int, grammar: Grammar) -> Owner | None:
    """The owner that opens the clause text[begin:end] as its subject, or the fair that it says was held; None without one."""
    match = grammar.owner.zone.match(text, begin, end)
    if match is not None:
        name, rest = indicator_names.clean(match["owner"], grammar), text[match.end() : end]
        subject = (
            len(name) > 1
            and not _BEFORE_OBJECT.match(match[0])
            and _is_noun(name[: -len(match["kind"])], grammar)
            and not _TITLE.match(name)
        )
        if subject and not grammar.award.match(rest) and not rest.startswith(_JOINTS):
            known = _fares(rest, grammar) or _has(name, drafts, grammar)
            return Owner(name, clause, vague=not known)
    each = _EACH.match(text, begin, end) if "每" in text else None
    if each and (said := _before_verb(text, each.start("each"), each.end(), end, grammar)):
        return Owner(said, clause)
    held = _HELD.match(text, begin, end)
    if held is not None and grammar.owner.event.search(held["event"]) and len(held["event"]) <= _LONGEST:
        return Owner(indicator_names.clean(held["event"], grammar), clause, event=True)
    return None


def _before_verb(text: str, start: int, at: int, end: int, grammar: Grammar) -> str:
    """The text from `start` to the first verb behind `at`, at most 8 characters further; "" without a verb."""
    stops = (k for k in range(at + 1, min(at + 8, end)) if grammar.opens.at_start(text, k) > 1)
    stop = next(stops, 0)
    return text[start:stop] if text[start:stop].isalpha() else ""


def _is_noun(words: str, grammar: Grammar) -> bool:
    """Whether the words before the last one of a zone are no verb with its object: not 推动 of 推动园区."""
    if grammar.award.search(words) or grammar.preposition.search(words):
        return False
    return not any(grammar.deeds.at_start(words, at) > 1 for at in range(len(words) - 1))


def _fares(rest: str, grammar: Grammar) -> bool:
    """Whether the text after a zone says what it does, or how it fares."""
    verb = grammar.before_verbs.at_start(rest) or grammar.predicate.match(rest)
    return not rest or bool(verb) or _FARES.fullmatch(rest) is not None


def _has(zone: str, drafts: Sequence[Draft], grammar: Grammar) -> bool:
    """Whether the first figure of a clause is a measure of the zone: 高新区工业产值, but not 高新区企业产值."""
    name = drafts[0].name if drafts else ""
    rest = _BRANCH.sub("", name.removeprefix(zone))
    return name.startswith(zone) and bool(rest) and max(w.at_start(rest) for w in _measures(grammar)) == len(rest)


def _measures(grammar: Grammar) -> tuple[WordSet, ...]:
    return grammar.head, grammar.headed, grammar.dependent


def _goes_on(text: str, start: int, owner: Owner, grammar: Grammar) -> bool:
    """Whether the clause that starts at `start` has no subject of its own, so that it still speaks of the owner."""
    said = indicator_names.clean(text[start : start + _LONGEST], grammar)
    if owner.event:
        return _OF_EVENT.match(said) is not None
    if owner.vague:
        return _OF_ZONE.match(said) is not None
    if grammar.light.at_start(text, start) or text.startswith("其中", start):
        return True
    if owner.firm:
        said = said.removeprefix("年")
        if _OF_FIRM.match(said):
            return True
    elif _OF_ZONE.match(said) or grammar.opens.at_start(said):
        return True
    return max(grammar.headed.at_start(said), grammar.dependent.at_start(said)) > 1


def give(owner: Owner, drafts: Sequence[Draft], clause: int, grammar: Grammar) -> None:
    """Put the owner before the names of those figures of a clause that are without a subject."""
    for draft in drafts:
        name = draft.name
        if (
            not name
            or owner.name in name
            or draft.echo is not None
            or _OTHERS.match(name)
            or grammar.owner.zone.match(name)
        ):
            continue
        if clause == owner.clause and owner.vague:
            continue
        if (clause == owner.clause or owner.firm) and not _bare(name, owner, grammar):
            continue
        draft.owned = len(owner.name)
        draft.name = owner.name + (_DONE.sub("", name) if grammar.head.at_end(name) > 1 else name)
        draft.opening = 0


def _bare(name: str, owner: Owner, grammar: Grammar) -> bool:
    """Whether a name is a measure without its subject (税收), or a deed of a zone (新增企业)."""
    measure = _DONE.sub("", name).removeprefix("年")
    whole = any(w.at_start(measure) == len(measure) for w in (grammar.headed, grammar.dependent))
    if owner.firm:
        return whole or _OF_FIRM.match(name) is not None
    return whole or indicator_names.leading_verbs(name, grammar) > 0
