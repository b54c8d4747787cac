"""Knows how a publication becomes the texts of `docs/`: Markdown pages by Jinja2 templates, and the assets beside them.

Leaves finding to the stages before it, addresses to `addresses`, and making HTML of it to `site`.
"""

from workreport.website.pages.render import render, site_title, theme_facts

__all__ = ["render", "site_title", "theme_facts"]
