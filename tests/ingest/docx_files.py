"""Helpers of the tests that make small Word files and read them."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from types import ModuleType

from workreport.ingest.formats import read
from workreport.model import Source

FILES = Path(__file__).parents[1] / "files"


@cache
def make() -> ModuleType:
    """Return the module tests/files/make/documents.py, which writes the XML of .docx files."""
    sys.path.insert(0, str(FILES / "make"))
    try:
        import documents
    finally:
        sys.path.pop(0)
    return documents


def saved(folder: Path, body: str, **parts: str) -> Source:
    """Write a .docx with this body and these further parts (name to XML), and read it."""
    m = make()
    file = folder / "a.docx"
    m.save({"word/document.xml": f"<w:document {m.W} {m.MORE}><w:body>{body}</w:body></w:document>", **parts}, file)
    return read(file)


def omitted(source: Source) -> list[tuple[str, str]]:
    """Return (kind, text) of everything that the reader left out."""
    return [(r.kind, r.before) for r in source.omitted]
