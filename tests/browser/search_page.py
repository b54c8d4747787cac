"""Shared by the tests of the search in Chromium.

Knows how to run a query on a page and read the results. Leaves every assertion to the tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from playwright.sync_api import Page

READY = '#search-results[data-state="ready"]'
# Returns the search results: `hits` as [sentence id, text], `lit` as the number of highlighted spans of each hit, and `offers`
# as the suggested queries.
SHOWN = """() => ({
  hits: Array.from(document.querySelectorAll('#search-results [data-sentence]'), e => [e.dataset.sentence, e.textContent]),
  lit: Array.from(document.querySelectorAll('#search-results [data-sentence]'), e => e.querySelectorAll('mark').length),
  offers: Array.from(document.querySelectorAll('#search-results [data-suggestion]'), e => e.dataset.suggestion),
})"""


def ask(page: Page, base: str, words: str) -> dict[str, list[str]]:
    """Open the search with a query through `?q=` and return what it shows, as SHOWN does."""
    page.goto(f"{base}index.html?q={quote(words)}")
    page.wait_for_selector(READY, state="attached")
    shown: dict[str, list[str]] = page.evaluate(SHOWN)
    return shown


def type_in(page: Page, words: str) -> list[str]:
    """Type a query into the open search box and return the ids of the sentences shown."""
    page.fill("#wr-query", words)
    page.wait_for_selector(READY, state="attached")
    ids: list[str] = page.eval_on_selector_all(
        "#search-results [data-sentence]", "all => all.map(e => e.dataset.sentence)"
    )
    return ids
