"""Knows how dates are written before a report: in digits, in Chinese numerals, with 元月 or 廿九日, with points or hyphens.

A day that does not exist keeps its year. Leaves which of several dates is that of the report to `metadata`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from workreport.ingest.headings import DIGITS, number_of

EARLIEST, LATEST = 1949, 2099
"""The first and last year that a report can be of."""
_ZEROS = "〇○◯零0oOОοΟ"
"""Characters that are written for 〇 in years."""
_YEAR = rf"(?:[12][0-9]{{3}}|[一二][{_ZEROS}一二三四五六七八九]{{3}})"
_PART = "(?:元|正|[0-9]{1,2}|[〇○零一二三四五六七八九十廿卅]{1,3})"
"""A month or a day: 1, 一, 元, 十二, 廿九."""
_DATE = re.compile(
    rf"""
    (?<![0-9])
    (?:
        (?P<year>{_YEAR})年(?:(?P<month>{_PART})月(?:份|(?P<day>{_PART})[日号])?)?
      | (?P<y>{_YEAR})(?P<mark>[./-])(?P<m>[0-9]{{1,2}})(?P=mark)(?P<d>[0-9]{{1,2}})(?![0-9])
    )
    """,
    re.VERBOSE,
)
"""Matches a date without white space: 2024年1月10日, 二〇二四年元月, 2024年, 2024.1.10, 2024-01-10."""
_WRITTEN = str.maketrans({"廿": "二十", "卅": "三十", "元": "一", "正": "一", "○": "〇"})
_WIDE = "０１２３４５６７８９．／－"
_HALF_WIDTH = str.maketrans(_WIDE, "0123456789./-")
_ANY_WIDE = re.compile(f"[{_WIDE}]")
_UNSEEN = re.compile("[\\s\u200b-\u200f\u2060\ufeff\u00ad]")
"""Matches one character of white space or an invisible one; a search for single ones passes over others fast."""


@dataclass(frozen=True, slots=True)
class HeadDate:
    """A date in a text: text[start:end]. `day` is None where only the year or month is stated, or no such day exists."""

    year: int
    day: date | None
    start: int
    end: int


def compact(text: str) -> str:
    """Return a text without white space of any kind and without invisible characters, with digits in half width.

    >>> compact("２０２４ 年1\\u00a0月　10日")
    '2024年1月10日'
    """
    return _UNSEEN.sub("", text.translate(_HALF_WIDTH) if _ANY_WIDE.search(text) else text)


def dates_in(text: str) -> Iterator[HeadDate]:
    """Yield the dates in a compact text, in order.

    >>> [str(d.day or d.year) for d in dates_in("二〇二四年元月廿九日，2024.1.10，2023年2月30日，二○二三年")]
    ['2024-01-29', '2024-01-10', '2023', '2023']
    """
    for found in _DATE.finditer(text):
        year = _year(found["year"] or found["y"])
        if EARLIEST <= year <= LATEST:
            yield HeadDate(
                year, _day(year, found["month"] or found["m"], found["day"] or found["d"]), found.start(), found.end()
            )


def without_dates(text: str, mark: str = "") -> str:
    """Return a compact text with each date replaced by `mark`.

    >>> without_dates("（2024年1月10日在青禾县）")
    '（在青禾县）'
    """
    return _DATE.sub(mark, text)


def _year(text: str) -> int:
    """Return the value of a year in digits or Chinese digits.

    >>> _year("二〇二四"), _year("2024")
    (2024, 2024)
    """
    if text.isdecimal():
        return int(text)
    return int("".join("0" if c in _ZEROS else str(DIGITS.index(c) - 1) for c in text))


def _day(year: int, month: str | None, day: str | None) -> date | None:
    """Return the date; None if the month or day is not stated or does not exist."""
    if not month or not day:
        return None
    try:
        return date(year, _number(month), _number(day))
    except ValueError:
        return None


def _number(text: str) -> int:
    """Return the value of a month or day; 一〇 and 二二 are read digit by digit."""
    written = text.translate(_WRITTEN)
    if len(written) > 1 and all(c in DIGITS for c in written):
        return int("".join(str(max(DIGITS.index(c) - 1, 0)) for c in written))
    return number_of(written)
