"""Fixtures of the PDF tests: the vocabularies, the fonts, the committed report and its PDF."""

from __future__ import annotations

import pytest

from tests.archive.pdf.pdf_reader import GONGSHU, Printed, set_in
from tests.conftest import ROOT
from workreport.build import report_folder, report_reader
from workreport.model import Reading
from workreport.project import fonts


@pytest.fixture(scope="session")
def known() -> report_reader.Vocabularies:
    """The vocabularies of this repository."""
    return report_reader.load_vocabularies(ROOT / "vocabulary")


@pytest.fixture(scope="session")
def found() -> fonts.FoundFonts:
    """The accepted fonts of this machine."""
    there = fonts.find()
    assert there.enough, "the fonts Hei and Song come with the packages of the lock file"
    return there


@pytest.fixture(scope="session")
def gongshu(known: report_reader.Vocabularies) -> Reading:
    """The committed report."""
    folder = ROOT / "reports" / GONGSHU
    path = report_folder.source_file(folder)
    return report_reader.read_report(path, GONGSHU, known, folder, f"reports/{GONGSHU}/{path.name}").reading


@pytest.fixture(scope="session")
def printed(gongshu: Reading, found: fonts.FoundFonts) -> Printed:
    """The PDF of the committed report, without any setting."""
    return set_in(gongshu, found)
