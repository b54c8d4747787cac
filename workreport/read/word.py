"""Knows Word files (.docx): the words a reader sees, from the XML itself, with automatic numbers written out.

What stands there but is not read to the end (headers, footers, deleted revisions, hidden words) is listed as left out.
Leaves the writing of numbers to `numerals`. Sources: ECMA-376 Part 1 (17 WordprocessingML), Part 3 (markup
compatibility: of several choices, one).
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.etree import ElementTree as ET

from workreport.read import numerals
from workreport.read.common import BadSource, Drawn, Page, table_row

LARGEST_PART = 64_000_000
"""Bytes of one unpacked part. The document of a report of 30,000 characters has 2 million at most."""
DEEPEST = 150
"""Levels of elements within each other; Word itself makes some twenty."""

_AS_DOCX = "请用 Word 或 WPS 打开它，另存为 .docx 后再试。"
_OFF: Final = {"0", "false", "off", "none"}
_SYMBOLS = {"F0B7": "●", "F0A8": "□", "F0FE": "☑", "F052": "☑", "F0A7": "■", "F06E": "■", "F0FC": "√", "F0D8": "►", "F076": "◆", "F075": "◆", "F06C": "●"}  # fmt: skip
"""What the signs of the fonts Symbol and Wingdings look like, by their codes."""
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_OUTSIDE = {"altChunk": "嵌入的其他文件", "chart": "图表", "relIds": "SmartArt 图形", "OLEObject": "嵌入对象"}
_SKIPPED = frozenset({
    "pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "instrText", "delInstrText",
    "commentRangeStart", "commentRangeEnd", "commentReference", "bookmarkStart", "bookmarkEnd", "proofErr",
    "lastRenderedPageBreak", "footnoteRef", "endnoteRef", "separator", "continuationSeparator", "annotationRef", "fldData",
})  # fmt: skip


class _Refused(Exception):
    """XML that no word processor writes."""


class _Builder(ET.TreeBuilder):
    """Builds the tree; a document type (the way to entities that grow, or that read files) ends it."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise _Refused(name, pubid, system)


def _name(element: ET.Element) -> str:
    """The name without its namespace: transitional and strict files differ in the namespace alone."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _said(element: ET.Element | None, name: str = "val") -> str | None:
    """An attribute by its name without the namespace."""
    if element is None:
        return None
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), None)


def _child(element: ET.Element | None, *path: str) -> ET.Element | None:
    for name in path:
        if element is None:
            return None
        element = next((c for c in element if _name(c) == name), None)
    return element


def _on(element: ET.Element | None) -> bool:
    """A switch: there, and not switched off."""
    return element is not None and (_said(element) or "true") not in _OFF


class _Bundle:
    """The zip with its parts; every part is read within LARGEST_PART. Raises BadSource."""

    def __init__(self, data: bytes, path: str) -> None:
        self.path = path
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            locked = "EncryptedPackage".encode("utf-16-le") in data
            raise BadSource(
                path,
                "这个 .docx 加了密码。" if locked else "扩展名是 .docx，内容其实是旧版 Word（.doc）或 WPS 文件。",
                "请用 Word 打开，去掉密码，另存后再试。" if locked else _AS_DOCX,
            )
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
            self.names = {i.filename.lstrip("/"): i for i in self.zip.infolist()}
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise BadSource(path, "这不是完整的 .docx 文件（压缩包打不开）。", _AS_DOCX) from error

    def part(self, name: str) -> ET.Element | None:
        """The tree of one part, or None where there is none."""
        info = self.names.get(name)
        if info is None:
            return None
        if info.file_size > LARGEST_PART:
            raise BadSource(
                self.path,
                f"{name} 解开后有 {info.file_size // 10**6} MB，超过上限 {LARGEST_PART // 10**6} MB。",
                "请确认这是一份报告；图片不影响，文字过多才会这样。",
            )
        if info.flag_bits & 1:
            raise BadSource(self.path, "这个 .docx 加了密码。", "请去掉密码，另存后再试。")
        try:
            with self.zip.open(info) as handle:
                data = handle.read(LARGEST_PART + 1)
            if len(data) > LARGEST_PART:
                raise _Refused(name)
            parser = ET.XMLParser(target=_Builder())
            parser.feed(data)
            root = parser.close()
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
            raise BadSource(self.path, f"这个 .docx 已损坏（{name} 解不开）。", _AS_DOCX) from error
        except (ET.ParseError, _Refused, LookupError) as error:
            raise BadSource(self.path, f"这个 .docx 已损坏（{name} 不是合格的 XML）。", _AS_DOCX) from error
        return root if isinstance(root, ET.Element) else None

    def links(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: id to (kind, part)."""
        folder, file = posixpath.split(name)
        root = self.part(posixpath.join(folder, "_rels", f"{file}.rels"))
        found = {}
        for link in root if root is not None else ():
            if _said(link, "TargetMode") == "External":
                continue
            target = _said(link, "Target") or ""
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[_said(link, "Id") or ""] = ((_said(link, "Type") or "").rpartition("/")[2], whole)
        return found


