"""Knows the geometry of bar charts: the start and length of each bar, in per cent of the chart's width.

Leaves which figures are shown to `pages.charts`, and the SVG to `templates/`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from workreport.model import Indicator

FAR = 3
"""A value more than this many times the next smaller one is cut off, so that the other bars stay readable."""
ROOM = Decimal(100)
SIGNS = {"up": 1, "down": -1, "flat": 0}
# Units to per cent: 成 is ten per cent.
TENTHS = {"%": 1, "％": 1, "成": 10}


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: `start` and `length` in per cent of the width. `falls`: its value is negative; `cut`: it is too long to show."""

    start: str
    length: str
    falls: bool
    cut: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """The values at the left and right edge of a chart; zero is always between them."""

    low: Decimal
    high: Decimal

    def bar(self, value: Decimal) -> Bar:
        """The bar from zero to a value.

        >>> Scale(Decimal(-5), Decimal(15)).bar(Decimal(5))
        Bar(start='25', length='25', falls=False, cut=False)
        """
        shown = min(max(value, self.low), self.high)
        span = self.high - self.low
        if not span:
            return Bar("0", "0", False, False)
        left, right = (((x - self.low) / span * ROOM) for x in (min(shown, Decimal(0)), max(shown, Decimal(0))))
        return Bar(_written(left), _written(right - left), value < 0, shown != value)


def _written(number: Decimal) -> str:
    return f"{number.quantize(Decimal('0.01')).normalize():f}"


def scale(values: Iterable[Decimal]) -> Scale:
    """The scale that fits these values, except those far greater than all others (see `FAR`).

    >>> scale([Decimal("5.1"), Decimal("8"), Decimal("19.1"), Decimal("175.02"), Decimal("-2")])
    Scale(low=Decimal('-2'), high=Decimal('19.1'))
    """
    known = list(values)
    return Scale(-_edge([-v for v in known if v < 0]), _edge([v for v in known if v > 0]))


def _edge(sizes: list[Decimal]) -> Decimal:
    rest = sorted(sizes)
    while len(rest) > 3 and rest[-1] > FAR * rest[-2]:
        rest.pop()
    return rest[-1] if rest else Decimal(0)


def change(indicator: Indicator) -> Decimal | None:
    """The change of an indicator in per cent, negative for a fall; None without a change or with another unit.

    >>> from workreport.model import Growth
    >>> known = {"period": None, "sentence": "s", "section": "1", "quote": "", "start": 0, "end": 0}
    >>> falls = Growth("1.5", Decimal("1.5"), "%", "同比", "down")
    >>> i = Indicator("f", "投资", "level", "result", "8", Decimal(8), None, "亿元", None, growth=falls, **known)
    >>> change(i)
    Decimal('-1.5')
    """
    growth = indicator.growth
    if growth is not None and indicator.kind != "growth":
        if growth.number is None or growth.unit not in TENTHS:
            return None
        return growth.number * TENTHS[growth.unit] * SIGNS.get(growth.direction, 0)
    if indicator.kind == "growth" and indicator.number is not None and indicator.unit in TENTHS:
        return indicator.number * TENTHS[indicator.unit]
    return None


def share(indicator: Indicator) -> Decimal | None:
    """A share in per cent; None for an indicator of another kind, and for less than 0 or more than 100 per cent."""
    if indicator.kind != "share" or indicator.number is None or indicator.unit not in TENTHS:
        return None
    part = indicator.number * TENTHS[indicator.unit]
    return part if 0 <= part <= ROOM else None
