"""Knows what a reader can search: every sentence with its page, as one script file that also loads from a disk.

Leaves matching to `templates/assets/search.js`, which folds text and query alike, and the pages to `pages`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from workreport import addresses
from workreport.model import Publication, Reading, Section

NAME = "workreportIndex"
"""The global that the script sets."""

Row = tuple[str, int, str, int]
"""A sentence: id, position of its section in the list of sections, text, 1 for a heading."""


def index_script(publication: Publication) -> str:
    """The text of `assets/search-index.js`.

    `sections` are [page, label, report]; the report's name is "" where there is only one. Sentences of a passage
    repeated by mistake are left out, as are the editor's notes.
    """
    sections: list[tuple[str, str, str]] = []
    sentences: list[Row] = []
    for reading in publication.readings:
        name = reading.meta.name if len(publication.readings) > 1 else ""
        places = {}
        for section in [None, *reading.outline.walk()]:
            places[section.id if section else ""] = len(sections)
            sections.append((addresses.report(reading, section.id if section else ""), label(section), name))
        sentences += rows(reading, places)
    data = json.dumps({"sections": sections, "sentences": sentences}, ensure_ascii=False, separators=(",", ":"))
    return f"globalThis.{NAME}={_script_safe(data)};\n"


def rows(reading: Reading, places: dict[str, int]) -> Iterator[Row]:
    """The sentences that are searched, in the order of the text."""
    for sentence in reading.outline.sentences():
        if not sentence.in_copy:
            yield sentence.id, places[sentence.section], sentence.text, int(sentence.heading)


def label(section: Section | None) -> str:
    """How results name a section: （三）市场活力加速重振; what stands before the first part is 开篇."""
    return f"{section.number}{section.title}" if section else "开篇"


def _script_safe(data: str) -> str:
    # Lone surrogates cannot be written, two line separators end a line in old engines, and < could end a script.
    return re.sub("[<\u2028\u2029\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", data)
