"""Knows the page of a report's text: source and page side by side, with each repair and doubt at its place, to accept or undo.

Leaves the rows to `text_rows`, and writing a repair or doubt of one's own to `correction_page`. The source is never written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import request
from werkzeug.wrappers import Response

from workreport.analysis.faults import for_the_public
from workreport.desk.desk_page import after_step, desk_page
from workreport.desk.desk_screens import DeskAddress
from workreport.desk.desk_state import Desk, NoSuchPart
from workreport.desk.text_rows import PassageRow, SidePiece, side_rows
from workreport.desk.toml_rows import row_in, with_row
from workreport.model import Fault, Repair
from workreport.website.pages import wording

REPAIRS, NOTES = "repairs.toml", "notes.toml"
"""The files of a report that this page changes."""
_LONGEST = 60
"""The most characters of a text that a remark repeats."""


@dataclass(frozen=True, slots=True)
class RepairRemark:
    """A repair at its place: its id, what it is, what it does in words, why, and the button: its name and what it sends.

    `own`: the publisher wrote it, and can take it away. `button` is "" where nothing can be done.
    """

    id: str
    kind: str
    does: str
    reason: str
    state: str
    button: str
    act: str
    own: bool


@dataclass(frozen=True, slots=True)
class DoubtRemark:
    """A doubt at its place: what it is, how sure, and what it says. `own`: the publisher wrote it, with the key of its row."""

    kind: str
    sure: str
    says: str
    quote: str
    shown: bool
    own: bool


@dataclass(frozen=True, slots=True)
class ShownSide:
    """A row of the page: where it starts, the pieces of both sides, and what is to be said of it."""

    start: int
    source: tuple[SidePiece, ...]
    page: tuple[SidePiece, ...]
    repairs: tuple[RepairRemark, ...]
    doubts: tuple[DoubtRemark, ...]


def text(desk: Desk, slug: str) -> str:
    """The page of the text."""
    reading = desk.read(slug)
    rows = side_rows(reading)
    marked = [row for row in rows if row.marked]
    only = request.args.get("show") == "marked"
    public = set(for_the_public(reading.faults))
    shown = [_shown(row, public) for row in (marked if only else rows) if row.marked or row.source_words.strip()]
    return desk_page(
        desk, "text", title=f"原文：{reading.meta.name}", at="/text", slug=slug, notice=request.args.get("notice", ""),
        rows=shown, only=only, marked=len(marked), everything=sum(bool(row.source_words.strip()) for row in rows),
        repairs=sum(r.by != "reading" and r.status == "applied" for r in reading.repairs), doubts=len(reading.faults),
        left_out=sum(r.by == "reading" for r in reading.repairs),
    )  # fmt: skip


def _shown(row: PassageRow, public: set[Fault]) -> ShownSide:
    repairs = tuple(map(_repair_remark, row.repairs))
    doubts = tuple(
        DoubtRemark(
            wording.FAULTS[f.kind], wording.CONFIDENCE[f.confidence], f.note, _short(f.quote), f in public, f.by == "publisher"
        )
        for f in row.faults
    )  # fmt: skip
    return ShownSide(row.start, _trimmed(row.source), _trimmed(row.page), repairs, doubts)


def _trimmed(pieces: Sequence[SidePiece]) -> tuple[SidePiece, ...]:
    """Pieces without the empty lines at their end."""
    kept = list(pieces)
    while kept and not kept[-1].words.strip():
        kept.pop()
    if kept:
        kept[-1] = replace(kept[-1], words=kept[-1].words.rstrip())
    return tuple(kept)


def _repair_remark(r: Repair) -> RepairRemark:
    """What the page says of a repair, and its button."""
    kind = wording.REPAIRS.get(r.kind, "修复")
    own = r.by == "publisher" and r.id.startswith("editor-")
    if r.by == "reading":
        button = "" if r.kind == "control" else "放回原处"
        return RepairRemark(
            r.id, f"读入时{kind}", f"“{_short(r.before)}”", r.reason, "没有收入", button, "off", own=False
        )
    if r.by == "publisher" and not own:  # what reading left out and the publisher put back
        return RepairRemark(
            r.id, f"放回（{kind}）", f"“{_short(r.after)}”", r.reason, "已放回", "仍旧略去", "on", own=False
        )
    does = f"“{_short(r.before)}”改为“{_short(r.after)}”" if r.after else f"去掉“{_short(r.before)}”"
    state = wording.REPAIR_STATUS[r.status]
    if own:
        return RepairRemark(r.id, kind, does, r.reason, state, "删去这一条", "remove", own=True)
    button, act = ("撤销", "off") if r.status == "applied" else ("采用", "on")
    return RepairRemark(r.id, kind, does, r.reason, state, button, act, own=False)


def _short(words: str) -> str:
    """A text on one line, cut where it is long; line ends are shown as ↵."""
    shown = words.replace("\r\n", "\n").replace("\n", "↵")
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST // 2]}……{shown[-_LONGEST // 2 :]}"


def switch_repair(desk: Desk, slug: str) -> Response:
    """Switch a repair on or off, put back what reading left out, or take an own repair away."""
    reading = desk.read(slug)
    name, act = request.form.get("id", ""), request.form.get("act", "")
    found = next((r for r in reading.repairs if r.id == name), None)
    if found is None or act not in ("on", "off", "remove"):
        raise NoSuchPart("没有这一条修复。也许在别处已经删去，请回到原文一页看看。")
    repair = found
    path = desk.folder(slug) / REPAIRS

    def edit(text: str) -> str:
        if act == "remove":
            return with_row(text, "repair", {"id": None, "before": repair.before, "after": repair.after}, None)
        row = row_in(text, "repair", {"id": name}) or {"id": name}
        return with_row(text, "repair", {"id": name}, {**row, "applied": act == "on"})

    def change() -> bool:
        what = {"on": "采用修复", "off": "撤销修复", "remove": "删去自己的修复"}[act]
        return desk.edits.rewrite(path, what, edit, desk.accepts(slug, REPAIRS))

    return after_step(desk, _again(slug), change, _anchor())


def remove_note(desk: Desk, slug: str) -> Response:
    """Take away a doubt that the publisher wrote."""
    reading = desk.read(slug)
    place = request.form.get("at", "")
    row = next((row for row in side_rows(reading) if str(row.start) == place), None)
    fault = next(
        (f for f in (row.faults if row else ()) if f.by == "publisher" and f.note == request.form.get("note")), None
    )
    if fault is None:
        raise NoSuchPart("没有这一条存疑。也许在别处已经删去，请回到原文一页看看。")
    key = {"quote": fault.quote, "note": fault.note}
    path = desk.folder(slug) / NOTES

    def change() -> bool:
        return desk.edits.rewrite(
            path, "删去存疑", lambda text: with_row(text, "note", key, None), desk.accepts(slug, NOTES)
        )

    return after_step(desk, _again(slug), change, _anchor())


def _again(slug: str) -> str:
    """The address of the page with the choice that it showed."""
    return f"/report/{slug}/text" + ("?show=marked" if request.form.get("show") == "marked" else "")


def _anchor() -> str:
    at = request.form.get("at", "")
    return f"b{at}" if at.isdecimal() else "rows"


ADDRESSES = (
    DeskAddress("/report/<slug>/text", text),
    DeskAddress("/report/<slug>/text/switch", switch_repair, changes=True),
    DeskAddress("/report/<slug>/text/remove-note", remove_note, changes=True),
)
"""The addresses of this page."""
