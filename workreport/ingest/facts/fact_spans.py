"""Knows at which words of a report each of its facts is stated, so that a person can compare the value with them.

Leaves choosing the values to `ingest.metadata`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workreport.ingest.facts.head_dates import compact, dates_in
from workreport.model import Meta

_FRONT, _END = 3000, 500
"""The characters at the beginning and at the end of a text in which facts are looked for."""
_SHORTEST_SESSION = 6
"""The fewest characters of the end of a meeting's name that are taken for the meeting (一届二次会议)."""


@dataclass(frozen=True, slots=True)
class FactSpan:
    """text[start:end] states a fact; white space and line ends may stand within."""

    start: int
    end: int


def fact_spans(meta: Meta, body: str) -> dict[str, FactSpan]:
    """Return where a repaired text states title, place, year, date, meeting, speaker and office, by field of `Meta`.

    A field is missing whose words do not stand in the first or the last part of the text: an empty one, a corrected one,
    one that follows from others. A place or meeting is also found by the end of its name (杭州市拱墅区 by 拱墅区).

    >>> meta = Meta("a", "政府工作报告", "青禾县", 2024, None, "", "王小明", "县长")
    >>> body = "青禾县政府工作报告\\n县长  王 小明\\n各位代表：报告工作。"
    >>> {name: body[span.start : span.end] for name, span in fact_spans(meta, body).items()}
    {'title': '政府工作报告', 'place': '青禾县', 'speaker': '王 小明', 'office': '县长'}
    """
    parts = [_Compacted(body, 0, min(len(body), _FRONT))]
    if len(body) > _FRONT:
        parts.append(_Compacted(body, max(_FRONT, len(body) - _END), len(body)))
    found: dict[str, FactSpan] = {}
    for name, words in _statements(meta):
        if name not in found and words and (span := _first(parts, compact(words))):
            found[name] = span
    for name, span in _days(meta, parts):
        found.setdefault(name, span)
    order = ("title", "place", "year", "date", "meeting", "speaker", "office")
    return {name: found[name] for name in order if name in found}


class _Compacted:
    """A part of a text without white space, with the position of each of its characters in the text."""

    def __init__(self, body: str, start: int, end: int) -> None:
        seen = [(compact(body[k]), k) for k in range(start, end)]
        self.at = [k for character, k in seen if character]
        self.text = "".join(character for character, _ in seen)

    def span(self, start: int, end: int) -> FactSpan:
        """Return the span in the text of compact text[start:end]."""
        return FactSpan(self.at[start], self.at[end - 1] + 1)


def _statements(meta: Meta) -> Iterator[tuple[str, str]]:
    """Yield fields with the words that state them, for each field the surest first."""
    yield "title", meta.title
    yield "place", meta.place
    yield "place", meta.own_place
    yield from (("meeting", meta.meeting[k:]) for k in range(max(0, len(meta.meeting) - _SHORTEST_SESSION + 1)))
    yield "speaker", meta.speaker
    yield "office", meta.office


def _first(parts: list[_Compacted], words: str) -> FactSpan | None:
    """Return the span of the first occurrence of compact words."""
    return next((part.span(at, at + len(words)) for part in parts if (at := part.text.find(words)) >= 0), None)


def _days(meta: Meta, parts: list[_Compacted]) -> Iterator[tuple[str, FactSpan]]:
    """Yield the dates that state the day and the year of a report; for a field the first one counts."""
    for part in parts:
        for found in dates_in(part.text):
            if meta.date and found.day == meta.date:
                yield "date", part.span(found.start, found.end)
            if meta.year and found.year == meta.year:
                yield "year", part.span(found.start, found.end)
