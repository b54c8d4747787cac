"""Knows every kind of page: its id, address, title, place in the navigation, view, template and description.

Leaves the content of a page to its view and template, and rendering to `render`. All code that needs the list of pages
reads `PAGES` when it is called, so adding a row there adds a kind of page everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from workreport.model import Publication, Reading, heading
from workreport.website import addresses
from workreport.website.addresses import PageId
from workreport.website.pages import meta_description
from workreport.website.pages.design import DesignPage, design_view
from workreport.website.pages.explanations import GlossaryPage, glossary_title, glossary_view
from workreport.website.pages.page_kind import PageKind, PageRequest, Scope
from workreport.website.pages.place_order import group_name
from workreport.website.pages.publisher import SiteFacts, site_title
from workreport.website.pages.views.audience import AudiencePage, audience_path, audience_title, audience_view
from workreport.website.pages.views.compared_place import ComparedPlace, compared_places
from workreport.website.pages.views.download import DownloadPage, download_view
from workreport.website.pages.views.editorial_notes import NotesPage, notes_view
from workreport.website.pages.views.front import FrontContext, FrontPage, front_view
from workreport.website.pages.views.fulltext import FullText, text_view
from workreport.website.pages.views.measure import MeasureList, MeasurePage, measure_view, measures_view
from workreport.website.pages.views.name_index import NameIndex, names_view
from workreport.website.pages.views.picture import PicturePage, picture_view
from workreport.website.pages.views.place import PlacePage, place_label, place_view
from workreport.website.pages.views.promise_list import PromisesPage, promises_view
from workreport.website.pages.views.report import Report
from workreport.website.pages.views.report_list import ReportList, groups, is_divided, list_view, province_view
from workreport.website.pages.views.section import SectionView, section_view
from workreport.website.pages.views.table import IndicatorTable, indicators_view
from workreport.website.place_addresses import place_slug

# Kinds of pages that only this module refers to.
LIST = PageId("list")
DESIGN = PageId("about/design")
HOME = "首页"
"""The label of the site's front page in the navigation."""

