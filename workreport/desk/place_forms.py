"""Knows the pages on which a promise is paired with another result or parted from it, and a series joined or parted.

They write `places/<place>/series.toml`. Leaves what the rules mean to `comparison.place_edits`.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from flask import redirect, request
from werkzeug.wrappers import Response

from workreport.comparison.place_edits import Word
from workreport.desk.desk_page import desk_page
from workreport.desk.desk_places import ComparedReports, accepts_rules, compared
from workreport.desk.desk_screens import DeskAddress
from workreport.desk.desk_state import Desk, NoSuchPart
from workreport.desk.file_changes import Conflict, RowChange
from workreport.desk.place_pages import reference
from workreport.desk.row_texts import row_as_text, row_of_text
from workreport.desk.tasks import told
from workreport.desk.toml_rows import RowValue, row_in
from workreport.ingest.plain_files import LARGEST_TOML, read_plain_file
from workreport.model import split_unit
from workreport.model.place_years import Pair, Series
from workreport.project import place_settings
from workreport.website.pages import wording

_VERDICTS: tuple[str, ...] = get_args(Word)
_MOST_RESULTS = 60
"""The most figures of the next report that are offered as a result, those with the most similar names first."""


@dataclass(frozen=True, slots=True)
class ChosenOption:
    """An option: what it sends, its words, and whether it is chosen."""

    value: str
    words: str
    chosen: bool


def pair(desk: Desk, place: str, report: str, target: str) -> str:
    """The page of one promise."""
    return _pair_page(desk, place, f"{report}#{target}", "", request.args.get("notice", ""))


def save_pair(desk: Desk, place: str, report: str, target: str) -> Response | str:
    """Pair a promise with another sentence, part it, hide it, or change its name or verdict."""
    form, name = request.form, f"{report}#{target}"
    known = compared(desk, place)
    found = _pair_of(known, name)
    row: dict[str, RowValue] = {"target": name}
    match form.get("what", ""):
        case "join" if form.get("result"):
            row["result"] = form["result"]
        case "part":
            row["part"] = True
        case "hide":
            row["hide"] = True
    called = form.get("name", "").strip()
    if called and called != found.name and "hide" not in row:
        row["name"] = called
    if form.get("verdict") and "hide" not in row:
        row["verdict"] = form["verdict"]
    return _save(
        desk, place, known, "pair", row, f"承诺“{found.name}”", lambda problem: _pair_page(desk, place, name, problem)
    )


def series(desk: Desk, place: str, series: str) -> str:
    """The page of one series."""
    return _series_page(desk, place, series, "", request.args.get("notice", ""))


def save_series(desk: Desk, place: str, series: str) -> Response | str:
    """Join series, part figures from one, hide it, or change its name."""
    form = request.form
    known = compared(desk, place)
    found = _series_of(known, series)
    row: dict[str, RowValue] = {"series": _written(desk, place, series)}
    if form.get("what") == "hide":
        row["hide"] = True
    else:
        for key in ("join", "part"):
            if form.getlist(key):
                row[key] = form.getlist(key)
        called = form.get("name", "").strip()
        if called and called != found.name:
            row["name"] = called
    return _save(
        desk,
        place,
        known,
        "series",
        row,
        f"历年指标“{found.name}”",
        lambda problem: _series_page(desk, place, series, problem),
    )


def _save(
    desk: Desk,
    place: str,
    known: ComparedReports,
    array: str,
    row: dict[str, RowValue],
    what: str,
    again: Callable[[str], str],
) -> Response | str:
    """Write a row, or take it away if it says nothing."""
    desk.tasks.require_idle()
    key = next(iter(row))
    wanted: dict[str, RowValue] | None = dict(row)
    note = request.form.get("note", "").strip()
    if len(row) == 1:
        wanted = None
    elif note:
        wanted = {**row, "note": note}
    change = RowChange(array, {key: row[key]}, row_of_text(request.form.get("seen", "")), wanted)
    try:
        changed = desk.edits.change_row(_file(desk, place), f"改{what}", change, accepts_rules(place, known))
    except Conflict:
        return again("没有保存：这一项在别处改过。下面是文件里现在的样子，请看过再改。")
    except Exception as error:  # noqa: BLE001 - the page tells any error
        return again(told(error))
    return redirect(f"/places/{place}?notice={'saved' if changed else 'same'}", 303)


def _file(desk: Desk, place: str) -> Path:
    return desk.need_root() / place_settings.place_file(place)


def _text(desk: Desk, place: str) -> str:
    path = _file(desk, place)
    return read_plain_file(path, LARGEST_TOML).decode("utf-8-sig") if path.exists() else ""


def _written(desk: Desk, place: str, series: str) -> str:
    """How the file calls a series: with or without what stands before its id in addresses."""
    text = _text(desk, place)
    return next(
        (name for name in (f"series-{series}", series) if row_in(text, "series", {"series": name})), f"series-{series}"
    )


def _pair_of(known: ComparedReports, name: str) -> Pair:
    """The promise as the program finds it, or as the publisher added it. Raises `NoSuchPart`."""
    found = next((p for p in (*known.found.pairs, *known.shown.pairs) if reference(p.target) == name), None)
    if found is None:
        raise NoSuchPart("没有这一项承诺。报告也许已改过，请回到各年对照。")
    return found


def _series_of(known: ComparedReports, name: str) -> Series:
    """The series as the program finds it, or as it came to be. Raises `NoSuchPart`."""
    found = next((s for s in (*known.found.series, *known.shown.series) if s.id == name), None)
    if found is None:
        raise NoSuchPart("没有这一项历年指标。报告也许已改过，请回到各年对照。")
    return found


def _pair_page(desk: Desk, place: str, name: str, problem: str, notice: str = "") -> str:
    known = compared(desk, place)
    found = _pair_of(known, name)
    shown = next((p for p in known.shown.pairs if reference(p.target) == name), found)
    row = row_in(_text(desk, place), "pair", {"target": name}) or {}
    what = next((key for key in ("hide", "part") if row.get(key)), "join" if row.get("result") else "keep")
    return desk_page(
        desk, "pair", title=f"承诺：{found.name}", at="/places", notice=notice, problem=problem, slug_of=place,
        found=found, shown=shown, what=what, results=_results(known, found, str(row.get("result", ""))),
        name=row.get("name", found.name), note=row.get("note", ""), seen=row_as_text(row or None),
        told=wording.verdict_of(found), verdicts=[ChosenOption(word, word, word == row.get("verdict")) for word in _VERDICTS],
        address=f"/places/{place}/pair/{name.replace('#', '/')}",
    )  # fmt: skip


def _results(known: ComparedReports, found: Pair, chosen: str) -> list[ChosenOption]:
    """The figures of the next year's report that may be the result of a promise, those with the most similar names first."""
    reports = known.found.reports
    at = reports.index(found.target.report) + 1
    if at >= len(reports):
        return []
    later = known.readings[reports[at]]
    usable = [i for i in later.indicators if i.duplicate_of is None]
    alike = {i.id: difflib.SequenceMatcher(None, found.name, i.name, autojunk=False).ratio() for i in usable}
    usable.sort(key=lambda i: (-alike[i.id], i.start))
    options = [
        ChosenOption(
            f"{reports[at]}#{i.id}", f"{i.name} {i.signed}{i.unit}：{i.quote[:40]}", f"{reports[at]}#{i.id}" == chosen
        )
        for i in usable[:_MOST_RESULTS]
    ]
    if chosen and not any(option.chosen for option in options):
        options.insert(0, ChosenOption(chosen, chosen, chosen=True))
    return options


