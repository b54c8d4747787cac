"""Knows how a build reports its progress: one stage after another, each with a name and a detail.

Leaves showing them to the command line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

Stage = Callable[[str, str], AbstractContextManager[None]]
"""Called with a stage's name and detail (in Chinese); the stage is the `with` block."""


@contextmanager
def no_progress(name: str, detail: str = "") -> Iterator[None]:
    """A `Stage` that reports nothing."""
    del name, detail
    yield
