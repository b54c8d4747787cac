"""Knows over which time each change in a report goes: the year that it reviews, several years, or the year that it plans.

A picture compares only changes over the same time. Leaves the times that a text names to `statements`, and drawing to
`website`.
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from workreport.analysis.change_bases import COMPARED, SINCE
from workreport.analysis.statements import Statements
from workreport.model import Indicator, Reading, against_others, unadjusted

Span: TypeAlias = Literal["year", "years", "target"]
"""year: against the year before the one reviewed. years: over several years or per year of them. target: of the year planned."""

YEAR_ON_YEAR = re.compile(r"同比|(?:比|较)?(?:上|去|前一)年(?:同期|同口径|底|末)?|同口径|可比口径|")
"""The bases of a change against the year before; without a base it is one where the text is about one year."""


def change_spans(reading: Reading) -> dict[str, Span]:
    """The time of each change that a report states, by the id of its indicator; without those that fit none of the three.

    Such are changes over a part of a year or of another year, multiples, and distances from others (高于全国).
    """
    statements = Statements(reading)
    found = ((i.id, _span(i, statements)) for i in reading.shown)
    return {name: span for name, span in found if span}


def _span(i: Indicator, statements: Statements) -> Span | None:
    if i.kind == "growth":
        base = unadjusted(i.growth_base) or ""
    elif i.growth is not None:
        base = unadjusted(i.growth.base) or ""
    else:
        return None
    if against_others(base) or i.is_multiple:
        return None
    if i.status == "target":
        fits = i.kind == "growth" and statements.is_next(i) and not statements.times.over_years(base)
        return "target" if fits else None
    age = statements.age(i)
    if age > 1:
        return None
    if statements.times.over_years(base) or (age == 1 and base != "同比"):
        return "years"
    if not base and not i.period:
        before = statements.text_before(i)
        if SINCE.search(before):
            return "years"
        # What further changes, without a base, are compared with is not sure.
        if COMPARED.search(before):
            return None
    return "year" if YEAR_ON_YEAR.fullmatch(base) else None
