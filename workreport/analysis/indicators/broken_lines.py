"""Knows which paragraphs are one sentence that a wrong line break divides, and which part each of its figures is in.

Only breaks that `ingest` does not mend are left to it. Leaves reading the sentence to `finding`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from workreport.analysis.indicators.status import Tense
from workreport.analysis.numerals import plain
from workreport.model import Indicator, Sentence

LONGEST_GAP = 4
"""Most characters of white space between two parts of a sentence."""
_SHORTEST = 12
"""Fewest characters of a first part that starts its paragraph: a shorter one may be a heading."""
# the end of a sentence that breaks off at a number (参加 25 | 次比赛) or before one (农业总产值 | 97.4亿元)
_AT_NUMBER = re.compile(r"[\u4e00-\u9fff，、]\s*\d[\d.]*$")
_BEFORE_NUMBER = re.compile(r"[\u4e00-\u9fff]$")
_UNIT = re.compile(r"[\u4e00-\u9fff%‰]")
_FIGURE = re.compile(r"\d+(?:\.\d+)?\s?[%‰\u4e00-\u9fff](?<![年月日])")
_CLAUSE = re.compile("[，；、]")


def joined(sentences: Iterable[tuple[Sentence, Tense]]) -> Iterator[tuple[tuple[Sentence, ...], Tense]]:
    """The sentences of a report in order; those that a line break divides stand together, with the tense of the first."""
    parts: tuple[Sentence, ...] = ()
    held, inside = Tense(), False
    for sentence, tense in sentences:
        beside = bool(parts) and parts[-1].end == sentence.start  # in one paragraph, with nothing between
        if parts and not beside and _goes_on(parts[-1], sentence, inside=inside or len(parts) > 1):
            parts += (sentence,)
            continue
        if parts:
            yield parts, held
        inside = beside
        parts, held = (sentence,), tense
    if parts:
        yield parts, held


def _goes_on(first: Sentence, second: Sentence, *, inside: bool) -> bool:
    """Whether a sentence breaks off at or before a number, and the next one goes on with its unit or with the number.

    `inside`: the first sentence does not start its paragraph, so that it can be no heading.
    """
    if not 0 < second.start - first.end <= LONGEST_GAP or (len(first.text) < _SHORTEST and not inside):
        return False
    if first.text.endswith("。"):
        return False
    if first.heading or second.heading or first.section != second.section:
        return False
    before, after = plain(first.text[-_SHORTEST:]).rstrip(), plain(second.text[:_SHORTEST]).lstrip()
    if _AT_NUMBER.search(before):
        return _UNIT.match(after) is not None
    stopped = _BEFORE_NUMBER.search(before) and (inside or _CLAUSE.search(first.text))
    return bool(stopped and _FIGURE.match(after))


def whole(parts: tuple[Sentence, ...]) -> Sentence:
    """The parts of a sentence as one; the white space between them becomes spaces, so that positions stay."""
    text = ""
    for part in parts:
        text = text.ljust(part.start - parts[0].start) + part.text
    return parts[0]._replace(text=text, end=parts[-1].end)


def divided(indicators: tuple[Indicator, ...], parts: tuple[Sentence, ...]) -> tuple[Indicator, ...]:
    """The indicators of a whole sentence, each in the part that its number is in, with its quote cut to that part."""
    found: list[Indicator] = []
    counts = dict.fromkeys((part.id for part in parts), 0)
    for indicator in indicators:
        part = next((p for p in reversed(parts) if indicator.value in _quote(p, indicator)), parts[0])
        counts[part.id] += 1
        start, end = max(indicator.start, part.start), min(indicator.end, part.end)
        quote, name = _quote(part, indicator), f"{part.id}-f{counts[part.id]}"
        found.append(indicator._replace(id=name, sentence=part.id, start=start, end=end, quote=quote))
    return tuple(found)


def _quote(part: Sentence, indicator: Indicator) -> str:
    """What an indicator's quote has of a part of its sentence; "" if nothing."""
    start, end = max(indicator.start, part.start), min(indicator.end, part.end)
    return part.text[start - part.start : end - part.start] if start < end else ""
