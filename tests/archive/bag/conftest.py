"""Fixtures of the tests of the bag: the committed report and its bag."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.archive.bag.bag_reader import SLUG
from tests.archive.bags import files_of, readings
from workreport.model import Reading


@pytest.fixture(scope="session")
def packed(built_project: Path) -> bytes:
    """The bag as the build wrote it."""
    return (built_project / "archive" / f"{SLUG}-bag.zip").read_bytes()


@pytest.fixture(scope="session")
def files(packed: bytes) -> dict[str, bytes]:
    """Every file of the bag by its name in the zip."""
    return files_of(packed)


@pytest.fixture(scope="session")
def reading(built_project: Path) -> Reading:
    """The report of the bag, read again."""
    return readings(built_project)[0]
