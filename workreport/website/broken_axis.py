"""Knows the places of values on an axis that breaks off before the values far beyond the others, in per cent of its length.

Behind the break a greater value stands farther out, but not in proportion. Leaves which values are far beyond to `bars`, and
drawing to `marks.pictures`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from workreport.website import bars

MARGIN = Decimal(2)
"""The space at both ends, so that a dot there is whole."""
BREAK = Decimal(10)
"""The distance from the end of the scale to the first place behind the break, which is wide enough for a mark between two dots."""
STEP, WIDEST = Decimal(5), Decimal(30)
"""The distance between places behind the break, and the most that all of them take on one side."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The values of `scale` stand between `left` and `right`; `beyond` has the places of all others."""

    scale: bars.Scale
    left: Decimal = MARGIN
    right: Decimal = bars.ROOM - MARGIN
    beyond: Mapping[Decimal, Decimal] = field(default_factory=dict)

    def place(self, value: Decimal) -> str:
        """Return the place of a value, which is one of those that the axis was made for, or is within the scale.

        >>> Axis(bars.Scale(Decimal(0), Decimal(10))).place(Decimal(5))
        '50%'
        """
        if value in self.beyond:
            return f"{bars.written(self.beyond[value])}%"
        span = self.scale.high - self.scale.low
        at = (value - self.scale.low) / span if span else Decimal(0)
        return f"{bars.written(self.left + at * (self.right - self.left))}%"

    def breaks(self, values: Collection[Decimal]) -> tuple[str, str]:
        """Return the places of the breaks on the left and on the right, "" for one without any of `values` behind it."""
        left, right = self.left - BREAK / 2, self.right + BREAK / 2
        return (
            f"{bars.written(left)}%" if any(value < self.scale.low for value in values) else "",
            f"{bars.written(right)}%" if any(value > self.scale.high for value in values) else "",
        )


def axis(lines: Sequence[Collection[Decimal]]) -> Axis:
    """Return the axis that several lines with these values share; unequal values of one line have places apart.

    >>> made = axis([[Decimal(value) for value in line] for line in ((4, 6), (5, 6), (5, 40), (60, 40))])
    >>> [made.place(Decimal(value)) for value in (6, 40, 60)]
    ['83%', '93%', '98%']
    """
    scale = bars.scale(value for line in lines for value in line)
    low = _ranks([[value for value in line if value < scale.low] for line in lines])
    high = _ranks([[value for value in line if value > scale.high] for line in lines])
    left, below = _outside(low)
    right, above = _outside(high)
    places = {**below, **{value: bars.ROOM - at for value, at in above.items()}}
    return Axis(scale, left, bars.ROOM - right, places)


def _ranks(lines: Sequence[Collection[Decimal]]) -> dict[Decimal, int]:
    """Number values from the scale outwards. A value has the number of a smaller one where no line has both."""
    found: dict[Decimal, int] = {}
    rank = 0
    for value in sorted({value for line in lines for value in line}, key=abs):
        if any(value in line and any(found.get(other) == rank for other in line) for line in lines):
            rank += 1
        found[value] = rank
    return found


def _outside(ranks: Mapping[Decimal, int]) -> tuple[Decimal, dict[Decimal, Decimal]]:
    """The distance of the end of the scale from the end of the axis, and those of the values behind it."""
    if not ranks:
        return MARGIN, {}
    last = max(ranks.values())
    step = min(STEP, WIDEST / max(last, 1))
    return MARGIN + last * step + BREAK, {value: MARGIN + (last - rank) * step for value, rank in ranks.items()}
