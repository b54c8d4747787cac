"""Knows how a list of changes is read that turned into other changes: 甲、乙产量分别由下降3%、5%转为增长12%、8%.

Leaves a single change that turned to `changing`, and other lists to `sharing`.
"""

from __future__ import annotations

from collections.abc import Sequence

from workreport.analysis.indicators import indicator_names, name_lists, phrases
from workreport.analysis.indicators.changes import change_at_end
from workreport.analysis.indicators.drafts import Draft
from workreport.analysis.indicators.passage import Passage
from workreport.model import Quantity

_FEWEST = 4
"""The figures of the shortest list: two changes and what they turned into."""


def read(passage: Passage, start: int, quantities: Sequence[Quantity], clause: int) -> bool:
    """Add the changes that a list of changes turned into, each with the one before as its origin; False for other lists.

    The list starts at text[start]. Where the names do not fit, its figures are left out: with the verb of the first half, a
    rise would be read as a fall.
    """
    text, grammar, half = passage.text, passage.grammar, len(quantities) // 2
    if len(quantities) < _FEWEST or len(quantities) % 2:
        return False
    left = text[start : quantities[0].start]
    cut = max(left.rfind("由"), left.rfind("从"))
    between = text[quantities[half - 1].end : quantities[half].start]
    before, after = change_at_end(left, grammar), change_at_end(between, grammar)
    if cut < 0 or before is None or after is None or not phrases.TURNED.search(between[: after.name_end]):
        return False
    said = left[:cut].rstrip().removesuffix("分别")
    name = indicator_names.clean(indicator_names.before_figure(said, grammar), grammar)
    labels = name_lists.parts(name, half, grammar) if name else None
    if labels is None:
        passage.left_out += quantities
        return True
    for label, origin, reached in zip(labels, quantities[:half], quantities[half:], strict=True):
        falls = before.sign < 0 and origin.number is not None and origin.number > 0
        was = origin._replace(value=f"-{origin.value}", number=-origin.number) if falls and origin.number else origin
        draft = Draft(label, "growth", reached, passage.place(start, left, name), reached.end, clause, origin=was)
        draft.grow(reached, after)
        passage.add(draft)
    return True
