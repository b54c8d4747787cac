"""Tests in Chromium of the front page of a collection: sifting by place, level and year, without a script, on a phone, axe.

Leaves which figures stand there to `tests/website/test_report_list`.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.conftest import must_build
from tests.planned_collection import REPORTS, put_together
from tests.website.collections import text
from workreport.ingest.facts import divisions

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


@pytest.fixture(scope="module")
def provinces(project_copy: Callable[[str], Path]) -> Path:
    """The site of invented reports of one year of the 31 provinces that have one."""
    project = project_copy("provinces")
    put_together(project)
    shutil.rmtree(project / "reports")
    for k, province in enumerate(one for one in divisions.of_level("province") if one.code < "710000"):
        folder = project / "reports" / f"p{province.code}-2026"
        folder.mkdir(parents=True)
        review = (
            f"地区生产总值达到{20000 + 1317 * k}亿元，同比增长{40 + k}.5%。一般公共预算收入{2400 + 97 * k}.5亿元，增长3.2%。"
            f"城镇居民人均可支配收入{40000 + 900 * k}元，增长4.5%。农村居民人均可支配收入{20000 + 500 * k}元，增长5.5%。"
            f"城镇新增就业{20 + k}.3万人。"
        )
        (folder / "source.md").write_text(text(province.name, 2026, review), encoding="utf-8")
        told = f'place = "{province.name}"\nyear = 2026\ncode = "{province.code}"\n'
        (folder / "report.toml").write_text(told, encoding="utf-8")
    return must_build(project, "--quiet", "--only", "site")


@pytest.mark.long
def test_31_provinces_fit_three_screens_of_a_phone(browser: Browser, provinces: Path) -> None:
    with closing(browser.new_context(viewport={"width": 360, "height": 800})) as context:
        page = context.new_page()
        front(page, provinces)
        rows = page.locator("table.places tbody tr")
        expect(rows).to_have_count(31)
        assert (
            page.evaluate("document.querySelector('table.places:last-of-type').getBoundingClientRect().bottom") <= 2400
        )
        shown = rows.first.locator(".core:visible")
        expect(shown.locator(".name")).to_have_text(["GDP", "预算收入", "城镇收入", "城镇就业"])
        page.set_viewport_size({"width": 1440, "height": 900})
        expect(shown.locator(".name")).to_have_text(["GDP", "预算收入", "城镇收入", "农村收入", "城镇就业"])
