"""Knows which core measure (核心指标) an indicator states: `gdp` for 全市地区生产总值, none for 人均….

Leaves the measures and their names to `measure_words`, and parts of the place and totals of years to `measure_scope`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from workreport.analysis.indicators import windows
from workreport.analysis.measure_scope import ending, of_part, of_years, spoken_of, whole_words
from workreport.analysis.measure_words import MeasureRow, MeasureWords
from workreport.model import Findings, Indicator, Outline, Sentence, split_unit


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known beside an indicator: `place` is the place of the report (青禾县), or its last character, or "".

    `before` is the text before the indicator's words, in its sentence and the one before.
    """

    place: str = ""
    before: str = ""


NOWHERE = Surroundings()


def named(name: str, words: MeasureWords, place: str = "", *, change: bool = False) -> MeasureRow | None:
    """The measure that a name means, whatever its unit; None if it means none of the whole place.

    `change` says that the figure is a change: then 经济 and 居民消费价格涨幅 are names too.
    """
    bare = _stripped(words.plain(name).rpartition(":")[2], _starts(words, place))
    if bare.startswith(whole_words(words, "")):
        return None
    core = words.folded(bare)
    for tail in ("", *words.fillers):
        if not core.endswith(tail):
            continue
        short = core.removesuffix(tail)
        if row := words.by_name.get(short) or (words.by_change_name.get(short) if change else None):
            return row
    for tail in words.tails:
        short = core.removesuffix(tail)
        if short != core and (row := words.by_name.get(short) or words.by_change_name.get(short)):
            return row if change or "share" in row.kinds else None
    return None


def measure_of(indicator: Indicator, words: MeasureWords, around: Surroundings = NOWHERE) -> str | None:
    """The id of the core measure that an indicator states for the whole place; None if it states none for sure."""
    row = named(indicator.name, words, around.place, change=indicator.kind == "growth")
    if row is None or not fits(indicator, row):
        return None
    if indicator.parent is not None and _is_part(indicator.parent, row, words, around.place):
        return None
    if indicator.kind == "growth" and around.before.endswith(words.drivers):
        return None
    if row.local and not indicator.name.startswith(whole_words(words, around.place)):
        verb = indicator.quote.startswith(words.leads)
        if of_part(around.before, words, around.place, verb=verb):
            return None
    if row.flow and indicator.kind != "growth" and indicator.origin is None:
        figure = indicator.quote.partition(indicator.value)[0]
        if of_years(around.before, figure, words):
            return None
    return row.measure.id


def fits(indicator: Indicator, row: MeasureRow) -> bool:
    """Whether a measure can have the kind, the unit and the size of an indicator."""
    if indicator.kind not in row.kinds:
        return False
    unit, power = split_unit(indicator.unit)
    if indicator.kind == "growth":
        return unit in row.change_units and not indicator.is_multiple
    if unit not in row.units:
        return False
    if unit != row.units[0] or indicator.number is None:
        return True
    number = indicator.number.scaleb(power)
    return number >= row.least and (not row.most or number <= row.most)


def _is_part(parent: str, row: MeasureRow, words: MeasureWords, place: str) -> bool:
    """Whether what an indicator is a part of is itself a part of the place, or the very same measure."""
    return any(word in words.plain(parent) for word in words.parts) or named(parent, words, place) is row


def mark(found: Findings, outline: Outline, place: str, words: MeasureWords) -> Findings:
    """Set `measure` of every indicator, and `measures` to those that occur, by rank."""
    homes = _homes(outline)
    if not ending(place, words):
        place = spoken_of((sentence.text for sentence, _ in homes.values()), words)

    def stated(indicator: Indicator) -> Indicator:
        sentence, previous = homes[indicator.sentence]
        at = max(indicator.start - sentence.start, 0)
        before = f"{previous[-windows.SUBJECT :]}\n{sentence.text[max(at - windows.SUBJECT, 0) : at]}"
        measure = measure_of(indicator, words, Surroundings(place, before))
        return indicator if measure == indicator.measure else replace(indicator, measure=measure)

    indicators, hidden = tuple(map(stated, found.indicators)), tuple(map(stated, found.hidden))
    ids = {i.measure for i in (*indicators, *hidden)}
    rows = sorted((row.measure for row in words.rows if row.measure.id in ids), key=lambda m: (m.rank, m.id))
    return replace(found, indicators=indicators, hidden=hidden, measures=tuple(rows))


def _homes(outline: Outline) -> dict[str, tuple[Sentence, str]]:
    """Every sentence by its id, with the text of the sentence before it in its paragraph, or ""."""
    homes = {sentence.id: (sentence, "") for sentence in outline.sentences()}
    paragraphs = (*outline.front, *(p for section in outline.walk() for p in section.paragraphs))
    for paragraph in paragraphs:
        for previous, sentence in pairwise(paragraph.sentences):
            homes[sentence.id] = (sentence, previous.text)
    return homes


@lru_cache(maxsize=64)
def _starts(words: MeasureWords, place: str) -> tuple[str, ...]:
    """The words that may stand before a name: those for the whole place, and the leads."""
    return (*whole_words(words, place), *words.leads)


def _stripped(name: str, starts: tuple[str, ...]) -> str:
    """A name without any of the words at its start, as often as they stand there."""
    while name.startswith(starts):
        name = name[max(len(word) for word in starts if name.startswith(word)) :]
    return name
