"""The queries of tests/search with their true answers, as values. Leaves asking them to the tests and the benchmark."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "search"


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked, of which kind, and how every sentence opens that is right, in the order of the text."""

    words: str
    kind: str
    right: tuple[str, ...]
    offer: str | None


def queries(*names: str) -> list[Query]:
    """The queries of `tests/search/<name>.toml`, in their order; of all files where none is named."""
    paths = [FOLDER / f"{n}.toml" for n in names] if names else sorted(FOLDER.glob("*.toml"))
    rows = (row for path in paths for row in tomllib.loads(path.read_text(encoding="utf-8"))["query"])
    return [Query(row["words"], row["kind"], tuple(row["right"]), row.get("offer")) for row in rows]


def unspaced(text: str) -> str:
    """The text without white space.

    >>> unspaced("冯 晶")
    '冯晶'
    """
    return "".join(text.split())


def named(openings: Iterable[str], sentences: Mapping[str, str]) -> list[str]:
    """The ids of the sentences (id to text) that open so. An opening of no or several sentences is an error.

    >>> named(["一、"], {"s1": "一、回顾", "s2": "二、任务"})
    ['s1']
    """
    ids = []
    for opening in openings:
        found = [name for name, text in sentences.items() if unspaced(text).startswith(opening)]
        if len(found) != 1:
            raise ValueError(f"{len(found)} sentences open with {opening!r}")
        ids += found
    return ids


def index_of(site: Path) -> dict[str, list[list[dict[str, list[list[object]]]]]]:
    """What the first script of a site's index sets, with one report in it."""
    script = (site / "assets" / "search-index.js").read_text(encoding="utf-8")
    head = "globalThis.workreportIndex="
    assert script.startswith(head)
    index: dict[str, list[list[dict[str, list[list[object]]]]]] = json.loads(script.removeprefix(head).rstrip(";\n"))
    return index


def sentences_of(site: Path) -> dict[str, str]:
    """Id to text of every sentence that is searched, in the order of the text; of a site with one report."""
    (report,) = index_of(site)["data"][0]
    return {str(row[0]): str(row[2]) for row in report["sentences"]}
