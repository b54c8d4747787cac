"""Tests that ESLint, with the rules in tests/eslint/eslint.config.mjs, finds no fault in any script."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT, npm_install
from workreport.website.pages import assets

pytestmark = pytest.mark.long
LINT = ROOT / "tests" / "eslint"
MODULES = ("tests/firefox", "benchmarks/search/libraries")
"""Folders with scripts that tests and benchmarks run in Node.js."""


@pytest.fixture(scope="module")
def eslint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which ESLint and our rules are installed."""
    folder = tmp_path_factory.mktemp("eslint")
    npm_install(LINT, folder)
    shutil.copy(LINT / "eslint.config.mjs", folder)
    return folder


def found(eslint: Path, scripts: dict[str, str]) -> dict[str, list[str]]:
    """Return the faults that ESLint finds in scripts (text by name), by script: "rule: text of the line"."""
    folder = eslint / "scripts"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, text in scripts.items():
        (folder / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["node_modules/.bin/eslint", "--format", "json", "scripts"],
        cwd=eslint,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode in (0, 1), done.stderr
    faults = {}
    for file in json.loads(done.stdout):
        name = Path(file["filePath"]).name
        lines = scripts[name].splitlines()
        if file["messages"]:
            faults[name] = [f"{m['ruleId'] or m['message']}: {lines[m['line'] - 1].strip()}" for m in file["messages"]]
    return faults


def scripts_of_the_pages() -> dict[str, str]:
    """Return the scripts as pages load them, with their parts joined: text by name."""
    made = {name: text for name, text in assets.load(ROOT / "templates" / "assets").items() if name.endswith(".js")}
    for folder in ("onefile", "preview", "publish", "verify"):
        made |= {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "templates" / folder).glob("*.js")}
    return made


def test_eslint_finds_nothing_in_the_scripts_of_the_pages(eslint: Path) -> None:
    scripts = scripts_of_the_pages()
    assert {"workreport.js", "search.js", "onefile.js", "go.js", "verify.js"} <= set(scripts)
    assert found(eslint, scripts) == {}


def test_eslint_finds_nothing_in_the_scripts_that_tests_run(eslint: Path) -> None:
    paths = [path for folder in MODULES for path in (ROOT / folder).glob("*.mjs")]
    assert len(paths) > 3
    assert found(eslint, {path.name: path.read_text(encoding="utf-8") for path in paths}) == {}


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("var a = 1; a();", "no-var"),
        ("a.forEach(function (b) { b(); });", "prefer-arrow-callback"),
        ("document.onclick = function () {};", "no-restricted-syntax"),
        ("nowhere();", "no-undef"),
        ("const unused = 1;", "no-unused-vars"),
        ("globalThis.workreportNew = 1;", "no-restricted-syntax"),
        ("window.workreportSearch.add(1);", "no-restricted-syntax"),
        ("document.title ??= 1;", "Parsing error: Unexpected token ="),
    ],
)
def test_eslint_reports_forbidden_syntax_and_names(eslint: Path, line: str, rule: str) -> None:
    faults = found(eslint, {"script.js": f'(() => {{\n"use strict";\n{line}\n}})();\n'})
    assert [words for words in faults.get("script.js", []) if words.startswith(rule)], faults
