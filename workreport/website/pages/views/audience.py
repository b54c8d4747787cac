"""Knows the view of a page for one kind of readers (与我有关): sentences of the report, and the ways to the other kinds.

Leaves choosing the sentences to `analysis.audiences`.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from workreport.analysis.livelihood import without_marker
from workreport.model import Audience, Reading
from workreport.website import addresses
from workreport.website.pages.escape import one_line
from workreport.website.pages.sentences import place_label, section_label
from workreport.website.pages.spans import figure_span
from workreport.website.pages.views.report import PageLink, Report, only_part

TITLE = "与我有关"


@dataclass(frozen=True, slots=True)
class AudienceSentence:
    """A sentence in pieces: (text, whether it is a figure). `href` links to it in the text, `where` names its section.

    `time` is "planned", "reviewed", or "" in a report that has no plan and no heading of what was done: neither is told apart there.
    """

    pieces: tuple[tuple[str, bool], ...]
    href: Markup
    time: str
    where: str


@dataclass(frozen=True, slots=True)
class AudiencePage:
    """A page for one kind of readers. `label` is its title, `readers` their name; `others` leads to the other kinds.

    `absent` are the names of the kinds of readers for whom nothing was found. `only` is the label of the one part that the source has,
    where it lacks the plan; else "".
    """

    label: str
    readers: str
    sentences: tuple[AudienceSentence, ...]
    others: tuple[PageLink, ...]
    absent: tuple[str, ...]
    only: str
    front: PageLink


def audience_title(audience: Audience) -> str:
    """Return the title of the page for a kind of readers: 与我有关：老人."""
    return f"{TITLE}：{audience.label}"


def audience_path(reading: Reading, audience: Audience) -> str:
    """Return the path of the page for a kind of readers: gongshu-2024/for/elderly/index.html."""
    return addresses.report(reading, f"{addresses.AUDIENCE}/{audience.id}")


def audience_links(report: Report, origin: str) -> tuple[PageLink, ...]:
    """Return the links from the page at `origin` to all these pages of a report, with the names of the readers."""
    return tuple(
        PageLink(audience.label, Markup(addresses.relative(origin, audience_path(report.reading, audience))))
        for audience in report.reading.audiences
    )


def audience_view(report: Report, audience: Audience, origin: str) -> AudiencePage:
    """Return the view of the page for a kind of readers at `origin`."""
    part = only_part(report.reading)
    others = [
        link for link, a in zip(audience_links(report, origin), report.reading.audiences, strict=True) if a != audience
    ]
    return AudiencePage(
        label=audience_title(audience),
        readers=audience.label,
        sentences=tuple(_sentence(report, name, origin, _time(report, audience, name)) for name in audience.sentences),
        others=tuple(others),
        absent=report.reading.unaddressed,
        only=section_label(part) if part and not audience.planned else "",
        front=report.link_to(origin, report.reading.meta.name, ""),
    )


def _time(report: Report, audience: Audience, name: str) -> str:
    if name in audience.planned:
        return "planned"
    planning = report.reading.promises or any(a.planned for a in report.reading.audiences)
    return "reviewed" if planning or name in audience.reviewed else ""


def _sentence(report: Report, name: str, origin: str, time: str) -> AudienceSentence:
    sentence = report.reading.sentences[name]
    return AudienceSentence(
        _pieces(report, name),
        report.sentence_href(origin, name, sentence.section),
        time,
        place_label(report.reading, sentence.section),
    )


def _pieces(report: Report, name: str) -> tuple[tuple[str, bool], ...]:
    """The text of a sentence on one line, cut at its figures, without the number that it has in a list (①, 二是)."""
    sentence = report.reading.sentences[name]
    spans = []
    for figure in report.passages.figures.get(name, ()):
        at, end = figure_span(figure)
        if at >= 0:
            spans.append((figure.start - sentence.start + at, figure.start - sentence.start + end))
    made: list[tuple[str, bool]] = []
    done = without_marker(sentence.text)
    for start, stop in sorted(spans):
        if start < done or stop > len(sentence.text):
            continue
        made += [(sentence.text[done:start], False), (sentence.text[start:stop], True)]
        done = stop
    made.append((sentence.text[done:], False))
    return tuple((one_line(text), figure) for text, figure in made if text)
