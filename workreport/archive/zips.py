"""Knows how to write a zip whose bytes depend only on the names, contents and order of its files and on one date.

Uses Python's zipfile with the same date and file mode for every file. Leaves the choice of files to the modules of the
archive forms, the rules for names to `writer.safe_names`, and strict reading to `verify.container`.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from workreport.project import writer

_EARLIEST = (1980, 1, 1)  # the first date that the zip format can state
_UNIX = 3
"""The zip format's number for files made on Unix."""
_PLAIN_FILE = 0o100644 << 16
"""The attributes of an ordinary file that its owner may write and everyone may read."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a zip.

    `stored`: not compressed, since it is already compressed or must not be (an EPUB's mimetype).
    """

    name: str
    data: bytes
    stored: bool = False


def fill(out: BinaryIO, members: Iterable[Member], moment: date) -> None:
    """Write the members, in the order given, as a zip. Each is dated `moment`, midnight; 1980-01-01 at the earliest.

    Raises `writer.WriteError`, after writing, for a name that is not valid on every system, and for two names that
    differ only in case.
    """
    stamp = (*max((moment.year, moment.month, moment.day), _EARLIEST), 0, 0, 0)
    names = []
    with zipfile.ZipFile(out, "w") as bundle:
        for member in members:
            names.append(member.name)
            entry = zipfile.ZipInfo(member.name, stamp)
            entry.create_system = _UNIX
            entry.external_attr = _PLAIN_FILE
            how = zipfile.ZIP_STORED if member.stored else zipfile.ZIP_DEFLATED
            bundle.writestr(entry, member.data, how, None if member.stored else 9)
    writer.safe_names(names)


def read_ending(path: Path, ending: str) -> dict[str, bytes]:
    """The content by name of the files in a zip whose names end with `ending`; empty where the zip cannot be read."""
    try:
        with zipfile.ZipFile(path) as bundle:
            return {name: bundle.read(name) for name in bundle.namelist() if name.endswith(ending)}
    except (OSError, ValueError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error):
        return {}


def packed(members: Iterable[Member], moment: date) -> bytes:
    """The zip that `fill` writes, as bytes.

    >>> import zipfile, io
    >>> zipfile.ZipFile(io.BytesIO(packed([Member("a/b.txt", b"1")], date(2024, 2, 21)))).namelist()
    ['a/b.txt']
    """
    out = io.BytesIO()
    fill(out, members, moment)
    return out.getvalue()
