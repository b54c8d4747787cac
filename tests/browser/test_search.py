"""The search in a real browser: every query of tests/search from a server and from a folder, and how a reader asks."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.conftest import ROOT, SUBPATH, sampled
from tests.search_queries import Query, named, queries, sentences_of, unspaced
from workreport.analysis import vocabulary
from workreport.build import report_reader
from workreport.model import Publication
from workreport.website import search

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

READY = '#search-results[data-state="ready"]'
SHOWN = """() => ({
  hits: Array.from(document.querySelectorAll('#search-results [data-sentence]'), e => [e.dataset.sentence, e.textContent]),
  lit: Array.from(document.querySelectorAll('#search-results [data-sentence]'), e => e.querySelectorAll('mark').length),
  offers: Array.from(document.querySelectorAll('#search-results [data-suggestion]'), e => e.dataset.suggestion),
})"""


@pytest.fixture(scope="module")
def sentences(built_site: Path) -> dict[str, str]:
    return sentences_of(built_site)


@pytest.fixture(scope="module", params=sampled(["file", "http"], 2))
def base(request: pytest.FixtureRequest, built_site: Path, site_http: Callable[..., str]) -> str:
    return site_http(built_site, SUBPATH) if request.param == "http" else built_site.resolve().as_uri() + "/"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with closing(browser.new_context()) as context:
        opened = context.new_page()
        opened.set_default_timeout(30_000)
        yield opened


def ask(page: Page, base: str, words: str) -> dict[str, list[str]]:
    page.goto(f"{base}index.html?q={quote(words)}")
    page.wait_for_selector(READY, state="attached")
    shown: dict[str, list[str]] = page.evaluate(SHOWN)
    return shown


def ask_on(page: Page, base: str, words: str) -> dict[str, list[str]]:
    """Ask in the box as it stands open, with whatever it showed before; opens it where it is not."""
    if not page.url.startswith(f"{base}index.html") or page.is_hidden("#wr-search"):
        return ask(page, base, words)
    page.fill("#wr-query", words)
    page.wait_for_selector(READY, state="attached")
    shown: dict[str, list[str]] = page.evaluate(SHOWN)
    return shown


def type_in(page: Page, words: str) -> list[str]:
    """Ask in the open box and give the sentences shown."""
    page.fill("#wr-query", words)
    page.wait_for_selector(READY, state="attached")
    ids: list[str] = page.eval_on_selector_all(
        "#search-results [data-sentence]", "all => all.map(e => e.dataset.sentence)"
    )
    return ids


def test_there_are_enough_queries() -> None:
    own = queries("own")
    assert len(queries("table")) == 25
    assert len(own) >= 60
    assert len({q.kind for q in own}) >= 17
    assert len({q.words for q in own}) == len(own)


@pytest.mark.parametrize("query", sampled(queries(), 6), ids=lambda q: f"{q.kind}: {q.words}")
def test_everything_right_is_shown_and_nothing_wrong(
    page: Page, base: str, sentences: dict[str, str], query: Query
) -> None:
    # Those of the first measurement by the address, as it was measured; the others as they are typed.
    shown = (ask if query.kind == "table" else ask_on)(page, base, query.words)
    ids = [name for name, _ in shown["hits"]]
    assert sorted(ids) == sorted(named(query.right, sentences)), [sentences.get(i, i)[:20] for i in ids]
    assert all(unspaced(text) == unspaced(sentences[name]) for name, text in shown["hits"]), "a hit holds its sentence"
    assert all(shown["lit"]), "every hit has lit words"
    assert bool(shown["offers"]) is not bool(query.right)
    if query.offer:
        assert shown["offers"][0] == query.offer


@pytest.mark.parametrize(
    ("words", "openings"),
    [
        # A heading first, then figures, then the rest, each as the text runs; sections by their best.
        (
            "亚运",
            [
                "（一）亚运盛会",
                "金牌赛事",
                "亚运期间",
                "牢记习近平",
                "移交有序",
                "亚运宝贵",
                "2023年是全面",
                "一年来，",
                "以亚运城市行动",
                "电竞文旅产业",
            ],
        ),
        # 项目开工率 holds both as one phrase.
        ("项目 开工", ["全区57个重大项目", "发挥投资拉动作用", "全力拼抢冲刺"]),
    ],
)
def test_order(page: Page, base: str, sentences: dict[str, str], words: str, openings: list[str]) -> None:
    ids = [name for name, _ in ask(page, base, words)["hits"]]
    assert ids == named(openings, sentences)


def test_an_offer_is_a_link_that_finds(page: Page, base: str) -> None:
    ask(page, base, "书法公圆")
    offer = page.locator("#search-results [data-suggestion]").first
    assert "您是不是要找" in page.inner_text("#search-results")
    assert offer.evaluate("e => e.tagName") == "A"
    offer.click()
    page.wait_for_selector(READY)
    assert page.input_value("#wr-query") == "书法公园"
    assert page.locator("#search-results [data-sentence]").count() == 1


def test_opening_a_hit_lights_the_words(page: Page, base: str) -> None:
    shown = ask(page, base, "亞運 zhiyuanzhe")
    ((name, text),) = shown["hits"]
    page.click("#search-results [data-sentence]")
    page.wait_for_selector("mark.found")
    marks = page.eval_on_selector_all(f"[id='{name}'] mark.found", "all => all.map(e => e.textContent)")
    assert marks == ["亚运", "志愿者", "亚运"]
    assert unspaced(page.locator(f"[id='{name}']").text_content() or "") == unspaced(text)
    # A browser scrolls to the sentence when it next draws.
    page.wait_for_function(
        "id => { const b = document.getElementById(id).getBoundingClientRect(); return b.bottom > 0 && b.top < innerHeight; }",
        arg=name,
    )
    assert page.evaluate("location.hash") == f"#{name}"


def test_a_card_stands_where_a_figure_is_hit(page: Page, base: str) -> None:
    ((name, _),) = ask(page, base, "1363.9亿元")["hits"]
    cards = page.locator("#search-results [data-figure]")
    assert cards.count() == 1
    assert "社会消费品零售总额" in cards.first.inner_text()
    figure = cards.first.get_attribute("data-figure")
    assert figure
    assert figure.startswith(f"{name}-f")
    cards.first.click()
    page.wait_for_url(f"**#{figure}")
    assert page.locator(f"[id='{figure}']").count() == 1


def test_filters(page: Page, base: str, sentences: dict[str, str]) -> None:
    every = [name for name, _ in ask(page, base, "亚运")["hits"]]
    page.check("input[name=figures]")
    figures = type_in(page, "亚运")
    assert 0 < len(figures) < len(every)
    assert set(named(["金牌赛事", "亚运期间"], sentences)) <= set(figures)
    assert named(["亚运宝贵"], sentences)[0] not in figures
    page.uncheck("input[name=figures]")
    page.check("input[name=notes]")
    noted = type_in(page, "亚运")
    assert named(["一年来，"], sentences)[0] in noted
    assert len(noted) < len(every)
    page.uncheck("input[name=notes]")
    page.select_option("select[name=section]", label="（二）城区形象精致蝶变")
    assert type_in(page, "亚运") == named(["以亚运城市行动"], sentences)
    page.select_option("select[name=section]", label="全部章节")
    every = type_in(page, "省")
    page.check("input[name=names]")
    assert 0 < len(type_in(page, "省")) < len(every)


def test_keys_open_choose_and_close(page: Page, base: str) -> None:
    page.goto(base + "index.html")
    for key in ("/", "Control+k"):
        page.keyboard.press(key)
        page.wait_for_selector(READY, state="attached")
        assert page.evaluate("document.activeElement.id") == "wr-query"
        page.keyboard.press("Escape")
        assert page.is_hidden("#wr-search")
    page.keyboard.press("/")
    page.wait_for_selector("#wr-query:focus")
    page.keyboard.type("shufagongyuan")
    page.wait_for_selector("#wr-choices li")
    page.keyboard.press("ArrowDown")
    chosen = page.get_attribute("#wr-query", "aria-activedescendant")
    assert page.get_attribute(f"#{chosen}", "aria-selected") == "true"
    words = page.get_attribute(f"#{chosen}", "data-query")
    page.keyboard.press("Enter")
    assert page.input_value("#wr-query") == words
    assert "书法公园" in (words or "")
    assert page.is_hidden("#wr-choices")
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('wr-search').contains(document.activeElement)")


def test_a_closed_box_keeps_no_focus(page: Page, base: str) -> None:
    """Two keys within one frame: "/" after Escape opens the box again, on a machine however slow."""
    page.goto(base + "index.html")
    page.keyboard.press("/")
    page.wait_for_selector(READY, state="attached")
    after_escape, after_slash = page.evaluate("""() => {
        const press = (key) => document.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
        press("Escape");
        const left = document.activeElement.tagName;
        press("/");
        return [left, document.activeElement.id];
    }""")
    assert after_escape == "BODY"
    assert after_slash == "wr-query"


def test_a_choice_by_touch(browser: Browser, base: str) -> None:
    with closing(browser.new_context(has_touch=True, viewport={"width": 360, "height": 800})) as context:
        page = context.new_page()
        page.goto(base + "index.html")
        page.tap("[data-search]")
        page.wait_for_selector(READY, state="attached")
        page.locator("#wr-query").press_sequentially("武林广")
        page.tap("#wr-choices li")
        page.wait_for_function("() => document.getElementById('wr-query').value === '武林广场'")
        assert page.locator("#search-results [data-sentence]").count() == 3
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_nothing_is_searched_in_mid_composition(page: Page, base: str) -> None:
    ask(page, base, "")
    page.focus("#wr-query")
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "yun'he", "selectionStart": 6, "selectionEnd": 6})
    page.wait_for_function("""() => document.getElementById('wr-query').value === "yun'he" """)
    assert page.locator("#search-results [data-sentence]").count() == 0
    assert page.is_hidden("#wr-choices")
    session.send("Input.insertText", {"text": "运河"})
    page.wait_for_selector("#search-results [data-sentence]")
    assert page.input_value("#wr-query") == "运河"
    assert page.locator("#search-results [data-sentence]").count() == 9
    session.detach()


def test_recent_queries_stay_and_can_be_cleared(
    browser: Browser, built_site: Path, site_http: Callable[..., str]
) -> None:
    address = site_http(built_site) + "index.html"
    with closing(browser.new_context()) as context:
        page = context.new_page()
        asked: list[str] = []
        page.goto(address)
        page.keyboard.press("/")
        page.wait_for_selector(READY, state="attached")
        context.on("request", lambda r: asked.append(r.url))
        type_in(page, "书法公园")
        page.keyboard.press("Escape")
        if page.is_visible("#wr-search"):
            page.keyboard.press("Escape")
        assert [url for url in asked if not url.endswith("favicon.png")] == [], "what is asked stays on the device"
        page.goto(address)
        page.keyboard.press("/")
        page.focus(".wr-recent >> text=书法公园")
        page.keyboard.press("Enter")
        assert page.locator("#search-results [data-sentence]").count() == 1
        assert page.evaluate("document.activeElement.id") == "wr-query", "what was pressed is gone, the keys are not"
        type_in(page, "")
        page.click(".wr-forget")
        assert page.is_hidden(".wr-recent")
        assert page.evaluate("localStorage.getItem('workreport.recent')") == "[]"


def test_the_address_keeps_the_query(browser: Browser, built_site: Path, site_http: Callable[..., str]) -> None:
    with closing(browser.new_context()) as context:
        page = context.new_page()
        page.goto(site_http(built_site) + "gongshu-2024/1/3/index.html")
        page.keyboard.press("/")
        page.wait_for_selector(READY, state="attached")
        type_in(page, "专利")
        page.wait_for_url("**q=**")
        page.reload()
        page.wait_for_selector("#search-results [data-sentence]")
        assert page.input_value("#wr-query") == "专利"
        page.click("[data-search-close]")
        assert "q=" not in page.evaluate("location.href")


def test_closed_before_the_index_came_it_asks_nothing(
    browser: Browser, built_site: Path, site_http: Callable[..., str]
) -> None:
    """As on a slow line: what was typed and given up stands in no address, and is asked when the box is open again."""
    with closing(browser.new_context()) as context:
        page = context.new_page()
        held: list[Route] = []
        page.route("**/assets/search-index*.js", lambda route: held.append(route))  # noqa: PLW0108 - needs attributes
        page.goto(site_http(built_site) + "about/index.html")
        with page.expect_request("**/assets/search-index*.js"):
            page.keyboard.press("/")
        page.keyboard.type("专利")
        page.keyboard.press("Escape")
        while not held:  # asked for by now, and handed over in a moment
            page.wait_for_timeout(10)
        for route in held:
            route.continue_()
        page.wait_for_function("() => globalThis.workreportSearch && globalThis.workreportSearch.parts.length > 0")
        # The address follows after 300 ms, if it does: a later clock runs out after it.
        page.evaluate("new Promise(done => setTimeout(done, 400))")
        assert "q=" not in page.evaluate("location.href")
        assert page.locator("#search-results [data-sentence]").count() == 0
        page.keyboard.press("/")
        page.wait_for_selector("#search-results [data-sentence]")
        page.wait_for_url("**q=**")


class Halting(SimpleHTTPRequestHandler):
    """Sends a page up to its text, and the rest only when it may."""

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
        """Say nothing: the tests' own words are enough."""


