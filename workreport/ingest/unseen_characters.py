"""Knows characters of a text file that are never seen but break words: zero-width spaces, soft hyphens, direction marks.

They are removed by repairs, as the readers of other formats leave them out. Leaves which they are to `formats.extract`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from workreport.ingest.edits import Edit
from workreport.ingest.formats.extract import INVISIBLE, INVISIBLE_CHARACTERS


def unseen_edits(text: str) -> Iterator[Edit]:
    """Yield an edit for each run of one invisible character.

    >>> [(e.start, e.end, e.after, e.reason) for e in unseen_edits("356.8亿\\u200b元")]
    [(6, 7, '', '看不见的字符 U+200B（ZERO WIDTH SPACE）')]
    """
    if not any(map(text.__contains__, INVISIBLE_CHARACTERS)):  # most texts have none; one by one they are found fast
        return
    last = -1
    for found in INVISIBLE.finditer(text):
        if found.start() < last:
            continue
        last = found.end()
        while last < len(text) and text[last] == found[0]:
            last += 1
        name = unicodedata.name(found[0], "")
        told = f"看不见的字符 U+{ord(found[0]):04X}" + (f"（{name}）" if name else "")
        yield Edit(found.start(), last, "", "control", told)
