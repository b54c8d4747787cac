"""Which figures of several reports make one series, and which do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.comparison.two_reports import compared, report


def points(folder: Path, *results: str) -> list[list[tuple[int, str]]]:
    """The points (year, value) of each series of reports with these results, of 2023 and later years."""
    readings = [report(folder, 2023 + k, result=result) for k, result in enumerate(results)]
    return [[(p.year, p.stated.value) for p in series.points] for series in compared(*readings).series]


def test_renamed_indicator_is_one_series_and_its_years_are_those_spoken_of(tmp_path: Path) -> None:
    found = points(tmp_path, "为市场主体减负30亿元。", "为市场经营主体减负42.5亿元。", "为经营主体减负50亿元。")
    assert found == [[(2022, "30亿元"), (2023, "42.5亿元"), (2024, "50亿元")]]


def test_amount_with_change_and_change_alone_are_one_series(tmp_path: Path) -> None:
    found = points(tmp_path, "服务业增加值1278亿元，增长2%。", "服务业增加值增长7.2%。")
    assert found == [[(2022, "1278亿元"), (2023, "7.2%")]]


def test_unit_may_be_written_with_another_power_of_ten(tmp_path: Path) -> None:
    assert points(tmp_path, "出让工业用地1.28万亩。", "出让工业用地13240亩。") == [
        [(2022, "1.28万亩"), (2023, "13240亩")]
    ]


@pytest.mark.parametrize(
    "results",
    [
        ("新增瞪羚企业27家。", "瞪羚企业总数达283家。"),
        ("完成城中村改造31个。", "完成城中村改造1.2万户。"),
        ("数字经济核心产业增加值507亿元。", "数字经济核心产业增加值占地区生产总值比重达27%。"),
        ("建成省级未来工厂5家。", "建成市级未来工厂6家。"),
        ("完成投资300亿元。", "完成投资310亿元。"),
        ("举办高水平赛事93场。", "举办国际性体育赛事31场。"),
        ("市区PM2.5平均浓度29.6微克/立方米。", "全市PM2.5平均浓度28微克/立方米。"),
        ("农民人均纯收入9800元。", "农民人均可支配收入10500元。"),
        ("城镇居民人均可支配收入3.1万元。", "居民人均可支配收入2.9万元。"),
        ("新增养老床位2500张。", "养老床位达到1.26万张。"),
        ("财政收入133亿元。", "新增财政收入61亿元。"),
        ("空气优良天数增加42天。", "空气优良天数达到256天。"),
        ("建成高标准农田7.8万亩。", "新建高标准农田2.4万亩、改造提升4.6万亩。"),
        ("认定首批总部企业468家。", "认定总部企业643家。"),
        ("开展云帆助学，惠及学生3.7万人。", "实施营养计划，惠及学生4.8万人。"),
        ("城镇人均居住面积12平方米。", "城镇人均住房建筑面积20.4平方米。"),
        ("跨境电商交易额增长4.4倍。", "跨境电商交易突破900万单。"),
        ("财政总收入608亿元。", "全口径财政总收入突破5000亿元。"),
        ("年末城镇调查失业率5.5%。", "城镇调查失业率平均为5.2%。"),
        ("新增外资研发中心15家。", "认定外资研发中心从481家增加到636家。"),
        ("新增就业岗位18.1万个。", "新增就业21.5万人。"),
    ],
    ids=[
        "new and all",
        "other unit",
        "share",
        "other level",
        "name says nothing",
        "narrower name",
        "town alone",
        "other income",
        "other people",
        "new and level",
        "added and level",
        "rise and level",
        "new of new and renewed",
        "first lot",
        "who has the use of it",
        "other floor space",
        "money and parcels",
        "fuller revenue",
        "end of the year and average",
        "new and risen to",
        "posts and people",
    ],
)
def test_figures_of_different_things_are_no_series(results: tuple[str, str], tmp_path: Path) -> None:
    assert points(tmp_path, *results) == []


def test_total_of_several_years_stands_apart(tmp_path: Path) -> None:
    texts = (
        "实际利用外资8.1亿美元。",
        "实际利用外资8.8亿美元。",
        "实际利用外资9亿美元。\n\n五年来，累计实际利用外资34亿美元。",
    )
    readings = [report(tmp_path, 2023 + k, result=text) for k, text in enumerate(texts)]
    (series,) = compared(*readings).series
    assert [p.stated.value for p in series.points] == ["8.1亿美元", "8.8亿美元", "9亿美元"]
    assert [p.stated.value for p in series.period_points] == ["34亿美元"]
    assert series.chartable


def test_two_years_are_too_few_for_a_chart(tmp_path: Path) -> None:
    readings = [report(tmp_path, 2023 + k, result=f"服务业增加值增长{k + 2}%。") for k in range(2)]
    (series,) = compared(*readings).series
    assert not series.chartable


def test_exact_figure_goes_before_a_bound_of_the_same_year(tmp_path: Path) -> None:
    found = points(tmp_path, "引进大学生3.6万名。", "引进大学生4.1万名，云帆卡办理量上升。\n\n引进大学生超3.5万名。")
    assert found == [[(2022, "3.6万名"), (2023, "4.1万名")]]


@pytest.mark.parametrize(
    "results",
    [
        ("新建绿道230公里。", "建成绿道180公里。"),
        ("城镇新增就业5万人。", "新增城镇就业突破6万人。"),
        ("城乡居民收入比缩小至1.71。", "城乡居民收入比缩小至1.62:1。"),
        ("全市PM2.5平均浓度30微克/立方米。", "PM2.5平均浓度28微克/立方米。"),
    ],
    ids=["made anew each year", "added in the name", "ratio to one", "whole place unsaid"],
)
def test_figures_of_one_thing_told_otherwise_are_a_series(results: tuple[str, str], tmp_path: Path) -> None:
    assert [years for years in points(tmp_path, *results) if len(years) == 2]


def test_share_told_backwards_is_named_by_whole_and_part(tmp_path: Path) -> None:
    texts = ("82%的新增用地投向民间投资项目。", "80%的新增用地投向民间投资项目。")
    readings = [report(tmp_path, 2023 + k, result=text) for k, text in enumerate(texts)]
    (series,) = compared(*readings).series
    assert series.name == "新增用地投向民间投资项目的比重"


def test_share_whose_name_is_that_of_an_amount_is_no_series(tmp_path: Path) -> None:
    assert points(tmp_path, "空气达标的天数占全年的60%。", "空气达标的天数占全年的65%。") == []


def test_yearly_average_is_no_change_of_the_last_year(tmp_path: Path) -> None:
    texts = ("财政收入264亿元，比上年增长27%。", "五年来，财政收入由80亿元提高到290亿元，年均增长27%。")
    readings = [report(tmp_path, 2023 + k, result=text) for k, text in enumerate(texts)]
    (series,) = compared(*readings).series
    assert [(p.stated.value, p.growth and p.growth.value) for p in series.points] == [
        ("264亿元", "27"),
        ("290亿元", None),
    ]


def test_change_since_another_year_than_the_one_before_is_none_of_a_point(tmp_path: Path) -> None:
    texts = ("外贸出口735亿元，比上年增长51.6%。", "外贸出口1439亿元，是2002年的3.5倍。")
    readings = [report(tmp_path, 2023 + k, result=text) for k, text in enumerate(texts)]
    (series,) = compared(*readings).series
    assert [point.growth and point.growth.value for point in series.points] == ["51.6", None]


def test_series_of_amounts_is_not_named_as_a_change(tmp_path: Path) -> None:
    texts = ("第三产业增幅达到12.5%。", "第三产业增加值1197亿元，增长20.1%。")
    readings = [report(tmp_path, 2023 + k, result=text) for k, text in enumerate(texts)]
    (series,) = compared(*readings).series
    assert (series.name, series.unit) == ("第三产业增加值", "元")
