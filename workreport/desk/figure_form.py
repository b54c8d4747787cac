"""Knows the page on which one figure of a report is renamed or corrected, with what was read beside each value.

Leaves what a correction means to `analysis.overrides`, and the table of figures to `figure_pages`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request
from werkzeug.wrappers import Response

from workreport.analysis.overrides import FIELDS, field_texts
from workreport.desk.desk_page import after_step, desk_page
from workreport.desk.desk_screens import DeskAddress
from workreport.desk.desk_state import Desk, NoSuchPart
from workreport.desk.figure_pages import FILE, figure_rows, names_of
from workreport.desk.file_changes import Conflict, RowChange
from workreport.desk.row_texts import row_as_text, row_of_text
from workreport.desk.tasks import told
from workreport.desk.toml_rows import RowValue, rows_in
from workreport.ingest.plain_files import LARGEST_TOML, read_plain_file
from workreport.model import Indicator, Reading
from workreport.website.pages import wording

_ARRAY = "change"
_DIRECTIONS = {"up": "上升", "down": "下降", "flat": "持平"}


@dataclass(frozen=True, slots=True)
class FigureField:
    """A value of a figure in the form: its key in the file, its name and a hint; `choices` are its values with their names."""

    key: str
    label: str
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()


MAIN = (
    FigureField("name", "名称"),
    FigureField("value", "数值", "照报告的写法，如 62661、1.5。"),
    FigureField("unit", "单位", "连万、亿，如 亿元。没有单位就空着。"),
    FigureField("approx", "约数的字", "如 约、左右、以上。没有就空着。"),
    FigureField("status", "是结果还是目标", choices=tuple(wording.STATUS.items())),
    FigureField("kind", "哪一类", choices=tuple(wording.KINDS.items())),
    FigureField("period", "什么时候的", "如 2024年、一季度。与报告所述的年份相同就空着。"),
    FigureField("parent", "是哪一项的一部分", "如 一般公共预算收入。不是谁的一部分就空着。"),
)
"""The values that every figure has."""
CHANGE = (
    FigureField("change.value", "增减多少", "如 5.1。没有增减就空着。"),
    FigureField("change.unit", "增减的单位", "如 %、个百分点。"),
    FigureField("change.base", "与什么比", "如 同比、比上年。"),
    FigureField("change.direction", "升还是降", choices=tuple(_DIRECTIONS.items())),
)
"""The change that stands beside a value."""
RARE = (
    FigureField("estimated", "是不是预计数", choices=(("", "不是"), ("是", "是"))),
    FigureField("number", "数值是多少", "只在“数值”不是纯数字（五、3—5）时写，如 5。"),
    FigureField("number_max", "区间的上限", "只在数值是区间时写，如 5。"),
)
"""Values that hardly ever need to be written."""


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A value in the form: `typed` stands in the input, `read` is what the program read in the text, in words."""

    field: FigureField
    typed: str
    read: str

    @property
    def differs(self) -> bool:
        """Whether something else was read."""
        return dict(self.field.choices).get(self.typed, self.typed) != self.read


def figure(desk: Desk, slug: str, figure: str) -> str:
    """The page of one figure."""
    return _page(desk, slug, figure, {}, "", request.args.get("notice", ""))


def save_figure(desk: Desk, slug: str, figure: str) -> Response | str:
    """Save what differs from what was read; nothing that differs takes the correction away."""
    reading = desk.read(slug)
    i = _indicator(reading, figure)
    typed = {field.key: request.form.get(field.key, "").strip() for field in (*MAIN, *CHANGE, *RARE)}
    typed["note"] = request.form.get("note", "").strip()
    seen = row_of_text(request.form.get("seen", ""))
    name = str(seen["id"]) if seen and seen.get("id") in names_of(reading, i) else i.id
    wanted = None if "as-read" in request.form else correction(name, read_values(i) | _read_change(i), typed)
    row = RowChange(_ARRAY, {"id": name}, seen, wanted)
    path, what = desk.folder(slug) / FILE, f"更正指标“{i.name}”"

    def change() -> bool:
        return desk.edits.change_row(path, what, row, desk.accepts(slug, FILE))

    try:
        changed = change()
    except Conflict as conflict:
        now = "、".join(f"{key} = {value}" for key, value in conflict.now.items()) or "（已删去）"
        problem = f"没有保存：这一项的更正在别处改过，文件里现在是：{now}。请看清楚，要用下面的就再保存一次。"
        return _page(desk, slug, figure, typed, problem, "")
    except Exception as error:  # noqa: BLE001 - the page tells any error above what was typed
        return _page(desk, slug, figure, typed, told(error), "", seen)
    desk.live.refresh(slug)
    return after_step(desk, f"/report/{slug}/figure/{figure}", lambda: changed)


