"""Knows passages that occur twice in a text, as a wrong paste leaves them. They stay in the text and are reported.

Leaves reporting them to `analysis.faults`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from workreport.ingest.edits import CONTEXT
from workreport.ingest.headings import END
from workreport.model import Repetition, Text

SHORTEST = 60
"""Characters of the shortest repetition, without white space."""
SURE = 200
"""Characters from which any repetition counts; a shorter one must hold a sentence end and a figure."""
SEED = 30
"""Characters that are compared at once to find a candidate."""

_SOLID = re.compile(r"\S+")
_ANCHOR = re.compile("[，。；、：”的和在全发业]")
"""Where a comparison may begin: every 60 characters of a report hold one of these."""
_ENDS = re.compile(r"[。！？]")


def repetitions_in(text: Text) -> tuple[Repetition, ...]:
    """The passages of the body that occur twice, in the order of the text; white space does not count.

    The later passage is taken as the copy. A stock phrase that a writer may well repeat does not count (see SURE).
    Takes linear time.
    """
    body = text.body
    runs = [(m.start(), m.group()) for m in _SOLID.finditer(body)]
    packed = "".join(words for _, words in runs)
    heads = list(accumulate((len(words) for _, words in runs), initial=0))

    def place(at: int) -> int:
        """The position in the body of a position in `packed`."""
        k = bisect_right(heads, at) - 1
        return runs[k][0] + at - heads[k]

    first: dict[str, int] = {}
    found: list[Repetition] = []
    floor = 0  # everything before it was compared
    for anchor in _ANCHOR.finditer(packed):
        i = anchor.start()
        if i < floor:
            continue
        seed = packed[i : i + SEED]
        if len(seed) < SEED:
            break
        j = first.setdefault(seed, i)
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
        # Each character is compared once, whether the passage counted or not.
        floor = start + size
    return tuple(found)


def _whole_lines(body: str, start: int, end: int) -> tuple[int, int]:
    """A match without the few characters at its ends that only belong to lines that begin alike (（六）…, （七）…)."""
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
    """Whether a repeated passage is too long, or too particular, to be a stock phrase."""
    return len(passage) >= SURE or (_ENDS.search(passage) is not None and re.search(r"\d", passage) is not None)
