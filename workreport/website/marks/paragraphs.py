"""Knows how the blocks of a report's text become elements: paragraphs of sentences, headings, remarks, repeated passages.

It counts sentences and paragraphs, whose numbers are not written in the Markdown. Leaves one sentence to `marked_sentences`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from workreport.website.marks.elements import add, put, strip
from workreport.website.marks.mark_error import no_passage
from workreport.website.marks.mark_names import DELETED, FORMER, SENTENCE
from workreport.website.marks.markdown_blocks import HeadingBlock, ParagraphBlock, QuoteBlock
from workreport.website.marks.marked_sentences import SentenceReader, old_ids
from workreport.website.marks.serializer import HERE, UNLISTED
from workreport.website.marks.syntax import Attributes, Inline, Node, by_class, plain

TITLE = "report-title"
"""The class of the heading that is the title of a report; its sentences have numbers, as those of paragraphs."""
CONTINUED = "on"
"""The class of the part of a paragraph that goes on behind a repeated passage."""
BROKEN = "broken"
"""The class of the place where a paragraph begins with a repeated passage."""
TOPIC = "step"
"""The class of a sentence that opens a new topic."""
_OF_SENTENCE = (SENTENCE, FORMER, DELETED)
"""What the attributes of a heading say of its sentence, besides the class `TOPIC`."""
UNNUMBERED = frozenset({"byline", "p"})
"""Classes of paragraphs of sentences that are no numbered paragraphs of the text."""


@dataclass(slots=True)
class ReportText:
    """Makes the text of one page. `section` is the last number of the section (3 of 1/3), "" before the first.

    `_open` are the elements of the last paragraph, to which remarks may follow.
    """

    reader: SentenceReader
    section: str = ""
    _sentences: int = 0
    _paragraphs: int = 0
    _id: str = ""
    _open: list[Element] = field(default_factory=list)

    def begin(self, section: str) -> None:
        """Begin to count anew, for a section or a part of the page."""
        self.section, self._sentences, self._paragraphs = section, 0, 0

    def begin_at(self, name: str) -> None:
        """Begin to count anew if a heading or place with this id begins a section: h-1-3, and h-1--2 of a second part 1."""
        if name.startswith("h-"):
            steps = name.removeprefix("h-").replace("--", "/").split("-")
            self.begin(steps[-1].replace("/", "-"))

    def leave(self) -> None:
        """Say that the next block is no remark on the last paragraph."""
        self._open = []

    def _number(self) -> int:
        self._sentences += 1
        return self._sentences

    def heading(self, parent: Element, block: HeadingBlock, *, listed: bool = True) -> Element:
        """Append a heading; `sentence` among its attributes is the id of its sentence, without it the words are ours.

        `listed`: the table of contents has it, if it has an id.
        """
        self.leave()
        own = dict(block.attributes)
        name = own.get("id", "")
        self.begin_at(name)
        nodes = self.reader.nodes(block.text)
        sentence: Attributes = {key: own.pop(key) for key in _OF_SENTENCE if key in own}
        names = own.pop("class", "").split()
        if TOPIC in names:
            names.remove(TOPIC)
            sentence["class"] = TOPIC
        if names:
            own["class"] = " ".join(names)
        made = add(
            parent, f"h{block.level}" if listed and (name or block.level == 1) else f"{UNLISTED}{block.level}", own
        )
        titled = TITLE in names
        if SENTENCE in sentence:
            self._of_heading(made, nodes, sentence, titled=titled)
        else:
            for node in nodes:
                if isinstance(node, Node) and "s" in node.names:
                    self._spanned(made, node)
                else:
                    put(made, [node])
        if titled and (SENTENCE in sentence or by_class(nodes, "s")):
            self._paragraphs += 1
        return made

    def _of_heading(self, made: Element, nodes: list[Inline], own: Attributes, *, titled: bool) -> None:
        mended = by_class(nodes, "mended")
        values: Attributes = {"id": own[SENTENCE], **{key: own[key] for key in own if key != SENTENCE}}
        words = [node for node in nodes if node is not mended]
        self.reader.sentence(made, words, values, self._number() if titled else 0)
        if not titled:
            add(made, HERE, {"class": "cite link", "href": f"#{own[SENTENCE]}", "aria-label": "标题：复制链接"})
        if mended:
            mended.attributes["aria-label"] = "此标题有说明"
            put(made, [mended])

    def _spanned(self, made: Element, node: Node) -> None:
        """Append one of several sentences in a line: a span with class s."""
        names = [name for name in node.names if name != "s"]
        self.reader.sentence(made, node.inner, {**node.attributes, "class": " ".join(names)}, self._number())

    def paragraph(self, parent: Element, block: ParagraphBlock, *, copied: bool = False) -> None:
        """Append a paragraph of sentences, one a line; `copied`: it is a repeated passage, which has no numbers."""
        own = block.whole or {}
        names = own.get("class", "").split()
        numbered = not copied and not UNNUMBERED & set(names)
        if numbered and CONTINUED not in names:
            self.leave()
            self._paragraphs += 1
            self._id = own.get("id", "")
        made = add(parent, "p", _shown(own, names, numbered=numbered))
        self._open.append(made)
        old_ids(made, own, "〔该段已删除〕")
        for line in block.lines:
            nodes = self.reader.nodes(line.text)
            if "id" not in line.attributes:
                put(made, nodes)  # words of ours: where something is missing
                continue
            self.reader.sentence(made, nodes, line.attributes, 0 if copied else self._number())
        if numbered and BROKEN not in names:
            number = f"{self.section}.{self._paragraphs}" if self.section else str(self._paragraphs)
            add(made, HERE, {"class": "pilcrow", "href": f"#{self._id}", "aria-label": f"第{number}段：复制链接"}, "¶")

    def quote(self, parent: Element, block: QuoteBlock) -> None:
        """Append a quote: a repeated passage, remarks on the paragraph before it, or a quotation."""
        own = block.attributes or {}
        lines = [part for part in block.blocks if isinstance(part, ParagraphBlock)]
        if own.get("class") == "copy":
            self._copy(parent, lines)
        elif block.attributes is None:
            self._remarks(parent, lines)
        else:
            made = add(parent, "blockquote", own)
            for paragraph in lines:
                for line in paragraph.lines:
                    put(made, self.reader.nodes(line.text))

    def _copy(self, parent: Element, lines: Sequence[ParagraphBlock]) -> None:
        made = add(parent, "details", {"class": "copy"})
        if len(lines) < 2 or not all(part.lines for part in lines[:2]):
            raise no_passage(" ".join(line.text for part in lines for line in part.lines))
        told, place, *passages = lines
        add(made, "summary", text=plain(self.reader.nodes(told.lines[0].text)))
        put(add(made, "p", {"class": "where"}), self.reader.nodes(place.lines[0].text))
        kept = self._open
        for passage in passages:
            self.paragraph(made, passage, copied=True)
        self._open = [*kept, made]

    def _remarks(self, parent: Element, lines: Sequence[ParagraphBlock]) -> None:
        """Append remarks; together with the paragraph before them, if that is what they are about, in one box."""
        if self._open:
            parts = [part for part in parent if any(part is one for one in self._open)]
            box = Element("div", {"class": "noted"})
            parent.insert(list(parent).index(parts[0]), box)
            for part in parts:
                parent.remove(part)
                box.append(part)
            parent = box
            self.leave()
        made = add(parent, "div", {"class": "remarks", "role": "note"})
        for paragraph in filter(lambda part: part.lines, lines):
            remark = add(made, "p", {"class": "remark"})
            title = plain(self.reader.nodes(paragraph.lines[0].text)).partition(" · ")[0]
            made.set("aria-label", title)  # of its bold words: what all of them are
            for line in paragraph.lines:
                put(remark, [_about(node) for node in strip(self.reader.nodes(line.text))])


def _about(node: Inline) -> Inline:
    """Return the stressed words of a remark, which it is about, as a span with class about."""
    return Node("span", node.inner, {"class": "about"}) if isinstance(node, Node) and node.tag == "em" else node


def _shown(own: Attributes, names: Sequence[str], *, numbered: bool) -> Attributes:
    """Return the attributes of a paragraph: without a class it is one of the text."""
    kept = {"id": own["id"]} if "id" in own else {}
    if not numbered or BROKEN in names:
        return {**kept, "class": " ".join(names)}
    roles = names if any(name.startswith("role-") for name in names) else ["role-text", *names]
    return {**kept, "class": " ".join(["p", *roles])}
