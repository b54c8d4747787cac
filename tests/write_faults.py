"""Makes the N-th write of this process fail, as a full disk or a missing permission does; for tests of what is left then.

Knows the calls by which Python writes: the functions of `os`, the writing of file objects, and swapping two folders. Leaves every assertion to
the tests.
"""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from workreport.project.writer import swapping

CALLS = ("open", "mkdir", "rename", "replace", "link", "symlink", "unlink", "rmdir", "fsync", "utime", "chmod")
"""The functions of `os` that change files or folders; `open` counts only where it may write."""
FULL = (errno.ENOSPC, "No space left on device")
FORBIDDEN = (errno.EACCES, "Permission denied")
BROKEN = (errno.EIO, "Input/output error")
"""Errors of writing, each with its number and its words."""
FREES = ("unlink", "rmdir")
"""What works on a full disk all the same."""


class Faults:
    """Counts the writes (`count`) and raises `error` at the one with the number `at` (from 1); 0 raises none.

    With `on`, all later writes fail too, as on a disk that stays full; removing files then works, if the disk is full.
    """

    def __init__(self, at: int, error: tuple[int, str], *, on: bool = False) -> None:
        self.at, self.error, self.on, self.count = at, error, on, 0

    def write(self, name: str) -> None:
        """Count a write by the function `name`; raise the error if it is its turn."""
        self.count += 1
        again = self.on and self.at and self.count > self.at and not (self.error is FULL and name in FREES)
        if self.count == self.at or again:
            raise OSError(*self.error)


class FaultyFile(io.BufferedWriter):
    """A file whose writing counts, and may write half of the data before it fails."""

    faults: Faults

    def write(self, data: Any) -> int:
        try:
            self.faults.write("write")
        except OSError:
            super().write(bytes(data)[: len(bytes(data)) // 2])
            super().flush()
            raise
        return super().write(data)


@contextmanager
def failing(at: int, error: tuple[int, str] = FULL, *, on: bool = False) -> Iterator[Faults]:
    """Let the write with the number `at` fail within a `with` block; give the counter."""
    faults = Faults(at, error, on=on)

    def watched(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            if name != "open" or arguments[1] & (os.O_WRONLY | os.O_RDWR):
                faults.write(name)
            return real(*arguments, **named)

        return call

    renameat2 = swapping._renameat2

    def swapped(one: Path, other: Path) -> int:
        try:
            faults.write("renameat2")
        except OSError as failed:
            return failed.errno or errno.EIO
        return renameat2(one, other)

    fdopen = os.fdopen

    def opened(handle: int, mode: str, *rest: Any, **named: Any) -> Any:
        if mode != "wb":
            return fdopen(handle, mode, *rest, **named)
        file = FaultyFile(io.FileIO(handle, "wb"))
        file.faults = faults
        return file

    def write_bytes(path: Path, data: bytes) -> int:
        try:
            faults.write("write_bytes")
        except OSError:
            path.open("wb").write(data[: len(data) // 2])
            raise
        return path.open("wb").write(data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "write_bytes", write_bytes)
        for name in CALLS:
            patch.setattr(os, name, watched(name, getattr(os, name)))
        patch.setattr(os, "fdopen", opened)
        patch.setattr(swapping, "_renameat2", swapped)
        yield faults
