"""The web manifest is linked where a browser can read it, on http, and never on a page from a disk."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Browser

LINKS = "document.querySelectorAll('link[rel=manifest]').length"


def test_manifest_is_linked_at_the_first_touch_on_http_only(
    browser: Browser, built_site: Path, site_http: Callable[..., str]
) -> None:
    base = site_http(built_site, "/sub/")
    with closing(browser.new_context()) as context:
        page = context.new_page()
        wrong: list[str] = []
        page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
        page.goto(f"{base}gongshu-2024/1/index.html")
        assert page.evaluate(LINKS) == 0
        page.mouse.click(5, 5)
        page.mouse.click(5, 5)
        assert page.evaluate(LINKS) == 1
        answer = page.evaluate(
            "fetch(document.querySelector('link[rel=manifest]').href).then((r) => r.ok ? r.json() : r.status)"
        )
        assert answer["name"] == "杭州市拱墅区2024年政府工作报告"
        page.goto((built_site / "gongshu-2024" / "1" / "index.html").as_uri())
        page.mouse.click(5, 5)
        assert page.evaluate(LINKS) == 0
        assert wrong == []


def test_colour_of_the_window_follows_the_choice_of_light_or_dark(browser: Browser, built_site: Path) -> None:
    with closing(browser.new_context(color_scheme="light")) as context:
        page = context.new_page()
        page.goto((built_site / "index.html").as_uri())
        tints = "[...document.querySelectorAll('meta[name=theme-color]')].map((m) => m.content)"
        light, dark = page.evaluate(tints)
        page.click("[data-scheme-next]")
        assert page.evaluate(tints) == [dark, dark]
        page.click("[data-scheme-next]")
        assert page.evaluate(tints) == [light, light]
