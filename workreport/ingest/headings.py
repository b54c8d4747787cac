"""Knows how Chinese official texts number their headings (第一章 一、 （一） 1. （1）), and where paragraphs begin and end.

Leaves mending broken headings to `joins` and `line_repairs`, and the tree to `outline`. The order of numbers is that of
GB/T 9704-2012, 7.3.3 (结构层次序数依次用“一、”“（一）”“1.”“（1）”标注).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

DIGITS = "〇零一二三四五六七八九"
"""Chinese digits: two forms of 0, then 1 to 9."""
SIGNS = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
"""（一） to （十） as one character each."""
_PRINTED = str.maketrans(
    {"(": "（", ")": "）"} | {sign: f"（{n}）" for sign, n in zip(SIGNS, "一二三四五六七八九十", strict=True)}
)
NUMERAL = "[〇零一二两三四五六七八九十百]"
"""A regular expression for one character of a Chinese numeral."""

MARKS = re.compile(
    rf"""
    [ \t　]*
    (?:
        (?P<part>第(?P<part_n>{NUMERAL}{{1,4}})(?:部分|篇)[ 　\t、，：:]*)
      | (?P<chapter>第(?P<chapter_n>{NUMERAL}{{1,4}})章[ 　\t、，：:]*)
      | (?P<node>第(?P<node_n>{NUMERAL}{{1,4}})节[ 　\t、，：:]*)
      | (?P<one>(?P<one_n>{NUMERAL}{{1,4}})[ 　]?[、．.](?!{NUMERAL}[、产月季])[ 　]*)  # 一、 but not 一、二、三产业
      | (?P<two>(?:[（(][ 　]*(?P<two_n>{NUMERAL}{{1,4}})[ 　]*[）)]|(?P<sign>[㈠-㈩]))[、]?[ 　]*)  # （一） ㈠
      | (?P<half>(?P<half_n>{NUMERAL}{{1,3}})[）)][ 　]*)                       # 一） that lost its first bracket
      | (?P<ord>第(?P<ord_n>{NUMERAL}{{1,3}})(?:[，：:](?!{NUMERAL}[、产月季])|、(?!第?{NUMERAL}[、产月季]))[ 　]*)  # 第一，
      | (?P<three>(?P<three_n>[0-9０-９]{{1,2}})[ 　]?[.．、](?![0-9０-９])[ 　]*)  # 1.
      | (?P<four>[（(](?P<four_n>[0-9０-９]{{1,2}})[）)][ 　]*)              # （1）
    )
    """,
    re.VERBOSE,
)
"""Matches the number at the start of a heading.

