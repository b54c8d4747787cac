"""Knows the tree of a web page: parsed as a browser does, copied into plain values, within limits of size and depth.

Leaves which nodes are the main text to `html_chrome`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workreport.ingest.formats.extract import BadSource

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MOST_NODES = 200_000
"""The most elements, runs of text and comments of a page; the longest real report has 3,000."""
DEEPEST = 5_000
"""The most levels of nested elements. A browser stops at 512; real pages have thirty."""

CODE = frozenset({"script", "style", "noscript", "template", "head", "iframe", "object", "svg", "canvas", "audio", "video", "map"})  # fmt: skip
"""Elements whose content is code or media, never text of the report."""
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li",
    "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    "caption", "menu", "dialog", "select", "option", "textarea",
})  # fmt: skip
"""Elements that begin and end a line."""
SPACE = re.compile("[ \t\n\r\f]+")
"""Matches the white space that HTML collapses to one space."""
BY_HAND = "请在浏览器里打开，选中正文，粘贴到 Word，存为 .docx 后收入。"
"""The advice for a page that cannot be read."""

MOST_ATTRIBUTES = 10_000
"""The most attributes of one tag; real ones have ten."""

_OPENING_TAG = re.compile(r"<[a-zA-Z][^<>]*")
_BETWEEN_ATTRIBUTES = re.compile(r"\"[^\"]*\"|'[^']*'|/")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_END_TAG_OPTIONAL = frozenset({
    "p", "li", "td", "th", "tr", "dd", "dt", "option", "br", "img", "input", "hr", "meta", "link", "col", "area", "wbr",
    "rt", "rp",
})  # fmt: skip
"""Tags that often have no end tag. They are skipped when depth is estimated as start tags minus end tags."""
_HAN = re.compile("[一-鿿]")
_LONGEST_STYLE = 500
"""Most characters of a style attribute that are read."""
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:font-size|opacity)\s*:\s*0(?:\.0+)?(?:[a-z%]{1,3})?\s*(?:;|!|$)",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"(?:^|[;\s\"'])color\s*:\s*([^;!]{1,30})", re.IGNORECASE)
_GROUND = re.compile(r"background(?:-color)?\s*:\s*([^;!]{1,80})", re.IGNORECASE)
_WHITE = re.compile(r"#fff(?:fff)?|white|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\)", re.IGNORECASE)


@dataclass(slots=True)
class HtmlNode:
    """An element, or a run of text: then `tag` is "" and `words` is the text.

    `han` is the number of Han characters in it and `linked_han` the number of those inside links; `count_han` sets both.
    `unseen` says that its own style hides its text; `mark_unseen` sets it.
    """

    tag: str
    words: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[HtmlNode] = field(default_factory=list)
    han: int = 0
    linked_han: int = 0
    unseen: bool = False


def tree(data: str, path: str) -> HtmlNode:
    """Parse a page by the rules of WHATWG and return its root. Elements whose tag is in CODE are kept without their content.

    Raises BadSource if there are more than MOST_NODES nodes, DEEPEST levels or MOST_ATTRIBUTES attributes of a tag. `path`
    names the file in the message.
    """
    from selectolax.lexbor import LexborHTMLParser

    if _too_deep(data) or _too_many_attributes(data):
        raise _too_much(path)
    root = LexborHTMLParser(data).root
    whole = HtmlNode("html")
    count = 0
    # (next node to copy, its parent in the copy)
    stack: list[tuple[LexborNode | None, HtmlNode]] = [(root.first_child if root is not None else None, whole)]
    while stack:
        at, parent = stack.pop()
        while at is not None:
            count += 1
            if count > MOST_NODES or len(stack) > DEEPEST:
                raise _too_much(path)
            tag = at.tag or ""
            if at.is_text_node:
                words = at.text_content or ""
                if words:
                    parent.children.append(HtmlNode("", words))
            elif tag and at.is_element_node:
                node = HtmlNode(tag, attributes={k: v or "" for k, v in at.attributes.items()})
                parent.children.append(node)
                if tag not in CODE and at.first_child is not None:
                    stack.append((at.next, parent))
                    at, parent = at.first_child, node
                    continue
            at = at.next
    return whole


def _too_much(path: str) -> BadSource:
    return BadSource(path, "网页的标签或标签里的属性太多，或套得太深。", BY_HAND)


def _too_deep(data: str) -> bool:
    """Whether more than DEEPEST tags are open at once. This is checked first: the parser is quadratic in the depth."""
    depth = 0
    for tag in _TAG.finditer(data):
        if tag[2].lower() not in _END_TAG_OPTIONAL:
            depth = max(depth - 1, 0) if tag[1] else depth + 1
            if depth > DEEPEST:
                return True
    return False


def _too_many_attributes(data: str) -> bool:
    """Whether a tag has more than MOST_ATTRIBUTES. This is checked first: the parser is quadratic in their number."""
    long = (tag[0] for tag in _OPENING_TAG.finditer(data) if len(tag[0]) > 2 * MOST_ATTRIBUTES)
    return any(len(_BETWEEN_ATTRIBUTES.sub(" ", tag).split()) > MOST_ATTRIBUTES for tag in long)


def walk(root: HtmlNode) -> Iterator[HtmlNode]:
    """Yield a node and all nodes below it, in the order of the page."""
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.children))


def mark_unseen(root: HtmlNode) -> None:
    """Set `unseen` of every element that an attribute hides: not displayed, of no size, or white on white.

    Style sheets are not read. A background other than white makes white text visible, also below the element that has it.
    """
    stack = [(root, True)]
    while stack:
        node, white = stack.pop()
        style = node.attributes.get("style", "")[:_LONGEST_STYLE]
        ground = _GROUND.search(style) or _GROUND.search(f"background:{node.attributes.get('bgcolor', '')}")
        white = _WHITE.fullmatch(ground[1].strip()) is not None if ground else white
        colour = _COLOUR.search(style) or _COLOUR.search(f"color:{node.attributes.get('color', '')}")
        pale = white and colour is not None and _WHITE.fullmatch(colour[1].strip()) is not None
        node.unseen = "hidden" in node.attributes or pale or _HIDING.search(style) is not None
        stack.extend((child, white) for child in node.children if child.tag)


def count_han(root: HtmlNode) -> None:
    """Set `han` and `linked_han` of a node and all nodes below it."""
    for node in reversed(list(walk(root))):
        if not node.tag:
            node.han = len(_HAN.findall(node.words))
            continue
        node.han = sum(n.han for n in node.children)
        node.linked_han = node.han if node.tag == "a" else sum(n.linked_han for n in node.children)


def text_of(node: HtmlNode) -> str:
    """Return all text of a node, one line for each block, with white space collapsed and blank lines removed."""
    parts: list[str] = []
    for one in walk(node):
        if one.tag in BLOCKS or one.tag == "br":
            parts.append("\n")
        elif not one.tag:
            parts.append(one.words)
        elif one.tag == "a":
            parts.append(" ")
    lines = (SPACE.sub(" ", line).strip() for line in "".join(_collapsed(parts)).split("\n"))
    return "\n".join(line for line in lines if line)


def _collapsed(parts: Sequence[str]) -> Iterator[str]:
    """Collapse the white space within each part; a part that is "\\n" is a line break and stays."""
    for part in parts:
        yield part if part == "\n" else SPACE.sub(" ", part)
