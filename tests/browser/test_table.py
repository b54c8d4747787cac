"""Tests in Chromium of the indicator table: sorting, filters, its state in the address, CSV export, keyboard, no JavaScript.

Knows how to read the visible rows. Leaves the table's contents to the tests of the website.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SLUG = "gongshu-2024"
ROWS = "tbody:not([hidden]) tr[data-figure]:not([hidden])"
SCALES = {"亿": 10**8, "万": 10**4}


@pytest.fixture
def page(browser: Browser, built_site: Path) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.goto((built_site / SLUG / "indicators" / "index.html").as_uri())
    yield opened
    context.close()


def column(page: Page, name: str) -> list[str]:
    return page.eval_on_selector_all(ROWS, f"rows => rows.map(row => row.dataset.{name})")


def test_value_column_sorts_rows_of_one_unit_by_size_in_both_directions(page: Page) -> None:
    page.select_option(".sift select[name=unit]", "元")
    page.click("th button >> text=数值")
    shown = page.eval_on_selector_all(
        f"{ROWS} .fig", "figures => figures.map(f => f.querySelector('.num').textContent + ' ' + f.querySelector('.unit').textContent)"
    )  # fmt: skip
    assert len(shown) >= 15
    sizes = []
    for figure in shown:
        number, unit = figure.split(" ")
        if number.replace(".", "").isdecimal():
            sizes.append(float(number) * SCALES.get(unit[:1], 1))
    assert sizes == sorted(sizes, reverse=True)
    assert page.get_attribute("th[aria-sort]", "aria-sort") == "descending"
    page.click("th button >> text=数值")
    assert page.get_attribute("th[aria-sort]", "aria-sort") == "ascending"


def test_sort_menu_orders_rows_by_change_by_rank_or_in_text_order(page: Page) -> None:
    page.select_option(".sift select[name=sort]", "change")
    changes = [float(value) for value in column(page, "change") if value]
    assert len(changes) >= 10
    assert changes == sorted(changes, reverse=True)
    page.select_option(".sift select[name=sort]", "place")
    places = [int(value) for value in column(page, "place") if value]
    assert places[0] == 1
    assert places == sorted(places)
    page.select_option(".sift select[name=sort]", "")
    assert column(page, "figure") == page.evaluate("[...document.querySelectorAll('tr[data-figure]')].map(r => r.dataset.figure)")  # fmt: skip


@pytest.mark.parametrize("name", ["section", "kind", "unit", "status", "level"])
def test_each_filter_shows_only_matching_rows_counts_them_and_can_be_reset(page: Page, name: str) -> None:
    total = len(column(page, "figure"))
    if name == "status":
        chosen = words = str(page.get_attribute(".sift .choices label:nth-of-type(2) input", "value"))
        page.check(f".sift .choices input[value={words}]", force=True)
    else:
        choice = page.locator(f".sift select[name={name}] option").nth(1)
        chosen, words = str(choice.get_attribute("value") or choice.inner_text()), choice.inner_text()
        page.select_option(f".sift select[name={name}]", chosen)
    rows = column(page, "figure")
    assert 0 < len(rows) <= total
    assert page.inner_text("[data-shown]") == f"显示 {len(rows)} 项：{words}（共 {total} 项）"
    counts = page.eval_on_selector_all(
        ".jump li:not([hidden]) a", "all => all.map(e => [e.hash.slice(1), Number(e.querySelector('.n').textContent)])"
    )
    groups = page.eval_on_selector_all(
        ".indicators tbody:not([hidden])",
        f"all => all.map(e => [e.id, e.querySelectorAll('{ROWS.split(' ', 1)[1]}').length])",
    )
    assert counts == groups, "the list of sections does not follow the filter"
    if name == "section":
        groups = page.eval_on_selector_all(".indicators tbody:not([hidden])", "all => all.map(e => e.id)")
        assert groups == [chosen]
    else:
        assert all(chosen in value.split("|") for value in column(page, name))
    page.click("button[type=reset]")
    page.wait_for_function(f"() => document.querySelectorAll('{ROWS}').length === {total}")


def test_address_restores_filter_and_sort_and_an_unknown_sort_value_is_ignored(page: Page) -> None:
    page.select_option(".sift select[name=kind]", "总量")
    page.select_option(".sift select[name=sort]", "change")
    rows, address = column(page, "figure"), page.evaluate("location.href")
    other = page.context.new_page()
    other.goto(address)
    assert column(other, "figure") == rows
    other.goto(address.replace("sort=change", "sort=nonsense&status=nonsense"))
    assert len(column(other, "figure")) == len(rows)
    other.goto(f"{address.partition('?')[0]}?status=目标")
    assert set(column(other, "status")) == {"目标"}
    assert other.is_checked(".choices input[value=目标]")


def test_on_a_phone_the_table_stands_before_the_charts_and_its_filters_in_three_lines(
    browser: Browser, built_site: Path
) -> None:
    with closing(browser.new_context(viewport={"width": 360, "height": 740})) as context:
        page = context.new_page()
        page.goto((built_site / SLUG / "indicators" / "index.html").as_uri())
        first = page.evaluate("document.querySelector('tr[data-figure]').getBoundingClientRect().top")
        assert first < 740, "the first row is not on the first screen"
        order = "document.querySelector('table.indicators').compareDocumentPosition(document.querySelector('figure.picture'))"
        assert page.evaluate(order) & 4
        page.click(".lede a[href='#charts']")
        page.wait_for_function(
            "() => document.querySelector('figure.picture').getBoundingClientRect().top < innerHeight"
        )
        assert page.locator(".sift select[name=unit]").is_hidden()
        page.click(".sift summary")
        assert page.locator(".sift select[name=unit]").is_visible()


def test_export_button_downloads_the_visible_rows_as_csv(page: Page) -> None:
    page.select_option(".sift select[name=level]", "全省")
    rows = column(page, "figure")
    with page.expect_download() as download:
        page.click("[data-export]")
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert [line["网址"].rsplit("#", 1)[1] for line in lines] == rows
    assert all("全省" in line["位次"] for line in lines)
    assert all(line["指标"] and line["章节"] and line["原句"] for line in lines)


def test_column_header_is_reached_by_tab_and_sorts_on_enter(page: Page) -> None:
    page.focus(".sift summary")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('th') !== null"):
            break
    page.keyboard.press("Enter")
    assert page.get_attribute("th[aria-sort]", "aria-sort") == "descending"


def test_table_without_javascript_shows_all_rows_and_no_filter_form(browser: Browser, built_site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((built_site / SLUG / "indicators" / "index.html").as_uri())
    assert page.locator("tr[data-figure]").count() > 100
    assert page.locator("tr[data-figure] .quote a").first.is_visible()
    assert not page.locator("form.sift").is_visible()
    assert page.locator("figure.picture svg").first.is_visible()
    context.close()
