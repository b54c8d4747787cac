"""Everybody can use the pages: by keyboard, zoomed, without motion, in forced colours, without a script; axe finds nothing."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

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
)
SCRIPTS = sorted((ROOT / "templates" / "assets").glob("*.js"))
# What Chrome 90 does not have (WeChat's browser, 360 and UOS are as old).
NEWER = re.compile(
    r"\.(?:at|findLast|findLastIndex|toSorted|toReversed|toSpliced|with|groupBy|replaceChildren\w+)\("
    r"|Object\.(?:hasOwn|groupBy)\(|structuredClone\(|Array\.fromAsync|\.showPopover\(|startViewTransition|\|\|=|&&=|\?\?="
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_asks_nothing_newer_than_chrome_90(script: Path) -> None:
    assert NEWER.findall(script.read_text(encoding="utf-8")) == []


def test_what_is_newer_is_seen() -> None:
    for line in ("a.at(-1)", "x ??= 1", "Object.hasOwn(a, b)", "list.findLast(f)"):
        assert NEWER.search(line), line


@pytest.mark.browser
@pytest.mark.parametrize("zoom", [200, 400])
def test_zoomed_nothing_goes_sideways(browser: Browser, built_site: Path, zoom: int) -> None:
    width = 1280 * 100 // zoom
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    wide = {}
    for name in PAGES:
        page.goto((built_site / name).as_uri())
        wide[name] = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert {name: found for name, found in wide.items() if found > width} == {}


STOP = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  return {
    what: e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 20),
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    after: !window.before || Boolean(window.before.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING),
    last: (window.before = e, false),
  };
}"""


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES[:3])
def test_by_keyboard_every_stop_is_seen_and_in_order(page: Page, built_site: Path, name: str) -> None:
    page.goto((built_site / name).as_uri())
    stops = []
    for _ in range(60):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            break
        stops.append(stop)
    assert stops[0]["what"].startswith("A.md-skip")
    assert len(stops) > 20
    assert [stop["what"] for stop in stops if not (stop["seen"] and stop["ring"] and stop["after"])] == []


@pytest.mark.browser
def test_the_way_past_the_bar_leads_to_the_text(page: Page, built_site: Path) -> None:
    page.goto((built_site / PAGES[1]).as_uri())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")


@pytest.mark.browser
def test_nothing_moves_where_motion_is_unwanted(browser: Browser, built_site: Path) -> None:
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
def test_bars_are_seen_in_forced_colours(browser: Browser, built_site: Path) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto((built_site / PAGES[2]).as_uri())
    fills = page.evaluate("['.bar', '.ground'].map(name => getComputedStyle(document.querySelector(name)).fill)")
    context.close()
    assert fills[0] != fills[1]


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_a_page_reads_without_a_script(browser: Browser, built_site: Path, name: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto((built_site / name).as_uri())
    assert page.locator("h1").first.is_visible()
    dead = [b.inner_text() for b in page.locator("button").all() if b.is_visible()]
    context.close()
    assert dead == [], "a button that does nothing without a script is not shown"


# -- with what npm and Java bring: run by `make test-all` ------------------------------------------------------------


@pytest.fixture(scope="session")
def npm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """node_modules of tests/npm/package-lock.json, installed for this run only."""
    program = shutil.which("npm")
    if program is None:
        pytest.skip("npm is not installed; on Debian: apt install npm")
    folder = tmp_path_factory.mktemp("npm")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / "tests" / "npm" / name, folder)
    done = subprocess.run(
        [program, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder / "node_modules"


def test_the_npm_lock_names_no_registry() -> None:
    text = (ROOT / "tests" / "npm" / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    assert '"resolved"' not in text
    assert "://" not in text
    assert all(known.get("integrity") for name, known in packages.items() if name)


AXE = """async tags => (await axe.run(document, {runOnly: {type: 'tag', values: tags}})).violations
  .map(v => v.id + ' × ' + v.nodes.length + ': ' + v.nodes[0].html.slice(0, 200))"""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPENED = {"": "", "search": "[data-search]", "preview": "a.f", "lines": "[data-lines]"}
LOOKS = [("light", 360, False), ("dark", 768, False), ("light", 1440, False), ("light", 768, True), ("dark", 360, True)]


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "width", "large"), LOOKS)
def test_axe_finds_nothing(
    browser: Browser, built_site: Path, site_http: Callable[..., str], npm: Path, scheme: str, width: int, large: bool
) -> None:
    axe = (npm / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True  # type: ignore[arg-type]
    )  # fmt: skip
    if large:
        context.add_init_script("localStorage.setItem('workreport.elder', 'on')")
    page, base, found = context.new_page(), site_http(built_site), {}
    for name in (*PAGES, "404.html"):
        for state, opener in OPENED.items():
            page.goto(base + name)
            if opener and (name not in PAGES[:3] or not page.locator(opener).count()):
                continue
            if opener:
                page.wait_for_timeout(300)
                page.locator(opener).first.click()
                page.wait_for_timeout(300)
            page.evaluate(axe)
            tags = [*TAGS, "wcag2aaa"] if large else TAGS
            if violations := page.evaluate(AXE, tags):
                found[f"{name} {state}"] = violations
    context.close()
    assert found == {}


@pytest.mark.long
def test_vnu_and_html_validate_find_no_error(built_site: Path, npm: Path) -> None:
    pages = sorted(map(str, built_site.rglob("*.html")))
    assert len(pages) > 15
    java = shutil.which("java")
    if java is None:
        pytest.skip("Java is not installed; on Debian: apt install default-jre-headless")
    jar = npm / "vnu-jar" / "build" / "dist" / "vnu.jar"
    vnu = subprocess.run([java, "-jar", str(jar), "--errors-only", *pages], capture_output=True, text=True, check=False)
    assert (vnu.returncode, vnu.stderr) == (0, "")
    (npm.parent / ".htmlvalidate.json").write_text('{"root": true, "extends": ["html-validate:standard"]}', encoding="utf-8")  # fmt: skip
    validate = npm / ".bin" / "html-validate"
    bad = npm.parent / "bad.html"
    bad.write_text("<!doctype html><html><body><p><div></p></body></html>", encoding="utf-8")
    assert (
        subprocess.run(
            [validate, "--config", ".htmlvalidate.json", bad], cwd=npm.parent, capture_output=True, check=False
        ).returncode
        == 1
    )
    done = subprocess.run(
        [validate, "--config", ".htmlvalidate.json", *pages],
        cwd=npm.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.long
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_parses_as_es2020(script: Path, npm: Path) -> None:
    done = subprocess.run(
        [npm / ".bin" / "acorn", "--ecma2020", "--silent", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
