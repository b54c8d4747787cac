"""Knows how a quantity is composed: a numeral or a range of two, its unit, 百分之 before it, 左右 behind it.

Leaves the spelling of a numeral to `numeral_values`, the unit to `unit_words`, and signs to `signs`.
"""

from __future__ import annotations

import re
from decimal import Decimal

from workreport.analysis.numerals.numeral_values import Numeral, numeral, numeral_at
from workreport.analysis.numerals.unit_words import UnitTable, unit_at
from workreport.model import APPROXIMATION_AFTER, Quantity, UnitName, split_unit

SIGNS = ("-", "–", "—", "负", "+")
"""What may stand as the sign of a number; the minus sign itself (−) is "-" in plain characters."""
_SIGNS = frozenset(SIGNS)
PARTS_OF = re.compile(r"(?:百万|十万|10万|[百千万])分之(?P<sign>负?)")
"""What makes a numeral behind it a percentage or the like: 百分之, 万分之, 百分之负."""
_PARTS_FIRST = frozenset("百千万十1")
_UNIT_OF_PARTS = {"百": "%", "千": "‰", "万": "‱", "十万": "/10万", "10万": "/10万", "百万": "/百万"}
_AFTER = frozenset(word[0] for word in APPROXIMATION_AFTER)
_TO = re.compile(r"[ ]?(?:——?|–|-|~|至|到)[ ]?")
"""What stands between the two ends of a range."""
# the characters that these patterns start with, which are looked at first
_TO_FIRSTS, _RATIO_FIRSTS, _TITHES_FIRSTS = frozenset(" —–-~至到"), frozenset(" :："), frozenset("成倍番")
_RATIO = re.compile(r"[ ]?[:：][ ]?1(?!\d)")
_FRACTION = re.compile(r"/(\d+)(?![\d.]|[万亿])")
_TITHES = re.compile(r"(?P<unit>成)(?P<tenth>[一二三四五六七八九])(?![十百千万亿个年月])|(?P<half>[倍番成])半")
_COINS = re.compile(
    r"(?:(?P<tenths>[\d一二三四五六七八九两])[角毛](?:零)?(?:(?P<hundredths>[\d一二三四五六七八九])分)?|零(?P<last>[一二三四五六七八九])分)(?![星形钟之度])"
)
"""Tenths and hundredths of a 元 behind it: 一百六十二元[五角]."""
_STRONG = re.compile(r"[强弱](?=[，。；、]|$)")
"""What makes tenths a little more or less: 一成强."""
_NO_RANGE = re.compile(r"[\d年月日]")
"""What must not follow the upper end of a range in digits."""


def read(text: str, at: int, units: UnitTable) -> Quantity | None:
    """The quantity whose numeral, or 百分之, starts at a position; None if there is none with a value.

    The text must be that of a `ReadingCopy`; a sign at the position belongs to the number. `units` are all units. 万 and 亿 are part of the unit, and `number`
    does not include them, unless they stand inside the numeral (12亿8千万元). A fraction (三分之一) has the unit "".

    >>> q = read("实现就业3.2万人以上", 4, UnitTable.of({"人": "口"}))
    >>> q.value, q.unit, q.approx, q.number
    ('3.2', '万人', '以上', Decimal('3.2'))
    >>> q = read("百分之三十六点九左右", 0, UnitTable.of({}))
    >>> q.value, q.unit, q.number, q.approx
    ('三十六点九', '%', Decimal('36.9'), '左右')
    """
    signed = at + 1 if text[at : at + 1] in _SIGNS else at
    if text[signed : signed + 1] in _PARTS_FIRST and (parts := PARTS_OF.match(text, signed)):
        found = _of_parts(text, signed, parts)
        if found is not None and found.number is not None and signed > at and text[at] != "+":
            found = found._replace(value=f"-{found.value}", number=-found.number, start=at)
    else:
        first = numeral_at(text, at) if signed == at else _signed(text, at)
        found = _plain(text, at, first, units) if first else None
    if found is None:
        return None
    for word in APPROXIMATION_AFTER if text[found.end : found.end + 1] in _AFTER else ():
        if text.startswith(word, found.end):
            end = found.end + len(word)
            return Quantity(found.value, found.number, found.high, found.unit, word, found.start, end)
    return found


def _signed(text: str, at: int) -> Numeral | None:
    """The numeral at a position, with its sign, which is "-" or "+" in its text; None if there is none."""
    if not text.startswith(SIGNS, at):
        return numeral_at(text, at)
    found = numeral_at(text, at + 1)
    if found is None or found.high is not None:
        return None
    if text[at] == "+":
        return found._replace(text=f"+{found.text}")
    return found._replace(text=f"-{found.text}", number=-found.number)


