"""Tests in Chromium of the page of a measure: sorting, choosing, the CSV file of what is shown, without a script, on a phone, axe.

Leaves which values stand there to `tests/website/test_measure_pages`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.conftest import must_build
from tests.planned_collection import put_together
from workreport.verify import site as proof

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

GDP = "measures/gdp/index.html"
AXE = """async () => (await axe.run(document, {runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']}}))
.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 120))])"""


@pytest.fixture(scope="module")
def site(project_copy: Callable[[str], Path]) -> Path:
    """The site of an invented collection."""
    project = project_copy("measures")
    put_together(project)
    return must_build(project, "--quiet", "--only", "site")


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    with closing(browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)) as context:
        made = context.new_page()
        made.goto((site / GDP).as_uri())
        yield made


def shows(page: Page, *places: str) -> None:
    """Expect the rows of these places, in this order."""
    expect(page.locator("table.dots tbody tr:visible th")).to_have_text(
        [re.compile(f"^{place}( 各年)?$") for place in places]
    )


ALL = ("国务院", "江苏省", "浙江省", "杭州市", "浙江省")


def test_year_and_order_are_chosen_in_the_address(page: Page) -> None:
    shows(page, *ALL)
    page.click(".choose a:has-text('2024年')")
    shows(page, "国务院", "江苏省", "浙江省", "杭州市")
    page.click(".choose a:has-text('省级')")
    shows(page, "江苏省", "浙江省")
    page.select_option("select[data-key=sort]", "value")
    expect(page).to_have_url(re.compile(r"#year=2024&level=province&sort=value$"))
    shows(page, "江苏省", "浙江省")
    expect(page.locator("[data-shown]")).to_have_text("显示 2 行，共 5 行")


def test_rows_are_sorted_within_each_table_alone(page: Page, site: Path) -> None:
    page.goto((site / "measures/budget-revenue/index.html").as_uri())
    shows(page, "浙江省", "浙江省")
    page.goto((site / GDP).as_uri() + "#sort=change")
    shows(page, "国务院", "江苏省", "浙江省", "杭州市", "浙江省")
    rows = page.locator("table.dots[data-year='2024'][data-level='province'] tbody tr")
    assert [row.get_attribute("data-change") for row in rows.all()] == ["5.8", "5.5"]


def test_two_to_five_places_are_picked_in_the_address(page: Page) -> None:
    page.click("[data-picks] summary")
    page.check("[data-picks] input[value='330000']")
    shows(page, "浙江省", "浙江省")
    page.check("[data-picks] input[value='330100']")
    shows(page, "浙江省", "杭州市", "浙江省")
    expect(page).to_have_url(re.compile(r"#place=330000%2C330100$"))
    expect(page.locator("[data-picked]")).to_have_text("浙江省、杭州市")
    page.reload()
    shows(page, "浙江省", "杭州市", "浙江省")


def test_saved_file_has_what_is_shown_in_the_words_of_the_whole_file(page: Page, site: Path) -> None:
    whole = (site / "measures/gdp/gdp.csv").read_text(encoding="utf-8").splitlines()
    assert saved(page) == whole
    page.click(".choose a:has-text('省级')")
    shows(page, "江苏省", "浙江省", "浙江省")
    assert saved(page) == [whole[0], *(line for line in whole[1:] if "省级" in line)]


def saved(page: Page) -> list[str]:
    """The lines of the file that the button saves."""
    with page.expect_download() as loading:
        page.click("[data-save]")
    assert loading.value.suggested_filename == "gdp.csv"
    return Path(loading.value.path()).read_text(encoding="utf-8").splitlines()


def test_value_opens_its_words(page: Page) -> None:
    page.locator("table.dots[data-year='2023'] td.value a").click()
    page.wait_for_url(re.compile("jia-2024/1/index.html#s"))
    assert "8.26万亿元" in page.locator(":target").evaluate("e => (e.closest('.s') || e.parentElement).textContent")


def test_without_a_script_all_tables_and_the_whole_file_are_there(browser: Browser, site: Path) -> None:
    with closing(browser.new_context(java_script_enabled=False)) as context:
        page = context.new_page()
        page.goto((site / GDP).as_uri() + "#year=2023")
        shows(page, *ALL)
        expect(page.locator(".choose")).to_be_hidden()
        href = page.get_attribute(".measure-file a", "href") or ""
        assert (site / "measures/gdp" / href).is_file()


def test_list_of_measures_is_in_the_bar_and_leads_to_each(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.locator("header a", has_text="比较").first.click()
    page.locator("article a", has_text="地区生产总值").click()
    page.wait_for_url(re.compile(GDP))


@pytest.mark.parametrize("width", [320, 360, 1440])
@pytest.mark.parametrize("path", [GDP, "measures/index.html"])
def test_no_width_scrolls_sideways(browser: Browser, site: Path, path: str, width: int) -> None:
    with closing(browser.new_context(viewport={"width": width, "height": 740})) as context:
        page = context.new_page()
        page.goto((site / path).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("path", [GDP, "measures/index.html"])
def test_axe_finds_no_violation_on_pages_of_measures(
    browser: Browser, site: Path, npm: Path, path: str, mode: str, width: int
) -> None:
    scheme = {"color_scheme": mode, "viewport": {"width": width, "height": 740}, "bypass_csp": True}
    with closing(browser.new_context(**scheme)) as context:  # type: ignore[arg-type]  # as keywords
        page = context.new_page()
        page.goto((site / path).as_uri())
        page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        page.evaluate((npm / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
        assert page.evaluate(AXE) == []


@pytest.mark.long
def test_vnu_finds_no_error_in_the_pages_of_a_collection(site: Path, npm: Path) -> None:
    java = shutil.which("java")
    if java is None:
        pytest.skip("Java is not installed; on Debian: apt install default-jre-headless")
    pages = [str(site / path) for path in ("index.html", GDP, "measures/index.html")]
    jar = npm / "vnu-jar" / "build" / "dist" / "vnu.jar"
    done = subprocess.run(
        [java, "-jar", str(jar), "--errors-only", *pages], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_site_with_measures_is_proved_whole(site: Path) -> None:
    assert proof.check(site.parent) == ()
