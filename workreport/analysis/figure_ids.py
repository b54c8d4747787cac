"""Knows how figures keep their ids: a figure found before, by sentence, characters and value, keeps its number for good.

A new figure gets a number that was never given in its sentence. Leaves the ids of sentences to `ingest.ids`, and finding
figures to `indicators`.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import accumulate

from workreport.analysis.numerals import plain
from workreport.ingest.ids import FigureRecord, IdEntry, IdLedger, without_spaces
from workreport.model import Findings, Indicator, Outline, Sentence, UnitName, split_unit

LONGEST_COMPARED = 2000
"""The most characters of a sentence whose former and present text are compared in the middle too; real ones have 824."""
LOST = -1
"""The place of a figure whose characters an edit of its sentence removed."""


@dataclass(frozen=True, slots=True)
class NumberedFigures:
    """The findings with lasting ids, the ledger with all figures, and how many figures were numbered by order only.

    `by_order` counts the figures of a ledger that recorded only how many figures each sentence had.
    """

    found: Findings
    ledger: IdLedger
    by_order: int


def number(found: Findings, outline: Outline, before: IdLedger, now: IdLedger) -> NumberedFigures:
    """Give every figure its lasting id.

    `before` is the ledger of the last build, with its figures; `now` has the sentences of this build and no figures. The
    figures of a passage repeated by mistake are not recorded: no page shows them.
    """
    sentences = {sentence.id: sentence for sentence in outline.sentences()}
    by_sentence: dict[str, list[Indicator]] = {}
    for indicator in found.indicators:
        if indicator.duplicate_of is None:
            by_sentence.setdefault(indicator.sentence, []).append(indicator)
    recorded: dict[str, list[FigureRecord]] = {}
    for record in before.figures:
        recorded.setdefault(record.sentence, []).append(record)
    old_texts = {entry.id: entry.text for entry in before.sentences}
    renamed: dict[str, str] = {}
    entries: list[IdEntry] = []
    records: list[FigureRecord] = []
    by_order = 0
    for entry in now.sentences:
        known = _carried(entry, recorded, old_texts)
        here = by_sentence.get(entry.id, [])
        if not here and not known:
            entries.append(entry)
            continue
        marks = _marks(here, sentences[here[0].sentence]) if here else []
        given = _matched(known, marks) if known else {}
        unplaced = sorted(set(range(1, entry.figures + 1)) - {r.number for r in known})
        new = max([entry.figures, *(r.number for r in known)])
        records_here = list(_latest(known, marks, given))
        for k, mark in enumerate(marks):
            if k in given:
                continue
            if unplaced:
                given[k] = unplaced.pop(0)
                by_order += 1
            else:
                new += 1
                given[k] = new
            records_here.append(replace(mark, number=given[k]))
        renamed |= {i.id: f"{entry.id}-f{given[k]}" for k, i in enumerate(here)}
        records += sorted(records_here, key=lambda r: r.number)
        entries.append(entry._replace(figures=max([new, *given.values()])))
    return NumberedFigures(
        _with_ids(found, renamed), replace(now, sentences=tuple(entries), figures=tuple(records)), by_order
    )


def _with_ids(found: Findings, renamed: Mapping[str, str]) -> Findings:
    """The findings with new ids of the indicators."""
    return replace(found, indicators=tuple(_with_id(i, renamed) for i in found.indicators))


def _with_id(indicator: Indicator, renamed: Mapping[str, str]) -> Indicator:
    """An indicator with its new ids; the same object if they are the old ones, as in the first build of a report."""
    own = renamed.get(indicator.id, indicator.id)
    of = renamed.get(indicator.duplicate_of, indicator.duplicate_of) if indicator.duplicate_of else None
    if (own, of) == (indicator.id, indicator.duplicate_of):
        return indicator
    return indicator._replace(id=own, duplicate_of=of)


def _marks(indicators: Sequence[Indicator], sentence: Sentence) -> list[FigureRecord]:
    """The records of the indicators of a sentence, still without numbers; places count characters without white space."""
    places = [0, *accumulate(int(not c.isspace()) for c in sentence.text)]
    return [
        FigureRecord(i.sentence, 0, places[max(i.at - sentence.start, 0)], without_spaces(i.value), i.unit, i.name)
        for i in indicators
    ]


def _carried(
    entry: IdEntry, recorded: Mapping[str, Sequence[FigureRecord]], old_texts: Mapping[str, str]
) -> list[FigureRecord]:
    """The records of a sentence and of its former ids, with the places that they have in its present text."""
    records: list[FigureRecord] = []
    numbers: set[int] = set()
    for name in (entry.id, *reversed(entry.aliases)):
        for record in recorded.get(name, ()):
            if record.number not in numbers:
                numbers.add(record.number)
                at = record.at if name == entry.id else _moved(record, old_texts.get(name, ""), entry.text)
                records.append(replace(record, sentence=entry.id, at=at))
    return records


def _moved(record: FigureRecord, old: str, new: str) -> int:
    """The place of a figure after an edit of its sentence; LOST if its characters were edited."""
    old, new = without_spaces(old), without_spaces(new)
    if record.at < 0:
        return LOST
    end = record.at + len(record.value)
    for start, moved, size in _common_blocks(old, new):
        if start <= record.at and end <= start + size:
            return record.at - start + moved
    return LOST


@lru_cache(maxsize=1)
def _common_blocks(old: str, new: str) -> tuple[tuple[int, int, int], ...]:
    """What an edited sentence has in common with the old one: (start in the old one, start in the new one, length).

    Of a sentence over LONGEST_COMPARED only the beginning and the end are compared: the matcher needs the square of its
    length. Remembered for the figures of one sentence, which come one after another.
    """
    if max(len(old), len(new)) <= LONGEST_COMPARED:
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        return tuple((b.a, b.b, b.size) for b in matcher.get_matching_blocks())
    head = _same_start(old, new)
    tail = _same_start(old[head:][::-1], new[head:][::-1])
    return ((0, 0, head), (len(old) - tail, len(new) - tail, tail))


def _same_start(one: str, other: str) -> int:
    """How many characters two texts have in common at their start."""
    return next((k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _matched(known: Sequence[FigureRecord], marks: Sequence[FigureRecord]) -> dict[int, int]:
    """The number of each mark (by index) that was recorded before: same place and value, and same name where several fit.

    >>> a, b = FigureRecord("s", 4, 6, "8", "%", "出口"), FigureRecord("s", 5, 6, "8", "%", "进口")
    >>> _matched([a, b], [replace(b, number=0), replace(a, number=0)])
    {0: 5, 1: 4}
    """
    given: dict[int, int] = {}
    taken: set[int] = set()
    for named in (True, False):
        places: dict[tuple[str | int, ...], deque[int]] = defaultdict(deque)
        for n, record in enumerate(known):
            if record.at >= 0 and n not in taken:
                places[_figure_key(record, record.at, named)].append(n)
        for k, mark in enumerate(marks):
            if k in given:
                continue
            reach = max(len(mark.value), 1)
            here = (places.get(_figure_key(mark, at, named)) for at in range(mark.at - reach + 1, mark.at + reach))
            queues = [queue for queue in here if queue]
            if queues:
                n = min(queues, key=lambda queue: queue[0]).popleft()
                taken.add(n)
                given[k] = known[n].number
    return dict(sorted(given.items()))


def _figure_key(record: FigureRecord, at: int, named: bool) -> tuple[str | int, ...]:
    """What two records of one figure have in common: the value, the unit but for what is counted (家, 户), the place `at`.

    翻番 has no value of its own: it is the same figure anywhere in the sentence. `named`: the name too.
    """
    unit = split_unit(UnitName(plain(record.unit)))[1]
    return plain(record.value), unit, at if record.value else LOST, record.name if named else ""


def _latest(
    known: Iterable[FigureRecord], marks: Sequence[FigureRecord], given: Mapping[int, int]
) -> Iterable[FigureRecord]:
    """The records, those of figures that were found again as they were read now."""
    now = {n: marks[k] for k, n in given.items()}
    for record in known:
        mark = now.get(record.number)
        yield replace(mark, number=record.number) if mark else record
