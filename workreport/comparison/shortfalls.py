"""Knows where a report says itself, without a figure, that a change fell short of what was aimed at: 固定资产投资增速低于预期.

Leaves results with a figure to `pairs`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workreport.comparison.comparison_words import ComparisonWords
from workreport.comparison.figures import ReportFigures, StatedFigure
from workreport.comparison.named_things import LISTED, subject_of
from workreport.model.place_years import Stated

_CLAUSE = re.compile("[^，。；：！？]+")


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A clause in which a report says that the indicators with these names fell short of their targets."""

    names: tuple[str, ...]
    stated: Stated


def shortfalls_in(report: ReportFigures, words: ComparisonWords) -> tuple[Shortfall, ...]:
    """The clauses of a report that say so, in the order of the text."""
    return tuple(_found(report, words))


def _found(report: ReportFigures, words: ComparisonWords) -> Iterator[Shortfall]:
    slug = report.reading.meta.slug
    for sentence in report.reading.outline.sentences():
        for match in _CLAUSE.finditer(sentence.text):
            if not match[0].endswith(words.shortfalls):
                continue
            told = next(word for word in words.shortfalls if match[0].endswith(word))
            names = tuple(part for part in LISTED.split(match[0].removesuffix(told)) if part)
            if names:
                start = sentence.start + match.start()
                stated = Stated(slug, "", sentence.id, start, start + len(match[0]), match[0], told)
                yield Shortfall(names, stated)


def shortfall_of(target: StatedFigure, found: Sequence[Shortfall], words: ComparisonWords) -> Shortfall | None:
    """The clause that names a target; None if none does. A target of growth alone can fall short so."""
    if target.form != "growth":
        return None
    return next((each for each in found if any(_names(target, name, words) for name in each.names)), None)


def _names(target: StatedFigure, name: str, words: ComparisonWords) -> bool:
    """Whether a name is that of a target: of its core measure, or the same name where it has none."""
    subject = subject_of(name, words, change=True)
    if target.indicator.measure or subject.measure:
        return target.indicator.measure == subject.measure
    return target.subject.thing == subject.thing
