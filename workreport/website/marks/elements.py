"""Knows how marked words become elements: links, spans, and the three small parts of an indicator: figure, change, rank.

Leaves the words of a report to `marked_sentences`, lists to `lists` and tables to `tables`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias
from xml.etree.ElementTree import Element, SubElement

from workreport.website.marks.serializer import PLACE
from workreport.website.marks.syntax import Inline, Node, plain

_SPOKEN = re.compile(r"(?P<words>.*)（(?P<spoken>上升|下降|持平)）")
_ARROWS = {"▲": "up", "▼": "down", "＝": "flat"}
ESTIMATE_SPOKEN = "数，报告自己的估计"
"""What screen readers read behind the sign 预计."""
LONG_WORDS = 18
"""A change of more characters than this gets the class long."""
LONG_NUMBER, LONG_NUMERAL = 9, 4
"""A value of more characters than these, the second for one in Chinese numerals, gets the class long."""


def add(parent: Element, tag: str, attributes: Mapping[str, str] | None = None, text: str = "") -> Element:
    """Append an element with a text and return it; attributes with the value "" are kept."""
    made = SubElement(parent, tag, attributes or {})  # type: ignore[arg-type]  # it copies them
    if text:
        made.text = text
    return made


def say(parent: Element, text: str) -> None:
    """Append text to an element, behind its last child."""
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def put(parent: Element, nodes: Iterable[Inline]) -> None:
    """Append the elements of marked words."""
    for node in nodes:
        if isinstance(node, str):
            say(parent, node)
        elif node.tag == "a":
            put(add(parent, "a", link(node)), node.inner)
        elif (make := _part(node.attributes.get("class", ""))) is not None:
            make(parent, node)
        else:
            put(add(parent, node.tag, node.attributes), node.inner)


def link(node: Node) -> dict[str, str]:
    """Return the attributes of a link, with its address and title."""
    return {"href": node.href, **({"title": node.title} if node.title else {}), **node.attributes}


def strip(nodes: Sequence[Inline]) -> list[Inline]:
    """Return nodes without the blanks at both ends."""
    kept = list(nodes)
    for end, cut in ((0, str.lstrip), (-1, str.rstrip)):
        while kept and isinstance(words := kept[end], str):
            kept[end] = cut(words, " ")
            if kept[end]:
                break
            kept.pop(end)
    return kept


def is_numeral(value: str) -> bool:
    """Whether a value is written in Chinese numerals or digits of full width (三十, １２): it is set smaller."""
    return value.lstrip("+−")[:1] > "9"


def is_long_value(number: str) -> bool:
    """Return whether a value needs smaller type.

    >>> is_long_value("2091.5"), is_long_value("一万两千")
    (False, False)
    """
    return len(number) > LONG_NUMBER or (len(number) > LONG_NUMERAL and number[0] > "9")


def is_long_change(words: str) -> bool:
    """Return whether a change needs smaller type."""
    return len(words) > LONG_WORDS


def figure(parent: Element, node: Node) -> None:
    """Append a figure: its number is the bold part, words of approximation are the stressed parts, the rest its unit.

    A word of approximation within the unit (万余名) is a part of it.
    """
    number = next((plain(part.inner) for part in node.inner if isinstance(part, Node) and part.tag == "b"), "")
    names = "fig" + " long" * is_long_value(number) + " numeral" * is_numeral(number)
    made = add(parent, "span", {"class": names})
    told = False
    for k, part in enumerate(node.inner):
        if isinstance(part, str):
            if not told:
                add(made, "span", {"class": "unit"}, _unit(node.inner[k:]))
            told = True
        elif part.tag == "b":
            add(made, "span", {"class": "num"}, number)
        elif not told or k == len(node.inner) - 1:
            add(made, "span", {"class": "about"}, plain(part.inner))
    if not told:
        # The unit stands before a word of approximation at the end, and is there even where it is empty.
        unit = Element("span", {"class": "unit"})
        behind = [k for k, part in enumerate(made) if part.get("class") == "num"]
        made.insert(behind[-1] + 1 if behind else len(made), unit)


def _unit(nodes: Sequence[Inline]) -> str:
    """Return the unit that begins with these nodes: up to the last words that are not stressed."""
    last = max(k for k, node in enumerate(nodes) if isinstance(node, str))
    return plain(nodes[: last + 1])


def change(parent: Element, node: Node) -> None:
    """Append a change: an arrow, words, and in brackets at their end what is read aloud instead of the arrow."""
    text = plain(node.inner)
    arrow = text[:1] if text[:1] in _ARROWS else ""
    words, spoken = text[len(arrow) :], ""
    if found := _SPOKEN.fullmatch(words):
        words, spoken = found["words"], found["spoken"]
    names = f"change {_ARROWS.get(arrow, 'flat')}{' long' if is_long_change(words) else ''}"
    made = add(parent, "span", {"class": names})
    add(made, "span", {"class": "arrow", "aria-hidden": "true"}, arrow)
    say(made, words)
    if spoken:
        add(made, "span", {"class": "aloud"}, f"（{spoken}）")


def rank(parent: Element, node: Node) -> None:
    """Append a rank; its stressed part is what is ranked."""
    made = add(parent, "span", node.attributes)
    for part in node.inner:
        if isinstance(part, str):
            say(made, part)
        else:
            add(made, "span", {"class": "what"}, plain(part.inner))


def estimate(parent: Element, node: Node) -> None:
    """Append the sign of an estimate, with what it means for screen readers."""
    made = add(parent, "span", node.attributes, plain(node.inner))
    add(made, "span", {"class": "aloud"}, ESTIMATE_SPOKEN)


def former(parent: Element, node: Node) -> None:
    """Append a place that old links lead to."""
    add(parent, PLACE, node.attributes)


Part: TypeAlias = "Callable[[Element, Node], None]"
_PARTS: Mapping[str, Part] = {
    "fig": figure,
    "change": change,
    "longer": change,
    "rank": rank,
    "estimate": estimate,
    "was": former,
}
"""The spans that are more than a span with a class, by this class."""


@lru_cache(4096)
def _part(classes: str) -> Part | None:
    """Return what makes a span with these classes, None if it is only a span."""
    return next((_PARTS[name] for name in classes.split() if name in _PARTS), None)
