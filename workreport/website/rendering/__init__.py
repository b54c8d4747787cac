"""Knows how MkDocs makes the pages of `docs/`: all at once, or unit by unit with the same bytes. Nothing else runs MkDocs.

Leaves the configuration to `mkdocs_config`, changes to the pages to `finishing`, and where the site is put to `writer`.
"""

from workreport.website.rendering.mkdocs_run import ThemeFiles, build, loaded_config, require_none
from workreport.website.rendering.unit_pages import AnchorLink, SiteFolder, UnitMaker, UnitPages, broken
from workreport.website.rendering.units import SiteUnit

__all__ = [
    "AnchorLink", "SiteFolder", "SiteUnit", "ThemeFiles", "UnitMaker", "UnitPages", "broken", "build", "loaded_config",
    "require_none",
]  # fmt: skip
