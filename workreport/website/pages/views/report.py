"""Knows what the views of several pages share: the indexes of a report, links, and sections in lists.

Leaves the view of each page to its own module, the text to `sentences`, and figures to `cards`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

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
from workreport.website.pages.cut_text import beginning, head
from workreport.website.pages.escape import one_line
from workreport.website.pages.front_cards import in_plain_digits
from workreport.website.pages.plain_digits import unspaced
from workreport.website.pages.remarks import SentencePositions, body_span, incomplete
from workreport.website.pages.sentences import (
    SALUTATION,
    HeadingView,
    ParagraphView,
    Passages,
    place_label,
    section_label,
)

SUMMARY = 100
"""The most characters of a section's text in the description of a page, and of a quote on the page of notes."""
LEAD = 60
"""The most characters of a section's text in a list of sections."""
_OF_BEFORE = re.compile(r"\s*(?:这(?!一年|次|五年|里|届)|对此|为此|因此|以上|上述)")
"""The beginning of a sentence that says nothing without the one before it: 这是一条重要经验."""
DATA_FILES = (
    ("指标工作簿", "indicators.xlsx", "XLSX，用 Excel、WPS 打开。"),
    ("指标表", "indicators.csv", "CSV，任何表格软件都能打开。"),
    ("指标数据", "indicators.json", "JSON，每项带原句和位置，供程序读取。"),
    ("数据说明", "datapackage.json", "各列的名称与含义，供程序读取。"),
    ("数据目录条目", "dcat.jsonld", "DCAT-AP，供开放数据平台收录。"),
)
"""The data files that pages link to: title of the link, file name, purpose."""


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
    """A section in a list. `facts` are at most two of its `count` indicators.

    `lead` is "" if there are facts; otherwise the first sentence of its text, or for a glossary the number of its entries.
    """

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
    """A section with its own text. `marks` are the # characters of its Markdown heading, `href` links to its page."""

    anchor: str
    label: str
    marks: Markup
    heading: HeadingView | None
    paragraphs: tuple[ParagraphView, ...]
    href: Markup


@dataclass(frozen=True)
class Report:
    """A report as the views need it: the reading, the titles of its pages, and indexes that are computed once."""

    reading: Reading
    titles: Mapping[PageId, str]

    @cached_property
    def passages(self) -> Passages:
        """Makes the views of the report's text."""
        return Passages(self.reading)

    @cached_property
    def places(self) -> SentencePositions:
        """Finds the sentence at a position of the repaired text."""
        return SentencePositions.of(self.reading)

    @cached_property
    def by_section(self) -> dict[str, list[Indicator]]:
        """The indicators shown on each page, by the id of the page's section ("" for the front page)."""
        found = defaultdict(list)
        for indicator in listed(self.reading, self.reading.indicators):
            found[self.reading.page_of.get(indicator.section, "")].append(indicator)
        return found

    @cached_property
    def by_heading(self) -> dict[str, list[Indicator]]:
        """The indicators of each section with or without a page, by its id; without those of sections below it."""
        found = defaultdict(list)
        for indicator in self.reading.indicators:
            found[indicator.section].append(indicator)
        return found

    @cached_property
    def named(self) -> dict[str, list[Term]]:
        """The names mentioned on each page that recur, by the id of the page's section ("" for the front page)."""
        found: dict[str, list[Term]] = defaultdict(list)
        for term in filter(attrgetter("recurs"), self.reading.terms):
            for home in dict.fromkeys(self.reading.page_of.get(mention.section, "") for mention in term.mentions):
                found[home].append(term)
        return found

    @cached_property
    def order(self) -> list[Section]:
        """The sections with a page of their own, in the order of the text."""
        return list(self.reading.paged)

    @cached_property
    def position(self) -> dict[str, int]:
        """The index in `order` of each section, by its id."""
        return {section.id: k for k, section in enumerate(self.order)}

    @cached_property
    def links(self) -> dict[str, list[tuple[str, Link]]]:
        """For each section, by its id: the ids of related sections, each with the link, the strongest first."""
        found = defaultdict(list)
        for link in sorted(self.reading.links, key=lambda link: (-link.weight, link.a, link.b)):
            found[link.a].append((link.b, link))
            found[link.b].append((link.a, link))
        return found

    @cached_property
    def terms(self) -> dict[str, Term]:
        """The names by their id."""
        return {term.id: term for term in self.reading.terms}

    def link_to(self, origin: str, words_: str, page: str, anchor: str = "") -> PageLink:
        """Return a link with this text from the page at `origin` to a page of this report; `page` is as for
        `addresses.report`.
        """
        target = addresses.report(self.reading, page) + (f"#{anchor}" if anchor else "")
        return PageLink(words_, Markup(addresses.relative(origin, target)))

    def link_to_page(self, origin: str, page: PageId) -> PageLink:
        """Return a link to a page of this report with the page's title.

        Raises KeyError if the report has no such page.
        """
        return self.link_to(origin, self.titles[page], page)

    def sentence_href(self, origin: str, sentence: str, section: str) -> Markup:
        """Return the link from the page at `origin` to a sentence; `sentence` and `section` are ids."""
        return Markup(addresses.relative(origin, f"{addresses.page_of(self.reading, section)}#{sentence}"))

    def under(self, section: Section) -> list[Indicator]:
        """Return the indicators of a section and of all sections below it."""
        return [indicator for below in section.walk() for indicator in self.by_heading.get(below.id, ())]

    def chapter(self, section: Section, origin: str, depth: int) -> SectionText:
        """Return the text of a section without that of sections below it; its heading has level `depth`, at most 6."""
        return SectionText(
            section.anchor,
            section_label(section),
            Markup("#") * min(depth, 6),
            self.passages.heading(section, origin),
            self.passages.paragraphs(section.paragraphs, origin, section.id.rsplit("/", 1)[-1]),
            self.link_to(origin, "", section.id).href,
        )

    def row(self, section: Section, origin: str) -> SectionRow:
        """Return a section as a row of a list on the page at `origin`."""
        own = self.under(section)
        inside = self.reading.page_of[section.id] != section.id
        facts = self._facts(own, origin)
        return SectionRow(
            section.number,
            unspaced(section.title),
            self.link_to(origin, "", section.id, section.anchor if inside else "").href,
            section.level,
            facts,
            "" if facts else self._explained(section) or lead(section),
            len(own),
        )

    def _facts(self, own: Sequence[Indicator], origin: str) -> tuple[Card, ...]:
        """Return the cards of the two indicators that say most of a section, in plain digits."""
        return tuple(in_plain_digits(card(self.reading, i, origin), i) for i in ranked(own, early=1)[:2])

    def head_row(self, title: str, home: str, href: str, origin: str) -> SectionRow | None:
        """Return a row for the figures before the first section below a heading; None if there are none.

        `home` is the id of the section with the heading, "" for the text before the first part.
        """
        own = self.by_heading.get(home, ())
        if not own:
            return None
        facts = self._facts(own, origin)
        return SectionRow("", title, Markup(href), 1 if home else 0, facts, "", len(own))

    def _explained(self, section: Section) -> str:
        """Return for a section with a glossary the number of its entries, which is more useful than its first words;
        else "".
        """
        below = {each.id for each in section.walk()}
        entries = sum(gloss.section in below for gloss in self.reading.glossary)
        return f"共 {entries} 条" if entries else ""


