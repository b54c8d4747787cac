"""Knows which repairs turn a passage of a page into what a person typed: the fewest words, each standing once in the source.

Leaves the form to `correction_page`, and what a repair means to `ingest.repair`.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from workreport.ingest.passages import count
from workreport.model import Reading

_NEAR = 4
"""Two changes with fewer characters between them are one repair."""


class CannotRepair(Exception):
    """What was typed cannot be a repair; the message (Chinese) says what to do."""


@dataclass(frozen=True, slots=True)
class OwnRepair:
    """A repair to add: `before` stands once in the source, `after` is what becomes of it."""

    before: str
    after: str


def own_repairs(reading: Reading, first: int, last: int, typed: str) -> list[OwnRepair]:
    """Return the repairs that make `typed` of body[first:last]; [] if it is the same. Raises `CannotRepair`."""
    words = reading.text.body[first:last]
    found: list[tuple[int, int, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, words, typed, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if found and a - found[-1][1] < _NEAR:
            start, end, new = found[-1]
            found[-1] = (start, b, new + words[end:a] + typed[c:d])
        else:
            found.append((a, b, typed[c:d]))
    return [_widened(reading, first + a, first + b, new) for a, b, new in found]


def _widened(reading: Reading, start: int, end: int, new: str) -> OwnRepair:
    """The repair of body[start:end], with so many characters around it that it stands once in the source."""
    body, source = reading.text.body, reading.source.text
    before, after = "", ""
    while True:
        left, right = start - len(before), end + len(after)
        words = body[left:right]
        a, b = reading.text.source_span(left, right)
        if words and source[a:b] == words and count(source, words) == 1:
            return OwnRepair(words, before + new + after)
        if words and source[a:b] != words:
            raise CannotRepair(f"“{words}”这里已有一条修复，不能再改。请先在原文一页撤销或删去那一条，再改。")
        if left == 0 and right == len(body):
            raise CannotRepair("来源里有完全相同的段落，分不清是哪一处。请用文本编辑器改 repairs.toml。")
        if left and (len(before) <= len(after) or right == len(body)):
            before = body[left - 1] + before
        else:
            after += body[right]
