"""Knows which result of the next report belongs to each target of a report, and what came of it.

Leaves whether two figures fit to `agreement`, the verdict to `verdicts` and `doubts`, targets without a figure to `goals`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from workreport.comparison.agreement import Agreement, agreement, surely_named_the_same
from workreport.comparison.comparison_words import ABOUT, ComparisonWords
from workreport.comparison.doubts import doubt
from workreport.comparison.figures import ReportFigures, StatedFigure
from workreport.comparison.same_things import keys_of, same_measure
from workreport.comparison.shortfalls import shortfall_of, shortfalls_in
from workreport.comparison.told_in_words import mention_of, mentions_in
from workreport.comparison.verdicts import AT_THE_LIMIT, judge
from workreport.model import UnitName, split_unit
from workreport.model.place_years import Pair, Stated

SEVERAL = "下年报告有几个不同的说法"
STRETCHED = "同一句里有高低两个目标，达到了低的一个"
HIGHER = "同一句里有高低两个目标，这是高的一个"
ADMITTED = "下年报告自己说没有达到"
IN_WORDS = "下年报告只用文字说到"
NOTHING = "下年报告没有写"


def pairs_of(former: ReportFigures, later: ReportFigures, words: ComparisonWords) -> Iterator[Pair]:
    """The pairs of the targets of a report and the results of the report of the year after, in the order of the targets."""
    year = former.year or 0
    results = _Results((*later.results, *later.ended), words)
    short, told = shortfalls_in(later, words), mentions_in(later, words)
    reached = [_pair(target, results, words, year) for target in former.targets]
    for target, pair in zip(former.targets, _without_stretch(reached), strict=True):
        if pair.result is not None:
            yield pair
        elif admitted := shortfall_of(target, short, words):
            yield replace(pair, verdict="not met", why=ADMITTED, result=admitted.stated)
        elif mention := mention_of(target, told, words):
            yield replace(pair, verdict="not comparable", why=IN_WORDS, result=mention.stated)
        else:
            yield pair


def _without_stretch(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """The pairs, "not met" only for the lowest target of a sentence and result, if it was not reached: 增长16%，力争达到20%."""
    kept = {(p.target.sentence, p.result) for p in pairs if p.verdict in ("met", "exceeded")}
    missed: dict[tuple[str, Stated | None], list[Decimal]] = defaultdict(list)
    for pair in pairs:
        if pair.verdict == "not met":
            missed[pair.target.sentence, pair.result].append(_missed_by(pair))
    for pair in pairs:
        key = pair.target.sentence, pair.result
        if pair.verdict == "not met" and key in kept:
            yield replace(pair, verdict="not comparable", why=STRETCHED, sure=False)
        elif pair.verdict == "not met" and _missed_by(pair) > min(missed[key]):
            yield replace(pair, verdict="not comparable", why=HIGHER, sure=False)
        else:
            yield pair


def _missed_by(pair: Pair) -> Decimal:
    """How far the result of a pair is from its target, in units without 万 and 亿."""
    aim, got = (_plain(side) for side in (pair.target, pair.result))
    return abs(aim - got)


def _plain(stated: Stated | None) -> Decimal:
    """The number of a figure in a unit without 万 and 亿; 0 without one."""
    if stated is None or stated.number is None:
        return Decimal(0)
    return stated.number.scaleb(split_unit(stated.unit or UnitName(""))[1])


class _Results:
    """The results of a report by what a target that they fit must share with them, so that few are looked at for each."""

    def __init__(self, results: Sequence[StatedFigure], words: ComparisonWords) -> None:
        self.words = words
        self.by_key: dict[str, list[tuple[int, StatedFigure]]] = defaultdict(list)
        for place, result in enumerate(results):
            for key in keys_of(result, words):
                self.by_key[key].append((place, result))

    def near(self, target: StatedFigure) -> list[tuple[int, StatedFigure]]:
        """The results that may fit a target, with their places, in the order of the text."""
        keys = keys_of(target, self.words)
        return sorted({place: result for key in keys for place, result in self.by_key.get(key, ())}.items())


def _pair(target: StatedFigure, results: _Results, words: ComparisonWords, year: int) -> Pair:
    """The pair of one target and the result that fits it best."""
    i = target.indicator
    fitting = [(found, k, r) for k, r in results.near(target) if (found := agreement(target, r, words))]
    if not fitting:
        return Pair(i.name, i.measure, year, "no result stated", NOTHING, target.stated)
    found, _, result = min(fitting, key=lambda each: _worth(target, *each))
    if found.differences:
        return Pair(
            i.name, i.measure, year, "not comparable", "；".join(found.differences), target.stated, result.stated
        )
    judged = judge(target, result, words)
    if judged.verdict == "not met" and (why := doubt(target, result, words)):
        return Pair(i.name, i.measure, year, "not comparable", why, target.stated, result.stated)
    best = _worth(target, found, 0, result)
    rivals = (judge(target, r, words) for other, _, r in fitting if _worth(target, other, 0, r) == best)
    if any(rival.verdict != judged.verdict for rival in rivals):
        return Pair(i.name, i.measure, year, "not comparable", SEVERAL, target.stated, result.stated)
    named = same_measure(target, result) or (found.exact and not surely_named_the_same(target, result, words))
    exact = words.bound_of(target.bound) != ABOUT and not result.indicator.estimated and judged.why != AT_THE_LIMIT
    sure = named and exact and _same_work(target, result)
    return Pair(i.name, i.measure, year, judged.verdict, judged.why, target.stated, result.stated, sure=sure)


def _same_work(target: StatedFigure, result: StatedFigure) -> bool:
    """Whether the same is done with the things of both, as far as both say it: built, not built and delivered."""
    ours, theirs = target.subject.actions, result.subject.actions
    return same_measure(target, result) or not ours or not theirs or bool(ours & theirs)


def _worth(target: StatedFigure, found: Agreement, place: int, result: StatedFigure) -> tuple[object, ...]:
    """How well a result fits, the smallest best: the same form, few differences, the measure, the same name, an exact figure, early."""
    return (
        bool(found.differences) and target.form != result.form,
        len(found.differences),
        not same_measure(target, result),
        not found.exact,
        result.indicator.milestone_only,
        result.bound != "",
        place,
    )
