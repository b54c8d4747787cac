"""Tests of the search in Chromium: results of every query of tests/search, order, filters, keyboard and touch.

Knows how to type queries on a site served under a subpath or opened from a folder. Leaves how the search loads to
`test_search_loading`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.search_page import READY, SHOWN, ask, type_in
from tests.conftest import SUBPATH, sampled
from tests.search_queries import Query, named, queries, sentences_of, unspaced

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


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


def ask_in_open_box(page: Page, base: str, words: str) -> dict[str, list[str]]:
    """Replace the query in the open search box, or open the search page if it is closed; return what it then shows."""
    if not page.url.startswith(f"{base}index.html") or page.is_hidden("#wr-search"):
        return ask(page, base, words)
    page.fill("#wr-query", words)
    page.wait_for_selector(READY, state="attached")
    shown: dict[str, list[str]] = page.evaluate(SHOWN)
    return shown


def test_query_files_have_25_table_queries_and_60_distinct_own_ones_of_17_kinds() -> None:
    own = queries("own")
    assert len(queries("table")) == 25
    assert len(own) >= 60
    assert len({q.kind for q in own}) >= 17
    assert len({q.words for q in own}) == len(own)


@pytest.mark.parametrize("query", sampled(queries(), 6), ids=lambda q: f"{q.kind}: {q.words}")
def test_search_shows_exactly_the_correct_sentences_and_suggests_only_when_there_are_none(
    page: Page, base: str, sentences: dict[str, str], query: Query
) -> None:
    # Queries of the kind "table" are opened through `?q=`; the others are typed into the open search box.
    shown = (ask if query.kind == "table" else ask_in_open_box)(page, base, query.words)
    ids = [name for name, _ in shown["hits"]]
    assert sorted(ids) == sorted(named(query.right, sentences)), [sentences.get(i, i)[:20] for i in ids]
    assert all(unspaced(text) == unspaced(sentences[name]) for name, text in shown["hits"]), (
        "a hit does not show its whole sentence"
    )
    assert all(shown["lit"]), "a hit has no highlighted text"
    assert bool(shown["offers"]) is not bool(query.right)
    if query.offer:
        assert shown["offers"][0] == query.offer


@pytest.mark.parametrize(
    ("words", "openings"),
    [
        # Headings come first, then sentences with figures, then the rest, each group in text order; a section ranks as
        # its best hit does.
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
        # 项目开工率 contains both words next to each other, so its sentence comes first.
        ("项目 开工", ["全区57个重大项目", "发挥投资拉动作用", "全力拼抢冲刺"]),
    ],
)
def test_search_hits_are_in_order_of_relevance(
    page: Page, base: str, sentences: dict[str, str], words: str, openings: list[str]
) -> None:
    ids = [name for name, _ in ask(page, base, words)["hits"]]
    assert ids == named(openings, sentences)


def test_suggested_query_is_a_link_that_runs_the_query(page: Page, base: str) -> None:
    ask(page, base, "书法公圆")
    offer = page.locator("#search-results [data-suggestion]").first
    assert "您是不是要找" in page.inner_text("#search-results")
    assert offer.evaluate("e => e.tagName") == "A"
    offer.click()
    page.wait_for_selector(READY)
    assert page.input_value("#wr-query") == "书法公园"
    assert page.locator("#search-results [data-sentence]").count() == 1


def test_opened_hit_highlights_the_searched_words_in_its_sentence(page: Page, base: str) -> None:
    shown = ask(page, base, "亞運 zhiyuanzhe")
    ((name, text),) = shown["hits"]
    page.click("#search-results [data-sentence]")
    page.wait_for_selector("mark.found")
    marks = page.eval_on_selector_all(f"[id='{name}'] mark.found", "all => all.map(e => e.textContent)")
    assert marks == ["亚运", "志愿者", "亚运"]
    assert unspaced(page.locator(f"[id='{name}']").text_content() or "") == unspaced(text)
    # The browser scrolls to the sentence only when it next renders.
    page.wait_for_function(
        "id => { const b = document.getElementById(id).getBoundingClientRect(); return b.bottom > 0 && b.top < innerHeight; }",
        arg=name,
    )
    assert page.evaluate("location.hash") == f"#{name}"


def test_query_for_a_figure_shows_its_indicator_card_which_opens_the_figure(page: Page, base: str) -> None:
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


def test_search_filters_keep_only_hits_with_figures_notes_names_or_in_the_chosen_section(
    page: Page, base: str, sentences: dict[str, str]
) -> None:
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


def test_slash_and_ctrl_k_open_the_search_arrows_choose_a_suggestion_escape_closes(page: Page, base: str) -> None:
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


def test_closed_search_box_gives_up_the_focus_so_that_slash_reopens_it(page: Page, base: str) -> None:
    """Both keys are pressed within one frame: after Escape the page has the focus at once, so "/" reopens the search."""
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


def test_tap_on_a_completion_runs_it_as_the_query(browser: Browser, base: str) -> None:
    with closing(browser.new_context(has_touch=True, viewport={"width": 360, "height": 800})) as context:
        page = context.new_page()
        page.goto(base + "index.html")
        page.tap("[data-search]:visible")
        page.wait_for_selector(READY, state="attached")
        page.locator("#wr-query").press_sequentially("武林广")
        page.tap("#wr-choices li")
        page.wait_for_function("() => document.getElementById('wr-query').value === '武林广场'")
        assert page.locator("#search-results [data-sentence]").count() == 3
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_search_waits_until_an_input_method_has_finished_its_text(page: Page, base: str) -> None:
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


def test_recent_queries_are_remembered_locally_and_can_be_cleared(
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
        assert [url for url in asked if not url.endswith("favicon.png")] == [], "a query was sent over the network"
        page.goto(address)
        page.keyboard.press("/")
        page.focus(".wr-recent >> text=书法公园")
        page.keyboard.press("Enter")
        assert page.locator("#search-results [data-sentence]").count() == 1
        assert page.evaluate("document.activeElement.id") == "wr-query", "the focus was lost with the pressed button"
        type_in(page, "")
        page.click(".wr-forget")
        assert page.is_hidden(".wr-recent")
        assert page.evaluate("localStorage.getItem('workreport.recent')") == "[]"


def test_query_stays_in_the_address_until_the_search_is_closed(
    browser: Browser, built_site: Path, site_http: Callable[..., str]
) -> None:
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


def test_every_example_query_in_the_help_has_hits(page: Page, base: str) -> None:
    ask(page, base, "")
    page.click(".wr-search-help summary")
    for example in page.locator("[data-example]").all():
        page.fill("#wr-query", "")  # some examples are shown only while the query is empty
        example.click()
        page.wait_for_selector("#search-results [data-sentence]")
        assert page.input_value("#wr-query") == example.get_attribute("data-example")
        assert page.is_hidden(".wr-examples")
