"""Knows the page of a report's facts: each with the words it was read from, to be confirmed or corrected.

Leaves reading the facts to `ingest`, and which values `report.toml` may have to `project.report_settings`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

from flask import redirect, request
from werkzeug.wrappers import Response

from workreport.desk.desk_page import desk_page
from workreport.desk.desk_screens import DeskAddress
from workreport.desk.desk_state import Desk
from workreport.desk.file_changes import Conflict
from workreport.desk.tasks import told
from workreport.desk.toml_values import TomlValue, values_in
from workreport.ingest.facts.fact_spans import FactSpan, fact_spans
from workreport.ingest.plain_files import LARGEST_TOML, read_plain_file
from workreport.model import Reading
from workreport.project import report_settings, writer

_LEAST_SHOWN, _AROUND = 400, 120
"""The fewest characters of the beginning that are shown, and how many are shown around words further on."""


class BadValue(Exception):
    """What was typed is no such value; the message says how it is written."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a report: its key in `report.toml`, its name, a hint, and the type of its input (text, number, date)."""

    key: str
    label: str
    hint: str
    kind: str = "text"


FACTS = (
    Fact("title", "题名", "如：政府工作报告。"),
    Fact("place", "地方", "连上级写：杭州市拱墅区。"),
    Fact("code", "区划代码", "六位，如 330105。随地方而定，一般不用改。"),
    Fact("year", "年份", "报告的年份，如 2024。", "number"),
    Fact("date", "作报告的日期", "在会上作报告的那一天。", "date"),
    Fact("meeting", "会议", "如：某某区第十七届人民代表大会第三次会议。"),
    Fact("speaker", "报告人", "只写姓名。"),
    Fact("office", "职务", "如：区长。"),
    Fact("published", "在网上发布的日期", "报告里没有，程序不推测；不写就不显示。", "date"),
)
"""The facts of the page, in its order."""


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact on the page. `was`: the value in the file; `shown`: the value that holds, read or confirmed; `typed`: what stands
    in the input. `guessed`: nobody has confirmed it; `stated`: words of the text state it; `now`: what another program wrote
    meanwhile, None if nothing.
    """

    fact: Fact
    was: str
    shown: str
    typed: str
    guessed: bool
    stated: bool
    now: str | None = None


@dataclass(frozen=True, slots=True)
class StatingPiece:
    """A piece of the text: `facts` are the keys of what it states, `begins` of those that begin with it."""

    words: str
    facts: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()


def facts(desk: Desk, slug: str) -> str:
    """The page of facts."""
    return _page(desk, slug, {}, {}, "", request.args.get("notice", ""))


def save_facts(desk: Desk, slug: str) -> Response | str:
    """Save what was corrected, and take what was confirmed out of `guessed`."""
    desk.tasks.require_idle()
    path = desk.folder(slug) / "report.toml"
    form = request.form
    typed = {fact.key: form.get(fact.key, "").strip() for fact in FACTS}
    try:
        seen, wanted = _wanted(path, form, typed)
        changed = desk.edits.change(path, "核对事实", seen, wanted, lambda data: _accept(slug, data))
    except Conflict as conflict:
        return _page(desk, slug, typed, {key: _text(conflict.now.get(key)) for key in conflict.keys}, "", "")
    except Exception as error:  # noqa: BLE001 - the page tells any error above what was typed
        return _page(desk, slug, typed, {}, told(error), "")
    return redirect(f"/report/{slug}/facts?notice={'saved' if changed else 'same'}", 303)


def _wanted(
    path: Path, form: Mapping[str, str], typed: Mapping[str, str]
) -> tuple[dict[str, TomlValue | None], dict[str, TomlValue | None]]:
    """Return the values that the page showed of the file, and those that it is to have. Raises `BadValue`.

    A value that was neither corrected nor confirmed is left as it is in the file: a guess of the program stays one.
    """
    seen: dict[str, TomlValue | None] = {}
    wanted: dict[str, TomlValue | None] = {}
    settled = set()
    everything = form.get("confirm") == "all"
    for fact in FACTS:
        corrected = typed[fact.key] != form.get(f"shown-{fact.key}", "")
        if corrected or everything or f"checked-{fact.key}" in form:
            settled.add(fact.key)
            seen[fact.key] = _value(fact, form.get(f"was-{fact.key}", ""))
            wanted[fact.key] = _value(fact, typed[fact.key])
    present = values_in(read_plain_file(path, LARGEST_TOML).decode("utf-8-sig"), ["guessed"]).get("guessed", [])
    if isinstance(present, list):
        names = [str(name) for name in present]
        seen["guessed"], wanted["guessed"] = names, [name for name in names if name not in settled]
    return seen, wanted


def _value(fact: Fact, typed: str) -> TomlValue | None:
    """Return what was typed as the value of a fact; None for nothing. Raises `BadValue`."""
    if not typed:
        return None
    try:
        if fact.kind == "number":
            return int(typed)
        if fact.kind == "date":
            return datetime.fromisoformat(typed) if "T" in typed else date.fromisoformat(typed)
    except ValueError as error:
        raise BadValue(f"“{fact.label}”写作“{typed}”，认不出来。{fact.hint}") from error
    return typed


def _accept(slug: str, data: bytes) -> None:
    """Raise the error of the program if it does not accept these bytes as `report.toml`."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / slug
        writer.write_bytes(home / "report.toml", data)
        report_settings.metadata(home)


