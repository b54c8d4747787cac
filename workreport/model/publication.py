"""Knows the whole of a report (`Reading`) and of what is published together (`Publication`).

Leaves the parts to the other modules of `model`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from workreport.model.findings import Derived, Findings, Gloss, Indicator, Link, Term
from workreport.model.source import Fault, Repair, Repetition, Source, Text
from workreport.model.structure import Meta, Outline, Section, Sentence, pages_of_sections


@dataclass(frozen=True)
class Reading:
    """All that is known of one report: what reading and analysing give, and what pages and archive forms are made of."""

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
    """Names and links that the publisher rejects (names.toml), each as the page shows it."""

    @cached_property
    def sentences(self) -> dict[str, Sentence]:
        return {s.id: s for s in self.outline.sentences()}

    @cached_property
    def sections(self) -> dict[str, Section]:
        return {s.id: s for s in self.outline.walk()}

    @cached_property
    def labels(self) -> dict[str, str]:
        """A short label of each section that no other section has; the title where it has no number.

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
    def page_of(self) -> dict[str, str]:
        """The id of the section on whose page each section stands, by section id."""
        return pages_of_sections(self.outline.sections)

    @cached_property
    def paged(self) -> tuple[Section, ...]:
        """The sections that have a page of their own, in the order of the text."""
        return tuple(s for s in self.outline.walk() if self.page_of[s.id] == s.id)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators without those of repeated passages."""
        return tuple(i for i in self.found.indicators if i.duplicate_of is None)


@dataclass(frozen=True)
class Publication:
    """All reports that are published together; a single report is the front page itself."""

    readings: tuple[Reading, ...]
    title: str = ""
    notes: tuple[str, ...] = field(default=())
