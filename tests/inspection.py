"""What `build.py inspect` says of a report, and the arithmetic of its spans on the untouched source text."""

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
    """The untouched text and the JSON of DESIGN.md."""

    text: str
    facts: dict[str, Any]

    @property
    def applied(self) -> list[dict[str, Any]]:
        """The repairs that the pages carry, in the order of the text; what reading left out stands in no span of it."""
        done = (r for r in self.facts["repairs"] if r["status"] == "applied" and r.get("by") != "reading")
        return sorted(done, key=lambda r: r["start"])

    @cached_property
    def edits(self) -> list[tuple[int, int, str]]:
        """(start, end, new words) of what really changes; the words that a repair shows around it stay out."""
        edits = []
        for repair in self.applied:
            before, after = repair["before"], repair["after"]
            for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
                if tag != "equal":
                    edits.append((repair["start"] + a, repair["start"] + b, after[c:d]))
        return edits

    def repaired(self, start: int = 0, end: int | None = None) -> str:
        """The characters of text[start:end] with the applied repairs inside it.

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
    """Run `build.py inspect` on a report of that project and read the text beside it."""
    done = run_build(project, "inspect", source)
    assert done.returncode == 0, done.stderr
    data = (project / source).read_bytes().removeprefix(codecs.BOM_UTF8)
    return Inspected(data.decode("utf-8"), json.loads(done.stdout))
