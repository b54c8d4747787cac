"""Knows every kind of page: its id, address, title, place in the navigation, view, template and description.

Leaves the content of a page to its view and template, and rendering to `render`. All code that needs the list of pages
reads `PAGES` when it is called, so adding a row there adds a kind of page everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, Generic, TypeVar

from workreport.model import Audience, Publication, Reading, Section, heading
from workreport.website import addresses
from workreport.website.addresses import PageId
from workreport.website.pages import meta_description
from workreport.website.pages.design import DesignPage, design_view
from workreport.website.pages.explanations import GlossaryPage, glossary_title, glossary_view
from workreport.website.pages.publisher import SiteFacts, site_title
from workreport.website.pages.views.audience import AudiencePage, audience_path, audience_title, audience_view
from workreport.website.pages.views.download import DownloadPage, download_view
from workreport.website.pages.views.editorial_notes import NotesPage, notes_view
from workreport.website.pages.views.front import FrontPage, front_view
from workreport.website.pages.views.fulltext import FullText, text_view
from workreport.website.pages.views.name_index import NameIndex, names_view
from workreport.website.pages.views.picture import PicturePage, picture_view
from workreport.website.pages.views.promise_list import PromisesPage, promises_view
from workreport.website.pages.views.report import Report
from workreport.website.pages.views.report_list import ReportList, list_view
from workreport.website.pages.views.section import SectionView, section_view
from workreport.website.pages.views.table import IndicatorTable, indicators_view

V = TypeVar("V")

# Kinds of pages that only this module refers to.
LIST = PageId("list")
DESIGN = PageId("about/design")
HOME = "首页"
"""The label of the site's front page in the navigation."""


class Scope(Enum):
    """How many pages of a kind a site has: one, one for each report, for each section with a page, or for each kind of readers."""

    SITE = "site"
    REPORT = "report"
    SECTION = "section"
    AUDIENCE = "audience"


@dataclass(frozen=True, slots=True)
class PageRequest:
    """The input of a view: the path of the page to make, the site's settings, all reports.

    `of` is the report of the page, None for a page of scope SITE; `part` is its section, None except for scope SECTION, and
    `readers` the kind of readers, None except for scope AUDIENCE.
    """

    path: str
    site: SiteFacts
    publication: Publication
    reports: tuple[Report, ...]
    of: Report | None = None
    part: Section | None = None
    readers: Audience | None = None

    @property
    def report(self) -> Report:
        """The report of the page. Raises LookupError for a page of the whole site."""
        if self.of is None:
            raise LookupError(f"{self.path} is a page of the whole site: it has no report")
        return self.of

    @property
    def section(self) -> Section:
        """The section of the page. Raises LookupError for a page of a whole report or of the whole site."""
        if self.part is None:
            raise LookupError(f"{self.path} is not the page of a section")
        return self.part

    @property
    def audience(self) -> Audience:
        """The kind of readers of the page. Raises LookupError for a page for everybody."""
        if self.readers is None:
            raise LookupError(f"{self.path} is not the page for a kind of readers")
        return self.readers

    @property
    def alone(self) -> bool:
        """Whether the site has only one report."""
        return len(self.reports) == 1

    @property
    def others(self) -> tuple[Reading, ...]:
        """The other reports of the site."""
        return tuple(report.reading for report in self.reports if report is not self.of)

    @property
    def name(self) -> str:
        """The name of the report of the page. Raises LookupError for a page of the whole site."""
        return self.report.reading.meta.name


@dataclass(frozen=True)
class PageKind(Generic[V]):
    """A kind of page: a row of the table.

    title: the title, or a function that returns it for a report; "" if the view has the title, as its `label`.
    view: a function that returns the values for the template.
    template: the name of a file in `templates/pages`, without ".md.j2".
    description: a function of the view and the request that returns one or two sentences for search engines; if it
        returns "", the title is used.
    navigation: the label in the bar at the top of every page; "" for the first two characters of the title, None for a
        page that is not in the bar.
    chapter: whether the single HTML file has the page as a chapter after the text; the page needs a heading with an id.
    wanted: a function that returns whether a report has such a page.
    """

    id: PageId
    title: str | Callable[[Reading], str]
    view: Callable[[PageRequest], V]
    template: str
    description: Callable[[V, PageRequest], str]
    scope: Scope = Scope.REPORT
    navigation: str | None = None
    chapter: bool = False
    wanted: Callable[[Reading], bool] = lambda _: True

    def title_of(self, reading: Reading | None) -> str:
        """Return the title of the page of a report, None for a page of the site; "" if only the view has the title."""
        if isinstance(self.title, str):
            return self.title
        return self.title(reading) if reading else ""

    def label_of(self, reading: Reading | None) -> str:
        """Return the label of the page in the bar at the top of every page; "" for a page that is not in the bar."""
        return "" if self.navigation is None else self.navigation or self.title_of(reading)[:2]


PAGES: tuple[PageKind[Any], ...] = (
    PageKind[ReportList](
        LIST,
        "",
        lambda page: list_view(page.reports, page.publication, page.path, site_title(page.publication, page.site)),
        "list",
        lambda view, _: meta_description.of_list(view),
        scope=Scope.SITE,
    ),
    PageKind[FrontPage](
        addresses.FRONT,
        lambda reading: reading.meta.name,
        lambda page: front_view(page.report, page.path, page.others),
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
        lambda page: promises_view(page.report, page.path),
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
        lambda page: indicators_view(page.report, page.path),
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


def _of_site() -> Iterator[PageKind[Any]]:
    """Return the kinds of scope SITE, except the list of reports: it is the front page if there are several reports."""
    return (kind for kind in PAGES if kind.scope is Scope.SITE and kind.id != LIST)


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


def site_contents() -> Iterator[tuple[str, str]]:
    """Return the pages of scope SITE, except the front page, in the order of the navigation, as (title, path)."""
    return ((kind.title_of(None), addresses.site_page(kind.id)) for kind in _of_site())


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
    own = [kind for kind in _of_site() if kind.navigation is not None]
    return {**made, "": [[addresses.site_page(k.id), k.label_of(None), k.title_of(None)] for k in own]}


def requests(publication: Publication, site: SiteFacts) -> Iterator[tuple[PageKind[Any], PageRequest]]:
    """Yield every page with its row: the pages of each report, the front page of the site, its other pages."""
    reports = tuple(report_of(reading) for reading in publication.readings)
    whole = PageRequest(addresses.ROOT, site, publication, reports)
    for report in reports:
        yield from _requests_of(replace(whole, of=report))
    if whole.alone:
        yield kind_of(addresses.FRONT), replace(whole, of=reports[0])
    else:
        yield kind_of(LIST), whole
    for kind in _of_site():
        yield kind, replace(whole, path=addresses.site_page(kind.id))


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
