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
