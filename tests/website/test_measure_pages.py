"""The pages of measures: amounts in one unit, changes apart, five-year figures apart, what is missing, the CSV file."""

from __future__ import annotations

import csv
import io

import pytest

from tests import planned_years
from tests.comparison.two_reports import words
from tests.website.collections import publication, reading
from tests.website.small_book import SITE, TEMPLATES, body, shown, squeezed
from workreport.model import Publication
from workreport.website import measure_data
from workreport.website.pages import collection_of, render
from workreport.website.pages.measure_rows import COLUMNS
from workreport.website.pages.views.measure import MeasurePage, measure_view

GOOD = "地区生产总值达到5.3万亿元，同比增长6%。"


def page(made: Publication, measure: str = "gdp") -> MeasurePage:
    return measure_view(
        collection_of(made, words()), measure, f"measures/{measure}/index.html", "政府工作报告", "指标比较"
    )


def lines(view: MeasurePage) -> list[list[str]]:
    """The rows of all tables: heading, place, words and number of the amount, words of the change and its base."""
    return [
        [
            table.heading,
            line.place,
            f"{line.level.words} {line.level.number}" if line.level else "",
            f"{line.change.words} {line.change.base}".strip() if line.change else "",
        ]
        for table in view.tables
        for line in table.lines
    ]


def test_amounts_stand_in_one_unit_by_division_code_beside_the_words_of_the_report() -> None:
    made = publication(
        reading("乙省", 2025, "地区生产总值达到60199.45亿元，增长5%。", code="330000"),
        reading("甲省", 2025, GOOD, code="110000"),
        reading("丙省", 2025, "地区生产总值41300亿元。", code="420000"),
    )
    assert lines(page(made)) == [
        ["2024年 · 省级 · 亿元", "甲省", "5.3万亿元 53000", "+6%"],
        ["2024年 · 省级 · 亿元", "乙省", "60199.45亿元 60199.45", "+5%"],
        ["2024年 · 省级 · 亿元", "丙省", "41300亿元 41300", ""],
    ]


def test_years_levels_and_units_are_never_in_one_table() -> None:
    made = publication(
        reading("甲省", 2025, "进出口总额5200亿元，增长6%。", code="110000"),
        reading("乙省", 2025, "进出口总额75亿美元，下降6%。", code="330000"),
        reading("丙市", 2025, "进出口总额520亿元。", code="330100"),
        reading("甲省", 2024, "进出口总额4900亿元，增长2%。", code="110000"),
    )
    assert [row[:2] for row in lines(page(made, "trade-total"))] == [
        ["2024年 · 省级 · 亿元", "甲省"],
        ["2024年 · 省级 · 亿美元", "乙省"],
        ["2024年 · 地级 · 亿元", "丙市"],
        ["2023年 · 省级 · 亿元", "甲省"],
    ]


def test_figures_of_several_years_and_of_a_part_of_a_year_stand_apart() -> None:
    made = publication(
        reading("甲省", 2025, GOOD, code="110000"),
        reading("乙省", 2025, "五年来，地区生产总值年均增长7%。2024年，地区生产总值增长5%。", code="330000"),
        reading("丙省", 2025, "前三季度，地区生产总值增长4.8%。", code="420000"),
    )
    view = page(made)
    assert [row[1:] for row in lines(view)] == [["甲省", "5.3万亿元 5.3", "+6%"], ["乙省", "", "+5%"]]
    assert [(words, [(line.report, line.words) for line in apart]) for words, apart in view.apart] == [
        ("几年的", [("乙省2025年政府工作报告", "+7% 年均增长")]),
        ("不满一年的", [("丙省2025年政府工作报告", "+4.8% 增长")]),
    ]


def test_change_with_a_base_of_its_own_says_it_and_a_bound_is_no_exact_number() -> None:
    made = publication(
        reading("甲省", 2025, "居民人均可支配收入突破5万元。", code="110000"),
        reading("乙省", 2025, "居民人均可支配收入扣除价格因素实际增长5%。", code="330000"),
        reading("丙省", 2025, "居民人均可支配收入51000元，增长5%。", code="420000"),
    )
    (table,) = page(made, "resident-income").tables
    assert [line.keys["class"] for line in table.lines] == ["bound", "other-base", ""]
    assert [line.change.base != "" for line in table.lines if line.change] == [True, False]


@pytest.mark.parametrize(
    ("review", "said"),
    [
        ("我们做了许多工作。", "报告未写"),
        ("经济总量居全省前列。", "提到而未列"),
        ("国民收入增长。", "没有读出（不等于没有写）"),
    ],
)
def test_report_without_the_measure_is_told_by_the_rule_of_the_front_page(review: str, said: str) -> None:
    made = publication(
        reading("甲省", 2025, GOOD, code="110000"),
        reading("乙省", 2025, GOOD, code="330000"),
        reading("丙省", 2025, review, code="420000"),
    )
    assert [(line.year, line.said, [link.words for link in line.reports]) for line in page(made).missing] == [
        ("2024年", said, ["丙省2025年政府工作报告"])
    ]


