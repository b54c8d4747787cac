"""Knows how important each indicator (指标) is: its score, the cards of the front page, the order of lists.

Leaves reading the figures to `indicators`, the publisher's choice to `overrides`, and the look of a card to `website`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from workreport.model import Indicator, Reading

FRONT_CARDS = 12
ROW = 4
ROOM = 6
"""Characters of a name without a penalty."""
QUARTER = Decimal("0.25")
POINTS = {"level": 3, "share": 2, "growth": 2, "rank": 3}
PLEDGED = 4
MILLION = Decimal(6)
FIELD = re.compile(r"^(?:全[国省市区县州旗]|全社会|我[国省市区县]|国内|地区)+的?(?=.)")
"""The region before a measure: 全省地区生产总值 and 生产总值 are the same indicator of a report."""


def measure(name: str) -> str:
    """What a name measures, without whose it is.

    >>> measure("全省地区生产总值"), measure("国内生产总值"), measure("全国")
    ('生产总值', '生产总值', '全国')
    """
    return FIELD.sub("", name)


def pledged(indicators: Iterable[Indicator]) -> set[str]:
    """Names that occur both as results and as targets."""
    told = defaultdict[bool, set[str]](set)
    for indicator in indicators:
        told[indicator.status == "target"].add(measure(indicator.name))
    return told[True] & told[False]


def milestones(indicators: Iterable[Indicator]) -> set[str]:
    """Ids of figures that only say what another figure of the same sentence has passed: 进出口总额1046.3亿元，首破千亿元."""
    found, names = set[str](), defaultdict[str, set[str]](set)
    for indicator in indicators:
        if "破" in indicator.quote and any(
            indicator.name.startswith(name) and indicator.name != name for name in names[indicator.sentence]
        ):
            found.add(indicator.id)
        names[indicator.sentence].add(indicator.name)
    return found


def score(indicator: Indicator, place: Decimal, greatness: Decimal, early: int = 2, *, again: bool = False) -> Decimal:
    """The importance of an indicator. `place` (0 for the first of the text, 1 for the last) and `greatness` are from
    0 to 1.

    Points: an amount (总量) 3, with a change 6; a share or a change alone 2; a count 1, with a change 4; a rank with a
    number but without a figure 3. Added: 2 for each rank with a number (at most 4), else 1 for any rank; up to `early`
    for an early place in the text, where reports put what is important; up to 2 for the size among figures of the same
    unit (`greatness`); for a count 0.5 per power of ten, up to a million. A name that is also a target (`again`) gets
    4, but a count only 2, since it is often a yearly task (改造老旧小区). Subtracted: 0.25 per character of the name beyond
    six; 1 for a part of another indicator; 1 for a target.
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
    """The indicators by importance, one per measure; without milestones and ranks that have no number.

    Of several mentions of a measure, a result is preferred to a target, an amount to a change, an earlier one to a
    later one. To spread them over the report, 0.25 is subtracted for each higher-scored indicator of the same sentence,
    and again for the same section.
    """
    passed = milestones(indicators)
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
        if _showable(indicator) and indicator.id not in passed:
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
    """Whether an indicator can be shown on a card: it has a name, and a figure or a rank like 第一."""
    if indicator.kind == "rank":
        return bool(indicator.name) and any(rank.place.startswith("第") and rank.number for rank in indicator.ranks)
    return bool(indicator.name and indicator.value)


def _fitness(indicator: Indicator) -> tuple[bool, bool]:
    """Sort key of the mentions of a measure; the smallest represents it."""
    return indicator.status == "target", indicator.kind not in ("level", "count")


def _spread(scored: Iterable[tuple[Decimal, int]], homes: Sequence[str]) -> list[tuple[Decimal, int]]:
    """Subtract 0.25 for each higher-scored indicator of the same sentence or section."""
    better = defaultdict[str, int](int)
    made = []
    for points, k in sorted(scored, key=lambda pair: (-pair[0], pair[1])):
        made.append((points - QUARTER * better[homes[k]], k))
        better[homes[k]] += 1
    return made


def front_choice(reading: Reading) -> list[Indicator]:
    """The indicators of the front page: the publisher's list, or the 8 to 12 with the highest scores.

    Pinned indicators come first. The others are in the order in which the text first mentions them; they fill whole
    rows of four if there are enough.
    """
    by_id = {indicator.id: indicator for indicator in reading.indicators}
    if reading.found.front:
        return [by_id[name] for name in reading.found.front]
    pinned = [by_id[name] for name in reading.found.pinned]
    names = {indicator.id for indicator in pinned}
    best = [*pinned, *(i for i in ranked(reading.indicators) if i.id not in names)]
    best = best[: max(FRONT_CARDS, len(pinned))]
    if len(best) > ROW:
        best = best[: max(len(best) // ROW * ROW, len(pinned))]
    chosen = {measure(indicator.name): indicator for indicator in best if indicator.id not in names}
    spoken_of = dict.fromkeys(measure(indicator.name) for indicator in reading.indicators)
    return [*pinned, *(chosen[name] for name in spoken_of if name in chosen)]


def headlines(reading: Reading, most: int) -> list[Indicator]:
    """The most important indicators of the front page, at most `most`, in the order of the page.

    Pinned indicators are chosen first, then the first measure that is also a target (in most reports the gross
    product), then those with the highest scores.
    """
    chosen = front_choice(reading)
    if reading.found.front:
        return chosen[:most]
    best = {indicator.id: k for k, indicator in enumerate(ranked(reading.indicators))}
    pinned, again = set(reading.found.pinned), pledged(reading.indicators)
    lead = next((i.id for i in chosen if i.kind != "count" and measure(i.name) in again), "")
    kept = sorted(chosen, key=lambda i: (i.id not in pinned, i.id != lead, best.get(i.id, len(best))))[:most]
    return [indicator for indicator in chosen if indicator in kept]


def listed(reading: Reading, indicators: Iterable[Indicator]) -> list[Indicator]:
    """Indicators in the order of the text, after those that the publisher put first."""
    place = {name: k for k, name in enumerate(reading.found.order)}
    return sorted(indicators, key=lambda indicator: place.get(indicator.id, len(place)))
