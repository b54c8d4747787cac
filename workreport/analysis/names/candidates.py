"""Knows the candidates for names, collected in one pass over all sentences: closed and quoted names, unknown text.

Leaves which of them are names to `stems` and `terms`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from workreport.analysis.name_words import NameWords
from workreport.analysis.names.closed_names import ClosedName, closed_names
from workreport.analysis.names.cutting import Spot, Token, cut
from workreport.analysis.names.quoted_names import quoted_names
from workreport.model import Outline, Sentence

LONGEST_STEM = 6
"""Most characters of a stem (武林 of 武林路)."""
LONGEST_RUN = 24
"""Most characters of a run of unknown text in which stems are searched; longer ones are no ordinary text."""


class UnknownRun(NamedTuple):
    """A place of a possible stem.

    `begins` and `ends`: the stem starts or ends its run of unknown text. `listed`: the run is a whole item of a list.
    """

    spot: Spot
    begins: bool
    ends: bool
    listed: bool


def runs(number: int, text: str, tokens: Sequence[Token]) -> Iterator[tuple[str, UnknownRun]]:
    """Every piece of 2 to LONGEST_STEM characters of the unknown text of a sentence, with its place.

    `number` is the index of the sentence. Runs longer than LONGEST_RUN are skipped.
    """
    for token in tokens:
        if token.kind != "unknown" or token.end - token.start > LONGEST_RUN:
            continue
        before = text[token.start - 1] if token.start else ""
        after = text[token.end] if token.end < len(text) else ""
        listed = "、" in (before, after) and before in "、“，和及与" and after in "、”和及与"
        for i in range(token.start, token.end - 1):
            for j in range(i + 2, min(token.end, i + LONGEST_STEM) + 1):
                begins, ends = i == token.start, j == token.end
                yield text[i:j], UnknownRun(Spot(number, i, j), begins, ends, listed and begins and ends)


@dataclass(frozen=True)
class Gathered:
    """The candidates of a report, each with its places: closed names, quoted names, pieces of unknown text (`runs`)."""

    sentences: tuple[Sentence, ...]
    closed: dict[str, list[ClosedName]] = field(default_factory=lambda: defaultdict(list))
    quoted: dict[str, list[Spot]] = field(default_factory=lambda: defaultdict(list))
    runs: dict[str, list[UnknownRun]] = field(default_factory=lambda: defaultdict(list))

    def sections(self, spots: Iterable[Spot]) -> set[str]:
        """The ids of the sections in which these places are."""
        return {self.sentences[spot.sentence].section for spot in spots}

    @property
    def texts(self) -> list[str]:
        """The texts of the sentences."""
        return [sentence.text for sentence in self.sentences]

    @property
    def clean(self) -> set[str]:
        """Closed names that occur at least once without a word directly before them that could belong to the name."""
        return {name for name, found in self.closed.items() if any(one.clean for one in found)}


def gather(outline: Outline, words: NameWords) -> Gathered:
    """Collect the candidates of all sentences. Title, speaker, salutation and repeated passages are left out."""
    front = [s for p in outline.front if p.role == "text" for s in p.sentences]
    all_ = (*front, *(s for s in outline.sentences() if s.section))
    found = Gathered(tuple(s for s in all_ if not s.in_copy))
    for number, sentence in enumerate(found.sentences):
        tokens = cut(sentence.text, words)
        for closed in closed_names(number, sentence.text, tokens, words):
            found.closed[closed.name].append(closed)
        for name, spot in quoted_names(number, sentence.text):
            found.quoted[name].append(spot)
        for piece, run in runs(number, sentence.text, tokens):
            found.runs[piece].append(run)
    return found
