"""Knows how a plain file is read within a limit of bytes; a pipe, a device or a folder is an error and is never opened.

Leaves which limit a file has to the callers. Every reader of an input file uses it: a pipe would wait for ever, and a
device says that it has no bytes and never ends.
"""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_TOML = 16_000_000
"""The most bytes of a settings file or a word list. The largest, `ids.toml` of a report of 90,000 characters, has 0.5 MB."""
_NO_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
"""What was a plain file may be a pipe when it is opened; opened so, it does not wait for a writer."""


def read_plain_file(path: Path, most: int) -> bytes:
    """Return the bytes of a plain file, or of the one that a symbolic link leads to.

    At most `most` bytes and one more are read, whatever size the system states. Raises OSError: its `strerror` is in
    Chinese for what is no plain file and for a larger one (`errno.EFBIG`), in the system's words otherwise.

    >>> from pathlib import Path
    >>> read_plain_file(Path("/dev/zero"), 9)
    Traceback (most recent call last):
        ...
    OSError: [Errno 22] 不是普通文件（是设备、管道之类）: '/dev/zero'
    """
    state = path.stat()
    if stat.S_ISDIR(state.st_mode):
        raise IsADirectoryError(errno.EISDIR, "是文件夹", str(path))
    _require_plain(path, state)
    handle = os.open(path, os.O_RDONLY | _NO_WAIT)
    with os.fdopen(handle, "rb") as file:
        _require_plain(path, os.fstat(handle))
        data = file.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, f"超过上限 {most // 10**6} MB", str(path))
    return data


def _require_plain(path: Path, state: os.stat_result) -> None:
    if not stat.S_ISREG(state.st_mode):
        raise OSError(errno.EINVAL, "不是普通文件（是设备、管道之类）", str(path))
