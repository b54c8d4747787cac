"""Knows how web pages (.html) are read: the main text line by line, without code and without navigation.

Navigation is listed as left out, code is not. Leaves telling the main text from the rest to `html_chrome`, and remains of
the page within the text (【字号：大】) to `ingest.line_repairs`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from workreport.ingest.formats import list_numerals
from workreport.ingest.formats.encodings import decode
from workreport.ingest.formats.extract import INVISIBLE, BadSource, Extracted, TextBuilder, table_row
from workreport.ingest.formats.html_chrome import chrome_nodes, omission
from workreport.ingest.formats.html_tree import (
    BLOCKS,
    BY_HAND,
    CODE,
    SPACE,
    HtmlNode,
    count_han,
    mark_unseen,
    text_of,
    tree,
    walk,
)
from workreport.ingest.formats.superscripts import raised

DEEPEST_TABLE = 20
"""The most nested tables; a deeper one is read as ordinary blocks, without tabs."""
MOST_SPANNED = 100
"""The most columns or rows that a cell spans; a larger number is read as this one."""

_WIDE = re.compile("[⺀-鿿豈-﫿　-〿＀-￯“”‘’—…·]")
"""Matches a Chinese character or a full-width punctuation mark."""
_CONTROL = re.compile(f"[\x00-\x08\x0b\x0e-\x1f\x7f]|{INVISIBLE.pattern}")
"""Matches a control or invisible character; all are removed and counted."""
_LIST_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
"""The number format (key of `list_numerals.FORMATS`) for the `type` of an <ol>."""
_SHORT_NUMBER = re.compile(r"-?\d{1,6}")


@dataclass(slots=True)
class _Line:
    """Collects the text of one line after another. `controls` are all invisible characters that were removed so far."""

    run: list[str] = field(default_factory=list)
    preformatted: bool = False
    controls: list[str] = field(default_factory=list)

    def add(self, words: str, *, preformatted: bool) -> None:
        """Add text. `preformatted` text (<pre>) keeps its white space.

        In other text white space becomes one space, as in CSS, or nothing if it is a line break beside a Chinese character.
        """
        if preformatted:
            self.run.append(words.replace("\r\n", "\n"))
            self.preformatted = self.preformatted or "  " in words
        else:
            self.run.append(SPACE.sub(lambda m: "\r" if "\n" in m[0] else " ", words))

    def take(self) -> str:
        """Return the text collected so far, without invisible characters, and start a new line."""
        text = re.sub("[ \r]*\r[ \r]*", "\r", "".join(self.run))
        self.run.clear()
        if "\r" in text:
            first, *rest = text.split("\r")
            text = first
            for piece in rest:
                wide = (not text or _WIDE.match(text[-1])) or (not piece or _WIDE.match(piece[0]))
                text = text + piece if wide else f"{text} {piece}"
        text = text if self.preformatted else re.sub(" {2,}", " ", text).strip(" ")
        self.preformatted = False
        controls = _CONTROL.findall(text)
        self.controls += controls
        return _CONTROL.sub("", text) if controls else text


@dataclass(slots=True)
class _List:
    """An open list: the number of its next item, the step from item to item (0: no numbers), the number format."""

    number: int = 0
    step: int = 0
    form: str = "none"

    @classmethod
    def of(cls, node: HtmlNode) -> _List:
        """Make the list of an element. An <ol> counts up from `start` or 1, or down if `reversed`; a <ul> has no numbers."""
        if node.tag != "ol":
            return cls()
        start, back = node.attributes.get("start", ""), "reversed" in node.attributes
        items = sum(n.tag == "li" for n in node.children)
        first = int(start) if _SHORT_NUMBER.fullmatch(start) else items if back else 1
        return cls(first, -1 if back else 1, _LIST_FORMS.get(node.attributes.get("type", "1"), "decimal"))

    def next(self, item: HtmlNode) -> str:
        """Return the number that a browser shows before an item ("3. "), and count on."""
        value = item.attributes.get("value", "")
        if _SHORT_NUMBER.fullmatch(value):
            self.number = int(value)
        shown = list_numerals.FORMATS[self.form](self.number) + ". "
        self.number += self.step
        return shown


class _HtmlReader:
    """Reads a tree into lines, without recursion except for table cells.

    `chrome` and `most` are as in `omission`. `tables`, `numbers` and `raised` count tables, list numbers and superscripts for
    the remarks.
    """

    def __init__(self, page: TextBuilder, chrome: set[int], most: int) -> None:
        self.page, self.line, self.chrome, self.most = page, _Line(), chrome, most
        self.tables = self.numbers = self.raised = 0

    def lines(self, root: HtmlNode, depth: int = 0) -> Iterator[str]:
        """Yield the lines of a node, in the order of the page. `depth` is the number of tables around it."""
        preformatted = 0
        lists: list[_List] = []
        stack: list[tuple[HtmlNode, bool]] = [(root, False)]
        while stack:
            node, closing = stack.pop()
            if closing:
                preformatted -= node.tag == "pre"
                if node.tag in ("ol", "ul", "menu") and lists:
                    lists.pop()
                yield from self._end_line()
            elif not node.tag:
                self._words(node, preformatted=preformatted > 0)
            elif node is not root and self._left_out(node):
                continue
            elif node.tag == "sup" and (mark := self._mark(node)):
                self.line.add(mark, preformatted=True)
                self.raised += 1
            elif node.tag == "br":
                yield from self._end_line()
            elif node.tag == "table" and depth < DEEPEST_TABLE:
                yield from self._end_line()
                yield from self._table(node, depth)
            else:
                if node.tag in BLOCKS:
                    yield from self._end_line()
                    stack.append((node, True))
                    preformatted += node.tag == "pre"
                    self._open(node, lists)
                stack.extend((n, False) for n in reversed(node.children))
        yield from self._end_line()

    def _mark(self, node: HtmlNode) -> str:
        """The mark of a note or the exponent that a superscript of the main text is; "" for any other."""
        words = text_of(node)
        mark = raised("".join(self.line.run[-4:]), words)
        return mark if mark != words and not any(id(n) in self.chrome for n in walk(node)) else ""

    def _open(self, node: HtmlNode, lists: list[_List]) -> None:
        """At the start of a list, add it to `lists`; at the start of an item, write its number."""
        if node.tag in ("ol", "ul", "menu"):
            lists.append(_List.of(node))
        elif node.tag == "li" and lists and lists[-1].step:
            self.line.add(lists[-1].next(node), preformatted=True)
            self.numbers += 1

    def _words(self, node: HtmlNode, *, preformatted: bool) -> None:
        """Add a run of text to the line, or list it as left out."""
        if id(node) in self.chrome:
            self.page.omit("chrome", node.words.strip())
        else:
            self.line.add(node.words, preformatted=preformatted)

    def _end_line(self) -> Iterator[str]:
        """Yield the line collected so far, unless blank; preformatted text may be several lines."""
        text = self.line.take()
        if text and not text.isspace():
            yield from (part for part in text.split("\n") if part.strip())

    def _left_out(self, node: HtmlNode) -> bool:
        """Whether an element is left out. Its text is then listed, unless it is code."""
        if node.tag in CODE:
            return True
        kind = omission(node, self.chrome, self.most)
        if kind:
            self.page.omit(kind, text_of(node))
        return kind != ""

    def _table(self, table: HtmlNode, depth: int) -> Iterator[str]:
        """Yield the lines of a table. Only a table with a row of several cells is counted in `tables`."""
        several = False
        # Columns that a cell of an earlier row spans, and how many more rows it does.
        spanned: dict[int, int] = {}
        for part in _rows(table):
            if part.tag != "tr":
                yield from self.lines(part, depth + 1)
                continue
            own = [c for c in part.children if c.tag in ("td", "th")]
            places = _columns(own, spanned)
            cells: list[list[str]] = [[] for _ in range(max([0, *(k + 1 for k in places), *(k + 1 for k in spanned)]))]
            spanned = {k: rows - 1 for k, rows in spanned.items() if rows > 1}
            for cell, at in zip(own, places, strict=True):
                cells[at] = list(self.lines(cell, depth + 1))
                rows = _span(cell, "rowspan")
                spanned |= {k: rows - 1 for k in range(at, at + _span(cell, "colspan")) if rows > 1}
            if any(cells):
                several = several or len(own) > 1
                yield from table_row(cells if len(own) > 1 else [cell for cell in cells if cell] or cells)
        self.tables += several


def _span(cell: HtmlNode, name: str) -> int:
    """How many columns (`colspan`) or rows (`rowspan`) a cell spans: from 1 to MOST_SPANNED."""
    value = cell.attributes.get(name, "").strip()
    return min(max(int(value), 1), MOST_SPANNED) if value.isascii() and value.isdecimal() and len(value) < 6 else 1


def _columns(cells: Sequence[HtmlNode], spanned: Mapping[int, int]) -> list[int]:
    """The column (from 0) of each cell of a row: the first that no cell before it and none of an earlier row spans."""
    places, at = [], 0
    for cell in cells:
        while at in spanned:
            at += 1
        places.append(at)
        at += _span(cell, "colspan")
    return places


def _rows(table: HtmlNode) -> Iterator[HtmlNode]:
    """Yield the rows and the caption of a table."""
    for part in table.children:
        if part.tag in ("tbody", "thead", "tfoot"):
            yield from (n for n in part.children if n.tag == "tr")
        elif part.tag in ("tr", "caption"):
            yield part


def _declared_encoding(data: bytes) -> str:
    """Return the encoding that a <meta> of the page declares, in lower case; "" without one."""
    found = re.search(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?([\w-]{2,20})", data[:4096], re.IGNORECASE)
    return found[1].decode("ascii").lower() if found else ""


def _decode(data: bytes, path: str) -> tuple[str, str]:
    """Return (text, encoding) of a page, as `decode` does for text files.

    Accepts also UTF-8, or Big5 if the page declares it, with up to 2 % control and invisible characters.
    """
    try:
        return decode(data, path)
    except BadSource:
        for encoding in ("utf-8", "big5hkscs") if _declared_encoding(data).startswith("big5") else ("utf-8",):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if len(_CONTROL.findall(text)) <= len(text) // 50:
                return text, encoding
        raise


def _read(body: HtmlNode, path: str, chrome: set[int], most: int) -> tuple[TextBuilder, _HtmlReader]:
    """Read a page; `chrome` and `most` are as in `omission`. The line numbers become the paragraphs of the places."""
    page = TextBuilder(path)
    reader = _HtmlReader(page, chrome, most)
    for number, line in enumerate(reader.lines(body), 1):
        page.place(paragraph=number)
        page.line(line)
    return page, reader


def extract(data: bytes, path: str) -> Extracted:
    """Read the main text of a web page. Raises BadSource if it cannot be decoded, is too large or has no text."""
    text, encoding = _decode(data, path)
    root = tree(text, path)
    count_han(root)
    mark_unseen(root)
    body = next((n for n in root.children if n.tag == "body"), None) or next(
        (n for n in walk(root) if n.tag == "body"), root
    )
    page, reader = _read(body, path, chrome_nodes(body), body.han // 2 + 1)
    if not page.length:
        # Everything looks like navigation, so the distinction failed: read all of it.
        page, reader = _read(body, path, set(), 0)
    if not page.length:
        raise BadSource(path, "网页里没有文字。", f"页面可能要联网才显示正文。{BY_HAND}")
    remarks = [*_remarks(page, reader), *page.omit_invisible(reader.line.controls)]
    if encoding != "utf-8" or "�" in "".join(page.parts):
        remarks.append(f"编码按内容认作 {encoding}")
    return page.extracted(encoding, remarks)


def _remarks(page: TextBuilder, reader: _HtmlReader) -> Iterator[str]:
    """Yield what a person should check, in Chinese."""
    if page.omissions:
        yield f"网页上有 {len(page.omissions)} 处不是正文（导航、页脚等），已略去并列出，请核对没有多略"
    else:
        yield "没有认出网页的导航、页脚，全部文字都读入了"
    if reader.tables:
        yield f"表格 {reader.tables} 个，每行一行，各格以制表符分开"
    if reader.raised:
        yield f"上标 {reader.raised} 处，注释的记号写作［n］，乘方写作 ² ³，请核对"
    if reader.numbers:
        yield f"列表的自动编号 {reader.numbers} 处，已写出"
