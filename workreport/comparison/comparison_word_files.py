"""Knows how the words of comparisons are read: `comparison/*.toml` of the vocabulary folders, with errors in Chinese.

Leaves what is asked of the words to `comparison_words`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from workreport.analysis.measure_words import MeasureWords
from workreport.analysis.word_files import WordFile, WordRow, nearest, read
from workreport.comparison.comparison_words import (
    BOUNDS,
    Action,
    Bound,
    ComparisonWords,
    Goal,
    Size,
    longest_first,
)

FOLDER = "comparison"
WORDS = "words.toml"
_PLAIN = (
    "leads", "light", "tails", "doings", "stock", "held", "added", "begun", "yearly", "shortfalls", "stages", "told", "raised", "rates", "kept",
    "areas", "turns", "samples", "units_of_projects", "served", "firsts", "fuller", "held_to", "same_basis", "lower", "shares", "shown_shares", "real", "bases", "people", "strict",
)  # fmt: skip
"""The lists that are kept as they are read: each a text of words separated by white space."""
_LISTS = (*_PLAIN, "generic", "capped", "near", "senses")
_TABLES = ("same", "action", "unit", "goal", "family", "wider", "size", "bound")
_SIZE = re.compile(r"(\S+) = (\d+)(?:/(\d+))?")
"""How large a unit is: 亩 = 2000/3."""


def load(folder: Path, measures: MeasureWords, *own: Path) -> ComparisonWords:
    """Read `comparison/words.toml` of the vocabulary folder, and add `comparison/*.toml` of the folders `own`, if they have any.

    For a word of `same`, or a unit, that both have, the row of `own` counts. Raises VocabularyError with file and line for
    anything unknown, missing or of the wrong type; OSError if our words cannot be read.
    """
    files = [_file(folder / FOLDER / WORDS, folder), *(file for home in own for file in _own_files(home))]
    lists = {key: _words(files, key) for key in _LISTS}
    return ComparisonWords(
        measures=measures,
        **{key: lists[key] for key in _PLAIN},
        generic=frozenset(lists["generic"]),
        capped=frozenset(lists["capped"]),
        senses=tuple(tuple(group.split("/")) for group in lists["senses"]),
        near=tuple(frozenset(pair.split("=")) for pair in lists["near"]),
        goals=tuple(Goal(name, words) for name, words in _by_id(files, "goal").items()),
        families=tuple(_families(files, measures)),
        same=_same(files, measures),
        wider=tuple(_wider(files)),
        actions=tuple(_actions(files)),
        units=tuple(
            frozenset((row.text("word"), *row.texts("also"))) for row in _rows(files, "unit", ("word", "also"))
        ),
        sizes=MappingProxyType(dict(_sizes(files))),
        bounds=tuple(_bounds(files)),
    )


def _own_files(home: Path) -> Iterator[WordFile]:
    """The files of a project's own words, in the order of their names."""
    for path in sorted((home / FOLDER).glob("*.toml")):
        yield _file(path, home)


def _file(path: Path, home: Path) -> WordFile:
    """A file of words, with no other tables than the known ones. Raises VocabularyError, OSError."""
    file = read(path, f"{home.name}/{FOLDER}/{path.name}")
    file.only((*_LISTS, *_TABLES))
    return file


def _rows(
    files: Sequence[WordFile], table: str, needed: tuple[str, ...], free: tuple[str, ...] = ()
) -> Iterator[WordRow]:
    """The rows of a table in all files, with no other keys than these. Raises VocabularyError."""
    for file in files:
        for row in file.rows(table):
            row.only(needed, free)
            yield row


def _words(files: Sequence[WordFile], key: str) -> tuple[str, ...]:
    """The words of a list in all files, the longest first. Raises VocabularyError if the first file lacks it."""
    found: list[str] = []
    for file in files:
        value = file.tables.get(key)
        if value is None and file is not files[0]:
            continue
        if not isinstance(value, str) or not value.strip():
            raise file.error(key, f"{key} 应是一段文字，写在引号里，不能是空的。")
        found += value.split()
    return longest_first(dict.fromkeys(found))


