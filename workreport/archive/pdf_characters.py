"""Knows which characters a PDF can show in the fonts at hand, replaces the others, and counts them.

Leaves the glyphs of a font to `glyphs`.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import fields, is_dataclass

from workreport.website.pages.escape import one_line

REPLACEMENT = "〓"
"""The sign that Chinese printers set for a missing character (geta)."""
LINE_BREAKS = dict.fromkeys((0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x1F), "\n")
"""Control characters that break a line, as Word's line break and page break; no font shows them."""


def code_point(character: str) -> str:
    """A character's code point as "U+3013"."""
    return f"U+{ord(character):04X}"


def name_of(character: str) -> str:
    """A character's Unicode name, "" for one without."""
    return unicodedata.name(character, "")


class GlyphFilter:
    """Turns text into characters that the fonts can show, and counts the others.

    `shown` are the code points with a glyph; `replaced` counts the characters set as 〓, `dropped` the invisible ones that
    were left out.
    """

    def __init__(self, shown: frozenset[int]) -> None:
        self.shown = shown
        self.replaced: Counter[str] = Counter()
        self.dropped: Counter[str] = Counter()

    def values(self, value: object) -> object:
        """Dataclasses as dicts, tuples as lists, and every string as `text` gives it."""
        if isinstance(value, str):
            return self.text(str(value))
        if isinstance(value, tuple):
            return [self.values(one) for one in value]
        if is_dataclass(value):
            return {field.name: self.values(getattr(value, field.name)) for field in fields(value)}
        return value

    def text(self, text: str) -> str:
        """The text on one line, without characters that the fonts cannot show.

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
    """Whether a character shows nothing itself: format characters and variation selectors."""
    return unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f" or character >= "\U000e0100"


def _is_settable(character: str) -> bool:
    """Whether a character can be set: not invisible, not for private use or unassigned, not written right to left."""
    private = unicodedata.category(character) in ("Co", "Cs", "Cn", "Cc")
    return not (_is_invisible(character) or private or unicodedata.bidirectional(character) in ("R", "AL"))
