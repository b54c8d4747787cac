"""Knows Word files (.docx): the words a reader sees, from the XML itself, with automatic numbers written out.

What stands there but is not read to the end (headers, footers, deleted revisions, hidden words) is listed as left out.
Leaves the writing of numbers to `numerals`. Sources: ECMA-376 Part 1 (17 WordprocessingML), Part 3 (markup
compatibility: of several choices, one).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree as ET

from workreport.ingest.formats.docx_lists import SYMBOLS, numbers_of, styles_of
from workreport.ingest.formats.docx_package import AS_DOCX, Bundle, child, name_of, on, said, whole
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

_HOLDERS = frozenset({"r", "del", "moveFrom", "rt", "sdt"})
"""What may say of all it holds that it is left out."""
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_OUTSIDE = {"altChunk": "嵌入的其他文件", "chart": "图表", "relIds": "SmartArt 图形", "OLEObject": "嵌入对象"}
_SKIPPED = frozenset({
    "pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "instrText", "delInstrText",
    "commentRangeStart", "commentRangeEnd", "commentReference", "bookmarkStart", "bookmarkEnd", "proofErr",
    "lastRenderedPageBreak", "footnoteRef", "endnoteRef", "separator", "continuationSeparator", "annotationRef", "fldData",
})  # fmt: skip


@dataclass(slots=True)
class _Field:
    """A field that is open: its code is never text, its result is."""

    result: bool = False


class _DocxReader:
    """One document on its way to text."""

    def __init__(self, bundle: Bundle, page: TextBuilder) -> None:
        self.bundle, self.page = bundle, page
        main = next((part for kind, part in bundle.links("").values() if kind == "officeDocument"), "word/document.xml")
        root = bundle.part(main)
        body = child(root, "body")
        if body is None:
            raise BadSource(bundle.path, "这个文件里没有 Word 正文。", "请确认它是 Word 文档，另存为 .docx 后再试。")
        self.body = body
        self.links = bundle.links(main)
        self.styles = styles_of(self._part("styles"))
        self.numbers = numbers_of(self._part("numbering"), self.styles)
        self.notes: list[tuple[int, str]] = []
        self.noted: dict[tuple[str, str], int] = {}
        self.bodies = {kind: self._notes(kind) for kind in ("footnotes", "endnotes")}
        self.fields: list[_Field] = []
        self.seen: Counter[str] = Counter()
        self.text: list[str] = []
        self.size = 0
        self.gone: list[tuple[OmissionKind, int, str]] = []
        self.boxes: list[ET.Element] = []
        self.paragraphs = 0
        self.carried = ""
        self.marks: list[str] = []

    def _part(self, kind: str) -> ET.Element | None:
        name = next((part for found, part in self.links.values() if found == kind), None)
        return self.bundle.part(name) if name else None

    def _notes(self, kind: str) -> dict[str, ET.Element]:
        root = self._part(kind)
        return {said(e, "id") or "": e for e in root if said(e, "type") in (None, "normal")} if root is not None else {}

    # -- blocks ---------------------------------------------------------------------------------------------------

    def document(self) -> None:
        """The body, then the notes; headers and footers are left out."""
        self._furniture("header")
        for line in self._lines(self.body, 0, places=True):
            self.page.line(line)
        self._flush()
        k = 0
        while k < len(self.notes):
            number, words = self.notes[k]
            self.page.line(f"［{number}］{words}")
            k += 1
        self._furniture("footer")

    def _flush(self) -> None:
        if self.carried:
            self.page.line(self.carried)
            self.carried = ""

    def _furniture(self, kind: Literal["header", "footer"]) -> None:
        """Headers or footers, once each."""
        seen = set()
        for reference in self.body.iter():
            if name_of(reference) != f"{kind}Reference":
                continue
            link = self.links.get(said(reference, "id") or "")
            if link is None or link[1] in seen:
                continue
            seen.add(link[1])
            root = self.bundle.part(link[1])
            if root is not None:
                aside = TextBuilder(self.page.path)
                page, self.page = self.page, aside
                words = "\n".join(line for line in self._lines(root, 0) if line.strip())
                self.page, self.fields, self.paragraphs = page, [], 0
                self.page.omit(kind, words)

    def _lines(self, element: ET.Element, depth: int, *, places: bool = False) -> Iterator[str]:
        """The lines of a body, a cell, a text box or a note."""
        if depth > DEEPEST_XML:
            raise BadSource(self.page.path, "文件里的层次套得太深，不像是 Word 写的。", AS_DOCX)
        for block in element:
            name = name_of(block)
            if name == "p":
                yield from self._paragraph(block, depth, places=places)
            elif name == "tbl":
                if self.carried and places:
                    yield self.carried
                    self.carried = ""
                if places:
                    self.page.place(paragraph=self.paragraphs + 1)
                for row in self._rows(block, depth + 1):
                    yield from row
            elif name == "AlternateContent":
                chosen = _choice(block)
                if chosen is not None:
                    yield from self._lines(chosen, depth + 1, places=places)
            elif name in _OUTSIDE:
                self.seen[_OUTSIDE[name]] += 1
            elif name not in _SKIPPED:
                yield from self._lines(block, depth + 1, places=places)

    def _rows(self, table: ET.Element, depth: int) -> Iterator[list[str]]:
        if depth > DEEPEST_XML:
            raise BadSource(self.page.path, "文件里的层次套得太深，不像是 Word 写的。", AS_DOCX)
        self.seen["表格"] += 1
        for row in _within(table, "tr"):
            cells = [[line for line in self._lines(cell, depth + 1) if line.strip()] for cell in _within(row, "tc")]
            if any(cells):
                yield table_row(cells)

    def _paragraph(self, element: ET.Element, depth: int, *, places: bool) -> Iterator[str]:
        """The line of a paragraph, with its number, then those of the text boxes that hang on it."""
        self.paragraphs += 1
        if places and not self.carried:
            self.page.place(paragraph=self.paragraphs)
        outer = (self.text, self.size, self.gone, self.boxes)
        self.text, self.size, self.gone, self.boxes = [], 0, [], []
        facts = child(element, "pPr")
        style = said(child(facts, "pStyle"))
        self._inline(element, depth + 1, hidden=self._style_hides(style), gone="")
        # A code that no result follows ends with its paragraph, so that a broken field hides nothing after it.
        self.fields = [f for f in self.fields if f.result]
        words, gone, boxes = "".join(self.text), self.gone, self.boxes
        self.text, self.size, self.gone, self.boxes = outer
        kept = child(facts, "rPr", "del") is None
        number = self._number(facts, style, words) if words.strip() else ""
        if number:
            self.seen["自动编号"] += 1
        whole = self.carried + number + words
        # A blank paragraph adds no line, so what it leaves out stands where the next paragraph starts.
        shown = places and not ((kept or depth) and not whole.strip())
        start = self.page.length + (len(self.carried) + len(number) if shown else 0)
        for kind, at, left in gone:
            self.page.omit(kind, left, at=start + (at if shown else 0))
        self.carried = ""
        if kept or depth:
            if whole.strip():
                yield whole
        else:
            # The end of this paragraph was deleted: the next one goes on in its line.
            self.carried = whole
        for box in boxes:
            self.seen["文本框"] += 1
            yield from self._lines(box, depth + 1, places=places)

    def _style_hides(self, style: str | None) -> bool:
        for _ in range(12):
            known = self.styles.get(style or "")
            if known is None:
                return False
            if known.hidden is not None:
                return known.hidden
            style = known.base
        return False

    def _number(self, facts: ET.Element | None, style: str | None, words: str) -> str:
        """The automatic number of a paragraph: its own, or that of its style."""
        own = child(facts, "numPr")
        num = said(child(own, "numId"))
        level = said(child(own, "ilvl"))
        depth = whole(level, 0) if level is not None else None
        first = style
        for _ in range(12):
            known = self.styles.get(style or "")
            if known is None or (num is not None and depth is not None):
                break
            num = num if num is not None else known.num
            depth = depth if depth is not None else known.level
            style = known.base
        if num is None or num == "0":
            return ""
        if depth is None:
            kind = self.numbers.lists.get(num, ("", {}))[0]
            depth = self.numbers.by_style.get((kind.partition("/")[0], first or ""), 0)
        return self.numbers.next(num, depth, words)

    # -- within a paragraph ---------------------------------------------------------------------------------------

    def _put(self, words: str, gone: MaybeOmitted) -> None:
        if not words or not all(f.result for f in self.fields):
            return
        if not words.isascii():
            self.marks += INVISIBLE.findall(words)
            words = INVISIBLE.sub("", words)
        if gone:
            last = self.gone[-1] if self.gone else None
            if last and last[0] == gone and last[1] == self.size:
                self.gone[-1] = (gone, self.size, last[2] + words)
            else:
                self.gone.append((gone, self.size, words))
            return
        self.text.append(words)
        self.size += len(words)

    def _inline(self, element: ET.Element, depth: int, *, hidden: bool, gone: MaybeOmitted) -> None:
        """Everything within a paragraph, in order. `gone` is why it is left out, "" where it is not."""
        if depth > DEEPEST_XML:
            raise BadSource(self.page.path, "文件里的层次套得太深，不像是 Word 写的。", AS_DOCX)
        for part in element:
            name = name_of(part)
            if name in _SKIPPED:
                continue
            if name == "AlternateContent":
                chosen = _choice(part)
                if chosen is not None:
                    self._inline(chosen, depth + 1, hidden=hidden, gone=gone)
            elif name in _HOLDERS:
                self._inline(part, depth + 1, hidden=hidden, gone=gone or self._gone(part, name, hidden))
            elif name == "txbxContent":
                if not gone:
                    self.boxes.append(part)
            elif name == "fldChar":
                self._field(said(part, "fldCharType") or "")
            elif name in _NOTES:
                self._note(part, name, gone)
            else:
                self._leaf(part, name, depth, hidden, gone)

    def _gone(self, part: ET.Element, name: str, hidden: bool) -> MaybeOmitted:
        """Why what this holds is left out; "" where it is not."""
        if name in ("del", "moveFrom"):
            return "deleted"
        if name == "rt":
            return "phonetic"
        if name == "sdt":
            return "placeholder" if on(child(part, "sdtPr", "showingPlcHdr")) else ""
        facts = child(part, "rPr")
        vanish = child(facts, "vanish")
        own = on(vanish) if vanish is not None else hidden or self._style_hides(said(child(facts, "rStyle")))
        return "hidden" if own else ""

    def _leaf(self, element: ET.Element, name: str, depth: int, hidden: bool, gone: MaybeOmitted) -> None:
        """Words, signs, and whatever else may hold words."""
        if name in ("t", "delText"):
            self._put(
                (element.text or "").replace("\r", "").replace("\n", " "), "deleted" if name == "delText" else gone
            )
        elif name == "br":
            self._put("\n" if said(element, "type") in (None, "textWrapping") else "", gone)
        elif name in ("tab", "ptab"):
            self._put("\t", gone)
        elif name == "cr":
            self._put("\n", gone)
        elif name == "noBreakHyphen":
            self._put("-", gone)
        elif name == "sym":
            code = (said(element, "char") or "").upper()
            self._put(SYMBOLS.get(code) or _sign(code), gone)
        elif name == "textpath":
            self._put(said(element, "string") or "", gone)
        elif name in _OUTSIDE:
            self.seen[_OUTSIDE[name]] += 1
        else:
            if name in ("drawing", "pict"):
                self.seen["图形"] += not any(name_of(e) == "txbxContent" for e in element.iter())
            self._inline(element, depth + 1, hidden=hidden, gone=gone)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].result = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _note(self, reference: ET.Element, name: str, gone: MaybeOmitted) -> None:
        """［n］ for a footnote or endnote; its words come after the text."""
        kind, key = _NOTES[name], said(reference, "id") or ""
        body = self.bodies[kind].get(key)
        if gone or body is None or (kind, key) in self.noted:
            return
        if said(reference, "customMarkFollows") in ("1", "true", "on"):
            self.seen["自定义记号的脚注"] += 1
        number = len(self.noted) + 1
        self.noted[kind, key] = number
        fields, self.fields = self.fields, []
        carried, self.carried = self.carried, ""
        words = "\n".join(line.strip() for line in self._lines(body, 1) if line.strip())
        self.fields, self.carried = fields, carried
        self.notes.append((number, words))
        self.seen["脚注"] += 1
        self._put(f"［{number}］", "")

    def remarks(self) -> tuple[str, ...]:
        """What a person should look at."""
        said = []
        n = self.seen
        if n["自动编号"]:
            said.append(f"自动编号 {n['自动编号']} 处，已按 Word 的规则写出")
        if self.numbers.unknown:
            said.append(f"编号样式 {'、'.join(sorted(self.numbers.unknown))} 不认识，写成了阿拉伯数字")
        if n["文本框"]:
            said.append(f"文本框 {n['文本框']} 个，文字排在所在段落之后，请核对次序")
        if n["脚注"]:
            said.append(f"脚注 {n['脚注']} 条，记作［n］，排在全文之后")
        if n["表格"]:
            said.append(f"表格 {n['表格']} 个，每行一行，各格以制表符分开")
        said += [f"{kind} {n[kind]} 处，里面的文字没有读" for kind in (*_OUTSIDE.values(), "图形") if n[kind]]
        comments = self._part("comments")
        if comments is not None and len(comments):
            said.append(f"批注 {len(comments)} 条，没有读，也不会公开")
        return tuple(said)


def _within(element: ET.Element, name: str) -> Iterator[ET.Element]:
    """The rows of a table or the cells of a row, through content controls and revisions around them."""
    stack = [(iter(element), 0)]
    while stack:
        rows, depth = stack[-1]
        part = next(rows, None)
        if part is None:
            stack.pop()
        elif name_of(part) == name:
            yield part
        elif name_of(part) in ("sdt", "sdtContent", "ins", "customXml", "smartTag") and depth < DEEPEST_XML:
            stack.append((iter(part), depth + 1))


def _choice(element: ET.Element) -> ET.Element | None:
    """Of several ways to show the same thing, the first; the words stand in each of them."""
    options = list(element)
    for option in options:
        if any(name_of(e) in ("t", "txbxContent") for e in option.iter()):
            return option
    return options[0] if options else None


def _sign(code: str) -> str:
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    return "□" if 0xE000 <= point <= 0xF8FF or 0xD800 <= point <= 0xDFFF or not 32 <= point < 0x110000 else chr(point)


def extract(data: bytes, path: str) -> Extracted:
    """The words of a .docx file. Raises BadSource where it is none, is locked or broken, or holds too much."""
    page = TextBuilder(path)
    reader = _DocxReader(Bundle(data, path), page)
    reader.document()
    if not page.length:
        raise BadSource(
            path, "这个 .docx 里没有文字。", "如果内容是图片（扫描件），请先用文字识别（OCR）转成文字，再收入。"
        )
    remarks = [*reader.remarks(), *page.omit_invisible(reader.marks)]
    counts = Counter(kind for kind, *_ in page.omissions)
    if counts["deleted"]:
        remarks.insert(
            0,
            f"修订删去的文字 {counts['deleted']} 处，不在正文里，但会列在校勘页；不愿公开的，先在 Word 里“接受所有修订”再收入",
        )
    if counts["hidden"]:
        remarks.insert(
            0, f"隐藏文字 {counts['hidden']} 处，不在正文里，但会列在校勘页；不愿公开的，先在 Word 里删去再收入"
        )
    return page.extracted("utf-8", remarks)