PAGES: tuple[PageKind[Any], ...] = (
    PageKind[ReportList](
        LIST,
        "",
        lambda page: list_view(page.reports, page.publication, page.path, site_title(page.publication, page.site)),
        "list",
        lambda view, _: meta_description.of_list(view),
        scope=Scope.SITE,
    ),
    PageKind[ReportList](
        addresses.PROVINCES,
        "",
        lambda page: province_view(
            page.reports, page.publication, page.subject, page.path, site_title(page.publication, page.site)
        ),
        "list",
        lambda view, _: meta_description.of_list(view),
        scope=Scope.PROVINCE,
    ),
    PageKind[MeasureList](
        addresses.MEASURES,
        "指标比较",
        lambda page: measures_view(page.publication, page.path, site_title(page.publication, page.site)),
        "measures",
        lambda view, page: meta_description.of_measures(site_title(page.publication, page.site), view),
        scope=Scope.SITE,
        navigation="比较",
    ),
    PageKind[MeasurePage](
        addresses.MEASURE,
        "",
        lambda page: measure_view(
            page.publication,
            page.subject,
            page.path,
            site_title(page.publication, page.site),
            title(addresses.MEASURES),
        ),
        "measure",
        lambda view, _: meta_description.of_measure(view),
        scope=Scope.MEASURE,
    ),
    PageKind[FrontPage](
        addresses.FRONT,
        lambda reading: reading.meta.name,
        lambda page: front_view(
            page.report, page.path, FrontContext(page.others, page.years, page.publication.measured)
        ),
        "front",
        lambda view, _: view.description,
    ),
    PageKind[SectionView](
        addresses.SECTION,
        "",
        lambda page: section_view(page.report, page.section, page.path, page.alone),
        "section",
        lambda view, _: view.description,
        scope=Scope.SECTION,
    ),
    PageKind[PromisesPage](
        addresses.PROMISES,
        "承诺清单",
        lambda page: promises_view(page.report, page.path, page.years),
        "promises",
        lambda view, page: meta_description.of_promises(page.name, view),
        navigation="承诺",
        chapter=True,
        wanted=lambda reading: bool(reading.promises),
    ),
    PageKind[AudiencePage](
        addresses.AUDIENCE,
        "",
        lambda page: audience_view(page.report, page.audience, page.path),
        "audience",
        lambda view, page: meta_description.of_audience(page.name, view),
        scope=Scope.AUDIENCE,
    ),
    PageKind[IndicatorTable](
        addresses.INDICATORS,
        "全部指标",
        lambda page: indicators_view(page.report, page.path, page.publication.measured),
        "indicators",
        lambda view, page: meta_description.of_indicators(page.name, view),
        navigation="指标",
        chapter=True,
    ),
    PageKind[NameIndex](
        addresses.NAMES,
        "名称索引",
        lambda page: names_view(page.report, page.path),
        "names",
        lambda view, page: meta_description.of_names(page.name, view),
        navigation="名称",
        chapter=True,
    ),
    PageKind[GlossaryPage](
        addresses.GLOSSARY,
        glossary_title,
        lambda page: glossary_view(page.report.reading, page.path),
        "glossary",
        lambda view, page: meta_description.of_glossary(page.name, view),
        navigation="",
        chapter=True,
        wanted=lambda reading: bool(reading.glossary),
    ),
    PageKind[NotesPage](
        addresses.NOTES,
        "原文说明",
        lambda page: notes_view(page.report, page.path),
        "notes",
        lambda view, page: meta_description.of_notes(page.name, view),
        navigation="说明",
        chapter=True,
    ),
    PageKind[FullText](
        addresses.TEXT,
        "全文",
        lambda page: text_view(page.report, page.path),
        "text",
        lambda _, page: meta_description.of_text(page.report.reading),
        navigation="全文",
    ),
    PageKind[PicturePage](
        addresses.PICTURE,
        "一图读懂",
        lambda page: picture_view(page.report, page.path, page.site),
        "picture",
        lambda view, _: view.description,
    ),
    PageKind[DownloadPage](
        addresses.DOWNLOAD,
        "下载与引用",
        lambda page: download_view(page.report, page.path, page.site),
        "download",
        lambda _, page: meta_description.of_download(page.name, zipped=page.site.zipped),
        navigation="引用",
    ),
    PageKind[PlacePage](
        addresses.PLACE,
        "",
        lambda page: place_view(
            page.place, page.path, site_title(page.publication, page.site), page.publication.measured
        ),
        "place",
        lambda view, _: meta_description.of_place(view),
        scope=Scope.PLACE,
    ),
    PageKind[Report | None](
        addresses.ABOUT,
        "关于本站",
        lambda page: page.reports[0] if page.alone else None,
        "about",
        lambda _, page: meta_description.of_about(site_title(page.publication, page.site)),
        scope=Scope.SITE,
        navigation="关于",
    ),
    PageKind[DesignPage](
        DESIGN,
        "组件",
        lambda _: design_view(),
        "design",
        lambda *_: "网页的每一种组件和它的每一种状态，数字都是示例。",
        scope=Scope.SITE,
    ),
)
"""All kinds of pages, in the order of the navigation."""


def _of_report(reading: Reading) -> Iterator[PageKind[Any]]:
    return (kind for kind in PAGES if kind.scope is Scope.REPORT and kind.wanted(reading))


def _of_site(publication: Publication) -> Iterator[PageKind[Any]]:
    """Return the kinds of scope SITE that a site has, except the list of reports: it is the front page if there are several."""
    none = LIST if publication.measures else addresses.MEASURES
    return (kind for kind in PAGES if kind.scope is Scope.SITE and kind.id not in (LIST, none))


def _path(reading: Reading, kind: PageKind[Any]) -> str:
    return addresses.report(reading, "" if kind.id == addresses.FRONT else kind.id)


def kind_of(page: PageId) -> PageKind[Any]:
    """Return the row with the id `page`. Raises KeyError if there is none."""
    found = next((kind for kind in PAGES if kind.id == page), None)
    if found is None:
        raise KeyError(page)
    return found


def titles(reading: Reading) -> dict[PageId, str]:
    """Return the titles of a report's pages by page id, in the order of the navigation, without those of sections."""
    return {kind.id: kind.title_of(reading) for kind in _of_report(reading)}


def report_of(reading: Reading) -> Report:
    """Return the report as the views need it: the reading, and the titles of its pages for links."""
    return Report(reading, titles(reading))


def chapters() -> tuple[tuple[PageId, str], ...]:
    """Return the ids of the pages that are chapters of the single HTML file, with their labels in its bar.

    The label "" means that it is taken from the heading of the page.
    """
    return tuple((kind.id, kind.navigation or "") for kind in PAGES if kind.chapter)


def title(page: PageId) -> str:
    """Return the title of a kind of page with a fixed title; "" if the title depends on the report or the view."""
    return kind_of(page).title_of(None)


def above(page: PageId) -> tuple[tuple[str, str], ...]:
    """Return title and path of the pages of the site that lead from its front page to a kind of page."""
    lists = (addresses.MEASURES,) if page == addresses.MEASURE else ()
    return tuple((title(one), addresses.site_page(one)) for one in lists)


