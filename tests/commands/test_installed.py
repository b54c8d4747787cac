"""Tests of the wheel: its contents, and a site built with it in a new environment and an empty folder.

Knows how to build and install the wheel. Leaves the commands themselves to `test_commands`.
"""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.site_pages import pages_of

pytestmark = pytest.mark.long

REPORT = Path(__file__).parents[1] / "books" / "qingshan-2025.txt"


def run(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([str(c) for c in command], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="module")
def wheel(project_copy: Callable[[str], Path]) -> Path:
    project = project_copy("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "wheels", folder=project)
    return next((project / "wheels").glob("*.whl"))


def test_wheel_contains_all_templates_and_vocabulary_but_no_tests_reports_or_docs(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("templates", "vocabulary"):
        for file in sorted((ROOT / folder).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                assert f"workreport/_data/{file.relative_to(ROOT).as_posix()}" in names
    assert {
        "workreport/_data/mkdocs.yml",
        "workreport/_data/MARKS.md",
        "workreport/_data/templates/site.toml",
        "workreport/commands/__init__.py",
    } <= names
    assert not [name for name in names if name.startswith(("tests/", "reports/", "docs/"))]


def test_installed_wheel_builds_a_site_from_one_report_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "environment", with_pip=True)
    python = tmp_path / "environment" / "bin" / "python"
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run(*pip, "--require-hashes", "-r", ROOT / "requirements" / "runtime.lock", folder=tmp_path)
    run(*pip, "--no-deps", wheel, folder=tmp_path)
    place = tmp_path / "empty folder"
    place.mkdir()
    workreport = python.with_name("workreport")
    run(workreport, "add", REPORT, folder=place)
    run(workreport, "build", folder=place)
    pages = pages_of(place / "site")
    assert "index.html" in pages
    assert sum("1234.5" in page.main for page in pages.values()) >= 2
    assert list((place / "archive").glob("*.zip"))
    run(workreport, "check", folder=place)
