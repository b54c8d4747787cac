"""Knows where everything stands in the finished site: the path of each page and the anchor on it.

Leaves the paths' pages to `pages` and the finished files to `site`. Paths count from the root of the site, name
`index.html`, and are the same on the web and offline.
"""

from __future__ import annotations

import posixpath
from urllib.parse import quote

from workreport.model import Reading

ROOT = "index.html"
ABOUT = "about/index.html"
DESIGN = "about/design/index.html"
SEARCH_INDEX = "assets/search-index.js"
OPENSEARCH = "assets/opensearch.xml"
DATA = "data"
REPORT_PAGES = {
    "indicators": "全部指标",
    "names": "名称索引",
    "notes": "校勘",
    "text": "全文",
    "picture": "一图读懂",
    "download": "下载与引用",
}
"""The pages that every report has besides its front and its sections, with their titles."""
GLOSSARY = "glossary"
GLOSSARY_SCRIPT = "assets/glossary.js"


def pages(reading: Reading) -> dict[str, str]:
    """The pages of this report besides its front and its sections, with their titles; a glossary where it has one."""
    found = dict(REPORT_PAGES)
    if not reading.glossary:
        return found
    title = "名词解释" if any(gloss.name for gloss in reading.glossary) else "注释"
    return {"indicators": found.pop("indicators"), "names": found.pop("names"), GLOSSARY: title, **found}


def report(reading: Reading, page: str = "") -> str:
    """The path of one of a report's own pages: "" for its front, one of `pages` ("indicators").

    A section's page is called by the section's id (or that of the section on whose page it stands): `report(gongshu, "1/3")` is "gongshu-2024/1/3/index.html".
    """
    return posixpath.join(reading.meta.slug, reading.homes.get(page, page), ROOT)


def explanation(reading: Reading, gloss: str) -> str:
    """Where an entry of the glossary stands on the glossary's page."""
    return f"{report(reading, GLOSSARY)}#e-{gloss}"


def data(reading: Reading, name: str = "") -> str:
    """A data file of a report: "gongshu-2024/data/indicators.csv"; where it stands alone, `data/` holds the same again."""
    return posixpath.join(reading.meta.slug, DATA, *([name] if name else []))


def page_of(reading: Reading, section: str) -> str:
    """The page that holds a sentence of this section; what belongs to none stands on the report's front."""
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
