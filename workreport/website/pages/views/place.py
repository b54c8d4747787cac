"""Knows the view of a place, year by year: its reports, what came of the promises of each, and its series.

Leaves pairs to `place_pairs`, series to `place_series`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from workreport.website import addresses
from workreport.website.pages import wording
from workreport.website.pages.cards import BesideView, Card
from workreport.website.pages.views.compared_place import ComparedPlace
from workreport.website.pages.views.place_pairs import PairYear, pair_years, theme_chips
from workreport.website.pages.views.place_series import SeriesView, series_told, series_views
from workreport.website.pages.views.report import DownloadLink, PageLink

DATA_OF_YEARS = (
    ("承诺对照", "pairs.xlsx", "XLSX，用 Excel、WPS 打开。"),
    ("承诺对照表", "pairs.csv", "CSV，任何表格软件都能打开。"),
    ("历年数字", "series.xlsx", "XLSX，用 Excel、WPS 打开。"),
    ("历年数字表", "series.csv", "CSV，任何表格软件都能打开。"),
    ("承诺对照数据", "pairs.json", "JSON，供程序读取。"),
    ("历年数字数据", "series.json", "JSON，供程序读取。"),
    ("数据说明", "datapackage.json", "各列的名称与含义，供程序读取。"),
)
"""The data files of all places with several reports, to which the page of each leads: title, file name, purpose."""


@dataclass(frozen=True, slots=True)
class YearLink:
    """A report of the place: its link, its speaker and day."""

    link: PageLink
    said: str


@dataclass(frozen=True, slots=True)
class PlacePage:
    """A place, year by year; `label` is the title of the page.

    `reports` are its reports, the newest first; `total` is the number of all promises, `chips` what can be chosen. `drawn` are the
    series of three years or more, `others` those of two. `verdicts`: words of verdicts stand beside the pairs. `hidden` is what the publisher
    hides.
    """

    place: str
    label: str
    reports: tuple[YearLink, ...]
    years: tuple[PairYear, ...]
    total: int
    chips: tuple[tuple[str, str, int], ...]
    drawn: tuple[SeriesView, ...]
    others: tuple[SeriesView, ...]
    verdicts: bool
    home: PageLink
    data: tuple[DownloadLink, ...]
    hidden: tuple[str, ...]

    @property
    def broken(self) -> bool:
        """Whether a level of a series does not follow on that of the year before."""
        return any(series.broken for series in (*self.drawn, *self.others))

    @property
    def jumps(self) -> tuple[tuple[str, str, int], ...]:
        """The ways to the parts of the page: anchor, words, number."""
        years = tuple((year.anchor, f"{year.promised}→{year.told}", year.total) for year in self.years)
        several = len(self.drawn) + len(self.others)
        return (*years, *((("series", "历年数字", several),) if several else ()))


def place_label(place: str) -> str:
    """The title of the page of a place."""
    return f"{place}：各年对照"


def place_view(place: ComparedPlace, origin: str, home: str) -> PlacePage:
    """Return the view of the page of a place at `origin`; `home` is the name of the site."""
    years = tuple(pair_years(place, origin))
    return PlacePage(
        place=place.years.place,
        label=place_label(place.years.place),
        reports=tuple(_report(place, k, origin) for k in reversed(range(len(place.ordered)))),
        years=years,
        total=len(place.years.pairs),
        chips=tuple(theme_chips(place)) if years else (),
        drawn=tuple(series_views(place, origin, drawn=True)),
        others=tuple(series_views(place, origin, drawn=False)),
        verdicts=place.verdicts,
        home=PageLink(home, Markup(addresses.relative(origin, addresses.ROOT))),
        data=tuple(
            DownloadLink(title, Markup(addresses.relative(origin, f"{addresses.DATA}/{name}")), note)
            for title, name, note in DATA_OF_YEARS
        ),
        hidden=place.years.hidden,
    )


def place_link(place: ComparedPlace | None, origin: str, anchor: str = "") -> PageLink | None:
    """Return the link from the page at `origin` to the page of a place; None where it has none."""
    if place is None:
        return None
    target = place.path + (f"#{anchor}" if anchor else "")
    return PageLink("各年对照", Markup(addresses.relative(origin, target)))


def with_year_before(cards: Sequence[Card], slug: str, place: ComparedPlace | None, origin: str) -> tuple[Card, ...]:
    """Return the cards of a report with the figure of the year before where the series of the place has it.

    It leads to the series on the page of the place, from where its words are one more step.
    """
    return tuple(replace(card, before=_before(card, slug, place, origin)) for card in cards) if place else tuple(cards)


def _before(card: Card, slug: str, place: ComparedPlace, origin: str) -> BesideView | None:
    found = place.year_before(slug, card.id)
    if found is None:
        return None
    anchor, point = found
    told = series_told(place, point.stated)
    href = Markup(addresses.relative(origin, f"{place.path}#{anchor}"))
    return BesideView(point.stated.indicator, f"{point.year}年", told, href)


def _report(place: ComparedPlace, k: int, origin: str) -> YearLink:
    report = place.ordered[k]
    meta = report.reading.meta
    said = " · ".join(filter(None, (f"{meta.office} {meta.speaker}".strip(), wording.day(meta.date))))
    return YearLink(report.link_to(origin, meta.name, ""), said)
