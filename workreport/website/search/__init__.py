"""Knows the search index: the sentences of all reports, and for a collection the lists of where each pair of characters is.

Leaves matching to the script in `templates/assets/search/`, and the pages to `pages`. The index consists of script
files, because a page opened from a disk cannot load data files.
"""

from workreport.website.search.base_units import base, base_units, unit_rows
from workreport.website.search.character_tables import readings, traditional
from workreport.website.search.index_scripts import WHOLE, index_files, index_of
from workreport.website.search.opensearch_description import opensearch
from workreport.website.search.script_text import NAME
from workreport.website.search.sentence_rows import HEADING, NAMED, NOTED, SearchedReport, label, searched_report

__all__ = [
    "HEADING", "NAME", "NAMED", "NOTED", "WHOLE", "SearchedReport", "base", "base_units", "index_files", "index_of", "label",
    "opensearch", "readings", "searched_report", "traditional", "unit_rows",
]  # fmt: skip
