"""Knows what the readers of all formats share: their result (`Extracted`), how it is collected, and their error.

Leaves each format to its own module.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from workreport.model import Repair, RepairKind, SourcePlace

LONGEST = 16_000_000
"""The most characters of a text. The longest real report has 90,000."""
DEEPEST_XML = 150
"""The most levels of nested elements in a Word file; Word itself writes about twenty."""
LONG_CELL = 60
"""A table cell with several paragraphs, one of them longer than this, has body text: the table is only layout."""
OmissionKind = Literal[
    "header", "footer", "page-number", "deleted", "hidden", "placeholder", "phonetic", "chrome", "control", "watermark"
]
"""What a reader leaves out of the text; it becomes the `Repair.kind` under which the omission is listed."""
MaybeOmitted = OmissionKind | Literal[""]
"""Why text is left out; "" where it is kept."""
_REASONS: dict[OmissionKind, str] = {
    "header": "页眉，不是正文",
    "footer": "页脚，不是正文",
    "page-number": "页码，不是正文",
    "deleted": "修订记录中已删去的文字",
    "hidden": "隐藏的文字，或白底白字、极小的字",
    "placeholder": "没有填写的提示文字",
    "phonetic": "注音，不是正文",
    "chrome": "网页的导航、按钮、页脚等，不是正文",
    "control": "看不见的字符",
    "watermark": "水印，不是正文",
}
BLOCKS: frozenset[OmissionKind] = frozenset({"header", "footer", "page-number", "chrome", "watermark"})
"""Omissions that were whole lines; they become lines again if the publisher puts them back."""

INVISIBLE_CHARACTERS = "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
INVISIBLE = re.compile(f"[{INVISIBLE_CHARACTERS}]")
"""Matches a character that is never seen but breaks search (zero-width space, soft hyphen, direction mark)."""


class BadSource(Exception):
    """The source file cannot be read. The message has the path, the line (from 1) if known, the problem and advice."""

    def __init__(self, path: str, problem: str, advice: str, line: int | None = None) -> None:
        self.path, self.problem, self.advice, self.line = path, problem, advice, line
        super().__init__(f"{path}{f':{line}' if line else ''}: {problem} {advice}")


def too_long(path: str) -> BadSource:
    """The error for a file with more than LONGEST characters."""
    return BadSource(path, f"文字超过 {LONGEST // 10**6} 百万字。", "请确认这是一份报告。")


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a reader returns for one file; the fields are as in `Source`.

    `places` and `omitted` are empty if the text is the file itself (.md, .txt).
    """

    text: str
    encoding: str
    places: tuple[SourcePlace, ...] = ()
    omitted: tuple[Repair, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class TextBuilder:
    """Collects the text of a file, its places, and what is left out (`omissions`), in the order of the file.

    `path` names the file in messages. `length` is the number of characters so far. A row of `omissions` is (kind, position
    in the text, text left out, reason in Chinese or "" for the usual one).
    """

    path: str
    parts: list[str] = field(default_factory=list)
    length: int = 0
    places: list[SourcePlace] = field(default_factory=list)
    omissions: list[tuple[OmissionKind, int, str, str]] = field(default_factory=list)

    def line(self, text: str) -> None:
        """Add a paragraph and a line break; a blank one adds nothing. Raises BadSource if the text exceeds LONGEST."""
        if not text or text.isspace():
            return
        self.parts += [text, "\n"]
        self.length += len(text) + 1
        if self.length > LONGEST:
            raise too_long(self.path)

    def place(self, *, page: int = 0, paragraph: int = 0, ahead: int = 0) -> None:
        """Record that the text from here on, or from `ahead` characters further, comes from this page or paragraph.

        Nothing is recorded if the last place has the same page. A place at the same position is replaced.
        """
        start = self.length + ahead
        last = self.places[-1] if self.places else None
        if last and page and last.page == page:
            return
        if last and last.start == start:
            self.places.pop()
        self.places.append(SourcePlace(start, page, paragraph))

    def omit(self, kind: OmissionKind, words: str, *, at: int | None = None, reason: str = "") -> None:
        """List `words` as left out at position `at` of the text (default: its present end). Blank words are not listed."""
        if words and not words.isspace():
            self.omissions.append((kind, self.length if at is None else at, words, reason))

    def omit_invisible(self, characters: Sequence[str]) -> tuple[str, ...]:
        """List invisible characters as left out, counted by code point (U+200B×2).

        Returns the remark on them; () without such characters.
        """
        if not characters:
            return ()
        counts = Counter(characters)
        self.omit("control", " ".join(f"U+{ord(c):04X}×{counts[c]}" for c in sorted(counts)))
        return (f"看不见的字符 {len(characters)} 个，已略去",)

    def extracted(self, encoding: str, remarks: Sequence[str] = ()) -> Extracted:
        """Return the result. Places after the end of the text are dropped."""
        text = "".join(self.parts)
        places = tuple(p for p in self.places if p.start < len(text))
        return Extracted(text, encoding, places, omission_repairs(self.omissions), tuple(remarks))


def omission_repairs(rows: Sequence[tuple[OmissionKind, int, str, str]]) -> tuple[Repair, ...]:
    """Turn rows of (kind, position, text left out, reason) into repairs, sorted by position.

    `before` has the text left out, which is not in the source text: `start == end`, and `after` is "". The id is the kind
    and a digest of `before`. A reason "" becomes the usual reason of the kind.

    >>> [(r.id, r.start, r.before) for r in omission_repairs([("footer", 9, "— 1 —", "")])]
    [('footer-30482fa7', 9, '— 1 —')]
    """
    seen: dict[str, int] = {}
    made = []
    for kind, at, words, reason in sorted(rows, key=lambda row: row[1]):
        name = f"{kind}-{hashlib.sha256(words.encode()).hexdigest()[:8]}"
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            name = f"{name}-{seen[name]}"
        made.append(Repair(name, RepairKind(kind), at, at, words, "", reason or _REASONS[kind], by="reading"))
    return tuple(made)


def table_row(cells: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines for a row of a table, each cell given as its lines: one line with tabs between the cells.

    If there is only one cell, or a cell has several lines and one is longer than LONG_CELL, all lines stay lines.

    >>> table_row([["指标"], ["2024年", "完成"]])
    ['指标\\t2024年 完成']
    >>> table_row([["一、工作回顾", "过去一年，……"]])
    ['一、工作回顾', '过去一年，……']
    """
    if len(cells) == 1 or any(len(cell) > 1 and max(map(len, cell)) > LONG_CELL for cell in cells):
        return [line for cell in cells for line in cell]
    return ["\t".join(" ".join(line.replace("\n", " ") for line in cell) for cell in cells)]
