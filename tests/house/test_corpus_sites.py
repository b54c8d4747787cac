"""Builds a whole site from each of three long reports and checks its links, its text and its network requests.

Knows which reports. Leaves the checks to `tools.corpus`.
"""

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
def test_long_report_builds_a_site_without_problems_on_disk_or_in_the_browser(
    shared: Path, tmp_path: Path, browser: Browser, name: str
) -> None:
    project = tmp_path / "project"
    assert corpus.site(shared / "corpus" / f"{name}.txt", project) == []
    assert corpus.examined(project, browser) == []
