"""Knows how the ids, links and heading levels of several pages are changed when the pages are joined to one page.

A link to a joined page becomes a link within the one page; a link to another website stays; of a link to any other page
only its text stays. Leaves what is taken from each page to `html_pages`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from workreport.archive.html_elements import all_tags, end_tag
from workreport.website import markup

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CLOSING_HEADING = re.compile(r"</h([1-6])>")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_REFERENCES = frozenset({"for", "aria-labelledby", "aria-describedby", "aria-controls"})
"""Attributes whose value is a list of ids, separated by spaces."""
_FOR_FILES = frozenset({"action", "data-glosses"})
"""Attributes that name another file; they are removed, since the one page needs no other file."""


@dataclass(frozen=True, slots=True)
class PagePart:
    """Markup `text` taken from the page with the path `page`; `deeper` is added to the level of its headings."""

    page: str
    text: str
    deeper: int


@dataclass
class Ids:
    """The ids of the one page. An id that is taken already gets a number: "cite", then "cite-2".

    `taken` has all ids of the one page; `names` the new id by page and old id; `homes` the id that a link to a page
    without an anchor goes to, for each page that is joined.
    """

    taken: set[str]
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)

    def add(self, page: str, wanted: str) -> None:
        """Choose a free id for `wanted`, an id of this page. Of equal ids on one page the first is the link target."""
        of_page = self.names.setdefault(page, {})
        name, count = wanted, 1
        while name in self.taken:
            count += 1
            name = f"{wanted}-{count}"
        self.taken.add(name)
        of_page.setdefault(wanted, name)

    def target(self, page: str, anchor: str) -> str | None:
        """The new id for a link to this page and anchor; an unknown anchor is ignored. None for a page not joined."""
        if page not in self.homes:
            return None
        return self.names.get(page, {}).get(anchor) or self.homes[page]


def placed(piece: PagePart, ids: Ids) -> str:
    """The markup of `piece` with the ids, links and heading levels of the one page; no heading is below h6."""
    edits: list[tuple[int, int, str]] = []
    names = ids.names.get(piece.page, {})
    text = piece.text
    for tag in all_tags(text):
        if tag.name in _HEADINGS:
            edits.append((tag.start + 2, tag.start + 3, _level(int(tag.name[1]), piece.deeper)))
        for attribute in tag.attributes():
            edit = _attribute(piece, tag, attribute, names, ids)
            if edit == "":
                edits.append((attribute.start - 1, attribute.end, ""))
            elif edit is not None:
                edits.append((attribute.start, attribute.end, edit))
            elif attribute.name == "href":
                # A link to a page that is not joined: a span in its place keeps the text.
                close = end_tag(text, tag)
                edits = [one for one in edits if one[0] < tag.start]
                edits += [(tag.start, tag.end, "<span>"), (close, close + 4, "</span>")]
                break
    for found in _CLOSING_HEADING.finditer(text):
        edits.append((found.start(1), found.end(1), _level(int(found[1]), piece.deeper)))
    return markup.edited(text, edits)


def _attribute(
    piece: PagePart, tag: markup.Tag, attribute: markup.Attribute, names: Mapping[str, str], ids: Ids
) -> str | None:
    """The attribute as markup for the one page; "" to remove it; None for a link to a page that is not joined."""
    value = attribute.value
    as_it_is = piece.text[attribute.start : attribute.end]
    if attribute.name == "id":
        return f"id={markup.quoted(names.get(value, value))}"
    if attribute.name == "href":
        to = _target(piece.page, value, ids)
        return None if to is None else f"href={markup.quoted(to)}" if to != value else as_it_is
    if attribute.name in _REFERENCES:
        return f"{attribute.name}={markup.quoted(' '.join(names.get(one, one) for one in value.split()))}"
    if attribute.name == "data-gloss":
        return f"data-gloss={markup.quoted(names.get(f'x-{value}', f'x-{value}').removeprefix('x-'))}"
    if tag.name == "option" and attribute.name == "value":
        return f"value={markup.quoted(names.get(value, value))}"
    return "" if attribute.name in _FOR_FILES else as_it_is


def _target(page: str, link: str, ids: Ids) -> str | None:
    """A link on `page` as a link of the one page: unchanged with a scheme, None where its target is not joined."""
    if _SCHEME.match(link):
        return link
    path, _, anchor = link.partition("#")
    path = unquote(path.partition("?")[0])
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
    to = ids.target(whole, unquote(anchor))
    return None if to is None else f"#{quote(to, safe='')}"


def _level(level: int, deeper: int) -> str:
    return str(min(level + deeper, 6))
