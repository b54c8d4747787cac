"""Knows how a rank is expressed: 居全省第一, 增速居全国前列, 全市首个…, 全球最大….

Leaves which figure a rank belongs to to `clauses`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from workreport.analysis.indicators import windows
from workreport.analysis.indicators.grammar import Grammar
from workreport.model import Rank

TRIGGER = re.compile(r"第[一二三四五六七八九十\d]|首|前列|前茅|榜首|末位|最|率先|前[一二三四五六七八九十\d]")
"""A sentence without a match has no rank."""
_STREAK = re.compile(
    r"(?:(?:并且|并|均|都|已|也|继续|双双|再次|稳定|稳|始终)|连续(?:\d+|[一二三四五六七八九十多]+)(?:多)?个?(?:年|月|季度|届|次))+$"
)
"""Adverbs and time spans between the subject of a rank and its verb or scope: 均, 连续3年."""
# the start of a rise in rank, up to its second rank: [从居世界第三十九位跃升到]第二位, 世界排名[由第十位上升到]第五位
_CLIMBED = re.compile(
    r"(?:从|由)(?:居|位居|列)?(?P<scope>[^，。；、第]{0,10})第[一二三四五六七八九十\d]{1,4}[位名]?(?:上升|跃升|提升|前移|升|跃居|前进)(?:到|至|为)?$"
)
_NOUN_END = re.compile(r"[，。；：、！？\n]|$")


@dataclass(frozen=True, slots=True)
class Standing:
    """A rank in a clause.

    `subject` is the text that names what has the rank; `every` says that each of several has it (均).
    """

    rank: Rank
    subject: str
    subject_start: int
    start: int
    end: int
    every: bool


def placed(text: str, start: int, end: int, grammar: Grammar) -> list[Standing]:
    """The ranks in text[start:end] that have a verb or stand directly after their scope: …居全省第一, 总量全国第一."""
    found = []
    begin = start
    for match in grammar.place.finditer(text, start, end):
        if match.end() > end:
            continue
        left = text[begin : match.start()].lstrip(
            "、和"
        )  # the second of two ranks starts with 、: 居全国同类城市第三、全省第一
        start, begin = match.start() - len(left), match.end()
        if climbed := _CLIMBED.search(left):
            scope, verb, subject = climbed["scope"], 1, left[: climbed.start()]
            if not scope and (size := grammar.scope.at_start(subject)):
                scope, subject = subject[:size], subject[size:]
        else:
            named, verb = _scope_before(left, grammar)
            if named is None:
                continue
            scope, subject = named, left[: len(left) - len(named) - verb]
        place = (
            (match["nth"] or match["vague"] or match["top"]).rstrip("位名") if not match["vague"] else match["vague"]
        )
        if not scope and (match["vague"] in ("前列", "前茅") or not verb):
            continue
        bare, every = _bare(subject)
        what = bare if len(bare) <= 8 else None
        found.append(Standing(Rank(scope or None, what, place), bare, start, start + len(bare), match.end(), every))
    return found


def _scope_before(left: str, grammar: Grammar) -> tuple[str | None, int]:
    """The scope directly before a rank, and the length of the verb before the scope (0 without a verb).

    The scope is "" directly after a verb (升至第二). (None, 0) if there is neither a verb nor a scope.
    """
    for size in range(min(16, len(left)) + 1):
        verb = grammar.rank_verb.at_end(left, len(left) - size)
        scope = left[len(left) - size :]
        if verb and not re.search(r"[，。；：、居列]", scope):
            return scope, verb
    size = grammar.scope.at_end(left)
    if size:
        return left[len(left) - size :], 0
    return None, 0


def _bare(subject: str) -> tuple[str, bool]:
    """A subject without adverbs and time spans at its end (均, 连续3年), and whether they say that each has the rank."""
    every = False
    for _ in range(4):
        match = _STREAK.search(subject, max(len(subject) - windows.STREAK, 0))
        if match is None:
            break
        every = every or "均" in match[0] or "都" in match[0] or "双双" in match[0]
        subject = subject[: match.start()]
    return subject.strip(" ，、"), every


def firsts(text: str, start: int, end: int, grammar: Grammar) -> list[Standing]:
    """The ranks in text[start:end] without a verb: 全省首个实景化儿童营养厨房, 全球最大机械艺术装置, 全省率先成立…."""
    found = []
    for match in grammar.first.finditer(text, start, end):
        word = match["first"] or match["most"] or match["lead"]
        until = _NOUN_END.search(text, match.end())
        stop = min(until.start() if until else end, end)
        noun = text[match.end() : stop]
        if match["first"] and noun[:1] in "批届期":
            continue
        if match["most"] and not noun:
            continue
        # a short noun before 、 is only a modifier: 校长、班主任职级制 is one thing
        if stop < end and text[stop] == "、" and len(noun) <= 4 and not match["lead"]:
            until = re.compile(r"[，。；：！？\n]|$").search(text, stop)
            stop = min(until.start() if until else end, end)
            noun = text[match.end() : stop]
        noun = noun.removeprefix("的")
        if len(noun) < (4 if match["lead"] else 2):
            continue
        found.append(Standing(Rank(match["scope"], None, word), noun, match.end(), match.start(), stop, every=False))
    return found
