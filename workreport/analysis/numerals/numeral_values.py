"""Knows how a number is spelled, and its value: digits, Chinese numerals, both mixed (3万4000), pairs (三四十).

Leaves units, signs and ranges to `amounts`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

NUMERALS = "零〇○一二三四五六七八九十百千万亿两廿卅"
"""The characters of a Chinese numeral."""
_DIGIT_OF = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_TENS_OF = {"廿": 2, "卅": 3}
_POWER_OF = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}

# a number in digits: 2091.5, 1,363.9
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?")
# digits with 万, 亿, 千 or 百 between them: 3万4000, 12亿8千万, 1,086亿5千万, 3千2百; what follows must not make the last digits a date or an age
_MIXED = re.compile(
    r"(?:\d{1,3}(?:,\d{3})+|\d{1,5})(?:[十百千]?[万亿]|[千百])(?=零?\d)(?:零?\d{1,4}(?:[十百千][万亿]?|[万亿])){0,3}(?:零?\d{1,4}(?![\d十百千万亿]))?"
    r"(?![\d.年月日号强岁周])"
)
_SPELLED = re.compile(rf"[{NUMERALS}]+(?:点[零〇○一二三四五六七八九]+)?")
_GROUP = re.compile(r"(?P<zero>零?)(?P<digits>\d+)(?P<small>[十百千]?)(?P<large>[万亿]?)")
_PAIRS = frozenset(f"{a}{b}" for a, b in zip("一二三四五六七八", "二三四五六七八九", strict=True)) | {
    "两三",
    "一两",
    "三五",
}
"""Two digits in succession that say about how many: 三四, 两三."""
_IN_SUCCESSION = re.compile(r"[一二三四五六七八九两]{2,}")
LESSER = ("千瓦", "千米", "千克", "千卡", "千伏", "千赫", "百分", "千分", "百帕", "千帕", "千字")
"""Starts of units whose first character is no numeral."""
_IGNORED = re.compile(r"[ \u3000,]")


class Numeral(NamedTuple):
    """A numeral: its text as written, its value, where it ends, and for a pair (三四万) the higher value, else None."""

    text: str
    number: Decimal
    end: int
    high: Decimal | None = None


def numeral_at(text: str, at: int) -> Numeral | None:
    """The numeral at a position; None if there is none, or if it has no value (百十, 三五万八).

    万 or 亿 at the end of a simple Chinese numeral is left to the unit, as after digits: 三百亿 gives 三百.
    """
    match = _DIGITS.match(text, at)
    if match is not None:
        digits, end = match[0], match.end()
        if text[end : end + 1] in _POWER_OF and (mixed := _MIXED.match(text, at)):
            if more := _more_before_power(text, mixed[0], mixed.end()):
                number = _mixed(mixed[0] + more[-1])
                return None if number is None else Numeral(mixed[0] + more, number, mixed.end() + len(more))
            number = _mixed(mixed[0])
            if number is not None:
                return Numeral(mixed[0], number, mixed.end())
        return Numeral(digits, Decimal(digits.replace(",", "") if "," in digits else digits), end)
    match = _SPELLED.match(text, at)
    if match is None:
        return None
    words = match[0]
    if more := _more_before_power(text, words, match.end()):
        number = numeral(words + more[-1])
        return None if number is None else Numeral(words + more, number, match.end() + len(more))
    if text.startswith(LESSER, match.end() - 1):  # 一百万千瓦
        words = words[:-1]
    words = words[: len(words) - _large_end(words)]
    first, last = _ends(words)
    low = numeral(first)
    high = low if last is first else numeral(last)
    if low is None or high is None:
        return None
    return Numeral(words, low, at + len(words), high if high != low else None)


def _more_before_power(text: str, words: str, end: int) -> str:
    """余 or 多 with the power behind it, where both stand inside a numeral (3亿4千8百[余万]元); "" elsewhere (3千[余万]元)."""
    inside = text[end : end + 1] in ("余", "多") and text[end + 1 : end + 2] == "万" and "亿" in words[:-1]
    return text[end : end + 2] if inside and words[-1] in "千百十" else ""


def numeral(text: str) -> Decimal | None:
    """The value of a number in digits or Chinese numerals; None if the text is no number. Spaces and commas are ignored.

    >>> numeral("2 091.5"), numeral("三十六点九"), numeral("两千零五十亿"), numeral("千"), numeral("廿四")
    (Decimal('2091.5'), Decimal('36.9'), Decimal('205000000000'), Decimal('1000'), Decimal('24'))
    """
    bare = _IGNORED.sub("", text) if _IGNORED.search(text) else text
    if bare[:1].isascii() and bare[:1].isdigit():
        return _decimal(bare)
    whole, point, part = bare.partition("点")
    value = _whole_number(whole)
    if value is None or (point and not part) or any(c not in _DIGIT_OF for c in part):
        return None
    return Decimal(f"{value}" + ("." + "".join(str(_DIGIT_OF[c]) for c in part) if part else ""))


def _decimal(text: str) -> Decimal | None:
    """The value of digits with commas and a point; None if they are no number."""
    try:
        return Decimal(text.replace(",", "") if "," in text else text)
    except ArithmeticError:
        return None


def _whole_number(text: str) -> int | None:
    """The value of a whole number, written digit by digit (二〇二三) or with 十, 百, 千, 万, 亿; None if the text is none."""
    if not text:
        return None
    if len(text) > 1 and all(c in _DIGIT_OF for c in text):
        return int("".join(str(_DIGIT_OF[c]) for c in text)) if len(text) > 2 or text[1] in "零〇○" else None
    total = 0
    section, digit, last, zero = 0, 0, 10**9, False  # `last` is the power before, within a section
    for k, c in enumerate(text):
        power = _POWER_OF.get(c, 0)
        if c in _TENS_OF:
            if digit or last <= 10:
                return None
            section, last = section + _TENS_OF[c] * 10, 10
        elif power >= 10**4:
            raised = _raised(total, section + _ones(digit, last, zero=zero), power)
            if raised is None:
                return None
            total = raised
            section, digit, last, zero = 0, 0, power, False
        elif power:
            if power >= last or (not digit and text[max(k - 2, 0) : k] in ("百", "千", "万", "亿")):
                return None  # 百十, 千百; but 二百十七
            section, digit, last, zero = section + (digit or 1) * power, 0, power, False
        elif c not in _DIGIT_OF or digit:
            return None  # no numeral, or two digits in succession
        else:
            digit, zero = _DIGIT_OF[c], zero or not _DIGIT_OF[c]
    return total + section + _ones(digit, last, zero=zero)


def _ones(digit: int, last: int, *, zero: bool) -> int:
    """The value of a last digit after a power: 五 is 50 in 三百五, 2000 in 一万二, and 5 in 一百零五 or 十五."""
    return digit if zero or last in (10, 10**9) else digit * last // 10


def _raised(total: int, section: int, power: int) -> int | None:
    """What 万 or 亿 makes of the number before it; None if a smaller one stands before: 三万五万."""
    if power == 10**8:
        return (total + section or 1) * power if total < 10**8 else None
    return None if 0 < total < 10**8 else total + (section or 1) * power


def _mixed(text: str) -> Decimal | None:
    """The value of digits with powers between them; None if they do not go down: 3万4000 is 34000, 4万60 none.

    >>> [_mixed(text) for text in ("3万4000", "12亿8千万", "3千2百", "2千3百万", "4万60", "3万5万")]
    [Decimal('34000'), Decimal('1280000000'), Decimal('3200'), Decimal('23000000'), None, None]
    """
    total = section = Decimal(0)
    last_large, last_small = 10**12, 10**5
    groups = list(_GROUP.finditer(text.replace(",", "")))
    if len(groups) < 2:
        return None
    for k, group in enumerate(groups):
        digits, small, large = group["digits"], _POWER_OF.get(group["small"], 1), _POWER_OF.get(group["large"], 0)
        if k and (len(digits) > 1 if small > 1 else not _fills(digits, group["zero"], last_large, last_small)):
            return None
        if small >= last_small or large >= last_large or (k and len(digits) > 4):
            return None
        section += int(digits) * small
        last_small = small
        if large:
            if total and section >= last_large:
                return None
            total, section = total + section * large, Decimal(0)
            last_large, last_small = large, 10**5
    return total + section


def _fills(digits: str, zero: str, large: int, small: int) -> bool:
    """Whether digits without a power of their own may follow: 3万4000, 3千200, 1亿2000[万], but not 3万40 or 3万4."""
    if zero:
        return True
    if small < 10**5:
        return len(digits) == len(str(small)) - 1
    return len(digits) >= (3 if large <= 10**4 else 2)


def _ends(words: str) -> tuple[str, str]:
    """The two numerals of a pair (三四十: 三十 and 四十); twice the same for any other numeral."""
    for run in _IN_SUCCESSION.finditer(words):
        first, second = words[: run.start()], words[run.end() :]
        if (
            run[0] in _PAIRS
            and (first == "" or first[-1] in "十百千万亿零廿卅")
            and second[:1] not in ("零", "〇", "○", "点")
        ):
            return f"{first}{run[0][0]}{second}", f"{first}{run[0][1]}{second}"
    return words, words


def _large_end(words: str) -> int:
    """How many characters at the end of Chinese numerals belong to the unit: 三百亿 → 1, 三百万亿 → 2, 万亿 → 1.

    0 if the numerals do not end with 万 or 亿, or have another one before (六百五十亿二千万).
    """
    if len(words) < 2 or words[-1] not in "万亿":
        return 0
    size = 2 if words.endswith("万亿") and len(words) > 2 else 1
    return size if not any(c in "万亿" for c in words[:-size]) or len(words) == 2 else 0
