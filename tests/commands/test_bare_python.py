"""Tests of build.py in a Python without the required libraries, and of the set-up steps in the Makefile.

Knows that build.py restarts with the Python in .venv, or else prints the command to run. Leaves the commands to `test_commands`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import build
from tests.conftest import ROOT

STAMPS = (".venv/bin/python", ".venv/.runtime", ".venv/.dev", ".venv/.browser")
STAMPS_BESIDE = (".venv-zensical/.ready", ".venv-validators/.ready", ".venv-citations/.ready")
SOURCE = "reports/gongshu-2024/source.md"


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bare") / "environment"
    venv.create(folder)
    return folder / "bin" / "python"


def run(python: Path, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(python), *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.parametrize("arguments", [[], ["build"], ["inspect", SOURCE], ["serve"], ["publish", "--to", "served"]])
def test_build_without_libraries_or_venv_fails_with_one_line_naming_make_site(
    bare: Path, project_copy: Callable[[str], Path], arguments: list[str]
) -> None:
    project = project_copy("bare-project")
    done = run(bare, "build.py", *arguments, folder=project)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "make site" in done.stderr
    assert done.stdout == ""
    assert not (project / "site").exists()


@pytest.mark.long
def test_build_without_libraries_restarts_with_the_python_of_venv(
    bare: Path, project_copy: Callable[[str], Path]
) -> None:
    project = project_copy("bare-project")
    (project / ".venv").symlink_to(sys.prefix)
    done = run(bare, "build.py", "inspect", SOURCE, folder=project)
    assert done.returncode == 0, done.stderr
    assert '"sections"' in done.stdout
    wrong = run(bare, str(project / "build.py"), "inspect", "no-such-file.md", folder=project.parent)
    assert wrong.returncode == 1
    assert "no-such-file.md" in wrong.stderr


@pytest.mark.long
def test_venv_without_libraries_fails_with_one_line_and_no_endless_restart(
    bare: Path, project_copy: Callable[[str], Path]
) -> None:
    project = project_copy("bare-project")
    (project / ".venv").symlink_to(bare.parent.parent)
    for python in (bare, project / ".venv" / "bin" / "python"):
        done = run(python, "build.py", "build", folder=project)
        assert done.returncode == 1
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr
        assert "make site" in done.stderr


def test_venv_python_finds_the_interpreter_on_posix_and_windows(tmp_path: Path) -> None:
    for name in ("bin/python", "Scripts/python.exe"):
        path = tmp_path / ".venv" / name
        path.parent.mkdir(parents=True)
        path.touch()
    assert build.venv_python(tmp_path, "posix") == tmp_path / ".venv" / "bin" / "python"
    assert build.venv_python(tmp_path, "nt") == tmp_path / ".venv" / "Scripts" / "python.exe"
    assert build.venv_python(tmp_path / "elsewhere", "nt") is None


def test_missing_module_of_workreport_itself_shows_the_traceback(
    bare: Path, project_copy: Callable[[str], Path]
) -> None:
    """Restarting with another Python would not help against a bug of the program, so build.py does not try."""
    project = project_copy("bare-project")
    (project / "workreport" / "commands" / "__init__.py").write_text(
        "import workreport.no_such_module\n", encoding="utf-8"
    )
    done = run(bare, "build.py", folder=project)
    assert "Traceback" in done.stderr
    assert "workreport.no_such_module" in done.stderr


@pytest.mark.long
def test_python_m_build_needs_a_venv_and_then_makes_the_wheel(bare: Path, project_copy: Callable[[str], Path]) -> None:
    """In the project's root, `python -m build` imports ./build.py, which must pass control to the PyPI package `build`."""
    project = project_copy("wheel-project")
    said = run(bare, "-m", "build", folder=project)
    assert said.returncode == 1
    assert "make wheel" in said.stderr
    (project / ".venv").symlink_to(sys.prefix)
    done = run(bare, "-m", "build", "--wheel", "--no-isolation", folder=project)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = (project / "dist").glob("workreport-*.whl")
    assert "workreport/commands/__init__.py" in zipfile.ZipFile(wheel).namelist()


@pytest.fixture
def set_up(tmp_path: Path) -> Path:
    """A folder where every stamp file of the Makefile's set-up steps exists and is newer than the lock files."""
    if not shutil.which("make"):
        pytest.skip("no make")
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    for path in tmp_path.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    for number, stamp in enumerate((*STAMPS, *STAMPS_BESIDE)):
        (tmp_path / stamp).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / stamp).touch()
        os.utime(tmp_path / stamp, (1_000_000_010 + number, 1_000_000_010 + number))
    return tmp_path


def dry_run(folder: Path, target: str) -> str:
    """Return the commands that `make target` would run, without running them (`make -n`)."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(
        ["make", "-n", target], cwd=folder, env=environment, capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.parametrize("target", ["test", "test-all"])
def test_make_installs_nothing_when_all_stamp_files_are_newer_than_the_lock_files(set_up: Path, target: str) -> None:
    """`make -n` prints the pytest command and no `pip install`."""
    said = dry_run(set_up, target)
    assert "pip install" not in said
    assert "-m pytest" in said


@pytest.mark.parametrize(("lock", "targets"), [("dev", {"test", "test-all"}), ("validators", {"test-all"})])
def test_newer_lock_file_is_installed_again_by_the_make_targets_that_need_it(
    set_up: Path, lock: str, targets: set[str]
) -> None:
    (set_up / "requirements" / f"{lock}.lock").touch()
    assert {
        target for target in ("test", "test-all") if f"requirements/{lock}.lock" in dry_run(set_up, target)
    } == targets
