"""Knows which statement of a core measure (核心指标) a reader looks for: the result of the year that the report reviews, its
change or amount told elsewhere, and the target of the coming year beside it.

Leaves which measures stand on the front page to `headlines`, and their look to `website`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from decimal import Decimal

from workreport.analysis.change_bases import COMPARED, UNKNOWN, ToldBase, is_change_without_base, told_base
from workreport.analysis.indicators.periods import SpokenTime, at_end, in_words, last_year
from workreport.analysis.spoken_times import OVER_YEARS, YEARLY, SpokenTimes, moved_over
from workreport.model import Indicator, Reading, against_others, split_unit, unadjusted

OLDEST = 2
"""The age of the oldest result that stands among the first; see `Statements.age`."""
NEAR = {"level": Decimal("1.5"), "count": Decimal(3), "share": Decimal(3)}
"""A target stands beside a result at most so many times larger or smaller; other targets may be of later years."""

APART = ("全社会", "地方")
"""Words for two extents of one measure: a target of the one does not stand beside a result of the other."""
NEVER_SUMMED = frozenset({"gdp", "resident-income", "urban-income", "rural-income"})
"""Measures whose amounts nobody adds up over years: in a text about five years they are those of the last one."""

_ONE_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)年(?:[末底])?")
_WHOLE = re.compile(r"^(?:全[国省市县区州]|[我本][省市县区州])?(?:预计|实现|完成)*")
"""What stands before a name and says nothing of it."""
_LOCAL = "地方"
"""The start of names of what the place has of a whole."""


@dataclass(frozen=True, slots=True)
class FrontCard:
    """A card of the front page.

    `target` is the target of the coming year that is shown beside the result, if there is one, and `year` that year, None
    if it is not known. `other` is what the report states of the same measure and year elsewhere: the change beside an amount,
    or the amount beside a change. `when` is the time that the figure is about, in the words of the report, if it is not the year that
    the report reviews, or for a target the coming one: 五年, 2010年; else "". `base` is what its change is compared with, where only
    the words before it say so. `moved` are the several years over which a figure moved from the one before (从1.96缩小至1.82), where
    neither the card nor its name says them. `over` are the several years of a yearly rate (年均) beside an amount, which its base
    does not say. `time` is what the figure is about where the card stands alone: `when`, or the year reviewed or planned.
    """

    indicator: Indicator
    target: Indicator | None = None
    when: str = ""
    year: int | None = None
    other: Indicator | None = None
    base: ToldBase = UNKNOWN
    moved: str = ""
    over: str = ""
    time: str = ""

    @property
    def longer(self) -> bool:
        """Whether the change of the indicator itself is one over several years, and `other` is that of the year alone."""
        return self.other is not None and self.other.kind == "growth" and self.indicator.growth is not None


class Statements:
    """The statements of each core measure in a report, and the choice among them."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.times = SpokenTimes(reading)
        self.of = defaultdict[str, list[Indicator]](list)
        self.totals = defaultdict[str, list[Indicator]](list)
        for indicator in reading.shown:
            if indicator.measure:
                self.of[indicator.measure].append(indicator)
            if indicator.total_of:
                self.totals[indicator.total_of].append(indicator)
        self.in_sentence = defaultdict[str, list[Indicator]](list)
        for indicator in reading.shown:
            self.in_sentence[indicator.sentence].append(indicator)
        self.results = {_WHOLE.sub("", i.name) for i in reading.shown if i.status == "result"}
        self.reviewed = self._reviewed()

    def _reviewed(self) -> int | None:
        """The year that the report reviews: the one before its own, or its own where most results name that one."""
        own = self.reading.meta.year
        if own is None:
            return None
        spoken = [self.times.of(i).year for found in self.of.values() for i in found if i.status == "result"]
        return own if spoken.count(own) > spoken.count(own - 1) else own - 1

    def result(self, name: str) -> Indicator | None:
        """The best statement of what a measure reached: of the year that the report reviews, an amount with its change."""
        results = [i for i in self.of[name] if i.status == "result" and self.age(i) <= OLDEST]
        results = [i for i in results if not self._since_long(i)]
        return min(results, key=self._worth, default=None)

    def total(self, name: str) -> Indicator | None:
        """The first total of a measure over several years that the text names; None without one."""
        return next((i for i in self.totals[name] if self.times.of(i).span and not self.times.of(i).is_long), None)

    def _since_long(self, i: Indicator) -> bool:
        """Whether a change is one by a multiple (增长20.1倍) over decades, or with an unknown base: no year has such a change."""
        if i.kind != "growth" or i.unit not in ("倍", "番"):
            return False
        base = unadjusted(i.growth_base)
        time = SpokenTime(span=True, words=base) if base else self.times.of(i)
        return not time.words or time.is_long

    def _worth(self, i: Indicator) -> tuple[object, ...]:
        alone = i.kind == "growth"
        return (self.age(i), i.milestone_only, alone, not alone and i.growth is None, i.parent is not None, i.start)

    def age(self, i: Indicator) -> int:
        """How far the time of a result is from the year that the report reviews.

        0 for that year and where none is named, 1 for several years, 2 for another year, 3 for a part of a year.
        """
        if self.times.part_of_year(i):
            return 3
        time = self.times.of(i)
        if time.span:
            return 1
        return 0 if time.year is None or self.reviewed is None or time.year == self.reviewed else 2

    def age_at_end(self, i: Indicator) -> int:
        """The same, with 0 for an amount at the end of several years: 由3252亿美元增加到6208亿美元."""
        age = self.age(i)
        return 0 if age == 1 and not i.milestone_only and self.is_at_end(i) else age

    def aim(self, name: str, result: Indicator | None) -> Indicator | None:
        """The target of a measure for the year of the report; None if it states none that can stand beside `result`."""
        aims = [i for i in self.of[name] if i.status == "target" and self.is_next(i)]
        if result is not None:
            aims = [i for i in aims if _comparable(result, i) and not _of_local_part(result.name, i.name, self.results)]
        return min(aims, key=lambda i: (i.kind != "growth", i.start), default=None)

    def text_before(self, i: Indicator) -> str:
        """The text of an indicator's sentence before its words."""
        sentence = self.reading.sentences[i.sentence]
        return sentence.text[: max(i.start - sentence.start, 0)]

    def is_next(self, i: Indicator) -> bool:
        """Whether a target is of the report's own year and of the whole year."""
        time = self.times.of(i)
        if time.span or YEARLY in i.quote or self.times.part_of_year(i):
            return False
        return time.year is None or self.reviewed is None or time.year == self.reviewed + 1

    def cards(self, chosen: Sequence[Indicator]) -> list[FrontCard]:
        """The cards of indicators; none has as its other half what has a card of its own."""
        named = {indicator.id for indicator in chosen}
        made = [self.card(indicator) for indicator in chosen]
        return [replace(card, other=None) if card.other and card.other.id in named else card for card in made]

    def other(self, i: Indicator) -> Indicator | None:
        """The change of the year that is stated apart from an amount, or the amount that is stated apart from a change.

        None if none is stated, or several that differ: which of them belongs to `i` would be a guess.
        """
        if i.measure is None or i.status != "result" or self.age(i) > 0 or i.milestone_only:
            return None
        if i.kind == "growth":
            found = [o for o in self.of[i.measure] if self._is_level(o)] if self.is_yearly_change(i) else []
        elif i.growth is None or OVER_YEARS.search(i.growth.base or ""):
            found = [o for o in self.of[i.measure] if self.is_yearly_change(o)]
        else:
            return None
        return found[0] if len({(o.number, o.unit) for o in found}) == 1 else None

    def is_yearly_change(self, i: Indicator) -> bool:
        """Whether an indicator is the change of a measure in the year that the report reviews, against the year before."""
        if i.kind != "growth" or i.status != "result" or i.unit != "%" or i.number is None or self.age(i) > 0:
            return False
        base = unadjusted(i.growth_base) or ""
        return not (OVER_YEARS.search(base) or against_others(base))

    def _is_level(self, i: Indicator) -> bool:
        """Whether an indicator is what a measure reached in the year that the report reviews, without a change of that year."""
        if i.kind not in ("level", "count") or i.status != "result" or i.number is None or i.milestone_only:
            return False
        if i.growth and not OVER_YEARS.search(i.growth.base or ""):
            return False
        return self.age(i) == 0 or self.is_at_end(i)

    def is_at_end(self, i: Indicator) -> bool:
        """Whether an amount in a text about several years is that of their last one, and this is the year reviewed.

        It is if it rose from another (从9亿元增加到12亿元) or at a yearly rate; other amounts may be sums (进出口总额达1.4万亿元).
        """
        time = self.times.of(i)
        if not time.span or time.is_long or self.times.part_of_year(i) or last_year(time) not in (None, self.reviewed):
            return False
        yearly = i.growth is not None and YEARLY in (i.growth.base or "")
        return i.origin is not None or i.measure in NEVER_SUMMED or (yearly and not i.period)

    def _ends_span(self, i: Indicator, time: SpokenTime) -> bool:
        """Whether an amount in a text about several years is that of their last one, which is the year reviewed."""
        if i.kind not in ("level", "count") or not time.span or last_year(time) not in (None, self.reviewed):
            return False
        before = self.reading.text.body[i.start : i.at]  # the value may be written with spaces
        return i.measure in NEVER_SUMMED or at_end(i.name, before, moved=i.origin is not None)

    def _other_time(self, period: str) -> bool:
        """Whether a period is one of several years, or a single year before the one reviewed: 2024年 in a review of 2025."""
        year = _ONE_YEAR.fullmatch(period)
        return _is_span(period) or bool(year and self.reviewed is not None and int(year["year"]) < self.reviewed)

    def card(self, indicator: Indicator) -> FrontCard:
        """The card of an indicator, with the target of its measure if it is a result."""
        time, when = self.times.of(indicator), ""
        year = None if self.reviewed is None else self.reviewed + 1
        if indicator.status == "target":
            when = time.words if time.span or time.year not in (None, year) else ""
            return FrontCard(indicator, when=when, year=year, time=when or (f"{year}年" if year else ""))
        if part := self.times.part_of_year(indicator):
            return FrontCard(
                indicator,
                when="" if part in indicator.name else part,
                year=year,
                base=self.told_base(indicator),
                time=part,
            )
        # A change without a base is read as one of the last year, so that its time must be said even if it stands apart.
        if (
            indicator.kind != "share"
            and not self._ends_span(indicator, time)
            and self.age(indicator) in (1, 2)
            and (time.near or (indicator.kind == "growth" and not unadjusted(indicator.growth_base)))
        ):
            when = "" if time.words in indicator.name else time.words
        if (
            not when
            and indicator.period
            and indicator.period not in indicator.name
            and self._other_time(indicator.period)
        ):
            when = indicator.period  # also of a rate that was held, or of a change a year
        measure = indicator.measure or indicator.total_of
        aim = self.aim(measure, indicator) if measure else None
        moved = "" if when else moved_over(indicator, time)
        over = self.times.years_of_rate(indicator) if indicator.kind != "growth" else ""
        return FrontCard(
            indicator,
            aim,
            when,
            year,
            self.other(indicator),
            self.told_base(indicator),
            moved,
            over,
            when or self._time_alone(indicator, time),
        )

    def _time_alone(self, i: Indicator, time: SpokenTime) -> str:
        """What is said of the time of a result where its card stands alone: the year reviewed, or that of the text around it."""
        since_year = not time.words and COMPARED.search("比" + (unadjusted(i.growth_base) or ""))  # 比1964年增长1.9倍
        ended = not i.milestone_only and (self._ends_span(i, time) or self.is_at_end(i))
        if self.age(i) and not ended and not since_year:
            return time.words
        return "" if self.reviewed is None else f"{self.reviewed}年"

    def told_base(self, i: Indicator) -> ToldBase:
        """What a change without a base of its own is compared with, by the words of its sentence before it."""
        earlier = [o for o in self.in_sentence[i.sentence] if o.start < i.start]
        return told_base(i, self.text_before(i), earlier)

    def is_of_unknown_time(self, i: Indicator) -> bool:
        """Whether a change by a multiple (增长1.4倍) says neither by itself nor by its sentence over which time it went."""
        if i.kind != "growth" or i.unit not in ("倍", "番") or i.is_multiple or not is_change_without_base(i):
            return False
        return self.told_base(i) == UNKNOWN and not self.times.of(i).words


