"""Knows the words by which two reports are seen to speak of the same thing: loads `vocabulary/comparison/words.toml`.

Leaves the comparison to `named_things` and `agreement`; the caller gives the vocabulary folder.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from workreport.analysis.measure_words import MeasureWords
from workreport.analysis.word_files import WordFile, WordRow, nearest, read

FOLDER = "comparison"
WORDS = "words.toml"
ANY = "any"
"""The id of the actions that agree with all others: 完成, 实施."""
_JOINTS = re.compile(r"[、,和及与()]")
"""The marks between the parts of a name."""
_LISTS = (
    "leads",
    "light",
    "tails",
    "doings",
    "stock",
    "held",
    "added",
    "generic",
    "begun",
    "yearly",
    "shortfalls",
    "near",
    "senses",
    "stages",
    "told",
)


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


@dataclass(frozen=True, eq=False)
class ComparisonWords:
    """The words of `words.toml`, whose head explains each list; `measures` are the words around names of measures."""

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
    near: tuple[frozenset[str], ...] = ()
    senses: tuple[tuple[str, ...], ...] = ()
    goals: tuple[Goal, ...] = ()
    families: tuple[tuple[frozenset[str], tuple[str, ...]], ...] = ()
    same: tuple[tuple[str, str], ...] = ()
    actions: tuple[Action, ...] = ()
    units: tuple[frozenset[str], ...] = ()

    @cached_property
    def action_words(self) -> tuple[tuple[str, Action], ...]:
        """Each word of an action with the action, the longest first."""
        found = ((word, action) for action in self.actions for word in action.words)
        return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair[0], pair[1].id)))

    @cached_property
    def by_id(self) -> dict[str, Action]:
        """The actions by their ids."""
        return {action.id: action for action in self.actions}

    @cached_property
    def wholes(self) -> tuple[str, ...]:
        """The words for the whole place (全市, 我省), the longest first."""
        words = {word for _, scope in self.measures.scopes for word in scope}
        return tuple(sorted(words, key=lambda word: (-len(word), word)))

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


def load(folder: Path, measures: MeasureWords) -> ComparisonWords:
    """Read `comparison/words.toml` of a vocabulary folder.

    Raises VocabularyError with file and line for anything unknown, missing or of the wrong type; OSError if it cannot be
    read.
    """
    name = f"{folder.name}/{FOLDER}/{WORDS}"
    file = read(folder / FOLDER / WORDS, name)
    file.only((*_LISTS, "same", "action", "unit", "goal", "family"))
    lists = {key: _words(file, key) for key in _LISTS}
    actions = tuple(_actions(file))
    return ComparisonWords(
        measures=measures,
        leads=lists["leads"],
        light=lists["light"],
        tails=lists["tails"],
        doings=lists["doings"],
        stock=lists["stock"],
        held=lists["held"],
        added=lists["added"],
        generic=frozenset(lists["generic"]),
        begun=lists["begun"],
        yearly=lists["yearly"],
        shortfalls=lists["shortfalls"],
        stages=lists["stages"],
        told=lists["told"],
        senses=tuple(tuple(group.split("/")) for group in lists["senses"]),
        near=tuple(frozenset(pair.split("=")) for pair in lists["near"]),
        goals=tuple(Goal(row.text("id"), _row_words(row)) for row in _rows(file, "goal", ("id", "words"))),
        families=tuple(
            (frozenset(row.text("names").split()), _known(row, "measures", measures.by_id))
            for row in _rows(file, "family", ("names", "measures"))
        ),
        same=_same(file, measures),
        actions=actions,
        units=tuple(frozenset((row.text("word"), *row.texts("also"))) for row in _rows(file, "unit", ("word", "also"))),
    )


def _rows(file: WordFile, table: str, needed: tuple[str, ...], free: tuple[str, ...] = ()) -> Iterator[WordRow]:
    """The rows of a table, with no other keys than these. Raises VocabularyError."""
    for row in file.rows(table):
        row.only(needed, free)
        yield row


def _actions(file: WordFile) -> Iterator[Action]:
    """The actions. Raises VocabularyError for an id in `with` that is none of an action."""
    rows = list(_rows(file, "action", ("id", "words"), ("with",)))
    ids = {row.text("id") for row in rows}
    for row in rows:
        yield Action(row.text("id"), _row_words(row), frozenset(_known(row, "with", ids)))


def _known(row: WordRow, key: str, known: Collection[str]) -> tuple[str, ...]:
    """A list of ids that must all be known. Raises VocabularyError with a suggestion otherwise."""
    ids = row.texts(key)
    if unknown := next((one for one in ids if one not in known), ""):
        raise row.error(f"{key} 里没有“{unknown}”这一项。{nearest(unknown, known)}", key)
    return ids


def _same(file: WordFile, measures: MeasureWords) -> tuple[tuple[str, str], ...]:
    """The synonyms as (also, word), in the form of folded names, the longest first. Raises VocabularyError for one in two rows."""
    words: dict[str, str] = {}
    for row in _rows(file, "same", ("word", "also")):
        for also in row.texts("also"):
            if words.setdefault(measures.folded(also), row.text("word")) != row.text("word"):
                raise row.error(f"“{also}”写在两组 same 里。请只留一处。", "also")
    return tuple(sorted(words.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def _row_words(row: WordRow) -> tuple[str, ...]:
    """The words of a row, the longest first."""
    return _longest_first(row.text("words").split())


def _words(file: WordFile, key: str) -> tuple[str, ...]:
    """The words of a top-level text, the longest first. Raises VocabularyError if it is missing."""
    value = file.tables.get(key)
    if not isinstance(value, str) or not value.strip():
        raise file.error(key, f"{key} 应是一段文字，写在引号里，不能是空的。")
    return _longest_first(value.split())


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
