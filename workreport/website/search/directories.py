"""Knows the directories of a collection's index: which script holds a key, for as many scripts as there may be.

The head of the index names the first key of each directory only, so that it hardly grows with the collection; a query loads
the directories that its keys stand in. Leaves the lists to `posting_lists` and the words to `word_shards`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from workreport.website.search.posting_lists import SentenceLists

SCRIPTS = 64
"""How many scripts a directory tells apart."""


@dataclass(frozen=True, slots=True)
class Directories:
    """`firsts`: the first key of each directory; `values`: what each script of a directory holds."""

    firsts: tuple[str, ...]
    values: tuple[list[object], ...]


def of_words(firsts: Sequence[str]) -> Directories:
    """Return the directories of scripts that begin with these keys; each holds [number of its first script, their first keys].

    >>> of_words(["安", "北"])
    Directories(firsts=('安',), values=([0, ['安', '北']],))
    """
    groups = [(at, list(firsts[at : at + SCRIPTS])) for at in range(0, len(firsts), SCRIPTS)]
    return Directories(tuple(group[0] for _, group in groups), tuple([at, group] for at, group in groups))


def of_lists(lists: SentenceLists) -> Directories:
    """Return the directories of lists; each holds [number of its first script, their first keys, its long lists].

    A long list is [key, number of sentences, number of the first piece, first sentence of each piece, less that before]. It
    stands in the directory in which its key would be looked up.
    """
    short = of_words([shard[0][0] for shard in lists.shards])
    order = [_units(first) for first in short.firsts]
    long: list[list[list[object]]] = [[] for _ in short.firsts] or [[]]
    for key, count, piece, starts in lists.long:
        home = max(bisect_right(order, _units(key)) - 1, 0)
        long[home].append([key, count, piece, *steps(starts)])
    values = short.values or ([0, list[str]()],)
    return Directories(short.firsts or ("",), tuple([*value, own] for value, own in zip(values, long, strict=True)))


def _units(key: str) -> bytes:
    """Return what sorts keys as JavaScript does, by UTF-16 units."""
    return key.encode("utf-16-be", "surrogatepass")


def steps(numbers: Sequence[int]) -> list[int]:
    """Return the first number, then how much each is more than the one before.

    >>> steps([3, 5, 9])
    [3, 2, 4]
    """
    return [number - before for before, number in zip((0, *numbers), numbers, strict=False)]
