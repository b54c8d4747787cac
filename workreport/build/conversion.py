"""Knows how an old Word or WPS file becomes a .docx: by LibreOffice, if it is installed on this machine.

Leaves which formats can be converted to `ingest.formats.format_table`, and reading the result to `report_reader`.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from workreport.ingest.formats import BadSource, format_table

_PROGRAMS = ("soffice", "libreoffice")
_SIGNATURES = (b"\xd0\xcf\x11\xe0", b"{\\rtf", b"PK\x03\x04", b"<?xml")
"""The bytes that files of the convertible formats start with."""
_SMALLEST = 512
"""Fewest bytes of a document; that many has the header of an old Word file."""
_LONGEST = 180
"""Most seconds that a conversion takes; the first one on a machine also sets up a profile."""


@dataclass(frozen=True, slots=True)
class ReadableFile:
    """A file that can be read. If it was converted, `remark` says so in Chinese, and `original` is the file given."""

    path: Path
    original: Path | None = None
    remark: str = ""


@contextmanager
def readable(file: Path) -> Iterator[ReadableFile]:
    """Yield the file, or a .docx made from it that exists while the context is open.

    A file of a format that LibreOffice converts is converted if LibreOffice is installed; otherwise the file itself is
    given, which reading refuses with advice. Macros are not run. Raises BadSource if the conversion fails.
    """
    row = format_table.refused(file.suffix.lower())
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if row is None or not row.convertible or program is None or not _is_document(file):
        yield ReadableFile(file)
        return
    with tempfile.TemporaryDirectory(prefix="workreport-") as folder:
        made = _convert(program, file, Path(folder), row.advice)
        yield ReadableFile(made, file, f"由 LibreOffice 从{row.label}转成 .docx，请对照原件核对；原件一并保存")


def _is_document(file: Path) -> bool:
    """Whether a file starts as a document does and is not cut off at once: LibreOffice takes anything else for plain text."""
    try:
        with file.open("rb") as opened:
            head = opened.read(_SMALLEST)
    except OSError:
        return False
    return len(head) == _SMALLEST and head.startswith(_SIGNATURES)


def _convert(program: str, file: Path, folder: Path, advice: str) -> Path:
    """Convert a file into `folder` and return the .docx. A profile of its own keeps the user's LibreOffice as it is."""
    command = [
        program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "made"), str(file.resolve()),
    ]  # fmt: skip
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=_LONGEST, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError) as error:
        raise BadSource(file.as_posix(), "LibreOffice 没能把它转成 .docx。", advice) from error
    made = next(iter(sorted((folder / "made").glob("*.docx"))), None)
    if made is None:
        raise BadSource(file.as_posix(), "LibreOffice 打不开它，文件可能已损坏或加了密码。", advice)
    return made
