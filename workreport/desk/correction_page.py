"""Knows the page on which a passage of a report is corrected by hand, as a repair with its reason, or a doubt about it is noted.

Leaves which repair that is to `own_repairs`. The source itself is never written.
"""

from __future__ import annotations

from typing import get_args

from flask import redirect, request
from werkzeug.wrappers import Response

from workreport.desk.desk_page import desk_page
from workreport.desk.desk_screens import DeskAddress
from workreport.desk.desk_state import Desk, NoSuchPart
from workreport.desk.own_repairs import CannotRepair, OwnRepair, own_repairs
from workreport.desk.tasks import told
from workreport.desk.text_pages import NOTES, REPAIRS
from workreport.desk.text_rows import PassageRow, side_rows
from workreport.desk.toml_rows import RowValue, row_in, with_row
from workreport.ingest.passages import count
from workreport.model import Confidence, FaultKind, Reading
from workreport.website.pages import wording

_KINDS: tuple[FaultKind, ...] = get_args(FaultKind)
_SURE: tuple[Confidence, ...] = get_args(Confidence)


def correction(desk: Desk, slug: str, start: int) -> str:
    """The page of one passage; `start` is where it begins in the source."""
    return _page(desk, slug, start, {}, "")


def save_correction(desk: Desk, slug: str, start: int) -> Response | str:
    """Add the repairs that make what was typed of the passage."""
    desk.tasks.require_idle()
    reading = desk.read(slug)
    row = _row(reading, start)
    typed = {name: request.form.get(name, "") for name in ("words", "reason")}
    reason = typed["reason"].strip()
    try:
        repairs = _typed_repairs(reading, row, typed["words"], reason)

        def edit(text: str) -> str:
            for repair in repairs:
                values: dict[str, RowValue] = {"before": repair.before, "after": repair.after, "reason": reason}
                key = {"id": None, "before": repair.before}
                text = with_row(text, "repair", key, {**(row_in(text, "repair", key) or {}), **values})
            return text

        desk.edits.rewrite(
            desk.folder(slug) / REPAIRS, f"改正“{repairs[0].before[:12]}”", edit, desk.accepts(slug, REPAIRS)
        )
    except Exception as error:  # noqa: BLE001 - the page tells any error above what was typed
        return _page(desk, slug, start, typed, told(error))
    return redirect(f"/report/{slug}/text?notice=saved#b{_row_at(desk, slug, start)}", 303)


def _typed_repairs(reading: Reading, row: PassageRow, typed: str, reason: str) -> list[OwnRepair]:
    """The repairs that make what was typed of a passage. Raises `CannotRepair`.

    A browser sends line ends of its own, and the line end behind the passage is not in the form.
    """
    if "\r\n" in row.page_words:
        raise CannotRepair("这份来源用 Windows 的换行，这里改不了。请用文本编辑器改 repairs.toml。")
    last = row.first + len(row.page_words.rstrip("\n"))
    repairs = own_repairs(reading, row.first, last, typed.replace("\r\n", "\n").rstrip("\n"))
    if not repairs:
        raise CannotRepair("没有改动。请把这一段改成应有的样子，再保存。")
    if not reason:
        raise CannotRepair("请写明为什么改，如“来源多印一字”；它会显示在“原文说明”页。")
    return repairs


def save_note(desk: Desk, slug: str, start: int) -> Response | str:
    """Add a doubt about words of the passage."""
    desk.tasks.require_idle()
    reading = desk.read(slug)
    row = _row(reading, start)
    typed = {name: request.form.get(name, "").strip() for name in ("quote", "note", "kind", "confidence")}
    try:
        values = _note(reading, row, typed)

        def edit(text: str) -> str:
            return with_row(text, "note", {"quote": typed["quote"], "note": typed["note"]}, values)

        desk.edits.rewrite(desk.folder(slug) / NOTES, f"存疑“{typed['quote'][:12]}”", edit, desk.accepts(slug, NOTES))
    except Exception as error:  # noqa: BLE001 - the page tells any error above what was typed
        return _page(desk, slug, start, typed, told(error))
    return redirect(f"/report/{slug}/text?notice=saved#b{start}", 303)


def _note(reading: Reading, row: PassageRow, typed: dict[str, str]) -> dict[str, RowValue]:
    """The row [[note]] for what was typed. Raises `CannotRepair`."""
    if not typed["quote"] or not typed["note"]:
        raise CannotRepair("请写上有疑问的文字，和疑在哪里。")
    values: dict[str, RowValue] = {
        "quote": typed["quote"], "note": typed["note"],
        "confidence": typed["confidence"] if typed["confidence"] in _SURE else "medium",
        "kind": typed["kind"] if typed["kind"] in _KINDS else "wording",
    }  # fmt: skip
    at = reading.source.text.find(typed["quote"], row.start, row.end)
    if at < 0 and typed["quote"] not in row.page_words:
        raise CannotRepair(f"这一段里没有“{typed['quote']}”。请照原文抄写，一字不差。")
    if at >= 0 and count(reading.source.text, typed["quote"]) > 1:
        values["nth"] = count(reading.source.text[: at + len(typed["quote"])], typed["quote"])
    return values


def _row(reading: Reading, start: int) -> PassageRow:
    """The passage that begins there. Raises `NoSuchPart`."""
    found = next((row for row in side_rows(reading) if row.start == start), None)
    if found is None:
        raise NoSuchPart("没有这一段。修复也许已改过，请回到原文一页再选。")
    return found


def _row_at(desk: Desk, slug: str, start: int) -> int:
    """Where the passage begins that has a place of the source now."""
    return max(row.start for row in side_rows(desk.read(slug)) if row.start <= start)


def _page(desk: Desk, slug: str, start: int, typed: dict[str, str], problem: str) -> str:
    reading = desk.read(slug)
    row = _row(reading, start)
    return desk_page(
        desk, "correction", title="改正或存疑", at="/text", slug=slug, source=row.source_words.rstrip(), problem=problem,
        start=start,
        words=typed.get("words", row.page_words.rstrip("\r\n")), reason=typed.get("reason", ""),
        quote=typed.get("quote", ""), note=typed.get("note", ""),
        kinds=[(kind, wording.FAULTS[kind], kind == typed.get("kind", "wording")) for kind in _KINDS],
        sure=[(one, wording.CONFIDENCE[one], one == typed.get("confidence", "medium")) for one in _SURE],
    )  # fmt: skip


ADDRESSES = (
    DeskAddress("/report/<slug>/passage/<int:start>", correction),
    DeskAddress("/report/<slug>/passage/<int:start>/repair", save_correction, changes=True),
    DeskAddress("/report/<slug>/passage/<int:start>/note", save_note, changes=True),
)
"""The addresses of this page."""
