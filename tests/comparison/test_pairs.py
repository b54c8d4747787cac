"""Which result belongs to a target, and what came of it; each judgement with sentences for it and against it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.comparison.two_reports import compared, report, told, words
from workreport.comparison.agreement import DIFFERENCES, REFUSALS
from workreport.comparison.doubts import DOUBTS
from workreport.comparison.named_things import subject_of
from workreport.comparison.same_things import ALIKE, SAME

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]
NONE = "none"


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case['rule']}: {case['target'][:12]} / {case['result'][:12]}"
)
def test_verdict_on_a_target_and_a_result(case: dict[str, Any], tmp_path: Path) -> None:
    pairs = told(tmp_path, case["target"], case["result"]).pairs
    wanted = [pair for pair in pairs if pair.name == case["name"]] if "name" in case else pairs[-1:]
    assert len(wanted) == 1
    expected = "no result stated" if case["verdict"] == NONE else case["verdict"]
    assert wanted[0].verdict == expected
    assert (wanted[0].result is None) == (case["verdict"] == NONE)


@pytest.mark.parametrize(
    "judgement",
    [*REFUSALS, *DIFFERENCES, *DOUBTS, *SAME, *(alike for alike, _ in ALIKE)],
    ids=lambda judgement: judgement.__name__,
)
def test_judgement_has_a_case_for_and_a_case_against(judgement: Any) -> None:
    found = {case.get("fits", True) for case in CASES if case["rule"] == judgement.__name__}
    assert found == {True, False}


def test_pair_quotes_both_reports(tmp_path: Path) -> None:
    former = report(tmp_path, 2024, target="出让工业用地1万亩以上。")
    later = report(tmp_path, 2025, result="全年出让工业用地13240亩，创近年新高。")
    (pair,) = compared(former, later).pairs
    assert pair.result is not None
    for stated, reading in ((pair.target, former), (pair.result, later)):
        assert reading.text.body[stated.start : stated.end] == stated.quote
    assert (pair.target.value, pair.result.value, pair.year, pair.sure) == ("1万亩以上", "13240亩", 2024, True)


def test_change_beside_an_amount_answers_a_target_of_growth(tmp_path: Path) -> None:
    (pair,) = told(tmp_path, "地区生产总值增长5%。", "全市地区生产总值1834亿元，增长5.6%。").pairs
    assert pair.result is not None
    assert (pair.result.value, pair.result.quote) == ("5.6%", "全市地区生产总值1834亿元，增长5.6%")


def test_targets_of_the_next_report_are_no_results(tmp_path: Path) -> None:
    former = report(tmp_path, 2024, target="城镇新增就业5万人。")
    later = report(tmp_path, 2025, result="城镇面貌焕然一新。", target="城镇新增就业6万人。")
    assert [pair.verdict for pair in compared(former, later).pairs] == ["no result stated"]


def test_own_look_back_is_no_result(tmp_path: Path) -> None:
    former = report(tmp_path, 2024, result="城镇新增就业5.5万人。", target="城镇新增就业5万人。")
    later = report(tmp_path, 2025, result="城镇面貌焕然一新。")
    assert [pair.result for pair in compared(former, later).pairs] == [None]


def test_only_the_report_of_the_very_next_year_has_results(tmp_path: Path) -> None:
    former = report(tmp_path, 2023, target="城镇新增就业5万人。")
    later = report(tmp_path, 2025, result="城镇新增就业5.2万人。")
    assert compared(former, later).pairs == ()


def test_full_width_change_beside_an_amount_is_found(tmp_path: Path) -> None:
    (pair,) = told(tmp_path, "地区生产总值增长１２％。", "地区生产总值3858亿元，同比增长１５.３％。").pairs
    assert (pair.verdict, pair.result and pair.result.value) == ("exceeded", "１５.３％")


def test_change_before_its_amount_is_found(tmp_path: Path) -> None:
    (pair,) = told(tmp_path, "固定资产投资增长18%。", "固定资产投资增长27.5%，达到1269亿元。").pairs
    assert (pair.verdict, pair.result and pair.result.value) == ("exceeded", "27.5%")


def test_lower_of_two_targets_that_was_reached_keeps_the_higher_from_not_met(tmp_path: Path) -> None:
    pairs = told(tmp_path, "外贸出口增长16%，力争达到20%。", "外贸出口70.8亿美元，增长18.5%。").pairs
    assert [pair.verdict for pair in pairs] == ["exceeded", "not comparable"]


def test_about_is_never_surely_missed(tmp_path: Path) -> None:
    (pair,) = told(tmp_path, "地区生产总值增长5.5%左右。", "地区生产总值增长4.1%。").pairs
    assert (pair.verdict, pair.sure) == ("not met", False)


def test_target_of_each_year_of_a_plan_is_no_target_of_the_year(tmp_path: Path) -> None:
    assert told(tmp_path, "今后五年，地区生产总值年均增长10%以上。", "地区生产总值增长9%。").pairs == ()


def test_change_that_cannot_be_compared_stands_before_the_amount_beside_it(tmp_path: Path) -> None:
    (pair,) = told(tmp_path, "农民人均纯收入增长16%。", "农民人均纯收入1320元，扣除物价因素增长8.6%。").pairs
    assert (pair.verdict, pair.result and pair.result.value) == ("not comparable", "8.6%")


def test_results_that_differ_in_their_verdict_are_not_compared(tmp_path: Path) -> None:
    result = "城镇新增就业5.4万人。\n\n改善民生。城镇新增就业4.6万人。"
    (pair,) = told(tmp_path, "城镇新增就业5万人。", result).pairs
    assert pair.verdict == "not comparable"
    (pair,) = told(tmp_path, "城镇新增就业5万人。", result.replace("4.6", "5.43")).pairs
    assert pair.verdict == "exceeded"


def test_list_that_shares_one_number_has_a_pair_for_each_name(tmp_path: Path) -> None:
    target = "新出让用地民间投资项目占比、新增用能民间投资项目占比均不低于80%。"
    result = "80.1%的新出让用地、74.1%的新增用能投向民间投资项目。"
    pairs = told(tmp_path, target, result).pairs
    assert [(pair.name, pair.verdict, pair.result and pair.result.value) for pair in pairs] == [
        ("新出让用地民间投资项目占比", "exceeded", "80.1%"),
        ("新增用能民间投资项目占比", "not met", "74.1%"),
    ]
    assert not any(pair.sure for pair in pairs)


def test_place_that_is_all_covered_has_no_pair_without_an_answer(tmp_path: Path) -> None:
    target = "建设云帆中心10个，实现规范化村卫生室全覆盖。"
    assert [pair.name for pair in told(tmp_path, target, "城镇面貌焕然一新。").pairs] == ["建设云帆中心"]


def test_miss_is_sure_only_where_the_names_are_the_same(tmp_path: Path) -> None:
    (same,) = told(tmp_path, "新增上市公司25家。", "新增上市公司22家。").pairs
    (lighter,) = told(tmp_path, "新增境内外上市公司25家。", "新增上市公司22家。").pairs
    (delivered,) = told(tmp_path, "建成安置房5000套。", "交付安置房4800套。").pairs
    (unsaid,) = told(tmp_path, "建成安置房5000套。", "安置房达到4800套。").pairs
    found = [(pair.verdict, pair.sure) for pair in (same, lighter, delivered, unsaid)]
    assert found == [("not met", True), ("not met", False), ("not met", False), ("not met", True)]


def test_higher_of_two_targets_is_no_miss_where_the_lower_was_not_reached_either(tmp_path: Path) -> None:
    pairs = told(tmp_path, "服务外包出口达90亿元、力争105亿元。", "服务外包出口76亿元。").pairs
    assert [(pair.target.value, pair.verdict) for pair in pairs] == [
        ("达90亿元", "not met"),
        ("105亿元", "not comparable"),
    ]


def test_estimate_of_the_report_is_never_surely_a_miss(tmp_path: Path) -> None:
    (estimated,) = told(tmp_path, "地区生产总值增长7%。", "预计地区生产总值增长5.5%。").pairs
    (told_as_done,) = told(tmp_path, "地区生产总值增长7%。", "地区生产总值增长5.5%。").pairs
    assert [(pair.verdict, pair.sure) for pair in (estimated, told_as_done)] == [("not met", False), ("not met", True)]


def test_change_since_a_year_long_before_answers_no_target_of_the_year(tmp_path: Path) -> None:
    result = "财政收入由2015年的54.9亿元增加到157.7亿元，增长1.9倍。"
    (pair,) = told(tmp_path, "财政收入增长10%。", result).pairs
    assert pair.verdict == "not comparable"


@pytest.mark.parametrize("name", ["", "“”", "的"])
def test_name_of_which_nothing_is_left_says_nothing(name: str) -> None:
    assert subject_of(name, words(), "临河市").generic


def test_figure_with_a_space_in_it_is_quoted_as_it_stands(tmp_path: Path) -> None:
    (pair,) = told(tmp_path, "城镇化率达到32%。", "城镇化率达31. 5％。").pairs
    assert (pair.verdict, pair.result and pair.result.value) == ("not met", "达31. 5％")
