"""Knows how the elements of a page are written as HTML, and which of them Python-Markdown and MkDocs must see.

Python-Markdown's own serializer takes `&lt;` in a text for a character reference. This one writes texts as they are, and
gives the elements of `FINAL` their tags, which the steps after ours must not see. Those steps go through all elements that
they get, again and again, each for a few of them: `toc` for headings, MkDocs for links and ids. So they get a `WrittenPage`.
"""

from __future__ import annotations

from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement

PLACE = "place"
"""An <a> without an address, which MkDocs does not expect."""
HERE = "here"
"""An <a> to a place on the same page that the extension itself made: MkDocs need not prove it."""
UNLISTED = "unlisted-h"
"""How the tag of a heading begins that has no id or is in no table of contents."""
FINAL = {PLACE: "a", HERE: "a", **{f"{UNLISTED}{level}": f"h{level}" for level in range(2, 7)}}
"""Such tags, and what they are in the finished page."""
VOID = frozenset({"br", "hr", "img", "input"})
LISTED = frozenset(f"h{level}" for level in range(1, 7))
"""The tags of the headings that the table of contents has."""
_KEPT = LISTED | {"a"}


class WrittenPage(Element):
    """A page as HTML, and as an element with what others must see of it: its headings, each address once, each id.

    What they make of the headings and addresses is put into the page by `html`.

    >>> page = Element("div")
    >>> for _ in range(2):
    ...     SubElement(page, "a", {"href": "b.md"}).text = "b"
    >>> written = WrittenPage(page)
    >>> written[0].set("href", "b/")
    >>> len(written), written.html()
    (1, '<a href="b/">b</a><a href="b/">b</a>')
    """

    def __init__(self, page: Element) -> None:
        super().__init__("div")
        self._pieces: list[str] = []
        self._headings: list[tuple[int, Element]] = []
        self._places: dict[str, list[int]] = {}
        """For each address where it stands among the pieces."""
        _write_inside(page, self._pieces, self)
        self._links = [SubElement(self, "a", {"href": address}) for address in self._places]

    def keep(self, element: Element, attributes: str) -> bool:
        """Keep what others must see of an element, and write it, if that is a heading or an address; return whether it is."""
        if element.tag in LISTED:
            self._headings.append((len(self._pieces), element))
            self._pieces.append("")
            self.append(element)
            return True
        if name := element.get("id"):
            SubElement(self, "i", {"id": name})
        address = element.get("href") if element.tag == "a" else None
        if address is None:
            return False
        before, _, behind = attributes.partition(f' href="{_quoted(address)}"')
        self._places.setdefault(address, []).append(len(self._pieces) + 1)
        self._pieces += (f'<a{before} href="', "", f'"{behind}>')
        _write_inside(element, self._pieces, self)
        self._pieces.append("</a>")
        return True

    def html(self) -> str:
        """Return the page with its headings and addresses as they are now."""
        for at, heading in self._headings:
            self._pieces[at] = serialized(heading)
        for link, places in zip(self._links, self._places.values(), strict=True):
            address = _quoted(link.get("href", ""))
            for at in places:
                self._pieces[at] = address
        return "".join(self._pieces)


def serialized(root: Element) -> str:
    """Return an element with all that it contains as HTML.

    >>> root = Element("p", {"title": '"a"'})
    >>> root.text = "1 &lt; 2"
    >>> serialized(root)
    '<p title="&quot;a&quot;">1 &amp;lt; 2</p>'
    """
    out: list[str] = []
    _write(root, out, None)
    return "".join(out)


def _write(element: Element, out: list[str], page: WrittenPage | None) -> None:
    """Write an element, or leave it to the page if that must keep it."""
    tag, values = element.tag, element.attrib
    attributes = _attributes(values) if values else ""
    if page is not None and (tag in _KEPT or "id" in values) and page.keep(element, attributes):
        return
    if page is None and isinstance(element, WrittenPage):
        out.append(element.html())
        return
    shown = FINAL.get(tag, tag)
    if tag in VOID:
        out.append(f"<{shown}{attributes} />")
        return
    out.append(f"<{shown}{attributes}>")
    _write_inside(element, out, page)
    out.append(f"</{shown}>")


def _write_inside(parent: Element, out: list[str], page: WrittenPage | None) -> None:
    text = parent.text
    if text:
        out.append(_escaped(text))
    for element in parent:
        _write(element, out, page)
        text = element.tail
        if text:
            out.append(_escaped(text))


def _attributes(values: dict[str, str]) -> str:
    """Return attributes as HTML, each behind a blank."""
    if len(values) == 1 and "class" in values:
        return _class(values["class"])
    shown = "".join([f' {key}="{value}"' for key, value in values.items()])
    if "&" in shown or "<" in shown or ">" in shown or shown.count('"') != 2 * len(values):
        return "".join([f' {key}="{_quoted(value)}"' for key, value in values.items()])
    return shown


@lru_cache(4096)
def _class(name: str) -> str:
    return f' class="{_quoted(name)}"'


def _escaped(text: str) -> str:
    if "&" not in text and "<" not in text and ">" not in text:  # most texts have none of them
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', "&quot;")
