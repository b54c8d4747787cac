"""Knows the view of the front page of a site with several reports, and of the page of a province: places by division code,
years as columns, the same core figures of every report.

Leaves the figures to `core_figures`, the order of places to `place_order`, and the front page of each report to `front`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from workreport.website import addresses
from workreport.website.pages.collection import Collection, ReportSummary
from workreport.website.pages.core_figures import CorePlace
from workreport.website.pages.place_order import LEVELS, PlaceKey, group_name, place_key, short_place
from workreport.website.pages.views.report import PageLink
from workreport.website.place_addresses import place_slug

BESIDE = 4
"""The most years beside each other."""
MOST = 200
"""The most reports on one page; of more, each province has a page."""
USUAL = "政府工作报告"
"""The title that is not said of a report, for nearly all have it."""
YEARS = "各年对照"
"""The words of the link to the page of a place with reports of several years."""
NO_YEAR = "年份未明"
"""The head of the column of reports whose year is not known."""


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """A report in a cell of the table. `place` is short (宁夏, 拱墅区); `title` is said where it is not the usual one, `missing` what the source lacks.

    `old_ids` are the ids on its front page, so that links to them from the time when it was the only report still work.
    """

    place: str
    when: str
    name: str
    title: str
    href: Markup
    core: tuple[CorePlace, ...]
    missing: tuple[str, ...]
    old_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place with its reports by column.

    `more` is the way to all reports of its province, None where all are here; `years` that to the page of the place itself,
    None for one without reports of several years.
    """

    place: str
    key: PlaceKey
    cells: tuple[tuple[ReportEntry, ...], ...]
    more: PageLink | None = None
    years: PageLink | None = None


