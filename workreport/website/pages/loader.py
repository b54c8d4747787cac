"""Knows how Jinja2 is set up for our templates: an unknown value is an error, every value is escaped.

Leaves the values to the views, and escaping itself to `finalize`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from workreport.website.template_cache import TemplateCache


def environment(folder: Path, cache: TemplateCache | None, finalize: Callable[[object], object]) -> Environment:
    """The templates of a folder; `finalize` has every value that they print, `cache` holds their code between builds."""
    return Environment(
        loader=FileSystemLoader(folder),
        bytecode_cache=cache,
        undefined=StrictUndefined,
        autoescape=True,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