def read_values(i: Indicator) -> dict[str, str]:
    """Return what was read of a figure, by the keys of the form, whatever the publisher corrected."""
    read = dict(zip(FIELDS, field_texts(i), strict=True)) | dict(i.as_read)
    read.pop("change")
    return read


def change_values(i: Indicator) -> dict[str, str]:
    """Return the change that stands beside the value of a figure, by the keys of the form."""
    g = i.growth
    values = (g.value, g.unit, g.base or "", g.direction) if g else ("", "%", "", "up")
    return dict(zip((field.key for field in CHANGE), values, strict=True))


def correction(name: str, read: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, RowValue] | None:
    """Return the row [[change]] for what was typed, with only what differs from what was read; None if nothing does.

    `read` has the keys of the form, those of a change ("change.value") as they were read too.

    >>> correction("s1-f1", {"name": "就业", "unit": "人"}, {"name": "新增就业", "unit": "人", "note": "见公报"})
    {'id': 's1-f1', 'name': '新增就业', 'note': '见公报'}
    """
    row: dict[str, RowValue] = {"id": name}
    for field in (*MAIN, *RARE):
        if field.key in typed and typed[field.key] != read.get(field.key, ""):
            row[field.key] = bool(typed[field.key]) if field.key == "estimated" else typed[field.key]
    moved = {field.key: typed.get(field.key, "") for field in CHANGE if field.key in typed}
    if any(moved[key] != read.get(key, "") for key in moved):
        row["change"] = {key.removeprefix("change."): value for key, value in moved.items() if value} or {"value": ""}
        if not moved.get("change.value"):
            row["change"] = {"value": ""}
    if len(row) == 1:
        return None
    return row | ({"note": typed["note"]} if typed.get("note") else {})


def _indicator(reading: Reading, name: str) -> Indicator:
    """Return the indicator of an id, hidden ones too. Raises `NoSuchPart`."""
    found = next((i for i in (*reading.indicators, *reading.found.hidden) if i.id == name), None)
    if found is None:
        raise NoSuchPart("没有这一项指标。原文或更正也许已改过，请回到指标表。")
    return found


def _page(
    desk: Desk, slug: str, name: str, typed: Mapping[str, str], problem: str, notice: str, seen: object = ...
) -> str:
    reading = desk.read(slug)
    i = _indicator(reading, name)
    path = desk.folder(slug) / FILE
    text = read_plain_file(path, LARGEST_TOML).decode("utf-8-sig") if path.exists() else ""
    known = names_of(reading, i)
    stored = next((row for row in reversed(rows_in(text, _ARRAY)) if row.get("id") in known), None)
    told_read = {"change.value": dict(i.as_read).get("change", "")}
    now = dict(zip(FIELDS, field_texts(i), strict=True)) | change_values(i)
    read = read_values(i) | _read_change(i)

    def rows(fields: tuple[FigureField, ...]) -> list[FieldRow]:
        made = []
        for field in fields:
            words = dict(field.choices).get(read[field.key], read[field.key]) if field.choices else read[field.key]
            made.append(FieldRow(field, typed.get(field.key, now[field.key]), told_read.get(field.key) or words))
        return made

    row = next(row for row in figure_rows(reading) if row.id == name)
    return desk_page(
        desk, "figure", title=f"指标：{i.name}", at="/figures", notice=notice, slug=slug, row=row, problem=problem,
        main=rows(MAIN), change=rows(CHANGE), rare=rows(RARE), note=typed.get("note", i.note),
        seen=row_as_text(stored if seen is ... else seen), corrected=stored is not None,
    )  # fmt: skip


def _read_change(i: Indicator) -> dict[str, str]:
    """The change that was read beside the value, by the keys of the form; where the publisher corrected it, nothing is known of it."""
    if "change" not in dict(i.as_read):
        return change_values(i)
    return dict.fromkeys((field.key for field in CHANGE), "")


ADDRESSES = (
    DeskAddress("/report/<slug>/figure/<figure>", figure),
    DeskAddress("/report/<slug>/figure/<figure>/save", save_figure, changes=True),
)
"""The addresses of this page."""
