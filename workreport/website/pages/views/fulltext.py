"""Knows the view of the page with the full text: the whole report, with the same links and highlights as section pages.

Leaves links and highlights to `sentences`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from workreport.model import (
    Paragraph,
)
from workreport.website import addresses
from workreport.website.pages import outline_entries
from workreport.website.pages.explanations import Explanations, explanations
from workreport.website.pages.sentences import ParagraphView
from workreport.website.pages.views.report import PageLink, Report, SectionText


@dataclass(frozen=True, slots=True)
class FullText:
    """The page with the full text: the title (None for none), the other paragraphs before the first part (`opening`),
    then all parts and sections (`chapters`).

    `outline` is the contents of the page. `aloud` is the link to the script that reads the text aloud.
    """

    name: str
    title: ParagraphView | None
    opening: tuple[ParagraphView, ...]
    chapters: tuple[SectionText, ...]
    outline: tuple[outline_entries.OutlineEntry, ...]
    home: PageLink
    notes: PageLink
    explained: Explanations | None
    aloud: Markup


def text_view(report: Report, origin: str) -> FullText:
    """Return the view of the page with the full text at `origin`."""
    passages = report.passages

    def laid(paragraphs: Sequence[Paragraph], label: str) -> tuple[ParagraphView, ...]:
        return passages.paragraphs(paragraphs, origin, label)

    front = laid(report.reading.outline.front, "")
    titled = bool(front) and front[0].role == "title"
    return FullText(
        report.reading.meta.name,
        front[0] if titled else None,
        front[1:] if titled else front,
        tuple(report.chapter(section, origin, section.level + 1) for section in report.reading.outline.walk()),
        outline_entries.of_report(report.reading.outline.walk()),
        report.link_to(origin, report.reading.meta.name, ""),
        report.link_to_page(origin, addresses.NOTES),
        explanations(report.reading, None, origin),
        Markup(addresses.relative(origin, "assets/aloud.js")),
    )
