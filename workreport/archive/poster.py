"""Knows which pictures a publication has, and the values of each: the screens of 一图读懂, the long picture, social cards.

Leaves the texts to `website.pages.views.picture`, the look to `templates/typst/`, and drawing to `picture_cache`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from workreport.analysis.ranking import ranked
from workreport.analysis.statements import Statements
from workreport.model import Publication, Section
from workreport.website import addresses, tokens
from workreport.website.pages import page_table, place_colours
from workreport.website.pages.cards import Card
from workreport.website.pages.colour import shades
from workreport.website.pages.cut_text import cut, without_middle
from workreport.website.pages.screens import TARGETS, ScreenFigure, ScreenRank, is_plain, screen_figure
from workreport.website.pages.sentences import section_label
from workreport.website.pages.views.picture import (
    LONG,
    NAME,
    TITLE_ROOM,
    PictureFacts,
    PicturePage,
    QrCode,
    ScreenPicture,
    card_path,
    picture_view,
)
from workreport.website.pages.views.report import Report, first_words

ON_CARD = 3
"""The most figures on a social card."""
VALUE, UNIT, RANK, LEAD, FACT = 30, 10, 14, 60, 18
"""The width, in Chinese characters, to which texts are cut: a value, a unit, a rank, a section's first words, a target."""

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

    Each report has a picture of each screen, the long one of all of them, a social card for its front page and one for each
    section page. `templates` is the folder with `typst/`. `pictures(p, s, folder)[0].path` is "gongshu-2024/picture/long.png".
    """
    sources = {path.name: path.read_bytes() for path in sorted((templates / "typst").glob("*.typ"))}
    look = tokens.load(templates)
    accents = place_colours.site_colours(publication, facts, look).of_report
    paper = look.value("light.paper")
    made: list[Picture] = []

    for reading in publication.readings:
        accent = accents[reading.meta.slug].light
        common: dict[str, Plain] = {"accent": accent, "mark": place_colours.mark(reading.meta)}

        def add(path: str, template: str, data: dict[str, Plain], common: dict[str, Plain], code: QrCode | None = None) -> None:
            files = [("frame.typ", sources["frame.typ"]), (tokens.NAME, look.source)]
            files += [("qr.svg", code.svg.encode())] if code else []
            data = {**data, **common, "square": code is not None, "modules": code.modules if code else 0}
            made.append(Picture(path, template, sources[template], data, tuple(files)))

        report = page_table.report_of(reading)
        view = picture_view(report, addresses.report(reading, addresses.PICTURE), facts)
        folder = addresses.report(reading, addresses.PICTURE).removesuffix(addresses.ROOT)
        grounds = [asdict(shades(accent, paper, deeper=bool(k % 2))) for k in range(len(view.screens))]
        drawn: list[Plain] = [{**screen_values(shown), **ground} for shown, ground in zip(view.screens, grounds, strict=True)]
        head = values(view)
        add(folder + LONG, "screen.typ", {**head, "screens": drawn}, common, view.square)
        for shown, told in zip(view.screens, drawn, strict=True):
            add(f"{folder}{shown.screen.id}.png", "screen.typ", {**head, "screens": [told]}, common, view.square)
        common |= asdict(shades(accent, paper))
        add(card_path(reading), "card.typ", front_card(view), common)
        statements = Statements(reading)
        for section in reading.paged:
            add(card_path(reading, section.id), "card.typ", section_card(report, section, statements), common)
    return tuple(made)


def values(view: PicturePage) -> dict[str, Plain]:
    """The values that all screens of a report share: whose report, its source, its address."""
    said: list[Plain] = list(view.said)
    return {"place": view.place, "name": view.name, "said": said, "source": list(view.source), "address": view.address}


def screen_values(shown: ScreenPicture) -> dict[str, Plain]:
    """The values of one screen, without its colours; what it does not have is empty or false."""
    screen = shown.screen
    return {
        "title": screen.title,
        "when": screen.when,
        "figure": figure_values(screen.figure, screen.id) if screen.figure else False,
        "quote": {"before": screen.quote.before, "lit": screen.quote.lit, "after": screen.quote.after}
        if screen.quote
        else False,
        "figures": [figure_values(figure, screen.id) for figure in screen.figures],
        "rank": _rank_values(screen.rank) if screen.rank else False,
        "ranks": [_rank_values(rank) for rank in screen.ranks],
        "lines": list(shown.lines),
    }


def front_card(view: PicturePage) -> dict[str, Plain]:
    """The values for the social card of a report's front page: its large figure, and the large ones of the next screens."""
    told: list[Plain] = [
        {**figure_values(screen.figure, ""), "name": screen.when + screen.figure.name, "beside": []}
        for screen in (shown.screen for shown in view.screens if shown.screen.id != TARGETS)
        if screen.figure
    ]
    return {
        "kicker": view.name if view.place != view.name else "",
        "number": "",
        "title": view.place,
        "lead": "　".join(view.said[:2]),
        "figures": told[:ON_CARD],
        "foot": view.said[-1] if len(view.said) > 2 else "",
    }


def section_card(report: Report, section: Section, statements: Statements) -> dict[str, Plain]:
    """The values for the social card of a section: its title, and its highest-ranked figures or else its first words.

    Figures are those of the section and of the sections below it.
    """
    reading = report.reading
    own = report.under(section)
    chosen = statements.cards(ranked(own, early=1)[:ON_CARD])
    figures = [screen_figure(reading, card, addresses.ROOT) for card in chosen]
    return {
        "kicker": cut(reading.meta.name, NAME + 6),
        "number": cut(section.number, 8),
        "title": cut(section.title or section_label(section), TITLE_ROOM),
        "lead": "" if figures else cut(first_words(section, LEAD), LEAD),
        "figures": [{**figure_values(figure, ""), "beside": []} for figure in figures],
        "foot": f"{len(own)} 项指标" if own else "",
    }


def figure_values(figure: ScreenFigure, screen: str) -> dict[str, Plain]:
    """The values of a figure of a screen (its id), with its target or what is stated of it elsewhere.

    That it is a target is not said again on the screen of the targets.
    """
    shown = figure.card
    also, aim = ([f"{view.label} {cut(view.text, FACT)}"] if view else [] for view in (shown.also, shown.aim))
    longer = [cut(shown.longer.words, FACT)] if shown.longer else []
    made = _values_of(figure.name, shown) | {"beside": [*also, *longer, *aim]}
    return made | {"sign": ""} if screen == TARGETS else made


def _rank_values(rank: ScreenRank) -> dict[str, Plain]:
    return {"label": without_middle(rank.label, RANK), "names": rank.told}


def _values_of(name: str, shown: Card) -> dict[str, Plain]:
    figure, change = shown.figure, shown.change
    return {
        "name": name,
        "sign": shown.status if shown.target or shown.estimated else "",
        "old": bool(figure and not is_plain(figure.value)),
        "before": figure.before if figure else "",
        "value": cut(figure.value, VALUE) if figure else "",
        "between": figure.between if figure else "",
        "unit": cut(figure.unit, UNIT) if figure else "",
        "after": figure.after if figure else "",
        "arrow": change.arrow if change else "",
        "change": change.words if change else "",
        "ranks": [without_middle(f"{rank.what}{rank.text}", RANK) for rank in shown.ranks[:2]],
        "beside": [],
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
