"""Knows what a rule for faults is given, and how it says that a place in the text may be wrong.

Leaves the rules to `numbering_faults` and `wording_faults`, and running them to `faults`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from workreport.analysis.vocabulary import Vocabulary
from workreport.model import Confidence, Fault, FaultKind, Meta, Outline, Repetition, Sentence, Source, Text


@dataclass(frozen=True, slots=True)
class FaultCase:
    """What a rule is given: the report in all its forms, the passages that occur twice, and the vocabulary."""

    source: Source
    text: Text
    meta: Meta
    outline: Outline
    repeated: tuple[Repetition, ...]
    words: Vocabulary

    def fault(self, kind: FaultKind, start: int, end: int, note: str, confidence: Confidence) -> Fault:
        """A fault at body[start:end] of the repaired text. Its positions are in the source, its quote is repaired text."""
        a, b = self.text.source_span(start, end)
        return Fault(kind, a, b, self.text.body[start:end], note, confidence)

    def original_sentences(self) -> Iterator[Sentence]:
        """All sentences except those of repeated passages."""
        return (s for s in self.outline.sentences() if not s.in_copy)


Rule = Callable[[FaultCase], Iterable[Fault]]
"""A rule yields the faults of one sort."""


def han(n: int) -> str:
    """A number in Chinese numerals, from 100 on in digits: 23 → 二十三, 5000 → 5000."""
    if n > 99:
        return str(n)
    digits = "零一二三四五六七八九十"
    if n <= 10:
        return digits[n]
    tens, ones = divmod(n, 10)
    return f"{digits[tens] if tens > 1 else ''}十{digits[ones] if ones else ''}"
