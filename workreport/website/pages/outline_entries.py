"""Knows the contents of one page: its headings, where each point of an enumeration begins, and places on the way of a long text.

Leaves the pages of a report to the navigation, and showing the list to the theme's templates.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from workreport.model import Section, Sentence
from workreport.website.pages.cut_text import head
from workreport.website.pages.escape import one_line
from workreport.website.pages.plain_digits import unspaced
from workreport.website.pages.sentences import SALUTATION, STEP, section_label

LONG = 900
"""A section of its own text with more characters than this, and without an enumeration, is listed by its paragraphs."""
STRIDE = 300
"""So many characters are about a screen of a phone."""
FEWEST = 3
"""The fewest points that are worth a list in a text that is not long."""
WORDS = 16
"""The most characters of an entry that is made of the first words of a sentence."""
_POINT = re.compile(
    rf"{STEP.pattern}|第[一二三四五六七八九十]{{1,3}}[，、]|[一二三四五六七八九十]要|其[一二三四五六七八九][，、]|[①-⑳]"
)
"""Matches the beginning of a sentence that is a point of an enumeration: 一是, 第一，, 一要, 其一，, ①."""
_SUBJECT = re.compile(r"[^，、；：\d０-９一二三四五六七八九十百千万亿]{4,14}。")
"""Matches a short sentence without a figure, which names what the next ones are about: 社会保障更加有力。."""
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
    """Yield the points of a section's own text: the sentences that open one (一是…), in a long text else its paragraphs.

    In a long text no entry is more than about two screens of a phone from the next.
    """
    paragraphs = [
        [s for s in p.sentences if not s.in_copy and not SALUTATION.fullmatch(s.text)]
        for p in section.paragraphs
        if p.role == "text"
    ]
    sentences = [(s, k == 0) for said in paragraphs for k, s in enumerate(said)]
    points = {s.id for s, _ in sentences if _POINT.match(s.text)}
    enumerated = len(points) >= FEWEST
    points = points if enumerated else set()
    long = sum(len(s.text) for s, _ in sentences) > LONG
    if long:
        points |= set(_on_the_way(sentences, points, by_paragraphs=not enumerated))
    entries = [OutlineEntry(s.id, words, level) for s, _ in sentences if s.id in points and (words := first_clause(s))]
    yield from entries if len(entries) >= (2 if long else FEWEST) else ()


def _on_the_way(
    sentences: Iterable[tuple[Sentence, bool]], points: Collection[str], *, by_paragraphs: bool
) -> Iterator[str]:
    """Yield the ids of sentences that a reader of a long text may want to go to, besides its `points`.

    These are the first of each paragraph, if `by_paragraphs`; and `STRIDE` characters behind any of them the next one that opens
    a paragraph or names a new subject (社会保障更加有力。), behind `2 * STRIDE` any.
    """
    since = 0
    for sentence, opens in sentences:
        opening = opens or _SUBJECT.fullmatch(sentence.text.strip()) is not None
        if sentence.id in points:
            since = 0
        elif (opens and by_paragraphs) or (since >= STRIDE and opening) or since >= 2 * STRIDE:
            since = 0
            yield sentence.id
        since += len(sentence.text)


def first_clause(sentence: Sentence) -> str:
    """Return the first words of a sentence up to a punctuation mark, at most `WORDS` characters; … stands for what is cut.

    一是发展产业，新引进企业5家。 gives 一是发展产业; a dash before the words (——经济运行稳中向好) is left out.
    """
    text = _MARK.sub("", one_line(sentence.text))
    end = _END.search(text, _SHORTEST)
    words = unspaced(text[: end.start()] if end else text)
    return words if len(words) <= WORDS else head(words, WORDS).replace("、…", "…")
