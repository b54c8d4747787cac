"""Tests of the screens of 一图读懂: which figures stand on which, what is left out, and the sentence beside a figure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.archive.poster.poster_reports import taken
from workreport.model import Reading
from workreport.website.pages import colour, cut_text
from workreport.website.pages.screens import QUOTE, Screen, excerpt, is_plain, screens

REPORT = """# 2026年政府工作报告

（2026年1月9日在青禾县第十七届人民代表大会第六次会议上）

青禾县人民政府县长　周明

## 一、2025年工作

2025年，预计全县地区生产总值512.6亿元，增长6.2%；社会消费品零售总额180.4亿元，增长3.5%；固定资产投资下降4.1%；规上工业增加值增长7.3%。

一般公共预算收入25.3亿元，增长5.8%，增幅居全市第一。城镇居民人均可支配收入45210元，增长4.9%；农村居民人均可支配收入28640元，增长6.6%。城镇新增就业3200人。

粮食总产量居全市第三，全省首创“水管家”制度。

## 二、今后五年

到2030年，地区生产总值突破800亿元。

## 三、2026年工作

今年的主要预期目标是：地区生产总值增长6%左右，一般公共预算收入增长5%，城镇新增就业3000人以上。
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """An invented report that has something for each screen."""
    return taken(REPORT, tmp_path_factory.mktemp("screens"))


def shown(reading: Reading) -> dict[str, Screen]:
    """The screens of a report by id."""
    return {screen.id: screen for screen in screens(reading, "report/picture/index.html")}


def told(screen: Screen) -> list[str]:
    """Name and figure of all figures of a screen, the large one first."""
    figures = [screen.figure, *screen.figures] if screen.figure else [*screen.figures]
    return [f"{figure.name} {figure.card.figure.text}" for figure in figures if figure.card.figure]


# -- which screens and figures ----------------------------------------------------------------------------------------


def test_six_screens_in_their_order_each_with_its_figures(report: Reading) -> None:
    made = shown(report)
    assert list(made) == ["poster", "economy", "people", "money", "ranks", "targets"]
    assert {name: told(screen) for name, screen in made.items() if screen.figure} == {
        "poster": ["全县地区生产总值 512.6亿元"],
        "economy": ["社会消费品零售总额 180.4亿元", "固定资产投资 −4.1%", "规上工业增加值 +7.3%"],
        "people": ["城镇居民人均可支配收入 45210元", "农村居民人均可支配收入 28640元", "城镇新增就业 3200人"],
        "money": ["一般公共预算收入 25.3亿元"],
        "targets": ["地区生产总值 6%左右", "一般公共预算收入 5%", "城镇新增就业 3000人以上"],
    }
    assert {name: screen.when for name, screen in made.items()} == {
        "poster": "2025年", "economy": "2025年", "people": "2025年", "money": "2025年", "ranks": "2025年", "targets": "2026年"
    }  # fmt: skip


def test_fall_estimate_and_target_are_said(report: Reading) -> None:
    made = shown(report)
    assert made["poster"].figure
    assert made["poster"].figure.card.estimated
    assert made["poster"].figure.card.aim
    assert made["poster"].figure.card.aim.text == "增长 6%左右"
    falling = made["economy"].figures[0].card
    assert falling.change
    assert falling.change.direction == "down"
    assert made["targets"].figure
    assert made["targets"].figure.card.target


def test_ranks_name_what_holds_them_and_firsts_their_area(report: Reading) -> None:
    ranks = shown(report)["ranks"]
    assert ranks.rank
    lines = [(rank.label, rank.told) for rank in (ranks.rank, *ranks.ranks)]
    assert lines[0] == ("全市第一", "一般公共预算收入增幅")
    assert ("全市第三", "粮食总产量") in lines
    firsts = dict(lines)["首创"]
    assert firsts.startswith("全省首创：")
    assert "水管家" in firsts