@contextmanager
def halting(folder: Path) -> Iterator[tuple[str, threading.Event]]:
    """The address of that folder on a line that stops at the text of every page until the event is set."""
    rest = threading.Event()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Halting, directory=str(folder), rest=rest)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", rest
        finally:
            rest.set()
            server.shutdown()


def test_it_opens_before_the_page_is_whole(browser: Browser, built_site: Path) -> None:
    """The bar stands there long before the text on a slow line: its button works, and what is typed stays."""
    with halting(built_site) as (base, rest), closing(browser.new_context()) as context:
        page = context.new_page()
        page.goto(base + "index.html", wait_until="commit")
        page.click("[data-search]")
        page.wait_for_selector("#wr-query:focus")
        page.keyboard.type("武林广场")
        page.wait_for_selector(READY)
        assert page.evaluate("document.readyState") == "loading"
        assert page.locator("#search-results [data-sentence]").count() == 3
        rest.set()
        page.wait_for_load_state("load")
        assert page.is_visible("#wr-search")
        assert page.input_value("#wr-query") == "武林广场"


def test_the_help_shows_queries_that_find(page: Page, base: str) -> None:
    ask(page, base, "")
    page.click(".wr-search-help summary")
    for example in page.locator("[data-example]").all():
        page.fill("#wr-query", "")  # some stand there only as long as nothing is asked
        example.click()
        page.wait_for_selector("#search-results [data-sentence]")
        assert page.input_value("#wr-query") == example.get_attribute("data-example")
        assert page.is_hidden(".wr-examples")


