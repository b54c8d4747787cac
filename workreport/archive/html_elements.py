"""Knows how elements, classes and ids are found in the markup of finished pages.

Leaves tags and attributes to `website.markup`. Relies on what our templates guarantee: every element is closed, and no
attribute value has a "<".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from workreport.website import markup

_SPACE = re.compile(r"[ \t\n\r\f]+")
_TAG_NAMES = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)")


class OneFileError(Exception):
    """The pages cannot be joined to one file. The message (Chinese) names the page or tag, and what is wrong."""


def all_tags(text: str) -> Iterator[markup.Tag]:
    """Every start tag of the markup, in order."""
    return markup.tags(text, {name.lower() for name in _TAG_NAMES.findall(text)})


def ids_of(text: str) -> Iterator[str]:
    """Every id of the markup, in order; empty ones are left out."""
    for tag in all_tags(text):
        given = tag.get("id")
        if given is not None and given.value:
            yield given.value


def elements(text: str, wanted: Callable[[markup.Tag], bool]) -> Iterator[tuple[int, int, int, int]]:
    """Each element for whose start tag `wanted` is true, as four offsets; elements inside such an element are left out.

    The offsets are: start of the element, start of its content, end of its content, end of the element.
    """
    until = 0
    for tag in all_tags(text):
        if tag.start < until or not wanted(tag):
            continue
        close = end_tag(text, tag)
        until = text.index(">", close) + 1
        yield tag.start, tag.end, close, until


def end_tag(text: str, tag: markup.Tag) -> int:
    """The offset where the end tag of an element starts. Raises OneFileError for an element that is not closed."""
    depth = 1
    for found in re.compile(rf"<(/?){tag.name}(?=[\s/>])", re.IGNORECASE).finditer(text, tag.end):
        depth += -1 if found[1] else 1
        if not depth:
            return found.start()
    raise OneFileError(f"页面里的 <{tag.name}> 没有结束标记：{text[tag.start : tag.end]}。请检查 templates/。")


def without(text: str, unwanted: Callable[[markup.Tag], bool]) -> str:
    """The markup without the elements for whose start tag `unwanted` is true."""
    return markup.edited(text, [(start, end, "") for start, _, _, end in elements(text, unwanted)])


def has_class(tag: markup.Tag, *classes: str) -> bool:
    """Whether the element has at least one of these classes."""
    given = tag.get("class")
    return given is not None and not set(classes).isdisjoint(_SPACE.split(given.value))


def has_attribute(tag: markup.Tag, name: str, value: str) -> bool:
    """Whether the element has this attribute with this value."""
    given = tag.get(name)
    return given is not None and given.value == value
