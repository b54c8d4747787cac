"""Makes the single HTML file of a report and reads it."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

from tests.conftest import ROOT
from tests.search_queries import index_of
from workreport.archive import html

SLUG = "gongshu-2024"
SOURCE = f"reports/{SLUG}/source.md"
READY = '#search-results[data-state="ready"]'
"""Selector of the search results once a search is finished."""
OTHERS = (html.OtherFile(f"{SLUG}-offline.zip", "整个网站"), html.OtherFile(f"{SLUG}.pdf", "像正式文件那样排印"))
"""The other archive files that the tested file names."""


def index_of_one(site: Path, slug: str) -> tuple[list[str], str]:
    """The paths of the sections' pages in the order of the text, and the search index script of this report alone."""
    index = index_of(site)
    reports = [report for report in index["data"] if str(report["sections"][0][0]).startswith(f"{slug}/")]
    assert len(reports) == 1
    pages = list(dict.fromkeys(str(section[0]) for section in reports[0]["sections"]))
    if index["data"] == reports:
        return pages[1:], (site / "assets" / "search-index.js").read_text(encoding="utf-8")
    text = json.dumps({**index, "data": reports}, ensure_ascii=False).replace("<", "\\u003c")
    return pages[1:], f"globalThis.workreportIndex={text};\n"


def readers_of(site: Path, slug: str) -> list[str]:
    """The folders of the pages for each kind of readers, in the order of the links on the report's front page."""
    front = (site / slug / "index.html").read_text(encoding="utf-8")
    return list(dict.fromkeys(re.findall(r'href="(for/[a-z-]+)/index\.html"', front)))


def make(site: Path, target: Path, slug: str = SLUG) -> Path:
    """Write the single HTML file of a report of the built `site` into the folder `target`; return its path."""
    target.mkdir(parents=True, exist_ok=True)
    sections, index = index_of_one(site, slug)
    frame = ROOT / "templates" / "onefile"
    page = html.from_site(
        site, slug=slug, sections=sections, index=index, frame=frame, others=OTHERS, readers=readers_of(site, slug)
    )
    path = target / f"{slug}.html"
    path.write_bytes(page.encode())
    return path


class Reader(HTMLParser):
    """Reads an HTML file with the standard library alone.

    `tags` are its start tags with their attributes, `marked` the text in elements with `data-text`, `plain` the text of
    each `pre` by id, `inline` tag and text of scripts and styles.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.marked = ""
        self.plain: dict[str, str] = {}
        self.inline: list[tuple[str, str]] = []
        self._open: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        self.tags.append((tag, values))
        if tag not in {"meta", "link", "input", "br", "rect", "path"}:
            self._open.append((tag, values))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for tag, values in self._open:
            if "data-text" in values:
                self.marked += data
            if tag == "pre":
                self.plain[values["id"]] = self.plain.get(values["id"], "") + data
            if tag in ("script", "style"):
                self.inline.append((tag, data))


def read(file: Path) -> Reader:
    """An HTML file, parsed."""
    reader = Reader()
    reader.feed(file.read_bytes().decode("utf-8"))
    reader.close()
    return reader
