"""Knows the text of a report as the PDF prints it: paragraphs and headings as runs, and the footnotes among them.

Every word of the report stands once in the runs, in order; what the editor says stands in footnotes. Leaves the look to
`templates/typst/document.typ`, and the tables behind the text to `pdf_tables`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from workreport.model import Paragraph, Repair, Repetition, Section, Sentence
from workreport.website.pages.remarks import repair_anchor
from workreport.website.pages.sentences import section_label
from workreport.website.pages.views.report import Report

LONG = re.compile(r"[!-~]{24,}")
"""Letters and digits without a gap that no line could hold; a line may break after every PART of them."""
PART = 12


@dataclass(frozen=True, slots=True)
class TextRun:
    """Characters of the report with the same marks, in parts between which a line may break.

    `id` is a link target ("" for none), `doubted` says that the editor questions them, `notes` are the numbers of the
    footnotes behind them.
    """

    words: tuple[str, ...]
    id: str = ""
    doubted: bool = False
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedBlock:
    """A paragraph, a heading or a repeated passage, as runs.

    `kind` is a paragraph's role, "heading", "annex" (the heading of an appendix, `number` its first line) or "copy" (a
    repeated passage). `depth` counts headings from 2. `on` marks the continuation of a paragraph, set without indent.
    `lost` is the row of a repetition behind which text is missing ("" for none). `says` and `to` are the editor's words
    before a repeated passage, and the row they link to.
    """

    kind: str
    runs: tuple[TextRun, ...]
    depth: int = 0
    number: str = ""
    on: bool = False
    lost: str = ""
    says: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class PageFootnote:
    """A footnote; `to` is the row of the tables that it links to."""

    kind: str
    says: str
    to: str


class _NoteMarks:
    """The places of footnote numbers and of doubted passages in the text, as character offsets."""

    def __init__(self, report: Report) -> None:
        reading = report.reading
        ordered = sorted(reading.outline.sentences(), key=lambda sentence: sentence.start)
        self._starts = [sentence.start for sentence in ordered]
        self._sentences = ordered
        repairs = {repair_anchor(repair): repair for repair in reading.repairs}
        placed = []
        for remark in report.passages.remarks:
            if not remark.quiet and ordered:
                repair = repairs.get(remark.id)
                placed.append((self._place(remark.start + _changed(repair) if repair else remark.end), remark))
        placed.sort(key=lambda one: (one[0], one[1].start, one[1].id))
        self.notes = tuple(PageFootnote(remark.kind, remark.says, remark.id) for _, remark in placed)
        self.numbers: dict[str, int] = {}
        self._at: dict[int, list[int]] = defaultdict(list)
        for number, (at, remark) in enumerate(placed, start=1):
            self.numbers.setdefault(remark.id, number)
            self._at[at].append(number)
        self._positions = sorted(self._at)
        self._doubts = _union((remark.start, remark.end) for remark in report.passages.remarks if remark.marked)
        self._borders = sorted({border for doubt in self._doubts for border in doubt})

    def _place(self, at: int) -> int:
        """Where the number of a footnote goes: within or at the end of a sentence, never within a number or a word."""
        sentence = self._sentences[max(bisect_left(self._starts, at) - 1, 0)]
        if sentence.heading:
            return sentence.end
        k = min(max(at - sentence.start, 1), len(sentence.text))
        while k < len(sentence.text) and _is_unbroken(sentence.text[k - 1]) and _is_unbroken(sentence.text[k]):
            k += 1
        return sentence.start + k

    def runs(self, sentence: Sentence) -> Iterator[TextRun]:
        """A sentence, cut where a footnote number stands and where a doubted passage begins or ends."""
        borders = {sentence.start, sentence.end}
        borders |= set(_between(self._positions, sentence.start, sentence.end))
        borders |= set(_between(self._borders, sentence.start, sentence.end))
        for start, end in pairwise(sorted(borders)):
            k = bisect_right(self._doubts, start, key=_first) - 1
            doubted = k >= 0 and self._doubts[k][1] >= end
            text = sentence.text[start - sentence.start : end - sentence.start]
            notes = tuple(self._at.get(end, ()))
            yield TextRun(_parts(text), sentence.id if start == sentence.start else "", doubted, notes)


def _between(ordered: Sequence[int], start: int, end: int) -> Sequence[int]:
    return ordered[bisect_right(ordered, start) : bisect_left(ordered, end)]


def _is_unbroken(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in ".%")


def _changed(repair: Repair) -> int:
    """How many characters of `repair.after` come before the end of the changed part.

    >>> _changed(Repair("r", "join", 0, 9, "200余\\n\\n家。", "200余家。", ""))
    4
    """
    shorter = min(len(repair.before), len(repair.after))
    same = 0
    while same < shorter and repair.before[-1 - same] == repair.after[-1 - same]:
        same += 1
    return len(repair.after) - same


def _union(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans merged where they touch or overlap, in order.

    >>> _union([(5, 9), (0, 3), (2, 4)])
    [(0, 4), (5, 9)]
    """
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _parts(text: str) -> tuple[str, ...]:
    """The text in parts between which a line may break; only 24 or more letters and digits in a row are cut.

    >>> _parts("见" + "a" * 30 + "。")
    ('见aaaaaaaaaaaa', 'aaaaaaaaaaaa', 'aaaaaa。')
    """
    cuts = [0]
    for found in LONG.finditer(text):
        cuts += range(found.start() + PART, found.end(), PART)
    return tuple(text[a:b] for a, b in pairwise([*cuts, len(text)]))


