"""Knows how a report's text is laid out for reading: sentences with their marks, paragraphs, what stands beside them.

Leaves numbers on cards to `cards`, the list of repairs and doubts to `notes`, and markup to the templates.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from markupsafe import Markup

from workreport.model import Indicator, Paragraph, ParagraphRole, Reading, Repetition, Section, Sentence, heading
from workreport.website import addresses
from workreport.website.pages.escape import MARKS
from workreport.website.pages.remarks import Remark, remarks
from workreport.website.pages.spans import Layer, TextPiece, cut, figure_layers

HEAVY = 250
"""Inline marks up to which a paragraph is written as Markdown."""
STEP = re.compile("(?:聚焦|围绕|紧扣|锚定|突出|着眼|立足|坚持|对标)[于在]?“|[一二三四五六七八九十]是")
"""How reports open a new matter within a paragraph: 聚焦“幼有善育”…, 一是…."""


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence in pieces. `number` counts in its section; `aliases` and `gone` are old ids.

    `step`: it opens a new matter within a long paragraph.
    """

    id: str
    number: str
    step: bool
    pieces: tuple[TextPiece, ...]
    aliases: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SentenceBlock:
    """Sentences that stand together in a paragraph; a repeated passage is a block of its own.

    `original` names the section where a repeated passage stands first, `lost` that text broke off before it. A `heavy`
    block is written as HTML: a Markdown library takes the square of the marks in a paragraph, and a reader waits.
    """

    copy: bool
    sentences: tuple[SentenceView, ...]
    heavy: bool
    original: str = ""
    original_href: Markup = Markup()
    lost: bool = False


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph in blocks, with the editor's remarks that belong beside it. `number` is 3.2: section 3, paragraph 2."""

    id: str
    number: str
    role: ParagraphRole
    blocks: tuple[SentenceBlock, ...]
    remarks: tuple[Remark, ...]
    aliases: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeadingView:
    """A heading's own words in pieces: the number (class no), the title, the end mark (class end)."""

    sentence: SentenceView
    remarks: tuple[Remark, ...]
    quiet: tuple[Remark, ...]