def reviewed_year(reading: Reading) -> int | None:
    """The year that a report reviews; None if it has no year."""
    return Statements(reading).reviewed


def _is_span(period: str) -> bool:
    """Whether a period is one of several years: 五年来, but not 2020年 or “十二五”期末."""
    stated = in_words(period)
    return stated is not None and stated.span


def _of_local_part(result: str, aim: str, results: AbstractSet[str]) -> bool:
    """Whether a target is that of the local part (地方财政收入) of the result, in a report that states both as `results`."""
    whole, part = _WHOLE.sub("", result), _WHOLE.sub("", aim)
    return part == _LOCAL + whole and part in results


def _comparable(result: Indicator, aim: Indicator) -> bool:
    """Whether a target may stand beside a result of its extent: a rate beside anything, an amount beside one of its size and unit."""
    if any(one in result.name and other in aim.name for one, other in (APART, APART[::-1])):
        return False
    if aim.kind == "growth":
        return split_unit(aim.unit)[0] in ("%", "个百分点", "倍", "番") and result.kind in ("level", "growth", "count")
    near = NEAR.get(aim.kind)
    if (
        near is None
        or aim.kind != result.kind
        or aim.amount is None
        or result.amount is None
        or aim.amount[0] != result.amount[0]
    ):
        return False
    a, b = aim.amount[1], result.amount[1]
    return a <= near * b and b <= near * a
