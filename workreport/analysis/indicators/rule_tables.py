"""Knows which rules for numbers need not be asked of a number, by the characters beside it or by its unit.

Each rule says nothing of most numbers. A row names a rule with what a number must have for it: characters only spare the
question, a condition on the quantity is a part of the rule. Leaves the rules to `digit_rules` and `numeral_rules`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from workreport.analysis.indicators.written_number import Rule
from workreport.model import Quantity, UnitName

_ENDS = ("", *"，。；")
"""Marks behind a quantity that nothing describes, and the end of a text."""


class RuleBeside(NamedTuple):
    """A rule that needs one of the characters `before` directly before the number, or one of those `behind` behind it.

    A rule without both is always asked.
    """

    rule: Rule
    before: str = ""
    behind: str = ""


class RulesBeside:
    """Rules in the order in which they are tried; those for each pair of characters are chosen once."""

    def __init__(self, *rows: RuleBeside) -> None:
        self.rows = rows
        self._before = frozenset("".join(row.before for row in rows))
        self._behind = frozenset("".join(row.behind for row in rows))
        self._chosen: dict[tuple[str, str], tuple[Rule, ...]] = {}

    def of(self, before: str, behind: str) -> tuple[Rule, ...]:
        """The rules for a number between two characters; "" stands for an end of the text."""
        pair = before if before in self._before else "", behind if behind in self._behind else ""
        if pair not in self._chosen:
            self._chosen[pair] = tuple(row.rule for row in self.rows if _fits(row, *pair))
        return self._chosen[pair]


def _fits(row: RuleBeside, before: str, behind: str) -> bool:
    """Whether a rule is asked of a number between two characters."""
    return not (row.before or row.behind) or before in {*row.before} or behind in {*row.behind}


class QuantityRule(NamedTuple):
    """A rule for a number whose quantity is known. `needs` tells from its unit and approximator whether it is asked.

    A rule with `behind` needs one of these characters behind the quantity, and one with `described` any that is no mark.
    """

    rule: Rule
    needs: Callable[[UnitName, str | None], bool] = lambda *_: True
    behind: str = ""
    described: bool = False


class QuantityRules:
    """Rules in the order in which they are tried; those for each unit and character behind are chosen once."""

    def __init__(self, *rows: QuantityRule) -> None:
        self.rows = rows
        self._behind = frozenset("".join(row.behind for row in rows))
        self._chosen = lru_cache(maxsize=4096)(self._choose)

    def of(self, quantity: Quantity, behind: str) -> tuple[Rule, ...]:
        """The rules for a number with this quantity, and the character behind it; "" stands for the end of the text."""
        told = behind if behind in self._behind else ""
        return self._chosen(quantity.unit, quantity.approx, told, behind not in _ENDS)

    def _choose(self, unit: UnitName, approx: str | None, behind: str, described: bool) -> tuple[Rule, ...]:
        return tuple(
            row.rule
            for row in self.rows
            if row.needs(unit, approx)
            and (behind in {*row.behind} or not row.behind)
            and (described or not row.described)
        )
