"""Knows what every way of reading gives: the text, where it stood in the file, what was left out; and how it fails.

Leaves each format to its own room; here is only what they share.
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
"""Characters of a paragraph that stands in a table only for the layout."""
OmissionKind = Literal[
    "header", "footer", "page-number", "deleted", "hidden", "placeholder", "phonetic", "chrome", "control"
]
"""What a reader leaves out of the text and lists as a repair of this kind."""
MaybeOmitted = OmissionKind | Literal[""]
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
"""What stood in lines of its own, and comes back as such when the publisher undoes it."""


INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Marks without a shape (zero-width space, soft hyphen, directions): no reader sees them, and no search finds past them."""


class BadSource(Exception):
    """A source that cannot be read. `path`, `line` (from 1, or None) and `advice` go into the message."""

    def __init__(self, path: str, problem: str, advice: str, line: int | None = None) -> None:
        self.path, self.problem, self.advice, self.line = path, problem, advice, line
        super().__init__(f"{path}{f':{line}' if line else ''}: {problem} {advice}")


@dataclass(frozen=True, slots=True)
class Extracted:
    """What was taken out of a file: text, places, what was left out, and what a person should look at."""

    text: str
    encoding: str
    places: tuple[SourcePlace, ...] = ()
    left: tuple[Repair, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class TextBuilder:
    """The text as it grows. Whatever is added or left out is added in the order of the file."""

    path: str
    parts: list[str] = field(default_factory=list)
    length: int = 0
    places: list[SourcePlace] = field(default_factory=list)
    out: list[tuple[OmissionKind, int, str, str]] = field(default_factory=list)

    def line(self, text: str) -> None:
        """A paragraph; an empty one adds nothing. Raises BadSource where the text grows past LONGEST."""
        if not text or text.isspace():
            return
        self.parts += [text, "\n"]
        self.length += len(text) + 1
        if self.length > LONGEST:
            raise BadSource(self.path, f"文字超过 {LONGEST // 10**6} 百万字。", "请确认这是一份报告。")

    def place(self, *, page: int = 0, paragraph: int = 0, ahead: int = 0) -> None:
        """What comes next (or so many characters ahead) stands on that page, or in that paragraph, of the file."""
        start = self.length + ahead
        last = self.places[-1] if self.places else None
        if last and page and last.page == page:
            return
        if last and last.start == start:
            self.places.pop()
        self.places.append(SourcePlace(start, page, paragraph))

    def leave(self, kind: OmissionKind, words: str, *, at: int | None = None, reason: str = "") -> None:
        """Words of the file that are not in the text, at this place of it (or that one)."""
        if words and not words.isspace():
            self.out.append((kind, self.length if at is None else at, words, reason))

    def leave_marks(self, marks: Sequence[str]) -> tuple[str, ...]:
        """List marks that nobody sees, by their numbers in Unicode; gives the remark on them."""
        if not marks:
            return ()
        counts = Counter(marks)
        self.leave("control", " ".join(f"U+{ord(c):04X}×{counts[c]}" for c in sorted(counts)))
        return (f"看不见的字符 {len(marks)} 个，已略去",)

    def extracted(self, encoding: str, remarks: Sequence[str] = ()) -> Extracted:
        """All of it; every character that was left out is listed."""
        text = "".join(self.parts)
        return Extracted(
            text, encoding, tuple(p for p in self.places if p.start < len(text)), left(self.out), tuple(remarks)
        )


def left(rows: Sequence[tuple[OmissionKind, int, str, str]]) -> tuple[Repair, ...]:
    """Rows of (kind, position, words, reason) as repairs that stand between two characters of the text.

    `before` are the words of the file; nothing stands for them in the text, so `start == end` and `after` is empty.

    >>> [(r.id, r.start, r.before) for r in left([("footer", 9, "— 1 —", "")])]
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
