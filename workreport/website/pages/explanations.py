"""Knows how the entries of a report's glossary (名词解释) are shown: beside the text that uses them, and on the glossary
page.

Leaves finding entries and uses to `analysis.glossary`, and the links in the text to `sentences`.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from workreport.model import Gloss, Mention, Reading
from workreport.website import addresses
from workreport.website.pages.cut_text import around
from workreport.website.pages.sentences import short_label

AROUND = 18
"""The most characters of context on each side of a use."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A glossary entry that opens beside the text.

    `count` is the number of its uses, `href` its address on the glossary page.
    """

    id: str
    name: str
    paragraphs: tuple[str, ...]
    count: int
    href: Markup


@dataclass(frozen=True, slots=True)
class Explanations:
    """The glossary entries that the text of a page uses, and the link to the script that opens them beside the text."""

    title: str
    entries: tuple[Explanation, ...]
    script: Markup


@dataclass(frozen=True, slots=True)
class GlossaryUse:
    """One use of an entry in the text, `words`, with context.

    `where` is the label of its section, `href` links to its sentence.
    """

    before: str
    words: str
    after: str
    where: str
    href: Markup


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A glossary entry with all its uses; `name` or `number` may be "".

    `href` links to the entry in the report's text.
    """

    anchor: str
    number: str
    name: str
    paragraphs: tuple[str, ...]
    href: Markup
    uses: tuple[GlossaryUse, ...]


@dataclass(frozen=True, slots=True)
class GlossaryPage:
    """The glossary page.

    `uses` is the number of uses of all entries, `name` that of the report, `home` the link to its front.
    """

    title: str
    entries: tuple[GlossaryEntry, ...]
    uses: int
    name: str
    home: Markup


def glossary_title(reading: Reading) -> str:
    """Return the title of the glossary page: 名词解释, or 注释 if its entries have only numbers and no names."""
    return "名词解释" if any(gloss.name for gloss in reading.glossary) else "注释"


def explanations(reading: Reading, page: str | None, origin: str) -> Explanations | None:
    """Return the entries that the text of the page at `origin` uses; None if there are none.

    `page` is the id of the section whose page it is, "" for the front page, None for the page with the full text.
    """
    shown = []
    for gloss in reading.glossary:
        if any(page is None or reading.page_of.get(use.section, "") == page for use in gloss.uses):
            href = Markup(addresses.relative(origin, addresses.explanation(reading, gloss.id)))
            name = gloss.name or gloss.number
            shown.append(Explanation(gloss.id, name, _paragraphs(reading, gloss), len(gloss.uses), href))
    script = Markup(addresses.relative(origin, addresses.GLOSSARY_SCRIPT))
    return Explanations(glossary_title(reading), tuple(shown), script) if shown else None


def glossary_view(reading: Reading, origin: str) -> GlossaryPage:
    """Return the view of the glossary page at `origin`, with the entries in the order of the report."""
    entries = []
    for gloss in reading.glossary:
        own = addresses.page_of(reading, gloss.section) + f"#{gloss.sentence}"
        entries.append(
            GlossaryEntry(
                f"e-{gloss.id}",
                gloss.number,
                gloss.name,
                _paragraphs(reading, gloss),
                Markup(addresses.relative(origin, own)),
                tuple(_use(reading, use, origin) for use in gloss.uses),
            )
        )
    return GlossaryPage(
        glossary_title(reading),
        tuple(entries),
        sum(len(entry.uses) for entry in entries),
        reading.meta.name,
        Markup(addresses.relative(origin, addresses.report(reading))),
    )


def _paragraphs(reading: Reading, gloss: Gloss) -> tuple[str, ...]:
    return tuple(reading.text.body[start:end] for start, end in gloss.explained)


def _use(reading: Reading, use: Mention, origin: str) -> GlossaryUse:
    sentence = reading.sentences[use.sentence]
    start, end = use.start - sentence.start, use.end - sentence.start
    text = sentence.text
    before, after = around(text[:start], text[end:], AROUND)
    href = Markup(addresses.relative(origin, addresses.page_of(reading, use.section) + f"#{sentence.id}"))
    return GlossaryUse(
        before,
        text[start:end],
        after,
        short_label(reading, use.section),
        href,
    )
