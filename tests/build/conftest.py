"""Fixtures of the build tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.build import former_version


@pytest.fixture(scope="session")
def former_program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program as it was at the commit `former_version.FORMER`."""
    return former_version.unpacked(tmp_path_factory.mktemp("former"))