@dataclass(frozen=True)
class Passages:
    """A report ready to be laid out; what is asked for often is gathered once."""

    reading: Reading

    @cached_property
    def figures(self) -> dict[str, list[Indicator]]:
        """The indicators of each sentence, in the order of their ids; those of a repeated passage left out."""
        found = defaultdict(list)
        for indicator in self.reading.indicators:
            found[indicator.sentence].append(indicator)
        return found

    @cached_property
    def most_figures(self) -> int:
        """How many indicators the fullest sentence holds."""
        return max(map(len, self.figures.values()), default=0)

    @cached_property
    def names(self) -> dict[str, list[tuple[int, int, str]]]:
        """The mentions in each sentence: start, end, the term's id."""
        found = defaultdict(list)
        for term in self.reading.terms:
            for mention in term.mentions:
                found[mention.sentence].append((mention.start, mention.end, term.id))
        return found

    @cached_property
    def explained(self) -> dict[str, list[tuple[int, int, str]]]:
        """The uses of explained words in each sentence: start, end, the entry's id."""
        found = defaultdict(list)
        for gloss in self.reading.glossary:
            for use in gloss.uses:
                found[use.sentence].append((use.start, use.end, gloss.id))
        return found

    @cached_property
    def remarks(self) -> tuple[Remark, ...]:
        return remarks(self.reading)

    @cached_property
    def _remark_starts(self) -> list[int]:
        return [remark.start for remark in self.remarks]

    @cached_property
    def _repetitions(self) -> list[Repetition]:
        return sorted(self.reading.repetitions, key=lambda repetition: repetition.start)

    @cached_property
    def _repetition_starts(self) -> list[int]:
        return [repetition.start for repetition in self._repetitions]

    def beside(self, start: int, end: int) -> tuple[Remark, ...]:
        """The remarks whose words begin in body[start:end]."""
        return self.remarks[bisect_left(self._remark_starts, start) : bisect_left(self._remark_starts, end)]

    def sentence(self, sentence: Sentence, number: str, origin: str) -> SentenceView:
        """One sentence for the page at `origin`."""
        layers: list[Layer] = []
        if not sentence.in_copy:
            table = addresses.relative(origin, addresses.report(self.reading, addresses.INDICATORS))
            layers += figure_layers(self.figures.get(sentence.id, ()), table)
            index = addresses.report(self.reading, addresses.NAMES)
            for start, end, term in self.names.get(sentence.id, ()):
                href = Markup(addresses.relative(origin, f"{index}#n-{term}"))
                layers.append(Layer(start, end, "n", href=href, gloss=f"n-{term}"))
            for start, end, gloss in self.explained.get(sentence.id, ()):
                href = Markup(addresses.relative(origin, addresses.explanation(self.reading, gloss)))
                layers.append(Layer(start, end, "g", href=href, gloss=gloss))
        for remark in self.beside(sentence.start, sentence.end):
            if remark.marked:
                layers.append(Layer(remark.start, remark.end, "k"))
        if sentence.heading:
            layers += self._heading(sentence)
        shown = {figure.id for figure in self.figures.get(sentence.id, ())}
        aliases = tuple(name for name in sentence.aliases if name not in shown)
        step = STEP.match(sentence.text) is not None
        return SentenceView(sentence.id, number, step, cut(sentence, layers), aliases, sentence.gone)

    def _heading(self, sentence: Sentence) -> Iterator[Layer]:
        section = self.reading.sections.get(sentence.section)
        at = sentence.text.find(section.title) if section and section.title else -1
        if section and at > 0:
            yield Layer(sentence.start, sentence.start + at, "no")
        if section and at >= 0 and at + len(section.title) < len(sentence.text):
            yield Layer(sentence.start + at + len(section.title), sentence.end, "end")

    def heading(self, section: Section, origin: str) -> HeadingView | None:
        """The heading of a section, None where it has none of its own."""
        if section.heading is None:
            return None
        beside = self.beside(section.heading.start, max(section.heading.end, section.heading.start + 1))
        return HeadingView(
            self.sentence(section.heading, "", origin),
            tuple(remark for remark in beside if not remark.quiet),
            tuple(remark for remark in beside if remark.quiet),
        )

    def paragraphs(self, paragraphs: Sequence[Paragraph], origin: str, label: str) -> tuple[ParagraphView, ...]:
        """Paragraphs in order for the page at `origin`; sentences are counted through."""
        views = []
        count = 0
        for ordinal, paragraph in enumerate(paragraphs, start=1):
            blocks = []
            for copied, sentences in groupby(paragraph.sentences, key=lambda sentence: sentence.in_copy):
                shown = []
                for sentence in sentences:
                    count += not copied
                    shown.append(self.sentence(sentence, "" if copied else str(count), origin))
                    last = sentence
                repetition = self._repetition(last) if copied else None
                if repetition is None:
                    blocks.append(SentenceBlock(copied, tuple(shown), _heavy(shown)))
                    continue
                original = self._section_at(repetition.of)
                target = addresses.page_of(self.reading, original.section) + f"#{original.id}"
                name = section_label(self.reading.sections.get(original.section))
                href = Markup(addresses.relative(origin, target))
                blocks.append(SentenceBlock(True, tuple(shown), _heavy(shown), name, href, repetition.lost))
            beside = self.beside(paragraph.start, max(paragraph.end, paragraph.start + 1))
            views.append(
                ParagraphView(
                    paragraph.id,
                    f"{label}.{ordinal}" if label else str(ordinal),
                    paragraph.role,
                    tuple(blocks),
                    tuple(remark for remark in beside if not remark.quiet),
                    paragraph.aliases,
                    paragraph.gone,
                )
            )
        return tuple(views)

    def _repetition(self, sentence: Sentence) -> Repetition | None:
        k = bisect_right(self._repetition_starts, sentence.start) - 1
        return self._repetitions[k] if k >= 0 and sentence.start < self._repetitions[k].end else None

    @cached_property
    def _all(self) -> list[Sentence]:
        return sorted(self.reading.outline.sentences(), key=lambda sentence: sentence.start)

    @cached_property
    def _all_starts(self) -> list[int]:
        return [sentence.start for sentence in self._all]

    def _section_at(self, position: int) -> Sentence:
        """The sentence that holds this position of the repaired text."""
        return self._all[max(bisect_right(self._all_starts, position) - 1, 0)]


def _heavy(sentences: Sequence[SentenceView]) -> bool:
    weight = 0
    for sentence in sentences:
        weight += 2 + len(sentence.pieces) + sum(len(MARKS.findall(piece.text)) for piece in sentence.pieces)
        if weight > HEAVY:
            return True
    return False


def section_label(section: Section | None) -> str:
    """How a section is called: （三）市场活力加速重振, 一、2023年工作回顾, 附件1：民生实事; 开篇 before the first part.

    >>> section_label(None)
    '开篇'
    """
    if section is None:
        return "开篇"
    return heading(section.number, section.title) or "正文"


def short_label(reading: Reading, section: str) -> str:
    """A section in a word or two, as its report tells it from the others: （三）, 一（三）, or the title."""
    return reading.labels.get(section, "开篇")
