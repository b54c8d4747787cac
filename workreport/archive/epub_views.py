"""Knows the shapes of what the templates of `templates/epub` print, where no view of the website has it already.

Leaves filling them to `epub_book`.
"""

from __future__ import annotations

from dataclasses import dataclass

from workreport.website.pages.footnotes import Footnote, BookLine, BookParagraph
from workreport.website.pages.views.front import FrontPage
from workreport.website.pages.views.name_index import MentionView, NameView
from workreport.website.pages.views.table import TableGroup


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A line of the table of contents, and the lines below it."""

    label: str
    href: str
    steps: tuple[ContentsLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ManifestItem:
    """A file in the manifest of the package document; `read` marks those of the spine, in the order of the manifest."""

    id: str
    name: str
    media: str
    properties: str
    read: bool


@dataclass(frozen=True, slots=True)
class BookSection:
    """A section within a file: its heading (None where it has none) and its paragraphs."""

    anchor: str
    label: str
    depth: int
    heading: BookLine | None
    paragraphs: tuple[BookParagraph, ...]


@dataclass(frozen=True, slots=True)
class RelatedSection:
    """A section that shares names with this one, and the shared names."""

    label: str
    href: str
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file with text: its sections, the table of its indicators, related sections, and the footnotes."""

    parts: tuple[BookSection, ...]
    group: TableGroup | None
    related: tuple[RelatedSection, ...]
    notes: tuple[Footnote, ...]


@dataclass(frozen=True, slots=True)
class OpeningFile:
    """The first file: the front view of the website, and its title, subtitle and opening words with footnotes."""

    view: FrontPage
    title: tuple[BookParagraph, ...]
    said: tuple[BookParagraph, ...]
    words: tuple[BookParagraph, ...]
    group: TableGroup | None
    notes: tuple[Footnote, ...]


@dataclass(frozen=True, slots=True)
class IndexName:
    """A name in the index; `places` pairs the label of each section with the links to the mentions in it."""

    view: NameView
    places: tuple[tuple[str, tuple[MentionView, ...]], ...]


@dataclass(frozen=True, slots=True)
class IndexLetter:
    """The names under one letter."""

    letter: str
    entries: tuple[IndexName, ...]


@dataclass(frozen=True, slots=True)
class OtherReport:
    """Another report of the same publisher; `address` is empty where the site has none."""

    name: str
    address: str