def _by_id(files: Sequence[WordFile], table: str, free: tuple[str, ...] = ()) -> dict[str, tuple[str, ...]]:
    """The words of the rows of a table by their ids, the longest first. Raises VocabularyError."""
    found: dict[str, tuple[str, ...]] = {}
    for row in _rows(files, table, ("id", "words"), free):
        name = row.text("id")
        found[name] = longest_first((*found.get(name, ()), *row.text("words").split()))
    return found


def _actions(files: Sequence[WordFile]) -> Iterator[Action]:
    """The actions. Raises VocabularyError for an id in `with` that is none of an action."""
    words = _by_id(files, "action", ("with",))
    agrees: dict[str, frozenset[str]] = {}
    for row in _rows(files, "action", ("id", "words"), ("with",)):
        name = row.text("id")
        agrees[name] = agrees.get(name, frozenset()) | frozenset(_known(row, "with", words))
    for name, each in words.items():
        yield Action(name, each, agrees[name])


def _bounds(files: Sequence[WordFile]) -> Iterator[Bound]:
    """The words of approximation. Raises VocabularyError for an unknown id."""
    for row in _rows(files, "bound", ("id",), ("ahead", "behind")):
        yield Bound(
            row.choice("id", BOUNDS),
            longest_first(row.text("ahead").split()),
            longest_first(row.text("behind").split()),
        )


def _families(files: Sequence[WordFile], measures: MeasureWords) -> Iterator[tuple[frozenset[str], tuple[str, ...]]]:
    """General names and the measures that answer them, one's own first. Raises VocabularyError for an unknown measure."""
    for row in _rows(files[::-1], "family", ("names", "measures")):
        yield frozenset(row.text("names").split()), _known(row, "measures", measures.by_id)


def _wider(files: Sequence[WordFile]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Names of kinds of things, and the names of the things. Raises VocabularyError."""
    for row in _rows(files, "wider", ("word", "kinds")):
        yield row.text("word"), row.texts("kinds")


def _sizes(files: Sequence[WordFile]) -> Iterator[tuple[str, Size]]:
    """Units and how large they are in the base of their row. Raises VocabularyError for a size that is no number."""
    for row in _rows(files, "size", ("base", "units")):
        base = row.text("base")
        yield base, Size(base, Decimal(1), Decimal(1))
        for told in row.texts("units"):
            found = _SIZE.fullmatch(told)
            if found is None or not int(found[2]) or not int(found[3] or 1):
                raise row.error(f"units 里的“{told}”应写作 单位 = 数，如 公顷 = 10000 或 亩 = 2000/3。", "units")
            yield found[1], Size(base, Decimal(found[2]), Decimal(found[3] or 1))


def _known(row: WordRow, key: str, known: Collection[str]) -> tuple[str, ...]:
    """A list of ids that must all be known. Raises VocabularyError with a suggestion otherwise."""
    ids = row.texts(key)
    if unknown := next((one for one in ids if one not in known), ""):
        raise row.error(f"{key} 里没有“{unknown}”这一项。{nearest(unknown, known)}", key)
    return ids


def _same(files: Sequence[WordFile], measures: MeasureWords) -> tuple[tuple[str, str], ...]:
    """The synonyms as (also, word), in the form of folded names, the longest first. Raises VocabularyError for one in two rows."""
    words: dict[str, str] = {}
    for file in files:
        own: dict[str, str] = {}
        for row in _rows([file], "same", ("word", "also")):
            for also in row.texts("also"):
                if also in row.text("word") and row.text("word") not in row.texts("also"):
                    raise row.error(f"word 里有“{also}”，会换两次。请把 word 也写进 also。", "also")
                if own.setdefault(measures.folded(also), row.text("word")) != row.text("word"):
                    raise row.error(f"“{also}”写在两组 same 里。请只留一处。", "also")
        words |= own
    return tuple(sorted(words.items(), key=lambda pair: (-len(pair[0]), pair[0])))
