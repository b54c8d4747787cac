"""Tests in Chromium of the front page of a collection: sifting by place, level and year, without a script, on a phone, axe.

Leaves which figures stand there to `tests/website/test_report_list`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.conftest import must_build
from tests.planned_collection import REPORTS, put_together

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

AXE = """async () => (await axe.run(document, {runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']}}))
.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 120))])"""


@pytest.fixture(scope="module")
def site(project_copy: Callable[[str], Path]) -> Path:
    """The site of an invented collection."""
    project = project_copy("collection")
    put_together(project)
    return must_build(project, "--quiet", "--only", "site")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with closing(browser.new_context(viewport={"width": 1440, "height": 900})) as context:
        yield context.new_page()


def front(page: Page, site: Path, choice: str = "") -> None:
    page.goto((site / "index.html").as_uri() + choice)


def shown(page: Page, *reports: str) -> None:
    """Expect that these reports are shown and no other."""
    links = page.locator("table.places .report > a[href]:visible")
    expect(links).to_have_count(len(reports))
    assert sorted(link.get_attribute("href") or "" for link in links.all()) == sorted(
        f"{slug}/index.html" for slug in reports
    )


def test_level_and_year_are_chosen_by_chips_in_the_address(page: Page, site: Path) -> None:
    front(page, site)
    shown(page, *REPORTS)
    page.click(".choose a:has-text('省级')")
    shown(page, "jia-2025", "jia-2024", "yi-2025")
    expect(page.locator("[data-shown]")).to_have_text("显示 3 份，共 5 份")
    page.click(".choose a:has-text('2025年')")
    shown(page, "jia-2025", "yi-2025")
    assert page.url.endswith("#level=province&year=2025")
    page.click(".choose a:has-text('省级')")
    shown(page, "guowuyuan-2025", "jia-2025", "yi-2025", "bing-2025")
    page.go_back()
    shown(page, "jia-2025", "yi-2025")


def test_place_is_found_by_the_words_typed_and_by_its_code_in_the_address(page: Page, site: Path) -> None:
    front(page, site)
    page.fill("input[data-key=place]", "杭")
    shown(page, "bing-2025")
    expect(page).to_have_url(re.compile("#place=%E6%9D%AD$"))
    front(page, site, "#place=330000&year=2024")
    shown(page, "jia-2024")
    expect(page.locator(".choose [aria-current]")).to_have_text(re.compile(r"2024年\s*1"))


def test_core_figure_opens_its_words(page: Page, site: Path) -> None:
    front(page, site)
    page.locator("tr[data-place='320000'] .core a").first.click()
    page.wait_for_url(re.compile("yi-2025/1/index.html#s"))
    assert "13.7万亿元" in (page.locator(":target").evaluate("e => (e.closest('.s') || e.parentElement).textContent"))


def test_without_a_script_all_reports_are_shown_and_nothing_can_be_chosen(browser: Browser, site: Path) -> None:
    with closing(browser.new_context(java_script_enabled=False)) as context:
        page = context.new_page()
        front(page, site, "#level=province")
        shown(page, *REPORTS)
        expect(page.locator(".choose")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 360, 1440])
def test_no_width_scrolls_sideways(browser: Browser, site: Path, width: int) -> None:
    with closing(browser.new_context(viewport={"width": width, "height": 740})) as context:
        page = context.new_page()
        front(page, site)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_no_violation_on_the_front_of_a_collection(
    browser: Browser, site: Path, npm: Path, mode: str, width: int
) -> None:
    scheme = {"color_scheme": mode, "viewport": {"width": width, "height": 740}, "bypass_csp": True}
    with closing(browser.new_context(**scheme)) as context:  # type: ignore[arg-type]  # as keywords
        page = context.new_page()
        front(page, site, "#year=2025")
        expect(page.locator(".choose")).to_have_attribute("open", "")
        page.evaluate((npm / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
        assert page.evaluate(AXE) == []