The group named as the HeadingKind holds the number with white space after it, and the group with `_n` added the numeral
alone. The group `half` is a （一） without its first bracket.
"""
_MARK_FIRSTS = frozenset("〇零一二两三四五六七八九十百第（(㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩0123456789０１２３４５６７８９—－ー–-")
"""A line that starts with none of these has no heading number; nearly all lines are told by this."""
_SHORT = 12
"""The characters of a line in which its number is looked for with a dash in place of 一."""
_DASH = re.compile(r"[ \t　]*[（(]?[ 　]?(?P<dash>[—－ー–-])[ 　]?[）)、]")
"""Matches a number 一 that was typed or recognised as a dash: —、 or （—）."""
HeadingKind = Literal["part", "chapter", "node", "one", "two", "ord", "three", "four"]
"""The kinds of heading number: 第一部分 or 第一篇, 第一章, 第一节, 一、, （一）, 第一，, 1. and （1）."""
RANK: dict[HeadingKind, int] = {
    "part": 0, "chapter": 1, "node": 2, "one": 3, "two": 4, "ord": 5, "three": 6, "four": 7,
}  # fmt: skip
"""The rank of each kind: a heading of a smaller rank is higher in the tree."""
LEAD = 8
"""The rank of a heading that is a sentence (产业结构持续优化。, 一是…。): below every kind in RANK."""

GAPS = ("　　", "\t", "　\xa0")
"""White space with one of these is the gap between two paragraphs that were pasted into one line."""
_SPACE = re.compile(r"\s\s*")
"""White space; the set for its first character is searched faster than a repetition."""
_APPENDED = re.compile(
    r"""
    (?<=[。！])
    (?:(?=(?:附件|附录|附表|附页)[一二三四五六七八九十0-9０-９]{0,2}[：:]?\s*$)
      |[ \t　]+(?=(?:[^\s，。；：！？]{0,12}[一二三四五〇零0-9０-９]年|过去五年|[^\s，。；：！？]{0,12}时期)[^\s，。；：！？]{0,12}回顾\s*$))
    """,
    re.VERBOSE,
)
"""Matches the place where a title at the end of a line begins a paragraph of its own: …共同奋斗！附件1, 请予审议。 2024年工作回顾."""
_LAST_CHARACTERS = tuple("顾件录表页：:一二三四五六七八九十0123456789０１２３４５６７８９")
"""The characters that such a title ends with: nearly all other lines need not be searched."""
LONG_LINE = 500
"""Only a line of more characters than this may hold several paragraphs; in others a gap spaces a name (省长　　某某)."""

END = "。！？：；…”’）)】》」』!?:;"
"""The characters that a complete paragraph may end with."""

SALUTATION = re.compile(
    r"[ 　]*(?:(?:各位|尊敬的)[^，。；]{0,16}?(?:代表|委员|同志|朋友)们?|同志们|代表们)(?:、[^，。；]{1,12})*[：:，,！!]?[ 　]*$"
)
"""Matches a line that is nothing but a salutation (各位代表：)."""


@dataclass(frozen=True, slots=True)
class HeadingNumber:
    """The number at the start of a heading: of （三） the `number` is 3.

    `text` is the number as written, with white space after it. `length` counts the characters of the line before the
    title, including white space before the number.
    """

    kind: HeadingKind
    number: int
    text: str
    length: int

    @property
    def printed(self) -> str:
        """The number as it is shown: with full-width brackets, without white space.

        >>> mark_of("(三) 市场活力").printed
        '（三）'
        """
        return re.sub(r"[\s　]", "", self.text).translate(_PRINTED)


def number_of(text: str) -> int:
    """Return the value of a number in digits, or in Chinese numerals up to 999; 0 for any other text.

    >>> number_of("二十三"), number_of("十"), number_of("１２"), number_of("一百零五")
    (23, 10, 12, 105)
    """
    if text.isdecimal():
        return int(text)
    total = digit = 0
    for c in text:
        if c in DIGITS:
            digit = max(DIGITS.index(c) - 1, 0)
        elif c == "两":
            digit = 2
        elif c == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif c == "百":
            total, digit = total + (digit or 1) * 100, 0
        else:
            return 0
    return total + digit


def mark_of(line: str) -> HeadingNumber | None:
    """Return the heading number at the start of a line, or None.

    一） is read as （一） that lost its first bracket, and —、 as 一、. 1.5 is no heading number, since a digit follows the point.

    >>> mark_of("（八）民生优享提质升级。高质量").number
    8
    >>> mark_of("1.5万家企业") is None
    True
    """
    if line.lstrip(" \t　")[:1] not in _MARK_FIRSTS:
        return None
    if typed := _DASH.match(line, 0, _SHORT):
        line = f"{line[: typed.start('dash')]}一{line[typed.end('dash') :]}"
    found = MARKS.match(line)
    if not found:
        return None
    group = found.lastgroup or ""
    kind: HeadingKind = "two" if group == "half" else cast(HeadingKind, group)
    number = SIGNS.index(found["sign"]) + 1 if found["sign"] else number_of(found[f"{group}_n"])
    return HeadingNumber(kind, number, found[group], found.end()) if number else None


def is_salutation(line: str) -> bool:
    """Whether a whole line is a salutation (各位代表：).

    >>> is_salutation("各位代表："), is_salutation("各位代表提出意见。")
    (True, False)
    """
    return bool(SALUTATION.match(line))


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each paragraph, without the white space around it.

    A paragraph is a line that is not blank, or a part of a line that is divided by gaps (see GAPS): of a line longer than
    LONG_LINE by all, of others by those between a full stop and a heading number.

    >>> list(paragraphs("一、回顾\\n  正文。"))
    [(0, 4), (7, 10)]
    """
    at = 0
    for line in text.split("\n"):
        inside = line.strip()  # nearly all lines have no gap there
        cuts = [
            (a, b)
            for a, b in (_gaps(line) if _has_gap(inside) else ())
            if len(line) > LONG_LINE or (line[a - 1 : a] == "。" and mark_of(line[b : b + 12]))
        ]
        if inside.endswith(_LAST_CHARACTERS) and (appended := _APPENDED.search(line)):
            cuts.append((appended.start(), appended.end()))
        if inside and not cuts:
            begin = at + line.index(inside[0])
            yield begin, begin + len(inside)
            at += len(line) + 1
            continue
        start = 0
        for stop, following in [*cuts, (len(line), len(line))]:
            words = line[start:stop]
            bare = words.strip()
            if bare:
                begin = at + start + words.index(bare[0])
                yield begin, begin + len(bare)
            start = following
        at += len(line) + 1


def _has_gap(text: str) -> bool:
    """Whether a text contains a gap; see GAPS."""
    return any(map(text.__contains__, GAPS))


def _gaps(line: str) -> list[tuple[int, int]]:
    """Return (start, end) of each run of white space in a line that is a gap."""
    return [m.span() for m in _SPACE.finditer(line) if _has_gap(m[0])]
