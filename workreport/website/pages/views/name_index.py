"""Knows the view of the index of names: each name under the first letter of its pinyin, with all its mentions.

Leaves finding names to `analysis.names`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from markupsafe import Markup

from workreport.model import (
    Term,
)
from workreport.website.pages import wording
from workreport.website.pages.cut_text import around
from workreport.website.pages.plain_digits import unspaced
from workreport.website.pages.sentences import short_label
from workreport.website.pages.views.report import PageLink, Report

AROUND = 14
"""The most characters of context on each side of a name, and of a number that is no indicator."""


@dataclass(frozen=True, slots=True)
class MentionView:
    """One mention of a name, with context. `where` is the label of its section, `href` links to its sentence."""

    before: str
    name: str
    after: str
    where: str
    href: Markup


@dataclass(frozen=True, slots=True)
class NameView:
    """A name with its mentions; `kind` is a Chinese word. `publisher`: the publisher added the name."""

    anchor: str
    name: str
    kind: str
    publisher: bool
    mentions: tuple[MentionView, ...]


@dataclass(frozen=True, slots=True)
class NameLetter:
    """The names whose pinyin begins with `letter`, "#" for names without pinyin."""

    letter: str
    anchor: str
    names: tuple[NameView, ...]


@dataclass(frozen=True, slots=True)
class NameIndex:
    """The page with the index of names. `total` is the number of names that recur, `mentions` that of their mentions.

    `once` are the names mentioned once, whose addresses stay. `declined` are the names and links that the publisher rejects, as Chinese phrases.
    """

    total: int
    mentions: int
    initials: tuple[NameLetter, ...]
    once: tuple[NameView, ...]
    front: PageLink
    declined: tuple[str, ...]


def names_view(report: Report, origin: str) -> NameIndex:
    """Return the view of the index of names at `origin`. A name that is mentioned once does not recur, and stands at the end."""
    reading = report.reading
    by_letter: dict[str, list[Term]] = defaultdict(list)
    recurring = [term for term in reading.terms if term.recurs]
    for term in recurring:
        first = term.reading[:1].upper()
        by_letter[first if first.isascii() and first.isalpha() else "#"].append(term)
    initials = []
    for letter, terms in sorted(by_letter.items(), key=lambda kv: (kv[0] == "#", kv[0])):
        terms.sort(key=lambda term: (term.reading, term.name, term.id))
        shown = tuple(name_view(report, term, origin) for term in terms)
        initials.append(NameLetter(letter, f"i-{letter.lower()}" if letter != "#" else "i-0", shown))
    total = sum(len(term.mentions) for term in recurring)
    front = report.link_to(origin, reading.meta.name, "")
    single = [term for term in reading.terms if not term.recurs]
    single.sort(key=lambda term: (term.reading, term.name, term.id))
    once = tuple(name for term in single if (name := name_view(report, term, origin)).mentions)
    return NameIndex(len(recurring), total, tuple(initials), once, front, reading.declined)


def name_view(report: Report, term: Term, origin: str, without: str | None = None) -> NameView:
    """Return the view of a name, without its mentions on the page of the section with the id `without` (None: with
    all).
    """
    mentions = []
    for mention in term.mentions:
        if without is not None and report.reading.page_of.get(mention.section) == without:
            continue
        sentence = report.reading.sentences.get(mention.sentence)
        if sentence is None:
            continue
        start, end = mention.start - sentence.start, mention.end - sentence.start
        before, after = around(unspaced(sentence.text[:start]), unspaced(sentence.text[end:]), AROUND)
        mentions.append(
            MentionView(
                before,
                sentence.text[start:end],
                after,
                short_label(report.reading, mention.section),
                report.sentence_href(origin, mention.sentence, mention.section),
            )
        )
    return NameView(
        f"n-{term.id}", term.name, wording.TERMS.get(term.kind, term.kind), term.by == "publisher", tuple(mentions)
    )
