"""Knows how a publication becomes the texts of `docs/`: Markdown pages by Jinja2 templates, and the assets beside them.

Leaves finding to the stages before it, addresses to `addresses`, and the HTML to `rendering`.
"""

from workreport.website.pages.page_table import report_of
from workreport.website.pages.publisher import site_title
from workreport.website.pages.render import render, theme_facts

__all__ = ["render", "report_of", "site_title", "theme_facts"]