@dataclass(slots=True)
class _Level:
    """One level of a list: how its number is written."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    between: str = "tab"
    restart: int | None = None
    plain: bool = False


@dataclass(slots=True)
class _Style:
    """What matters of a style here."""

    base: str | None = None
    num: str | None = None
    level: int | None = None
    hidden: bool | None = None


@dataclass(slots=True)
class _Numbers:
    """Automatic numbering: the lists of numbering.xml and where each stands now."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    lists: dict[str, tuple[str, dict[int, int]]] = field(default_factory=dict)
    by_style: dict[tuple[str, str], int] = field(default_factory=dict)
    now: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)

    def next(self, num: str, level: int) -> str:
        """The number that Word would show before this paragraph, and what stands between it and the words."""
        if num not in self.lists:
            return ""
        kind, starts = self.lists[num]
        levels = self.levels.get(kind, {})
        here = levels.get(level)
        if here is None:
            return ""
        now = self.now.setdefault(kind, {})
        if level in starts and (num, level) not in self.begun:
            self.begun.add((num, level))
            now[level] = starts[level] - 1
        for above in range(level):
            now.setdefault(above, levels[above].start if above in levels else 1)
        now[level] = now[level] + 1 if level in now else here.start
        for below in [k for k in now if k > level]:
            restart = levels[below].restart if below in levels else None
            if restart is None or (restart and level < restart):
                del now[below]
        return self._written(here, levels, now)

    def _written(self, here: _Level, levels: dict[int, _Level], now: dict[int, int]) -> str:
        if here.form == "bullet":
            sign = "".join(_SYMBOLS.get(f"{ord(c):04X}", "●") if "\ue000" <= c <= "\uf8ff" else c for c in here.text)
        else:
            sign = here.text
            for k in range(9):
                if f"%{k + 1}" in sign:
                    form = levels[k].form if k in levels else "decimal"
                    form = "decimal" if here.plain else form
                    if form not in numerals.FORMATS:
                        self.unknown.add(form)
                    value = now.get(k, levels[k].start if k in levels else 1)
                    sign = sign.replace(f"%{k + 1}", numerals.FORMATS.get(form, str)(value))
        tight = not sign or here.between == "nothing" and not sign[-1:].isdigit() and sign[-1:] not in ".．"
        return sign if tight or sign[-1] in "、）)】．：" else f"{sign} "


