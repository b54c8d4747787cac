"""In a Python without the libraries, the commands say in one line what to run; set-up happens once."""

from __future__ import annotations

import subprocess
import venv
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bare") / "environment"
    venv.create(folder)
    return folder / "bin" / "python"


@pytest.mark.parametrize("arguments", [[], ["build"], ["inspect", "reports/gongshu-2024/source.md"], ["serve"]])
def test_it_says_what_to_run(bare: Path, project_copy, arguments: list[str]) -> None:  # type: ignore[no-untyped-def]
    project = project_copy("bare-project")
    done = subprocess.run(
        [str(bare), "build.py", *arguments], cwd=project, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "make site" in done.stderr
    assert not (project / "site").exists()


def test_set_up_runs_once() -> None:
    """With the stamps in place, make has nothing to set up again."""
    if not (ROOT / ".venv" / ".dev").is_file():
        pytest.skip("the environment was not made by make")
    asked = subprocess.run(["make", "-n", "test-all"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "pip install" not in asked
    assert "-m pytest" in asked
