"""Knows the data files of a report: its indicators (指标) as JSON, CSV and XLSX.

Leaves the form of tables to `data_tables`, their machine-readable descriptions to `data_descriptions`, the wording of figures to `pages.cards`, so that files and
pages agree, and writing to `writer`. The schema of the JSON is `templates/data/indicators.schema.json`. The same report gives the same bytes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workreport.analysis.headlines import front_choice
from workreport.analysis.inspection import Value, number
from workreport.analysis.ranking import listed
from workreport.model import Derived, Indicator, Reading, UnitName
from workreport.website import addresses, data_descriptions
from workreport.website.data_descriptions import DescribedFile
from workreport.website.data_tables import Column, LinkCell, Workbook, csv_table, described, sheet_lines
from workreport.website.pages import wording
from workreport.website.pages.cards import edited, rank_of, start_of, text_before
from workreport.website.pages.dataset import dataset_facts
from workreport.website.pages.figure_views import change_of, figure_of
from workreport.website.pages.publisher import SiteFacts
from workreport.website.pages.sentences import section_label

JSON, CSV, XLSX = "indicators.json", "indicators.csv", "indicators.xlsx"
SCHEMA = "indicators.schema.json"
SHEET = "指标"
"""The name of the workbook's sheet with the indicators."""
EARLIEST = date(2000, 1, 1)
"""The creation date in the workbook of a report without a date."""


@dataclass(frozen=True, slots=True)
class DataRow:
    """An indicator as the pages show it, with its numbers; `COLUMNS` has the meaning of each field.

    A text is "" where the indicator has no such value. `link` opens its sentence, relative to the data folder.
    """

    id: str
    name: str
    figure: str
    number: Decimal | None
    number_max: Decimal | None
    unit: UnitName
    kind: str
    status: str
    change: str
    change_number: Decimal | None
    change_unit: UnitName
    ranks: str
    parent: str
    period: str
    measure: str
    origin: str
    section: str
    quote: str
    link: str
    front: bool
    held: str
    edited: str


COLUMNS: tuple[Column[DataRow], ...] = (
    Column("id", "编号", "string", "指标的固定编号，也是原句链接末尾的部分", 18, lambda r: r.id),
    Column("name", "指标", "string", "指标名称", 32, lambda r: r.name),
    Column("figure", "原文数值", "string", "原文写法，连同单位和约、余、以上等词", 16, lambda r: r.figure),
    Column("number", "数值", "number", "单位之前的数；下降为负", 12, lambda r: r.number),
    Column("number_max", "数值上限", "number", "原文是一个范围时的上限", 10, lambda r: r.number_max),
    Column("unit", "单位", "string", "连同万、亿", 10, lambda r: r.unit),
    Column("kind", "类别", "string", "总量、变化、比重、数量或位次", 8, lambda r: r.kind),
    Column("status", "状态", "string", "已完成、预计（报告自己的预计数）或目标", 8, lambda r: r.status),
    Column("change", "变化", "string", "同一处说到的增减", 18, lambda r: r.change),
    Column("change_number", "变化数值", "number", "变化的数；下降为负", 10, lambda r: r.change_number),
    Column("change_unit", "变化单位", "string", "变化的单位", 10, lambda r: r.change_unit),
    Column("ranks", "位次", "string", "范围、比的是什么和名次，几项用；隔开", 20, lambda r: r.ranks),
    Column("parent", "属于", "string", "是哪一项的一部分", 20, lambda r: r.parent),
    Column("period", "时期", "string", "原文说到的时期", 10, lambda r: r.period),
    Column("measure", "核心指标", "string", "全地核心指标的代号，如 gdp；不是核心指标的为空", 16, lambda r: r.measure),
    Column("origin", "原为", "string", "从……到……的起点", 12, lambda r: r.origin),
    Column("section", "章节", "string", "原句所在的章节", 24, lambda r: r.section),
    Column("quote", "原文", "string", "说出这项指标的原文", 48, lambda r: r.quote),
    Column("link", "原句", "link", "原句的地址，从本文件所在的文件夹算起", 12, lambda r: r.link),
    Column("front", "首页", "boolean", "是否在首页的卡片里", 6, lambda r: r.front),
    Column("held", "只列在表里", "string", "没有读全、因而不上首页和图的原因", 20, lambda r: r.held),
    Column("edited", "发布者改", "string", "发布者改过的，原来读作什么", 30, lambda r: r.edited),
)


def rows(reading: Reading, folder: str) -> tuple[DataRow, ...]:
    """Return the indicators grouped by page, in the order of the text.

    Within a page, those that the publisher put first (`order`) come first. Links are relative to `folder`
    ("gongshu-2024/data").
    """
    front = {indicator.id for indicator in front_choice(reading)}
    place = {"": 0} | {section.id: k for k, section in enumerate(reading.paged, start=1)}
    grouped = sorted(
        listed(reading, reading.indicators), key=lambda i: place.get(reading.page_of.get(i.section, ""), 0)
    )
    return tuple(_row(reading, indicator, folder, indicator.id in front) for indicator in grouped)


def _row(reading: Reading, i: Indicator, folder: str, front: bool) -> DataRow:
    figure, change = figure_of(i), change_of(i)
    growth = i.growth if i.kind != "growth" else None
    moved = growth.number if growth else None
    return DataRow(
        i.id, i.name, figure.text if figure else "", i.number if figure else None, i.number_max if figure else None,
        i.unit, wording.KINDS[i.kind], wording.status_of(i),
        change.words if change else "", -moved if growth and moved and growth.direction == "down" else moved,
        growth.unit if growth else UnitName(""),
        "；".join(f"{rank.what}{rank.text}" for rank in map(rank_of, i.ranks)),
        i.parent or "", i.period or "", i.measure or "", start_of(i, text_before(reading, i)),
        section_label(reading.sections.get(i.section)), i.quote, _link(reading, i.section, i.id, folder), front, i.held_back, edited(i),
    )  # fmt: skip


