"""Knows whose day it is that an archive is dated by, and says so: the report's own, the newest one's, or a stand-in.

Follows from what the reports say and the day that was taken alone, so that nothing need be remembered between builds.
Leaves the words of the notes for people to `templates/keeping/`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum

from workreport.project import paths


class Whose(Enum):
    """Whose day the files are dated by; the value is what `bag-info.txt` says of it."""

    REPORT = "Bagging-Date is the date of the report, so that the same report is the same bytes."
    NEWEST = "Bagging-Date is the date of the newest report, so that the same reports are the same bytes."
    EPOCH = (
        "Bagging-Date was named by SOURCE_DATE_EPOCH: the source states no date; this is not the date of the report."
    )
    STAND_IN = "Bagging-Date is a stand-in: the source states no date; this is not the date of the report."


def whose(days: Sequence[str], moment: date) -> Whose:
    """Whose day `moment` is, where `days` are those that the reports state, "" for a report that states none.

    >>> whose(["2024-02-21"], date(2024, 2, 21)).name, whose([""], paths.UNDATED).name
    ('REPORT', 'STAND_IN')
    """
    if any(days):
        return Whose.REPORT if len(days) == 1 else Whose.NEWEST
    return Whose.STAND_IN if moment == paths.UNDATED else Whose.EPOCH


def described(description: str, days: Sequence[str], moment: date) -> str:
    """A description for machines whose form demands a date: where no report states one, that the date is none of theirs.

    >>> described("全文", ["2024-02-21"], date(2024, 2, 21))
    '全文'
    """
    if any(days):
        return description
    day = moment.isoformat()
    return (
        f"{description}。来源没有写明日期；日期一律写作 {day}，不是报告日期。"
        f" The source states no date; {day} stands in its place and is not the date of the report."
    )
