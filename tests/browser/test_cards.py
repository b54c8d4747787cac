"""Tests in Chromium that a click on an indicator card opens its sentence and highlights exactly the quoted characters.

Knows how to read the highlighted text from the rendered page. Leaves finding the indicators to the analysis.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.inspection import inspect
from tests.site_pages import squeezed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SLUG = "gongshu-2024"

# Returns the highlighted text of the opened sentence: text whose background differs between the URL with the figure's id
# as fragment and a URL with an unknown fragment. `seen`: whether the sentence is inside the window.
LIT = """async () => {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = document.getElementById(id);
  const sentence = target && target.closest('[data-text]');
  if (!sentence) return {words: null};
  // The browser scrolls to the sentence only when it next renders.
  const stands = () => {
    const box = sentence.getBoundingClientRect();
    return box.height > 0 && box.bottom > 0 && box.top < innerHeight;
  };
  for (let k = 0; k < 200 && !stands(); k++) await new Promise(done => setTimeout(done, 25));
  const seen = stands();
  const pieces = [];
  const walker = document.createTreeWalker(sentence, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) pieces.push(walker.currentNode);
  const colour = node => {
    for (let e = node.parentElement; e !== sentence; e = e.parentElement) {
      const c = getComputedStyle(e).backgroundColor;
      if (c !== 'rgba(0, 0, 0, 0)' && c !== 'transparent') return c;
    }
    return 'none';
  };
  const lit = pieces.map(colour);
  const turned = new Promise(done => addEventListener('hashchange', done, {once: true}));
  location.hash = 'nothing-is-called-so';
  await turned;
  const words = pieces.filter((node, i) => colour(node) !== lit[i]).map(node => node.data).join('');
  return {words, seen, sentence: sentence.textContent};
}"""


@pytest.fixture(scope="module")
def quotes(built_project: Path) -> dict[str, str]:
    """Return a dict from figure id to quoted text for every indicator that is not a duplicate."""
    found = inspect(built_project, f"reports/{SLUG}/source.md").facts["indicators"]
    return {i["id"]: i["quote"] for i in found if not i["duplicate_of"]}


@pytest.fixture(scope="module")
def listed(built_project: Path) -> set[str]:
    """Return the ids of all indicators that lists show: no duplicates, and none that is held back."""
    found = inspect(built_project, f"reports/{SLUG}/source.md").facts["indicators"]
    return {i["id"] for i in found if not i["duplicate_of"] and not i["held_back"]}


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


def cards_of(page: Page, address: str) -> list[str]:
    page.goto(address)
    return page.eval_on_selector_all("[data-figure]", "all => all.map(e => e.dataset.figure)")


def click_every_card(page: Page, address: str, quotes: dict[str, str]) -> tuple[list[str], list[str]]:
    """Click every card on the page at `address`; return the cards' figure ids, and a text for each card that failed.

    A card fails if the highlighted text is not its quote or the opened sentence is outside the window.
    """
    ids = cards_of(page, address)
    wrong = []
    for number, figure in enumerate(ids):
        page.goto(address)
        page.locator("[data-figure]").nth(number).locator("a[href]").first.click()
        page.wait_for_url("**#s*")
        found = page.evaluate(LIT)
        if found["words"] is None or squeezed(found["words"]) != squeezed(quotes[figure]) or not found["seen"]:
            wrong.append(f"{figure}: quote {quotes[figure]!r}, lit {found}")
    return ids, wrong


def test_every_front_page_card_highlights_its_quote_and_there_are_8_to_19_figures(
    page: Page, built_site: Path, site_http: Callable[..., str], quotes: dict[str, str]
) -> None:
    ids, wrong = click_every_card(page, site_http(built_site) + "index.html", quotes)
    assert wrong == []
    assert 8 <= len(set(ids)) <= 19


@pytest.mark.long
def test_every_row_of_the_indicator_table_highlights_its_quote(
    page: Page, built_site: Path, site_http: Callable[..., str], quotes: dict[str, str]
) -> None:
    ids, wrong = click_every_card(page, f"{site_http(built_site)}{SLUG}/indicators/index.html", quotes)
    assert wrong == []
    assert sorted(ids) == sorted(quotes), "the table does not list every indicator exactly once"


@pytest.mark.long
def test_every_card_of_a_section_page_highlights_its_quote_and_no_indicator_is_missing(
    page: Page, built_site: Path, site_http: Callable[..., str], quotes: dict[str, str], listed: set[str]
) -> None:
    """The pages are opened from the folder (file://), as from a USB stick."""
    base = built_site.resolve().as_uri() + "/"
    seen: list[str] = []
    for file in sorted((built_site / SLUG).glob("[0-9]*/**/index.html")):
        ids, wrong = click_every_card(page, base + file.relative_to(built_site).as_posix(), quotes)
        assert wrong == []
        seen += ids
    assert set(seen) == listed
