"""Knows how the numbers of a sentence are sorted: figures, traps (such as dates), and numbers that no rule explains.

Every trap has the name of its rule, so that the page of notes can count them. Leaves the rules to `digit_rules` and
`numeral_rules`, and reading a quantity to `quantity`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from workreport.analysis.indicators.digit_rules import DIGIT_RULES
from workreport.analysis.indicators.grammar import Grammar
from workreport.analysis.indicators.numeral_rules import SPELLED_RULES
from workreport.analysis.indicators.written_number import DIGITS, RUN, Number, Rule, Verdict
from workreport.analysis.quantity import SPELLED
from workreport.analysis.vocabulary import TrapRule
from workreport.model import Quantity

_QUOTE = re.compile("[“《‘「]")
_QUOTES = {"“": "”", "《": "》", "‘": "’", "「": "」"}


@dataclass(frozen=True, slots=True)
class Scan:
    """The numbers of a sentence, each sort in order: quantities, the rules of the traps, the spans of all others."""

    quantities: tuple[Quantity, ...]
    traps: tuple[TrapRule, ...]
    unclaimed: tuple[tuple[int, int], ...]


def quoted(text: str) -> list[tuple[int, int]]:
    """The spans inside quotation marks and book-title marks; those of more than 40 characters are left out.

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
    """Sort all numbers of a sentence in plain characters, left to right.

    A number inside quotation marks is a trap (see `quoted`).
    """
    found: list[Quantity] = []
    traps: list[TrapRule] = []
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
        verdict = _first_verdict(number, DIGIT_RULES if digits else SPELLED_RULES)
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
    """The two quantities of a range as one: 100万元至300万元.

    None if they are no range: something else stands between them, the units differ, or 从 or 由 before them starts a change.
    """
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


def _first_verdict(number: Number, rules: tuple[Rule, ...]) -> Verdict | Quantity | None:
    """The result of the first rule that does not return None; None if all do."""
    for rule in rules:
        if (verdict := rule(number)) is not None:
            return verdict
    return None


def _spelled_end(text: str, start: int, end: int) -> int:
    """The end of a Chinese numeral, including its decimals: 三十六点九."""
    if not text.startswith("点", end):
        return end
    match = SPELLED.match(text, start)
    return max(end, match.end()) if match and not match["high"] and not match["over"] else end


def _digits_end(text: str, start: int) -> int:
    """The end of a number in digits, including points."""
    end = start
    while end < len(text) and (text[end].isdigit() or text[end] == "."):
        end += 1
    return end
