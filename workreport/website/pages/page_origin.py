"""Knows the comment on top of a page of `docs/`: what the page is made from, and what its braces and ids mean.

Names of marks say what they mean; ids cannot, for they are addresses that others have kept. Leaves the rest to MARKS.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup

from workreport.website.pages.escape import one_line

_BRACES = "# {…} is about the [words] it touches; after a space, the line it ends; on a line alone, the block above.\n"
_RULES = (
    (r"^\{begins=", "begins=… holds to the next one"),
    (r"^\{inserts=", "inserts=… is put in there by the template"),
)
"""How a rule (---) of one kind is found in the text of a page, and what the mark behind it means."""
_IDS = (
    (r"\{#s[0-9a-f]{8}|sentence=s", "s… a sentence"),
    (r"s[0-9a-f]{8}-f[0-9]", "s…-f1 a figure in sentence s…"),
    (r"\{#p[0-9a-f]{8}", "p… a paragraph"),
    (r"/indicators/index\.md#r-", "r-s… the row of a figure in the table of indicators"),
    (r"\{#d[0-9a-f]{8}", "d… a computed figure"),
    (r"#n-", "n-… a name"),
    (r"#e-", "e-… an explained word"),
    (r"/notes/index\.md#r-|\{#r-", "r-…-… a repair"),
    (r"#k-", "k-… a doubt"),
    (r"\{#h-[0-9a]", "h-… a heading of the report"),
    (r"\{#g-[0-9a]", "g-… the rows of a chapter"),
)
"""How ids of one kind are found in the text of a page, and what they mean."""


def origin(slug: str, text: str) -> Markup:
    """Return the comment, of lines that end in a line break.

    `slug` is that of the report of the page, "" for none; `text` is the page: only ids that it has are told.

    >>> print(origin("gongshu-2024", "好。 {#s0000000a}"), end="")
    # 由 reports/gongshu-2024/ 生成，请勿修改。
    # Generated from reports/gongshu-2024/: do not edit. Marks are told in MARKS.md of workreport. In short:
    # {…} is about the [words] it touches; after a space, the line it ends; on a line alone, the block above.
    # Ids: s… a sentence.
    """
    source = f"reports/{one_line(slug)}/" if slug else "reports/"
    rules = f"# Rules: {told}.\n" if (told := _told(_RULES, text)) else ""
    ids = f"# Ids: {told}.\n" if (told := _told(_IDS, text)) else ""
    return Markup(
        f"# 由 {source} 生成，请勿修改。\n"
        f"# Generated from {source}: do not edit. Marks are told in MARKS.md of workreport. In short:\n"
        f"{_BRACES}{rules}{ids}"
    )


def _told(kinds: Iterable[tuple[str, str]], text: str) -> str:
    """What the marks of those kinds mean that the text has."""
    return ", ".join(words for pattern, words in kinds if re.search(pattern, text, re.MULTILINE))