def first_words(section: Section, length: int) -> str:
    """Return the first paragraph of a section or the sections below it, cut with … to `length` characters; "" without
    text. Numbers whose digits stand apart in the source are written together.
    """
    for below in section.walk():
        for paragraph in below.paragraphs:
            return head(unspaced("".join(sentence.text for sentence in paragraph.sentences)), length)
    return ""


def lead(section: Section) -> str:
    """Return the first sentence of a section or the sections below it that says something by itself; "" without text.

    One of more than `LEAD` characters ends with its last whole clause and …. Numbers whose digits stand apart in the source are
    written together.
    """
    said = [s.text for below in section.walk() for p in below.paragraphs for s in p.sentences if not s.in_copy]
    told = [text for text in said if not SALUTATION.fullmatch(text)]
    text = next((text for text in told if not _OF_BEFORE.match(text)), next(iter(told or said), ""))
    return beginning(one_line(unspaced(text)).strip(), LEAD)


def missing(report: Report) -> tuple[str, ...]:
    """Return what is missing in the source, in a few words each: 报告称十方面，来源文件载八方面; “（六）攻坚克难”有文字缺失.

    The notes of doubts whether the source is a work report at all (kind "stranger") come first.
    """
    notes = [fault.note for fault in report.reading.faults if fault.kind == "stranger"]
    for fault in incomplete(report.reading.faults):
        if fault.kind == "announced":
            notes.append(fault.note.split("（", 1)[0])
        else:
            at, _ = body_span(report.reading, fault.start, fault.end)
            place = report.places.at(at)
            notes.append(f"“{place_label(report.reading, place[1] if place else '')}”有文字缺失")
    if only := only_part(report.reading):
        notes.append(f"只载“{section_label(only)}”，未见其后各章")
    return tuple(dict.fromkeys(notes))


def only_part(reading: Reading) -> Section | None:
    """Return the first numbered part (一、) of a report that has no second one, and that promises nothing; None for any other.

    A first part has a second one: the review of the year is there, its plan is not.
    """
    numbered = [part for part in reading.outline.sections if part.number]
    if len(numbered) != 1 or numbered[0].number != "一、":
        return None
    return None if reading.promises else numbered[0]


def data_files(report: Report, origin: str) -> tuple[DownloadLink, ...]:
    """Return the links from the page at `origin` to the report's data files."""
    return tuple(
        DownloadLink(title, Markup(addresses.relative(origin, addresses.data(report.reading.meta.slug, name))), note)
        for title, name, note in DATA_FILES
    )