def test_of_a_measure_that_is_not_on_the_board_nobody_is_said_not_to_write() -> None:
    made = publication(
        reading("甲省", 2025, "森林覆盖率达到60%。", code="110000"),
        reading("乙省", 2025, "森林覆盖率达到61%。", code="330000"),
        reading("丙省", 2025, "我们做了许多工作。", code="420000"),
    )
    (line,) = page(made, "forest-cover").missing
    assert line.said == "没有读出（不等于没有写）"


def test_measure_of_a_single_report_and_site_of_a_single_report_have_no_page() -> None:
    made = publication(
        reading("甲省", 2025, GOOD + "森林覆盖率达到60%。", code="110000"), reading("乙省", 2025, GOOD, code="330000")
    )
    docs = render(made, SITE, TEMPLATES)
    assert {path for path in docs if path.startswith("measures/")} == {"measures/index.md", "measures/gdp/index.md"}
    alone = render(publication(reading("甲省", 2025, GOOD, code="110000")), SITE, TEMPLATES)
    assert not any(path.startswith("measures/") for path in alone)


def test_page_shows_every_row_and_links_each_value_to_its_words() -> None:
    made = publication(reading("甲省", 2025, GOOD, code="110000"), reading("乙省", 2024, GOOD, code="330000"))
    text = render(made, SITE, TEMPLATES)["measures/gdp/index.md"]
    html = shown(body(text))
    words = squeezed(html.words)
    assert "甲省5.3万亿元5.3+6%" in words
    values = [link for link in html.links if "#s" in link]
    assert len(values) == 4
    assert all(link.startswith("../../r") for link in values)
    assert "2024年·省级" in words
    assert "2023年·省级" in words


def test_csv_file_has_the_rows_of_the_page_and_no_formula() -> None:
    made = publication(
        reading("=甲省", 2025, GOOD, code="110000"), reading("乙省", 2025, "地区生产总值60199.45亿元。", code="330000")
    )
    (text,) = measure_data.files(collection_of(made)).values()
    assert text.startswith("\ufeff")
    head, first, second = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert head == [column.title for column in COLUMNS]
    assert first[:7] == ["地区生产总值", "'=甲省", "110000", "省级", "2024", "5.3万亿元", "53000"]
    assert second[5:8] == ["60199.45亿元", "60199.45", "亿元"]
    assert first[9:12] == ["+6%", "6", "上年"]


def test_front_of_a_collection_leads_to_the_measures() -> None:
    made = publication(reading("甲省", 2025, GOOD, code="110000"), reading("乙省", 2025, GOOD, code="330000"))
    assert "[1 项指标，各地各年并排](measures/index.md)" in render(made, SITE, TEMPLATES)["index.md"]


def test_same_reports_in_another_order_give_the_same_pages() -> None:
    reports = [
        reading("甲省", 2025, GOOD, code="110000"),
        reading("乙省", 2025, "地区生产总值60199.45亿元。", code="330000"),
        reading("丙市", 2024, GOOD, code="330100"),
    ]
    one, other = (render(publication(*order), SITE, TEMPLATES) for order in (reports, reports[::-1]))
    paths = ["index.md", "measures/index.md", "measures/gdp/index.md"]
    assert [one[path] for path in paths] == [other[path] for path in paths]


def test_grain_in_jin_and_in_tons_stands_in_one_table_in_one_unit() -> None:
    made = publication(
        reading("甲省", 2025, "粮食总产量达到501.5亿斤。", code="110000"),
        reading("乙省", 2025, "粮食总产量达到4200万吨。", code="330000"),
        reading("丙省", 2025, "粮食总产量达到1300万吨以上。", code="420000"),
    )
    view = page(made, "grain-output")
    assert lines(view) == [
        ["2024年 · 省级 · 万吨", "甲省", "501.5亿斤 2507.5", ""],
        ["2024年 · 省级 · 万吨", "乙省", "4200万吨 4200", ""],
        ["2024年 · 省级 · 万吨", "丙省", "1300万吨以上 1300", ""],
    ]
    assert (
        "501.5亿斤,2507.5,万吨"
        in measure_data.files(collection_of(made, words()))["measures/grain-output/grain-output.csv"]
    )


def test_figures_lead_to_their_measure_and_the_measure_to_the_series_of_the_place() -> None:
    docs = render(planned_years.publication(), SITE, TEMPLATES)
    assert "[各地](../measures/gdp/index.md){.across}" in docs["qinghe-2026/index.md"]
    row = next(line for line in docs["qinghe-2026/indicators/index.md"].splitlines() if "粮食总产量 |" in line)
    assert "[各地](../../measures/grain-output/index.md){.across}" in row
    place = docs[f"{planned_years.SLUG}/index.md"]
    assert "### 地区生产总值 [各地](../measures/gdp/index.md){.across} {#series-gdp}" in place
    assert "### 新增养老床位 [各地](../measures/elderly-beds-added/index.md){.across}" in place
    measure = docs["measures/gdp/index.md"]
    assert f"[各年](../../{planned_years.SLUG}/index.md#series-gdp){{.across}}" in measure
    alone = render(publication(reading("甲省", 2025, GOOD, code="110000")), SITE, TEMPLATES)
    assert not [name for name, text in alone.items() if "{.across}" in text]
