"""Knows web pages (.html): the words of the main text, without scripts and without the page's own chrome.

What is left out is listed. Leaves cleaning inside the text (【字号：大】) to `repair`, numbers of lists to `numerals`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workreport.ingest.formats import list_numerals
from workreport.ingest.formats.encodings import decode
from workreport.ingest.formats.extract import INVISIBLE, BadSource, Extracted, MaybeOmitted, TextBuilder, table_row

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MOST_NODES = 200_000
"""Tags and runs of words of a page; the longest real report has 3,000."""
DEEPEST = 5_000
"""Levels of tags within each other. A browser stops at 512; real pages have thirty."""
SHARE = 0.7
"""A block that holds this much of the prose holds the main text."""

_SILENT = frozenset({"script", "style", "noscript", "template", "head", "iframe", "object", "svg", "canvas", "audio", "video", "map"})  # fmt: skip
"""What a reader never sees as words; its content is code, not text."""
_CHROME = frozenset({"nav", "footer", "aside", "select", "button", "textarea", "datalist", "menu", "dialog"})
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li",
    "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    "caption", "menu", "dialog", "select", "option", "textarea",
})  # fmt: skip
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_SELF_CLOSED = frozenset(
    {
        "p",
        "li",
        "td",
        "th",
        "tr",
        "dd",
        "dt",
        "option",
        "br",
        "img",
        "input",
        "hr",
        "meta",
        "link",
        "col",
        "area",
        "wbr",
        "rt",
        "rp",
    }
)
"""Tags that end of themselves: any number of them may stand open."""
_BY_HAND = "请在浏览器里打开，选中正文，粘贴到 Word，存为 .docx 后收入。"
_PARAGRAPHS = frozenset({"p", "li", "pre", "dd", "dt", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"})
_SPACE = re.compile("[ \t\n\r\f]+")
_WIDE = re.compile("[⺀-鿿豈-﫿　-〿＀-￯“”‘’—…·]")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CONTROL = re.compile(f"[\x00-\x08\x0b\x0e-\x1f\x7f]|{INVISIBLE.pattern}")
_ENDS = re.compile("[。！？；]")
_HAN = re.compile("[一-鿿]")
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


@dataclass(slots=True)
class _Node:
    """A tag or a run of words, free of the parser: `words` for a run, `tag` for a tag."""

    tag: str
    words: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    inside: list[_Node] = field(default_factory=list)
    prose: int = 0
    linked: int = 0


def _tree(data: str, path: str) -> _Node:
    """The page as a browser builds it (WHATWG rules), as plain values. Raises BadSource where it is no page."""
    from selectolax.lexbor import LexborHTMLParser

    if _too_deep(data):
        raise _too_much(path)
    root = LexborHTMLParser(data).root
    whole = _Node("html")
    count = 0
    # (the next node to take, the place for it, is it within a link)
    stack: list[tuple[LexborNode | None, _Node, bool]] = [
        (root.first_child if root is not None else None, whole, False)
    ]
    while stack:
        at, home, linked = stack.pop()
        while at is not None:
            count += 1
            if count > MOST_NODES or len(stack) > DEEPEST:
                raise BadSource(
                    path, "网页的标签太多，或套得太深。", "请在浏览器里打开，选中正文，粘贴到 Word，存为 .docx 后收入。"
                )
            tag = at.tag or ""
            if at.is_text_node:
                words = at.text_content or ""
                if words:
                    home.inside.append(_Node("", words))
            elif tag and at.is_element_node:
                node = _Node(tag, facts={k: v or "" for k, v in at.attributes.items()})
                home.inside.append(node)
                if tag not in _SILENT and at.first_child is not None:
                    stack.append((at.next, home, linked))
                    at, home, linked = at.first_child, node, linked or tag == "a"
                    continue
            at = at.next
    return whole


def _too_much(path: str) -> BadSource:
    return BadSource(path, "网页的标签太多，或套得太深。", _BY_HAND)


def _too_deep(data: str) -> bool:
    """Are more tags open at once than any page has? Asked before parsing, which takes the square of the depth."""
    depth = 0
    for tag in _TAG.finditer(data):
        if tag[2].lower() not in _SELF_CLOSED:
            depth = max(depth - 1, 0) if tag[1] else depth + 1
            if depth > DEEPEST:
                return True
    return False


def _walk(root: _Node) -> Iterator[_Node]:
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.inside))


def _weigh(root: _Node) -> None:
    """How many Han characters each node holds, and how many of them stand in links."""
    order = list(_walk(root))
    for node in reversed(order):
        if not node.tag:
            node.prose = len(_HAN.findall(node.words))
            continue
        node.prose = sum(n.prose for n in node.inside)
        node.linked = node.prose if node.tag == "a" else sum(n.linked for n in node.inside)


def _hidden(node: _Node) -> bool:
    return "hidden" in node.facts or _HIDING.search(node.facts.get("style", "")[:500]) is not None


def _is_chrome(node: _Node) -> bool:
    """Is this block beside the main text chrome? It is, unless it is prose: sentences, mostly outside of links."""
    if not node.tag:
        return len(_ENDS.findall(node.words)) == 0
    if node.prose < 40 or node.linked > 0.3 * node.prose:
        return True
    ends = sum(len(_ENDS.findall(n.words)) for n in _walk(node) if not n.tag)
    return ends == 0 or node.prose / ends > 200


def _chrome(root: _Node) -> set[int]:
    """The nodes (by identity) that are the page's own, where it can be told.

    From the body down, as long as one child holds nearly all prose: what stands beside that way is chrome unless it
    is prose itself. Headings and paragraphs right before the main text in the same block belong to it.
    """
    found: set[int] = set()
    at = root
    while True:
        inner = [n for n in at.inside if n.tag in _BLOCKS]
        main = max(inner, key=lambda n: n.prose - n.linked, default=None)
        rest = at.prose - at.linked
        if main is None or main.tag in _PARAGRAPHS or (main.tag in ("tr", "td", "th") and main.prose < 400):
            return found
        if main.prose - main.linked < SHARE * rest or not rest:
            return found
        before = True
        for node in at.inside:
            if node is main:
                before = False
            elif (before and node.tag in ("h1", "h2", "h3")) or (
                node.tag in ("p", "h4", "h5", "h6") and at.tag != "body" and node.linked <= 0.3 * node.prose
            ):
                continue
            elif _is_chrome(node):
                found.add(id(node))
        at = main


@dataclass(slots=True)
class _Writer:
    """The text as it grows, line by line."""

    run: list[str] = field(default_factory=list)
    as_is: bool = False
    controls: list[str] = field(default_factory=list)

    def words(self, text: str, *, kept: bool) -> None:
        """A run of words; white space as CSS has it: one space, none between Han where a line of the file ends."""
        if kept:
            self.run.append(text.replace("\r\n", "\n"))
            self.as_is = self.as_is or "  " in text
            return
        self.run.append(_SPACE.sub(lambda m: "\r" if "\n" in m[0] else " ", text))

    def line(self) -> str:
        """The words so far as one paragraph, and begin anew."""
        text = "".join(self.run)
        self.run.clear()
        text = re.sub("[ \r]*\r[ \r]*", "\r", text)
        if "\r" in text:
            pieces = text.split("\r")
            text = pieces[0]
            for piece in pieces[1:]:
                wide = (not text or _WIDE.match(text[-1])) or (not piece or _WIDE.match(piece[0]))
                text = text + piece if wide else f"{text} {piece}"
        text = text if self.as_is else re.sub(" {2,}", " ", text).strip(" ")
        self.as_is = False
        controls = _CONTROL.findall(text)
        self.controls += controls
        return _CONTROL.sub("", text) if controls else text


def _text_of(node: _Node) -> str:
    """All words of a node that is left out, a block a line."""
    parts: list[str] = []
    for one in _walk(node):
        if one.tag in _BLOCKS or one.tag == "br":
            parts.append("\n")
        elif not one.tag:
            parts.append(one.words)
        elif one.tag == "a":
            parts.append(" ")
    lines = (_SPACE.sub(" ", line).strip() for line in "".join(_fold(parts)).split("\n"))
    return "\n".join(line for line in lines if line)


def _fold(parts: Sequence[str]) -> Iterator[str]:
    for part in parts:
        yield part if part == "\n" else _SPACE.sub(" ", part)


def _list_number(node: _Node, numbers: list[tuple[int, int, str]]) -> str:
    """The number that a browser shows before an item of <ol>."""
    now, step, form = numbers[-1]
    said = node.facts.get("value", "")
    if re.fullmatch(r"-?\d{1,6}", said):
        now = int(said)
    numbers[-1] = (now + step, step, form)
    return list_numerals.FORMATS[form](now) + ". "


def _numbered(node: _Node) -> tuple[int, int, str]:
    start = node.facts.get("start", "")
    back = "reversed" in node.facts
    first = int(start) if re.fullmatch(r"-?\d{1,6}", start) else sum(n.tag == "li" for n in node.inside) if back else 1
    return first, -1 if back else 1, _FORMS.get(node.facts.get("type", "1"), "decimal")


class _HtmlReader:
    """Walks the tree once, without recursion except for the cells of tables."""

    def __init__(self, page: TextBuilder, chrome: set[int], most: int) -> None:
        self.page, self.writer, self.chrome, self.most = page, _Writer(), chrome, most
        self.tables = self.numbers = 0

    def lines(self, root: _Node, depth: int = 0) -> Iterator[str]:
        """The lines of a node, in the order of the page."""
        w = self.writer
        kept = 0
        lists: list[tuple[int, int, str]] = []
        stack: list[tuple[_Node, bool]] = [(root, False)]
        while stack:
            node, done = stack.pop()
            if done:
                kept -= node.tag == "pre"
                if node.tag in ("ol", "ul", "menu") and lists:
                    lists.pop()
                yield from self._end(w)
                continue
            if not node.tag:
                if id(node) in self.chrome:
                    self.page.omit("chrome", node.words.strip())
                else:
                    w.words(node.words, kept=kept > 0)
                continue
            if node is not root and self._left_out(node):
                continue
            if node.tag == "br":
                yield from self._end(w)
                continue
            if node.tag == "table" and depth < 20:
                yield from self._end(w)
                yield from self._table(node, depth)
                continue
            if node.tag in _BLOCKS:
                yield from self._end(w)
                stack.append((node, True))
                kept += node.tag == "pre"
                if node.tag in ("ol", "ul", "menu"):
                    lists.append(_numbered(node) if node.tag == "ol" else (0, 0, "none"))
                elif node.tag == "li" and lists and lists[-1][1]:
                    w.words(_list_number(node, lists), kept=True)
                    self.numbers += 1
            stack.extend((n, False) for n in reversed(node.inside))
        yield from self._end(w)

    def _end(self, w: _Writer) -> Iterator[str]:
        text = w.line()
        if text and not text.isspace():
            yield from (part for part in text.split("\n") if part.strip())

    def _left_out(self, node: _Node) -> bool:
        """Is this left out? Then it is listed, code apart."""
        if node.tag in _SILENT:
            return True
        chrome = id(node) in self.chrome or (node.tag in _CHROME and node.prose < self.most)
        kind: MaybeOmitted = "hidden" if _hidden(node) and node.prose < self.most else "chrome" if chrome else ""
        if node.tag == "rt" or node.tag == "rp":
            kind = "phonetic"
        if kind:
            self.page.omit(kind, _text_of(node))
        return bool(kind)

    def _table(self, table: _Node, depth: int) -> Iterator[str]:
        rows = [n for n in _rows(table) if n.tag == "tr"]
        data = False
        for part in _rows(table):
            if part.tag != "tr":
                yield from self.lines(part, depth + 1)
                continue
            cells = [list(self.lines(c, depth + 1)) for c in part.inside if c.tag in ("td", "th")]
            if any(cells):
                data = data or len(cells) > 1
                yield from table_row(cells)
        self.tables += data and len(rows) > 0


def _rows(table: _Node) -> Iterator[_Node]:
    for part in table.inside:
        if part.tag in ("tbody", "thead", "tfoot"):
            yield from (n for n in part.inside if n.tag == "tr")
        elif part.tag in ("tr", "caption"):
            yield part


def _declared(data: bytes) -> str:
    """The encoding that the page names for itself."""
    found = re.search(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?([\w-]{2,20})", data[:4096], re.IGNORECASE)
    return found[1].decode("ascii").lower() if found else ""


def _decoded(data: bytes, path: str) -> tuple[str, str]:
    """The page's characters: by content; stray control characters are no hindrance; Big5 where the page says so."""
    try:
        return decode(data, path)
    except BadSource:
        for encoding in ("utf-8", "big5hkscs") if _declared(data).startswith("big5") else ("utf-8",):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if len(_CONTROL.findall(text)) <= len(text) // 50:
                return text, encoding
        raise


