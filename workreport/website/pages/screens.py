"""Knows the six screens of 一图读懂 (headline number, economy, people, money, firsts and ranks, next year): what each shows.

A screen for which a report has nothing is left out. Leaves which statement of a measure is shown to `analysis.statements`, the
values of a figure to `cards`, and the look to `templates/typst/screen.typ` and to the page `picture`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workreport.analysis.gate import PASSED
from workreport.analysis.headlines import front_cards
from workreport.analysis.statements import FrontCard, Statements
from workreport.model import Indicator, Rank, Reading, unadjusted
from workreport.website.pages.cards import (
    LEVELS,
    SHORTEST,
    Card,
    firsts_heading,
    is_first_of_kind,
    rank_of,
    ranked_results,
)
from workreport.website.pages.cut_text import cut, width
from workreport.website.pages.front_cards import front_card

REST = 4
"""The most figures of a screen below its large one."""
NAME, QUOTE = 22, 76
"""The width, in Chinese characters, to which a name and a sentence are cut."""
OPENING, AHEAD = 22, 8
"""The most that stands before a figure in its sentence: its whole beginning (今年的预期目标是：), or a part of it."""
LONGEST = 9
"""The width of the longest figure with its unit that can be set large, in Chinese characters."""
PROUD = 10
"""The last place that is shown as a rank."""
GROUPS, NAMED = 5, 3
"""The most numbered ranks of a screen, and the most names beside one."""
BEFORE_FIRSTS = 3
"""The ranks before what is the first of its kind, so that it is shown where there is no room for all."""

_YEARLY = ("年均", "平均", "每年")
"""How the base of a change begins that does not say over which years."""
_BLANKS = re.compile(r"(?<=[0-9０-９.．])\s+(?=[0-9０-９.．%％\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])\s+(?=[0-9０-９])")
"""Matches blanks within a number and beside one, as scanned texts have them."""


@dataclass(frozen=True, slots=True)
class ScreenKind:
    """A screen of figures: its id, which is the name of its picture, its title, and the core measures in their order."""

    id: str
    title: str
    measures: tuple[str, ...]


HEADLINE, RANKS, TARGETS = "poster", "ranks", "targets"
"""The ids of the screens that are not chosen by their measures alone. The first one is the cover of the EPUB too."""
KINDS = (
    ScreenKind(
        "economy",
        "经济",
        (
            "gnp", "industry-and-agriculture-output", "trade-total", "retail-sales", "fixed-asset-investment",
            "large-industry-value-added", "industrial-value-added", "industrial-output", "large-industry-output",
            "exports", "foreign-investment-used", "services", "tertiary-industry", "agricultural-output",
            "agricultural-value-added", "grain-output", "tourism-revenue", "tourists", "gdp-per-capita",
            "r-and-d-intensity", "high-tech-firms", "market-entities", "technology-contracts", "imports",
            "manufacturing-investment", "industrial-investment", "express-parcels", "container-throughput",
        ),
    ),
    ScreenKind(
        "people",
        "民生",
        (
            "resident-income", "urban-income", "rural-income", "urban-jobs-added", "jobs-added", "surveyed-unemployment",
            "urban-unemployment", "cpi", "retail-prices", "reemployment", "life-expectancy", "basic-pension",
            "pension-coverage", "medical-coverage", "school-places-added", "elderly-beds-added", "beds-per-1000",
            "affordable-housing", "old-estates-renewed", "shantytowns-rebuilt", "good-air-share", "good-air-days", "pm25",
            "surface-water", "average-wage", "urban-rural-income-ratio", "poverty-reduced", "poverty-rate",
            "rural-living-allowance", "urban-living-allowance", "living-allowance", "preschool-enrolment",
            "senior-school-enrolment", "higher-education-enrolment", "urban-housing-space", "urbanisation",
        ),
    ),
    ScreenKind(
        "money",
        "财政金融",
        (
            "budget-revenue", "fiscal-revenue", "tax-revenue", "budget-expenditure", "tax-share", "household-deposits",
            "deposits", "loans",
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of the report around a figure: `lit` is what states it, `before` and `after` stand beside it in its sentence.

    A … at either end says that the sentence goes on there. `sentence` is its id.
    """

    before: str
    lit: str
    after: str
    sentence: str

    @property
    def text(self) -> str:
        """The three parts in one."""
        return self.before + self.lit + self.after


