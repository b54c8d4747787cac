"""Knows what a rank in a clause is before its owner is found: what the rank is, and the text that names what has it.

Leaves reading ranks to `rank_places` and `first_of_kind`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from workreport.analysis.indicators import windows
from workreport.analysis.indicators.grammar import Grammar
from workreport.model import Rank

TRIGGER = re.compile(
    r"第[一二三四五六七八九十\d]|首|前列|前茅|榜首|末位|最|率先|前[一二三四五六七八九十\d]|强(?<=[\d十百千]强)|领[先跑]|唯一|连冠|位(?<=\d位)"
)
"""A sentence without a match has no rank.

Every alternative starts with one known character, so that the search passes over all others fast.
"""
_SPAN = re.compile(
    r"自?(?:19|20)\d\d年(?:以来|起)$|(?:连续|近|累计)(?:\d+|[一二三四五六七八九十两多]+)(?:多)?个?(?:年度?|月|季度|届|次)(?:来)?$"
)
"""A time span between the subject of a rank and its verb or scope: 连续3年."""
_SPAN_BEFORE = re.compile(r"^连续(?:\d+|[一二三四五六七八九十两多]+)个?(?:年|月|季度|届|次)")
EVERY = ("均", "都", "双双", "全部")
"""Words before a rank that say that each of several has it."""
EACH = ("分别", "分列", "分居", "依次")
"""Words before several ranks that say that each of several has one of them."""
_PLACES = tuple("吨床泊学岗席座铺车展")
"""Characters before 位 that make it a noun: 床位."""
_SELVES = re.compile(r"^(?:[居列获](?=[“全国省中])|我[省市区县州盟旗镇乡](?!内)|(?:全[省市区县州])(?=.{3}))(?:的)?")


@dataclass(frozen=True, slots=True)
class Standing:
    """One or more ranks in a clause, with the text that names what has them.

    `subject` is that text; it stands at `subject_start`. `every` says that each of several has the rank (均), `each` that each
    of several has one of the ranks (分别). `topic` is what a list of the best compares (全国县域经济百强: 县域经济).
    """

    ranks: tuple[Rank, ...]
    subject: str
    subject_start: int
    start: int
    end: int
    every: bool = False
    each: bool = False
    topic: str = ""


def verb_at_end(text: str, grammar: Grammar, end: int | None = None) -> int:
    """The length of the verb of a rank that text[:end] ends with, 0 without one; 位 of a noun (总吨位, 床位) is no part of it."""
    stop = len(text) if end is None else end
    size = grammar.rank_verb.at_end(text, stop)
    noun = size > 1 and text[stop - size] == "位" and text[stop - size - 1 : stop - size] in _PLACES
    return size - 1 if noun else size


def bare(subject: str, grammar: Grammar) -> tuple[str, str]:
    """A subject without the adverbs and time spans at its end, and those words: 产量连续3年均 → 产量, 连续3年均."""
    rest = subject.rstrip(" ，、")
    for _ in range(6):
        match = _SPAN.search(rest, max(len(rest) - windows.STREAK, 0))
        size = len(match[0]) if match else grammar.rank_adverb.at_end(rest)
        if rest[-1:] == "均" and rest[-2:-1] in tuple("平年人户月日"):
            size = 0
        if not size:
            break
        rest = rest[: len(rest) - size].rstrip(" ，、")
    return rest, subject[len(rest) :]


def own_name(subject: str, grammar: Grammar) -> str:
    """A subject without what does not belong to the name of a rank at its start: 推动, 确保, 我市, 其中."""
    name = _SPAN_BEFORE.sub("", subject.lstrip(" ，、"))
    for _ in range(4):
        size = grammar.rank_lead.at_start(name)
        if not size and (match := _SELVES.match(name)):
            size = match.end()
        if not size:
            break
        name = name[size:].lstrip(" ，、")
    return name
