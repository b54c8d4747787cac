"""Knows the geometry of bar charts: the start and length of each bar, in per cent of the chart's width.

Leaves which figures are shown to `pages.charts`, and the SVG to `templates/`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from workreport.model import Indicator

FAR = 3
"""The bar of a value more than this many times the median is cut, so that the others stay readable; see `scale`."""
TEAR = Decimal("1.2")
"""How much longer than the longest whole bar a cut one is, so that nobody takes the two for the same length."""
ROOM = Decimal(100)
"""The width of a chart in per cent."""
SIGNS = {"up": 1, "down": -1, "flat": 0}
"""The factor that gives a change its sign, by its direction."""
PER_CENT = {"%": 1, "％": 1, "成": 10}
"""The factor from each unit to per cent: 成 is a tenth."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: `start` and `length` in per cent of the chart's width.

    `falls`: its value is negative; `cut`: the scale ends before its value.
    """

    start: str
    length: str
    falls: bool
    cut: bool

    @property
    def zero(self) -> str:
        """The place of zero as a CSS length, "" on the left: where a bar begins, or a fall ends.

        >>> Bar("25", "10", False, False).zero, Bar("0", "25", True, False).zero, Bar("0", "9", False, False).zero
        ('25%', '25%', '')
        """
        at = Decimal(self.start) + (Decimal(self.length) if self.falls else 0)
        return f"{written(at)}%" if at else ""


@dataclass(frozen=True, slots=True)
class Scale:
    """The values where the longest whole bars end: on the left (`low`, at most 0) and on the right (`high`, at least 0).

    `torn_low` and `torn_high` say that there are values beyond, whose bars are cut: the chart is wider there by `TEAR`.
    """

    low: Decimal
    high: Decimal
    torn_low: bool = False
    torn_high: bool = False

    def bar(self, value: Decimal) -> Bar:
        """Return the bar from zero to a value, to the edge of the chart and cut there if the scale ends before the value.

        Its length is 0 where both ends of the scale are 0.

        >>> Scale(Decimal(-5), Decimal(15)).bar(Decimal(5))
        Bar(start='25', length='25', falls=False, cut=False)
        >>> torn = Scale(Decimal(0), Decimal(15), torn_high=True)
        >>> torn.bar(Decimal(15)).length, torn.bar(Decimal(99))
        ('83.33', Bar(start='0', length='100', falls=False, cut=True))
        """
        first = self.low * TEAR if self.torn_low else self.low
        last = self.high * TEAR if self.torn_high else self.high
        cut = not self.low <= value <= self.high
        shown = (first if value < 0 else last) if cut else value
        span = last - first
        if not span:
            return Bar("0", "0", False, False)
        left, right = (((x - first) / span * ROOM) for x in (min(shown, Decimal(0)), max(shown, Decimal(0))))
        return Bar(written(left), written(right - left), value < 0, cut)


def written(number: Decimal) -> str:
    """Return a number as attributes of an SVG have it, with at most two decimals."""
    return f"{number.quantize(Decimal('0.01')).normalize():f}"


def scale(values: Iterable[Decimal]) -> Scale:
    """Return a scale from the least to the greatest of these values, and always including 0.

    Values whose size is more than `FAR` times the median of all sizes are left outside: their bars are cut. Without values
    both edges are 0.

    >>> scale([Decimal("5.1"), Decimal("8"), Decimal("19.1"), Decimal("175.02"), Decimal("-2")])
    Scale(low=Decimal('-2'), high=Decimal('19.1'), torn_low=False, torn_high=True)
    """
    known = [value for value in values if value]
    if not known:
        return Scale(Decimal(0), Decimal(0))
    most = FAR * median(map(abs, known))
    low, high = -_edge([-v for v in known if v < 0], most), _edge([v for v in known if v > 0], most)
    return Scale(low, high, min(known) < low, max(known) > high)


def _edge(sizes: list[Decimal], most: Decimal) -> Decimal:
    """The largest of these sizes that is not over `most`; `most` if all are, 0 if there are none."""
    return max((size for size in sizes if size <= most), default=most if sizes else Decimal(0))


def change(indicator: Indicator) -> Decimal | None:
    """Return the change of an indicator in per cent, negative for a fall.

    The change is the number of an indicator of kind "growth", and the growth of any other. None if there is no change,
    or its number is unknown or in another unit than % and 成.

    >>> from workreport.model import Growth
    >>> known = {"period": None, "sentence": "s", "section": "1", "quote": "", "start": 0, "end": 0}
    >>> falls = Growth("1.5", Decimal("1.5"), "%", "同比", "down")
    >>> i = Indicator("f", "投资", "level", "result", "8", Decimal(8), None, "亿元", None, growth=falls, **known)
    >>> change(i)
    Decimal('-1.5')
    """
    growth = indicator.growth
    if growth is not None and indicator.kind != "growth":
        if growth.number is None or growth.unit not in PER_CENT:
            return None
        return growth.number * PER_CENT[growth.unit] * SIGNS.get(growth.direction, 0)
    if indicator.kind == "growth" and indicator.number is not None and indicator.unit in PER_CENT:
        return indicator.number * PER_CENT[indicator.unit]
    return None
