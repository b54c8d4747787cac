"""Knows what raised characters in a Word file or on a web page mean: the mark of a note (［5］) or an exponent (10⁴, m²).

Without this 企业⁵12家 would read 512家. Leaves finding raised characters to the reader of each format.
"""

from __future__ import annotations

import re

_MARK = re.compile(r"[\[［〔(（]?\s*(?P<numbers>\d{1,3}(?:\s*[,，、]\s*\d{1,3})*|[①-⑳])\s*[\]］〕)）]?")
"""Matches the marks of notes: 5, [5], 〔5〕, ①, or several: 5,6."""
_POWER = re.compile(r"(?:^|[^\d.])10$|(?:^|[^A-Za-z])(?:[kcmdh]?m|s)$")
"""Matches text before an exponent: a lone 10, or a unit of length or time in letters."""
_EXPONENT = re.compile(r"[-−－]?\d{1,2}")
_RAISED_DIGITS = str.maketrans("0123456789-−－", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁻")


def raised(before: str, words: str) -> str:
    """Return raised characters as they are written in the text; `before` is the text before them.

    Marks of notes get brackets, exponents become raised digits of Unicode. Anything else (a raised ™) stays as it is.

    >>> raised("企业", "5"), raised("企业", "〔5〕"), raised("企业", "5,6"), raised("占地10", "4"), raised("12km", "2")
    ('［5］', '［5］', '［5］［6］', '⁴', '²')
    >>> raised("达210", "4"), raised("GDP", "7"), raised("商标", "TM")
    ('［4］', '［7］', 'TM')
    """
    text = words.strip()
    if _EXPONENT.fullmatch(text) and _POWER.search(before[-4:]):
        return text.translate(_RAISED_DIGITS)
    mark = _MARK.fullmatch(text)
    if mark is None:
        return words
    return "".join(f"［{number}］" for number in re.split(r"\s*[,，、]\s*", mark["numbers"]))
