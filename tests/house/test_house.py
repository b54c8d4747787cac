"""Tests of the repository as a whole: import order, linting, types, generated pages, lock files, README pictures.

Knows the tools that check each of these. Leaves limits on files, functions and names to `test_house_rules`.
"""

from __future__ import annotations

import ast
import filecmp
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.conftest import ROOT, copy_project, run_build
from tools import architecture

LOCKS = ROOT / "requirements"
MACHINE = re.compile(r"(?<![\w./-])/(?:work|farm|root|tmp|home/\w+|Users/\w+)/")
"""Absolute paths that exist on one machine only; no file of the project may contain one."""
ADDRESS = re.compile(r"(?:[a-z+]+://)|--(?:extra-)?index-url|--find-links|--trusted-host")
OUTPUTS = {"site", "archive", "dist", "build"}
PICTURES = {".png", ".jpg", ".ico", ".webp", ".woff2", ".zip"}
TOOLS = {"playwright", "pytest", "hypothesis"}


def run(*command: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NO_COLOR": "1", "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def tool(name: str) -> str:
    """Return the path of a command-line tool installed in the same environment as this Python."""
    return str(Path(sys.executable).with_name(name))


def files() -> list[Path]:
    """Return the project's files: those that git does not ignore, or without git all but outputs, caches and environments."""
    listed = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if listed.returncode == 0 and listed.stdout:
        return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]
    return [path for path in ROOT.rglob("*") if path.is_file() and not hidden(path.relative_to(ROOT))]


def hidden(path: Path) -> bool:
    return path.parts[0] in OUTPUTS or any(
        part == "__pycache__" or part.startswith((".venv", ".git", ".workreport", ".hypothesis")) or "_cache" in part
        for part in path.parts
    )


def test_import_contracts_of_pyproject_hold() -> None:
    done = run(tool("lint-imports"), "--no-cache")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.long
@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("model/kinds.py", "from workreport.ingest import formats", "The wings are in order"),
        ("ingest/outline.py", "import mkdocs", "Only rendering knows MkDocs"),
        ("ingest/formats/__init__.py", "import jinja2", "Only the website and the forms know Jinja2"),
        ("newcomer.py", '"""A wing that no contract names."""', "The wings are in order"),
    ],
)
def test_forbidden_import_breaks_the_named_import_contract(
    tmp_path: Path, module: str, line: str, contract: str
) -> None:
    project = copy_project(tmp_path / "project")
    file = project / "workreport" / module
    old = file.read_text(encoding="utf-8") if file.is_file() else ""
    file.write_text(f"{old}\n{line}\n", encoding="utf-8")
    done = run(tool("lint-imports"), "--no-cache", folder=project)
    assert done.returncode != 0
    assert re.search(rf"{contract}.* BROKEN", done.stdout), done.stdout + done.stderr


def test_model_imports_only_the_standard_library_and_workreport() -> None:
    for path in (ROOT / "workreport" / "model").glob("*.py"):
        others = imported(path) - sys.stdlib_module_names
        assert others <= {"workreport"}, path.name


def test_ruff_check_finds_nothing() -> None:
    done = run(sys.executable, "-m", "ruff", "check", "--no-cache", ".")
    assert done.returncode == 0, done.stdout


def test_ruff_format_would_change_no_file() -> None:
    done = run(sys.executable, "-m", "ruff", "format", "--check", "--no-cache", ".")
    assert done.returncode == 0, done.stdout


@pytest.mark.long
def test_mypy_finds_no_error() -> None:
    done = run(sys.executable, "-m", "mypy")
    assert done.returncode == 0, done.stdout


def test_no_regular_expression_has_a_possessive_quantifier_on_a_group() -> None:
    """Python before 3.11.5 (Debian 12 has 3.11.2) matches `(…)*+` wrongly; use an atomic group, `(?>(…)*)`, instead."""
    possessive = re.compile(r"(?<!\\)\)(?:[*+?]|\{\d*,?\d*\})\+(?![+=])")
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in sorted((ROOT / "workreport").rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if possessive.search(line)
    ]
    assert found == []


def test_every_module_of_workreport_has_a_docstring() -> None:
    for path in sorted((ROOT / "workreport").rglob("*.py")):
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        assert docstring, f"{path.relative_to(ROOT)} has no opening docstring"


def test_module_table_in_architecture_md_is_current() -> None:
    done = run(sys.executable, "tools/architecture.py", "--check")
    assert done.returncode == 0, done.stderr


@pytest.mark.long
def test_architecture_page_differs_after_the_module_table_changes() -> None:
    page = f"# A\n\n{architecture.BEGIN}\n\n{architecture.table(ROOT / 'workreport')}\n\n{architecture.END}\n"
    assert architecture.renewed(page, architecture.table(ROOT / "workreport")) == page
    assert architecture.renewed(page, "| another |") != page


