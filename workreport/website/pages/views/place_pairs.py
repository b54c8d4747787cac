"""Knows how the promises of one report and what the next one says of them are shown: year by year, by theme, side by side.

Leaves finding the pairs to `comparison`, and what is known of a place to `compared_place`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workreport.model import Theme
from workreport.website.pages import wording
from workreport.website.pages.views.compared_place import ComparedPlace, StatedView, report_label


@dataclass(frozen=True, slots=True)
class PairView:
    """A promise and what came of it: `came` is None where no sentence of the next report was found for it.

    `anchor` is its id on the page, `theme` the class of its theme, `home` the id of the theme if it is the first of it on the page and no
    heading has that id. `word` is the word of the verdict, "" if none is said; `why` tells why two figures are not comparable, `edited` what the publisher
    changed.
    """

    name: str
    anchor: str
    theme: str
    home: str
    promised: StatedView
    came: StatedView | None
    word: str
    why: str
    edited: str

    @property
    def marks(self) -> dict[str, str]:
        """The attributes of its row."""
        return {"id": self.anchor, "class": self.theme}


@dataclass(frozen=True, slots=True)
class PairTheme:
    """The pairs of a year and a theme; `anchor` is the id of its heading."""

    anchor: str
    label: str
    pairs: tuple[PairView, ...]


@dataclass(frozen=True, slots=True)
class PairYear:
    """What came of the promises of one report: `promised` and `told` are the short names of the two reports.

    `themes` are the pairs that have a result, `alone` the promises for which none was found, by theme too. `alone_label` is what is
    said of the latter.
    """

    anchor: str
    promised: str
    told: str
    themes: tuple[PairTheme, ...]
    alone: tuple[PairView, ...]
    alone_label: str

    @property
    def total(self) -> int:
        """How many promises there are."""
        return sum(len(theme.pairs) for theme in self.themes) + len(self.alone)


def pair_years(place: ComparedPlace, origin: str) -> Iterator[PairYear]:
    """Yield the pairs of each two neighbouring years, the newest first."""
    seen: set[str] = set()
    for report in reversed(place.ordered):
        year, later = report.reading.meta.year, place.next_of(report.reading.meta.slug)
        of_year = [k for k, pair in enumerate(place.years.pairs) if pair.target.report == report.reading.meta.slug]
        if later is None or not of_year:
            continue
        themes = []
        for theme in place.themes:
            of_theme = [
                k for k in of_year if place.years.pairs[k].result and place.theme(place.years.pairs[k]) == theme
            ]
            if of_theme:
                name = theme_anchor(theme)
                pairs = tuple(_pair(place, k, theme, origin, "") for k in of_theme)
                themes.append(PairTheme(f"y{year}-{name}" if name in seen else name, theme.label, pairs))
                seen.add(name)
        yield PairYear(
            f"y{year}",
            report_label(report.reading),
            report_label(later.reading),
            tuple(themes),
            tuple(_alone(place, of_year, origin, seen)),
            wording.VERDICTS["no result stated"] if place.verdicts else wording.UNPAIRED,
        )


def theme_chips(place: ComparedPlace) -> Iterator[tuple[str, str, int]]:
    """Yield the themes that can be chosen: anchor and label of each, and how many promises are of it."""
    themes = [place.theme(pair) for pair in place.years.pairs]
    for theme in place.themes:
        yield theme_anchor(theme), theme.label, themes.count(theme)


def theme_anchor(theme: Theme) -> str:
    """The id of a theme on the page, and the class of its promises."""
    return f"theme-{theme.id}"


def _alone(place: ComparedPlace, of_year: Sequence[int], origin: str, seen: set[str]) -> Iterator[PairView]:
    """Yield the promises of a year for which no result was found, by theme; `seen` are the ids of themes on the page."""
    for theme in place.themes:
        for k in of_year:
            pair = place.years.pairs[k]
            if pair.result is None and place.theme(pair) == theme:
                name = theme_anchor(theme)
                yield _pair(place, k, theme, origin, "" if name in seen else name)
                seen.add(name)


def _pair(place: ComparedPlace, k: int, theme: Theme, origin: str, home: str) -> PairView:
    pair = place.years.pairs[k]
    word = place.word(pair) if pair.result else ""
    return PairView(
        name=pair.name,
        anchor=place.anchors[k],
        theme=theme_anchor(theme),
        home=home,
        promised=place.beside(pair, pair.target, origin),
        came=place.beside(pair, pair.result, origin) if pair.result else None,
        word=word,
        why=pair.why if word and pair.verdict == "not comparable" else "",
        edited=place.edited(pair),
    )
