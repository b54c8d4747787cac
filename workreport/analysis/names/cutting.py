"""Knows how a sentence is cut into known words and unknown text. Leaves finding names in them to `candidates`."""

from __future__ import annotations

import re
from typing import NamedTuple

from workreport.analysis.name_words import NameWords

LONGEST = 16
"""Most characters of a name; longer text is a phrase."""


# Token, Spot and UnknownRun are named tuples: a report has a hundred thousand of them, and a frozen dataclass takes twice the
# time to make.
class Token(NamedTuple):
    """A part of a sentence.

    `kind` is a role of a known word (break, common, region, class, known; see `NameWords.lexicon`), number, mark
    (punctuation, spaces and other signs), or unknown for all other text.
    """

    kind: str
    start: int
    end: int


_MEASURE = "间个家项名条届批期次年月日轮类件大级位座所号人元栋幢场台套处亩米"
# a number with its measure word: 4200余家, 第19届, 3.5%, 2.1亿元, 十项, 第二批; digits may also stand alone: 360
_NUMBER = re.compile(
    rf"""第?[0-9０-９]+(?:[.．][0-9０-９]+)*[%％‰]?[万亿千百]{{0,4}}[余多]?(?:周年|公里|[{_MEASURE}])?
       | 第[一二三四五六七八九十百]{{1,6}}[个家批届期次轮大类]?
       | [一二两三四五六七八九十百千万几数]{{1,6}}[间个家项条届批期次轮类件大座所年月日场]""",
    re.VERBOSE,
)
_NUMERALS = frozenset("第0123456789０１２３４５６７８９一二两三四五六七八九十百千万几数")


def cut(text: str, words: NameWords) -> list[Token]:
    """Cut a sentence into tokens from the left: a number, else the longest known word, else one character.

    Such a character is unknown if it is a letter or Chinese character, otherwise a mark. Neighbouring unknown characters are
    one token. The cost is linear.
    """
    tokens: list[Token] = []
    reach, lexicon = words.reach, words.lexicon
    at = unknown_from = 0
    while at < len(text):
        first = text[at]
        if first in _NUMERALS and (number := _NUMBER.match(text, at)):
            kind, end = "number", number.end()
        else:
            for length in reach.get(first, ()):
                if kind := lexicon.get(text[at : at + length], ""):
                    end = at + length
                    break
            else:
                if "一" <= first <= "鿿" or (first.isascii() and first.isalpha()):
                    at += 1
                    continue
                kind, end = "mark", at + 1
        if unknown_from < at:
            tokens.append(Token("unknown", unknown_from, at))
        tokens.append(Token(kind, at, end))
        at = unknown_from = end
    if unknown_from < at:
        tokens.append(Token("unknown", unknown_from, at))
    return tokens


class Spot(NamedTuple):
    """A place of a candidate: the index of its sentence, and start and end in the text of the sentence."""

    sentence: int
    start: int
    end: int
