"""Finds the indicators (指标) of a report.

Leaves the text and its sentences to `ingest`, and contradictions to `faults`.
"""

from workreport.analysis.indicators.figure_examples import example_problem, find_in
from workreport.analysis.indicators.finding import find

__all__ = ["example_problem", "find", "find_in"]
