"""Knows the word sets and patterns that reading a sentence needs, compiled once from a Vocabulary.

Leaves the meaning of a match to the modules that use them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from workreport.analysis.indicators.owner_grammar import OwnerGrammar, owner_grammar_of
from workreport.analysis.indicators.rank_grammar import RankGrammar, rank_grammar_of
from workreport.analysis.numerals import UnitTable
from workreport.analysis.vocabulary import TrapRule, Vocabulary
from workreport.model import UnitKind, UnitName


@dataclass(frozen=True, slots=True)
class WordSet:
    """Words to look for at the start or end of a text; the longest one counts.

    `from_first` has for each first character of a word the lengths of the words that start with it, the longest first, and
    `to_last` the same for last characters: most texts have a character that no word has, and are told by one look-up.
    """

    words: frozenset[str]
    from_first: dict[str, tuple[int, ...]]
    to_last: dict[str, tuple[int, ...]]

    @classmethod
    def of(cls, *groups: tuple[str, ...]) -> WordSet:
        """Make one set of the words of all groups."""
        words = frozenset(word for group in groups for word in group)
        return cls(words, _lengths(words, 0), _lengths(words, -1))

    def at_end(self, text: str, end: int | None = None) -> int:
        """The length of the longest word that text[:end] ends with; 0 if there is none."""
        stop = len(text) if end is None else end
        sizes = self.to_last.get(text[stop - 1 : stop])
        if sizes is None:
            return 0
        for size in sizes:
            if size <= stop and text[stop - size : stop] in self.words:
                return size
        return 0

    def at_start(self, text: str, start: int = 0) -> int:
        """The length of the longest word that text[start:] starts with; 0 if there is none."""
        sizes = self.from_first.get(text[start : start + 1])
        if sizes is None:
            return 0
        for size in sizes:
            if (word := text[start : start + size]) in self.words:
                return len(word)
        return 0


def _lengths(words: Iterable[str], at: int) -> dict[str, tuple[int, ...]]:
    """The lengths of the words with each character at the index `at`, the longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[at], set()).add(len(word))
    return {character: tuple(sorted(sizes, reverse=True)) for character, sizes in found.items()}


class BeforeName(NamedTuple):
    """The first characters of what stands before a name: of item numbers, `dates` and remarks; of `all`, also verbs and times."""

    dates: frozenset[str]
    all: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """All word sets and patterns of a vocabulary; made by `grammar_of`."""

    units: UnitTable
    kinds: dict[UnitName, UnitKind]
    reach: WordSet
    up: WordSet
    down: WordSet
    turns: WordSet
    base: WordSet
    adjusted: WordSet
    opens: WordSet
    light: WordSet
    adverb: WordSet
    time: WordSet
    dependent: WordSet
    headed: WordSet
    head: WordSet
    thing: WordSet
    generic: WordSet
    rounds: WordSet
    whole: WordSet
    rank_verb: WordSet
    rank_adverb: WordSet
    rank_lead: WordSet
    scope: WordSet
    pivot: WordSet
    bare_measure: WordSet
    measure_part: WordSet
    side: WordSet
    passes: WordSet
    passed: re.Pattern[str]
    step: re.Pattern[str]
    award: re.Pattern[str]
    predicate: re.Pattern[str]
    preposition: re.Pattern[str]
    stop: re.Pattern[str]
    rank: RankGrammar
    owner: OwnerGrammar
    date: re.Pattern[str]
    tense: re.Pattern[str]
    estimate: re.Pattern[str]
    estimate_words: tuple[str, ...]
    settled: re.Pattern[str]
    plan_title: re.Pattern[str]
    review_title: re.Pattern[str]
    gloss_title: re.Pattern[str]
    tail: dict[str, TrapRule]
    tails: WordSet
    lead: dict[str, TrapRule]
    leads: WordSet
    numeral_words: WordSet
    deeds: WordSet
    before_verbs: WordSet
    things: WordSet
    takes_amount: WordSet
    nothing: WordSet
    led_by: BeforeName

    def unit_kind(self, unit: UnitName) -> UnitKind:
        """The kind of a figure by its unit, with or without 万 or 亿: 万家 → count, 亿元 → level; count if it is unknown."""
        if kind := self.kinds.get(unit):
            return kind
        for at in range(1, len(unit)):
            if unit[at - 1] not in "十百千万亿":
                break
            if kind := self.kinds.get(UnitName(unit[at:])):
                return kind
        plain = UnitName(re.split(r"[/（(每]", unit)[0])  # the first word of a unit: 万吨/年, 套（间）
        return self.unit_kind(plain) if plain != unit else "count"


