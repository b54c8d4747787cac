"""Knows how a sentence is cut into pieces at the ends of quotes, figures, names and doubts, so that markup never
overlaps.

Leaves finding these to `analysis`. The joined texts of the pieces are the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from urllib.parse import quote

from markupsafe import Markup

from workreport.model import Indicator, Sentence
from workreport.website.marks.marked_sentences import is_unbroken

_NUMERAL = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Anchor:
    """An empty element that links can point to; `name` is its class."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Layer:
    """A span `[start, end)` of the repaired text that gets the classes `name`, and with a `href` becomes a link.

    `anchor` is put before it. `gloss` is the id of what the link opens beside the text: a glossary entry, a figure
    (f-…) or a name (n-…).
    """

    start: int
    end: int
    name: str
    anchor: Anchor | None = None
    href: Markup = Markup()
    gloss: str = ""


@dataclass(frozen=True, slots=True)
class TextPiece:
    """Consecutive characters with the same layers: their classes `names`, separated by spaces, and their link, if any.

    `anchors` are put before the text. `goes_on`: the link is that of the piece before, which another layer cut in two.
    """

    text: str
    names: str
    href: Markup
    anchors: tuple[Anchor, ...]
    gloss: str = ""
    goes_on: bool = False


def cut(sentence: Sentence, layers: Iterable[Layer]) -> tuple[TextPiece, ...]:
    """Return the sentence in pieces. Layers may overlap and may reach beyond the sentence.

    Of links that overlap, one to an explanation (class g) is kept, otherwise the one that starts first; the other is
    left out.

    >>> from workreport.model import Sentence
    >>> s = Sentence("s1", "增长5%，居第一", 0, 8, "1")
    >>> [(p.text, p.names) for p in cut(s, [Layer(0, 4, "q q1"), Layer(2, 4, "v")])]
    [('增长', 'q q1'), ('5%', 'q q1 v'), ('，居第一', '')]
    """
    inside = sorted(
        (layer for layer in layers if max(layer.start, sentence.start) < min(layer.end, sentence.end)),
        key=lambda layer: (layer.start, -layer.end, layer.name),
    )
    # A link to an explanation has priority over any other link.
    links = set(_free(sorted((layer for layer in inside if layer.href), key=lambda layer: layer.name != "g")))
    inside = [layer for layer in inside if not layer.href or layer in links]
    borders = {sentence.start, sentence.end}
    for layer in inside:
        borders |= {max(layer.start, sentence.start), min(layer.end, sentence.end)}
    pieces = []
    at = sorted(borders)
    waiting, active = list(reversed(inside)), list[Layer]()
    for start, end in pairwise(at):
        new = []
        while waiting and waiting[-1].start <= start:
            new.append(waiting.pop())
        active = [layer for layer in active if layer.end > start] + new
        link = next((layer for layer in active if layer.href), None)
        names = dict.fromkeys(name for layer in active for name in layer.name.split())
        pieces.append(
            TextPiece(
                sentence.text[start - sentence.start : end - sentence.start],
                " ".join(names),
                link.href if link else Markup(),
                tuple(layer.anchor for layer in new if layer.anchor),
                link.gloss if link else "",
                link is not None and max(link.start, sentence.start) < start,
            )
        )
    return tuple(pieces)


def figure_layers(sentence: Sentence, figures: Sequence[Indicator], table: str) -> list[Layer]:
    """Return layers for the indicators of one sentence: their quotes (classes q and q1, q2 …) and the figures in them
    (v).

    Each figure also gets a link (f) to its row on the page `table`, a relative address, and so does the change that is
    stated behind it. `cut` leaves out such a link if it overlaps one of a higher priority.
    """
    layers = []
    for ordinal, figure in enumerate(figures, start=1):
        layers.append(Layer(figure.start, figure.end, f"q q{ordinal}", Anchor(figure.id, f"t t{ordinal}")))
        at, end = figure_span(figure)
        if at >= 0:
            whole = "v u" if is_unbroken(figure.quote[at:end]) else "v"
            layers.append(Layer(figure.start + at, figure.start + end, whole))
            row = Markup(f"{table}#{quote(f'r-{figure.id}', safe='')}")
            layers.append(Layer(figure.start + at, figure.start + end, "f", href=row, gloss=f"f-{figure.id}"))
            begin, stop = change_span(sentence, figure, figures)
            if begin >= 0:
                layers.append(Layer(begin, stop, "v u"))
                layers.append(Layer(begin, stop, "f", href=row, gloss=f"f-{figure.id}"))
    return layers


