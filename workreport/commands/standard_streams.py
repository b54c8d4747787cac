"""Knows how stdout and stderr are made usable: UTF-8, and never closed, whatever the shell handed over.

Leaves what is printed to the commands.
"""

from __future__ import annotations

import contextlib
import os
import sys


def prepare() -> None:
    """Open what the shell closed (`check >&-`) on the null device, and encode both streams as UTF-8.

    A closed stream would be None for Python, and the next file that is opened would get its number: a child process would
    print into that file.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the system gives the lowest free number, which is this one
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - a number, not a path
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - a number, not a path
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def give_up_stdout() -> None:
    """Send what is still to be printed to the null device, because stdout takes no more (a closed pipe, a full disk).

    Without this, Python would fail again when it flushes stdout at exit.
    """
    null = os.open(os.devnull, os.O_WRONLY)
    with contextlib.suppress(OSError, ValueError):
        os.dup2(null, sys.stdout.fileno())
