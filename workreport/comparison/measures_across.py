"""Knows what the reports of a site, of any place and year, state of each core measure: the amount and the change of the year
that each report reviews, and apart from them figures of several years, of a part of a year or of another year.

Leaves which statement of a measure is the best to `analysis.statements`, and units and order to `website`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import permutations

from workreport.analysis.change_spans import Span, change_spans
from workreport.analysis.results_and_targets import PER_CENT
from workreport.analysis.statements import Statements
from workreport.comparison.comparison_words import ComparisonWords
from workreport.model import Indicator, Measure, Reading, UnitName, split_unit
from workreport.model.measure_years import Apart, ApartFigure, MeasureStatement, MeasureYears, UnitRatio

FEWEST = 2
"""The fewest reports that state a measure of a whole year; what fewer state cannot be compared."""
_APART: dict[int, Apart] = {1: "years", 2: "other", 3: "part"}
"""Why a figure stands apart, by `Statements.age`."""


def measures_across(readings: Iterable[Reading], words: ComparisonWords) -> tuple[MeasureYears, ...]:
    """Return the measures that two reports or more state, those that readers want first before the others.

    `words` tell which units can be converted.
    """
    known: dict[str, Measure] = {}
    found: dict[str, list[MeasureStatement]] = defaultdict(list)
    for reading in readings:
        known |= {measure.id: measure for measure in reading.found.measures}
        for name, statement in statements_of(reading).items():
            found[name].append(statement)
    several = (
        MeasureYears(known[name], tuple(stated), tuple(_ratios(stated, words)))
        for name, stated in found.items()
        if name in known and sum(one.compared for one in stated) >= FEWEST
    )
    return tuple(sorted(several, key=lambda one: (one.measure.rank, one.measure.id)))


def _ratios(stated: Iterable[MeasureStatement], words: ComparisonWords) -> Iterator[UnitRatio]:
    """Yield how large each unit of the amounts is in each other one, where they measure the same (斤, 吨)."""
    units = sorted({UnitName(split_unit(one.level.unit)[0]) for one in stated if one.level})
    for unit, to in permutations(units, 2):
        ratio = words.converted(Decimal(1), unit, to)
        if ratio is not None:
            yield UnitRatio(unit, to, ratio)


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
