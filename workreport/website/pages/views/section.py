"""Knows the view of the page of a part or section: its text, cards, names, and links to related sections.

Leaves finding related sections to `analysis.links`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from workreport.model import (
    Section,
)
from workreport.website import addresses
from workreport.website.pages import outline_entries
from workreport.website.pages.cards import Card, card
from workreport.website.pages.explanations import Explanations, explanations
from workreport.website.pages.sentences import HeadingView, ParagraphView, section_label
from workreport.website.pages.views.name_index import MentionView, name_view
from workreport.website.pages.views.report import SUMMARY, PageLink, Report, SectionRow, SectionText, first_words

BESIDE = 40
"""The most sections in the list beside the text: those nearest to the section of the page."""
PLACES = 4
"""The preview of a name lists at most this many of its mentions on other pages."""


@dataclass(frozen=True, slots=True)
class RelatedLink:
    """A link to a related section; `shared` are the names that both mention.

    `publisher`: the publisher made the link.
    """

    label: str
    href: Markup
    shared: tuple[PageLink, ...]
    publisher: bool


@dataclass(frozen=True, slots=True)
class SiblingLink:
    """A link in the list of sections beside the text."""

    label: str
    href: Markup
    current: bool


@dataclass(frozen=True, slots=True)
class SectionView:
    """The page of a part or section.

    crumbs: links to the pages above it.
    cards: its indicators, `beside`: those of them that are not held back, listed beside the text.
    level: 1 for a part, 2 for a section below it.
    outline: the contents of the page.
    inner: the sections below it without a page of their own, with their text.
    children: the sections directly below it with a page of their own.
    siblings: the list beside the text, empty for a section alone.
    previous, following: the pages before and after it; before the first section it is the front page.
    names: the names on the page, for their previews.
    previews, aloud: links to scripts.
    """

    label: str
    level: int
    outline: tuple[outline_entries.OutlineEntry, ...]
    anchor: str
    description: str
    crumbs: tuple[PageLink, ...]
    heading: HeadingView | None
    paragraphs: tuple[ParagraphView, ...]
    cards: tuple[Card, ...]
    beside: tuple[Card, ...]
    inner: tuple[SectionText, ...]
    children: tuple[SectionRow, ...]
    related: tuple[RelatedLink, ...]
    siblings: tuple[SiblingLink, ...]
    previous: PageLink | None
    following: PageLink | None
    table: PageLink
    notes: PageLink
    explained: Explanations | None
    names: tuple[OtherMentions, ...]
    previews: Markup
    aloud: Markup

    @property
    def counted(self) -> str:
        """How many indicators the page has, the same number as in the contents of the report: 本节 37 项指标（1 项只列在表里）."""
        held = len(self.cards) - len(self.beside)
        words = f"{'本章开头' if self.children else '本节'} {len(self.cards)} 项指标"
        return words + f"（{held} 项只列在表里）" * bool(held)


def section_view(report: Report, section: Section, origin: str, alone: bool) -> SectionView:
    """Return the view of a section's page at `origin`; `alone`: the site has no other report."""
    reading = report.reading
    position = report.position[section.id]
    before = report.order[position - 1] if position else None
    after = report.order[position + 1] if position + 1 < len(report.order) else None
    above = [*reading.upward(section.id)][:0:-1]
    crumbs = [] if alone else [PageLink("全部报告", Markup(addresses.relative(origin, addresses.ROOT)))]
    crumbs.append(report.link_to(origin, reading.meta.name, ""))
    crumbs += [report.link_to(origin, section_label(other), other.id) for other in above]
    siblings = [s for s in (above[-1].children if above else reading.outline.sections) if reading.page_of[s.id] == s.id]
    first = max(siblings.index(section) - BESIDE // 2, 0)
    cards = tuple(card(reading, indicator, origin) for indicator in report.by_section.get(section.id, ()))
    inner = [s for s in section.walk() if s is not section and reading.page_of[s.id] == section.id]
    return SectionView(
        label=section_label(section),
        level=section.level,
        outline=outline_entries.of_section(section, inner),
        anchor=section.anchor,
        description=first_words(section, SUMMARY),
        crumbs=tuple(crumbs),
        heading=report.passages.heading(section, origin),
        paragraphs=report.passages.paragraphs(section.paragraphs, origin, section.id.rsplit("/", 1)[-1]),
        cards=cards,
        beside=tuple(shown for shown in cards if not shown.held),
        inner=tuple(report.chapter(below, origin, below.level - section.level + 1) for below in inner),
        children=tuple(
            report.row(child, origin) for child in section.children if reading.page_of[child.id] == child.id
        ),
        related=tuple(_related(report, section, origin)),
        siblings=tuple(
            SiblingLink(section_label(other), report.link_to(origin, "", other.id).href, other.id == section.id)
            for other in siblings[first : first + BESIDE]
            if len(siblings) > 1
        ),
        previous=report.link_to(origin, section_label(before), before.id)
        if before
        else report.link_to(origin, "首页", ""),
        following=report.link_to(origin, section_label(after), after.id) if after else None,
        table=report.link_to_page(origin, addresses.INDICATORS),
        notes=report.link_to_page(origin, addresses.NOTES),
        explained=explanations(reading, section.id, origin),
        names=tuple(_other_mentions(report, section, origin)),
        previews=Markup(addresses.relative(origin, "assets/glossary.js")),
        aloud=Markup(addresses.relative(origin, "assets/aloud.js")),
    )


@dataclass(frozen=True, slots=True)
class OtherMentions:
    """A name mentioned on the page with at most `PLACES` of its mentions on other pages; `total` is the number of all
    mentions.
    """

    id: str
    name: str
    kind: str
    total: int
    places: tuple[MentionView, ...]
    href: Markup


def _other_mentions(report: Report, section: Section, origin: str) -> Iterator[OtherMentions]:
    for term in report.named.get(section.id, ()):
        shown = name_view(report, term, origin, section.id)
        href = report.link_to(origin, "", addresses.NAMES, f"n-{term.id}").href
        yield OtherMentions(shown.anchor, shown.name, shown.kind, len(term.mentions), shown.mentions[:PLACES], href)


def _related(report: Report, section: Section, origin: str) -> Iterator[RelatedLink]:
    for other_id, link in report.links.get(section.id, ()):
        other = report.reading.sections.get(other_id)
        if other is None or other is section:
            continue
        terms = [report.terms[name] for name in link.terms if name in report.terms]
        shared = tuple(report.link_to(origin, term.name, addresses.NAMES, f"n-{term.id}") for term in terms)
        yield RelatedLink(
            section_label(other), report.link_to(origin, "", other.id).href, shared, link.by == "publisher"
        )
