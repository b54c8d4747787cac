"""Knows how an indicator is written, in the same way in every list, and the shapes it is shown in.

`[name [期]{.period} [预计]{.estimate} [**10.78**亿元]{.figure}](address) [▲同比 +5.1%]{.change} [全省第一]{.rank}` and, in braces at
the end of the line, what only some shapes show. The class of the list says the shape. Leaves other lists to `lists`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from workreport.website.marks.elements import add, put, say, strip
from workreport.website.marks.mark_error import no_first_link
from workreport.website.marks.mark_names import PRINTED
from workreport.website.marks.serializer import HERE, UNLISTED
from workreport.website.marks.syntax import Attributes, Inline, Node, first_by_class, plain

ROOM = 22
"""Characters of full width beside each other in a card on a phone."""
NARROW = 0.57
"""The width of a Latin letter or digit, of that of a Chinese character."""
_SPOKEN = re.compile("（(?:上升|下降|持平)）")
"""What screen readers read of a change instead of its arrow."""


@dataclass(slots=True)
class FigureRow:
    """The parts of a row; those it has not are None or empty. `id` is the indicator's, from the end of the address, `sign`
    that of a target or an estimate.
    """

    href: str
    id: str
    name: str
    period: Node | None
    sign: Node | None
    figure: Node | None
    change: Node | None
    origin: Node | None
    ranks: list[Node]
    also: Node | None
    longer: Node | None
    aim: Node | None
    before: Node | None
    across: Node | None
    edited: Node | None
    held: Node | None
    pinned: Node | None
    own: Attributes = field(default_factory=dict)


def figure_row(nodes: Sequence[Inline], own: Attributes) -> FigureRow:
    """Return the parts of a row of marked words. Raises `MarkError` for one that does not begin with a link."""
    if not nodes or not isinstance(nodes[0], Node) or nodes[0].tag != "a":
        raise no_first_link(plain(nodes))
    link = nodes[0]
    name = strip([part for part in link.inner if isinstance(part, str) or not part.names])
    within, beside = first_by_class(link.inner), first_by_class(nodes)
    return FigureRow(
        link.href,
        unquote(link.href.partition("#")[2]),
        plain(name),
        within.get("period"),
        within.get("target") or within.get("estimate"),
        within.get("fig"),
        beside.get("change"),
        beside.get("from"),
        [node for node in nodes if isinstance(node, Node) and "rank" in node.names],
        beside.get("also"),
        beside.get("longer"),
        beside.get("aim"),
        beside.get("year-before"),
        beside.get("across"),
        beside.get("edited"),
        beside.get("held"),
        beside.get("pinned"),
        own,
    )


def _sign(parent: Element, row: FigureRow) -> None:
    """Append the sign of a target (目标) or of an estimate (预计)."""
    _close(parent, [row.sign])


def _spaced(parent: Element, nodes: Sequence[Node | None]) -> None:
    """Append nodes, each behind a blank."""
    for node in nodes:
        if node is not None:
            say(parent, " ")
            put(parent, [node])


def _close(parent: Element, nodes: Sequence[Node | None]) -> None:
    put(parent, [node for node in nodes if node is not None])


def line(parent: Element, row: FigureRow) -> None:
    """Append the indicator to the list beside a section's text; not one that is held back."""
    if row.held is not None:
        return
    made = add(parent, "li", {"data-figure": row.id})
    link = add(made, "a", {**({"class": "wide"} if row.figure else {}), "href": row.href})
    add(link, "span", {"class": "name"}, row.name)
    _spaced(link, [row.figure])
    _spaced(made, [row.change, *row.ranks])
    _close(made, [row.edited])
    copy_link(made, row.href, row.name)


def _copied(href: str) -> str:
    """Return the tag of a link that repeats another one on the page: only one to another page must be proved again."""
    return HERE if href.startswith("#") else "a"


def copy_link(parent: Element, href: str, name: str) -> None:
    """Append the small link that copies the address of a figure."""
    add(parent, _copied(href), {"class": "copylink short", "href": href, "aria-label": f"{name}：复制链接"}, "#")


