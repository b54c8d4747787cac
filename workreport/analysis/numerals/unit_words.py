"""Knows how the unit behind a number is written: with 万 or 亿 before it, 余 or 多 inside, /年 behind.

Leaves which words are units to the vocabulary, and the number to `numeral_values`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from workreport.analysis.numerals.numeral_values import LESSER
from workreport.model import UnitName

LARGE = ("万亿", "千亿", "百亿", "千万", "百万", "亿", "万", "千", "百")
"""The powers that a unit may start with."""
_TWO_POWERS = frozenset(power for power in LARGE if len(power) > 1)
_POWER = frozenset("百千万亿")
_MORE = frozenset("多余来几")
# a power counted by 个: 两个亿, 1.8个亿, 3个多亿; no count of things: 3个亿元项目, 4个亿吨港口
_COUNTED_POWER = re.compile(
    r"个(?P<more>[多余来])?(?P<large>[百千万]?亿)"
    r"(?=$|[^\u4e00-\u9fff ]|左右|以[上内]?(?:[，。；、]|$)|[用投]于|的(?:资金|投资|贷款|补助)|资金|投资|贷款)"
)
_EACH = "年|日|天|月|小时|秒|人|户|吨|公里|亩|平方米|立方米|平方公里|台|辆|套|件|次|公斤|千克|升|万元|人次|千瓦时|度|公顷|立方|方|斤|床|箱|车次|标准箱"
_PER_UNIT = re.compile(rf"(?:[/／·](?:10万|[十百]?万|[千百])?(?:{_EACH})|每(?:立方米|平方米|千瓦时|吨|升)){{1,2}}")
_PER_PEOPLE = re.compile(r"/(?:10万|十万|百万|万|千|1000|10000|100000)(?![\d元])")
_OTHER_UNIT = re.compile(r"[（(]([^（()）\d]{1,5})[)）]")
"""An alternative unit in brackets: 套（间）, 条（个）."""
_EXTENDS = frozenset("（(/每·")
"""The first characters of what extends a unit."""


class UnitTable(NamedTuple):
    """All units, made by `of`: `not_before` has the characters before which each is no unit (人 before 口).

    `lengths` are those of the units that start with each character, the longest first. Only a unit of one character can
    have characters that must not follow it.
    """

    not_before: Mapping[UnitName, str]
    lengths: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, not_before: Mapping[UnitName, str]) -> UnitTable:
        """Make the table of these units.

        >>> UnitTable.of({"人": "口", "人次": ""}).lengths
        {'人': (2, 1)}
        """
        lengths: dict[str, set[int]] = {}
        for unit in not_before:
            lengths.setdefault(unit[0], set()).add(len(unit))
        return cls(not_before, {first: tuple(sorted(of, reverse=True)) for first, of in lengths.items()})


def unit_at(text: str, at: int, units: UnitTable) -> tuple[UnitName, str | None, int]:
    """The unit at a position, as (unit with its 万 or 亿, approximator inside it or None, end).

    Without any unit, 万 or approximator it is ("", None, `at`).

    >>> units = UnitTable.of({"名": "校", "人": "口"})
    >>> unit_at("16万余名志愿者", 2, units), unit_at("14亿多人口", 2, units), unit_at("9.2/10万", 3, units)
    (('万名', '余', 5), ('亿', '多', 4), ('/10万', None, 7))
    """
    approx = None
    end = at
    first = text[at : at + 1]
    if first == "个" and (counted := _COUNTED_POWER.match(text, end)):
        return UnitName(counted["large"]), counted["more"], counted.end()
    if first == "/" and (people := _PER_PEOPLE.match(text, end)):
        return UnitName(people[0]), None, people.end()
    if first == " ":
        end += 1
        first = text[end : end + 1]
    if first in _MORE:
        approx, end = first, end + 1
        first = text[end : end + 1]
    large = ""
    if first in _POWER and not text.startswith(LESSER, end):
        large = text[end : end + 2] if text[end : end + 2] in _TWO_POWERS else first
        end += len(large)
        if text[end : end + 1] in _MORE:
            approx, end = text[end], end + 1
            if large in ("百", "千") and text[end : end + 1] in ("万", "亿"):  # 3千余万元
                large, end = large + text[end], end + 1
    if text[end : end + 1] == " " and _word_at(text, end + 1, units):
        end += 1
    if word := _word_at(text, end, units):
        end += len(word)
        if text[end : end + 1] in _EXTENDS and (more := _compound(text, end, units)):
            return UnitName(large + word + more), approx, end + len(more)
        return UnitName(large + word), approx, end
    if not large and approx is None:
        return UnitName(""), None, at
    return UnitName(large), approx, end


def _word_at(text: str, at: int, units: UnitTable) -> str:
    """The longest unit at a position; "" if there is none."""
    for length in units.lengths.get(text[at : at + 1], ()):
        word = text[at : at + length]
        if word not in units.not_before or len(word) < length:
            continue
        following = text[at + length : at + length + 1]
        if word[-1].isascii() and word[-1].isalpha() and following.isascii() and following.isalnum():
            continue  # P in PPT is no unit
        if length > 1 or not following or following not in units.not_before[UnitName(word)]:
            return word
    return ""


def _compound(text: str, at: int, units: UnitTable) -> str:
    """What extends the unit that ends at `at`, before a character of _EXTENDS: （间） in 套（间）, /年 in 吨/年; "" if nothing does."""
    following = text[at]
    if following in "（(" and (other := _OTHER_UNIT.match(text, at)):
        return other[0] if all(unit in units.not_before for unit in other[1].split("、")) else ""
    if following in "/每·" and (per := _PER_UNIT.match(text, at) or _PER_PEOPLE.match(text, at)):
        return per[0]
    return ""
