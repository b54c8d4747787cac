"""Knows of which time an indicator is: the year, the several years or the part of a year that the words before it name.

Leaves reading the times of a text to `indicators.periods`, and which statement is shown to `statements`.
"""

from __future__ import annotations

import re
from functools import cached_property

from workreport.analysis.indicators.periods import (
    SpokenTime,
    in_words,
    part_at,
    part_in,
    parts_of_year,
    times,
    times_before,
)
from workreport.model import Indicator, Reading

OVER_YEARS = re.compile(r"年均|平均|每年|[两三四五六七八九十]年|五”|(?P<year>(?:19|20)\d\d)")
"""A base of a change over several years; a year is one if it is not the one before the change."""
YEARLY = "年均"
"""A word beside a change over several years: 居民消费价格年均涨幅."""
_SUM = "累计"
"""A word beside a sum over years, where no year is named."""
_NAMES_YEARS = re.compile(r"[两三四五六七八九十\d]年|五”|届")
"""A base that says itself over which years a rate is: 五年年均."""
_RATE = re.compile("年均|平均|每年")
"""A base of a change that is one of each of several years."""
_SO_FAR = ("今年", "今年以来")
"""What names the report's own year up to its day …"""
_WITHIN_YEAR = range(4, 11)
"""… in a report of these months: the few of January tell so of the year before, and a report of December of the whole year."""
_PART = re.compile(
    r"(?:^|(?<=[。；，：、\s]))(?P<words>(?:(?:[去今上当]|(?:19|20)\d\d)年)?(?:[一二三四1-4]季度|前三季度|[上下]半年|"
    r"(?:前|1[—–\-~～至到])(?!12个?月)(?:1[01]|[1-9]|[一二三四五六七八九]|十一?)个?月份?))(?![底初末起前后以之])"
)
"""A part of a year at the start of a clause, also without a mark behind it: 一季度地区生产总值增长5.2%."""
BEFORE = 16
"""Characters before an indicator's words in which a part of a year may be named."""


def moved_over(i: Indicator, time: SpokenTime) -> str:
    """The several years over which a figure moved from the one before it, as the text says them; "" where it says none."""
    return time.words if i.origin is not None and time.span and time.words not in i.name else ""


class SpokenTimes:
    """The time that each indicator is about: the last that its sentence names before it, or what stands before it sets."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.before = times_before(reading.outline)

    @cached_property
    def years_before(self) -> dict[str, SpokenTime]:
        """The last several years that the text of its section sets before each sentence, by the id of the sentence."""
        told: dict[str, SpokenTime] = {}
        section, years = "", SpokenTime()
        for sentence in self.reading.outline.sentences():
            time = self.before.get(sentence.id) or SpokenTime()
            if sentence.section != section:
                section, years = sentence.section, SpokenTime()
            years = time if time.span and not time.is_long else years
            told[sentence.id] = years
        return told

    def of(self, i: Indicator) -> SpokenTime:
        """The time of an indicator; several years where its change is per year, or its own words say 累计.

        Those of a sum are the ones that the text before its sentence opens with, if it does.
        """
        sentence = self.reading.sentences[i.sentence]
        time = in_words(sentence.text[: max(i.end - sentence.start, 0)], i.name)
        if time is None and i.period:  # a year in other digits or with spaces, which only the engine reads: ２００２年
            stated = in_words(i.period)
            time = stated if stated and not stated.span else None
        if i.kind in ("growth", "share") and (YEARLY in i.quote or self.over_years(i.growth_base or "")):
            return SpokenTime(span=True, words=self.years_of_rate(i))
        if time is None and i.kind != "growth" and _SUM in i.quote:
            return SpokenTime(span=True, words=i.period or _SUM)
        return time or self.before.get(i.sentence) or SpokenTime()

    def years_of_rate(self, i: Indicator) -> str:
        """The several years of a yearly rate (年均增长8%) where its base does not say them: 五年来; "" where no text does.

        They are the last that its sentence names before the rate, or those that stand for the sentence.
        """
        base = (i.growth_base if i.kind == "growth" else i.growth.base if i.growth else "") or ""
        if not _RATE.search(base) or _NAMES_YEARS.search(base):
            return ""
        sentence = self.reading.sentences[i.sentence]
        at = max(i.at - sentence.start, 0)
        before = sentence.text[: max(at, sentence.text.find(base, at)) if i.kind != "growth" else at]
        named = [time for time in map(SpokenTime.of, times(before.removesuffix(base))) if time.span]
        told = (named or [self.years_before.get(i.sentence, SpokenTime())])[-1].words.removesuffix(_SUM)
        return "" if told in i.name else told

    def part_of_year(self, i: Indicator) -> str:
        """The part of a year that an indicator is about, in the words of the report; "" for one of a whole year or more."""
        sentence = self.reading.sentences[i.sentence]
        before = sentence.text[: max(i.start - sentence.start, 0)]
        if part := part_at(before, parts_of_year(before), len(before)):
            return part
        body = self.reading.text.body
        near = max(i.start - BEFORE, 0)
        near = max(near, *(body.rfind(mark, near, i.start) + 1 for mark in "。；"))
        if part := part_in(body, near, i.end):
            return part
        if part := part_at(before, reversed([*_PART.finditer(before)]), len(before)):
            return part
        day = self.reading.meta.date
        current = i.status == "result" and day is not None and day.month in _WITHIN_YEAR
        words = self.of(i).words if current else ""
        return _SO_FAR[1] if words.endswith(_SO_FAR) else ""

    def over_years(self, base: str) -> bool:
        """Whether a change with this base is one over several years: 年均, 2012年 in a report of 2020."""
        found, own = OVER_YEARS.search(base), self.reading.meta.year
        return found is not None and (found["year"] is None or own is None or int(found["year"]) < own - 2)
