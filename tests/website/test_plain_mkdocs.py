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
from tests.planned_years import PAGE
from tests.site_pages import Article, article_of, page_files, pages_of
from workreport import archive
from workreport.verify.site import check
from workreport.website import finishing

pytestmark = pytest.mark.long

ZENSICAL = ROOT / ".venv-zensical" / "bin" / "python"
MARKS = Path("workreport", "website", "marks")


def cloned(project: Path, folder: Path) -> Path:
    """Return a copy of a project with current `docs/`, templates and configuration, but without output, reports and our
    code; of the code it has only the extension that reads the marks of `docs/`.
    """
    outputs = shutil.ignore_patterns("site", "archive", ".workreport", "reports", "tests", "workreport")
    shutil.copytree(project, folder, ignore=outputs)
    shutil.copytree(ROOT / MARKS, folder / MARKS, ignore=shutil.ignore_patterns("__pycache__"))
    for package in (ROOT / MARKS).relative_to(ROOT).parents[:-1]:
        shutil.copy(ROOT / package / "__init__.py", folder / package)
    return folder


@pytest.fixture(scope="module")
def clone(built_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of the project, see `cloned`."""
    return cloned(built_project, tmp_path_factory.mktemp("clone") / "project")


@pytest.fixture(scope="module")
def plain(clone: Path) -> Path:
    """The site that MkDocs makes of the clone."""
    return by_mkdocs(clone)


def by_mkdocs(clone: Path) -> Path:
    """Return the site that `mkdocs build --strict` makes of a clone, without our code."""
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


def assert_equal_articles(one: Path, other: Path, *, unlike: tuple[str, ...] = ()) -> None:
    """Assert that two sites have the same words, headings, ids, tables and links, but on pages that end in one of `unlike`."""
    first, second = articles(one), articles(other)
    assert first.keys() == second.keys()
    assert sum(len(article.links) for article in first.values()) > 400
    for name in first:
        for part in (field.name for field in fields(Article)):
            if not name.endswith(unlike):
                assert getattr(first[name], part) == getattr(second[name], part), f"{name}: {part}"


def test_finishing_changes_no_words_headings_ids_tables_and_links(plain: Path, built_site: Path) -> None:
    """The download page is excepted: sizes and digests of the archive files are added to it last; so is the page of pictures,
    from which the words go that stand there where no picture was made.
    """
    assert_equal_articles(plain, built_site, unlike=("/download/index.html", "/picture/index.html"))


@pytest.fixture(scope="module")
def by_zensical(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that Zensical makes of the clone."""
    return zensical_site(clone, tmp_path_factory.mktemp("zensical") / "project")


def zensical_site(clone: Path, folder: Path) -> Path:
    """Return the site that Zensical makes of a clone in another folder, without our code."""
    if not ZENSICAL.is_file():
        pytest.fail("no Zensical: run make .venv-zensical/.ready (make test-all does)")
    project = Path(shutil.copytree(clone, folder, ignore=shutil.ignore_patterns("site")))
    done = subprocess.run(
        [str(ZENSICAL), "-m", "zensical", "build", "--clean"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "site"


@pytest.mark.long
def test_zensical_builds_pages_with_the_same_words_headings_ids_tables_and_links(
    by_zensical: Path, plain: Path
) -> None:
    assert_equal_articles(by_zensical, plain)


@pytest.mark.long
def test_finished_site_of_zensical_passes_check(by_zensical: Path, built_project: Path, tmp_path: Path) -> None:
    """The way over when Material ends: Zensical in the place of MkDocs, every step before and after it as it is."""
    outputs = shutil.ignore_patterns("archive", ".workreport", "site")
    project = Path(shutil.copytree(built_project, tmp_path / "project", ignore=outputs))
    site = Path(shutil.copytree(by_zensical, project / "site"))
    # What a build adds to the pages of MkDocs before it finishes them.
    for path in built_project.joinpath("site").rglob("*"):
        name = path.relative_to(built_project / "site")
        if (
            path.is_file()
            and path.suffix != ".html"
            and name.parts[:2] not in (("assets", "stylesheets"), ("archive",))
        ):
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, site / name)
    shutil.rmtree(site / "archive", ignore_errors=True)
    finishing.finish(site, address="", dates={})
    archive.add_downloads(site, None, ("gongshu-2024",))
    assert check(project) == ()
    assert len(pages_of(site)) == len(pages_of(built_project / "site"))


@pytest.mark.long
def test_both_build_the_pages_of_places_and_measures_alike(years_site: Path, tmp_path: Path) -> None:
    clone = cloned(years_site.parent, tmp_path / "clone")
    by_zensical = zensical_site(clone, tmp_path / "zensical")
    plain = by_mkdocs(clone)
    assert {PAGE, "measures/index.html", "measures/gdp/index.html"} <= set(pages_of(plain))
    assert_equal_articles(by_zensical, plain)
