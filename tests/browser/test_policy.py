"""Tests in Chromium that the Content-Security-Policy blocks nothing on any kind of page while it is used.

Knows how to open and use the pages, from a server and from a folder. Leaves the choice of pages to `policy_pages`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser import policy_pages
from tests.planned_report import ELDERLY, PROMISES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def use_pages(browser: Browser, base: str, pages: Mapping[str, str]) -> tuple[dict[str, dict[str, int]], list[str]]:
    """Open and use each page; return the counts of actions per kind of page, and policy violations and console errors."""
    done: dict[str, dict[str, int]] = {}
    wrong: list[str] = []
    with closing(browser.new_context()) as context:
        context.add_init_script(policy_pages.LISTEN)
        context.on(
            "console", lambda m: wrong.append(f"{m.page and m.page.url}: {m.text}") if m.type == "error" else None
        )
        context.on("weberror", lambda e: wrong.append(f"{e.page and e.page.url}: {e.error}"))
        for kind, name in pages.items():
            page = context.new_page()
            page.goto(base + name)
            page.wait_for_load_state("networkidle")
            result = page.evaluate(policy_pages.EXERCISE)
            done[kind] = result["done"]
            wrong += [f"{name}: {refused}" for refused in result["refused"]]
            page.close()
    return done, wrong


@pytest.mark.long
@pytest.mark.parametrize("served", [True, False], ids=["http", "file"])
def test_policy_blocks_nothing_on_any_kind_of_page(
    browser: Browser, built_site: Path, site_http: Callable[..., str], served: bool
) -> None:
    base = site_http(built_site) if served else built_site.resolve().as_uri() + "/"
    pages = policy_pages.one_of_each_kind(built_site)
    if not served:
        del pages["lost"]  # the links of 404.html are absolute paths, which need a server
    done, wrong = use_pages(browser, base, pages)
    assert wrong == []
    assert policy_pages.missing_actions(done) == []


@pytest.mark.long
@pytest.mark.parametrize("served", [True, False], ids=["http", "file"])
def test_policy_blocks_nothing_on_a_list_of_promises_and_a_page_for_readers(
    browser: Browser, planned_site: Path, site_http: Callable[..., str], served: bool
) -> None:
    base = site_http(planned_site) if served else planned_site.resolve().as_uri() + "/"
    done, wrong = use_pages(browser, base, {"promises": PROMISES, "for": ELDERLY})
    assert wrong == []
    assert done.keys() == {"promises", "for"}


@pytest.mark.long
@pytest.mark.parametrize("plain", [False, True], ids=["links", "pointer"])
@pytest.mark.parametrize("served", [True, False], ids=["http", "file"])
def test_policy_blocks_nothing_on_the_pages_that_publishing_adds(
    browser: Browser, built_project: Path, site_http: Callable[..., str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, served: bool, plain: bool,
) -> None:  # fmt: skip
    www, pages = policy_pages.serve_versions(built_project, tmp_path, monkeypatch, plain=plain)
    done, wrong = use_pages(browser, site_http(www) if served else www.resolve().as_uri() + "/", pages)
    assert wrong == []
    assert policy_pages.missing_actions(done) == []


@pytest.mark.parametrize("served", [True, False], ids=["http", "file"])
def test_blocked_inline_script_and_style_are_reported(
    browser: Browser, tmp_path: Path, site_http: Callable[..., str], served: bool
) -> None:
    (tmp_path / "index.html").write_text(policy_pages.BAD, encoding="utf-8")
    base = site_http(tmp_path) if served else tmp_path.resolve().as_uri() + "/"
    _, wrong = use_pages(browser, base, {"bad": "index.html"})
    assert any("script-src" in line for line in wrong)
    assert any("style-src" in line for line in wrong)


def test_stable_address_published_without_symlinks_redirects_to_the_newest_version(
    browser: Browser,
    built_project: Path,
    site_http: Callable[..., str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The redirect keeps query and fragment. A page missing in the newest version links to the last version that had it.

    Without JavaScript, the page links to the list of versions, which links to each version.
    """
    www, _ = policy_pages.serve_versions(built_project, tmp_path, monkeypatch, plain=True)
    base = site_http(www, "/any/sub/path/")
    with closing(browser.new_context()) as context:
        page = context.new_page()
        page.goto(base + "gongshu-2024/1/index.html?x=1#h-1")
        page.wait_for_url(lambda url: url == f"{base}v/2024-02-21.2/gongshu-2024/1/index.html?x=1#h-1")
        page.goto(base + policy_pages.SPARE + "#s1")
        link = page.locator("#there a")
        assert "没有了" in page.locator("#there").inner_text()
        link.click()
        page.wait_for_url(lambda url: url == f"{base}v/2024-02-21.1/{policy_pages.SPARE}#s1")
    with closing(browser.new_context(java_script_enabled=False)) as context:
        page = context.new_page()
        page.goto(base + "index.html")
        page.locator("a", has_text="历次版本与改动").click()
        page.locator("h2 a", has_text="2024-02-21.2").click()
        page.wait_for_url("**/v/2024-02-21.2/**")
        assert page.locator("h1").first.is_visible()


def test_link_from_a_removed_page_to_its_last_version_keeps_the_fragment(
    browser: Browser,
    built_project: Path,
    site_http: Callable[..., str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    www, _ = policy_pages.serve_versions(built_project, tmp_path, monkeypatch, plain=False)
    base = site_http(www, "/any/sub/path/")
    with closing(browser.new_context()) as context:
        page = context.new_page()
        page.goto(base + policy_pages.SPARE + "#s1")
        assert page.locator("a[data-carry]").count() == 2
        page.locator("a[data-carry]").first.click()
        page.wait_for_url(lambda url: url == f"{base}v/2024-02-21.1/{policy_pages.SPARE}#s1")
