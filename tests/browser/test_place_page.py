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

PAGES = (PAGE, "qinghe-2024/promises/index.html", "qinghe-2025/index.html", "qinghe-2025/indicators/index.html")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with closing(browser.new_context(viewport={"width": 360, "height": 740})) as context:
        yield context.new_page()


def test_chips_choose_a_theme_in_the_address(page: Page, years_site: Path) -> None:
    page.goto((years_site / PAGE).as_uri())
    pairs, series = page.locator(".pairs li:visible"), page.locator(".series:visible h3")
    told = page.locator("[data-shown]")
    expect(told).to_have_text("显示 13 项，共 13 项")
    expect(page.locator(".chips")).to_be_hidden()
    page.click(".sift-themes summary")
    page.click(".chips a:has-text('养老')")
    expect(told).to_have_text("显示 4 项，共 13 项")
    expect(pairs).to_have_count(3)
    expect(series).to_have_text(["新增养老床位 各地"])
    assert page.url.endswith("#theme=elderly")
    assert set(pairs.locator(".name").all_inner_texts()) == {"新增养老床位"}
    page.reload()
    expect(told).to_have_text("显示 4 项，共 13 项")
    page.click(".chips a:has-text('出行')")
    expect(told).to_have_text("显示 1 项，共 13 项")
    expect(pairs).to_have_count(0)
    expect(series).to_have_count(0)
    expect(page.locator(".strip summary:visible")).to_have_text("下年报告未写 2")
    expect(page.locator(".unpaired li:visible")).to_have_text("改造农村公路60公里。")
    expect(page.locator("h2:visible")).to_have_count(4)
    page.go_back()
    expect(pairs).to_have_count(3)
    page.click(".chips a:has-text('全部')")
    expect(told).to_have_text("显示 13 项，共 13 项")
    expect(pairs).to_have_count(3)


def test_only_the_core_measures_of_the_newest_report_are_open(page: Page, years_site: Path) -> None:
    page.goto((years_site / PAGE).as_uri())
    folds = page.locator(".strip details")
    assert [fold.get_attribute("open") is not None for fold in folds.all()] == [True, *[False] * (folds.count() - 1)]
    expect(page.locator(".pairs li:visible .name")).to_have_text(["地区生产总值", "粮食总产量", "新增养老床位"])
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert all(fold.get_attribute("open") is not None for fold in folds.all())
    expect(page.locator(".pairs li:visible")).to_have_count(7)


def test_link_into_a_fold_opens_it(page: Page, years_site: Path) -> None:
    (place,) = publication().places
    pair = next(pair for pair in place.pairs if pair.year == 2023)
    page.goto((years_site / PAGE).as_uri() + f"#y2023-{pair.target.indicator}")
    expect(page.locator(".pairs li:target")).to_be_in_viewport()


def test_without_a_script_nothing_is_sifted_and_chips_lead_to_the_themes(browser: Browser, years_site: Path) -> None:
    with closing(browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})) as context:
        page = context.new_page()
        page.goto((years_site / PAGE).as_uri())
        expect(page.locator(".pairs li:visible")).to_have_count(3)
        page.click(".chips a:has-text('经济')")
        page.wait_for_url("**#theme-economy")
        expect(page.locator("li:has(#theme-economy)")).to_be_in_viewport()
        page.click("#y2023-core summary")
        expect(page.locator("#y2023-core li")).to_be_visible()


def test_each_sentence_and_each_figure_opens_its_exact_words(page: Page, years_site: Path) -> None:
    page.goto((years_site / PAGE).as_uri())
    links = page.locator(".pairs p a, .unpaired li a[href], .series td a, #two-years td a")
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
    assert page.locator("h3:target").inner_text() == "地区生产总值 各地"
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
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
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
