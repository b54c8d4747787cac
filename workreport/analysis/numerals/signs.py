"""Knows whether a dash or 负 before a number is its sign: 增长-4.2%, 同比+1.3%; not in 3-5个, 嫦娥-5号, “1+4”.

Leaves verbs that say a fall (下降4.2%) to `indicators.changes`.
"""

from __future__ import annotations

import re

from workreport.model import Quantity

_SHARES = ("%", "‰", "‱", "个百分点", "百分点")
_AFTER_WORD = re.compile(r"(?:长|降|升|跌|为|由|从|至|到|达|[率比幅速约减数差润额值均]|计|别|持|在)$")
"""The end of a text before a figure with a sign."""
_OPEN = re.compile(r"(?:^|[（(，。；：、 和与及\t])$")
"""The end of a text before which nothing stands that a dash could join to the number."""
_NEVER = frozenset("年月日号第届期版正0123456789%‰+-—–.:/“”《》")
"""Characters after which a dash, + or 负 is no sign."""
_COUNTERS = frozenset("个家人万亿千百成倍元吨米级届条项所户座")


def sign_start(text: str, at: int, quantity: Quantity | None) -> int:
    """The position of the sign of the number at a position; the position itself without one.

    `quantity` is what was read there without a sign.

    >>> sign_start("增长-4.2%", 3, None)
    3
    """
    mark = text[at - 1 : at]
    if quantity is None or not mark or mark not in "-–—负+":
        return at
    before = text[max(at - 3, 0) : at - 1]
    share = quantity.unit in _SHARES
    last = before[-1:]
    if last in _NEVER or (last.isascii() and last.isalpha() and not share):
        return at
    if mark == "负":  # 减负35.3亿元, 负2.1%
        fits = (
            share and last != "减"
            if quantity.unit in _SHARES
            else _AFTER_WORD.search(before) is not None and last != "减"
        )
    elif mark == "—":
        fits = share and _AFTER_WORD.search(before) is not None
    elif mark == "+":
        fits = share or (bool(quantity.unit) and _AFTER_WORD.search(before) is not None)
    elif share:
        fits = last not in _COUNTERS
    else:
        fits = bool(quantity.unit) and (
            _OPEN.search(before) is not None or _AFTER_WORD.search(before) is not None or _money(quantity, last)
        )
    return at - 1 if fits else at


def _money(quantity: Quantity, last: str) -> bool:
    """Whether an amount of money stands directly after the name of what has it: 利润总额-1.2亿元."""
    return quantity.unit.endswith("元") and "\u4e00" <= last <= "\u9fff" and last not in _COUNTERS
