"""Knows how the blocks of a page become its elements, in their order.

Leaves the report's own text to `paragraphs`, lists to `lists` and tables to `tables`.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from workreport.website.marks.elements import add, put, say
from workreport.website.marks.lists import Lists
from workreport.website.marks.mark_error import MarkError, required, too_deep
from workreport.website.marks.markdown_blocks import (
    Block,
    HeadingBlock,
    ListBlock,
    PageBlocks,
    ParagraphBlock,
    QuoteBlock,
    RuleBlock,
    TableBlock,
)
from workreport.website.marks.marked_sentences import SentenceReader
from workreport.website.marks.paragraphs import ReportText
from workreport.website.marks.syntax import by_class
from workreport.website.marks.tables import append_table

TICKETS = ("one-ticket", "two-tickets", "three-tickets", "many-tickets")
"""Headings of promises, by how many there are below them."""
SECTIONED = {
    "name": "names",
    "entry": "entries",
    "picture": "pictures",
    "half": "pair",
    **dict.fromkeys(TICKETS, "tickets"),
}
"""Headings of these classes begin a section; the sections stand in one box of the class beside it."""
PREVIEWS = "previews"
"""The part of a page with what figures and names in its text open in place."""
CLASSED = frozenset({"name", "entry", *TICKETS})
"""Those whose class the section gets."""
HALF = "half"
"""That of a box beside another one, which is no section."""


def append_page(root: Element, page: PageBlocks, contact: str) -> None:
    """Append the elements of a page; `contact` is where corrections are sent, "" for nowhere.

    Raises `MarkError` with the line of the block whose marks cannot be read.
    """
    _PageMaker(root, page, contact).run()


class _PageMaker:
    """Appends block after block. `_parent` is the element that the next block goes into."""

    def __init__(self, root: Element, page: PageBlocks, contact: str) -> None:
        self._root = self._parent = root
        self._page = page
        self._reader = SentenceReader(page.definitions, contact)
        self._text = ReportText(self._reader)
        self._lists = Lists(self._reader)

    def run(self) -> None:
        for line, block in zip(self._page.begins, self._page.blocks, strict=True):
            if not isinstance(block, ParagraphBlock | QuoteBlock):
                self._text.leave()
            try:
                self._append(block)
            except MarkError as error:
                raise error.at("", line) from error
            except RecursionError as error:
                raise too_deep().at("", line) from error

    def _append(self, block: Block) -> None:
        match block:
            case HeadingBlock():
                self._heading(block)
            case ParagraphBlock():
                self._paragraph(block)
            case QuoteBlock():
                self._text.quote(self._parent, block)
            case ListBlock():
                self._lists.append(self._parent, block)
            case TableBlock():
                append_table(self._parent, block, self._reader)
            case RuleBlock():
                self._rule(block)

    def _rule(self, block: RuleBlock) -> None:
        """End a part of the page. The theme's template puts what stands between the parts where the rule is."""
        self._parent = self._root
        self._text.begin(self._text.section)
        add(self._root, "hr", {"class": f"{block.what}-{block.name}"} if block.what else {})
        if block.name == PREVIEWS:
            self._lists.previews_of_rows(self._root)

    def _heading(self, block: HeadingBlock) -> None:
        name = block.attributes.get("class", "")
        if name not in SECTIONED:
            self._parent = self._root
            self._text.heading(self._parent, block)
            return
        last = self._root[-1] if len(self._root) else None
        if last is None or (last.tag, last.get("class")) != ("div", SECTIONED[name]):
            last = add(self._root, "div", {"class": SECTIONED[name]})
        own = {"class": name} if name in CLASSED else {}
        anchor = required(block.attributes, "id", block.text)
        label = {} if name == HALF else {"aria-labelledby": anchor}
        self._parent = add(last, "div" if name == HALF else "section", {**own, **label})
        plain = HeadingBlock(block.level, block.text, {"id": anchor})
        self._text.heading(self._parent, plain, listed=name not in CLASSED)

    def _paragraph(self, block: ParagraphBlock) -> None:
        if block.whole is not None:
            self._text.paragraph(self._parent, block)
            return
        self._text.leave()
        made = add(self._parent, "p", block.lines[-1].attributes)
        for k, line in enumerate(block.lines):
            if k:
                say(made, "\n")
            nodes = self._reader.nodes(line.text)
            put(made, nodes)
            if former := by_class(nodes, "was"):  # a section without a heading begins
                self._text.begin_at(former.attributes.get("id", ""))
