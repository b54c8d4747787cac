"""The program as it was before figures were recorded and outlines were mended, and projects that it builds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SLUG = "qinghe-2024"
FORMER = "a7dae67"
"""The last commit whose ledger counts the figures of a sentence without recording them."""


def unpacked(folder: Path) -> Path:
    """Write the program of the commit FORMER into a folder. Skips the test where the clone's history is too short."""
    made = subprocess.run(["git", "-C", str(ROOT), "archive", FORMER], capture_output=True, check=False)
    if made.returncode:
        pytest.skip(f"the history of this clone does not reach back to {FORMER}")
    subprocess.run(["tar", "-x", "-C", str(folder)], input=made.stdout, check=True)
    return folder


def run(program: Path, project: Path, *arguments: str) -> None:
    """Run a program's build.py in a project; its lines are no lines of this one, so coverage does not follow them."""
    subprocess.run(
        [sys.executable, str(program / "build.py"), "--project", str(project), *arguments],
        check=True,
        capture_output=True,
        env={name: value for name, value in os.environ.items() if not name.startswith("COV")},
    )


def built_by(program: Path, source: Path, project: Path) -> Path:
    """A project with one report, its pages built by a program."""
    folder = project / "reports" / SLUG
    folder.mkdir(parents=True)
    shutil.copyfile(source, folder / f"source{source.suffix}")
    shutil.copyfile(program / "mkdocs.yml", project / "mkdocs.yml")
    run(program, project, "--only", "site", "--quiet")
    return project
