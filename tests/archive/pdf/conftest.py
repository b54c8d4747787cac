"""Fixtures of the PDF tests: the fonts, a report, and its PDF."""

from __future__ import annotations

import pytest

from tests.archive.pdf.pdf_reader import GONGSHU, Printed, set_in
from tests.conftest import ROOT
from workreport.build import report_folder, report_reader
from workreport.model import Reading
from workreport.project import fonts


@pytest.fixture(scope="session")
def known() -> report_reader.Vocabularies:
    return report_reader.load_vocabularies(ROOT / "vocabulary")


@pytest.fixture(scope="session")
def found() -> fonts.FoundFonts:
    there = fonts.find()
    assert there.enough, "the lock brings Hei and Song"
    return there


@pytest.fixture(scope="session")
def gongshu(known: report_reader.Vocabularies) -> Reading:
    folder = ROOT / "reports" / GONGSHU
    path = report_folder.source_file(folder)
    return report_reader.read_report(path, GONGSHU, known, folder, f"reports/{GONGSHU}/{path.name}").reading


@pytest.fixture(scope="session")
def printed(gongshu: Reading, found: fonts.FoundFonts) -> Printed:
    return set_in(gongshu, found)
