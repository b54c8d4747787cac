"""Knows how a publication becomes the files of `docs/`: Markdown pages from Jinja2 templates, style sheets and scripts.

Leaves the findings to `analysis`, addresses to `website.addresses`, and making HTML of Markdown to `website.rendering`.
"""

from workreport.website.pages.citation_labels import theme_citations
from workreport.website.pages.labels import theme_labels
from workreport.website.pages.page_table import report_of
from workreport.website.pages.publisher import site_description, site_title
from workreport.website.pages.render import SiteRenderer, frame_of, reachable, render, render_site, theme_facts
from workreport.website.pages.summaries import collected, collection_of, summary_of

__all__ = [
    "SiteRenderer",
    "collected",
    "collection_of",
    "frame_of",
    "reachable",
    "render",
    "render_site",
    "report_of",
    "site_description",
    "site_title",
    "summary_of",
    "theme_citations",
    "theme_facts",
    "theme_labels",
]