@pytest.mark.parametrize("lock", sorted(LOCKS.glob("*.lock")), ids=lambda path: path.name)
def test_lock_files_contain_pinned_versions_with_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert not ADDRESS.search(text)
    pinned = re.findall(r"^[\w.-]+(?:\[[\w,]+\])?==\S+", text, flags=re.MULTILINE)
    stanzas = re.split(r"\n(?=\S)", text.strip())
    assert len(pinned) == len(stanzas) > 5
    assert all("--hash=sha256:" in stanza for stanza in stanzas)


def test_dev_lock_contains_every_version_of_the_runtime_lock() -> None:
    def versions(name: str) -> set[str]:
        return set(re.findall(r"^\S+==.*?(?= \\)", (LOCKS / name).read_text(encoding="utf-8"), flags=re.MULTILINE))

    assert versions("runtime.lock") <= versions("dev.lock")


def test_runtime_lock_contains_every_dependency_of_pyproject_and_no_test_tool() -> None:
    facts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    required = {re.split(r"[^\w.-]", line)[0].lower() for line in facts["project"]["dependencies"]}
    locked = set(re.findall(r"^([\w.-]+)==", (LOCKS / "runtime.lock").read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert required <= locked
    assert not TOOLS & locked


def test_desk_lock_contains_the_runtime_lock_and_every_dependency_of_the_extra() -> None:
    facts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    required = {re.split(r"[^\w.-]", line)[0].lower() for line in facts["project"]["optional-dependencies"]["desk"]}
    pins = {
        name: set(re.findall(r"^(\S+?)==(\S+)", (LOCKS / name).read_text(encoding="utf-8"), flags=re.MULTILINE))
        for name in ("runtime.lock", "desk.lock", "dev.lock")
    }
    assert required <= {name for name, _ in pins["desk.lock"]}
    assert pins["runtime.lock"] <= pins["desk.lock"] <= pins["dev.lock"]
    assert not TOOLS & {name for name, _ in pins["desk.lock"]}


def test_every_library_that_workreport_imports_is_declared_in_pyproject() -> None:
    facts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = [*facts["project"]["dependencies"], *facts["project"]["optional-dependencies"]["desk"]]
    declared = {re.split(r"[^\w.-]", line)[0].lower() for line in lines}
    homes = packages_distributions()
    for path in sorted((ROOT / "workreport").rglob("*.py")):
        for name in sorted(imported(path) - sys.stdlib_module_names - {"workreport"}):
            own = {home.lower() for home in homes[name]}
            assert own & (declared | {"markupsafe", "werkzeug"}), (
                f"{path.name} imports {name}"
            )  # Jinja2 and Flask depend on them


def imported(path: Path) -> set[str]:
    """Return the top-level names (`a` of `a.b`) of everything that a module imports, inside functions too."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
    names |= {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module and not n.level}
    return {name.split(".")[0] for name in names}


def test_no_file_contains_an_absolute_path_of_one_machine() -> None:
    named = []
    for path in files():
        if path.suffix in PICTURES or path.suffix == ".lock":
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if MACHINE.search(line):
                named.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert named == []


def differences(one: Path, other: Path) -> list[str]:
    """Return the paths of files that are in one folder only or whose bytes differ, sorted."""
    names = {p.relative_to(f).as_posix() for f in (one, other) for p in f.rglob("*") if p.is_file()}
    _, differing, missing = filecmp.cmpfiles(one, other, sorted(names), shallow=False)
    return sorted(differing + missing)


def test_committed_docs_equal_what_a_build_generates(built_project: Path) -> None:
    """docs/ and mkdocs.generated.yml in the repository are byte for byte what a build generates from the reports in it."""
    assert differences(ROOT / "docs", built_project / "docs") == []
    generated = "mkdocs.generated.yml"
    assert (ROOT / generated).read_bytes() == (built_project / generated).read_bytes()


def test_both_readmes_mention_every_command_of_build_py() -> None:
    said = run_build(ROOT, "--help").stdout
    listed = re.findall(r"^ {4}([a-z]+)\s", said, flags=re.MULTILINE)
    assert {"build", "add", "inspect", "serve", "check", "clean"} <= set(listed), said
    for page in ("README.md", "README.zh-CN.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        assert [c for c in listed if f"build.py {c}" not in text] == [], page


def test_every_picture_linked_in_the_readmes_is_a_png_file() -> None:
    for page in ("README.md", "README.zh-CN.md"):
        pictures = re.findall(r"!\[[^\]]*\]\(([^)\s]+)", (ROOT / page).read_text(encoding="utf-8"))
        assert pictures, page
        for picture in pictures:
            assert (ROOT / picture).read_bytes()[:8] == b"\x89PNG\r\n\x1a\n", picture
