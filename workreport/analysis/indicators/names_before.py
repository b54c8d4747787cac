"""Knows the names of a list of figures that stands without them: the clause before lists them, or its figures are of them.

Leaves the figures of the list to `sharing`, and how a list of names is split to `name_lists`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from workreport.analysis.indicators import indicator_names, name_lists, phrases
from workreport.analysis.indicators.passage import Passage
from workreport.model import Quantity

_PASSED = re.compile(r"(?:均|双双)?(?:跨|跨过|突破|破|超|迈上|站上)[百千万亿]+元?(?:台阶|大关)?$")
"""A threshold that what is listed has passed, at the end of a clause: 农民收入[跨万元]."""


_RECORD = re.compile(
    r"(?<=..)(?:(?:均|双双|都|再|又|同|齐|同时|继续|实现)*(?:创(?:下|出)?(?:历史)?(?:新高|最高|纪录|最好水平)|刷新纪录|迈上新台阶|稳步增长|快速增长|持续增长|稳中有升|大幅增长))$"
)
"""How what is listed fared, at the end of a clause: 油菜籽和茶叶产量[再创新高]."""


def subjects_before(passage: Passage, start: int, quantities: Sequence[Quantity], *, rated: bool) -> list[str] | None:
    """The names that the clause before lists: …起数、死亡人数实现“双下降”，分别下降12.5%和20%; None without them.

    `rated`: the figures are rates (…污染治理达标率，分别达92%和90%), not changes.
    """
    begin, end = passage.clause_before(start)
    if len(quantities) < 2 or passage.has_figure(begin, end) or any(d.end > begin for d in passage.drafts):
        return None
    name = _listed_in(passage, begin, end)
    labels = name_lists.parts(name, len(quantities), passage.grammar, rated=rated) if name else None
    if labels is None and _PASSED.search(passage.text, begin, end):
        return _in_two_clauses(passage, begin, name, len(quantities))
    return labels


def _listed_in(passage: Passage, begin: int, end: int) -> str:
    """The list of names that the clause text[begin:end] starts with."""
    said = _RECORD.sub("", phrases.BOTH.split(passage.text[begin:end])[0])
    said = _PASSED.sub("", said)
    return indicator_names.clean(indicator_names.before_figure(said, passage.grammar), passage.grammar)


def _in_two_clauses(passage: Passage, start: int, name: str, count: int) -> list[str] | None:
    """The names of the clause that ends before `start`, and `name`: A和B跨千亿，C跨万元，分别增长…; None if they are not `count`."""
    begin, end = passage.clause_before(start)
    first = _listed_in(passage, begin, end) if end > 1 and not passage.has_figure(begin, end) else ""
    labels = name_lists.parts(first, count - 1, passage.grammar) if first and name and count > 2 else [first]
    return [*labels, name] if first and name and labels and len(labels) == count - 1 else None


def of_figures_before(passage: Passage, name: str, quantities: Sequence[Quantity], clause: int) -> list[str] | None:
    """The names of a list that measures what the figures before count: 专利案件、商标案件8件、9件，金额分别为2万元、3万元."""
    owners = [d for d in passage.drafts if d.clause == clause - 1 and d.kind == "count"]
    short = len(name) < 7 and passage.grammar.head.at_end(name) and not passage.grammar.scope.at_start(name)
    if not short or len(owners) != len(quantities) or len(owners) < 2 or len({d.name for d in owners}) < len(owners):
        return None
    nouns = [passage.noun(owner) for owner in owners]
    alike = takewhile(lambda marks: len({*marks}) == 1, zip(*(reversed(noun) for noun in nouns), strict=False))
    tail = "".join(marks[0] for marks in alike)[::-1]
    size = passage.grammar.head.at_end(tail) if tail[-1:] == name[-1:] else 0
    measured = tail[len(tail) - size :]
    return [noun.removesuffix(measured) + name for noun in nouns]  # 公路客运量、水路客运量, 货运量: 公路货运量
