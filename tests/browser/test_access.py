"""Tests of accessibility in Chromium: keyboard, zoom, reduced motion, forced colours, pages without JavaScript, axe.

Knows one page of every kind and the states that each page has. Leaves the looks of the components to `test_look` and
valid HTML to `test_validity`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import must_build, run_build, sampled
from tests.site_pages import page_files

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SLUG = "gongshu-2024"
PAGES = (
    "index.html",
    f"{SLUG}/1/8/index.html",
    f"{SLUG}/indicators/index.html",
    f"{SLUG}/names/index.html",
    f"{SLUG}/notes/index.html",
    f"{SLUG}/text/index.html",
    f"{SLUG}/download/index.html",
    "about/index.html",
    f"{SLUG}/1/index.html",
    f"{SLUG}/picture/index.html",
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 640, 768, 1024, 1440])
@pytest.mark.parametrize("large", [False, True], ids=["plain", "large"])
def test_no_kind_of_page_scrolls_sideways_at_any_width_or_type_size(
    browser: Browser, built_site: Path, many_site: Path, width: int, large: bool
) -> None:
    """Every kind of page is tested with all `<details>` open. The widths 640 and 320 are a 1280 window at 200 % and 400 %."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    if large:
        context.add_init_script("localStorage.setItem('workreport.elder', 'on')")
    page = context.new_page()
    wide = {}
    found = kinds(built_site, many_site)
    assert {"promises", "audience", "picture"} <= found.keys()
    for kind, (site, name) in found.items():
        page.goto((site / name).as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
        wide[kind] = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert {kind: reached for kind, reached in wide.items() if reached > width} == {}


STOP = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const box = e.getBoundingClientRect();
  // The link of a card is drawn by its ::after, which covers the card; so is its ring.
  const rings = [getComputedStyle(e), getComputedStyle(e, '::after')];
  return {
    what: e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 20),
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    ring: rings.some(style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2),
    after: !window.before || Boolean(window.before.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING),
    last: (window.before = e, false),
  };
}"""


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_tab_reaches_every_control_in_page_order_visible_and_with_a_focus_ring(
    page: Page, built_site: Path, name: str
) -> None:
    reach_all_by_tab(page, (built_site / name).as_uri(), 13)


def reach_all_by_tab(page: Page, address: str, least: int) -> None:
    """Press Tab through a page: at least so many stops, in its order, each seen with a ring, and no control left out."""
    page.goto(address)
    page.wait_for_load_state("load")
    left_out = page.evaluate(
        "[...document.querySelectorAll('a[href], button, input, select, summary')]"
        ".filter(e => e.checkVisibility() && e.tabIndex !== 0).map(e => e.outerHTML.slice(0, 100))"
    )
    assert left_out == []
    stops = []
    for _ in range(60):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            break
        stops.append(stop)
    assert stops[0]["what"].startswith("A.md-skip")
    assert len(stops) >= least
    assert [stop["what"] for stop in stops if not (stop["seen"] and stop["ring"] and stop["after"])] == []


@pytest.mark.browser
def test_skip_link_moves_the_keyboard_focus_into_the_article(page: Page, built_site: Path) -> None:
    page.goto((built_site / PAGES[1]).as_uri())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    # The browser moves the focus when it next renders; until then the focus stays on the skip link.
    page.wait_for_function("() => !document.activeElement.matches('.md-skip')")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")


@pytest.mark.browser
def test_page_has_no_animation_or_transition_with_reduced_motion(browser: Browser, built_site: Path) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto((built_site / PAGES[0]).as_uri())
    moving = page.evaluate(
        """() => [...document.querySelectorAll('*')].filter(e => {
          const style = getComputedStyle(e);
          return style.animationName !== 'none' || style.transitionDuration.split(',').some(d => parseFloat(d) > 0);
        }).length"""
    )
    context.close()
    assert moving == 0


@pytest.mark.browser
def test_chart_bar_and_background_differ_in_forced_colours(browser: Browser, built_site: Path) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto((built_site / PAGES[2]).as_uri())
    fills = page.evaluate("['.bar', '.ground'].map(name => getComputedStyle(document.querySelector(name)).fill)")
    context.close()
    assert fills[0] != fills[1]


@pytest.mark.browser
def test_highlighted_figure_and_sentence_have_an_outline_only_in_forced_colours(
    browser: Browser, built_site: Path
) -> None:
    ring = "e => getComputedStyle(e).outlineStyle"
    for forced, expected in (("none", "none"), ("active", "solid")):
        with closing(browser.new_context(forced_colors=forced)) as context:  # type: ignore[arg-type]
            page = context.new_page()
            page.goto((built_site / PAGES[0]).as_uri())
            page.locator("[data-figure] a").first.click()
            page.wait_for_selector(".t:target ~ .q", state="attached")
            assert page.eval_on_selector(".t:target ~ .q", ring) == expected
            page.evaluate("location.hash = document.querySelector('.text .s').id")
            page.wait_for_selector(".s:target")
            assert page.eval_on_selector(".s:target", ring) == expected


@pytest.mark.browser
@pytest.mark.parametrize("name", sampled(PAGES, 3))
def test_page_without_javascript_shows_its_heading_and_no_button(browser: Browser, built_site: Path, name: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto((built_site / name).as_uri())
    assert page.locator("h1").first.is_visible()
    dead = [b.inner_text() for b in page.locator("button").all() if b.is_visible()]
    context.close()
    assert dead == [], "a button that needs JavaScript is visible without it"


# -- every kind of page in every state ---------------------------------------------------------------------------------


AXE = """async tags => (await axe.run(document, {runOnly: {type: 'tag', values: tags}})).violations
  .map(v => v.id + ' × ' + v.nodes.length + ': ' + v.nodes[0].html.slice(0, 200))"""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = [
    *((scheme, width, False) for scheme in ("light", "dark") for width in (360, 768, 1440)),
    *(("light", width, True) for width in (360, 768, 1440)),
    ("dark", 360, True),
]
PREFIX = "/gzbg/"
CONTACT = "jiucuo@example.gov.cn"
SETTINGS = f"""\
title = "政府工作报告"
address = "https://www.example.gov.cn{PREFIX}"
publisher = "县政府办公室"
contact = "{CONTACT}"
[footer]
icp = "浙ICP备00000000号"
site_code = "0000000000"
"""
EXPLAINED = """\
临溪县2026年政府工作报告

