"""What a reader's first visit costs, as a browser counts it from a server that compresses; and the weight of the site."""

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
    """(address, bytes over the wire) of every request that opening the page makes."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    asked: dict[str, str] = {}
    came: dict[str, int] = {}
    kept: set[str] = set()
    session.on("Network.requestWillBeSent", lambda e: asked.setdefault(e["requestId"], e["request"]["url"]))
    session.on("Network.requestServedFromCache", lambda e: kept.add(e["requestId"]))
    session.on("Network.responseReceived", lambda e: kept.add(e["requestId"]) if e["response"].get("fromDiskCache") else None)  # fmt: skip
    session.on("Network.loadingFinished", lambda e: came.setdefault(e["requestId"], int(e["encodedDataLength"])))
    session.send("Network.enable")
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.close()
    return [(url, came.get(number, 0)) for number, url in asked.items() if number not in kept]


def test_the_first_load_of_the_front(browser: Browser, base: str) -> None:
    with closing(browser.new_context()) as context:
        requests = visit(context, base + "index.html")
    assert len(requests) <= 6, requests
    assert 20 * KB < sum(size for _, size in requests) <= 120 * KB, requests


@pytest.mark.long
def test_every_section_after_the_front(browser: Browser, built_site: Path, base: str) -> None:
    sections = sorted((built_site / SLUG / "1").glob("[0-9]*/index.html"))
    assert len(sections) == 8
    for file in sections:
        with closing(browser.new_context()) as context:
            visit(context, base + "index.html")
            requests = visit(context, base + file.relative_to(built_site).as_posix())
        assert 0 < sum(size for _, size in requests) <= 40 * KB, requests


def test_the_weight_of_the_site(built_site: Path) -> None:
    """This report's pages, pictures and data, without the files of the archive."""
    files = [file for file in built_site.rglob("*") if file.is_file()]
    weighed = {f: f.stat().st_size for f in files if f.relative_to(built_site).parts[0] != "archive"}
    heaviest = sorted(weighed.items(), key=lambda item: -item[1])[:5]
    assert sum(weighed.values()) < 6 * KB * KB, heaviest
