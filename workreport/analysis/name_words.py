"""Knows the words that distinguish names from common language: loads `vocabulary/names/words.toml` into NameWords.

Leaves finding names to `names`; the caller gives the vocabulary folder.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from workreport.analysis.word_files import WordFile, read
from workreport.model import TermKind

KINDS: tuple[TermKind, ...] = ("place", "venue", "body", "event", "programme")
"""The kinds of names that end with a class word (广场, 大学): 地点, 场馆, 机构, 活动, 工程与政策."""

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
"""The top-level keys that the file may have."""


_TEXTS = tuple(key for key in _TABLES if key not in ("class", "known", "topics"))
"""Those of them that are a text."""
_MISSING = object()
"""Stands for a text that a project's own file lacks, which adds nothing."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A name or topic that any report may mention.

    `also` are other spellings; `kind` is "topic" or a table of [known.*].
    """

    name: str
    kind: TermKind
    also: tuple[str, ...]


@dataclass(frozen=True)
class NameWords:
    """The word lists of `vocabulary/names/words.toml`; the file explains each list."""

    particles: frozenset[str]
    editions: frozenset[str]
    breaks: frozenset[str]
    common: frozenset[str]
    regions: frozenset[str]
    state: str
    suffixes: frozenset[str]
    surnames: frozenset[str]
    titles: tuple[str, ...]
    classes: tuple[tuple[str, TermKind], ...]
    ends: tuple[tuple[str, TermKind], ...]
    subjects: tuple[Subject, ...]

    def with_more(self, more: NameWords) -> NameWords:
        """Return these lists with those of `more` added; a class word or subject of `more` takes the place of the same one."""
        renewed = {subject.name for subject in more.subjects}
        return NameWords(
            particles=self.particles | more.particles,
            editions=self.editions | more.editions,
            breaks=self.breaks | more.breaks,
            common=self.common | more.common,
            regions=self.regions | more.regions,
            state=self.state or more.state,
            suffixes=self.suffixes | more.suffixes,
            surnames=self.surnames | more.surnames,
            titles=tuple(dict.fromkeys((*self.titles, *more.titles))),
            classes=tuple({**dict(self.classes), **dict(more.classes)}.items()),
            ends=tuple({**dict(self.ends), **dict(more.ends)}.items()),
            subjects=(*(s for s in self.subjects if s.name not in renewed), *more.subjects),
        )

    @cached_property
    def lexicon(self) -> dict[str, str]:
        """Every word with its role in a name: break, common, region, known or class.

        A word of several lists has the last of these roles: common, break, region, known, class. Topics are left out.
        """
        found = dict.fromkeys(sorted(self.common), "common")
        found |= dict.fromkeys(sorted(self.particles | self.breaks), "break")
        found |= dict.fromkeys(sorted(self.regions), "region")
        found |= {word: "known" for s in self.subjects if s.kind != "topic" for word in (s.name, *s.also)}
        found |= {word: "class" for word, _ in self.classes}
        return found

    @cached_property
    def reach(self) -> dict[str, tuple[int, ...]]:
        """For each first character, the lengths of the words in `lexicon` that start with it, longest first."""
        lengths: dict[str, set[int]] = {}
        for word in self.lexicon:
            lengths.setdefault(word[0], set()).add(len(word))
        return {first: tuple(sorted(of, reverse=True)) for first, of in lengths.items()}

    @cached_property
    def class_kinds(self) -> dict[str, TermKind]:
        """The class words with the kind of name that each ends: 广场 ends a place."""
        return dict(self.classes)

    @cached_property
    def end_kinds(self) -> dict[str, TermKind]:
        """The single characters that may end a name (路), each with the kind of the name."""
        return dict(self.ends)


def load(folder: Path, *own: Path) -> NameWords:
    """Read `names/words.toml` in the vocabulary folder.

    The lists of that file in the folders `own`, which may lack the file or any list, add to these. Raises VocabularyError with file and line for anything unknown, missing, duplicate or of the wrong type; OSError if
    the file cannot be read.
    """
    made = _read_file(folder, needed=True)
    for home in own:
        if (home / "names" / "words.toml").is_file():
            made = made.with_more(_read_file(home, needed=False))
    return made


def _read_file(folder: Path, *, needed: bool) -> NameWords:
    """The lists of one `names/words.toml`; a list that is not `needed` may be missing. Raises VocabularyError."""
    file = read(folder / "names" / "words.toml", f"{folder.name}/names/words.toml")
    file.only(_TABLES)
    if not needed:
        given: dict[str, object] = {**dict.fromkeys(_TEXTS, _MISSING), "known": {}, "topics": {}, **file.tables}
        file = replace(file, tables=given)
    classes, ends = _classes(file)
    known = file.tables.get("known")
    if not isinstance(known, dict):
        raise file.error("known", "known 应是若干组名称，每组以 [known.类别] 开头。")
    subjects = [subject for kind, names in sorted(known.items()) for subject in _subjects(file, kind, names)]
    subjects += _subjects(file, "topic", file.tables.get("topics"))
    return NameWords(
        particles=frozenset(_text(file, "particles")),
        editions=frozenset(_text(file, "editions")),
        breaks=frozenset(_words(file, "breaks")),
        common=frozenset(_words(file, "common")),
        regions=frozenset(_words(file, "regions")),
        state=_text(file, "state"),
        suffixes=frozenset(_text(file, "suffixes")),
        surnames=frozenset(_text(file, "surnames")),
        titles=_words(file, "titles"),
        classes=classes,
        ends=ends,
        subjects=tuple(subjects),
    )


def _classes(file: WordFile) -> tuple[tuple[tuple[str, TermKind], ...], tuple[tuple[str, TermKind], ...]]:
    """The class words and the final characters of names, each with its kind. Raises VocabularyError."""
    words: dict[str, TermKind] = {}
    ends: dict[str, TermKind] = {}
    for row in file.rows("class"):
        row.only(("kind", "words"), ("ends",))
        kind = row.choice("kind", KINDS)
        for found, key, given in ((words, "words", row.text("words").split()), (ends, "ends", row.text("ends"))):
            for word in given:
                if word in found:
                    raise row.error(f"“{word}”已属于 {found[word]}。请只留一处。", key)
                found[word] = kind
    return tuple(words.items()), tuple(ends.items())


def _text(file: WordFile, key: str) -> str:
    """The text of a top-level key. Raises VocabularyError if it is missing, empty or no text."""
    value = file.tables.get(key)
    if value is _MISSING:
        return ""
    if not isinstance(value, str) or not value.strip():
        raise file.error(key, f"{key} 应是一段文字，写在引号里，不能是空的。")
    return value


def _words(file: WordFile, key: str) -> tuple[str, ...]:
    """The words of a text, separated by white space. Raises VocabularyError for a duplicate."""
    words = _text(file, key).split()
    if len(set(words)) != len(words):
        twice = next(word for at, word in enumerate(words) if word in words[:at])
        raise file.error(key, f"{key} 里“{twice}”写了两次。请只留一处。")
    return tuple(words)


def _subjects(file: WordFile, kind: TermKind, rows: object) -> list[Subject]:
    """The subjects of one table, whose rows are: name = [other spellings]. Raises VocabularyError."""
    if not isinstance(rows, dict):
        raise file.error(kind, f'{kind} 应是一组名称，每行写作 名称 = ["别的说法"]。')
    made = []
    for name, also in rows.items():
        if not isinstance(also, list) or not all(isinstance(word, str) and word for word in also):
            raise file.error(str(name), f'“{name}”应是若干别的说法，写作 ["…"]，没有就写 []。')
        made.append(Subject(str(name), kind, tuple(also)))
    return made
