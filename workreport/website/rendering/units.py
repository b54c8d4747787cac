"""Knows into which units the pages of a site fall, and what a page of each unit sees of the pages of the others.

A unit is a report, or a folder of the collection's own pages. What a unit does not see cannot change its pages. Leaves
making the pages to `unit_pages`, and what of them is kept between builds to `site_pages`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

NavItem: TypeAlias = "str | Mapping[str, str | Sequence[NavItem]]"
"""An item of `nav:` in the configuration of MkDocs: a page of `docs/`, or a title with a page or with items below it."""


@dataclass(frozen=True, slots=True)
class SiteUnit:
    """Pages that are made together: the files of `docs/` in MkDocs' order, and the navigation that they see.

    `seen` are pages of other units in that navigation whose front matter they see too; of all others they see title and
    address alone.
    """

    pages: tuple[str, ...]
    nav: tuple[NavItem, ...]
    seen: tuple[str, ...] = ()


# All that our templates ask of the navigation: a page of a report sees the pages of its report and those before and after it,
# a page of the collection the first page of each report. None asks for the day of the build.
_ASKED = frozenset({
    "{%- if page and page.previous_page %}",
    "{{ page.previous_page.url | url }}",
    "{%- if page and page.next_page %}",
    "{{ page.next_page.url | url }}",
    "{%- for item in nav.items %}",
    "{%- if slug and (home or item.active) and item.children %}",
    "{%- for one in item.children if one.meta and one.meta['kind'] in ('front', 'section') %}",
    (
        "{%- for one in item.children if one.meta and one.meta['kind'] != 'section'"
        " and (one.meta['kind'] != 'front' or kind == 'text') %}"
    ),
    "{%- elif item.children and not slug %}",
    "{%- for one in item.children if one.meta and one.meta.kind == 'front' %}",
})  # fmt: skip
_WIDE = re.compile(
    r"\b(?:nav|pages|previous_page|next_page|parent|ancestors|children|siblings|homepage|is_top_level"
    r"|build_date_utc|update_date)\b"
)
_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
# The parts of the theme that ask more; our templates replace them.
_REPLACED = ("partials/header.html", "partials/footer.html")
_EMPTIED = ("{% block tabs %}{% endblock %}", "{% block site_nav %}{% endblock %}", "{% block container %}")


def see_units_only(overrides: Path) -> bool:
    """Whether the templates in this folder ask no more of the navigation than a unit has (`SiteUnit`).

    A publisher's own templates may ask more; then the pages are made all at once.

    >>> see_units_only(Path("no such folder"))
    False
    """
    try:
        frame = (overrides / "main.html").read_text(encoding="utf-8")
        texts = [path.read_text(encoding="utf-8") for path in sorted(overrides.rglob("*.html"))]
    except (OSError, UnicodeDecodeError):
        return False
    if not all(words in frame for words in _EMPTIED) or not all((overrides / name).is_file() for name in _REPLACED):
        return False
    return all(found in _ASKED for text in texts for found in _EXPRESSION.findall(text) if _WIDE.search(found))


def units(nav: Sequence[NavItem], pages: Sequence[str]) -> tuple[SiteUnit, ...]:
    """Return the units of the pages (files of `docs/`) of a site with this navigation; none where it cannot be divided.

    Each heading of the navigation is a unit, and each folder of the pages that stand under no heading. Not divided is a site
    with less than two headings, and one that names a page twice or has a heading without pages.

    >>> nav = ["index.md", {"A": ["a/index.md", "a/1.md"]}, {"B": ["b/index.md"]}]
    >>> [(unit.pages, unit.nav) for unit in units(nav, ["index.md", "a/1.md", "a/index.md", "b/index.md"])][1]
    (('a/1.md', 'a/index.md'), ('index.md', {'A': ['a/index.md', 'a/1.md']}, {'B': ['b/index.md']}))
    """
    there = frozenset(pages)
    inside = [tuple(page for page in pages_of(item) if page in there) for item in nav]
    named = [page for leaves in inside for page in leaves]
    sections = [k for k, item in enumerate(nav) if _children(item) is not None]
    plain = all(isinstance(item, str) or len(item) == 1 for item in nav)
    if len(sections) < 2 or len(set(named)) < len(named) or not plain or not all(inside[k] for k in sections):
        return ()
    section_of = {page: k for k in sections for page in inside[k]}
    own: dict[int | str, list[str]] = {}
    for page in pages:
        own.setdefault(section_of.get(page, page.partition("/")[0] if "/" in page else ""), []).append(page)
    beside: dict[str, set[str]] = {page: set() for page in named}
    for one, other in pairwise(named):
        beside[one].add(other)
        beside[other].add(one)
    fronts = tuple(inside[k][0] for k in sections)

    def unit(mine: list[str], section: int | None) -> SiteUnit:
        seen = fronts if section is None else ()
        shown = {other for page in mine for other in beside.get(page, ())}.union(mine, seen)
        kept = tuple(item for k, one in enumerate(nav) for item in _kept(one, shown, own=k == section or not inside[k]))
        return SiteUnit(tuple(mine), kept, seen)

    return tuple(unit(mine, key if isinstance(key, int) else None) for key, mine in own.items())


def pages_of(item: NavItem) -> tuple[str, ...]:
    """Return the pages that an item of the navigation and all items below it name.

    >>> pages_of({"A": ["a.md", {"B": "b.md"}]})
    ('a.md', 'b.md')
    """
    return tuple(page for page, _ in _leaves(item))


def _kept(item: NavItem, shown: set[str], *, own: bool) -> Iterator[NavItem]:
    """Yield what a unit sees of an item of the navigation: all of its own heading (`own`), of others the pages `shown`."""
    left = [leaf for page, leaf in _leaves(item) if page in shown]
    if own:
        yield item
    elif isinstance(item, str) or _children(item) is None:
        yield from left
    elif left:
        yield {next(iter(item)): left}


def _children(item: NavItem) -> Sequence[NavItem] | None:
    """Return the items below a heading, None for an item that is none.

    >>> _children({"A": ["a.md"]}), _children({"A": "a.md"}), _children("a.md")
    (['a.md'], None, None)
    """
    below = None if isinstance(item, str) else next(iter(item.values()), None)
    return None if isinstance(below, str) else below


def _leaves(item: NavItem) -> Iterator[tuple[str, NavItem]]:
    """Yield the pages of an item and of all items below it, each with the item that names it.

    >>> list(_leaves({"A": ["a.md", {"B": "b.md"}]}))
    [('a.md', 'a.md'), ('b.md', {'B': 'b.md'})]
    """
    if isinstance(item, str):
        yield item, item
        return
    for below in item.values():
        if isinstance(below, str):
            yield below, item
        else:
            for one in below:
                yield from _leaves(one)
