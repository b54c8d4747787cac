"""Tests in Chromium of how the search loads: only when opened, on a slow connection, in parts, and under the pages' policy.

Knows a server that stops in the middle of a page. Leaves what a query finds to `test_search`.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.search_page import READY, ask, site_of_24_reports, type_in
from tests.conftest import SUBPATH, sampled

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

pytestmark = pytest.mark.browser


def test_search_closed_before_its_index_arrived_runs_no_query_until_reopened(
    browser: Browser, built_site: Path, site_http: Callable[..., str]
) -> None:
    """On a slow connection: an abandoned query is not put into the address, and is searched when the box is reopened."""
    with closing(browser.new_context()) as context:
        page = context.new_page()
        held: list[Route] = []
        page.route("**/assets/search-index*.js", lambda route: held.append(route))  # noqa: PLW0108 - needs attributes
        page.goto(site_http(built_site) + "about/index.html")
        with page.expect_request("**/assets/search-index*.js"):
            page.keyboard.press("/")
        page.keyboard.type("专利")
        page.keyboard.press("Escape")
        while not held:  # the request was sent; its event reaches the test a moment later
            page.wait_for_timeout(10)
        for route in held:
            route.continue_()
        page.wait_for_function("() => globalThis.workreportSearch && globalThis.workreportSearch.parts.length > 0")
        # The page would put the query into the address after 300 ms.
        page.evaluate("new Promise(done => setTimeout(done, 400))")
        assert "q=" not in page.evaluate("location.href")
        assert page.locator("#search-results [data-sentence]").count() == 0
        page.keyboard.press("/")
        page.wait_for_selector("#search-results [data-sentence]")
        page.wait_for_url("**q=**")


class Halting(SimpleHTTPRequestHandler):
    """Sends an HTML page up to its `<h1>`, and the rest after the event `rest` is set (or after 60 seconds)."""

    def __init__(self, *arguments: object, directory: str, rest: threading.Event) -> None:
        self.rest = rest
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        if not self.path.endswith(".html"):
            super().do_GET()
            return
        page = Path(self.translate_path(self.path)).read_bytes()
        first = page.index(b"<h1")
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page[:first])
        self.wfile.flush()
        self.rest.wait(60)
        self.wfile.write(page[first:])

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Log nothing, to keep the output of the tests readable."""


@contextmanager
def halting(folder: Path) -> Iterator[tuple[str, threading.Event]]:
    """Serve `folder` on a connection that stops at the `<h1>` of each page; gives the address and the event that lets it go on."""
    rest = threading.Event()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Halting, directory=str(folder), rest=rest)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", rest
        finally:
            rest.set()
            server.shutdown()


def test_search_opens_and_finds_while_the_page_is_still_loading(browser: Browser, built_site: Path) -> None:
    """On a slow connection, the top bar arrives long before the text: its button must work, and the typed query must stay."""
    with halting(built_site) as (base, rest), closing(browser.new_context()) as context:
        page = context.new_page()
        page.goto(base + "index.html", wait_until="commit")
        page.click("[data-search]:visible")
        page.wait_for_selector("#wr-query:focus")
        page.keyboard.type("武林广场")
        page.wait_for_selector(READY)
        assert page.evaluate("document.readyState") == "loading"
        assert page.locator("#search-results [data-sentence]").count() == 3
        rest.set()
        page.wait_for_load_state("load")
        assert page.is_visible("#wr-search")
        assert page.input_value("#wr-query") == "武林广场"


