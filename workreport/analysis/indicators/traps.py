"""Knows which numbers of a sentence are quantities and which look like one and are none: dates, ordinals, names, roads.

Every rule has a name, so that the notes page can count what each explained; what no rule explains stays unclaimed.
Leaves the rules to `digit_rules` and `numeral_rules`, how a quantity is written to `quantity`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from workreport.analysis.indicators.digit_rules import DIGIT_RULES
from workreport.analysis.indicators.grammar import Grammar
from workreport.analysis.indicators.numeral_rules import SPELLED_RULES
from workreport.analysis.indicators.written_number import DIGITS, RUN, Number, Rule, Verdict
from workreport.analysis.quantity import SPELLED
from workreport.model import Quantity

_QUOTE = re.compile("[“《‘「]")
_QUOTES = {"“": "”", "《": "》", "‘": "’", "「": "」"}


@dataclass(frozen=True, slots=True)
class Scan:
    """The numbers of a sentence: quantities in order, the trap rules that spoke, and spans that nobody claimed."""

    quantities: tuple[Quantity, ...]
    traps: tuple[str, ...]
    unclaimed: tuple[tuple[int, int], ...]


def quoted(text: str) -> list[tuple[int, int]]:
    """The spans inside quotation marks and book-title marks, each at most 40 characters long.

    >>> quoted("深入实施“1+4”工程")
    [(5, 8)]
    """
    spans: list[tuple[int, int]] = []
    if _QUOTE.search(text) is None:
        return spans
    for opening, closing in _QUOTES.items():
        at = text.find(opening)
        while at >= 0:
            end = text.find(closing, at + 1, at + 42)
            if end > 0:
                spans.append((at + 1, end))
            at = text.find(opening, (end if end > 0 else at) + 1)
    return spans


def scan(text: str, grammar: Grammar) -> Scan:
    """Read every number of a plain sentence, left to right; a number read is never read twice."""
    found: list[Quantity] = []
    traps: list[str] = []
    unclaimed: list[tuple[int, int]] = []
    quotes = quoted(text)
    at = 0
    for run in RUN.finditer(text):
        start = run.start()
        if start < at:
            continue
        digits = text[start] in DIGITS
        end = _digits_end(text, start) if digits else run.end()
        if any(a <= start < b for a, b in quotes):
            traps.append("quoted name")
            at = end
            continue
        number = Number(text, start, end if digits else _spelled_end(text, start, end), grammar)
        verdict = _heard(number, DIGIT_RULES if digits else SPELLED_RULES)
        if isinstance(verdict, Quantity):
            if found and (joined := _range(text, found[-1], verdict)):
                found[-1] = joined
            else:
                found.append(verdict)
            at = verdict.end
        elif verdict is not None:
            traps.append(verdict[0])
            at = verdict[1]
        else:
            at = max(end, number.quantity.end if digits and number.quantity else end)
            unclaimed.append((start, at))
    return Scan(tuple(found), tuple(traps), tuple(unclaimed))


def _range(text: str, low: Quantity, high: Quantity) -> Quantity | None:
    """100万元至300万元: two ends with the same unit are one quantity, unless the first is where a change starts (从…)."""
    joint = text[low.end : high.start]
    if (
        joint not in ("至", "到", "—", "——", "-", "–", "~")
        or low.unit != high.unit
        or text[low.start - 1 : low.start] in ("从", "由")
    ):
        return None
    return Quantity(
        f"{low.value}{joint}{high.value}", low.number, high.number, high.unit, high.approx, low.start, high.end
    )


def _heard(number: Number, rules: tuple[Rule, ...]) -> Verdict | Quantity | None:
    """What the first rule says that speaks."""
    for rule in rules:
        if (verdict := rule(number)) is not None:
            return verdict
    return None


def _spelled_end(text: str, start: int, end: int) -> int:
    """Where Chinese numerals end, their decimals included: 三十六点九."""
    if not text.startswith("点", end):
        return end
    match = SPELLED.match(text, start)
    return max(end, match.end()) if match and not match["high"] and not match["over"] else end


def _digits_end(text: str, start: int) -> int:
    end = start
    while end < len(text) and (text[end].isdigit() or text[end] == "."):
        end += 1
    return end
