"""Knows where a report speaks of an indicator of the year reviewed without a figure: 粮食产量实现九连增, PM2.5浓度稳步改善.

It answers a target only as "not comparable". Leaves results with a figure to `pairs`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workreport.comparison.comparison_words import ComparisonWords
from workreport.comparison.figures import ReportFigures, StatedFigure
from workreport.comparison.named_things import LISTED, NamedThing, subject_of
from workreport.comparison.same_things import SHORTEST, contains
from workreport.model.place_years import Stated

_PART = re.compile("[^，。；：！？、]+")
_FIGURE = re.compile(r"\d(?<!PM2)(?<!PM2\.5)(?<!PM1)(?<!PM10)")
"""A digit that is no part of a name: not those of PM2.5 and PM10."""
_TIMES = re.compile("(?:实现)?[一二三四五六七八九十]*$")
"""What stands before 连增: 实现九."""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Words that speak of a subject without a figure; `standard`: they say that its rate was raised (提高高龄津贴)."""

    subject: NamedThing
    stated: Stated
    standard: bool = False


def mentions_in(report: ReportFigures, words: ComparisonWords) -> tuple[Mentioned, ...]:
    """The words of a report that tell without a figure what came of something, in the order of the text."""
    return tuple(_found(report, words))


def _found(report: ReportFigures, words: ComparisonWords) -> Iterator[Mentioned]:
    slug, place = report.reading.meta.slug, report.reading.meta.place
    for sentence in report.reviewed_sentences:
        for match in _PART.finditer(sentence.text):
            if _FIGURE.search(match[0]):
                continue
            start = sentence.start + match.start()
            stated = Stated(slug, "", sentence.id, start, start + len(match[0]), match[0], match[0])
            for name, standard in _names(match[0], words):
                yield Mentioned(subject_of(name, words, place, change=True), stated, standard)


def _names(part: str, words: ComparisonWords) -> Iterator[tuple[str, bool]]:
    """What a clause tells of, and whether it says that a rate is raised: 粮食产量 in 粮食产量实现九连增; 高龄津贴 in 提高高龄津贴."""
    told = next((word for word in words.told if part.endswith(word)), "")
    name = _TIMES.sub("", part.removesuffix(told)).strip()
    if told and name:
        yield name, False
    raised = next((word for word in words.raised if part.startswith(word)), "")
    if raised and not told:
        for name in LISTED.split(part.removeprefix(raised)):
            if len(name) >= SHORTEST:
                yield name, True


def mention_of(target: StatedFigure, found: Sequence[Mentioned], words: ComparisonWords) -> Mentioned | None:
    """The words that speak of the thing of a target; None if there are none."""
    if target.indicator.parent or target.subject.generic:
        return None
    return next((each for each in found if _same(target, each, words)), None)


def _same(target: StatedFigure, told: Mentioned, words: ComparisonWords) -> bool:
    """Whether words are about the core measure of a target, or have its name where it has none."""
    subject = told.subject
    if told.standard:  # 提高高龄津贴 answers 高龄津贴标准提高20元, and no other target
        rest = target.subject.words.removeprefix(subject.words)
        return rest != target.subject.words and rest in words.rates
    measure = target.indicator.measure or target.subject.measure
    if measure or subject.measure:
        return measure == subject.measure
    one, other = target.subject, subject
    same_work = one.actions & other.actions and contains(other.thing, one.thing, SHORTEST)
    return one.words == other.words or bool(same_work)