@lru_cache(maxsize=4)
def grammar_of(words: Vocabulary) -> Grammar:
    """Compile the word sets and patterns of a vocabulary; cached."""
    return Grammar(
        units=UnitTable.of(words.units_not_before),
        kinds=words.unit_kinds,
        reach=WordSet.of(words.of("reach")),
        up=WordSet.of(words.of("up")),
        down=WordSet.of(words.of("down")),
        turns=WordSet.of(words.of("up"), words.of("down")),
        base=WordSet.of(words.of("base")),
        adjusted=WordSet.of(words.of("adjusted")),
        opens=WordSet.of(words.of("open")),
        light=WordSet.of(words.of("light")),
        adverb=WordSet.of(words.of("adverb")),
        time=WordSet.of(words.of("time")),
        dependent=WordSet.of(words.of("dependent")),
        headed=WordSet.of(words.of("headed")),
        head=WordSet.of(words.of("head")),
        thing=WordSet.of(words.of("thing")),
        generic=WordSet.of(words.of("generic")),
        rounds=WordSet.of(words.of("round")),
        whole=WordSet.of(words.of("whole")),
        rank_verb=WordSet.of(words.of("rank-verb")),
        rank_adverb=WordSet.of(words.of("rank-adverb")),
        rank_lead=WordSet.of(words.of("rank-lead")),
        scope=WordSet.of(words.of("scope")),
        pivot=WordSet.of(words.of("pivot")),
        bare_measure=WordSet.of(words.of("bare-measure")),
        measure_part=WordSet.of(words.of("measure-part")),
        side=WordSet.of(words.of("side")),
        passes=WordSet.of(words.of("pass")),
        passed=re.compile(rf"{words.pattern('pass')}|跃居"),
        step=_step(words),
        award=re.compile(words.pattern("award")),
        predicate=re.compile(words.pattern("predicate")),
        preposition=re.compile(words.pattern("preposition")),
        stop=re.compile(words.pattern("stop")),
        rank=rank_grammar_of(words),
        owner=owner_grammar_of(words),
        date=_date(words),
        tense=_tense(words),
        estimate=_estimate(words),
        estimate_words=words.of("estimate"),
        settled=re.compile(f"{words.pattern('held')}|{words.pattern('present')}"),
        plan_title=re.compile(words.pattern("plan-title")),
        review_title=re.compile(words.pattern("review-title")),
        gloss_title=re.compile(words.pattern("gloss-title")),
        tail=words.rules("tail"),
        tails=WordSet.of(words.of("tail")),
        lead=words.rules("lead"),
        leads=WordSet.of(words.of("lead")),
        numeral_words=WordSet.of(words.of("numeral-word")),
        deeds=WordSet.of(words.of("open"), words.of("light"), words.of("adverb")),  # asked for together, as one
        before_verbs=WordSet.of(words.of("open"), words.of("light"), words.of("adverb"), words.of("reach")),
        things=WordSet.of(words.of("thing"), words.of("generic")),
        takes_amount=WordSet.of(words.of("reach"), words.of("up"), words.of("down"), words.of("light")),
        nothing=WordSet.of(*map(words.of, ("time", "scope", "base", "adjusted", "light"))),
        led_by=_led_by(words),
    )


def _led_by(words: Vocabulary) -> BeforeName:
    """The first characters of what stands before a name, besides digits."""
    dates = frozenset("（(“近一二两三四五六七八九十").union(word[0] for word in words.of("date-lead"))
    return BeforeName(dates, dates.union(word[0] for role in ("time", "light", "adverb") for word in words.of(role)))


def _step(words: Vocabulary) -> re.Pattern[str]:
    """The pattern of passing a threshold: 先后迈上, 首次突破. Its adverbs are those behind a name that no figure has."""
    manner = f"(?P<manner>(?:{words.pattern('pass-manner')}|[一两三五十]年)*)"
    return re.compile(rf"{manner}(?P<verb>{words.pattern('pass')}|跃居)")


def _date(words: Vocabulary) -> re.Pattern[str]:
    """The pattern of a time at the start of a name: 截至2025年末, 到5月底, 近三年来, “十四五”期间."""
    lead, year = f"(?:{words.pattern('date-lead')})?", f"(?:{words.pattern('year-tail')})?"
    span, plan = words.pattern("span-tail"), words.pattern("plan-tail")
    return re.compile(
        rf"^(?:{lead}[一二][〇零○一二三四五六七八九]{{3}}年{year}|{lead}[12][\d ]{{3,7}}(?:[—–\-至][\d ]{{2,7}})?(?:年|(?=末|底)){year}|{lead}\d{{1,2}}月底?"
        rf"|近?[一二三四五六七八九十两]{{1,2}}年(?:{span})|“?十[一二三四五]五”?(?:前[一二三四]年|{plan})?)"
    )


def _estimate(words: Vocabulary) -> re.Pattern[str]:
    """The pattern of a word that makes results estimates, or of a note that does: 8.5%（预计数，下同）."""
    word = words.pattern("estimate")
    return re.compile(rf"(?P<note>[（(](?:{word})[数值]?(?P<on>[，,；;]\s*下同)?[）)])|{word}")


def _tense(words: Vocabulary) -> re.Pattern[str]:
    """The pattern of a word that tells a target from a result: its role, or the year or five-year plan that it names."""
    roles = ("aim", "outlook", "done", "present", "held", "turn")
    firsts = "".join(sorted({word[0] for role in roles for word in words.of(role)}))
    named = "|".join(f"(?P<{role}>{words.pattern(role)})" for role in roles)
    return re.compile(
        rf"(?=[12“十一二三四六七八九{firsts}])(?:{named}"
        r"|“?(?P<plan>十[一二三四五六七]?五|[一二三四五六七八九]五)”?(?:规划)?(?:期间|时期|期末|末|以来|这?五年|(?:发展|主要|奋斗|总体)+目标(?=[^，。；：]{0,6}：))"
        r"|(?:(?:19|20)\d\d年?[—–\-至到])?(?P<year>(?:19|20)\d\d)年(?!度|版))"
    )
