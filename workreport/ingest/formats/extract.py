"""Knows what every reader gives: the text, where it stood in the file, what was left out; and how reading fails.

Leaves each format to its own module; here is only what the readers share.
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
"""Characters that a text may have. The longest real report has 90,000."""
DEEPEST_XML = 150
"""Levels of elements within each other in a Word file; Word itself makes some twenty."""
LONG_CELL = 60
"""Characters in a table cell from which its paragraphs are body text: the table only serves the layout."""
OmissionKind = Literal[
    "header", "footer", "page-number", "deleted", "hidden", "placeholder", "phonetic", "chrome", "control"
]
"""What a reader leaves out of the text and lists as a repair of this kind."""
MaybeOmitted = OmissionKind | Literal[""]
"""Why words are left out; "" where they are kept."""
_REASONS: dict[OmissionKind, str] = {
    "header": "页眉，不是正文",
    "footer": "页脚，不是正文",
    "page-number": "页码，不是正文",
    "deleted": "修订记录中已删去的文字",
    "hidden": "设为隐藏的文字",
    "placeholder": "没有填写的提示文字",
    "phonetic": "注音，不是正文",
    "chrome": "网页的导航、按钮、页脚等，不是正文",
    "control": "看不见的字符",
}
BLOCKS: frozenset[OmissionKind] = frozenset({"header", "footer", "page-number", "chrome"})
"""Omissions that were lines of their own; they become lines again when the publisher undoes them."""

INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Characters without a shape (zero-width space, soft hyphen, direction marks): nobody sees them, and they break search."""


class BadSource(Exception):
    """A source that cannot be read. `path`, `line` (from 1, or None) and `advice` go into the message."""

    def __init__(self, path: str, problem: str, advice: str, line: int | None = None) -> None:
        self.path, self.problem, self.advice, self.line = path, problem, advice, line
        super().__init__(f"{path}{f':{line}' if line else ''}: {problem} {advice}")


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file, where it stood there, what was left out, and what a person should check (Chinese)."""

    text: str
    encoding: str
    places: tuple[SourcePlace, ...] = ()
    omitted: tuple[Repair, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class TextBuilder:
    """Collects the text of a file and what is left out, both in the order of the file. `path` is for messages."""

    path: str
    parts: list[str] = field(default_factory=list)
    length: int = 0
    places: list[SourcePlace] = field(default_factory=list)
    omissions: list[tuple[OmissionKind, int, str, str]] = field(default_factory=list)

    def line(self, text: str) -> None:
        """Add a paragraph; an empty one adds nothing. Raises BadSource where the text grows past LONGEST."""
        if not text or text.isspace():
            return
        self.parts += [text, "\n"]
        self.length += len(text) + 1
        if self.length > LONGEST:
            raise BadSource(self.path, f"文字超过 {LONGEST // 10**6} 百万字。", "请确认这是一份报告。")

    def place(self, *, page: int = 0, paragraph: int = 0, ahead: int = 0) -> None:
        """What is added from here on (or from `ahead` characters further) stands on this page, or in this paragraph."""
        start = self.length + ahead
        last = self.places[-1] if self.places else None
        if last and page and last.page == page:
            return
        if last and last.start == start:
            self.places.pop()
        self.places.append(SourcePlace(start, page, paragraph))

    def omit(self, kind: OmissionKind, words: str, *, at: int | None = None, reason: str = "") -> None:
        """List words of the file that are not in the text; they stood at `at` of it (default: at its end so far)."""
        if words and not words.isspace():
            self.omissions.append((kind, self.length if at is None else at, words, reason))

    def omit_invisible(self, characters: Sequence[str]) -> tuple[str, ...]:
        """List invisible characters that were left out, by their code points; gives the remark on them, if any."""
        if not characters:
            return ()
        counts = Counter(characters)
        self.omit("control", " ".join(f"U+{ord(c):04X}×{counts[c]}" for c in sorted(counts)))
        return (f"看不见的字符 {len(characters)} 个，已略去",)

    def extracted(self, encoding: str, remarks: Sequence[str] = ()) -> Extracted:
        """The whole text, with everything that was left out."""
        text = "".join(self.parts)
        places = tuple(p for p in self.places if p.start < len(text))
        return Extracted(text, encoding, places, omission_repairs(self.omissions), tuple(remarks))


def omission_repairs(rows: Sequence[tuple[OmissionKind, int, str, str]]) -> tuple[Repair, ...]:
    """Rows of (kind, position, words, reason) as repairs that stand between two characters of the text.

    `before` holds the words of the file; they are not in the text, so `start == end` and `after` is empty.

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
    """The lines that a table's row becomes: one, with tabs; but cells that hold paragraphs stay paragraphs.

    >>> table_row([["指标"], ["2024年", "完成"]])
    ['指标\\t2024年 完成']
    >>> table_row([["一、工作回顾", "过去一年，……"]])
    ['一、工作回顾', '过去一年，……']
    """
    if len(cells) == 1 or any(len(cell) > 1 and max(map(len, cell)) > LONG_CELL for cell in cells):
        return [line for cell in cells for line in cell]
    return ["\t".join(" ".join(line.replace("\n", " ") for line in cell) for cell in cells)]
