"""Knows what the search index says of a report: its sections, names, and sentences with their figures.

Leaves the scripts that hold it to `index_scripts`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from workreport.model import Indicator, Reading, Section, Sentence, heading
from workreport.website import addresses
from workreport.website.search.base_units import Bases, base

HEADING, NOTED, NAMED, TARGET, RESULT, PLANNED, REVIEWED = 1, 2, 4, 8, 16, 32, 64
"""Flags in the row of a sentence: it is a heading, has an editorial note, mentions a name of the index of names, states a
target, states a result, stands in a plan, stands below a heading of what was done.
"""

Figure = list[object]
"""See `_figure`."""


class SentenceRow(NamedTuple):
    """A sentence of the index: `section` is an index in `SearchedReport.sections`, `flags` a sum of `HEADING` …"""

    id: str
    section: int
    text: str
    flags: int
    figures: list[Figure]


@dataclass(frozen=True, slots=True)
class SearchedReport:
    """What the search index says of a report.

    `sections`: (path of the page, label), the first is the text before the first part; `names`: (name, number of
    mentions); `promises`: the path of the page of what it promises, "" without one. Passages repeated by mistake are left out.
    """

    slug: str
    name: str
    place: str
    year: int | None
    sections: tuple[tuple[str, str], ...]
    names: tuple[tuple[str, int], ...]
    sentences: tuple[SentenceRow, ...]
    promises: str = ""


def searched_report(reading: Reading, bases: Bases) -> SearchedReport:
    """Return what the index says of a report; `bases` are those of `base_units`."""
    listed = [None, *reading.outline.walk()]
    places = {section.id if section else "": n for n, section in enumerate(listed)}
    figures: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in reading.indicators:
        figures[indicator.sentence].append(indicator)
    noted = _noted_sentences(reading)
    named = {m.sentence for term in reading.terms if term.recurs for m in term.mentions}
    rows = []
    for sentence in searched_sentences(reading):
        own = figures[sentence.id]
        flags = HEADING * sentence.heading + NOTED * (sentence.id in noted) + NAMED * (sentence.id in named)
        flags += TARGET * any(i.status == "target" for i in own) + RESULT * any(i.status == "result" for i in own)
        flags += PLANNED * (sentence.id in reading.planned) + REVIEWED * (sentence.id in reading.reviewed)
        found = [_figure(sentence, indicator, bases) for indicator in own]
        rows.append(SentenceRow(sentence.id, places.get(sentence.section, 0), sentence.text, flags, found))
    meta = reading.meta
    return SearchedReport(
        meta.slug,
        meta.name,
        meta.place,
        meta.year,
        tuple((addresses.report(reading, section.id if section else ""), label(section)) for section in listed),
        tuple((term.name, len(term.mentions)) for term in reading.terms),
        tuple(rows),
        addresses.report(reading, addresses.PROMISES) if reading.promises else "",
    )


def searched_sentences(reading: Reading) -> Iterator[Sentence]:
    """Yield the sentences that are searched, in the order of the text: all but those of repeated passages."""
    return (s for s in reading.outline.sentences() if not s.in_copy)


def label(section: Section | None) -> str:
    """Return the label of a section in search results, （三）市场活力加速重振; 开篇 for None, the text before the first part."""
    return heading(section.number, section.title) if section else "开篇"


def _figure(sentence: Sentence, indicator: Indicator, bases: Bases) -> list[object]:
    """Return [ordinal, start, end, name, figure as written, change, ranks, number, unit, upper end, growth].

    Positions are in the sentence, as `utf16_offset` counts; numbers are in base units; each rank is [scope, what,
    place, number]. Empty items at the end are left out.
    """
    start = utf16_offset(sentence.text, max(indicator.start - sentence.start, 0))
    end = utf16_offset(sentence.text, max(indicator.end - sentence.start, 0))
    low, unit = base(indicator.number, indicator.unit, bases) if indicator.number is not None else ("", indicator.unit)
    high = base(indicator.number_max, indicator.unit, bases)[0] if indicator.number_max is not None else ""
    grown = ""
    if indicator.growth and indicator.growth.number is not None:
        sign = "-" if indicator.growth.direction == "down" else ""
        grown = f"{sign}{indicator.growth.value}{indicator.growth.unit}"
    row: list[object] = [
        indicator.id.rpartition("-f")[2],
        start,
        end,
        indicator.name,
        _figure_text(indicator),
        indicator.growth.phrase if indicator.growth else "",
        [[r.scope or "", r.what or "", r.place, r.number or 0] for r in indicator.ranks],
        low,
        unit,
        high,
        grown,
    ]
    while row[-1] in ("", []):
        row.pop()
    return row


def _figure_text(indicator: Indicator) -> str:
    """Return the figure with its word of approximation in the place where the quote has it: 1.5万余家, 94%以上, 超千亿元.

    "" for an indicator without value and unit, and for one whose value is a rank.
    """
    value, unit, approx = indicator.value, indicator.unit, indicator.approx or ""
    if (not value and not unit) or any(value == rank.place for rank in indicator.ranks):
        return ""
    value = indicator.signed
    rest = indicator.quote[indicator.quote.find(indicator.value) + len(indicator.value) :]
    if not approx or rest.startswith(approx):
        return value + approx + unit
    return value + unit + approx if rest.startswith(unit + approx) else approx + value + unit


def _noted_sentences(reading: Reading) -> frozenset[str]:
    """Return the ids of the sentences with a doubt or an applied repair, except repairs of kind "markup" and
    "ornament".
    """
    sentences = list(reading.outline.sentences())
    starts = [s.start for s in sentences]
    found = set()
    quiet = {"markup", "ornament"}
    spans = [(f.start, f.end) for f in reading.faults]
    spans += [(r.start, r.end) for r in reading.repairs if r.status == "applied" and r.kind not in quiet]
    for start, end in spans:
        first, last = reading.text.from_source(start), reading.text.from_source(max(end - 1, start))
        at = max(bisect_right(starts, first) - 1, 0)
        while at < len(sentences) and sentences[at].start <= last:
            if sentences[at].end > first:
                found.add(sentences[at].id)
            at += 1
    return frozenset(found)


def utf16_offset(text: str, at: int) -> int:
    """Return a position as JavaScript counts, in UTF-16 units: a character above U+FFFF counts as two."""
    return at + sum(c > "\uffff" for c in text[:at]) if not text.isascii() else at


def row_values(row: SentenceRow, unusual: Sequence[object] | int) -> list[object]:
    """Return [id, index in `sections`, text, flags, unusual readings, figures] without empty items at the end.

    Unusual readings are position, syllable, position, syllable …, or 0 where the index has none.
    """
    made: list[object] = [row.id, row.section, row.text, row.flags, unusual, row.figures]
    while not made[-1] and len(made) > 3:
        made.pop()
    return made


def characters(reports: Iterable[SearchedReport]) -> str:
    """Return the characters of the sentences of these reports, each once, sorted."""
    return "".join(sorted({c for report in reports for row in report.sentences for c in row.text}))
