"""Knows the address of everything in the finished site: the path of each page and the anchors on it.

Leaves which pages there are to `pages.page_table`. A path counts from the root of the site and names `index.html`, so
that the same link works on the web and from a disk.
"""

from __future__ import annotations

import posixpath
from typing import NewType
from urllib.parse import quote

from workreport.model import Reading

PageId = NewType("PageId", str)
"""What a page kind is called: "indicators". It is also the folder of such a page, in its report's folder or the site's."""

FRONT = PageId("front")
SECTION = PageId("section")
INDICATORS = PageId("indicators")
NAMES = PageId("names")
GLOSSARY = PageId("glossary")
NOTES = PageId("notes")
TEXT = PageId("text")
PICTURE = PageId("picture")
DOWNLOAD = PageId("download")
ABOUT = PageId("about")
"""The pages that other pages and files link to by their id; every page kind is a row of `pages.page_table`."""

ROOT = "index.html"
SEARCH_INDEX = "assets/search-index.js"
OPENSEARCH = "assets/opensearch.xml"
DATA = "data"
GLOSSARY_SCRIPT = "assets/glossary.js"


def report(reading: Reading, page: str = "") -> str:
    """The path of one of a report's pages: "" for its front, a page's id ("indicators") or a section's id.

    A section without a page of its own stands on that of a section above it. `report(gongshu, "1/3")` is
    "gongshu-2024/1/3/index.html".
    """
    return posixpath.join(reading.meta.slug, reading.page_of.get(page, page), ROOT)


def site_page(page: PageId) -> str:
    """The path of a page that the site has once.

    >>> site_page(PageId("about/design"))
    'about/design/index.html'
    """
    return posixpath.join(page, ROOT)


def explanation(reading: Reading, gloss: str) -> str:
    """The address of a glossary entry (its id) on the glossary's page."""
    return f"{report(reading, GLOSSARY)}#e-{gloss}"


def data(reading: Reading, name: str = "") -> str:
    """The path of a report's data file: "gongshu-2024/data/indicators.csv"; without a name, of their folder."""
    return posixpath.join(reading.meta.slug, DATA, *([name] if name else []))


def page_of(reading: Reading, section: str) -> str:
    """The path of the page that shows this section's sentences; "" or an unknown section gives the report's front."""
    return report(reading, section if section in reading.sections else "")


def markdown(path: str) -> str:
    """The file in `docs/` that becomes this page.

    >>> markdown("gongshu-2024/1/3/index.html")
    'gongshu-2024/1/3/index.md'
    """
    return path.removesuffix(".html") + ".md"


def relative(origin: str, target: str) -> str:
    """How a page at `origin` links to `target` (a path, with or without an anchor), percent-encoded.

    >>> relative("gongshu-2024/1/3/index.html", "gongshu-2024/notes/index.html#k1")
    '../../notes/index.html#k1'
    >>> relative("index.html", "index.html#k1")
    '#k1'
    """
    path, mark, anchor = target.partition("#")
    if path == origin and mark:
        return mark + quote(anchor, safe="")
    return quote(posixpath.relpath(path, posixpath.dirname(origin) or "."), safe="/.") + mark + quote(anchor, safe="")
