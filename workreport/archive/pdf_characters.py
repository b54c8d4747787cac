"""Knows which characters a PDF can show in the available fonts, replaces the others, and counts them.

Leaves the glyphs of a font to `glyphs`.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import fields, is_dataclass

from workreport.website.pages.escape import one_line

REPLACEMENT = "〓"
"""The character that Chinese printers set in place of a missing one (geta mark)."""
LINE_BREAKS = dict.fromkeys((0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x1F), "\n")
"""Control characters that break a line, such as Word's line break and page break; they become white space."""


def code_point(character: str) -> str:
    """A character's code point in the notation "U+3013"."""
    return f"U+{ord(character):04X}"


def name_of(character: str) -> str:
    """A character's Unicode name, "" for one without."""
    return unicodedata.name(character, "")


class GlyphFilter:
    """Replaces characters that the fonts cannot show, and counts them.

    `shown` are the code points with a glyph. `replaced` counts the characters replaced by 〓, `dropped` the invisible
    characters left out, both since the filter was made.
    """

    def __init__(self, shown: frozenset[int]) -> None:
        self.shown = shown
        self.replaced: Counter[str] = Counter()
        self.dropped: Counter[str] = Counter()

    def values(self, value: object) -> object:
        """The value with dataclasses and named tuples as dicts, other tuples as lists, strings filtered by `text`; others unchanged."""
        if isinstance(value, str):
            return self.text(str(value))
        if isinstance(value, tuple) and hasattr(value, "_fields"):
            return {name: self.values(getattr(value, name)) for name in value._fields}
        if isinstance(value, tuple):
            return [self.values(one) for one in value]
        if is_dataclass(value):
            return {field.name: self.values(getattr(value, field.name)) for field in fields(value)}
        return value

    def text(self, text: str) -> str:
        """The text on one line; invisible characters are left out, others that cannot be shown become 〓.

        >>> glyphs = GlyphFilter(frozenset(map(ord, "增长5%〓")))
        >>> glyphs.text("增\\u200b长\\n5%😀"), dict(glyphs.replaced), dict(glyphs.dropped)
        ('增长 5%〓', {'😀': 1}, {'\\u200b': 1})
        """
        odd = {c for c in set(text) if not c.isspace() and (ord(c) not in self.shown or not _is_settable(c))}
        if odd:
            counted = Counter(c for c in text if c in odd)
            hidden = {c for c in odd if _is_invisible(c)}
            self.dropped.update({c: n for c, n in counted.items() if c in hidden})
            self.replaced.update({c: n for c, n in counted.items() if c not in hidden})
            text = text.translate({ord(c): None if c in hidden else REPLACEMENT for c in odd})
        return one_line(text.translate(LINE_BREAKS))


def _is_invisible(character: str) -> bool:
    """Whether a character has no shape of its own: format characters and variation selectors."""
    return unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f" or character >= "\U000e0100"


def _is_settable(character: str) -> bool:
    """Whether a character can be set: not invisible, private-use, surrogate, unassigned, control or right-to-left."""
    private = unicodedata.category(character) in ("Co", "Cs", "Cn", "Cc")
    return not (_is_invisible(character) or private or unicodedata.bidirectional(character) in ("R", "AL"))
