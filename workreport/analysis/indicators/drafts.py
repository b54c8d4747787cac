"""Knows an indicator while its sentence is read: what a figure states so far, and how it becomes a change or a level.

Leaves the sentence with all its drafts to `passage`, and the finished indicator to `finding`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from workreport.analysis.indicators import phrases
from workreport.analysis.indicators.changes import ChangeVerb
from workreport.model import Growth, IndicatorKind, Quantity, Rank


@dataclass(slots=True)
class Draft:
    """An indicator before it is complete; positions are those of the piece that is read.

    `opening` is the length of the verbs that the name starts with, `owned` that of the zone or fair before it, `carry` a verb that the further items of a list share.
    `echo` is the main figure of the same thing if this one only adds to it (首破千亿元关口). `sign` is -1 for a decline.
    `milestone` is the threshold that the figure has passed. `threshold` says that the figure is one itself, as long as no
    level follows it (see `reach`), `milestone_only` that it cannot be a level, `successive` that it is the last of several.
    """

    name: str
    kind: IndicatorKind
    quantity: Quantity | None
    start: int
    end: int
    clause: int
    growth: Growth | None = None
    growth_base: str | None = None
    sign: int = 1
    origin: Quantity | None = None
    ranks: list[Rank] = field(default_factory=list)
    parent: str | None = None
    opening: int = 0
    owned: int = 0
    carry: str = ""
    echo: Draft | None = None
    milestone: Quantity | None = None
    milestone_only: bool = False
    threshold: bool = False
    successive: bool = False

    @property
    def number(self) -> Decimal | None:
        """The signed number: a decline is negative."""
        if self.quantity is None or self.quantity.number is None:
            return None
        number = self.quantity.number if self.quantity.high is None or self.sign > 0 else self.quantity.high
        return -abs(number) if self.sign < 0 else number

    @property
    def high(self) -> Decimal | None:
        """The upper end of a range, signed as `number`: 下降3%—5% is a range from -5 to -3."""
        if self.quantity is None or self.quantity.high is None:
            return None
        return self.quantity.high if self.sign > 0 else -abs(self.quantity.number or self.quantity.high)

    def grow(self, quantity: Quantity, change: ChangeVerb) -> None:
        """Make this draft an indicator of kind growth, with `quantity` as its change."""
        self.kind, self.sign, self.growth_base = "growth", change.sign, change.whole_base
        self.growth = change.growth(quantity)

    def level(self, quantity: Quantity, kind: IndicatorKind, clause: int) -> None:
        """Make this draft, a change so far (增长9.5%), the level that it led to (达到835.5亿元), with that change."""
        self.kind, self.quantity, self.end, self.clause = kind, quantity, quantity.end, clause
        self.sign, self.growth_base = 1, None

    def reach(self, quantity: Quantity, clause: int) -> None:
        """Make this draft, a threshold so far (迈上6万亿元台阶), the level that `quantity` says was reached (达到61385亿元)."""
        self.milestone, self.quantity, self.end, self.clause = self.quantity, quantity, quantity.end, clause
        self.threshold = self.milestone_only = self.successive = False


def earns_nothing_itself(counted: Draft) -> bool:
    """Whether the profit or output told behind it is not of what is counted: 亏损企业降至41户，实现利润…; 人才300名、实现产值…."""
    unit = phrases.base_unit(counted.quantity.unit) if counted.quantity else ""
    return counted.name.startswith("亏损") or unit in ("人", "名", "人次")
