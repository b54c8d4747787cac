"""Knows how single rows of a publisher's TOML file, one [[…]] each, are changed, added and taken away; all else stays as it is.

Leaves values outside rows to `toml_values`, and writing the file to `file_changes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import tomlkit
from tomlkit.items import Item

from workreport.desk.toml_values import CannotEdit, parsed

RowValue = str | int | bool | list[str] | dict[str, str]
"""A value of a row that the desk writes; a dict becomes an inline table."""
Row = Mapping[str, object]
"""The values of a row by key."""


def rows_in(text: str, array: str) -> list[dict[str, Any]]:
    """Return the rows of the table array [[array]]. Raises `CannotEdit` where the file is no TOML, or this is no table array.

    >>> rows_in('[[note]]\\nquote = "三百"\\n', "note")
    [{'quote': '三百'}]
    """
    found = parsed(text).get(array, [])
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise CannotEdit(f"“{array}”应是若干组，每组以 [[{array}]] 开头。请先改正它。")
    return found


def row_in(text: str, array: str, key: Row) -> dict[str, Any] | None:
    """Return the last row with these values, None if there is none; a value None means that the row has not this key."""
    at = _place(rows_in(text, array), key)
    return rows_in(text, array)[at] if at is not None else None


def with_row(text: str, array: str, key: Row, values: Mapping[str, RowValue] | None) -> str:
    """Return the text of a TOML file whose row with the values `key` has exactly these `values`; without such a row, one more.

    None takes the row away. Comments of the row and keys that do not change stay as they are. Raises `CannotEdit`.

    >>> text = '[[note]]\\nquote = "三百" # 见表\\nnote = "疑"\\n'
    >>> with_row(text, "note", {"quote": "三百"}, {"quote": "三百", "note": "疑为三千"})
    '[[note]]\\nquote = "三百" # 见表\\nnote = "疑为三千"\\n'
    >>> with_row(text, "note", {"quote": "三百"}, None)
    ''
    """
    rows = rows_in(text, array)
    at = _place(rows, key)
    if at is None and values is None:
        return text
    expected = parsed(text)
    wanted = [*rows]
    if at is None:
        wanted.append(dict(values or {}))
        made = _with_new_row(text, array, values or {})
    else:
        wanted[at : at + 1] = [] if values is None else [dict(values)]
        made = _with_changed_row(text, array, at, rows[at], values)
    if wanted:
        expected[array] = wanted
    else:
        expected.pop(array, None)
    if parsed(made) != expected:
        raise CannotEdit(f"[[{array}]] 的这一组写法特别，程序改不了。请用文本编辑器改。")
    return made


def _place(rows: list[dict[str, Any]], key: Row) -> int | None:
    """The place of the last row with these values."""
    fit = (k for k in range(len(rows) - 1, -1, -1) if all(rows[k].get(name) == value for name, value in key.items()))
    return next(fit, None)


def _with_new_row(text: str, array: str, values: Mapping[str, RowValue]) -> str:
    """The text with a row at its end."""
    lines = [f"[[{array}]]", *(f"{name} = {_item(value).as_string()}" for name, value in values.items())]
    before = text.rstrip()
    return _with_line_ends((f"{before}\n\n" if before else "") + "\n".join(lines) + "\n", text)


def _with_changed_row(text: str, array: str, at: int, was: Row, values: Mapping[str, RowValue] | None) -> str:
    spans = list(_row_spans(text, array))
    if at >= len(spans):
        raise CannotEdit(f"“{array}”没有写作一组一组的 [[{array}]]，程序改不了。请用文本编辑器改。")
    start, end = spans[at]
    before, row, after = text[:start], text[start:end], text[end:]
    if values is None:
        parts = [part for part in (before.rstrip(), after.lstrip("\r\n")) if part.strip()]
        made = "\n\n".join(parts)
        return _with_line_ends(made if made.endswith("\n") or not made else made + "\n", text)
    try:
        document = tomlkit.parse(row)
        table = document[array][0]
        for name in was:
            if name not in values:
                table.remove(name)
        for name, value in values.items():
            if was.get(name) != value or type(was.get(name)) is not type(value):
                table[name] = _item(value)
        made = tomlkit.dumps(document)
    except (tomlkit.exceptions.TOMLKitError, KeyError, IndexError, AttributeError, TypeError) as error:
        raise CannotEdit(f"[[{array}]] 的这一组写法特别，程序改不了。请用文本编辑器改。") from error
    return before + _with_line_ends(made if made.endswith("\n") or not after else made + "\n", text) + after


def _with_line_ends(made: str, text: str) -> str:
    """The text with the line ends of the file that it goes into."""
    return made.replace("\r\n", "\n").replace("\n", "\r\n") if "\r\n" in text else made


def _row_spans(text: str, array: str) -> Iterator[tuple[int, int]]:
    """Yield where each row begins and ends: from its [[…]] to its last value, without the comments that follow it."""
    header = re.compile(rf"[ \t]*\[\[[ \t]*{re.escape(array)}[ \t]*\]\]")
    part = re.compile(rf"[ \t]*\[+[ \t]*{re.escape(array)}[ \t]*\.")
    at, start, end = 0, -1, -1
    for line in text.splitlines(keepends=True):
        begins = header.match(line) is not None
        if start >= 0 and (begins or (line.lstrip().startswith("[") and not part.match(line) and "=" not in line)):
            yield start, end
            start = -1
        if begins:
            start = at
        at += len(line)
        if start >= 0 and line.strip() and not line.lstrip().startswith("#"):
            end = at
    if start >= 0:
        yield start, end


def _item(value: RowValue) -> Item:
    """A value as tomlkit writes it."""
    if isinstance(value, dict):
        table = tomlkit.inline_table()
        table.update(value)
        return table
    return tomlkit.item(value)