def _of_parts(text: str, at: int, parts: re.Match[str]) -> Quantity | None:
    """A quantity after 百分之, 千分之 or the like: 百分之五, 百分之五到百分之六, 百分之80, 百分之负二."""
    first = numeral_at(text, parts.end())
    if first is None:
        return None
    unit = UnitName(_UNIT_OF_PARTS[parts[0].partition("分之")[0]])
    low = -first.number if parts["sign"] else first.number
    joint = _TO.match(text, first.end)
    if joint is not None:
        again = PARTS_OF.match(text, joint.end())
        second = numeral_at(text, again.end() if again else joint.end())
        if second is not None and second.number > low and (again is None or again[0] == parts[0]):
            value = f"{first.text}{joint[0].strip()}{second.text}"
            return Quantity(value, low, second.number, unit, None, at, second.end)
    value = parts["sign"] + first.text
    return Quantity(value, low, first.high, unit, None, at, first.end)


def _plain(text: str, at: int, first: Numeral, units: UnitTable) -> Quantity | None:
    """A quantity without 百分之: a ratio, a fraction, tithes (一成五), a range, or a numeral with its unit."""
    end = first.end
    following = text[end : end + 1]
    if following in _RATIO_FIRSTS and (ratio := _RATIO.match(text, end)):
        return Quantity(first.text, first.number, first.high, UnitName(":1"), None, at, ratio.end())
    if following == "分" and text.startswith("分之", end):
        over = numeral_at(text, end + 2)
        number = over.number / first.number if over and first.number else None
        return Quantity(text[at : over.end], number, None, UnitName(""), None, at, over.end) if over else None
    if following in _TITHES_FIRSTS and first.high is None and (tithes := _TITHES.match(text, end)):
        number = first.number + (numeral(tithes["tenth"] or "五") or Decimal(0)) / 10
        return Quantity(f"{number}", number, None, UnitName(tithes["unit"] or tithes["half"]), None, at, tithes.end())
    unit, approx, stop = unit_at(text, end, units)
    if following == "/" and not unit and (below := _FRACTION.match(text, end)):
        number = first.number / int(below[1]) if int(below[1]) else None
        unit, approx, stop = unit_at(text, below.end(), units)
        return Quantity(text[at : below.end()], number, None, unit, approx, at, stop)
    if unit == "元" and (coins := _COINS.match(text, stop)):
        tenths = numeral(coins["tenths"] or "零") or Decimal(0)
        hundredths = numeral(coins["hundredths"] or coins["last"] or "零") or Decimal(0)
        number = first.number + tenths / 10 + hundredths / 100
        return Quantity(f"{number}", number, None, unit, None, at, coins.end())
    if unit in ("成", "倍") and text.startswith("多", stop):
        approx, stop = "多", stop + 1
    elif unit == "成" and (more := _STRONG.match(text, stop)):
        approx, stop = "多" if more[0] == "强" else "近", stop + 1
    if first.high is None and approx is None:
        joint = _TO.match(text, stop) if text[stop : stop + 1] in _TO_FIRSTS else None
        if joint is not None and (found := _range(text, at, first, unit, joint, units)):
            return found
    return Quantity(first.text, first.number, first.high, unit, approx, at, stop)


def _range(
    text: str,
    at: int,
    first: Numeral,
    unit: UnitName,
    joint: re.Match[str],
    units: UnitTable,
) -> Quantity | None:
    """A range: 3至5个, 5%—5.5%, 50亿—60亿元, 8000万至1亿元. None if the two numerals are no ends of one.

    `first` and `unit` are the numeral and the unit before the joint. 从 or 由 before it and 至 behind start a change.
    """
    second = _signed(text, joint.end()) if first.number < 0 else numeral_at(text, joint.end())
    if second is None or second.high is not None or second.end - joint.end() > 24:
        return None
    if text[second.end - 1].isdigit() and _NO_RANGE.match(text, second.end):
        return None
    last, approx, stop = unit_at(text, second.end, units)
    base, power = split_unit(last)
    first_base, first_power = split_unit(unit)
    if unit:
        if (first_base and first_base != base) or not last:
            return None
        if joint[0].strip() in ("至", "到") and text[at - 1 : at] in ("从", "由"):
            return None
        if last.removeprefix(unit) in units.not_before:
            first_power = power  # 280万到300万千瓦: the first end lacks only the unit
    else:
        first_power = power
    low, high = first.number, second.number
    value = f"{first.text}{joint[0].strip()}{second.text}"
    if first_power != power:  # 8000万元至1亿元: both ends in 元
        low, high = (Decimal(f"{end.scaleb(by):f}") for end, by in ((low, first_power), (high, power)))
        of = (unit[: len(unit) - len(first_base)], last[: len(last) - len(base)])
        value, last = f"{first.text}{of[0]}{joint[0].strip()}{second.text}{of[1]}", base
    if low > high and unit and unit != last:
        return None
    return Quantity(value, min(low, high), max(low, high), last, approx, at, stop)
