"""Tests in Chromium that a glossary term in the text opens its explanation in place, by touch, mouse and keyboard.

Knows a small report with three glossary entries, opened from a server and from a folder. Leaves finding the entries to
the analysis.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.test_page_text import DATA_TEXT, assert_same
from tests.conftest import must_build, run_build, sampled
from tests.inspection import Inspected, inspect
from tests.site_pages import pages_of, squeezed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.long]

SLUG = "linxi-2026"
REPORT = """\
临溪县2026年政府工作报告

（2026年1月8日在临溪县第三届人民代表大会第四次会议上）

临溪县人民政府县长 王小禾

各位代表：

现在，我代表县人民政府向大会报告工作，请予审议。

一、2025年工作回顾

实施“青苗计划”［1］，投资12.5亿元，增长6.7%，云河通道［2］开通。出台稳增长“21条”，新增企业56家，位居全市第二。

{filler}

扩大“青苗计划”，惠及更多教师。

二、2026年工作安排

继续实施“青苗计划”，完成投资15亿元。

名词解释

［1］“青苗计划”：培养<b>青年</b>教师。

［2］云河通道：连接两江的水道。

［3］稳增长“21条”：针对消费、生产等重点领域提出的21条措施。
"""

TERM = "a.g[data-gloss]"
"""A glossary term in the text."""
CARD = ".wr-gloss"
"""The open explanation."""


@pytest.fixture(scope="module")
def project(project_copy: Callable[[str], Path]) -> Path:
    """A built project with our report and one whose glossary explains three terms."""
    copy = project_copy("glossary")
    file = copy.parent / f"{SLUG}.txt"
    filler = "\n\n".join(f"第{k}件工作按期完成，各方面反映良好，群众满意度稳步提升。" for k in "一二三四五六七八九")
    file.write_text(REPORT.format(filler=filler), encoding="utf-8")
    taken = run_build(copy, "add", str(file))
    assert taken.returncode == 0, taken.stderr
    must_build(copy, "--quiet")
    return copy


@pytest.fixture(scope="module")
def report(project: Path) -> Inspected:
    return inspect(project, f"reports/{SLUG}/source.txt")


@pytest.fixture(params=sampled(["file", "http"], 2))
def base(request: pytest.FixtureRequest, project: Path, site_http: Callable[..., str]) -> str:
    site = project / "site"
    return site_http(site) if request.param == "http" else site.resolve().as_uri() + "/"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with closing(browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)) as opened:
        yield opened


def opened(context: BrowserContext, address: str) -> tuple[Page, Locator]:
    """Open the page, wait until its script has run, and return the page and its first glossary term."""
    page = context.new_page()
    page.goto(address)
    word = page.locator(TERM).first
    page.wait_for_selector(f"{TERM}[aria-expanded]")
    return page, word


def focused(page: Page, word: Locator) -> bool:
    handle = word.element_handle()
    return bool(page.evaluate("one => document.activeElement === one", handle))


def test_tap_on_a_term_opens_its_explanation_in_place_and_a_second_tap_closes_it(
    context: BrowserContext, base: str
) -> None:
    address = f"{base}{SLUG}/1/index.html"
    page, word = opened(context, address)
    errors: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    assert word.get_attribute("aria-expanded") == "false"
    word.tap()  # the browser sends the click a moment after the touch ends
    card = page.locator(CARD)
    card.wait_for()
    assert card.count() == 1
    assert card.locator(".word").inner_text() == "“青苗计划”"
    assert "培养<b>青年</b>教师。" in card.inner_text()
    assert word.get_attribute("aria-expanded") == "true"
    assert page.url == address
    assert asked == [], "the explanation was requested instead of taken from the page"
    box, width = card.bounding_box(), page.evaluate("document.documentElement.scrollWidth")
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390 == width
    word.tap()
    card.wait_for(state="detached")
    assert errors == []


@pytest.mark.parametrize("key", ["Enter", " "])
def test_enter_or_space_opens_the_explanation_and_escape_or_tab_out_closes_it(
    context: BrowserContext, base: str, key: str
) -> None:
    page, word = opened(context, f"{base}{SLUG}/1/index.html")
    word.focus()
    page.keyboard.press(key)
    card = page.locator(CARD)
    assert card.count() == 1
    assert page.evaluate("document.querySelector('.wr-gloss').contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert card.count() == 0
    assert word.get_attribute("aria-expanded") == "false"
    assert focused(page, word)
    page.keyboard.press(key)
    for _ in range(3):  # Tab goes to the link to all uses, to the button, and out of the explanation
        page.keyboard.press("Tab")
    assert card.count() == 0
    assert focused(page, word)


def test_click_elsewhere_closes_the_explanation_and_focuses_the_term(context: BrowserContext, base: str) -> None:
    page, word = opened(context, f"{base}{SLUG}/1/index.html")
    word.tap()
    page.wait_for_selector(CARD)
    page.locator("h1").first.click(position={"x": 2, "y": 2})
    assert page.locator(CARD).count() == 0
    assert word.get_attribute("aria-expanded") == "false"
    assert focused(page, word)


def test_opening_a_second_term_closes_the_first_explanation(context: BrowserContext, base: str) -> None:
    page, word = opened(context, f"{base}{SLUG}/1/index.html")
    other = page.locator(TERM, has_text="云河通道").first
    # The open explanation may cover the other term, so the test uses the keyboard.
    word.focus()
    page.keyboard.press("Enter")
    other.focus()
    assert page.locator(CARD).count() == 0, "the explanation is still open after the focus left its term"
    page.keyboard.press("Enter")
    assert page.locator(f"{CARD} .word").inner_text() == "云河通道"
    assert [word.get_attribute("aria-expanded"), other.get_attribute("aria-expanded")] == ["false", "true"]


def test_explanation_links_to_the_glossary_entry_which_links_to_every_use(context: BrowserContext, base: str) -> None:
    page, word = opened(context, f"{base}{SLUG}/2/index.html")
    word.click()
    page.locator(f"{CARD} .all a").click()
    page.wait_for_url("**/glossary/index.html#e-*")
    entry = page.locator("section.entry", has=page.locator("h2:target"))
    assert entry.locator("h2").inner_text().replace("\n", "").replace(" ", "") == "［1］“青苗计划”"
    uses = entry.locator("li a")
    assert [squeezed(uses.nth(k).locator("b").inner_text()) for k in range(uses.count())] == [
        "“青苗计划”［1］",
        "青苗计划",
        "青苗计划",
    ]
    uses.nth(1).click()
    page.wait_for_url(f"**/{SLUG}/1/index.html#s*")
    assert "惠及更多教师" in page.locator(".s:target").inner_text()


def test_term_without_javascript_links_to_its_glossary_entry(browser: Browser, base: str) -> None:
    with closing(browser.new_context(java_script_enabled=False)) as context:
        page = context.new_page()
        page.goto(f"{base}{SLUG}/1/index.html")
        assert not any(block.is_visible() for block in page.locator(".explanations").all())
        page.locator(TERM).first.click()
        page.wait_for_url("**/glossary/index.html#e-*")
        assert "“青苗计划”" in page.locator("h2:target").inner_text()


def test_term_split_by_a_figure_has_one_tab_stop(context: BrowserContext, base: str) -> None:
    page, _ = opened(context, f"{base}{SLUG}/1/index.html")
    pieces = page.locator(TERM).evaluate_all(
        "all => all.map(a => [a.dataset.gloss, a.textContent, a.tabIndex]).filter(a => a[1].match(/稳|21|条/))"
    )
    assert "".join(words for _, words, _ in pieces) == "稳增长“21条”"
    assert [stop for _, _, stop in pieces] == [0] + [-1] * (len(pieces) - 1)


def test_open_explanation_adds_no_character_to_the_report_text(
    context: BrowserContext, base: str, report: Inspected
) -> None:
    expected = squeezed(report.repaired())
    page = context.new_page()

    def shown(path: str) -> str:
        page.goto(f"{base}{SLUG}/{path}index.html")
        for word in page.locator(TERM).all()[:1]:
            page.wait_for_selector(f"{TERM}[aria-expanded]")
            word.click()
            assert page.locator(CARD).count() == 1
        found = page.evaluate(DATA_TEXT)
        assert found["nested"] == 0
        return squeezed("".join(found["words"]))

    assert_same(shown("text/"), expected)
    assert_same("".join(shown(path) for path in ("", *(f"{s['id']}/" for s in report.facts["sections"]))), expected)


@pytest.mark.long
def test_only_the_report_with_a_glossary_has_a_glossary_page_and_links_to_it(project: Path) -> None:
    done = run_build(project, "check")
    assert done.returncode == 0, done.stdout + done.stderr
    pages = pages_of(project / "site")
    assert f"{SLUG}/glossary/index.html" in pages
    assert "gongshu-2024/glossary/index.html" not in pages
    for path, page in pages.items():
        has_link = any("glossary/index.html" in link and "#" not in link for _, link in page.links)
        if path != f"{SLUG}/glossary/index.html":
            assert has_link == path.startswith(f"{SLUG}/"), path
        assert len(set(page.ids)) == len(page.ids), path
