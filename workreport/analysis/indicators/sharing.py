"""Knows how a list of figures is read that shares the names before it: 城乡居民人均可支配收入分别增长4.3%、5.5%.

Leaves single figures to `judgements`, splitting a list of names to `name_lists`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from workreport.analysis.indicators import (
    indicator_names,
    list_changes,
    milestones,
    multiples,
    name_lists,
    names_before,
    phrases,
    subjects,
    windows,
)
from workreport.analysis.indicators.changes import ChangeVerb, adjusted_before, change_at_end, timed
from workreport.analysis.indicators.comparisons import comparison_at_end, differs
from workreport.analysis.indicators.drafts import Draft
from workreport.analysis.indicators.grammar import Grammar
from workreport.analysis.indicators.passage import Passage
from workreport.model import Quantity, UnitName

SHARED_OUT = "分别"
_SHARES_OF_EACH = ("税收占比", "税占比", "税收占比重", "税收比重")
LONGEST = 12
"""Most items of a list that is read as a whole."""


class ClauseItem(NamedTuple):
    """A part of a clause between two separators (、 or 和), with its figures."""

    start: int
    end: int
    quantities: tuple[Quantity, ...]


def run_of(items: Sequence[ClauseItem], k: int, text: str, grammar: Grammar) -> int:
    """The number of items, from item k on, that are a list of figures after the same words; 0 if they are no list.

    分别 before the first figure makes a list, even of one item. Otherwise a list has two or more items, each of one figure and
    nothing else: 4.3%、5.5%. A change may have its own verb there: 增长6.2%、下降3.5%. After 从 or 由, one item may have two
    figures: 从18200元、7600元增加到26800元、12300元.
    """
    first = items[k].quantities[0]
    left = text[items[k].start : first.start]
    shared_out = SHARED_OUT in left
    if k + 1 == len(items):
        return 1 if shared_out else 0
    moved = phrases.FROM.search(left[-windows.ORIGIN :]) is not None
    count = 1
    for item in items[k + 1 : k + LONGEST]:
        if len(item.quantities) != 1 and not ((shared_out or moved) and len(item.quantities) == 2):
            break
        lead = list_changes.lead(text[item.start : item.quantities[0].start])
        if lead and not (list_changes.turn(lead, grammar) and change_at_end(left, grammar)):
            break
        count += 1
    if shared_out:
        return count
    one = len(items[k].quantities) == 1
    if not one and moved and len(items[k].quantities) == 2:
        one = SHARED_OUT in text[first.end : items[k].quantities[1].start]
    if count == 1 or not one:
        return 0
    return count if all(_is_bare(text[i.quantities[-1].end : i.end]) for i in items[k : k + count]) else 0


def _is_bare(text: str) -> bool:
    """Whether nothing but punctuation and the noun of a threshold (大关) stands after a figure."""
    return not text.strip(phrases.PUNCTUATION) or milestones.stands_before_noun(text) or list_changes.is_pace(text)


def distribute(passage: Passage, items: Sequence[ClauseItem], clause: int) -> bool:
    """Add an indicator for each figure of a list.

    Returns False, and adds nothing, if the names do not match the figures.
    """
    grammar, start = passage.grammar, items[0].start
    every = [q for item in items for q in item.quantities]
    left = passage.text[start : every[0].start]
    at = left.find(SHARED_OUT)
    origins, quantities = _origins(passage.text, left, every)
    quantities = _same_unit(quantities)
    differing, multiplied = _compared(left, quantities), multiples.multiplies(left, quantities)
    change = (
        None
        if origins
        else differing or change_at_end(left, grammar) or list_changes.paced(left, passage.text[every[-1].end :])
    )
    change = adjusted_before(change, passage.text, start) if change else None
    name = "" if multiplied else _name(left, at, change, grammar, moved=bool(origins))
    if name in phrases.GROWTH_NOUNS and change is None and quantities[0].unit in ("%", "个百分点"):
        change, name = ChangeVerb(-1 if name == "降幅" else 1, None, 0), ""  # 降幅分别为12.5%和20%
    rated = change is None and at >= 0 and not origins and all(phrases.is_share(q.value, q.unit) for q in quantities)
    first = at >= 0 and not (passage.drafts or multiplied or differing)  # 万亿产业、产业集群从无到有，分别达2个、3个
    asks = not name and (change is not None or rated or bool(origins) or first)
    labels = names_before.subjects_before(passage, start, quantities, rated=rated) if asks else None
    first_label = labels[0] if labels else ""
    if not name and labels is None:
        told = multiplied and multiples.of_figures_before(passage, left, quantities, start, clause)
        if told or _told_of_earlier(passage, quantities, change, clause, compared=bool(differing or multiplied)):
            return True
        if change is not None and len(quantities) > 1 and not (name := passage.subject(start)):
            return False
    name = subjects.told_of(passage, name, start) + name
    last = at >= 0 and change is not None and passage.text[every[-1].end : every[-1].end + 1] in ("", *"，。；")
    quantities = _for_each(quantities, name, left[: max(at, 0)], grammar, last=last)
    shared, whole = at >= 0 or bool(origins), "占" in left[max(at, 0) :]
    labels = labels or _labels(passage, name, quantities, shared_out=shared, grown=change is not None, whole=whole)
    if at < 0 and len({phrases.base_unit(q.unit) for q in quantities}) > 1 and name.count("、") + 1 != len(quantities):
        return False
    if labels is None:
        if at < 0:
            return False
        labels = names_before.of_figures_before(passage, name, quantities, clause) or [name] * len(quantities)
    if at >= 0 and change is None and not origins:
        labels = _with_deed(labels, left[at + len(SHARED_OUT) :], grammar)
    labels = _with_verb(labels, name or first_label, quantities, grammar, grown=change is not None)
    step = milestones.step_at(left, quantities[0], passage.text[every[-1].end : items[-1].end], grammar)
    place = passage.place(start, left, name)
    labels = [timed(label, change) for label in labels]
    changes = list_changes.of_each(passage, change, quantities) if change else []
    for k, (label, quantity) in enumerate(zip(labels, quantities, strict=True)):
        draft = Draft(
            label, passage.kind(quantity, label), quantity, place, quantity.end, clause,
            origin=origins[k] if origins else None, opening=indicator_names.leading_verbs(label, grammar),
            threshold=step is not None, milestone_only=step is not None and step.sure,
        )  # fmt: skip
        if changes:
            draft.grow(quantity, changes[k])
        passage.add(draft)
    return True


def _for_each(quantities: list[Quantity], name: str, left: str, grammar: Grammar, *, last: bool) -> list[Quantity]:
    """The figures of a list; a single one is repeated for each name: 水果、蔬菜都分别增长20%, 存款和税收分别增长10%以上.

    `last` says that it is a change, and that its clause ends behind it.
    """
    if len(quantities) != 1:
        return quantities
    if "、" in name and left.endswith(("都", "均")):
        return quantities * (name.count("、") + 1)
    count = name.count("、") + (1 if "和" in name or "与" in name else 0) + 1
    labels = name_lists.parts(name, count, grammar) if last and count > 1 else None
    return quantities * count if labels and len(set(labels)) == count else quantities


def _compared(left: str, quantities: Sequence[Quantity]) -> ChangeVerb | None:
    """The comparison with others that the figures of a list state, as `comparisons` finds it; None if they state none."""
    return comparison_at_end(left) if all(differs(q.unit) for q in quantities) else None


def _told_of_earlier(
    passage: Passage, quantities: Sequence[Quantity], change: ChangeVerb | None, clause: int, *, compared: bool
) -> bool:
    """Whether a list without names only tells more of the figures before: their changes, or the levels behind thresholds.

    `compared`: they are differences from others (分别高于全国、全省2.6、1.5个百分点) or multiples of earlier values, which are
    no growth and are left out.
    """
    if compared and len(quantities) > 1:
        passage.left_out += quantities
        return True
    if change is None:
        return _reached(passage, quantities, clause) or _led_to(passage, quantities, clause)
    if len(quantities) > 1 and (change.base or "").endswith(("增量", *phrases.GROWTH_NOUNS)):
        passage.left_out += quantities  # 比上年增量增长1倍和1.4倍: not what the things have grown by
        return True
    if len(quantities) < 2:
        return False
    return _paired(passage, quantities, change) or _grown_since(passage, quantities, change, clause)


def _grown_since(passage: Passage, quantities: Sequence[Quantity], change: ChangeVerb, clause: int) -> bool:
    """Add a second change of each of the figures before: …32亿元和40亿元，分别增长7.9%和11.4%，比1995年增长37%和76%.

    Returns False, and adds nothing, if the base is the same as before, or there are not as many figures.
    """
    owners = passage.figures_before(clause, len(quantities))
    if change.base is None or len(owners) < len(quantities):
        return False
    if any(owner.growth is None or owner.growth.base == change.base for owner in owners):
        return False
    for owner, quantity, own in zip(owners, quantities, list_changes.of_each(passage, change, quantities), strict=True):
        draft = Draft(owner.name, "growth", quantity, quantity.start, quantity.end, clause, echo=owner)
        draft.grow(quantity, own)
        passage.add(draft)
    return True


def _name(left: str, at: int, change: ChangeVerb | None, grammar: Grammar, *, moved: bool) -> str:
    """The list of names in `left`, the text before the first figure; "" without one. 分别 stands at left[at:], or at is -1.

    `moved`: the figure is where a change starts, so that 从 or 由 stands before it.
    """
    subject = left[:at] if at >= 0 else left
    if moved:
        subject = subject[: max(subject.rfind("从"), subject.rfind("由"))] if at < 0 else subject.rstrip("从由")
    elif change is not None:
        subject = left[: min(at, change.name_end) if at >= 0 else change.name_end]
    elif at < 0:
        subject = phrases.PER.sub("", subject)
    if not subject.strip(phrases.PUNCTUATION):
        return ""
    return phrases.SUMMED_UP.sub("", indicator_names.clean(indicator_names.before_figure(subject, grammar), grammar))


def _with_deed(labels: list[str], tail: str, grammar: Grammar) -> list[str]:
    """Names with the verb and noun between 分别 and the first figure: 机关、事业单位分别精简内设机构11个 → 机关精简内设机构.

    A verb alone stands before the name: 分别新增12项 → 新增….
    """
    size = grammar.opens.at_end(tail)
    if size > grammar.reach.at_end(tail):
        verb = tail[len(tail) - size :]
        return [label if label.startswith(verb) else verb + label for label in labels]
    deed = indicator_names.before_figure(phrases.PER.sub("", tail), grammar).lstrip("的")
    size = max(words.at_start(deed) for words in (grammar.opens, grammar.light, grammar.down))
    if not deed.startswith("占") and not 0 < size < len(deed):
        return labels
    if deed.startswith(("完成", "实现")) and grammar.head.at_end(deed) == len(deed) - size:
        deed = deed[size:]  # 分别完成增加值: 增加值
    return [label + deed for label in labels]


def _with_verb(
    labels: list[str], name: str, quantities: Sequence[Quantity], grammar: Grammar, *, grown: bool
) -> list[str]:
    """Names with the verb that the list starts with. A name with a verb of its own stays as it is.

    So does a complete one whose figure is a change, or in money while the first is not: 接待游客、旅游收入分别增长….
    """
    verb = labels[0][: indicator_names.leading_verbs(labels[0], grammar)]
    if not verb or not name.startswith(verb):
        return labels
    done = labels[:1]
    for label, quantity in zip(labels[1:], quantities[1:], strict=True):
        other = grown or quantity.unit.endswith("元") != quantities[0].unit.endswith("元")
        complete = indicator_names.leading_verbs(label, grammar) or (other and grammar.head.at_end(label))
        done.append(label if complete else verb + label)
    return done


def _reached(passage: Passage, quantities: Sequence[Quantity], clause: int) -> bool:
    """Make the thresholds before a list of levels these levels: …分别突破4万元、2万元，达到41236元、20815元.

    Returns False, and changes nothing, if there are not as many thresholds.
    """
    owners = passage.drafts[-len(quantities) :]
    if len(owners) < len(quantities) or not all(map(milestones.reaches, owners, quantities)):
        return False
    for owner, quantity in zip(owners, quantities, strict=True):
        owner.reach(passage.approximated(quantity), clause)
    return True


def _led_to(passage: Passage, quantities: Sequence[Quantity], clause: int) -> bool:
    """Make the changes before a list of levels these levels: …分别增长8%、9%，达到41236元、20815元.

    Returns False, and changes nothing, if there are not as many changes.
    """
    owners = passage.drafts[-len(quantities) :]
    if len(owners) < len(quantities) or any(d.clause != clause - 1 for d in owners):
        return False
    if not milestones.grew_to(passage, owners, quantities):
        return False
    for owner, quantity in zip(owners, quantities, strict=True):
        owner.level(passage.approximated(quantity), passage.kind(quantity, owner.name), clause)
    return True


def _origins(text: str, left: str, every: Sequence[Quantity]) -> tuple[list[Quantity], list[Quantity]]:
    """The figures that changes start from, and those that they reach: 分别从771家、481家增加到1076家、636家.

    The first list is empty if no change starts from a figure; then the second has all figures.
    """
    if phrases.FROM.search(left[-windows.ORIGIN_OF_LIST :]):
        for half in range(1, len(every)):
            between = phrases.without_approximator(text[every[half - 1].end : every[half].start])
            rest = len(every) - half
            shared = half == 1 and SHARED_OUT in between  # 由2300元分别提高到5000元、6000元
            if (rest in (1, half) or shared) and phrases.TO.search(between) and phrases.CHANGE.search(between):
                reached = list(every[half:])
                return _same_unit(list(every[:half])) * (
                    rest if shared else 1
                ), reached * half if rest == 1 else reached
    return [], list(every)


def _same_unit(quantities: list[Quantity]) -> list[Quantity]:
    """Give figures without a unit that of the last one: 分别提高12、19个百分点; of 万 and 亿 only what they lack.

    分别净减少10.6万、3.8万、3.3万平方公里 are all 万平方公里, and 7.5个和4.9个百分点 are both 个百分点.
    """
    last = quantities[-1].unit
    base = phrases.base_unit(last)
    done = []
    for quantity in quantities:
        unit = quantity.unit
        if not unit or (unit == "个" and last == "个百分点"):
            unit = last
        elif base and not phrases.base_unit(unit):
            unit = UnitName(unit + base)
        done.append(quantity if unit == quantity.unit else quantity._replace(unit=unit))
    return done


def _labels(
    passage: Passage, name: str, quantities: Sequence[Quantity], *, shared_out: bool, grown: bool, whole: bool
) -> list[str] | None:
    """The names for the figures of a list: the parts of `name`, or without a name the names of the figures before.

    总数 and other measures that name nothing take these too. `grown`: the figures are changes; `whole`: a whole of which they
    are shares follows the names. None if there are not as many names as figures.
    """
    count, grammar = len(quantities), passage.grammar
    earlier = passage.drafts[-count:] if len(passage.drafts) >= count else []
    if not name:
        return [passage.noun(d) if d.name.startswith("新增") and not grown else d.name for d in earlier] or None
    if earlier and count > 1 and name.startswith("占"):
        return [d.name + name for d in earlier]
    if earlier and count > 1 and name in _SHARES_OF_EACH and all(d.clause >= earlier[-1].clause for d in earlier):
        return [passage.noun(d) + name for d in earlier]
    if earlier and count > 1 and grammar.bare_measure.at_start(name) == len(name):
        return [passage.noun(d, name) + name for d in earlier]
    if name in phrases.GROWTH_NOUNS and passage.previous:
        return [(passage.previous.echo or passage.previous).name.removesuffix(name) + name] * count
    part = phrases.PART_OF_WHOLE.search(name)
    head, tail = (name[: part.start()], name[part.start() :]) if part else (name, "")
    rated = not (grown or part or whole) and all(phrases.is_share(q.value, q.unit) for q in quantities)
    labels = name_lists.parts(head, count, grammar, compound=shared_out or "城乡" in head, rated=rated)
    return _parts_of_spending(passage, [label + tail for label in labels], grown=grown) if labels else None


def _parts_of_spending(passage: Passage, labels: list[str], *, grown: bool) -> list[str]:
    """The names of what parts of an amount are for, with the amount: 民生支出增长12%，其中教育、医疗分别增长8%、9%.

    A name with a measure of its own stays, and so do names that are no parts (其中).
    """
    owner, grammar = passage.previous, passage.grammar
    if owner is None or not grown or (owner.kind != "growth" and owner.growth is None):
        return labels
    amount = next((a for a in phrases.SPLIT_UP if owner.name.endswith(a)), "")
    between = passage.text[owner.end : owner.end + 6]
    if not amount or "其中" not in between or any(grammar.head.at_end(n) or grammar.headed.at_end(n) for n in labels):
        return labels
    return [label + amount for label in labels]


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
    changes = list_changes.of_each(passage, change, quantities)
    for draft, quantity, own in zip(reversed(waiting), quantities, changes, strict=True):
        draft.growth = own.growth(passage.approximated(quantity))
    return True
