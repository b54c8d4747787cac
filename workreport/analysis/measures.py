"""Knows which core measure (核心指标) an indicator states: `gdp` for 全市地区生产总值, none for 人均…, a part or a district.

Leaves the measures and their names to `measure_words`, and finding the indicators to `indicators`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from workreport.analysis.measure_words import MeasureRow, MeasureWords
from workreport.model import Findings, Indicator, Outline, split_unit

_CLAUSE = re.compile(r"[，,：:、]")
_STOP = re.compile(r"[；;。！？\n]")
SUBJECT = 14
"""Characters at the start of a clause in which its subject stands."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known beside an indicator: `place` is the place of the report (青禾县), or its last character, or "".

    `before` is the text of the sentence before the indicator's words.
    """

    place: str = ""
    before: str = ""


NOWHERE = Surroundings()


def named(name: str, words: MeasureWords, place: str = "", *, change: bool = False) -> MeasureRow | None:
    """The measure that a name means, whatever its unit; None if it means none of the whole place.

    `change` says that the figure is a change: then 经济 and 居民消费价格涨幅 are names too.
    """
    bare = _stripped(words.plain(name), _starts(words, place))
    if bare.startswith(_scope_words(words, "")):
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
    if indicator.parent is not None and named(indicator.parent, words, around.place) in (None, row):
        return None
    if of_part(around.before, words, around.place):
        return None
    return row.measure.id


def fits(indicator: Indicator, row: MeasureRow) -> bool:
    """Whether a measure can have the kind, the unit and the size of an indicator."""
    if indicator.kind not in row.kinds:
        return False
    unit, power = split_unit(indicator.unit)
    if indicator.kind == "growth":
        return unit in (*row.change_units, *row.units) and not indicator.is_multiple
    if unit not in row.units:
        return False
    if unit != row.units[0] or indicator.number is None:
        return True
    number = indicator.number.scaleb(power)
    return number >= row.least and (not row.most or number <= row.most)


def of_part(before: str, words: MeasureWords, place: str = "") -> bool:
    """Whether the subject of the clauses before a figure is a part of the place: 高新区, 民营企业, 各县.

    A clause that starts with the whole place (全市) ends the part; so does ；.
    """
    part = False
    whole = _scope_words(words, place)
    clauses = _CLAUSE.split(_STOP.split(before)[-1])
    for clause in clauses:
        subject = clause.strip()[:SUBJECT]
        if any(word in subject[: SUBJECT // 2] for word in whole):
            part = False
        elif any(word in subject for word in words.parts):
            part = True
    return part


def mark(found: Findings, outline: Outline, place: str, words: MeasureWords) -> Findings:
    """Set `measure` of every indicator, and `measures` to those that occur, by rank."""
    sentences = {sentence.id: sentence for sentence in outline.sentences()}
    if not _ending(place, words):
        place = _spoken_of(Counter[str](), (s.text for s in sentences.values()), words)

    def marked(indicators: Iterable[Indicator]) -> tuple[Indicator, ...]:
        stated = ((i, measure_of(i, words, around(i))) for i in indicators)
        return tuple(i if i.measure == found else replace(i, measure=found) for i, found in stated)

    def around(indicator: Indicator) -> Surroundings:
        sentence = sentences[indicator.sentence]
        return Surroundings(place, sentence.text[: max(indicator.start - sentence.start, 0)])

    indicators, hidden = marked(found.indicators), marked(found.hidden)
    ids = {i.measure for i in (*indicators, *hidden)}
    rows = sorted((row.measure for row in words.rows if row.measure.id in ids), key=lambda m: (m.rank, m.id))
    return replace(found, indicators=indicators, hidden=hidden, measures=tuple(rows))


def _spoken_of(counts: Counter[str], texts: Iterable[str], words: MeasureWords) -> str:
    """The ending of the place that a report speaks of most as its own (全省, 我省); "" if it speaks of none."""
    for text in texts:
        for ending, whole in words.scopes:
            counts[ending] += sum(text.count(word) for word in whole)
    best = max(counts, key=lambda ending: counts[ending], default="")
    return best if counts[best] else ""


def _ending(place: str, words: MeasureWords) -> str:
    """The ending of a place that decides its scope words: 市 for 临河市; "" if there is none."""
    if place == "国务院":
        return "国"
    return place[-1:] if any(ending == place[-1:] for ending, _ in words.scopes) else ""


@lru_cache(maxsize=64)
def _scope_words(words: MeasureWords, place: str) -> tuple[str, ...]:
    """The words for the whole place (全市, 临河市, 临河); those of every place but the state if it is unknown."""
    ending = _ending(place, words)
    whole = [word for end, given in words.scopes for word in given if end == ending or (not ending and end != "国")]
    return (*((place, place[:-1]) if len(place) > 2 else ()), *whole)


@lru_cache(maxsize=64)
def _starts(words: MeasureWords, place: str) -> tuple[str, ...]:
    """The words that may stand before a name: those for the whole place, and the leads."""
    return (*_scope_words(words, place), *words.leads)


def _stripped(name: str, starts: tuple[str, ...]) -> str:
    """A name without any of the words at its start, as often as they stand there."""
    while name.startswith(starts):
        name = name[max(len(word) for word in starts if name.startswith(word)) :]
    return name
