"""Knows which core measure (核心指标) an indicator states: `gdp` for 全市地区生产总值, none for 人均….

Leaves the measures and their names to `measure_words`, and parts of the place and totals of years to `measure_scope`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from workreport.analysis.indicators import windows
from workreport.analysis.measure_scope import (
    ending,
    of_new_ones,
    of_part,
    of_years,
    share_of_whole,
    spoken_of,
    whole_words,
)
from workreport.analysis.measure_words import MeasureRow, MeasureWords
from workreport.model import Findings, Indicator, Outline, Sentence, against_others, split_unit


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known beside an indicator: `place` is the place of the report (青禾县), or its last character, or "".

    `before` is the text before the indicator's words, in its sentence and the one before, `after` the text behind them.
    """

    place: str = ""
    before: str = ""
    after: str = ""


LEAST_PASSED = 10**8
"""A power of ten without 元 is one of money from here on: 突破百亿, but not 突破十万, which may be of people."""
NOWHERE = Surroundings()
STATE = "国"
"""The ending of the place of a report of the whole state."""


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


def other_names(words: MeasureWords) -> tuple[tuple[str, str], ...]:
    """Return (other name, label) of the core measures, sorted: ("社零", "社会消费品零售总额").

    Only names that a reader types instead of the label: none that is longer, is a part of it or has it in itself.
    """
    pairs = ((name, row.measure.label) for row in words.rows for name in row.names)
    return tuple(sorted((name, label) for name, label in pairs if len(name) <= len(label) and name not in label))


def bare_name(name: str, row: MeasureRow, words: MeasureWords, place: str = "") -> str:
    """The name of a figure of the measure `row` without the verbs before it: 完成固定资产投资 gives 固定资产投资."""
    while lead := next((word for word in words.leads if name.startswith(word)), ""):
        if named(name[len(lead) :], words, place, change=True) is not row:
            break
        name = name[len(lead) :]
    return name


def measure_of(indicator: Indicator, words: MeasureWords, around: Surroundings = NOWHERE) -> str | None:
    """The id of the core measure that an indicator states for the whole place; None if it states none for sure."""
    row = named(indicator.name, words, around.place, change=indicator.kind == "growth")
    if row is None or not fits(indicator, row):
        return None
    if indicator.kind == "growth" and around.before.endswith(words.drivers):
        return None  # 拉动经济增长2个百分点 is only a share of the change
    return None if any(rule(indicator, row, words, around) for rule in _RULES) else row.measure.id


def summed_measure(indicator: Indicator, words: MeasureWords, around: Surroundings = NOWHERE) -> str | None:
    """The id of the core measure of which an indicator is the total over several years; None if it is none for sure."""
    row = named(indicator.name, words, around.place)
    if row is None or not fits(indicator, row) or not _of_years(indicator, row, words, around):
        return None
    others = (rule for rule in _RULES if rule is not _of_years)
    return None if any(rule(indicator, row, words, around) for rule in others) else row.measure.id


def _within_another(indicator: Indicator, row: MeasureRow, words: MeasureWords, around: Surroundings) -> bool:
    """Whether what the indicator is a part of (其中) is a part of the place, or the very same measure."""
    if indicator.parent is None:
        return False
    part = any(word in words.plain(indicator.parent) for word in words.parts)
    return part or named(indicator.parent, words, around.place) is row


def _of_part(indicator: Indicator, row: MeasureRow, words: MeasureWords, around: Surroundings) -> bool:
    """Whether the figure is about a part of the place, for a measure that parts have too."""
    if not row.local or indicator.name.startswith(whole_words(words, around.place)):
        return False
    verb = indicator.quote.startswith(words.leads)
    return of_part(around.before, words, around.place, verb=verb)


def _part_of_itself(_indicator: Indicator, row: MeasureRow, words: MeasureWords, around: Surroundings) -> bool:
    """Whether the text goes on with the figure's share of the same measure of the whole place, so that it is of a part.

    企业实现工业总产值525亿元，占全市工业总产值的21.8%, and 开发区利用外资2亿美元，占全市的65%.
    """
    share = share_of_whole(around.after, words, around.place)
    return share is not None and (not share or named(share, words, around.place) is row)


def _of_years(indicator: Indicator, row: MeasureRow, words: MeasureWords, around: Surroundings) -> bool:
    """Whether the figure is a total of several years, for a measure of one year."""
    if not row.flow or indicator.kind == "growth" or indicator.origin is not None:
        return False
    return of_years(around.before, indicator.quote.partition(indicator.value)[0], words)


