"""Makes small Word files for tests, and reads them."""

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
    """The module tests/files/make, which writes .docx files by hand."""
    sys.path.insert(0, str(FILES / "make"))
    try:
        import documents
    finally:
        sys.path.pop(0)
    return documents


def saved(folder: Path, body: str, **parts: str) -> Source:
    """The source read from a .docx with this body."""
    m = make()
    file = folder / "a.docx"
    m.save({"word/document.xml": f"<w:document {m.W} {m.MORE}><w:body>{body}</w:body></w:document>", **parts}, file)
    return read(file)


def omitted(source: Source) -> list[tuple[str, str]]:
    return [(r.kind, r.before) for r in source.omitted]
