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


class UnknownText(NamedTuple):
    """A run of unknown text: the index of its sentence, its start and end there, and whether it is a whole item of a list."""

    sentence: int
    start: int
    end: int
    listed: bool


def unknown_texts(number: int, text: str, tokens: Sequence[Token]) -> Iterator[UnknownText]:
    """The runs of unknown text of a sentence that have at least two characters; `number` is the index of the sentence.

    Runs longer than LONGEST_RUN are skipped.
    """
    for kind, start, end in tokens:
        if kind == "unknown" and 2 <= end - start <= LONGEST_RUN:
            before = text[start - 1] if start else ""
            after = text[end] if end < len(text) else ""
            listed = "、" in (before, after) and before in "、“，和及与" and after in "、”和及与"
            yield UnknownText(number, start, end, listed)


@dataclass(frozen=True)
class Gathered:
    """The candidates of a report, each with its places: closed names, quoted names, pieces of unknown text.

    A piece has 2 to LONGEST_STEM characters; `pieces` has the run of each place of it, and where it starts in the sentence.
    Most pieces occur once and are never looked at, so that `runs` makes the whole places only when they are asked for.
    """

    sentences: tuple[Sentence, ...]
    closed: dict[str, list[ClosedName]] = field(default_factory=lambda: defaultdict(list))
    quoted: dict[str, list[Spot]] = field(default_factory=lambda: defaultdict(list))
    pieces: dict[str, list[tuple[UnknownText, int]]] = field(default_factory=lambda: defaultdict(list))

    def runs(self, piece: str) -> list[UnknownRun]:
        """All places of a piece of unknown text."""
        made = []
        for run, start in self.pieces.get(piece, ()):
            end = start + len(piece)
            begins, ends = start == run.start, end == run.end
            spot = Spot(run.sentence, start, end)
            made.append(UnknownRun(spot, begins, ends, run.listed and begins and ends))
        return made

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
    pieces = found.pieces
    for number, sentence in enumerate(found.sentences):
        tokens = cut(sentence.text, words)
        for closed in closed_names(number, sentence.text, tokens, words):
            found.closed[closed.name].append(closed)
        for name, spot in quoted_names(number, sentence.text):
            found.quoted[name].append(spot)
        for run in unknown_texts(number, sentence.text, tokens):
            for i in range(run.start, run.end - 1):
                for j in range(i + 2, min(run.end, i + LONGEST_STEM) + 1):
                    pieces[sentence.text[i:j]].append((run, i))
    return found
