"""Knows which passages occur twice in a text because of a wrong paste. They are kept in the text.

Leaves reporting them to `analysis.faults`. Lengths are in characters without white space.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from workreport.ingest.edits import CONTEXT
from workreport.ingest.headings import END
from workreport.model import Repetition, Text

SHORTEST = 60
"""The shortest repetition."""
SURE = 200
"""A repetition this long always counts; a shorter one counts only if it has an end of a sentence and a digit."""
SEED = 30
"""Two places are compared further if this many characters from there on are equal."""

_SOLID = re.compile(r"\S+")
_ANCHORS = "[，。；、：”的和在全发业]"
"""The characters at which a comparison begins. Any 60 characters of a report contain one of them."""
_ANCHOR = re.compile(_ANCHORS)
_BEHIND_ANCHOR = re.compile(rf"{_ANCHORS}(?=((?s:.){{{SEED - 1}}}))")
"""Matches an anchor; its group is the text behind it that is compared first."""
_ENDS = re.compile(r"[。！？]")


def repetitions_in(text: Text) -> tuple[Repetition, ...]:
    """Return the passages of the body that occur twice, in the order of the text.

    White space does not count in the comparison. The later passage is the copy. Short passages that an author may repeat
    on purpose do not count (see SURE). Takes time linear in the length of the text.
    """
    body = text.body
    packed = "".join(body.split())
    seeds = _BEHIND_ANCHOR.findall(packed)
    if len(set(seeds)) == len(seeds):
        return ()  # most texts have no two equal places
    runs = [(m.start(), m.group()) for m in _SOLID.finditer(body)]
    heads = list(accumulate((len(words) for _, words in runs), initial=0))

    def place(at: int) -> int:
        """Convert a position in `packed` to the position in the body."""
        k = bisect_right(heads, at) - 1
        return runs[k][0] + at - heads[k]

    first: dict[str, int] = {}
    found: list[Repetition] = []
    floor = 0  # the text before this position has been compared
    for anchor in _ANCHOR.finditer(packed, 0, max(len(packed) - SEED + 1, 0)):
        i = anchor.start()
        if i < floor:
            continue
        j = first.setdefault(packed[i : i + SEED], i)
        if j == i:
            continue
        back = 0
        while (
            i - back > floor and j - back > 0 and packed[i - back - 1] == packed[j - back - 1] and back < i - j - SEED
        ):
            back += 1
        start, of = i - back, j - back
        size = SEED + back
        while start + size < len(packed) and of + size < start and packed[start + size] == packed[of + size]:
            size += 1
        if size >= SHORTEST and of + size <= start and _counts(packed[start : start + size]):
            a, b = _whole_lines(body, place(start), place(start + size - 1) + 1)
            before = body[body.rfind("\n", 0, a) + 1 : a].strip()
            lost = before != "" and before[-1] not in END
            found.append(Repetition(a, b, place(of) + a - place(start), lost=lost))
        # Continue after the passage even if it does not count, so that each character is compared once.
        floor = start + size
    return tuple(found)


def _whole_lines(body: str, start: int, end: int) -> tuple[int, int]:
    """Cut a few characters off the ends of a repeated passage that belong to a line which is not repeated.

    Example: the next line after both passages begins with （, so that the match ends with a line break and （. Up to
    3 × CONTEXT characters are cut off at each end.
    """
    at_head = body[body.rfind("\n", 0, start) + 1 : start].strip() == ""
    head = body.find("\n", start, start + CONTEXT * 3)
    if head >= 0 and not at_head:
        start = head + 1 + len(body[head + 1 : end]) - len(body[head + 1 : end].lstrip())
    stop = body.find("\n", end)
    at_tail = body[end : stop if stop >= 0 else len(body)].strip() == ""
    tail = body.rfind("\n", max(end - CONTEXT * 3, start), end)
    if tail >= 0 and not at_tail:
        end = start + len(body[start:tail].rstrip())
    return start, end


def _counts(passage: str) -> bool:
    """Whether a repeated passage is too long or too specific to be a set phrase; see SURE."""
    return len(passage) >= SURE or (_ENDS.search(passage) is not None and re.search(r"\d", passage) is not None)