def label(page: PageId) -> str:
    """Return the label of a kind of page with a fixed title in the bar at the top of every page."""
    return kind_of(page).label_of(None)


def reserved() -> frozenset[str]:
    """Return the folders of pages, which cannot be the folder names (slugs) of reports: of those of the site, and of a report.

    The latter have no page at the root, but a reader who shortens an address would take a report there for one.
    """
    return frozenset(kind.id.partition("/")[0] for kind in PAGES)


def contents(reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield the pages of a report in the order of the navigation, with those of sections and readers, as (title, path)."""
    for kind in PAGES:
        if kind.scope is Scope.SECTION:
            yield from ((heading(s.number, s.title), addresses.report(reading, s.id)) for s in reading.paged)
        elif kind.scope is Scope.AUDIENCE:
            yield from ((audience_title(a), audience_path(reading, a)) for a in reading.audiences)
        elif kind.scope is Scope.REPORT and kind.wanted(reading):
            yield kind.title_of(reading), _path(reading, kind)


def site_contents(publication: Publication) -> Iterator[tuple[str, str]]:
    """Yield the pages of no report, except the front page, in the order of the navigation, as (title, path)."""
    for group in _provinces(publication):
        yield group_name(group), addresses.province(group)
    for years in publication.places:
        yield place_label(years.place), addresses.place(place_slug(years.place, years.code))
    for kind in _of_site(publication):
        yield kind.title_of(None), addresses.site_page(kind.id)
        if kind.id == addresses.MEASURES:
            yield from ((one.measure.label, addresses.measure(one.measure.id)) for one in publication.measures)


def _provinces(publication: Publication) -> tuple[str, ...]:
    """The groups of places that have a page of their own."""
    return groups(publication.readings) if is_divided(publication.readings) else ()


def bar(publication: Publication) -> dict[str, list[list[str]]]:
    """Return the links of the bar at the top of every page as [path, label, title].

    The links to the pages of a report are under its slug, those to the pages of the site under "".
    """
    made = {
        reading.meta.slug: [
            [_path(reading, kind), kind.label_of(reading), kind.title_of(reading)]
            for kind in _of_report(reading)
            if kind.navigation is not None
        ]
        for reading in publication.readings
    }
    own = [kind for kind in _of_site(publication) if kind.navigation is not None]
    return {**made, "": [[addresses.site_page(k.id), k.label_of(None), k.title_of(None)] for k in own]}


def requests(publication: Publication, site: SiteFacts) -> Iterator[tuple[PageKind[Any], PageRequest]]:
    """Yield every page with its row: the pages of each report, the front page of the site, those of places, its other pages."""
    reports = tuple(report_of(reading) for reading in publication.readings)
    places = tuple(compared_places(publication.places, reports, verdicts=site.verdicts))
    whole = PageRequest(addresses.ROOT, site, publication, reports, places)
    for report in reports:
        yield from _requests_of(replace(whole, of=report))
    if whole.alone:
        yield kind_of(addresses.FRONT), replace(whole, of=reports[0])
    else:
        yield kind_of(LIST), whole
    for group in _provinces(publication):
        yield kind_of(addresses.PROVINCES), replace(whole, path=addresses.province(group), subject=group)
    for place in places:
        yield kind_of(addresses.PLACE), replace(whole, path=place.path, of_place=place)
    for one in publication.measures:
        name = one.measure.id
        yield kind_of(addresses.MEASURE), replace(whole, path=addresses.measure(name), subject=name)
    for kind in _of_site(publication):
        yield kind, replace(whole, path=addresses.site_page(kind.id))


def places_of(publication: Publication, site: SiteFacts) -> tuple[ComparedPlace, ...]:
    """Return the places with reports of several years as views and data need them."""
    reports = [report_of(reading) for reading in publication.readings]
    return tuple(compared_places(publication.places, reports, verdicts=site.verdicts))


def _requests_of(page: PageRequest) -> Iterator[tuple[PageKind[Any], PageRequest]]:
    reading = page.report.reading
    for kind in PAGES:
        if kind.scope is Scope.SECTION:
            for section in reading.paged:
                yield kind, replace(page, path=addresses.report(reading, section.id), part=section)
        elif kind.scope is Scope.AUDIENCE:
            for audience in reading.audiences:
                yield kind, replace(page, path=audience_path(reading, audience), readers=audience)
        elif kind.scope is Scope.REPORT and kind.wanted(reading):
            yield kind, replace(page, path=_path(reading, kind))
