"""Knows the view of the page of all indicators (指标): charts, the table, and the keys for sorting and filtering it.

Leaves sorting and filtering to `templates/assets/indicators.js`; without scripts the table is grouped by section.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TypeVar

from markupsafe import Markup

from workreport.analysis.change_spans import change_spans
from workreport.model import (
    Derived,
    Indicator,
    Reading,
    UnitName,
    split_unit,
)
from workreport.website import bars
from workreport.website.pages import charts, wording
from workreport.website.pages.cards import Card, card
from workreport.website.pages.sentences import section_label
from workreport.website.pages.views.place_series import measure_href
from workreport.website.pages.views.report import DownloadLink, PageLink, Report, data_files

_Word = TypeVar("_Word", bound=str)

# The end of the id of a figure, as opposed to that of a sentence or paragraph.
_FIGURE = re.compile(r"-f[0-9]+$")


@dataclass(frozen=True, slots=True)
class TableRow:
    """An indicator as a table row, with keys for sorting and filtering; a key is "" if the indicator has no such value.

    unit: without multipliers such as 万 and 亿; `size` is the value in this unit.
    across: the link to the same measure in other reports of the site, "" where there is no such page.
    change: in per cent; `bar` is its bar, None for all but changes in the year reviewed.
    place: the best rank as a number; `levels` are the areas of the ranks, joined by "|".
    """

    card: Card
    unit: UnitName
    size: str
    change: str
    place: str
    levels: str
    bar: bars.Bar | None
    across: Markup


@dataclass(frozen=True, slots=True)
class TableGroup:
    """The indicators on the page of one section, or on the front page."""

    anchor: str
    label: str
    href: Markup
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class DerivedRow:
    """A derived figure, its formula, and the cards of the indicators that it is computed from."""

    id: str
    kind: str
    name: str
    value: str
    unit: UnitName
    formula: str
    inputs: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """The page of all indicators.

    total: the number of indicators in the table. kinds, units, statuses, levels: the values by which the table can be
    filtered; kinds have their number of indicators, and one status alone is nothing to filter by. changes, longer, aims,
    ranks: the charts of changes in the year reviewed, over several years, of targets, and of ranks; None for fewer than
    two bars or without ranks. repeated: the number of indicators left out because
    they are in passages repeated by mistake. file: the name under which the CSV file is downloaded. hidden: the
    indicators that the publisher hid; `held`: the number of those held back; `ordered`: he put some indicators first. old_ids: the ids of figures that are no
    longer in the text.
    """

    total: int
    groups: tuple[TableGroup, ...]
    kinds: tuple[tuple[str, int], ...]
    units: tuple[UnitName, ...]
    statuses: tuple[str, ...]
    levels: tuple[str, ...]
    changes: charts.BarChart | None
    longer: charts.BarChart | None
    aims: charts.BarChart | None
    ranks: charts.RankChart | None
    front: PageLink
    repeated: int
    file: str
    data: tuple[DownloadLink, ...]
    hidden: tuple[Card, ...]
    held: int
    derived: tuple[DerivedRow, ...]
    ordered: bool
    old_ids: tuple[str, ...]

    @property
    def kind_names(self) -> tuple[str, ...]:
        """The kinds without their numbers."""
        return tuple(kind for kind, _ in self.kinds)

    @property
    def charted(self) -> bool:
        """Whether the page has any chart, which stand behind the table."""
        return any((self.changes, self.longer, self.aims, self.ranks))

    @property
    def sections(self) -> tuple[tuple[str, str, int], ...]:
        """The groups of the table: id, label, number of rows."""
        return tuple((group.anchor, group.label, len(group.rows)) for group in self.groups)


def indicators_view(report: Report, origin: str, measures: Collection[str] = ()) -> IndicatorTable:
    """Return the view of the page of all indicators at `origin`; `measures` are the ids of those with a page in the site."""
    reading = report.reading
    cards = {indicator.id: card(reading, indicator, origin) for indicator in reading.indicators}
    spans = change_spans(reading)
    yearly = {i.id for i in reading.shown if spans.get(i.id) == "year"}
    scale = bars.scale(value for i in reading.shown if i.id in yearly and (value := bars.change(i)) is not None)
    groups = []
    for section in [None, *report.order]:
        found = report.by_section.get(section.id if section else "", ())
        if found:
            groups.append(
                TableGroup(
                    "g-" + (section.id.replace("/", "-") if section else "0"),
                    section_label(section),
                    report.link_to(origin, "", section.id if section else "").href,
                    tuple(
                        _table_row(
                            indicator,
                            cards[indicator.id],
                            scale if indicator.id in yearly else None,
                            measure_href(indicator.measure, measures, origin),
                        )
                        for indicator in found
                    ),
                )
            )
    rows = [row for group in groups for row in group.rows]
    statuses = tuple(status for status, _ in _counted(row.card.status for row in rows))
    levels = Counter(level for row in rows for level in row.levels.split("|") if level)
    return IndicatorTable(
        len(rows),
        tuple(groups),
        _counted(row.card.kind for row in rows),
        tuple(unit for unit, number in _counted(row.unit for row in rows) if unit and number > 1),
        statuses if len(statuses) > 1 else (),
        tuple(sorted(levels, key=lambda level: (charts.width(level), -levels[level], level))),
        charts.changes(reading, cards, "year", spans, origin),
        charts.changes(reading, cards, "years", spans, origin),
        charts.changes(reading, cards, "target", spans, origin),
        charts.ranks(reading, cards),
        report.link_to(origin, reading.meta.name, ""),
        sum(indicator.duplicate_of is not None for indicator in reading.found.indicators),
        f"{reading.meta.slug}-indicators.csv",
        data_files(report, origin),
        tuple(card(reading, indicator, origin) for indicator in reading.found.hidden),
        sum(bool(row.card.held) for row in rows),
        tuple(_derived(report, derived, origin) for derived in reading.derived),
        bool(reading.found.order),
        _former_figures(reading),
    )


def _former_figures(reading: Reading) -> tuple[str, ...]:
    """Return the ids of figures that an edit of the source removed; links to their rows must still work."""
    shown = {indicator.id for indicator in (*reading.indicators, *reading.found.hidden)}
    former = (name for s in reading.outline.sentences() for name in (*s.aliases, *s.gone))
    return tuple(dict.fromkeys(name for name in former if _FIGURE.search(name) and name not in shown))


def _derived(report: Report, derived: Derived, origin: str) -> DerivedRow:
    kept = [indicator for indicator in report.reading.indicators if indicator.id in derived.inputs]
    return DerivedRow(
        derived.id,
        wording.DERIVED[derived.kind],
        derived.name,
        f"{derived.number:f}",
        derived.unit,
        derived.formula,
        tuple(card(report.reading, indicator, origin) for indicator in kept),
    )


def _table_row(indicator: Indicator, shown: Card, scale: bars.Scale | None, across: Markup) -> TableRow:
    unit, power = split_unit(indicator.unit)
    moved = bars.change(indicator)
    ranked_at = [rank.number for rank in indicator.ranks if rank.number is not None]
    return TableRow(
        shown,
        unit,
        f"{indicator.number.scaleb(power).normalize():f}" if indicator.number is not None and shown.figure else "",
        "" if moved is None else f"{moved:f}",
        str(min(ranked_at)) if ranked_at else "",
        "|".join(sorted({rank.scope for rank in indicator.ranks if rank.scope})),
        None if moved is None or scale is None else scale.bar(moved),
        across,
    )


def _counted(words_: Iterable[_Word]) -> tuple[tuple[_Word, int], ...]:
    """Return each word with the number of its occurrences, the most frequent first, then in the order of characters."""
    return tuple(sorted(Counter(words_).items(), key=lambda kv: (-kv[1], kv[0])))
