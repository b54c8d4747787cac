"""The core board of the front page: ten fixed places, what stands at each, what is said to be missing, and what is behind it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.vocabularies import vocabularies
from workreport.analysis import measure_words
from workreport.analysis.headlines import PROUD, Front, front_of
from workreport.analysis.word_files import VocabularyError
from workreport.build import report_reader

ROOT = Path(__file__).resolve().parents[2]
PLACES = [
    "地区生产总值",
    "一般公共预算收入",
    "规上工业增加值",
    "固定资产投资",
    "社会消费品零售总额",
    "进出口总额",
    "居民人均可支配收入",
    "城镇新增就业",
    "居民消费价格",
    "粮食产量、空气质量",
]
Read = Callable[..., Front]


@pytest.fixture
def front(tmp_path: Path) -> Read:
    """Read a report of 2024 with this review and this plan; return its front page."""

    def read(review: str, plan: str = "我们要继续努力。") -> Front:
        file = tmp_path / "source.md"
        file.write_text(
            "青禾县政府工作报告\n2024年2月21日在青禾县第九届人民代表大会第三次会议上\n县长 李四\n\n"
            f"一、2023年工作回顾\n\n{review}\n\n二、2024年工作安排\n\n{plan}\n",
            encoding="utf-8",
        )
        return front_of(report_reader.read_report(file, "qinghe-2024", vocabularies()).reading)

    return read


def board(front: Front) -> list[str | None]:
    return [card.indicator.measure for card in front.board]


def test_board_has_ten_places_and_every_measure_of_them_is_known() -> None:
    words = vocabularies().measures
    assert [place.label for place in words.board] == PLACES
    assert all(one in words.by_id for place in words.board for choice in place.choices for one in choice)


def test_cards_stand_in_the_order_of_the_places_whatever_the_order_of_the_text(front: Read) -> None:
    found = front(
        "粮食总产量42万吨。居民消费价格上涨0.4%。城镇新增就业1.2万人。居民人均可支配收入31000元，增长5%。"
        "进出口总额36亿元，增长8%。社会消费品零售总额64亿元，增长6%。固定资产投资增长3%。规上工业增加值增长7%。"
        "一般公共预算收入9.1亿元，增长4%。全县地区生产总值120亿元，增长6%。"
    )
    assert board(found) == [
        "gdp",
        "budget-revenue",
        "large-industry-value-added",
        "fixed-asset-investment",
        "retail-sales",
        "trade-total",
        "resident-income",
        "urban-jobs-added",
        "cpi",
        "grain-output",
    ]
    assert (found.absent, found.unlisted, found.aims) == ((), (), ())


@pytest.mark.parametrize(
    ("review", "stands"),
    [
        ("城镇居民人均可支配收入4.1万元。农村居民人均可支配收入2.3万元。", ["urban-income", "rural-income"]),
        ("农民人均纯收入5406元，增长3.9%。", ["rural-income"]),
        ("居民人均可支配收入3.1万元。农村居民人均可支配收入2.3万元。", ["resident-income"]),
        ("城镇登记失业率2.2%。", ["urban-unemployment"]),
        ("城镇新增就业1.2万人。城镇登记失业率2.2%。", ["urban-jobs-added"]),
        ("空气质量优良天数比例96.4%。", ["good-air-share"]),
        ("粮食总产量42万吨。空气质量优良天数比例96.4%。", ["grain-output"]),
        ("2020年粮食总产量42万吨。\n\n2023年，空气质量优良天数比例96.4%。", ["good-air-share"]),
        ("国民生产总值86亿元，增长9%。", ["gnp"]),
    ],
)
def test_place_falls_back_to_the_next_choice_that_the_report_states(
    front: Read, review: str, stands: list[str]
) -> None:
    assert board(front(review)) == stands


def test_what_the_report_does_not_speak_of_is_absent_and_what_it_speaks_of_without_a_figure_is_not(
    front: Read,
) -> None:
    found = front(
        "全县地区生产总值120亿元，增长6%。居民消费价格总体平稳。粮食产量再创新高。", "城镇新增就业1万人以上。"
    )
    assert board(found) == ["gdp"]
    assert found.unlisted == ("居民消费价格", "粮食产量、空气质量")
    assert [aim.indicator.measure for aim in found.aims] == ["urban-jobs-added"]
    assert found.absent == tuple(PLACES[1:7])


def test_of_what_is_only_near_to_a_place_of_the_board_nothing_is_said(front: Read) -> None:
    found = front("全县地区生产总值120亿元，增长6%。深化税收改革。物价总体平稳。粮食再获丰收。", "稳定就业。")
    assert found.unlisted == ()
    assert not {"一般公共预算收入", "居民消费价格", "粮食产量、空气质量", "城镇新增就业"} & set(found.absent)


def test_place_is_no_mere_target_where_a_result_of_a_part_or_without_something_is_stated(front: Read) -> None:
    found = front(
        "地区生产总值85亿元，增长5%。县域流通体系全面提升，社会消费品零售总额增长6.7%。",
        "社会消费品零售总额增长7%，城镇新增就业1200人。",
    )
    assert [aim.indicator.measure for aim in found.aims] == ["urban-jobs-added"]
    assert "社会消费品零售总额" in found.unlisted


def test_target_of_the_coming_year_stands_beside_the_result(front: Read) -> None:
    found = front("全县地区生产总值120亿元，增长6%。", "地区生产总值增长5.5%。")
    assert [(card.indicator.value, card.target and card.target.value) for card in found.board] == [("120", "5.5")]


def test_held_back_figure_is_never_on_the_board(front: Read) -> None:
    found = front("全县地区生产总值120亿元，增长6%。规上工业增加值3个。固定资产投资增长5%。")
    assert board(found) == ["gdp", "fixed-asset-investment"]
    assert not any(card.indicator.held_back for card in found.cards)


def test_behind_the_board_ranks_come_first_and_nothing_stands_twice(front: Read) -> None:
    many = "".join(
        f"新建{name}{k + 3}个。" for k, name in enumerate(("公园", "驿站", "水站", "书房", "球场", "停车场"))
    )
    found = front(
        f"全县地区生产总值120亿元，增长6%。{many}新增上市企业3家，居全省第二位。森林覆盖率81.2%，居全省第一位。"
        "营商环境满意度居全省第一位。"
    )
    assert board(found) == ["gdp"]
    names = [card.indicator.name for card in found.proud]
    assert set(names[:2]) == {"新增上市企业", "森林覆盖率"}
    assert len(found.proud) <= PROUD
    ids = [card.indicator.id for card in found.cards]
    assert len(ids) == len(set(ids))


def test_part_of_what_a_place_names_stands_there_for_the_year_reviewed_alone(front: Read) -> None:
    assert board(front("2023年，出口总额28亿元，增长5%。")) == ["exports"]
    found = front("五年来，外贸稳步发展，出口总额增长近50%。\n\n2023年，全县地区生产总值120亿元，增长6%。")
    assert (board(found), found.unlisted) == (["gdp"], ("进出口总额",))
    assert board(front("五年来，外贸稳步发展，出口总额累计28亿元。")) == []


def test_amount_at_the_end_of_several_years_stands_before_a_part_of_what_the_place_names(front: Read) -> None:
    review = "过去五年，开放扩大。\n\n外贸进出口总额由30亿美元增加到62亿美元。2023年，出口总额32亿美元。"
    assert board(front(review)) == ["trade-total"]


def test_total_over_several_years_stands_at_its_place_where_no_year_is_stated(front: Read) -> None:
    review = "五年来，全县固定资产投资累计完成300亿元。"
    found = front(review, "固定资产投资增长8%。")
    assert [(card.indicator.name, card.when, card.target and card.target.value) for card in found.board] == [
        ("全县固定资产投资", "五年来", "8")
    ]
    assert found.aims == found.unlisted == ()
    assert board(front(review + "\n\n2023年，固定资产投资增长4%。")) == ["fixed-asset-investment"]


def test_total_of_a_part_of_the_place_is_not_on_the_board(front: Read) -> None:
    assert board(front("五年来，高新区固定资产投资累计完成30亿元。")) == []


def test_passed_mark_with_a_rank_stands_before_a_mere_target(front: Read) -> None:
    found = front("五年来，发展实力增强，地区生产总值突破千亿大关、排名前移至全省第9位。", "地区生产总值增长6%。")
    (card,) = found.board
    assert (card.indicator.measure, card.indicator.milestone_only, card.time) == ("gdp", True, "五年来")
    assert card.target is not None
    (card,) = front("县域发展提速，常住人口突破十万大关、排名全省第9位。", "地区生产总值增长6%。").board
    assert (card.indicator.status, card.time) == ("target", "2024年")


def test_gross_product_is_absent_where_only_output_is_told(front: Read) -> None:
    assert "地区生产总值" in front("全县工业总产值86亿元，增长9%。").absent


def test_report_of_the_state_has_its_own_name_for_the_gross_product(tmp_path: Path) -> None:
    file = tmp_path / "source.md"
    file.write_text(
        "政府工作报告\n2024年3月5日\n\n一、工作回顾\n\n全国粮食产量7亿吨，我国人均产量增加。\n", encoding="utf-8"
    )
    reading = report_reader.read_report(file, "guowuyuan-2024", vocabularies()).reading
    assert reading.found.board[0].label == "国内生产总值"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [('parts = ["exports"]', 'parts = ["imports"]', r"parts 里的“imports”不在 choices 里")],
)
def test_wrong_part_of_a_place_is_refused_with_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(VocabularyError, match=rf"measures/board\.toml:\d+: {told}"):
        measure_words.load(_changed_board(tmp_path, old, new))


def test_place_with_an_unknown_measure_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"measures/board\.toml:\d+: choices 里的“gdpp”.*gdp"):
        measure_words.load(_changed_board(tmp_path, '"gdp", "gnp"', '"gdpp", "gnp"'))


def _changed_board(folder: Path, old: str, new: str) -> Path:
    """Write the vocabulary of measures with one change in its board; return its folder."""
    home = folder / "vocabulary" / "measures"
    home.mkdir(parents=True)
    for path in (ROOT / "vocabulary" / "measures").glob("*.toml"):
        (home / path.name).write_bytes(path.read_bytes())
    own = home / "board.toml"
    text = own.read_text(encoding="utf-8")
    assert old in text
    own.write_text(text.replace(old, new), encoding="utf-8")
    return home.parent
