"""Knows how a TOML file of the publisher is read strictly into a dataclass: an unknown key is an error with a suggestion.

Every error names the file, the line if it is known, and what to write. Leaves which files and keys there are to
`settings`, and slips in the syntax to `analysis.toml_slips`.
"""

from __future__ import annotations

import difflib
import re
import tomllib
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from workreport.analysis import toml_slips
from workreport.ingest.plain_files import LARGEST_TOML, read_plain_file

T = TypeVar("T")

LINE = "line"
"""The field of a row's dataclass that gets the line of the row's [[…]], from 1; it is no key of the file."""


class BadSettings(Exception):
    """A settings file cannot be used. The message names the file, the line and key if they are known, and says what to do."""


def nearest(key: str, known: Iterable[str]) -> str:
    """Return a Chinese sentence with the known key most like `key`, or with all known keys if none is like it.

    >>> nearest("titel", ["title", "place"])
    '最接近的正确写法是 title。'
    """
    known = sorted(known)
    close = difflib.get_close_matches(key, known, 1, 0.5)
    return f"最接近的正确写法是 {close[0]}。" if close else f"可用的有：{'、'.join(known)}。"


def line_of(text: str, key: str, value: str = "", start: int = 0) -> int | None:
    """Return the line (from 1) of the first `key = …` or `[key]` at or after `start`; with `value`, of `key = "value"`."""
    follows = rf"=[ \t]*[\"']{re.escape(value)}[\"']" if value else r"(?:=|\.|\])"
    before = r"(?:^|[{,])" if value else "^"
    pattern = rf"{before}[ \t]*(?:\[+[ \t]*)?[\"']?{re.escape(key)}[\"']?[ \t]*{follows}"
    found = re.compile(pattern, re.MULTILINE).search(text, start)
    return text.count("\n", 0, found.start()) + 1 if found else None


def line_of_text(path: Path, words: str, start: int = 1) -> int:
    """Return the first line (from 1) of a file, from the line `start` on, that has `words` in quotation marks, else 0.

    An unreadable file has none, and neither has a comment.
    """
    try:
        lines = read_plain_file(path, LARGEST_TOML).decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return 0
    marked = (f'"{words}"', f"'{words}'")
    for number, line in enumerate(lines, 1):
        if number >= start and not line.lstrip().startswith("#") and any(words_ in line for words_ in marked):
            return number
    return 0


def _is_table(kind: Any) -> bool:
    """Whether a type is read from a table: a dataclass, or a named tuple, of which there are many of one file."""
    return is_dataclass(kind) or hasattr(kind, "_field_defaults")


def _keys(cls: Any) -> dict[str, bool]:
    """The keys of the table that a dataclass or named tuple is read from, and whether each must be there."""
    if is_dataclass(cls):
        needed = {f.name: f.default is MISSING and f.default_factory is MISSING for f in fields(cls)}
    else:
        needed = {name: name not in cls._field_defaults for name in cls._fields}
    return {name: must for name, must in needed.items() if name != LINE}


