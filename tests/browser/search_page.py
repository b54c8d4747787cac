"""Shared by the tests of the search in Chromium.

Knows how to run a query on a page and read the results. Leaves every assertion to the tests.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.conftest import ROOT
from workreport.analysis import vocabulary
from workreport.build import report_reader
from workreport.model import Promise, Publication, Theme
from workreport.website import search

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


def site_of_24_reports(built_site: Path, site: Path) -> Path:
    """Copy the built site to `site`, with the search index of a collection: its report under the names of four places in two years."""
    reading = report_reader.read_file(ROOT / "reports" / "gongshu-2024" / "source.md", ROOT / "vocabulary").reading
    (sentence, *_) = reading.outline.sentences()
    # The report promises nothing; the index says only whether there is a page of it.
    promise = Promise(1, Theme("city", "城市"), sentence.id, "", sentence.start, sentence.end, (), livelihood=False)
    reading = replace(reading, promises=(promise,))
    many = [
        replace(
            reading, meta=replace(reading.meta, slug=f"r{n}", place=f"云溪{'甲乙丙丁'[n % 4]}市", year=2024 + n % 2)
        )
        for n in range(24)
    ]
    shutil.copytree(built_site, site)
    units = vocabulary.load(ROOT / "vocabulary").units
    for path, text in search.index_files(Publication(tuple(many)), search.readings, search.traditional, units):
        (site / path).parent.mkdir(exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")
    return site
