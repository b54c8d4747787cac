"""Tests that every link of the finished site has a target: on a server, under / and a subpath, and from file://."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site_pages import Page, pages_of, targets

SUBPATH = "/any/sub/path/"
NOT_FOUND = (
    "404.html"  # its links begin with the path of the address in site.toml, since a server sends it at any depth
)


@pytest.fixture(scope="module")
def pages(built_site: Path) -> dict[str, Page]:
    return {path: page for path, page in pages_of(built_site).items() if path != NOT_FOUND}


def dead(base: str, pages: dict[str, Page], exists: Callable[[str], bool]) -> list[str]:
    """Return the broken links, each with its page: to a missing file, or to an anchor that the target page does not
    have.
    """
    known: dict[str, bool] = {}
    ids = {base + path: set(page.ids) for path, page in pages.items()}
    lost = []
    for path, page in pages.items():
        for link, address, fragment in targets(base, path, page.links):
            if address not in known:
                known[address] = exists(address)
            if not known[address]:
                lost.append(f"{path}: {link}: no such page")
            elif fragment and fragment not in ids.get(address, {fragment}):
                lost.append(f"{path}: {link}: no such anchor")
    return lost


def answers(address: str) -> bool:
    """Return whether a URL can be read; a file:// URL must name a file that is not empty."""
    try:
        with urllib.request.urlopen(address) as answer:
            return bool(answer.read(1)) or address.startswith("http")
    except (urllib.error.URLError, IsADirectoryError):
        return False


def test_built_site_has_at_least_15_pages_and_over_500_links(pages: dict[str, Page]) -> None:
    assert "index.html" in pages
    assert len(pages) >= 15
    assert sum(len(page.links) for page in pages.values()) > 500


@pytest.mark.parametrize("prefix", ["/", SUBPATH])
def test_every_link_has_a_target_on_a_web_server(
    built_site: Path, pages: dict[str, Page], site_http: Callable[..., str], prefix: str
) -> None:
    assert dead(site_http(built_site, prefix), pages, answers) == []


def test_every_link_has_a_target_from_disk(built_site: Path, pages: dict[str, Page]) -> None:
    """A link to a folder is broken too: from file:// a browser does not open the index.html in it."""

    def is_file(address: str) -> bool:
        return not address.endswith("/") and answers(address)

    assert dead(built_site.resolve().as_uri() + "/", pages, is_file) == []


def test_every_url_in_a_style_sheet_names_an_existing_file(built_site: Path) -> None:
    named = [
        (sheet, link)
        for sheet in sorted(built_site.rglob("*.css"))
        for link in re.findall(r"url\(\s*['\"]?([^'\")]+)", sheet.read_text(encoding="utf-8"))
        if not link.startswith(("data:", "#"))
    ]
    lost = [(sheet.name, link) for sheet, link in named if not (sheet.parent / link.partition("?")[0]).is_file()]
    assert lost == []


def test_every_id_is_unique_on_its_page(pages: dict[str, Page]) -> None:
    twice = {path: sorted({i for i in page.ids if page.ids.count(i) > 1}) for path, page in pages.items()}
    assert {path: ids for path, ids in twice.items() if ids} == {}


def test_link_check_reports_missing_page_and_missing_anchor(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<a href="b.html#x">1</a><a href="c.html">2</a>', encoding="utf-8")
    (tmp_path / "b.html").write_text('<p id="y">here</p>', encoding="utf-8")
    lost = dead(tmp_path.as_uri() + "/", pages_of(tmp_path), answers)
    assert lost == ["index.html: b.html#x: no such anchor", "index.html: c.html: no such page"]
