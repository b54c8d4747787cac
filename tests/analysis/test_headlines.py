"""The cards of the front page: which statement of a core measure stands there, and which target beside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.analysis.conftest import HEAD
from tests.conftest import ROOT
from workreport.analysis.headlines import front_cards, front_choice, front_of, headlines
from workreport.analysis.ranking import listed
from workreport.analysis.statements import FrontCard
from workreport.build import report_reader
from workreport.model import Reading


def test_core_measures_stand_first_by_their_rank(cards: Any) -> None:
    found = cards(
        "新建绿道12公里。城镇新增就业1.2万人。社会消费品零售总额36亿元，增长8%。"
        "一般公共预算收入9.1亿元，增长4%。全县地区生产总值120亿元，增长6%。"
    )
    assert list(found)[:4] == ["gdp", "budget-revenue", "retail-sales", "urban-jobs-added"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("地区生产总值增长6%。地区生产总值达120亿元。", "120"),
        ("地区生产总值120亿元。2023年，全县地区生产总值121亿元，增长6%。", "121"),
        ("2020年地区生产总值90亿元，增长3%。\n\n地区生产总值增长6%。", "6"),
        ("实力跃升。2015年，经济总量破百亿。8年来，再上台阶。地区生产总值120亿元。\n\n地区生产总值增长6%。", "120"),
        ("五年来，地区生产总值年均增长7%。2023年，地区生产总值增长6%。", "6"),
        ("一季度，地区生产总值28亿元，增长5%。全年地区生产总值增长6%。", "6"),
        ("全年地区生产总值120亿元，同比下降2.5%。", "120"),
        ("地区生产总值下降2.5%。", "2.5"),
        ("地区生产总值突破100亿元。地区生产总值增长6%。", "6"),
        ("地区生产总值突破100亿元。", "100"),
        ("改革开放40年来，地区生产总值增长97倍。地区生产总值突破100亿元。", "100"),
        ("过去的五年，实力跃升。地区生产总值比2018年增长1.2倍。\n\n预计地区生产总值120亿元，增长6%。", "120"),
    ],
)
def test_best_statement_of_a_measure_stands_on_the_front(cards: Any, text: str, value: str) -> None:
    assert cards(text)["gdp"].indicator.value == value


def test_fall_of_the_gross_product_is_a_fall_on_the_front(cards: Any) -> None:
    alone = cards("地区生产总值下降2.5%，新建绿道12公里。")["gdp"].indicator
    assert alone.number is not None
    assert alone.number < 0
    beside = cards("地区生产总值120亿元，下降2.5%。")["gdp"].indicator.growth
    assert beside.direction == "down"


@pytest.mark.parametrize(
    ("plan", "aim"),
    [
        ("今年主要预期目标是：地区生产总值增长5.5%左右。", "5.5"),
        ("“十五五”期间，地区生产总值年均增长7%。", None),
        ("到2030年，地区生产总值达到200亿元。2024年，地区生产总值增长5%。", "5"),
        ("力争“十四五”末，地区生产总值增长8%。", None),
        ("一季度地区生产总值增长8%。", None),
        ("未来，全县地区生产总值年均增速达8%。", None),
        ("城镇新增就业1万人。", None),
    ],
)
def test_target_of_the_coming_year_stands_within_the_card_of_its_result(cards: Any, plan: str, aim: str | None) -> None:
    card = cards("地区生产总值120亿元，增长6%。", plan)["gdp"]
    assert card.indicator.status == "result"
    assert (card.target.value if card.target else None) == aim


def test_target_in_another_unit_or_of_another_size_stands_not_beside_a_result(cards: Any) -> None:
    text = "城镇新增就业1.2万人。"
    assert cards(text, "城镇新增就业1.1万人以上。")["urban-jobs-added"].target.value == "1.1"
    assert cards(text, "城镇新增就业6万人以上。")["urban-jobs-added"].target is None
    amount = "地区生产总值120亿元。"
    assert cards(amount, "地区生产总值130亿元。")["gdp"].target.value == "130"
    assert cards(amount, "地区生产总值200亿元。")["gdp"].target is None


def test_target_of_another_extent_stands_not_beside_a_result(cards: Any) -> None:
    text = "地方固定资产投资35亿元，增长5%。"
    assert cards(text, "全社会固定资产投资增长10%。")["fixed-asset-investment"].target is None
    assert cards(text, "地方固定资产投资增长9%。")["fixed-asset-investment"].target.value == "9"
    assert cards(text, "固定资产投资增长8%。")["fixed-asset-investment"].target.value == "8"


def test_target_of_the_gross_product_is_a_card_of_its_own_without_a_result(cards: Any) -> None:
    found = cards(
        "一般公共预算收入9.1亿元，增长4%。", "今年主要预期目标是：地区生产总值增长5.5%左右，一般公共预算收入增长3%。"
    )
    assert list(found)[:2] == ["gdp", "budget-revenue"]
    assert found["gdp"].indicator.status == "target"
    assert found["gdp"].target is None


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("“十三五”期间，固定资产投资300亿元。", "“十三五”期间"),
        ("五年来，固定资产投资300亿元。", "五年来"),
        ("“十三五”末，固定资产投资30亿元。", "“十三五”末"),
        ("2021年固定资产投资30亿元。", "2021年"),
        ("这五年，经济实力跃升。２０２３年固定资产投资30亿元。", ""),
        ("这五年，经济实力跃升。预计 2023 年固定资产投资30亿元。", ""),
        ("2023年固定资产投资30亿元。", ""),
        ("全年固定资产投资30亿元。", ""),
        ("农民人均纯收入8000元，五年平均增长8%；固定资产投资30亿元。", ""),
        ("固定资产投资30亿元，比2021年增长8%。", ""),
        ("这五年，经济实力跃升。固定资产投资增长1.3倍。", "这五年"),
        ("这五年，经济实力跃升。固定资产投资30亿元。", ""),
        ("圆满完成“十二五”目标。固定资产投资30亿元。", ""),
        ("五年新建学校8所；固定资产投资30亿元。", ""),
        ("提前两年实现目标，固定资产投资30亿元。", ""),
        ("推进三年行动，固定资产投资30亿元。", ""),
        ("2014年以来首次超过全省水平，固定资产投资30亿元。", ""),
        ("2021年，新建学校8所；固定资产投资30亿元。", "2021年"),
    ],
)
def test_card_names_the_time_if_it_is_not_the_year_before(cards: Any, text: str, when: str) -> None:
    assert cards(text)["fixed-asset-investment"].when == when


def test_card_of_a_sum_names_the_years_that_its_paragraph_opens_with(cards: Any) -> None:
    assert cards("这五年，民生改善。城镇新增就业3.2万人。")["urban-jobs-added"].when == "这五年"


def test_card_of_a_sum_in_its_own_words_names_the_years_too(cards: Any) -> None:
    assert cards("这五年，民生改善。累计建成水站30座。")["累计建成水站"].when == "这五年"
    assert cards("民生改善。累计建成水站30座。")["累计建成水站"].when == ""


def test_look_back_within_a_plan_is_no_target(cards: Any) -> None:
    plan = (
        "三、规划纲要的说明\n\n（一）“十三五”时期发展的主要情况\n\n城市面貌一新。公园绿地面积由90公顷增加到150公顷。\n\n"
        "（二）“十五五”时期的主要目标\n\n城市更加宜居。新建水站40座。"
    )
    found = cards("民生改善。", f"新建学校3所。\n\n{plan}")
    assert [(name, card.indicator.status) for name, card in found.items()] == [
        ("公园绿地面积", "result"),
        ("新建学校", "target"),
        ("新建水站", "target"),
    ]


@pytest.fixture
def of_five_years(tmp_path: Path, words: report_reader.Vocabularies) -> Any:
    """Read a report of 2024 on five years and on 2023, with this plan; return its front cards by measure or name."""

    def read(review: str, plan: str) -> dict[str, FrontCard]:
        file = tmp_path / "source.md"
        file.write_text(
            f"{HEAD}一、过去五年和2023年工作回顾\n\n{review}\n\n二、今后五年和2024年工作安排\n\n{plan}\n",
            encoding="utf-8",
        )
        reading = report_reader.read_report(file, "qinghe-2024", words).reading
        return {card.indicator.measure or card.indicator.name: card for card in front_cards(reading)}

    return read


def test_figure_of_the_year_stands_before_one_of_five_years(of_five_years: Any) -> None:
    found = of_five_years(
        "过去五年，是不平凡的五年。\n\n民生改善。城镇新增就业6万人。一般公共预算收入增长15%。\n\n"
        "刚刚过去的2023年，我们稳中求进。\n\n城镇新增就业1.2万人。",
        "今后五年，是关键的五年。\n\n城镇新增就业7万人。\n\n做好2024年工作，主要目标是：城镇新增就业1.1万人。",
    )
    jobs, revenue = found["urban-jobs-added"], found["budget-revenue"]
    assert (jobs.indicator.value, jobs.when) == ("1.2", "")
    assert jobs.target.value == "1.1"
    assert (revenue.indicator.value, revenue.when) == ("15", "过去五年")


def test_target_of_five_years_stands_beside_no_result_and_says_its_time_alone(of_five_years: Any) -> None:
    found = of_five_years(
        "2023年，我们稳中求进。\n\n城镇新增就业1.2万人。",
        "今后五年，是关键的五年。\n\n新建学校30所，城镇新增就业1.5万人。",
    )
    assert found["urban-jobs-added"].target is None
    assert found["新建学校"].when == "今后五年"


def test_card_of_what_held_for_years_names_them(of_five_years: Any) -> None:
    found = of_five_years(
        "过去五年，是不平凡的五年。\n\n城镇登记失业率控制在4%以内，固定资产投资年均增长8%。",
        "新建学校3所。",
    )
    for measure in ("urban-unemployment", "fixed-asset-investment"):
        assert found[measure].when == "过去五年", measure


def test_card_of_what_was_reached_at_the_end_of_years_does_not_name_them(of_five_years: Any) -> None:
    text = "过去五年，是不平凡的五年。\n\n粮食产量由30万吨增加到36万吨。五年来，发电装机容量达到9 0 万千瓦，累计完成固定资产投资300亿元。"
    found = of_five_years(text, "新建学校3所。")
    assert found["grain-output"].when == found["发电装机容量"].when == ""
    assert found["累计完成固定资产投资"].when == "五年来", list(found)


def test_target_of_the_local_part_stands_not_beside_the_whole(cards: Any) -> None:
    whole, part = "财政一般预算收入160亿元，增长12%。", "\n\n其中，全市地方财政一般预算收入95亿元，增长10%。"
    target = "地方财政一般预算收入增长9%。"
    assert cards(whole, target)["budget-revenue"].target is not None
    assert cards(whole + part, target)["budget-revenue"].target is None


def test_paragraph_that_ends_with_the_aims_of_years_sets_them_for_those_after_it(of_five_years: Any) -> None:
    found = of_five_years(
        "新建学校8所。", "省里编制了纲要草案。综合考虑，今后五年发展的主要目标是：\n\n——基础更强。新建水厂30座。"
    )
    assert found["新建水厂"].when == "今后五年"


def test_target_is_of_the_year_after_the_one_reviewed(cards: Any) -> None:
    text = "2024年，地区生产总值120亿元，增长6%。\n\n2024年固定资产投资30亿元。"
    assert cards(text, "2025年，地区生产总值增长5%。")["gdp"].year == 2025
    assert cards("地区生产总值120亿元，增长6%。", "地区生产总值增长5%。")["gdp"].year == 2024


def test_year_that_most_results_name_is_the_one_reviewed(cards: Any) -> None:
    found = cards(
        "2024年，地区生产总值120亿元，增长6%。\n\n2024年固定资产投资30亿元。\n\n2024年社会消费品零售总额36亿元。",
        "2025年，地区生产总值增长5%。\n\n2024年，固定资产投资增长9%。",
    )
    assert list(found) == ["gdp", "fixed-asset-investment", "retail-sales"]
    assert found["gdp"].target.value == "5"
    assert found["fixed-asset-investment"].target is None
    assert {card.when for card in found.values()} == {""}


def test_what_the_gate_holds_back_is_on_no_card(cards: Any) -> None:
    found = cards("总量3000亿元，增长50%。固定资产投资30亿元。汽车产量突破百万辆。")
    assert list(found) == ["fixed-asset-investment"]


@pytest.fixture(scope="module")
def reading(words: report_reader.Vocabularies) -> Reading:
    return report_reader.read_report(ROOT / "reports" / "gongshu-2024" / "source.md", "gongshu-2024", words).reading


def vars_of(reading: Reading) -> dict[str, Any]:
    """The fields of a Reading by name."""
    return {name: getattr(reading, name) for name in reading.__dataclass_fields__}


def test_publishers_front_pin_and_order_override_the_choice(reading: Reading) -> None:
    ids = [i.id for i in reading.indicators]

    def with_rules(**rules: tuple[str, ...]) -> Reading:
        found = reading.found
        new = replace(found, **rules)
        return Reading(**{**vars_of(reading), "found": new})

    only = with_rules(front=(ids[40], ids[3]))
    assert [i.id for i in front_choice(only)] == [ids[40], ids[3]]
    pinned = front_choice(with_rules(pinned=(ids[-1],)))
    assert pinned[0].id == ids[-1]
    assert [i.id for i in pinned[1:7]] == [i.id for i in front_choice(reading)[:6]]
    ordered = listed(with_rules(order=(ids[5], ids[2])), reading.indicators)
    assert [i.id for i in ordered[:3]] == [ids[5], ids[2], ids[0]]


def test_headlines_are_the_first_cards_and_no_card_stands_twice(reading: Reading) -> None:
    chosen = front_choice(reading)
    assert len({i.id for i in chosen}) == len(chosen) == 18
    assert headlines(reading, 4) == chosen[:4]
    assert chosen[0].measure == "gdp"


def test_inspect_prints_the_cards_and_the_targets_within_them(reading: Reading) -> None:
    from workreport.analysis import inspection

    document = inspection.document(reading)
    assert document["front"] == [i.id for i in front_choice(reading)]
    front = front_of(reading)
    aims = [card.target.id for card in front.cards if card.target] + [aim.indicator.id for aim in front.aims]
    assert document["front_targets"] == aims
    assert all(i.status == "target" for i in reading.indicators if i.id in aims)


@pytest.mark.parametrize(
    ("review", "value", "other"),
    [
        ("全县地区生产总值达120亿元。新建绿道12公里。全年地区生产总值增长6%。", "120", "6"),
        ("过去五年，地区生产总值从80亿元增加到120亿元，年均增长7%。\n\n2023年，地区生产总值增长6%。", "6", "120"),
        ("过去五年，地区生产总值达120亿元。\n\n2023年，地区生产总值增长6%。", "6", "120"),
        ("2023年地区生产总值120亿元，年均增长7%。去年地区生产总值同比增长6%。", "120", "6"),
        ("预计全县地区生产总值增长6%。地区生产总值由2018年的80亿元增长到2023年的120亿元。", "120", "6"),
    ],
)
def test_amount_and_change_of_one_year_from_two_sentences_stand_on_one_card(
    cards: Any, review: str, value: str, other: str
) -> None:
    card = cards(review)["gdp"]
    assert card.indicator.value == value
    assert card.other is not None
    assert (card.other.value, card.other.sentence != card.indicator.sentence) == (other, True)


@pytest.mark.parametrize(
    ("review", "longer"),
    [
        ("2023年地区生产总值120亿元，年均增长7%。去年地区生产总值同比增长6%。", True),
        ("全县地区生产总值达120亿元。全年地区生产总值增长6%。", False),  # it has no change of its own
        ("2023年地区生产总值120亿元，年均增长7%。", False),  # there is no other
        ("地区生产总值120亿元，同比增长6%。五年来，地区生产总值年均增长7%。", False),
    ],
)
def test_change_of_an_amount_is_told_from_that_of_the_year_stated_elsewhere(
    cards: Any, review: str, longer: bool
) -> None:
    assert cards(review)["gdp"].longer == longer


@pytest.mark.parametrize(
    ("measure", "review"),
    [
        ("gdp", "地区生产总值120亿元，增长6%。全年地区生产总值增长6.1%。"),  # it has its change
        ("gdp", "全县地区生产总值120亿元。五年来，地区生产总值年均增长7%。"),  # another base
        ("gdp", "全县地区生产总值120亿元。一季度，地区生产总值增长9%。"),  # a part of the year
        ("gdp", "全县地区生产总值120亿元。地区生产总值增速高于全省1.5个百分点。"),  # against others
        ("gdp", "全县地区生产总值120亿元。地区生产总值增长6%。地区生产总值增长6.5%。"),  # which of the two?
        ("gdp", "2021年，地区生产总值100亿元。2023年，地区生产总值增长6%。"),  # another year
        ("gdp", "高新区生产总值30亿元。全县地区生产总值增长6%。"),  # another scope
        ("gdp", "地区生产总值突破100亿元。全年地区生产总值增长6%。"),  # no level
        ("gdp", "“十二五”时期，地区生产总值达120亿元。\n\n2023年，地区生产总值增长6%。"),  # five years of long ago
        ("trade-total", "过去五年，进出口总额达900亿元。\n\n2023年，进出口总额增长6%。"),  # maybe a sum
    ],
)
def test_what_may_be_of_another_base_year_or_scope_is_not_joined(cards: Any, measure: str, review: str) -> None:
    card = cards(review)[measure]
    assert card.other is None, card.other


def test_amount_and_change_that_are_both_pinned_have_a_card_each(
    tmp_path: Path, words: report_reader.Vocabularies
) -> None:
    file = tmp_path / "source.md"
    file.write_text(
        f"{HEAD}一、2023年工作回顾\n\n全县地区生产总值达120亿元。全年地区生产总值增长6%。\n\n二、2024年工作安排\n\n我们要努力。\n",
        encoding="utf-8",
    )
    found = report_reader.read_report(file, "qinghe-2024", words, tmp_path).reading.indicators
    pins = ", ".join(f'"{i.id}"' for i in found)
    (tmp_path / "indicators.toml").write_text(f"pin = [{pins}]", encoding="utf-8")
    chosen = front_cards(report_reader.read_report(file, "qinghe-2024", words, tmp_path).reading)
    assert [(card.indicator.value, card.other) for card in chosen] == [("120", None), ("6", None)]


@pytest.mark.parametrize(("ranked", "proud"), [(2, []), (3, ["湖泊", "水库", "水渠"])])
def test_only_high_ranks_are_what_a_report_is_proud_of(
    tmp_path: Path, words: report_reader.Vocabularies, ranked: int, proud: list[str]
) -> None:
    things = ["湖泊", "水库", "水渠", "公园"]
    rows = [f"新建{thing}{k + 2}座" + "，居全省第一" * (k < ranked) for k, thing in enumerate(things)]
    file = tmp_path / "source.md"
    file.write_text(f"{HEAD}一、2023年工作回顾\n\n地区生产总值增长6%。{'。'.join(rows)}。\n", encoding="utf-8")
    front = front_of(report_reader.read_report(file, "qinghe-2024", words).reading)
    assert sorted(card.indicator.name.removeprefix("新建") for card in front.proud) == sorted(proud)
    behind = [card.indicator.name for card in (*front.proud, *front.further)]
    assert "新建公园" in behind
    assert len(behind) == len(set(behind))
