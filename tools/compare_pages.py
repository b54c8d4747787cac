"""Compares the pages of two sites as trees: `compare_pages.py BEFORE AFTER`.

White space between elements, the order of attributes and of classes, and letters written as character references do not
count. Prints the first differing places of each page; the exit code is 0 if all pages are equal, 1 if one differs or is on
one side only. Knows what counts as equal. Leaves building the sites to `build.py`.
"""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

_BOOLEAN = {"hidden", "disabled", "open"}
_SPACE = re.compile(r"[ \t\r\n]+")


def tree_lines(html: str) -> list[str]:
    """Return a page as one line for each element and text, in their order, each behind the depth it stands at.

    >>> tree_lines("<p id=a class='y x'>1\\n 2</p>")[3:]
    ['2 <p class="x y" id="a">', '3 1 2']
    """
    root = LexborHTMLParser(html).root
    return list(_lines(root, 0)) if root else []


def _lines(node: LexborNode, depth: int) -> Iterator[str]:
    values = {key: value or "" for key, value in node.attributes.items()}
    for key in _BOOLEAN & set(values):
        values[key] = ""
    if "class" in values:
        values["class"] = " ".join(sorted(values["class"].split()))
    shown = "".join(f' {key}="{value}"' for key, value in sorted(values.items()))
    yield f"{depth} <{node.tag}{shown}>"
    for child in node.iter(include_text=True):
        if child.tag != "-text":
            yield from _lines(child, depth + 1)
        elif words := _words(child.text_content or "", node.tag or ""):
            yield f"{depth + 1} {words}"


def _words(text: str, tag: str) -> str:
    """Return the text of a node: "" for a line break between elements; line breaks at its ends do not count."""
    if tag in ("script", "style", "pre"):
        return text
    return _SPACE.sub(" ", re.sub(r"^\s*\n\s*|\s*\n\s*$", "", text))


def differences(before: str, after: str) -> list[str]:
    """Return the lines that differ between two pages, each behind - or +."""
    lines = difflib.unified_diff(tree_lines(before), tree_lines(after), "", "", lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--shown", type=int, default=6, metavar="N", help="how many lines of each page to print")
    given = parser.parse_args(arguments)
    pages = sorted(
        {path.relative_to(side).as_posix() for side in (given.before, given.after) for path in side.rglob("*.html")}
    )
    equal = 0
    for name in pages:
        files = [side / name for side in (given.before, given.after)]
        if not all(file.is_file() for file in files):
            print(f"ONE SIDE ONLY {name}")
            continue
        found = differences(*(file.read_text(encoding="utf-8") for file in files))
        equal += not found
        if found:
            print(f"DIFFERENT {name}: {len(found)} lines")
            print("\n".join(f"    {line[:300]}" for line in found[: given.shown]))
    print(f"{equal} of {len(pages)} pages are equal")
    return 0 if equal == len(pages) else 1


if __name__ == "__main__":
    sys.exit(main())
