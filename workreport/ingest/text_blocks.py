"""Knows the type of a block: a paragraph, a heading, or the first paragraph of a section without a heading.

Leaves finding the blocks to `blocks`, `sibling_runs` and `section_tails`.
"""

from __future__ import annotations

from typing import NamedTuple


class TextBlock(NamedTuple):
    """body[start:end] as a paragraph (`rank` is None) or as a heading (`rank` as in `headings.RANK`, LEAD or APPENDIX).

    A heading of a smaller rank is higher in the tree. `number` is as printed ("", "一、", "（三）", "一是", "附件1") and
    `ordinal` its value (0 without a number and for appendices). `title` is the offset in the body where the title begins.
    `name` is the name of a section that has no title. `untitled`: no heading, but a paragraph that begins such a section.
    """

    start: int
    end: int
    rank: int | None = None
    number: str = ""
    ordinal: int = 0
    title: int = 0
    appendix: bool = False
    name: str = ""
    untitled: bool = False


APPENDIX = -1
"""The rank of an appendix and of the closing words: above every part."""
