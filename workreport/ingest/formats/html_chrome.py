"""Knows which parts of a web page are not its main text: navigation, buttons, footers, hidden words.

Leaves reading the main text to `html`.
"""

from __future__ import annotations

import re

from workreport.ingest.formats.extract import MaybeOmitted
from workreport.ingest.formats.html_tree import BLOCKS, HtmlNode, walk

MAIN_SHARE = 0.7
"""A block that holds this share of a page's prose holds the main text."""

_CHROME_TAGS = frozenset({"nav", "footer", "aside", "select", "button", "textarea", "datalist", "menu", "dialog"})
_PARAGRAPHS = frozenset({"p", "li", "pre", "dd", "dt", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"})
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ENDS = re.compile("[。！？；]")


def chrome_nodes(body: HtmlNode) -> set[int]:
    """The nodes (by `id`) around the main text that are not part of it; empty where the main text cannot be told.

    Goes from the body to the child that holds nearly all prose, and on from there. What stands beside this path is
    chrome unless it is prose itself. Headings and paragraphs in the same block as the main text belong to it.
    """
    found: set[int] = set()
    at = body
    while (main := _main_block(at)) is not None:
        before = True
        for node in at.children:
            if node is main:
                before = False
            elif not _beside_main_text(node, at, before=before) and _is_chrome(node):
                found.add(id(node))
        at = main
    return found


def _main_block(at: HtmlNode) -> HtmlNode | None:
    """The child that holds nearly all prose of a node; None where there is none, or where it is a paragraph."""
    blocks = [n for n in at.children if n.tag in BLOCKS]
    main = max(blocks, key=lambda n: n.han - n.linked_han, default=None)
    prose = at.han - at.linked_han
    if main is None or main.tag in _PARAGRAPHS or (main.tag in ("tr", "td", "th") and main.han < 400):
        return None
    return main if prose and main.han - main.linked_han >= MAIN_SHARE * prose else None


def _beside_main_text(node: HtmlNode, parent: HtmlNode, *, before: bool) -> bool:
    """Whether a neighbour of the main block is a heading before it, or a paragraph that is not mostly links."""
    if before and node.tag in ("h1", "h2", "h3"):
        return True
    return node.tag in ("p", "h4", "h5", "h6") and parent.tag != "body" and node.linked_han <= 0.3 * node.han


def _is_chrome(node: HtmlNode) -> bool:
    """Whether a neighbour of the main block is chrome. It is, unless it is prose: sentences, mostly outside of links."""
    if not node.tag:
        return _ENDS.search(node.words) is None
    if node.han < 40 or node.linked_han > 0.3 * node.han:
        return True
    ends = sum(len(_ENDS.findall(n.words)) for n in walk(node) if not n.tag)
    return ends == 0 or node.han / ends > 200


def omission(node: HtmlNode, chrome: set[int], most: int) -> MaybeOmitted:
    """Why an element is left out of the text, "" where it is kept.

    `chrome` are the nodes that `chrome_nodes` found. An element with `most` Han characters or more is never left out
    for its tag or style alone.
    """
    if node.tag in ("rt", "rp"):
        return "phonetic"
    if _is_hidden(node) and node.han < most:
        return "hidden"
    return "chrome" if id(node) in chrome or (node.tag in _CHROME_TAGS and node.han < most) else ""


def _is_hidden(node: HtmlNode) -> bool:
    return "hidden" in node.attributes or _HIDING.search(node.attributes.get("style", "")[:500]) is not None