def _numbering(root: ET.Element | None, styles: dict[str, _Style]) -> _Numbers:
    """The lists of numbering.xml."""
    numbers = _Numbers()
    links: dict[str, str] = {}
    for element in root if root is not None else ():
        if _name(element) == "abstractNum":
            kind = _said(element, "abstractNumId") or ""
            link = _said(_child(element, "numStyleLink"))
            if link:
                links[kind] = link
            numbers.levels[kind] = {}
            for one in element:
                if _name(one) == "lvl":
                    level = _whole(_said(one, "ilvl"), 0)
                    numbers.levels[kind][level] = _level(one)
                    style = _said(_child(one, "pStyle"))
                    if style:
                        numbers.by_style[kind, style] = level
    for element in root if root is not None else ():
        if _name(element) != "num":
            continue
        kind = _said(_child(element, "abstractNumId")) or ""
        num = _said(element, "numId") or ""
        starts: dict[int, int] = {}
        for over in element:
            if _name(over) == "lvlOverride":
                level = _whole(_said(over, "ilvl"), 0)
                own = _child(over, "lvl")
                if own is not None:
                    kind_own = f"{kind}/{num}"
                    numbers.levels.setdefault(kind_own, dict(numbers.levels.get(kind, {})))[level] = _level(own)
                    kind = kind_own if kind != kind_own else kind
                start = _said(_child(over, "startOverride"))
                if start is not None:
                    starts[level] = _whole(start, 1)
        numbers.lists[num] = (kind, starts)
    for kind, link in links.items():
        num = styles[link].num if link in styles else None
        if num in numbers.lists:
            for name, (own, starts) in list(numbers.lists.items()):
                if own == kind:
                    numbers.lists[name] = (numbers.lists[num or ""][0], starts)
    return numbers


def _whole(said: str | None, other: int) -> int:
    try:
        return int(said) if said is not None and len(said) < 9 else other
    except ValueError:
        return other


def _level(element: ET.Element) -> _Level:
    form = _child(element, "numFmt")
    if form is None:
        # A format that older versions do not know stands in a choice; the fallback is what they show.
        form = next((e for e in element.iter() if _name(e) == "numFmt" and _said(e) != "custom"), None)
    restart = _child(element, "lvlRestart")
    return _Level(
        start=_whole(_said(_child(element, "start")), 0 if _child(element, "start") is None else 1),
        form=_said(form) or "decimal",
        text=_said(_child(element, "lvlText")) or "",
        between=_said(_child(element, "suff")) or "tab",
        restart=_whole(_said(restart), 0) if restart is not None else None,
        plain=_on(_child(element, "isLgl")),
    )


def _styles(root: ET.Element | None) -> dict[str, _Style]:
    """The styles, by their ids."""
    found = {}
    for element in root if root is not None else ():
        if _name(element) != "style":
            continue
        vanish = _child(element, "rPr", "vanish")
        level = _said(_child(element, "pPr", "numPr", "ilvl"))
        found[_said(element, "styleId") or ""] = _Style(
            base=_said(_child(element, "basedOn")),
            num=_said(_child(element, "pPr", "numPr", "numId")),
            level=_whole(level, 0) if level is not None else None,
            hidden=_on(vanish) if vanish is not None else None,
        )
    return found


@dataclass(slots=True)
class _Field:
    """A field that is open: its code is never text, its result is."""

    result: bool = False


