"""Knows what the pages of the whole site show of each report (`ReportSummary`), and all reports of a site by it (`Collection`).

A reading is large, its summary small: so a site of any number of reports is put together in little memory. Leaves making a summary
to `summaries`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from workreport.model import BoardPlace, Measure, Meta, UnitName
from workreport.model.measure_years import Apart, UnitRatio
from workreport.model.place_years import PlaceYears
from workreport.website.pages.core_figures import CorePlace
from workreport.website.pages.measure_values import ApartLine, StatedAmount, StatedValue


@dataclass(frozen=True, slots=True)
class MeasureSummary:
    """What a report states of a measure, in the year that it reviews (`year`).

    `unit` is that of its amount, None if it states none; `level` and `change` are what is shown of amount and change. `compared` is
    as in `MeasureStatement`.
    """

    measure: Measure
    year: int
    compared: bool
    unit: UnitName | None
    level: StatedAmount | None
    change: StatedValue | None
    apart: tuple[tuple[Apart, ApartLine], ...] = ()


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """What the pages of the whole site show of a report.

    `contents` are its pages as (title, path), `bar` those in the bar at the top as (path, label, title). `core` are its core
    figures with links from the front page of the site, `core_in_province` from the page of its province; `missing` is what the
    source lacks, `front_ids` are the ids on its front page. `measures` is what it states of core measures, `board` as in
    `Findings`. `characters` and `figures` are numbers, `most_figures` is the largest number of figures in one sentence.
    """

    meta: Meta
    contents: tuple[tuple[str, str], ...]
    bar: tuple[tuple[str, str, str], ...]
    core: tuple[CorePlace, ...]
    core_in_province: tuple[CorePlace, ...]
    missing: tuple[str, ...]
    front_ids: tuple[str, ...]
    measures: tuple[MeasureSummary, ...]
    board: tuple[BoardPlace, ...]
    characters: int
    figures: int
    most_figures: int


@dataclass(frozen=True, slots=True)
class CollectedMeasure:
    """A core measure with what each report states of it, in the order of the reports; reports that state nothing are not there.

    `ratios` are those of all units of its amounts that can be converted to one another.
    """

    measure: Measure
    stated: tuple[tuple[ReportSummary, MeasureSummary], ...]
    ratios: tuple[UnitRatio, ...] = ()

    def ratio(self, unit: str, to: str) -> Decimal | None:
        """How large a unit is in another one; None where neither can be converted to the other."""
        if unit == to:
            return Decimal(1)
        return next((one.ratio for one in self.ratios if (one.unit, one.to) == (unit, to)), None)


@dataclass(frozen=True, slots=True)
class SiteFrame:
    """What each page knows of its site: the title, whether it has only one report, the ids of core measures with a page."""

    title: str
    alone: bool
    measured: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Collection:
    """All reports of one site, newest first.

    `title`, `notes` and `places` are as in `Publication`; `measures` are the core measures that two reports or more state.
    """

    reports: tuple[ReportSummary, ...]
    title: str = ""
    notes: tuple[str, ...] = ()
    places: tuple[PlaceYears, ...] = ()
    measures: tuple[CollectedMeasure, ...] = ()

    @property
    def metas(self) -> Sequence[Meta]:
        """What is known of each report as a whole."""
        return tuple(report.meta for report in self.reports)

    @property
    def measured(self) -> frozenset[str]:
        """The ids of the core measures that have a page."""
        return frozenset(one.measure.id for one in self.measures)

    @property
    def alone(self) -> bool:
        """Whether the site has only one report."""
        return len(self.reports) == 1
