"""Knows the pages of places: which have reports of several years, and the promises and series that were found for one.

Leaves changing a pair or a series to `place_forms`.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from werkzeug.wrappers import Response

from workreport.desk.desk_page import after_step, desk_page
from workreport.desk.desk_places import accepts_rules, compared, places
from workreport.desk.desk_screens import DeskAddress
from workreport.desk.desk_state import Desk
from workreport.desk.toml_rows import with_row
from workreport.model.place_years import Pair, Series, Stated
from workreport.project import place_settings
from workreport.website.pages import wording

_LONGEST = 120
"""The most characters of a quote that are shown."""


@dataclass(frozen=True, slots=True)
class DeskPair:
    """A promise and what came of it: `report` and `id` name it in addresses, `told` is None where nothing was found."""

    report: str
    id: str
    name: str
    year: int
    promised: str
    told: str | None
    verdict: str
    own: bool
    note: str

    @property
    def begins(self) -> str:
        """The first words of the promise, by which a screen reader tells two of one name apart."""
        return self.promised[:12]


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """An indicator over the years: its id, its name, and a year and a value for each point."""

    id: str
    name: str
    points: tuple[tuple[int, str], ...]
    own: bool
    note: str


@dataclass(frozen=True, slots=True)
class HiddenRow:
    """What the publisher hid: "pair" or "series", and the value of the row that names it."""

    array: str
    written: str
    name: str


def all_places(desk: Desk) -> str:
    """The page of all places with reports of several years."""
    return desk_page(desk, "places", title="各年对照", at="/places", found=places(desk))


def place(desk: Desk, place: str) -> str:
    """The page of one place."""
    known = compared(desk, place)
    rules = place_settings.place_rules(desk.need_root(), place)
    names = {reference(pair.target): pair.name for pair in known.found.pairs}
    series = {one.id: one.name for one in known.found.series}
    hidden = [HiddenRow("pair", row.target, names.get(row.target, row.target)) for row in rules.pair if row.hide]
    hidden += [
        HiddenRow("series", row.series, series.get(row.series.removeprefix("series-"), row.series))
        for row in rules.series if row.hide
    ]  # fmt: skip
    asked = request.args.get("q", "").strip()[:40]
    pairs = [_pair(pair) for pair in known.shown.pairs if asked in pair.name or asked in pair.target.quote]
    return desk_page(
        desk, "place", title=f"各年对照：{known.shown.place}", at="/places", notice=request.args.get("notice", ""),
        slug_of=place, pairs=pairs, series=[_series(one) for one in known.shown.series if asked in one.name],
        hidden=hidden, asked=asked,
    )  # fmt: skip


def show_again(desk: Desk, place: str) -> Response:
    """Take back that a pair or a series is hidden."""
    known = compared(desk, place)
    array = "series" if request.form.get("array") == "series" else "pair"
    key = {"target" if array == "pair" else "series": request.form.get("written", ""), "hide": True}
    path = desk.need_root() / place_settings.place_file(place)

    def change() -> bool:
        return desk.edits.rewrite(
            path, "不再隐去", lambda text: with_row(text, array, key, None), accepts_rules(place, known)
        )

    return after_step(desk, f"/places/{place}", change)


def reference(stated: Stated) -> str:
    """Return what the files call something that a report states: qinghe-2024#s0123abcd-f1."""
    return f"{stated.report}#{stated.indicator or stated.sentence}"


def _pair(pair: Pair) -> DeskPair:
    result = pair.result
    return DeskPair(
        pair.target.report, pair.target.indicator or pair.target.sentence, pair.name, pair.year, _short(pair.target.quote),
        _short(result.quote) if result else None, wording.verdict_of(pair), pair.by == "publisher", pair.note,
    )  # fmt: skip


def _series(series: Series) -> SeriesRow:
    points = tuple(
        (point.year, point.stated.value or (point.growth.phrase if point.growth else "")) for point in series.points
    )
    return SeriesRow(series.id, series.name, points, series.by == "publisher", series.note)


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}……"


ADDRESSES = (
    DeskAddress("/places", all_places),
    DeskAddress("/places/<place>", place),
    DeskAddress("/places/<place>/show", show_again, changes=True),
)
"""The addresses of these pages."""
