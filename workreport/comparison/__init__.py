"""Compares the reports of one place over the years: each target with its result a year later, and each indicator as a series.

`compare` is the one way in. Leaves reading each report to `ingest` and `analysis`, and showing what is found to `website`.
"""

from workreport.comparison.comparing import compare
from workreport.comparison.comparison_words import ComparisonWords, load

__all__ = ["ComparisonWords", "compare", "load"]
