"""Knows the view of the list of promises (承诺清单): numbered tickets, those of 民生实事 first, then by theme.

Leaves finding the promises and their themes to `analysis.promises`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from workreport.analysis.yearly_targets import LIVELIHOOD
from workreport.model import Indicator, Promise, Theme
from workreport.website import addresses
from workreport.website.pages.figure_views import rise_of, shown_figure
from workreport.website.pages.plain_digits import unspaced
from workreport.website.pages.sentences import place_label
from workreport.website.pages.views.compared_place import ComparedPlace, StatedView, report_label
from workreport.website.pages.views.place import place_link
from workreport.website.pages.views.report import PageLink, Report

_SHAPES = {1: "one-ticket", 2: "two-tickets", 3: "three-tickets"}
LIVELIHOOD_GROUP = ("livelihood", "民生实事")
"""Id and heading of the group of promises in lists of 民生实事."""


@dataclass(frozen=True, slots=True)
class Came:
    """What the next report says of a promise: None where verdicts are wanted and it says nothing. `word` is the verdict's, or ""."""

    stated: StatedView | None
    word: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """A promise: its figures as one text (1万个 · 20所), "" without any, its words, with numbers written together
    whose digits stand apart in the source, and the link to them in the text.

    `theme` is the anchor of its theme if it does not stand under this heading, else "". `anchor` is the same for the first
    ticket of a theme without a heading: links to the theme lead to it. `where` is the short label of its section. `came` is what the report of
    the next year says of it.
    """

    number: int
    figures: str
    words: str
    theme: str
    href: Markup
    where: str
    anchor: str = ""
    came: tuple[Came, ...] = ()

    @property
    def marks(self) -> dict[str, str]:
        """The attributes of its row."""
        return {"id": self.anchor, "class": self.theme}


@dataclass(frozen=True, slots=True)
class TicketGroup:
    """The tickets under one heading, in the order of their numbers; `anchor` is the id of the heading."""

    anchor: str
    label: str
    tickets: tuple[Ticket, ...]

    @property
    def count(self) -> int:
        """How many tickets there are."""
        return len(self.tickets)

    @property
    def shape(self) -> str:
        """How many columns of the page the tickets take: one-ticket, two-tickets, three-tickets or many-tickets."""
        return _SHAPES.get(self.count, "many-tickets")

    @property
    def start(self) -> str:
        """The number of the first ticket."""
        return str(self.tickets[0].number)


@dataclass(frozen=True, slots=True)
class PromisesPage:
    """The list of promises: `total` tickets, of which `livelihood` are of 民生实事; `year` is the report's as text, or "".

    `chips` are what can be chosen: the anchor and label of each group, and how many tickets are of it; a theme has those of
    民生实事 too. `elsewhere`: the table of indicators has targets that are none of these: of later years, or vague. `absent` are the
    labels of the themes that no ticket has. `later`
    is the report of the next year (2025年报告), "" without one, and `years` leads to the page of the place.
    """

    year: str
    total: int
    livelihood: int
    elsewhere: bool
    groups: tuple[TicketGroup, ...]
    chips: tuple[tuple[str, str, int], ...]
    front: PageLink
    indicators: PageLink
    absent: tuple[str, ...] = ()
    later: str = ""
    years: PageLink | None = None


def promises_view(report: Report, origin: str, place: ComparedPlace | None = None) -> PromisesPage:
    """Return the view of the list of promises at `origin`; `place` has the reports of other years of its place."""
    reading = report.reading
    by_id = {indicator.id: indicator for indicator in reading.indicators}
    homeless = _without_heading(reading.promises)
    tickets = [
        (promise, _ticket(report, promise, by_id, origin, anchored=promise.number in homeless, place=place))
        for promise in reading.promises
    ]
    later = place.next_of(reading.meta.slug) if place else None
    listed = {name for promise in reading.promises for name in promise.figures}
    groups = tuple(
        TicketGroup(f"theme-{name}", label, tuple(ticket for _, ticket in group))
        for (name, label), group in groupby(tickets, key=lambda pair: _group(pair[0]))
    )
    return PromisesPage(
        year=f"{reading.meta.year}年" if reading.meta.year else "",
        total=len(tickets),
        livelihood=sum(promise.livelihood for promise, _ in tickets),
        elsewhere=any(
            i.status == "target" and i.id not in listed and LIVELIHOOD not in i.quote for i in reading.indicators
        ),
        groups=groups,
        chips=tuple(_chips(reading.promises)),
        front=report.link_to(origin, report.reading.meta.name, ""),
        indicators=report.link_to_page(origin, addresses.INDICATORS),
        absent=tuple(theme.label for theme in reading.without_promise),
        later=report_label(later.reading) if later else "",
        years=place_link(place, origin, f"y{reading.meta.year}") if later else None,
    )


