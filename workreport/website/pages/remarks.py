"""Knows the editor's notes (校勘): every repair and every doubt, where it stands in the text, what is said of it.

Leaves finding them to `repair` and `faults`. A repair shows before and after; a doubt never changes the text.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from workreport.model import Fault, Reading, Repair
from workreport.website.pages import wording

FEW = 14
"""Characters up to which a note beside the text repeats the words it is about."""

COMPARED = 400
"""Characters up to which a repair is compared word for word; a longer one shows before and after whole."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One note beside the text; `start`, `end` count the repaired text, `id` is its row on the notes page.

    `words` are those it is about, where they are few; `marked` ones get a wavy line under their words; a `quiet` one stands on the notes page and leaves no note beside.
    """

    id: str
    kind: str
    words: str
    says: str
    start: int
    end: int
    marked: bool
    quiet: bool


@dataclass(frozen=True, slots=True)
class TextChange:
    """A step from a text to its repair: words that stay, then what went and what came in its place."""

    kept: str
    removed: str
    added: str


def changes(before: str, after: str) -> tuple[TextChange, ...]:
    """The repair as steps; white space that went is made visible.

    >>> changes("4200余\\n\\n家。", "4200余家。")
    (TextChange(kept='4200余', removed='↵↵', added=''), TextChange(kept='家。', removed='', added=''))
    """
    if len(before) > COMPARED or len(after) > COMPARED:
        return (TextChange("", visible(before), after),)
    steps, kept = [], ""
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            kept = before[a:b]
            continue
        steps.append(TextChange(kept, visible(before[a:b]), after[c:d]))
        kept = ""
    return (*steps, TextChange(kept, "", "")) if kept else tuple(steps)


def visible(text: str) -> str:
    """White space that a repair took out, made to be seen: ↵ for a line break, ␣ for a space in a few characters.

    >>> visible("\\n\\n"), visible("#  ")
    ('↵↵', '#␣␣')
    """
    shown = text.replace("\r\n", "↵").replace("\n", "↵")
    return shown.replace("\t", "⇥").replace(" ", "␣") if len(text) <= FEW else shown


def repair_anchor(repair: Repair) -> str:
    """The id of a repair's row on the notes page."""
    return f"r-{repair.id}"


def fault_anchor(fault: Fault) -> str:
    """The id of a doubt's row on the notes page, made of what it says."""
    return "k-" + hashlib.sha256("\0".join((fault.kind, fault.quote, fault.note)).encode()).hexdigest()[:8]


def remarks(reading: Reading) -> tuple[Remark, ...]:
    """Everything the editor has to say, in the order of the text."""
    found = []
    for repair in reading.repairs:
        if repair.status != "applied":
            continue
        at = reading.text.from_source(repair.start)
        found.append(
            Remark(
                repair_anchor(repair),
                wording.REPAIRS.get(repair.kind, repair.kind),
                "",
                repair.reason,
                at,
                at + len(repair.after),
                marked=False,
                quiet=repair.kind in wording.QUIET_REPAIRS,
            )
        )
    for fault in reading.faults:
        start, end = body_span(reading, fault.start, fault.end)
        sure = wording.CONFIDENCE[fault.confidence]
        about = fault.quote if 1 < len(fault.quote) <= FEW and fault.kind not in wording.UNMARKED_FAULTS else ""
        kind = f"{wording.FAULTS[fault.kind]}（{sure}）"
        found.append(
            Remark(
                fault_anchor(fault),
                kind,
                about,
                fault.note,
                start,
                end,
                fault.kind not in wording.UNMARKED_FAULTS,
                fault.kind == "repeated",
            )
        )
    return tuple(sorted(found, key=lambda remark: (remark.start, remark.end, remark.id)))


def body_span(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """The span of the repaired text for a span of the source."""
    at = reading.text.from_source(start)
    return at, max(reading.text.from_source(max(end - 1, start)) + 1, at) if end > start else at


@dataclass(frozen=True)
class SentencePositions:
    """Finds the sentence that holds a position of the repaired text."""

    starts: tuple[int, ...]
    ids: tuple[str, ...]
    sections: tuple[str, ...]

    @classmethod
    def of(cls, reading: Reading) -> SentencePositions:
        """All sentences of a report, by where they start."""
        ordered = sorted(reading.outline.sentences(), key=lambda sentence: sentence.start)
        return cls(
            tuple(sentence.start for sentence in ordered),
            tuple(sentence.id for sentence in ordered),
            tuple(sentence.section for sentence in ordered),
        )

    def at(self, position: int) -> tuple[str, str] | None:
        """The id and section of the sentence at a position (of the last one before it), None in an empty text."""
        if not self.starts:
            return None
        k = max(bisect_right(self.starts, position) - 1, 0)
        return self.ids[k], self.sections[k]


def incomplete(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The doubts that say that something is missing and that are certain: what the front page tells first."""
    return tuple(fault for fault in faults if fault.kind in wording.MISSING and fault.confidence == "certain")
