"""Tests that pytest collects every test file and every doctest on disk.

A folder's name or a setting in pyproject.toml could otherwise hide some of them unnoticed.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.long

PLACES = ("tests", "workreport", "tools")
LEFT_ALONE = ("tests/files/", "tests/books/")  # test data and the scripts that generated it


def has_doctest(tree: ast.Module) -> bool:
    """Return whether a docstring of the module, or of a class or function in it, contains a doctest (`>>> `)."""
    named = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return any(">>> " in (ast.get_docstring(node) or "") for node in ast.walk(tree) if isinstance(node, named))


def is_test(path: Path, tree: ast.Module) -> bool:
    """Return whether the file is named test_… and has top-level test functions."""
    return path.name.startswith("test_") and any(
        isinstance(node, ast.FunctionDef) and node.name.startswith("test_") for node in tree.body
    )


def on_disk() -> set[str]:
    """Return the paths, relative to the project's root, of all files with tests or doctests."""
    found = set()
    for path in (path for place in PLACES for path in (ROOT / place).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(LEFT_ALONE) and (is_test(path, tree) or has_doctest(tree)):
            found.add(name)
    return found


def test_pytest_collects_exactly_the_files_with_tests_or_doctests() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    collected = {line.partition("::")[0] for line in done.stdout.splitlines() if "::" in line}
    assert collected == on_disk()
    assert {"tests/build/test_add.py", "workreport/build/plan.py"} <= collected


def test_files_with_test_functions_all_have_names_that_begin_with_test() -> None:
    stray = [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if not path.name.startswith("test_") and "\ndef test_" in path.read_text(encoding="utf-8")
    ]
    assert stray == []
