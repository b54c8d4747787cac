"""Fixtures of the picture tests: an ordinary, a hostile and a very short report, and one with very long names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.archive.poster.poster_reports import BOOK, HOSTILE, LONG_NAMES, MARKUP, taken
from tests.conftest import ROOT
from workreport.build import report_reader
from workreport.model import Reading


@pytest.fixture(scope="session")
def book() -> Reading:
    """An ordinary invented report."""
    return report_reader.read_report(
        BOOK, "linhu-2025", report_reader.load_vocabularies(ROOT / "vocabulary"), name="source.md"
    ).reading


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """A report with typst and HTML markup in its text and in the titles of its sections."""
    reading = taken(HOSTILE, tmp_path_factory.mktemp("hostile"))
    part = reading.outline.sections[0]
    first, second = part.children
    children = (replace(first, title=MARKUP), replace(second, title=f"https://www.example.com/{'a' * 300}"))
    return replace(reading, outline=replace(reading.outline, sections=(replace(part, children=children),)))


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """A report without sections and indicators."""
    return taken("# 政府工作报告\n\n各位代表：\n\n谢谢大家。\n", tmp_path_factory.mktemp("bare"))


@pytest.fixture(scope="session")
def long_names(book: Reading) -> Reading:
    """The ordinary report with very long title, place, speaker and names of indicators."""
    figures = tuple(i._replace(name=i.name * 9) for i in book.found.indicators)
    return replace(book, meta=replace(book.meta, **LONG_NAMES), found=replace(book.found, indicators=figures))
