"""The house is in order: one-way imports, typed and set code, current pages, locks and files that name no place."""

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
ADDRESS = re.compile(r"(?:[a-z+]+://)|--(?:extra-)?index-url|--find-links|--trusted-host")
OUTPUTS = {"site", "archive", "dist", "build"}
PICTURES = {".png", ".jpg", ".ico", ".webp", ".woff2", ".zip"}
TOOLS = {"playwright", "pytest", "hypothesis"}


def run(*command: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NO_COLOR": "1", "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def tool(name: str) -> str:
    """The path of a tool that lives beside this Python."""
    return str(Path(sys.executable).with_name(name))


def files() -> list[Path]:
    """What belongs to the project: not ignored by git (or, without git, not an output or environment)."""
    listed = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if listed.returncode == 0 and listed.stdout:
        return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]
    return [path for path in ROOT.rglob("*") if path.is_file() and not hidden(path.relative_to(ROOT))]


def hidden(path: Path) -> bool:
    return path.parts[0] in OUTPUTS or any(
        part == "__pycache__" or part.startswith((".venv", ".git", ".workreport", ".hypothesis")) or "_cache" in part
        for part in path.parts
    )


def test_imports_flow_one_way() -> None:
    done = run(tool("lint-imports"), "--no-cache")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.long
@pytest.mark.parametrize(
    ("room", "line", "contract"),
    [
        ("model/kinds.py", "from workreport.ingest import formats", "The wings are in order"),
        ("ingest/outline.py", "import mkdocs", "Only rendering knows MkDocs"),
        ("ingest/formats/__init__.py", "import jinja2", "Only the website and the forms know Jinja2"),
        ("newcomer.py", '"""A wing that no contract names."""', "The wings are in order"),
    ],
)
def test_a_wrong_import_is_seen(tmp_path: Path, room: str, line: str, contract: str) -> None:
    project = copy_project(tmp_path / "project")
    file = project / "workreport" / room
    old = file.read_text(encoding="utf-8") if file.is_file() else ""
    file.write_text(f"{old}\n{line}\n", encoding="utf-8")
    done = run(tool("lint-imports"), "--no-cache", folder=project)
    assert done.returncode != 0
    assert re.search(rf"{contract}.* BROKEN", done.stdout), done.stdout + done.stderr


def test_the_nouns_need_the_standard_library_alone() -> None:
    for path in (ROOT / "workreport" / "model").glob("*.py"):
        others = imported(path) - sys.stdlib_module_names
        assert others <= {"workreport"}, path.name


def test_the_code_is_clean() -> None:
    done = run(sys.executable, "-m", "ruff", "check", "--no-cache", ".")
    assert done.returncode == 0, done.stdout


def test_the_code_is_set() -> None:
    done = run(sys.executable, "-m", "ruff", "format", "--check", "--no-cache", ".")
    assert done.returncode == 0, done.stdout


@pytest.mark.long
def test_the_code_is_typed() -> None:
    done = run(sys.executable, "-m", "mypy")
    assert done.returncode == 0, done.stdout


def test_no_possessive_quantifier_on_a_group() -> None:
    """Python before 3.11.5 (Debian 12 has 3.11.2) matches `(…)*+` wrongly; an atomic group `(?>(…)*)` is right."""
    possessive = re.compile(r"(?<!\\)\)(?:[*+?]|\{\d*,?\d*\})\+(?![+=])")
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in sorted((ROOT / "workreport").rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if possessive.search(line)
    ]
    assert found == []


def test_every_room_opens_with_what_it_knows() -> None:
    for path in sorted((ROOT / "workreport").rglob("*.py")):
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        assert docstring, f"{path.relative_to(ROOT)} has no opening docstring"


def test_the_architecture_page_is_current() -> None:
    done = run(sys.executable, "tools/architecture.py", "--check")
    assert done.returncode == 0, done.stderr


