"""The front page of a site with several reports: places by division code, years as columns, four core figures of each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.vocabularies import ROOT, vocabularies
from tests.website.collections import publication, reading
from tests.website.small_book import SITE, TEMPLATES, body, squeezed
from tests.website.small_book import shown as shown_text
from workreport.build.place_comparison import compared_places
from workreport.model import Publication
from workreport.model.place_years import PlaceYears
from workreport.project.progress import no_progress
from workreport.website.pages import collection_of, render
from workreport.website.pages.place_order import place_key
from workreport.website.pages.views import report_list
from workreport.website.pages.views.report_list import ReportEntry, list_view, province_view

GOOD = "地区生产总值达到120亿元，同比增长6%。一般公共预算收入8.5亿元，增长4%。居民人均可支配收入31000元。城镇新增就业1.2万人。"


def front(made: Publication) -> report_list.ReportList:
    return list_view(collection_of(made), "index.html", "政府工作报告")


def told(entry: ReportEntry) -> dict[str, str]:
    """The words of each core figure of a report, by its short name."""
    rows = {}
    for place in entry.core:
        if not place.figures:
            rows[place.name] = place.instead
        for f in place.figures:
            signs = "目标 " * f.target + "预计 " * f.estimated + (f"{f.when} " if f.when else "")
            value = f.figure.text if f.figure else "、".join(f.ranks)
            rows[f.name] = " ".join([signs + f.rise + value, *(change.view.words for change in f.changes)])
    return rows


@pytest.mark.parametrize(
    ("review", "plan", "row"),
    [
        (GOOD, "", {"GDP": "120亿元 +6%", "预算收入": "8.5亿元 +4%", "人均收入": "31000元", "城镇就业": "1.2万人"}),
        ("经济总量居全市第一位。社会治安满意度居全省第二位。群众安全感全省第一。", "", {"GDP": "未列", "预算收入": "未写"}),
        ("地区生产总值下降3.2%。一般公共预算收入下降12%。", "", {"GDP": "−3.2%", "预算收入": "−12%"}),
        ("我们做了许多工作。", "地区生产总值增长5.5%左右。城镇新增就业1万人。", {"GDP": "目标 增长5.5%左右", "城镇就业": "目标 1万人"}),
        ("我们做了许多工作。", "我们要继续努力。", {"GDP": "未写", "预算收入": "未写", "人均收入": "未写", "城镇就业": "未写"}),
        ("五年来，居民人均可支配收入年均增长7%。", "", {"人均收入": "五年来 +7% 年均增长"}),
        ("地区生产总值增长5%。地区生产总值达到120亿元。", "", {"GDP": "120亿元 +5%"}),
    ],
)  # fmt: skip
def test_report_of_any_kind_stands_in_the_list_with_what_its_front_says(
    review: str, plan: str, row: dict[str, str]
) -> None:
    made = publication(
        reading("甲县", 2025, review, plan or "我们要继续努力。", code="330122"),
        reading("乙县", 2025, GOOD, code="330127"),
    )
    view = front(made)
    shown = told(next(entry for entry in view.entries if entry.place == "甲县"))
    assert row.items() <= shown.items()
    page = squeezed(shown_text(body(render(made, SITE, TEMPLATES)["index.md"])).words)
    for words in row.values():
        assert squeezed(words.split(" ")[-1]) in page


def test_reports_without_any_figure_or_with_ranks_alone_build_a_front_page() -> None:
    rank = "社会治安满意度居全省第二位。群众安全感全省第一。营商环境全市第一。"
    made = publication(
        reading("甲县", 2025, rank, code="330122"), reading("乙县", 2025, "我们做了许多工作。", code="330127")
    )
    docs = render(made, SITE, TEMPLATES)
    assert docs["index.md"].count("{.report}") == 2


def test_places_stand_by_division_code_behind_the_state_and_years_from_the_newest() -> None:
    made = publication(
        reading("乙市", 2024, GOOD, code="330200"),
        reading("丙县", 2025, GOOD, slug="bing-2025"),
        reading("甲省", 2025, GOOD, code="330000"),
        reading("乙城", 2025, GOOD, code="330200"),
        reading("国务院", 2024, GOOD, slug="guowuyuan-2024"),
        reading("丁省", 2025, GOOD, code="110000"),
    )
    (band,) = front(made).bands
    assert band.columns == ("2025年", "2024年")
    assert [row.place for row in band.rows] == ["国务院", "丁省", "甲省", "乙城", "丙县"]
    assert [len(cell) for row in band.rows if row.place == "乙城" for cell in row.cells] == [1, 1]


def test_many_years_stand_in_several_tables_of_four() -> None:
    made = publication(*(reading("甲县", year, GOOD, code="330122") for year in (2001, 2012, 2013, 2020, 2021, 2022)))
    assert [(band.heading, len(band.columns)) for band in front(made).bands] == [("2013—2022年", 4), ("2001—2012年", 2)]


def test_state_reports_are_named_with_the_state_council_and_their_year() -> None:
    made = publication(
        reading("国务院", 2024, GOOD, slug="guowuyuan-2024"), reading("国务院", 2025, GOOD, slug="guowuyuan-2025")
    )
    view = front(made)
    assert view.names == ("国务院2025年政府工作报告", "国务院2024年政府工作报告")
    page = render(made, SITE, TEMPLATES)["index.md"]
    assert "[[[国务院]{.place-name} 2024年](guowuyuan-2024/index.md)" in page


def test_many_reports_are_divided_by_province(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_list, "MOST", 3)
    made = publication(
        reading("国务院", 2025, GOOD, slug="guowuyuan-2025"),
        reading("甲省", 2024, GOOD, code="330000"),
        reading("甲省", 2025, GOOD, code="330000"),
        reading("乙市", 2025, GOOD, code="330200"),
        reading("丙县", 2025, GOOD, slug="bing-2025"),
    )
    (band,) = front(made).bands
    assert [(row.place, row.cells[0][0].when, row.more.words if row.more else "") for row in band.rows] == [
        ("国务院", "2025年", "国务院全部 1 份"),
        ("甲省", "2025年", "浙江省全部 3 份"),
        ("丙县", "2025年", "其他地方全部 1 份"),
    ]
    docs = render(made, SITE, TEMPLATES)
    assert {"provinces/state/index.md", "provinces/33/index.md", "provinces/other/index.md"} <= set(docs)
    page = province_view(collection_of(made), "33", "provinces/33/index.html", "政府工作报告")
    assert [entry.href for entry in page.entries] == [
        "../../r330000-2025/index.html", "../../r330000-2024/index.html", "../../r330200-2025/index.html",
    ]  # fmt: skip
    assert "../../r330200-2025/index.md" in docs["provinces/33/index.md"]


def test_place_with_reports_of_several_years_leads_to_its_page() -> None:
    made = publication(
        reading("杭州市", 2025, GOOD, code="330100"),
        reading("杭州市", 2024, GOOD, code="330100"),
        reading("浙江省", 2025, GOOD, code="330000"),
    )
    slugs = ("r330100-2024", "r330100-2025")
    made = replace(made, places=(PlaceYears("杭州市", "330100", slugs, (), ()),))
    (band,) = front(made).bands
    assert [(row.place, row.years.href if row.years else "") for row in band.rows] == [
        ("浙江省", ""),
        ("杭州市", "hangzhou/index.html"),
    ]


def test_county_that_became_a_district_is_one_place_on_every_page_of_a_collection() -> None:
    former = reading("萧山市", 2001, GOOD, code="330181")
    later = reading("杭州市萧山区", 2002, GOOD, code="330109")
    made = publication(later, former, reading("浙江省", 2002, GOOD, code="330000"))
    (place,) = compared_places(made.readings, ROOT / "vocabulary", vocabularies().measures, no_progress)
    assert place.reports == ("r330181-2001", "r330109-2002")
    (band,) = front(replace(made, places=(place,))).bands
    rows = [(row.place, [len(cell) for cell in row.cells], row.years.href if row.years else "") for row in band.rows]
    assert rows == [("浙江省", [1, 0], ""), ("杭州市萧山区", [1, 1], "xiaoshan-330109/index.html")]
    assert {place_key(one.meta).id for one in (former, later)} == {place_key(later.meta).id}
