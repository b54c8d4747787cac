"""axe finds nothing on any page of the desk, in light and dark, on a phone and on a desk; none is wider than the screen."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.test_access import AXE, TAGS
from tests.desk.desk_client import project_with_report
from tests.desk.desk_screens_list import screens, with_changes
from tests.desk.test_desk_in_browser import BUILT, running_desk
from tests.desk.test_desk_places import LATER

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (360, 1440)]


def looked_at(page: Page, axe: str, address: str) -> list[str]:
    """Return what axe finds on a page in every look, and in which looks it is wider than the screen."""
    found = []
    for scheme, width in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(address)
        page.evaluate(axe)
        found += [f"{address} {scheme} {width}: {row}" for row in page.evaluate(AXE, TAGS)]
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{address} {width}: {wide} wide"] if wide > width else []
    return found


@pytest.mark.timeout(600)
def test_axe_finds_no_violation_on_any_page_of_the_desk(browser: Browser, npm: Path, tmp_path: Path) -> None:
    axe = (npm / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    (tmp_path / "empty").mkdir()
    client = project_with_report(tmp_path / "p")
    client.finished(client.add("b.txt", LATER.encode()))
    with_changes(client)
    found = []
    for here, paths in {"empty": ["/"], "p": screens(client)}.items():
        with (
            running_desk(tmp_path / here) as address,
            contextlib.closing(browser.new_context(bypass_csp=True)) as context,
        ):
            page = context.new_page()
            page.goto(address)
            origin = page.evaluate("location.origin")
            for path in paths:
                found += looked_at(page, axe, origin + path)
            if here == "p":
                found += _published(page, axe, origin, tmp_path / "served")
    assert found == []


def _published(page: Page, axe: str, origin: str, served: Path) -> list[str]:
    """Build and publish, and return what axe finds on the pages of these steps."""
    page.goto(f"{origin}/publish")
    page.get_by_role("button", name="制作并核对网站").click()
    page.wait_for_url("**/task/*")
    found = [f"task: {row}" for row in (page.evaluate(axe), page.evaluate(AXE, TAGS))[1]]
    page.get_by_text("核对无误：").wait_for(timeout=BUILT)
    found += looked_at(page, axe, f"{origin}/publish")
    page.get_by_label("发布到哪个文件夹？").fill(str(served))
    page.get_by_role("button", name="看看会改什么").click()
    page.get_by_role("button", name="发布这一版").wait_for(timeout=BUILT)
    found += looked_at(page, axe, f"{origin}/publish/changes")
    page.get_by_role("button", name="发布这一版").click()
    page.get_by_role("link", name="回到核对与发布").wait_for(timeout=BUILT)
    return found + looked_at(page, axe, f"{origin}/publish/done")
