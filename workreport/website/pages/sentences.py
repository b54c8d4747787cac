"""Knows how the text of a report becomes views: sentences with links and highlights, paragraphs, headings.

Leaves cards to `cards`, the texts of editorial remarks to `remarks`, and HTML to the templates.
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
from workreport.website.marks.marked_sentences import is_unbroken
from workreport.website.pages.cut_text import cut as cut_title
from workreport.website.pages.plain_digits import SPACED, unspaced
from workreport.website.pages.remarks import Remark, remarks
from workreport.website.pages.spans import Layer, TextPiece, cut, figure_layers

PLACE = 14
"""The most characters of a section's title where it only tells a place."""
_CLAUSE_END = re.compile("[，,；;：:]")
SALUTATION = re.compile(r"\s*(?:各位[^，。！：]{1,12}|同志们|朋友们)[！：:!]\s*")
"""Matches a sentence that only addresses those present."""
STEP = re.compile("(?:聚焦|围绕|紧扣|锚定|突出|着眼|立足|坚持|对标)[于在]?“|[一二三四五六七八九十]是")
"""Matches the beginning of a sentence that opens a new topic within a paragraph: 聚焦“幼有善育”…, 一是…."""


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence in pieces. `number` is its number in its section from 1, "" in a heading or a repeated passage.

    `step`: it opens a new topic within a paragraph. `aliases` are its former ids, `gone` the ids of sentences that were
    deleted before it.
    """

    id: str
    number: str
    step: bool
    pieces: tuple[TextPiece, ...]
    aliases: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SentenceBlock:
    """Consecutive sentences of a paragraph; a passage repeated by mistake (`copy`) is a block of its own.

    For a copy, `original` is the label of the section with the first occurrence and `original_href` links to it;
    `lost`: text is missing before the copy.
    """

    copy: bool
    sentences: tuple[SentenceView, ...]
    original: str = ""
    original_href: Markup = Markup()
    lost: bool = False


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph in blocks, with the remarks shown beside it. `number` is "3.2" for paragraph 2 of section 3.

    `aliases` are its former ids, `gone` the ids of paragraphs that were deleted before it.
    """

    id: str
    number: str
    role: ParagraphRole
    blocks: tuple[SentenceBlock, ...]
    remarks: tuple[Remark, ...]
    aliases: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeadingView:
    """A heading as a sentence: number (class no), title, closing punctuation (class end).

    `remarks` are shown beside it; a `quiet` remark has only a small sign.
    """

    sentence: SentenceView
    remarks: tuple[Remark, ...]
    quiet: tuple[Remark, ...]


@dataclass(frozen=True)
class Passages:
    """Makes the views of a report's text, with indexes that are computed once."""

    reading: Reading

    @cached_property
    def figures(self) -> dict[str, list[Indicator]]:
        """The indicators by the id of their sentence, without those in repeated passages."""
        found = defaultdict(list)
        for indicator in self.reading.indicators:
            found[indicator.sentence].append(indicator)
        return found

    @cached_property
    def most_figures(self) -> int:
        """The largest number of indicators in one sentence."""
        return max(map(len, self.figures.values()), default=0)

    @cached_property
    def names(self) -> dict[str, list[tuple[int, int, str]]]:
        """The mentions of names as (start, end, id of the name), by the id of their sentence."""
        found = defaultdict(list)
        for term in self.reading.terms:
            for mention in term.mentions if term.recurs else ():
                found[mention.sentence].append((mention.start, mention.end, term.id))
        return found

    @cached_property
    def explained(self) -> dict[str, list[tuple[int, int, str]]]:
        """The uses of glossary entries as (start, end, id of the entry), by the id of their sentence."""
        found = defaultdict(list)
        for gloss in self.reading.glossary:
            for use in gloss.uses:
                found[use.sentence].append((use.start, use.end, gloss.id))
        return found

    @cached_property
    def remarks(self) -> tuple[Remark, ...]:
        """All remarks on the report, in the order of the text."""
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
        """Return the remarks that begin in `body[start:end]` of the repaired text."""
        return self.remarks[bisect_left(self._remark_starts, start) : bisect_left(self._remark_starts, end)]

    def sentence(self, sentence: Sentence, number: str, origin: str) -> SentenceView:
        """Return the view of a sentence for the page at `origin`, from which its links are relative.

        A sentence of a repeated passage has no links and no figures, but it shows doubts.
        """
        layers: list[Layer] = []
        if not sentence.in_copy:
            table = addresses.relative(origin, addresses.report(self.reading, addresses.INDICATORS))
            layers += figure_layers(sentence, self.figures.get(sentence.id, ()), table)
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
        layers += _spaced(sentence)
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
        """Return the view of a section's heading; None if the text has none."""
        if section.heading is None:
            return None
        beside = self.beside(section.heading.start, max(section.heading.end, section.heading.start + 1))
        return HeadingView(
            self.sentence(section.heading, "", origin),
            tuple(remark for remark in beside if not remark.quiet),
            tuple(remark for remark in beside if remark.quiet),
        )

    def paragraphs(self, paragraphs: Sequence[Paragraph], origin: str, label: str) -> tuple[ParagraphView, ...]:
        """Return the views of paragraphs for the page at `origin`.

        Their numbers are `label` and the ordinal (3.2), or with "" the ordinal alone. Sentences are numbered from 1
        over all paragraphs, without those of repeated passages.
        """
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
                    blocks.append(SentenceBlock(copied, tuple(shown)))
                    continue
                original = self._sentence_at(repetition.of)
                target = addresses.page_of(self.reading, original.section) + f"#{original.id}"
                name = section_label(self.reading.sections.get(original.section))
                href = Markup(addresses.relative(origin, target))
                blocks.append(SentenceBlock(True, tuple(shown), name, href, repetition.lost))
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

    def _sentence_at(self, position: int) -> Sentence:
        """Return the last sentence that starts at or before a position of the repaired text, or the first sentence."""
        return self._all[max(bisect_right(self._all_starts, position) - 1, 0)]


def _spaced(sentence: Sentence) -> Iterator[Layer]:
    """Yield a layer for each number whose digits stand apart (1 9 9 8 年): no line breaks within it."""
    for found in SPACED.finditer(sentence.text):
        end = found.end() + sentence.text.startswith(("年", "月", "日", "％", "%"), found.end())
        if " " in found[0] and is_unbroken(sentence.text[found.start() : end]):
            yield Layer(sentence.start + found.start(), sentence.start + end, "u")


def section_label(section: Section | None) -> str:
    """Return a section's number and title: （三）市场活力加速重振, 附件1：民生实事.

    开篇 for None, the text before the first part; 正文 for a section with neither number nor title.

    >>> section_label(None)
    '开篇'
    """
    if section is None:
        return "开篇"
    return heading(section.number, unspaced(section.title)) or "正文"


def short_label(reading: Reading, section: str) -> str:
    """Return the short label of the section with this id, as in `Reading.labels`: （三）, 一（三）, or the title; 开篇 if
    unknown.
    """
    return reading.labels.get(section, "开篇")


def place_label(reading: Reading, section: str) -> str:
    """Return the label of the section with this id where it tells readers a place: number and title, whose further clauses are
    left out: （八）民生优享提质升级; 开篇 if unknown.
    """
    found = reading.sections.get(section)
    if found is None:
        return section_label(None)
    title = cut_title(_CLAUSE_END.split(unspaced(found.title), maxsplit=1)[0], PLACE)
    return heading(found.number, title) or "正文"