def _of_new_ones(indicator: Indicator, row: MeasureRow, words: MeasureWords, around: Surroundings) -> bool:
    """Whether the figure counts only new ones, for a measure that counts all there are."""
    if not row.stock or indicator.kind != "count" or indicator.name.endswith(words.altogether):
        return False
    return of_new_ones(around.before, words)


def _of_countryside(_indicator: Indicator, row: MeasureRow, words: MeasureWords, around: Surroundings) -> bool:
    """Whether the figure is one of a list about the countryside, for a measure of towns: 农村厕所普及率93%、污水处理率74%."""
    clause = re.split("[，；：。\n]", around.before)[-1] if row.urban else ""
    return "、" in clause and clause.strip().startswith(words.rural)


def _against_others(indicator: Indicator, _row: MeasureRow, _words: MeasureWords, _around: Surroundings) -> bool:
    """Whether the figure only says how far the measure is from that of others: 低于全国平均0.4个百分点."""
    points = indicator.kind == "growth" and indicator.unit.endswith("百分点")
    return points and against_others(indicator.growth_base or "")


_RULES = (_within_another, _of_part, _part_of_itself, _of_years, _of_new_ones, _of_countryside, _against_others)
"""Each says whether an indicator with the name of a measure is another thing by what stands around it."""


def fits(indicator: Indicator, row: MeasureRow) -> bool:
    """Whether a measure can have the kind, the unit and the size of an indicator."""
    if indicator.kind not in row.kinds:
        return _is_passed_power(indicator, row)
    unit, power = split_unit(indicator.unit)
    if indicator.kind == "growth":
        return unit in row.change_units and not indicator.is_multiple
    if unit not in row.units:
        return False
    if unit != row.units[0] or indicator.number is None:
        return True
    number = indicator.number.scaleb(power)
    return number >= row.least and (not row.most or number <= row.most)


def _is_passed_power(indicator: Indicator, row: MeasureRow) -> bool:
    """Whether an indicator is a power of ten that an amount of money passed, without its 元: 生产总值突破万亿."""
    if indicator.kind != "count" or not indicator.milestone_only or indicator.amount is None:
        return False
    unit, number = indicator.amount
    return not unit and "level" in row.kinds and "元" in row.units and number >= max(row.least, LEAST_PASSED)


def mark(found: Findings, outline: Outline, place: str, words: MeasureWords) -> Findings:
    """Set `measure` of every indicator, `measures` to those that occur, by rank, and `board` to the places of the board."""
    homes = _homes(outline)
    if not ending(place, words):
        place = spoken_of((sentence.text for sentence, _ in homes.values()), words)

    def stated(indicator: Indicator) -> Indicator:
        sentence, previous = homes[indicator.sentence]
        at = max(indicator.start - sentence.start, 0)
        before = f"{previous[-windows.SUBJECT :]}\n{sentence.text[max(at - windows.SUBJECT, 0) : at]}"
        end = max(indicator.end - sentence.start, 0)
        after = sentence.text[end : end + windows.SUBJECT]
        around = Surroundings(place, before, after)
        measure = measure_of(indicator, words, around)
        if measure is None and indicator.status == "result" and (summed := summed_measure(indicator, words, around)):
            own = bare_name(indicator.name, words.by_id[summed], words, place) if indicator.kind != "count" else ""
            return indicator._replace(measure=None, total_of=summed, name=own or indicator.name)
        if measure == indicator.measure:
            return indicator
        if measure is None or indicator.by == "publisher" or indicator.kind == "count":
            return indicator._replace(measure=measure)  # a count names what was done: 完成老旧小区改造200个
        name = bare_name(indicator.name, words.by_id[measure], words, place)
        return indicator._replace(measure=measure, name=name)

    indicators, hidden = tuple(map(stated, found.indicators)), tuple(map(stated, found.hidden))
    ids = {i.measure for i in (*indicators, *hidden)}
    rows = sorted((row.measure for row in words.rows if row.measure.id in ids), key=lambda m: (m.rank, m.id))
    text = "".join("".join(sentence.text for sentence, _ in homes.values()).split())
    state = ending(place, words) == STATE
    board = tuple(row.in_text(text, state=state) for row in words.board)
    return replace(found, indicators=indicators, hidden=hidden, measures=tuple(rows), board=board)


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
    """The words that may stand before a name: those for the whole place, the leads, and 来源于."""
    return (*whole_words(words, place), *words.leads, *words.sources)


def _stripped(name: str, starts: tuple[str, ...]) -> str:
    """A name without any of the words at its start, as often as they stand there."""
    while name.startswith(starts):
        name = name[max(len(word) for word in starts if name.startswith(word)) :]
    return name
