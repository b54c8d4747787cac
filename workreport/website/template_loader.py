"""Knows how Jinja2 is set up for our templates: a template that uses an unknown value is an error.

Leaves the values to the views, and escaping to the function `finalize` of the caller.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from workreport.project import paths
from workreport.website.template_cache import TemplateCache


def environment(
    folder: Path,
    cache: TemplateCache | None,
    finalize: Callable[[object], object],
    comments: tuple[str, str] = ("{#", "#}"),
) -> Environment:
    """Return a Jinja2 environment with the templates of a folder.

    `finalize` is applied to every value that a template prints. `cache` stores compiled templates; None for no cache.
    `comments` are the signs around comments; those of Jinja2 cannot be used where {#id} is a mark.
    """
    return Environment(
        loader=FileSystemLoader(folder),
        bytecode_cache=cache,
        undefined=StrictUndefined,
        autoescape=True,
        comment_start_string=comments[0],
        comment_end_string=comments[1],
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def html_part(template: str, /, ending: str = "html", **values: object) -> str:
    """Return a part of a finished page, from the template `templates/<template>.<ending>.j2`; every value is escaped.

    `ending` is "xml" for a whole file of XML, whose signs are escaped alike.
    """
    return _parts().get_template(f"{template}.{ending}.j2").render(**values)


def text_part(template: str, /, ending: str = "txt", **values: object) -> str:
    """Return a plain text file from the template `templates/<template>.<ending>.j2`; no value is escaped."""
    return _plain_parts().get_template(f"{template}.{ending}.j2").render(**values)


@cache
def _parts() -> Environment:
    return environment(paths.shipped() / "templates", None, lambda value: value)


@cache
def _plain_parts() -> Environment:
    return environment(paths.shipped() / "templates", None, lambda value: Markup(str(value)))