def _series_page(desk: Desk, place: str, name: str, problem: str, notice: str = "") -> str:
    known = compared(desk, place)
    found = _series_of(known, name)
    row = row_in(_text(desk, place), "series", {"series": _written(desk, place, name)}) or {}
    joined = [str(one).removeprefix("series-") for one in row.get("join", [])]
    unit = split_unit(found.unit)[0]
    others = [
        ChosenOption(
            f"series-{other.id}",
            f"{other.name}（{other.points[0].year}至{other.points[-1].year}年）",
            other.id in joined,
        )
        for other in known.found.series
        if other.id != name and other.points and split_unit(other.unit)[0] == unit
    ]
    parted = row.get("part", [])
    points = [
        ChosenOption(
            reference(p.stated), f"{p.year}年 {p.stated.value}：{p.stated.quote[:40]}", reference(p.stated) in parted
        )
        for p in found.points
    ]
    return desk_page(
        desk, "series", title=f"历年指标：{found.name}", at="/places", notice=notice, problem=problem, slug_of=place,
        what="hide" if row.get("hide") else "keep", others=others, joined=joined, points=points, name=row.get("name", found.name),
        note=row.get("note", ""), seen=row_as_text(row or None), address=f"/places/{place}/series/{name}",
    )  # fmt: skip


ADDRESSES = (
    DeskAddress("/places/<place>/pair/<report>/<target>", pair),
    DeskAddress("/places/<place>/pair/<report>/<target>/save", save_pair, changes=True),
    DeskAddress("/places/<place>/series/<series>", series),
    DeskAddress("/places/<place>/series/<series>/save", save_series, changes=True),
)
"""The addresses of these pages."""
