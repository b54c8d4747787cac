"""Knows what a report states of each core measure: the amount and the change of the year
that it reviews, and apart from them figures of several years, of a part of a year or of another year.

Leaves which statement of a measure is the best to `analysis.statements`, and units and order to `website`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import permutations

from workreport.analysis.change_spans import Span, change_spans
from workreport.analysis.results_and_targets import PER_CENT
from workreport.analysis.statements import Statements
from workreport.comparison.comparison_words import ComparisonWords
from workreport.model import Indicator, Reading, UnitName, split_unit
from workreport.model.measure_years import Apart, ApartFigure, MeasureStatement, UnitRatio

FEWEST = 2
"""The fewest reports that state a measure of a whole year; what fewer state cannot be compared."""
_APART: dict[int, Apart] = {1: "years", 2: "other", 3: "part"}
"""Why a figure stands apart, by `Statements.age`."""


def ratios_of(units: Iterable[UnitName], words: ComparisonWords) -> tuple[UnitRatio, ...]:
    """Return how large each unit of amounts is in each other one, where they measure the same (斤, 吨)."""
    bare = sorted({UnitName(split_unit(unit)[0]) for unit in units})
    ratios = ((unit, to, words.converted(Decimal(1), unit, to)) for unit, to in permutations(bare, 2))
    return tuple(UnitRatio(unit, to, ratio) for unit, to, ratio in ratios if ratio is not None)


def statements_of(reading: Reading) -> dict[str, MeasureStatement]:
    """Return what a report states of each core measure, by its id; {} for a report whose year is not known."""
    statements = Statements(reading)
    if statements.reviewed is None:
        return {}
    spans = change_spans(reading)
    made = {}
    for name in statements.of:
        level, change = _of_the_year(name, statements, spans)
        taken = {i.id for i in (level, change) if i}
        apart = tuple(_apart(name, statements, taken))
        if taken or apart:
            made[name] = MeasureStatement(reading.meta.slug, statements.reviewed, level, change, apart)
    return made


def _of_the_year(
    name: str, statements: Statements, spans: dict[str, Span]
) -> tuple[Indicator | None, Indicator | None]:
    """The amount and the change of a measure in the year reviewed; an amount at the end of several years is that of the last."""
    best = statements.result(name)
    if best is None or (statements.age(best) > 0 and not statements.is_at_end(best)):
        return None, None
    both = [i for i in (best, statements.other(best)) if i is not None]
    level = next((i for i in both if i.kind != "growth" and i.number is not None), None)
    change = next((i for i in both if spans.get(i.id) == "year" and _in_per_cent(i)), None)
    return level, change


def _in_per_cent(i: Indicator) -> bool:
    if i.kind == "growth":
        return i.unit in PER_CENT and i.number is not None
    return i.growth is not None and i.growth.unit in PER_CENT and i.growth.number is not None


def _apart(name: str, statements: Statements, taken: set[str]) -> Iterator[ApartFigure]:
    """Yield the other results of a measure that are not of the year reviewed, each figure of one time once."""
    seen = set()
    for i in statements.of[name]:
        kind = _APART.get(statements.age(i)) if i.status == "result" and i.id not in taken else None
        words = i.period or statements.times.of(i).words
        if kind is None or i.number is None or (key := (kind, words, i.number, i.unit)) in seen:
            continue
        seen.add(key)
        yield ApartFigure(i, kind, words)
