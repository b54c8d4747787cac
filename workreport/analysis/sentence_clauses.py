"""Knows how a sentence is cut into clauses at its punctuation marks.

Leaves what the clauses say to `promises` and `audiences`.
"""

from __future__ import annotations

from collections.abc import Iterator

ENDS = "，；。：！？;:!?"
"""The marks that end a clause."""
NO_JOINTS = ("和美", "和谐", "和睦", "和平", "和田", "和解", "及时", "与会")
"""Words that begin as a joining word does: 庭院50个、[和美]村屯10个."""
_OPEN, _CLOSE = "“（(《", "”）)》"


def clauses(text: str) -> Iterator[tuple[int, int]]:
    """The clauses of a sentence with their marks, as (start, end); a mark between quotation marks or brackets ends none.

    >>> list(clauses("建成“一刻钟，一公里”路网，通车。"))
    [(0, 14), (14, 17)]
    """
    start = depth = 0
    for k, character in enumerate(text):
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(depth - 1, 0)
        elif character in ENDS and not depth:
            yield start, k + 1
            start = k + 1
    if start < len(text):
        yield start, len(text)
