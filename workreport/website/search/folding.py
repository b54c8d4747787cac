"""Knows how a text is folded for the search: width, case, traditional forms, dashes, white space, 公里 and 千米.

The same rules as in `templates/assets/search/10-fold.js`; a test holds both to them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_DROPPED = re.compile(
    "[\0-\2\"'“”‘’「」『』《》〈〉·•・‧\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\u200b\u2063]"
)
"""Quotation marks, dots within names, invisible characters, and white space as `\\s` of JavaScript means it."""
_DASH = re.compile("[‐-―－~～]")
_THOUSANDS = re.compile("(?<=[0-9]),(?=[0-9]{3}(?![0-9]))|(?<=[０-９])[，,](?=[０-９]{3}(?![０-９]))")
"""A comma between the thousands of a number."""


def folder(forms: str) -> Callable[[str], str]:
    """Return the function that folds a text; `forms` are pairs of traditional and simplified characters.

    >>> folder("運运")("大運河 ＧＤＰ １，０００公里")
    '大运河gdp1000千米'
    """
    simple = dict(zip(forms[::2], forms[1::2], strict=True))
    table: dict[int, str] = {}

    def one(character: str) -> str:
        made = unicodedata.normalize("NFKC", character).lower()
        return "".join("-" if _DASH.match(c) else simple.get(c, c) for c in made if not _DROPPED.match(c))

    def fold(text: str) -> str:
        if "," in text or "，" in text:
            text = _THOUSANDS.sub("", text)
        for character in set(text):
            if ord(character) not in table:
                table[ord(character)] = one(character)
        return text.translate(table).replace("公里", "千米").replace("公斤", "千克")

    return fold
