"""Knows how lists become elements: a plain one as it is, one with a class of `SHAPES` in the shape of this class.

Leaves rows of figures to `figure_rows`, and words to `elements`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from xml.etree.ElementTree import Element

from workreport.website.marks.elements import add, link, put, say, strip
from workreport.website.marks.figure_rows import FigureRow, big, card, figure_row, line, preview
from workreport.website.marks.mark_error import no_fact
from workreport.website.marks.mark_names import FULL_TABLE
from workreport.website.marks.markdown_blocks import ItemBlock, ListBlock, ParagraphBlock
from workreport.website.marks.marked_sentences import SentenceReader
from workreport.website.marks.syntax import Node, by_class, first_link, plain

CLAUSE = 12
"""The most characters of a clause that fits into a line of a list of sections on a phone, with the mark behind it."""
_CLAUSES = re.compile("[，、；：—]")
"""Where a title may break on a phone."""


@dataclass(slots=True)
class Lists:
    """Makes the lists of one page.

    `rows` are the figures listed so far whose previews are still to be made, each with the address of the table of
    indicators.
    """

    reader: SentenceReader
    rows: list[tuple[FigureRow, str]] = field(default_factory=list)

    def append(self, parent: Element, block: ListBlock) -> None:
        """Append a list."""
        name = block.attributes.get("class", "")
        if shape := _SHAPES.get(name):
            shape(self, parent, block)
            return
        made = add(parent, "ol" if block.numbered else "ul", block.attributes)
        for item in block.items:
            self._item(made, item)

    def _item(self, parent: Element, item: ItemBlock) -> None:
        made = add(parent, "li", item.line.attributes)
        put(made, self.reader.nodes(item.line.text))
        self._inner(made, item)

    def _inner(self, parent: Element, item: ItemBlock) -> None:
        for block in item.blocks:
            if isinstance(block, ListBlock):
                self.append(parent, block)
            elif isinstance(block, ParagraphBlock):
                own = block.lines[-1].attributes if block.whole is None else block.whole
                made = add(parent, "p", own)
                for part in block.lines:
                    put(made, self.reader.nodes(part.text))

    def _figures(self, block: ListBlock) -> list[FigureRow]:
        return [figure_row(self.reader.nodes(item.line.text), item.line.attributes) for item in block.items]

    def lines(self, parent: Element, block: ListBlock) -> None:
        """Append the indicators beside a section's text; their previews follow with `previews_of_rows`.

        `full-table` among the attributes is the address of the table of indicators.
        """
        rows = self._figures(block)
        if any(row.held is None for row in rows):
            made = add(parent, "ul", {"class": "lines"})
            for row in rows:
                line(made, row)
        self.rows += [(row, block.attributes.get(FULL_TABLE, "")) for row in rows]

    def previews_of_rows(self, parent: Element) -> None:
        """Append what the figures listed so far open in the text of the page."""
        for row, table in self.rows:
            preview(parent, row, table)
        self.rows = []

    def cards(self, parent: Element, block: ListBlock) -> None:
        """Append the cards of the front page; those of the core board have the class board, too."""
        made = add(parent, "ul", {"class": block.attributes["class"]})
        for row in self._figures(block):
            card(made, row)

    def large(self, parent: Element, block: ListBlock) -> None:
        """Append the large figures beside a picture."""
        made = add(parent, "ul", {"class": "one-figures"})
        for row in self._figures(block):
            big(made, row)

    def previews(self, parent: Element, block: ListBlock) -> None:
        """Append what names and glossary entries open in the text: `word [kind]{.kind} [where all are](address)`."""
        for item in block.items:
            nodes = self.reader.nodes(item.line.text)
            every = first_link(nodes)
            made = add(parent, "div", {"id": f"x-{every.href.partition('#')[2].removeprefix('e-')}"})
            kind = by_class(nodes, "kind")
            word = add(made, "p", {"class": "word"})
            put(word, strip([node for node in nodes if node is not every and node is not kind]))
            put(word, [kind] if kind else [])
            self._inner(made, item)
            put(add(made, "p", {"class": "all"}), [every])

    def notes(self, parent: Element, block: ListBlock) -> None:
        """Append editorial notes: the first line of each says what it is."""
        made = add(parent, "ol", block.attributes)
        for item in block.items:
            row = add(made, "li", item.line.attributes)
            put(add(row, "p", {"class": "what"}), self.reader.nodes(item.line.text))
            self._inner(row, item)

    def groups(self, parent: Element, block: ListBlock) -> None:
        """Append folded groups: `label [number]{.total}` and a list; an item with `open=yes` is open before a reader asks."""
        made = add(parent, "div", {"class": "strip"})
        for item in block.items:
            names = f"rank-group {item.line.attributes.get('class', '')}".rstrip()
            told = item.line.attributes
            own = ({"id": told["id"]} if "id" in told else {}) | ({"open": ""} if "open" in told else {})
            group = add(made, "details", {"class": names, **own})
            nodes = self.reader.nodes(item.line.text)
            number = by_class(nodes, "n")
            summary = add(group, "summary")
            put(add(summary, "span", {"class": "label"}), strip([node for node in nodes if node is not number]))
            if number:
                say(summary, " ")
                put(summary, [number])
            self._inner(group, item)

    def source(self, parent: Element, block: ListBlock) -> None:
        """Append facts about a file: `**label** value`."""
        made = add(parent, "dl", {"class": "source"})
        for item in block.items:
            nodes = self.reader.nodes(item.line.text)
            if not nodes:
                raise no_fact("")
            label, *value = nodes
            put(add(made, "dt"), label.inner if isinstance(label, Node) else [label])
            put(add(made, "dd"), strip(value))

    def contents(self, parent: Element, block: ListBlock) -> None:
        """Append sections as a table of contents: `[（一）title](address)`, facts with class lead, their `[number]{.count}`."""
        made = add(parent, "ol", {"class": "toc-list"})
        for item in block.items:
            nodes = self.reader.nodes(item.line.text)
            target = first_link(nodes)
            row = add(add(made, "li"), "a", link(target))
            number = by_class(target.inner, "no")
            add(row, "span", {"class": "no"}, plain(number.inner) if number else "")
            what = add(row, "span", {"class": "what"})
            title = strip([node for node in target.inner if node is not number])
            long = any(len(clause) > CLAUSE for clause in _CLAUSES.split(plain(title)))
            put(add(what, "span", {"class": "title long" if long else "title"}), title)
            lead = add(what, "span", {"class": "lead"})
            for node in nodes:
                if isinstance(node, Node) and "fact" in node.names:
                    add(lead, "span", text=plain(node.inner))
            words = by_class(nodes, "lead")
            say(lead, plain(words.inner) if words else "")
            count = by_class(nodes, "count")
            add(row, "span", {"class": "count"}, plain(count.inner) if count else "")


Shape: TypeAlias = "Callable[[Lists, Element, ListBlock], None]"
_SHAPES: Mapping[str, Shape] = {
    "lines": Lists.lines,
    "cards": Lists.cards,
    "cards board": Lists.cards,
    "one-figures": Lists.large,
    "previews": Lists.previews,
    "notes": Lists.notes,
    "strip": Lists.groups,
    "source": Lists.source,
    "toc-list": Lists.contents,
}
