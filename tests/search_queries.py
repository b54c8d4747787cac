"""Reads the search queries in tests/search and the search index of a site.

Knows each query's correct answers. Leaves running the queries to the tests and the benchmark.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "search"


@dataclass(frozen=True, slots=True)
class Query:
    """One search query (`words`) with its kind and its correct answers.

    `right` holds the opening characters of every sentence that should be found, in the order of the text; `offer` is the
    first suggestion that the page should show after 您是不是要找, or None.
    """

    words: str
    kind: str
    right: tuple[str, ...]
    offer: str | None


def queries(*names: str) -> list[Query]:
    """Return the queries of `tests/search/<name>.toml` in file order; without names, those of all files in the folder."""
    paths = [FOLDER / f"{n}.toml" for n in names] if names else sorted(FOLDER.glob("*.toml"))
    rows = (row for path in paths for row in tomllib.loads(path.read_text(encoding="utf-8"))["query"])
    return [Query(row["words"], row["kind"], tuple(row["right"]), row.get("offer")) for row in rows]


def unspaced(text: str) -> str:
    """Return the text without whitespace.

    >>> unspaced("冯 晶")
    '冯晶'
    """
    return "".join(text.split())


def named(openings: Iterable[str], sentences: Mapping[str, str]) -> list[str]:
    """Return the ids of the sentences (a dict from id to text) that start with the given openings.

    ValueError if an opening matches no sentence or several.

    >>> named(["一、"], {"s1": "一、回顾", "s2": "二、任务"})
    ['s1']
    """
    ids = []
    for opening in openings:
        found = [name for name, text in sentences.items() if unspaced(text).startswith(opening)]
        if len(found) != 1:
            raise ValueError(f"{len(found)} sentences start with {opening!r}; exactly 1 is expected")
        ids += found
    return ids


def index_of(site: Path) -> dict[str, list[dict[str, list[list[object]]]]]:
    """Return the JSON value in a site's assets/search-index.js, the first script of the search index."""
    script = (site / "assets" / "search-index.js").read_text(encoding="utf-8")
    head = "globalThis.workreportIndex="
    assert script.startswith(head)
    index: dict[str, list[dict[str, list[list[object]]]]] = json.loads(script.removeprefix(head).rstrip(";\n"))
    return index


def sentences_of(site: Path) -> dict[str, str]:
    """Return a dict from id to text of every searchable sentence, in text order. The site must have exactly one report."""
    (report,) = index_of(site)["data"]
    return {str(row[0]): str(row[2]) for row in report["sentences"]}