def _page(desk: Desk, slug: str, typed: Mapping[str, str], now: Mapping[str, str], problem: str, notice: str) -> str:
    reading = desk.read(slug)
    stored = report_settings.metadata(desk.folder(slug))
    spans = fact_spans(reading.meta, reading.text.body)
    rows = []
    for fact in FACTS:
        shown = _text(getattr(reading.meta, fact.key))
        was, value = _text(getattr(stored, fact.key)), typed.get(fact.key, shown)
        guessed, stated = fact.key in reading.meta.guessed, fact.key in spans
        rows.append(FactRow(fact, was, shown, value, guessed, stated, now.get(fact.key)))
    return desk_page(
        desk, "facts", title=f"事实：{reading.meta.name}", at="/facts", notice=notice, slug=slug, rows=rows, problem=problem,
        pieces=text_pieces(reading, spans), unconfirmed=len(reading.meta.guessed), lost=bool(now),
    )  # fmt: skip


def _text(value: object) -> str:
    """Return a value as an input shows it."""
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def text_pieces(reading: Reading, spans: Mapping[str, FactSpan]) -> list[StatingPiece]:
    """Return the beginning of a report, and what is around the words that state its facts, cut where such words begin or end."""
    body = reading.text.body
    shown = [(0, min(len(body), _LEAST_SHOWN))]
    shown += [(max(0, s.start - _AROUND), min(len(body), s.end + _AROUND)) for s in spans.values()]
    pieces: list[StatingPiece] = []
    end = 0
    for start, stop in _joined(shown):
        if start > end:
            pieces.append(StatingPiece("\n……\n"))
        cuts = sorted({start, stop, *(at for s in spans.values() for at in (s.start, s.end) if start < at < stop)})
        for a, b in pairwise(cuts):
            stating = tuple(key for key, s in spans.items() if s.start <= a and b <= s.end)
            pieces.append(StatingPiece(body[a:b], stating, tuple(key for key in stating if spans[key].start == a)))
        end = stop
    if end < len(body):
        pieces.append(StatingPiece("\n……"))
    return pieces


def _joined(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return ranges in order, those that touch as one.

    >>> _joined([(8, 9), (0, 3), (2, 5)])
    [(0, 5), (8, 9)]
    """
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


ADDRESSES = (
    DeskAddress("/report/<slug>/facts", facts),
    DeskAddress("/report/<slug>/facts/save", save_facts, changes=True),
)
"""The addresses of these pages."""
