"""Knows where a report begins to tell what is not well (报告自己说的问题): 我们也清醒认识到，发展还面临不少困难和问题.

The words are those of the vocabulary. Leaves showing the place to `website`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cached_property

from workreport.analysis.vocabulary import Vocabulary
from workreport.model import Sentence

OPENING = 80
"""Characters at the start of a sentence in which the words that open the passage stand."""
NEAR = 60
"""The most characters from 还存在 to the noun that says what."""


class ProblemWords:
    """The words that open such a passage, as patterns."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    @cached_property
    def _admits(self) -> re.Pattern[str]:
        return re.compile(self._vocabulary.pattern("admits"))

    @cached_property
    def _remains(self) -> re.Pattern[str]:
        return re.compile(self._vocabulary.pattern("remains"))

    @cached_property
    def _problem(self) -> re.Pattern[str]:
        return re.compile(self._vocabulary.pattern("problem"))

    def admitted(self, text: str) -> bool:
        """Whether a sentence says that the government sees what is not well: 我们也清醒看到，还有不少困难."""
        seen = self._admits.search(text, 0, OPENING)
        return seen is not None and self._problem.search(text, seen.end()) is not None

    def remaining(self, text: str) -> bool:
        """Whether a sentence says that there are problems still: 但是，发展中还存在不少矛盾和问题."""
        there = self._remains.search(text, 0, OPENING)
        return there is not None and self._problem.search(text, there.end(), there.end() + NEAR) is not None


def begin(sentences: Iterable[Sentence], planned: Collection[str], words: ProblemWords) -> str:
    """The id of the sentence with which a report begins to tell its problems; "" if it tells none.

    `planned` are the ids of the sentences that are plans, and of others that are not looked at. A sentence that admits
    problems is preferred to one that only names some.
    """
    reviewed = [s for s in sentences if s.id not in planned and not s.in_copy]
    for tells in (words.admitted, words.remaining):
        if found := next((s for s in reviewed if tells(s.text)), None):
            return found.id
    return ""
