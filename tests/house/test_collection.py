"""pytest collects every test file and every doctest on disk: no folder's name and no setting hides one."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.long

PLACES = ("tests", "workreport", "tools")
LEFT_ALONE = ("tests/files/", "tests/books/")  # scripts that made what tests read


def has_doctest(tree: ast.Module) -> bool:
    """Whether a docstring of the module, or of a class or function in it, has an example."""
    named = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return any(">>> " in (ast.get_docstring(node) or "") for node in ast.walk(tree) if isinstance(node, named))


def is_test(path: Path, tree: ast.Module) -> bool:
    """Whether the file has test functions for pytest."""
    return path.name.startswith("test_") and any(
        isinstance(node, ast.FunctionDef) and node.name.startswith("test_") for node in tree.body
    )


def on_disk() -> set[str]:
    """The files with tests or examples, as paths from the root."""
    found = set()
    for path in (path for place in PLACES for path in (ROOT / place).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(LEFT_ALONE) and (is_test(path, tree) or has_doctest(tree)):
            found.add(name)
    return found


def test_every_file_with_tests_is_collected() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    collected = {line.partition("::")[0] for line in done.stdout.splitlines() if "::" in line}
    assert collected == on_disk()
    assert {"tests/build/test_add.py", "workreport/build/plan.py"} <= collected


def test_every_test_file_is_named_so_that_pytest_reads_it() -> None:
    stray = [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if not path.name.startswith("test_") and "\ndef test_" in path.read_text(encoding="utf-8")
    ]
    assert stray == []