@pytest.fixture(scope="module")
def collection(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site_of_24_reports(built_site, tmp_path_factory.mktemp("collection") / "site")


@pytest.mark.parametrize("served", [True, False], ids=["http", "file"])
def test_collection_shows_a_page_of_results_by_report_and_goes_on(
    browser: Browser, collection: Path, site_http: Callable[..., str], served: bool
) -> None:
    base = site_http(collection, SUBPATH) if served else collection.as_uri() + "/"
    asked: list[str] = []
    wrong: list[str] = []
    with closing(browser.new_context()) as context:
        page = context.new_page()
        page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: wrong.append(str(e)))
        context.on("request", lambda r: asked.append(r.url))
        shown = ask(page, base, "武林广场")
        assert 20 <= len(shown["hits"]) < 24 * 3
        assert len([url for url in asked if "/search-index/" in url]) < 40
        assert re.match(r"约 \d+ 句，已列出 \d+ 句", page.inner_text(".wr-search-count"))
        assert page.locator("#search-results section").first.locator("h2").inner_text() == "云溪甲市2024年政府工作报告"
        for _ in range(8):
            if not page.locator(".wr-more").count():
                break
            before = page.locator("#search-results [data-sentence]").count()
            page.click(".wr-more")
            page.wait_for_function(
                "before => document.querySelectorAll('#search-results [data-sentence]').length > before", arg=before
            )
            page.wait_for_selector(READY, state="attached")
        assert page.locator("#search-results [data-sentence]").count() == 24 * 3
        assert page.inner_text(".wr-search-count") == "72 句，见于 24 份报告"
        assert page.locator("#search-results section").count() == 24
    assert wrong == []


def test_collection_never_offers_what_shares_no_character_with_the_query(
    browser: Browser, collection: Path, site_http: Callable[..., str]
) -> None:
    with closing(browser.new_context()) as context:
        page = context.new_page()
        offered = 0
        for words in ("大都路", "量子航母", "音乐结", "鲸鱼", "武林广埸 深海"):
            offers = ask(page, site_http(collection, SUBPATH), words)["offers"]
            offered += len(offers)
            assert [offer for offer in offers if not set(offer) & set(words)] == [], words
        assert offered >= 3


def test_nothing_of_a_collections_index_loads_before_a_reader_turns_to_search(
    browser: Browser, collection: Path, site_http: Callable[..., str]
) -> None:
    with closing(browser.new_context()) as context:
        asked: list[str] = []
        context.on("request", lambda r: asked.append(r.url))
        page = context.new_page()
        page.goto(site_http(collection, SUBPATH) + "index.html")
        page.wait_for_load_state("networkidle")
        assert not [url for url in asked if "/search" in url]
        page.keyboard.press("/")
        page.wait_for_selector(READY, state="attached")
        names = {re.sub(r".*/", "", url) for url in asked if "/search" in url}
        assert names == {"search-index.js", "search.js", "search-offers.js", "search-dialog.js"}


def test_part_and_statement_are_chosen_by_keyboard_and_their_chips_taken_off(
    browser: Browser, collection: Path, site_http: Callable[..., str]
) -> None:
    with closing(browser.new_context()) as context:
        page = context.new_page()
        every = ask(page, site_http(collection, SUBPATH), "云溪甲 2024 武林广场")
        counted = page.locator(".wr-search-count")
        expect(counted).to_have_text(f"{len(every['hits'])} 句，见于 6 份报告")
        assert set(page.locator(".wr-stated").all_text_contents()) <= {"目标", "成果", "回顾", "安排"}
        page.locator("select[name=part]").focus()
        page.keyboard.press("ArrowDown")
        expect(page.locator("select[name=part]")).to_have_value("reviews")
        expect(page.locator(".wr-chips button", has_text="回顾")).to_have_count(1)
        page.keyboard.press("ArrowDown")
        expect(page.locator(".wr-chips button", has_text="安排")).to_have_count(1)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") == "stated"
        page.keyboard.press("ArrowDown")
        expect(page.locator(".wr-chips button", has_text="有目标")).to_have_count(1)
        page.locator(".wr-chips button", has_text="有目标").press("Enter")
        page.locator(".wr-chips button", has_text="安排").press("Enter")
        expect(counted).to_have_text(f"{len(every['hits'])} 句，见于 6 份报告")
        assert page.evaluate("document.activeElement.id") == "wr-query"


