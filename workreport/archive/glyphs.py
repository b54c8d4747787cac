"""Knows which characters a font file has glyphs for.

Leaves which fonts are accepted to `project.fonts`, and replacing the characters without a glyph to `pdf_characters` and
`picture_cache`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path


def shown(*paths: Path) -> frozenset[int]:
    """The code points for which at least one of these font files has a glyph; each file is read once per process.

    Raises OSError, and the errors of fontTools for a file that is no font.

    >>> shown()
    frozenset()
    """
    return frozenset[int]().union(*map(_shown, paths))


@cache
def _shown(path: Path) -> frozenset[int]:
    # Imported here: it takes long to load.
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())
