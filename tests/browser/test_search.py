"""Search in a browser: every sentence that holds the words and no other, from a server and from a folder."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.site_pages import VOID, squeezed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

QUERIES = [
    "亚运", "亚运 志愿者", "社会消费品零售总额", "书法公园", "独角兽", "专精特新", "税收占比", "外资", "托位", "开门红", "德胜社区",
    "奉献了1126场", "余家。开展", "市场活力加速重振", "地铁",
]  # fmt: skip
"""Words that only mean themselves: no reading, unit or other form of them can find more."""

HITS = """() => [...document.querySelectorAll('#search-results [data-sentence]')].map(
  e => [e.dataset.sentence, e.textContent, [...e.querySelectorAll('mark')].map(m => m.textContent), e.href])"""


def fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


class Sentences(HTMLParser):
    """Id to words of every sentence of a page that does not stand in a repeated passage."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag not in VOID:
            folded = tag == "details" and "copy" in (values.get("class") or "")
            self._open.append((tag, "folded" if folded else values.get("id") or "" if "data-text" in values else ""))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        marks = [mark for _, mark in self._open if mark]
        if marks and "folded" not in marks:
            self.found[marks[-1]] = self.found.get(marks[-1], "") + data


@pytest.fixture(scope="module")
def sentences(built_site: Path) -> dict[str, str]:
    """What is searched, as the full text shows it."""
    parser = Sentences()
    parser.feed((built_site / "gongshu-2024" / "text" / "index.html").read_text(encoding="utf-8"))
    return parser.found


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


def ask(page: Page, base: str, query: str) -> list[tuple[str, str, list[str], str]]:
    page.goto(f"{base}index.html?q={quote(query)}")
    page.wait_for_selector("#search-results[data-state=ready]", state="attached", timeout=10_000)
    return [tuple(hit) for hit in page.evaluate(HITS)]


@pytest.mark.parametrize("served", [True, False], ids=["http", "file"])
def test_all_that_holds_the_words_and_nothing_else(
    page: Page, built_site: Path, site_http: Callable[..., str], sentences: dict[str, str], served: bool
) -> None:
    base = site_http(built_site, "/any/sub/path/") if served else built_site.resolve().as_uri() + "/"
    for query in QUERIES:
        words = [fold(word) for word in query.replace("“", " ").replace("”", " ").split()]
        wanted = {name for name, text in sentences.items() if all(word in fold(text) for word in words)}
        found = ask(page, base, query)
        assert {hit[0] for hit in found} == wanted, query
        assert len(found) == len(wanted), query
        for name, text, marks, _ in found:
            assert squeezed(text) == squeezed(sentences[name])
            assert set(words) <= {fold(mark) for mark in marks}, query


def test_a_hit_opens_its_sentence_and_lights_it(page: Page, built_site: Path, sentences: dict[str, str]) -> None:
    base = built_site.resolve().as_uri() + "/"
    for query in ("书法公园", "市场活力加速重振", "现在，我代表"):
        name = ask(page, base, query)[0][0]
        page.locator("#search-results [data-sentence]").first.click()
        page.wait_for_load_state("load")
        assert page.locator("#wr-search").is_hidden()
        state = page.evaluate(
            """id => {
              const box = document.getElementById(id).getBoundingClientRect();
              const shown = box.bottom > 0 && box.top < innerHeight;
              const lit = getComputedStyle(document.getElementById(id)).backgroundColor;
              return {words: document.getElementById(id).textContent, lit, shown};
            }""",
            name,
        )
        assert squeezed(state["words"]) == squeezed(sentences[name])
        assert state["shown"]
        assert state["lit"] != "rgba(0, 0, 0, 0)"


def test_nothing_of_the_index_loads_before_a_reader_asks(
    browser: Browser, built_site: Path, site_http: Callable[..., str]
) -> None:
    opened = browser.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1]))
    opened.goto(site_http(built_site) + "index.html")
    opened.wait_for_load_state("networkidle")
    assert not [name for name in asked if name.startswith("search")]
    opened.keyboard.press("/")
    opened.wait_for_selector("#search-results[data-state=ready]")
    assert {"search.js", "search-index.js"} <= set(asked)
    assert opened.evaluate("document.activeElement.id") == "wr-query"
    opened.keyboard.type("独角兽")
    opened.wait_for_selector("#search-results [data-sentence]")
    opened.keyboard.press("Escape")
    assert opened.locator("#wr-search").is_hidden()
    opened.keyboard.press("Control+k")
    assert opened.locator("#wr-search").is_visible()
    opened.close()


def test_links_are_copied_whole(browser: Browser, built_site: Path, site_http: Callable[..., str]) -> None:
    base = site_http(built_site, "/any/sub/path/")
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    opened.goto(base + "gongshu-2024/1/3/index.html")
    for selector in (".cite:not(.link)", ".pilcrow", ".lines .copylink"):
        at = opened.locator(selector).first
        whole = at.evaluate("element => element.href")
        assert whole.startswith(base)
        assert "#" in whole
        at.click()
        opened.wait_for_selector(".wr-notice.shown")
        assert opened.evaluate("navigator.clipboard.readText()") == whole
    assert "已复制" in opened.locator(".wr-notice").inner_text()
    context.close()
