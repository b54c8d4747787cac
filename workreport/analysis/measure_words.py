"""Knows the core measures (核心指标) and the words around their names: loads `vocabulary/measures/*.toml`.

Leaves the comparison of names to `measures`; the caller gives the vocabulary folder.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import get_args

from workreport.analysis.word_files import VocabularyError, WordFile, WordRow, nearest, read
from workreport.model import BoardPlace, IndicatorKind, Measure

KINDS: tuple[IndicatorKind, ...] = tuple(kind for kind in get_args(IndicatorKind) if kind != "rank")
"""The kinds of indicators that state a measure; a rank without a figure states none."""
WORDS = "words.toml"
"""The file with the words around names."""
BOARD = "board.toml"
"""The file with the places of the front page; every file but these two has the measures."""
NONE = "无"
"""The result of an example without a measure."""
_LISTS = (
    "leads",
    "sources",
    "tails",
    "fillers",
    "parts",
    "actors",
    "drivers",
    "totals",
    "single_years",
    "added",
    "altogether",
    "rural",
)
"""The lists of words in `WORDS`, each a text of words separated by white space."""
_ID_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
_DROPPED = dict.fromkeys(map(ord, " \t\u3000“”‘’\"'的"))


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A core measure, and how reports state it.

    `names` are its names in the form of `MeasureWords.folded`, and `change_names` those that mean it only as a change (经济
    in 经济增长5%). `units` are units without 万 and 亿; the first is the main one. `change_units` are those of a change.
    A value in the main unit must lie between `least` and `most`; 0 is no limit. `local` says that districts, parks and
    companies have such figures of their own, and `flow` that it is an amount of one year, `stock` that it counts all there are, and `urban` that it is about towns only. `place` is file and line of the row.
    """

    measure: Measure
    names: frozenset[str]
    change_names: frozenset[str]
    kinds: tuple[IndicatorKind, ...]
    units: tuple[str, ...]
    change_units: tuple[str, ...]
    least: int
    most: int
    local: bool
    flow: bool
    stock: bool
    urban: bool
    examples: tuple[str, ...]
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A place of the core board, and the words by which a text speaks of it; `board.toml` explains both."""

    label: str
    choices: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]
    near: tuple[str, ...]
    short: tuple[tuple[str, ...], ...] = ()
    parts: tuple[str, ...] = ()
    label_of_state: str = ""

    def in_text(self, text: str, *, state: bool = False) -> BoardPlace:
        """The place in a report with this text, which is without white space: whether it speaks of it at all.

        `state`: it is a report of the whole state.
        """
        named = any(word in text for word in self.words)
        label = self.label_of_state if state and self.label_of_state else self.label
        spoken = named or any(word in text for word in self.near)
        return BoardPlace(label, self.choices, named, spoken, self.short, self.parts)


@dataclass(frozen=True, eq=False)
class MeasureWords:
    """All core measures and the words around their names; `vocabulary/measures/words.toml` explains each list.

    `scopes` has the words for the whole place by the last character of the place (省: 全省, 我省). `board` are the places of
    the front page, in their order.
    """

    rows: tuple[MeasureRow, ...] = ()
    leads: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    drivers: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    single_years: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    altogether: tuple[str, ...] = ()
    rural: tuple[str, ...] = ()
    scopes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    same: tuple[tuple[str, str], ...] = ()
    board: tuple[BoardRow, ...] = ()

    @cached_property
    def by_name(self) -> dict[str, MeasureRow]:
        """The rows by their names."""
        return {name: row for row in self.rows for name in row.names}

    @cached_property
    def by_change_name(self) -> dict[str, MeasureRow]:
        """The rows by the names that mean them only as a change."""
        return {name: row for row in self.rows for name in row.change_names}

    @cached_property
    def by_id(self) -> dict[str, MeasureRow]:
        """The rows by the ids of their measures."""
        return {row.measure.id: row for row in self.rows}

    def plain(self, name: str) -> str:
        """A name in half-width characters, without spaces, quotation marks and 的.

        >>> MeasureWords().plain("“GDP” 的总量")
        'GDP总量'
        """
        return _folded(name, ())

    def folded(self, name: str) -> str:
        """A name as it is compared: as by `plain`, and with one word for synonyms.

        >>> MeasureWords(same=(("国内生产总值", "GDP"),)).folded("单位国内生产总值 的能耗")
        '单位GDP能耗'
        """
        return _folded(name, self.same)


def load(folder: Path, *own: Path) -> MeasureWords:
    """Read `measures/*.toml` of the vocabulary folder.

    The measures of the folders `own`, which may lack any file, add to these; one with the same id takes its place. The
    words around names are those of the first folder. Raises VocabularyError with file and line for anything unknown, missing, duplicate or of the wrong type; OSError if
    `words.toml` cannot be read. Whether the examples are right is checked by `analysis.examples.check_measures`.
    """
    home = folder / "measures"
    shown = f"{folder.name}/measures"
    file = read(home / WORDS, f"{shown}/{WORDS}")
    file.only((*_LISTS, "scope", "same"))
    scopes = [(row, row.text("ending"), row.text("words").split()) for row in _rows(file, "scope", ("ending", "words"))]
    same = tuple(
        (also, row.text("word")) for row in _rows(file, "same", ("word", "also")) for also in row.texts("also")
    )
    same = tuple(sorted(((_folded(also, ()), word) for also, word in same), key=lambda pair: (-len(pair[0]), pair[0])))
    measures: dict[str, MeasureRow] = {}
    for words_folder in (folder, *own):
        measures |= _measures(words_folder, same)
    _check_names(measures.values())
    board = tuple(_places(home / BOARD, f"{shown}/{BOARD}", measures)) if (home / BOARD).is_file() else ()
    return MeasureWords(
        rows=tuple(measures.values()),
        **{key: _words(file, key) for key in _LISTS},
        scopes=tuple((ending, tuple(words)) for _, ending, words in scopes),
        same=same,
        board=board,
    )


def _places(path: Path, name: str, known: Collection[str]) -> Iterable[BoardRow]:
    """The places of the board; `known` are the ids of all measures. Raises VocabularyError."""
    file = read(path, name)
    file.only(("place",))
    for row in _rows(file, "place", ("label", "choices", "words", "near"), ("short", "parts", "label_of_state")):
        choices = tuple(tuple(choice.split()) for choice in row.texts("choices"))
        if unknown := next((one for choice in choices for one in choice if one not in known), ""):
            raise row.error(f"choices 里的“{unknown}”不是核心指标的 id。{nearest(unknown, known)}", "choices")
        short = tuple(tuple(names.split()) for names in row.texts("short"))
        if short and [*map(len, short)] != [*map(len, choices)]:
            raise row.error("short 要与 choices 一样长，每一行的短名与 id 也一样多。", "short")
        parts = row.texts("parts")
        if unknown := next((one for one in parts if not any(one in choice for choice in choices)), ""):
            raise row.error(f"parts 里的“{unknown}”不在 choices 里。", "parts")
        of_state = row.text("label_of_state") if "label_of_state" in row.values else ""
        yield BoardRow(row.text("label"), choices, row.texts("words"), row.texts("near"), short, parts, of_state)


def _measures(folder: Path, same: tuple[tuple[str, str], ...]) -> dict[str, MeasureRow]:
    """The measures of one vocabulary folder by id; `same` are the synonyms. Raises VocabularyError."""
    measures: dict[str, MeasureRow] = {}
    for path in sorted((folder / "measures").glob("*.toml")):
        if path.name not in (WORDS, BOARD):
            found = read(path, f"{folder.name}/measures/{path.name}")
            found.only(("measure",))
            for row in found.rows("measure"):
                made = _measure(row, same)
                if known := measures.get(made.measure.id):
                    raise row.error(f"id “{made.measure.id}”已写在 {known.place}。请只留一处。", "id")
                measures[made.measure.id] = made
    return measures


def _rows(file: WordFile, table: str, keys: tuple[str, ...], free: tuple[str, ...] = ()) -> Iterable[WordRow]:
    """The rows of a table that must have these keys, and may have those of `free`. Raises VocabularyError."""
    for row in file.rows(table):
        row.only(keys, free)
        yield row


def _words(file: WordFile, key: str) -> tuple[str, ...]:
    """The words of a top-level text, the longest first. Raises VocabularyError if it is missing or has a word twice."""
    value = file.tables.get(key)
    if not isinstance(value, str) or not value.strip():
        raise file.error(key, f"{key} 应是一段文字，写在引号里，不能是空的。")
    words = [_folded(word, ()) for word in value.split()]
    if twice := _twice(words):
        raise file.error(key, f"{key} 里“{twice}”写了两次。请只留一处。")
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _twice(words: list[str]) -> str:
    """The first word that a list has twice; "" if there is none."""
    return next((word for k, word in enumerate(words) if word in words[:k]), "")


def _measure(row: WordRow, same: tuple[tuple[str, str], ...]) -> MeasureRow:
    """The measure of a row. Raises VocabularyError."""
    row.only(
        ("id", "label", "rank", "names", "kinds", "units", "examples"),
        ("before", "after", "change_names", "change_units", "least", "most", "local", "flow", "stock", "urban"),
    )
    ident = row.text("id")
    if not set(ident) <= _ID_CHARACTERS:
        raise row.error(f"id “{ident}”只能有小写英文字母、数字和连字符。", "id")
    if row.number("rank") < 1:
        raise row.error("rank 应是 1 以上的整数，1 最先。", "rank")
    names = [
        _folded(before + name + after, same)
        for name in row.texts("names")
        for before in ("", *row.texts("before"))
        for after in ("", *row.texts("after"))
    ]
    if twice := _twice(names):
        raise row.error(f"names 里“{twice}”写了两次（化简后相同）。请只留一处。", "names")
    return MeasureRow(
        measure=Measure(ident, row.text("label"), row.number("rank")),
        names=frozenset(names),
        change_names=frozenset(_folded(name, same) for name in row.texts("change_names")),
        kinds=_kinds(row),
        units=_units(row, "units"),
        change_units=_units(row, "change_units"),
        least=row.number("least"),
        most=row.number("most"),
        local=_flag(row, "local"),
        flow=_flag(row, "flow"),
        stock=_flag(row, "stock"),
        urban=_flag(row, "urban"),
        examples=_examples(row, ident),
        place=row.place,
    )


def _units(row: WordRow, key: str) -> tuple[str, ...]:
    """The units of a row; "" is a figure without a unit. Raises VocabularyError."""
    value = row.values.get(key, [])
    if not isinstance(value, list) or not all(isinstance(unit, str) for unit in value):
        raise row.error(f'{key} 应是若干单位，写作 ["…", "…"]，没有单位写 ""。', key)
    return tuple(value)


def _flag(row: WordRow, key: str) -> bool:
    """A key that may only be true, False if missing. Raises VocabularyError."""
    if key in row.values and row.values[key] is not True:
        raise row.error(f"{key} 只能写 true，否则不写这一行。", key)
    return key in row.values


def _kinds(row: WordRow) -> tuple[IndicatorKind, ...]:
    """The kinds of a row. Raises VocabularyError for an unknown one."""
    known: Collection[str] = KINDS
    for kind in row.texts("kinds"):
        if kind not in known:
            raise row.error(f"kinds 里不能有“{kind}”。可用的有：{'、'.join(KINDS)}。", "kinds")
    return tuple(kind for kind in KINDS if kind in row.texts("kinds"))


def _examples(row: WordRow, ident: str) -> tuple[str, ...]:
    """The examples of a row. Raises VocabularyError if one is badly written, or if there is none for or none against."""
    examples = row.texts("examples")
    results = []
    for example in examples:
        text, arrow, want = example.partition(" => ")
        if not (text and arrow and want):
            raise row.error(f"例句“{example}”应写作“原文 => id”。", "examples")
        results.append(want)
    if ident not in results or all(want == ident for want in results):
        raise row.error(f"例句要有正例（=> {ident}）和反例（=> {NONE} 或别的 id）。", "examples")
    return examples


def _check_names(rows: Collection[MeasureRow]) -> None:
    """Raise VocabularyError for a name that two measures have."""
    known: dict[str, MeasureRow] = {}
    for row in rows:
        for name in sorted(row.names | row.change_names):
            if name in known and known[name] is not row:
                raise VocabularyError(f"{row.place}: “{name}”已是 {known[name].place} 的名称。请只留一处。")
            known[name] = row


def _folded(name: str, same: tuple[tuple[str, str], ...]) -> str:
    """A name as by `MeasureWords.folded`."""
    plain = unicodedata.normalize("NFKC", name).translate(_DROPPED)
    return _synonyms(same).sub(lambda found: dict(same)[found[0]], plain) if same else plain


@lru_cache(maxsize=8)
def _synonyms(same: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """Matches any word of `same` that has another word to be compared by; the longest first."""
    return re.compile("|".join(re.escape(also) for also, _ in same))
