"""Knows which pictures a publication has, and the values of each: long picture (一图读懂), poster, social cards.

Leaves the texts to `website.pages.views.picture`, the look to `templates/typst/`, and drawing to `picture_cache`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workreport.analysis.ranking import ranked
from workreport.model import Publication, Section
from workreport.website import addresses, tokens
from workreport.website.pages import page_table, place_colours
from workreport.website.pages.cards import Card, card
from workreport.website.pages.sentences import section_label
from workreport.website.pages.views.picture import (
    LEAD,
    LONG,
    NAME,
    POSTER,
    RANK,
    TITLE_ROOM,
    VALUE,
    PictureFacts,
    PictureLine,
    PicturePage,
    QrCode,
    card_path,
    cut,
    picture_view,
    without_middle,
)
from workreport.website.pages.views.report import Report, first_words

ON_CARD = 3
"""The most figures on a social card."""

Plain = str | int | bool | list["Plain"] | dict[str, "Plain"]
"""JSON values, without null and fractions."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to draw; the fields are those of `picture_cache.PictureInput`."""

    path: str
    template: str
    source: bytes
    data: dict[str, Plain]
    files: tuple[tuple[str, bytes], ...]


def pictures(publication: Publication, facts: PictureFacts, templates: Path) -> tuple[Picture, ...]:
    """Every picture of a publication.

    Each report has the long picture, the poster, a social card for its front page and one for each section page.
    `templates` is the folder with `typst/`. `pictures(p, s, folder)[0].path` is "gongshu-2024/picture/long.png".
    """
    sources = {path.name: path.read_bytes() for path in sorted((templates / "typst").glob("*.typ"))}
    look = tokens.load(templates)
    accents = place_colours.site_colours(publication, facts, look).of_report
    made: list[Picture] = []

    def add(path: str, template: str, accent: str, data: dict[str, Plain], code: QrCode | None = None) -> None:
        files = [("frame.typ", sources["frame.typ"]), (tokens.NAME, look.source)]
        files += [("qr.svg", code.svg.encode())] if code else []
        data = {**data, "accent": accent, "square": code is not None, "modules": code.modules if code else 0}
        made.append(Picture(path, template, sources[template], data, tuple(files)))

    for reading in publication.readings:
        report = page_table.report_of(reading)
        view = picture_view(report, addresses.report(reading, addresses.PICTURE), facts)
        data = values(view)
        folder = addresses.report(reading, addresses.PICTURE).removesuffix(addresses.ROOT)
        accent = accents[reading.meta.slug].light
        add(folder + LONG, "poster.typ", accent, {**data, "shape": "long"}, view.square)
        add(folder + POSTER, "poster.typ", accent, {**data, "shape": "poster"}, view.square)
        add(card_path(reading), "card.typ", accent, front_card(view))
        for section in reading.paged:
            add(card_path(reading, section.id), "card.typ", accent, section_card(report, section))
    return tuple(made)


def values(view: PicturePage) -> dict[str, Plain]:
    """The values that the template of the long picture and the poster reads, without those that `pictures` adds."""
    return {
        "kicker": view.kicker,
        "name": view.name,
        "said": list(view.said),
        "missing": list(view.missing),
        "figures": [_values_of(big.name, big.card) for big in view.figures],
        "total": view.total,
        "chapters": [
            {"part": _values_of_line(c.part), "words": c.words, "sections": [_values_of_line(s) for s in c.sections]}
            for c in view.chapters
        ],
        "more": view.more,
        "places": [{"label": p.label, "count": str(p.count), "names": p.names} for p in view.places],
        "source": list(view.source),
        "address": view.address,
    }


def front_card(view: PicturePage) -> dict[str, Plain]:
    """The values for the social card of a report's front page."""
    return {
        "kicker": view.kicker,
        "number": "",
        "title": view.name,
        "lead": "　".join(view.said[:2]),
        "figures": [_values_of(big.name, big.card) for big in view.figures[:ON_CARD]],
        "foot": view.said[-1] if len(view.said) > 2 else "",
    }


def section_card(report: Report, section: Section) -> dict[str, Plain]:
    """The values for the social card of a section: its title, and its highest-ranked figures or else its first words.

    Figures are those of the section and of the sections below it.
    """
    reading = report.reading
    own = report.under(section)
    figures = [card(reading, i, addresses.ROOT) for i in ranked(own, early=1)[:ON_CARD]]
    return {
        "kicker": cut(reading.meta.name, NAME + 6),
        "number": cut(section.number, 8),
        "title": cut(section.title or section_label(section), TITLE_ROOM),
        "lead": "" if figures else cut(first_words(section, LEAD), LEAD),
        "figures": [_values_of(cut(shown.name, NAME), shown) for shown in figures],
        "foot": f"{len(own)} 项指标" if own else "",
    }


def _values_of_line(line: PictureLine) -> Plain:
    return {"number": line.number, "title": line.title, "label": line.label, "fact": line.fact}


def _values_of(name: str, shown: Card) -> Plain:
    figure, change = shown.figure, shown.change
    return {
        "name": name,
        "sign": shown.status if shown.target or shown.estimated else "",
        "before": figure.before if figure else "",
        "value": cut(figure.value, VALUE) if figure else "",
        "between": figure.between if figure else "",
        "unit": cut(figure.unit, 10) if figure else "",
        "after": figure.after if figure else "",
        "arrow": change.arrow if change else "",
        "change": change.words if change else "",
        "ranks": [
            {"words": without_middle(f"{rank.what}{rank.text}", RANK), "vague": rank.vague} for rank in shown.ranks[:2]
        ],
    }


def texts(data: Plain) -> Iterator[str]:
    """Every string among the JSON values, in order; the keys of dicts are not included."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, list):
        for item in data:
            yield from texts(item)
    elif isinstance(data, dict):
        yield from texts(list(data.values()))