@pytest.mark.parametrize("served", [True, False], ids=["http", "file"])
def test_a_collection_comes_in_parts(
    browser: Browser, built_site: Path, site_http: Callable[..., str], tmp_path: Path, served: bool
) -> None:
    reading = report_reader.read_file(ROOT / "reports" / "gongshu-2024" / "source.md", ROOT / "vocabulary").reading
    many = [replace(reading, meta=replace(reading.meta, slug=f"r{n}", place=f"第{n}区")) for n in range(12)]
    site = tmp_path / "site"
    shutil.copytree(built_site, site)
    units = vocabulary.load(ROOT / "vocabulary").units
    for path, text in search.index_files(Publication(tuple(many)), search.readings, search.traditional, units):
        (site / path).write_text(text, encoding="utf-8")
    base = site_http(site, SUBPATH) if served else site.as_uri() + "/"
    with closing(browser.new_context()) as context:
        page = context.new_page()
        shown = ask(page, base, "武林广场")
        assert len(shown["hits"]) == 12 * 3
        assert page.locator("#search-results section").count() == 12 * 3
        assert "第3区2024年政府工作报告" in page.inner_text("#search-results")
        assert len(type_in(page, "的")) == 12 * sum(
            "的" in s.text for s in reading.outline.sentences() if not s.in_copy
        )
        page.select_option("select[name=section]", index=3)
        assert len(type_in(page, "亚运")) == 6


def test_nothing_comes_before_a_reader_turns_to_it_and_nothing_is_refused(
    browser: Browser, built_site: Path, base: str
) -> None:
    """Under the page's own policy: a refused script or style would stand on the console."""
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
