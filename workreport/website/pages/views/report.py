"""Knows what the views of several pages share: the indexes of a report, links, and rows of sections.

Leaves the view of each page to its own module, the text to `sentences`, and figures to `cards`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from workreport.analysis.ranking import listed, ranked
from workreport.model import (
    Indicator,
    Link,
    Reading,
    Section,
    Term,
    heading,
)
from workreport.website import addresses
from workreport.website.addresses import PageId
from workreport.website.pages.cards import Card, card
from workreport.website.pages.remarks import SentencePositions, body_span, incomplete
from workreport.website.pages.sentences import HeadingView, ParagraphView, Passages, section_label, short_label

SUMMARY = 100
"""The most characters of a section's text in a page's description."""
LEAD = 48
"""The most characters of a section's text in a list of sections."""
DATA_FILES = (
    ("指标工作簿", "indicators.xlsx", "XLSX，用 Excel、WPS 打开。"),
    ("指标表", "indicators.csv", "CSV，任何表格软件都能打开。"),
    ("指标数据", "indicators.json", "JSON，每项带原句和位置，供程序读取。"),
    ("数据说明", "datapackage.json", "各列的名称与含义，供程序读取。"),
)
"""The data files: title of the link, file name, purpose."""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link: its text and its address."""

    words: str
    href: Markup


@dataclass(frozen=True, slots=True)
class DownloadLink:
    """A link to a file: its text, its address, the purpose of the file."""

    words: str
    href: Markup
    note: str


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section in a list. `facts` are two of its `count` indicators; `lead` is its first words where it has none."""

    number: str
    title: str
    href: Markup
    level: int
    facts: tuple[Card, ...]
    lead: str
    count: int

    @property
    def label(self) -> str:
        """Number and title on one line."""
        return heading(self.number, self.title)


@dataclass(frozen=True, slots=True)
class SectionText:
    """A section with its text. `marks` are the # of its Markdown heading."""

    anchor: str
    label: str
    marks: Markup
    heading: HeadingView | None
    paragraphs: tuple[ParagraphView, ...]
    href: Markup


