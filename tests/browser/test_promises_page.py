"""Tests in Chromium of the list of promises and of the pages for each kind of readers: with and without a script, on paper.

Leaves which promises and sentences there are to tests/analysis.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.browser.test_access import reach_all_by_tab
from tests.planned_report import ELDERLY, PROMISES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

AXE = """async () => (await axe.run(document, {runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']}}))
.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 120))])"""


@pytest.fixture(scope="module")
def site(planned_site: Path) -> Path:
    """The site of one report, whose front page is also that of the site."""
    return planned_site


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with closing(browser.new_context(viewport={"width": 360, "height": 740})) as context:
        yield context.new_page()


def shown(page: Page) -> list[str]:
    """The words of the tickets that are shown."""
    return [words.split("\n")[-1] for words in page.locator(".promise-list li:visible a").all_inner_texts()]


def choose(page: Page, chip: str, count: int) -> list[str]:
    """Press a chip and return the words of the tickets, once `count` are shown: the address changes a moment before the list."""
    page.click(f".chips a:has-text('{chip}')")
    return after_choice(page, chip, count)


def after_choice(page: Page, chip: str, count: int) -> list[str]:
    """The words of the tickets, once the chip is marked as the chosen one and `count` tickets are shown."""
    expect(page.locator(".chips [aria-current]")).to_have_text(re.compile(rf"\s*{chip}\s*\d+\s*"))
    expect(page.locator(".promise-list li:visible a")).to_have_count(count)
    return shown(page)


@pytest.mark.long
def test_each_ticket_opens_its_words_in_the_text(page: Page, site: Path) -> None:
    page.goto((site / PROMISES).as_uri())
    words = shown(page)
    addresses = [link.evaluate("a => a.href") for link in page.locator(".promise-list a").all()]
    assert len(words) == len(addresses) == 7
    for ticket, address in zip(words, addresses, strict=True):
        page.goto((site / PROMISES).as_uri())
        page.locator(".promise-list a", has_text=ticket).first.click()
        page.wait_for_url(address)
        assert "/2/" in address
        lit = page.locator(":target").evaluate("e => (e.closest('.s') || e).textContent")
        assert ticket.split("，")[0] in lit, ticket


def test_chips_choose_a_theme_in_the_address(page: Page, site: Path) -> None:
    page.goto((site / PROMISES).as_uri())
    after_choice(page, "全部", 7)
    assert choose(page, "住房", 1) == ["改造老旧小区8个，惠及4000户"]
    assert page.url.endswith("#theme=housing")
    assert page.inner_text("[data-shown]") == "显示 1 项，共 7 项"
    page.go_back()
    after_choice(page, "全部", 7)
    choose(page, "民生实事", 3)
    page.reload()
    after_choice(page, "民生实事", 3)
    assert choose(page, "养老", 1) == ["新增养老床位300张"]  # a theme that only 民生实事 have
    choose(page, "全部", 7)


@pytest.mark.parametrize("address", ["#theme=school", "#theme-school", "?theme=school"])
def test_theme_in_the_address_of_a_sent_link_is_chosen(page: Page, site: Path, address: str) -> None:
    page.goto((site / PROMISES).as_uri() + address)
    assert after_choice(page, "上学", 2) == ["新建学校4所", "新增学位1200个"]
    page.goto((site / PROMISES).as_uri() + "?theme=unheard-of")
    after_choice(page, "全部", 7)


def test_without_a_script_all_is_shown_and_chips_lead_to_the_headings(browser: Browser, site: Path) -> None:
    with closing(browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})) as context:
        page = context.new_page()
        page.goto((site / PROMISES).as_uri())
        assert len(shown(page)) == 7
        page.click(".chips a:has-text('经济')")
        page.wait_for_url("**#theme-economy")
        assert page.locator("h2:target").inner_text().startswith("经济")
        page.click(".chips a:has-text('养老')")
        page.wait_for_selector("li:target")
        assert page.locator("li:target a").inner_text().endswith("新增养老床位300张")


def test_page_for_readers_needs_no_script(browser: Browser, site: Path) -> None:
    with closing(browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})) as context:
        page = context.new_page()
        page.goto((site / ELDERLY).as_uri())
        assert page.locator("h1").inner_text() == "与我有关：老人"
        assert not [button for button in page.locator("button").all() if button.is_visible()]
        page.click(".sentence-list a >> nth=0")
        page.wait_for_selector(".s:target")
        assert "新增养老床位300张" in page.locator(".s:target").inner_text()


@pytest.mark.parametrize("name", [PROMISES, ELDERLY])
def test_tab_reaches_every_control_in_page_order(browser: Browser, site: Path, name: str) -> None:
    with closing(browser.new_context(viewport={"width": 1280, "height": 900})) as context:
        reach_all_by_tab(context.new_page(), (site / name).as_uri(), 10)


@pytest.mark.parametrize("width", [320, 331, 343, 360, 375, 390, 412])
def test_figure_of_a_sentence_is_not_parted_from_its_unit_on_a_phone(page: Page, site: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto((site / ELDERLY).as_uri())
    heights = page.locator(".sentence-list a b").evaluate_all(
        "all => all.map(b => b.getBoundingClientRect().height / parseFloat(getComputedStyle(b).lineHeight))"
    )
    assert heights
    assert max(heights) < 1.5


def test_promises_of_small_themes_stand_beside_each_other_on_a_desk(page: Page, site: Path) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto((site / PROMISES).as_uri())
    widths = page.locator(".tickets > .one-ticket").evaluate_all("all => all.map(box => box.offsetWidth)")
    whole = page.locator(".tickets").evaluate("box => box.offsetWidth")
    assert widths
    assert max(widths) < whole / 3
    page.set_viewport_size({"width": 360, "height": 740})
    narrow = page.locator(".tickets > section").evaluate_all("all => all.map(box => box.offsetWidth)")
    assert len(set(narrow)) == 1


def test_chip_is_chosen_with_the_keyboard(page: Page, site: Path) -> None:
    page.goto((site / PROMISES).as_uri())
    after_choice(page, "全部", 7)
    page.locator(".chips a:has-text('住房')").focus()
    page.keyboard.press("Enter")
    assert after_choice(page, "住房", 1) == ["改造老旧小区8个，惠及4000户"]


@pytest.mark.parametrize("name", [PROMISES, ELDERLY])
@pytest.mark.parametrize("zoom", [2, 4])
def test_nothing_is_lost_in_a_window_at_200_and_400_per_cent(
    browser: Browser, site: Path, name: str, zoom: int
) -> None:
    """Zoom makes a window of 1280 px as narrow as 640 or 320 px; so do the words on a ticket stay within it."""
    with closing(browser.new_context(viewport={"width": 1280 // zoom, "height": 900 // zoom})) as context:
        page = context.new_page()
        page.goto((site / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == 1280 // zoom
        links = page.locator(".promise-list a, .sentence-list a")
        assert links.count() >= 2
        assert links.evaluate_all("all => all.every(a => a.scrollWidth <= a.clientWidth + 1 || a.clientWidth === 0)")
        assert links.evaluate_all("all => all.every(a => a.getBoundingClientRect().right <= innerWidth)")


@pytest.mark.parametrize("name", [PROMISES, ELDERLY])
@pytest.mark.parametrize("served", [True, False], ids=["http", "file"])
def test_pages_request_their_own_host_alone(
    browser: Browser, site: Path, site_http: Callable[..., str], name: str, served: bool
) -> None:
    base = site_http(site) if served else site.as_uri() + "/"
    own = urlsplit(base)
    with closing(browser.new_context()) as context:
        asked: list[str] = []
        failed: list[str] = []
        context.on("request", lambda request: asked.append(request.url))
        context.on("requestfailed", lambda request: failed.append(request.url))
        page = context.new_page()
        page.goto(base + name)
        page.wait_for_load_state("networkidle")
    assert asked
    assert {urlsplit(url)[:2] for url in asked if not url.startswith(("data:", "blob:"))} == {own[:2]}
    assert failed == []


def test_front_page_leads_to_the_promises_and_to_each_kind_of_readers(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    assert page.locator(".reader-links a").all_inner_texts() == ["老人", "家长", "农民"]
    page.click(".reader-links a:has-text('老人')")
    page.wait_for_url("**/for/elderly/index.html")
    assert page.inner_text("h1") == "与我有关：老人"
    assert page.locator(".sentence-list a").all_inner_texts() == ["新增养老床位300张。", "新增养老床位200张。"]
    assert page.locator(".planned, .reviewed").all_inner_texts() == ["今后安排", "工作回顾"]
    page.click(".sentence-list a >> nth=1")
    page.wait_for_selector(".s:target")
    assert page.locator(".s:target").inner_text().startswith("新增养老床位200张。")
    page.goto((site / "index.html").as_uri())
    page.click("a.button:has-text('承诺清单 7 项')")
    page.wait_for_url("**/promises/index.html")
    assert page.inner_text("h1") == "承诺清单"


@pytest.mark.parametrize("name", [PROMISES, ELDERLY])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("large", [False, True], ids=["plain", "large"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, site: Path, npm: Path, name: str, scheme: str, large: bool
) -> None:
    axe = (npm / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    with closing(context):
        if large:
            context.add_init_script("localStorage.setItem('workreport.elder', 'on')")
        page = context.new_page()
        page.goto((site / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        page.evaluate(axe)
        assert page.evaluate(AXE) == []


def test_promises_print_on_a4_without_chips(page: Page, site: Path) -> None:
    page.goto((site / PROMISES).as_uri())
    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    text = "".join("".join(sheet.get_textpage().get_text_range() for sheet in paper).split())
    assert tuple(map(round, paper[0].get_size())) == (595, 842)
    assert "改造老旧小区8个" in text
    assert "全部7" not in text


def test_page_for_readers_prints_on_a4_with_its_sentences_and_no_buttons(page: Page, site: Path) -> None:
    page.goto((site / ELDERLY).as_uri())
    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    text = "".join("".join(sheet.get_textpage().get_text_range() for sheet in paper).split())
    assert tuple(map(round, paper[0].get_size())) == (595, 842)
    assert "新增养老床位300张" in text
    assert "今后安排" in text
    assert not [words for words in ("也看看", "家长", "目录", "大字") if words in text]


def test_json_ld_and_labels_tell_what_the_pages_are(site: Path) -> None:
    for name, title in ((PROMISES, "承诺清单"), (ELDERLY, "与我有关：老人")):
        text = (site / name).read_text(encoding="utf-8")
        graph = json.loads(text.split('<script type="application/ld+json">')[1].split("</script>")[0])["@graph"]
        assert graph[0]["@type"] == "CollectionPage"
        assert graph[0]["name"] == f"{title} · 青禾县2025年政府工作报告"
        assert '<meta name="ArticleTitle" content="' in text
