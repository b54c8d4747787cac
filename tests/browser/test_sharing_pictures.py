"""Tests in Chromium of the buttons on the page 一图读懂 that hand a picture to the system's own share sheet.

The sheet itself cannot be opened here: a double stands in for it. Leaves saving pictures to `tests/archive/poster`.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

PAGE = "gongshu-2024/picture/index.html"
SHEET = """
    window.sent = [];
    navigator.canShare = (what) => Boolean(what.files);
    navigator.share = async ({ files }) => { window.sent.push([files[0].name, files[0].type, files[0].size]); };
"""
"""A share sheet that takes files and records what it gets."""
NO_SHEET = "delete Navigator.prototype.canShare; delete Navigator.prototype.share;"


def test_picture_is_handed_to_the_share_sheet_as_a_file(
    browser: Browser, built_site: Path, site_http: Callable[..., str]
) -> None:
    with closing(browser.new_context()) as context:
        context.add_init_script(SHEET)
        page = context.new_page()
        page.goto(site_http(built_site, "/sub/") + PAGE)
        buttons = page.get_by_role("button", name="发给别人")
        assert buttons.count() == page.locator(".shot-of a[download]").count() >= 4
        buttons.first.click()
        page.wait_for_function("() => window.sent.length === 1")
        size = (built_site / "gongshu-2024" / "picture" / "poster.png").stat().st_size
        assert page.evaluate("window.sent") == [["gongshu-2024-poster.png", "image/png", size]]


@pytest.mark.parametrize("served", [True, False], ids=["no share sheet", "from a disk"])
def test_no_button_where_sharing_cannot_work(
    browser: Browser, built_site: Path, site_http: Callable[..., str], served: bool
) -> None:
    with closing(browser.new_context()) as context:
        context.add_init_script(NO_SHEET if served else SHEET)
        page = context.new_page()
        page.goto((site_http(built_site) if served else built_site.resolve().as_uri() + "/") + PAGE)
        assert page.locator(".shot-of a[download]").count() >= 4
        assert page.get_by_role("button", name="发给别人").count() == 0
