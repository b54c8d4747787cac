"""Knows how Chinese official texts number their headings (一、 （一） 1. (1) 第一部分), and where paragraphs begin and end.

Leaves broken headings to `repair` and the tree to `outline`. The rule is GB/T 9704-2012, 7.3.3
(结构层次序数依次用“一、”“（一）”“1.”“（1）”标注).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

DIGITS = "〇零一二三四五六七八九"
NUMERAL = "[〇零一二两三四五六七八九十百]"

MARKS = re.compile(
    rf"""
    [ \t　]*
    (?:
        (?P<part>第(?P<part_n>{NUMERAL}+)(?:部分|章)[ 　、，：:]*)
      | (?P<one>(?P<one_n>{NUMERAL}{{1,4}})[、．.][ 　]*)             # 一、
      | (?P<two>[（(][ 　]*(?P<two_n>{NUMERAL}{{1,4}})[ 　]*[）)][、]?[ 　]*)  # （一）
      | (?P<half>(?P<half_n>{NUMERAL}{{1,3}})[）)][ 　]*)                       # 一） that lost its first bracket
      | (?P<ord>第(?P<ord_n>{NUMERAL}{{1,3}})[，、：:][ 　]*)                     # 第一，
      | (?P<three>(?P<three_n>[0-9０-９]{{1,2}})[.．、](?![0-9０-９])[ 　]*)   # 1.
      | (?P<four>[（(](?P<four_n>[0-9０-９]{{1,2}})[）)][ 　]*)              # （1）
    )
    """,
    re.VERBOSE,
)
HeadingKind = Literal["part", "one", "two", "ord", "three", "four"]
RANK: dict[HeadingKind, int] = {"part": 0, "one": 1, "two": 2, "ord": 3, "three": 4, "four": 5}
LEAD = 6
"""The rank of a heading that is a sentence without a number: below every numbered one."""

GAP = re.compile(r"[^\S\n]*(?:　{2}|\t|　\xa0)[^\S\n]*")
"""Separates two paragraphs that were pasted into one line: an indent of two full-width spaces, or a tab."""
LONG_LINE = 500
"""Characters from which a line may hold several paragraphs; in a shorter one a gap only spaces a name (省长　　某某)."""

END = "。！？：；…”’）)】》」』!?:;"
"""The characters that a complete paragraph ends with."""

SALUTATION = re.compile(
    r"[ 　]*(?:(?:各位|尊敬的)[^，。；]{0,16}?(?:代表|委员|同志|朋友)们?|同志们|代表们)(?:、[^，。；]{1,12})*[：:，,！!]?[ 　]*$"
)


@dataclass(frozen=True, slots=True)
class HeadingNumber:
    """The number at the start of a heading: `kind` is a key of RANK, `number` counts from 1, `text` is as written."""

    kind: HeadingKind
    number: int
    text: str
    length: int

    @property
    def printed(self) -> str:
        """The number as it is shown: with full-width brackets, without spaces.

        >>> mark_of("(三) 市场活力").printed
        '（三）'
        """
        return re.sub(r"[\s　]", "", self.text).replace("(", "（").replace(")", "）")


def number_of(text: str) -> int:
    """The value of a number in Chinese numerals or digits; 0 where the text is none.

    >>> number_of("二十三"), number_of("十"), number_of("１２"), number_of("一百零五")
    (23, 10, 12, 105)
    """
    if text and all(c.isdecimal() for c in text):
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
    """The heading number at the start of a line, or None.

    >>> mark_of("（八）民生优享提质升级。高质量").number
    8
    >>> mark_of("1.5万家企业") is None
    True
    """
    found = MARKS.match(line)
    if not found:
        return None
    kind = next((k for k in RANK if found[k] is not None), None)
    group = kind or "half"
    number = number_of(found[f"{group}_n"])
    return HeadingNumber(kind or "two", number, found[group], found.end()) if number else None


def is_salutation(line: str) -> bool:
    """Whether a line is a salutation (各位代表：), which is neither a heading nor a sentence of the report.

    >>> is_salutation("各位代表："), is_salutation("各位代表提出意见。")
    (True, False)
    """
    return bool(SALUTATION.match(line))


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each paragraph without the white space around it: a line, or a part of a very long line.

    >>> list(paragraphs("一、回顾\\n  正文。"))
    [(0, 4), (7, 10)]
    """
    at = 0
    for line in text.split("\n"):
        cuts = [(m.start(), m.end()) for m in GAP.finditer(line)] if len(line) > LONG_LINE else []
        start = 0
        for stop, following in [*cuts, (len(line), len(line))]:
            words = line[start:stop]
            bare = words.strip()
            if bare:
                begin = at + start + words.index(bare[0])
                yield begin, begin + len(bare)
            start = following
        at += len(line) + 1
