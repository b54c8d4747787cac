"""Tests of the project's structural rules.

Knows the limits: few top-level entries in the package, `__init__.py` files that only re-export, short files and functions,
class and module names used once, no circular imports. Leaves linting and import order to `test_house`.
"""

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
MOST_ENTRIES, MOST_LINES, MOST_FUNCTION_LINES = 13, 400, 60
READ, WRITTEN = PACKAGE / "ingest" / "formats", PACKAGE / "archive"
"""A format reader in READ and an archive form in WRITTEN may share a module name (`pdf`)."""


def code_files(root: Path = ROOT) -> Iterator[Path]:
    """Yield every handwritten Python, CSS and JavaScript file below `root`, without installed packages and caches."""
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


def more_than_re_exports(tree: ast.Module) -> list[int]:
    """Return the line numbers of statements in an `__init__.py` that do more than re-export.

    Allowed are a docstring, imports, `__all__` and `__version__`.
    """
    return [node.lineno for node in tree.body if not _is_re_export(node)]


def _is_re_export(node: ast.stmt) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Expr(ast.Constant(str())):
            return True
        case ast.Assign(targets=[ast.Name("__all__" | "__version__")]):
            return True
    return False


def long_functions(tree: ast.Module) -> list[tuple[str, int]]:
    """Return (name, number of lines) of each function over MOST_FUNCTION_LINES; decorators and docstrings count."""
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    sized = (
        (f.name, (f.end_lineno or f.lineno) - min([f.lineno, *(d.lineno for d in f.decorator_list)]) + 1)
        for f in functions
    )
    return [(name, lines) for name, lines in sized if lines > MOST_FUNCTION_LINES]


def classes(tree: ast.Module) -> list[str]:
    return [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]


def in_several_files(places: dict[str, list[Path]]) -> dict[str, list[str]]:
    """Return the names that belong to more than one file, each with the paths of its files."""
    return {name: [named(path) for path in paths] for name, paths in sorted(places.items()) if len(paths) > 1}


def test_package_has_at_most_13_top_level_entries() -> None:
    entries = [path.name for path in PACKAGE.iterdir() if path.name not in ("__init__.py", "__pycache__", "_data")]
    assert len(entries) <= MOST_ENTRIES, sorted(entries)


def test_every_init_file_of_workreport_only_re_exports() -> None:
    found = {named(path): more_than_re_exports(parsed(path)) for path in sorted(PACKAGE.rglob("__init__.py"))}
    assert len(found) > 5
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize("line", ["def run(): pass", "LIMIT = 3", "class A: pass", "if True: import os"])
def test_statement_other_than_import_or_all_in_an_init_file_is_found(line: str) -> None:
    assert more_than_re_exports(ast.parse(f'"""A face."""\nimport os\n__all__ = ["os"]\n{line}\n')) == [4]


def test_no_code_file_is_over_400_lines() -> None:
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in code_files()}
    assert len(lengths) > 200
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def test_no_function_is_over_60_lines() -> None:
    found = {
        f"{named(path)}: {name}": lines
        for path in code_files()
        if path.suffix == ".py"
        for name, lines in long_functions(parsed(path))
    }
    assert found == {}


def test_function_over_60_lines_with_its_decorators_is_found() -> None:
    body = "\n".join("    x = 1" for _ in range(MOST_FUNCTION_LINES - 1))
    assert long_functions(ast.parse(f"def f():\n{body}\n")) == []
    assert long_functions(ast.parse(f"@a\ndef f():\n{body}\n")) == [("f", MOST_FUNCTION_LINES + 1)]


def test_class_names_in_workreport_are_unique() -> None:
    places: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(PACKAGE.rglob("*.py")):
        for name in classes(parsed(path)):
            places[name].append(path)
    assert len(places) > 100
    assert in_several_files(places) == {}


def test_module_names_in_workreport_are_unique() -> None:
    """A package counts as a module. A format reader and an archive form may share a name."""
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
    assert in_several_files({name: paths for name, paths in places.items() if name not in shared}) == {}


def _below(path: Path, folder: Path) -> bool:
    """Return whether a module, or a package given by its `__init__.py`, lies directly in `folder`."""
    return (path.parent.parent if path.name == "__init__.py" else path.parent) == folder


def test_workreport_has_no_circular_imports() -> None:
    assert circles(import_graph(PACKAGE)) == []


def test_modules_that_import_each_other_are_found_as_one_circle() -> None:
    graph = {"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}
    assert circles(graph) == [["b", "c"]]


def import_graph(package: Path) -> dict[str, set[str]]:
    """Return a dict from each module of the package to the modules it imports, in functions and under TYPE_CHECKING too."""
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
    """Return the groups of modules that import each other in a circle, each group sorted.

    They are the strongly connected components with more than one module (Tarjan's algorithm).
    """
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
