"""Knows how the elements of a page are written as HTML.

Python-Markdown's own serializer takes `&lt;` in a text for a character reference. This one writes texts as they are, and
gives the elements of `FINAL` their tags, which the steps before must not see.
"""

from __future__ import annotations

import re
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
_SPECIAL = re.compile('[&<>"]')
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
    tag = element.tag
    tag = FINAL.get(tag, tag)
    values = element.attrib
    if values:
        if _SPECIAL.search("".join(values.values())):
            values = {key: _quoted(value) for key, value in values.items()}
        shown = "".join([f' {key}="{value}"' for key, value in values.items()])
        write(f"<{tag}{shown} />" if tag in VOID else f"<{tag}{shown}>")
    else:
        write(f"<{tag} />" if tag in VOID else f"<{tag}>")
    if tag in VOID:
        return
    text = element.text
    if text:
        write(_escaped(text) if _SPECIAL.search(text) else text)
    for child in element:
        _write(child, write)
        text = child.tail
        if text:
            write(_escaped(text) if _SPECIAL.search(text) else text)
    write(f"</{tag}>")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', "&quot;")
