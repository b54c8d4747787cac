"""Knows whether a figure is a result or a target, and the period that it is about.

A heading sets the tense of everything below it, and of what follows until another heading sets one. An opening sentence
(今年发展主要预期目标是…) or words of the clause (力争, 去年) can change it. Leaves these words to the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workreport.analysis.indicators import windows
from workreport.analysis.indicators.grammar import Grammar
from workreport.analysis.numerals import plain
from workreport.model import Meta, Outline, Section, Sentence, Status

_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_PERIOD = re.compile(
    r"(?:19|20)\d\d年(?:度|末|底)?|“十[三四五]五”(?:期间|时期|以来|末)?|[五三四十两]年来|过去[一五三]年|今年|去年|全年|近[一二三四五]年|(?:今后|未来)[三五]年"
)
# the start of a sentence that opens a plan: 今年发展主要预期目标是, 做好今年政府工作，要, “十五五”时期…主要目标是, 2026年，我们将
_OPENS_PLAN = re.compile(
    r"^(?:[^。]{0,24}(?:今年|明年|“十五五”(?:时期|期间)|(?P<year>20\d\d)年)[^。，]{0,24}(?:主要(?:预期)?目标|预期目标|总体要求|总体思路|主要任务|重点工作|工作安排)"
    r"|(?:做好|抓好)(?:今年|明年|(?P<good>20\d\d)年)|[^。，]{0,12}主要预期目标(?:是|为|：)|新的一年|下一步|(?:今年|(?P<will>20\d\d)年)，?我们(?:将|要))"
)
_MAY_OPEN = re.compile(r"目标|今年|明年|十五五|[2２][0０]|新的一年|下一步|[\s\u3000]")
"""A sentence whose start has no match cannot change the tense."""
_INLINE_TITLE = re.compile(r"^[（(]?[一二三四五六七八九十]{1,3}[)）]?、?(?P<title>[^，。；：\s]{3,30})[\s\u3000]+")
"""A heading with a number at the start of a sentence, before a space."""
_GLOSS = re.compile(r"^(?:\d+[.．、])?[“《][^”》]{1,30}[”》][^，。：]{0,14}[：:]|^[^，。]{1,30}[：:，]是指")
_NOW = ("今年", "明年", "力争", "确保")
_SHORT = 30
"""Most characters of a paragraph before the first heading that is read like a heading."""


@dataclass(frozen=True, slots=True)
class Tense:
    """What the text before a sentence implies: `planned`, or else done; `gloss` marks explanations in a glossary."""

    planned: bool = False
    gloss: bool = False


def tenses(outline: Outline, grammar: Grammar, meta: Meta) -> Iterator[tuple[Sentence, Tense]]:
    """All sentences of a report with their tense, in the order of the text."""
    tense = Tense()
    for paragraph in outline.front:
        title = paragraph.sentences[0].text if len(paragraph.sentences) == 1 else ""
        if title and len(title) <= _SHORT and not title.endswith("。"):
            tense = titled(title, grammar, meta) or tense
        for sentence in paragraph.sentences:
            tense = opened(sentence.text, tense, grammar, meta)
            yield sentence, tense
    for section in outline.sections:
        ended = Tense(planned=tense.planned)
        for sentence, tense in _inside(section, ended, grammar, meta, decided=False):
            yield sentence, tense


def _inside(
    section: Section, above: Tense, grammar: Grammar, meta: Meta, *, decided: bool
) -> Iterator[tuple[Sentence, Tense]]:
    """The sentences of a section with their tense.

    `decided`: a heading above has set the tense, so its own is not read.
    """
    said = None if decided else titled(section.title, grammar, meta)
    if section.id.startswith("a") and _GLOSS.search(section.title):
        said = Tense(gloss=True)
    tense = said or above
    if section.heading:
        yield section.heading, tense
    for paragraph in section.paragraphs:
        for sentence in paragraph.sentences:
            if not tense.gloss:
                tense = opened(sentence.text, tense, grammar, meta)
            yield sentence, tense
    for child in section.children:
        last = tense
        for sentence, last in _inside(child, tense, grammar, meta, decided=decided or said is not None):
            yield sentence, last
        if not decided and said is None:
            tense = Tense(planned=last.planned)


def titled(title: str, grammar: Grammar, meta: Meta) -> Tense | None:
    """The tense that a heading sets, by its words (回顾: done; 目标, 安排: planned; 名词解释: gloss) or the years in it.

    None if it has no such word and no year.
    """
    text = plain(title)
    if grammar.gloss_title.search(text):
        return Tense(gloss=True)
    if grammar.review_title.search(text):
        return Tense(planned=False)
    if grammar.plan_title.search(text):
        return Tense(planned=True)
    years = [int(year) for year in _YEAR.findall(text)]
    if years and meta.year:
        return Tense(planned=max(years) >= meta.year)
    return None


def opened(sentence: str, tense: Tense, grammar: Grammar, meta: Meta) -> Tense:
    """The tense from this sentence on.

    `tense` is that before it; the sentence changes it if it opens a plan or starts with a heading.
    """
    if _MAY_OPEN.search(sentence, 0, windows.OPENING) is None:
        return tense
    text = plain(sentence[: windows.OPENING]).lstrip()
    if inline := _INLINE_TITLE.match(text):
        return titled(inline["title"], grammar, meta) or tense
    if match := _OPENS_PLAN.search(text):
        year = match["year"] or match["good"] or match["will"]
        if year is None or meta.year is None or int(year) >= meta.year:
            return Tense(planned=True, gloss=tense.gloss)
    return tense


def status(text: str, at: int, end: int, tense: Tense, grammar: Grammar) -> Status:
    """Whether a figure is a target or a result; its name starts at text[at], its number at text[end]."""
    begin = max(text.rfind("；", 0, at), text.rfind("。", 0, at)) + 1
    if tense.planned:
        # a result in a plan: 去年新建3座; but not 比去年增加 or 继续执行去年出台的政策
        said = [
            m.start()
            for m in grammar.done.finditer(text, begin, end)
            if text[m.start() - 1 : m.start()] in ("", *"，。；：")
        ]
        return "result" if said and said[-1] > max(text.rfind(word, begin, end) for word in _NOW) else "target"
    comma = text.rfind("，", 0, at) + 1
    aims = any(not _in_quotes(text, comma, m.start()) for m in grammar.aim.finditer(text, comma, end))
    return "target" if aims and not grammar.done.search(text, comma, end) else "result"


def _in_quotes(text: str, begin: int, at: int) -> bool:
    """Whether a position is inside quotation marks (“两个确保”), counted from the start of its clause."""
    return text.count("“", begin, at) > text.count("”", begin, at)


def period(text: str, at: int) -> str | None:
    """The last period that text[:at + 8] mentions, as written, for a figure whose name starts at `at`; None without one.

    >>> period("2023年，全区实现地区生产总值2091.5亿元", 8)
    '2023年'
    """
    found = None
    for match in _PERIOD.finditer(text, 0, at + 8):
        if text[match.start() - 1 : match.start()] not in (
            "较",
            "比",
            "从",
            "由",
            "与",
        ):  # 较2019年同期 is a comparison
            found = match[0]
    return found
