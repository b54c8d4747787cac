"""Knows which characters a font can show, as its file says.

Leaves which fonts are accepted to `fonts`, and what becomes of a character that none of them has to `pages`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path


def shown(*paths: Path) -> frozenset[int]:
    """The code points for which at least one of these font files has a glyph. Raises what fontTools does, and OSError.

    >>> shown()
    frozenset()
    """
    return frozenset[int]().union(*map(_shown, paths))


@cache
def _shown(path: Path) -> frozenset[int]:
    # Only here: it takes longer to load than most of what it reads.
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())
