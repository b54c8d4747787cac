"""Knows the content of a report's EPUB: the values that the templates of `templates/epub` print.

Takes text with footnotes, figures, names and editorial notes from the views of the website, and turns their links to
pages into links to files of the EPUB. Leaves making the files to `epub_pages`.
"""

from __future__ import annotations

import uuid
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from markupsafe import Markup

from workreport.archive.epub_views import (
    BookSection,
    ContentsLine,
    IndexLetter,
    IndexName,
    OpeningFile,
    OtherReport,
    RelatedSection,
    TextFile,
)  # fmt: skip
from workreport.model import Publication, Reading, Section, heading_anchor
from workreport.website import addresses, citations
from workreport.website.pages import page_table, wording
from workreport.website.pages.escape import FORBIDDEN, one_line
from workreport.website.pages.footnotes import BookFileText
from workreport.website.pages.publisher import SiteFacts
from workreport.website.pages.sentences import section_label
from workreport.website.pages.views.download import source_digests, source_facts
from workreport.website.pages.views.editorial_notes import NotesPage, notes_view
from workreport.website.pages.views.front import front_view
from workreport.website.pages.views.name_index import MentionView, NameIndex, names_view
from workreport.website.pages.views.report import Report, SectionText
from workreport.website.pages.views.table import IndicatorTable, TableGroup, indicators_view

FRONT, CONTENTS, INDICATORS, NAMES, NOTES, COLOPHON = (
    f"{name}.xhtml" for name in ("front", "nav", "indicators", "names", "notes", "colophon")
)
ORIGIN = addresses.ROOT
"""The page that the links of the views start at; from this one, a link without its anchor is a key of `Book.files`."""
SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "tag:workreport,2024:book")
"""The UUID namespace of EPUB identifiers, which are made from the report's slug and the digest of its source file."""


