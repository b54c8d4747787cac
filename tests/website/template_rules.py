"""Finds what templates compute: they loop, choose and print, and every value comes from a view.

It reads templates as Jinja2 parses them. Conditions ask whether a value is there, or is equal to or in another; `a ~ b`
prints side by side. `set` gives another name to what is allowed elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

PRINTING = {
    "anchor", "attributes", "attributes_of", "bar", "beside", "data", "id", "inside", "keys", "md", "pairs", "row_keys", "way", "ways",
    "amend", "e", "join", "lower", "safe", "tojson", "url",
}  # fmt: skip
"""Filters that only write a value: as a mark, an id, an address, a list with signs between."""
ALLOWED = PRINTING | {
    "first",  # of two ends that are printed
    "last",
    "length",  # how many rows are printed below
    "replace",  # the furniture of a page takes the place of the rules between its parts (ARCHITECTURE.md)
}
COMPARISONS = {"eq", "ne", "in", "notin"}
TESTS = {"defined", "none"}
PARENT = "super"
"""What prints the block of the template that this one extends."""
WRITER = "marks"
"""`website.pages.marked_text.PageMarks`, whose methods write the lines of sentences and collect their links."""


def computed(source: str, name: str) -> list[tuple[int, str]]:
    """Return the places of a template that compute, each as its line and what to do; `name` is its path in `templates/`.

    >>> computed("{% if a | length > 1 %}{{ b + 1 }}{% endif %}", "x.html.j2")
    [(1, 'comparison gt: ask a view'), (1, 'comparison of a value made by length: ask a view'), (1, 'arithmetic Add: ask a view')]
    >>> computed("{% set a = b.c or 'd' %}{{ a | join('、') }}{% if a == 'e' and a not in f %}{{ a ~ f }}{% endif %}", "x.html.j2")
    []
    """
    marked = name.startswith(("pages/", "marks/")) and name != "pages/design.md.j2"
    signs = {"comment_start_string": "<#", "comment_end_string": "#>"} if marked else {}
    tree = Environment(autoescape=True, **signs).parse(source)
    return sorted(_found(tree, marked=marked), key=lambda place: place[0])


def _found(tree: nodes.Template, *, marked: bool) -> Iterator[tuple[int, str]]:
    macros = {node.name for node in tree.find_all(nodes.Macro)} | {PARENT}
    modules = {node.target for node in tree.find_all(nodes.Import)} | ({WRITER} if marked else set())
    for node in tree.find_all(nodes.Node):
        match node:
            case nodes.And() | nodes.Or() | nodes.Not():
                pass
            case nodes.BinExpr() | nodes.UnaryExpr():
                yield node.lineno, f"arithmetic {type(node).__name__}: ask a view"
            case nodes.Compare():
                yield from (
                    (node.lineno, f"comparison {o.op}: ask a view") for o in node.ops if o.op not in COMPARISONS
                )
                if isinstance(node.expr, nodes.Filter):
                    yield node.lineno, f"comparison of a value made by {node.expr.name}: ask a view"
            case nodes.Slice():
                yield node.lineno, "a part of a list: ask a view"
            case nodes.Getitem() if not isinstance(node.arg, nodes.Const | nodes.Name | nodes.Slice):
                yield node.lineno, "a computed place in a list: ask a view"
            case nodes.Call() if not _is_macro(node.node, macros, modules):
                yield node.lineno, "a call of no macro: ask a view, or make it a filter that writes a value"
            case nodes.Filter() if node.name not in ALLOWED:
                yield node.lineno, f"filter {node.name}: ask a view, or add it to ALLOWED if it only writes a value"
            case nodes.Test() if node.name not in TESTS:
                yield node.lineno, f"test {node.name}: ask a view"


def _is_macro(called: nodes.Expr, macros: set[str], modules: set[str]) -> bool:
    match called:
        case nodes.Name():
            return called.name in macros
        case nodes.Getattr(node=nodes.Name()):
            return called.node.name in modules
    return False


def templates(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield every template of the project: its path in the folder `templates/`, and the file."""
    for path in sorted([*folder.rglob("*.j2"), *(folder / "overrides").rglob("*.html")]):
        yield path.relative_to(folder).as_posix(), path
