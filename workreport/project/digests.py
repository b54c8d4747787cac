"""Knows whether anything changed since the last build: one digest over all that goes in and all that came out.

Leaves building to `pipeline`. Imports little, since a build with nothing to do is only this.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

SKIPPED = ("__pycache__", ".git")


def files(root: str) -> Iterator[str]:
    """Every file below a folder (or the file itself), sorted by path, without caches."""
    if os.path.isfile(root):  # noqa: PTH113 - os.path is several times quicker to import and to run here
        yield root
        return
    try:
        entries = sorted(os.scandir(root), key=lambda e: e.name)
    except OSError:
        return
    for entry in entries:
        if entry.name in SKIPPED:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from files(entry.path)
        else:
            yield entry.path


def installed() -> str:
    """The libraries beside us with their versions, by the names of their folders: an upgrade is a change."""
    names: list[str] = []
    for folder in sys.path:
        if folder.endswith("site-packages"):
            try:
                names += (n for n in os.listdir(folder) if n.endswith(".dist-info"))  # noqa: PTH208 - as above
            except OSError:
                continue
    return "\n".join(sorted(names))


def digest(roots: Iterable[Path], *words: str) -> tuple[str, int]:
    """SHA-256 over names and bytes of all files below `roots`, and `words`; and how many files that are."""
    total = hashlib.sha256("\0".join((sys.version, installed(), *words)).encode())
    count = 0
    for root in roots:
        for path in files(str(root)):
            try:
                handle = open(path, "rb")  # noqa: PTH123, SIM115 - as above
            except OSError:
                # Unreadable, or a link to nowhere: the room that needs the file says so.
                total.update(f"{path}\0unreadable".encode("utf-8", "surrogateescape"))
                continue
            with handle:
                total.update(f"{path}\0".encode("utf-8", "surrogateescape"))
                total.update(hashlib.sha256(handle.read()).digest())
            count += 1
    return total.hexdigest(), count
