"""Knows where a report states its facts: the lines before the salutation, the opening words, the last lines.

Leaves reading the facts from them to the other modules of this package.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from workreport.ingest.facts.head_dates import compact
from workreport.ingest.headings import mark_of, paragraphs

MOST_LINES = 60
"""The most lines before a report that are looked at."""
LONGEST_LINE = 90
"""A longer line before the salutation is the beginning of the report, unless it has no full stop."""
LOOKED_AT = 400
"""The most characters of a line that are looked at."""
OPENING = 400
"""The characters of the opening that are looked at."""
CLOSING = 6
"""The last lines that are looked at; those of LONGEST_SIGNATURE characters or fewer may be a signature."""
LONGEST_SIGNATURE = 40

_SALUTED = re.compile(r"(?:各位|尊敬的各位|同志们|代表们)")
_RUN_IN = re.compile(r"(?P<line>.{2,60}?)(?P<salutation>各位代表[!！:：，,].*)")
"""Matches a salutation that was pasted behind the line before it: 国务院总理周恩来各位代表！"""
_MARKUP = re.compile(r"^[#>*_\s]+|[*_]{2,}|[*_\s]+$")
_COMMENT = re.compile(r"<!--(?P<words>.*)-->")


@dataclass(frozen=True, slots=True)
class Head:
    """The parts of a report that state its facts, all compact (without white space and Markdown).

    `lines` are those before the salutation, `notes` captions among them (in HTML comments), `opening` the first words of
    the report with the salutation, and `closing` the short lines at its end.
    """

    lines: tuple[str, ...]
    notes: tuple[str, ...]
    opening: str
    closing: tuple[str, ...]


def head_of(body: str) -> Head:
    """Return the parts of a repaired text that state its facts.

    >>> head_of("# 政府工作报告\\n县长 王小明\\n各位代表：\\n现在，我代表县人民政府报告工作。").lines
    ('政府工作报告', '县长王小明')
    """
    lines: list[str] = []
    notes: list[str] = []
    start = len(body)
    for k, (a, b) in enumerate(paragraphs(body)):
        line = _bare(body[a : min(b, a + LOOKED_AT)])
        note = _COMMENT.fullmatch(line)
        if note:
            notes.append(note["words"])
        elif k >= MOST_LINES or _ends_head(line):
            start = a
            break
        elif run_in := _RUN_IN.fullmatch(line):
            lines.append(run_in["line"])
            start = a
            break
        elif line:
            lines.append(line)
    last = [_bare(body[a : min(b, a + LOOKED_AT)]) for a, b in _last_paragraphs(body) if a > start]
    return Head(
        tuple(lines),
        tuple(notes),
        compact(body[start : start + OPENING]),
        tuple(line for line in last if len(line) <= LONGEST_SIGNATURE),
    )


def _last_paragraphs(body: str) -> list[tuple[int, int]]:
    """Return (start, end) of the last CLOSING paragraphs of a text, or of fewer."""
    at = len(body)
    for _ in range(CLOSING):
        while at > 0 and body[at - 1].isspace():
            at -= 1
        at = max(body.rfind("\n", 0, at), 0)
    return [(at + a, at + b) for a, b in paragraphs(body[at:])][-CLOSING:]


def _bare(line: str) -> str:
    """Return a line compact and without Markdown."""
    return compact(_MARKUP.sub("", line) if any(mark in line for mark in "#>*_") else line)


def _ends_head(line: str) -> bool:
    """Whether a line is no longer before the report: a salutation, a numbered heading, or a long sentence."""
    if _SALUTED.match(line):
        return True
    mark = mark_of(line)
    return (mark is not None and mark.kind in ("part", "one")) or (len(line) > LONGEST_LINE and "。" in line)
