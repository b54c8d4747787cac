"""Knows the titles of reports: 政府工作报告 with place and year before it, and other documents that keep their own title.

Leaves the place and the year that a title names to `places` and `metadata`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workreport.ingest.facts.head_dates import HeadDate, dates_in, without_dates
from workreport.ingest.front_words import FrontWords

USUAL = "政府工作报告"
"""The title of a report of a government."""
LONGEST_TITLE = 60
"""The most characters of a title."""

_USUAL = re.compile(r"(?P<before>[^，。；：、《（(]{0,40}?)《?政府度?工作的?报告》?")
"""Matches a line with the usual title, from the words before it: 青禾县2024年人民."""
_ASIDE = re.compile(r"[（(【\[][^（(【\[）)】\]]*[）)】\]]$")
_SUBJECT = re.compile("国民经济|预算|财政|工作")
"""Matches the word of a title that follows the place: 青禾县国民经济和社会发展统计公报."""
_FAR = re.compile(r"年?(?:远景|中长期)|年?[-—－~～至到]")
"""What follows the year of an aim or the first year of a span: neither is the year of the document."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title as reports are called in lists, the words of its line that may name the place, and the year it states."""

    title: str
    place: str
    year: int | None


def title_of(lines: Sequence[str], words: FrontWords) -> Title | None:
    """Return the title among compact lines: that of a government, else the first line that is a document's title, else None.

    A title may be divided in up to three lines.

    >>> title_of(["2026年东山省人民政府工作报告"], FrontWords())
    Title(title='政府工作报告', place='东山省人民', year=2026)
    >>> title_of(["青禾县人民法院工作报告"], FrontWords(documents=("工作报告",))).title
    '青禾县人民法院工作报告'
    """
    for line in lines:
        found = _USUAL.match(without_dates(line)) if len(line) <= 2 * LONGEST_TITLE else None
        if found:
            return Title(USUAL, found["before"].strip("-—－"), year_in(line))
    for k in range(len(lines)):
        for n in (1, 2, 3):
            bare = _bare("".join(lines[k : k + n]))
            found = words.document.fullmatch(bare)
            goes_on = "".join(lines[k + n : k + n + 1]).startswith(("和", "与", "及", "暨"))
            if found and not goes_on and len(bare) <= LONGEST_TITLE:
                place = _SUBJECT.split(without_dates(found["before"].removeprefix("关于")))[0]
                return Title(bare, place.strip("-—"), year_in(bare))
    return None


def year_in(line: str) -> int | None:
    """Return the last year that a title states, without aims and spans (二〇三五年远景目标); None if there is none.

    >>> year_in("关于2023年计划执行情况与2024年计划草案的报告"), year_in("第十四个五年规划和2035年远景目标纲要")
    (2024, None)
    """
    years = [d.year for d in dates_of(line)]
    return years[-1] if years else None


def dates_of(line: str) -> Iterator[HeadDate]:
    """Yield the dates of a compact line, without aims and the first years of spans (二〇三五年远景目标)."""
    return (d for d in dates_in(line) if not _FAR.match(line, d.end - (line[d.end - 1] == "年")))


def _bare(line: str) -> str:
    """Return a line without what stands in brackets at its end (（草案）) and without 《》 around it."""
    while _ASIDE.search(line):
        line = _ASIDE.sub("", line)
    return line[1:-1] if line.startswith("《") and line.endswith("》") else line
