"""Fixtures of the publishing tests: a project with a small finished site, and a served folder that does not exist yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.publish.small_site import make_site


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project folder with a finished `site/` only."""
    make_site(tmp_path / "p")
    return tmp_path / "p"


@pytest.fixture
def www(tmp_path: Path) -> Path:
    """The path of the served folder; publishing makes it."""
    return tmp_path / "www"