@dataclass(frozen=True)
class Book:
    """Everything that the templates print, for the EPUB of one report."""

    reading: Reading
    published: Publication
    settings: SiteFacts
    moment: date

    @cached_property
    def report(self) -> Report:
        """The report for the views, without names: no name in the text becomes a link; only the index links names."""
        return page_table.report_of(replace(self.reading, terms=()))

    @cached_property
    def identifier(self) -> str:
        """The URN of the EPUB; the same for the same source file under the same slug."""
        return uuid.uuid5(SPACE, f"{self.reading.meta.slug}\n{self.reading.source.sha256}").urn

    @property
    def title(self) -> str:
        """The title of the EPUB on one line; 政府工作报告 where the report has none."""
        return one_line(self.reading.meta.name).strip() or "政府工作报告"

    @property
    def author(self) -> str:
        """The government that reports; "" where the place is unknown."""
        return wording.government(self.reading.meta.place)

    @property
    def source(self) -> str:
        """The name of the source file and its SHA-256."""
        file = self.reading.source.path.replace("\\", "/").rsplit("/", 1)[-1]
        return f"{file}，SHA-256 {self.reading.source.sha256}"

    @property
    def modified(self) -> str:
        """The date `moment`, midnight UTC, as the package document writes the time of last change."""
        return f"{self.moment.isoformat()}T00:00:00Z"

    @cached_property
    def files(self) -> dict[str, str]:
        """The name of the EPUB file for each page of the website that is in the EPUB, by the page's path."""
        known = {"": FRONT, addresses.INDICATORS: INDICATORS, addresses.NAMES: NAMES, addresses.NOTES: NOTES}
        known |= {section.id: f"section-{section.id.replace('/', '-')}.xhtml" for section in self.reading.paged}
        return {addresses.report(self.reading, page): name for page, name in known.items()}

    def inside(self, href: str) -> Markup:
        """A link to a page of the website, with its anchor, as a link within the EPUB.

        Raises KeyError for a page that is not in the EPUB.
        """
        path, mark, anchor = href.partition("#")
        return Markup(self.files[path] + mark + anchor)  # safe: file name and anchor have only letters, digits, - and .

    def file(self, section: str) -> str:
        """The name of the file of a section that has its own; `section` is its id, "" for the front."""
        return self.files[addresses.report(self.reading, section)]

    @cached_property
    def table(self) -> IndicatorTable:
        """The table of all indicators, as the website has it."""
        return indicators_view(self.report, ORIGIN)

    @cached_property
    def notes(self) -> NotesPage:
        """The editorial notes, as the website has them."""
        return notes_view(self.report, ORIGIN)

    @cached_property
    def names(self) -> NameIndex:
        """The index of names, as the website has it."""
        return names_view(page_table.report_of(self.reading), ORIGIN)

    @cached_property
    def page_starts(self) -> tuple[tuple[int, int, str], ...]:
        """For each page of the source file: its offset in the repaired text, its number (from 1), a link to it.

        Empty for a source without pages. Pages after the last sentence are left out.
        """
        places, found = self.report.places, []
        seen: set[int] = set()
        for place in self.reading.source.places:
            if not place.page or place.page in seen or not places.starts:
                continue
            seen.add(place.page)
            at = max(self.reading.text.from_source(place.start), places.starts[0])
            k = bisect_right(places.starts, at) - 1
            if at >= self.reading.sentences[places.ids[k]].end:
                # Between two sentences: the page begins with the next sentence.
                if k + 1 == len(places.starts):
                    continue
                k, at = k + 1, places.starts[k + 1]
            section = places.sections[k]
            home = self.file(section if section in self.reading.sections else "")
            found.append((at, place.page, f"{home}#page-{place.page}"))
        return tuple(found)

    @cached_property
    def pages(self) -> tuple[tuple[int, str], ...]:
        """Number and link of each page in `page_starts`."""
        return tuple((page, href) for _, page, href in self.page_starts)

    @cached_property
    def text_files(self) -> dict[str, BookFileText]:
        """The files with text of the report, by name, in its order; `opening` and `text_file` add the paragraphs."""
        rows = {row.anchor: row.changes for row in (*self.notes.repairs, *self.notes.layout)}
        page_starts = tuple(sorted((at, page) for at, page, _ in self.page_starts))
        return {
            file: BookFileText(self.report.passages, rows, page_starts) for file in (FRONT, *map(self.file, self.paged))
        }

    @cached_property
    def paged(self) -> tuple[str, ...]:
        """The ids of the sections that have a file of their own."""
        return tuple(section.id for section in self.reading.paged)

    @cached_property
    def groups(self) -> dict[str, TableGroup]:
        """The indicators whose sentences are in a file, by the file's name; only files that have some."""
        by_anchor = {group.anchor: group for group in self.table.groups}
        homes = ("", *self.paged)
        anchored = {self.file(home): f"g-{home.replace('/', '-') or '0'}" for home in homes}
        return {file: by_anchor[anchor] for file, anchor in anchored.items() if anchor in by_anchor}

    @cached_property
    def terms(self) -> dict[str, str]:
        """The text of each name, by the name's id."""
        return {term.id: term.name for term in self.reading.terms}

    @cached_property
    def contents(self) -> tuple[ContentsLine, ...]:
        """The table of contents: the sections as the outline nests them."""

        def step(section: Section) -> ContentsLine:
            return ContentsLine(label(section), f"{self.file(section.id)}#{section.anchor}", tuple(map(step, section.children)))

        return tuple(map(step, self.reading.outline.sections))

    @cached_property
    def opening(self) -> OpeningFile:
        """The content of the first file: title, subtitle and opening words."""
        view, leaf = front_view(self.report, ORIGIN), self.text_files[FRONT]
        title, said, words = (leaf.paragraphs(views) for views in (view.title, view.hero, view.opening))
        return OpeningFile(view, title, said, words, self.groups.get(FRONT), leaf.notes())

    def text_file(self, section: Section) -> TextFile:
        """The content of a section's own file: the section and those below it that have no file of their own."""
        leaf = self.text_files[self.file(section.id)]
        inside = [below for below in section.walk() if self.reading.page_of[below.id] == section.id]
        parts = [self._part(leaf, below, below.level - section.level + 1) for below in inside]
        return TextFile(
            tuple(parts), self.groups.get(self.file(section.id)), tuple(self._related(section)), leaf.notes()
        )

    def _part(self, leaf: BookFileText, section: Section, depth: int) -> BookSection:
        chapter: SectionText = self.report.chapter(section, ORIGIN, depth)
        heading = leaf.heading(chapter.heading) if chapter.heading else None
        return BookSection(chapter.anchor, label(section), min(depth, 6), heading, leaf.paragraphs(chapter.paragraphs))

    def _related(self, section: Section) -> Iterator[RelatedSection]:
        """The sections of this report that share names with `section`; links to other reports are left out."""
        for other, link in self.report.links.get(section.id, ()):
            if other in self.reading.sections and other != section.id:
                href = f"{self.file(other)}#{heading_anchor(other)}"
                shared = tuple(self.terms[name] for name in link.terms if name in self.terms)
                yield RelatedSection(label(self.reading.sections[other]), href, shared)

    @cached_property
    def index(self) -> tuple[IndexLetter, ...]:
        """The index of names by letter; the mentions of a name are grouped by section."""
        made = []
        for initial in self.names.initials:
            entries = []
            for name in initial.names:
                places: dict[str, list[MentionView]] = {}
                for mention in name.mentions:
                    places.setdefault(mention.where, []).append(mention)
                entries.append(IndexName(name, tuple((where, tuple(found)) for where, found in places.items())))
            made.append(IndexLetter(initial.letter, tuple(entries)))
        return tuple(made)

    @cached_property
    def backmatter(self) -> tuple[ContentsLine, ...]:
        """The lines of the table of contents for the files after the text: indicators, names, notes, colophon."""
        titles = self.report.titles
        lines = [ContentsLine(titles[addresses.INDICATORS], INDICATORS)] if self.table.groups else []
        lines += [ContentsLine(titles[addresses.NAMES], NAMES)] if self.index else []
        return (*lines, ContentsLine(titles[addresses.NOTES], NOTES), ContentsLine("本书信息", COLOPHON))

    @cached_property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Labels and values about the source file, as the download page has them."""
        return (*source_facts(self.reading), *source_digests(self.reading.source))

    @cached_property
    def citation(self) -> str:
        """How to cite the report, as the download page has it."""
        return citations.filled(citations.gbt_2025(citations.of_report(self.reading, self.settings)))

    @cached_property
    def marked(self) -> int:
        """How many characters of the text XML forbids, white space not counted; the pages show them as U+FFFD."""
        return sum(not c.isspace() for c in FORBIDDEN.findall(self.reading.text.body))

    @cached_property
    def others(self) -> tuple[OtherReport, ...]:
        """The other reports of the same website; without addresses where the website's address is not set."""
        base = self.settings.address
        return tuple(
            OtherReport(other.meta.name, addresses.canonical(base, addresses.report(other)))
            for other in self.published.readings
            if other.meta.slug != self.reading.meta.slug
        )


def label(section: Section) -> str:
    """The label of a section in the table of contents, on one line; 正文 where the section has none."""
    return one_line(section_label(section)).strip() or "正文"
