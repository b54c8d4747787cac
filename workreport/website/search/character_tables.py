"""Knows two tables of characters that the search uses: how each is read (pinyin), and its traditional forms.

Leaves the index to `index_scripts`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping

from workreport.analysis import pinyin

Spell = Callable[[str], str]
"""A function that takes a text and returns the pinyin of each character, separated by spaces. See `readings`."""

Forms = Callable[[str], str]
"""A function that takes characters and returns pairs of their traditional and simplified form. See `traditional`."""

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff〇]+")
_MORE_FORMS = {"著": "着", "瞭": "了", "峯": "峰", "甯": "宁"}
"""Variant characters and their simplified form, which OpenCC leaves unchanged if it converts single characters."""


def readings(text: str) -> str:
    """Return the pinyin of every character, separated by spaces, without tones and with v for ü; "-" for one without.

    >>> readings("银行行长2人")
    'yin hang hang zhang - ren'
    """
    found = ["-"] * len(text)
    for run in _HAN.finditer(text):
        syllables = pinyin.syllables(run[0])
        # An unknown character is returned joined to its neighbours. Then the syllables do not fit the characters, and
        # the whole run gets "-".
        if len(syllables) == len(run[0]):
            found[run.start() : run.end()] = [s if s.isascii() and s.isalpha() else "-" for s in syllables]
    return " ".join(found)


def traditional(characters: str) -> str:
    """Return pairs of a traditional and a simplified form, in one text.

    They are the pairs whose simplified form is one of `characters`, or the simplified form of one.

    >>> traditional("运河")
    '運运'
    """
    from opencc import OpenCC

    every = [chr(n) for first, last in ((0x3400, 0x4DBF), (0x4E00, 0x9FFF)) for n in range(first, last + 1)]
    simple = OpenCC("t2s").convert("\n".join(every)).split("\n")
    if len(simple) != len(every):
        raise RuntimeError("OpenCC returned another number of characters than it was given")
    known = set(characters)
    pairs = {odd: plain for odd, plain in zip(every, simple, strict=True) if len(plain) == 1} | _MORE_FORMS
    known |= {pairs.get(c, c) for c in known}
    return "".join(odd + plain for odd, plain in sorted(pairs.items()) if odd != plain and plain in known)


def most_frequent(syllables_of: dict[str, list[str]]) -> dict[str, str]:
    """Return the most frequent reading of each character in these texts, the first in the alphabet if several are."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for text, syllables in syllables_of.items():
        for character, syllable in zip(text, syllables, strict=False):
            if syllable != "-":
                counts[character][syllable] += 1
    return {c: min(n, key=lambda syllable: (-n[syllable], syllable)) for c, n in counts.items()}


def unusual_readings(text: str, spell: Spell, usual: Mapping[str, str]) -> list[tuple[int, str]]:
    """Return (position, reading) of each character of a text that is not read as usual.

    >>> unusual_readings("重振", lambda text: "chong zhen", {"重": "zhong", "振": "zhen"})
    [(0, 'chong')]
    """
    read = zip(text, spell(text).split(), strict=False)
    return [(at, syllable) for at, (character, syllable) in enumerate(read) if syllable != usual.get(character, "-")]


def readings_table(usual: dict[str, str]) -> str:
    """Return each syllable followed by its characters, separated by spaces: "ya亚压 yun运云"."""
    by_reading: dict[str, list[str]] = defaultdict(list)
    for character, syllable in sorted(usual.items()):
        by_reading[syllable].append(character)
    return " ".join(syllable + "".join(characters) for syllable, characters in sorted(by_reading.items()))