@dataclass(frozen=True, slots=True)
class ScreenFigure:
    """A figure of a screen: its name with its time, cut to fit, and the values of its card. `old`: its numerals are Chinese
    or of full width, and therefore not set large."""

    name: str
    card: Card
    old: bool = False


@dataclass(frozen=True, slots=True)
class ScreenRank:
    """A rank and what holds it: 全省第一, and names of measures, or for what is the `first` of its kind the words of the report."""

    label: str
    names: tuple[str, ...]
    more: bool = False
    first: bool = False

    @property
    def told(self) -> str:
        """The names in one line; a ； stands between those that say their area themselves (全省首创：水管家制度)."""
        between = "；" if self.first else "、"
        return between.join(self.names) + "等" * self.more


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen: id, title, the time that it is about (2025年) or "", the large figure or the large rank with the sentence it
    comes from, and the further ones. The first screen of a report without a figure for it has neither."""

    id: str
    title: str
    when: str
    figure: ScreenFigure | None = None
    quote: Excerpt | None = None
    figures: tuple[ScreenFigure, ...] = ()
    rank: ScreenRank | None = None
    ranks: tuple[ScreenRank, ...] = ()


def screens(reading: Reading, origin: str) -> tuple[Screen, ...]:
    """Return the screens of a report in their order, for the page at `origin`, from which the links of figures are relative."""
    return tuple(_Screens(reading, origin).all())


class _Screens:
    def __init__(self, reading: Reading, origin: str) -> None:
        self.reading, self.origin = reading, origin
        self.statements = Statements(reading)
        self.reviewed = self.statements.reviewed

    def all(self) -> Iterator[Screen]:
        """Yield the screens. No measure stands on two of them, but a result and its target."""
        first = self.headline()
        yield first
        shown = {first.figure.card.id} if first.figure else set[str]()
        measures = {i.measure for i in self.reading.indicators if i.id in shown} - {None}
        for kind in KINDS:
            results = [i for name in kind.measures if name not in measures and (i := self._result(name))]
            if made := self._of_figures(kind.id, kind.title, [i for i in results if i.id not in shown]):
                yield made
        yield from self._ranks()
        if made := self._of_figures(TARGETS, "目标", self._targets()):
            yield made

    def headline(self) -> Screen:
        """The first screen: the first card of the front page that can be set large, or the name of the report alone."""
        cards = front_cards(self.reading)
        chosen = {*self.reading.found.front, *self.reading.found.pinned}
        for card in sorted(cards, key=lambda card: (card.indicator.id not in chosen, self._is_late(card.indicator))):
            i = card.indicator
            if (i.measure or i.id in chosen) and self._says_its_time(card):
                figure = self._figure(card)
                if figure.card.figure and _size(figure) <= LONGEST:
                    when = self._year_of(i) if not card.when else ""
                    return Screen(HEADLINE, "", when, figure, excerpt(self.reading, i, QUOTE))
        return Screen(HEADLINE, "", "")

    def _is_late(self, i: Indicator) -> bool:
        """Whether an indicator is not a result of the year reviewed."""
        return i.status == "target" or self.statements.age(i) > 0

    def _year_of(self, i: Indicator) -> str:
        """The year of a result or target as text, "" for a result of another time than the year reviewed."""
        if i.status == "target":
            return self._year(1)
        return self._year(0) if self.statements.age(i) == 0 else ""

    def _year(self, later: int) -> str:
        return "" if self.reviewed is None else f"{self.reviewed + later}年"

    def _result(self, name: str) -> Indicator | None:
        found = self.statements.result(name)
        return found if found and self._says_its_time(self.statements.card(found)) else None

    def _says_its_time(self, card: FrontCard) -> bool:
        """Whether a result is of the year reviewed, or else says of which time it is, by itself or by the base of its change."""
        i = card.indicator
        if i.status == "target" or self.statements.age(i) == 0 or card.when:
            return True
        base = unadjusted(i.growth.base if i.growth else i.growth_base) or ""
        return bool(base) and not base.startswith(_YEARLY)

    def _targets(self) -> list[Indicator]:
        return [aim for row in self.reading.found.measures if (aim := self.statements.aim(row.id, None))]

    def _of_figures(self, name: str, title: str, found: Sequence[Indicator]) -> Screen | None:
        """A screen of figures; None without one. The large one is of the year, an amount with a change or rank if there is one."""
        made = [figure for card in self.statements.cards(found) if (figure := self._figure(card)).card.figure]
        if not made:
            return None
        of = {i.id: i for i in found}
        first = min(made, key=lambda figure: self._smallness(figure, of[figure.card.id]))
        chosen = of[first.card.id]
        later = [figure for figure in made if figure is not first]
        rest = tuple(sorted(later, key=lambda figure: self._is_late(of[figure.card.id])))[:REST]
        return Screen(name, title, self._year_of(chosen), first, excerpt(self.reading, chosen, QUOTE), rest)

    def _smallness(self, figure: ScreenFigure, i: Indicator) -> tuple[bool, ...]:
        """Sort key of what stands large on a screen, the largest first; those that are alike stay in the order of measures."""
        amount = i.kind in ("level", "count") and not i.milestone_only and i.approx != PASSED
        told = i.status == "target" or (amount and bool(i.growth or i.ranks))
        return (figure.old or _size(figure) > LONGEST, i.status == "result" and self.statements.age(i) > 0, not told)

    def _figure(self, card: FrontCard) -> ScreenFigure:
        return screen_figure(self.reading, card, self.origin)

    def _ranks(self) -> Iterator[Screen]:
        numbered = list(_numbered_ranks(self.reading))[:GROUPS]
        firsts = _firsts(self.reading)
        groups = [ScreenRank(label, *_holders(label, found)) for label, found in numbered]
        if firsts:
            names = tuple(
                cut(i.name, NAME) if rank.place in i.name else f"{rank.scope}{rank.place}：{cut(i.name, NAME)}"
                for i, rank in firsts
            )
            heading = firsts_heading(rank for _, rank in firsts[:NAMED])
            groups.insert(BEFORE_FIRSTS, ScreenRank(heading, names[:NAMED], len(names) > NAMED, first=True))
        if groups:
            first = numbered[0][1][0] if numbered else firsts[0][0]
            quote = excerpt(self.reading, first, QUOTE)
            holders = [*(i for _, found in numbered for i in found[:NAMED]), *(i for i, _ in firsts[:NAMED])]
            when = self._year(0) if all(self.statements.age(i) == 0 for i in holders) else ""
            yield Screen(RANKS, "位次", when, quote=quote, rank=groups[0], ranks=tuple(groups[1:]))


def screen_figure(reading: Reading, card: FrontCard, origin: str) -> ScreenFigure:
    """Return a figure for a picture: its name says its time where that is not the year that the report reviews."""
    shown = front_card(reading, card, origin)
    name = shown.name if shown.when in shown.name else shown.when + shown.name
    old = shown.figure is not None and not is_plain(shown.figure.value)
    return ScreenFigure(cut(name, NAME), shown, old)


def _size(figure: ScreenFigure) -> float:
    """The width of a figure with its unit at half size, in Chinese characters."""
    shown = figure.card.figure
    assert shown is not None
    return width(shown.value) + width(shown.before + shown.between + shown.unit + shown.after) / 2


def is_plain(value: str) -> bool:
    """Whether a number is in digits of half width, which can be set large: 2091.5, 5—5.5, but not 一点九 or ２．２."""
    return value.replace("—", "").replace("−", "").isascii()


def _numbered_ranks(reading: Reading) -> Iterator[tuple[str, list[Indicator]]]:
    """Yield the ranks of results up to the tenth with those that hold them, by number and area; core measures first."""
    groups: dict[tuple[int, int, str], list[Indicator]] = {}
    for i, rank in _ranked_results(reading):
        if rank.number is not None and rank.number <= PROUD and not is_first_of_kind(rank):
            level = next((k for k, name in enumerate(LEVELS) if (rank.scope or "").startswith(name)), len(LEVELS))
            holders = groups.setdefault((rank.number, level, f"{rank.scope}{rank.place}"), [])
            if i not in holders:
                holders.append(i)
    for key in sorted(groups):
        yield key[2], sorted(groups[key], key=lambda i: i.measure is None)


def _firsts(reading: Reading) -> list[tuple[Indicator, Rank]]:
    """What is the first of its kind in the country or the province, in the order of the text."""
    return [(i, rank) for i, rank in _ranked_results(reading) if is_first_of_kind(rank)]


def _ranked_results(reading: Reading) -> Iterator[tuple[Indicator, Rank]]:
    """Yield the ranks of results that name their area, if a name says what holds them."""
    for i, rank in ranked_results(reading):
        if rank.scope and (i.measure or len(i.name) >= SHORTEST):
            yield i, rank


def _holders(label: str, holders: Sequence[Indicator]) -> tuple[tuple[str, ...], bool]:
    names = tuple(dict.fromkeys(cut(_holder(i, label), NAME) for i in holders))
    return names[:NAMED], len(names) > NAMED


def _holder(i: Indicator, label: str) -> str:
    """The name of what holds a rank, with what of it is ranked: 进出口总额增幅."""
    what = next((view.what for rank in i.ranks if (view := rank_of(rank)).text == label), "")
    return i.name if not what or what in i.name else i.name + what


def excerpt(reading: Reading, i: Indicator, room: float) -> Excerpt:
    """Return the sentence of an indicator, or as much of it around the indicator's words as fits: whole clauses.

    `room` is in Chinese characters. What states the indicator is never cut, but where it alone is wider than that.
    """
    sentence = reading.sentences[i.sentence]
    start, end = max(i.start - sentence.start, 0), max(i.end - sentence.start, 0)
    parts = (sentence.text[:start], sentence.text[start:end], sentence.text[end:])
    before, lit, after = (_BLANKS.sub("", " ".join(part.split())) for part in parts)
    if width(before + lit + after) <= room:
        return Excerpt(before, lit, after, i.sentence)
    left = room - width(lit) - 2
    if left < 0:
        return Excerpt("", cut(lit, room), "", i.sentence)
    back = before if width(before) <= min(OPENING, left) else _last_clause(before, min(AHEAD, left))
    ahead = _first_clauses(after, left - width(back))
    ahead = ahead if ahead == after else ahead.rstrip(_ENDS) + "…"
    return Excerpt(back if back == before else "…" + back, lit, ahead, i.sentence)


_ENDS = "，；。：,;"
"""Where a clause ends. What stands between 、 belongs together."""


def _first_clauses(text: str, room: float) -> str:
    """The longest beginning of a text that is at most so wide and ends where a clause ends."""
    cuts = [len(text), *(k + 1 for k in range(len(text) - 1, -1, -1) if text[k] in _ENDS)]
    return next((text[:k] for k in cuts if width(text[:k]) <= room), "")


def _last_clause(text: str, room: float) -> str:
    """What stands behind the last end of a clause, "" if it is wider than that or within quotation marks."""
    last = re.split(f"[{_ENDS}]", text)[-1]
    return last if width(last) <= room and last.count("“") == last.count("”") else ""
