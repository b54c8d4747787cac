"""Knows the paths of the pages and files of the finished site, and how a link from one to another is written.

Leaves which pages there are to `pages.page_table`. Every path is relative to the root of the site and ends in a file
name (1/3/index.html instead of 1/3/), so that the same link works on a web server and from a disk.
"""

from __future__ import annotations

import posixpath
from typing import NewType
from urllib.parse import quote

from workreport.model import Reading

PageId = NewType("PageId", str)
"""The id of a kind of page, such as "indicators".

Except for fronts and sections it is also the folder of the page: in the folder of its report, or at the root of the
site.
"""

# The kinds of pages that code outside `pages.page_table` refers to; every kind is a row of that table.
FRONT = PageId("front")
SECTION = PageId("section")
PROMISES = PageId("promises")
AUDIENCE = PageId("for")
INDICATORS = PageId("indicators")
NAMES = PageId("names")
GLOSSARY = PageId("glossary")
NOTES = PageId("notes")
TEXT = PageId("text")
PICTURE = PageId("picture")
DOWNLOAD = PageId("download")
ABOUT = PageId("about")
PROVINCES = PageId("provinces")
MEASURES = PageId("measures")
MEASURE = PageId("measure")
PLACE = PageId("place")

ROOT = "index.html"
"""The front page of the site, and the file name of every other page."""
# Files and folders of the site that several modules refer to.
SEARCH_INDEX = "assets/search-index.js"
SEARCH_PARTS = "assets/search-index"
OPENSEARCH = "assets/opensearch.xml"
DATA = "data"
GLOSSARY_SCRIPT = "assets/glossary.js"


def report(reading: Reading, page: str = "") -> str:
    """Return the path of a page of a report.

    `page` is "" for the front page, the id of a page ("indicators"), or the id of a section ("1/3"). For a section
    without a page of its own the path is that of the section above it whose page shows it. `report(gongshu, "1/3")` is
    "gongshu-2024/1/3/index.html".
    """
    return posixpath.join(reading.meta.slug, reading.page_of.get(page, page), ROOT)


def front(slug: str, page: PageId = PageId("")) -> str:
    """Return the path of the front page of the report with this slug, or of another of its pages that is no section.

    >>> front("gongshu-2024"), front("gongshu-2024", TEXT)
    ('gongshu-2024/index.html', 'gongshu-2024/text/index.html')
    """
    return posixpath.join(slug, page, ROOT)


def site_page(page: PageId) -> str:
    """Return the path of a page that the site has once, not once for each report.

    >>> site_page(PageId("about/design"))
    'about/design/index.html'
    """
    return posixpath.join(page, ROOT)


def province(group: str) -> str:
    """Return the path of the page of all reports of a province, by the first two digits of its division code.

    >>> province("33")
    'provinces/33/index.html'
    """
    return posixpath.join(PROVINCES, group, ROOT)


def measure(name: str) -> str:
    """Return the path of the page of a core measure in all reports of the site.

    >>> measure("budget-revenue")
    'measures/budget-revenue/index.html'
    """
    return posixpath.join(MEASURES, name, ROOT)


def place(slug: str) -> str:
    """Return the path of the page of a place with reports of several years; `slug` is that of `place_addresses`.

    >>> place("hangzhou")
    'hangzhou/index.html'
    """
    return posixpath.join(slug, ROOT)


def measure_data(name: str) -> str:
    """Return the path of the file with all that the page of a core measure shows.

    >>> measure_data("gdp")
    'measures/gdp/gdp.csv'
    """
    return posixpath.join(MEASURES, name, f"{name}.csv")


def canonical(address: str, path: str) -> str:
    """Return the full address of a page of a site: `address` is the site's, which ends with a slash; "" for none.

    Everywhere it has this one form, the folder without index.html: as canonical link, in citations, codes and data.

    >>> canonical("https://a.example/b/", "gongshu-2024/1/index.html"), canonical("", "index.html")
    ('https://a.example/b/gongshu-2024/1/', '')
    """
    return address + (path.removesuffix(ROOT) if path == ROOT or path.endswith(f"/{ROOT}") else path) if address else ""


def explanation(reading: Reading, gloss: str) -> str:
    """Return the path and anchor of a glossary entry on the glossary page; `gloss` is the id of the entry."""
    return f"{report(reading, GLOSSARY)}#e-{gloss}"


def data(slug: str, name: str = "") -> str:
    """Return the path of a report's data file (gongshu-2024/data/indicators.csv), or without `name` of the data folder."""
    return posixpath.join(slug, DATA, *([name] if name else []))


def plain_text(slug: str) -> str:
    """Return the path of a report's plain text, with the repairs (gongshu-2024/download/text.txt)."""
    return posixpath.join(slug, DOWNLOAD, "text.txt")


def page_of(reading: Reading, section: str) -> str:
    """Return the path of the page that shows a section's sentences; for "" or an unknown id, that of the front page."""
    return report(reading, section if section in reading.sections else "")


def markdown(path: str) -> str:
    """Return the path in `docs/` of the Markdown file from which MkDocs makes the page at `path`.

    >>> markdown("gongshu-2024/1/3/index.html")
    'gongshu-2024/1/3/index.md'
    """
    return path.removesuffix(".html") + ".md"


def markdown_link(link: str) -> str:
    """Return a link from one page of the site to another as a link between their Markdown files.

    Links to other files and within a page stay as they are.

    >>> markdown_link("../../notes/index.html#k1"), markdown_link("#k1"), markdown_link("text.txt")
    ('../../notes/index.md#k1', '#k1', 'text.txt')
    """
    path, mark, anchor = link.partition("#")
    return (markdown(path) if path.endswith(ROOT) else path) + mark + anchor


def relative(origin: str, target: str) -> str:
    """Return the percent-encoded link from the page at `origin` to `target`, which is a path with or without an anchor.

    For an anchor on the same page the link is the anchor alone.

    >>> relative("gongshu-2024/1/3/index.html", "gongshu-2024/notes/index.html#k1")
    '../../notes/index.html#k1'
    >>> relative("index.html", "index.html#k1")
    '#k1'
    """
    path, mark, anchor = target.partition("#")
    if path == origin and mark:
        return mark + quote(anchor, safe="")
    return quote(posixpath.relpath(path, posixpath.dirname(origin) or "."), safe="/.") + mark + quote(anchor, safe="")
