"""Knows how word processors write automatic numbers: 一 １ ① (1) 壹 甲 i A, by their OOXML names.

Leaves which number comes next to `docx_lists` and `html`. Source: ECMA-376 Part 1, 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

from collections.abc import Callable

_HAN = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def _counting(n: int, digits: str, units: str) -> str:
    """Chinese numerals up to 9999: 十二, 一百零五; larger ones in figures."""
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
    """Chinese numerals.

    >>> [han(n) for n in (1, 10, 12, 20, 105, 1010)]
    ['一', '十', '十二', '二十', '一百零五', '一千零一十']
    """
    out = _counting(n, _HAN, "千百十 ")
    return out[1:] if out.startswith("一十") else out


def legal(n: int) -> str:
    """Chinese numerals as on cheques.

    >>> legal(21)
    '贰拾壹'
    """
    return _counting(n, _LEGAL, "仟佰拾 ")


def digits(n: int) -> str:
    """Each digit as a Chinese numeral.

    >>> digits(12)
    '一二'
    """
    return "".join("〇一二三四五六七八九"[int(c)] for c in str(n)) if n >= 0 else str(n)


def letters(n: int) -> str:
    """Latin letters, doubled after z.

    >>> letters(1), letters(28)
    ('a', 'bb')
    """
    return chr(97 + (n - 1) % 26) * ((n - 1) // 26 + 1) if 0 < n <= 780 else str(n)


def roman(n: int) -> str:
    """Roman numerals, lower case.

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
    """Numbers 1 to `last` as consecutive characters of Unicode that start with `first`; others in figures."""
    return lambda n: chr(ord(first) + n - 1) if 0 < n <= last else str(n)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda n: signs[n - 1] if 0 < n <= len(signs) else str(n)


def _wide(n: int) -> str:
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
"""The number formats that a Chinese text may use. Any other is written in figures, and a remark says so."""
