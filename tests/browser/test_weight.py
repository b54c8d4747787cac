"""Tests of transfer sizes: requests and bytes of a first visit, measured in Chromium, and the total size of the site.

Knows the limits. Leaves serving compressed pages to `benchmarks.lighthouse`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.lighthouse import compressed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

pytestmark = pytest.mark.browser

SLUG = "gongshu-2024"
KB = 1024


@pytest.fixture(scope="module")
def base(built_site: Path) -> Iterator[str]:
    with compressed(built_site) as address:
        yield address


def visit(context: BrowserContext, address: str) -> list[tuple[str, int]]:
    """Open a page; return (URL, bytes transferred) of each request that the browser's cache did not answer."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    asked: dict[str, str] = {}
    sizes: dict[str, int] = {}
    cached: set[str] = set()
    session.on("Network.requestWillBeSent", lambda e: asked.setdefault(e["requestId"], e["request"]["url"]))
    session.on("Network.requestServedFromCache", lambda e: cached.add(e["requestId"]))
    session.on("Network.responseReceived", lambda e: cached.add(e["requestId"]) if e["response"].get("fromDiskCache") else None)  # fmt: skip
    session.on("Network.loadingFinished", lambda e: sizes.setdefault(e["requestId"], int(e["encodedDataLength"])))
    session.send("Network.enable")
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.close()
    return [(url, sizes.get(number, 0)) for number, url in asked.items() if number not in cached]


def test_first_visit_to_the_front_page_takes_at_most_6_requests_and_120_kb(browser: Browser, base: str) -> None:
    with closing(browser.new_context()) as context:
        requests = visit(context, base + "index.html")
    assert len(requests) <= 6, requests
    assert 20 * KB < sum(size for _, size in requests) <= 120 * KB, requests


@pytest.mark.long
def test_section_opened_after_the_front_page_transfers_at_most_40_kb(
    browser: Browser, built_site: Path, base: str
) -> None:
    sections = sorted((built_site / SLUG / "1").glob("[0-9]*/index.html"))
    assert len(sections) == 8
    for file in sections:
        with closing(browser.new_context()) as context:
            visit(context, base + "index.html")
            requests = visit(context, base + file.relative_to(built_site).as_posix())
        assert 0 < sum(size for _, size in requests) <= 40 * KB, requests


def test_site_without_its_archive_files_is_below_6_mb(built_site: Path) -> None:
    """Pages, pictures and data of the project's own report count, the files of the archive do not."""
    files = [file for file in built_site.rglob("*") if file.is_file()]
    weighed = {f: f.stat().st_size for f in files if f.relative_to(built_site).parts[0] != "archive"}
    heaviest = sorted(weighed.items(), key=lambda item: -item[1])[:5]
    assert sum(weighed.values()) < 6 * KB * KB, heaviest
