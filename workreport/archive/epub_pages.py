"""Knows the files of a report's EPUB 3.3: XHTML pages, navigation, package document and style, as texts by name.

Leaves the content of the pages to `epub_book`, markup to `templates/epub`, and the zip to `epub`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from markupsafe import Markup

from workreport.archive.epub_book import COLOPHON, CONTENTS, FRONT, INDICATORS, NAMES, NOTES, Book, label
from workreport.archive.epub_views import ManifestItem
from workreport.model import Publication, Reading
from workreport.project.media_types import media_type
from workreport.website import addresses, tokens
from workreport.website.pages.escape import one_line
from workreport.website.template_loader import environment
from workreport.website.pages.publisher import SiteFacts
from workreport.website.template_cache import TemplateCache

PACKAGE, STYLE, SOURCE, TEXT = "content.opf", "book.css", "source.txt", "text.txt"
XHTML = "application/xhtml+xml"


def pages(
    reading: Reading,
    published: Publication,
    settings: SiteFacts,
    templates: Path,
    *,
    moment: date,
    cache: TemplateCache | None = None,
    cover: str = "",
) -> dict[str, str]:
    """The texts of the EPUB by file name, `content.opf` among them; all are in the folder of the package document.

    `templates` is the folder that holds `epub/`; `moment` the date of last change that the package states; `cover` the
    name of a PNG that the caller adds to the zip, "" for none. A character that XML forbids is U+FFFD in the pages and
    unchanged in `text.txt`. `pages(gongshu, …)["section-1-3.xhtml"]` is the third section of the first chapter.
    """
    book = Book(reading, published, settings, moment)
    printed = _Templates(templates, book, cache)
    made = dict(printed.files())
    made[STYLE] = tokens.load(templates).filled(printed.render(STYLE))
    made[SOURCE], made[TEXT] = reading.source.text, reading.text.body
    items = _items(made, cover)
    pictured = any(item.properties == "svg" for item in items)
    made[PACKAGE] = printed.render(PACKAGE, items=items, pictured=pictured, book=book)
    return dict(sorted(made.items()))


def _items(made: Mapping[str, str], cover: str) -> tuple[ManifestItem, ...]:
    """The items of the manifest, in the order of `made` (pages in reading order come first), then the cover."""
    items = []
    for name, text in made.items():
        properties: tuple[str, ...] = ("nav",) if name == CONTENTS else ()
        # A report's own text cannot contain "<svg": it is escaped.
        properties += ("svg",) if name.endswith(".xhtml") and "<svg" in text else ()
        stem, _, end = name.rpartition(".")
        items.append(
            ManifestItem(
                f"{stem}-{end}",
                name,
                XHTML if end == "xhtml" else media_type(name),
                " ".join(properties),
                end == "xhtml",
            )
        )
    if cover:
        items.append(ManifestItem("cover", cover, media_type(cover), "cover-image", read=False))
    return tuple(items)


class _Templates:
    """The Jinja2 environment for the templates of one EPUB."""

    def __init__(self, folder: Path, book: Book, cache: TemplateCache | None) -> None:
        self._book = book
        self._environment = environment(folder, cache, _safe)
        self._environment.filters["inside"] = book.inside

    def render(self, name: str, **values: object) -> str:
        """Render the template `templates/epub/<name>.j2`."""
        return self._environment.get_template(f"epub/{name}.j2").render(**values)

    def files(self) -> Iterator[tuple[str, str]]:
        """Name and text of each XHTML file, in reading order."""
        book, name = self._book, self._book.reading.meta.name
        titles = book.report.titles

        def made(file: str, template: str, title: str, view: object) -> tuple[str, str]:
            whole = title if title == name else f"{title} · {name}"
            return file, self.render(f"{template}.xhtml", title=whole, view=view, book=book)

        yield made(FRONT, "front", name, book.opening)
        yield made(CONTENTS, "nav", "目录", book.contents)
        for section in book.reading.paged:
            yield made(book.file(section.id), "section", label(section), book.text_file(section))
        if book.table.groups:
            yield made(INDICATORS, "indicators", titles[addresses.INDICATORS], book.table)
        if book.index:
            yield made(NAMES, "names", titles[addresses.NAMES], book.index)
        yield made(NOTES, "notes", titles[addresses.NOTES], book.notes)
        yield made(COLOPHON, "colophon", "本书信息", book)


def _safe(value: object) -> object:
    """A template value: markup unchanged; anything else as text on one line, with U+FFFD for forbidden characters.

    Jinja2 escapes the text afterwards.
    """
    return value if isinstance(value, Markup) else one_line(str(value))
