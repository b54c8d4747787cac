"""The tree keeps the house's rules: few doors, faces without programs, short files and functions, one name once."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "workreport"
CODE = ("workreport", "templates", "tools", "benchmarks", "tests")
SUFFIXES = {".py", ".css", ".js"}
MOST_ENTRIES, MOST_LINES, MOST_FUNCTION_LINES = 12, 400, 60
READ, WRITTEN = PACKAGE / "ingest" / "formats", PACKAGE / "archive"
"""A format that is read and a form that is written may have one name (`pdf`)."""


def code_files(root: Path = ROOT) -> Iterator[Path]:
    """Every Python file, style and script that people write; what a tool installs or makes is left out."""
    yield root / "build.py"
    for folder in CODE:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in SUFFIXES and not {"node_modules", "__pycache__"} & set(path.parts):
                yield path


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def beyond_a_face(tree: ast.Module) -> list[int]:
    """The lines of an `__init__.py` that are more than a docstring, an import, `__all__` or `__version__`."""
    return [node.lineno for node in tree.body if not _belongs_to_a_face(node)]


def _belongs_to_a_face(node: ast.stmt) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Expr(ast.Constant(str())):
            return True
        case ast.Assign(targets=[ast.Name("__all__" | "__version__")]):
            return True
    return False


def long_functions(tree: ast.Module) -> list[tuple[str, int]]:
    """Name and length of each function over the limit; decorators and the docstring count."""
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    sized = (
        (f.name, (f.end_lineno or f.lineno) - min([f.lineno, *(d.lineno for d in f.decorator_list)]) + 1)
        for f in functions
    )
    return [(name, lines) for name, lines in sized if lines > MOST_FUNCTION_LINES]


def classes(tree: ast.Module) -> list[str]:
    return [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]


def twice(places: dict[str, list[Path]]) -> dict[str, list[str]]:
    """The names that stand in more than one file, with those files."""
    return {name: [named(path) for path in paths] for name, paths in sorted(places.items()) if len(paths) > 1}


def test_the_package_has_few_entries() -> None:
    entries = [path.name for path in PACKAGE.iterdir() if path.name not in ("__init__.py", "__pycache__", "_data")]
    assert len(entries) <= MOST_ENTRIES, sorted(entries)


@pytest.mark.parametrize("line", ["def run(): pass", "LIMIT = 3", "class A: pass", "if True: import os"])
def test_a_program_in_an_init_is_seen(line: str) -> None:
    assert beyond_a_face(ast.parse(f'"""A face."""\nimport os\n__all__ = ["os"]\n{line}\n')) == [4]


def test_a_long_function_is_seen() -> None:
    body = "\n".join("    x = 1" for _ in range(MOST_FUNCTION_LINES - 1))
    assert long_functions(ast.parse(f"def f():\n{body}\n")) == []
    assert long_functions(ast.parse(f"@a\ndef f():\n{body}\n")) == [("f", MOST_FUNCTION_LINES + 1)]


def test_no_module_name_stands_twice() -> None:
    """Packages count; a format that is read and a form that is written may share a name."""
    places: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.parent.name if path.name == "__init__.py" else path.stem
        if path.parent != PACKAGE or path.name != "__init__.py":
            places[name].append(path)
    shared = {
        name for name, paths in places.items()
        if len(paths) == 2 and any(_below(p, READ) for p in paths) and any(_below(p, WRITTEN) for p in paths)
    }  # fmt: skip
    assert len(places) > 100
    assert twice({name: paths for name, paths in places.items() if name not in shared}) == {}


def _below(path: Path, folder: Path) -> bool:
    """Whether a module (or a package, by its `__init__.py`) stands directly in this folder."""
    return (path.parent.parent if path.name == "__init__.py" else path.parent) == folder


def test_no_module_imports_in_a_circle() -> None:
    assert circles(import_graph(PACKAGE)) == []


def test_a_circle_is_seen() -> None:
    graph = {"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}
    assert circles(graph) == [["b", "c"]]


def import_graph(package: Path) -> dict[str, set[str]]:
    """Which module of the package imports which, anywhere in it: in functions and under TYPE_CHECKING too."""
    modules = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        modules[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return {name: _imported(parsed(path), modules) - {name} for name, path in modules.items()}


def _imported(tree: ast.Module, modules: dict[str, Path]) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            submodules = whole & modules.keys()
            found |= submodules | (set() if len(submodules) == len(whole) else {node.module})
    return found & modules.keys()


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """The groups of modules that reach each other (strongly connected, by Tarjan), each sorted."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        number[name] = low[name] = len(number)
        stack.append(name)
        for other in sorted(graph[name]):
            if other not in number:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], number[other])
        if low[name] == number[name]:
            at = stack.index(name)
            group, stack[at:] = sorted(stack[at:]), []
            if len(group) > 1:
                found.append(group)

    for name in sorted(graph):
        if name not in number:
            visit(name)
    return sorted(found)
