"""Compares the reports of one place over the years: each target with its result a year later, and each indicator as a series.

`compare` is the way in, `measures_across` that for all reports of a site, of any place and year; `place_key` says which reports are of one place, and `edited` is the comparison as the publisher wants it. Leaves reading each report to `ingest` and `analysis`, and showing what is found to `website`.
"""

from workreport.comparison.comparing import compare
from workreport.comparison.comparison_word_files import load
from workreport.comparison.comparison_words import ComparisonWords
from workreport.comparison.measures_across import measures_across
from workreport.comparison.place_edits import BadPlaceRule, edited, with_ids
from workreport.comparison.reports_by_place import place_key

__all__ = ["BadPlaceRule", "ComparisonWords", "compare", "edited", "load", "measures_across", "place_key", "with_ids"]