class TextLayout:
    """The text of a report as blocks, in order, with its footnotes."""

    def __init__(self, report: Report) -> None:
        self._reading = report.reading
        self._places = report.places
        self._marks = _NoteMarks(report)
        self._repetitions = sorted(report.reading.repetitions, key=lambda repetition: repetition.start)
        self.notes = self._marks.notes
        self.numbers = self._marks.numbers

    def blocks(self) -> Iterator[PrintedBlock]:
        """Everything from the title to the last appendix."""
        outline = self._reading.outline
        yield from self._paragraphs(outline.front)
        for section in outline.sections:
            yield from self._section(section, 2)

    def _section(self, section: Section, depth: int) -> Iterator[PrintedBlock]:
        heading = section.heading
        if heading:
            runs = tuple(self._marks.runs(heading))
            at = heading.text.find(section.title) if section.title else 0
            annexed = section.id.startswith("a") and section.level == 1
            number = heading.text[:at].strip() if annexed and at > 0 else ""
            yield PrintedBlock("annex" if annexed else "heading", runs, depth, number)
        yield from self._paragraphs(section.paragraphs)
        for child in section.children:
            yield from self._section(child, depth + (heading is not None))

    def _paragraphs(self, paragraphs: Iterable[Paragraph]) -> Iterator[PrintedBlock]:
        for paragraph in paragraphs:
            pieces = [(copied, tuple(group)) for copied, group in groupby(paragraph.sentences, _in_copy)]
            for k, (copied, sentences) in enumerate(pieces):
                runs = tuple(run for sentence in sentences for run in self._marks.runs(sentence))
                if copied and (found := self._repetition(sentences[0].start)):
                    yield self._copy(*found, runs)
                    continue
                follows = self._repetition(pieces[k + 1][1][0].start) if k + 1 < len(pieces) else None
                lost = f"repeat-{follows[0]}" if follows and follows[1].lost else ""
                yield PrintedBlock(paragraph.role, runs, on=k > 0, lost=lost)

    def _copy(self, ordinal: int, repetition: Repetition, runs: tuple[TextRun, ...]) -> PrintedBlock:
        place = self._places.at(repetition.of)
        where = section_label(self._reading.sections.get(place[1])) if place else ""
        return PrintedBlock("copy", runs, says=where, to=f"repeat-{ordinal}")

    def _repetition(self, position: int) -> tuple[int, Repetition] | None:
        k = bisect_right(self._repetitions, position, key=lambda repetition: repetition.start) - 1
        return (k + 1, self._repetitions[k]) if k >= 0 and position < self._repetitions[k].end else None


def _first(span: tuple[int, int]) -> int:
    return span[0]


def _in_copy(sentence: Sentence) -> bool:
    return sentence.in_copy
