"""Knows the card of an indicator (指标): how its figure, change, ranks and the publisher's corrections are shown.

Leaves finding indicators to `analysis.indicators`, and their order to `analysis.ranking`. No figure is computed here.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from workreport.model import Indicator, Rank, Reading
from workreport.website import addresses
from workreport.website.pages import wording
from workreport.website.pages.figure_views import ChangeView, Figure, rise_of, shown_change, shown_figure
from workreport.website.pages.plain_digits import half_width
from workreport.website.pages.sentences import place_label, short_label

_FROM_YEAR = r"[从由]((?:19|20)\d\d年[末底初]?)"
_STARTED = re.compile(_FROM_YEAR + r"[^，。；]{0,24}$")
"""Matches the year of the figure that a change starts from, in the words before it: 由2002年的."""
_STARTS = re.compile(_FROM_YEAR + r"(?!开始|起|以来|[至到—-])[^，。；]{0,24}?\d")
"""Matches the start of a change with its year, anywhere in a text: 从2017年的9."""
_KINDS_AND_STATUSES = dict[str, str]([*wording.KINDS.items(), *wording.STATUS.items()])
"""The Chinese word of each kind and status in `Indicator.as_read`."""


@dataclass(frozen=True, slots=True)
class RankView:
    """A rank: `text` is 全省第一, `what` the measure that is ranked (总量, 增幅) or "". `vague`: it has no number (前列)."""

    what: str
    text: str
    vague: bool


@dataclass(frozen=True, slots=True)
class BesideView:
    """What the report states elsewhere of the measure of a card, with the link to its sentence.

    It is the target of the coming year (2025年目标 +6%), or the change or amount of the year reviewed (2024年预计 增长 +5.8%).
    """

    id: str
    label: str
    text: str
    href: Markup


@dataclass(frozen=True, slots=True)
class Card:
    """An indicator as shown on a card, in a table row or in a list; a text is "" if the indicator has no such value.

    `href` links to its sentence. `at` is the short label of its section (（三）), printed on paper, which has no links. `held` is the
    reason why it is shown in the table alone, `aim` the target of the coming year beside a result, `before` the figure of the year
    before in the series of the place, `across` the link to the same measure in other reports of the site, `also` its change or amount
    of the year reviewed where it is stated elsewhere, `longer` a change over several years that is told behind that of the
    year in `also` (`change` is None then), `when` the
    time of a figure on the front page that is not of the year before the report's. `pinned`: the publisher put this card
    first on the front page. `estimated`: the figure is the report's own estimate, which its status says too. `rise` is the
    verb of a planned rise, whose figure has no sign.
    """

    id: str
    name: str
    kind: str
    status: str
    target: bool
    figure: Figure | None
    origin: str
    change: ChangeView | None
    ranks: tuple[RankView, ...]
    parent: str
    period: str
    quote: str
    href: Markup
    section: str
    edited: str = ""
    at: str = ""
    held: str = ""
    aim: BesideView | None = None
    before: BesideView | None = None
    across: Markup = Markup("")
    also: BesideView | None = None
    longer: ChangeView | None = None
    when: str = ""
    pinned: bool = False
    estimated: bool = False
    rise: str = ""

    @property
    def told(self) -> str:
        """The figure in running words, "" without one; an estimate is told as one: 预计4.2万亿元, a planned rise as 增长6%."""
        return (wording.ESTIMATED * self.estimated + self.rise + self.figure.text) if self.figure else ""


def rank_of(rank: Rank) -> RankView:
    """Return the view of a rank."""
    return RankView(rank.what or "", f"{rank.scope or ''}{rank.place}", rank.number is None)


def edited(indicator: Indicator) -> str:
    """Return the values before the publisher's corrections, 指标名原读作“就业”，数值原读作“3.2”, and his note in brackets; "" if
    there are none.
    """
    corrections = []
    for name, read in indicator.as_read:
        shown = _KINDS_AND_STATUSES.get(read, read) if name in ("kind", "status") else read
        corrections.append(f"{wording.FIELDS[name]}原读作{f'“{shown}”' if shown else '无'}")
    return "，".join(corrections) + (f"（{indicator.note}）" if indicator.note else "")


def start_of(indicator: Indicator, before: str = "") -> str:
    """Return the figure from which a change started, with its year if the words name it: 9988元（2002年）; "" without one.

    Without the year a reader takes it for the year before. `before` is the text of its sentence before the indicator: the
    one year from which other figures there started is its year too (从2017年的9亿元增加到12亿元，税收从3亿元增加到4亿元). If there
    are several, no year is sure, and the figure is left out.
    """
    came = indicator.origin
    if came is None:
        return ""
    words = indicator.quote[: max(indicator.quote.find(came.value, 1), 0)]
    if own := _STARTED.search(half_width(words)):
        return f"{came.value}{came.unit}（{own[1]}）"
    years = set(_STARTS.findall(half_width(before)))
    if len(years) > 1:
        return ""
    return f"{came.value}{came.unit}" + "".join(f"（{year}）" for year in years)


def text_before(reading: Reading, indicator: Indicator) -> str:
    """The text of an indicator's sentence before it."""
    sentence = reading.sentences[indicator.sentence]
    return sentence.text[: max(indicator.start - sentence.start, 0)]


