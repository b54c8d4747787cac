"""Knows what a kind of page is (`PageKind`), and what a view gets of the page to make (`PageRequest`).

Leaves which kinds there are to `page_table`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from workreport.model import Audience, Reading, Section
from workreport.website.addresses import PageId
from workreport.website.pages.collection import Collection, SiteFrame
from workreport.website.pages.publisher import SiteFacts
from workreport.website.pages.views.compared_place import ComparedPlace
from workreport.website.pages.views.report import Report

V = TypeVar("V")


class Scope(Enum):
    """How many pages of a kind a site has: one, one for each report, for each section with a page, or for each kind of readers.

    PROVINCE: one for each province, where the site has more reports than one page can list. PLACE: one for each place with
    reports of several years. MEASURE: one for each core measure that several of its reports state.
    """

    SITE = "site"
    PROVINCE = "province"
    PLACE = "place"
    MEASURE = "measure"
    REPORT = "report"
    SECTION = "section"
    AUDIENCE = "audience"


@dataclass(frozen=True, slots=True)
class PageRequest:
    """The input of a view: the path of the page to make, the site's settings, what each page knows of the site.

    `of` is the report of the page, None for a page of the whole site; `part` is its section, None except for scope SECTION, and
    `readers` the kind of readers, None except for scope AUDIENCE. `years` is the place of that report with its other reports; None
    where the site has no other one of this place. `former` is its report of the year before, None without one. `all_reports` are those of the site, None for a page of a report or a place;
    `only` is the only report of the site on its pages of the whole site. `subject` is the group of places of a page of scope PROVINCE
    (see `PlaceKey.group`), or the id of the measure of one of scope MEASURE, else "", and `of_place` the place of a page of scope
    PLACE, else None.
    """

    path: str
    site: SiteFacts
    frame: SiteFrame
    of: Report | None = None
    years: ComparedPlace | None = None
    former: Reading | None = None
    all_reports: Collection | None = None
    only: Report | None = None
    part: Section | None = None
    readers: Audience | None = None
    subject: str = ""
    of_place: ComparedPlace | None = None

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
    def place(self) -> ComparedPlace:
        """The place of the page. Raises LookupError for any other page."""
        if self.of_place is None:
            raise LookupError(f"{self.path} is not the page of a place")
        return self.of_place

    @property
    def title(self) -> str:
        """The title of the site."""
        return self.frame.title

    @property
    def alone(self) -> bool:
        """Whether the site has only one report."""
        return self.frame.alone

    @property
    def collection(self) -> Collection:
        """All reports of the site. Raises LookupError for a page of a report or of a place."""
        if self.all_reports is None:
            raise LookupError(f"{self.path} is a page of a report or of a place: it knows no others")
        return self.all_reports

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
