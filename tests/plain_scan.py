"""Finds by a plain scan of all sentences what a query over several reports should find: tests/search_collection.

Knows nothing of the index or of the search: it reads sentence after sentence, with folding of its own. Leaves running the
queries to the tests and to the benchmark.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from opencc import OpenCC

from workreport.website.search.sentence_rows import SearchedReport, SentenceRow

FOLDER = Path(__file__).resolve().parent / "search_collection"
_QUOTES = set("\"'“”‘’「」『』《》〈〉·•・‧")


@dataclass(frozen=True, slots=True)
class PlainQuery:
    """A query (`words`) with the patterns that a right sentence has, and the places and years of its report if named.

    `sections`: its words also stand in several sentences of a section of which no sentence holds them all.
    """

    kind: str
    words: str
    plain: tuple[str, ...]
    places: tuple[str, ...]
    years: tuple[int, ...]
    sections: bool


def queries(places: Mapping[str, str]) -> list[PlainQuery]:
    """Return the queries of tests/search_collection/queries.toml; `places` are the names for {a}, {b} and {c}."""
    rows = tomllib.loads((FOLDER / "queries.toml").read_text(encoding="utf-8"))["query"]
    return [
        PlainQuery(
            row["kind"],
            row["words"].format(**places),
            tuple(row["plain"]),
            tuple(name.format(**places) for name in row.get("places", ())),
            tuple(row.get("years", [row["year"]] if "year" in row else [])),
            row.get("sections", False),
        )
        for row in rows
    ]


@cache
def _simplified() -> OpenCC:
    return OpenCC("t2s")


def folded(text: str) -> str:
    """Return a text in simplified characters, small letters and half width, without white space, quotation marks and signs that
    nobody sees.

    >>> folded("“ＧＤＰ” 增\\u00ad長")
    'gdp增长'
    """
    made = _simplified().convert(unicodedata.normalize("NFKC", text).lower())
    return "".join(c for c in made if c not in _QUOTES and not c.isspace() and unicodedata.category(c) != "Cf")


class Scan:
    """Reports whose sentences are folded once; each answer names sentences as (number of the report, id)."""

    def __init__(self, reports: Sequence[SearchedReport]) -> None:
        self._reports = [(report, [(row, folded(row.text)) for row in report.sentences]) for report in reports]

    def right(self, query: PlainQuery) -> set[tuple[int, str]]:
        """Return the sentences that a query should find."""
        return {(n, row.id) for n, rows in self._meant(query) for row, text in rows if _holds(text, query.plain)}

    def sections(self, query: PlainQuery) -> set[tuple[int, int]]:
        """Return the sections, as (number of the report, of the section), in which the words stand in several sentences only."""
        found = set()
        for n, rows in self._meant(query):
            for section, part in groupby(rows, key=lambda one: one[0].section):
                texts = [text for _, text in part]
                each = all(any(re.search(pattern, text) for text in texts) for pattern in query.plain)
                if each and not any(_holds(text, query.plain) for text in texts):
                    found.add((n, section))
        return found

    def _meant(self, query: PlainQuery) -> Iterator[tuple[int, list[tuple[SentenceRow, str]]]]:
        for n, (report, rows) in enumerate(self._reports):
            place = not query.places or any(_named(name, report.place) for name in query.places)
            if place and (not query.years or report.year in query.years):
                yield n, rows


def _holds(text: str, patterns: Sequence[str]) -> bool:
    return all(re.search(pattern, text) for pattern in patterns)


def _named(name: str, place: str) -> bool:
    """Whether a place, or one of those that it is in, is named so, with or without its level."""
    levels = "省|市|区|县|州|盟|旗|地区|自治[区州县旗]"
    return (
        re.search(
            f"(?:^|[省市区县州盟旗]){re.escape(name)}(?:{levels}|[^省市区县州盟旗]{{0,9}}自治[区州县旗]|$)", place
        )
        is not None
    )
