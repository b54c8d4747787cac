"""Knows the text of `mkdocs.generated.yml`: the site's name, address, navigation and what the theme prints.

Leaves theme and extensions to `mkdocs.yml`, which inherits this file, and running MkDocs to `rendering`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Extra: TypeAlias = "str | bool | int | Sequence[Extra] | Mapping[str, Extra]"
"""A value of `extra:` in the MkDocs configuration."""

CONFIG = "mkdocs.yml"
GENERATED = "mkdocs.generated.yml"
MARKS = "workreport.website.marks"
"""The name under which `mkdocs.yml` names our extension of Markdown."""

_HEAD = """\
# 由 build.py 按 site.toml 和 reports/ 生成，请勿手改；主题和扩展写在 mkdocs.yml。
"""


@dataclass(frozen=True, slots=True)
class NavItem:
    """An item of the navigation: a page of `docs/` ("gongshu-2024/1/index.md"), or a heading with items (`children`)
    below it.
    """

    title: str
    page: str = ""
    children: tuple[NavItem, ...] = ()


def generated_config(
    *,
    name: str,
    address: str,
    description: str,
    nav: Sequence[NavItem],
    extra: Mapping[str, Extra] | None = None,
    contact: str = "",
) -> str:
    """Return the text of `mkdocs.generated.yml`.

    `address` is the site's URL; with "" for it or for `description` that line is left out. Name, description and titles
    are HTML-escaped here, because the theme prints them unescaped. Values of `extra` are not: a template that prints
    one must escape it (`| e`).
    `contact` is the publisher's address for corrections, which our extension of Markdown puts behind each sentence.

    >>> print(generated_config(name="报告", address="", description="", nav=[NavItem("首页", "index.md")]))
    # 由 build.py 按 site.toml 和 reports/ 生成，请勿手改；主题和扩展写在 mkdocs.yml。
    "site_name": "报告"
    "nav":
      - "首页": "index.md"
    <BLANKLINE>
    """
    lines = [f'"site_name": {_scalar(escape(name))}']
    if address:
        lines.append(f'"site_url": {_scalar(address)}')
    if description:
        lines.append(f'"site_description": {_scalar(escape(description))}')
    if extra:
        lines.append('"extra":')
        lines += [f"  {_scalar(key)}: {_json(value)}" for key, value in sorted(extra.items())]
    if contact:
        lines += ['"markdown_extensions":', f"  {_scalar(MARKS)}: {{{_scalar('contact')}: {_scalar(contact)}}}"]
    lines += ['"nav":', *_nav(nav, 1)]
    return _HEAD + "\n".join(lines) + "\n"


def _nav(items: Sequence[NavItem], depth: int) -> Iterator[str]:
    for item in items:
        start = f"{'  ' * depth}- {_scalar(escape(item.title))}:"
        if item.children:
            yield start
            yield from _nav(item.children, depth + 1)
        else:
            yield f"{start} {_scalar(item.page)}"


def _scalar(text: str) -> str:
    # A JSON string is a YAML string, except that YAML requires a few more characters to be escaped.
    return re.sub(
        "[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udfff]",
        lambda found: f"\\u{ord(found[0]):04x}",
        json.dumps(text, ensure_ascii=False),
    )


def _json(value: Extra) -> str:
    if isinstance(value, str):
        return _scalar(value)
    if isinstance(value, bool | int):
        return json.dumps(value)
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_scalar(key)}: {_json(item)}' for key, item in value.items())}}}"
    return f"[{', '.join(_json(item) for item in value)}]"
