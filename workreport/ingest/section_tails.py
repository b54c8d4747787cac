"""Knows what follows the last of numbered siblings without being its text: a review after （十）, an outlook.

It becomes a section without a heading. Leaves the numbered siblings to `sibling_runs`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from workreport.ingest.headings import END, RANK
from workreport.ingest.text_blocks import TextBlock

FEWEST_SIBLINGS = 3
"""The fewest siblings that show how long the text of one is."""
LONGEST_NAME = 24
"""The longest name of a section that the text gives no title; it is taken from its first words."""
SHORTEST_NAME = 8
"""A clause that is shorter is named with the next one: 一年来，我们攻坚克难."""
LONGEST_TITLE = 40
"""The longest line that may be the title of what follows the siblings."""
BODY = 60
"""The shortest paragraph that counts as text after such a title."""
_RANKS = (RANK["two"], RANK["ord"], RANK["three"])
_STOP = re.compile("[，。！；：]")
_SALUTED = re.compile(r"[ 　*]*(?:各位代表|同志们|代表们)[^，。！：；]{0,12}[，。！：:!,]*[ 　*]*")


def first_words(text: str) -> str:
    """Return the first clause or clauses of a paragraph, without a salutation, at most LONGEST_NAME characters.

    >>> first_words("各位代表！过去五年的成绩来之不易，是共同奋斗的结果。")
    '过去五年的成绩来之不易'
    """
    words = text[found.end() :] if (found := _SALUTED.match(text)) and found.end() < len(text) else text
    words = words.strip(" 　*")
    stop = next((m.start() for m in _STOP.finditer(words) if m.start() >= SHORTEST_NAME), len(words))
    return words[:stop].rstrip("，。！；：") if stop <= LONGEST_NAME else words[: LONGEST_NAME - 1] + "…"


def with_tails(body: str, found: Sequence[TextBlock]) -> Iterator[TextBlock]:
    """Let a section of its own begin where the text of the last of several siblings ends.

    Only siblings below a part are read, （一） 第一， 1., and only three or more.
    """
    changed = {}
    for rank in _RANKS:
        for group in _sibling_groups(found, rank):
            if len(group) > FEWEST_SIBLINGS and (at := _tail(body, found, group)) is not None:
                changed[at] = _section(body, found, at, rank)
    for i, block in enumerate(found):
        yield changed.get(i, block)


def _sibling_groups(found: Sequence[TextBlock], rank: int) -> Iterator[list[int]]:
    """Yield the indexes of siblings: headings of one rank without a higher one between them, then the index after them.

    Siblings without a part above them are left out. Where the numbers begin anew, another group begins.
    """
    group: list[int] = []
    below = False
    for i, block in enumerate(found):
        if block.rank is not None and block.rank < rank:
            if group:
                yield [*group, i]
            group, below = [], block.rank >= 0
        elif block.rank == rank and below:
            if group and block.ordinal == 1 < found[group[-1]].ordinal:
                yield [*group, i]
                group = []
            group.append(i)
    if group:
        yield [*group, len(found)]


def _tail(body: str, found: Sequence[TextBlock], group: Sequence[int]) -> int | None:
    """Return the index of the first block that is not the text of the last sibling, or None.

    It begins with a salutation; or it is a title; or it is the second paragraph, where each other sibling has one.
    `group` are the indexes of the siblings, and of the block after them.
    """
    *_, last, stop = group
    if stop - last < 2:
        return None
    sizes = {b - a for a, b in pairwise(group[:-1])}
    for i in range(last + 2, stop):
        if found[i].rank is None and (
            _SALUTED.match(body, found[i].start, found[i].end) or _is_title(body, found, i, stop)
        ):
            return i
    return last + 2 if sizes == {2} and stop > last + 2 and found[last + 2].rank is None else None


def _is_title(body: str, found: Sequence[TextBlock], i: int, stop: int) -> bool:
    """Whether block `i` is a short line without punctuation between complete text and a long paragraph."""
    text = body[found[i].start : found[i].end]
    if not 4 <= len(text) <= LONGEST_TITLE or re.search("[，。；：！？]", text) or i + 1 >= stop:
        return False
    if not re.search("[一-鿿]{2}", text):  # a page number
        return False
    after = found[i + 1]
    return body[found[i - 1].end - 1] in END and after.rank is None and after.end - after.start >= BODY


def _section(body: str, found: Sequence[TextBlock], at: int, rank: int) -> TextBlock:
    """Return block `at` as the beginning of a section: as its heading if it is a title, else as its first paragraph."""
    block = found[at]
    if _is_title(body, found, at, len(found)):
        return block._replace(rank=rank, title=block.start)
    text = body[block.start : block.end]
    saluted = _SALUTED.fullmatch(text) and at + 1 < len(found)
    name = first_words(body[found[at + 1].start : found[at + 1].end] if saluted else text)
    return block._replace(rank=rank, name=name, untitled=True)
