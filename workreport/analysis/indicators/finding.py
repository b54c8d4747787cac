"""Knows how all sentences of a report are read, and makes the indicators (指标) from the drafts.

Leaves the sentences to `ingest`, reading one to `traps` and `clauses`, and contradictions to `faults`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from workreport.analysis.indicators import broken_lines, clauses, periods, ranks, traps
from workreport.analysis.indicators.drafts import Draft
from workreport.analysis.indicators.estimates import estimates, is_estimate
from workreport.analysis.indicators.grammar import Grammar, grammar_of
from workreport.analysis.indicators.status import Tense, cues, status, tenses
from workreport.analysis.indicators.written_number import RUN
from workreport.analysis.numerals import ReadingCopy, plain
from workreport.analysis.vocabulary import TrapRule, Vocabulary
from workreport.model import (
    Findings,
    Indicator,
    Meta,
    Outline,
    Repetition,
    Sentence,
    Status,
    Unclaimed,
    UnitName,
    repetition_at,
    unadjusted,
)

LONGEST_PIECE = 800
"""Most characters of a sentence that are read as one piece."""
_ADDED = ("新增", "累计", "实际使用外资", "实际利用外资")
"""Starts of names of sums: what was added in a time."""
_REACHED = re.compile(r"(?:[达到至为]|[达增减升降扩][到至]|超过?|突破|近|约)$")
"""The text before a number that is a level at the end of a time: 建成里程达[700公里]."""

_PRICE_RISE = re.compile(r"价格(?:总?水平|总?指数)?涨幅$")
"""The end of the name of what prices have risen by, which is their change: else it would read as if the rate had risen."""
_YEARLY = ("年均", "平均每年", "每年", "平均")
"""Bases of a change for each of several years."""
_HELD = re.compile(
    r"^(?!.*连续).*?(?:始终|一直|(?:控制|保持|稳定|维持|(?<!现)在)[^，。；]{0,12}(?:以内|以下|以上|之内|左右))"
)
"""Words of a rate that stayed where it was."""


class SentencePiece(NamedTuple):
    """A piece of a sentence: its start in the repaired text, and its text as it is read."""

    sentence: Sentence
    start: int
    copy: ReadingCopy

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The span in the repaired text of copy.text[start:end]."""
        if self.copy.places is not None:
            start, end = self.copy.source(start, end)
        return self.start + start, self.start + end

    def written(self, start: int, end: int) -> str:
        """copy.text[start:end] as the report writes it."""
        if self.copy.places is not None:
            start, end = self.copy.source(start, end)
        return self.copy.written[start:end]


class SentenceFound(NamedTuple):
    """What was found in one sentence: indicators, numbers that nothing explains, and the trap rule of each trap."""

    indicators: tuple[Indicator, ...] = ()
    unclaimed: tuple[Unclaimed, ...] = ()
    traps: tuple[TrapRule, ...] = ()


_NOTHING = SentenceFound()


def find(outline: Outline, repetitions: tuple[Repetition, ...], words: Vocabulary, meta: Meta) -> Findings:
    """Find all indicators of a report in the order of its text, the unexplained numbers, and the count of each trap rule.

    An indicator in a repeated passage has `duplicate_of`, the id of the original.
    """
    grammar = grammar_of(words)
    found = [read_parts(parts, tense, grammar) for parts, tense in broken_lines.joined(tenses(outline, grammar, meta))]
    applied = Counter(rule for one in found for rule in one.traps)
    return Findings(
        indicators=_duplicates([i for one in found for i in one.indicators], repetitions, outline),
        unclaimed=tuple(u for one in found for u in one.unclaimed),
        traps=tuple(sorted(applied.items())),
    )


def read_parts(parts: tuple[Sentence, ...], tense: Tense, grammar: Grammar) -> SentenceFound:
    """Read a sentence, also one that a wrong line break divides into parts; each of its figures belongs to one part."""
    if len(parts) == 1:
        return read_sentence(parts[0], tense, grammar)
    found = read_sentence(broken_lines.whole(parts), tense, grammar)
    return found._replace(indicators=broken_lines.divided(found.indicators, parts))


