"""Knows which indicators (指标) stand on the front page, and in which order.

First the core board: ten fixed places in a fixed order, the same for every report (`vocabulary/measures/board.toml`). Behind
it a few more core measures and what has the highest scores, then what this report is proud of: its high ranks. Leaves
which statement of a measure is shown to `statements`, the score to `ranking`, what is held back to `gate`, and the look of
a card to `website`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workreport.analysis.ranking import measure, ranked
from workreport.analysis.statements import FrontCard, Statements
from workreport.model import BoardPlace, Indicator, Reading

PROUD, FEWEST_PROUD = 8, 3
"""Most cards of high ranks behind the board; fewer than the second number are no list of their own."""
FURTHER = 8
"""Most cards behind the board, with those of high ranks; `WANTED` others stand there anyway."""
PROUD_WITHOUT_BOARD = 12
"""Most cards of a report that states nothing of the board."""
LEAST = 4
"""Cards below which targets fill the page, too."""
WANTED, LEAST_CORE = 4, 26
"""How many measures of at most this rank stand behind the board even if other figures have a rank."""
HEADLINE = "gdp"
"""The measure whose target has a card of its own where no result is stated."""
SOONER = 6
"""Places by which a core measure that is not on the board stands before what its score gives."""
TELLING = 4
"""The fewest characters of the name of what has a rank and no figure: a shorter one tells nothing alone (总量)."""
LONGEST_NAME = 16
"""The most characters of the name of what stands behind the board, but for core measures, which have short names too."""
HIGH = 3
"""A rank up to this one is something to be proud of."""


@dataclass(frozen=True, slots=True)
class Front:
    """The cards of the front page.

    `pinned` are those that the publisher put first, `board` those of the core board in its order, `further` those behind
    it, `proud` those of high ranks.
    `aims` are the targets of places for which the report states no result; they have no cards.
    `absent` are the places of the board that the report does not speak of, `unlisted` those that it names without a figure
    that can stand there; of what is only near to a place nothing is said. `chosen` says that the publisher listed all cards: they are `pinned`, and the rest is empty.
    """

    pinned: tuple[FrontCard, ...] = ()
    board: tuple[FrontCard, ...] = ()
    further: tuple[FrontCard, ...] = ()
    proud: tuple[FrontCard, ...] = ()
    aims: tuple[FrontCard, ...] = ()
    absent: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()
    chosen: bool = False

    @property
    def cards(self) -> tuple[FrontCard, ...]:
        """All cards in their order."""
        return (*self.pinned, *self.board, *self.further, *self.proud)


def front_of(reading: Reading) -> Front:
    """The front page of a report: the publisher's list alone, or his pinned cards, the board and what is proud of itself."""
    by_id = {indicator.id: indicator for indicator in reading.indicators}
    statements = Statements(reading)
    if reading.found.front:
        listed = statements.cards([by_id[name] for name in reading.found.front])
        return Front(pinned=tuple(listed), chosen=True)
    pinned = [by_id[name] for name in reading.found.pinned]
    taken = {i.measure for i in pinned if i.measure}
    board: list[Indicator] = []
    aims: list[Indicator] = []
    absent: list[str] = []
    unlisted: list[str] = []
    for place in reading.found.board:
        found = _stated(place, statements) or _totals(place, statements)
        targets = [] if found else _aims(place, statements)
        board += [i for i in found if i.measure not in taken]
        if HEADLINE in place.choices[0]:
            board += [i for i in targets if i.measure not in taken]
        elif _is_told(reading, {measure(i.name) for i in targets}):
            unlisted.append(place.label)
        else:
            aims += targets
        if not found and not targets and place.named:
            unlisted.append(place.label)
        elif not found and not targets and not place.spoken:
            absent.append(place.label)
    further, proud = _behind(reading, [*pinned, *board], statements)
    cards = statements.cards([*pinned, *board, *further, *proud])
    first, second, third = len(pinned), len(pinned) + len(board), len(pinned) + len(board) + len(further)
    return Front(
        tuple(cards[:first]),
        tuple(cards[first:second]),
        tuple(cards[second:third]),
        tuple(cards[third:]),
        tuple(map(statements.card, aims)),
        tuple(absent),
        tuple(unlisted),
    )


@dataclass(frozen=True, slots=True)
class CoreStatement:
    """What a report states at a place of the board that stands beside those of other reports (`BoardPlace.short`).

    `cards` are its results, without any its targets; () if it states neither.
    """

    place: BoardPlace
    cards: tuple[FrontCard, ...]


