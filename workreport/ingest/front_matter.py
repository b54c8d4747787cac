"""Knows the front matter of a text file: the YAML between two lines --- at its beginning, which describes the file.

It is metadata and never part of the report. Leaves removing it to `repair`, and using its values to `metadata`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

LONGEST_BLOCK = 100
"""The most lines of a front matter; a block that does not end within them is text."""
_ENTRY = re.compile(r"(?P<key>[\w一-鿿][\w一-鿿 .-]{0,40}?)[ \t]*:(?:[ \t]+(?P<value>.*))?")
"""Matches `key: value`; the value is None where it follows on indented lines."""
_INSIDE = re.compile(r"[ \t]+\S.*|-(?:[ \t].*)?|#.*|\s*")
"""Matches a line that belongs to the entry above it, a comment, or a blank line."""
_QUOTED = re.compile(r"\"(?P<double>.*)\"|'(?P<single>.*)'")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A front matter: text[start:end] with its closing line, and the values of its keys (in lower case, without quotes).

    A value on several lines is joined by spaces. Without a front matter `end` is 0.
    """

    start: int = 0
    end: int = 0
    values: dict[str, str] = field(default_factory=dict)


def front_matter(text: str) -> FrontMatter:
    """Return the front matter of a text; an empty one if the text does not begin with a closed block of YAML.

    >>> front_matter("---\\ntitle: '青禾市政府工作报告'\\n---\\n正文").values
    {'title': '青禾市政府工作报告'}
    >>> front_matter("---\\n过去一年，成绩来之不易。\\n---\\n正文").end
    0
    """
    start = len(text) - len(text.lstrip("\ufeff\r\n"))
    if not text.startswith("---", start):
        return FrontMatter()
    lines = text[start : start + 200 * LONGEST_BLOCK].splitlines(keepends=True)[: LONGEST_BLOCK + 1]
    if lines[0].rstrip() != "---":
        return FrontMatter()
    values: dict[str, str] = {}
    key, end = "", start + len(lines[0])
    for line in lines[1:]:
        end += len(line)
        bare = line.rstrip()
        if bare in ("---", "..."):
            return FrontMatter(start, end, values)
        entry = _ENTRY.fullmatch(bare)
        if entry:
            key = entry["key"].strip().lower()
            values[key] = _unquoted(entry["value"] or "")
        elif _INSIDE.fullmatch(bare):
            values.update({key: f"{values[key]} {_unquoted(bare)}".strip()} if key and bare.strip() else {})
        else:
            return FrontMatter()
    return FrontMatter()


def _unquoted(value: str) -> str:
    """Return a value without the white space around it, its quotation marks, and the mark of a block (| or >) or item (-)."""
    bare = re.sub(r"^(?:[|>][+-]?$|-[ \t]+)", "", value.strip())
    found = _QUOTED.fullmatch(bare)
    return (found["double"] or found["single"] or "" if found else bare).strip()
