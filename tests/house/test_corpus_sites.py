"""Three long reports as whole sites: links, text and requests hold there as for the first report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tools import corpus

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.long, pytest.mark.browser]

NAMES = ("province-guangdong-2026", "province-hainan-2026", "state-guowuyuan-2024-wikisource")


@pytest.mark.parametrize("name", NAMES)
def test_a_long_report_becomes_a_sound_site(shared: Path, tmp_path: Path, browser: Browser, name: str) -> None:
    project = tmp_path / "project"
    assert corpus.site(shared / "corpus" / f"{name}.txt", project) == []
    assert corpus.examined(project, browser) == []
