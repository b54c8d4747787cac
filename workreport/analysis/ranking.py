"""Knows which indicators (指标) say most to somebody who reads only a few: the score, the front page's cards, the order.

Leaves reading the figures to `indicators`, the publisher's own choice to `editorial`, and how a card looks to `pages`.
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
"""Characters of a name that a card shows at one glance."""
QUARTER = Decimal("0.25")
POINTS = {"level": 3, "share": 2, "growth": 2, "rank": 3}
PLEDGED = 4
MILLION = Decimal(6)
FIELD = re.compile(r"^(?:全[国省市区县州旗]|全社会|我[国省市区县]|国内|地区)+的?(?=.)")
"""Of whom a name speaks, before what it names: 全省地区生产总值 and 生产总值 are the same indicator of one report."""


def measure(name: str) -> str:
    """What a name measures, without saying of whom.

    >>> measure("全省地区生产总值"), measure("国内生产总值"), measure("全国")
    ('生产总值', '生产总值', '全国')
    """
    return FIELD.sub("", name)


def pledged(indicators: Iterable[Indicator]) -> set[str]:
    """What a report tells as a result and sets as a target again: what a government measures itself by."""
    told = defaultdict[bool, set[str]](set)
    for indicator in indicators:
        told[indicator.status == "target"].add(measure(indicator.name))
    return told[True] & told[False]


def milestones(indicators: Iterable[Indicator]) -> set[str]:
    """The ids of figures that only say what another one of the same sentence has passed (进出口总额1046.3亿元，首破千亿元)."""
    found, names = set[str](), defaultdict[str, set[str]](set)
    for indicator in indicators:
        if "破" in indicator.quote and any(
            indicator.name.startswith(name) and indicator.name != name for name in names[indicator.sentence]
        ):
            found.add(indicator.id)
        names[indicator.sentence].add(indicator.name)
    return found


def score(indicator: Indicator, place: Decimal, greatness: Decimal, early: int = 2, *, again: bool = False) -> Decimal:
    """How much an indicator says by itself. `place` runs from 0 (first of the text) to 1 (last), `greatness` too.

    An amount (总量) 3, with its change 6; a share or a change alone 2; a count 1, with its change 4; a numbered place
    without a figure 3. Besides: each numbered rank 2 (at most 4), a vague one 1; up to `early` for standing early in
    the text, where reports put what counts; up to 2 for being the greatest of its unit in the report (`greatness`), and
    for a count half a point for each power of ten up to a million. 4 for what the report sets as a target `again`; half
    of that for a count, which is more often a task done every year (改造老旧小区) than a measure. A quarter off for each
    character of the name beyond six; 1 off for a part of another indicator, 1 for a target.
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
    """The indicators, most telling first; of what is measured one mention, no milestone, no place without a number.

    That mention is a result before a target, an amount before a change alone, else the first one. To spread them over
    the report, the second best of a sentence is a quarter of a point behind what its score says, the third half a
    point, and so on; the same again within a section.
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
    """Whether it can stand alone on a card: it has a name, and a figure or a place like 第一."""
    if indicator.kind == "rank":
        return bool(indicator.name) and any(rank.place.startswith("第") and rank.number for rank in indicator.ranks)
    return bool(indicator.name and indicator.value)


def _fitness(indicator: Indicator) -> tuple[bool, bool]:
    """How well a mention stands for all of its name, the least first."""
    return indicator.status == "target", indicator.kind not in ("level", "count")


def _spread(scored: Iterable[tuple[Decimal, int]], homes: Sequence[str]) -> list[tuple[Decimal, int]]:
    """Each score less a quarter for every better one of the same home."""
    better = defaultdict[str, int](int)
    made = []
    for points, k in sorted(scored, key=lambda pair: (-pair[0], pair[1])):
        made.append((points - QUARTER * better[homes[k]], k))
        better[homes[k]] += 1
    return made


def front_choice(reading: Reading) -> list[Indicator]:
    """The indicators of the front page: the publisher's own list, else 8 to 12 chosen by the score.

    What the publisher pinned stands first; the rest in the order in which the text first speaks of them, in whole rows
    of four where there are enough.
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
    """Of the front page's cards the few that stand for all, in the order of the page.

    The publisher's first; then the first measure that the report sets as a target again, which opens most reports (the
    gross product); then the most telling.
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
    """In the order of the text, but what the publisher ordered stands first, as he ordered it."""
    place = {name: k for k, name in enumerate(reading.found.order)}
    return sorted(indicators, key=lambda indicator: place.get(indicator.id, len(place)))