@dataclass(frozen=True)
class Report:
    """A report as the views of its pages take it: the reading, and the titles of the pages that they link to."""

    reading: Reading
    titles: Mapping[PageId, str]

    @cached_property
    def passages(self) -> Passages:
        return Passages(self.reading)

    @cached_property
    def places(self) -> SentencePositions:
        return SentencePositions.of(self.reading)

    @cached_property
    def by_section(self) -> dict[str, list[Indicator]]:
        """The indicators of each page, by the id of its section ("" for the front), without those of pages below it."""
        found = defaultdict(list)
        for indicator in listed(self.reading, self.reading.indicators):
            found[self.reading.page_of.get(indicator.section, "")].append(indicator)
        return found

    @cached_property
    def by_heading(self) -> dict[str, list[Indicator]]:
        """The indicators of each section, by its id, whether it has a page or not."""
        found = defaultdict(list)
        for indicator in self.reading.indicators:
            found[indicator.section].append(indicator)
        return found

    @cached_property
    def named(self) -> dict[str, list[Term]]:
        """The names mentioned on each page, by the id of its section, in the order of the index."""
        found: dict[str, list[Term]] = defaultdict(list)
        for term in self.reading.terms:
            for home in dict.fromkeys(self.reading.page_of.get(mention.section, "") for mention in term.mentions):
                found[home].append(term)
        return found

    @cached_property
    def order(self) -> list[Section]:
        return list(self.reading.paged)

    @cached_property
    def position(self) -> dict[str, int]:
        """The position of each section with a page in the order of the text, by its id."""
        return {section.id: k for k, section in enumerate(self.order)}

    @cached_property
    def links(self) -> dict[str, list[tuple[str, Link]]]:
        """For each section, by its id: the sections linked with it and the links, the strongest first."""
        found = defaultdict(list)
        for link in sorted(self.reading.links, key=lambda link: (-link.weight, link.a, link.b)):
            found[link.a].append((link.b, link))
            found[link.b].append((link.a, link))
        return found

    @cached_property
    def terms(self) -> dict[str, Term]:
        """The names by id."""
        return {term.id: term for term in self.reading.terms}

    def link_to(self, origin: str, words_: str, page: str, anchor: str = "") -> PageLink:
        """A link with this text from the page at `origin` to a page of this report; see `addresses.report`."""
        target = addresses.report(self.reading, page) + (f"#{anchor}" if anchor else "")
        return PageLink(words_, Markup(addresses.relative(origin, target)))

    def link_to_page(self, origin: str, page: PageId) -> PageLink:
        """A link to a page of this report, with the page's title. Raises KeyError for a page that the report has not."""
        return self.link_to(origin, self.titles[page], page)

    def sentence_href(self, origin: str, sentence: str, section: str) -> Markup:
        """The address of a sentence, by its id and its section's, from the page at `origin`."""
        return Markup(addresses.relative(origin, f"{addresses.page_of(self.reading, section)}#{sentence}"))

    def under(self, section: Section) -> list[Indicator]:
        """The indicators of a section and of all sections below it."""
        return [indicator for below in section.walk() for indicator in self.by_heading.get(below.id, ())]

    def chapter(self, section: Section, origin: str, depth: int) -> SectionText:
        """The text of a section: heading at level `depth`, and the paragraphs that are not in sections below it."""
        return SectionText(
            "h-" + section.id.replace("/", "-"),
            section_label(section),
            Markup("#") * min(depth, 6),
            self.passages.heading(section, origin),
            self.passages.paragraphs(section.paragraphs, origin, section.id.rsplit("/", 1)[-1]),
            self.link_to(origin, "", section.id).href,
        )

    def row(self, section: Section, origin: str) -> SectionRow:
        """A section as a row of a list on the page at `origin`."""
        own = self.under(section)
        inside = self.reading.page_of[section.id] != section.id
        facts = tuple(card(self.reading, indicator, origin) for indicator in ranked(own, early=1)[:2])
        return SectionRow(
            section.number,
            section.title,
            self.link_to(origin, "", section.id, "h-" + section.id.replace("/", "-") if inside else "").href,
            section.level,
            facts,
            "" if facts else self._explained(section) or first_words(section, LEAD),
            len(own),
        )

    def _explained(self, section: Section) -> str:
        """For a glossary the number of its entries, which says more than its first words; else ""."""
        below = {each.id for each in section.walk()}
        entries = sum(gloss.section in below for gloss in self.reading.glossary)
        return f"共 {entries} 条" if entries else ""


def first_words(section: Section, length: int) -> str:
    """The beginning of a section's text, cut with … after `length` characters; "" for a section without text."""
    for below in section.walk():
        for paragraph in below.paragraphs:
            text = "".join(sentence.text for sentence in paragraph.sentences)
            return text if len(text) <= length else text[: length - 1] + "…"
    return ""


def missing(report: Report) -> tuple[str, ...]:
    """What is missing in the source, in a few words each: 报告称十方面，来源文件载八方面; （六）有文字缺失."""
    notes = [fault.note for fault in report.reading.faults if fault.kind == "stranger"]
    for fault in incomplete(report.reading.faults):
        if fault.kind == "announced":
            notes.append(fault.note.split("（", 1)[0])
        else:
            at, _ = body_span(report.reading, fault.start, fault.end)
            place = report.places.at(at)
            notes.append(f"{short_label(report.reading, place[1] if place else '')}有文字缺失")
    return tuple(dict.fromkeys(notes))


def data_files(report: Report, origin: str) -> tuple[DownloadLink, ...]:
    """The links to the report's data files from the page at `origin`."""
    return tuple(
        DownloadLink(title, Markup(addresses.relative(origin, addresses.data(report.reading, name))), note)
        for title, name, note in DATA_FILES
    )