def read_sentence(sentence: Sentence, tense: Tense, grammar: Grammar) -> SentenceFound:
    """Read one sentence. In a heading or a glossary entry every number is a trap (rule heading or glossary)."""
    if RUN.search(sentence.text) is None and ranks.TRIGGER.search(sentence.text) is None:
        return _NOTHING
    indicators: list[Indicator] = []
    unclaimed: list[Unclaimed] = []
    applied: list[TrapRule] = []
    for piece in _pieces(sentence):
        scan = traps.scan(piece.copy.text, grammar)
        if sentence.heading or tense.gloss:
            rule: TrapRule = "heading" if sentence.heading else "glossary"
            applied += [rule] * (len(scan.traps) + len(scan.quantities) + len(scan.unclaimed))
            continue
        note: TrapRule = "footnote mark"
        applied += [*scan.traps, *[note] * piece.copy.notes]
        drafts, left_out = clauses.read(piece.copy.text, scan.quantities, grammar)
        if scan.unclaimed or left_out:
            left = sorted([*scan.unclaimed, *((q.start, q.end) for q in left_out)])
            unclaimed += [Unclaimed(*piece.source(a, b), piece.written(a, b)) for a, b in left]
        said = cues(piece.copy.text, tense, grammar) if drafts else ()
        named = periods.times(piece.copy.text) if drafts else ()
        parts = periods.parts_of_year(piece.copy.text) if drafts else ()
        guesses = estimates(piece.copy.text, grammar) if drafts else ()
        spans = bool(tense.span and drafts) and not periods.is_part_of_year(piece.copy.text)
        shown = _as_written(piece.copy) if drafts else {}
        for draft in drafts:
            at = draft.quantity.start if draft.quantity else draft.end
            state = status(piece.copy.text, at, said, tense, grammar)
            guess = bool(guesses) and state == "result" and is_estimate(piece.copy.text, at, draft.kind, guesses)
            found = _indicator(piece, shown, draft, len(indicators) + 1, state, (named, parts), estimated=guess)
            indicators.append(_over_years(found, tense.span, draft.name[draft.owned :], grammar) if spans else found)
    return SentenceFound(tuple(indicators), tuple(unclaimed), tuple(applied))


