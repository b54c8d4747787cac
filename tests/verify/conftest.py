"""Fixtures for the tests of the checks: a small archive with a file of each form."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.archive import small_archive


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with a file of each form; tests must not change it."""
    return small_archive.archive_of(tmp_path_factory.mktemp("whole"))


@pytest.fixture
def made(whole: Path, tmp_path: Path) -> Path:
    """A copy of the archive `whole`, which a test may damage."""
    return shutil.copytree(whole, tmp_path / "archive")
