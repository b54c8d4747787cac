"""Knows the rules that find what may be wrong in a source text (校勘), and which findings the public sees.

Leaves the rules to `numbering_faults` and `wording_faults`, and contradictions between figures to `derived`.
"""

from __future__ import annotations

from collections.abc import Iterable

from workreport.analysis import numbering_faults, wording_faults
from workreport.analysis.fault_case import FaultCase, Rule
from workreport.model import Fault

RULES: tuple[Rule, ...] = (
    numbering_faults.announced_sections,
    numbering_faults.lost_parts,
    numbering_faults.wrong_numbers,
    wording_faults.impossible_sessions,
    wording_faults.strangers,
    wording_faults.wrong_batch_counts,
    wording_faults.wrong_level_counts,
    wording_faults.lost_text,
    wording_faults.repeated_text,
    wording_faults.doubled,
    wording_faults.wishes,
    wording_faults.unpaired_marks,
)
"""The rules, in the order in which they run."""


def find(case: FaultCase, noted: tuple[Fault, ...] = ()) -> tuple[Fault, ...]:
    """All faults of a report, in the order of the source, including `noted`, those from `notes.toml`."""
    mine = [f for rule in RULES for f in rule(case)]
    return tuple(sorted((*noted, *mine), key=lambda f: (f.start, f.end, f.kind, f.note)))


def for_the_public(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The faults that public pages show: certain ones, very likely ones, and those that the publisher wrote down."""
    return tuple(f for f in faults if f.by == "publisher" or f.confidence in ("certain", "high"))