（2026年1月8日在临溪县第三届人民代表大会第四次会议上）

临溪县人民政府县长 王小禾

各位代表：

一、2025年工作回顾

实施“青苗计划”［1］，投资12.5亿元，增长6.7%。新增企业56家，位居全市第二。

二、2026年工作安排

继续实施“青苗计划”，完成投资15亿元。

（一）久久为功推动临溪江两岸融合发展，打造富有活力和竞争力的一流江湾和一流县域城市群

扎实推进临溪江两岸融合发展，临溪江大桥通车。

（二）坚持实体经济为本、制造业当家

建成临溪江大桥东引桥。今年新增学位1200个，新增养老床位300张。

名词解释

［1］“青苗计划”：培养青年教师。
"""
SHORT = (
    "短镇2026年政府工作报告\n\n短镇人民政府镇长 李一\n\n各位代表：\n\n全年新增企业3家。"
    "登记选民三億二千三百八十萬九千六百八十四人。谢谢大家！\n"
)


@pytest.fixture(scope="session")
def many_site(project_copy: Callable[[str], Path]) -> Path:
    """A site with every setting and three reports: ours, one with a glossary, and a short one with a very long number."""
    project = project_copy("kinds")
    (project / "site.toml").write_text(SETTINGS, encoding="utf-8")
    for number, text in enumerate((EXPLAINED, SHORT)):
        file = project.parent / f"{number}.txt"
        file.write_text(text, encoding="utf-8")
        taken = run_build(project, "add", str(file))
        assert taken.returncode == 0, taken.stderr
    return must_build(project, "--quiet")


def kinds(one: Path, many: Path) -> dict[str, tuple[Path, str]]:
    """Return a dict from kind of page to (site, page path) for every kind that the two sites have.

    `one` is the site with a single report, `many` the site with three. Variants of a kind that only `many` has are added
    under names of their own, such as "section with a glossary".
    """
    found: dict[str, tuple[Path, str]] = {}
    for site in (one, many):
        for file in page_files(site):
            kind = re.search(r'<div class="wr-page wr-(\w+)', file.read_text(encoding="utf-8"))
            if site == one or not (kind and kind[1] == "front"):
                found.setdefault(kind[1] if kind else file.name, (site, file.relative_to(site).as_posix()))
    slugs = sorted(folder.name for folder in many.iterdir() if (folder / "indicators").is_dir() and folder.name != SLUG)
    assert len(slugs) == 2
    found |= {f"front of {slug}": (many, f"{slug}/index.html") for slug in slugs}
    found["section with a glossary"] = next(
        (many, file.relative_to(many).as_posix())
        for file in sorted(many.glob("*/*/index.html"))
        if "data-gloss=" in file.read_text(encoding="utf-8") and 'class="g"' in file.read_text(encoding="utf-8")
    )
    return found | {"section": (one, PAGES[1]), "section with a contact": (many, PAGES[1])}


def states(page: Page) -> Iterator[str]:
    """Put an open page into each of its states in turn and yield the state's name, from "nothing open" to "search open"."""
    yield "nothing open"
    for opener in ("a.f", "a.n", "a.g"):
        word = page.locator(f"{opener}[role=button]:visible").first
        if word.count():
            word.click()
            page.wait_for_selector(".wr-gloss")
            yield f"{opener} open"
            page.keyboard.press("Escape")
    if page.locator("[data-lines]").count():
        page.locator("[data-lines]").click()
        yield "a sentence a line"
    if page.locator("[data-cite]").count():
        page.locator("[data-cite]").click()
        page.wait_for_selector(".wr-citing[open]")
        yield "citing"
        page.keyboard.press("Escape")
    if page.locator("details").count():
        page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
        yield "all unfolded"
    page.evaluate("scrollTo(0, 0)")  # the bar at the foot of a phone leaves on scroll down
    page.click("[data-search]:visible")
    page.wait_for_selector('#search-results[data-state="ready"]', state="attached")
    page.fill("#wr-query", "企业")
    page.wait_for_selector("#wr-choices li")
    page.wait_for_selector('#search-results[data-state="ready"] [data-sentence]')
    yield "search open"


