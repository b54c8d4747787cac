"""Knows the view of a place, year by year: its reports, what came of the promises of each, and its series.

Leaves pairs to `place_pairs`, series to `place_series`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from workreport.model import Reading
from workreport.website import addresses
from workreport.website.pages import wording
from workreport.website.pages.cards import BesideView, Card
from workreport.website.pages.views.compared_place import ComparedPlace
from workreport.website.pages.views.place_pairs import PairYear, pair_years, theme_chips
from workreport.website.pages.views.place_series import SeriesView, measure_href, series_told, series_views
from workreport.website.pages.views.report import DownloadLink, PageLink

FIRST = 8
"""How many series are open, those of core measures first."""
NO_NEXT_YEAR = "本站没有这个地方相邻两年的报告，所以没有承诺可以对照。"
NO_PAIRS = "相邻两年的报告里没有读出可以对照的承诺。"
"""What is said of a place without promises beside results."""
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

    `reports` are its reports, the newest first; `total` is the number of all promises and series, `chips` what can be chosen. `first`
    are the first series of three years or more, `further` all others of so many, `others` those of two. `gap` is said where no two
    reports are of consecutive years. `verdicts`: words of verdicts stand beside the pairs. `hidden` is what the publisher hides.
    """

    place: str
    label: str
    reports: tuple[YearLink, ...]
    years: tuple[PairYear, ...]
    total: int
    chips: tuple[tuple[str, str, int], ...]
    first: tuple[SeriesView, ...]
    further: tuple[SeriesView, ...]
    others: tuple[SeriesView, ...]
    gap: str
    verdicts: bool
    home: PageLink
    data: tuple[DownloadLink, ...]
    hidden: tuple[str, ...]

    @property
    def broken(self) -> bool:
        """Whether a level of a series does not follow on that of the year before."""
        return any(series.broken for series in self.series)

    @property
    def series(self) -> tuple[SeriesView, ...]:
        """All series."""
        return (*self.first, *self.further, *self.others)

    @property
    def jumps(self) -> tuple[tuple[str, str, int], ...]:
        """The ways to the parts of the page: anchor, words, number."""
        years = tuple((year.anchor, f"{year.promised}→{year.told}", year.total) for year in self.years)
        several = len(self.series)
        own = (("reports", "各年报告", len(self.reports)),)
        return (*years, *((("series", "历年数字", several),) if several else ()), *(own if years or several else ()))


def place_label(place: str) -> str:
    """The title of the page of a place."""
    return f"{place}：各年对照"


def place_view(place: ComparedPlace, origin: str, home: str, measures: Collection[str] = ()) -> PlacePage:
    """Return the view of the page of a place at `origin`; `home` is the name of the site, `measures` the ids of those with a page."""
    years = tuple(pair_years(place, origin))
    taken = {group.anchor for year in years for group in year.groups}
    taken |= {pair.home for year in years for pair in (*year.alone, *(p for group in year.groups for p in group.pairs))}
    drawn, others = (
        _with_homes(series_views(place, origin, drawn=drawn, measures=measures), taken) for drawn in (True, False)
    )
    return PlacePage(
        place=place.years.place,
        label=place_label(place.years.place),
        reports=tuple(_report(place, k, origin) for k in reversed(range(len(place.ordered)))),
        years=years,
        total=len(place.years.pairs) + len(place.years.series),
        chips=tuple(theme_chips(place)) if years else (),
        first=tuple(drawn[:FIRST]),
        further=tuple(drawn[FIRST:]),
        others=tuple(others),
        gap="" if years else _gap(place),
        verdicts=place.verdicts,
        home=PageLink(home, Markup(addresses.relative(origin, addresses.ROOT))),
        data=tuple(
            DownloadLink(title, Markup(addresses.relative(origin, f"{addresses.DATA}/{name}")), note)
            for title, name, note in DATA_OF_YEARS
        ),
        hidden=place.years.hidden,
    )


def _with_homes(found: Iterable[SeriesView], taken: set[str]) -> list[SeriesView]:
    """Return the series, the first of each theme with the id of the theme, if that is not `taken` on the page."""
    made = []
    for one in found:
        made.append(replace(one, home="" if one.theme in taken else one.theme))
        taken.add(one.theme)
    return made


def _gap(place: ComparedPlace) -> str:
    """What is said where no promise stands beside the next report: there is none of the very next year, or no pair was found."""
    consecutive = any(place.next_of(slug) for slug in place.years.reports)
    return NO_PAIRS if consecutive else NO_NEXT_YEAR


def place_link(place: ComparedPlace | None, origin: str, anchor: str = "") -> PageLink | None:
    """Return the link from the page at `origin` to the page of a place; None where it has none."""
    if place is None:
        return None
    target = place.path + (f"#{anchor}" if anchor else "")
    return PageLink("各年对照", Markup(addresses.relative(origin, target)))


def with_measures(cards: Sequence[Card], reading: Reading, measures: Collection[str], origin: str) -> tuple[Card, ...]:
    """Return the cards of a report with the link to the measure of each in other reports, where the site has such a page."""
    named = {indicator.id: indicator.measure for indicator in reading.indicators}
    return tuple(replace(card, across=measure_href(named.get(card.id), measures, origin)) for card in cards)


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
