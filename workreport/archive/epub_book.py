"""Knows how a report becomes a book (EPUB 3.3): its XHTML files, navigation, package document and style, as texts by name.

Leaves the text of each file to `footnotes`, the figures to `cards`, the editor's notes to `notes`, markup to
`templates/epub`, and the zip to `archive.epub`. Inside the book a link names a file of the book, never a page of the site.
"""

from __future__ import annotations

import uuid
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from markupsafe import Markup

from workreport.website import addresses, tokens
from workreport.model import Publication, Reading, Section
from workreport.website.pages import wording
from workreport.website.pages.escape import FORBIDDEN, one_line
from workreport.website.pages.footnotes import Footnote, Leaf, Line, Stretch
from workreport.website.pages.loader import environment
from workreport.website.pages.sentences import section_label
from workreport.website.pages.render import SiteFacts
from workreport.website.pages.views.download import download_view
from workreport.website.pages.views.editorial_notes import Notes, notes_view
from workreport.website.pages.views.front import Front, front_view
from workreport.website.pages.views.name_index import MentionView, Names, NameView, names_view
from workreport.website.pages.views.report import Chapter, Report
from workreport.website.pages.views.table import Table, TableGroup, indicators_view
from workreport.project.template_cache import Compiled

FRONT, CONTENTS, INDICATORS, NAMES, NOTES, COLOPHON = (
    f"{name}.xhtml" for name in ("front", "nav", "indicators", "names", "notes", "colophon")
)
PACKAGE, STYLE, SOURCE, TEXT = "content.opf", "book.css", "source.txt", "text.txt"
ORIGIN = addresses.ROOT
"""From here the views name every page of the site by its whole path, which is then that of a file of the book."""
SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "tag:workreport,2024:book")
"""The space of names in which a book's identifier is made of the report's slug and the digest of its source."""
MEDIA = {".xhtml": "application/xhtml+xml", ".css": "text/css", ".txt": "text/plain", ".png": "image/png"}


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the table of contents with the lines below it."""

    label: str
    href: str
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the book as the package lists it; `read` ones are turned to, in this order."""

    id: str
    name: str
    media: str
    properties: str
    read: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A section within a file: its heading (None where it has none of its own) and its paragraphs."""

    anchor: str
    label: str
    depth: int
    heading: Line | None
    paragraphs: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """A section that speaks of the same things, and of which."""

    label: str
    href: str
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """A file with text: its parts, the table of its indicators, and the footnotes of both."""

    parts: tuple[Part, ...]
    group: TableGroup | None
    related: tuple[Related, ...]
    notes: tuple[Footnote, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """The first file: title and what stands under it, what is missing, the chief figures, the opening words."""

    view: Front
    title: tuple[Stretch, ...]
    said: tuple[Stretch, ...]
    words: tuple[Stretch, ...]
    group: TableGroup | None
    notes: tuple[Footnote, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A name of the index: of each section where it stands, the ways to its places."""

    view: NameView
    places: tuple[tuple[str, tuple[MentionView, ...]], ...]


@dataclass(frozen=True, slots=True)
class Initial:
    """The names under one letter."""

    letter: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """Another report of the same publisher; `address` is empty where the site has none."""

    name: str
    address: str


def pages(
    reading: Reading,
    published: Publication,
    settings: SiteFacts,
    templates: Path,
    *,
    moment: date,
    kept: Compiled | None = None,
    cover: str = "",
) -> dict[str, str]:
    """The files of the book as name to text, `content.opf` among them; names count from the package document.

    `templates` is the folder that holds `epub/`; `moment` is what the package calls the day of its last change; `cover`
    is the name of a picture (PNG) that the caller puts beside them. A character that XML cannot hold is U+FFFD in the
    pages, and whole in `text.txt`. `pages(gongshu, …)["section-1-3.xhtml"]` is section （三）.
    """
    book = _Book(reading, published, settings, moment)
    press = _Press(templates, book, kept)
    made = dict(press.files())
    made[STYLE] = tokens.load(templates).filled(press.print(STYLE))
    made[SOURCE], made[TEXT] = reading.source.text, reading.text.body
    items = _items(made, cover)
    pictured = any(item.properties == "svg" for item in items)
    made[PACKAGE] = press.print(PACKAGE, items=items, pictured=pictured, book=book)
    return dict(sorted(made.items()))


def _items(made: Mapping[str, str], cover: str) -> tuple[Item, ...]:
    """The manifest, what is read in its order first."""
    items = []
    for name, text in made.items():
        properties: tuple[str, ...] = ("nav",) if name == CONTENTS else ()
        # No text of a report can hold this mark: it is escaped.
        properties += ("svg",) if name.endswith(".xhtml") and "<svg" in text else ()
        stem, _, end = name.rpartition(".")
        items.append(Item(f"{stem}-{end}", name, MEDIA[f".{end}"], " ".join(properties), end == "xhtml"))
    if cover:
        items.append(Item("cover", cover, MEDIA[Path(cover).suffix], "cover-image", read=False))
    return tuple(items)


