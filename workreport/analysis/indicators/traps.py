"""Knows how the numbers of a sentence are sorted: figures, traps (such as dates), and numbers that no rule explains.

Every trap has the name of its rule, so that the page of notes can count them. Leaves the rules to `digit_rules` and
`numeral_rules`, and reading a quantity to `analysis.numerals`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from workreport.analysis.indicators.digit_rules import DIGIT_RULES, QUANTITY_RULES
from workreport.analysis.indicators.grammar import Grammar
from workreport.analysis.indicators.numeral_rules import SPELLED_RULES, plain_word
from workreport.analysis.indicators.written_number import DIGITS, RUN, VAGUE, Number, Rule, Verdict
from workreport.analysis.numerals import LESSER
from workreport.analysis.vocabulary import TrapRule
from workreport.model import Quantity

_SPELLED_TAIL = re.compile(r"点[零〇○一二三四五六七八九]+|(?<=之)负?\d+(?:\.\d+)?")
"""What belongs to a run of Chinese numerals, or to 百分之, behind it."""
_DIGITS = re.compile(r"[\d.]+[\d⁰¹²³⁴⁵⁶⁷⁸⁹]*")
"""A number in digits with points; a superscript is a digit too: 10⁴."""
DAMAGE = re.compile(r"\$\d{1,2}\.?\$|\d\ufffd|\ufffd\d")
"""Matches a number that a program damaged: 出口3$1.$27亿美元, 1\ufffd5%. Then no number beside it, up to ；, is sure."""
_QUOTES = {"“": "”", "《": "》", "‘": "’", "「": "」"}


class Scan(NamedTuple):
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
    if not ("“" in text or "《" in text or "‘" in text or "「" in text):
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
    spans = quoted(text)
    inside = {k for start, end in spans for k in range(start, end)} if spans else frozenset[int]()
    at = 0
    for run in RUN.finditer(text):
        start = run.start()
        if start < at:
            continue
        digits = text[start] in DIGITS
        end = _digits_end(text, start, run.end()) if digits else run.end()
        if start in inside:
            traps.append("quoted name")
            at = end
            continue
        if not digits and end == start + 1 and (word := plain_word(text, start, grammar)):
            traps.append("word")
            at = word
            continue
        number = Number(text, start, end if digits else _spelled_end(text, start, end), grammar)
        verdict = _of_digits(number) if digits else _of_numerals(number)
        if isinstance(verdict, Quantity):
            found.append(verdict)
            at = verdict.end
        elif verdict is not None and verdict[0] is not None:
            traps.append(verdict[0])
            at = verdict[1]
        else:
            read_to = number.quantity.end if digits and number.quantity else end
            at = max(end, verdict[1] if verdict else read_to)
            unclaimed.append((start - 1 if text[start - 1 : start] in VAGUE else start, at))
    if found and ("$" in text or "\ufffd" in text) and DAMAGE.search(text):
        unsure = [q for q in found if DAMAGE.search(text, *_part(text, q.start))]
        unclaimed = sorted([*unclaimed, *((q.start, q.end) for q in unsure)])
        found = [q for q in found if q not in unsure]
    return Scan(tuple(found), tuple(traps), tuple(unclaimed))


def _part(text: str, at: int) -> tuple[int, int]:
    """The span of the part of a sentence between two ； that has a position."""
    end = text.find("；", at)
    return text.rfind("；", 0, at) + 1, len(text) if end < 0 else end


def _of_digits(number: Number) -> Verdict | Quantity | None:
    """What a number in digits is; None if no rule explains it."""
    behind = "." if "." in number.run else number.following
    verdict = _first_verdict(number, DIGIT_RULES.of(number.previous, behind))
    if verdict is None and (quantity := number.quantity):
        return _first_verdict(number, QUANTITY_RULES.of(quantity, number.beyond()))
    return verdict


def _of_numerals(number: Number) -> Verdict | Quantity | None:
    """What a Chinese numeral is; None if no rule explains it."""
    return _first_verdict(number, SPELLED_RULES.of(number.previous, number.following))


def _first_verdict(number: Number, rules: tuple[Rule, ...]) -> Verdict | Quantity | None:
    """The result of the first rule that does not return None; None if all do."""
    for rule in rules:
        if (verdict := rule(number)) is not None:
            return verdict
    return None


def _spelled_end(text: str, start: int, end: int) -> int:
    """The end of a Chinese numeral, with its decimals (三十六点九), or of digits after 百分之."""
    if (text[end : end + 1] == "点" or text[end - 1] == "之") and (match := _SPELLED_TAIL.match(text, end)):
        return match.end()
    return end - 1 if end - start > 1 and text.startswith(LESSER, end - 1) else end  # 一百万[千瓦]


def _digits_end(text: str, start: int, end: int) -> int:
    """The end of a number in digits, including points; text[start:end] are its first digits."""
    following = text[end : end + 1]
    found = _DIGITS.match(text, start) if following == "." or following.isdigit() else None
    return found.end() if found else end