def promises_link(report: Report, origin: str) -> PageLink | None:
    """Return the link from the page at `origin` to the list of promises, with their number; None for a report without any."""
    if not report.reading.promises:
        return None
    words = f"{report.titles[addresses.PROMISES]} {len(report.reading.promises)} 项"
    return report.link_to(origin, words, addresses.PROMISES)


def _group(promise: Promise) -> tuple[str, str]:
    return LIVELIHOOD_GROUP if promise.livelihood else (promise.theme.id, promise.theme.label)


def _chips(promises: Iterable[Promise]) -> Iterator[tuple[str, str, int]]:
    """The lists of 民生实事, then each theme with all its promises: those with a heading first, then those of the lists alone."""
    promises = list(promises)
    if lists := sum(promise.livelihood for promise in promises):
        yield f"theme-{LIVELIHOOD_GROUP[0]}", LIVELIHOOD_GROUP[1], lists
    for theme in dict.fromkeys(p.theme for p in sorted(promises, key=lambda p: p.livelihood)):
        yield f"theme-{theme.id}", theme.label, sum(promise.theme == theme for promise in promises)


def _without_heading(promises: Sequence[Promise]) -> set[int]:
    """The numbers of the first promises of each theme that only lists of 民生实事 have."""
    headed = {promise.theme for promise in promises if not promise.livelihood}
    first: dict[Theme, int] = {}
    for promise in promises:
        if promise.theme not in headed:
            first.setdefault(promise.theme, promise.number)
    return set(first.values())


def _ticket(
    report: Report,
    promise: Promise,
    by_id: dict[str, Indicator],
    origin: str,
    *,
    anchored: bool,
    place: ComparedPlace | None,
) -> Ticket:
    reading = report.reading
    figures = [by_id[name] for name in promise.figures]
    anchor = figures[0].id if figures else promise.sentence
    return Ticket(
        promise.number,
        " · ".join(dict.fromkeys(filter(None, map(_told, figures)))),
        unspaced(reading.text.body[promise.start : promise.end]),
        f"theme-{promise.theme.id}" if promise.livelihood else "",
        report.sentence_href(origin, anchor, promise.section),
        place_label(reading, promise.section),
        f"theme-{promise.theme.id}" if anchored else "",
        tuple(_came(place, reading.meta.slug, promise, origin)) if place else (),
    )


def _came(place: ComparedPlace, slug: str, promise: Promise, origin: str) -> Iterator[Came]:
    """Yield what the next report says of the figures of a promise, or of its words: each sentence once for each word."""
    found = [place.years.pairs[k] for name in promise.figures for k in place.targets.get((slug, name), ())]
    if not promise.figures:
        of_words = (place.years.pairs[k] for k in place.targets.get((slug, promise.sentence), ()))
        found = [p for p in of_words if promise.start < p.target.end and p.target.start < promise.end]
    told: set[tuple[object, str]] = set()
    for pair in sorted(found, key=lambda pair: pair.result is None):
        word = place.word(pair)
        key = ((pair.result.sentence, pair.result.start) if pair.result else None, word)
        if key in told or (pair.result is None and (told or not word)):
            continue
        told.add(key)
        yield Came(place.beside(pair, pair.result, origin) if pair.result else None, word)


def _told(indicator: Indicator) -> str:
    """The figure of a target, behind the verb of a planned rise, or the rank that it aims at."""
    figure = shown_figure(indicator)
    return rise_of(indicator) + figure.text if figure else indicator.value
