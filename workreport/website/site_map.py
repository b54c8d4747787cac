"""Knows the site map and robots.txt of a site, by which search engines find its pages. The words stand in `templates/site/`.

Leaves the days in the site map of a published site to `publish`: a build does not know when a page last changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from workreport.website import markup
from workreport.website.template_loader import html_part, text_part

SITE_MAP = "sitemap.xml"
ROBOTS = "robots.txt"


@dataclass(frozen=True, slots=True)
class MappedPage:
    """A page in the site map: its address, and the ISO date of its last change ("" for not known)."""

    address: str
    day: str = ""


def site_map(pages: Iterable[MappedPage], ours: str = "") -> str:
    """Return the site map (https://www.sitemaps.org/protocol.html); `ours` is a word for a comment on top.

    >>> "<loc>https://a.b/?x=1&amp;y=2</loc>" in site_map([MappedPage("https://a.b/?x=1&y=2")])
    True
    """
    return html_part("site/sitemap", ending="xml", pages=list(pages), ours=ours)


def canonical(page: str) -> str:
    """Return the address that a page gives as its own, "" if it gives none.

    >>> canonical('<link rel="icon" href="a"><link rel="canonical" href="https://a.b/c/">')
    'https://a.b/c/'
    """
    for tag in markup.tags(page.partition("</head>")[0], ["link"]):
        relation, link = tag.get("rel"), tag.get("href")
        if relation and link and relation.value == "canonical":
            return link.value
    return ""


def addresses_in(text: str) -> list[str]:
    """Return the addresses in a site map, in its order.

    >>> addresses_in(site_map([MappedPage("https://a.b/?x=1&y=2", "2024-03-05")]))
    ['https://a.b/?x=1&y=2']
    """
    return [unescape(found) for found in re.findall(r"<loc>([^<]*)</loc>", text)]


def robots(address: str) -> str:
    """Return the text of robots.txt; "" if `address` is not the root of a host, where alone programs look for it (RFC 9309).

    >>> robots("https://www.example.gov.cn/gzbg/")
    ''
    """
    return text_part("site/robots", address=address) if address and urlsplit(address).path == "/" else ""
