"""Tests that `docs/` and `mkdocs.yml` can be built without workreport: by MkDocs in strict mode, and by Zensical."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.site_pages import Page, pages_of, squeezed

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


def words(page: Page) -> str:
    return squeezed(page.main).replace("¶", "")


def test_finishing_changes_no_words(plain: Path, built_site: Path) -> None:
    """The download page is excepted: sizes and digests of the archive files are added to it last."""
    bare, ours = pages_of(plain), pages_of(built_site)
    changed = [path for path in bare if words(bare[path]) != words(ours[path])]
    assert [path for path in changed if not path.endswith("/download/index.html")] == []


@pytest.mark.long
def test_zensical_builds_the_same_pages(clone: Path, plain: Path, tmp_path: Path) -> None:
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
    theirs, ours = pages_of(project / "site"), pages_of(plain)
    assert sorted(theirs) == sorted(ours)
    for path, page in ours.items():
        if path == "404.html":
            continue
        named = [(tag, name, squeezed(text).replace("¶", "")) for tag, name, text in page.headings if name]
        theirs_named = [(t, n, squeezed(x).replace("¶", "")) for t, n, x in theirs[path].headings if n]
        assert theirs_named == named, path
        assert words(theirs[path]) == words(page), path
