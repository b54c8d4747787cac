"""Fixtures of the tests of the desk: one with a report in it, without the preview that is built beside the pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk.desk_client import DeskClient, project_with_report
from workreport.desk.live_preview import LivePreview


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DeskClient:
    """A desk with one report (qinghe-2024), which builds no preview."""
    monkeypatch.setattr(LivePreview, "refresh", lambda *_: None)
    return project_with_report(tmp_path)


@pytest.fixture
def home(desk: DeskClient) -> Path:
    """The folder of the report."""
    return desk.desk.need_root() / "reports" / "qinghe-2024"
