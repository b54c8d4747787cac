"""Knows how a table of bars or ranks becomes a picture: the sentence that tells it, its lines, and the table folded below.

The picture is made of the table's own rows, and of their attributes: `bar-left=25% bar-width=12.5%` is a bar that begins
at 25 per cent of the width and has 12.5 of it. It stretches with the page and grows with its type. Leaves plain tables to `tables`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from itertools import groupby
from xml.etree.ElementTree import Element

from workreport.website.marks.elements import add, put, say
from workreport.website.marks.mark_error import exactly
from workreport.website.marks.mark_names import BAR_LEFT, BAR_WIDTH, BREAKS, DOTS, ZERO
from workreport.website.marks.markdown_blocks import TableBlock
from workreport.website.marks.marked_sentences import SentenceReader
from workreport.website.marks.syntax import Attributes, Inline, plain

TOLD = "told"
"""The class of the paragraph before the table, which becomes the caption."""
LETTERS = 21
"""The most characters of a name beside its bar; a longer one is cut."""
LINE = 3.25
"""The height of a bar with its name, in em."""
SQUARES = 16
"""The number of squares in a row of the picture of ranks."""
DUMBBELL, BELOW, GAP = 3.2, 1.8, ".8em"
"""The height of a row of the picture of results and targets, what it is higher where the values stand below the lines, and the
space between values.
"""
TEAR = "12"
"""Where the tear of a bar to the left is drawn, in px from its end."""
_HIDDEN = {"aria-hidden": "true", "focusable": "false"}
_TORN = "M-10 14l4-16M-6 14l4-16"
_GAP, _EDGES = "M-2 6l4-12", "M-5 6l4-12M1 6l4-12"
_LEGEND = (("first", "第一 "), ("placed", "第二及以下、首创 "), ("vague", "前列、领先等"))


def short(name: str) -> str:
    """Return a name cut to `LETTERS`.

    >>> len(short("全区居民人均可支配收入与生活消费支出之比较结果"))
    21
    """
    return name if len(name) <= LETTERS else name[: LETTERS - 1] + "…"


def append_bars(parent: Element, block: TableBlock, reader: SentenceReader) -> None:
    """Append a picture of bars, of rows `| [name](address) | value | {bar-width=…}`."""
    figure = _figure(parent)
    lines = [([reader.nodes(cell) for cell in exactly(2, cells, " | ".join(cells))], own) for cells, own in block.rows]
    drawn = add(figure, "svg", {"class": "bars", "width": "100%", "height": f"{len(lines) * LINE:g}em", **_HIDDEN})
    for k, ((name, value), own) in enumerate(lines):
        marked = {"class": "own"} if "own" in own.get("class", "").split() else {}
        line = add(drawn, "svg", {"y": f"{k * LINE:g}em", "width": "100%", "height": f"{LINE}em", **marked})
        add(line, "text", {"x": "0", "y": "1.1em"}, short(plain(name)))
        bar = {"y": "1.8em", "width": "72%", "height": ".75em", "overflow": "visible"}
        shape = add(line, "svg", bar)
        _shape(shape, own)
        if zero := block.attributes.get(ZERO, ""):
            add(shape, "line", {"class": "zero", "x1": zero, "x2": zero, "y1": "-.25em", "y2": "1em"})
        add(line, "text", {"class": "told", "x": "100%", "y": "2.5em", "text-anchor": "end"}, plain(value))
    _rows(_data(figure, block), lines)


def _rows(body: Element, lines: Sequence[tuple[list[list[Inline]], Attributes]]) -> None:
    """Append the rows of the table below a picture: the first cell is the heading, the others are values."""
    for (name, *values), _ in lines:
        row = add(body, "tr")
        put(add(row, "th", {"scope": "row"}), name)
        for value in values:
            put(add(row, "td", {"class": "number"}), value)


def append_dumbbells(parent: Element, block: TableBlock, reader: SentenceReader) -> None:
    """Append a picture of results and targets, of rows `| name | [before](…) | [now](…) | [target](…) | {target=…}`.

    The column of the year before may be missing. The values of all rows stand in one place: beside the names where they fit there
    on a phone in every row, otherwise below the lines. The attributes of a row are the places of its dots, those of `DOTS`, and
    `zero=` that of zero, and those of `BREAKS`.
    """
    figure = _figure(parent)
    lines = [
        ([reader.nodes(cell) for cell in exactly(len(block.head), cells, " | ".join(cells))], own)
        for cells, own in block.rows
    ]
    kinds = ("before", "now", "aim")[-(len(block.head) - 1) :]
    legend = add(figure, "p", {"class": "legend", "aria-hidden": "true"})
    for kind, words in zip(kinds, block.head[1:], strict=True):
        add(legend, "i", {"class": f"dot {kind}"})
        say(legend, plain(reader.nodes(words)))
    told = [(plain(name), [plain(value) for value in values]) for (name, *values), _ in lines]
    below = not all(_beside(name, values) for name, values in told)
    height = DUMBBELL + below * BELOW
    size = {"width": "100%", "height": f"{len(lines) * height:g}em"}
    drawn = add(figure, "svg", {"class": "dumbbells", **size, **_HIDDEN})
    place = {"x": "0", "y": "3.8em"} if below else {"x": "100%", "y": "1.1em", "text-anchor": "end"}
    for k, ((name, values), (_, own)) in enumerate(zip(told, lines, strict=True)):
        line = add(drawn, "svg", {"y": f"{k * height:g}em", "width": "100%", "height": f"{height:g}em"})
        add(line, "text", {"x": "0", "y": "1.1em"}, short(name))
        text = add(line, "text", {"class": "told", **place})
        for kind, value in zip(kinds, values, strict=True):
            if value:
                add(text, "tspan", {"class": kind, **({"dx": GAP} if len(text) else {})}, value)
        _dots(add(line, "svg", {"y": "1.5em", "width": "100%", "height": "1.2em", "overflow": "visible"}), own)
    _rows(_data(figure, block), lines)


def _beside(name: str, values: Sequence[str]) -> bool:
    """Whether a name and its values fit beside each other on a phone."""
    told = sum(0.6 if character.isascii() else 1 for value in (short(name), *values) for character in value)
    return told + len(values) <= LETTERS


def _dots(parent: Element, own: Attributes) -> None:
    """Append the line of one measure, its zero, what joins its dots, its breaks, and the dots."""
    before, now, aim, high, zero = (own.get(name, "") for name in (*DOTS, ZERO))
    middle = {"y1": ".6em", "y2": ".6em"}
    add(parent, "line", {"class": "axis", "x1": "0", "x2": "100%", **middle})
    add(parent, "line", {"class": "zero", "x1": zero, "x2": zero, "y1": ".2em", "y2": "1em"})
    add(parent, "line", {"class": "joined", "x1": now, "x2": aim, **middle})
    if high:
        add(parent, "line", {"class": "range", "x1": aim, "x2": high, **middle})
    for at in filter(None, (own.get(name, "") for name in BREAKS)):
        torn = add(parent, "svg", {"x": at, "y": ".6em", "overflow": "visible"})
        add(torn, "path", {"class": "gap", "d": _GAP})
        add(torn, "path", {"class": "torn", "d": _EDGES})
    for kind, at, radius in (
        ("before", before, ".22em"),
        ("aim", aim, ".4em"),
        ("aim", high, ".4em"),
        ("now", now, ".32em"),
    ):
        if at:
            add(parent, "circle", {"class": kind, "cx": at, "cy": ".6em", "r": radius})


def append_tick(parent: Element, own: Attributes) -> None:
    """Append the bar of one change in the table of indicators, if it has one."""
    if BAR_WIDTH in own:
        tick = add(parent, "svg", {"class": "tick", "width": "100%", "height": ".375em", **_HIDDEN})
        _shape(tick, own)
        # On a scale with falls a bar begins, or a fall ends, where zero is.
        if BAR_LEFT in own and (zero := _zero(own)):
            add(tick, "line", {"class": "zero", "x1": zero, "x2": zero, "y1": "0", "y2": "100%"})


def _zero(own: Attributes) -> str:
    """The place of zero of a bar that does not begin on the left; "" where its attributes are no percentages."""
    left, width = (own.get(name, "").removesuffix("%") for name in (BAR_LEFT, BAR_WIDTH))
    if "falls" not in own.get("class", "").split():
        return f"{left}%"
    try:
        return f"{Decimal(left) + Decimal(width):f}%"
    except InvalidOperation:
        return ""


def append_ranks(parent: Element, block: TableBlock, reader: SentenceReader) -> None:
    """Append a picture of ranks, one square for each row `| area | place | [name](address) | {.grade}`."""
    figure = _figure(parent)
    for cells, _ in block.rows:
        exactly(3, cells, " | ".join(cells))
    for name, rows in groupby(block.rows, key=lambda row: row[0][0]):
        _level(figure, plain(reader.nodes(name)), list(rows), reader)
    body = _data(figure, block)
    for cells, _ in block.rows:
        row = add(body, "tr")
        for k, cell in enumerate(cells):
            put(add(row, "th", {"scope": "row"}) if k == len(cells) - 1 else add(row, "td"), reader.nodes(cell))
    legend = add(figure, "p", {"class": "legend", "aria-hidden": "true"})
    for grade, words in _LEGEND:
        add(legend, "i", {"class": grade})
        say(legend, words)


def _level(
    figure: Element, name: str, rows: Sequence[tuple[tuple[str, ...], Attributes]], reader: SentenceReader
) -> None:
    level = add(figure, "div", {"class": "level"})
    told = add(level, "p")
    add(told, "b", text=name)
    counted = Counter(plain(reader.nodes(cells[1])) for cells, _ in rows)
    say(told, f" {'、'.join(f'{place} {number}' for place, number in counted.items())}")
    height = em(-(-len(rows) // SQUARES))
    squares = add(level, "svg", {"class": "squares", "width": "100%", "height": height, **_HIDDEN})
    for k, (_, own) in enumerate(rows):
        place = {"x": em(k % SQUARES), "y": em(k // SQUARES), "width": ".8em", "height": ".8em"}
        add(squares, "rect", {"class": own.get("class", ""), **place})


def em(number: int) -> str:
    """Return the width of `number` squares, each with its gap 1.1 em wide, as a CSS length."""
    return f"{11 * number // 10}.{11 * number % 10}em"


def _figure(parent: Element) -> Element:
    """Append a picture with its caption, which is taken from the paragraph before it."""
    told = parent[-1] if len(parent) and parent[-1].get("class") == TOLD else None
    figure = add(parent, "figure", {"class": "picture"})
    if told is not None:
        parent.remove(told)
        told.tag = "figcaption"
        del told.attrib["class"]
        figure.append(told)
    return figure


def _shape(parent: Element, own: Attributes) -> None:
    """Append a bar on its ground; what goes on beyond the picture is torn."""
    names = own.get("class", "").split()
    falls = "falls" in names
    add(parent, "rect", {"class": "ground", "width": "100%", "height": "100%"})
    size = {"x": own.get(BAR_LEFT, "0%"), "width": own.get(BAR_WIDTH, "0%"), "height": "100%"}
    add(parent, "rect", {"class": "bar falls" if falls else "bar", **size})
    if "cut" in names:
        torn = add(parent, "svg", {"x": TEAR if falls else "100%", "overflow": "visible"})
        add(torn, "path", {"class": "torn", "d": _TORN})


def _data(figure: Element, block: TableBlock) -> Element:
    """Append the folded table with its head, and return its body."""
    folded = add(figure, "details", {"class": "data"})
    add(folded, "summary", text="数据表")
    table = add(folded, "table", {"class": "plain"})
    head = add(add(table, "thead"), "tr")
    for cell in block.head:
        add(head, "th", {"scope": "col"}, cell)
    return add(table, "tbody")
