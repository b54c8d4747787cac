"""Fixtures of the tests of the single HTML file: those of the committed report and of a hostile one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.archive.html.html_reader import SLUG, SOURCE, make
from tests.browser.test_hostile_report import HOSTILE
from tests.conftest import must_build, run_build
from tests.inspection import Inspected, inspect


@pytest.fixture(scope="session")
def file(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The single HTML file of the committed report."""
    return make(built_site, tmp_path_factory.mktemp("onefile"))


@pytest.fixture(scope="session")
def report(built_project: Path) -> Inspected:
    """The committed report as `build.py inspect` prints it."""
    return inspect(built_project, SOURCE)


@pytest.fixture(scope="session")
def hostile(project_copy: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Inspected]:
    """The single HTML file of a report full of markup and scripts, and that report as `build.py inspect` prints it."""
    project = project_copy("onefile-hostile")
    given = project.parent / "qingshan-2025.txt"
    given.write_text(HOSTILE, encoding="utf-8", newline="\r\n")
    done = run_build(project, "add", str(given))
    assert done.returncode == 0, done.stderr
    (slug,) = [folder.name for folder in (project / "reports").iterdir() if folder.name != SLUG]
    site = must_build(project, "--quiet", "--only", "site")
    source = next((project / "reports" / slug).glob("source.*")).relative_to(project).as_posix()
    return make(site, tmp_path_factory.mktemp("hostile"), slug), inspect(project, source)
