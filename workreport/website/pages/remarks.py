"""Knows the editorial remarks (校勘) beside the text: repairs, which changed the text, and doubts, which never do.

Leaves finding repairs to `ingest.repair`, and finding doubts to `analysis.faults`.
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
"""The most characters of a quote that a remark repeats, and of a text in which every space and tab is made visible."""

COMPARED = 400
"""The most characters of a text that is compared character by character; of a longer text all is shown as changed."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark on `[start, end)` of the repaired text. `id` is the id of its row on the page of editorial notes.

    `kind` is its title and `says` its reason, both in Chinese. `words` is the quote it is about, "" for a repair, a
    quote of 1 or more than `FEW` characters, and a doubt that is not about the quoted words. `marked`: the quote is
    underlined with a wavy line. `quiet`: the remark is not shown beside the text, but on the page of editorial notes.
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
    """A step from a text to its repaired form: the unchanged text `kept`, then what was removed and added after it."""

    kept: str
    removed: str
    added: str


def changes(before: str, after: str) -> tuple[TextChange, ...]:
    """Return the steps from one text to the other. White space is made visible in the removed texts (see `visible`).

    If a text is longer than `COMPARED`, there is one step that replaces all of it.

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
    """Return the text with ↵ for each line break, and in a text of at most `FEW` characters also ␣ and ⇥ for space and
    tab.

    >>> visible("\\n\\n"), visible("#  ")
    ('↵↵', '#␣␣')
    """
    shown = text.replace("\r\n", "↵").replace("\n", "↵")
    return shown.replace("\t", "⇥").replace(" ", "␣") if len(text) <= FEW else shown


def repair_anchor(repair: Repair) -> str:
    """Return the id of a repair's row on the page of editorial notes."""
    return f"r-{repair.id}"


def fault_anchor(fault: Fault) -> str:
    """Return the id of a doubt's row on the page of editorial notes.

    It is a hash of kind, quote and note, so that links to it work after changes elsewhere in the text.
    """
    return "k-" + hashlib.sha256("\0".join((fault.kind, fault.quote, fault.note)).encode()).hexdigest()[:8]


def remarks(reading: Reading) -> tuple[Remark, ...]:
    """Return all applied repairs and all doubts of a report as remarks, in the order of the text."""
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
                wording.plain_reason(repair.reason),
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
    """Return the span of the repaired text for a span `[start, end)` of the source; an empty one for an empty one."""
    at = reading.text.from_source(start)
    return at, max(reading.text.from_source(max(end - 1, start)) + 1, at) if end > start else at


@dataclass(frozen=True)
class SentencePositions:
    """An index to find the sentence at a position of the repaired text: start, id and section of every sentence, in
    order.
    """

    starts: tuple[int, ...]
    ids: tuple[str, ...]
    sections: tuple[str, ...]

    @classmethod
    def of(cls, reading: Reading) -> SentencePositions:
        """Return the index of all sentences of a report."""
        ordered = sorted(reading.outline.sentences(), key=lambda sentence: sentence.start)
        return cls(
            tuple(sentence.start for sentence in ordered),
            tuple(sentence.id for sentence in ordered),
            tuple(sentence.section for sentence in ordered),
        )

    def at(self, position: int) -> tuple[str, str] | None:
        """Return id and section of the last sentence that starts at or before the position, or of the first sentence.

        None for a text without sentences.
        """
        if not self.starts:
            return None
        k = max(bisect_right(self.starts, position) - 1, 0)
        return self.ids[k], self.sections[k]


def incomplete(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return the doubts that are certain and mean that text is missing; the front page of the report shows them."""
    return tuple(fault for fault in faults if fault.kind in wording.MISSING and fault.confidence == "certain")
