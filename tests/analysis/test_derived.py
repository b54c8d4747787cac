"""Figures derived from those of a report, and figures that contradict the calculation."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from tests.vocabularies import vocabularies
from workreport.analysis import indicators
from workreport.analysis.derived import derive
from workreport.build import report_reader
from workreport.ingest import outline
from workreport.ingest.ids import IdLedger
from workreport.ingest.metadata import guess
from workreport.model import Derived, Fault, Text

VOCABULARY = vocabularies().figures


def derive_from(sentence: str) -> tuple[tuple[Derived, ...], tuple[Fault, ...]]:
    """The derived figures and the contradictions of a report that has only this sentence."""
    body = f"一、2024年工作回顾\n\n{sentence}\n"
    text = Text(body, ((0, 0, len(body)),))
    tree, _ = outline.parse(text, (), IdLedger())
    found = indicators.find(tree, (), VOCABULARY, guess("x", text, tree, VOCABULARY.front))
    return derive(found.indicators, text)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "地区生产总值2091.5亿元，其中服务业增加值1898.1亿元。",
            [("share", "服务业增加值占地区生产总值比重", "90.8", "%", "1898.1亿元 ÷ 2091.5亿元")],
        ),
        (
            "财政总收入359.4亿元，同比增长5.7%。",
            [("before", "上年同期财政总收入", "340", "亿元", "359.4亿元 ÷（1 + 5.7%）")],
        ),
        (
            "财政总收入359.4亿元，同比下降20%。",
            [("before", "上年同期财政总收入", "449", "亿元", "359.4亿元 ÷（1 − 20%）")],
        ),
        ("出口12.5亿元，进口3.25亿元。", [("sum", "进出口", "15.75", "亿元", "12.5亿元 + 3.25亿元")]),
    ],
)
def test_share_earlier_value_and_sum_are_derived(sentence: str, expected: list[tuple[str, ...]]) -> None:
    derived, contradictions = derive_from(sentence)
    assert [(d.kind, d.name, str(d.number), d.unit, d.formula) for d in derived] == expected
    assert not contradictions


@pytest.mark.parametrize(
    "sentence",
    [
        "地区生产总值2091.5亿元，同比增长5.1%。",  # at constant prices
        "固定资产投资843.4亿元，同比增长14.8%。",  # on a changed basis
        "财政总收入约359亿元，同比增长5.7%。",  # approximate
        "财政总收入359.4亿元，年均增长5.7%。",  # a change over several years
        "财政总收入359.4亿元，比2019年增长5.7%。",  # compared with 2019
        "出口12.5亿元，进口3亿美元。",  # in two units
        "新增学位3200个，同比增长5%。",  # a count, no amount
        "财政总收入359.4亿元，按可比口径同比增长5.7%。",  # not the rate of the two values
        "财政总收入359.4亿元，扣除退税因素后同比增长5.7%。",
        "农民人均纯收入6000元，比上年实际增长12%。",
        "居民人均可支配收入4万元，其中城镇居民人均可支配收入5万元。",  # values that do not add up
        "低保标准1810元，其中孤寡老人保障标准2300元。",
        "月平均工资5000元，其中制造业月平均工资6000元。",
        "水稻单产500公斤，其中早稻单产400公斤。",
        "新增贷款100亿元，其中制造业贷款余额300亿元。",
    ],
)
def test_nothing_is_derived_from_figures_that_are_inexact_or_not_comparable(sentence: str) -> None:
    assert derive_from(sentence) == ((), ())


@pytest.mark.parametrize(
    ("sentence", "note"),
    [
        (
            "地区生产总值200亿元，其中服务业增加值1898.1亿元。",
            "服务业增加值1898.1亿元，大于它所属的地区生产总值200亿元",
        ),
        ("进出口20.1亿元，出口12.5亿元，进口3.2亿元。", "进出口报告称20.1亿元，按12.5亿元 + 3.2亿元推算为15.7亿元"),
    ],
)
def test_part_larger_than_its_whole_and_wrong_sum_are_faults(sentence: str, note: str) -> None:
    _, contradictions = derive_from(sentence)
    assert [(d.kind, d.note) for d in contradictions] == [("contradiction", note)]


@pytest.mark.parametrize(
    ("sentence", "note"),
    [
        (
            "服务业增加值1500亿元，占地区生产总值比重60%；地区生产总值2000亿元，其中服务业增加值1500亿元。",
            "服务业增加值占地区生产总值比重报告称60%，按1500亿元 ÷ 2000亿元推算为75.0%",
        ),
        (
            "财政总收入由上年的100.0亿元增加到105.0亿元，同比增长12%。",
            "财政总收入从100.0亿元到105.0亿元，推算变化5.0%，报告称12%",
        ),
        (
            "国内生产总值60亿元，第一产业增加值11亿元，第二产业增加值23亿元，第三产业增加值36亿元。",
            "国内生产总值报告称60亿元，按11亿元 + 23亿元 + 36亿元推算为70亿元",
        ),
    ],
)
def test_wrong_share_rise_and_national_product_are_very_likely_faults(sentence: str, note: str) -> None:
    _, contradictions = derive_from(sentence)
    assert [(d.note, d.confidence) for d in contradictions] == [(note, "high")]


@pytest.mark.parametrize(
    "sentence",
    [
        "地区生产总值由上年的1000亿元增加到1100亿元，同比增长6%。",  # at constant prices
        "财政总收入由上年的100亿元增加到105亿元，按可比口径比上年增长12%。",
        "农民人均纯收入由上年的5000元增加到6000元，比上年实际增长12%。",
        "进出口总额由2018年的100亿元增加到150亿元，同比增长12%。",  # a rise over several years
        "进出口总额五年来由100亿元增加到150亿元，比上年增长12%。",
        "城镇化率由60%提高到65%，比上年提高1个百分点。",
        "2022年出口500亿元、进口300亿元，2023年进出口总额900亿元。",  # of two years
        "进出口总额900亿元，2022年出口500亿元、进口300亿元。",
        "1月进出口总额90亿元，全年出口500亿元、进口300亿元。",
        "全市进出口总额1000亿元，其中开发区出口50亿元、进口30亿元。",  # of a part of the place
    ],
)
def test_figures_of_other_years_other_bases_and_other_places_are_no_contradiction(sentence: str) -> None:
    assert derive_from(sentence)[1] == ()


def test_stated_total_of_the_next_sentence_is_not_derived_again() -> None:
    told = "国内生产总值60亿元。其中第一产业增加值11亿元，第二产业增加值23亿元，第三产业增加值26.5亿元。"
    assert not [d for d in derive_from(told)[0] if d.kind == "sum"]


@pytest.mark.parametrize(
    "sentence", ["进出口15.7亿元，出口12.5亿元，进口3.2亿元。", "进出口15.8亿元，出口12.5亿元，进口3.2亿元。"]
)
def test_difference_within_rounding_is_no_contradiction(sentence: str) -> None:
    assert derive_from(sentence)[1] == ()


def test_contradiction_is_among_the_faults_of_the_report_with_its_place_in_the_source(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("x") / "report.md"
    path.write_text("# 政府工作报告\n\n一、回顾\n\n进出口20.1亿元，出口12.5亿元，进口3.2亿元。\n", encoding="utf-8")
    reading = report_reader.read_file(path, ROOT / "vocabulary").reading
    fault = next(f for f in reading.faults if "推算" in f.note)
    assert reading.source.text[fault.start : fault.end] == "进出口20.1亿元"
