"""Knows the digest of many files, by which a build sees that nothing changed since the last one.

Leaves building to the wing `build`. Imports little: a build with nothing to do runs only this.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

SKIPPED = ("__pycache__", ".git")
"""Folders that are not read."""


def files(root: str) -> Iterator[str]:
    """The path of every file below the folder `root` (or `root` itself, where it is a file), sorted; without `SKIPPED`."""
    if os.path.isfile(root):  # noqa: PTH113 - os.path is several times faster to import and to run
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
    """The installed libraries with their versions, one folder name a line: an upgrade counts as a change."""
    names: list[str] = []
    for folder in sys.path:
        if folder.endswith("site-packages"):
            try:
                names += (n for n in os.listdir(folder) if n.endswith(".dist-info"))  # noqa: PTH208 - as above
            except OSError:
                continue
    return "\n".join(sorted(names))


def digest(roots: Iterable[Path], *words: str) -> tuple[str, int]:
    """SHA-256 (hex) over the paths and bytes of all files below `roots`, over `words`, Python and libraries; number of files."""
    total = hashlib.sha256("\0".join((sys.version, installed(), *words)).encode())
    count = 0
    for root in roots:
        for path in files(str(root)):
            try:
                handle = open(path, "rb")  # noqa: PTH123, SIM115 - as above
            except OSError:
                # Unreadable, or a broken link: whoever needs the file reports it.
                total.update(f"{path}\0unreadable".encode("utf-8", "surrogateescape"))
                continue
            with handle:
                total.update(f"{path}\0".encode("utf-8", "surrogateescape"))
                total.update(hashlib.sha256(handle.read()).digest())
            count += 1
    return total.hexdigest(), count
