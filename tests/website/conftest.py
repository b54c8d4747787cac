"""Fixtures of the page tests: a small report and its pages."""

from __future__ import annotations

import pytest

from tests.vocabularies import vocabularies
from tests.website.small_book import BOOK, SITE, TEMPLATES
from workreport.build import report_reader
from workreport.model import (
    Publication,
    Reading,
)
from workreport.website.pages import render


@pytest.fixture(scope="session")
def book() -> Reading:
    """The small report linhu-2025, read and analysed."""
    taken = report_reader.read_report(BOOK / "source.md", "linhu-2025", vocabularies(), name="source.md")
    return taken.reading


@pytest.fixture(scope="session")
def docs(book: Reading) -> dict[str, str]:
    """All files of `docs/` for the small report: text by path."""
    return render(Publication((book,)), SITE, TEMPLATES)
