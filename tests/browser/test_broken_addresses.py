"""A page works at every address that leads to it: broken codes, quotes and signs behind # and ? stop no script."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
ANCHORS = (
    "#%",
    "#%E4%",
    "#%zz",
    "#%ff%fe",
    "#\"']",
    "#<b>&",
    "#%00",
    "#.a,b>c",
    "#?",
    "#%25",
    "#__proto__",
    "#" + "%" * 500,
)
QUERIES = (
    "?%",
    "?q=%E4%",
    "?lit=%",
    "?lit=(&lit=[&lit=%5C",
    "?q=%00",
    "?kind=%&up=%&measure='\"",
    "?" + "%" * 500,
    "?constructor&__proto__=1",
)


def pages_of(site: Path) -> list[str]:
    """One page of each folder name below a report, as a path in the site; and the front page and the page that is not found."""
    seen: dict[str, str] = {}
    for path in sorted(site.rglob("*.html"), key=lambda p: (len(p.parts), p)):
        name = path.relative_to(site).as_posix()
        if not name.startswith(("archive/", "assets/")):
            seen.setdefault(path.parent.name if path.name == "index.html" else path.name, name)
    return list(seen.values())


@pytest.mark.parametrize(
    ("over", "most"),
    [
        ("http", 3),
        pytest.param("http", None, marks=pytest.mark.long),
        pytest.param("file", None, marks=pytest.mark.long),
    ],
)
def test_no_broken_address_stops_the_scripts_of_a_page(
    browser: Browser, built_site: Path, site_http: Callable[..., str], over: str, most: int | None
) -> None:
    base = site_http(built_site) if over == "http" else built_site.as_uri() + "/"
    kinds = pages_of(built_site)
    assert len(kinds) >= 8, kinds
    with closing(browser.new_context()) as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        for name in kinds[:most]:
            for rest in (*ANCHORS, *QUERIES) if name == kinds[0] else ("#%", "?q=%E4%&lit=%&kind=%#%E4%"):
                page.goto("about:blank")
                page.goto(base + name + rest)
            page.goto(base + name)
            for rest in ANCHORS:
                page.evaluate("hash => { location.hash = hash; }", rest)
            page.wait_for_timeout(50)
            assert errors == []
            page.keyboard.press("/")
            page.wait_for_selector("#search-results, [data-search-close]", state="attached")


@pytest.mark.long
def test_no_broken_anchor_stops_the_scripts_of_the_single_file(browser: Browser, built_project: Path) -> None:
    (file,) = (path for path in (built_project / "archive").glob("*.html"))
    with closing(browser.new_context()) as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        for rest in (*ANCHORS, "#table?%", "#table?up=%&kind='"):
            page.goto("about:blank")
            page.goto(file.as_uri() + rest)
        assert errors == []
