"""Knows what each figure of a list changed by: 分别增长6.2%和下降3.5%, 分别比全国、全省高2个和3个百分点.

Leaves what the figures are of to `sharing`, a single change to `changes`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from workreport.analysis.indicators import phrases, windows
from workreport.analysis.indicators.changes import ChangeVerb, change_at_end
from workreport.analysis.indicators.grammar import Grammar
from workreport.analysis.indicators.passage import Passage
from workreport.model import Quantity


def lead(text: str) -> str:
    """What stands before a figure of a list beside 、, 和 and "each": 和[下降]."""
    return phrases.PER.sub("", text).strip(phrases.PUNCTUATION + "和与及")


def turn(words: str, grammar: Grammar) -> ChangeVerb | None:
    """The change of a figure that has a verb of its own within a list, and nothing else: 分别增长6.2%和[下降]3.5%."""
    change = change_at_end(words, grammar)
    return change if change and change.name_end == 0 and change.base is None else None


def is_pace(text: str) -> bool:
    """Whether a text is what stands behind a rate of growth: 的速度增长."""
    return text.startswith("的") and phrases.PACE.match(text) is not None


def of_each(passage: Passage, change: ChangeVerb, quantities: Sequence[Quantity]) -> list[ChangeVerb]:
    """The change of each figure of a list, with its own base (分别比全国、全省高) and verb (增长6.2%、下降3.5%) if it has one."""
    bases = (change.base or "").split("、")
    own = len(bases) == len(quantities) > 1
    done = [replace(change, base=base) for base in bases] if own else [change] * len(quantities)
    for k, (before, quantity) in enumerate(pairwise(quantities), start=1):
        own_verb = turn(lead(passage.text[before.end : quantity.start]), passage.grammar)
        done[k] = replace(done[k], sign=own_verb.sign if own_verb else done[k - 1].sign)
    return done


def paced(left: str, right: str) -> ChangeVerb | None:
    """The change of a list of rates: 分别以年均[36%和7%]的速度增长; None without 以 and 的速度. `left` and `right` are beside it."""
    opened = phrases.PACE_LEAD.search(left[-windows.PACE :]) if is_pace(right) else None
    if opened is None:
        return None
    match = phrases.PACE.match(right)
    falls = match is not None and match["falls"] is not None
    return ChangeVerb(-1 if falls else 1, opened["base"] or opened["later"], len(left) - len(opened[0]))
