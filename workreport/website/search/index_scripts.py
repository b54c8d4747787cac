"""Knows which form the search index has: one script for few reports, for a collection many small ones.

Leaves both forms to `single_index` and `collection_index`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workreport.analysis.vocabulary import Unit
from workreport.model import Publication
from workreport.website import addresses
from workreport.website.search.base_units import base_units
from workreport.website.search.character_tables import Forms, Spell
from workreport.website.search.collection_index import collection_scripts
from workreport.website.search.script_text import json_text
from workreport.website.search.sentence_rows import SearchedReport, row_values, searched_report
from workreport.website.search.single_index import single_script

WHOLE = 512 * 1024
"""The sentences of several reports of at most so many bytes are in one script, which the search loads as a whole."""


def index_files(
    publication: Publication,
    spell: Spell,
    forms: Forms,
    units: Iterable[Unit],
    other_names: Sequence[tuple[str, str]] = (),
) -> tuple[tuple[str, str], ...]:
    """Return the scripts of the index of a publication; see `index_of`."""
    units = tuple(units)
    bases = base_units(units)
    return index_of(
        [searched_report(reading, bases) for reading in publication.readings], spell, forms, units, other_names
    )


def index_of(
    reports: Sequence[SearchedReport],
    spell: Spell,
    forms: Forms,
    units: Sequence[Unit],
    other_names: Sequence[tuple[str, str]] = (),
) -> tuple[tuple[str, str], ...]:
    """Return the scripts of the index as (path from the root of the site, text), the first to be loaded first.

    The first sets the global `NAME`. For a single report and for few it is the whole index (see `single_script`); for a
    collection the others are loaded as a query needs them (see `collection_scripts`). `other_names` are of
    `measures.other_names`: both find a measure. Passages repeated by mistake are not searched. `reports` are gone through
    several times, and may be read from a disk each time.
    """
    labels = {label for _, label in other_names}
    # A label that no sentence has would find nothing.
    written: set[str] = set()
    size = 0
    for report in reports:
        size += _size(report)
        written |= {label for label in labels - written if any(label in row.text for row in report.sentences)}
    other_names = tuple(pair for pair in other_names if pair[1] in written)
    if len(reports) == 1 or size <= WHOLE:
        return ((addresses.SEARCH_INDEX, single_script(reports, spell, forms, units, other_names)),)
    return collection_scripts(reports, spell, forms, units, other_names)


def _size(report: SearchedReport) -> int:
    return sum(len(json_text(row_values(row, 0)).encode("utf-8", "surrogatepass")) for row in report.sentences)
