"""Knows the dataclasses of values that the templates of `templates/epub` print and that no view of the website has.

Leaves filling them to `epub_book`.
"""

from __future__ import annotations

from dataclasses import dataclass

from workreport.website.pages.footnotes import BookLine, BookParagraph, Footnote
from workreport.website.pages.views.front import FrontPage
from workreport.website.pages.views.name_index import MentionView, NameView
from workreport.website.pages.views.table import TableGroup


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A line of the table of contents; `steps` are the lines nested below it."""

    label: str
    href: str
    steps: tuple[ContentsLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ManifestItem:
    """A file in the manifest of the package document.

    `media` is its media type, `properties` the space-separated EPUB properties ("nav", "svg"; "" for none). `read` says
    that the file is in the spine, which has the order of the manifest.
    """

    id: str
    name: str
    media: str
    properties: str
    read: bool


@dataclass(frozen=True, slots=True)
class BookSection:
    """A section within a file: its heading (None where the section has none) and its paragraphs.

    `depth` is the level of the heading in the file: 1 for the section that the file is for, at most 6.
    """

    anchor: str
    label: str
    depth: int
    heading: BookLine | None
    paragraphs: tuple[BookParagraph, ...]


@dataclass(frozen=True, slots=True)
class RelatedSection:
    """A link to a section that shares names with the section of the file, and the shared names."""

    label: str
    href: str
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file with text: its sections, the table of their indicators (None for none), related sections, footnotes."""

    parts: tuple[BookSection, ...]
    group: TableGroup | None
    related: tuple[RelatedSection, ...]
    notes: tuple[Footnote, ...]


@dataclass(frozen=True, slots=True)
class OpeningFile:
    """The first file: the view of the website's front page, and the report's title, subtitle and opening words.

    `said` has the subtitle, `words` the opening words, `group` the indicators in them (None for none), `notes` the
    footnotes.
    """

    view: FrontPage
    title: tuple[BookParagraph, ...]
    said: tuple[BookParagraph, ...]
    words: tuple[BookParagraph, ...]
    group: TableGroup | None
    notes: tuple[Footnote, ...]


@dataclass(frozen=True, slots=True)
class IndexName:
    """A name in the index; `places` pairs the label of each section with the mentions of the name in that section."""

    view: NameView
    places: tuple[tuple[str, tuple[MentionView, ...]], ...]


@dataclass(frozen=True, slots=True)
class IndexLetter:
    """The names under one letter."""

    letter: str
    entries: tuple[IndexName, ...]


@dataclass(frozen=True, slots=True)
class OtherReport:
    """Another report of the same website; `address` is "" where the address of the website is not set."""

    name: str
    address: str
