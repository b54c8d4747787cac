"""The gate: which indicators are held back from the front page, and which of the same form pass."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.analysis.test_ranking import UP, make_indicator
from tests.conftest import ROOT
from workreport.analysis import gate, vocabulary
from workreport.build import report_reader
from workreport.model import Findings, Growth, Rank, Reading

REASONS = {check.name: check.reason for check in gate.CHECKS}


@pytest.fixture(scope="module")
def words() -> gate.GateCase:
    return gate.GateCase(vocabulary.load(ROOT / "vocabulary"))


@pytest.mark.parametrize(
    "name",
    [
        "",
        "总量",
        "企业",
        "可",
        "同",
        "比",
        "两个台阶",
        "新台阶",
        "5个大关",
        "３",
        "和11",
        "区）",
        "20个县城要按照",
        "新建骨干道路和",
        "三个千亿台阶",
        "及以下焦炉",
        "授予专利权22．",
        "出口3$1.$",
    ],
)
def test_name_that_names_nothing_is_held_back(name: str, words: gate.GateCase) -> None:
    assert gate.held_back(make_indicator(1, name), words) == REASONS["no name"]


@pytest.mark.parametrize(
    "name",
    [
        "经济总量",
        "规上企业",
        "钢",
        "GDP",
        "技术交易额总和",
        "宽带普及",
        "恢复矿山植被",
        "PM2.5",
        "“小巨人”企业",
        "城市（县城）供水",
    ],
)
def test_name_of_the_same_form_passes(name: str, words: gate.GateCase) -> None:
    assert gate.held_back(make_indicator(1, name, "12", "个", "count"), words) == ""


@pytest.mark.parametrize(
    ("value", "unit", "number"),
    [("百", "万辆", "100"), ("千", "亿元", "1000"), ("万", "亿", "10000"), ("亿", "人次", "100000000")],
)
def test_figure_that_is_only_a_power_of_ten_is_held_back(
    value: str, unit: str, number: str, words: gate.GateCase
) -> None:
    written = make_indicator(1, "汽车产量", value, unit, number=number)
    assert gate.held_back(written, words) == REASONS["no value"]


@pytest.mark.parametrize(
    ("value", "unit", "kind"),
    [
        ("三", "万辆", "level"),
        ("百", "%", "share"),
        ("", "番", "growth"),
        ("廿五", "万吨", "level"),
        ("第一", "", "rank"),
    ],
)
def test_numeral_with_a_value_passes(value: str, unit: str, kind: str, words: gate.GateCase) -> None:
    number = None if kind in ("growth", "rank") else 3
    assert gate.held_back(make_indicator(1, "汽车产量", value, unit, kind, number=number), words) == ""


@pytest.mark.parametrize(
    ("name", "value", "unit"),
    [
        ("换乘比例", "50", "米"),
        ("县属企业销售收入突破", "7", "户"),
        ("工业增加值", "3", "个"),
        ("村经营性收入", "104", "个"),
        ("污水处理率", "8", ""),
        ("政协提案办理率", "1799", "件"),
        ("进出口总值", "178", ""),
        ("脱贫人数", "60", "万元"),
    ],
)
def test_unit_that_the_name_cannot_have_is_held_back(name: str, value: str, unit: str, words: gate.GateCase) -> None:
    assert gate.held_back(make_indicator(1, name, value, unit, "count"), words) == REASONS["wrong unit"]


@pytest.mark.parametrize(
    ("name", "value", "unit"),
    [
        ("换乘比例", "91", "%"),
        ("核心技术突破", "7", "项"),
        ("占全国比重", "1/4", ""),
        ("占全国比重", "三分之二", ""),
        ("孕产妇死亡率", "9.2", "/10万"),
        ("装机功率", "300", "万千瓦"),
        ("全员劳动生产率", "42", "万元/人"),
        ("工业增加值", "3", "万亿"),
        ("人均收入", "5", "万元"),
        ("存款余额", "10", "亿美元"),
        ("汽车出口", "5", "万辆"),
    ],
)
def test_unit_that_the_name_can_have_passes(name: str, value: str, unit: str, words: gate.GateCase) -> None:
    assert gate.unit_fits(name, value, unit, words)


def test_share_above_100_per_cent_is_held_back_unless_it_is_of_a_plan(words: gate.GateCase) -> None:
    over = make_indicator(1, "绿电占比", "144", "%", "share")
    assert gate.held_back(over, words) == REASONS["over full"]
    assert gate.held_back(over._replace(name="完成年度计划"), words) == ""
    assert gate.held_back(over._replace(kind="growth", name="绿电"), words) == ""
    assert gate.held_back(make_indicator(1, "绿电占比", "100", "%", "share"), words) == ""


def test_milestone_without_an_exact_level_is_held_back(words: gate.GateCase) -> None:
    passed = make_indicator(1, "进出口总额", "1000", milestone_only=True, approx="突破")
    assert gate.held_back(passed, words) == REASONS["milestone only"]
    core = passed._replace(measure="trade-total")
    assert gate.held_back(core, words) == ""
    assert gate.held_back(core._replace(approx=None), words) == REASONS["milestone only"]


def test_milestone_with_a_place_in_a_stated_scope_passes_with_its_verb(words: gate.GateCase) -> None:
    seventh = Rank("全国", None, "第7")
    passed = make_indicator(
        1, "机场客流", "900", "万人次", "count", milestone_only=True, approx="迈上", ranks=(seventh,)
    )
    assert gate.held_back(passed, words) == ""
    for rank in (Rank(None, None, "第7"), Rank("全国", None, "前列"), Rank("全国", None, "第一只")):
        assert gate.held_back(passed._replace(ranks=(rank,)), words) == REASONS["milestone only"], rank
    assert gate.held_back(passed._replace(approx=None), words) == REASONS["milestone only"]


def test_power_of_ten_as_a_milestone_with_a_place_passes(words: gate.GateCase) -> None:
    passed = make_indicator(1, "地区生产总值", "万", "亿", number=Decimal(10000), approx="突破")
    ranked = passed._replace(milestone_only=True, ranks=(Rank("全国", "排名", "第28"),))
    assert gate.held_back(ranked, words) == ""
    assert gate.held_back(passed, words) == REASONS["no value"]


def test_amount_that_jumps_against_the_other_statements_of_its_measure_is_held_back() -> None:
    words = vocabulary.load(ROOT / "vocabulary")
    rows = [
        make_indicator(1, "地区生产总值", "1200", measure="gdp"),
        make_indicator(2, "地区生产总值", "12", measure="gdp"),
        make_indicator(3, "生产总值", "0.12", "万亿元", measure="gdp"),
        make_indicator(4, "出口", "12", measure="exports"),
        make_indicator(5, "出口", "1500", measure="exports", quote="出口累计1500亿元"),
        make_indicator(6, "进口", "12", measure="imports", growth=UP),
        make_indicator(7, "进口", "150", measure="imports"),
    ]
    found = gate.apply(Findings(tuple(rows), (), ()), words).indicators
    assert [i.name + i.value for i in found if i.held_back == REASONS["jump"]] == ["地区生产总值12", "进口150"]


def test_change_without_a_base_that_is_far_faster_than_the_other_of_its_measure_is_held_back() -> None:
    words = vocabulary.load(ROOT / "vocabulary")
    seven_years = Growth("68.9", Decimal("68.9"), "%", None, "up")
    rows = [
        make_indicator(1, "地区生产总值", "1971", measure="gdp", growth=seven_years),
        make_indicator(2, "地区生产总值", "10.3", "%", "growth", measure="gdp"),
        make_indicator(3, "出口", "50", measure="exports", growth=seven_years._replace(base="比2016年")),
        make_indicator(4, "出口", "10.3", "%", "growth", measure="exports"),
        make_indicator(5, "进口", "50", measure="imports", growth=seven_years),
    ]
    found = gate.apply(Findings(tuple(rows), (), ()), words).indicators
    assert [i.id for i in found if i.held_back == REASONS["jump"]] == [rows[0].id]


def test_what_the_publisher_pinned_or_corrected_is_shown() -> None:
    words = vocabulary.load(ROOT / "vocabulary")
    rows = [make_indicator(n, "总量") for n in range(4)]
    rows[3] = rows[3]._replace(by="publisher")
    found = gate.apply(Findings(tuple(rows), (), (), front=(rows[0].id,), pinned=(rows[1].id,)), words)
    assert [bool(i.held_back) for i in found.indicators] == [False, False, True, False]


def test_what_is_held_back_keeps_its_place_and_is_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "source.md"
    file.write_text(
        "# 青禾县政府工作报告\n\n一、2024年工作回顾\n\n地区生产总值120亿元，增长6%。汽车产量突破百万辆。污水处理率达8。\n",
        encoding="utf-8",
    )
    reading: Reading = report_reader.read_file(file, ROOT / "vocabulary").reading
    assert [bool(i.held_back) for i in reading.indicators] == [False, True, True]
    assert [i.name for i in reading.shown] == ["地区生产总值"]


@pytest.mark.parametrize(("value", "unit", "held"), [("7.6", "%", True), ("7.6", "‰", False), ("0.65", "%", False)])
def test_rate_of_births_of_many_per_cent_is_held_back(value: str, unit: str, held: bool, words: gate.GateCase) -> None:
    rate = make_indicator(1, "人口自然增长率", kind="share", value=value, number=Decimal(value), unit=unit)
    assert (gate.held_back(rate, words) == REASONS["wrong unit"]) is held


@pytest.mark.parametrize(
    ("name", "unit", "reason"),
    [
        ("赛马榜获优胜", "", "no unit"),
        ("赛马榜获优胜", "次", ""),
        ("居民消费价格指数", "", ""),
        ("城乡居民收入倍差", "", ""),
    ],
)
def test_count_without_a_unit_is_held_back_but_not_an_index(
    name: str, unit: str, reason: str, words: gate.GateCase
) -> None:
    counted = make_indicator(1, name)._replace(kind="count", unit=unit)
    assert gate.held_back(counted, words) == (REASONS[reason] if reason else "")
