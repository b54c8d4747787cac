"""Knows how a build reports its progress: one stage after another, each with a name and a detail.

Leaves printing the progress to `commands`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

Stage = Callable[[str, str], AbstractContextManager[None]]
"""A function called with the name and detail (Chinese) of a stage; the `with` block of its result is the stage."""


@contextmanager
def no_progress(name: str, detail: str = "") -> Iterator[None]:
    """A `Stage` that reports nothing."""
    del name, detail
    yield
