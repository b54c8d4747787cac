"""Knows how Word files (.docx) are read: the text that Word shows, with automatic numbers written out.

Headers, footers, deleted revisions and hidden text are left out and listed. Leaves the zip to `docx_package`, automatic
numbers to `docx_lists`, and what no reader sees to `docx_looks`. Sources: ECMA-376 Part 1 (17 WordprocessingML), Part 3 (markup compatibility).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree as ET

from workreport.ingest.formats.docx_lists import LONGEST_STYLE_CHAIN, numbering_of, styles_of, symbol
from workreport.ingest.formats.docx_looks import DocxLooks, Ground
from workreport.ingest.formats.docx_package import (
    AS_DOCX,
    DocxPackage,
    alternative,
    attribute,
    child,
    children,
    is_on,
    name_of,
)
from workreport.ingest.formats.docx_remarks import OUTSIDE, remarks
from workreport.ingest.formats.extract import (
    DEEPEST_XML,
    INVISIBLE,
    BadSource,
    Extracted,
    MaybeOmitted,
    OmissionKind,
    TextBuilder,
    table_row,
)
from workreport.ingest.formats.superscripts import raised

_HOLDERS = frozenset({"r", "del", "moveFrom", "rt", "sdt"})
"""Elements whose whole content may be left out; `_omission` decides."""
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
"""The elements that refer to a note, each with the part that has the notes."""
_SKIPPED = frozenset({
    "pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "instrText", "delInstrText",
    "commentRangeStart", "commentRangeEnd", "commentReference", "bookmarkStart", "bookmarkEnd", "proofErr",
    "lastRenderedPageBreak", "footnoteRef", "endnoteRef", "separator", "continuationSeparator", "annotationRef", "fldData",
})  # fmt: skip
"""Elements without any text of the report: properties, field codes, anchors."""


@dataclass(slots=True)
class _Field:
    """An open field (page number, date). Its code is no text; `result` is True once its result, which is text, has begun."""

    result: bool = False


class _DocxReader:
    """Reads one document into `page`. Raises BadSource if it has no body.

    While a paragraph is read, `text` has its pieces and `size` their length, `omitted` what is left out of it, and
    `text_boxes` its text boxes. `raised` are the raised characters read last, which `_lower` adds to the text. `unfinished` is the text of a paragraph whose end was deleted: the next one continues it.
    """

    def __init__(self, package: DocxPackage, page: TextBuilder) -> None:
        self.package, self.page = package, page
        main = next(
            (part for kind, part in package.links("").values() if kind == "officeDocument"), "word/document.xml"
        )
        root = package.part(main)
        body = child(root, "body")
        if body is None:
            raise BadSource(package.path, "这个文件里没有 Word 正文。", "请确认它是 Word 文档，另存为 .docx 后再试。")
        self.body = body
        self.links = package.links(main)
        self.styles = styles_of(self._part("styles"))
        self.looks = DocxLooks(root, self._part("styles"), self._part("theme"), self._part("settings"))
        self.ground = self.looks.page
        self.numbering = numbering_of(self._part("numbering"), self.styles)
        self.notes: list[tuple[int, str]] = []
        self.note_numbers: dict[tuple[str, str], int] = {}
        self.note_bodies = {kind: self._notes(kind) for kind in ("footnotes", "endnotes")}
        self.fields: list[_Field] = []
        self.counts: Counter[str] = Counter()
        self.text: list[str] = []
        self.size = 0
        self.omitted: list[tuple[OmissionKind, int, str]] = []
        self.text_boxes: list[ET.Element] = []
        self.paragraphs = 0
        self.unfinished = ""
        self.invisible: list[str] = []
        self.is_raised = False
        self.raised: list[str] = []

    def _part(self, kind: str) -> ET.Element | None:
        """The XML of the part that the document links to as this kind ("styles"), or None."""
        name = next((part for found, part in self.links.values() if found == kind), None)
        return self.package.part(name) if name else None

    def _notes(self, kind: str) -> dict[str, ET.Element]:
        """The footnotes or endnotes by id, without separator lines."""
        root = self._part(kind)
        return (
            {attribute(e, "id") or "": e for e in root if attribute(e, "type") in (None, "normal")}
            if root is not None
            else {}
        )

    def document(self) -> None:
        """Read the body, then the notes. Headers and footers are only listed as left out."""
        self._headers_or_footers("header")
        for line in self._lines(self.body, 0, places=True):
            self.page.line(line)
        self._flush()
        k = 0
        while k < len(self.notes):
            number, words = self.notes[k]
            self.page.line(f"［{number}］{words}")
            k += 1
        self._headers_or_footers("footer")

    def _flush(self) -> None:
        """Add the text of an unfinished paragraph that no paragraph continues."""
        if self.unfinished:
            self.page.line(self.unfinished)
            self.unfinished = ""

    def _headers_or_footers(self, kind: Literal["header", "footer"]) -> None:
        """List each header or footer of the document as left out, once."""
        seen = set()
        for reference in self.body.iter():
            if name_of(reference) != f"{kind}Reference":
                continue
            link = self.links.get(attribute(reference, "id") or "")
            if link is None or link[1] in seen:
                continue
            seen.add(link[1])
            root = self.package.part(link[1])
            if root is not None:
                aside = TextBuilder(self.page.path)
                page, self.page = self.page, aside
                words = "\n".join(line for line in self._lines(root, 0) if line.strip())
                self.page, self.fields, self.paragraphs = page, [], 0
                self.page.omit(kind, words)

    def _lines(self, element: ET.Element, depth: int, *, places: bool = False) -> Iterator[str]:
        """Yield the lines of a body, cell, text box or note. `places`: also record the paragraph of each line."""
        if depth > DEEPEST_XML:
            raise BadSource(self.page.path, "文件里的层次套得太深，不像是 Word 写的。", AS_DOCX)
        for block in element:
            name = name_of(block)
            if name == "p":
                yield from self._paragraph(block, depth, places=places)
            elif name == "tbl":
                if self.unfinished and places:
                    yield self.unfinished
                    self.unfinished = ""
                if places:
                    self.page.place(paragraph=self.paragraphs + 1)
                for row in self._rows(block, depth + 1):
                    yield from row
            elif name == "AlternateContent":
                chosen = alternative(block)
                if chosen is not None:
                    yield from self._lines(chosen, depth + 1, places=places)
            elif name in OUTSIDE:
                self.counts[OUTSIDE[name]] += 1
            elif name not in _SKIPPED:
                yield from self._lines(block, depth + 1, places=places)

    def _rows(self, table: ET.Element, depth: int) -> Iterator[list[str]]:
        """Yield the lines of each row of a table that has text."""
        if depth > DEEPEST_XML:
            raise BadSource(self.page.path, "文件里的层次套得太深，不像是 Word 写的。", AS_DOCX)
        self.counts["表格"] += 1
        for row in children(table, "tr"):
            cells = []
            for cell in children(row, "tc"):
                outer, self.ground = self.ground, self.looks.cell(table, cell, self.ground)
                cells.append([line for line in self._lines(cell, depth + 1) if line.strip()])
                self.ground = outer
            if any(cells):
                yield table_row(cells)

    def _paragraph(self, element: ET.Element, depth: int, *, places: bool) -> Iterator[str]:
        """Yield the line of a paragraph with its automatic number, then the lines of its text boxes."""
        self.paragraphs += 1
        if places and not self.unfinished:
            self.page.place(paragraph=self.paragraphs)
        outer = (self.text, self.size, self.omitted, self.text_boxes)
        self.text, self.size, self.omitted, self.text_boxes = [], 0, [], []
        properties = child(element, "pPr")
        style = attribute(child(properties, "pStyle"))
        ground, self.ground = self.ground, self.looks.paragraph(properties, self.ground)
        self._inline(element, depth + 1, hidden=self._style_hidden(style), omitted="")
        self.ground = ground
        self._lower()
        # Close fields without a result at the end of the paragraph: a field that never ends must not hide later text.
        self.fields = [f for f in self.fields if f.result]
        words, omitted, boxes = "".join(self.text), self.omitted, self.text_boxes
        self.text, self.size, self.omitted, self.text_boxes = outer
        ends = child(properties, "rPr", "del") is None
        # An empty paragraph counts too, unless its mark was deleted.
        number = self.numbering.before(properties, style, words, self.styles) if words.strip() or ends else ""
        number = number if words.strip() else ""
        if number:
            self.counts["自动编号"] += 1
        line = self.unfinished + number + words
        # A blank paragraph adds no line, so what is left out of it is listed where the next paragraph starts.
        shown = places and not ((ends or depth) and not line.strip())
        start = self.page.length + (len(self.unfinished) + len(number) if shown else 0)
        for kind, at, left in omitted:
            self.page.omit(kind, left, at=start + (at if shown else 0))
        self.unfinished = ""
        if ends or depth:
            if line.strip():
                yield line
        else:
            self.unfinished = line
        for box in boxes:
            self.counts["文本框"] += 1
            self.ground = Ground(white=False)  # its filling is not read: white text may well be seen
            yield from self._lines(box, depth + 1, places=places)
            self.ground = ground

    def _style_hidden(self, style: str | None) -> bool:
        """Whether a style hides its text; a style without this property takes it from the style it is based on."""
        for _ in range(LONGEST_STYLE_CHAIN):
            known = self.styles.get(style or "")
            if known is None:
                return False
            if known.hidden is not None:
                return known.hidden
            style = known.base
        return False

    def _add(self, words: str, omitted: MaybeOmitted) -> None:
        """Add text to the paragraph, or to what is left out of it. The code of a field is ignored."""
        if not words or not all(f.result for f in self.fields):
            return
        if not words.isascii():
            self.invisible += INVISIBLE.findall(words)
            words = INVISIBLE.sub("", words)
        if omitted:
            last = self.omitted[-1] if self.omitted else None
            if last and last[0] == omitted and last[1] == self.size:
                self.omitted[-1] = (omitted, self.size, last[2] + words)
            else:
                self.omitted.append((omitted, self.size, words))
            return
        if self.is_raised:
            self.raised.append(words)
            return
        self._lower()
        self.text.append(words)
        self.size += len(words)

    def _lower(self) -> None:
        """Add the raised characters read last to the paragraph, as the mark of a note or as an exponent."""
        if not self.raised:
            return
        before, above = "".join(self.text[-4:]), "".join(self.raised)
        words = raised(before, above)
        self.counts["上标"] += words != above
        self.raised = []
        self.text.append(words)
        self.size += len(words)

    def _inline(self, element: ET.Element, depth: int, *, hidden: bool, omitted: MaybeOmitted) -> None:
        """Read the content of a paragraph. `hidden`: its style hides it. `omitted`: why it is left out, or ""."""
        if depth > DEEPEST_XML:
            raise BadSource(self.page.path, "文件里的层次套得太深，不像是 Word 写的。", AS_DOCX)
        for part in element:
            name = name_of(part)
            if name in _SKIPPED:
                continue
            if name == "AlternateContent":
                chosen = alternative(part)
                if chosen is not None:
                    self._inline(chosen, depth + 1, hidden=hidden, omitted=omitted)
            elif name in _HOLDERS:
                outer, self.is_raised = self.is_raised, self.is_raised or (name == "r" and self._is_raised(part))
                self._inline(part, depth + 1, hidden=hidden, omitted=omitted or self._omission(part, name, hidden))
                self.is_raised = outer
            elif name == "txbxContent":
                if not omitted:
                    self.text_boxes.append(part)
            elif name == "fldChar":
                self._field(attribute(part, "fldCharType") or "")
            elif name in _NOTES:
                self._note(part, name, omitted)
            else:
                self._leaf(part, name, depth, hidden, omitted)

    def _is_raised(self, run: ET.Element) -> bool:
        """Whether a run, or its character style, is superscript."""
        properties = child(run, "rPr")
        own = attribute(child(properties, "vertAlign"))
        style = self.styles.get(attribute(child(properties, "rStyle")) or "")
        return own == "superscript" if own is not None else style is not None and style.raised

    def _omission(self, part: ET.Element, name: str, hidden: bool) -> MaybeOmitted:
        """Why the content of an element of _HOLDERS is left out; "" if it is not."""
        if name in ("del", "moveFrom"):
            return "deleted"
        if name == "rt":
            return "phonetic"
        if name == "sdt":
            return "placeholder" if is_on(child(part, "sdtPr", "showingPlcHdr")) else ""
        properties = child(part, "rPr")
        vanish = child(properties, "vanish")
        own = (
            is_on(vanish)
            if vanish is not None
            else hidden or self._style_hidden(attribute(child(properties, "rStyle")))
        )
        return "hidden" if own or self.looks.is_unseen(properties, self.ground) else ""

    def _leaf(self, element: ET.Element, name: str, depth: int, hidden: bool, omitted: MaybeOmitted) -> None:
        """Read text, breaks, tabs and symbols; look for text inside any other element."""
        if name in ("t", "delText"):
            self._add(
                (element.text or "").replace("\r", "").replace("\n", " "), "deleted" if name == "delText" else omitted
            )
        elif name == "br":
            self._add("\n" if attribute(element, "type") in (None, "textWrapping") else "", omitted)
        elif name in ("tab", "ptab"):
            self._add("\t", omitted)
        elif name == "cr":
            self._add("\n", omitted)
        elif name == "noBreakHyphen":
            self._add("-", omitted)
        elif name == "sym":
            code = (attribute(element, "char") or "").upper()
            self._add(symbol(code), omitted)
        elif name == "textpath":
            self._add(attribute(element, "string") or "", omitted)
        elif name in OUTSIDE:
            self.counts[OUTSIDE[name]] += 1
        else:
            if name in ("drawing", "pict"):
                self.counts["图形"] += not any(name_of(e) == "txbxContent" for e in element.iter())
            self._inline(element, depth + 1, hidden=hidden, omitted=omitted)

    def _field(self, kind: str) -> None:
        """Open a field ("begin"), begin its result ("separate") or close it ("end")."""
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].result = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _note(self, reference: ET.Element, name: str, omitted: MaybeOmitted) -> None:
        """Write ［n］ for the first reference to a footnote or endnote; `document` adds its text at the end."""
        kind, key = _NOTES[name], attribute(reference, "id") or ""
        body = self.note_bodies[kind].get(key)
        if omitted or body is None or (kind, key) in self.note_numbers:
            return
        if attribute(reference, "customMarkFollows") in ("1", "true", "on"):
            self.counts["自定义记号的脚注"] += 1
        number = len(self.note_numbers) + 1
        self.note_numbers[kind, key] = number
        fields, self.fields = self.fields, []
        unfinished, self.unfinished = self.unfinished, ""
        words = "\n".join(line.strip() for line in self._lines(body, 1) if line.strip())
        self.fields, self.unfinished = fields, unfinished
        self.notes.append((number, words))
        self.counts["脚注"] += 1
        outer, self.is_raised = self.is_raised, False
        self._add(f"［{number}］", "")
        self.is_raised = outer

    def remarks(self) -> tuple[str, ...]:
        """What a person should check, in Chinese."""
        comments = self._part("comments")
        return remarks(self.counts, self.numbering.unknown, len(comments) if comments is not None else 0)


def extract(data: bytes, path: str) -> Extracted:
    """Read a .docx file. Raises BadSource if it is not one, has a password, is damaged or too large, or has no text."""
    page = TextBuilder(path)
    reader = _DocxReader(DocxPackage(data, path), page)
    reader.document()
    if not page.length:
        raise BadSource(
            path, "这个 .docx 里没有文字。", "如果内容是图片（扫描件），请先用文字识别（OCR）转成文字，再收入。"
        )
    reader.counts.update(kind for kind, *_ in page.omissions if kind in ("deleted", "hidden"))
    return page.extracted("utf-8", [*reader.remarks(), *page.omit_invisible(reader.invisible)])
