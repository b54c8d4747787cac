"""Runs `build.py inspect` on a report for tests.

Knows how to apply the repairs in its JSON to the source text. Leaves every assertion to the tests.
"""

from __future__ import annotations

import codecs
import json
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.conftest import run_build


@dataclass(frozen=True)
class Inspected:
    """A report's unchanged source text (`text`) and the JSON that `build.py inspect` printed for the report (`facts`)."""

    text: str
    facts: dict[str, Any]

    @property
    def applied(self) -> list[dict[str, Any]]:
        """The applied repairs in the order of the text, without those for text that was left out when the file was read.

        The source text does not contain such left-out text, so no span can mark it.
        """
        done = (r for r in self.facts["repairs"] if r["status"] == "applied" and r.get("by") != "reading")
        return sorted(done, key=lambda r: r["start"])

    @cached_property
    def edits(self) -> list[tuple[int, int, str]]:
        """The applied changes as (start, end, new text) of `text`, without the unchanged context inside a repair."""
        edits = []
        for repair in self.applied:
            before, after = repair["before"], repair["after"]
            for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
                if tag != "equal":
                    edits.append((repair["start"] + a, repair["start"] + b, after[c:d]))
        return edits

    def repaired(self, start: int = 0, end: int | None = None) -> str:
        """Return text[start:end] with the applied changes that lie wholly inside that range.

        >>> repair = {"start": 0, "end": 5, "before": "00余\\n家", "after": "00余家", "status": "applied"}
        >>> Inspected("4200余\\n家", {"repairs": [{**repair, "start": 2, "end": 7}]}).repaired(0, 7)
        '4200余家'
        """
        end = len(self.text) if end is None else end
        pieces, at = [], start
        for first, last, words in self.edits:
            if start <= first and last <= end and at <= first:
                pieces += [self.text[at:first], words]
                at = last
        return "".join([*pieces, self.text[at:end]])


def inspect(project: Path, source: str) -> Inspected:
    """Run `build.py inspect` on the report file `source` of a project; return the file's text and the printed JSON."""
    done = run_build(project, "inspect", source)
    assert done.returncode == 0, done.stderr
    data = (project / source).read_bytes().removeprefix(codecs.BOM_UTF8)
    return Inspected(data.decode("utf-8"), json.loads(done.stdout))
