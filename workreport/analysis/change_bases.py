"""Knows what a change is compared with where its own words do not say so: the time or the year that its sentence names before
it, 全国解放以来，粮食增产1.4倍 or 比1964年增长90%，钢增长1.2倍.

Leaves the bases that stand beside a change to `indicators`, and what is shown of them to `website`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from workreport.analysis.indicators.periods import times
from workreport.model import Indicator

SINCE = re.compile("以来|(?<!一)年来")
"""Words after which a sentence tells of several years: 解放以来, 三年来."""
COMPARED = re.compile(r"[比较同与和](?P<year>\d{4}|[一二][〇○零九][〇○零一二三四五六七八九]{2})年")
"""An earlier year with which a sentence compares."""
_SINCE_WHEN = re.compile(r"(?:^|[，。；：！\s])(?P<words>[^，。；：！\s\d]{2,10}以来)(?=，)")
"""The words at the start of a clause that say since when: 全国解放以来，."""
_OTHER = re.compile(r"[比较]|同期|[上去今]年")
"""Another comparison or time, after which an earlier one may not hold any more."""


@dataclass(frozen=True, slots=True)
class ToldBase:
    """What a change is compared with: `since` is a time (全国解放以来), `year` a year as the report writes it (一九六四年).

    At most one is not "".
    """

    since: str = ""
    year: str = ""


UNKNOWN = ToldBase()
"""Nothing is said, or nothing that is sure."""


def told_base(i: Indicator, before: str, earlier: Iterable[Indicator]) -> ToldBase:
    """What a change without a base of its own is compared with, by the words of its sentence; empty where this is not sure.

    `before` is the text of the sentence before the indicator, `earlier` are the indicators of the sentence before it. A year is
    sure only if a change of something else is compared with it, and nothing between names another time: in
    总产值比1964年增加90亿元，增长5% the second change may be that of the year.
    """
    if not is_change_without_base(i):
        return UNKNOWN
    if (since := _last(_SINCE_WHEN, before)) and not _is_left(before[since.end() :]):
        return ToldBase(since=since["words"])
    if (year := _last(COMPARED, before)) and not _is_left(before[year.end() :]):
        named = f"{year['year']}年"
        same = [o for o in earlier if named in ((o.growth.base if o.growth else o.growth_base) or "")]
        if same and all(o.name != i.name for o in same):
            return ToldBase(year=named)
    return UNKNOWN


def is_change_without_base(i: Indicator) -> bool:
    """Whether an indicator is or has a change whose words say neither what it is compared with nor its time."""
    if i.period or i.is_multiple:
        return False
    return not i.growth_base if i.kind == "growth" else i.growth is not None and not i.growth.base


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(reversed(list(pattern.finditer(text))), None)


def _is_left(text: str) -> bool:
    """Whether a text behind the words that set a base names another time or comparison."""
    return _OTHER.search(text) is not None or bool(times(text))
