"""Knows the promises (承诺) of a report: its targets of the year and the items of its lists of 民生实事, each with its theme.

A promise is a passage of one sentence of the plan, with the target or targets in it: as few clauses as say what is promised. A
short item of a list of 民生实事 is one as a whole, with a figure or without. Targets of later years or of several are left
out, and so are those that the gate holds back: the table of indicators has them all. Leaves the themes to `theme_words`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from workreport.analysis.livelihood import ListItem, list_items, without_marker
from workreport.analysis.sentence_clauses import ENDS, clauses
from workreport.analysis.statements import SpokenTimes
from workreport.analysis.theme_words import OTHER, ThemeWords
from workreport.model import Indicator, Promise, Reading, Section, Sentence, Theme

_JOINT = re.compile("[、和及与]|以及")
"""What stands between the parts of an enumeration."""
_LEANING = re.compile(
    r"\s*(?:其中|全长|总(?:投资|长|规模|面积|里程|金额)|投资(?=[约近超]?\d)|建筑面积|占地|惠及|受益|覆盖|增长|下降|提高|达到?|较|比|同比|占|突破|超过?|年?产值|规模达|力争(?:达|突破|增长))"
)
"""The start of a clause that only tells more of the clause before it: 总投资20亿元, 惠及3万户."""
_MONEY_FIRST = re.compile(
    r"\s*(?:[一二三四五六七八九十]是|[（(]\d+[）)]|\d{1,2}[、.．])?\s*(?:计划|拟|再|今年|全年|市财政|财政)*(?:总?投资|投入|安排|筹集|统筹|落实)(?:各类|专项|财政)?(?:资金)?"
    r"[约近超]?[\d.]+[万亿余多]*元(?:以上|左右)?[，,]?"
)
"""A clause that only says how much money is spent on what the next clause says: 投资1040万元，新建水厂."""
LIVELIHOOD = "实事"
"""The word in the number of items of a list of 民生实事."""
LONGEST = 90
"""The most characters of a promise that clauses before or behind are joined to."""
MOST = 4
"""The most figures of a promise."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A passage text[start:end] of a sentence with the figures in it; `theme` is that of the words with the first of them."""

    start: int
    end: int
    figures: tuple[Indicator, ...] = ()
    theme: Theme | None = None


def find(reading: Reading, planned: frozenset[str], words: ThemeWords) -> tuple[Promise, ...]:
    """The promises of a report: those of lists of 民生实事 first, then by theme, each in the order of the text.

    `planned` are the ids of the sentences that are plans.
    """
    return _Finder(reading, words, planned, tuple(list_items(reading.outline, planned))).run()