def core_statements(reading: Reading) -> tuple[CoreStatement, ...]:
    """The same few places for every report, whatever the publisher chose for its own front page."""
    statements = Statements(reading)
    return tuple(
        CoreStatement(place, tuple(map(statements.card, _stated(place, statements) or _aims(place, statements))))
        for place in reading.found.board
        if place.short
    )


def _stated(place: BoardPlace, statements: Statements) -> list[Indicator]:
    """What stands at a place: the results of its first choice that the report states for the year reviewed.

    Without one, those of another time; [] if the report states no result.
    """
    choices = [[best for name in choice if (best := statements.result(name))] for choice in place.choices]
    stated = [
        [i for i in choice if i.measure not in place.parts or statements.age_at_end(i) == 0] for choice in choices
    ]
    stated = [choice for choice in stated if choice]
    return min(stated, key=lambda choice: min(statements.age_at_end(i) for i in choice), default=[])


def _aims(place: BoardPlace, statements: Statements) -> list[Indicator]:
    """The targets of the coming year for a place: those of its first choice that has any."""
    aims = ([aim for name in choice if (aim := statements.aim(name, None))] for choice in place.choices)
    return next((choice for choice in aims if choice), [])


def _totals(place: BoardPlace, statements: Statements) -> list[Indicator]:
    """The totals over several years of the first choice of a place that has any: 五年固定资产投资累计10万亿元."""
    choices = [[name for name in choice if name not in place.parts] for choice in place.choices]
    totals = ([total for name in choice if (total := statements.total(name))] for choice in choices)
    return next((choice for choice in totals if choice), [])


def _is_told(reading: Reading, names: set[str]) -> bool:
    """Whether a report states a result of one of these names that cannot stand on the board: of a part, of other years."""
    return any(i.status == "result" and measure(i.name) in names for i in reading.indicators)


def _behind(
    reading: Reading, before: Sequence[Indicator], statements: Statements
) -> tuple[list[Indicator], list[Indicator]]:
    """The results behind the cards `before`, which are not among them: a few, core measures first, and those of high ranks.

    Where there are hardly any results, targets follow.
    """
    taken = {i.id for i in before}
    named = {name for i in before for name in (i.measure or "", measure(i.name))}
    rest = [i for i in ranked(reading.shown) if i.id not in taken and not {i.measure, measure(i.name)} & named]
    places = {i.id: k - SOONER * (i.measure is not None) for k, i in enumerate(rest)}
    rest = [i for i in rest if (i.kind != "rank" or len(i.name) >= TELLING) and not statements.is_of_unknown_time(i)]
    rest = [i for i in rest if i.measure or len(i.name) <= LONGEST_NAME]
    rest.sort(key=lambda i: places[i.id])
    results = [i for i in rest if i.status == "result"]
    core = {row.id for row in reading.found.measures if row.rank <= LEAST_CORE}
    proud = [i for i in results if _is_high(i)][:PROUD]
    proud.sort(key=lambda i: (i.measure not in core, i.measure is None, i.kind == "rank"))
    wanted = [i for i in results if i.measure in core and not _is_high(i)][:WANTED]
    others = [i for i in results if i not in wanted and not _is_high(i)]
    most = FURTHER if before else PROUD_WITHOUT_BOARD
    further = [*wanted, *others][: max(most - len(proud), WANTED)]
    further.sort(key=lambda i: (i.measure not in core, i.measure is None))
    if len(proud) < FEWEST_PROUD:
        proud, further = [], [*proud, *further][:most]
    targets = [i for i in rest if i.status == "target"]
    return [*further, *targets[: max(LEAST - len(before) - len(proud) - len(further), 0)]], proud


def _is_high(i: Indicator) -> bool:
    """Whether an indicator has a rank that a report names with pride: 全省第一."""
    return any(rank.place.startswith("第") and rank.number and rank.number <= HIGH for rank in i.ranks)


def front_cards(reading: Reading) -> tuple[FrontCard, ...]:
    """All cards of the front page in their order."""
    return front_of(reading).cards


def front_choice(reading: Reading) -> list[Indicator]:
    """The indicators of the cards of the front page, in their order."""
    return [card.indicator for card in front_cards(reading)]


def headlines(reading: Reading, most: int) -> list[Indicator]:
    """The most important indicators of the front page, at most `most`: its first cards."""
    return front_choice(reading)[:most]
