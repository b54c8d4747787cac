"""`docs/` and `mkdocs.yml` are a plain project: MkDocs builds them strictly, and Zensical builds the same pages."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.site_pages import Page, pages_of, squeezed

ZENSICAL = ROOT / ".venv-zensical" / "bin" / "zensical"


@pytest.fixture(scope="module")
def plain(project_copy: Callable[[str], Path]) -> Path:
    """A copy of the project after a bare `mkdocs build --strict`, as from a clone."""
    project = project_copy("plain")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr, done.stderr
    return project / "site"


def test_mkdocs_builds_every_page_strictly(plain: Path, built_site: Path) -> None:
    made = {p for p in pages_of(plain) if p != "404.html"}
    assert made == {p for p in pages_of(built_site) if p != "404.html"}


def words(page: Page) -> str:
    return squeezed(page.main).replace("¶", "")


def test_our_pass_over_the_pages_changes_no_words(plain: Path, built_site: Path) -> None:
    bare, ours = pages_of(plain), pages_of(built_site)
    assert [path for path in bare if words(bare[path]) != words(ours[path])] == []


@pytest.mark.long
def test_zensical_builds_the_same_pages(project_copy: Callable[[str], Path], plain: Path) -> None:
    if not ZENSICAL.is_file():
        pytest.fail("no Zensical: run make .venv-zensical/.ready (make test-all does)")
    project = project_copy("zensical")
    done = subprocess.run(
        [str(ZENSICAL), "build", "--clean"], cwd=project, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    theirs, ours = pages_of(project / "site"), pages_of(plain)
    assert sorted(theirs) == sorted(ours)
    for path, page in ours.items():
        if path == "404.html":
            continue
        named = [(tag, name, squeezed(text).replace("¶", "")) for tag, name, text in page.headings if name]
        theirs_named = [(t, n, squeezed(x).replace("¶", "")) for t, n, x in theirs[path].headings if n]
        assert theirs_named == named, path
        assert words(theirs[path]) == words(page), path
