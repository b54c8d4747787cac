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
_SHARE = re.compile("(?P<own>.{2,}?)(?:(?:占|相当于)(?P<whole>.*)|在(?P<within>.+)中)?比重")
_OWNER = re.compile("(?P<own>.{3,})占.+比重")
_BACKWARDS = re.compile(r"[\d.]+%(?:以上|左右)?的(?P<whole>[^，。；：、]+)")
_AHEAD = re.compile(r"(?P<whole>[^，。；：、\d]+)的[\d.]+%(?:以上|左右)?(?P<rest>[^，。；：、]+)")
_OF_AMOUNT = ("增加值", "产值")
"""What is left out of a whole where the part has it: 云帆产业增加值占规上工业比重."""
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
    own = words.lightened(found["own"])
    kind = next((word for word in _OF_AMOUNT if own.endswith(word)), "")
    if kind and whole and not whole.endswith((kind, "GDP")):
        whole += kind
    return Share(found["own"], own, words.lightened(whole))


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
    """Whether one is the share of the other with the whole before the part: 新增用地中民间项目比重, 82%的新增用地用于民间项目.

    Several shares of one list have the part behind the last of them: 82%的新增用地、93%的新增用能投向民间项目.
    """
    if target.form != "share" or result.form != "share":
        return False
    return _is_told_in(target, result, words) or _is_told_in(result, target, words)


def _is_told_in(named: StatedFigure, told: StatedFigure, words: ComparisonWords) -> bool:
    """Whether the words of `told` say the share that `named` has a name for."""
    if not named.subject.words.endswith("比重"):
        return False
    found = _whole_and_part(told, words)
    if found is None:
        return False
    whole, part = found
    name = words.folded(named.indicator.name)
    unsaid = name.startswith(words.turns)  # 基金规模2400亿元、投向民营项目比重75%: the whole stands before
    return part in name and whole in (words.folded(_CLAUSE.split(named.around.before)[-1]) if unsaid else name)


def name_of_share(figure: StatedFigure, words: ComparisonWords) -> str:
    """A name that says of what a figure is a share: its own one, or for a share told backwards 新增用地投向民间项目的比重; else ""."""
    if figure.indicator.name.endswith(words.shown_shares):
        return figure.indicator.name
    found = _told_backwards(figure, words)
    return f"{''.join(found)}的比重" if found else ""


def _whole_and_part(told: StatedFigure, words: ComparisonWords) -> tuple[str, str] | None:
    """The whole and the part of a share told backwards, folded, if both have words enough; else None."""
    found = _told_backwards(told, words)
    if found is None:
        return None
    whole, _, part = found
    whole, part = words.folded(whole), words.folded(part)
    return (whole, part) if len(whole) >= LEAST and len(part) >= LEAST else None


def _told_backwards(told: StatedFigure, words: ComparisonWords) -> tuple[str, str, str] | None:
    """Whole, turn and part of 82%的新增用地投向民间项目 and 新增用地的82%投向民间项目, as written; None for any other words."""
    clause = _CLAUSE.split(told.around.after, maxsplit=1)[0].translate(HALF_WIDTH)
    shares = list(_BACKWARDS.finditer(clause))
    if shares and shares[0].start() == 0:
        rest = shares[-1]["whole"]
        first = shares[0]["whole"] if len(shares) > 1 else ""
    elif ahead := _AHEAD.match(clause):
        rest, first = ahead["rest"], ahead["whole"]
    else:
        return None
    turn = next((word for word in words.turns if word in rest), "")
    if not turn:
        return None
    whole, _, part = rest.partition(turn)
    return first or whole, turn, part
