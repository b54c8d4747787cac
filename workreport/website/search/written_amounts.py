"""Knows the amounts of a folded text as the search compares them: 10.78亿元 = 107800万元; 百分之五 = 5%.

The same rules as in `templates/assets/search/20-amounts.js`; a test holds both to them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

_DIGIT = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWER = {"万亿": 12, "千亿": 11, "百亿": 10, "亿": 8, "千万": 7, "百万": 6, "十万": 5, "万": 4, "千": 3, "百": 2}
_SECTION = re.compile(
    "(?:([一二两三四五六七八九])?千)?(?:零?([一二两三四五六七八九])?百)?(?:零?([一二三四五六七八九])?十)?(?:[零〇]?([一二两三四五六七八九]))?"
)
_FALL = re.compile(r"(?:下降|减少|降低|回落|缩减|压减|下滑|收窄)了?约?\Z")
TIMES = frozenset("年月日届期")
"""Units of time, which no comparison without a unit means."""
_NAMING = ("月", "日", "级")
_RANGE = re.compile("--?|至|到")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount: `digits` as written, `raw` its number, `value` with 万 and 亿, `base` in the base unit `unit`.

    The numbers are as of `exact`. `bare_unit` is the unit as written without 万 and 亿, `written` with them. `scaled`: it
    is ten thousand or more by its words. `fall`: a percentage by which something fell.
    """

    start: int
    end: int
    digits: str
    raw: str
    value: str
    base: str
    power: int
    unit: str
    bare_unit: str
    written: str
    scaled: bool
    fall: bool


def exact(digits: str, power: int) -> str:
    """Return a number in a form that is equal for equal values; `digits` times ten to the `power`.

    >>> exact("10.80", 0), exact("1080", -2), exact("0.0", 4)
    ('108e-1', '108e-1', '0')
    """
    whole, _, part = digits.partition(".")
    every = (whole + part).lstrip("0")
    short = every.rstrip("0")
    return f"{short}e{power - len(part) + len(every) - len(short)}" if short else "0"


def reader(rows: Iterable[list[object]], fold: Callable[[str], str]) -> Callable[[str], list[Amount]]:
    """Return the function that finds the amounts of a folded text in order; `rows` are those of `unit_rows`.

    >>> [a.base for a in reader([["元"]], str)("10.78亿元，百分之五")]
    ['1078e6', '5e0']
    """
    units: dict[str, str] = {}
    bases: dict[str, tuple[str, int]] = {}
    every: list[list[object]] = [*rows, *([word] for word in list[object](_NAMING))]
    for row in every:
        word, not_before, base, power = [*row, *["", "", "", 0][len(row) :]]
        folded = fold(str(word))
        if folded in units:
            continue
        units[folded] = fold(str(not_before))
        if base:
            bases[folded] = fold(str(base)), int(str(power))
    pattern = _pattern(sorted(units.items(), key=lambda row: -len(row[0])))

    def amounts(text: str) -> list[Amount]:
        found: list[Amount] = []
        match = pattern.search(text)
        while match:
            amount = _amount(text, match, bases)
            if amount:
                found.append(amount)
            match = pattern.search(text, match.end() if amount else match.start() + len(match[1] or "") + len(match[3]))
        return _ranges(text, found, bases)

    return amounts


def _pattern(units: list[tuple[str, str]]) -> re.Pattern[str]:
    def unit(word: str, not_before: str) -> str:
        latin = "(?![a-z])" if re.search("[a-z]$", word) else ""
        return re.escape(word) + (f"(?![{re.escape(not_before)}])" if not_before else "") + latin

    written = "|".join(unit(word, not_before) for word, not_before in units) or "(?!)"
    return re.compile(
        r"(百分之|千分之)?(?:(?<![0-9])(?<![0-9]\.)([0-9]+(?:\.[0-9]+)?)|([零〇一二两三四五六七八九十百千万亿]+)(点[零〇一二三四五六七八九]+)?)"
        r"([多余来])?(万亿|千亿|百亿|亿|千万|百万|十万|万|千(?![米瓦克卡伏赫字分])|百(?![分帕]))?([多余来])?"
        rf"({written})?"
    )


def _amount(text: str, match: re.Match[str], bases: dict[str, tuple[str, int]]) -> Amount | None:
    start = match.start()
    digits = match[2]
    if digits is None:
        before = text[start - 1 : start]
        loose = (
            bool(match[1] or match[4] or match[6] or (match[8] and re.search(".十|十.", match[3]))) or before == "第"
        )
        whole = "" if before and before in "数几上双" else _spelled(match[3], loose=loose)
        if not whole:
            return None
        digits = f"{whole}.{''.join(str(_DIGIT[c]) for c in match[4][1:])}" if match[4] else whole
    unit = {"百分之": "%", "千分之": "‰"}.get(match[1] or "", match[8] or "")
    power = _POWER[match[6]] if match[6] else 0
    basic, more = bases.get(unit, (unit, 0))
    scaled = power >= 4 or (not match[2] and bool(re.search("[万亿]", match[3])))
    fall = unit == "%" and bool(_FALL.search(text[max(start - 6, 0) : start]))
    return Amount(
        start, match.end(), digits, exact(digits, 0), exact(digits, power), exact(digits, power + more), power, basic,
        unit, (match[6] or "") + unit, scaled, fall,
    )  # fmt: skip


def _spelled(word: str, *, loose: bool) -> str:
    """Return Chinese numerals as digits; "" if they are part of a word (一号, 百千万)."""
    if all(c in _DIGIT for c in word):
        return "".join(str(_DIGIT[c]) for c in word) if len(word) >= 4 or loose else ""
    if not loose and (len(word) < 2 or not re.search("[百千万亿]", word)):
        return ""
    value = _numeral(word)
    # JavaScript's largest safe integer.
    return str(value) if value is not None and 0 < value < 2**53 else ""


def _numeral(word: str) -> int | None:
    for mark, size in (("亿", 10**8), ("万", 10**4)):
        at = word.rfind(mark)
        if at >= 0:
            above = _numeral(word[:at]) if at else 1
            below = _numeral(word[at + 1 :]) if at + 1 < len(word) else 0
            return above * size + below if above is not None and below is not None and below < size else None
    found = _SECTION.fullmatch(word)
    if not word or not found:
        return None
    parts = zip(found.groups()[:3], "千百十", (1000, 100, 10), strict=True)
    high = sum((_DIGIT[digit] if digit else int(mark in word)) * size for digit, mark, size in parts)
    return high + (_DIGIT[found[4]] if found[4] else 0)


def _ranges(text: str, found: list[Amount], bases: dict[str, tuple[str, int]]) -> list[Amount]:
    """Give the lower end of a range the unit of the upper one: 100-200亿元."""
    for n in range(len(found) - 2, -1, -1):
        low, high = found[n], found[n + 1]
        if (
            not low.written
            and high.written
            and high.start - low.end <= 2
            and _RANGE.fullmatch(text, low.end, high.start)
        ):
            more = bases.get(high.bare_unit, ("", 0))[1]
            found[n] = replace(
                low, value=exact(low.digits, high.power), base=exact(low.digits, high.power + more), unit=high.unit,
                bare_unit=high.bare_unit, written=high.written, scaled=high.scaled,
            )  # fmt: skip
    return found
