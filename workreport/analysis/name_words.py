"""Knows the words by which names are told from common language: loads `vocabulary/names/words.toml` into NameWords.

Leaves the finding of names to `mentions`; the folder to load from is the caller's argument.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

KINDS = ("place", "venue", "body", "event", "programme")
"""What a class word makes of a name: 地点, 场馆, 机构, 活动, 工程与政策."""

_TABLES = (
    "breaks",
    "class",
    "common",
    "editions",
    "known",
    "particles",
    "regions",
    "state",
    "suffixes",
    "surnames",
    "titles",
    "topics",
)


class NameWordsError(ValueError):
    """A word list that cannot be used; the message names the file and the key."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A name or a topic that any report may speak of, with the other words for it."""

    name: str
    kind: str
    also: tuple[str, ...]


@dataclass(frozen=True)
class NameWords:
    """The words of `vocabulary/names/words.toml`; each list is explained there, beside its words."""

    particles: frozenset[str]
    editions: frozenset[str]
    breaks: frozenset[str]
    common: frozenset[str]
    regions: frozenset[str]
    state: str
    suffixes: frozenset[str]
    surnames: frozenset[str]
    titles: tuple[str, ...]
    classes: tuple[tuple[str, str], ...]
    ends: tuple[tuple[str, str], ...]
    subjects: tuple[Subject, ...]

    @cached_property
    def lexicon(self) -> dict[str, str]:
        """Every word with its part in a name: "break", "common", "region", or "class"."""
        found = dict.fromkeys(sorted(self.common), "common")
        found |= dict.fromkeys(sorted(self.particles | self.breaks), "break")
        found |= dict.fromkeys(sorted(self.regions), "region")
        found |= {word: "known" for s in self.subjects if s.kind != "topic" for word in (s.name, *s.also)}
        found |= {word: "class" for word, _ in self.classes}
        return found

    @cached_property
    def reach(self) -> dict[str, tuple[int, ...]]:
        """The lengths of the words that begin with a character, the longest first."""
        lengths: dict[str, set[int]] = {}
        for word in self.lexicon:
            lengths.setdefault(word[0], set()).add(len(word))
        return {first: tuple(sorted(of, reverse=True)) for first, of in lengths.items()}

    @cached_property
    def class_kinds(self) -> dict[str, str]:
        return dict(self.classes)

    @cached_property
    def end_kinds(self) -> dict[str, str]:
        return dict(self.ends)


def load(folder: Path) -> NameWords:
    """Read `names/words.toml` below the vocabulary folder.

    Raises NameWordsError naming file and key for what is unknown, missing or of the wrong type, OSError if it is not there.
    """
    file = folder / "names" / "words.toml"
    try:
        document: dict[str, object] = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NameWordsError(f"{file.name}: {error}") from error
    for key in document:
        if key not in _TABLES:
            near = get_close_matches(key, _TABLES, n=1, cutoff=0.4)
            raise NameWordsError(f"{file.name}: unknown key {key}; known are {', '.join(near or _TABLES)}")
    classes: list[tuple[str, str]] = []
    ends: list[tuple[str, str]] = []
    rows = document.get("class")
    if not isinstance(rows, list):
        raise NameWordsError(f"{file.name}: class must be a list of tables")
    for row in rows:
        if not isinstance(row, dict) or set(row) != {"kind", "words", "ends"} or row["kind"] not in KINDS:
            raise NameWordsError(f"{file.name}: a class needs kind ({', '.join(KINDS)}), words and ends, not {row!r}")
        classes += [(word, str(row["kind"])) for word in str(row["words"]).split()]
        ends += [(character, str(row["kind"])) for character in str(row["ends"])]
    subjects = [
        subject
        for kind, names in sorted(_tables(file, document, "known").items())
        for subject in _subjects(file, kind, names)
    ]
    subjects += _subjects(file, "topic", document.get("topics"))
    return NameWords(
        particles=frozenset(_text(file, document, "particles")),
        editions=frozenset(_text(file, document, "editions")),
        breaks=frozenset(_text(file, document, "breaks").split()),
        common=frozenset(_text(file, document, "common").split()),
        regions=frozenset(_text(file, document, "regions").split()),
        state=_text(file, document, "state"),
        suffixes=frozenset(_text(file, document, "suffixes")),
        surnames=frozenset(_text(file, document, "surnames")),
        titles=tuple(_text(file, document, "titles").split()),
        classes=tuple(classes),
        ends=tuple(ends),
        subjects=tuple(subjects),
    )


def _text(file: Path, document: dict[str, object], key: str) -> str:
    value = document.get(key)
    if not isinstance(value, str) or not value.strip():
        raise NameWordsError(f"{file.name}: {key} must be a text of words")
    return value


def _tables(file: Path, document: dict[str, object], key: str) -> dict[str, object]:
    value = document.get(key)
    if not isinstance(value, dict):
        raise NameWordsError(f"{file.name}: {key} must be a table")
    return value


def _subjects(file: Path, kind: str, rows: object) -> list[Subject]:
    if not isinstance(rows, dict):
        raise NameWordsError(f"{file.name}: the names of kind {kind} must be a table of name = [other words]")
    made = []
    for name, also in rows.items():
        if not isinstance(also, list) or not all(isinstance(word, str) and word for word in also):
            raise NameWordsError(f"{file.name}: {name} must be a list of other words")
        made.append(Subject(str(name), kind, tuple(also)))
    return made