def test_words_of_one_section_and_what_is_promised_are_shown_in_a_collection(
    browser: Browser, collection: Path, site_http: Callable[..., str]
) -> None:
    with closing(browser.new_context()) as context:
        page = context.new_page()
        shown = ask(page, site_http(collection, SUBPATH), "云溪甲 2024 大兜路 音乐节")
        assert shown["hits"] == []
        assert page.locator(".wr-same").inner_text() == "同一节里"
        assert page.locator("#search-results [data-beside]").count() == 6 * 2
        page.fill("#wr-query", "云溪乙 明年目标")
        expect(page.locator("#search-results a[href*='/promises/']")).to_have_count(3)
        page.fill("#wr-query", "武林广场")
        expect(page.locator("#search-results a[href*='/promises/']")).to_have_count(0)


def test_place_and_year_narrow_a_collection_and_their_chips_can_be_taken_off(
    browser: Browser, collection: Path, site_http: Callable[..., str]
) -> None:
    with closing(browser.new_context()) as context:
        page = context.new_page()
        shown = ask(page, site_http(collection, SUBPATH), "云溪乙 武林广场")
        assert len(shown["hits"]) == 6 * 3
        chip = page.locator(".wr-chips button")
        assert chip.inner_text().startswith("云溪乙")
        assert type_in(page, "云溪乙 2024 武林广场") == []
        expect(page.locator(".wr-search-count")).to_have_text(
            "云溪乙、2024年的报告里没有找到含有这些词的句子。", timeout=30_000
        )
        type_in(page, "云溪乙 武林广场")
        chip.click()
        expect(page.locator(".wr-search-count")).to_have_text("没有找到含有这些词的句子。", timeout=30_000)
        type_in(page, "武林广场")
        page.select_option("select[name=place]", "云溪丙市")
        expect(page.locator(".wr-search-count")).to_have_text("18 句，见于 6 份报告", timeout=30_000)
        page.select_option("select[name=year]", "2025")
        expect(page.locator(".wr-search-count")).to_have_text("在所选范围里没有；不限范围有。", timeout=30_000)
        page.locator(".wr-chips button", has_text="2025年").click()
        expect(page.locator(".wr-search-count")).to_have_text("18 句，见于 6 份报告", timeout=30_000)


def test_collection_offers_words_that_it_has_and_completes_what_is_typed(
    browser: Browser, collection: Path, site_http: Callable[..., str]
) -> None:
    with closing(browser.new_context()) as context:
        page = context.new_page()
        shown = ask(page, site_http(collection, SUBPATH), "书法公圆")
        assert shown["hits"] == []
        assert shown["offers"][0] == "书法公园"
        page.locator("#search-results [data-suggestion]").first.click()
        page.wait_for_selector("#search-results [data-sentence]")
        page.fill("#wr-query", "")
        page.locator("#wr-query").press_sequentially("shufagongyuan")
        page.wait_for_selector("#wr-choices li")
        assert "书法公园" in page.inner_text("#wr-choices")


@pytest.mark.parametrize("served", sampled([False, True], 2))
def test_search_files_load_only_when_it_is_opened_and_the_policy_blocks_none(
    browser: Browser, built_site: Path, site_http: Callable[..., str], served: bool
) -> None:
    """The pages' own Content-Security-Policy applies: a blocked script or style would be an error on the console."""
    base = site_http(built_site, SUBPATH) if served else built_site.resolve().as_uri() + "/"
    asked: list[str] = []
    wrong: list[str] = []
    with closing(browser.new_context()) as context:
        context.on("request", lambda r: asked.append(r.url))
        page = context.new_page()
        page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: wrong.append(str(e)))
        page.goto(base + "index.html")
        page.wait_for_load_state("networkidle")
        assert "Content-Security-Policy" in page.content()
        assert not [url for url in asked if "/search" in url]
        ask(page, base, "运河")
        page.click("#search-results [data-sentence]")
        page.wait_for_selector("mark.found")
    assert [url for url in asked if not url.startswith(base)] == []
    assert wrong == []
