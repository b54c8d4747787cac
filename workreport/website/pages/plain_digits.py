"""Knows how a figure of any time is shown in the digits that readers expect: 51% for 百分之五十一, 1.9倍, 49250万吨, 1964年.

The sentence beside it keeps the words of the report. Leaves which figures are shown so to `cards` and `front_cards`.
"""

from __future__ import annotations

import re
from decimal import Decimal

from workreport.model import SIGNS

SPACED = re.compile(r"(?<![\d.．])\d(?:[ \u3000]?[.．][ \u3000]?\d|[ \u3000]\d)+(?!\d)(?:[ \u3000](?=[年月日％%]))?")
"""Matches a number whose digits stand apart, as in old files: 1 9 9 8 in 1 9 9 8 年."""
_NUMERAL = re.compile(r"[+−]?[〇零一二三四五六七八九十百千万亿两点]+")
_HALF = {ord(wide): narrow for wide, narrow in zip("０１２３４５６７８９．％＋－", "0123456789.%+-", strict=True)}
_SPACED = re.compile(r"(?<=[\d.])\s+(?=[\d.万亿%])")
_BESIDE = re.compile(r"(?<=[\d％%])[ \u3000]+(?=[\u4e00-\u9fff％%])|(?<=[\u4e00-\u9fff])[ \u3000]+(?=\d)")
_YEAR = re.compile("(?<![〇○零一二三四五六七八九])[一二][〇○零九][〇○零一二三四五六七八九]{2}(?=年)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_LARGE = ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"))


def half_width(text: str) -> str:
    """Return a text with digits, points and per cent signs of full width in half width, and without blanks between digits.

    >>> half_width("５．６％"), half_width("3251亿美元"), half_width("4 9 2 5 0 万吨")
    ('5.6%', '3251亿美元', '49250万吨')
    """
    return _SPACED.sub("", text.translate(_HALF))


def unspaced(text: str) -> str:
    """Return a text whose numbers with blanks between all digits are written together.

    In such a text the blanks between a number and the words beside it go too.

    >>> unspaced("关于1 9 9 8 年3 月5 日的工作"), unspaced("2 3 ．5 ％"), unspaced("2025 2026年"), unspaced("第 3 条")
    ('关于1998年3月5日的工作', '23．5％', '2025 2026年', '第 3 条')
    """
    if not SPACED.search(text):
        return text
    return _BESIDE.sub("", SPACED.sub(lambda found: "".join(found[0].split()), text))


def years_in_digits(text: str) -> str:
    """Return a text with its years in digits.

    >>> years_in_digits("比一九六四年"), years_in_digits("二〇〇〇年"), years_in_digits("二十年")
    ('比1964年', '2000年', '二十年')
    """
    return _YEAR.sub(lambda found: found[0].translate(_DIGITS), text)


def in_digits(value: str, number: Decimal | None) -> tuple[str, str]:
    """Return a value that is written in Chinese numerals in digits, with its sign, and what stands before its unit then.

    `number` is the value as a number. Any other value stays, and so does one without a number.

    >>> in_digits("+一点九", Decimal("1.9")), in_digits("一千一百", Decimal(1100)), in_digits("六百五十亿二千万", Decimal(65020000000))
    (('+1.9', ''), ('1100', ''), ('650.2', '亿'))
    >>> in_digits("4200", Decimal(4200)), in_digits("三至五", Decimal(3))
    (('4200', ''), ('三至五', ''))
    """
    if number is None or not _NUMERAL.fullmatch(value):
        return value, ""
    sign = value[0] if value[0] in SIGNS.values() else ""
    size, power = next(((size, power) for size, power in _LARGE if abs(number) >= size), (Decimal(1), ""))
    return f"{sign}{(abs(number) / size).normalize():f}", power
