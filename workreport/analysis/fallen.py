"""Knows which results of a report fell, however it states them (in per cent, in another unit, from one value to a lower one, as
下降到6%), and of which of them less is better: accidents, pollution.

That less of a thing is better is a row of `vocabulary/falls.toml`; of all others nothing is said. Leaves the words for a
fall to `website`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from workreport.analysis.vocabulary import Vocabulary
from workreport.model import Indicator, against_others, split_unit, unadjusted

SANK = re.compile(
    r"(?P<verb>(?:下降|降低|减少|缩小|回落|压缩|收窄|压减|下调|降)(?:到|至|为))(?:了)?(?:约|近|不足|不到)?\s*[-−]?\s*$"
)
"""The end of the text before a number that something sank to: 文盲率[下降到]6%."""


_ACTION = re.compile(r"(?:治理|整治|行动|工程|改革|工作|活动|计划|措施|政策|攻坚战)$")
"""The end of the name of something done, which does not fall."""


def sank(indicator: Indicator) -> str:
    """The verb and figure of a result that sank to its value, where no earlier value is told: 下降到; "" for any other.

    >>> known = {"number": None, "number_max": None, "approx": None, "sentence": "s", "section": "1", "start": 0, "end": 8}
    >>> sank(Indicator("f", "文盲率", "share", "result", "6", unit="%", quote="文盲率下降到6%", at=6, **known))
    '下降到'
    """
    if indicator.kind not in ("share", "level", "count") or indicator.growth or indicator.origin or not indicator.value:
        return ""
    found = SANK.search(indicator.quote[: max(indicator.at - indicator.start, 0)])
    return found["verb"] if found else ""


def fell(indicator: Indicator) -> bool:
    """Whether an indicator is a result that is less than it was, by the words of the report.

    >>> from decimal import Decimal
    >>> from workreport.model import Quantity
    >>> was = Quantity("40", Decimal(40), None, "个", None, 0, 0)
    >>> known = {"period": None, "sentence": "s", "section": "1", "quote": "", "start": 0, "end": 0}
    >>> i = Indicator("f", "部门", "count", "result", "29", Decimal(29), None, "个", None, origin=was, **known)
    >>> fell(i), fell(i._replace(number=Decimal(41))), fell(i._replace(status="target"))
    (True, False, False)
    """
    base = indicator.growth_base if indicator.kind == "growth" else indicator.growth.base if indicator.growth else ""
    if _ACTION.search(indicator.name):
        return False  # what it brought about: 超采治理累计压减4.2亿立方米
    if indicator.status != "result" or indicator.is_multiple or against_others(unadjusted(base) or ""):
        return False
    if indicator.kind == "growth":
        return indicator.number is not None and indicator.number < 0
    if indicator.growth is not None:
        return indicator.growth.direction == "down"
    return _is_lower(indicator) or bool(sank(indicator))


def _is_lower(indicator: Indicator) -> bool:
    """Whether the value from which an indicator came is higher, in the same unit: 从1.96缩小至1.82."""
    came, number = indicator.origin, indicator.number
    if came is None or came.number is None or number is None:
        return False
    (unit, power), (own, ours) = split_unit(came.unit or indicator.unit), split_unit(indicator.unit)
    return unit == own and came.number.scaleb(power) > number.scaleb(ours)


def less_is_well(name: str, words: Vocabulary) -> bool:
    """Whether less of what has this name is better for everyone: 火灾起数, PM2.5浓度; not 事故处理率, 出口总额."""
    if any(word in name for word in words.of("less-unsaid")):
        return False
    return any(word in name for word in words.of("less-is-well"))


def well(indicators: Iterable[Indicator], words: Vocabulary) -> frozenset[str]:
    """The ids of those indicators that fell and of which less is better."""
    return frozenset(i.id for i in indicators if fell(i) and less_is_well(i.name, words))