def _link(reading: Reading, section: str, anchor: str, folder: str) -> str:
    return addresses.relative(f"{folder}/{JSON}", f"{addresses.page_of(reading, section)}#{anchor}")


def files(reading: Reading, folder: str, schema: str, site: SiteFacts) -> dict[str, bytes]:
    """Return every data file of a report as bytes, by its path in the site.

    `folder` is "data" or "gongshu-2024/data"; `schema` is the text of the JSON schema, which is one of the files.
    """
    facts = dataset_facts(reading, site)
    found = rows(reading, folder)
    made = {
        JSON: _json(reading, found, folder).encode(),
        CSV: csv_table(COLUMNS, found),
        XLSX: _xlsx(reading, found, folder),
        SCHEMA: schema.encode(),
    }
    columns = described(COLUMNS)
    files_described = (
        DescribedFile(CSV, "indicators", "指标表（CSV，供表格软件和程序）", columns),
        DescribedFile(JSON, "indicators-json", "指标（JSON，另有推算的指标和发布者的改动）"),
        DescribedFile(XLSX, "indicators-xlsx", "指标表（Excel 工作簿）", columns, sheet=SHEET),
    )
    made |= data_descriptions.files(facts, (_file_name(reading),), files_described, made)
    return {f"{folder}/{name}": content for name, content in sorted(made.items())}


# -- JSON -----------------------------------------------------------------------------------------------------------


def _json(reading: Reading, found: tuple[DataRow, ...], folder: str) -> str:
    by_id = {i.id: i for i in reading.indicators}
    meta = reading.meta
    document: Value = {
        "$schema": SCHEMA,
        "report": {
            "slug": meta.slug, "name": meta.name, "title": meta.title, "place": meta.place, "place_code": meta.code or None,
            "year": meta.year, "date": meta.date.isoformat() if meta.date else None, "meeting": meta.meeting,
            "office": meta.office, "speaker": meta.speaker,
            "source": _file_name(reading), "sha256": reading.source.sha256,
        },
        "indicators": [_indicator(by_id[row.id], row) for row in found],
        "publisher": {
            "front": list(reading.found.front), "pin": list(reading.found.pinned),
            "hide": [i.id for i in reading.found.hidden], "order": list(reading.found.order),
        },
        "hidden": [_indicator(i, _row(reading, i, folder, False)) for i in reading.found.hidden],
        "derived": [_derived(reading, d, folder) for d in reading.derived],
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _indicator(i: Indicator, row: DataRow) -> Value:
    growth: Value = None
    if i.growth and i.kind != "growth":
        growth = {
            "value": i.growth.value, "number": number(i.growth.number), "unit": i.growth.unit,
            "base": i.growth.base, "direction": i.growth.direction, "approx": i.growth.approx,
        }  # fmt: skip
    return {
        "id": i.id, "name": i.name, "kind": i.kind, "status": i.status, "estimated": i.estimated, "figure": row.figure,
        "value": i.value, "number": number(i.number), "number_max": number(i.number_max), "unit": i.unit,
        "approx": i.approx, "from": {"value": i.origin.value, "unit": i.origin.unit} if i.origin else None,
        "change": row.change, "growth": growth, "growth_base": i.growth_base,
        "ranks": [{"scope": r.scope, "what": r.what, "rank": r.place, "number": r.number} for r in i.ranks],
        "parent": i.parent, "period": i.period, "measure": i.measure, "section": i.section,
        "section_title": row.section, "sentence": i.sentence, "quote": i.quote, "link": row.link, "front": row.front,
        "by": i.by, "read": dict(i.as_read), "note": i.note, "held_back": i.held_back,
    }  # fmt: skip


def _derived(reading: Reading, d: Derived, folder: str) -> Value:
    return {
        "id": d.id, "kind": d.kind, "name": d.name, "number": number(d.number), "unit": d.unit, "formula": d.formula,
        "inputs": list(d.inputs), "link": _link(reading, d.section, d.inputs[0], folder),
    }  # fmt: skip


# -- tables ---------------------------------------------------------------------------------------------------------


def _xlsx(reading: Reading, found: tuple[DataRow, ...], folder: str) -> bytes:
    """Return the workbook with sheets for the indicators, the derived figures (if any), and the source and columns."""
    meta = reading.meta
    book = Workbook(f"{meta.name}：指标", meta.date or EARLIEST)
    book.sheet(
        SHEET,
        [(column.title, column.width) for column in COLUMNS],
        sheet_lines(COLUMNS, found),
    )
    if reading.derived:
        book.sheet(
            "推算",
            [("推算的指标", 40), ("数值", 12), ("单位", 10), ("算式", 40), ("所用指标的编号", 40), ("原句", 12)],
            [
                [d.name, d.number, d.unit, d.formula, "；".join(d.inputs), LinkCell(_link(reading, d.section, d.inputs[0], folder))]
                for d in reading.derived
            ],
        )  # fmt: skip
    facts = [("报告", meta.name), ("来源文件", _file_name(reading)), ("来源文件 SHA-256", reading.source.sha256)]
    book.sheet("说明", [("项目", 20), ("说明", 80)], [*facts, *((c.title, c.holds) for c in COLUMNS)])
    return book.bytes()


def _file_name(reading: Reading) -> str:
    return reading.source.path.replace("\\", "/").rsplit("/", 1)[-1]
