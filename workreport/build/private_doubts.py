"""Knows the doubts about a source that only the publisher is told: possible typos, marks without a partner.

A build stores them in `.workreport/`, so that `check` can name them without reading the reports. Leaves finding them to
`analysis.faults`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from workreport.analysis.faults import for_the_public
from workreport.model import Fault, Reading
from workreport.project import writer

STORED = "doubts.json"
"""The file in `.workreport/`: for each slug the Chinese lines of its doubts."""
_LONGEST_QUOTE = 30
"""The most characters of a quote that are shown."""
MOST = 8
"""The most doubts that are named for one report."""


def line(fault: Fault) -> str:
    """One fault as a Chinese line: its note and its quote."""
    return f"{fault.note}（“{fault.quote[:_LONGEST_QUOTE]}”）"


def lines(reading: Reading) -> tuple[str, ...]:
    """The doubts of a report that its pages do not show, at most MOST of them, then how many more there are."""
    shown = set(for_the_public(reading.faults))
    private = [f for f in reading.faults if f not in shown and f.confidence == "medium"]
    more = (f"另有 {len(private) - MOST} 处，见 build.py inspect",) if len(private) > MOST else ()
    return (*map(line, private[:MOST]), *more)


def store(cache: Path, doubts: Mapping[str, Sequence[str]]) -> None:
    """Store the doubts of all reports of a build, by slug, in its folder of caches."""
    writer.write_text(cache / STORED, json.dumps({slug: rows for slug, rows in doubts.items() if rows}))


def stored(root: Path) -> tuple[str, ...]:
    """The doubts of the last build as Chinese lines; none if there was no build, or its file is damaged."""
    path = root / writer.WORK / STORED
    try:
        doubts = json.loads(path.read_text(encoding="utf-8"))
        rows = [f"reports/{slug}/：{row}" for slug, found in doubts.items() for row in found]
    except (OSError, ValueError, AttributeError, TypeError):
        return ()
    return ("以下疑点只在这里提示，页面不显示：", *(f"  {row}" for row in rows)) if rows else ()