class TomlReader:
    """Turns one parsed TOML file into a dataclass; `name` and `text` of the file serve for errors that name the line.

    `root` is the dataclass of the whole file, and `kinds` maps types to dataclasses (see `load`).
    """

    def __init__(self, name: str, text: str, root: Any = None, kinds: Mapping[type, type] | None = None) -> None:
        self.name, self.text, self.root, self.kinds = name, text, root, kinds or {}
        self.start = 0
        """The position in the text where the row begins that is read now."""

    def fail(self, key: str, problem: str, value: object = "") -> BadSettings:
        """Return an error that names the line of `key` ("footer.icp": of icp); if `value` is a text, the line with both."""
        line = line_of(self.text, key.rsplit(".", 1)[-1], value if isinstance(value, str) else "", self.start)
        return BadSettings(f"{self.name}{f':{line}' if line else ''}: {problem}")

    def build(self, cls: Any, table: dict[str, Any], where: str = "", line: int = 0) -> Any:
        """Return a `cls` with the values of a table.

        `where` is the table's key with a dot ("footer."), "" for the file; `line` the line of a row's [[…]], 0 for others.
        """
        hints = get_type_hints(cls)
        names = _keys(cls)
        for key in table:
            if key not in names:
                raise self.fail(key, f"不认识的设置 {where}{key}。{self._misplaced(key, where) or nearest(key, names)}")
        for key, needed in names.items():
            if needed and key not in table:
                raise self.fail(where.rstrip("."), f"{where or '文件'} 缺少必填的 {key}。")
        values = {k: self.value(hints[k], v, f"{where}{k}") for k, v in table.items()}
        return cls(**values, **({LINE: line} if LINE in hints else {}))

    def _misplaced(self, key: str, where: str) -> str:
        """Where an unknown key of the table `where` belongs, as a Chinese sentence; "" if no table of the file has it."""
        for home, cls in self._tables():
            if key not in _keys(cls):
                continue
            if home:
                return f"{key} 属于 [{home}]：请写在 [{home}] 这一行的下面。"
            return f"{key} 要写在文件开头、第一个 [ 之前：写在 [[{where.rstrip('.')}]] 之后，就成了那一组里的一项。"
        return ""

    def _tables(self) -> Iterator[tuple[str, Any]]:
        """Yield the dataclass of the file, with the name "", and those of its tables ([footer]), with their names."""
        if self.root is None:
            return
        yield "", self.root
        for name, declared in get_type_hints(self.root).items():
            kind = self.kinds.get(declared, declared)
            if _is_table(kind):
                yield name, kind

    def _rows(self, kind: Any, rows: list[dict[str, Any]], key: str) -> Iterator[Any]:
        """Yield the dataclass of each row of the table array [[key]]; errors and lines are those of the row."""
        headers = re.compile(rf"^[ \t]*\[\[[ \t]*{re.escape(key)}[ \t]*\]\]", re.MULTILINE)
        starts = [found.start() for found in headers.finditer(self.text)]
        known = len(starts) == len(rows)  # otherwise the rows are written in another way: [{ … }, { … }]
        line = counted = 0
        for at, row in enumerate(rows):
            if known:
                line += self.text.count("\n", counted, starts[at]) + (not line)
                counted = self.start = starts[at]
            yield self.build(kind, row, f"{key}.", line)
        self.start = 0

    def value(self, kind: Any, value: Any, key: str) -> Any:
        """Return a TOML value as the type `kind`, which is a field's type: lists become tuples, tables dataclasses."""
        kind = getattr(kind, "__supertype__", kind)  # a NewType is read as the type it is based on
        kind = self.kinds.get(kind, kind)
        origin = get_origin(kind)
        if origin is Literal:
            known = [str(allowed) for allowed in get_args(kind)]
            if value not in known:
                close = difflib.get_close_matches(str(value), known, 1, 0.5)
                near = f"最接近的是 {close[0]}。" if close else ""
                raise self.fail(key, f"{key} = {value!r} 不可用。{near}可用的有：{'、'.join(known)}。", value)
            return value
        if origin in (Union, types.UnionType):
            return self.value(next(a for a in get_args(kind) if a is not type(None)), value, key)
        if origin is tuple:
            return self._list(get_args(kind)[0], value, key)
        if _is_table(kind):
            if not isinstance(value, dict):
                raise self.fail(key, f"{key} 应是一组设置，写作 [{key}]。")
            return self.build(kind, value, f"{key}.")
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            words = {str: "文字，写在引号里", int: "整数", bool: "true 或 false", date: "日期，如 2024-02-21"}
            raise self.fail(key, f"{key} 应是{words.get(kind, kind.__name__)}，现在是 {value!r}。")
        return value

    def _list(self, kind: Any, value: Any, key: str) -> tuple[Any, ...]:
        """Return a TOML list as a tuple of the type `kind`."""
        tables = _is_table(kind)
        if not isinstance(value, list) or (tables and not all(isinstance(v, dict) for v in value)):
            written = f"若干组，每组以 [[{key}]] 开头" if tables else "一个列表，写作 [ … ]"
            raise self.fail(key, f"{key} 应是{written}。")
        return tuple(self._rows(kind, value, key) if tables else (self.value(kind, v, key) for v in value))


def load(path: Path, cls: type[T], name: str | None = None, kinds: Mapping[type, type] | None = None) -> T:
    """Read one TOML file into the dataclass `cls`; a missing file gives its defaults. Raises BadSettings.

    `name` is the file's name in messages (default: `path.name`). `kinds` maps types to dataclasses: a field
    declared with such a type is read as that dataclass instead, and contains it.
    """
    shown = name or path.name
    if not path.exists():
        return cls()
    try:
        text = read_plain_file(path, LARGEST_TOML).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise BadSettings(f"{shown}: 不是 UTF-8 编码。请另存为 UTF-8。") from error
    except OSError as error:
        raise BadSettings(f"{shown}: 读不出来（{error.strerror}）。请检查权限。") from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        slip = toml_slips.explain(text, error)
        raise BadSettings(f"{shown}:{slip.line}: {slip.words}") from error
    result: T = TomlReader(shown, text, cls, kinds).build(cls, table)
    return result