def _read(body: _Node, path: str, chrome: set[int], most: int) -> tuple[TextBuilder, _HtmlReader]:
    """The lines of the page. What holds `most` Han characters or more is never left out for its tag alone."""
    page = TextBuilder(path)
    reader = _HtmlReader(page, chrome, most)
    for number, line in enumerate(reader.lines(body), 1):
        page.place(paragraph=number)
        page.line(line)
    return page, reader


def extract(data: bytes, path: str) -> Extracted:
    """The main text of a web page. Raises BadSource where there is none."""
    text, encoding = _decoded(data, path)
    root = _tree(text, path)
    _weigh(root)
    body = next((n for n in root.inside if n.tag == "body"), None) or next(
        (n for n in _walk(root) if n.tag == "body"), root
    )
    page, reader = _read(body, path, _chrome(body), body.prose // 2 + 1)
    if not page.length:
        # All of it looks like chrome: then it cannot be told, and everything is read.
        page, reader = _read(body, path, set(), 0)
    if not page.length:
        raise BadSource(
            path,
            "网页里没有文字。",
            "页面可能要联网才显示正文。" + _BY_HAND,
        )
    remarks = []
    if page.omissions:
        remarks.append(f"网页上有 {len(page.omissions)} 处不是正文（导航、页脚等），已略去并列出，请核对没有多略")
    else:
        remarks.append("没有认出网页的导航、页脚，全部文字都读入了")
    if reader.tables:
        remarks.append(f"表格 {reader.tables} 个，每行一行，各格以制表符分开")
    if reader.numbers:
        remarks.append(f"列表的自动编号 {reader.numbers} 处，已写出")
    remarks += page.omit_invisible(reader.writer.controls)
    if encoding != "utf-8" or "�" in "".join(page.parts):
        remarks.append(f"编码按内容认作 {encoding}")
    return page.extracted(encoding, remarks)
