"""Knows the JSON document that `build.py inspect` prints for several reports: their own documents, the pairs and the series.

Leaves the document of one report to `analysis.inspection`, and printing to `commands`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workreport.analysis.inspection import Positions, Value, document, number
from workreport.model import Growth, Reading
from workreport.model.place_years import Pair, PlaceYears, Point, Series, Stated


def comparison_document(readings: Sequence[Reading], places: Iterable[PlaceYears]) -> dict[str, Value]:
    """The reports, and what they say of each other, as one JSON document. `file` is the path of a report's source."""
    at = {reading.meta.slug: Positions(reading) for reading in readings}
    places = tuple(places)
    return {
        "reports": [document(reading) for reading in readings],
        "pairs": [_pair(pair, place, at) for place in places for pair in place.pairs],
        "series": [_series(series, at) for place in places for series in place.series],
    }


def _pair(pair: Pair, place: PlaceYears, at: dict[str, Positions]) -> Value:
    return {
        "name": pair.name, "measure": pair.measure, "place": place.place, "target_year": pair.year, "verdict": pair.verdict,
        "why": pair.why, "sure": pair.sure, "target": _stated(pair.target, at),
        "result": None if pair.result is None else _stated(pair.result, at),
    }  # fmt: skip


def _series(series: Series, at: dict[str, Positions]) -> Value:
    return {
        "name": series.name, "measure": series.measure, "place": series.place, "unit": series.unit,
        "chartable": series.chartable, "points": [_point(point, at) for point in series.points],
        "period_points": [_point(point, at) for point in series.period_points],
    }  # fmt: skip


def _point(point: Point, at: dict[str, Positions]) -> Value:
    return {**_stated(point.stated, at), "year": point.year or None, "growth": _growth(point.growth)}


def _growth(growth: Growth | None) -> Value:
    if growth is None:
        return None
    return {"value": growth.value, "unit": growth.unit, "base": growth.base, "direction": growth.direction}


def _stated(stated: Stated, at: dict[str, Positions]) -> dict[str, Value]:
    places = at[stated.report]
    return {
        "file": places.reading.source.path, "indicator": stated.indicator or None, "sentence": stated.sentence,
        **places.of_text(stated.start, stated.end), "quote": stated.quote, "value": stated.value,
        "number": number(stated.number), "number_max": number(stated.number_max), "unit": stated.unit or None,
        "approx": stated.approx,
    }  # fmt: skip
