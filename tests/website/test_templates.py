"""Tests where the markup of pages stands: in templates with short lines that compute nothing, not in strings of the program."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.website.template_rules import computed, templates

LONGEST = 160
"""The most characters of a line of a template."""
WINGS = ("website", "archive", "publish", "build")
ELEMENT = re.compile(r"<[a-z][a-z0-9]*(?: [a-z-]+(?:=|>| /?>)[^<]*|/?>)")
"""The start of an element of HTML, as a string of the program would have it."""
PATTERN = re.compile(r"\[\^|\(\?|\\[sSdw]")
"""What only a pattern has, by which finished pages are read."""
CHINESE = re.compile("[\u4e00-\u9fff]")
"""Messages name elements too."""
OTHER_NAMES = ("<span>",)
"""What takes the place of a tag while the rest of its element stays."""


def test_no_line_of_a_template_is_long() -> None:
    files = [path for path in (ROOT / "templates").rglob("*") if path.suffix in {".j2", ".html"}]
    assert len(files) > 40
    long = {
        f"{path.relative_to(ROOT)}:{number}": len(line)
        for path in sorted(files)
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)
        if len(line) > LONGEST
    }
    assert long == {}


@pytest.mark.parametrize(("name", "path"), list(templates(ROOT / "templates")))
def test_templates_compute_nothing(name: str, path: Path) -> None:
    assert computed(path.read_text(encoding="utf-8"), name) == []


@pytest.mark.parametrize(
    "source",
    [
        "{{ a * 2 }}",
        "{{ -a }}",
        "{% if a > 1 %}{% endif %}",
        "{% if a | length == 1 %}{% endif %}",
        "{{ a[1:] }}",
        "{{ a[b.c] }}",
        "{{ a.split() }}",
        "{{ range(3) }}",
        "{% for b in a | selectattr('c') %}{% endfor %}",
        "{% set a = b | sort %}",
        "{% if a is odd %}{% endif %}",
    ],
)
def test_what_a_template_computes_is_found(source: str) -> None:
    assert computed(source, "x.html.j2")


@pytest.mark.parametrize(
    "page", [path for path in sorted((ROOT / "templates" / "pages").glob("*.md.j2")) if path.name != "design.md.j2"]
)
def test_template_of_a_kind_lays_out_each_part_that_its_pages_have(page: Path) -> None:
    source = page.read_text(encoding="utf-8")
    kind = re.findall(r"^template: (\S+)$", source, re.MULTILINE)
    assert len(kind) == 1
    layout = (ROOT / "templates" / "overrides" / kind[0]).read_text(encoding="utf-8")
    laid = set(re.findall('<hr class="([^"]+)" />', layout))
    parts = [f"{what}-{name}" for what, name in re.findall(r"^\{(begins|ends|inserts)=(.*)\}$", source, re.MULTILINE)]
    named = [re.sub(r"\{\{.*?\}\}", "[a-z-]+", part) for part in parts]  # some names are those of a view
    assert {part for part in named if not any(re.fullmatch(part, one) for one in laid)} == set()
    assert {one for one in laid if not any(re.fullmatch(part, one) for part in named)} == set()


def strings(source: str) -> Iterator[tuple[int, str]]:
    """Yield the texts in a module's code with their lines; no docstring.

    >>> list(strings('"a"\\nb = f"<p id={c}>"\\n'))
    [(2, '<p id='), (2, '>')]
    """
    tree = ast.parse(source)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def elements_in(source: str) -> list[tuple[int, str]]:
    """Return the texts of a module that are markup of a page, with their lines.

    >>> elements_in("a = f'<meta name={b}>'; c = '<title>([^<]*)'; d = '<html> 没有语言'; e = '<p>'")
    [(1, '<meta name='), (1, '<p>')]
    """
    return sorted(
        (line, text)
        for line, text in strings(source)
        if ELEMENT.search(text) and not (PATTERN.search(text) or CHINESE.search(text) or text in OTHER_NAMES)
    )


def test_no_string_of_the_program_is_markup_of_a_page() -> None:
    files = [path for wing in WINGS for path in sorted((ROOT / "workreport" / wing).rglob("*.py"))]
    assert len(files) > 100
    found = {path.relative_to(ROOT).as_posix(): elements_in(path.read_text(encoding="utf-8")) for path in files}
    # The list of the files of an EPUB is a constant of that format, and no page.
    found.pop("workreport/archive/epub.py")
    assert {name: places for name, places in found.items() if places} == {}
