"""Knows the types of what a report states of one core measure (核心指标).

Leaves finding these values to `comparison.statements_of`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from workreport.model.findings import Indicator
from workreport.model.kinds import UnitName

Apart: TypeAlias = Literal["years", "part", "other"]
"""Why a figure stands apart: it is of several years, of a part of a year, or of another year than the one reviewed."""


@dataclass(frozen=True, slots=True)
class ApartFigure:
    """A figure that is not compared with those of whole years; `words` is its time in the words of the report, "" for none."""

    indicator: Indicator
    kind: Apart
    words: str


@dataclass(frozen=True, slots=True)
class MeasureStatement:
    """What the report with the slug `report` states of a measure, in the year that it reviews (`year`).

    `level` is the indicator with the amount, share or number, `change` the one with the change against the year before; they
    may be the same. None for what the report does not state of that year.
    """

    report: str
    year: int
    level: Indicator | None
    change: Indicator | None
    apart: tuple[ApartFigure, ...] = ()

    @property
    def compared(self) -> bool:
        """Whether the report states something of the whole year."""
        return self.level is not None or self.change is not None


@dataclass(frozen=True, slots=True)
class UnitRatio:
    """How large a unit is in another one that measures the same, both without 万 and 亿: 斤, 吨, 0.0005."""

    unit: UnitName
    to: UnitName
    ratio: Decimal
