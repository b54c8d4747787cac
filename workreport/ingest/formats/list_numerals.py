"""Knows how automatic numbers are written (一 １ ① 壹 甲 i A), by the OOXML names of the number formats.

A number that a format cannot write is written in Arabic digits. Leaves which number comes next to `docx_lists` and `html`.
Source: ECMA-376 Part 1, 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

from collections.abc import Callable

_HAN = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def _counting(n: int, digits: str, units: str) -> str:
    """Write 1 to 9999 in Chinese numerals with these digits and units: 一十二, 一百零五; other numbers in Arabic digits."""
    if not 0 < n < 10_000:
        return str(n)
    out, zero = "", False
    for power, unit in zip((1000, 100, 10, 1), units, strict=True):
        digit = n // power % 10
        if digit:
            out += (digits[0] if zero and out else "") + digits[digit] + unit.strip()
        zero = digit == 0
    return out


def han(n: int) -> str:
    """Write 1 to 9999 in ordinary Chinese numerals, with 十 for a leading 一十.

    >>> [han(n) for n in (1, 10, 12, 20, 105, 1010)]
    ['一', '十', '十二', '二十', '一百零五', '一千零一十']
    """
    out = _counting(n, _HAN, "千百十 ")
    return out[1:] if out.startswith("一十") else out


def legal(n: int) -> str:
    """Write 1 to 9999 in the Chinese numerals of cheques.

    >>> legal(21)
    '贰拾壹'
    """
    return _counting(n, _LEGAL, "仟佰拾 ")


def digits(n: int) -> str:
    """Write each decimal digit as a Chinese digit.

    >>> digits(12)
    '一二'
    """
    return "".join("〇一二三四五六七八九"[int(c)] for c in str(n)) if n >= 0 else str(n)


def letters(n: int) -> str:
    """Write 1 to 780 in lower-case Latin letters; after z they are repeated: aa, bb.

    >>> letters(1), letters(28)
    ('a', 'bb')
    """
    return chr(97 + (n - 1) % 26) * ((n - 1) // 26 + 1) if 0 < n <= 780 else str(n)


def roman(n: int) -> str:
    """Write 1 to 3999 in lower-case Roman numerals.

    >>> roman(14)
    'xiv'
    """
    if not 0 < n < 4000:
        return str(n)
    out = ""
    for value, mark in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    ):
        out += mark * (n // value)
        n %= value
    return out


def _from(first: str, last: int) -> Callable[[int], str]:
    """Return a format that writes 1 to `last` as the consecutive Unicode characters that start with `first`."""
    return lambda n: chr(ord(first) + n - 1) if 0 < n <= last else str(n)


def _cycle(signs: str) -> Callable[[int], str]:
    """Return a format that writes 1, 2 … as the characters of `signs`, without starting again after the last."""
    return lambda n: signs[n - 1] if 0 < n <= len(signs) else str(n)


def _wide(n: int) -> str:
    """Write a number in full-width Arabic digits."""
    return "".join(chr(ord(c) - 48 + ord("０")) if c.isdigit() else c for c in str(n))


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "chineseCounting": han,
    "chineseCountingThousand": han,
    "japaneseCounting": han,
    "taiwaneseCounting": han,
    "taiwaneseCountingThousand": han,
    "ideographDigital": digits,
    "japaneseDigitalTenThousand": digits,
    "taiwaneseDigital": digits,
    "koreanDigital2": digits,
    "chineseLegalSimplified": legal,
    "ideographLegalTraditional": legal,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "upperLetter": lambda n: letters(n).upper(),
    "lowerLetter": letters,
    "upperRoman": lambda n: roman(n).upper(),
    "lowerRoman": roman,
    "numberInDash": lambda n: f"- {n} -",
    "none": lambda _: "",
}
"""The number formats that a Chinese text may use, by OOXML name. `docx_lists` writes any other in Arabic digits."""