@dataclass(frozen=True)
class _Book:
    """All that the templates ask of the whole book."""

    reading: Reading
    published: Publication
    settings: SiteFacts
    moment: date

    @cached_property
    def report(self) -> Report:
        """The report as the text is laid out: names are in the index, no link of the text leads there."""
        return Report(replace(self.reading, terms=()))

    @cached_property
    def identifier(self) -> str:
        """The same for the same source under the same slug."""
        return uuid.uuid5(SPACE, f"{self.reading.meta.slug}\n{self.reading.source.sha256}").urn

    @property
    def title(self) -> str:
        return one_line(self.reading.meta.name).strip() or "政府工作报告"

    @property
    def author(self) -> str:
        """The government that reports."""
        return wording.government(self.reading.meta.place)

    @property
    def source(self) -> str:
        """The source file and its digest."""
        file = self.reading.source.path.replace("\\", "/").rsplit("/", 1)[-1]
        return f"{file}，SHA-256 {self.reading.source.sha256}"

    @property
    def modified(self) -> str:
        return f"{self.moment.isoformat()}T00:00:00Z"

    @cached_property
    def files(self) -> dict[str, str]:
        """Of each page of the site that the book has the file it is here."""
        known = {"": FRONT, "indicators": INDICATORS, "names": NAMES, "notes": NOTES}
        known |= {section.id: f"section-{section.id.replace('/', '-')}.xhtml" for section in self.reading.paged}
        return {addresses.report(self.reading, page): name for page, name in known.items()}

    def inside(self, href: str) -> Markup:
        """A link of a view as a link of the book."""
        path, mark, anchor = href.partition("#")
        return Markup(self.files[path] + mark + anchor)  # both are the engine's own letters, digits and hyphens

    def file(self, section: str) -> str:
        """The file that holds a section; "" for the front."""
        return self.files[addresses.report(self.reading, section)]

    @cached_property
    def table(self) -> Table:
        return indicators_view(self.report, ORIGIN)

    @cached_property
    def notes(self) -> Notes:
        return notes_view(self.report, ORIGIN)

    @cached_property
    def names(self) -> Names:
        return names_view(Report(self.reading), ORIGIN)

    @cached_property
    def breaks(self) -> tuple[tuple[int, int, str], ...]:
        """Where each page of the source file begins in the repaired text, its number, and the way there."""
        places, found = self.report.places, []
        seen: set[int] = set()
        for place in self.reading.source.places:
            if not place.page or place.page in seen or not places.starts:
                continue
            seen.add(place.page)
            at = max(self.reading.text.from_source(place.start), places.starts[0])
            k = bisect_right(places.starts, at) - 1
            if at >= self.reading.sentences[places.ids[k]].end:
                # Between two sentences: the page begins with the next one, an empty last page with none.
                if k + 1 == len(places.starts):
                    continue
                k, at = k + 1, places.starts[k + 1]
            section = places.sections[k]
            home = self.file(section if section in self.reading.sections else "")
            found.append((at, place.page, f"{home}#page-{place.page}"))
        return tuple(found)

    @cached_property
    def pages(self) -> tuple[tuple[int, str], ...]:
        """The pages of the source file, and where each begins in the book."""
        return tuple((page, href) for _, page, href in self.breaks)

    @cached_property
    def leaves(self) -> dict[str, Leaf]:
        """The files with text, empty yet, in the order of the text."""
        rows = {row.anchor: row.changes for row in (*self.notes.repairs, *self.notes.layout)}
        breaks = tuple(sorted((at, page) for at, page, _ in self.breaks))
        return {file: Leaf(self.report.passages, rows, breaks) for file in (FRONT, *map(self.file, self.paged))}

    @cached_property
    def paged(self) -> tuple[str, ...]:
        return tuple(section.id for section in self.reading.paged)

    @cached_property
    def groups(self) -> dict[str, TableGroup]:
        """The indicators of each file, by the file's name."""
        by_anchor = {group.anchor: group for group in self.table.groups}
        homes = ("", *self.paged)
        anchored = {self.file(home): f"g-{home.replace('/', '-') or '0'}" for home in homes}
        return {file: by_anchor[anchor] for file, anchor in anchored.items() if anchor in by_anchor}

    @cached_property
    def terms(self) -> dict[str, str]:
        """The names by their ids."""
        return {term.id: term.name for term in self.reading.terms}

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The sections as the outline nests them."""

        def step(section: Section) -> Step:
            anchor = "h-" + section.id.replace("/", "-")
            return Step(_label(section), f"{self.file(section.id)}#{anchor}", tuple(map(step, section.children)))

        return tuple(map(step, self.reading.outline.sections))

    @cached_property
    def opening(self) -> Opening:
        view, leaf = front_view(self.report, ORIGIN), self.leaves[FRONT]
        title, said, words = (leaf.paragraphs(views) for views in (view.title, view.hero, view.opening))
        return Opening(view, title, said, words, self.groups.get(FRONT), leaf.notes())

    def spread(self, section: Section) -> Spread:
        """The file of a section that has one."""
        leaf = self.leaves[self.file(section.id)]
        inside = [below for below in section.walk() if self.reading.homes[below.id] == section.id]
        parts = [self._part(leaf, below, below.level - section.level + 1) for below in inside]
        return Spread(tuple(parts), self.groups.get(self.file(section.id)), tuple(self._related(section)), leaf.notes())

    def _part(self, leaf: Leaf, section: Section, depth: int) -> Part:
        chapter: Chapter = self.report.chapter(section, ORIGIN, depth)
        heading = leaf.heading(chapter.heading) if chapter.heading else None
        return Part(chapter.anchor, _label(section), min(depth, 6), heading, leaf.paragraphs(chapter.paragraphs))

    def _related(self, section: Section) -> Iterator[Related]:
        for other, link in self.report.links.get(section.id, ()):
            if other in self.reading.sections and other != section.id:
                href = f"{self.file(other)}#h-{other.replace('/', '-')}"
                shared = tuple(self.terms[name] for name in link.terms if name in self.terms)
                yield Related(_label(self.reading.sections[other]), href, shared)

    @cached_property
    def index(self) -> tuple[Initial, ...]:
        """The names by letter; the places of a name in one section stand together."""
        made = []
        for initial in self.names.initials:
            entries = []
            for name in initial.names:
                places: dict[str, list[MentionView]] = {}
                for mention in name.mentions:
                    places.setdefault(mention.where, []).append(mention)
                entries.append(Entry(name, tuple((where, tuple(found)) for where, found in places.items())))
            made.append(Initial(initial.letter, tuple(entries)))
        return tuple(made)

    @cached_property
    def backmatter(self) -> tuple[Step, ...]:
        """What stands behind the text."""
        told = [Step("全部指标", INDICATORS)] if self.table.groups else []
        told += [Step("名称索引", NAMES)] if self.index else []
        return (*told, Step("校勘", NOTES), Step("本书信息", COLOPHON))

    @cached_property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What is known of the source file, as the site tells it."""
        return download_view(self.report, ORIGIN, "").facts

    @cached_property
    def citation(self) -> str:
        return download_view(self.report, ORIGIN, self.settings.address).citation

    @cached_property
    def marked(self) -> int:
        """Characters that XML cannot hold."""
        return sum(not c.isspace() for c in FORBIDDEN.findall(self.reading.text.body))

    @cached_property
    def others(self) -> tuple[Other, ...]:
        """The other reports of the same site."""
        base = self.settings.address
        return tuple(
            Other(other.meta.name, base + addresses.report(other) if base else "")
            for other in self.published.readings
            if other is not self.reading
        )


