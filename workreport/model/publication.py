"""Knows the whole of a report (`Reading`) and of what is published together (`Publication`).

Leaves the parts to the other modules of `model`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from workreport.model.findings import Derived, Findings, Gloss, Indicator, Link, Term
from workreport.model.source import Fault, Repair, Repetition, Source, Text
from workreport.model.structure import Meta, Outline, Section, Sentence, homes


@dataclass(frozen=True)
class Reading:
    """All that is known of one report: the value that flows from the stages to the pages."""

    meta: Meta
    source: Source
    text: Text
    repairs: tuple[Repair, ...]
    repetitions: tuple[Repetition, ...]
    outline: Outline
    found: Findings
    terms: tuple[Term, ...]
    faults: tuple[Fault, ...]
    links: tuple[Link, ...] = ()
    glossary: tuple[Gloss, ...] = ()
    derived: tuple[Derived, ...] = ()
    declined: tuple[str, ...] = ()
    """Names and links that the publisher declines (names.toml), each as the page says it."""

    @cached_property
    def sentences(self) -> dict[str, Sentence]:
        return {s.id: s for s in self.outline.sentences()}

    @cached_property
    def sections(self) -> dict[str, Section]:
        return {s.id: s for s in self.outline.walk()}

    @cached_property
    def labels(self) -> dict[str, str]:
        """Each section in a few characters that tell it from the others, the title where it has no number.

        第一部分 for 一、 (a lone 一 reads like a dash), （三）, and 一（三） where several parts have a （三）.
        """
        under: dict[str, set[str]] = {}
        for part in self.outline.sections:
            for section in part.walk():
                under.setdefault(section.number, set()).add(part.id)
        found = {}
        for part in self.outline.sections:
            for section in part.walk():
                number = section.number.rstrip("、，")
                if section is part:
                    number = f"第{number}部分" if section.number == number + "、" else number
                elif number and len(under[section.number]) > 1 and part.number:
                    number = f"{part.number.rstrip('、')}{'' if number.startswith(('（', '(')) else '、'}{number}"
                found[section.id] = number or section.title or "正文"
        return found

    @cached_property
    def homes(self) -> dict[str, str]:
        """Of each section the one on whose page it stands."""
        return homes(self.outline.sections)

    @cached_property
    def paged(self) -> tuple[Section, ...]:
        """The sections that have a page of their own, in the order of the text."""
        return tuple(s for s in self.outline.walk() if self.homes[s.id] == s.id)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators that count: those of a repeated passage left out."""
        return tuple(i for i in self.found.indicators if i.duplicate_of is None)


@dataclass(frozen=True)
class Publication:
    """Everything that is published together; with one report, the report is the front."""

    readings: tuple[Reading, ...]
    title: str = ""
    notes: tuple[str, ...] = field(default=())
