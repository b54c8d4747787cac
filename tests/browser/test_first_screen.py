"""Tests of the front page before scrolling: place, year, speaker, date, note on an incomplete source, first figures."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

SLUG = "gongshu-2024"
# Returns the text of the article that is wholly inside the window, from top to bottom.
SEEN = """() => {
  const walker = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
  const seen = [];
  while (walker.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const box = range.getBoundingClientRect();
    if (box.height && box.top >= 0 && box.bottom <= innerHeight && box.width > 2) seen.push(walker.currentNode.data);
  }
  return seen.join(' ');
}"""
SCREENS = [(360, 740), (390, 844), (768, 1024), (1440, 900)]


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_first_screen_shows_place_year_speaker_date_source_note_search_and_four_figures(
    browser: Browser, built_site: Path, width: int, height: int
) -> None:
    with closing(browser.new_context(viewport={"width": width, "height": height})) as context:
        page = context.new_page()
        page.goto((built_site / "index.html").as_uri())
        words = page.evaluate(SEEN)
        places = page.eval_on_selector_all(
            ".board .fig",
            "all => all.map(e => e.getBoundingClientRect()).filter(b => b.bottom <= innerHeight).map(b => b.height)",
        )
        search = page.evaluate("document.querySelector('.hero .find input').getBoundingClientRect().bottom")
        second = page.evaluate("document.querySelector('.toc-list').getBoundingClientRect().top / innerHeight")
    for expected in (
        "拱墅区",
        "2024年",
        "政府工作报告",
        "区长 冯晶",
        "2月21日",
        "来源文件不完整",
        "地区生产总值",
        "2023年",
        "同比 +5.1%",
    ):
        assert expected.replace(" ", "") in re.sub(r"\s", "", words), expected
    assert len(places) >= 4, "fewer than four figures are visible without scrolling"
    assert places[0] > 1.5 * max(places[1:]), "the first figure is not the largest"
    assert search < height
    assert second < 5, "the list of sections begins five screens down or lower"


def test_place_is_the_largest_text_of_the_first_screen_and_edits_are_told_at_the_foot(
    browser: Browser, built_site: Path
) -> None:
    with closing(browser.new_context(viewport={"width": 360, "height": 740})) as context:
        page = context.new_page()
        page.goto((built_site / "index.html").as_uri())
        size = "e => parseFloat(getComputedStyle(e).fontSize)"
        place, title, byline = (page.locator(at).first.evaluate(size) for at in (".kicker", "h1", ".hero .byline"))
        assert place > title > byline
        assert page.locator(".hero .byline").evaluate("e => e.getClientRects().length") == 1
        note = page.locator(".missing.quiet")
        assert "修复" in note.inner_text()
        assert note.evaluate("e => e.getBoundingClientRect().top + scrollY") > 3 * 740


def test_whole_card_is_the_link_to_its_sentence(browser: Browser, built_site: Path) -> None:
    with closing(browser.new_context(viewport={"width": 1280, "height": 900})) as context:
        page = context.new_page()
        page.goto((built_site / "index.html").as_uri())
        card = page.locator(".board .card").nth(3)
        address = card.locator(".whole").evaluate("e => e.href")
        box = card.bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + box["width"] - 3, box["y"] + box["height"] - 3)
        page.wait_for_url(address)


def test_figure_shows_its_direction_by_arrow_or_sign_and_its_unit_at_half_size(
    browser: Browser, built_site: Path
) -> None:
    with closing(browser.new_context(viewport={"width": 1280, "height": 900})) as context:
        page = context.new_page()
        page.goto((built_site / "index.html").as_uri())
        cards = page.eval_on_selector_all(
            ".card:has(.fig .unit)",
            """all => all.map(card => {
              const figure = card.querySelector('.fig'), style = e => getComputedStyle(e);
              return {
                tabular: style(figure.querySelector('.num')).fontVariantNumeric.includes('tabular-nums'),
                unit: parseFloat(style(figure.querySelector('.unit')).fontSize) / parseFloat(style(figure).fontSize),
                unbroken: style(figure).whiteSpace === 'nowrap',
                // The sign of a change without a level stands before the figure itself.
                change: (card.querySelector('.change') || {textContent: ''}).textContent
                  + (card.querySelector('.change') && figure.querySelector('.num').textContent),
                up: card.querySelector('.change.up') !== null,
                down: card.querySelector('.change.down') !== null,
              };
            })""",
        )
    assert len(cards) >= 8
    for card in cards:
        assert card["tabular"], card
        assert card["unbroken"], card
        assert card["unit"] == pytest.approx(0.5)
        assert not card["up"] or ("▲" in card["change"] and "+" in card["change"]), card
        assert not card["down"] or "▼" in card["change"], card
    assert any(card["up"] for card in cards)


def test_tap_on_a_contents_row_of_the_front_page_opens_its_section(browser: Browser, built_site: Path) -> None:
    with closing(browser.new_context(viewport={"width": 360, "height": 780}, has_touch=True)) as context:
        page = context.new_page()
        page.goto((built_site / "index.html").as_uri())
        row = page.locator(".toc-list a").nth(2)
        title = row.locator(".title").inner_text()
        address = row.evaluate("e => e.href")
        row.tap()
        page.wait_for_url(address)
        assert title in page.locator("h1").inner_text()