@pytest.mark.long
@pytest.mark.browser
def test_mail_link_to_the_publisher_shows_only_at_the_selected_sentence_or_with_line_view(
    browser: Browser, many_site: Path
) -> None:
    with closing(browser.new_context(viewport={"width": 360, "height": 800})) as context:
        page = context.new_page()
        page.goto((many_site / PAGES[1]).as_uri())
        wide = "[...document.querySelectorAll('.text .amend')].map(e => e.getBoundingClientRect().width > 20)"
        assert not any(page.evaluate(wide))
        sentence = page.locator(".text .s").nth(2).get_attribute("id")
        page.locator(f'.cite[href="#{sentence}"]').first.click()
        page.wait_for_function("() => location.hash")
        assert page.evaluate(wide).count(True) == 1
        letter = page.locator(f"#{sentence} + .amend")
        assert str(letter.get_attribute("href")).startswith(f"mailto:{CONTACT}?subject=")
        assert str(sentence) in str(letter.get_attribute("href"))
        letter.focus()
        page.click("[data-lines]")
        assert all(page.evaluate(wide))


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.timeout(900)
@pytest.mark.parametrize(("scheme", "width", "large"), LOOKS)
def test_axe_finds_no_violation_on_any_kind_of_page_in_any_state(
    browser: Browser, built_site: Path, many_site: Path, site_http: Callable[..., str], npm: Path, scheme: str,
    width: int, large: bool,
) -> None:  # fmt: skip
    """Every kind of page is checked in every state; with large type, the rules of WCAG AAA apply too."""
    axe = (npm / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True  # type: ignore[arg-type]
    )  # fmt: skip
    kept = {"workreport.elder": "on" if large else "off", "workreport.lines": ""}
    context.add_init_script(f"Object.entries({json.dumps(kept)}).forEach(([k, v]) => localStorage.setItem(k, v))")
    bases = {built_site: site_http(built_site), many_site: site_http(many_site, PREFIX)}
    # Search results below the window are laid out only when scrolled near; axe needs the final positions of all of them.
    laid = ".wr-hits { content-visibility: visible !important }"
    page, found, seen = context.new_page(), {}, set()
    for kind, (site, name) in kinds(built_site, many_site).items():
        page.goto(bases[site] + name)
        page.add_style_tag(content=laid)
        page.evaluate(axe)
        for state in states(page):
            seen.add(state)
            if violations := page.evaluate(AXE, [*TAGS, "wcag2aaa"] if large else TAGS):
                found[f"{kind}, {state}"] = violations
    context.close()
    assert len(seen) == 8, seen
    assert found == {}
