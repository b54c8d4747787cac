"""Compares the reports of one place over the years: each target with its result a year later, and each indicator as a series.

`compare` is the way in, `statements_of` says what a report states of each core measure, so that it can stand beside any other; `place_key` says which reports are of one place, and `edited` is the comparison as the publisher wants it. Leaves reading each report to `ingest` and `analysis`, and showing what is found to `website`.
"""

from workreport.comparison.comparing import compare
from workreport.comparison.comparison_word_files import load
from workreport.comparison.comparison_words import ComparisonWords
from workreport.comparison.measures_across import FEWEST, ratios_of, statements_of
from workreport.comparison.place_edits import BadPlaceRule, edited, with_ids
from workreport.comparison.reports_by_place import place_key

__all__ = [
    "FEWEST", "BadPlaceRule", "ComparisonWords", "compare", "edited", "load", "place_key", "ratios_of", "statements_of", "with_ids",
]  # fmt: skip
