"""Knows the figure that is read just now, with the text beside it.

Leaves what the figure states to `judgements`, and what was read before it to `passage`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workreport.analysis.indicators import phrases
from workreport.analysis.indicators.passage import Passage
from workreport.model import Quantity


@dataclass(slots=True)
class Here:
    """The current position in an item: the figure `quantities[k]`, with the text beside it (`left`, `right`).

    The item is text[start:end]; `first` says that it is the first item of its clause. `left` starts at `at`, behind the
    figure before. A judgement may set `handed`; it becomes the `prefix` of the next figure, which replaces its `left`.
    """

    passage: Passage
    quantities: list[Quantity]
    start: int
    end: int
    clause: int
    clause_start: int
    first: bool
    at: int = 0
    k: int = 0
    prefix: str = ""
    handed: str = ""

    @property
    def quantity(self) -> Quantity:
        """The current figure."""
        return self.quantities[self.k]

    @property
    def following(self) -> Quantity | None:
        """The next figure of the item; None after the last."""
        return self.quantities[self.k + 1] if self.k + 1 < len(self.quantities) else None

    @property
    def left(self) -> str:
        """The text between the figure before (or the start of the item) and the current figure."""
        return self.prefix or self.passage.text[self.at : self.quantity.start]

    @property
    def right(self) -> str:
        """The text between the current figure and the next one (or the end of the item)."""
        following = self.following
        return self.passage.text[self.quantity.end : following.start if following else self.end]

    @property
    def is_part(self) -> bool:
        """Whether the figure is a part of the one before: 其中 starts its text."""
        return self.left.strip(phrases.PUNCTUATION).startswith("其中")


Judgement = Callable[[Here], int]
"""Returns how many figures it has used; 0 if the construction is another one."""