@dataclass(frozen=True)
class _Finder:
    """Makes the promises of one report; `items` are those of its lists of 民生实事, the rest is as for `find`."""

    reading: Reading
    words: ThemeWords
    planned: frozenset[str]
    items: tuple[ListItem, ...]

    @cached_property
    def _item_of(self) -> dict[str, list[tuple[int, int, ListItem]]]:
        """The parts of items by the id of their sentence."""
        found: dict[str, list[tuple[int, int, ListItem]]] = defaultdict(list)
        for item in self.items:
            for sentence, start, end in item.parts:
                found[sentence.id].append((start, end, item))
        return found

    def run(self) -> tuple[Promise, ...]:
        """The promises in their order, numbered."""
        figured = list(self._with_figures())
        made = [*figured, *self._without(figured)]
        order = {theme: k for k, theme in enumerate(self.words.themes)}
        made.sort(key=lambda p: (not p.livelihood, 0 if p.livelihood else order[p.theme], p.start))
        return tuple(promise._replace(number=k) for k, promise in enumerate(made, start=1))

    @cached_property
    def _targets(self) -> dict[str, list[Indicator]]:
        """The targets of the year by the id of their sentence; of those stated twice, one: in a list of 民生实事, else the first."""
        times, year = SpokenTimes(self.reading), self.reading.meta.year
        found: dict[tuple[str, str, str], Indicator] = {}
        for i in self.reading.shown:
            time = times.of(i)
            later = time.span or (year is not None and time.year not in (None, year))
            counted = bool(self.items) and LIVELIHOOD in i.quote  # 办好10件民生实事, each of which is a promise below
            if i.status == "target" and i.sentence in self.planned and not (later or counted or _is_vague(i)):
                key = (i.name, i.signed, i.unit)
                if key not in found or (
                    self._item(i.sentence, i.at) and not self._item(found[key].sentence, found[key].at)
                ):
                    found[key] = i
        by_sentence: dict[str, list[Indicator]] = defaultdict(list)
        for i in sorted(found.values(), key=lambda i: (i.at, i.start, i.id)):
            by_sentence[i.sentence].append(i)
        return by_sentence

    def _with_figures(self) -> Iterator[Promise]:
        for name, targets in self._targets.items():
            sentence = self.reading.sentences[name]
            rest = targets
            for start, end, _ in self._item_of.get(name, ()):
                inside = tuple(i for i in targets if start <= i.at < end)
                if 0 < len(inside) <= MOST and end - start <= LONGEST:
                    yield self._promise(sentence, _Piece(start - sentence.start, end - sentence.start, inside))
                    rest = [i for i in rest if i not in inside]
            for piece in passages(sentence.text, [(i.at - sentence.start, i) for i in rest], self.words):
                yield self._promise(sentence, piece)

    def _without(self, figured: Sequence[Promise]) -> Iterator[Promise]:
        """The items of lists of 民生实事 that state no target, each by its first words; `figured` are those that do."""
        targets = self._targets
        said = {item.name for item in self.items} | {self.reading.text.body[p.start : p.end] for p in figured}
        for item in self.items:
            if any(a <= i.at < b for s, a, b in item.parts for i in targets.get(s.id, ())):
                continue
            sentence, start, end = item.parts[0]
            begin, stop = trimmed(sentence.text, start - sentence.start, end - sentence.start)
            words = sentence.text[begin:stop]
            if words not in said:  # a list behind the report says again, with figures, what the text announces
                said.add(words)
                yield self._promise(sentence, _Piece(begin, stop))

    def _item(self, sentence: str, at: int) -> ListItem | None:
        """The item of a list of 民生实事 that a position is in."""
        return next((item for a, b, item in self._item_of.get(sentence, ()) if a <= at < b), None)

    def _promise(self, sentence: Sentence, piece: _Piece) -> Promise:
        start, end = trimmed(sentence.text, piece.start, piece.end)
        item = self._item(sentence.id, sentence.start + start)
        return Promise(
            0,
            self._measured(piece) or piece.theme or self._theme(sentence, start, end, item),
            sentence.id,
            sentence.section,
            sentence.start + start,
            sentence.start + end,
            tuple(i.id for i in piece.figures),
            item is not None,
        )

    def _measured(self, piece: _Piece) -> Theme | None:
        """The theme of the core measure that the first figure of a passage states, by the measure's name."""
        measures = {measure.id: measure.label for measure in self.reading.found.measures}
        name = measures.get(piece.figures[0].measure or "") if piece.figures else None
        return self.words.theme_of(name) if name else None

    def _theme(self, sentence: Sentence, start: int, end: int, item: ListItem | None) -> Theme:
        """The theme of a passage: by its own words, else by what stands before it, nearest first, else by the headings."""
        own = self.words.theme_of(sentence.text[start:end])
        if own:
            return own
        before = re.split(f"[{ENDS}]", sentence.text[:start])
        above = [item.name] if item else []
        above += [section.title for section in self._above(sentence.section)]
        found = [self.words.theme_of(text, sure=True) for text in (*reversed(before), *above)]
        return next((theme for theme in found if theme), OTHER)

    def _above(self, section: str) -> list[Section]:
        """The section with this id and those above it, from within, without the parts."""
        steps = section.split("/")
        names = ("/".join(steps[:k]) for k in range(len(steps), 1, -1))
        return [self.reading.sections[name] for name in names if name in self.reading.sections]


