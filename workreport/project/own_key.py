"""Knows the key of this user, which lies outside every project: by it a build knows the files that it kept itself.

A folder `.workreport/` may come with a project from somebody else, and some of what is kept there runs as code when it is
read. Leaves the files themselves to `kept_files`, and writing the key to `writer`.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path

from workreport.project import writer

LENGTH = 32
"""The bytes of a key."""


def key_path(environment: Mapping[str, str]) -> Path | None:
    """Return where the key of this user lies; None if the user has no home.

    >>> key_path({"XDG_CACHE_HOME": "/of-user-a/cache"}).as_posix()
    '/of-user-a/cache/workreport/key'
    """
    named = environment.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", "")
    try:
        home = Path(named) if named and Path(named).is_absolute() else Path.home() / ".cache"
    except RuntimeError:
        return None
    return home / "workreport" / "key"


def own_key(environment: Mapping[str, str]) -> bytes | None:
    """Return the key of this user, made when it is first asked for; None if none can be kept that only this user can read.

    >>> import tempfile
    >>> where = {"XDG_CACHE_HOME": tempfile.mkdtemp(), "LOCALAPPDATA": tempfile.mkdtemp()}
    >>> own_key(where) == own_key(where) != None
    True
    """
    path = key_path(environment)
    if path is None:
        return None
    try:
        if not path.exists():
            writer.write_secret(path, secrets.token_bytes(LENGTH))
        return _read(path)
    except (OSError, writer.WriteError):
        return None


def _read(path: Path) -> bytes | None:
    """Return the bytes of a key file; None if it has another length, or if another user may know or change it."""
    with path.open("rb") as file:
        facts = os.fstat(file.fileno())
        shared = os.name != "nt" and (facts.st_uid != os.getuid() or facts.st_mode & 0o077)
        key = file.read(LENGTH + 1) if stat.S_ISREG(facts.st_mode) and not shared else b""
    return key if len(key) == LENGTH else None
