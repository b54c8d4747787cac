"""Fixtures of the publishing tests: a project with a small finished site, and an empty place to publish to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.publish.small_site import make_site


@pytest.fixture
def project(tmp_path: Path) -> Path:
    make_site(tmp_path / "p")
    return tmp_path / "p"


@pytest.fixture
def www(tmp_path: Path) -> Path:
    return tmp_path / "www"