def card(reading: Reading, indicator: Indicator, origin: str) -> Card:
    """Return the card of an indicator for the page at `origin`, from which its link is relative."""
    return Card(
        id=indicator.id,
        name=indicator.name,
        kind=wording.KINDS[indicator.kind],
        status=wording.status_of(indicator),
        target=indicator.status == "target",
        figure=shown_figure(indicator),
        origin=start_of(indicator, text_before(reading, indicator)),
        change=shown_change(indicator),
        ranks=tuple(map(rank_of, indicator.ranks)),
        parent=indicator.parent or "",
        period=indicator.period or "",
        quote=indicator.quote,
        href=href_of(reading, indicator, origin),
        section=place_label(reading, indicator.section),
        edited=edited(indicator),
        at=short_label(reading, indicator.section),
        held=indicator.held_back,
        estimated=indicator.estimated,
        rise=rise_of(indicator),
    )


def href_of(reading: Reading, indicator: Indicator, origin: str) -> Markup:
    """Return the link from the page at `origin` to the words of an indicator."""
    return Markup(addresses.relative(origin, addresses.page_of(reading, indicator.section) + f"#{indicator.id}"))


@dataclass(frozen=True, slots=True)
class RankGroup:
    """The cards of all indicators with the rank `label` (全省第一); `vague` as in `RankView`."""

    label: str
    vague: bool
    cards: tuple[Card, ...]


NO_SCOPE, NAMED_SCOPE = "未写范围", "范围见名称"
"""What is said of a rank for which the report names no area, and of one in a list whose name tells it (全球创新集群)."""
_LIST = re.compile("全球|世界|国际|亚洲|全国|中国|国家|(?:^|[全各])省|全市|全区|全县|长三角|[东中西]部")
"""Words of an area in the name of a list."""
SHORTEST = 4
"""The least characters of the name of what holds a rank, but for core measures: 总吨 or 交付量 alone says nothing."""
_FIRSTS = 3
"""The most words for what is the first of its kind in their heading."""
LEVELS = ("全球", "世界", "国际", "全国", "全省", "全区", "全市", "主城区", "全县")
"""The beginnings of areas of ranks, in the order in which ranks are shown."""


def ranked_results(reading: Reading) -> Iterator[tuple[Indicator, Rank]]:
    """Yield the ranks that a report says were reached, in the order of the text.

    A figure that is held back because it only passed a mark (旅客吞吐量突破5000万人次，居全国第7) or has no unit has its rank all
    the same.
    """
    for i in reading.indicators:
        named = i.measure is not None or len(i.name) >= SHORTEST
        known = i.milestone_only or (i.kind == "count" and not i.unit)
        if i.status == "result" and (not i.held_back or (known and named)):
            yield from ((i, rank) for rank in i.ranks)


def is_first_of_kind(rank: Rank) -> bool:
    """Whether a rank says that something is the first of its kind (首个, 首批, 首创), not the first of several (首位)."""
    return rank.place.startswith("首") and rank.place not in ("首位", "首破")


def firsts_heading(ranks: Iterable[Rank]) -> str:
    """Return the heading of what is the first of its kind, by the words that the report has for it, the most frequent first.

    >>> firsts_heading(Rank("全国", None, word) for word in ("首批", "首个", "首个", "首创", "首推"))
    '首个、首批、首创等'
    """
    words = [word for word, _ in Counter(rank.place for rank in ranks).most_common()]
    return "、".join(words[:_FIRSTS]) + "等" * (len(words) > _FIRSTS)


def scope_told(indicator: Indicator, rank: Rank) -> str:
    """Return the area of a rank, `NAMED_SCOPE` where only the name of a list tells it, `NO_SCOPE` where nothing does."""
    return rank.scope or (NAMED_SCOPE if _LIST.search(indicator.name) else NO_SCOPE)


def rank_groups(reading: Reading, cards: Iterable[Card]) -> tuple[RankGroup, ...]:
    """Return the ranks that a report says were reached, in groups, only of the indicators in `cards`.

    The order is: ranks with a number by area (`LEVELS`) and number; one group for all of 首个, 首创 …; vague ranks by area.
    A rank in a list that names its area has the name of the list for a heading: 全球创新集群第13.
    """
    groups: dict[tuple[int, int, int, str], dict[str, Card]] = defaultdict(dict)
    by_id = {shown.id: shown for shown in cards}
    firsts = firsts_heading(rank for _, rank in ranked_results(reading) if is_first_of_kind(rank))
    for indicator, rank in ranked_results(reading):
        label = _rank_label(indicator, rank)
        level = next((k for k, name in enumerate(LEVELS) if label.startswith(name)), len(LEVELS))
        if is_first_of_kind(rank):
            key = (1, 0, 0, firsts)
        elif rank.number is None:
            key = (2, level, 0, label)
        else:
            key = (0, level, rank.number, label)
        if indicator.id in by_id:
            shown = by_id[indicator.id]
            groups[key][indicator.id] = replace(shown, figure=None) if shown.held else shown
    return tuple(
        RankGroup(key[3], key[0] == 2, tuple(found.values()))
        for key, found in sorted(groups.items(), key=lambda kv: kv[0])
    )


def _rank_label(indicator: Indicator, rank: Rank) -> str:
    """Return a rank as the heading of a group: 全省第一, 第四（未写范围）, 全球创新集群第13."""
    told = scope_told(indicator, rank)
    if told == NAMED_SCOPE:
        return f"{indicator.name}{rank.place}"
    return f"{told}{rank.place}" if rank.scope else f"{rank.place}（{told}）"
