"""Knows whether PDFium opens every page of a PDF. It runs in a child process: PDFium can crash, or fill the memory.

Leaves the structure of the file to `documents`.
"""

from __future__ import annotations

import importlib.util

from workreport.ingest import limited_process
from workreport.verify.container import BrokenError


def can_open() -> bool:
    """Whether pypdfium2 is installed."""
    return importlib.util.find_spec("pypdfium2") is not None


def count(data: bytes) -> int:
    """Return the number of pages, each of which was opened. Raises BrokenError if the PDF or a page cannot be opened."""
    try:
        pages = limited_process.run(__name__, "answer", data)
    except limited_process.ProcessEnded as error:
        raise BrokenError(f"pypdfium2 打不开（{error}），文件可能已损坏。") from error
    if not isinstance(pages, int):
        raise BrokenError("pypdfium2 打不开，文件已损坏。")
    return pages


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
