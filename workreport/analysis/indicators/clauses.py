"""Knows how a sentence is split into clauses and items, and reads the figures and ranks of each item in order.

Leaves single figures to `judgements`, lists with 分别 to `sharing`, the wording of ranks to `ranks`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from workreport.analysis.indicators import (
    counted_names,
    indicator_names,
    multiples,
    owners,
    phrases,
    ranks,
    sharing,
    turned_lists,
    windows,
)
from workreport.analysis.indicators.current import Here
from workreport.analysis.indicators.drafts import Draft
from workreport.analysis.indicators.grammar import Grammar
from workreport.analysis.indicators.judgements import read_item
from workreport.analysis.indicators.passage import Passage
from workreport.analysis.indicators.sharing import ClauseItem
from workreport.analysis.sentence_clauses import NO_JOINTS
from workreport.model import Quantity

_JOINTS = ("以及", "、以及", "、与", "、和")
"""Separators of items that are longer than one character."""
_TROUBLE = re.compile(r"的(?P<what>[^的，。；、]{2,8}(?:困难|难题|问题|安全))$")
"""A trouble at the end of a name: 大牲畜的[饮水困难]."""
_DEEDS = ("整治", "治理", "工程", "改造", "建设")
"""Ends of names of what is done with all the things of a list."""
_FATES = ("上市", "挂牌")
"""Verbs at the end of what is said of counted things, which are no part of the list: 2家企业[上市]、4家企业进入辅导期."""


def read(text: str, quantities: Sequence[Quantity], grammar: Grammar) -> tuple[Sequence[Draft], Sequence[Quantity]]:
    """The indicators of a sentence as drafts, and the figures that state nothing of their own.

    `text` is in plain characters, `quantities` are its quantities in order.
    """
    ranked = ranks.TRIGGER.search(text) is not None
    if not (quantities or ranked):
        return (), ()
    passage = Passage(text, grammar)
    at, k = 0, 0
    owned, owner = bool(quantities) and grammar.owner.hint.search(text) is not None, None
    bounds = _bounds(text, quantities)
    for number, (stop, following) in enumerate(bounds):
        inside = []
        while k < len(quantities) and quantities[k].start < stop:
            inside.append(quantities[k])
            k += 1
        if inside or (ranked and grammar.rank.hint.search(text, at, stop)):
            _clause(passage, _items(text, at, stop, inside, grammar), number, ranked=ranked)
        if owned:
            told = [d for d in passage.drafts if d.clause == number] if inside else []
            owner = owners.at_clause(owner, text, (at, stop), told, number, grammar)
            if owner:
                owners.give(owner, told, number, grammar)
        at = following
    passage.finish()
    return passage.drafts, passage.left_out


def _bounds(text: str, quantities: Sequence[Quantity]) -> list[tuple[int, int]]:
    """The spans of the marks that end the clauses of a sentence.

    The comma between the two ends of one change is left out: 从2012年的2459亿元，增加到2017年的3100亿元.
    """
    starts: set[int] = set()
    if "从" in text or "由" in text:
        befores = {q.end: text[max(q.start - windows.ORIGIN, 0) : q.start].rpartition("，")[2] for q in quantities}
        starts = {end for end, before in befores.items() if phrases.FROM.search(before)}
    ratios = [(q.start, q.end) for q in quantities if q.unit == ":1"] if "：" in text else ()
    found = []
    for mark in phrases.CLAUSE.finditer(text):
        if ratios and any(start < mark.start() < end for start, end in ratios):  # 2.42：1
            continue
        if not (mark.start() in starts and mark[0] == "，" and phrases.REACHES.match(text, mark.end())):
            found.append(mark.span())
    return [*found, (len(text), len(text))]


def _clause(passage: Passage, items: Sequence[ClauseItem], number: int, *, ranked: bool) -> None:
    """Read the items of a clause, which is the clause `number`.

    Its drafts become `passage.last` for the clauses after it.
    """
    group: list[Draft] = []
    k = 0
    items = _counted_apart(passage, items) if len(items) > 1 else items
    while k < len(items):
        before, item = len(passage.drafts), items[k]
        count = sharing.run_of(items, k, passage.text, passage.grammar) if item.quantities else 0
        taken = items[k : k + count] if count else ()
        if taken and (_multiplied_or_turned(passage, taken, number) or sharing.distribute(passage, taken, number)):
            item = ClauseItem(item.start, taken[-1].end, tuple(q for i in taken for q in i.quantities))
            k += count
        else:
            if item.quantities:
                read_item(Here(passage, item.quantities, item.start, item.end, number, items[0].start, k == 0))
            k += 1
        if ranked:
            first = item.quantities[0].start if item.quantities else item.start
            after = item.quantities[-1].end if item.quantities else item.start
            span = ranks.RankSpan(item.start, item.end, first, after, number)
            ranks.read_ranks(passage, span, passage.drafts[before:], group)
        group += passage.drafts[before:]
    if len(group) > 1:
        _share_predicate(passage, items, group)
        _share_trouble(passage.grammar, group)
    if group:
        passage.last = group
    if group or any(item.quantities for item in items):
        passage.told = number


def _multiplied_or_turned(passage: Passage, items: Sequence[ClauseItem], number: int) -> bool:
    """Whether a list of items multiplies earlier values of what it names, or its changes turned, and add these figures."""
    every = [q for item in items for q in item.quantities]
    start = items[0].start
    return multiples.named_list(passage, start, every, number) or turned_lists.read(passage, start, every, number)


def _counted_apart(passage: Passage, items: Sequence[ClauseItem]) -> Sequence[ClauseItem]:
    """The items of a clause, those with the counts of subjects joined: 66户企业和15个园区产值分别增长17%和16%.

    The counts only say how many have the values together, and state nothing of their own.
    """
    if len(items[0].quantities) != 1:
        return items
    text, grammar = passage.text, passage.grammar
    every = [q for item in items for q in item.quantities]
    at = text.find(sharing.SHARED_OUT, every[0].end, items[-1].end)
    counts, values = [q for q in every if q.end <= at], [q for q in every if q.start > at]
    if at < 0 or len(counts) < 2 or len(counts) != len(values):
        return items
    if any(grammar.unit_kind(q.unit) != "count" or not q.unit for q in counts) or any(q.unit != "%" for q in values):
        return items
    nouns = [
        text[q.end : (every[k + 1].start if k + 1 < len(counts) else at)].strip("、和与及 ")
        for k, q in enumerate(counts)
    ]
    if not all(nouns) or text[items[0].start : counts[0].start].strip(phrases.PUNCTUATION):
        return items
    passage.left_out += counts
    rest = [ClauseItem(items[0].start, items[len(counts) - 1].end, (values[0],))]
    return [*rest, *items[len(counts) :]]


def _share_predicate(passage: Passage, items: Sequence[ClauseItem], group: Sequence[Draft]) -> None:
    """Give what is said of the last of some counted things to each of them: 12个老旧小区、9条背街小巷完成改造."""
    if len(group) != len(items) or any(len(item.quantities) != 1 for item in items):
        return
    text, grammar = passage.text, passage.grammar
    starts = [text[item.start : item.quantities[0].start].strip(phrases.PUNCTUATION) for item in items]
    if any(starts[1:]) or any(d.kind != "count" for d in group):
        return
    if grammar.pivot.at_end(starts[0]):
        _share_deed(text[items[-1].quantities[0].end : items[-1].end], starts[0], group, grammar)
        return
    if grammar.scope.at_start(starts[0]) != len(starts[0]):
        return
    said = counted_names.shared_predicate(text[items[-1].quantities[0].end : items[-1].end], grammar)
    if not said or not group[-1].name.removeprefix(starts[0]).startswith(said.removesuffix("的")):
        return
    if group[-1].name.endswith(_DEEDS):
        return  # 9处滑坡和5段河岸整治全面实施
    for draft, item in zip(group, items[:-1], strict=False):
        own = counted_names.shared_predicate(draft.name, grammar) or indicator_names.leading_verbs(draft.name, grammar)
        words = text[item.quantities[0].end : item.end]
        told = counted_names.shared_predicate(words, grammar) or words.endswith(_FATES)
        if own or told or grammar.award.match(draft.name) or draft.name.endswith("级"):
            return
    for draft in group[:-1]:
        draft.name = starts[0] + said + draft.name.removeprefix(starts[0])


def _share_trouble(grammar: Grammar, group: Sequence[Draft]) -> None:
    """Give the trouble of the last of some people and animals to those that only a verb names: 解决46万人、32万头大牲畜的饮水困难."""
    for first, second in pairwise(group):
        trouble = _TROUBLE.search(second.name)
        verb = first.name[: grammar.opens.at_start(first.name)]
        place = first.name[len(verb) :]
        bare = verb and grammar.scope.at_start(place) == len(place)  # 解决全省46万人、32万头…
        if trouble and bare and first.quantity and first.quantity.unit.endswith(("人", "户")):
            first.name += trouble["what"]
            second.name = second.name if second.name.startswith(verb) else verb + second.name


def _share_deed(right: str, verb: str, group: Sequence[Draft], grammar: Grammar) -> None:
    """Give what the last of some counted things is made to do to each: 组织216家企业、740名专业观众参加博览会.

    `right` is the text after the last count, `verb` the one before the first: 组织.
    """
    said = counted_names.shared_predicate(right, grammar, places=True)
    if not said or any(counted_names.shared_predicate(d.name.removeprefix(verb), grammar) for d in group[:-1]):
        return
    deed = said.removesuffix("的")
    if not right.rstrip(phrases.PUNCTUATION).endswith(deed):
        return
    for draft in group[:-1]:
        draft.name = said + draft.name.removeprefix(verb)


def _items(text: str, start: int, end: int, quantities: Sequence[Quantity], grammar: Grammar) -> list[ClauseItem]:
    """Split a clause into items at each 、 or 和 that separates two figures."""
    items: list[ClauseItem] = []
    a, held = start, list[Quantity]()
    for k, quantity in enumerate(quantities):
        held.append(quantity)
        is_last = k + 1 == len(quantities)
        cut = _cut(text, quantity.end, end if is_last else quantities[k + 1].start, grammar, is_last=is_last)
        if cut >= 0:
            items.append(ClauseItem(a, cut, tuple(held)))
            a, held = cut + (2 if text.startswith(_JOINTS, cut) and not text.startswith(NO_JOINTS, cut + 1) else 1), []
    if held or a < end:
        items.append(ClauseItem(a, end, tuple(held)))
    return items


def _cut(text: str, start: int, end: int, grammar: Grammar, *, is_last: bool) -> int:
    """The position where an item ends in text[start:end], between a figure and the next; -1 if none ends there.

    After the last figure of a clause (`is_last`), `end` is the end of the clause.
    """
    gap = text[start:end]
    if not is_last and gap.startswith(("、", "和", "及", "与", "以及")) and not gap.startswith(NO_JOINTS):
        return start
    if not is_last and (joint := phrases.AND.search(gap)):
        return start + joint.start()
    if "、" not in gap:
        return -1
    first, last = gap.find("、"), gap.rfind("、")
    if is_last and first > 0 and not grammar.rank.place.search(gap[last + 1 :]):
        return -1
    return start + (first if first == 0 else last)
