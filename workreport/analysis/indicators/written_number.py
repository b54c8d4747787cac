"""Knows a number in its sentence, with the text around it, and the type of the rules. Leaves the rules to the
modules for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from workreport.analysis.indicators.grammar import Grammar
from workreport.analysis.quantity import NUMERALS, read, read_spelled
from workreport.analysis.vocabulary import TrapRule
from workreport.model import Quantity

RUN = re.compile(rf"\d|(?:百分之|千分之)?[{NUMERALS}]+|翻番(?=[，。；、：达的]|$)")
"""Where a number may start, with the numerals that follow."""
# 40多年 · 5年来 · 三十年 · 连续16个季度 · 3个月
PERIOD = re.compile(
    r"""(?:\d+|[一二三四五六七八九十百几两]+)(?:多|余|来)?(?:[—\-至]\d+)?
        (?:年|个?(?:月|季度|小时|交易日|工作日)|天|[周日夜](?![期年]))""",
    re.VERBOSE,
)
LIMIT = re.compile(r"(?:超过?|突破|达到?|不足|低于|高于|过)$")
COUNTED = re.compile(r"的[^，。；、\d]{1,14}\d")
DIGITS = frozenset("0123456789")


@dataclass(frozen=True)
class Number:
    """A number at text[start:end]. Its quantity is read when a rule first needs it."""

    text: str
    start: int
    end: int
    grammar: Grammar

    @cached_property
    def quantity(self) -> Quantity | None:
        reader = read if self.text[self.start] in DIGITS else read_spelled
        return reader(self.text, self.start, self.grammar.units, self.grammar.longest_unit)

    @property
    def run(self) -> str:
        """The number as written."""
        return self.text[self.start : self.end]

    def before(self, length: int = 1) -> str:
        """The text before the number."""
        return self.text[max(self.start - length, 0) : self.start]

    def after(self, length: int = 1) -> str:
        """The text after the number."""
        return self.text[self.end : self.end + length]

    def beyond(self, length: int = 1) -> str:
        """The text after the quantity, that is, after its unit."""
        end = self.quantity.end if self.quantity else self.end
        return self.text[end : end + length]


Verdict = tuple[TrapRule, int]
"""Name of a trap rule, and the end of the text that it explains."""
Rule = Callable[[Number], Verdict | Quantity | None]
"""A rule explains a number, reads it as a quantity, or leaves it to the next rule (None)."""
