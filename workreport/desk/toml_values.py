"""Knows how single values of a publisher's TOML file are changed: all else, comments and order too, stays as it is.

Leaves which keys there are to `project`, and writing the file to `file_changes`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import tomlkit
from tomlkit.items import Table

TomlValue = str | int | bool | date | datetime | list[str] | list[list[str]]
"""A value that the desk writes."""


class CannotEdit(Exception):
    """A file is no TOML, or has something else where a value should be; it is left as it is."""


def with_values(text: str, values: Mapping[str, TomlValue | None]) -> str:
    """Return the text of a TOML file with these values; None takes a key away. A key is a name, or a table's and a name.

    A key that stands in a comment (`# date = 2024-02-21`) gets the place of that comment. Raises `CannotEdit`.

    >>> with_values('# 站名\\n# title = "某区"\\n\\n[footer]\\nicp = "1" # 备案\\n', {"title": "甲县", "footer.icp": "2"})
    '# 站名\\ntitle = "甲县"\\n\\n[footer]\\nicp = "2" # 备案\\n'
    """
    for key, value in values.items():
        text = _with_value(text, key, value)
    return text


def values_in(text: str, keys: Iterable[str]) -> dict[str, object]:
    """Return the values of these keys that a TOML file has. Raises `CannotEdit`."""
    document = parsed(text)
    found: dict[str, object] = {}
    for key in keys:
        table, _, name = key.rpartition(".")
        place = document.get(table, {}) if table else document
        if isinstance(place, dict) and name in place:
            found[key] = place[name]
    return found


def parsed(text: str) -> dict[str, Any]:
    """Return what a TOML file says. Raises `CannotEdit` where it is none."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise CannotEdit(f"文件不是正确的 TOML（{error}）。请先改正它。") from error


def _with_value(text: str, key: str, value: TomlValue | None) -> str:
    present = values_in(text, [key])
    if key in present and present[key] == value and type(present[key]) is type(value):
        return text
    if key not in present and value is None:
        return text
    if key not in present and value is not None:
        placed = _in_place_of_comment(text, key, value)
        if placed is not None:
            return placed
    table, _, name = key.rpartition(".")
    document = tomlkit.parse(text)
    home = document.get(table) if table else document
    if table and home is None:
        home = tomlkit.table()
        document.append(table, home)
    if not isinstance(home, Table | tomlkit.TOMLDocument):
        raise CannotEdit(f"“{table}”应写作 [{table}] 一段。请先改正它。")
    if value is None:
        home.remove(name)
    elif name in home:
        home[name] = value
    else:
        home.append(name, tomlkit.item(value))
    return _checked(tomlkit.dumps(document), key, value)


def _in_place_of_comment(text: str, key: str, value: TomlValue) -> str | None:
    """Return the text with the value in the place of the comment that shows its key, None if there is no such comment."""
    table, _, name = key.rpartition(".")
    lines = text.splitlines(keepends=True)
    section = ""
    for k, line in enumerate(lines):
        if found := re.match(r"\s*\[\[?\s*([\w.-]+)\s*\]\]?\s*(?:#.*)?$", line):
            section = found[1]
        elif section == table and re.match(rf"#[ \t]*{re.escape(name)}[ \t]*=", line):
            end = line[len(line.rstrip("\r\n")) :] or "\n"
            lines[k] = f"{name} = {tomlkit.item(value).as_string()}{end}"
            made = "".join(lines)
            try:  # inside a text of several lines such a line is no comment
                return _checked(made, key, value)
            except CannotEdit:
                return None
    return None


def _checked(text: str, key: str, value: TomlValue | None) -> str:
    """Return the text if it is TOML and has this value. Raises `CannotEdit`."""
    if values_in(text, [key]).get(key) != value:
        raise CannotEdit(f"“{key}”写不进这个文件。请用文本编辑器改。")
    return text
