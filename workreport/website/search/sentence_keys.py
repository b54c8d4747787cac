"""Knows under which keys a sentence is listed in the index of a collection, so that a query reads few lists.

Every sentence that a query finds stands in the lists that the query asks for; the script in
`templates/assets/search/` makes the same keys of a query, reads the sentences themselves and leaves out the wrong ones.
A key without a space in front is a pair of folded characters, or the last character alone; one with a space says a fact.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from workreport.website.search.sentence_rows import (
    HEADING,
    NAMED,
    NOTED,
    PLANNED,
    RESULT,
    REVIEWED,
    TARGET,
    SentenceRow,
)
from workreport.website.search.written_amounts import TIMES, Amount

EQUAL, WHOLE_NUMBER, SIZE, UNIT, RANK, FACT = " =", " .", " <", " u", " r", " f"
"""How the keys of facts begin: an amount, its whole part, its size in a unit, its unit, a pair of characters of a rank,
what a filter asks for.
"""

_FACTS = {HEADING: "h", NOTED: "n", NAMED: "m", TARGET: "t", RESULT: "d", PLANNED: "p", REVIEWED: "r"}
_HAS_FIGURES = "i"
_FIRST_PLACES = ("首位", "首", "榜首", "第一位")


@dataclass(frozen=True, slots=True)
class KeyMaker:
    """Makes the keys of sentences: `fold` is of `folding.folder`, `amounts` of `written_amounts.reader`."""

    fold: Callable[[str], str]
    amounts: Callable[[str], list[Amount]]

    def keys(self, row: SentenceRow) -> set[str]:
        """Return the keys of a sentence."""
        text = self.fold(row.text)
        keys = pairs(text)
        for amount in self.amounts(text):
            keys |= amount_keys(amount)
        keys |= {FACT + letter for flag, letter in _FACTS.items() if row.flags & flag}
        if row.figures:
            keys.add(FACT + _HAS_FIGURES)
        for figure in row.figures:
            keys |= self._figure_keys(figure)
        return keys

    def _figure_keys(self, figure: list[object]) -> set[str]:
        keys = {f"{UNIT}{figure[8]}"} if len(figure) > 8 and figure[8] else set()
        ranks = figure[6] if len(figure) > 6 else []
        for scope, what, place, number in ranks if isinstance(ranks, list) else []:
            places = [place, *(["第一"] if place in _FIRST_PLACES else [])]
            places += [f"第{number}"] if number and place.startswith("第") else []
            for name in places:
                for words in (scope + name, scope + what + name, what + name):
                    keys |= {RANK + pair for pair in pairs(self.fold(words))}
        return keys


def pairs(text: str) -> set[str]:
    """Return the pairs of neighbouring UTF-16 units of a folded text, and its last unit.

    >>> sorted(pairs("大运河"))
    ['大运', '河', '运河']
    """
    if not text:
        return set()
    if max(text) <= "\uffff":
        return {*map("".join, pairwise(text)), text[-1]}
    units = _units(text)
    return {*map("".join, pairwise(units)), units[-1]}


def _units(text: str) -> list[str]:
    """Return the UTF-16 units of a text, as JavaScript counts; halves of a character above U+FFFF are surrogates."""
    data = text.encode("utf-16-be", "surrogatepass")
    return [chr(int.from_bytes(data[at : at + 2], "big")) for at in range(0, len(data), 2)]


def amount_keys(amount: Amount) -> set[str]:
    """Return the keys of an amount: its numbers, alone and with the unit; its size; its unit."""
    keys = {EQUAL + number for number in (amount.raw, amount.value, amount.base)}
    keys.add(f"{EQUAL}{amount.base}|{amount.unit}")
    if amount.scaled and not amount.unit:
        keys.add(f"{EQUAL}{amount.base}|元")
    if "." in amount.digits:
        keys.add(WHOLE_NUMBER + amount.digits.partition(".")[0])
    keys.add(f"{SIZE}{amount.unit}|{size(amount)}")
    if amount.unit and amount.unit not in TIMES:
        keys.add(f"{SIZE}|{size(amount)}")
    keys |= {UNIT + unit for unit in (amount.written, amount.bare_unit) if unit}
    return keys


def size(amount: Amount) -> str:
    """Return the power of ten of the amount's first digit, after - for a fall; "0" for nothing.

    >>> from workreport.website.search.written_amounts import reader
    >>> [size(amount) for amount in reader([["%"]], str)("5%，12%，下降0.3%，0")]
    ['e0', 'e1', '-e-1', '0']
    """
    digits, _, power = amount.base.partition("e")
    return f"{'-' * amount.fall}e{len(digits) - 1 + int(power)}" if power else "0"
