"""Knows what fell, as the front page says it: in two groups, what everyone wants less of and the others, of which no more is said.

A third group has what is less than the report of the year before says. Leaves which results fell to `analysis.fallen`, and
falls that are drawn in a picture to `charts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from workreport.analysis.fallen import fell, sank
from workreport.analysis.spoken_times import SpokenTimes, moved_over
from workreport.model import SIGNS, Indicator, Reading, comparison, split_unit
from workreport.model.place_years import Stated
from workreport.website import addresses, bars
from workreport.website.pages.cards import Card
from workreport.website.pages.figure_views import shown_figure
from workreport.website.pages.plain_digits import half_width
from workreport.website.pages.views.compared_place import ComparedPlace

NAMED = 8
"""The most falls of a group that are named; the table of indicators has the others."""
OTHERS, WELL, THAN_BEFORE = "下降的", "下降而越少越好的", "比上一年报告写的少（口径可能有变）"
"""What is said of each group."""
_VERB = re.compile("(?:下降|降低|减少|压减|精简|缩短)$")
"""The verb of a fall at the end of a name: 审批事项减少."""
NONE_FELL = "没有读出写明下降的结果。"
"""What is said of a report in which nothing fell."""


@dataclass(frozen=True, slots=True)
class Fall:
    """A fall in words (火灾起数 五年来 −58.5%), with the link to its sentence."""

    words: str
    href: Markup


@dataclass(frozen=True, slots=True)
class FallGroup:
    """Falls of one sort (`label`) in the order of the text, core measures first: the first `NAMED` in words, the number of others.

    `all` is the link to where the others stand.
    """

    label: str
    named: tuple[Fall, ...]
    unnamed: int
    all: Markup


@dataclass(frozen=True, slots=True)
class Falls:
    """The groups that have any."""

    groups: tuple[FallGroup, ...]

    @property
    def none(self) -> str:
        """What is said where nothing fell, "" where something did."""
        return "" if self.groups else NONE_FELL


def falls_of(reading: Reading, cards: Mapping[str, Card], years: ComparedPlace | None, origin: str) -> Falls:
    """Return the falls of a report for the page at `origin`; `years` are the reports of its place.

    `cards` are the cards of the indicators by id.
    """
    times = SpokenTimes(reading)
    well = reading.falls_for_well
    fallen = sorted((i for i in reading.shown if fell(i)), key=lambda i: i.measure is None)
    made = [(i, Fall(_words(i, _time(i, times)), cards[i.id].href)) for i in fallen]
    table = addresses.report(reading, addresses.INDICATORS) + "#table"
    sorts = [
        (OTHERS, [fall for i, fall in made if i.id not in well], table),
        (WELL, [fall for i, fall in made if i.id in well], table),
    ]
    if years:
        sorts.append((THAN_BEFORE, list(_than_before(reading, years, origin)), f"{years.path}#series"))
    made_groups = (_group(label, found, addresses.relative(origin, there)) for label, found, there in sorts)
    return Falls(tuple(group for group in made_groups if group))


def _group(label: str, found: Iterable[Fall], there: str) -> FallGroup | None:
    """Falls of one sort, each said once; None without any."""
    unlike = [*{fall.words: fall for fall in found}.values()]
    more = max(len(unlike) - NAMED, 0)
    return FallGroup(label, tuple(unlike[:NAMED]), more, Markup(there)) if unlike else None


def _than_before(reading: Reading, years: ComparedPlace, origin: str) -> Iterator[Fall]:
    """Yield amounts that are less than those of the year before in the report of that year, both as they are written."""
    slug = reading.meta.slug
    for i in sorted(reading.shown, key=lambda i: i.measure is None):
        found = years.year_before(slug, i.id)
        if found is None or i.status != "result" or i.approx or i.number is None or i.kind not in ("level", "count"):
            continue
        anchor, point = found
        told = i.growth is not None or fell(
            i
        )  # what the report itself says of the change is said elsewhere, or contradicts
        if told or not _is_less(i, point.stated):
            continue
        figure = shown_figure(i)
        words = f"{i.name} {figure.text if figure else ''}（{point.year}年 {point.stated.value}）"
        yield Fall(half_width(words), Markup(addresses.relative(origin, f"{years.path}#{anchor}")))


def _is_less(i: Indicator, before: Stated) -> bool:
    """Whether an exact amount is less than an exact one before, in the same unit."""
    if before.number is None or before.approx or before.unit is None or i.number is None:
        return False
    (unit, power), (own, ours) = split_unit(before.unit), split_unit(i.unit)
    return unit == own and i.number.scaleb(ours) < before.number.scaleb(power)


def _time(i: Indicator, times: SpokenTimes) -> str:
    """The time over which something fell, where it is not the year reviewed; "" where no text says it."""
    if part := times.part_of_year(i):
        return part
    sentence = times.reading.sentences[i.sentence]
    around = times.before.get(i.sentence)
    if i.period and _is_of_pair(sentence.text[: max(i.start - sentence.start, 0)], i.period):
        return around.words if around and around.span else ""
    time = times.of(i)
    moved = i.period or moved_over(i, time)
    return moved or (time.words if sank(i) and time.span and time.words not in i.name else "")


def _is_of_pair(before: str, period: str) -> bool:
    """Whether a year is only the end of a comparison that stands before a ；: 从2020年的14.1万元提升至2024年的17.6万元；."""
    clauses = before.rpartition("；")
    return (
        bool(clauses[1]) and period not in clauses[2] and bool(re.search(rf"[从由]\d{{4}}年[^；]*{period}", clauses[0]))
    )


def _words(indicator: Indicator, moved: str) -> str:
    """Name, time and fall: 火灾起数（五年来）−58.5%, 城乡收入倍差 由1.96到1.82, 文盲率（五年来）下降到6%."""
    base = (indicator.growth_base if indicator.kind == "growth" else indicator.growth and indicator.growth.base) or ""
    when = comparison(base) if base else moved
    name = _VERB.sub("", indicator.name) + (f"（{when}）" if when else "")
    figure = shown_figure(indicator)
    text = figure.text if figure else ""
    return half_width(f"{name} {_fall(indicator, base, text)}")


def _fall(indicator: Indicator, base: str, text: str) -> str:
    value = bars.change(indicator)
    if indicator.kind == "growth":
        return text
    if value is not None:
        return f"{SIGNS['down']}{abs(value):f}%"
    if indicator.growth is not None:
        return indicator.growth.phrase.removeprefix(comparison(base)).lstrip()
    came = indicator.origin
    return f"由{came.value}{came.unit}到{text}" if came else sank(indicator) + text
