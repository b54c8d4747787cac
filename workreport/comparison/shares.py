"""Knows shares, however they are told: 甲占乙比重, 甲在乙中的比重, 乙中甲占比, and backwards, 80%的乙用于甲.

Leaves all other figures to `same_things`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from workreport.comparison.comparison_words import ComparisonWords
from workreport.comparison.figures import HALF_WIDTH, StatedFigure

LEAST = 2
"""The fewest characters of the whole and of the part of a share told backwards."""
_SHARE = re.compile("(?P<own>.{3,}?)(?:(?:占|相当于)(?P<whole>.*)|在(?P<within>.+)中)?比重")
_OWNER = re.compile("(?P<own>.{3,})占.+比重")
_BACKWARDS = re.compile(r"[\d.]+%的(?P<whole>[^，。；：、]+)")
_CLAUSE = re.compile("[，。；：]")


@dataclass(frozen=True, slots=True)
class Share:
    """A share: whose it is, as `named` and without light words, and of what; `whole` is "" where the name does not say it (制造业占比)."""

    named: str
    own: str
    whole: str


def share_of(figure: StatedFigure, words: ComparisonWords) -> Share | None:
    """The share that the name of a figure speaks of; None if it speaks of none."""
    if figure.form not in ("share", "points"):
        return None
    found = _SHARE.fullmatch(figure.subject.words)
    if found is None:
        return None
    whole = (found["whole"] or found["within"] or "").removeprefix("全市").removeprefix("全省")
    return Share(found["own"], words.lightened(found["own"]), words.lightened(whole))


def same_share(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> bool:
    """Whether both are shares of the same thing, in the same whole or in one that only one of them names."""
    ours, theirs = share_of(target, words), share_of(result, words)
    if ours is None or theirs is None or ours.own != theirs.own:
        return False
    return ours.whole == theirs.whole or not ours.whole or not theirs.whole


def owner_of_share(target: StatedFigure) -> str:
    """The amount whose share of something a target states: 研发费用 in 研发费用占营业收入比重; "" if it states no such share."""
    own = _OWNER.fullmatch(target.subject.words)
    return own["own"] if own else ""


def share_of_amount(target: StatedFigure, result: StatedFigure, _: ComparisonWords) -> bool:
    """Whether a target is the share that an amount has of something, and the result that amount: 研发费用占营业收入比重, 研发费用."""
    own = owner_of_share(target)
    return own != "" and result.form == "amount" and own == result.subject.words


def told_backwards(target: StatedFigure, result: StatedFigure, words: ComparisonWords) -> bool:
    """Whether a result is the share of a target with the whole before the part: 新增用地中民间项目比重, 82%的新增用地用于民间项目.

    Several shares of one list have the part behind the last of them: 82%的新增用地、93%的新增用能投向民间项目.
    """
    if target.form != "share" or result.form != "share" or not target.subject.words.endswith("比重"):
        return False
    clause = _CLAUSE.split(result.around.after, maxsplit=1)[0]
    shares = list(_BACKWARDS.finditer(clause.translate(HALF_WIDTH)))
    if not shares or shares[0].start() != 0:
        return False
    turn = next((word for word in words.turns if word in shares[-1]["whole"]), "")
    whole, _, part = shares[-1]["whole"].partition(turn) if turn else ("", "", "")
    part = words.folded(part)
    whole = words.folded(shares[0]["whole"] if len(shares) > 1 else whole)
    if len(part) < LEAST or len(whole) < LEAST:
        return False
    name = words.folded(target.indicator.name)
    unsaid = name.startswith(words.turns)  # 基金规模2400亿元、投向民营项目比重75%: the whole stands before
    return part in name and whole in (words.folded(_CLAUSE.split(target.around.before)[-1]) if unsaid else name)
