"""Knows which parts of a web page are not its main text ("chrome"): navigation, buttons, footers, hidden text.

Leaves reading the main text to `html`. Prose is counted in Han characters outside of links.
"""

from __future__ import annotations

import re

from workreport.ingest.formats.extract import MaybeOmitted
from workreport.ingest.formats.html_tree import BLOCKS, HtmlNode, walk

MAIN_SHARE = 0.7
"""A block with at least this share of the prose of its parent contains the main text."""

_CHROME_TAGS = frozenset({"nav", "footer", "aside", "select", "button", "textarea", "datalist", "menu", "dialog"})
"""Elements that are chrome anywhere, unless they have most of the text."""
_PARAGRAPHS = frozenset({"p", "li", "pre", "dd", "dt", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"})
_ENDS = re.compile("[。！？；]")


def chrome_nodes(body: HtmlNode) -> set[int]:
    """Return the nodes around the main text that are not part of it, by Python's `id()`.

    Descends from the body to the child with nearly all prose, and from there again. The neighbours of these blocks are
    chrome unless they are prose, a heading before the main text, or a paragraph. Empty if no child has nearly all
    prose.
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
    """Return the child block with nearly all prose of a node.

    None if there is none, or if it is a paragraph, or a row or cell with fewer than 400 Han characters.
    """
    blocks = [n for n in at.children if n.tag in BLOCKS]
    main = max(blocks, key=lambda n: n.han - n.linked_han, default=None)
    prose = at.han - at.linked_han
    if main is None or main.tag in _PARAGRAPHS or (main.tag in ("tr", "td", "th") and main.han < 400):
        return None
    return main if prose and main.han - main.linked_han >= MAIN_SHARE * prose else None


def _beside_main_text(node: HtmlNode, parent: HtmlNode, *, before: bool) -> bool:
    """Whether a neighbour of the main block belongs to the text: a heading (h1 to h3) before it, or a paragraph.

    A paragraph has at most 30 % of its Han in links, and its parent is not the body.
    """
    if before and node.tag in ("h1", "h2", "h3"):
        return True
    return node.tag in ("p", "h4", "h5", "h6") and parent.tag != "body" and node.linked_han <= 0.3 * node.han


def _is_chrome(node: HtmlNode) -> bool:
    """Whether a neighbour of the main block is chrome: anything but prose.

    Prose has 40 Han or more, at most 30 % of them in links, and ends a sentence at least every 200. A bare run of text
    is prose if it ends a sentence.
    """
    if not node.tag:
        return _ENDS.search(node.words) is None
    if node.han < 40 or node.linked_han > 0.3 * node.han:
        return True
    ends = sum(len(_ENDS.findall(n.words)) for n in walk(node) if not n.tag)
    return ends == 0 or node.han / ends > 200


def omission(node: HtmlNode, chrome: set[int], most: int) -> MaybeOmitted:
    """Return why an element is left out of the text; "" if it is kept.

    `chrome` is the result of `chrome_nodes`. An element with `most` Han characters or more is never left out for its tag or
    style alone.
    """
    if node.tag in ("rt", "rp"):
        return "phonetic"
    if node.unseen and node.han < most:
        return "hidden"
    return "chrome" if id(node) in chrome or (node.tag in _CHROME_TAGS and node.han < most) else ""
