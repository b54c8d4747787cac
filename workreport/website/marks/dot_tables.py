"""Knows how the table of a measure becomes a dot plot: in each row an amount and a change, each with a dot on the scale of its
column, which the head of the table tells in words.

The attributes of a row are the places of its dots, and what scripts sort and choose by. Leaves other tables to `tables`.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from workreport.website.marks.elements import add, put
from workreport.website.marks.mark_error import exactly
from workreport.website.marks.mark_names import LEVEL, PLACE, SCALES
from workreport.website.marks.markdown_blocks import TableBlock
from workreport.website.marks.marked_sentences import SentenceReader
from workreport.website.marks.syntax import Attributes, Inline

COLUMNS = 4
"""The place, the amount as written, the amount in the unit of the table, the change."""
_HIDDEN = {"aria-hidden": "true", "focusable": "false"}
_END = 80
"""From this place on, in per cent, words at a scale end there instead of beginning there."""


def append_dot_table(parent: Element, block: TableBlock, reader: SentenceReader) -> None:
    """Append the table, of rows `| [place](report) | [words](sentence) | number | [change](sentence) | {value-at=…}`."""
    own = block.attributes
    told = {f"data-{key}": own.get(key, "") for key in ("year", LEVEL, "unit")}
    table = add(parent, "table", {"class": "dots", **told})
    row = add(add(table, "thead"), "tr")
    place, amount, number, change = exactly(COLUMNS, block.head, " | ".join(block.head))
    for words, scale in ((place, ""), (amount, "value"), (number, ""), (change, "change")):
        cell = add(row, "th", {"scope": "col", **({"class": "number"} if words is number else {})})
        put(cell, reader.nodes(words))
        if scale:
            _ticks(cell, own, scale)
    body = add(table, "tbody")
    for cells, keys in block.rows:
        nodes = [reader.nodes(cell) for cell in exactly(COLUMNS, cells, " | ".join(cells))]
        _line(body, nodes, keys, own)


def _line(body: Element, cells: Sequence[list[Inline]], keys: Attributes, own: Attributes) -> None:
    """Append a row."""
    names = {"class": keys["class"]} if keys.get("class") else {}
    row = add(body, "tr", {**names, **{f"data-{key}": keys.get(key, "") for key in (PLACE, *SCALES)}})
    place, amount, number, change = cells
    put(add(row, "th", {"scope": "row"}), place)
    for scale, words in zip(SCALES, (amount, change), strict=True):
        cell = add(row, "td", {"class": scale})
        put(cell, words)
        if at := keys.get(f"{scale}-at"):
            _dot(cell, at, own.get(f"{scale}-zero", ""))
        if scale == "value":
            put(add(row, "td", {"class": "number", "data-label": own.get("unit", "")}), number)


def _dot(cell: Element, at: str, zero: str) -> None:
    """Append the dot of a row on its line."""
    drawn = add(cell, "svg", {"class": "dot-line", "width": "100%", "height": ".75em", **_HIDDEN})
    middle = {"y1": "50%", "y2": "50%"}
    add(drawn, "line", {"class": "axis", "x1": "0", "x2": "100%", **middle})
    if zero:
        add(drawn, "line", {"class": "zero", "x1": zero, "x2": zero, "y1": "0", "y2": "100%"})
    add(drawn, "circle", {"class": "now", "cx": at, "cy": "50%", "r": ".3em"})


def _ticks(cell: Element, own: Attributes, scale: str) -> None:
    """Append the scale of a column: zero, and a round number in words."""
    zero, tick = own.get(f"{scale}-zero", ""), own.get(f"{scale}-tick", "")
    if not tick:
        return
    drawn = add(cell, "svg", {"class": "dot-scale", "width": "100%", "height": "1.25em", **_HIDDEN})
    for at, words in ((zero, "0"), (tick, own.get(f"{scale}-words", ""))):
        far = float(at.rstrip("%")) > _END
        add(drawn, "text", {"x": at, "y": "1em", "text-anchor": "end" if far else "start"}, words)
        add(drawn, "line", {"class": "zero", "x1": at, "x2": at, "y1": "0", "y2": "100%"})
