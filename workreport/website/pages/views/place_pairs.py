"""Knows how the promises of one report and what the next one says of them are shown: year by year, by theme, side by side.

Leaves finding the pairs to `comparison`, and what is known of a place to `compared_place`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from workreport.model import Theme
from workreport.website.pages import wording
from workreport.website.pages.views.compared_place import ComparedPlace, StatedView, report_label

CORE = "核心指标"
"""The label of the pairs of core measures."""


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
class PairGroup:
    """The pairs of a year of core measures, or of a theme. `anchor` is the id of the fold, `open`: it is open before a reader asks."""

    anchor: str
    label: str
    pairs: tuple[PairView, ...]
    open: bool = False

    @property
    def marks(self) -> dict[str, str]:
        """The attributes of its fold."""
        return {"id": self.anchor} | ({"open": "yes"} if self.open else {})


@dataclass(frozen=True, slots=True)
class PairYear:
    """What came of the promises of one report: `promised` and `told` are the short names of the two reports.

    `groups` are the pairs that have a result, those of core measures first, then by theme; `alone` the promises for which none was
    found, by theme too. `alone_label` is what is said of the latter.
    """

    anchor: str
    promised: str
    told: str
    groups: tuple[PairGroup, ...]
    alone: tuple[PairView, ...]
    alone_label: str

    @property
    def total(self) -> int:
        """How many promises there are."""
        return sum(len(group.pairs) for group in self.groups) + len(self.alone)

    @property
    def alone_marks(self) -> dict[str, str]:
        """The attributes of the fold of the promises for which none was found."""
        return {"class": "unpaired", "id": f"{self.anchor}-unpaired"}


def pair_years(place: ComparedPlace, origin: str) -> Iterator[PairYear]:
    """Yield the pairs of each two neighbouring years, the newest first; of these the first group is open."""
    seen: set[str] = set()
    newest = True
    for report in reversed(place.ordered):
        year, later = report.reading.meta.year, place.next_of(report.reading.meta.slug)
        of_year = [k for k, pair in enumerate(place.years.pairs) if pair.target.report == report.reading.meta.slug]
        if later is None or not of_year:
            continue
        groups = list(_groups(place, f"y{year}", of_year, origin, seen))
        if newest and groups:
            groups[0], newest = replace(groups[0], open=True), False
        yield PairYear(
            f"y{year}",
            report_label(report.reading),
            report_label(later.reading),
            tuple(groups),
            tuple(_alone(place, of_year, origin, seen)),
            wording.VERDICTS["no result stated"] if place.verdicts else wording.UNPAIRED,
        )


def _groups(
    place: ComparedPlace, year: str, of_year: Sequence[int], origin: str, seen: set[str]
) -> Iterator[PairGroup]:
    """Yield the pairs of a year that have a result: those of core measures, then those of each theme; `seen` as in `_alone`."""
    pairs = place.years.pairs
    answered = [k for k in of_year if pairs[k].result]
    core = sorted((k for k in answered if pairs[k].measure), key=lambda k: place.order_of(pairs[k].measure))
    if core:
        shown = []
        for k in core:
            name = theme_anchor(place.theme(pairs[k]))
            shown.append(_pair(place, k, place.theme(pairs[k]), origin, "" if name in seen else name))
            seen.add(name)
        yield PairGroup(f"{year}-core", CORE, tuple(shown))
    for theme in place.themes:
        own = [k for k in answered if not pairs[k].measure and place.theme(pairs[k]) == theme]
        if own:
            name = theme_anchor(theme)
            anchor = f"{year}-{name}" if name in seen else name
            yield PairGroup(anchor, theme.label, tuple(_pair(place, k, theme, origin, "") for k in own))
            seen.add(name)


def theme_chips(place: ComparedPlace) -> Iterator[tuple[str, str, int]]:
    """Yield the themes that can be chosen: anchor and label of each, and how many promises and series are of it."""
    themes = [*map(place.theme, place.years.pairs), *map(place.series_theme, place.years.series)]
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
