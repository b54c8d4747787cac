"""Knows the text of a report as the PDF prints it: paragraphs and headings as runs, and the footnotes to them.

The runs hold every character of the report's sentences once, in order; editorial remarks are footnotes. Leaves the look
to `templates/typst/document.typ`, and the tables after the text to `pdf_tables`.
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
"""24 or more printable ASCII characters without a space, such as an address: a line may need to break inside them."""
PART = 12
"""The number of characters of such a sequence after which a line may break."""


@dataclass(frozen=True, slots=True)
class TextRun:
    """Consecutive characters of one sentence; a line may also break between the parts `words`.

    `id` is the sentence's id as a link target, for its first run, else "". `doubted` says that a doubt is about these
    characters; `notes` are the numbers of the footnotes after them.
    """

    words: tuple[str, ...]
    id: str = ""
    doubted: bool = False
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedBlock:
    """A paragraph, a heading or a repeated passage, as runs.

    `kind` is a paragraph's role, "heading", "annex" (the heading of an appendix; `number` is the text before its title,
    such as 附件1) or "copy" (a repeated passage). `depth` is the level of a heading, from 2; 0 for other kinds. `on`
    marks the continuation of a paragraph after a repeated passage, set without indent. Where text is missing after the
    block, `lost` is the id of the row about the repetition that follows, else "". For a repeated passage, `says` is the
    label of the section with the original, and `to` the id of the row about the repetition.
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
    """A footnote; `says` is its text, `to` the id of the table row that it links to."""

    kind: str
    says: str
    to: str


class _NoteMarks:
    """The places of footnote numbers and of doubted passages, as character offsets in the repaired text."""

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
        """The offset of the footnote number for `at`: not inside a number or Latin word, and in a heading at its end."""
        sentence = self._sentences[max(bisect_left(self._starts, at) - 1, 0)]
        if sentence.heading:
            return sentence.end
        k = min(max(at - sentence.start, 1), len(sentence.text))
        while k < len(sentence.text) and _is_unbroken(sentence.text[k - 1]) and _is_unbroken(sentence.text[k]):
            k += 1
        return sentence.start + k

    def runs(self, sentence: Sentence) -> Iterator[TextRun]:
        """The runs of a sentence, cut at each footnote number and where a doubted passage begins or ends."""
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
    """The numbers of a sorted sequence that are greater than `start` and less than `end`."""
    return ordered[bisect_right(ordered, start) : bisect_left(ordered, end)]


def _is_unbroken(character: str) -> bool:
    """Whether a character is part of a number or a Latin word: ASCII letters and digits, "." and "%"."""
    return character.isascii() and (character.isalnum() or character in ".%")


def _changed(repair: Repair) -> int:
    """The length of `repair.after` without the end that it has in common with `repair.before`.

    >>> _changed(Repair("r", "join", 0, 9, "200余\\n\\n家。", "200余家。", ""))
    4
    """
    shorter = min(len(repair.before), len(repair.after))
    same = 0
    while same < shorter and repair.before[-1 - same] == repair.after[-1 - same]:
        same += 1
    return len(repair.after) - same


def _union(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order; those that touch or overlap are merged.

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
    """The text in parts between which a line may break; only sequences that match `LONG` are cut.

    >>> _parts("见" + "a" * 30 + "。")
    ('见aaaaaaaaaaaa', 'aaaaaaaaaaaa', 'aaaaaa。')
    """
    cuts = [0]
    for found in LONG.finditer(text):
        cuts += range(found.start() + PART, found.end(), PART)
    return tuple(text[a:b] for a, b in pairwise([*cuts, len(text)]))


class TextLayout:
    """The text of a report as blocks.

    `notes` are its footnotes in order; `numbers` has the number (from 1) by remark id.
    """

    def __init__(self, report: Report) -> None:
        self._reading = report.reading
        self._places = report.places
        self._marks = _NoteMarks(report)
        self._repetitions = sorted(report.reading.repetitions, key=lambda repetition: repetition.start)
        self.notes = self._marks.notes
        self.numbers = self._marks.numbers

    def blocks(self) -> Iterator[PrintedBlock]:
        """Every paragraph and heading from the title to the last appendix, in order."""
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
        """The repetition whose copy contains this offset, with its number from 1; None for none."""
        k = bisect_right(self._repetitions, position, key=lambda repetition: repetition.start) - 1
        return (k + 1, self._repetitions[k]) if k >= 0 and position < self._repetitions[k].end else None


def _first(span: tuple[int, int]) -> int:
    return span[0]


def _in_copy(sentence: Sentence) -> bool:
    return sentence.in_copy