class _Reader:
    """One document on its way to text."""

    def __init__(self, bundle: _Bundle, page: Page) -> None:
        self.bundle, self.page = bundle, page
        main = next((part for kind, part in bundle.links("").values() if kind == "officeDocument"), "word/document.xml")
        root = bundle.part(main)
        body = _child(root, "body")
        if body is None:
            raise BadSource(bundle.path, "这个文件里没有 Word 正文。", "请确认它是 Word 文档，另存为 .docx 后再试。")
        self.body = body
        self.links = bundle.links(main)
        self.styles = _styles(self._part("styles"))
        self.numbers = _numbering(self._part("numbering"), self.styles)
        self.notes: list[tuple[int, str]] = []
        self.noted: dict[tuple[str, str], int] = {}
        self.bodies = {kind: self._notes(kind) for kind in ("footnotes", "endnotes")}
        self.fields: list[_Field] = []
        self.seen: Counter[str] = Counter()
        self.text: list[str] = []
        self.size = 0
        self.gone: list[tuple[str, int, str]] = []
        self.boxes: list[ET.Element] = []
        self.paragraphs = 0
        self.carried = ""

    def _part(self, kind: str) -> ET.Element | None:
        name = next((part for found, part in self.links.values() if found == kind), None)
        return self.bundle.part(name) if name else None

    def _notes(self, kind: str) -> dict[str, ET.Element]:
        root = self._part(kind)
        return {_said(e, "id") or "": e for e in root if _said(e, "type") in (None, "normal")} if root is not None else {}

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

    def _furniture(self, kind: str) -> None:
        """Headers or footers, once each."""
        seen = set()
        for reference in self.body.iter():
            if _name(reference) != f"{kind}Reference":
                continue
            link = self.links.get(_said(reference, "id") or "")
            if link is None or link[1] in seen:
                continue
            seen.add(link[1])
            root = self.bundle.part(link[1])
            if root is not None:
                aside = Page(self.page.path)
                page, self.page = self.page, aside
                words = "\n".join(line for line in self._lines(root, 0) if line.strip())
                self.page, self.fields = page, []
                self.page.leave(kind, words)

    def _lines(self, element: ET.Element, depth: int, *, places: bool = False) -> Iterator[str]:
        """The lines of a body, a cell, a text box or a note."""
        if depth > DEEPEST:
            raise BadSource(self.page.path, "文件里的层次套得太深，不像是 Word 写的。", _AS_DOCX)
        for block in element:
            name = _name(block)
            if name == "p":
                yield from self._paragraph(block, depth, places=places)
            elif name == "tbl":
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
        if depth > DEEPEST:
            raise BadSource(self.page.path, "文件里的层次套得太深，不像是 Word 写的。", _AS_DOCX)
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
        facts = _child(element, "pPr")
        style = _said(_child(facts, "pStyle"))
        self._inline(element, depth + 1, hidden=self._style_hides(style), gone="")
        words, gone, boxes = "".join(self.text), self.gone, self.boxes
        self.text, self.size, self.gone, self.boxes = outer
        kept = _child(facts, "rPr", "del") is None
        number = self._number(facts, style) if words.strip() else ""
        if number:
            self.seen["自动编号"] += 1
        start = self.page.length + len(self.carried) + len(number) if places else self.page.length
        for kind, at, left in gone:
            self.page.leave(kind, left, at=start + (at if places else 0))
        whole = self.carried + number + words
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

    def _number(self, facts: ET.Element | None, style: str | None) -> str:
        """The automatic number of a paragraph: its own, or that of its style."""
        own = _child(facts, "numPr")
        num = _said(_child(own, "numId"))
        level = _said(_child(own, "ilvl"))
        depth = _whole(level, 0) if level is not None else None
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
        return self.numbers.next(num, depth)

    # -- within a paragraph ---------------------------------------------------------------------------------------

    def _put(self, words: str, gone: str) -> None:
        if not words or not all(f.result for f in self.fields):
            return
        if gone:
            last = self.gone[-1] if self.gone else None
            if last and last[0] == gone and last[1] == self.size:
                self.gone[-1] = (gone, self.size, last[2] + words)
            else:
                self.gone.append((gone, self.size, words))
            return
        self.text.append(words)
        self.size += len(words)

    def _inline(self, element: ET.Element, depth: int, *, hidden: bool, gone: str) -> None:
        """Everything within a paragraph, in order. `gone` is why it is left out, "" where it is not."""
        if depth > DEEPEST:
            raise BadSource(self.page.path, "文件里的层次套得太深，不像是 Word 写的。", _AS_DOCX)
        for child in element:
            name = _name(child)
            if name in _SKIPPED:
                continue
            if name == "r":
                self._inline(child, depth + 1, hidden=hidden, gone=gone or self._run_gone(child, hidden))
            elif name in ("del", "moveFrom"):
                self._inline(child, depth + 1, hidden=hidden, gone="deleted")
            elif name == "AlternateContent":
                chosen = _choice(child)
                if chosen is not None:
                    self._inline(chosen, depth + 1, hidden=hidden, gone=gone)
            elif name == "rt":
                self._inline(child, depth + 1, hidden=hidden, gone=gone or "phonetic")
            elif name == "sdt":
                empty = _on(_child(child, "sdtPr", "showingPlcHdr"))
                self._inline(child, depth + 1, hidden=hidden, gone=gone or ("placeholder" if empty else ""))
            elif name == "txbxContent":
                if not gone:
                    self.boxes.append(child)
            elif name == "fldChar":
                self._field(_said(child, "fldCharType") or "")
            elif name in _NOTES:
                self._note(child, name, gone)
            else:
                self._leaf(child, name, depth, hidden, gone)

    def _run_gone(self, run: ET.Element, hidden: bool) -> str:
        facts = _child(run, "rPr")
        vanish = _child(facts, "vanish")
        if vanish is not None:
            hidden = _on(vanish)
        else:
            hidden = hidden or self._style_hides(_said(_child(facts, "rStyle")))
        return "hidden" if hidden else ""

    def _leaf(self, element: ET.Element, name: str, depth: int, hidden: bool, gone: str) -> None:
        """Words, signs, and whatever else may hold words."""
        if name in ("t", "delText"):
            self._put((element.text or "").replace("\r", "").replace("\n", " "), "deleted" if name == "delText" else gone)
        elif name == "br":
            self._put("\n" if _said(element, "type") in (None, "textWrapping") else "", gone)
        elif name in ("tab", "ptab"):
            self._put("\t", gone)
        elif name == "cr":
            self._put("\n", gone)
        elif name == "noBreakHyphen":
            self._put("-", gone)
        elif name == "sym":
            code = (_said(element, "char") or "").upper()
            self._put(_SYMBOLS.get(code) or _sign(code), gone)
        elif name == "textpath":
            self._put(_said(element, "string") or "", gone)
        elif name in _OUTSIDE:
            self.seen[_OUTSIDE[name]] += 1
        else:
            if name in ("drawing", "pict"):
                self.seen["图形"] += not any(_name(e) == "txbxContent" for e in element.iter())
            self._inline(element, depth + 1, hidden=hidden, gone=gone)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].result = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _note(self, reference: ET.Element, name: str, gone: str) -> None:
        """［n］ for a footnote or endnote; its words come after the text."""
        kind, key = _NOTES[name], _said(reference, "id") or ""
        body = self.bodies[kind].get(key)
        if gone or body is None or (kind, key) in self.noted:
            return
        if _said(reference, "customMarkFollows") in ("1", "true", "on"):
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
        child = next(rows, None)
        if child is None:
            stack.pop()
        elif _name(child) == name:
            yield child
        elif _name(child) in ("sdt", "sdtContent", "ins", "customXml", "smartTag") and depth < DEEPEST:
            stack.append((iter(child), depth + 1))


