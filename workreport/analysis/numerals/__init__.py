"""Reads numerals in every spelling: signs, digits, Chinese numerals, mixtures of both, ranges, units, approximators.

Leaves what a quantity measures, and whether a number is a quantity at all, to `indicators`.
"""

from workreport.analysis.numerals.amounts import read
from workreport.analysis.numerals.characters import plain
from workreport.analysis.numerals.numeral_values import LESSER, NUMERALS, numeral
from workreport.analysis.numerals.reading_copy import ReadingCopy
from workreport.analysis.numerals.signs import sign_start
from workreport.analysis.numerals.unit_words import UnitTable, unit_at

__all__ = ["LESSER", "NUMERALS", "ReadingCopy", "UnitTable", "numeral", "plain", "read", "sign_start", "unit_at"]
