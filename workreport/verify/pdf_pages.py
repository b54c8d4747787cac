"""Knows whether PDFium opens every page of a PDF. It runs in a child process: PDFium can crash, or fill the memory.

Leaves the structure of the file to `documents`.
"""

from __future__ import annotations

import hashlib
import importlib.util

from workreport.ingest import limited_process
from workreport.verify.container import BrokenError

_KNOWN: dict[str, int | str] = {}
"""What `_counted` gave for the PDFs of this run by their SHA-256: the files of a list are checked several times."""


def can_open() -> bool:
    """Whether pypdfium2 is installed."""
    return importlib.util.find_spec("pypdfium2") is not None


def count(data: bytes) -> int:
    """Return the number of pages, each of which was opened. Raises BrokenError if the PDF or a page cannot be opened."""
    digest = hashlib.sha256(data).hexdigest()
    found = _KNOWN[digest] if digest in _KNOWN else _counted(data)
    _KNOWN[digest] = found
    if isinstance(found, str):
        raise BrokenError(found)
    return found


def _counted(data: bytes) -> int | str:
    """The number of pages, or what is wrong."""
    try:
        pages = limited_process.run(__name__, "answer", data)
    except limited_process.ProcessEnded as error:
        return f"pypdfium2 打不开（{error}），文件可能已损坏。"
    return pages if isinstance(pages, int) else "pypdfium2 打不开，文件已损坏。"


def answer(data: bytes, argument: str) -> int | None:
    """Open every page, in the child process; return their number, None if one cannot be opened."""
    del argument
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as document:
            for number in range(len(document)):
                document[number].close()
            return len(document)
    except pypdfium2.PdfiumError:
        return None
