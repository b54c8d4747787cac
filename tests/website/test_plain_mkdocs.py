"""Tests that `docs/` and `mkdocs.yml` can be built without workreport: by MkDocs in strict mode, and by Zensical."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.site_pages import Article, article_of, page_files, pages_of

pytestmark = pytest.mark.long

ZENSICAL = ROOT / ".venv-zensical" / "bin" / "python"
MARKS = Path("workreport", "website", "marks")


@pytest.fixture(scope="module")
def clone(built_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with current `docs/`, templates and configuration, but without output, reports and our
    code; of the code it has only the extension that reads the marks of `docs/`.
    """
    outputs = shutil.ignore_patterns("site", "archive", ".workreport", "reports", "tests", "workreport")
    folder = Path(shutil.copytree(built_project, tmp_path_factory.mktemp("clone") / "project", ignore=outputs))
    shutil.copytree(ROOT / MARKS, folder / MARKS, ignore=shutil.ignore_patterns("__pycache__"))
    for package in (ROOT / MARKS).relative_to(ROOT).parents[:-1]:
        shutil.copy(ROOT / package / "__init__.py", folder / package)
    return folder


@pytest.fixture(scope="module")
def plain(clone: Path) -> Path:
    """The site that `mkdocs build --strict` makes of the clone, without our code."""
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"],
        cwd=clone,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr, done.stderr
    return clone / "site"


def test_mkdocs_builds_every_page_in_strict_mode(plain: Path, built_site: Path) -> None:
    made = {p for p in pages_of(plain) if p != "404.html"}
    assert made == {p for p in pages_of(built_site) if p != "404.html"}


def articles(site: Path) -> dict[str, Article]:
    """Return what stands on every page but that for unknown addresses."""
    names = (file.relative_to(site).as_posix() for file in page_files(site))
    return {name: article_of(site, name) for name in names if name != "404.html"}


def assert_equal_articles(one: Path, other: Path, *, unlike: str = "") -> None:
    """Assert that two sites have the same words, headings, ids, tables and links, but on pages that end in `unlike`."""
    first, second = articles(one), articles(other)
    assert first.keys() == second.keys()
    assert sum(len(article.links) for article in first.values()) > 400
    for name in first:
        for part in (field.name for field in fields(Article)):
            if not (unlike and name.endswith(unlike)):
                assert getattr(first[name], part) == getattr(second[name], part), f"{name}: {part}"


def test_finishing_changes_no_words_headings_ids_tables_and_links(plain: Path, built_site: Path) -> None:
    """The download page is excepted: sizes and digests of the archive files are added to it last."""
    assert_equal_articles(plain, built_site, unlike="/download/index.html")


@pytest.mark.long
def test_zensical_builds_pages_with_the_same_words_headings_ids_tables_and_links(
    clone: Path, plain: Path, tmp_path: Path
) -> None:
    if not ZENSICAL.is_file():
        pytest.fail("no Zensical: run make .venv-zensical/.ready (make test-all does)")
    project = Path(shutil.copytree(clone, tmp_path / "project", ignore=shutil.ignore_patterns("site")))
    done = subprocess.run(
        [str(ZENSICAL), "-m", "zensical", "build", "--clean"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert_equal_articles(project / "site", plain)
