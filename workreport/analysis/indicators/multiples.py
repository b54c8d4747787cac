"""Knows how multiples of earlier values are stated: 是2020年的1.8倍, 相当于上年3倍, 分别是五年前的1.8倍和1.6倍.

Leaves changes (增长1.8倍) to `changing`, and other lists to `sharing`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from workreport.analysis.indicators import indicator_names, name_lists, phrases
from workreport.analysis.indicators.current import Here
from workreport.analysis.indicators.drafts import Draft
from workreport.analysis.indicators.grammar import Grammar
from workreport.analysis.indicators.passage import Passage
from workreport.model import Quantity

MULTIPLE = "倍"
_TIMES = re.compile(
    r"""(?:达到?|大体|又|将|可以)?(?:是|为|相当于|等于)
        (?:(?P<year>[12]\d{3}年|[上去前]年(?:同期)?|过去|[^，。；、\d]{1,6}年前)|(?P<thing>[^，。；、]{1,20})的)(?:近|约|超过?)?""",
    re.VERBOSE,
)
"""Text before a multiple of the figure before: 是十年前的[3倍], 相当于上年[5倍]."""
_NAMED = re.compile(
    r"""(?P<name>[^，。；、\d]{2,24}?)(?:现?已经?|约|大体|却|又|将|可以)*(?:是|相当于|等于)
        (?P<base>[12]\d{3}年|[一二][〇零○一二三四五六七八九]{3}年|[^，。；、\d]{1,8}[年期末底])的(?:近|约|超过?)?""",
    re.VERBOSE,
)
"""Text before a multiple with the name of what multiplied: 生产总值是2011年的[1.8倍]."""
_LISTED = re.compile(r"(?P<name>[^，。；]{2,40}?)分别(?:是|为|相当于|等于)(?P<base>[^，。；、]{1,14})的")
"""Text before a list of multiples with their names: 学校、医院数量分别是2020年的[2倍和3倍]."""


def times(here: Here) -> int:
    """Read a multiple of an earlier value (是十年前的3倍) as a change of what it names or of the figure before."""
    passage, quantity = here.passage, here.quantity
    if quantity.unit != MULTIPLE:
        return 0
    grammar, previous = passage.grammar, passage.previous
    said = here.left.strip(phrases.PUNCTUATION)
    named = _NAMED.fullmatch(_undated(said, grammar))
    name = indicator_names.clean(named["name"], grammar) if named else ""
    if named and len(name) > 1 and not indicator_names.is_nothing(name, grammar):
        start = passage.place(here.at, here.left, name)
        passage.add(Draft(name, "growth", quantity, start, quantity.end, here.clause, growth_base=named["base"]))
        return 1
    base = named["base"] if named else _base(said)
    if not base or previous is None:
        return 0
    if base.endswith(phrases.GROWTH_NOUNS):  # a multiple of a rate: 是出口增速的3.5倍
        passage.left_out.append(quantity)
        return 1
    _multiply(passage, previous.echo or previous, quantity, base, here.at, here.clause)
    return 1


def multiplies(left: str, quantities: Sequence[Quantity]) -> bool:
    """Whether a list multiplies earlier values: 是五年前的1.8倍和1.6倍. `left` is the text before it."""
    return quantities[0].unit == MULTIPLE and bool(_base(_shared_out(left)))


def named_list(passage: Passage, start: int, quantities: Sequence[Quantity], clause: int) -> bool:
    """Whether a list, which starts at `start`, multiplies earlier values of what it names, and add these multiples.

    学校、医院数量分别是2020年的2倍和3倍.
    """
    if quantities[0].unit != MULTIPLE:
        return False
    left = passage.text[start : quantities[0].start]
    match = _LISTED.fullmatch(_undated(left.strip(phrases.PUNCTUATION), passage.grammar))
    name = indicator_names.clean(match["name"], passage.grammar) if match else ""
    labels = name_lists.parts(name, len(quantities), passage.grammar) if name else None
    if match is None or labels is None:
        return False
    at = passage.place(start, left, name)
    for label, quantity in zip(labels, quantities, strict=True):
        passage.add(Draft(label, "growth", quantity, at, quantity.end, clause, growth_base=match["base"]))
    return True


def of_figures_before(passage: Passage, left: str, quantities: Sequence[Quantity], start: int, clause: int) -> bool:
    """Whether a list multiplies the figures before (是五年前的1.8倍和1.6倍): each becomes a multiple of one of them.

    Adds nothing where there are not as many figures in the two clauses before, or what is multiplied is a rate.
    """
    base = _base(_shared_out(left)) if quantities[0].unit == MULTIPLE and len(quantities) > 1 else ""
    if not base or base.endswith(phrases.GROWTH_NOUNS):
        return False
    owners = passage.figures_before(clause, len(quantities))
    if len(owners) < len(quantities):
        return False
    at = start + len(left) - len(left.lstrip(phrases.PUNCTUATION))
    for owner, quantity in zip(owners, quantities, strict=True):
        _multiply(passage, owner, quantity, base, at, clause)
    return True


def _multiply(passage: Passage, owner: Draft, quantity: Quantity, base: str, at: int, clause: int) -> None:
    """Add a multiple of the figure `owner`; its words start at `at`."""
    passage.add(Draft(owner.name, "growth", quantity, at, quantity.end, clause, growth_base=base, echo=owner))


def _base(said: str) -> str:
    """The earlier value in a text before a multiple: 十年前 in 是十年前的; "" if it is no such text."""
    match = _TIMES.fullmatch(said)
    return (match["year"] or match["thing"]) if match else ""


def _shared_out(left: str) -> str:
    """The text before a list without 分别."""
    return left.strip(phrases.PUNCTUATION).removeprefix("分别")


def _undated(said: str, grammar: Grammar) -> str:
    """A text without the time that it starts with: 1993年国内生产总值 gives 国内生产总值."""
    match = grammar.date.match(said)
    return said[match.end() :] if match else said
