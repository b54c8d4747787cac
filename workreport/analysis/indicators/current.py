"""Knows the figure that is read just now, with the text beside it.

Leaves what the figure states to `judgements`, and what was read before it to `passage`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from workreport.analysis.indicators import phrases
from workreport.analysis.indicators.passage import Passage
from workreport.model import Quantity


@dataclass(slots=True)
class Here:
    """The current position in an item: the figure `quantities[k]`, with the text beside it (`left`, `right`).

    The item is text[start:end]; `first` says that it is the first item of its clause. `left` starts at `at`, behind the
    figure before. `following` is the next figure of the item, None after the last. A judgement may set `handed`, which
    replaces the `left` of the next figure.
    """

    passage: Passage
    quantities: Sequence[Quantity]
    start: int
    end: int
    clause: int
    clause_start: int
    first: bool
    at: int = 0
    k: int = 0
    handed: str = ""
    quantity: Quantity = field(init=False)
    following: Quantity | None = field(init=False)
    left: str = field(init=False)
    right: str = field(init=False)
    is_part: bool = field(init=False)
    """Whether the figure is a part of the one before: 其中 starts its text."""

    def __post_init__(self) -> None:
        """Start at the first figure."""
        self._look(self.start)

    def go_on(self, used: int) -> bool:
        """Go on to the figure behind the `used` ones; False if there is none."""
        self.k += used
        if self.k == len(self.quantities):
            return False
        self._look(self.quantities[self.k - 1].end)
        return True

    def _look(self, at: int) -> None:
        """Set what depends on the position; the text before the figure starts at `at`."""
        text, quantities, k = self.passage.text, self.quantities, self.k
        self.at, self.quantity = at, quantities[k]
        self.following = quantities[k + 1] if k + 1 < len(quantities) else None
        self.left, self.handed = self.handed or text[at : self.quantity.start], ""
        self.right = text[self.quantity.end : self.following.start if self.following else self.end]
        self.is_part = "其中" in self.left and self.left.lstrip(phrases.PUNCTUATION).startswith("其中")


Judgement = Callable[[Here], int]
"""Returns how many figures it has used; 0 if the construction is another one."""
