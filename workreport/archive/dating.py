"""Knows where the date of an archive file comes from, and the sentences that state it.

The date is the report's own, that of the newest report, SOURCE_DATE_EPOCH, or a fixed stand-in. Leaves choosing the
date to `build`, and the sentences of the preservation notes to `templates/preservation/`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum

from workreport.project import paths


class DateOrigin(Enum):
    """Where the date of an archive file comes from; the value is the sentence for `bag-info.txt`."""

    REPORT = "Bagging-Date is the date of the report, so that the same report is the same bytes."
    NEWEST = "Bagging-Date is the date of the newest report, so that the same reports are the same bytes."
    EPOCH = (
        "Bagging-Date was named by SOURCE_DATE_EPOCH: the source states no date; this is not the date of the report."
    )
    STAND_IN = "Bagging-Date is a stand-in: the source states no date; this is not the date of the report."


def date_origin(days: Sequence[str], moment: date) -> DateOrigin:
    """Where the date `moment` comes from; `days` has the ISO date of each report, "" for a report that states none.

    Several reports give NEWEST where at least one states a date.

    >>> date_origin(["2024-02-21"], date(2024, 2, 21)).name, date_origin([""], paths.UNDATED).name
    ('REPORT', 'STAND_IN')
    """
    if any(days):
        return DateOrigin.REPORT if len(days) == 1 else DateOrigin.NEWEST
    return DateOrigin.STAND_IN if moment == paths.UNDATED else DateOrigin.EPOCH


def described(description: str, days: Sequence[str], moment: date) -> str:
    """The description for metadata that must have a date, here `moment`.

    Where no report states a date (`days` as in `date_origin`), two sentences say that `moment` is not a report's date.

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
