"""Over which time a change goes, so that a picture compares like with like; and results beside targets in the same terms."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.vocabularies import vocabularies
from workreport.analysis.change_spans import change_spans
from workreport.analysis.results_and_targets import Progress, former_report, progress
from workreport.build import report_reader
from workreport.model import Reading


def read(
    folder: Path, review: str, plan: str = "我们要继续努力。", year: int = 2024, place: str = "青禾县", month: int = 2
) -> Reading:
    file = folder / f"{place}-{year}.md"
    file.write_text(
        f"{place}政府工作报告\n{year}年{month}月21日在{place}第九届人民代表大会第三次会议上\n县长 李四\n\n"
        f"一、{year - 1}年工作回顾\n\n{review}\n\n二、{year}年工作安排\n\n{plan}\n",
        encoding="utf-8",
    )
    return report_reader.read_report(file, f"qinghe-{year}", vocabularies()).reading


@pytest.mark.parametrize(
    ("review", "span"),
    [
        ("固定资产投资增长3%。", "year"),
        ("固定资产投资同比下降3%。", "year"),
        ("固定资产投资30亿元，比上年增长3%。", "year"),
        ("固定资产投资年均增长3%。", "years"),
        ("五年来，固定资产投资增长30%。", "years"),
        ("固定资产投资比2019年增长30%。", "years"),
        ("一季度，固定资产投资增长3%。", None),
        ("2020年，固定资产投资增长3%。", None),
        ("固定资产投资增速高于全省平均2个百分点。", None),
        ("全国解放以来，固定资产投资增长60%。", "years"),
        ("工业产值比一九六四年增长二倍，煤炭产量增长60%。", None),
    ],
)
def test_change_of_a_result_is_of_the_year_of_several_years_or_of_neither(
    tmp_path: Path, review: str, span: str | None
) -> None:
    reading = read(tmp_path, review)
    found = change_spans(reading)
    last = max((i for i in reading.shown if i.kind == "growth" or i.growth), key=lambda i: i.start)
    assert found.get(last.id) == span


@pytest.mark.parametrize(("month", "span"), [(1, "year"), (5, None), (12, "year")])
def test_change_of_this_year_so_far_is_of_a_part_only_in_a_report_within_the_year(
    tmp_path: Path, month: int, span: str | None
) -> None:
    reading = read(tmp_path, "今年以来，全县经济稳中有进。各项工作有序推进，火灾起数下降9%。", month=month)
    (fires,) = (i for i in reading.shown if i.name == "火灾起数")
    assert change_spans(reading).get(fires.id) == span


def test_target_of_the_coming_year_is_told_from_one_of_several_years(tmp_path: Path) -> None:
    reading = read(tmp_path, "民生改善。", "固定资产投资增长5%。今后五年，地区生产总值年均增长6%。")
    found = change_spans(reading)
    assert {i.measure: found.get(i.id) for i in reading.shown} == {"fixed-asset-investment": "target", "gdp": None}


def pairs(found: list[Progress]) -> list[tuple[str, float | None, float, float]]:
    return [
        (one.measure, float(one.before.value) if one.before else None, float(one.now.value), float(one.aim.value))
        for one in found
    ]


RESULTS = "全县地区生产总值120亿元，增长6%。城镇登记失业率3.1%。固定资产投资30亿元。城镇新增就业1.2万人。"
TARGETS = "地区生产总值增长5.5%，城镇登记失业率控制在3.5%以内，固定资产投资增长4%，城镇新增就业1万人以上。"


def test_result_and_target_stand_together_only_in_the_same_terms(tmp_path: Path) -> None:
    """The investment has an amount as result and a change as target: they have nothing in common."""
    found = pairs(progress(read(tmp_path, RESULTS, TARGETS)))
    assert found == [
        ("gdp", None, 6, 5.5),
        ("urban-jobs-added", None, 12000, 10000),
        ("urban-unemployment", None, 3.1, 3.5),
    ]


def test_result_of_the_year_before_is_from_the_report_of_the_same_place_a_year_earlier(tmp_path: Path) -> None:
    now = read(tmp_path, RESULTS, TARGETS)
    former = read(tmp_path, "全县地区生产总值下降1.5%。城镇新增就业1.3万人。", year=2023)
    older = read(tmp_path, "全县地区生产总值增长9%。", year=2022)
    elsewhere = read(tmp_path, "全县地区生产总值增长8%。", year=2023, place="白水县")
    assert former_report(now.meta, [elsewhere.meta, older.meta]) is None
    assert former_report(now.meta, [elsewhere.meta, older.meta, former.meta]) is former.meta
    assert pairs(progress(now, former)) == [
        ("gdp", -1.5, 6, 5.5),
        ("urban-jobs-added", 13000, 12000, 10000),
        ("urban-unemployment", None, 3.1, 3.5),
    ]
