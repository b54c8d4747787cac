"""Fixtures of the EPUB tests: four reports and their EPUBs."""

from __future__ import annotations

import pytest

from tests.archive.epub.epub_reader import GLOSSED, Opened, book_of, reading_of
from tests.browser.test_hostile_report import HOSTILE
from tests.conftest import ROOT
from workreport.build import report_reader
from workreport.model import Reading
from workreport.project.settings import Settings


@pytest.fixture(scope="session")
def gongshu() -> Reading:
    """The report of this repository."""
    folder = ROOT / "reports" / "gongshu-2024"
    return report_reader.read_report(
        folder / "source.md", folder.name, report_reader.load_vocabularies(ROOT / "vocabulary"), folder
    ).reading


@pytest.fixture(scope="session")
def made(gongshu: Reading) -> Opened:
    """The EPUB of that report, without any setting."""
    return book_of(gongshu)


@pytest.fixture(scope="session")
def glossed(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """An invented report with a glossary."""
    return reading_of(GLOSSED, tmp_path_factory.mktemp("glossed"))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """An invented report full of markup and scripts."""
    return reading_of(HOSTILE, tmp_path_factory.mktemp("hostile"), "qingshan-2025.txt")


@pytest.fixture(scope="session")
def paged() -> Reading:
    """A report whose source is a PDF, so that it has page numbers."""
    path = ROOT / "tests" / "files" / "typst.pdf"
    return report_reader.read_report(
        path, path.stem, report_reader.load_vocabularies(ROOT / "vocabulary"), None
    ).reading


@pytest.fixture(scope="session")
def all_books(
    gongshu: Reading, glossed: Reading, hostile: Reading, paged: Reading
) -> dict[str, tuple[Reading, Opened]]:
    """Each of the four reports with its EPUB, by the names in `BOOKS`."""
    site = Settings(
        publisher="<b>某县</b>&人民政府", licence="转载请注明“出处”", address="https://www.example.gov.cn/a/"
    )
    return {
        "gongshu": (gongshu, book_of(gongshu)),
        "glossed": (glossed, book_of(glossed, hostile, site=site)),
        "hostile": (hostile, book_of(hostile, glossed)),
        "paged": (paged, book_of(paged)),
    }