def change_span(sentence: Sentence, figure: Indicator, figures: Iterable[Indicator]) -> tuple[int, int]:
    """Return the span in the repaired text of the change stated behind a figure: 5.1% of 2091.5亿元，增长5.1%.

    It is sought between the figure's words and those of the next of `figures`, the indicators of the sentence; (-1, -1)
    if it is not there.
    """
    growth = figure.growth
    if growth is None or not growth.value[:1].isdigit():
        return -1, -1
    next_ = min((other.start for other in figures if other.start >= figure.end), default=sentence.end)
    between = sentence.text[figure.end - sentence.start : next_ - sentence.start]
    found = re.search(rf"(?<![\d.．]){_as_printed(growth.value + growth.unit)}(?!\d)", between)
    return (figure.end + found.start(), figure.end + found.end()) if found else (-1, -1)


_PLAIN = frozenset("0123456789.%")
"""Characters of a value that may have full width in a text."""
_FULL_WIDTH = ord("０") - ord("0")
"""How far behind a character the same one of full width stands in Unicode."""
_PRINTED_APART = re.compile(r"[０-９．％]|\d[ \u3000]+\S")
"""Matches digits of full width, and a digit with a space behind it."""
_FRACTION = "百分之"
"""What stands before a share in words, and belongs to it: 百分之六十."""
_SOME = re.compile("[上成数几](?=[十百千万亿])")
"""What stands before a power of ten without a number, and belongs to it: 上百万."""


def figure_span(figure: Indicator) -> tuple[int, int]:
    """Return the span of value and unit in the quote, (-1, -1) if not found.

    A word of approximation may stand before or inside the unit (16万余名). If the unit does not follow the value, it is the
    span of the value alone. Where the quote has them so, characters stand apart or have full width (１ ．５ ％).

    >>> from workreport.model import Indicator
    >>> figure_span(Indicator("f", "志愿者", "count", "result", "16", None, None, "万名", "余", "s", "1", "超16万余名", 0, 6))
    (1, 6)
    >>> figure_span(Indicator("f", "家庭", "count", "result", "百万", None, None, "户", "上", "s", "1", "惠及上百万户家庭", 0, 8))
    (2, 6)
    >>> figure_span(Indicator("f", "物价", "count", "result", "0.8", None, None, "%", None, "s", "1", "涨0 ．8 ％", 0, 7))
    (1, 7)
    """
    if not figure.value:
        return -1, -1
    approx, unit = figure.approx or "", figure.unit
    inside = [unit[:k] + approx + unit[k:] for k in range(len(unit))] if approx else []
    begin = max(figure.at - figure.start, 0)
    for start in (begin, 0):  # 0: the publisher may have written another value
        for written in (*(figure.value + around for around in inside), figure.value + unit, figure.value):
            at, end = _found(figure.quote, written, start)
            if at >= 0:
                fraction = len(_FRACTION) if figure.quote.endswith(_FRACTION, 0, at) else 0
                some = bool(at and _SOME.match(figure.quote, at - 1))
                return at - fraction - some, end
    return _range_span(figure, begin)


def _found(quote: str, written: str, start: int) -> tuple[int, int]:
    """The span of a value in a quote, at or behind `start`, as it is printed there; (-1, -1) if it is not there."""
    if (at := quote.find(written, start)) >= 0:
        return at, at + len(written)
    if quote.isascii() or not _PRINTED_APART.search(quote, start):
        return -1, -1
    found = re.compile(rf"(?<![\d.．]){_as_printed(written)}(?![\d.．]*\d)").search(quote, start)
    return found.span() if found else (-1, -1)


@cache
def _as_printed(written: str) -> str:
    """The pattern of a value and its unit as old texts print them: 1.5% as １．５％ or 1 ．5 ％."""
    return r"[ \u3000]?".join(
        f"[{re.escape(c)}{chr(ord(c) + _FULL_WIDTH)}]" if c in _PLAIN else re.escape(c) for c in written
    )


def _range_span(figure: Indicator, begin: int) -> tuple[int, int]:
    """The span of a range whose unit stands at both ends (50亿—60亿元), at or behind `begin` in the quote.

    (-1, -1) if its two numerals are not there, or stand far apart.
    """
    ends = _NUMERAL.findall(figure.value)
    if len(ends) != 2:
        return -1, -1
    low = figure.quote.find(ends[0], begin)
    high = figure.quote.find(ends[1], low + len(ends[0])) if low >= 0 else -1
    if high < 0 or high - low > len(figure.value) + 2 * len(figure.unit):
        return -1, -1
    end = high + len(ends[1])
    return low, end + (len(figure.unit) if figure.quote.startswith(figure.unit, end) else 0)


def _free(links: Iterable[Layer]) -> list[Layer]:
    """Return the links that overlap no earlier kept link of the given order, sorted by start."""
    free: list[Layer] = []
    for link in links:
        at = bisect_left(free, link.start, key=lambda other: other.start)
        if (at == 0 or free[at - 1].end <= link.start) and (at == len(free) or link.end <= free[at].start):
            free.insert(at, link)
    return free