def _label(section: Section) -> str:
    """How a line of the contents calls a section; never blank."""
    return one_line(section_label(section)).strip() or "正文"


class _Press:
    """The templates of the book, loaded once."""

    def __init__(self, folder: Path, book: _Book, kept: Compiled | None) -> None:
        self._book = book
        self._environment = environment(folder, kept, _safe)
        self._environment.filters["inside"] = book.inside

    def print(self, name: str, **values: object) -> str:
        """One file by its template."""
        return self._environment.get_template(f"epub/{name}.j2").render(**values)

    def files(self) -> Iterator[tuple[str, str]]:
        """The XHTML files in the order in which they are read."""
        book, name = self._book, self._book.reading.meta.name

        def made(file: str, template: str, title: str, view: object) -> tuple[str, str]:
            whole = title if title == name else f"{title} · {name}"
            return file, self.print(f"{template}.xhtml", title=whole, view=view, book=book)

        yield made(FRONT, "front", name, book.opening)
        yield made(CONTENTS, "nav", "目录", book.steps)
        for section in book.reading.paged:
            yield made(book.file(section.id), "section", _label(section), book.spread(section))
        if book.table.groups:
            yield made(INDICATORS, "indicators", "全部指标", book.table)
        if book.index:
            yield made(NAMES, "names", "名称索引", book.index)
        yield made(NOTES, "notes", "校勘", book.notes)
        yield made(COLOPHON, "colophon", "本书信息", book)


def _safe(value: object) -> object:
    """Every value a template prints: markup as it is, all else one line without what XML forbids, escaped after this."""
    return value if isinstance(value, Markup) else one_line(str(value))
