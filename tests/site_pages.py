"""Reads finished pages as a test does: their links, ids and headings. Leaves drawing them to a browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

LINKS = {"href", "src", "data-src", "poster", "action", "formaction", "cite", "data"}
UNSPACED = str.maketrans("", "", "\u200b\u2060\ufeff")
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
SILENT = {"script", "style", "template", "title", "head"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def squeezed(text: str) -> str:
    """The text without white space, to compare words and not lines.

    >>> squeezed(" 政府 工作\\n报告 ")
    '政府工作报告'
    """
    return "".join(text.split()).translate(UNSPACED)


@dataclass
class Page(HTMLParser):
    """One page: `links` (attribute, value), `ids` in order, `headings` (tag, id, words), `main` its article's words."""

    links: list[tuple[str, str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    headings: list[tuple[str, str, str]] = field(default_factory=list)
    main: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self._headings: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        for key, value in values.items():
            if key in LINKS:
                self.links.append((key, value))
            elif key == "srcset":
                self.links += [(key, part.split()[0]) for part in value.split(",") if part.strip()]
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a" and values.get("name"):
            self.ids.append(values["name"])
        if tag in HEADINGS:
            self.headings.append((tag, values.get("id", ""), ""))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if SILENT & set(self._open):
            return
        if "article" in self._open:
            self.main += data
        if HEADINGS & set(self._open) and self.headings:
            tag, name, words = self.headings[-1]
            self.headings[-1] = (tag, name, words + data)


def read_page(file: Path) -> Page:
    page = Page()
    page.feed(file.read_text(encoding="utf-8"))
    page.close()
    return page


def page_files(site: Path) -> list[Path]:
    """The pages of a site, sorted; the single files among the archives for download are none."""
    return [p for p in sorted(site.rglob("*.html")) if p.relative_to(site).parts[0] != "archive"]


def pages_of(site: Path) -> dict[str, Page]:
    """Path to page, of every page of a site, in the order of their paths."""
    return {p.relative_to(site).as_posix(): read_page(p) for p in page_files(site)}


def targets(base: str, page: str, links: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """(as written, address without fragment, fragment) of each link of a page that stays under `base`'s host.

    >>> targets("http://h/sub/", "a/index.html", [("href", "../b/index.html#s1")])
    [('../b/index.html#s1', 'http://h/sub/b/index.html', 's1')]
    >>> targets("http://h/sub/", "a/index.html", [("href", "https://www.gov.cn/"), ("href", "mailto:a@b")])
    []
    """
    found = []
    home = urlsplit(base)
    for _, link in links:
        address, fragment = urldefrag(urljoin(base + page, link.strip()))
        parts = urlsplit(address)
        if (parts.scheme, parts.netloc) == (home.scheme, home.netloc):
            found.append((link, address, unquote(fragment).partition(":~:")[0]))
    return found
