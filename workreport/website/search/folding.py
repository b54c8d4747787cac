"""Knows how a text is folded for the search: width, case, traditional forms, dashes, white space, 公里 and 千米.

The same rules as in `templates/assets/search/10-fold.js`; a test holds both to them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_DROPPED = re.compile(
    "[\0-\2\"'“”‘’「」『』《》〈〉·•・‧\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\u034f\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
"""Quotation marks, dots within names, marks of a variant form, and white space as `\\s` of JavaScript means it."""
_DASH = re.compile("[‐-―－~～]")
_THOUSANDS = re.compile("(?<=[0-9]),(?=[0-9]{3}(?![0-9]))|(?<=[０-９])[，,](?=[０-９]{3}(?![０-９]))")
"""A comma between the thousands of a number."""


def _dropped(character: str) -> bool:
    # Cf: characters that nobody sees, such as soft hyphens and marks of direction.
    return bool(_DROPPED.match(character)) or unicodedata.category(character) == "Cf"


def folder(forms: str) -> Callable[[str], str]:
    """Return the function that folds a text; `forms` are pairs of traditional and simplified characters.

    >>> folder("運运")("大運河 ＧＤＰ １，０００公里"), folder("")("运\\xad河\\u202a")
    ('大运河gdp1000千米', '运河')
    """
    simple = dict(zip(forms[::2], forms[1::2], strict=True))
    table: dict[int, str] = {}

    def one(character: str) -> str:
        made = unicodedata.normalize("NFKC", character).lower()
        return "".join("-" if _DASH.match(c) else simple.get(c, c) for c in made if not _dropped(c))

    def fold(text: str) -> str:
        if "," in text or "，" in text:
            text = _THOUSANDS.sub("", text)
        for character in set(text):
            if ord(character) not in table:
                table[ord(character)] = one(character)
        return text.translate(table).replace("公里", "千米").replace("公斤", "千克")

    return fold
