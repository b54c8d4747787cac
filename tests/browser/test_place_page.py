"""Tests in Chromium of the page of a place, year by year: chips, links to the exact words, axe, vnu, no sideways scrolling."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.test_promises_page import AXE
from tests.planned_years import PAGE, publication

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PAGES = (PAGE, "qinghe-2024/promises/index.html", "qinghe-2025/index.html")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with closing(browser.new_context(viewport={"width": 360, "height": 740})) as context:
        yield context.new_page()


def test_chips_choose_a_theme_in_the_address(page: Page, years_site: Path) -> None:
    page.goto((years_site / PAGE).as_uri())
    pairs = page.locator(".pairs li:visible")
    expect(page.locator("[data-shown]")).to_have_text("显示 9 项，共 9 项")
    page.click(".chips a:has-text('养老')")
    expect(page.locator("[data-shown]")).to_have_text("显示 3 项，共 9 项")
    expect(pairs).to_have_count(3)
    assert page.url.endswith("#theme=elderly")
    assert set(pairs.locator(".name").all_inner_texts()) == {"新增养老床位"}
    expect(page.locator("h3:has-text('经济'):visible")).to_have_count(0)
    page.reload()
    expect(page.locator("[data-shown]")).to_have_text("显示 3 项，共 9 项")
    page.click(".chips a:has-text('出行')")
    expect(page.locator("[data-shown]")).to_have_text("显示 1 项，共 9 项")
    expect(pairs).to_have_count(0)
    expect(page.locator("summary:visible")).to_have_text("下年报告未写")
    page.go_back()
    expect(pairs).to_have_count(3)


def test_without_a_script_all_is_shown_and_chips_lead_to_the_themes(browser: Browser, years_site: Path) -> None:
    with closing(browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})) as context:
        page = context.new_page()
        page.goto((years_site / PAGE).as_uri())
        assert page.locator(".pairs li:visible").count() == 7
        page.click(".chips a:has-text('经济')")
        page.wait_for_url("**#theme-economy")
        assert page.locator("h3:target").inner_text() == "经济"


def test_each_sentence_and_each_figure_opens_its_exact_words(page: Page, years_site: Path) -> None:
    page.goto((years_site / PAGE).as_uri())
    links = page.locator(".pairs p a, .unpaired li a[href], .series td a, #two-years + table td a")
    found = [(a.evaluate("a => a.href"), a.locator(".stated").all_inner_texts()) for a in links.all()]
    (place,) = publication().places
    stated = [side for pair in place.pairs for side in (pair.target, pair.result) if side]
    assert len(found) == len(stated) + sum(len(series.points) + len(series.period_points) for series in place.series)
    for address, words in found:
        page.goto(address)
        lit = page.locator(":target").evaluate("e => (e.closest('.s') || e).textContent")
        assert all(word in lit for word in words), (address, words)


def test_card_leads_to_its_series_on_the_page_of_the_place(page: Page, years_site: Path) -> None:
    page.goto((years_site / "qinghe-2025/index.html").as_uri())
    page.click(".year-before a:has-text('2023年 120亿元')")
    page.wait_for_url("**/qinghexian/index.html#series-gdp")
    assert page.locator("h3:target").inner_text() == "地区生产总值"
    assert page.locator(".series:has(h3:target) svg text.told").first.inner_html() == "110"


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("large", [False, True], ids=["plain", "large"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, years_site: Path, npm: Path, name: str, scheme: str, large: bool
) -> None:
    axe = (npm / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    with closing(context):
        if large:
            context.add_init_script("localStorage.setItem('workreport.elder', 'on')")
        page = context.new_page()
        page.goto((years_site / name).as_uri())
        page.evaluate("document.querySelectorAll('.unpaired').forEach(d => { d.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        page.evaluate(axe)
        assert page.evaluate(AXE) == []


def test_vnu_and_html_validate_find_no_error(years_site: Path, npm: Path) -> None:
    java = shutil.which("java")
    if java is None:
        pytest.skip("Java is not installed (Debian: apt install default-jre-headless)")
    pages = [str(years_site / name) for name in PAGES]
    jar = npm / "vnu-jar" / "build" / "dist" / "vnu.jar"
    vnu = subprocess.run([java, "-jar", str(jar), "--errors-only", *pages], capture_output=True, text=True, check=False)
    assert (vnu.returncode, vnu.stderr) == (0, "")


def test_page_of_a_place_needs_no_script_of_another_host(years_site: Path) -> None:
    text = (years_site / PAGE).read_text(encoding="utf-8")
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', text)
