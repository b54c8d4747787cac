"""Knows how the lists of a collection's index are kept: for each key the numbers of the sentences that have it.

Leaves the keys to `sentence_keys` and the scripts that hold the lists to `index_scripts`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

DIGITS = "".join(character for character in map(chr, range(33, 127)) if character not in '"<\\')
"""The characters of a list: the first `LAST` end a number, the others are its higher digits."""
LAST = 48
MORE = len(DIGITS) - LAST

SHARD = 10_000
"""About how many characters the keys and lists of one script have."""
LONG = 4_000
"""A list with more characters stands in scripts of its own, cut into pieces of about so many characters."""


@dataclass(frozen=True, slots=True)
class SentenceLists:
    """All lists of a collection.

    `shards`: each the keys in order, with their lists; `pieces`: the pieces of the long lists; `long`: by key (number of
    sentences, number of the first piece, first sentence of each piece).
    """

    shards: tuple[tuple[tuple[str, str], ...], ...]
    pieces: tuple[str, ...]
    long: tuple[tuple[str, int, int, tuple[int, ...]], ...]


def _written(number: int) -> str:
    """Return a number from 0 as digits, the higher ones first."""
    text = DIGITS[number % LAST]
    number //= LAST
    while number:
        number -= 1
        text = DIGITS[LAST + number % MORE] + text
        number //= MORE
    return text


_SHORT = [_written(number) for number in range(1 << 16)]


def written(number: int) -> str:
    """Return a number from 0 as characters, the last of which alone is among the first `LAST` of `DIGITS`.

    >>> written(0), written(47), written(48), written(48 + 48 * MORE)
    ('!', 'R', 'S!', 'SS!')
    """
    return _SHORT[number] if number < len(_SHORT) else _written(number)


def joined(numbers: Iterable[int]) -> str:
    """Return a list of rising numbers from 0, each written as how much it is more than the one before, less one.

    >>> joined([0, 1, 5])
    '!!%'
    """
    text, last = [], -1
    for number in numbers:
        text.append(written(number - last - 1))
        last = number
    return "".join(text)


class ListBuilder:
    """Gathers the lists: `add` the keys of each sentence in order, then `lists`."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}
        self._texts: dict[str, list[str]] = {}
        self._sentences = 0

    def add(self, keys: Iterable[str]) -> None:
        """Add the next sentence, which has these keys."""
        number = self._sentences
        last, texts = self._last, self._texts
        for key in keys:
            if key in texts:
                texts[key].append(written(number - last[key] - 1))
            else:
                texts[key] = [written(number)]
            last[key] = number
        self._sentences += 1

    def lists(self) -> SentenceLists:
        """Return the lists, by key in the order of UTF-16 units."""
        shards: list[tuple[tuple[str, str], ...]] = []
        shard: list[tuple[str, str]] = []
        pieces: list[str] = []
        long: list[tuple[str, int, int, tuple[int, ...]]] = []
        length = 0
        for key in sorted(self._texts, key=lambda key: key.encode("utf-16-be", "surrogatepass")):
            steps = self._texts[key]
            text = "".join(steps)
            if len(text) > LONG:
                cut = list(_pieces(steps, len(text)))
                long.append((key, len(steps), len(pieces), tuple(first for first, _ in cut)))
                pieces += [piece for _, piece in cut]
                continue
            shard.append((key, text))
            length += len(key) + len(text) + 2
            if length > SHARD:
                shards.append(tuple(shard))
                shard, length = [], 0
        if shard:
            shards.append(tuple(shard))
        return SentenceLists(tuple(shards), tuple(pieces), tuple(long))


def _number(text: str) -> int:
    """Return the number that `written` wrote."""
    number = 0
    for character in text[:-1]:
        number = number * MORE + DIGITS.index(character) - LAST + 1
    return number * LAST + DIGITS.index(text[-1])


def _pieces(steps: list[str], length: int) -> Iterable[tuple[int, str]]:
    """Cut a list into pieces of like length: (first sentence, list of the piece, which begins with that sentence)."""
    count = -(-length // LONG)
    at = -1
    piece: list[str] = []
    first = 0
    done = 0
    made = 1
    for step in steps:
        at += _number(step) + 1
        if not piece:
            first = at
        piece.append(step if piece else written(at))
        done += len(step)
        if done * count >= length * made:
            yield first, "".join(piece)
            piece = []
            made += 1
    if piece:
        yield first, "".join(piece)
