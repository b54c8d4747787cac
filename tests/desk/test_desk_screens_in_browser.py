"""In a real browser: cards of the front page are ordered by the mouse and by the keyboard, with the page itself beside them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.desk.desk_client import project_with_report
from tests.desk.test_desk_in_browser import BUILT, running_desk
from workreport.project import report_settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

pytestmark = pytest.mark.timeout(300)
HOME = "/report/qinghe-2024"


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A page of a desk with a report; a request to elsewhere or a message of the policy fails the test."""
    project_with_report(tmp_path)
    with running_desk(tmp_path) as address, contextlib.closing(browser.new_context()) as context:
        page = context.new_page()
        foreign: list[str] = []
        faults: list[str] = []
        page.on(
            "request",
            lambda r: None if r.url.startswith(("http://127.0.0.1:", "data:", "about:")) else foreign.append(r.url),
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        page.goto(address)
        yield page
        assert foreign == []
        assert faults == []


def opened(page: Page, screen: str) -> None:
    """Open a screen of the report."""
    page.goto(page.evaluate("location.origin") + HOME + screen)


def names(page: Page) -> list[str]:
    """Return the names of the cards, in their order."""
    return page.evaluate("[...document.querySelectorAll('.told b')].map(b => b.textContent.split('. ')[1])")  # type: ignore[no-any-return]


def test_card_is_moved_by_the_keyboard_and_keeps_the_focus(page: Page, tmp_path: Path) -> None:
    opened(page, "/figures")
    before = names(page)
    page.get_by_role("button", name=f"{before[0]}下移", exact=True).focus()
    for place in (1, 2):
        page.keyboard.press("Enter")
        expect(page.locator(".told b").nth(place)).to_have_text(f"{place + 1}. {before[0]}")
        expect(page.get_by_role("button", name=f"{before[0]}下移", exact=True)).to_be_focused()
    expect(page.get_by_role("status").first).to_have_text("已保存。")
    assert names(page) == [before[1], before[2], before[0], *before[3:]]
    assert len(report_settings.indicators(tmp_path / "reports" / "qinghe-2024").front) == len(before)


def test_card_is_dragged_and_the_front_page_beside_follows(page: Page) -> None:
    opened(page, "/figures")
    before = names(page)
    front = page.frame_locator("iframe[title=首页在手机上的样子]")
    expect(front.locator("h1").first).to_contain_text("政府工作报告", timeout=BUILT)
    cards = page.locator(".cards-of > li")
    cards.nth(2).drag_to(cards.nth(0), target_position={"x": 20, "y": 2})
    expect(page.get_by_text("由您选排")).to_be_visible()
    assert names(page) == [before[2], before[0], before[1], *before[3:]]
    shown = page.frame_locator("iframe[title=首页在手机上的样子]").locator("body")
    expect(shown).to_contain_text(before[2], timeout=BUILT)
    page.wait_for_function(
        "names => { const asked = document.querySelector('.live .state').textContent; return asked === '这就是现在的首页。'; }",
        arg=before,
    )
    body = shown.inner_text()
    assert body.index(before[2]) < body.index(before[0])


def test_every_control_of_the_figures_has_a_name_of_its_own(page: Page) -> None:
    opened(page, "/figures")
    told = page.evaluate(
        "[...document.querySelectorAll('main button')].map(b => b.getAttribute('aria-label') || b.textContent)"
    )
    assert len(told) == len(set(told))


def test_page_with_words_that_are_not_saved_asks_before_it_is_left(page: Page) -> None:
    opened(page, "/text")
    page.locator("a[href*='/passage/']").first.click()
    page.wait_for_url("**/passage/*")
    stays = page.url
    asked: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.locator("textarea").first.click()
    page.keyboard.type("又")
    page.get_by_role("link", name="去核对与发布").click(no_wait_after=True)
    expect(page.locator("textarea").first).to_be_visible()
    assert asked == ["beforeunload"]
    assert page.url == stays
    page.get_by_role("button", name="保存").first.click()  # refused without a reason, and so still unsaved
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("link", name="去核对与发布").click(no_wait_after=True)
    expect(page.locator("textarea").first).to_be_visible()
    assert asked == ["beforeunload", "beforeunload"]
