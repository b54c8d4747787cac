"""Knows how a word list is read: TOML with the line of every row, and Chinese errors with file and line.

Leaves which tables and keys a list may have to the module that reads it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from workreport.analysis import toml_slips
from workreport.ingest.plain_files import LARGEST_TOML, read_plain_file

Word = TypeVar("Word", bound=str)

_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*([\w-]+)[ \t]*\]\]", re.MULTILINE)
"""The first line of a row: [[unit]]."""


class VocabularyError(ValueError):
    """A word list that cannot be used. The message is Chinese: file, line, what is wrong, what to do."""


@dataclass(frozen=True, slots=True)
class WordFile:
    """A parsed word list; `name` is its name in messages, such as vocabulary/units.toml."""

    name: str
    text: str
    tables: dict[str, object]

    def line(self, key: str, start: int = 0) -> int:
        """The line number (from 1) of the first `key = …`, `[key]` or `[[key]]` at or after the position `start`.

        It is the line of `start` itself if the key does not follow.
        """
        found = re.compile(rf"^[ \t]*(?:\[+[ \t]*)?[\"']?{re.escape(key)}[\"']?[ \t]*[=.\]]", re.MULTILINE)
        match = found.search(self.text, start)
        return self.text.count("\n", 0, match.start() if match else start) + 1

    def error(self, key: str, problem: str) -> VocabularyError:
        """An error at the first line that has the key; at line 1 if none has it."""
        return VocabularyError(f"{self.name}:{self.line(key)}: {problem}")

    def only(self, known: Collection[str]) -> None:
        """Raise VocabularyError for an unknown table or key at the top level."""
        for key in self.tables:
            if key not in known:
                raise self.error(key, f"不认识的 {key}。{nearest(key, known)}")

    def rows(self, table: str) -> Iterator[WordRow]:
        """The rows of `[[table]]`, in order; none if the table is missing.

        Raises VocabularyError if `table` is written as anything but [[table]] groups.
        """
        found = self.tables.get(table, [])
        if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
            raise self.error(table, f"{table} 应是若干组，每组以 [[{table}]] 开头。")
        at, line = 0, 1
        starts = (match.start() for match in _HEADER.finditer(self.text) if match[1] == table)
        for row in found:
            start = next(starts, at)
            line += self.text.count("\n", at, start)
            at = start
            yield WordRow(self, start, f"{self.name}:{line}", {str(key): value for key, value in row.items()})


@dataclass(frozen=True, slots=True)
class WordRow:
    """A row of a list: its file, its position in the file's text, its place as "file:line", and its values."""

    file: WordFile
    start: int
    place: str
    values: dict[str, object]

    def error(self, problem: str, key: str = "") -> VocabularyError:
        """An error at the line of a key of this row, or at the row's first line if the row does not have the key."""
        place = f"{self.file.name}:{self.file.line(key, self.start)}" if key in self.values else self.place
        return VocabularyError(f"{place}: {problem}")

    def only(self, needed: Iterable[str], free: Iterable[str] = ()) -> None:
        """Raise VocabularyError for a missing or empty key of `needed`, and for a key in neither `needed` nor `free`."""
        known = {*needed, *free}
        for key in self.values:
            if key not in known:
                raise self.error(f"不认识的 {key}。{nearest(key, known)}", key)
        for key in needed:
            if not self.values.get(key):
                raise self.error(f"{self.title}缺少 {key}。请补上。", key)

    @property
    def title(self) -> str:
        """How messages name the row: “元”, or 这一组 if it has no `word`."""
        word = self.values.get("word")
        return f"“{word}”" if word else "这一组"

    def text(self, key: str) -> str:
        """A text of the row, "" if missing. Raises VocabularyError for a value of another type."""
        value = self.values.get(key, "")
        if not isinstance(value, str):
            raise self.error(f"{key} 应是文字，写在引号里，现在是 {value!r}。", key)
        return value

    def number(self, key: str) -> int:
        """An integer of the row, 0 if missing. Raises VocabularyError for a value of another type."""
        value = self.values.get(key, 0)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.error(f"{key} 应是整数，现在是 {value!r}。", key)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of non-empty texts of the row, () if missing. Raises VocabularyError for any other value."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(text, str) and text for text in value):
            raise self.error(f'{key} 应是若干文字，写作 ["…", "…"]。', key)
        return tuple(value)

    def choice(self, key: str, known: Collection[Word]) -> Word:
        """A text of the row that must be one of `known`. Raises VocabularyError with a suggestion otherwise."""
        value = self.text(key)
        for word in known:
            if word == value:
                return word
        raise self.error(f"{self.title}的 {key} 不能是“{value}”。{nearest(value, known)}", key)


def nearest(word: str, known: Iterable[str]) -> str:
    """A Chinese sentence that suggests the known word closest to `word`; it lists all known words if none is close.

    >>> nearest("exampel", ["examples", "kind"])
    '是不是 examples？'
    """
    known = sorted(known)
    near = get_close_matches(word, known, n=1, cutoff=0.4)
    return f"是不是 {near[0]}？" if near else f"可用的有：{'、'.join(known)}。"


def read(file: Path, name: str) -> WordFile:
    """Read a word list; `name` is its name in messages. Raises VocabularyError if it is not UTF-8 or not TOML,
    OSError if it cannot be read.
    """
    try:
        text = read_plain_file(file, LARGEST_TOML).decode("utf-8-sig").replace("\r\n", "\n")
        return WordFile(name, text, tomllib.loads(text))
    except UnicodeDecodeError as error:
        raise VocabularyError(f"{name}: 不是 UTF-8 编码。请另存为 UTF-8。") from error
    except tomllib.TOMLDecodeError as error:
        slip = toml_slips.explain(text, error)
        raise VocabularyError(f"{name}:{slip.line}: {slip.words}") from error