def _choice(element: ET.Element) -> ET.Element | None:
    """Of several ways to show the same thing, the first; the words stand in each of them."""
    options = list(element)
    for option in options:
        if any(_name(e) in ("t", "txbxContent") for e in option.iter()):
            return option
    return options[0] if options else None


def _sign(code: str) -> str:
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    return "□" if 0xE000 <= point <= 0xF8FF or 0xD800 <= point <= 0xDFFF or not 32 <= point < 0x110000 else chr(point)


def draw(data: bytes, path: str) -> Drawn:
    """The words of a .docx file. Raises BadSource where it is none, is locked or broken, or holds too much."""
    page = Page(path)
    reader = _Reader(_Bundle(data, path), page)
    reader.document()
    if not page.length:
        raise BadSource(path, "这个 .docx 里没有文字。", "如果内容是图片（扫描件），请先用文字识别（OCR）转成文字，再收入。")
    remarks = list(reader.remarks())
    counts = Counter(kind for kind, *_ in page.out)
    if counts["deleted"]:
        remarks.insert(0, f"修订删去的文字 {counts['deleted']} 处，不在正文里，但会列在校勘页；不愿公开的，先在 Word 里“接受所有修订”再收入")
    if counts["hidden"]:
        remarks.insert(0, f"隐藏文字 {counts['hidden']} 处，不在正文里，但会列在校勘页；不愿公开的，先在 Word 里删去再收入")
    return page.drawn("utf-8", remarks)
