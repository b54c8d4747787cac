"""Knows how the summary of a report is made of its reading, and a collection of the summaries of its reports.

Leaves what a summary has to `collection`, and the order of reports to `analysis.links`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from workreport import comparison
from workreport.comparison import ComparisonWords
from workreport.model import Measure, Publication, Reading
from workreport.model.measure_years import MeasureStatement
from workreport.model.place_years import PlaceYears
from workreport.website import addresses
from workreport.website.pages import measure_values, page_table
from workreport.website.pages.collection import CollectedMeasure, Collection, MeasureSummary, ReportSummary
from workreport.website.pages.core_figures import core_places
from workreport.website.pages.views.report import Report, missing


def summary_of(report: Report) -> ReportSummary:
    """Return what the pages of the whole site show of a report."""
    reading = report.reading
    province = addresses.province("00")  # from the page of each province the same links lead to the same pages
    return ReportSummary(
        reading.meta,
        tuple(page_table.contents(reading)),
        tuple(page_table.bar_of(reading)),
        core_places(reading, addresses.ROOT),
        core_places(reading, province),
        missing(report),
        tuple(_front_ids(reading)),
        tuple(_measures(reading)),
        reading.found.board,
        len(reading.text.body),
        len(reading.indicators),
        report.passages.most_figures,
    )


def _front_ids(reading: Reading) -> Iterator[str]:
    """Yield the ids on the report's front page, which was the front page of the site while it had only this report."""
    for paragraph in reading.outline.front:
        yield from (paragraph.id, *paragraph.aliases, *paragraph.gone)
        for sentence in paragraph.sentences:
            yield from (sentence.id, *sentence.aliases, *sentence.gone)


def _measures(reading: Reading) -> Iterator[MeasureSummary]:
    known = {measure.id: measure for measure in reading.found.measures}
    for name, one in comparison.statements_of(reading).items():
        if name in known:
            yield _measure(reading, known[name], one)


def _measure(reading: Reading, measure: Measure, one: MeasureStatement) -> MeasureSummary:
    origin, label = addresses.measure(measure.id), measure.label
    return MeasureSummary(
        measure,
        one.year,
        one.compared,
        one.level.unit if one.level else None,
        measure_values.amount(one.level, reading, origin, label) if one.level else None,
        measure_values.change(one.change, reading, origin, label) if one.change else None,
        tuple((apart.kind, measure_values.apart_line(reading, apart, origin)) for apart in one.apart),
    )


def collection_of(publication: Publication, words: ComparisonWords | None = None) -> Collection:
    """Return the reports of a publication as a collection; `words` as in `collected`."""
    summaries = [summary_of(page_table.report_of(reading)) for reading in publication.readings]
    made = collected(summaries, publication.title, publication.places, words)
    return replace(made, notes=publication.notes)


def collected(
    reports: Sequence[ReportSummary],
    title: str,
    places: tuple[PlaceYears, ...] = (),
    words: ComparisonWords | None = None,
) -> Collection:
    """Return the collection of reports, which are in their order. `words` tell which units can be converted; None for none."""
    measures = tuple(_measures_across(reports, words)) if len(reports) > 1 else ()
    return Collection(tuple(reports), title, (), places, measures)


def _measures_across(reports: Iterable[ReportSummary], words: ComparisonWords | None) -> Iterator[CollectedMeasure]:
    """Yield the measures that two reports or more state, those that readers want first before the others."""
    known: dict[str, Measure] = {}
    found: dict[str, list[tuple[ReportSummary, MeasureSummary]]] = defaultdict(list)
    for report in reports:
        for stated in report.measures:
            known[stated.measure.id] = stated.measure
            found[stated.measure.id].append((report, stated))
    several = [name for name in found if sum(stated.compared for _, stated in found[name]) >= comparison.FEWEST]
    for name in sorted(several, key=lambda name: (known[name].rank, name)):
        units = [stated.unit for _, stated in found[name] if stated.unit is not None]
        ratios = comparison.ratios_of(units, words) if words else ()
        yield CollectedMeasure(known[name], tuple(found[name]), ratios)
