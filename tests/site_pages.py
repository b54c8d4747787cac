"""Parses finished HTML pages for tests. Knows their links, ids and headings. Leaves rendering to a browser."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

LINKS = {"href", "src", "data-src", "poster", "action", "formaction", "cite", "data"}
UNSPACED = str.maketrans("", "", "\u200b\u2060\ufeff")
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
SILENT = {"script", "style", "template", "title", "head"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def squeezed(text: str) -> str:
    """Return the text without whitespace and zero-width characters, so that line breaks do not affect a comparison.

    >>> squeezed(" 政府 工作\\n报告 ")
    '政府工作报告'
    """
    return "".join(text.split()).translate(UNSPACED)


@dataclass
class Page(HTMLParser):
    """A parsed HTML page.

    `links` are (attribute, value) pairs, `ids` are in page order, `headings` are (tag, id, text); `main` is the visible
    text inside `<article>`.
    """

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
    """Return the HTML files of a site, sorted by path, without those in its archive/ folder (files for download)."""
    return [p for p in sorted(site.rglob("*.html")) if p.relative_to(site).parts[0] != "archive"]


def pages_of(site: Path) -> dict[str, Page]:
    """Return a dict from relative path to parsed page for every page of a site, in path order."""
    return {p.relative_to(site).as_posix(): read_page(p) for p in page_files(site)}


@dataclass(frozen=True)
class Article:
    """What a reader gets of a page, in the order of the page, whatever generator made it.

    `headings` are (tag, id, text), `tables` rows of texts of cells, `links` (text, target) with targets as paths in the
    site, a folder as its index.html. White space does not count.
    """

    words: str
    headings: tuple[tuple[str, str, str], ...]
    ids: tuple[str, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]
    links: tuple[tuple[str, str], ...]


def article_of(site: Path, path: str) -> Article:
    """Return what stands in the <article> of a page, without the signs of links to its own headings and paragraphs."""
    article = LexborHTMLParser((site / path).read_text(encoding="utf-8")).css_first("article")
    assert article is not None, path
    for sign in article.css("a.headerlink, a.pilcrow, script, style"):
        sign.decompose()

    def words(node: LexborNode) -> str:
        return squeezed(node.text())

    headings = article.css(", ".join(sorted(HEADINGS)))
    return Article(
        words(article),
        tuple((node.tag or "", node.attributes.get("id") or "", words(node)) for node in headings),
        tuple(node.attributes.get("id") or "" for node in article.css("[id]")),
        tuple(
            tuple(tuple(words(cell) for cell in row.css("th, td")) for row in table.css("tr"))
            for table in article.css("table")
        ),
        tuple((words(link), _target(path, link.attributes.get("href") or "")) for link in article.css("a[href]")),
    )


def _target(page: str, link: str) -> str:
    """Return where a link on a page leads: a path in the site with its fragment, or an address with a scheme.

    >>> _target("a/index.html", "../b/#s1"), _target("a/index.html", "#s1"), _target("a/index.html", "mailto:a@b")
    ('b/index.html#s1', 'a/index.html#s1', 'mailto:a@b')
    """
    address, fragment = urldefrag(link)
    if not urlsplit(link).scheme:
        address = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(address))) if address else page
        if not posixpath.splitext(address)[1]:  # a folder
            address = posixpath.normpath(posixpath.join(address, "index.html"))
    return f"{address}#{unquote(fragment)}" if fragment else address


def targets(base: str, page: str, links: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Return (link as written, absolute URL without fragment, fragment) of each link that points to the host of `base`.

    `page` is the path of the page that has the links. A text fragment (`:~:text=…`) is cut off.

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
