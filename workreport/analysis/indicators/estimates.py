"""Knows which figures of a sentence are the report's own estimates (预计数) of the year that it reviews.

Reports are given before the year's figures are final: 预计全年实现地区生产总值4.2万亿元. Leaves what an expectation makes a target
(预计可达, 预计将) to `status`, which decides first: only a result can be an estimate.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from workreport.analysis.indicators import periods
from workreport.analysis.indicators.grammar import Grammar
from workreport.model import IndicatorKind

_CLAUSE_ENDS = "，。；："
_CLAUSE_END = re.compile(f"[{_CLAUSE_ENDS}]")
_PASSAGE_END = re.compile("[。；](?!其中)")
_NUMBER = re.compile(r"[超近约逾]?\d")
_ORNAMENT = "—*·\u3000 ，"
"""Characters before and behind the time that opens a sentence that say nothing."""


class Reach(NamedTuple):
    """A span of a sentence, text[start:stop], in which every figure that starts there is an estimate."""

    start: int
    stop: int


def estimates(text: str, grammar: Grammar) -> tuple[Reach, ...]:
    """The spans of a sentence whose figures are estimates, in order; none in most sentences.

    A word that opens the sentence (预计, 全年预计) holds for all its clauses; one that opens a later clause up to ；, and beyond it
    for 其中; one behind a subject, or an adverb of the verb before the number, for its own clause only (粮食总产量预计306万吨;
    相继突破5000亿元，预计达到5270亿元). A note behind a figure holds for it (8.5%（预计数）), and with 下同 for what follows too. A
    word that says that something is done (已, 实际完成, 目前) ends the reach.

    >>> from pathlib import Path
    >>> from workreport.analysis.indicators.grammar import grammar_of
    >>> from workreport.analysis.vocabulary import load
    >>> text = "预计全年产值9亿元，增长5%，已建水库3座。"
    >>> [text[a:b] for a, b in estimates(text, grammar_of(load(Path("vocabulary"))))]
    ['预计全年产值9亿元，增长5%，']
    """
    found: list[Reach] = []
    if not any(map(text.__contains__, grammar.estimate_words)):
        return ()
    whole = False
    for match in grammar.estimate.finditer(text):
        whole = whole or (_opens(text, match, grammar) and _is_time(text[: match.start()], grammar))
        start, stop = _reach(text, match, grammar, whole=whole)
        done = grammar.settled.search(text, match.end(), stop)
        found.append(Reach(start, done.start() if done else stop))
    return tuple(found)


def is_estimate(text: str, at: int, kind: IndicatorKind, reaches: Sequence[Reach]) -> bool:
    """Whether the figure of this kind whose number starts at text[at] is an estimate.

    A rank (首批) is one only in the clause of the word: a report says what was reached in the clauses behind it.
    """
    return any(
        start <= at < stop and not (kind == "rank" and _CLAUSE_END.search(text, start, at)) for start, stop in reaches
    )


def _reach(text: str, match: re.Match[str], grammar: Grammar, *, whole: bool) -> Reach:
    """The span in which one word or note makes figures estimates; `whole`: a word has opened the sentence."""
    if match["note"]:  # it stands behind the figure that it is about
        return Reach(_clause_start(text, match.start()), len(text) if match["on"] else match.end())
    ends = _CLAUSE_END
    if _opens(text, match, grammar):
        if whole:
            return Reach(match.start(), len(text))
        ends = _PASSAGE_END
    end = ends.search(text, match.end())
    return Reach(match.start(), end.start() if end else len(text))


def _opens(text: str, match: re.Match[str], grammar: Grammar) -> bool:
    """Whether a word opens its clause, alone or behind a time, and a subject follows: 全年预计地区生产总值."""
    begin = _clause_start(text, match.start())
    if text[max(begin - 1, 0) : begin] == "、" or not _is_time(text[begin : match.start()], grammar):
        return False
    verb = max(words.at_start(text, match.end()) for words in (grammar.reach, grammar.up, grammar.down))
    return not (verb and _NUMBER.match(text, match.end() + verb))


def _clause_start(text: str, at: int) -> int:
    """Where the clause or the item of a list that contains text[at] starts."""
    return max(text.rfind(mark, 0, at) for mark in f"{_CLAUSE_ENDS}、") + 1


def _is_time(words: str, grammar: Grammar) -> bool:
    """Whether words are a time only, or nothing: 全年, 2025年，, “十二五”期末，."""
    bare = words.strip(_ORNAMENT)
    if not bare or grammar.time.at_start(bare) == len(bare) or grammar.date.fullmatch(bare):
        return True
    return [named[0] for named in periods.times(bare)] == [bare]
