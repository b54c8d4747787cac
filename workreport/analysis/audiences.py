"""Knows which sentences of a report are for one kind of readers (与我有关): at most eight for each, unaltered.

A sentence is for them if a good part of it speaks of them, by the words of `theme_words`. Those with a figure in that part are
chosen first; others only fill up to five: first sentences with a figure of theirs among others (an item of a list), then those
without one; last sentences of other things too in which one clause tells what was or will be done for them. So a kind of readers may have fewer, or none. What was done and what is planned both have their place, as far as
the report has both.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workreport.analysis.sentence_clauses import clauses
from workreport.analysis.theme_words import AudienceRow, ThemeWords
from workreport.model import Audience, Indicator, Reading, Sentence

MOST, ENOUGH = 8, 5
"""The most sentences for one kind of readers, and how many of them may be without a figure."""
SHORTEST, SLOGAN, LONGEST = 11, 20, 220
"""The fewest and most characters of a sentence: a shorter one without a figure is a slogan, a longer one is about too much.

Up to SLOGAN characters, one without a figure needs a verb of something that one can see done: 加强养老工作 and 扩大就业 say nothing.
"""
CLAUSE, SHORTER = 10, 120
"""The fewest characters of a clause, and the most of its sentence, that stands for the readers among clauses on other things."""
_CONCRETE = re.compile(
    "新建|改建|扩建|建成|开工|启用|投用|开通|开设|设立|增设|新增|增加|取消|免费|免除|免征|免收|减免|发放|提高(?![^，；。]*(?:水平|质量))|降低|补贴|资助|改造|延长|扩大(?!与?促进就业|(?:社会)?就业)|全覆盖|解决|建立|统一|试行|推行|普及|完成|治理|获得?"
)
"""A verb of something that one can see done."""
_SAMPLES = re.compile("等(?![级候待于额])|(?:事业|工作)")
"""What follows an enumeration of things of many kinds: 要素市场化、农业农村、零基预算等改革, 妇女、儿童、老年人事业."""
_LATER_YEARS = re.compile(
    "(?:今后|未来)五年|五年规划|规划纲要|“?(?:十[一二三四五六七八九]?五|九五|八五)”?(?:时期|期间|规划|计划)"
)
"""A heading above what is planned for several years."""
_THIS_YEAR = re.compile(
    r"今年|本年|当年|全年|开局|开好|起好|起步|第一年|(?:19|20)\d\d年|[一二][〇○零九][〇○零一二三四五六七八九]{2}年"
)
"""A heading above what is planned for the year of the report, alone or too: “十五五”时期目标和2026年工作安排."""
ITEMS = 5
"""A clause that enumerates more things than this speaks of the readers only if two of them do: 外事、侨务、老龄、残疾人等工作."""
_LACKING = re.compile(
    "有待|不够|还不|形势严峻|尚有|亟待|亟需|差距|基础薄弱|(?:仍然|还|比较|较为?)薄弱|出现[^，。；]{0,6}滑坡|负担[^，。；]{0,4}过重|(?:矛盾|问题)[^，。；]{0,4}突出|不快|偏低|不足(?![\\d一二三四五六七八九十]|的)"
)
"""Words of what is not yet well, which is neither done nor planned: 营商环境有待进一步改善."""
_COVERED = re.compile("实现[^，。；]{0,8}覆盖")
"""Words that tell as much as a figure: 长护险实现全人群覆盖."""
_SAID_BY_OTHERS = re.compile("(?:指出|教导|号召|强调|要求)[^，。；]{0,6}[：:，]?“")
"""Words before what others said, which is neither done nor planned."""
_EXPLAINS = re.compile("[“《]?[^，。；：]{1,30}[：:]\\s*(?:是?指|即)")
"""The beginning of a sentence that explains a word, outside a glossary too: “幸福食堂”：指为老年人供餐的食堂."""
_OF_BEFORE = re.compile("(?:这|上述|对此|为此|以上)(?!次|里|届)")
"""The beginning of a sentence that says nothing without the one before it: 这是发展农村经济的重要保证."""
PART, LARGER_PART = Decimal("0.5"), Decimal("0.6")
"""The least part of a sentence that speaks of the readers; the larger for one without a figure."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence that speaks of the readers: `part` of it does, from 0 to 1, and `figured`: there is a figure in that part.

    `beside`: most of it speaks of other things.
    """

    sentence: Sentence
    part: Decimal
    figured: bool
    planned: bool
    beside: bool


def find(
    reading: Reading,
    planned: Collection[str],
    reviewed: Collection[str],
    explained: Collection[str],
    words: ThemeWords,
) -> tuple[Audience, ...]:
    """The kinds of readers for whom a report has sentences, in the order of the vocabulary.

    `planned` are the ids of the sentences that are plans, `reviewed` of those below a heading of what was done, `explained`
    those of a glossary, which are left out.
    """
    figures = defaultdict[str, list[Indicator]](list)
    for indicator in reading.shown:
        figures[indicator.sentence].append(indicator)
    texts = [
        s
        for s in _texts(reading)
        if s.id not in explained
        and len(s.text) <= LONGEST
        and not _EXPLAINS.match(s.text)
        and words.speaks_of_readers(s.text)
        and not (s.id in planned and _of_later_years(s, reading))
    ]
    found = []
    for row in words.audiences:
        chosen = _chosen([c for s in texts if (c := _candidate(s, row, figures, s.id in planned))])
        if chosen:
            names = tuple(c.sentence.id for c in chosen)
            plans = frozenset(c.sentence.id for c in chosen if c.planned)
            found.append(Audience(row.id, row.label, names, plans, frozenset(names) & frozenset(reviewed)))
    return tuple(found)


def _texts(reading: Reading) -> Iterator[Sentence]:
    """The sentences of the text, of its opening too, without headings and passages repeated by mistake; of equal ones the first."""
    seen: set[str] = set()
    for paragraph in (*reading.outline.front, *(p for s in reading.outline.walk() for p in s.paragraphs)):
        for sentence in paragraph.sentences if paragraph.role == "text" else ():
            if not sentence.in_copy and sentence.text not in seen:
                seen.add(sentence.text)
                yield sentence


def _candidate(
    sentence: Sentence, row: AudienceRow, figures: Mapping[str, Sequence[Indicator]], planned: bool
) -> _Candidate | None:
    """A sentence with the part of it that speaks of the readers; None if that is too small."""
    if not row.words_in(sentence.text) or _LACKING.search(sentence.text):
        return None
    parts = list(clauses(sentence.text))
    about = [(a, b) for a, b in parts if _speaks(sentence.text[a:b], row)]
    spoken = Decimal(sum(b - a for a, b in about)) / len(sentence.text)
    part = min(spoken, Decimal(len(about)) / len(parts) + Decimal("0.1"))
    own = [i for i in figures.get(sentence.id, ()) if any(a <= i.at - sentence.start < b for a, b in about)]
    figured = any(i.kind != "rank" for i in own) or any(_COVERED.search(sentence.text, a, b) for a, b in about)
    if not figured and (part < LARGER_PART or not _says_something(sentence.text)):
        if not _is_done_for_them(sentence, about):
            return None
        part = min(part, PART - Decimal("0.1"))
    return _Candidate(sentence, part, figured, planned, part < PART)


def _is_done_for_them(sentence: Sentence, about: Iterable[tuple[int, int]]) -> bool:
    """Whether one of the clauses `about` the readers tells something that one can see done: 建立起统一的职工养老保险制度."""
    if len(sentence.text) > SHORTER or _SAID_BY_OTHERS.search(sentence.text):
        return False
    return any(b - a > CLAUSE and _CONCRETE.search(sentence.text, a, b) for a, b in about)


def _of_later_years(sentence: Sentence, reading: Reading) -> bool:
    """Whether a sentence of a plan stands below a heading on several years, by the nearest heading that tells."""
    for section in reading.upward(sentence.section):
        if _THIS_YEAR.search(section.title):
            return False
        if _LATER_YEARS.search(section.title):
            return True
    return False


def _says_something(text: str) -> bool:
    """Whether a sentence without a figure is more than a slogan."""
    if _SAID_BY_OTHERS.search(text) or _OF_BEFORE.match(text):
        return False
    return len(text) > SLOGAN or (len(text) >= SHORTEST and _CONCRETE.search(text) is not None)


def _speaks(clause: str, row: AudienceRow) -> bool:
    """Whether a clause speaks of the readers.

    Where it enumerates things (毕业生、农民工、退役军人等群体就业), what the enumeration ends with is theirs, or half of the things.
    """
    found = row.words_in(clause)
    if found and (end := _SAMPLES.search(clause)):
        things = clause[: end.start()].split("、")
        theirs = sum(bool(row.words_in(thing)) for thing in things)
        if len(things) > 2 and 2 * theirs < len(things) and not row.words_in(clause[end.end() :]):
            return False
    return len(found) > 1 or (bool(found) and clause.count("、") < ITEMS)


def _chosen(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """At most MOST candidates, in the order of the page: with figures first, those that speak of other things too behind them.

    Within each of these stand plans first, then the order of the text.
    """
    own = _best([c for c in candidates if c.figured and not c.beside], MOST)
    items = _best([c for c in candidates if c.figured and c.beside], max(ENOUGH - len(own), 0))
    others = _best([c for c in candidates if not c.figured and not c.beside], max(ENOUGH - len(own) - len(items), 0))
    filling = [c for c in candidates if not c.figured and c.beside]
    last = _best(filling, max(ENOUGH - len(own) - len(items) - len(others), 0))
    return [*own, *items, *others, *last]


def _best(candidates: Sequence[_Candidate], most: int) -> list[_Candidate]:
    """The `most` candidates of which the greatest part speaks of the readers, half of them plans if there are so many."""
    ranked = sorted(candidates, key=lambda c: (-c.part, c.sentence.start))
    plans, results = [c for c in ranked if c.planned], [c for c in ranked if not c.planned]
    half = most - most // 2
    room = max(half, most - len(results))
    taken = plans[:room]
    taken += results[: most - len(taken)]
    return sorted(taken, key=lambda c: (not c.planned, c.sentence.start))
