"""Tests in Chromium of the contents and of the bar at the foot: as a sheet on a phone, beside the text on a desk.

Knows both with and without a script. Leaves which entries a page has to tests/website/test_outline_entries.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SLUG = "gongshu-2024"
SECTION = f"{SLUG}/1/8/index.html"
PHONE = {"width": 360, "height": 740}
BAR_TOP = "document.querySelector('.wr-thumb').getBoundingClientRect().top"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    with closing(browser.new_context(viewport=PHONE, reduced_motion="reduce")) as context:  # type: ignore[arg-type]
        yield context.new_page()


def test_bar_has_four_ways_is_56_px_high_and_covers_nothing_at_the_end_of_the_page(
    phone: Page, built_site: Path
) -> None:
    phone.goto((built_site / SECTION).as_uri())
    assert phone.locator(".wr-thumb > *").all_inner_texts() == ["目录", "搜索", "大字", "分享"]
    assert phone.evaluate(f"innerHeight - {BAR_TOP}") == 56
    phone.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    phone.wait_for_function(f"() => {BAR_TOP} < innerHeight")
    phone.wait_for_function(
        f"() => document.querySelector('.wr-footer').getBoundingClientRect().bottom < {BAR_TOP} + 1"
    )


def test_bar_leaves_on_scroll_down_and_comes_back_on_scroll_up_or_focus(phone: Page, built_site: Path) -> None:
    phone.goto((built_site / SECTION).as_uri())
    phone.evaluate("scrollTo(0, 1200)")
    phone.wait_for_function(f"() => {BAR_TOP} >= innerHeight")
    phone.focus(".wr-thumb a")
    phone.wait_for_function(f"() => {BAR_TOP} < innerHeight")
    phone.evaluate("document.activeElement.blur()")
    phone.wait_for_function(f"() => {BAR_TOP} >= innerHeight")
    phone.evaluate("scrollTo(0, 1000)")
    phone.wait_for_function(f"() => {BAR_TOP} < innerHeight")


def test_contents_open_as_a_sheet_with_the_readers_place_and_give_the_focus_back(phone: Page, built_site: Path) -> None:
    phone.goto((built_site / SECTION).as_uri())
    third = phone.locator(".wr-contents .within a").nth(2).get_attribute("href")
    phone.evaluate(f"document.querySelector('{third}').scrollIntoView()")
    phone.wait_for_function("() => document.querySelector('.wr-contents [aria-current=location]')")
    phone.evaluate("scrollBy(0, -20)")
    phone.focus("[data-contents]")
    phone.keyboard.press("Enter")
    assert phone.locator(".wr-sheet[open] [aria-current=page]").inner_text().startswith("（八）")
    assert phone.locator(".wr-sheet[open] [aria-current=location]").get_attribute("href") == third
    assert phone.locator(".wr-sheet [aria-current=location]").is_visible()
    phone.keyboard.press("Escape")
    expect(phone.locator(".wr-sheet")).to_be_hidden()
    phone.wait_for_function("() => document.activeElement.matches('[data-contents]')")
    phone.click("[data-contents]")
    phone.locator(".wr-sheet .within a").last.click()
    expect(phone.locator(".wr-sheet")).to_be_hidden()
    phone.wait_for_selector(":target")
    phone.wait_for_function("() => document.querySelector(':target').getBoundingClientRect().top < innerHeight")


def test_toast_stands_above_the_bar(phone: Page, built_site: Path) -> None:
    phone.goto((built_site / SECTION).as_uri())
    phone.locator(".text .cite[data-n]").first.click()
    phone.wait_for_selector(".wr-notice.shown")
    assert phone.evaluate(f"document.querySelector('.wr-notice').getBoundingClientRect().bottom <= {BAR_TOP}")


def test_share_button_copies_the_address_where_the_system_has_no_sheet(
    browser: Browser, built_site: Path, site_http: Callable[..., str]
) -> None:
    with closing(
        browser.new_context(viewport=PHONE, permissions=["clipboard-read", "clipboard-write"])  # type: ignore[arg-type]
    ) as context:
        context.add_init_script("delete Navigator.prototype.share")
        page = context.new_page()
        page.goto(site_http(built_site) + SECTION)
        page.click("[data-share-page]")
        page.wait_for_selector(".wr-notice.shown")
        assert page.evaluate("navigator.clipboard.readText()") == page.url


@pytest.mark.parametrize("name", ["index.html", SECTION, f"{SLUG}/text/index.html", "about/index.html"])
def test_without_a_script_the_contents_open_by_their_address_and_buttons_are_left_out(
    browser: Browser, built_site: Path, name: str
) -> None:
    with closing(browser.new_context(viewport=PHONE, java_script_enabled=False)) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto((built_site / name).as_uri())
        assert [one.inner_text() for one in page.locator(".wr-thumb > *").all() if one.is_visible()] == ["目录", "搜索"]
        assert page.locator(".wr-contents").is_hidden()
        page.click("[data-contents]")
        expect(page.locator(".wr-contents a").nth(1)).to_be_visible()
        page.locator(".wr-contents .shut a").click()
        expect(page.locator(".wr-contents")).to_be_hidden()
        page.click(".wr-thumb [data-search]")
        page.wait_for_selector("#find")
        assert "全文" in page.locator("#find").inner_text()


@pytest.mark.parametrize("name", [SECTION, f"{SLUG}/text/index.html"])
def test_contents_stay_beside_a_long_text_on_a_desk_and_show_the_place(
    browser: Browser, built_site: Path, name: str
) -> None:
    with closing(browser.new_context(viewport={"width": 1220, "height": 800}, reduced_motion="reduce")) as context:
        page = context.new_page()
        page.goto((built_site / name).as_uri())
        assert page.locator(".wr-thumb").is_hidden()
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)")
        page.wait_for_function("() => document.querySelector('.wr-contents [aria-current=location]')")
        place = page.locator(".wr-contents").bounding_box()
        text = page.locator(".text").first.bounding_box()
        assert place
        assert text
        assert 0 <= place["y"] < 100
        assert place["x"] + place["width"] <= text["x"]
        inside = """() => {
          const list = document.querySelector('.wr-contents').getBoundingClientRect();
          const entry = document.querySelector('.wr-contents [aria-current=location]').getBoundingClientRect();
          return entry.top >= list.top && entry.bottom <= list.bottom;
        }"""
        assert page.evaluate(inside), "the entry of the reader's place is out of sight"
        page.set_viewport_size({"width": 1220, "height": 300})
        page.evaluate("document.querySelector('.turn, .wr-footer').scrollIntoView({block: 'end'})")
        page.wait_for_function(inside)


def test_contents_on_a_desk_show_the_open_section_without_being_scrolled(browser: Browser, built_site: Path) -> None:
    with closing(browser.new_context(viewport={"width": 1440, "height": 320})) as context:
        page = context.new_page()
        page.goto((built_site / SECTION).as_uri())
        page.wait_for_function("""() => {
          const list = document.getElementById('wr-contents'), open = list.querySelector('[aria-current=page]');
          const box = list.getBoundingClientRect(), at = open.getBoundingClientRect();
          return list.scrollTop > 0 && at.top >= box.top && at.bottom <= box.bottom - 40 && scrollY === 0;
        }""")


AT_ITS_FOOT = """side => {
  const box = side.getBoundingClientRect();
  return document.elementFromPoint(box.left + box.width / 2, box.bottom - 4).className;
}"""


def test_list_of_figures_that_goes_on_says_so_until_its_end(browser: Browser, built_site: Path) -> None:
    with closing(browser.new_context(viewport={"width": 1440, "height": 700})) as context:
        page = context.new_page()
        page.goto((built_site / SECTION).as_uri())
        side = page.locator(".side")
        assert side.evaluate("side => side.scrollHeight - side.clientHeight") > 200
        assert side.evaluate(AT_ITS_FOOT) == "goes-on"
        side.evaluate("side => side.scrollTo(0, side.scrollHeight)")
        page.wait_for_function(f"() => ({AT_ITS_FOOT})(document.querySelector('.side')) === 'its-end'")
        page.set_viewport_size({"width": 1440, "height": 1600})
        page.goto((built_site / SLUG / "1" / "2" / "index.html").as_uri())
        assert side.evaluate("side => side.scrollHeight - side.clientHeight") <= 1  # rounding
        assert side.evaluate(AT_ITS_FOOT) == "its-end"


def test_line_may_break_behind_the_number_of_a_sentence(browser: Browser, built_site: Path) -> None:
    with closing(browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)) as context:
        page = context.new_page()
        page.goto((built_site / SECTION).as_uri())
        made = """() => {
          const cite = document.querySelector('.p > .s + .cite'), words = cite.previousElementSibling;
          const p = document.createElement('p');
          p.append(words.cloneNode(), cite.cloneNode(), '②号');
          p.style.width = '3em';
          words.closest('.p').append(p);
          p.firstChild.textContent = '增长。';
          const range = document.createRange();
          range.selectNode(p.lastChild);
          return range.getBoundingClientRect().top >= p.firstChild.getBoundingClientRect().bottom - 4;
        }"""
        assert page.evaluate(made)
