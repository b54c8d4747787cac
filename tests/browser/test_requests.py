"""Tests in Chromium that pages and the search send requests to their own host only, and that no script fails.

Knows how to record requests, failures and console errors. Leaves the Content-Security-Policy to `test_policy`.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.site_pages import page_files

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def visit(browser: Browser, site: Path, base: str) -> tuple[set[str], list[str], list[str]]:
    """Open every page of the site at `base`; return the requested hosts, the failed requests and the console errors."""
    hosts: set[str] = set()
    failed: list[str] = []
    errors: list[str] = []
    with closing(browser.new_context()) as context:
        context.on("request", lambda r: hosts.add(urlsplit(r.url).scheme + "://" + urlsplit(r.url).netloc))
        context.on("requestfailed", lambda r: failed.append(f"{r.url}: {r.failure}"))
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        page.on("console", lambda m: errors.append(f"{page.url}: {m.text}") if m.type == "error" else None)
        for path in page_files(site):
            if path.name == "404.html":
                continue
            page.goto(base + path.relative_to(site).as_posix())
            page.wait_for_load_state("networkidle")
    return hosts, failed, errors


@pytest.mark.long
@pytest.mark.parametrize("prefix", ["/", "/any/sub/path/"])
def test_pages_on_a_server_request_only_their_own_host(
    browser: Browser, built_site: Path, site_http: Callable[..., str], prefix: str
) -> None:
    base = site_http(built_site, prefix)
    hosts, failed, errors = visit(browser, built_site, base)
    own = urlsplit(base)
    assert hosts - {"data://", "blob://"} == {f"{own.scheme}://{own.netloc}"}
    assert failed == []
    assert errors == []


@pytest.mark.long
def test_pages_opened_from_a_folder_request_no_host(browser: Browser, built_site: Path) -> None:
    hosts, failed, errors = visit(browser, built_site, built_site.resolve().as_uri() + "/")
    assert hosts - {"data://", "blob://"} == {"file://"}
    assert failed == []
    assert errors == []


@pytest.mark.parametrize("served", [True, False], ids=["http", "file"])
def test_search_requests_only_its_own_host_and_nothing_before_it_is_opened(
    browser: Browser, built_site: Path, site_http: Callable[..., str], served: bool
) -> None:
    """The search is opened through `?q=`, as by a shared link. Before that, its script and index are not requested."""
    base = site_http(built_site, "/any/sub/path/") if served else built_site.resolve().as_uri() + "/"
    asked: list[str] = []
    errors: list[str] = []
    with closing(browser.new_context()) as context:
        context.on("request", lambda r: asked.append(r.url))
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
        page.goto(base + "index.html")
        assert not [url for url in asked if "search" in url], (
            "a file of the search was loaded before the search was opened"
        )
        page.goto(base + "index.html?q=亚运")
        page.wait_for_selector('#search-results[data-state="ready"]')
        assert page.locator("#search-results [data-sentence]").count() >= 3
    assert [url for url in asked if not url.startswith(base)] == []
    assert errors == []


def test_request_to_another_host_is_recorded(browser: Browser, tmp_path: Path, site_http: Callable[..., str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: a connection is refused at once, even without a network
        other = f"http://127.0.0.1:{taken.getsockname()[1]}"
        (tmp_path / "index.html").write_text(f'<img src="{other}/a.png">', encoding="utf-8")
        hosts, failed, _ = visit(browser, tmp_path, site_http(tmp_path))
    assert other in hosts
    assert failed
