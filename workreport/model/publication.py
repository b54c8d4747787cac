"""Knows one report with everything found in it (`Reading`), and all reports of one site (`Publication`).

Leaves the types of their parts to the other modules of `model`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from workreport.model.findings import Derived, Findings, Gloss, Indicator, Link, Term
from workreport.model.place_years import PlaceYears
from workreport.model.promise import Audience, Promise, Theme
from workreport.model.source import Fault, Repair, Repetition, Source, Text
from workreport.model.structure import Meta, Outline, Section, Sentence, pages_of_sections


@dataclass(frozen=True)
class Reading:
    """One report with everything that reading and analysing found in it. Pages and archive files are made from this.

    `terms` are its names and topics, `links` its related sections, `derived` its calculated figures.
    """

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
    """The names and links that the publisher rejects in names.toml, as Chinese phrases for the index of names."""
    promises: tuple[Promise, ...] = ()
    """What it promises for its year, those of lists of 民生实事 first, then in the order of the text."""
    audiences: tuple[Audience, ...] = ()
    """The kinds of readers for whom it has sentences."""
    unaddressed: tuple[str, ...] = ()
    """The labels of the kinds of readers for whom no sentence was found."""
    without_promise: tuple[Theme, ...] = ()
    """The themes of the vocabulary that none of its promises has, in their order."""

    planned: frozenset[str] = frozenset()
    """The ids of the sentences that are plans: below a heading or a sentence that opens a plan."""
    reviewed: frozenset[str] = frozenset()
    """The ids of the sentences below a heading of what was done. A sentence in neither is told to be neither."""
    falls_for_well: frozenset[str] = frozenset()
    """The ids of the indicators that fell and of which less is better: accidents, pollution."""
    problems: str = ""
    """The id of the sentence with which it begins to tell what is not well; "" if it tells nothing of it."""

    @cached_property
    def sentences(self) -> dict[str, Sentence]:
        """All sentences by id, including headings."""
        return {s.id: s for s in self.outline.sentences()}

    @cached_property
    def sections(self) -> dict[str, Section]:
        """All sections of every level, by id."""
        return {s.id: s for s in self.outline.walk()}

    def upward(self, section: str) -> Iterator[Section]:
        """Yield the section with this id, then the one above it, and so on up to its part."""
        found = self.sections.get(section)
        while found is not None:
            yield found
            found = self.sections.get(found.id.rpartition("/")[0])

    @cached_property
    def labels(self) -> dict[str, str]:
        """A short label of each section, by section id: its number, or else its title, or else 正文.

        A part numbered 一、 is 第一部分, since a lone 一 looks like a dash. Other numbers stay: （三）. If several parts
        have a （三）, the number of the part precedes it: 一（三）.
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
        """For each section id, the id of the section on whose page it is shown. See `pages_of_sections`."""
        return pages_of_sections(self.outline.sections)

    @cached_property
    def paged(self) -> tuple[Section, ...]:
        """The sections that have a page of their own, in the order of the text."""
        return tuple(s for s in self.outline.walk() if self.page_of[s.id] == s.id)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators without the duplicates in repeated passages."""
        return tuple(i for i in self.found.indicators if i.duplicate_of is None)

    @cached_property
    def shown(self) -> tuple[Indicator, ...]:
        """The indicators that may stand on the front page, in lists, charts and pictures: those not held back."""
        return tuple(i for i in self.indicators if not i.held_back)


@dataclass(frozen=True)
class Publication:
    """All reports of one site, newest first. If there is only one report, its front page is the front page of the site.

    `title` is the title of the site; "" if the publisher gave none. `places` are the places with reports of two years or
    more, in the order of their codes, with what these say of each other.
    """

    readings: tuple[Reading, ...]
    title: str = ""
    notes: tuple[str, ...] = field(default=())
    places: tuple[PlaceYears, ...] = ()

    @property
    def metas(self) -> tuple[Meta, ...]:
        """What is known of each report as a whole."""
        return tuple(reading.meta for reading in self.readings)