@pytest.mark.long
def test_a_changed_room_makes_the_architecture_page_old() -> None:
    page = f"# A\n\n{architecture.BEGIN}\n\n{architecture.table(ROOT / 'workreport')}\n\n{architecture.END}\n"
    assert architecture.renewed(page, architecture.table(ROOT / "workreport")) == page
    assert architecture.renewed(page, "| another |") != page


@pytest.mark.parametrize("lock", sorted(LOCKS.glob("*.lock")), ids=lambda path: path.name)
def test_locks_hold_versions_and_hashes_alone(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert not ADDRESS.search(text)
    pinned = re.findall(r"^[\w.-]+(?:\[[\w,]+\])?==\S+", text, flags=re.MULTILINE)
    stanzas = re.split(r"\n(?=\S)", text.strip())
    assert len(pinned) == len(stanzas) >= 10
    assert all("--hash=sha256:" in stanza for stanza in stanzas)


def test_the_test_lock_agrees_with_the_runtime_lock() -> None:
    def versions(name: str) -> set[str]:
        return set(re.findall(r"^\S+==.*?(?= \\)", (LOCKS / name).read_text(encoding="utf-8"), flags=re.MULTILINE))

    assert versions("runtime.lock") <= versions("dev.lock")


def test_the_runtime_lock_holds_what_the_package_asks_for() -> None:
    facts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {re.split(r"[^\w.-]", line)[0].lower() for line in facts["project"]["dependencies"]}
    locked = set(re.findall(r"^([\w.-]+)==", (LOCKS / "runtime.lock").read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert asked <= locked
    assert not TOOLS & locked


def test_the_package_declares_what_it_imports() -> None:
    facts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = {re.split(r"[^\w.-]", line)[0].lower() for line in facts["project"]["dependencies"]}
    homes = packages_distributions()
    for path in sorted((ROOT / "workreport").rglob("*.py")):
        for name in sorted(imported(path) - sys.stdlib_module_names - {"workreport"}):
            own = {home.lower() for home in homes[name]}
            assert own & (declared | {"markupsafe"}), f"{path.name} imports {name}"  # MarkupSafe is a part of Jinja2


def imported(path: Path) -> set[str]:
    """The top names of all that a module imports, anywhere in it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
    names |= {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module and not n.level}
    return {name.split(".")[0] for name in names}


def test_no_file_names_a_place_on_a_machine() -> None:
    named = []
    for path in files():
        if path.suffix in PICTURES or path.suffix == ".lock":
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if MACHINE.search(line):
                named.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert named == []


def differences(one: Path, other: Path) -> list[str]:
    """Paths that stand in one folder only, or differ in their bytes."""
    names = {p.relative_to(f).as_posix() for f in (one, other) for p in f.rglob("*") if p.is_file()}
    _, differing, missing = filecmp.cmpfiles(one, other, sorted(names), shallow=False)
    return sorted(differing + missing)


def test_docs_are_current(built_project: Path) -> None:
    """The committed pages are what a build makes of the committed reports."""
    assert differences(ROOT / "docs", built_project / "docs") == []
    generated = "mkdocs.generated.yml"
    assert (ROOT / generated).read_bytes() == (built_project / generated).read_bytes()


def test_every_command_stands_in_both_readmes() -> None:
    said = run_build(ROOT, "--help").stdout
    listed = re.findall(r"^ {4}([a-z]+)\s", said, flags=re.MULTILINE)
    assert {"build", "add", "inspect", "serve", "check", "clean"} <= set(listed), said
    for page in ("README.md", "README.zh-CN.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        assert [c for c in listed if f"build.py {c}" not in text] == [], page


def test_pictures_of_the_readmes_exist() -> None:
    for page in ("README.md", "README.zh-CN.md"):
        pictures = re.findall(r"!\[[^\]]*\]\(([^)\s]+)", (ROOT / page).read_text(encoding="utf-8"))
        assert pictures, page
        for picture in pictures:
            assert (ROOT / picture).read_bytes()[:8] == b"\x89PNG\r\n\x1a\n", picture
