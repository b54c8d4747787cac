"""Knows how the elements of a page are written as HTML.

Python-Markdown's own serializer takes `&lt;` in a text for a character reference. This one writes texts as they are, and
gives the elements of `FINAL` their tags, which the steps before must not see.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

PLACE = "place"
"""An <a> without an address, which MkDocs does not expect."""
HERE = "here"
"""An <a> to a place on the same page that the extension itself made: MkDocs need not prove it."""
UNLISTED = "unlisted-h"
"""How the tag of a heading begins that has no id or is in no table of contents."""
FINAL = {PLACE: "a", HERE: "a", **{f"{UNLISTED}{level}": f"h{level}" for level in range(2, 7)}}
"""Such tags, and what they are in the finished page."""
VOID = frozenset({"br", "hr", "img", "input"})


def serialized(root: Element) -> str:
    """Return an element with all that it contains as HTML.

    >>> root = Element("p", {"title": '"a"'})
    >>> root.text = "1 &lt; 2"
    >>> serialized(root)
    '<p title="&quot;a&quot;">1 &amp;lt; 2</p>'
    """
    out: list[str] = []
    _write(root, out.append)
    return "".join(out)


def _write(element: Element, write: Callable[[str], None]) -> None:
    tag = FINAL.get(element.tag, element.tag)
    opened = f"<{tag}{_attributes(element.attrib)}"
    if tag in VOID:
        write(f"{opened} />")
        return
    text = element.text
    inside = _escaped(text) if text else ""
    if not len(element):
        write(f"{opened}>{inside}</{tag}>")
        return
    write(f"{opened}>{inside}")
    for child in element:
        _write(child, write)
        text = child.tail
        if text:
            write(_escaped(text))
    write(f"</{tag}>")


def _attributes(values: dict[str, str]) -> str:
    """Return attributes as HTML, each behind a blank."""
    if not values:
        return ""
    shown = "".join([f' {key}="{value}"' for key, value in values.items()])
    if "&" in shown or "<" in shown or ">" in shown or shown.count('"') != 2 * len(values):
        return "".join([f' {key}="{_quoted(value)}"' for key, value in values.items()])
    return shown


def _escaped(text: str) -> str:
    if "&" in text or "<" in text or ">" in text:  # most texts have none of them
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', "&quot;")
