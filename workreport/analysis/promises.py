"""Knows the promises (承诺) of a report: its targets of the year and the items of its lists of 民生实事, each with its theme.

A promise is a passage of one sentence of the plan, with the target or targets in it: as few clauses as say what is promised. A
short item of a list of 民生实事 is one as a whole, with a figure or without. Leaves which targets are of the year to
`yearly_targets` and the themes to `theme_words`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, pairwise

from workreport.analysis import yearly_targets
from workreport.analysis.livelihood import ListItem, LivelihoodList, lists_of_livelihood, without_marker
from workreport.analysis.sentence_clauses import ENDS, NO_JOINTS, clauses
from workreport.analysis.theme_words import OTHER, ThemeWords
from workreport.model import Indicator, Promise, Reading, Sentence, Theme

_JOINT = re.compile("[、和及与]|以及")
"""What stands between the parts of an enumeration."""
_LEANING = re.compile(
    r"\s*(?:其中|全长|总(?:投资|长|规模|面积|里程|金额)|投资(?=[约近超]?\d)|建筑面积|占地|惠及|受益|覆盖|增长|下降|提高|达到?|较|比|同比|占|突破|超过?|年?产值|规模达|力争(?:达|突破|增长))"
)
"""The start of a clause that only tells more of the clause before it: 总投资20亿元, 惠及3万户."""
_GROWTH = re.compile(
    r"(?:预计)?(?:同比|分别|均|比上年|较上年|可比)*(?:增长|提高|下降)\s*[\d０-９][^，；。：]{0,20}[，；。]?"
)
"""A clause that tells the change of the figure before it, and is one indicator with it: 产值达到20亿元，增长8%."""
_WITHOUT_PREDICATE = re.compile(
    "对(?:(?!开展|进行|实施|给予|实行)[^，；。：])+，|[^，；。：]+[（(][^（）()]{3,}[）)]，"
)
"""A passage that only names things: 对30户大型企业集团，; 全市95%的卫生服务中心（卫生院），."""
_FOLLOWING = re.compile("[^，；。：]{4,30}[，；。]?")
"""The clause with its predicate: 继续给予支持."""
_MONEY_FIRST = re.compile(
    r"\s*(?:[一二三四五六七八九十]是|[（(]\d+[）)]|\d{1,2}[、.．])?\s*(?:计划|拟|再|今年|全年|市财政|财政)*(?:总?投资|投入|安排|筹集|统筹|落实)(?:各类|专项|财政)?(?:资金)?"
    r"[约近超]?[\d.]+[万亿余多]*元(?:以上|左右)?(?:资金)?[，,]?"
)
"""A clause that only says how much money is spent on what the next clause says: 投资1040万元，新建水厂."""
_ANAPHOR = re.compile("其(?![中他余它实次])")
"""A word for something that a clause before names: 力争使其比重提高10个百分点."""
_RESPECTIVELY = "分别"
"""A clause with it goes on with the things of the clause before that has it: 入学率分别达到94%和40%，升学率分别达到70%和40%."""
_VERB = re.compile(
    r"\s*(?:(?:再|计划|力争|确保|全面|全年|年内|加快|继续|分别|各)*(?:新|改|扩|续|修|复|创|兴|筹|组|迁|重)?[建改扩]|新增|增加|完成|实施|开展|推进|推动|建成|打造|培育|引进|引育|招引|发展|开工|启动|优化|改造|整治|治理|提升|提高|提供|设立|创建"
    r"|举办|开通|打通|更新|安装|加装|购置|配备|配置|培训|帮助|帮扶|救助|资助|解决|发放|安排|筹集|投入|投放|投用|竣工|扶持|支持|减少|降低|压减|淘汰|拆除|清理|修复|栽植|种植|造林|绿化|铺设|敷设|盘活|出让|供应|落实|实现|达到|组织|推广|评选|认定|争取|保障|保持|稳定|控制|建立|建设|布局|谋划|签约|落地|转化|吸引|选派|选聘|招聘|招录|扩大|增设|增殖|整合|消除|化解|办好|抓好|搞好|做好|带动|惠及|免费|为)"
)
"""A verb at the start of a part of an enumeration: 、改造老旧小区8个."""
_PREDICATE = re.compile(
    "达到?|提高|提升|增长|增加|增速|下降|降低|降至|突破|超过|控制|不低于|稳定在|保持|新增|完成|实现"
)
"""A verb between the start of a part of an enumeration and its figure: 、入学率达到95%."""
_ADDING = re.compile(r"\s*(?:全年|今年|年内|确保|力争|争取|推动|再|计划)*(?:新增|增加|净增|力争|争取|推进|大力推进)")
"""The start of a clause whose verb tells what the next clause that begins with a number means: 新增大型企业30户，500人以上企业2户."""
_BARE = re.compile(r"\s*(?:以及|[0-9０-９.．]+(?![0-9０-９.．A-Za-z]))")
"""The start of a clause that goes on with the enumeration of the one before it."""
_AT_END = re.compile("[^，；。、]{0,4}?(?:以上|左右|以内)?[，；。：！？]?")
"""What stands behind the last number of an enumeration that ends with it: its unit, 以上."""
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
    return _Finder(reading, words, planned, tuple(lists_of_livelihood(reading.outline, planned))).run()


@dataclass(frozen=True)
class _Finder:
    """Makes the promises of one report; `lists` are its lists of 民生实事, the rest is as for `find`."""

    reading: Reading
    words: ThemeWords
    planned: frozenset[str]
    lists: tuple[LivelihoodList, ...]

    @cached_property
    def items(self) -> tuple[ListItem, ...]:
        """The items of all lists."""
        return tuple(item for listed in self.lists for item in listed.items)

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
        found: dict[tuple[str, str, str], Indicator] = {}
        for i in yearly_targets.targets(self.reading, self.planned, self.lists):
            key = (i.name, i.signed, i.unit)
            if key not in found or (
                self._item(i.sentence, i.at) and not self._item(found[key].sentence, found[key].at)
            ):
                found[key] = i
        by_sentence: dict[str, list[Indicator]] = defaultdict(list)
        for i in sorted(found.values(), key=lambda i: (i.at, i.start, i.id)):
            by_sentence[i.sentence].append(i)
        return by_sentence

    @cached_property
    def _of_others(self) -> frozenset[str]:
        """The ids of targets that are called as a core measure of the place is, and are not the place's: 各园区生产总值."""
        core = {i.name for i in self.reading.shown if i.measure}
        return frozenset(i.id for i in self.reading.shown if not i.measure and i.name in core)

    def _with_figures(self) -> Iterator[Promise]:
        for name, targets in self._targets.items():
            sentence = self.reading.sentences[name]
            rest = targets
            for start, end, _ in self._item_of.get(name, ()):
                inside = tuple(i for i in targets if start <= i.at < end)
                if 0 < len(inside) <= MOST and end - start <= LONGEST:
                    yield self._promise(sentence, _Piece(start - sentence.start, end - sentence.start, inside))
                    rest = [i for i in rest if i not in inside]
            for piece in passages(
                sentence.text, [(i.at - sentence.start, i) for i in rest], self.words, self._of_others
            ):
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
        if own and not self.words.is_general(sentence.text[start:end]):
            return own
        before = re.split(
            f"[{ENDS}]", re.split("[；。！？]", sentence.text[:start])[-1] if own else sentence.text[:start]
        )
        above = [item.name] if item else []
        above += [section.title for section in self.reading.upward(sentence.section)]
        before.reverse()
        near, far = ((self.words.theme_of(text, sure=True) for text in texts) for texts in (before, above))
        hinted = (self.words.theme_of(text) for text in before)
        return next((theme for theme in chain(near, (own,), far, hinted) if theme), OTHER)