def _is_vague(indicator: Indicator) -> bool:
    """Whether an indicator is a rank without a number, which counts nothing: 走在前列, 首个, 最大."""
    return indicator.kind == "rank" and not any(rank.place.startswith("第") for rank in indicator.ranks)


def passages(text: str, figures: Sequence[tuple[int, Indicator]], words: ThemeWords) -> list[_Piece]:
    """The passages of a sentence that promise something, each with its figures, in order.

    `figures` are pairs of the position of a number in the text and its target, in order.
    """
    made: list[_Piece] = []
    parts = list(clauses(text))
    for k, (start, end) in enumerate(parts):
        inside = [(at, i) for at, i in figures if start <= at < end]
        if made and made[-1].end == start and _MONEY_FIRST.fullmatch(text, made[-1].start, made[-1].end):
            figures_too = tuple(i for _, i in inside)
            theme = words.theme_of(text[start:end])
            made[-1] = _Piece(made[-1].start, end, (*made[-1].figures, *figures_too)[:MOST], theme)
            continue
        for piece in _split(text, start, end, inside, words):
            last = made[-1] if made else None
            if last and last.end == piece.start and _joins(text, last, piece):
                made[-1] = replace(last, end=piece.end, figures=last.figures + piece.figures)
            elif piece.theme is None or _LEANING.match(text, piece.start):
                begin = _reached_back(text, parts[: k + 1], last.end if last else 0, piece, words)
                made.append(replace(piece, start=begin, theme=words.theme_of(text[begin : piece.end])))
            else:
                made.append(piece)
    return made


def _joins(text: str, last: _Piece, piece: _Piece) -> bool:
    """Whether a passage only tells more of the one right before it: 建设医院1座，总投资20亿元."""
    if (
        text[piece.start - 1 : piece.start] in "；。！？"
        or piece.end - last.start > LONGEST
        or len(last.figures) >= MOST
    ):
        return False
    return piece.theme is None or _LEANING.match(text, piece.start) is not None


def _reached_back(text: str, parts: Sequence[tuple[int, int]], floor: int, piece: _Piece, words: ThemeWords) -> int:
    """Where a passage starts that says too little alone: at the clause before it that says what it is about."""
    start = piece.start
    for begin, _ in reversed(parts):
        if begin > piece.start or begin < floor or piece.end - begin > LONGEST:
            if begin < piece.start:
                break
            continue
        if begin < start and text[start - 1] in "；。！？：;!?:":
            break
        start = begin
        if words.theme_of(text[begin : piece.start]):
            break
    return start


def _split(
    text: str, start: int, end: int, figures: Sequence[tuple[int, Indicator]], words: ThemeWords
) -> Iterator[_Piece]:
    """A clause in the passages of its figures: an enumeration is cut where its parts are about different themes."""
    if not figures:
        return
    borders = [start]
    for (at, i), (nxt, _) in pairwise(figures):
        joints = [m.end() for m in _JOINT.finditer(text, at + len(i.value), nxt)]
        borders.append(joints[0] if joints else borders[-1])
    borders.append(end)
    pieces: list[_Piece] = []
    for k, (_, i) in enumerate(figures):
        a, b = borders[k], next((x for x in borders[k + 1 :] if x > borders[k]), end)
        if pieces and pieces[-1].start == a:
            pieces[-1] = replace(pieces[-1], figures=(*pieces[-1].figures, i))
            continue
        last = pieces[-1] if pieces else None
        theme = words.theme_of(text[a:b], sure=last is not None)
        if last and len(last.figures) < MOST and theme in (None, last.theme):
            pieces[-1] = replace(last, end=b, figures=(*last.figures, i))
        else:
            pieces.append(_Piece(a, b, (i,), theme or words.theme_of(text[a:b])))
    yield from pieces


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of a passage without the number of its item, and without marks and joints at its ends.

    >>> trimmed("（1）新建学校5所、", 0, 10)
    (3, 9)
    """
    start = without_marker(text, start)
    while start < end and text[start] in " \u3000、，；;和及与":
        start += 1
    while start < end and text[end - 1] in " \u3000、，；。：！？;:!?":
        end -= 1
    return start, end
