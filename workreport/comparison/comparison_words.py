"""Knows the words by which two reports are seen to speak of the same thing, and what is asked of them.

Leaves reading the lists to `comparison_word_files`, the comparison to `named_things` and `agreement`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType

from workreport.analysis.measure_words import MeasureWords

ABOUT, CEILING, FLOOR = "about", "ceiling", "floor"
"""The ids of the words of approximation: 左右 and its kin, 以内, 以上."""
BOUNDS = (ABOUT, CEILING, FLOOR)
ANY = "any"
"""The id of the actions that agree with all others: 完成, 实施."""
_JOINTS = re.compile(r"[、,和及与()]")
"""The marks between the parts of a name."""


Edges = Mapping[str, tuple[str, ...]]
"""Words by their first or last characters, the longest first, so that few are looked at."""


@dataclass(frozen=True, slots=True)
class Action:
    """What is done with a thing (建成, 改造): the words of one meaning, and the ids of other actions that agree with it."""

    id: str
    words: tuple[str, ...]
    agrees: frozenset[str]


@dataclass(frozen=True, slots=True)
class Goal:
    """A meaning of targets and results without a figure (持续改善), and its words, the longest first."""

    id: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """Words of approximation of one meaning (`ABOUT`, `CEILING`, `FLOOR`): those before a figure (超过) and those behind it (以上)."""

    id: str
    ahead: tuple[str, ...]
    behind: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Size:
    """How large a unit is, as a fraction of another one: 1 亩 is 2000/3 平方米."""

    base: str
    times: Decimal
    over: Decimal


@dataclass(frozen=True, eq=False)
class ComparisonWords:
    """The words of `comparison/words.toml`, whose comments explain each list; `measures` are the words around names of measures."""

    measures: MeasureWords
    leads: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    doings: tuple[str, ...] = ()
    stock: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    generic: frozenset[str] = frozenset()
    begun: tuple[str, ...] = ()
    yearly: tuple[str, ...] = ()
    shortfalls: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    raised: tuple[str, ...] = ()
    rates: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    turns: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()
    units_of_projects: tuple[str, ...] = ()
    wider: tuple[tuple[str, tuple[str, ...]], ...] = ()
    near: tuple[frozenset[str], ...] = ()
    senses: tuple[tuple[str, ...], ...] = ()
    goals: tuple[Goal, ...] = ()
    families: tuple[tuple[frozenset[str], tuple[str, ...]], ...] = ()
    same: tuple[tuple[str, str], ...] = ()
    actions: tuple[Action, ...] = ()
    units: tuple[frozenset[str], ...] = ()
    sizes: Mapping[str, Size] = field(default_factory=lambda: MappingProxyType({}))
    bounds: tuple[Bound, ...] = ()
    served: tuple[str, ...] = ()
    firsts: tuple[str, ...] = ()
    fuller: tuple[str, ...] = ()
    held_to: tuple[str, ...] = ()
    same_basis: tuple[str, ...] = ()
    lower: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    shown_shares: tuple[str, ...] = ()
    capped: frozenset[str] = frozenset()
    real: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    strict: tuple[str, ...] = ()
    people: tuple[str, ...] = ()

    @cached_property
    def action_words(self) -> tuple[tuple[str, Action], ...]:
        """Each word of an action with the action, the longest first."""
        found = ((word, action) for action in self.actions for word in action.words)
        return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair[0], pair[1].id)))

    @cached_property
    def first(self) -> dict[str, Edges]:
        """The words of the lists that are looked for at the start of a name, by list."""
        return {key: _by_edge(getattr(self, key), 0) for key in ("leads", "held", "areas", "kept")}

    @cached_property
    def last(self) -> dict[str, Edges]:
        """The words of the lists that are looked for at the end of a name, by list."""
        return {key: _by_edge(getattr(self, key), -1) for key in ("stock", "tails")}

    @cached_property
    def goal_words(self) -> tuple[str, ...]:
        """The words of all goals."""
        return tuple(word for goal in self.goals for word in goal.words)

    @cached_property
    def first_actions(self) -> dict[str, list[tuple[str, Action]]]:
        """The words of actions by their first characters, the longest first."""
        found: dict[str, list[tuple[str, Action]]] = {}
        for word, action in self.action_words:
            found.setdefault(word[0], []).append((word, action))
        return found

    @cached_property
    def last_actions(self) -> dict[str, list[tuple[str, Action]]]:
        """The words of `doings` by their last characters, the longest first."""
        found: dict[str, list[tuple[str, Action]]] = {}
        for word, action in self.action_words:
            if word in self.doings:
                found.setdefault(word[-1], []).append((word, action))
        return found

    @cached_property
    def by_id(self) -> dict[str, Action]:
        """The actions by their ids."""
        return {action.id: action for action in self.actions}

    @cached_property
    def wholes(self) -> tuple[str, ...]:
        """The words for the whole place (全市, 我省), the longest first."""
        words = {word for _, scope in self.measures.scopes for word in scope}
        return longest_first(words)

    @cached_property
    def _words_of(self) -> dict[str, str]:
        return dict(self.same)

    @cached_property
    def _synonyms(self) -> re.Pattern[str]:
        return re.compile("|".join(re.escape(also) for also, _ in self.same) or "(?!)")

    def folded(self, name: str) -> str:
        """A name with one word for synonyms, without spaces, quotation marks and 的."""
        table = self._words_of
        for word in self.yearly:
            name = name.replace(word, "")
        return self._synonyms.sub(lambda found: table[found[0]], self.measures.folded(name))

    def lightened(self, name: str) -> str:
        """A folded name without the words that make no difference, and without the marks between its parts."""
        while lead := next((word for word in self.light if name.startswith(word) and len(name) - len(word) >= 2), ""):
            name = name[len(lead) :]
        return _JOINTS.sub("", name)

    def family(self, name: str) -> tuple[str, ...]:
        """The ids of the core measures that answer a target with a general name (居民收入), the preferred first."""
        return next((measures for names, measures in self.families if name in names), ())

    def wider_of(self, thing: str) -> frozenset[str]:
        """The wider names that a thing is of a kind of: 保障性住房 for 公租房."""
        return frozenset(word for word, kinds in self.wider if thing.endswith(kinds) and thing != word)

    def kinds_of(self, thing: str) -> frozenset[str]:
        """The wider name that a thing is, if a row has it."""
        return frozenset(word for word, _ in self.wider if word == thing)

    def is_generic(self, thing: str) -> bool:
        """Whether a name says nothing alone: it is made of general words only (项目完成投资)."""
        while end := self.generic_end(thing):
            thing = thing.removesuffix(end)
        return not thing

    def generic_end(self, thing: str) -> str:
        """The longest general word that a name ends with; "" if it ends with none."""
        return next((thing[k:] for k in range(len(thing)) if thing[k:] in self.generic), "")

    def same_unit(self, one: str, other: str) -> bool:
        """Whether two units without 万 and 亿 count the same: equal ones, and classifiers of one group (家, 个)."""
        return one == other or any(one in group and other in group for group in self.units)

    def comparable_unit(self, one: str, other: str) -> bool:
        """Whether figures in two units can be compared: the units count the same, or one can be converted to the other."""
        return self.same_unit(one, other) or self.converted(Decimal(1), one, other) is not None

    def converted(self, number: Decimal, unit: str, to: str) -> Decimal | None:
        """A number of one unit in another one (12 公顷 is 180 亩); None where no row says how."""
        ours, theirs = self.sizes.get(unit), self.sizes.get(to)
        if ours is None or theirs is None or ours.base != theirs.base:
            return None
        return number * (ours.times * theirs.over) / (ours.over * theirs.times)

    @cached_property
    def behind(self) -> tuple[str, ...]:
        """The words of approximation behind a figure, the longest first."""
        return longest_first(word for bound in self.bounds for word in bound.behind)

    @cached_property
    def ahead(self) -> tuple[str, ...]:
        """The words of approximation before a figure, the longest first."""
        return longest_first(word for bound in self.bounds for word in bound.ahead)

    def bound_of(self, word: str) -> str:
        """The meaning of a word of approximation; "" for any other word."""
        return self._meanings.get(word, "")

    @cached_property
    def _meanings(self) -> dict[str, str]:
        return {word: bound.id for bound in self.bounds for word in (*bound.ahead, *bound.behind)}

    def less_is_better(self, name: str) -> bool:
        """Whether less of what has this name is better: 失业率, PM2.5浓度; not of a share of something (能耗支持项目比重)."""
        return not name.endswith(self.shares) and any(word in name for word in self.lower)


def _by_edge(words: tuple[str, ...], at: int) -> Edges:
    """Words by their first (0) or last (-1) characters, in their order."""
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(word[at], []).append(word)
    return {edge: tuple(each) for edge, each in found.items()}


def longest_first(words: Iterable[str]) -> tuple[str, ...]:
    """Words in the order in which they are looked for."""
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
