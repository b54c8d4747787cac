"""Tests of the kinds of pages that only a site with several reports has: its front, the pages of a place and of measures.

What `test_access`, `test_policy` and `test_validity` prove of all other kinds. Leaves what stands there to `tests/website`, and how a reader
uses it to `test_report_list_page`, `test_place_page` and `test_measure_page`.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.test_access import reach_all_by_tab
from tests.browser.test_policy import use_pages
from tests.planned_years import PAGE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.long]

KINDS = {"list": "index.html", "place": PAGE, "measures": "measures/index.html", "measure": "measures/gdp/index.html"}


@pytest.mark.parametrize("name", KINDS.values(), ids=KINDS)
def test_tab_reaches_every_control(browser: Browser, years_site: Path, name: str) -> None:
    with closing(browser.new_context(viewport={"width": 1280, "height": 900})) as context:
        reach_all_by_tab(context.new_page(), (years_site / name).as_uri(), 10)


@pytest.mark.parametrize("large", [False, True], ids=["plain", "large"])
@pytest.mark.parametrize("width", [320, 640, 768, 1024, 1440])
def test_nothing_scrolls_sideways_at_200_and_400_per_cent(
    browser: Browser, years_site: Path, width: int, large: bool
) -> None:
    """All folds are open. The widths 640 and 320 are a window of 1280 at 200 % and 400 %."""
    wide = {}
    with closing(browser.new_context(viewport={"width": width, "height": 900})) as context:
        if large:
            context.add_init_script("localStorage.setItem('workreport.elder', 'on')")
        page = context.new_page()
        for kind, name in KINDS.items():
            page.goto((years_site / name).as_uri())
            page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
            wide[kind] = page.evaluate("document.documentElement.scrollWidth")
    assert {kind: reached for kind, reached in wide.items() if reached > width} == {}


@pytest.mark.parametrize("served", [True, False], ids=["http", "file"])
def test_policy_blocks_nothing(browser: Browser, years_site: Path, site_http: Callable[..., str], served: bool) -> None:
    base = site_http(years_site) if served else years_site.resolve().as_uri() + "/"
    done, wrong = use_pages(browser, base, KINDS)
    assert wrong == []
    assert done.keys() == KINDS.keys()


@pytest.mark.parametrize("name", KINDS.values(), ids=KINDS)
def test_without_a_script_the_page_has_its_heading_and_no_dead_button(
    browser: Browser, years_site: Path, name: str
) -> None:
    with closing(browser.new_context(java_script_enabled=False)) as context:
        page = context.new_page()
        page.goto((years_site / name).as_uri())
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator("article button:visible, article select:visible")).to_have_count(0)


def test_vnu_and_html_validate_find_no_error(years_site: Path, npm: Path) -> None:
    java = shutil.which("java")
    if java is None:
        pytest.skip("Java is not installed; on Debian: apt install default-jre-headless")
    pages = [str(years_site / name) for name in (*KINDS.values(), "qinghe-2025/index.html")]
    jar = npm / "vnu-jar" / "build" / "dist" / "vnu.jar"
    vnu = subprocess.run([java, "-jar", str(jar), "--errors-only", *pages], capture_output=True, text=True, check=False)
    assert (vnu.returncode, vnu.stderr) == (0, "")
    rules = npm.parent / "collection.htmlvalidate.json"
    rules.write_text('{"root": true, "extends": ["html-validate:standard"]}', encoding="utf-8")
    command = [npm / ".bin" / "html-validate", "--config", rules.name, *pages]
    done = subprocess.run(command, cwd=npm.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize("served", [True, False], ids=["http", "file"])
def test_chip_sifts_the_page_of_a_place_in_firefox(
    in_firefox: Callable[..., Any], years_site: Path, site_http: Callable[..., str], served: bool
) -> None:
    base = site_http(years_site) if served else years_site.resolve().as_uri() + "/"
    rows = ".pairs li .name, .series h3"
    found = in_firefox("promises.mjs", {"address": base + PAGE, "chip": "乡村", "rows": rows})
    assert found["before"] == [
        "地区生产总值",
        "粮食总产量",
        "新增养老床位",
        "地区生产总值 各地",
        "粮食总产量 各地",
        "新增养老床位 各地",
    ]
    assert found["after"] == ["粮食总产量", "粮食总产量 各地"]
    assert found["address"].endswith("#theme=village")
