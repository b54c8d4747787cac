"""The single HTML file works in a browser: search, links, storage, printing, accessibility."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest

from tests.browser.test_access import AXE, TAGS
from tests.browser.test_hostile_report import FOUND
from tests.browser.test_search_loading import halting
from tests.conftest import sampled
from tests.inspection import Inspected
from tests.search_queries import Query, named, queries, sentences_of, unspaced
from tests.site_pages import squeezed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
from tests.archive.html.html_reader import READY, SLUG

NAMES = (f"{SLUG}.html", "拱墅.html", "msg_attachment (1).htm")
"""File names under which the file may arrive."""


@pytest.mark.browser
@pytest.mark.long
def test_no_script_of_a_hostile_report_runs_in_the_html_file(hostile: tuple[Path, Inspected], browser: Browser) -> None:
    file, report = hostile
    asked: list[str] = []
    with closing(browser.new_context()) as context:
        context.on("request", lambda r: asked.append(r.url))
        context.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
        page = context.new_page()
        page.goto(file.as_uri())
        found = page.evaluate(FOUND)
        assert (found["pwned"], found["bad"], found["frames"]) == (None, [], 0)
        assert page.evaluate("document.getElementById('source').textContent") == report.text
        assert squeezed("".join(page.eval_on_selector_all("[data-text]", "all => all.map(e => e.textContent)"))) == squeezed(report.repaired())  # fmt: skip
    assert asked == [file.as_uri()]


@pytest.fixture(scope="module")
def page(browser: Browser, file: Path) -> Iterator[Page]:
    """The file opened in a browser; the tests of this module share it."""
    with closing(browser.new_context(viewport={"width": 1280, "height": 900})) as context:
        opened = context.new_page()
        opened.goto(file.as_uri())
        yield opened


@pytest.mark.browser
@pytest.mark.parametrize("name", sampled(NAMES, 3))
def test_html_file_makes_no_request_and_logs_no_error(browser: Browser, file: Path, tmp_path: Path, name: str) -> None:
    """Under any file name and without a network: one request (the file), an empty console, no policy violation."""
    here = tmp_path / name
    shutil.copy(file, here)
    asked: list[str] = []
    said: list[str] = []
    with closing(browser.new_context(offline=True)) as context:
        context.add_init_script("window.broken = []; document.addEventListener('securitypolicyviolation', e => window.broken.push(e.violatedDirective + ' ' + e.blockedURI));")  # fmt: skip
        context.on("request", lambda r: asked.append(r.url))
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(here.as_uri())
        page.click("[data-elder]")
        page.click("[data-scheme-next]")
        page.click("[data-lines]")
        page.locator("a.f").first.click()
        page.click(".wr-gloss .shut")
        page.select_option("select[name=kind]", index=1)
        page.click("[data-search]")
        page.fill("#wr-query", "亚运")
        page.wait_for_selector(READY)
        page.locator("#search-results [data-sentence]").first.click()
        assert page.evaluate("window.broken") == []
    assert asked == [here.as_uri()]
    assert said == []


@pytest.mark.browser
def test_html_file_works_without_local_storage(browser: Browser, file: Path) -> None:
    """As in a viewer without storage, `localStorage` and changes of `history` throw an error."""
    refuse = "{ throw new DOMException('no', 'SecurityError'); }"
    wrong: list[str] = []
    with closing(browser.new_context()) as context:
        context.add_init_script(f"Object.defineProperty(window, 'localStorage', {{ get() {refuse} }}); history.replaceState = () => {refuse}; history.pushState = () => {refuse};")  # fmt: skip
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(file.as_uri())
        page.click("[data-elder]")
        assert page.evaluate("document.documentElement.classList.contains('wr-elder')")
        page.select_option("select[name=sort]", "change")
        page.click("[data-search]")
        page.fill("#wr-query", "10.78亿元")
        page.wait_for_selector(READY)
        page.locator("#search-results [data-sentence]").first.click()
        page.wait_for_selector("mark.found")
    assert wrong == []


LIT = """([id, ordinal]) => {
  location.hash = '#' + id;
  const at = document.getElementById(id);
  const sentence = at.closest('.s');
  const quiet = 'rgba(0, 0, 0, 0)';
  const lit = [...sentence.querySelectorAll('*')].filter(e => e.textContent && !e.children.length && getComputedStyle(e).backgroundColor !== quiet);
  const box = sentence.getBoundingClientRect();
  return {sentence: sentence.id, words: lit.map(e => e.textContent).join(''), seen: box.bottom > 0 && box.top < innerHeight};
}"""
"""Follows a link to an id; returns the id of the sentence there, its highlighted text, and whether it is on the screen.
"""


@pytest.mark.browser
def test_every_figure_links_to_its_highlighted_sentence(page: Page, report: Inspected) -> None:
    rows: list[list[str]] = page.eval_on_selector_all("table.indicators tr[data-figure]", "all => all.map(e => [e.dataset.figure, e.querySelector('.quote a').hash.slice(1)])")  # fmt: skip
    facts = {i["id"]: i for i in report.facts["indicators"] if not i["duplicate_of"]}
    assert {figure for figure, _ in rows} == set(facts)
    wrong = []
    for figure, to in rows:
        found = page.evaluate(LIT, [to, to.rpartition("-f")[2]])
        expected = (facts[figure]["sentence"], squeezed(facts[figure]["quote"]), True)
        if (found["sentence"], squeezed(found["words"]), found["seen"]) != expected:
            wrong.append((figure, found, expected))
    assert wrong == []
    cards = page.eval_on_selector_all(
        ".card", "all => all.map(e => [e.dataset.figure, e.querySelector('a').hash])"
    )
    assert len(cards) >= 8
    assert all(link == f"#{figure}" for figure, link in cards)
    page.evaluate("location.hash = ''")


@pytest.fixture(scope="module")
def sentences(built_site: Path) -> dict[str, str]:
    """The text of every sentence by its id."""
    return sentences_of(built_site)


@pytest.mark.browser
@pytest.mark.parametrize("query", sampled(queries(), 6), ids=lambda q: f"{q.kind}: {q.words}")
def test_search_in_the_html_file_finds_the_expected_sentences(
    page: Page, sentences: dict[str, str], query: Query
) -> None:
    if page.is_hidden("#wr-search"):
        page.keyboard.press("/")
    page.fill("#wr-query", query.words)
    page.wait_for_selector(READY, state="attached")
    hits = page.eval_on_selector_all("#search-results [data-sentence]", "all => all.map(e => [e.dataset.sentence, e.hash, e.textContent, e.querySelectorAll('mark').length])")  # fmt: skip
    offers = page.eval_on_selector_all("#search-results [data-suggestion]", "all => all.map(e => e.dataset.suggestion)")
    assert sorted(name for name, *_ in hits) == sorted(named(query.right, sentences))
    assert all(link == f"#{name}" and marks for name, link, _, marks in hits)
    assert all(unspaced(text) == unspaced(sentences[name]) for name, _, text, _ in hits)
    assert bool(offers) is not bool(query.right)
    assert not query.offer or offers[0] == query.offer
    assert "?" not in page.url, "a file from a mail has no address that could take a query"


@pytest.mark.browser
def test_search_result_closes_the_dialog_and_highlights_the_words(page: Page, sentences: dict[str, str]) -> None:
    (wanted,) = named(["亚运期间"], sentences)
    for _ in range(2):  # the second time, the page has the address of the result already
        page.evaluate("scrollTo(0, 0)")
        page.fill(".find input", "亞運 zhiyuanzhe")
        page.press(".find input", "Enter")
        page.wait_for_selector(READY)
        page.click("#search-results [data-sentence]")
        page.wait_for_selector("#wr-search", state="hidden")
        page.wait_for_selector("mark.found")
        assert page.eval_on_selector_all("mark.found", "all => all.map(e => e.textContent)") == [
            "亚运",
            "志愿者",
            "亚运",
        ]
        assert page.evaluate("document.activeElement.id") == wanted
        assert page.evaluate("location.hash") == f"#{wanted}"
        box = page.locator(f"#{wanted}").bounding_box()
        assert box is not None
        assert 0 <= box["y"] < 900
    page.keyboard.press("/")
    page.fill("#wr-query", "运河体育公园")
    page.wait_for_selector(READY)
    page.locator("#search-results [data-sentence]").first.click()
    page.wait_for_function(
        "() => [...document.querySelectorAll('mark.found')].every(e => e.textContent.includes('运河'))"
    )


@pytest.mark.browser
def test_search_opens_while_the_html_file_is_loading(browser: Browser, file: Path) -> None:
    """The scripts are at the end of the file; text typed before they are loaded is searched for afterwards."""
    with halting(file.parent) as (base, rest), closing(browser.new_context()) as context:
        page = context.new_page()
        page.goto(base + file.name, wait_until="commit")
        page.click("[data-search]")
        page.wait_for_selector("#wr-query:focus")
        page.keyboard.type("运河体育公园")
        assert page.get_attribute("#search-results", "data-state") == "loading"
        rest.set()
        page.wait_for_selector("#search-results [data-sentence]")
        assert page.input_value("#wr-query") == "运河体育公园"


@pytest.mark.browser
def test_sorting_and_filters_are_kept_in_the_url_fragment(browser: Browser, file: Path) -> None:
    with closing(browser.new_context()) as context:
        page = context.new_page()
        page.goto(file.as_uri())
        page.select_option("select[name=kind]", "比重")
        page.select_option("select[name=sort]", "size")
        shown = "table.indicators tr[data-figure]:not([hidden])"
        kinds = page.eval_on_selector_all(shown, "all => all.map(e => e.dataset.kind)")
        assert set(kinds) == {"比重"}
        told = page.inner_text("[data-shown]")
        assert f"显示 {len(kinds)} 项" in told
        shared = page.evaluate("location.href")
        assert "?" not in shared.partition("#")[0]
        again = context.new_page()
        again.goto(shared)
        assert again.inner_text("[data-shown]") == told
        assert again.evaluate("document.querySelector('form.sift').getBoundingClientRect().top < innerHeight")
        sizes = [
            float(size) for size in again.eval_on_selector_all(shown, "all => all.map(e => e.dataset.size)") if size
        ]
        assert sizes == sorted(sizes, reverse=True)
        again.click("form.sift [type=reset]")
        again.wait_for_function("() => !document.querySelector('table.indicators tr[hidden]')")


@pytest.mark.browser
def test_figure_and_name_open_a_card_on_the_page(page: Page) -> None:
    page.keyboard.press("Escape")
    figure = page.locator(".text a.f").first
    figure.scroll_into_view_if_needed()
    figure.focus()
    page.keyboard.press("Enter")
    card = page.locator(".wr-gloss")
    assert card.locator(".value, .facts").count()
    assert card.locator("a[href^='#r-']").count() == 1
    page.keyboard.press("Escape")
    assert figure.evaluate("e => e === document.activeElement")
    name = page.locator(".text a.n[data-gloss]").first
    name.click()
    assert card.locator("a[href^='#n-']").count() == 1
    page.keyboard.press("Escape")


@pytest.mark.browser
def test_focus_is_visible_and_the_search_dialog_keeps_it(browser: Browser, file: Path) -> None:
    """Each of the first 40 focused elements is visible; the search dialog opens by "/", keeps the focus, closes by
    Escape.
    """
    with closing(browser.new_context(viewport={"width": 360, "height": 740})) as context:
        page = context.new_page()
        page.goto(file.as_uri())
        hidden = []
        for _ in range(40):
            page.keyboard.press("Tab")
            if not page.evaluate("(e => { const b = e.getBoundingClientRect(); return e !== document.body && b.width > 0 && b.bottom > 0 && b.top < innerHeight; })(document.activeElement)"):  # fmt: skip
                hidden.append(page.evaluate("document.activeElement.outerHTML.slice(0, 90)"))
        assert hidden == []
        page.keyboard.press("/")
        for _ in range(30):
            page.keyboard.press("Tab")
            assert page.evaluate("Boolean(document.activeElement.closest('#wr-search'))")
        page.keyboard.press("Escape")
        assert page.is_hidden("#wr-search")


@pytest.mark.browser
def test_html_file_is_readable_without_scripts(browser: Browser, file: Path, report: Inspected) -> None:
    with closing(browser.new_context(java_script_enabled=False)) as context:
        page = context.new_page()
        page.goto(f"{file.as_uri()}#source")
        assert page.locator("#source").is_visible()
        assert squeezed(page.locator("#source").inner_text()) == squeezed(report.text)
        assert not page.locator("#body").is_visible()
        for selector in (".find", ".sift", ".tools", ".save", "[data-search]", "[data-elder]"):
            assert not page.locator(selector).first.is_visible(), selector
        assert page.locator(".s").count() > 70
        assert page.locator("table.indicators tr[data-figure]").first.is_visible()


@pytest.mark.browser
def test_source_text_can_be_saved_from_the_html_file(page: Page, report: Inspected, tmp_path: Path) -> None:
    with page.expect_download() as waiting:
        page.click('[data-save][href="#source"]')
    assert waiting.value.suggested_filename == f"{SLUG}-source.txt"
    waiting.value.save_as(tmp_path / "source.txt")
    assert hashlib.sha256((tmp_path / "source.txt").read_bytes()).hexdigest() == report.facts["source"]["sha256"]


@pytest.mark.browser
@pytest.mark.parametrize("width", sampled([360, 320, 768, 1440], 4))
@pytest.mark.parametrize("large", sampled([True, False], 2))
def test_html_file_never_scrolls_sideways(browser: Browser, file: Path, width: int, large: bool) -> None:
    with closing(browser.new_context(viewport={"width": width, "height": 800})) as context:
        page = context.new_page()
        page.goto(file.as_uri())
        if large:
            page.click("[data-elder]")
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.evaluate("scrollTo(0, 5000)")
        bar = page.locator(".one-bar").bounding_box()
        assert bar is not None
        assert 0 < bar["y"] + bar["height"] < 120, (
            "the bar stays at the top of the screen and is less than 120 pixels high"
        )


@pytest.mark.long
@pytest.mark.browser
def test_print_is_a4_with_bookmarks_and_without_buttons(page: Page) -> None:
    printed = page.pdf(prefer_css_page_size=True, tagged=True, outline=True, print_background=True)
    page.emulate_media(media=None)  # type: ignore[arg-type]  # back to the screen layout
    paper = pypdfium2.PdfDocument(printed)
    texts = [sheet.get_textpage().get_text_range() for sheet in paper]
    assert {tuple(map(round, sheet.get_size())) for sheet in paper} == {(595, 842)}
    assert 10 < len(texts) < 60
    assert paper.is_tagged()
    assert [*paper.get_toc()]
    for words in ("逐句阅读", "下载所列", "大字", "保存来源文字", "搜索报告里的话"):
        assert not [n for n, text in enumerate(texts) if words in text], words
    assert "2091.5" in "".join(texts)


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "width", "large", "opener"), [("light", 360, False, "a.f"), ("dark", 1440, False, "[data-search]"), ("light", 768, True, "")])  # fmt: skip
def test_axe_finds_no_violation_in_the_html_file(
    browser: Browser, file: Path, npm: Path, scheme: str, width: int, large: bool, opener: str
) -> None:
    viewport = {"width": width, "height": 900}
    with closing(browser.new_context(viewport=viewport, color_scheme=scheme, bypass_csp=True)) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(file.as_uri())
        if large:
            page.click("[data-elder]")
        if opener:
            page.locator(opener).first.click()
        page.evaluate((npm / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
        assert page.evaluate(AXE, [*TAGS, "wcag2aaa"] if large else TAGS) == []


@pytest.mark.long
def test_vnu_and_html_validate_find_no_error_in_the_html_file(file: Path, npm: Path, tmp_path: Path) -> None:
    java = shutil.which("java")
    if java is None:
        pytest.skip("Java is not installed; on Debian: apt install default-jre-headless")
    jar = npm / "vnu-jar" / "build" / "dist" / "vnu.jar"
    # The validator does not know this CSS property yet (CSS Box Sizing 4).
    known = ".*contain-intrinsic-size.*doesn.t exist.*"
    # Nor does it know env() of CSS Environment Variables 1; each stands with the value that holds where it is not known.
    plain = tmp_path / file.name
    text, number = re.subn(r"env\(safe-area-inset-[a-z]+, (0px)\)", r"\1", file.read_text(encoding="utf-8"))
    plain.write_text(text, encoding="utf-8")
    assert number
    order = [java, "-jar", str(jar), "--errors-only", "--filterpattern", known, str(plain)]
    vnu = subprocess.run(order, capture_output=True, text=True, check=False)
    assert (vnu.returncode, vnu.stderr) == (0, "")
    (npm.parent / "onefile.json").write_text('{"root": true, "extends": ["html-validate:standard"]}', encoding="utf-8")
    order = [str(npm / ".bin" / "html-validate"), "--config", "onefile.json", str(file)]
    done = subprocess.run(order, cwd=npm.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.long
def test_search_in_the_html_file_works_in_firefox(
    file: Path, sentences: dict[str, str], in_firefox: Callable[..., Any], tmp_path: Path
) -> None:
    """From file://: queries find their sentences, results are highlighted, the console is empty, no policy is violated."""
    here = tmp_path / "拱墅.html"
    shutil.copy(file, here)
    asked = queries()
    told = in_firefox("onefile.mjs", {"file": here.as_uri(), "words": [q.words for q in asked]})
    wrong = [
        q.words
        for q, hits in zip(asked, told["answers"], strict=True)
        if sorted(hits) != sorted(named(q.right, sentences))
    ]
    assert wrong == []
    assert told["opened"] == {
        "id": named(["亚运期间"], sentences)[0],
        "lit": ["亚运", "志愿者", "亚运"],
        "closed": True,
    }
    assert told["wrong"] == []
