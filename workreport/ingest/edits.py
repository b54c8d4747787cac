"""Knows the types that repair rules take and return: a line of the source text, and a proposed edit.

Leaves the rules to `line_repairs` and `joins`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from workreport.model import RepairStatus

CONTEXT = 4
"""Characters of unchanged text that an edit includes beside the change, so that a person sees where it is."""
BODY = 40
"""A line with at least this many characters, and punctuation in it, is body text."""

RuleKind = Literal[
    "front-matter", "chrome", "page-number", "control", "ornament", "markup", "numbering", "join", "heading-join"
]
"""What an edit does; it becomes `Repair.kind`.

front-matter: remove the metadata of the file. chrome: remove lines of the web page. page-number: remove one. control: remove an invisible
character. ornament: remove a bullet. markup: remove Markdown. numbering: make brackets full-width. join: join two lines of
a paragraph. heading-join: join the two parts of a heading.
"""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of the source text without the white space around it: `text == source[start:end]`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A proposal to replace source[start:end] by `after`; `reason` is Chinese."""

    start: int
    end: int
    after: str
    kind: RuleKind
    reason: str
    status: RepairStatus = "applied"


def lines_of(text: str) -> list[TextLine]:
    """Return the lines that are not blank, in order.

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
    """Return the edits in the order of the text, without those that overlap a join or an earlier edit.

    Joins go first: a join already removes the Markdown at its joint, and a second edit there would change it twice.
    """
    taken: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (not e.kind.endswith("join"), e.start, e.end)):
        k = bisect_left(taken, edit.end, key=lambda e: e.start)
        if k == 0 or taken[k - 1].end <= edit.start:
            taken.insert(k, edit)
    return taken
