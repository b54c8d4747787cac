"""Knows how a list of figures is read that shares the names before it: 城乡居民人均可支配收入分别增长4.3%、5.5%.

Leaves single figures to `judgements`, splitting a list of names to `indicator_names`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workreport.analysis.indicators import indicator_names, phrases, windows
from workreport.analysis.indicators.changes import ChangeVerb, change_at_end
from workreport.analysis.indicators.grammar import Grammar
from workreport.analysis.indicators.passage import Draft, Passage
from workreport.model import Quantity, UnitName

SHARED_OUT = "分别"
LONGEST = 12
"""Most items of a list that is read as a whole."""


@dataclass(frozen=True, slots=True)
class ClauseItem:
    """A part of a clause between two separators (、 or 和), with its figures."""

    start: int
    end: int
    quantities: tuple[Quantity, ...]


def run_of(items: Sequence[ClauseItem], k: int, text: str) -> int:
    """The number of items, from item k on, that are a list of figures after the same words; 0 if they are no list.

    分别 before the first figure makes a list, even of one item. Otherwise a list has two or more items, each of one figure and
    nothing else: 4.3%、5.5%.
    """
    first = items[k].quantities[0]
    left = text[items[k].start : first.start]
    shared_out = SHARED_OUT in left
    count = 1
    for item in items[k + 1 : k + LONGEST]:
        if len(item.quantities) != 1 and not (shared_out and len(item.quantities) == 2):
            break
        if text[item.start : item.quantities[0].start].strip(phrases.PUNCTUATION + "和与及"):
            break
        count += 1
    if shared_out:
        return count
    run = items[k : k + count]
    bare = all(not text[i.quantities[-1].end : i.end].strip(phrases.PUNCTUATION) for i in run)
    return count if count > 1 and len(items[k].quantities) == 1 and bare else 0


def distribute(passage: Passage, items: Sequence[ClauseItem], clause: int) -> bool:
    """Add an indicator for each figure of a list.

    Returns False, and adds nothing, if the names do not match the figures.
    """
    grammar, start = passage.grammar, items[0].start
    every = [q for item in items for q in item.quantities]
    left = passage.text[start : every[0].start]
    at = left.find(SHARED_OUT)
    subject = left[:at] if at >= 0 else left
    origins, quantities = _origins(passage.text, left, every)
    if origins:
        subject = subject.removesuffix("从").removesuffix("由")
    quantities = _same_unit(quantities)
    change = None if origins else change_at_end(left, grammar)
    if change is not None:
        subject = left[: min(at, change.name_end) if at >= 0 else change.name_end]
    name = (
        indicator_names.clean(indicator_names.before_figure(subject, grammar), grammar)
        if subject.strip(phrases.PUNCTUATION)
        else ""
    )
    if not name and len(quantities) > 1 and change is not None:
        if _paired(passage, quantities, change):
            return True
        name = passage.subject(start)  # 事故起数、死亡人数，分别下降78.5%、69.8%
        if not name:
            return False
    if len(quantities) == 1 and "、" in name and left[:at].endswith(("都", "均")):  # 水果、蔬菜都分别增长20%
        quantities *= name.count("、") + 1
    labels = _labels(passage, name, len(quantities), shared_out=at >= 0)
    if at < 0 and len({phrases.base_unit(q.unit) for q in quantities}) > 1 and name.count("、") + 1 != len(quantities):
        return False
    if labels is None:
        if at < 0:
            return False
        labels = [name] * len(quantities)
    verb = (_verb(left[at + 2 :], grammar) if at >= 0 and change is None else "") or name[
        : indicator_names.leading_verbs(name, grammar)
    ]
    for k, quantity in enumerate(quantities):
        label = labels[k] if labels[k].startswith(verb) else verb + labels[k]
        draft = Draft(
            label, passage.kind(quantity, label), quantity, passage.place(start, left, name), quantity.end, clause,
            origin=origins[k] if origins else None,
        )  # fmt: skip
        if change is not None:
            draft.grow(quantity, change)
        passage.add(draft)
    return True


def _origins(text: str, left: str, every: Sequence[Quantity]) -> tuple[list[Quantity], list[Quantity]]:
    """The figures that changes start from, and those that they reach: 分别从771家、481家增加到1076家、636家.

    The first list is empty if no change starts from a figure; then the second has all figures.
    """
    if phrases.FROM.search(left[-windows.ORIGIN_OF_LIST :]):
        for half in range(1, len(every)):
            between = phrases.APPROXIMATOR.sub("", text[every[half - 1].end : every[half].start])
            rest = len(every) - half
            if rest in (1, half) and phrases.TO.search(between) and phrases.CHANGE.search(between):
                reached = list(every[half:])
                return list(every[:half]), reached * half if rest == 1 else reached
    return [], list(every)


def _same_unit(quantities: list[Quantity]) -> list[Quantity]:
    """Give figures without a unit (万 aside) the unit of the last one: 分别净减少10.6万、3.8万、3.3万平方公里."""
    base = phrases.base_unit(quantities[-1].unit)
    return [
        q if phrases.base_unit(q.unit) or not base else replace(q, unit=UnitName(q.unit + base)) for q in quantities
    ]


def _labels(passage: Passage, name: str, count: int, *, shared_out: bool) -> list[str] | None:
    """The names for `count` figures: the parts of `name`, or without a name the names of the figures before.

    None if there are not as many names as figures.
    """
    if not name:
        return [d.name for d in passage.drafts[-count:]] if len(passage.drafts) >= count else None
    part = phrases.PART_OF_WHOLE.search(name)
    head, tail = (name[: part.start()], name[part.start() :]) if part else (name, "")
    labels = indicator_names.parts(head, count, passage.grammar, compound=shared_out or "城乡" in head)
    return [label + tail for label in labels] if labels else None


def _verb(tail: str, grammar: Grammar) -> str:
    """The verb between 分别 and the first figure that belongs to each name: 分别新增12项和44项 → 新增; "" if there is none."""
    size = grammar.opens.at_end(tail)
    return tail[len(tail) - size :] if size > grammar.reach.at_end(tail) else ""


def _paired(passage: Passage, quantities: Sequence[Quantity], change: ChangeVerb) -> bool:
    """Assign each change of a list to one of the figures before: …6.9万元、3.4万元，增长4.2%、5.3%.

    Returns False, and changes nothing, if there are too few figures.
    """
    waiting: list[Draft] = []
    for draft in reversed(passage.drafts):
        if draft.quantity and draft.kind != "growth" and draft.growth is None and draft.echo is None:
            waiting.append(draft)
            if len(waiting) == len(quantities):
                break
    if len(waiting) < len(quantities):
        return False
    for draft, quantity in zip(reversed(waiting), quantities, strict=True):
        draft.growth = change.growth(quantity)
    return True
