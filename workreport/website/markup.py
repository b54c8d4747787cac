"""Knows the positions of start tags and attributes in a finished HTML page, found by the rules of browsers.

Leaves what to change to `finishing` and `archive`; all text between the changes keeps its bytes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
"""Elements whose content is text and never contains tags."""

_SPACE = r" \t\n\r\f"  # white space of HTML; \s would match U+3000 too, which attribute values contain
# Patterns for the parts of a tag, by the rules of the HTML standard.
_NAME = rf"[^{_SPACE}/>][^{_SPACE}/>=]*+"
_VALUE = rf"""(?:"[^"]*+"|'[^']*+'|[^{_SPACE}>"'][^{_SPACE}>]*+|(?=>))"""
_ATTRIBUTE = rf"(?:{_NAME}(?:[{_SPACE}]*+=[{_SPACE}]*+{_VALUE}|(?![{_SPACE}]*+=)))"
# The first branch is of a tag as programs write it, of which there are many; the second is of any.
_REST = (
    rf"(?:(?>(?>(?:[{_SPACE}]++[a-zA-Z0-9_:.-]++=\"[^\"]*+\")*)[{_SPACE}]*+/?+>)|(?>(?:[{_SPACE}/]++|{_ATTRIBUTE})*)>)"
)
_ONE_ATTRIBUTE = re.compile(rf"({_NAME})(?>(?:[{_SPACE}]*+=[{_SPACE}]*+({_VALUE}))?)")


class Attribute(NamedTuple):
    """The attribute at `page[start:end]`: `name` in lower case, `value` decoded and without quotes, or ""."""

    name: str
    value: str
    start: int
    end: int


class Tag(NamedTuple):
    """The start tag at `page[start:end]`.

    For an element of `RAW`, its text is `page[end:inner]`; else `inner` is `end`.
    """

    name: str
    start: int
    end: int
    inner: int
    page: str

    def attributes(self) -> Iterator[Attribute]:
        """Yield all attributes in their order."""
        for found in _ONE_ATTRIBUTE.finditer(self.page, self.start + 1 + len(self.name), self.end - 1):
            yield _attribute(found)

    def get(self, name: str) -> Attribute | None:
        """Return the first attribute of this name (in lower case), as browsers do; None if there is none."""
        found = _named(name).match(self.page, self.start + 1 + len(self.name), self.end - 1)
        return _attribute(found) if found else None


def _attribute(found: re.Match[str]) -> Attribute:
    raw = found[2] or ""
    if raw[:1] in ('"', "'"):
        raw = raw[1:-1]
    return Attribute(found[1].lower(), unescape(raw) if "&" in raw else raw, found.start(1), found.end())


def _letters(name: str) -> str:
    """Return the pattern of a name in capital or small letters. One that begins with a set is refused at the first letter."""
    return "".join(f"[{letter}{letter.upper()}]" if letter.isalpha() else letter for letter in name)


@lru_cache
def _named(name: str) -> re.Pattern[str]:
    """Return the pattern of a tag's attributes up to the first with this name, which are then not looked at one by one."""
    other = rf"(?!{_letters(name)}(?:[{_SPACE}/>=]|\Z))"
    between, equals = rf"[{_SPACE}/>]*+", rf"[{_SPACE}]*+=[{_SPACE}]*+"
    return re.compile(
        rf"(?>(?:{between}{other}{_NAME}(?>(?:{equals}{_VALUE})?))*){between}({_NAME})(?>(?:{equals}({_VALUE}))?)"
    )


@lru_cache
def _pattern(names: frozenset[str]) -> re.Pattern[str]:
    wanted = rf"(?:{'|'.join(map(_letters, sorted(names | RAW)))})(?=[{_SPACE}/>])"
    # One match skips everything up to the next wanted tag. All quantifiers are possessive, so each character is read
    # once. An unclosed quote or comment ends the search, as in a browser.
    return re.compile(
        rf"""(?>(?:[^<]++
            |<(?!{wanted})[a-zA-Z][^{_SPACE}/>]*+{_REST}
            |</[a-zA-Z][^{_SPACE}/>]*+{_REST}
            |<(?![a-zA-Z/!?])
            |<!--(?:-?>|[\s\S]*?--!?>)
            |<(?!!--)[!?][^>]*+>
            |</(?![a-zA-Z])[^>]*+>
        )*)(?P<tag><(?P<name>{wanted}){_REST})""".replace("\n            ", "").replace("\n        ", "")
    )


def tags(page: str, names: Iterable[str]) -> Iterator[Tag]:
    """Yield the start tags with these names (in lower case), in order; none inside comments, `RAW` text or attribute
    values.

    >>> [t.get('href').value for t in tags('<p title="<a href=1>"><a href="../?x&amp;y">', ["a"])]
    ['../?x&y']
    """
    wanted = frozenset(names)
    pattern = _pattern(wanted)
    at = 0
    while found := pattern.match(page, at):
        name = found["name"].lower()
        start, at = found.span("tag")
        inner = at
        if name in RAW:
            end = _closing(name).search(page, at)
            inner = at = end.start() if end else len(page)
        if name in wanted:
            yield Tag(name, start, found.end("tag"), inner, page)


@lru_cache
def _closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?i:</{name})(?=[{_SPACE}/>])")


def edited(page: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """Return the page with each span replaced: `edits` are (start, end, new text), in any order and without overlaps.

    >>> edited("abc", [(2, 3, "C"), (0, 0, "_")])
    '_abC'
    """
    pieces, at = [], 0
    for start, end, text in sorted(edits):
        pieces += [page[at:start], text]
        at = end
    pieces.append(page[at:])
    return "".join(pieces)


def quoted(value: str) -> str:
    """Return the value of an attribute, escaped and in double quotes.

    >>> quoted('"a"&b')
    '"&quot;a&quot;&amp;b"'
    """
    return '"' + value.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;") + '"'
