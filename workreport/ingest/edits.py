"""Knows a line of a source text and a proposed edit of it: what the rules of repair take and give.

Leaves the rules to `line_repairs` and `joins`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from workreport.model import RepairStatus

CONTEXT = 4
"""Characters of unchanged text that an edit carries on each side, so that a person sees where it is."""
BODY = 40
"""Characters from which a line with punctuation in it is body text."""

RuleKind = Literal["chrome", "ornament", "markup", "numbering", "join", "heading-join"]


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of the source without the white space around it: `text == source[start:end]`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Replaces source[start:end] by `after`; `reason` is Chinese."""

    start: int
    end: int
    after: str
    kind: RuleKind
    reason: str
    status: RepairStatus = "applied"


def lines_of(text: str) -> list[TextLine]:
    """The lines that are not blank.

    >>> [(line.start, line.text) for line in lines_of("一、回顾\\n\\n  正文。")]
    [(0, '一、回顾'), (8, '正文。')]
    """
    lines, at = [], 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = at + raw.index(stripped[0])
            lines.append(TextLine(start, start + len(stripped), stripped))
        at += len(raw) + 1
    return lines


def without_overlaps(edits: Iterable[Edit]) -> list[Edit]:
    """The edits in the order of the text, without those that overlap a join.

    A join contains the marks at its joint, so a second edit there would change them twice.
    """
    taken: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (not e.kind.endswith("join"), e.start, e.end)):
        k = bisect_left(taken, edit.end, key=lambda e: e.start)
        if k == 0 or taken[k - 1].end <= edit.start:
            taken.insert(k, edit)
    return taken
