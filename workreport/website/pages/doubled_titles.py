"""Knows what of a report's title is said a second time where place and year stand above it: 青禾镇2025年 in 青禾镇2025年政府工作报告.

Leaves the title's pieces to `spans`, and hiding these words from the eye to the styles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from workreport.website.pages.sentences import ParagraphView, SentenceView
from workreport.website.pages.spans import TextPiece

SAID_ABOVE = "said-above"
"""The class of words that stand above a title, too: read and copied with it, but not seen twice."""


def doubled(title: str, place: str, year: int | None) -> int:
    """Return how many characters at the start of a title only say its place and its year; 0 if nothing else follows.

    >>> [doubled(t, "青禾镇", 2025) for t in ("青禾镇2025年政府工作报告", "2025年青禾镇政府工作报告", "政府工作报告", "2025年")]
    [8, 8, 0, 0]
    """
    where, when = re.escape(place), f"{year}年" if year else ""
    known = [f"(?:{name})" for name in (where, when) if name]
    if not known:
        return 0
    found = re.match(rf"(?:(?:{'|'.join(known)})\s*){{1,2}}(?=\S)", title)
    return found.end() if found else 0


def without_doubling(title: ParagraphView, place: str, year: int | None) -> ParagraphView:
    """Return a title whose words that only say place and year have the class `SAID_ABOVE`."""
    if not title.blocks or not title.blocks[0].sentences:
        return title
    block = title.blocks[0]
    first = block.sentences[0]
    length = doubled("".join(piece.text for piece in first.pieces), place, year)
    if not length:
        return title
    marked: SentenceView = replace(first, pieces=tuple(_marked(first.pieces, length)))
    block = replace(block, sentences=(marked, *block.sentences[1:]))
    return replace(title, blocks=(block, *title.blocks[1:]))


def _marked(pieces: tuple[TextPiece, ...], length: int) -> Iterator[TextPiece]:
    """Yield the pieces with the class on their first `length` characters; a piece that goes on behind them is cut in two."""
    left = length
    for piece in pieces:
        here, rest = piece.text[:left], piece.text[left:]
        if here:
            yield replace(piece, text=here, names=f"{piece.names} {SAID_ABOVE}".strip())
        if rest:
            yield replace(piece, text=rest, anchors=() if here else piece.anchors, goes_on=bool(here and piece.href))
        left = max(left - len(piece.text), 0)
