"""Knows which characters a font file can show: reads its `cmap` and nothing else.

Leaves which fonts are accepted to `fonts`, and what becomes of a character that none of them has to `pages`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

UNICODE = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3))
"""Platform and encoding of the tables that tell glyphs by Unicode, the fullest first."""
SEGMENTS, GROUPS = 4, 12
"""The two formats of such a table that fonts of today have."""


class BadFont(Exception):
    """A font file that cannot be read; the message names it."""


def shown(*fonts: Path) -> frozenset[int]:
    """The code points for which at least one of these fonts has a glyph. Raises BadFont, OSError.

    >>> shown()
    frozenset()
    """
    return frozenset[int]().union(*map(_shown, fonts))


@cache
def _shown(font: Path) -> frozenset[int]:
    with font.open("rb") as file:
        try:
            (tables,) = struct.unpack(">4xH6x", file.read(12))
            entries = [struct.unpack(">4s4xII", file.read(16)) for _ in range(tables)]
            start, length = next((at, size) for tag, at, size in entries if tag == b"cmap")
            file.seek(start)
            return frozenset(_read(file.read(length)))
        except (struct.error, StopIteration) as error:
            raise BadFont(f"{font.name}: 读不出字体的字表。") from error


def _read(table: bytes) -> Iterator[int]:
    (count,) = struct.unpack_from(">2xH", table)
    kinds = {(p, e): at for p, e, at in (struct.unpack_from(">HHI", table, 4 + 8 * k) for k in range(count))}
    at = next((kinds[kind] for kind in UNICODE if kind in kinds), None)
    if at is None:
        raise struct.error("no table of Unicode")
    (form,) = struct.unpack_from(">H", table, at)
    if form == GROUPS:
        (groups,) = struct.unpack_from(">12xI", table, at)
        for k in range(groups):
            first, last, glyph = struct.unpack_from(">III", table, at + 16 + 12 * k)
            # The first of a group that starts at glyph 0 has none: that is the empty box.
            yield from range(first + (glyph == 0), last + 1)
    elif form == SEGMENTS:
        yield from _segments(table, at)
    else:
        raise struct.error(f"format {form}")


def _segments(table: bytes, at: int) -> Iterator[int]:
    (doubled,) = struct.unpack_from(">6xH", table, at)
    ends, starts = at + 14, at + 16 + doubled
    deltas, offsets = starts + doubled, starts + 2 * doubled
    for k in range(0, doubled, 2):
        (last,), (first,) = struct.unpack_from(">H", table, ends + k), struct.unpack_from(">H", table, starts + k)
        (delta,), (offset,) = struct.unpack_from(">H", table, deltas + k), struct.unpack_from(">H", table, offsets + k)
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                (glyph,) = struct.unpack_from(">H", table, offsets + k + offset + 2 * (code - first))
            if (glyph + delta) & 0xFFFF if glyph or not offset else 0:
                yield code
