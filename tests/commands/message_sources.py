"""Collects the Chinese messages of the program's code, as they are written in `templates/messages/en.toml`.

A message is a text or f-string with Chinese characters, with {} for each value that it holds. All texts of the modules in
MODULES are messages, since these modules speak to the user only; of all other modules, those in a `raise` statement.
The pages of the desk are in Chinese throughout, and so is what its modules tell there.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.conftest import ROOT

PACKAGE = ROOT / "workreport"
MODULES = (
    "commands/*.py", "project/errors.py", "desk/desk_server.py", "project/toml_files.py", "project/settings.py", "project/report_settings.py", "project/plain_tree.py", "project/writer/*.py",
    "build/*.py", "publish/publishing.py", "publish/current_site.py", "publish/publish_job.py", "publish/publish_result.py", "publish/record.py",
    "publish/link_switch.py", "publish/pointer_switch.py", "verify/*.py", "analysis/overrides.py", "analysis/word_files.py",
    "analysis/name_words.py", "analysis/measure_words.py", "analysis/toml_slips.py", "comparison/comparison_words.py", "comparison/place_edits.py",
    "ingest/repair.py", "ingest/limited_process.py", "ingest/formats/native.py", "ingest/formats/reading.py", "ingest/formats/format_table.py", "ingest/formats/sidecar.py",
    "ingest/formats/docx_remarks.py", "archive/making.py", "archive/signing.py", "archive/sums.py", "website/rendering/mkdocs_run.py",
    "website/tokens.py", "website/marks/mark_error.py",
)  # fmt: skip
CHINESE = re.compile("[\u4e00-\u9fff]")


def form(template: str) -> str:
    """Return a template with {} for each of its values, whatever their names.

    >>> form("端口 {port} {reason}。")
    '端口 {} {}。'
    """
    return re.sub(r"\{[^{}]*\}", "{}", template)


def messages() -> dict[str, str]:
    """Return every message of the program's code, with the place where it stands: file and line."""
    spoken = {path for pattern in MODULES for path in PACKAGE.glob(pattern)}
    found: dict[str, str] = {}
    told_on_pages = set(PACKAGE.glob("desk/*.py")) - spoken
    for path in sorted(set(PACKAGE.rglob("*.py")) - told_on_pages):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for text, line in _texts(tree, everywhere=path in spoken):
            found.setdefault(text, f"{path.relative_to(ROOT).as_posix()}:{line}")
    return found


def _texts(tree: ast.Module, *, everywhere: bool) -> Iterator[tuple[str, int]]:
    """Yield the messages of a module with their lines; unless `everywhere`, those of its `raise` statements only."""
    starts = [tree] if everywhere else [node for node in ast.walk(tree) if isinstance(node, ast.Raise)]
    left_out = {id(part) for node in ast.walk(tree) for part in _no_messages(node)}
    for start in starts:
        for node in ast.walk(start):
            if id(node) in left_out:
                continue
            text = _template(node)
            if text and CHINESE.search(text) and not text.startswith("# "):  # a comment for a file of the publisher
                yield text, getattr(node, "lineno", 0)


def _no_messages(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what is below a node and is no message of its own: docstrings, the parts of an f-string, patterns."""
    if isinstance(node, ast.Expr):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield from (part for part in node.values if isinstance(part, ast.Constant))
    elif isinstance(node, ast.Call) and ast.unparse(node.func) in (
        "re.compile",
        "re.sub",
        "re.fullmatch",
        "re.match",
        "re.search",
    ):
        yield from (part for argument in node.args for part in ast.walk(argument))
    elif isinstance(node, ast.Compare):
        yield from ast.walk(node)


def _template(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value.replace("{", "{{").replace("}", "}}") if "{" in node.value else node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return ""
