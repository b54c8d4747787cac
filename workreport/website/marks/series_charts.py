"""Knows how a table of years becomes small pictures with the table beside them: columns of levels, and columns of changes.

Both stand on zero. A row is `| 2024年 | [20059亿元](…) | 2025年报告 | {level-from=0% level-height=87% level-value=20059}`; one of a year
without a figure is `.missing-year`, and is a gap in the pictures; several such years in one row (1999—2002年) are one gap. Leaves other pictures to `pictures`, plain tables to `tables`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from xml.etree.ElementTree import Element

from workreport.website.marks.elements import add, put
from workreport.website.marks.mark_error import exactly
from workreport.website.marks.mark_names import COLUMN_KEYS
from workreport.website.marks.markdown_blocks import TableBlock
from workreport.website.marks.marked_sentences import SentenceReader
from workreport.website.marks.syntax import Attributes, plain

HEIGHT, TOP, PLOT = "9em", "3.25em", "4em"
"""The height of a picture, where its columns end at most, and how high these are."""
YEARS = "8.6em"
"""Where the years stand."""
BREAK = "series-break"
"""The class of a row whose level does not follow on that of the year before; a line parts the two columns."""
LABELLED = 5
"""The most columns that all have their values above them; of more only the first and the last."""
ROOM = 20
"""How many characters of values stand beside each other in half the width of a phone; of more the pictures stand below each other."""
THICK = Decimal("0.56")
"""The width of a column, of that of its year."""
HEADING, SPANS = "h3", "several-years"
"""The heading of a series, and the class of the paragraph before the table with the figures of several years, which is shown below it."""
_HIDDEN = {"aria-hidden": "true", "focusable": "false"}
_Row = tuple[str, Attributes]
"""The year of a row as text, and its attributes."""


def append_series(
    parent: Element,
    block: TableBlock,
    reader: SentenceReader,
    head: Callable[[Element, TableBlock, SentenceReader], None],
) -> None:
    """Append the heading before it, the pictures and the table; `levels` and `changes` of it are what the two are called, "" for none, `theme` a further class."""
    heading, spans = _before(parent)
    made = add(parent, "div", {"class": f"series {block.attributes.get('theme', '')}".rstrip()})
    made.extend(heading)
    rows = [(plain(reader.nodes(cells[0])), own) for cells, own in block.rows]
    titles = (block.attributes.get("levels", ""), block.attributes.get("changes", ""))
    if any(titles):
        longest = max((len(own.get(keys[2], "")) for _, own in rows for keys in COLUMN_KEYS), default=0)
        crowded = min(len(rows), LABELLED) * longest > ROOM
        pictures = add(made, "div", {"class": "multiples crowded" if crowded else "multiples"})
        for title, keys, kind in zip(titles, COLUMN_KEYS, ("levels", "changes"), strict=True):
            if title:
                _picture(pictures, title, rows, keys, kind)
    table = add(made, "table", {"class": "plain"})
    head(table, block, reader)
    body = add(table, "tbody")
    for cells, own in block.rows:
        names = own.get("class", "")
        row = add(body, "tr", {"class": names} if names else {})
        for k, cell in enumerate(exactly(len(block.head), cells, " | ".join(cells))):
            put(add(row, "td") if k else add(row, "th", {"scope": "row"}), reader.nodes(cell))
    made.extend(spans)


def _before(parent: Element) -> tuple[list[Element], list[Element]]:
    """Take the heading of the series and the paragraph of its figures of several years from what was made before the table."""
    spans, heading = list[Element](), list[Element]()
    if len(parent) and parent[-1].get("class") == SPANS:
        spans.append(parent[-1])
        parent.remove(parent[-1])
    if len(parent) and parent[-1].tag == HEADING:
        heading.append(parent[-1])
        parent.remove(parent[-1])
    return heading, spans


def _picture(parent: Element, title: str, rows: Sequence[_Row], keys: tuple[str, str, str], kind: str) -> None:
    """Append one picture: its title, a column for each year, and the years."""
    drawn = add(parent, "svg", {"class": f"columns {kind}", "width": "100%", "height": HEIGHT, **_HIDDEN})
    add(drawn, "text", {"class": "title", "x": "0", "y": "1em"}, title)
    plot = add(drawn, "svg", {"y": TOP, "width": "100%", "height": PLOT, "overflow": "visible"})
    start, height, value = keys
    zero = next((_zero(own, keys) for _, own in rows if height in own), Decimal(100))
    add(plot, "line", {"class": "zero", "x1": "0", "x2": "100%", "y1": _percent(zero), "y2": _percent(zero)})
    width = Decimal(100) / len(rows)
    for k, (year, own) in enumerate(rows):
        middle = _percent(width * k + width / 2)
        told = "…" if "—" in year else year.removesuffix("年")
        add(drawn, "text", {"class": "year", "x": middle, "y": YEARS, "text-anchor": "middle"}, told)
        if BREAK in own.get("class", "").split():
            edge = _percent(width * k)
            add(plot, "line", {"class": BREAK, "x1": edge, "x2": edge, "y1": "-20%", "y2": "100%"})
        if height not in own:
            add(plot, "line", {"class": "gap", "x1": middle, "x2": middle, "y1": "0", "y2": "100%"})
            continue
        high = Decimal(own[height].removesuffix("%"))
        top = 100 - Decimal(own[start].removesuffix("%")) - high
        names = "bar" + " falls" * own[value].startswith("-") + " about" * ("about" in own.get("class", "").split())
        place = {"x": _percent(width * k + width * (1 - THICK) / 2), "width": _percent(width * THICK)}
        add(plot, "rect", {"class": names, **place, "y": _percent(top), "height": _percent(high)})
        if len(rows) <= LABELLED or k in (0, len(rows) - 1):
            text = {"class": "told", "x": middle, "y": _percent(top), "dy": "-.35em", "text-anchor": "middle"}
            add(plot, "text", text, own[value].replace("-", "−"))


def _zero(own: Attributes, keys: tuple[str, str, str]) -> Decimal:
    """The place of zero from the top, as one column tells it: its foot, or the head of one that hangs from zero."""
    start, height, value = keys
    foot = 100 - Decimal(own[start].removesuffix("%"))
    return foot - Decimal(own[height].removesuffix("%")) if own[value].startswith("-") else foot


def _percent(number: Decimal) -> str:
    """A length in per cent with at most two decimals.

    >>> _percent(Decimal("12.500")), _percent(Decimal(100) / 3)
    ('12.5%', '33.33%')
    """
    return f"{f'{number:.2f}'.rstrip('0').rstrip('.')}%"
