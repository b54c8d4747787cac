"""Knows in which unit the search compares amounts: 亿元 and 万元 in 元, 公里 in 米.

Leaves finding the amounts of a text to `written_amounts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from workreport.analysis.vocabulary import Unit
from workreport.model import UnitName

Bases = Mapping[UnitName, tuple[UnitName, int]]
"""(base unit, exponent) by unit, for units that are a power of ten of a base unit. See `base_units`."""

# Multipliers at the beginning of a unit (万元), as powers of ten.
_POWERS = {"万亿": 12, "亿": 8, "万": 4, "千": 3, "百": 2}
# Units whose first character is no such multiplier.
_WHOLE_UNITS = re.compile("千(?:米|瓦|克|卡|伏|赫|字|分)|百(?:分|帕)")


def base_units(units: Iterable[Unit]) -> Bases:
    """Return (base unit, exponent) by unit, for the units that are a power of ten of a base unit.

    >>> base_units([Unit("公里", "level", (), base="米", exponent=3), Unit("米", "level", ())])
    {'公里': ('米', 3)}
    """
    return {unit.word: (unit.base, unit.exponent) for unit in units if unit.base}


def unit_rows(units: Iterable[Unit]) -> list[list[object]]:
    """Return the units for the search script, sorted: [unit, characters that must not follow it, base unit, exponent].

    Empty items at the end are left out. Each spelling in `also` has a row too; its base unit is that of the unit, or
    the unit itself.

    >>> unit_rows([Unit("平方米", "level", (), also=("m2",)), Unit("元", "level", (), not_before="旦")])
    [['m2', '', '平方米'], ['元', '旦'], ['平方米']]
    """
    rows: list[list[object]] = []
    for unit in units:
        rows.append([unit.word, unit.not_before, unit.base, unit.exponent])
        rows += [[word, "", unit.base or unit.word, unit.exponent] for word in unit.also]
    for row in rows:
        while row[-1] in ("", 0):
            row.pop()
    return sorted(rows, key=lambda row: str(row[0]))


def base(number: Decimal, unit: UnitName, bases: Bases) -> tuple[str, UnitName]:
    """Return an amount in its base unit as (number, unit), the number as plain digits without trailing zeros.

    Multipliers are removed from the unit first: 亿元 becomes 元.

    >>> base(Decimal("10.78"), "亿元", {}), base(Decimal("107800"), "万元", {})
    (('1078000000', '元'), ('1078000000', '元'))
    >>> base(Decimal("42.6"), "千米", {"千米": ("米", 3)}), base(Decimal("5.10"), "%", {}), base(Decimal("3"), "万千瓦", {})
    (('42600', '米'), ('5.1', '%'), ('30000', '千瓦'))
    """
    exponent = 0
    while not _WHOLE_UNITS.match(unit) and (large := next((w for w in _POWERS if unit.startswith(w)), "")):
        exponent, unit = exponent + _POWERS[large], UnitName(unit.removeprefix(large))
    unit, more = bases.get(unit, (unit, 0))
    plain = format(number.scaleb(exponent + more), "f")
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain) or "0", unit
