"""Knows every kind of page: its id, address, title, place in the navigation, view, template and description.

Leaves the content of a page to its view and template, and rendering to `render`. All code that needs the list of pages
reads `PAGES` when it is called, so adding a row there adds a kind of page everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from workreport.model import Reading, heading
from workreport.website import addresses
from workreport.website.addresses import PageId
from workreport.website.pages import meta_description
from workreport.website.pages.collection import Collection
from workreport.website.pages.design import DesignPage, design_view
from workreport.website.pages.explanations import GlossaryPage, glossary_title, glossary_view
from workreport.website.pages.page_kind import PageKind, PageRequest, Scope
from workreport.website.pages.place_order import group_name
from workreport.website.pages.views.audience import AudiencePage, audience_path, audience_title, audience_view
from workreport.website.pages.views.compared_place import ComparedPlace
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
        lambda page: list_view(page.collection, page.path, page.title),
        "list",
        lambda view, _: meta_description.of_list(view),
        scope=Scope.SITE,
    ),
    PageKind[ReportList](
        addresses.PROVINCES,
        "",
        lambda page: province_view(page.collection, page.subject, page.path, page.title),
        "list",
        lambda view, _: meta_description.of_list(view),
        scope=Scope.PROVINCE,
    ),
    PageKind[MeasureList](
        addresses.MEASURES,
        "指标比较",
        lambda page: measures_view(page.collection, page.path, page.title),
        "measures",
        lambda view, page: meta_description.of_measures(page.title, view),
        scope=Scope.SITE,
        navigation="比较",
    ),
    PageKind[MeasurePage](
        addresses.MEASURE,
        "",
        lambda page: measure_view(
            page.collection,
            page.subject,
            page.path,
            page.title,
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
            page.report, page.path, FrontContext(page.years, page.former, page.frame.measured, not page.alone)
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
        lambda page: indicators_view(page.report, page.path, page.frame.measured),
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
        lambda page: place_view(page.place, page.path, page.title, page.frame.measured),
        "place",
        lambda view, _: meta_description.of_place(view),
        scope=Scope.PLACE,
    ),
    PageKind[Report | None](
        addresses.ABOUT,
        "关于本站",
        lambda page: page.only,
        "about",
        lambda _, page: meta_description.of_about(page.title),
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


def _of_site(collection: Collection) -> Iterator[PageKind[Any]]:
    """Return the kinds of scope SITE that a site has, except the list of reports: it is the front page if there are several."""
    none = LIST if collection.measures else addresses.MEASURES
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


def site_contents(collection: Collection) -> Iterator[tuple[str, str]]:
    """Yield the pages of no report, except the front page, in the order of the navigation, as (title, path)."""
    for group in _provinces(collection):
        yield group_name(group), addresses.province(group)
    for years in collection.places:
        yield place_label(years.place), addresses.place(place_slug(years.place, years.code))
    for kind in _of_site(collection):
        yield kind.title_of(None), addresses.site_page(kind.id)
        if kind.id == addresses.MEASURES:
            yield from ((one.measure.label, addresses.measure(one.measure.id)) for one in collection.measures)


def _provinces(collection: Collection) -> tuple[str, ...]:
    """The groups of places that have a page of their own."""
    return groups(collection) if is_divided(collection) else ()


def bar_of(reading: Reading) -> Iterator[tuple[str, str, str]]:
    """Yield the links to the pages of a report in the bar at the top of its pages, as (path, label, title)."""
    for kind in _of_report(reading):
        if kind.navigation is not None:
            yield _path(reading, kind), kind.label_of(reading), kind.title_of(reading)


def bar(collection: Collection) -> dict[str, list[list[str]]]:
    """Return the links of the bar at the top of every page as [path, label, title].

    The links to the pages of a report are under its slug, those to the pages of the site under "".
    """
    made = {report.meta.slug: [list(link) for link in report.bar] for report in collection.reports}
    own = [kind for kind in _of_site(collection) if kind.navigation is not None]
    return {**made, "": [[addresses.site_page(k.id), k.label_of(None), k.title_of(None)] for k in own]}


def report_requests(page: PageRequest) -> Iterator[tuple[PageKind[Any], PageRequest]]:
    """Yield the pages of the report `page.of` with their rows; of the only report of a site its front page is that of the site too."""
    yield from _requests_of(page)
    if page.alone:
        yield kind_of(addresses.FRONT), replace(page, path=addresses.ROOT)


def place_request(page: PageRequest, place: ComparedPlace) -> tuple[PageKind[Any], PageRequest]:
    """Return the page of a place with its row."""
    return kind_of(addresses.PLACE), replace(page, path=place.path, of_place=place)


def site_requests(page: PageRequest) -> Iterator[tuple[PageKind[Any], PageRequest]]:
    """Yield the pages of the whole site with their rows, without those of places: lists, measures, the site's other pages."""
    collection = page.collection
    if not page.alone:
        yield kind_of(LIST), page
    for group in _provinces(collection):
        yield kind_of(addresses.PROVINCES), replace(page, path=addresses.province(group), subject=group)
    for one in collection.measures:
        name = one.measure.id
        yield kind_of(addresses.MEASURE), replace(page, path=addresses.measure(name), subject=name)
    for kind in _of_site(collection):
        yield kind, replace(page, path=addresses.site_page(kind.id))


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
