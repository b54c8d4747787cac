"""Knows how templates are loaded: strict, escaped, compiled once.

Leaves what they print to the rooms beside it; an unknown value is an error, and nothing of a report becomes markup.
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