def _pieces(sentence: Sentence) -> list[SentencePiece]:
    """The pieces of a sentence: one, or several of at most LONGEST_PIECE characters, so that the cost stays linear.

    A long sentence is cut after a comma, ； or 、 if there is one.
    """
    text, at = sentence.text, 0
    if len(text) <= LONGEST_PIECE:
        return [SentencePiece(sentence, sentence.start, ReadingCopy.of(text))]
    pieces = []
    while len(text) - at > LONGEST_PIECE:
        stops = (text.rfind(mark, at + LONGEST_PIECE // 2, at + LONGEST_PIECE) for mark in "，；、")
        cut = max(stops) + 1 or at + LONGEST_PIECE
        pieces.append(SentencePiece(sentence, sentence.start + at, ReadingCopy.of(text[at:cut])))
        at = cut
    return [*pieces, SentencePiece(sentence, sentence.start + at, ReadingCopy.of(text[at:]))]


def _indicator(
    piece: SentencePiece,
    shown: dict[int, str],
    draft: Draft,
    ordinal: int,
    state: Status,
    told: tuple[Sequence[re.Match[str]], Sequence[re.Match[str]]],
    *,
    estimated: bool,
) -> Indicator:
    """The indicator of a draft.

    Its text is as the report writes it, not in plain characters (`shown`). `ordinal` counts from 1, `told` are the times of
    the piece and the parts of a year that it names, `estimated` is that of the indicator.
    """
    sentence, text, quantity = piece.sentence, piece.copy.text, draft.quantity
    name, parent, unit = draft.name, draft.parent, quantity.unit if quantity else ""
    if state == "result" and unit == "%" and draft.kind == "growth" and draft.sign > 0 and _PRICE_RISE.search(name):
        name = name.removesuffix("涨幅")
    if shown:
        name, parent, unit = name.translate(shown), parent and parent.translate(shown), unit.translate(shown)
    start, end = draft.start, draft.end
    if quantity:
        start, end = min(start, quantity.start), max(end, quantity.end)
        value = piece.written(quantity.start, quantity.start + len(quantity.value))
        value = value if value == quantity.value or plain(value) == quantity.value else quantity.value
    begin, stop = piece.source(start, end)
    number = _number_start(text, draft, start)
    duplicate_of = measure = None
    # The fields in their order: with their names, the call takes three times as long.
    return Indicator(
        f"{sentence.id}-f{ordinal}",
        name,
        draft.kind,
        state,
        value if quantity else draft.ranks[0].place,
        draft.number,
        draft.high,
        UnitName(unit),
        quantity.approx if quantity else None,
        sentence.id,
        sentence.section,
        piece.written(start, end),
        begin,
        stop,
        draft.growth if draft.kind != "growth" else None,
        draft.growth_base,
        draft.origin,
        tuple(draft.ranks),
        parent or None,
        periods.period(text, *told, start, number, draft, done=state == "result"),
        draft.milestone,
        draft.milestone_only and state == "result",
        estimated,
        measure,
        duplicate_of,
        piece.source(number, number + 1)[0],
    )


def _over_years(found: Indicator, span: str, name: str, grammar: Grammar) -> Indicator:
    """A figure in a text about the years `span` (过去五年) with these years, if it can be about them.

    `name` is its name without the zone or fair that has it.

    A target is; a result is if it is a change without a base, or a sum of what was added or done (改造老旧小区153个). A level
    (人均预期寿命80.9岁, 营收达9亿元) is that of the end, also if it tells where the years began (从4.4万元增加到5.5万元), and its
    change that of these years. A rate that was held all the time (失业率控制在4%以内) is of these years. A change with a base keeps it.
    """
    if found.period is not None or found.kind == "rank":
        return found
    if base := unadjusted(found.growth_base) if found.kind == "growth" else None:
        return found._replace(period=span) if base in _YEARLY else found
    if found.status == "target":
        return found._replace(period=span)
    if found.kind == "growth":
        return found if found.is_multiple else found._replace(period=span)
    if found.kind == "share" and (found.origin is not None or _HELD.search(found.quote)):
        return found._replace(period=span)
    if found.origin is not None:
        return found
    if found.kind not in ("level", "count"):
        return found
    if _is_sum(found, name, grammar):
        return found._replace(period=span)
    if found.growth and unadjusted(found.growth.base) is None:
        years = span if span.endswith(("年", "年来", "年间")) else f"{span}累计"  # else it would read as 比“十三五”时期
        return found._replace(growth=found.growth._replace(base=years + (found.growth.base or "")))
    return found


def _is_sum(found: Indicator, name: str, grammar: Grammar) -> bool:
    """Whether a figure adds up what was done in the years that it is about, and is no level at their end."""
    if name.startswith(_ADDED) or "新增" in name or "累计" in name:
        return True
    if _REACHED.search(found.quote.partition(found.value)[0]) or grammar.award.match(name):
        return False
    carried = found.unit.endswith("元") or found.unit.endswith("标箱") or name.endswith(("吞吐量", "发电量", "产量"))
    yearly = carried and name.startswith(("完成", "实现"))  # 完成地区生产总值9亿元, 完成吞吐量9万吨 are of one year
    return grammar.opens.at_start(name) > 0 and not yearly


def _number_start(text: str, draft: Draft, start: int) -> int:
    """Where the number of a draft starts, without 百分之; that of its rank if it has no number."""
    if draft.quantity is None:
        return max(text.find(draft.ranks[0].place, start), start)
    quantity = draft.quantity
    return max(text.find(quantity.value, quantity.start, quantity.end), quantity.start)


def _as_written(copy: ReadingCopy) -> dict[int, str]:
    """Maps plain characters to those that the sentence uses for them (万 to 萬), unless it also uses the plain ones."""
    text, written = copy.text, copy.written
    if written == text:
        return {}
    if copy.places is not None:
        written = "".join(written[place] for place in copy.places)
    back = {ord(p): w for w, p in zip(written, text, strict=True) if w != p and p not in "%: "}
    return {p: w for p, w in back.items() if chr(p) not in written}


def _duplicates(
    indicators: list[Indicator], repetitions: tuple[Repetition, ...], outline: Outline
) -> tuple[Indicator, ...]:
    """Set `duplicate_of` for each figure of a repeated passage.

    The original has the same distance from the start of its passage. If white space or line breaks differ, it is the
    figure with the same value and ordinal in a sentence with the same text.
    """
    if not repetitions:
        return tuple(indicators)
    by_place = {(i.end, i.value, i.name): i.id for i in indicators}
    by_value = {(i.end, i.value): i.id for i in indicators}
    words = {s.id: "".join(s.text.split()) for s in outline.sentences()}
    first: dict[tuple[str, str, str], str] = {}
    for i in indicators:
        if repetition_at(repetitions, i.start, i.end) is None:
            first.setdefault((words[i.sentence], _ordinal(i), i.value), i.id)
    result = []
    for indicator in indicators:
        copy = repetition_at(repetitions, indicator.start, indicator.end)
        of = None
        if copy is not None:
            end = indicator.end - (copy.start - copy.of)
            of = by_place.get((end, indicator.value, indicator.name)) or by_value.get((end, indicator.value))
            of = of or first.get((words[indicator.sentence], _ordinal(indicator), indicator.value))
        result.append(indicator._replace(duplicate_of=of) if of else indicator)
    return tuple(result)


def _ordinal(indicator: Indicator) -> str:
    """The end of an indicator's id, which counts the indicators of its sentence: f1, f2."""
    return indicator.id.rpartition("-")[2]
