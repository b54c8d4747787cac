"""Knows the data files of the places with reports of several years: pairs of promises and results, and series.

They say what the pages of these places say; the words of verdicts are in them only where the publisher wants them. Leaves the
form of tables to `data_tables`, descriptions to `data_descriptions`, and the pages to `pages.views.place`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workreport.analysis.inspection import Value, number
from workreport.model import UnitName
from workreport.model.place_years import Point, Stated
from workreport.website import addresses, data_descriptions
from workreport.website.data import EARLIEST
from workreport.website.data_descriptions import DescribedFile
from workreport.website.data_tables import Column, R, Workbook, csv_table, described, sheet_lines
from workreport.website.pages.dataset import years_facts
from workreport.website.pages.publisher import SiteFacts
from workreport.website.pages.views.compared_place import ComparedPlace
from workreport.website.pages.views.place_series import series_told

PAIRS, SERIES = "pairs", "series"
"""The names of the files without their endings."""
FOLDER = addresses.DATA
"""Where the files stand in the site."""


@dataclass(frozen=True, slots=True)
class PairSide:
    """What one report states (`NOTHING` where it states nothing). `figure` is as pages show it, `link` opens the words."""

    report: str
    figure: str
    number: Decimal | None
    number_max: Decimal | None
    unit: UnitName
    quote: str
    link: str


NOTHING = PairSide("", "", None, None, UnitName(""), "", "")


@dataclass(frozen=True, slots=True)
class PairRow:
    """A promise and what came of it; `PAIR_COLUMNS` has the meaning of each field."""

    id: str
    place: str
    code: str
    year: str
    name: str
    measure: str
    theme: str
    target: PairSide
    result: PairSide
    verdict: str
    why: str
    page: str
    edited: str


@dataclass(frozen=True, slots=True)
class PointRow:
    """A figure of a series; `POINT_COLUMNS` has the meaning of each field."""

    id: str
    place: str
    code: str
    series: str
    name: str
    measure: str
    year: str
    stated: PairSide
    change: str
    change_number: Decimal | None
    change_unit: UnitName
    page: str
    edited: str


PAIR_COLUMNS: tuple[Column[PairRow], ...] = (
    Column("id", "编号", "string", "这一对的固定编号：地方、年份、承诺的编号", 30, lambda r: r.id),
    Column("place", "地方", "string", "报告的地方", 14, lambda r: r.place),
    Column("code", "区划代码", "string", "地方的六位行政区划代码；没有的为空", 10, lambda r: r.code),
    Column("year", "年份", "string", "承诺的年份", 8, lambda r: r.year),
    Column("name", "指标", "string", "承诺的名称", 28, lambda r: r.name),
    Column("measure", "核心指标", "string", "核心指标的代号，如 gdp；不是核心指标的为空", 16, lambda r: r.measure),
    Column("theme", "主题", "string", "承诺的主题", 8, lambda r: r.theme),
    Column("target", "承诺的数", "string", "报告的写法，连同单位和左右、以上等词", 18, lambda r: r.target.figure),
    Column("target_number", "承诺数值", "number", "单位之前的数；下降为负", 12, lambda r: r.target.number),
    Column("target_number_max", "承诺数值上限", "number", "承诺是一个范围时的上限", 12, lambda r: r.target.number_max),
    Column("target_unit", "承诺单位", "string", "连同万、亿", 10, lambda r: r.target.unit),
    Column("target_report", "承诺见于", "string", "提出承诺的报告", 12, lambda r: r.target.report),
    Column("target_quote", "承诺原文", "string", "提出承诺的原文", 40, lambda r: r.target.quote),
    Column("target_link", "承诺原句", "link", "原句的地址，从本文件所在的文件夹算起", 12, lambda r: r.target.link),
    Column("result", "下年的数", "string", "下一年报告的写法，连同变化；没有配到的为空", 22, lambda r: r.result.figure),
    Column("result_number", "下年数值", "number", "单位之前的数；下降为负", 12, lambda r: r.result.number),
    Column(
        "result_number_max", "下年数值上限", "number", "下年的数是一个范围时的上限", 12, lambda r: r.result.number_max
    ),
    Column("result_unit", "下年单位", "string", "连同万、亿", 10, lambda r: r.result.unit),
    Column("result_report", "下年见于", "string", "下一年的报告", 12, lambda r: r.result.report),
    Column("result_quote", "下年原文", "string", "下一年报告说到同一件事的原文", 40, lambda r: r.result.quote),
    Column("result_link", "下年原句", "link", "原句的地址，从本文件所在的文件夹算起", 12, lambda r: r.result.link),
    Column("page", "对照页", "link", "网页上这一对的地址，从本文件所在的文件夹算起", 12, lambda r: r.page),
    Column("edited", "发布者改", "string", "发布者改过的，连同理由；没有改的为空", 24, lambda r: r.edited),
)
VERDICT_COLUMNS: tuple[Column[PairRow], ...] = (
    Column(
        "verdict",
        "结论",
        "string",
        "达到、超过、未达到、口径不同，不可比、下年报告未写；不能确定未达到的为空",
        14,
        lambda r: r.verdict,
    ),
    Column("why", "口径怎样不同", "string", "两个数为什么不可比；可比的为空", 24, lambda r: r.why),
)
"""The columns that stand in the tables only where the publisher wants the words of verdicts."""
POINT_COLUMNS: tuple[Column[PointRow], ...] = (
    Column("id", "编号", "string", "这个数的固定编号：地方、指标、年份", 30, lambda r: r.id),
    Column("place", "地方", "string", "报告的地方", 14, lambda r: r.place),
    Column("code", "区划代码", "string", "地方的六位行政区划代码；没有的为空", 10, lambda r: r.code),
    Column("series", "历年指标", "string", "同一指标各年的数有同一编号", 24, lambda r: r.series),
    Column("name", "指标", "string", "指标名称", 28, lambda r: r.name),
    Column("measure", "核心指标", "string", "核心指标的代号，如 gdp；不是核心指标的为空", 16, lambda r: r.measure),
    Column("year", "年份", "string", "数所说的年份；说到几年的为空", 8, lambda r: r.year),
    Column("figure", "报告写的数", "string", "报告的写法，连同变化", 24, lambda r: r.stated.figure),
    Column("number", "数值", "number", "单位之前的数；下降为负", 12, lambda r: r.stated.number),
    Column("number_max", "数值上限", "number", "是一个范围时的上限", 10, lambda r: r.stated.number_max),
    Column("unit", "单位", "string", "连同万、亿", 10, lambda r: r.stated.unit),
    Column("change", "变化", "string", "同一处说到的增减，报告的写法", 14, lambda r: r.change),
    Column("change_number", "变化数值", "number", "变化的数；下降为负", 10, lambda r: r.change_number),
    Column("change_unit", "变化单位", "string", "变化的单位", 10, lambda r: r.change_unit),
    Column("report", "见于", "string", "写这个数的报告", 12, lambda r: r.stated.report),
    Column("quote", "原文", "string", "写出这个数的原文", 40, lambda r: r.stated.quote),
    Column("link", "原句", "link", "原句的地址，从本文件所在的文件夹算起", 12, lambda r: r.stated.link),
    Column("page", "对照页", "link", "网页上这个指标的地址，从本文件所在的文件夹算起", 12, lambda r: r.page),
    Column("edited", "发布者改", "string", "发布者改过的，连同理由；没有改的为空", 24, lambda r: r.edited),
)


def pair_rows(places: Sequence[ComparedPlace]) -> Iterator[PairRow]:
    """Yield the pairs of all places, in their order."""
    for place in places:
        for k, pair in enumerate(place.years.pairs):
            word = place.word(pair)
            yield PairRow(
                f"{place.slug}-{place.anchors[k]}", place.years.place, place.years.code, str(pair.year), pair.name,
                pair.measure or "", place.theme(pair).label, _side(place, pair.target),
                _side(place, pair.result) if pair.result else NOTHING, word,
                pair.why if word and pair.verdict == "not comparable" else "", _page(place, place.anchors[k]),
                place.edited(pair),
            )  # fmt: skip


def point_rows(places: Sequence[ComparedPlace]) -> Iterator[PointRow]:
    """Yield the figures of all series of all places, in their order; behind those of single years those of several."""
    for place in places:
        for series, anchor in zip(place.years.series, place.series_anchors, strict=True):
            spans = ((f"several-{n}", "", point) for n, point in enumerate(series.period_points, 1))
            for key, year, point in (*((str(p.year), str(p.year), p) for p in series.points), *spans):
                change = _change(place, point)
                yield PointRow(
                    f"{place.slug}-{anchor}-{key}", place.years.place, place.years.code, f"{place.slug}-{anchor}", series.name,
                    series.measure or "", year, _side(place, point.stated, year=bool(year)), *change, _page(place, anchor),
                    place.edited(series),
                )  # fmt: skip


def _change(place: ComparedPlace, point: Point) -> tuple[str, Decimal | None, UnitName]:
    """The change stated beside a figure as text, its number (negative for a fall) and its unit; empty without one."""
    indicator = place.indicator(point.stated)
    growth = indicator.growth if indicator and indicator.kind != "growth" else None
    if growth is None:
        return "", None, UnitName("")
    falls = growth.direction == "down" and growth.number is not None
    return growth.phrase, -growth.number if falls and growth.number is not None else growth.number, growth.unit


def _side(place: ComparedPlace, stated: Stated, *, year: bool = False) -> PairSide:
    """What a report states; `year`: as the tables of years on pages have it."""
    view = place.stated(stated, f"{FOLDER}/index.html")
    figure = series_told(place, stated) if year else view.figure
    unit = stated.unit or UnitName("")
    return PairSide(view.report, figure, stated.number, stated.number_max, unit, stated.quote, str(view.href))


def _page(place: ComparedPlace, anchor: str) -> str:
    return addresses.relative(f"{FOLDER}/index.html", f"{place.path}#{anchor}")


def files(places: Sequence[ComparedPlace], site: SiteFacts, schemas: Mapping[str, str]) -> dict[str, bytes]:
    """Return every data file of the places by its path in the site; none without places.

    `schemas` are the texts of the JSON schemas by name, which are among the files.
    """
    if not places:
        return {}
    facts = years_facts([place.years for place in places], places[0].ordered[0].reading, site)
    pairs, points = list(pair_rows(places)), list(point_rows(places))
    columns = (*PAIR_COLUMNS, *(VERDICT_COLUMNS if site.verdicts else ()))
    made = {
        **{name: text.encode() for name, text in schemas.items()},
        f"{PAIRS}.json": _json(PAIRS, [_record(columns, row) for row in pairs]),
        f"{PAIRS}.csv": csv_table(columns, pairs),
        f"{PAIRS}.xlsx": _workbook(f"{facts.title}：承诺", "承诺对照", columns, pairs),
        f"{SERIES}.json": _json(SERIES, [_record(POINT_COLUMNS, row) for row in points]),
        f"{SERIES}.csv": csv_table(POINT_COLUMNS, points),
        f"{SERIES}.xlsx": _workbook(f"{facts.title}：历年数字", "历年数字", POINT_COLUMNS, points),
    }
    told = (
        DescribedFile(f"{PAIRS}.csv", PAIRS, "承诺对照（CSV，供表格软件和程序）", described(columns)),
        DescribedFile(f"{SERIES}.csv", SERIES, "历年数字（CSV，供表格软件和程序）", described(POINT_COLUMNS)),
        DescribedFile(f"{PAIRS}.json", f"{PAIRS}-json", "承诺对照（JSON）"),
        DescribedFile(f"{SERIES}.json", f"{SERIES}-json", "历年数字（JSON）"),
        DescribedFile(f"{PAIRS}.xlsx", f"{PAIRS}-xlsx", "承诺对照（Excel 工作簿）", described(columns), "承诺对照"),
        DescribedFile(
            f"{SERIES}.xlsx", f"{SERIES}-xlsx", "历年数字（Excel 工作簿）", described(POINT_COLUMNS), "历年数字"
        ),
    )
    sources = [report.reading.meta.name for place in places for report in place.ordered]
    made |= data_descriptions.files(facts, sources, told, made)
    return {f"{FOLDER}/{name}": content for name, content in sorted(made.items())}


def _record(columns: Sequence[Column[R]], row: R) -> Value:
    """A row as an object of the JSON file, by the names of the columns: the same values as in the tables."""
    values = ((column.name, column.of(row)) for column in columns)
    return {name: number(value) if isinstance(value, Decimal) or value is None else value for name, value in values}


def _json(name: str, rows: list[Value]) -> bytes:
    document: Value = {"$schema": f"{name}.schema.json", name: rows}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _workbook(title: str, sheet: str, columns: Sequence[Column[R]], rows: Sequence[R]) -> bytes:
    book = Workbook(title, EARLIEST)
    book.sheet(sheet, [(column.title, column.width) for column in columns], sheet_lines(columns, rows))
    book.sheet("说明", [("项目", 20), ("说明", 80)], [(column.title, column.holds) for column in columns])
    return book.bytes()
