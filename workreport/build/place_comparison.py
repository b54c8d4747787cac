"""Knows which places of a site have reports of several years, and has these compared.

Leaves the comparison to `comparison`, and the addresses of places to `website.place_addresses`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from workreport import comparison
from workreport.analysis.measure_words import MeasureWords
from workreport.model import Reading
from workreport.model.place_years import PlaceYears
from workreport.project.progress import Stage

LEAST = 2
"""The fewest reports that can be compared."""


def compared_places(
    readings: Sequence[Reading], vocabulary: Path, measures: MeasureWords, stage: Stage, *own: Path
) -> tuple[PlaceYears, ...]:
    """Return the places with reports of two years or more, by code, those without a code last, by name.

    `vocabulary` is the folder with the words of comparisons, `own` are folders whose words add to them. Raises VocabularyError. Reports of other places are not looked at: a
    site of six hundred reports of as many places takes no longer.
    """
    years: dict[str, set[int]] = defaultdict(set)
    for reading in readings:
        if reading.meta.year is not None and (key := comparison.place_key(reading.meta)):
            years[key].add(reading.meta.year)
    chosen = sorted(
        (r for r in readings if len(years[comparison.place_key(r.meta)]) >= LEAST), key=lambda r: r.meta.slug
    )
    if not chosen:
        return ()
    with stage("比较", f"{len(chosen)} 份报告"):
        found = comparison.compare(chosen, comparison.load(vocabulary, measures, *own))
    several = (place for place in found if len(place.reports) >= LEAST)
    return tuple(sorted(several, key=lambda place: (not place.code, place.code, place.place)))
