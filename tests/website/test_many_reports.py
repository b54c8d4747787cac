"""Tests a site with two reports: the front page lists both, each has its own pages, and the pages of the first are
kept.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import must_build, run_build
from tests.site_pages import Page, pages_of, squeezed, targets

pytestmark = pytest.mark.long

BOOKS = Path(__file__).parents[1] / "books"


def add_report(project: Path, book: str) -> None:
    """Add a report of tests/books to a project with the command `add`."""
    done = run_build(project, "add", str(BOOKS / book))
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def sites(project_copy: Callable[[str], Path]) -> tuple[dict[str, Page], dict[str, Page]]:
    """The pages of a site with one invented report, and of the same site with a second one added."""
    project = project_copy("two")
    shutil.rmtree(project / "reports")
    add_report(project, "qingshan-2025.txt")
    one = pages_of(must_build(project, "--quiet"))
    add_report(project, "yunxi-2026.txt")
    return one, pages_of(must_build(project, "--quiet"))


def test_front_of_a_single_report_is_the_front_of_the_site(sites: tuple[dict[str, Page], dict[str, Page]]) -> None:
    one, _ = sites
    front = squeezed(one["index.html"].main)
    assert "青山区" in front
    assert "1234.5" in front
    assert front == squeezed(one["qingshan-2025/index.html"].main)


def test_front_of_two_reports_lists_and_links_both(sites: tuple[dict[str, Page], dict[str, Page]]) -> None:
    _, two = sites
    front = two["index.html"]
    assert "青山区" in front.main
    assert "云溪县" in front.main
    linked = {address for _, address, _ in targets("http://h/", "index.html", front.links)}
    assert {"http://h/qingshan-2025/index.html", "http://h/yunxi-2026/index.html"} <= linked


def test_pages_and_ids_of_the_first_report_are_kept_when_a_second_is_added(
    sites: tuple[dict[str, Page], dict[str, Page]],
) -> None:
    one, two = sites
    assert set(one) <= set(two)
    for path, page in one.items():
        if path.startswith("qingshan-2025/"):
            assert set(page.ids) <= set(two[path].ids), path


def test_each_report_shows_only_its_own_figures(sites: tuple[dict[str, Page], dict[str, Page]]) -> None:
    _, two = sites
    assert "35.6" in two["yunxi-2026/indicators/index.html"].main
    assert "1234.5" not in two["yunxi-2026/indicators/index.html"].main
    assert "1234.5" in two["qingshan-2025/indicators/index.html"].main
