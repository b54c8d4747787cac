"""Knows how the lines of a page become blocks: headings, paragraphs, lists, tables, quotes and rules.

The grammar is that of CommonMark, of which it reads what the pages of this project use, and attributes in braces: at the
end of a heading or of a line, or on a line of their own for the whole block; of a list or a table, an empty line further
down, where no Markdown takes them for words of the last item or for a row. Leaves the marks within a line to `syntax`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from workreport.website.marks.mark_error import MarkError, no_part, too_deep
from workreport.website.marks.mark_names import PARTS
from workreport.website.marks.syntax import Attributes, Definition, attributes_of, definition, tail

_HEADING = re.compile(r"(#{1,6}) (.*)")
_ITEM = re.compile(r"(?:- |[0-9]{1,9}\. +)")
_ROW = re.compile(r"\|(?P<cells>.*)\|(?: \{(?P<attributes>(?:[^{}\\]|\\.)*)\})?")
_CELL = re.compile(r"(?:[^|\\]|\\.)*")
_RULE = "---"
_LINE = re.compile(r"\|(?: ?:?-+:? ?\|)+")


class Line(NamedTuple):
    """A line of text, still with its inner marks, and the attributes at its end."""

    text: str
    attributes: Attributes


class HeadingBlock(NamedTuple):
    """A heading of level 1 to 6."""

    level: int
    text: str
    attributes: Attributes


class ParagraphBlock(NamedTuple):
    """Consecutive lines. `whole` are the attributes on a line of their own after them, None without such a line."""

    lines: tuple[Line, ...]
    whole: Attributes | None


class ListBlock(NamedTuple):
    """A list, of numbered items if `numbered`; an item is its first line and the blocks indented below it."""

    numbered: bool
    items: tuple[ItemBlock, ...]
    attributes: Attributes


class ItemBlock(NamedTuple):
    """An item of a list."""

    line: Line
    blocks: tuple[Block, ...]


class TableBlock(NamedTuple):
    """A table: the cells of its head, then its rows, each with attributes; `numbers` are the columns aligned to the right."""

    head: tuple[str, ...]
    numbers: frozenset[int]
    rows: tuple[tuple[tuple[str, ...], Attributes], ...]
    attributes: Attributes


class QuoteBlock(NamedTuple):
    """A quote."""

    blocks: tuple[Block, ...]
    attributes: Attributes | None


class RuleBlock(NamedTuple):
    """A rule between parts of the page; `what` and `name` are told in the line after it, as in {begins=side-column}.

    `what` is one of `mark_names.PARTS`, "" for a rule without such a line.
    """

    what: str
    name: str


Block: TypeAlias = "HeadingBlock | ParagraphBlock | ListBlock | TableBlock | QuoteBlock | RuleBlock"


class PageBlocks(NamedTuple):
    """The blocks of a page, the lines where they begin, counted from 1, and what its labels stand for."""

    blocks: tuple[Block, ...]
    begins: tuple[int, ...]
    definitions: dict[str, Definition]


def page_blocks(lines: Sequence[str]) -> PageBlocks:
    """Return the blocks of a page, and its definitions, which may stand anywhere between them. Raises `MarkError`.

    >>> page_blocks(["# 甲 {#h}", "", "一。 {#s1}", "{#p1}"]).blocks[1].whole
    {'id': 'p1'}
    """
    kept: list[str] = []
    numbers: list[int] = []
    definitions: dict[str, Definition] = {}
    for number, line in enumerate(lines, start=1):
        found = definition(line) if line.startswith("[") else None
        if found:
            definitions.setdefault(*found)
        else:
            kept.append(line)
            numbers.append(number)
    try:
        blocks = list(_blocks(kept))
    except MarkError as error:
        raise error.at("", numbers[error.line]) from error
    return PageBlocks(tuple(block for _, block in blocks), tuple(numbers[at] for at, _ in blocks), definitions)


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, Block]]:
    """Yield the blocks with the line where each begins, counted from 0. Raises `MarkError` with that line."""
    at = 0
    while at < len(lines):
        if not lines[at]:
            at += 1
            continue
        try:
            block, end = _reader(lines[at])(lines, at)
        except MarkError as error:
            raise error.at("", at) from error
        except RecursionError as error:
            raise too_deep().at("", at) from error
        yield at, block
        at = end


def _inner(lines: Sequence[str]) -> tuple[Block, ...]:
    return tuple(block for _, block in _blocks(lines))


def _reader(line: str) -> Callable[[Sequence[str], int], tuple[Block, int]]:
    """Return the function that reads the block which begins with this line."""
    if line[0] == "#" and _HEADING.fullmatch(line):
        return _heading
    if line == _RULE:
        return _rule
    if line.startswith(">"):
        return _quote
    if _ROW.fullmatch(line):
        return _table
    return _list if _ITEM.match(line) else _paragraph


def _heading(lines: Sequence[str], at: int) -> tuple[Block, int]:
    found = _HEADING.fullmatch(lines[at])
    assert found is not None
    text, own = tail(found[2])
    return HeadingBlock(len(found[1]), text, own), at + 1


def _rule(lines: Sequence[str], at: int) -> tuple[Block, int]:
    own, after = _own(lines, at + 1)
    if own is None:
        return RuleBlock("", ""), after
    what = next((key for key in PARTS if own.get(key)), None)
    if what is None:
        raise no_part(lines[at + 1])
    return RuleBlock(what, own[what]), after


def _own(lines: Sequence[str], at: int) -> tuple[Attributes | None, int]:
    """Return the attributes on the line at `at`, None if it has anything else, and the next line."""
    if at < len(lines) and lines[at].startswith("{"):
        text, own = tail(lines[at])
        if not text:
            return own, at + 1
    return None, at


def _own_below(lines: Sequence[str], at: int) -> tuple[Attributes | None, int]:
    """Return the attributes of a list or table, on the line after it or one empty line further down."""
    own, after = _own(lines, at + 1 if at < len(lines) and not lines[at] else at)
    return own, at if own is None else after


def _paragraph(lines: Sequence[str], at: int) -> tuple[Block, int]:
    found: list[Line] = []
    while at < len(lines) and lines[at]:
        own, after = _own(lines, at)
        if own is not None:
            return ParagraphBlock(tuple(found), own), after
        found.append(Line(*tail(lines[at])))
        at += 1
    return ParagraphBlock(tuple(found), None), at


def _quote(lines: Sequence[str], at: int) -> tuple[Block, int]:
    inner = []
    while at < len(lines) and lines[at].startswith(">"):
        inner.append(lines[at].removeprefix("> ") if lines[at] != ">" else "")
        at += 1
    own, at = _own(lines, at)
    return QuoteBlock(_inner(inner), own), at


def _list(lines: Sequence[str], at: int) -> tuple[Block, int]:
    items = []
    numbered = lines[at][0] != "-"
    while at < len(lines) and (found := _ITEM.match(lines[at])):
        first, indent = Line(*tail(lines[at][found.end() :])), " " * found.end()
        inner, at = [], at + 1
        while at < len(lines):
            if lines[at].startswith(indent):
                inner.append(lines[at][len(indent) :])
            elif not lines[at] and at + 1 < len(lines) and lines[at + 1].startswith(indent):
                inner.append("")
            else:
                break
            at += 1
        items.append(ItemBlock(first, _inner(inner)))
    own, at = _own_below(lines, at)
    return ListBlock(numbered, tuple(items), own or {}), at


def _cells(row: str) -> tuple[str, ...]:
    return tuple(cell.strip(" ") for cell in _split(row))


def _split(row: str) -> Iterator[str]:
    at = 0
    while at <= len(row):
        found = _CELL.match(row, at)
        assert found is not None
        yield found[0]
        at = found.end() + 1


def _table(lines: Sequence[str], at: int) -> tuple[Block, int]:
    rows: list[tuple[tuple[str, ...], Attributes]] = []
    head: tuple[str, ...] = ()
    numbers: frozenset[int] = frozenset()
    while at < len(lines) and (found := _ROW.fullmatch(lines[at])):
        if _LINE.fullmatch(lines[at]):
            head = rows.pop()[0] if rows else ()
            numbers = frozenset(k for k, cell in enumerate(_cells(found["cells"])) if cell.endswith("-:"))
        else:
            rows.append((_cells(found["cells"]), attributes_of(found["attributes"] or "")))
        at += 1
    own, at = _own_below(lines, at)
    return TableBlock(head, numbers, tuple(rows), own or {}), at
