"""Knows the lists of 民生实事 in a report: what the government promises to do for people in the year, item by item.

Leaves the figures in the items to `promises`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile

from workreport.model import Outline, Paragraph, Section, Sentence

_NUMBER = "[一二两三四五六七八九十百0-9０-９]+"
_LIST_TITLE = re.compile(
    rf"{_NUMBER}(?:大|个?方面|大?类)?(?:{_NUMBER})?[件项][^，。；：]{{0,6}}实事(?!求是)|(?:19|20)\d\d年[^，。；：]{{0,8}}实事(?!求是)|实事项目"
)
"""A heading above such a list: 2026年省十件民生实事; but not 用心办好民生实事, which heads any text about people's lives."""
_ANNOUNCED = re.compile(
    rf"{_NUMBER}[大个]?(?:方面|类)?(?:{_NUMBER})?[件项]?[^，。；：、]{{0,6}}实事(?!求是)|(?:以下|下列|如下)[^，。；：]{{0,6}}实事|(?:群众|市民|百姓|人民)办实事[^。；]*[：:]\s*$|{_NUMBER}[件项](?:让|使|关系)[^。；：]{{0,30}}的实事"
    r"|办好[^，。；：、]{0,2}(?:民生|为民|惠民|利民)实事[。：:]\s*$"
)
"""Words that announce a list in running text: 办好10件民生实事, 办好以下惠民实事, 为各族群众办实事, 持续办好为民实事."""
_MANY = 8
"""The fewest items of a list of which the announcement tells no number: with fewer, 一是 … 三是 may be any text about people's lives."""
_POINTED = re.compile("以下|下列|如下|办实事")
"""Words of an announcement that points to the list itself, without a number."""
_COUNT = re.compile("([0-9０-９]+|[一二两三四五六七八九十]+)(?=[大个]?(?:[件项类]|方面))")
"""How many items or groups of items the announcement of a list names: 十类50件."""
_MARKER = re.compile(
    r"\s*(?:[（(]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[）)]|\d{1,2}\s*[.．、](?!\d)|[①-⑳]"
    r"|[一二三四五六七八九十]{1,3}\s*[是、])\s*"
)
"""The number of an item: （1）, 3., ①, 一是, 二、."""
_COUNTED = re.compile(
    r"(?P<number>[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]|[0-9０-９]{1,3})[件项][^，。；：、]{0,6}实事(?:项目)?："
)
"""Words that announce the items behind the colon with their number: 办好5件民生实事：."""
_SIGNS = str.maketrans("()．、", "（）..")
"""Signs that are the same in a style: 1. and 1、."""
_WITHIN = re.compile("(?<=[；：])")
"""Where an item can begin within a sentence."""
_REACH = 2
"""The list begins at most so many sentences behind the words that announce it."""


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of a list: its parts as (sentence, start, end), offsets into the repaired text; `name` is its heading or ""."""

    name: str
    parts: tuple[tuple[Sentence, int, int], ...]


@dataclass(frozen=True, slots=True)
class LivelihoodList:
    """A list of 民生实事. `numbers` are those that say how many there are: of its items, and those of its announcement (十类50件)."""

    items: tuple[ListItem, ...]
    numbers: frozenset[int]


def lists_of_livelihood(outline: Outline, planned: Collection[str]) -> list[LivelihoodList]:
    """All lists of 民生实事, in the order of the text; `planned` are the ids of sentences that are plans.

    A list in running text that is announced with a number (办好十件民生实事) has so many items: others are no such list, but the
    text that follows.
    """
    return [listed for section in outline.sections for listed in _in_section(section, planned) if listed.items]


def without_marker(text: str, start: int = 0) -> int:
    """The position behind the number of an item at text[start:], `start` if there is none.

    >>> without_marker("（1）新建学校5所。"), without_marker("新建学校5所。")
    (3, 0)
    """
    match = _MARKER.match(text, start)
    return match.end() if match else start


def _in_section(section: Section, planned: Collection[str]) -> Iterator[LivelihoodList]:
    if _LIST_TITLE.search(section.title) and _is_planned(section, planned):
        if section.children:
            items = [item for child in section.children for item in _of_child(child)]
        else:
            parts = _parts(s for p in section.paragraphs for s in p.sentences)
            items = list(_closed(list(_items((part for part in parts if not _leads(*part)), ""))))
        yield LivelihoodList(tuple(items), _counts(section.title) | {len(items)})
        return
    yield from _announced(section.paragraphs, planned)
    for child in section.children:
        yield from _in_section(child, planned)


def _counts(announcement: str) -> frozenset[int]:
    """How many items or groups of items an announcement names.

    >>> sorted(_counts("办好十大类50件民生实事"))
    [10, 50]
    """
    return frozenset(_value(match[1]) for match in _COUNT.finditer(announcement))


def _is_planned(section: Section, planned: Collection[str]) -> bool:
    """Whether the text below a heading is planned: its first sentence, or the heading itself where that is all."""
    first = next((s for below in section.walk() for p in below.paragraphs for s in p.sentences), section.heading)
    return first is not None and first.id in planned


def _leads(sentence: Sentence, start: int, _: int) -> bool:
    """Whether a part of a sentence without a number only leads to the list: it speaks of the list itself, or ends in a colon."""
    if _MARKER.match(sentence.text, start - sentence.start):
        return False
    return "实事" in sentence.text or sentence.text.rstrip().endswith(("：", ":"))


def _of_child(section: Section) -> Iterator[ListItem]:
    """A section of the list: one item, with the sections below it; or its heading alone."""
    sentences = [s for below in section.walk() for p in below.paragraphs for s in p.sentences]
    if not sentences and section.heading:
        sentences = [section.heading]
    if sentences:
        yield ListItem(section.title, tuple((s, s.start, s.end) for s in sentences))


def _announced(paragraphs: Iterable[Paragraph], planned: Collection[str]) -> Iterator[LivelihoodList]:
    """The lists in running text: behind the words that announce them, up to a paragraph without a number."""
    waiting: list[tuple[Sentence, int, int]] = []
    since, counts, least = _REACH + 1, frozenset[int](), 1
    for paragraph in paragraphs:
        if waiting and not _MARKER.match(paragraph.sentences[0].text if paragraph.sentences else ""):
            yield from _counted(waiting, counts, least)
            waiting, since = [], _REACH + 1
        for sentence in paragraph.sentences:
            if not waiting and sentence.id in planned and (counted := _as_many(sentence)):
                yield counted
                since = _REACH + 1
                continue
            if waiting:
                waiting += _parts([sentence])
                continue
            since += 1
            if "实事" in sentence.text and sentence.id in planned and _ANNOUNCED.search(sentence.text):
                since = 0
                counts = frozenset().union(*(_counts(m[0]) for m in _ANNOUNCED.finditer(sentence.text)))
                least = 1 if counts or _POINTED.search(sentence.text) else _MANY
            if since <= _REACH and sentence.id in planned:
                parts = _parts([sentence])
                waiting = list(dropwhile(lambda part: not _MARKER.match(part[0].text, part[1] - part[0].start), parts))
    yield from _counted(waiting, counts, least)


def _counted(
    parts: Sequence[tuple[Sentence, int, int]], counts: frozenset[int], least: int
) -> Iterator[LivelihoodList]:
    """The list with these parts, if it has as many items as its announcement names; if it names no number, at least so many."""
    items = tuple(_closed(list(_items(parts, ""))))
    if len(items) in counts if counts else len(items) >= least:
        yield LivelihoodList(items, counts | {len(items)})


def _as_many(sentence: Sentence) -> LivelihoodList | None:
    """The list that a sentence enumerates without numbers of its items, if they are as many as it says; else None.

    办好2件民生实事：新建学校4所；开通公交夜班。
    """
    announced = _COUNTED.search(sentence.text)
    if announced is None:
        return None
    cuts = [announced.end(), *(m.end() for m in re.finditer("；", sentence.text) if m.end() > announced.end())]
    spans = [(a, b) for a, b in zip(cuts, [*cuts[1:], len(sentence.text)], strict=True) if sentence.text[a:b].strip()]
    if len(spans) != _value(announced["number"]) or any(_MARKER.match(sentence.text, a) for a, _ in spans):
        return None
    items = tuple(ListItem("", ((sentence, sentence.start + a, sentence.start + b),)) for a, b in spans)
    return LivelihoodList(items, frozenset({len(items)}))


def _closed(items: list[ListItem]) -> Iterator[ListItem]:
    """Items of a text in which nothing says where the last one ends: it has no more sentences than the longest before it."""
    if not items:
        return
    yield from items[:-1]
    sentences = [len({sentence.id for sentence, _, _ in item.parts}) for item in items[:-1]]
    last = items[-1].parts
    kept = list(dict.fromkeys(sentence.id for sentence, _, _ in last))[: max(sentences, default=1)]
    yield ListItem(items[-1].name, tuple(part for part in last if part[0].id in kept))


def _parts(sentences: Iterable[Sentence]) -> Iterator[tuple[Sentence, int, int]]:
    """The parts of sentences in which an item may begin: a sentence is cut before a number behind ； or ：."""
    for sentence in sentences:
        starts = [0, *(m.start() for m in _WITHIN.finditer(sentence.text) if _MARKER.match(sentence.text, m.start()))]
        for start, end in zip(starts, [*starts[1:], len(sentence.text)], strict=True):
            yield sentence, sentence.start + start, sentence.start + end


def _items(parts: Iterable[tuple[Sentence, int, int]], name: str) -> Iterator[ListItem]:
    """Items from parts: each begins with the next number of one style; without any number each sentence is an item.

    The list ends where the numbers of its style begin anew.
    """
    parts = list(parts)
    marks = [_numbered(s.text, a - s.start) for s, a, _ in parts]
    style = next((mark[0] for mark in marks if mark), "")
    group: list[tuple[Sentence, int, int]] = []
    count = 0
    for part, mark in zip(parts, marks, strict=True):
        begins = mark is not None and mark[0] == style
        if mark and begins:
            if count and mark[1] != count + 1:
                break
            count = mark[1]
        if group and (begins or not style):
            yield ListItem(name, tuple(group))
            group = []
        group.append(part)
    if group:
        yield ListItem(name, tuple(group))


def _numbered(text: str, start: int) -> tuple[str, int] | None:
    """The number at text[start:] as its style (the signs around it) and its value; None if there is none."""
    match = _MARKER.match(text, start)
    if match is None:
        return None
    mark = "".join(match[0].split())
    if circled := re.search("[①-⑳]", mark):
        return "①", ord(circled[0]) - ord("①") + 1
    digits = re.search(r"\d+|[一二三四五六七八九十]+", mark)
    if digits is None:
        return None
    return mark.replace(digits[0], "1" if digits[0].isdigit() else "一").translate(_SIGNS), _value(digits[0])


def _value(numeral: str) -> int:
    """The value of a numeral below a hundred.

    >>> _value("12"), _value("十"), _value("二十一")
    (12, 10, 21)
    """
    if numeral.isdigit():
        return int(numeral)
    tens, ten, ones = numeral.replace("两", "二").rpartition("十")
    digits = "零一二三四五六七八九"
    return (digits.index(tens) if tens else 1) * 10 * bool(ten) + (digits.index(ones) if ones else 0)
