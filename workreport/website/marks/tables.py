"""Knows how tables become elements: a plain one as it is, one with a class of `_SHAPES` in the shape of this class.

Leaves words to `elements`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from workreport.website.marks.dot_tables import append_dot_table
from workreport.website.marks.elements import add, put, strip
from workreport.website.marks.figure_rows import copy_link
from workreport.website.marks.mark_error import exactly, required
from workreport.website.marks.mark_names import FORMER, LEVEL, SORTED_BY, YEARS
from workreport.website.marks.mark_names import PLACE as PLACE_KEY
from workreport.website.marks.markdown_blocks import TableBlock
from workreport.website.marks.marked_sentences import SentenceReader
from workreport.website.marks.pictures import append_bars, append_dumbbells, append_ranks, append_tick
from workreport.website.marks.serializer import PLACE
from workreport.website.marks.series_charts import append_series
from workreport.website.marks.syntax import Attributes, Inline, by_class, first_link, plain

TARGET, ESTIMATED, DONE = "目标", "预计", "已完成"
"""The status of a row with the sign of a target, of an estimate, and of any other; a row says only one that is neither."""
NUMBER = "number"
"""The class of the cells of a column that is aligned to the right."""


def append_table(parent: Element, block: TableBlock, reader: SentenceReader) -> None:
    """Append a table: the first cell of a row is its heading."""
    if shape := _SHAPES.get(block.attributes.get("class", "")):
        shape(parent, block, reader)
        return
    _plain(add(parent, "table", block.attributes), block, reader)


def head(table: Element, block: TableBlock, reader: SentenceReader) -> None:
    """Append the head of a table, if it has words."""
    if any(block.head):
        row = add(add(table, "thead"), "tr")
        for cell in block.head:
            put(add(row, "th", {"scope": "col"}), reader.nodes(cell))


def _plain(made: Element, block: TableBlock, reader: SentenceReader) -> None:
    head(made, block, reader)
    body = add(made, "tbody")
    for cells, own in block.rows:
        row = add(body, "tr", own)
        for k, cell in enumerate(cells):
            values = {"class": NUMBER} if k in block.numbers else {}
            put(add(row, "td", values) if k else add(row, "th", {"scope": "row"}), reader.nodes(cell))


def _series(parent: Element, block: TableBlock, reader: SentenceReader) -> None:
    """Append the years of a series, with their pictures."""
    append_series(parent, block, reader, head)


def _derived(parent: Element, block: TableBlock, reader: SentenceReader) -> None:
    """Append a wide table."""
    _plain(add(add(parent, "div", {"class": "wide"}), "table", block.attributes), block, reader)


def status(*, target: bool, estimated: bool) -> str:
    """Return the status that a row has without saying it."""
    return TARGET if target else ESTIMATED if estimated else DONE


def _indicators(parent: Element, block: TableBlock, reader: SentenceReader) -> None:
    """Append the table of indicators: a row with class group begins the figures of a section.

    `former` of the table are the ids of figures that are no longer in the text, `caption` what screen readers say of it.
    """
    own = dict(block.attributes)
    wide = add(parent, "div", {"class": "wide"})
    for name in own.pop(FORMER, "").split():
        add(wide, PLACE, {"class": "was", "id": f"r-{name}"})
    caption = own.pop("caption", "")
    table = add(wide, "table", own)
    add(table, "caption", {"class": "aloud"}, caption)
    exactly(6, block.head, " | ".join(block.head))
    head(table, block, reader)
    body = table
    for cells, values in block.rows:
        if values.get("class") == "group":
            body = add(table, "tbody", {"id": required(values, "id", plain(reader.nodes(cells[0])))})
            row = add(body, "tr", {"class": "group"})
            width = str(len(block.head))
            put(add(row, "th", {"colspan": width, "scope": "rowgroup"}), reader.nodes(cells[0]))
        else:
            _indicator(body, block.head, [reader.nodes(cell) for cell in exactly(6, cells, " | ".join(cells))], values)


def _indicator(body: Element, labels: Sequence[str], cells: Sequence[list[Inline]], own: Attributes) -> None:
    """Append a row of the table; what it can be sorted and filtered by stands in its attributes."""
    name, value, change, ranks, above, words = cells
    quote = first_link(words)
    figure = unquote(quote.href.partition("#")[2])
    keys = {f"data-{key}": own.get(name, "") for key, name in SORTED_BY.items()}
    signs = {sign: by_class(name, sign) is not None for sign in ("target", "estimate")}
    keys["data-status"] = own.get("status") or status(target=signs["target"], estimated=signs["estimate"])
    row = add(body, "tr", {"id": f"r-{figure}", "data-figure": figure, **keys})
    put(add(row, "th", {"scope": "row"}), name)
    put(add(row, "td", {"class": NUMBER, "data-label": labels[1]}), value)
    put(moved := add(row, "td", {"data-label": labels[2]}), change)
    append_tick(moved, own)
    put(add(row, "td", {"data-label": labels[3]}), ranks)
    put(add(row, "td", {"data-label": labels[4]}), above)
    said = add(row, "td", {"class": "quote", "data-label": labels[5]})
    put(said, [quote])
    copy_link(said, quote.href, plain(strip([node for node in name if isinstance(node, str)])))
    put(said, [node for node in words if node is not quote])


def _places(parent: Element, block: TableBlock, reader: SentenceReader) -> None:
    """Append the table of reports: a row for each place, a column for each year. Cells and rows say what they are chosen by."""
    years = block.attributes.get(YEARS, "").split() or [""] * (len(block.head) - 1)
    table = add(parent, "table", {"class": "places", "data-columns": str(len(years))})
    row = add(add(table, "thead"), "tr")
    for year, cell in zip(("", *years), block.head, strict=True):
        put(add(row, "th", {"scope": "col", **({"data-year": year} if year else {})}), reader.nodes(cell))
    body = add(table, "tbody")
    for cells, own in block.rows:
        first, *others = exactly(len(block.head), cells, " | ".join(cells))
        row = add(body, "tr", {f"data-{key}": own.get(key, "") for key in (PLACE_KEY, LEVEL)})
        put(add(row, "th", {"scope": "row"}), reader.nodes(first))
        for year, cell in zip(years, others, strict=True):
            put(add(row, "td", {"data-year": year} if year else {}), reader.nodes(cell))


_SHAPES: Mapping[str, Callable[[Element, TableBlock, SentenceReader], None]] = {
    "bars": append_bars,
    "dumbbells": append_dumbbells,
    "ranks": append_ranks,
    "series": _series,
    "indicators": _indicators,
    "plain derived": _derived,
    "places": _places,
    "dots": append_dot_table,
}
