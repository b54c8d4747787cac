"""Knows how templates are loaded: strict, escaped, compiled once.

Leaves what they print to the rooms beside it; an unknown value is an error, and nothing of a report becomes markup.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from workreport.project.template_cache import Compiled


def environment(folder: Path, kept: Compiled | None, finalize: Callable[[object], object]) -> Environment:
    """The templates of a folder; `finalize` has every value that they print, `kept` keeps their code between builds."""
    return Environment(
        loader=FileSystemLoader(folder),
        bytecode_cache=kept,  # type: ignore[arg-type]  # the engine asks for no more than this
        undefined=StrictUndefined,
        autoescape=True,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