@dataclass(frozen=True, slots=True)
class YearBand:
    """A table: its heading, its columns (2026年, 2025年) and rows; `keys` are the years of the columns, with blanks between."""

    heading: str
    anchor: str
    columns: tuple[str, ...]
    rows: tuple[PlaceRow, ...]
    keys: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose by: its key in the address, its words, the number of reports."""

    id: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class ReportList:
    """The front page of a site with several reports, or the page of a province.

    `notes` are those of the publication, `label` is the title, `total` the number of reports that the page leads to.
    `years` and `levels` can be chosen, where there are several; `core` are the short names of the figures. `crumbs` leads back, () on the front page.
    `compare` leads to the measures of all places, None where no two reports state the same.
    """

    bands: tuple[YearBand, ...]
    notes: tuple[str, ...]
    label: str
    total: int
    names: tuple[str, ...]
    years: tuple[Choice, ...] = ()
    levels: tuple[Choice, ...] = ()
    crumbs: tuple[PageLink, ...] = ()
    divided: bool = False
    compare: PageLink | None = None

    @property
    def entries(self) -> tuple[ReportEntry, ...]:
        """The reports on the page."""
        return tuple(entry for band in self.bands for row in band.rows for cell in row.cells for entry in cell)


def is_divided(collection: Collection) -> bool:
    """Whether there are too many reports for one page, so that each province has its own."""
    return len(collection.reports) > MOST


def groups(collection: Collection) -> tuple[str, ...]:
    """The provinces with reports, in the order of places, as `PlaceKey.group`."""
    return tuple(dict.fromkeys(key.group for key in sorted(map(place_key, collection.metas))))


def list_view(collection: Collection, origin: str, label: str) -> ReportList:
    """Return the view of the front page at `origin`; `label` is the name of the site.

    Where there are too many reports, it has the newest of each province, with the way to the page of all.
    """
    several = is_divided(collection)
    shown = _newest(collection.reports) if several else collection.reports
    return _view(shown, collection.reports, collection, origin, label, divided=several)


def province_view(collection: Collection, group: str, origin: str, home: str) -> ReportList:
    """Return the view of the page at `origin` with all reports of a group of `PlaceKey.group`; `home` is the name of the site."""
    own = [report for report in collection.reports if place_key(report.meta).group == group]
    crumbs = (PageLink(home, Markup(addresses.relative(origin, addresses.ROOT))),)
    return _view(own, own, collection, origin, group_name(group), crumbs=crumbs)


def _newest(reports: Iterable[ReportSummary]) -> list[ReportSummary]:
    """The newest report of each province or of its first place."""
    ordered = sorted(reports, key=lambda one: (place_key(one.meta), -(one.meta.year or 0), one.meta.slug))
    return [next(group) for _, group in groupby(ordered, key=lambda one: place_key(one.meta).group)]


def _view(
    shown: Sequence[ReportSummary],
    all_of_them: Sequence[ReportSummary],
    collection: Collection,
    origin: str,
    label: str,
    *,
    divided: bool = False,
    crumbs: tuple[PageLink, ...] = (),
) -> ReportList:
    entries = _entries(shown, origin)
    ways = _ways(collection, origin)
    years = sorted({report.meta.year or 0 for report in shown}, reverse=True)
    bands = (
        [_newest_band(shown, all_of_them, entries, ways, origin)]
        if divided
        else [_band(shown, entries, ways, years[k : k + BESIDE]) for k in range(0, len(years), BESIDE)]
    )
    counted = [place_key(report.meta).level for report in shown]
    levels = [Choice(level, words, counted.count(level)) for level, words in LEVELS.items() if level in counted]
    of_year = [report.meta.year or 0 for report in shown]
    return ReportList(
        tuple(bands),
        () if crumbs else collection.notes,
        label,
        len(all_of_them),
        tuple(report.meta.name for report in shown),
        tuple(Choice(str(year), _when(year), of_year.count(year)) for year in years) if len(years) > 1 else (),
        tuple(levels) if len(levels) > 1 else (),
        crumbs,
        divided,
        _compare(collection, origin),
    )


def _compare(collection: Collection, origin: str) -> PageLink | None:
    if not collection.measures:
        return None
    path = addresses.site_page(addresses.MEASURES)
    return PageLink(f"{len(collection.measures)} 项指标，各地各年并排", Markup(addresses.relative(origin, path)))


def _entries(reports: Iterable[ReportSummary], origin: str) -> dict[str, ReportEntry]:
    """The reports by slug. An id that several reports have is in the `old_ids` of the newest of them only."""
    made: dict[str, ReportEntry] = {}
    taken: set[str] = set()
    for report in sorted(reports, key=lambda one: (-(one.meta.year or 0), one.meta.slug)):
        meta = report.meta
        ids = dict.fromkeys(report.front_ids) if origin == addresses.ROOT else {}
        made[meta.slug] = ReportEntry(
            short_place(meta),
            _when(meta.year or 0),
            meta.name,
            "" if meta.title == USUAL else meta.title,
            Markup(addresses.relative(origin, addresses.front(meta.slug))),
            report.core if origin == addresses.ROOT else report.core_in_province,
            report.missing,
            tuple(name for name in ids if name not in taken),
        )
        taken |= set(ids)
    return made


def _ways(collection: Collection, origin: str) -> dict[str, PageLink]:
    """The ways to the pages of places with reports of several years, by the slugs of these reports."""
    found = ((years, addresses.place(place_slug(years.place, years.code))) for years in collection.places)
    made = ((years, PageLink(YEARS, Markup(addresses.relative(origin, path)))) for years, path in found)
    return {slug: link for years, link in made for slug in years.reports}


def _way(own: Sequence[ReportSummary], ways: Mapping[str, PageLink]) -> PageLink | None:
    return next((ways[one.meta.slug] for one in own if one.meta.slug in ways), None)


def _when(year: int) -> str:
    return f"{year}年" if year else NO_YEAR


def _by_place(reports: Iterable[ReportSummary]) -> list[tuple[PlaceKey, list[ReportSummary]]]:
    ordered = sorted(reports, key=lambda one: (place_key(one.meta), one.meta.slug))
    return [(key, list(own)) for key, own in groupby(ordered, key=lambda one: place_key(one.meta))]


def _name(own: Sequence[ReportSummary]) -> str:
    """The name of a place: that of its newest report, or for a report without a place its title."""
    meta = max((report.meta for report in own), key=lambda meta: (meta.year or 0, meta.slug))
    return meta.place or meta.name


def _band(
    reports: Sequence[ReportSummary],
    entries: Mapping[str, ReportEntry],
    ways: Mapping[str, PageLink],
    years: Sequence[int],
) -> YearBand:
    """The table of some years, the newest first."""
    rows = []
    for key, own in _by_place(reports):
        cells = tuple(tuple(entries[one.meta.slug] for one in own if (one.meta.year or 0) == year) for year in years)
        if any(cells):
            rows.append(PlaceRow(_name(own), key, cells, years=_way(own, ways)))
    known = [year for year in years if year]
    heading = _when(known[0]) if len(known) == 1 else f"{known[-1]}—{known[0]}年" if known else NO_YEAR
    return YearBand(heading, f"y-{years[0]}", tuple(map(_when, years)), tuple(rows), " ".join(map(str, years)))


def _newest_band(
    shown: Sequence[ReportSummary],
    all_of_them: Sequence[ReportSummary],
    entries: Mapping[str, ReportEntry],
    ways: Mapping[str, PageLink],
    origin: str,
) -> YearBand:
    """The table of the newest report of each province, with the ways to all of them."""
    found = [place_key(report.meta).group for report in all_of_them]
    rows = []
    for key, own in _by_place(shown):
        href = addresses.relative(origin, addresses.province(key.group))
        more = PageLink(f"{group_name(key.group)}全部 {found.count(key.group)} 份", Markup(href))
        cells = (tuple(entries[one.meta.slug] for one in own),)
        rows.append(PlaceRow(_name(own), key, cells, more, _way(own, ways)))
    return YearBand("最新的报告", "newest", ("最新的报告",), tuple(rows))