def preview(parent: Element, row: FigureRow, table: str) -> None:
    """Append what the figure opens in the text; `table` is the address of the table of indicators."""
    made = add(parent, "div", {"id": f"x-f-{row.id}"})
    _sign(add(made, "p", {"class": "word"}, row.name), row)
    if row.figure:
        put(add(made, "p", {"class": "value"}), [row.figure])
    if row.change or row.ranks or row.origin:
        facts = add(made, "p", {"class": "facts"})
        _close(facts, [row.change])
        _spaced(facts, [row.origin, *row.ranks])
    if "parent" in row.own:
        add(made, "p", {"class": "parent"}, f"属于{row.own['parent']}")
    if row.held:
        put(add(made, "p", {"class": "parent"}), [row.held])
    every = add(made, "p", {"class": "all"})
    add(every, "a", {"href": f"{table}#r-{row.href.partition('#')[2]}"}, "在指标表中查看")
    add(every, _copied(row.href), {"class": "copylink", "href": row.href}, "复制链接")


def card(parent: Element, row: FigureRow) -> None:
    """Append the indicator as a card of the front page: one link to its sentence, and below it links to other sentences.

    A card with the class tall has more beside its change than fits into a line of a phone; one without a figure, whose rank
    is what it tells, has the class ranked.
    """
    names = "card" + " ranked" * (row.figure is None) + " tall" * (_width(row) > ROOM)
    made = add(parent, "li", {"class": names, "data-figure": row.id})
    printed = {"data-at": row.own[PRINTED]} if PRINTED in row.own else {}
    link = add(made, "a", {"class": "whole", "href": row.href, **printed})
    name = add(link, f"{UNLISTED}3", {"class": "name"}, row.name)
    _spaced(name, [row.period])
    _sign(name, row)
    if row.figure:
        put(add(link, "p", {"class": "value"}), [row.figure])
    if row.change or row.ranks or row.origin:
        _close(add(link, "p", {"class": "facts"}), [row.change, row.origin, *row.ranks])
    if "parent" in row.own:
        add(link, "p", {"class": "parent"}, f"属于{row.own['parent']}")
    if row.edited:
        put(add(link, "p", {"class": "parent"}), [row.edited])
    if row.pinned:
        add(link, "p", {"class": "parent"}, plain(row.pinned.inner))
    _beside(made, row)


def _width(row: FigureRow) -> float:
    """The width of the change, the ranks and the target of a card in one line, in characters of full width.

    More than a line where the card has further lines, or a target but no change to stand beside.
    """
    further = row.before or row.across or row.also or row.origin or row.edited or row.pinned or "parent" in row.own
    if further or (row.aim and not (row.change or row.ranks)):
        return ROOM + 1
    told = [node for node in (row.change, *row.ranks, row.aim) if node is not None]
    seen = (_SPOKEN.sub("", plain(node.inner)) for node in told)
    return sum(NARROW if character.isascii() else 1 for words in seen for character in words) + len(told)


def _beside(parent: Element, row: FigureRow) -> None:
    """Append the figure of the year before and the way to other reports, what the report states elsewhere of an indicator, its change over several years, and its target."""
    _linked(parent, row.before, row.across)
    _linked(parent, row.also)
    if row.longer:
        put(add(parent, "p", {"class": "facts longer"}), [row.longer])
    _linked(parent, row.aim)


def _linked(parent: Element, beside: Node | None, further: Node | None = None) -> None:
    """Append a line of links, with the class of the first one."""
    links = [node for node in (beside, further) if node is not None]
    if links:
        made = add(parent, "p", {"class": links[0].attributes.pop("class")})
        put(made, links[:1])
        _spaced(made, links[1:])


def big(parent: Element, row: FigureRow) -> None:
    """Append the indicator as one of the large figures beside a picture."""
    made = add(parent, "li")
    link = add(made, "a", {"href": row.href})
    _sign(add(link, "span", {"class": "name"}, row.name), row)
    if row.figure:
        put(add(link, "span", {"class": "value"}), [row.figure])
    if row.change or row.ranks:
        _close(add(made, "p", {"class": "facts"}), [row.change, *row.ranks])
    _beside(made, row)
