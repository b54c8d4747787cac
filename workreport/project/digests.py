"""Knows the digest of many files, by which a build finds out that nothing changed since the last one.

Leaves which files count to the callers. Imports little, so that a build with nothing to do ends quickly.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

SKIPPED = ("__pycache__", ".git")
"""Names of folders and files that are left out, wherever they are."""


def files(root: str) -> Iterator[str]:
    """Yield the path of every file below the folder `root`, or `root` itself if it is a file, without `SKIPPED`.

    Each folder is sorted by name. A symbolic link is yielded, not followed. A missing or unreadable folder gives nothing.
    """
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
    """Return the installed libraries with their versions, one a line ("jinja2-3.1.4.dist-info"), sorted.

    They are part of the digest, so that an upgrade counts as a change.
    """
    names: list[str] = []
    for folder in sys.path:
        if folder.endswith("site-packages"):
            try:
                names += (n for n in os.listdir(folder) if n.endswith(".dist-info"))  # noqa: PTH208 - as above
            except OSError:
                continue
    return "\n".join(sorted(names))


def digest(roots: Iterable[Path], *words: str) -> tuple[str, int]:
    """Return a SHA-256 (hex) and the number of files read.

    The SHA-256 covers path and bytes of every file below `roots`, the texts `words`, the Python version and the installed
    libraries. Of a file that cannot be read it covers the path; such a file is not counted. A file below two roots is read
    and counted once: `templates/` may be a project's own and those that it is built with.
    """
    total = hashlib.sha256("\0".join((sys.version, installed(), *words)).encode())
    count = 0
    for path in dict.fromkeys(path for root in roots for path in files(str(root))):
        try:
            # A pipe would wait for ever: what is no plain file is not opened. A link counts by its target too.
            handle = open(path, "rb") if stat.S_ISREG(os.stat(path).st_mode) else None  # noqa: PTH116, PTH123, SIM115 - as above
        except OSError:
            handle = None
        if handle is None:
            # Unreadable, no plain file, or a broken link: the module that needs the file reports the error.
            total.update(f"{path}\0unreadable".encode("utf-8", "surrogateescape"))
            continue
        with handle:
            total.update(f"{path}\0".encode("utf-8", "surrogateescape"))
            total.update(hashlib.sha256(handle.read()).digest())
        count += 1
    return total.hexdigest(), count