def passages(
    text: str, figures: Sequence[tuple[int, Indicator]], words: ThemeWords, of_others: Collection[str] = ()
) -> list[_Piece]:
    """The passages of a sentence that promise something, each with its figures, in order.

    `figures` are pairs of the position of a number in the text and its target, in order; `of_others` the ids of those that the
    clause before says whose they are.
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
        if made and not inside and made[-1].end == start and _goes_on(text, made[-1], end):
            made[-1] = replace(made[-1], end=end)
            continue
        for piece in _split(text, start, end, inside, words):
            last = made[-1] if made else None
            if last and last.end == piece.start and _joins(text, last, piece):
                made[-1] = replace(last, end=piece.end, figures=last.figures + piece.figures)
            elif _needs_more(text, piece, words) and not _leads_on(text, piece):
                begin = _reached_back(text, parts[: k + 1], last.end if last else 0, piece, words)
                said = text[begin : piece.end]
                theme = None if words.is_general(said) else words.theme_of(said)
                made.append(replace(piece, start=begin, theme=theme))
            elif piece.figures[0].id in of_others and piece.start == start and k and text[start - 1] in "，,":
                made.append(replace(piece, start=max(parts[k - 1][0], last.end if last else 0)))
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
    if _RESPECTIVELY in text[piece.start : piece.end] and _RESPECTIVELY in text[last.start : last.end]:
        return True
    if _BARE.match(text, piece.start) and _ADDING.match(text, last.start):
        return True
    return piece.theme is None or _LEANING.match(text, piece.start) is not None


def _goes_on(text: str, last: _Piece, end: int) -> bool:
    """Whether the clause without a figure behind a passage, up to `end`, completes it: its change, or its predicate."""
    if text[last.end - 1] not in "，,":
        return False
    pattern = _FOLLOWING if _WITHOUT_PREDICATE.fullmatch(text, last.start, last.end) else _GROWTH
    return end - last.start <= LONGEST and pattern.fullmatch(text, last.end, end) is not None


def _leads_on(text: str, piece: _Piece) -> bool:
    """Whether a passage only says how much is spent on what the next clause says: 今年投资30亿元，新建公路90公里."""
    return text[piece.end - 1] in "，," and _MONEY_FIRST.fullmatch(text, piece.start, piece.end) is not None


def _needs_more(text: str, piece: _Piece, words: ThemeWords) -> bool:
    """Whether a passage does not say alone what it is about: 惠及4000户, 推进重点项目20个, 使其比重提高10个百分点."""
    said = text[piece.start : piece.end]
    return bool(
        piece.theme is None or _LEANING.match(text, piece.start) or _ANAPHOR.search(said) or words.is_general(said)
    )


def _reached_back(text: str, parts: Sequence[tuple[int, int]], floor: int, piece: _Piece, words: ThemeWords) -> int:
    """Where a passage starts that says too little alone: at the clause before it that says what it is about.

    One that has general words of its own starts there only if the clause before has words of a theme and all is short.
    """
    start, told, general = (
        piece.start,
        False,
        piece.theme is not None and words.is_general(text[piece.start : piece.end]),
    )
    for begin, _ in reversed(parts):
        if begin > piece.start or begin < floor or piece.end - begin > LONGEST:
            if begin < piece.start:
                break
            continue
        if begin < start and text[start - 1] in "；。！？：;!?:":
            break
        start = begin
        told = words.theme_of(text[begin : piece.start], sure=general) is not None
        if told:
            break
    if general and (not told or piece.end - start > LONGEST // 2 or _LEANING.match(text, start)):
        return piece.start
    return start


def _split(
    text: str, start: int, end: int, figures: Sequence[tuple[int, Indicator]], words: ThemeWords
) -> Iterator[_Piece]:
    """A clause in the passages of its figures.

    An enumeration is cut where its parts are about different themes, if the later one has its own verb.
    """
    if not figures:
        return
    borders = [start]
    for (at, i), (nxt, _) in pairwise(figures):
        joints = [
            m.end()
            for m in _JOINT.finditer(text, at + len(i.value), nxt)
            if _VERB.match(text, m.end()) or _PREDICATE.search(text, m.end(), nxt)
        ]
        borders.append(joints[0] if joints else borders[-1])
    borders.append(end)
    pieces: list[_Piece] = []
    for k, (_, i) in enumerate(figures):
        a, b = borders[k], next((x for x in borders[k + 1 :] if x > borders[k]), end)
        if pieces and pieces[-1].start == a:
            pieces[-1] = replace(pieces[-1], figures=(*pieces[-1].figures, i))
            continue
        last = pieces[-1] if pieces else None
        theme = _of_first(text, a, b, figures, words) or words.theme_of(text[a:b], sure=last is not None)
        if last and len(last.figures) < MOST and theme in (None, last.theme):
            pieces[-1] = replace(last, end=b, figures=(*last.figures, i))
        else:
            pieces.append(_Piece(a, b, (i,), theme or words.theme_of(text[a:b])))
    yield from pieces


def _of_first(
    text: str, start: int, end: int, figures: Sequence[tuple[int, Indicator]], words: ThemeWords
) -> Theme | None:
    """The theme of the first thing in an uncut enumeration whose things stand before their numbers: 学位1200个、床位300张."""
    inside = [(at, i) for at, i in figures if start <= at < end]
    if len(inside) < 2 or not _AT_END.fullmatch(text, inside[-1][0] + len(inside[-1][1].value), end):
        return None
    joint = _JOINT.search(text, inside[0][0], end)
    return words.theme_of(text[start : joint.start()], sure=True) if joint else None


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of a passage without the number of its item, and without marks and joints at its ends.

    >>> trimmed("（1）新建学校5所、", 0, 10)
    (3, 9)
    >>> trimmed("，和美乡村覆盖率达90%", 0, 12)
    (1, 12)
    """
    start = without_marker(text, start)
    while start < end and text[start] in " \u3000、，；;和及与" and not text.startswith(NO_JOINTS, start):
        start += 1
    while start < end and text[end - 1] in " \u3000、，；。：！？;:!?":
        end -= 1
    return start, end
