"""Knows the labels (`citation_title` and its kin) from which managers of references such as Zotero read a page of a report.

The names are those that Google Scholar asks for (https://scholar.google.com/intl/en/scholar/inclusion.html). The citations
that a reader copies are made in `citations`.
"""

from __future__ import annotations

from workreport.model import Meta
from workreport.website import addresses
from workreport.website.pages import wording
from workreport.website.pages.escape import one_line
from workreport.website.pages.publisher import Reports, SiteFacts


def theme_citations(reports: Reports, site: SiteFacts) -> dict[str, list[str | list[list[str]]]]:
    """Return for each report, by its slug, its name and the labels that all its pages have; the theme adds the titles.

    A label is its name behind `citation_` and its value. They stand in the settings of MkDocs, not on each page: a person
    who reads a page, or its diff, would find the same again on all.

    The source's rule wants as `citation_publication_date` "the date that would normally be cited in references": it is the one
    that our own citations give (`wording.cited_day`). The day on which the report was put online is `citation_online_date`
    there, and is told only where it is known. Days are written as 2024/02/21; what is not known is left out.
    """
    return {meta.slug: [one_line(meta.name), _labels(meta, site)] for meta in reports.metas}


def _labels(meta: Meta, site: SiteFacts) -> list[list[str]]:
    day = wording.cited_day(meta)
    labels = [
        ("author", wording.responsible(meta.title, meta.place)),
        ("publication_date", day.strftime("%Y/%m/%d") if day else ""),
        ("online_date", meta.published.strftime("%Y/%m/%d") if meta.published else ""),
        ("publisher", site.publisher),
        ("language", "zh"),
        ("fulltext_html_url", addresses.canonical(site.address, addresses.front(meta.slug, addresses.TEXT))),
    ]
    return [[name, one_line(value)] for name, value in labels if value]
