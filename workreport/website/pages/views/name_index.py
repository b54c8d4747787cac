"""Knows what the index of names shows: each name under the first letter of its pinyin, with every place where it stands.

Leaves finding names to `mentions`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from markupsafe import Markup

from workreport.model import (
    Term,
)
from workreport.website.pages import wording
from workreport.website.pages.sentences import short_label
from workreport.website.pages.views.report import PageLink, Report

AROUND = 14
"""Characters shown on each side of a name in the index, and of a number that no indicator took."""


@dataclass(frozen=True, slots=True)
class MentionView:
    """One place of a name, with the words around it."""

    before: str
    name: str
    after: str
    where: str
    href: Markup


@dataclass(frozen=True, slots=True)
class NameView:
    """A name with every place where it stands."""

    anchor: str
    name: str
    kind: str
    publisher: bool
    mentions: tuple[MentionView, ...]


@dataclass(frozen=True, slots=True)
class NameLetter:
    """The names under one letter."""

    letter: str
    anchor: str
    names: tuple[NameView, ...]


@dataclass(frozen=True, slots=True)
class NameIndex:
    """The index of names."""

    total: int
    mentions: int
    initials: tuple[NameLetter, ...]
    front: PageLink
    declined: tuple[str, ...]


def names_view(report: Report, origin: str) -> NameIndex:
    """The index of names by their pinyin."""
    reading = report.reading
    by_letter: dict[str, list[Term]] = defaultdict(list)
    for term in reading.terms:
        first = term.reading[:1].upper()
        by_letter[first if first.isascii() and first.isalpha() else "#"].append(term)
    initials = []
    for letter, terms in sorted(by_letter.items(), key=lambda kv: (kv[0] == "#", kv[0])):
        terms.sort(key=lambda term: (term.reading, term.name, term.id))
        shown = tuple(name_view(report, term, origin) for term in terms)
        initials.append(NameLetter(letter, f"i-{letter.lower()}" if letter != "#" else "i-0", shown))
    total = sum(len(term.mentions) for term in reading.terms)
    front = report.way(origin, reading.meta.name, "")
    return NameIndex(len(reading.terms), total, tuple(initials), front, reading.declined)


def name_view(report: Report, term: Term, origin: str, but: str | None = None) -> NameView:
    """A name with its places, those of the page of section `but` left out."""
    mentions = []
    for mention in term.mentions:
        if but is not None and report.reading.page_of.get(mention.section) == but:
            continue
        sentence = report.reading.sentences.get(mention.sentence)
        if sentence is None:
            continue
        start, end = mention.start - sentence.start, mention.end - sentence.start
        mentions.append(
            MentionView(
                ("…" if start > AROUND else "") + sentence.text[max(start - AROUND, 0) : start],
                sentence.text[start:end],
                sentence.text[end : end + AROUND] + ("…" if end + AROUND < len(sentence.text) else ""),
                short_label(report.reading, mention.section),
                report.sentence_href(origin, mention.sentence, mention.section),
            )
        )
    return NameView(
        f"n-{term.id}", term.name, wording.TERMS.get(term.kind, term.kind), term.by == "publisher", tuple(mentions)
    )
