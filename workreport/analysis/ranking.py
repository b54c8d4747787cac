"""Knows how important each indicator (指标) is: its score, and the order of lists.

Leaves reading the figures to `indicators`, what is held back to `gate`, and the cards of the front page to `headlines`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from workreport.model import Indicator, Reading

ROOM = 6
"""Characters of a name without a penalty."""
QUARTER = Decimal("0.25")
"""Penalty for each further character of a name, and for each better indicator of the same sentence or section."""
POINTS = {"level": 3, "share": 2, "growth": 2, "rank": 3}
"""Points of each kind to start with; 1 for a count."""
PLEDGED = 4
"""Points for a measure that is also a target; a count gets half of them."""
MILLION = Decimal(6)
"""The power of ten from which a larger count gets no more points."""
FIELD = re.compile(r"^(?:全[国省市区县州旗]|全社会|我[国省市区县]|国内|地区)+的?(?=.)")
"""The region at the start of a name: 全省地区生产总值 and 生产总值 are the same indicator of a report."""


def measure(name: str) -> str:
    """A name without the region at its start.

    >>> measure("全省地区生产总值"), measure("国内生产总值"), measure("全国")
    ('生产总值', '生产总值', '全国')
    """
    return FIELD.sub("", name)


def pledged(indicators: Iterable[Indicator]) -> set[str]:
    """Names (without the region) that occur both as results and as targets."""
    by_target = defaultdict[bool, set[str]](set)
    for indicator in indicators:
        by_target[indicator.status == "target"].add(measure(indicator.name))
    return by_target[True] & by_target[False]


def score(indicator: Indicator, place: Decimal, greatness: Decimal, early: int = 2, *, again: bool = False) -> Decimal:
    """The importance of an indicator in points.

    `place` is 0 for the first indicator of the text and 1 for the last. `greatness` is from 0 to 1: the share of the figures
    with the same unit that are not larger. `again` says that the measure is both a result and a target of the report.

    Start: level (an amount) 3, rank without a figure 3, share 2, growth 2, count 1. Added: 3 for a level or count with a
    change; up to 2 for `greatness` (level and count); for a count 0.5 per power of ten, at most 3; 2 for each rank with a
    number, at most 4, or 1 if there are only other ranks; 4 for `again`, but 2 for a count, which is often a yearly task
    (改造老旧小区); up to `early` for an early place, where reports put what is important. Subtracted: 0.25 for each
    character of the name beyond six; 1 for a part of another indicator; 1 for a target.
    """
    points = Decimal(POINTS.get(indicator.kind, 1))
    if indicator.kind in ("level", "count"):
        points += 3 * (indicator.growth is not None)
        points += 2 * greatness
    if indicator.kind == "count" and (found := indicator.amount) and found[1] >= 1:
        points += min(found[1].log10(), MILLION) / 2
    numbered = sum(rank.number is not None for rank in indicator.ranks)
    points += min(2 * numbered, 4) or min(len(indicator.ranks), 1)
    points += again * PLEDGED // (1 + (indicator.kind == "count"))
    points -= (indicator.parent is not None) + (indicator.status == "target")
    points -= QUARTER * max(len(indicator.name) - ROOM, 0)
    return points + early * (1 - place)


def ranked(indicators: Sequence[Indicator], early: int = 2) -> list[Indicator]:
    """The indicators by score, the highest first, one per measure; without those held back and ranks like 前列 or 首个.

    Of several mentions of a measure, a result is preferred to a target, then an amount or count to other kinds, then the
    earliest. To spread them over the report, 0.25 is subtracted for each higher-scored indicator of the same sentence, and
    again for the same section. `early` is as in `score`.
    """
    family = defaultdict[str, list[Decimal]](list)
    for indicator in indicators:
        if (found := indicator.amount) and indicator.kind in ("level", "count"):
            family[found[0]].append(found[1])
    for sizes in family.values():
        sizes.sort()
    last = Decimal(max(len(indicators) - 1, 1))
    again = pledged(indicators)
    mentions = defaultdict[str, list[int]](list)
    for k, indicator in enumerate(indicators):
        if _showable(indicator):
            mentions[measure(indicator.name)].append(k)
    scored: list[tuple[Decimal, int]] = []
    for name, found_at in mentions.items():
        k = min(found_at, key=lambda k: _fitness(indicators[k]))
        indicator = indicators[k]
        found = indicator.amount
        sizes = family.get(found[0], []) if found else []
        greatness = Decimal(bisect_right(sizes, found[1])) / len(sizes) if found and sizes else Decimal(0)
        scored.append((score(indicator, found_at[0] / last, greatness, early, again=name in again), k))
    scored = _spread(scored, [indicator.sentence for indicator in indicators])
    scored = _spread(scored, [indicator.section for indicator in indicators])
    return [indicators[k] for _, k in sorted(scored, key=lambda pair: (-pair[0], pair[1]))]


def _showable(indicator: Indicator) -> bool:
    """Whether an indicator can be shown on a card: it passed the gate and has a name, and a figure or a rank like 第一."""
    if indicator.held_back:
        return False
    if indicator.kind == "rank":
        return bool(indicator.name) and any(rank.place.startswith("第") and rank.number for rank in indicator.ranks)
    return bool(indicator.name and indicator.value)


def _fitness(indicator: Indicator) -> tuple[bool, bool]:
    """Sort key of the mentions of a measure: results before targets, then levels and counts before other kinds."""
    return indicator.status == "target", indicator.kind not in ("level", "count")


def _spread(scored: Iterable[tuple[Decimal, int]], homes: Sequence[str]) -> list[tuple[Decimal, int]]:
    """Subtract 0.25 for each higher-scored indicator of the same home.

    `scored` are pairs of points and index; `homes` are the sentences or the sections of all indicators, by index.
    """
    better = defaultdict[str, int](int)
    made = []
    for points, k in sorted(scored, key=lambda pair: (-pair[0], pair[1])):
        made.append((points - QUARTER * better[homes[k]], k))
        better[homes[k]] += 1
    return made


def listed(reading: Reading, indicators: Iterable[Indicator]) -> list[Indicator]:
    """Indicators in the order given, after those that the publisher put first (`order`)."""
    place = {name: k for k, name in enumerate(reading.found.order)}
    return sorted(indicators, key=lambda indicator: place.get(indicator.id, len(place)))
