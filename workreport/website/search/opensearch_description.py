"""Knows the OpenSearch description of a site, which tells a browser how to search it.

Leaves the search itself to the scripts.
"""

from __future__ import annotations

from workreport.website import addresses
from workreport.website.template_loader import html_part


def opensearch(name: str, address: str) -> str:
    """Return the OpenSearch description, from which a browser can add the search of this site to its own.

    `address` is the site's URL, not "". Only the first 16 characters of `name` are the short name, as OpenSearch
    requires.
    """
    template = f"{address.rstrip('/')}/{addresses.ROOT}?q={{searchTerms}}"
    return html_part("site/opensearch", ending="xml", short=name[:16], told=f"搜索{name}", address=template)