def test_screen_of_ranks_names_a_year_only_if_all_are_of_that_year(tmp_path: Path) -> None:
    text = (
        "# 2026年政府工作报告\n\n## 一、2025年工作\n\n工业增加值增速居全省第一。{}\n\n## 二、2026年工作\n\n继续努力。\n"
    )
    assert shown(taken(text.format(""), tmp_path))["ranks"].when == "2025年"
    mixed = text.format("五年来，服务业增加值年均增长9%、居全省第二。")
    assert shown(taken(mixed, tmp_path))["ranks"].when == ""


def test_vague_ranks_and_ranks_of_targets_are_left_out(tmp_path: Path) -> None:
    text = "# 2026年政府工作报告\n\n## 一、2025年工作\n\n工业投资增速居全省前列。\n\n## 二、2026年工作\n\n今年，力争服务业增加值总量居全省第一。\n"
    assert "ranks" not in shown(taken(text, tmp_path))


def test_figure_held_back_is_on_no_screen(report: Reading) -> None:
    held = tuple(i._replace(held_back="没有读出完整的指标名") for i in report.found.indicators)
    assert list(shown(replace(report, found=replace(report.found, indicators=held)))) == ["poster"]
    assert shown(replace(report, found=replace(report.found, indicators=held)))["poster"].figure is None


def test_figure_that_does_not_say_its_time_is_left_out(tmp_path: Path) -> None:
    text = "# 2026年政府工作报告\n\n## 一、主要工作\n\n工业增加值平均每年增长8.1%。\n\n## 二、2025年工作\n\n社会消费品零售总额80.4亿元，增长3.5%。\n"
    made = shown(taken(text, tmp_path))
    assert [name for screen in made.values() for name in told(screen)] == ["社会消费品零售总额 80.4亿元"]


def test_no_figure_stands_on_two_screens(report: Reading) -> None:
    ids = [f.card.id for screen in shown(report).values() for f in (screen.figure, *screen.figures) if f]
    assert len(ids) == len(set(ids))


def test_numerals_of_old_reports_are_told_from_digits() -> None:
    assert [value for value in ("2091.5", "5—5.5", "−0.1", "一点九", "２０００") if not is_plain(value)] == [
        "一点九",
        "２０００",
    ]


# -- the sentence -----------------------------------------------------------------------------------------------------


def test_excerpt_is_a_part_of_its_sentence_with_the_figure_in_it(report: Reading) -> None:
    for i in report.indicators:
        sentence = report.sentences[i.sentence].text
        for room in (20, 40, QUOTE, 400):
            made = excerpt(report, i, room)
            assert cut_text.width(made.text) <= max(room, cut_text.width(i.quote)) + 2
            assert made.before.removeprefix("…") + made.lit + made.after.removesuffix("…") in sentence
            assert made.lit == i.quote or made.lit.endswith("…")
    long = next(i for i in report.indicators if i.name == "规上工业增加值")
    made = excerpt(report, long, 24)
    assert (made.before, made.lit, made.after) == ("…", "规上工业增加值增长7.3%", "。")


def test_excerpt_has_no_blanks_within_numbers(tmp_path: Path) -> None:
    reading = taken("# 1998年政府工作报告\n\n1 9 9 7 年，粮食产量达到4 9 2 5 0 万吨。\n", tmp_path)
    found = next(i for i in reading.indicators if "粮食" in i.name)
    assert excerpt(reading, found, QUOTE).text == "1997年，粮食产量达到49250万吨。"


# -- the colours ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("accent", ["#b3261e", "#795300", "#036262", "#49379f", "#0f6b6b", "#7a6a00"])
@pytest.mark.parametrize("deeper", [False, True])
def test_words_on_a_picture_can_be_read(accent: str, deeper: bool) -> None:
    paper = "#fffdf9"
    made = colour.shades(colour.on(accent, paper), paper, deeper=deeper)
    ground, soft, line, wash = map(colour.parse, (made.ground, made.soft, made.line, made.wash))
    assert colour.contrast(soft, ground) >= 4.5
    assert colour.contrast(soft, wash) >= 4.5 or made.soft == paper
    assert colour.contrast(colour.parse(paper), wash) >= 4
    assert colour.contrast(line, ground) >= 3
