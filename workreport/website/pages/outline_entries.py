"""Knows the contents of one page: its headings, and in a long section where each point of an enumeration begins.

Leaves the pages of a report to the navigation, and showing the list to the theme's templates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workreport.model import Section, Sentence
from workreport.website.pages.sentences import STEP, section_label

LONG = 1500
"""A section of its own text with more characters than this, and without an enumeration, is listed by its paragraphs."""
FEWEST = 3
"""The fewest points or paragraphs that are worth a list."""
WORDS = 16
"""The most characters of an entry that is made of the first words of a sentence."""
_POINT = re.compile(
    rf"{STEP.pattern}|第[一二三四五六七八九十]{{1,3}}[，、]|[一二三四五六七八九十]要|其[一二三四五六七八九][，、]|[①-⑳]"
)
"""Matches the beginning of a sentence that is a point of an enumeration: 一是, 第一，, 一要, 其一，, ①."""
_SHORTEST = 4
"""A first clause of fewer characters (第一，) says too little: the next one is added."""
_END = re.compile("[，。；：！？,;:!?]")
_MARK = re.compile(r"^[—－\-–·•●◆■\s]+")


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """An entry of the contents of a page: the id that it leads to, its words, its level from 1."""

    anchor: str
    words: str
    level: int


def of_section(section: Section, below: Iterable[Section]) -> tuple[OutlineEntry, ...]:
    """Return the contents of the page of a section; `below` are the sections below it that have no page of their own.

    A page with fewer than two entries has no contents.
    """
    found = list(_points(section, 1))
    for inner in below:
        level = inner.level - section.level
        found.append(OutlineEntry(inner.anchor, section_label(inner), level))
        found += _points(inner, level + 1)
    return tuple(found) if len(found) > 1 else ()


def of_report(sections: Iterable[Section]) -> tuple[OutlineEntry, ...]:
    """Return the contents of the page with the full text; `sections` are all sections in the order of the text."""
    found: list[OutlineEntry] = []
    for section in sections:
        found.append(OutlineEntry(section.anchor, section_label(section), section.level))
        found += _points(section, section.level + 1)
    return tuple(found)


def _points(section: Section, level: int) -> Iterator[OutlineEntry]:
    """Yield the points of a section's own text: the sentences that open one (一是…), in a long text else its paragraphs."""
    paragraphs = [p for p in section.paragraphs if p.role == "text"]
    sentences = [s for p in paragraphs for s in p.sentences if not s.in_copy]
    points = [s for s in sentences if _POINT.match(s.text)]
    if len(points) < FEWEST:
        long = sum(len(s.text) for s in sentences) > LONG
        firsts = [p.sentences[0] for p in paragraphs if p.sentences and not p.sentences[0].in_copy]
        points = firsts if long and len(firsts) >= FEWEST else []
    for sentence in points:
        if words := first_clause(sentence):
            yield OutlineEntry(sentence.id, words, level)


def first_clause(sentence: Sentence) -> str:
    """Return the first words of a sentence up to a punctuation mark, at most `WORDS` characters; … stands for what is cut.

    一是发展产业，新引进企业5家。 gives 一是发展产业; a dash before the words (——经济运行稳中向好) is left out.
    """
    text = _MARK.sub("", sentence.text)
    end = _END.search(text, _SHORTEST)
    words = text[: end.start()] if end else text
    return words if len(words) <= WORDS else f"{words[: WORDS - 1]}…"
