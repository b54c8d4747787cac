"""The pictures of the front page and of the page of indicators, and the figures on cards: what is drawn is told in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.page_html import page_html
from tests.vocabularies import vocabularies
from workreport.build import report_reader
from workreport.model import Publication
from workreport.project.settings import Settings
from workreport.website.pages import render

REVIEW = (
    "全县地区生产总值120亿元，增长6%。一般公共预算收入9.1亿元，下降4.2%。社会消费品零售总额36亿元，增长5%。"
    "固定资产投资30亿元，增长4%。进出口总额8亿元，增长88%。五年来，粮食总产量增长21%。旅游总收入年均增长11%。"
)
PLAN = "地区生产总值增长5%—5.5%，一般公共预算收入增长2%，社会消费品零售总额增长5%左右。城镇新增就业4000人以上。"


def made(folder: Path, review: str = REVIEW, plan: str = PLAN, years: tuple[int, ...] = (2024,)) -> dict[str, str]:
    """Return the pages of the site of a report, of the same words for each year."""
    readings = []
    for year in years:
        file = folder / f"source-{year}.md"
        file.write_text(
            f"青禾县政府工作报告\n{year}年2月21日在青禾县第九届人民代表大会第三次会议上\n县长 李四\n\n"
            f"一、{year - 1}年工作回顾\n\n{review}\n\n二、{year}年工作安排\n\n{plan}\n",
            encoding="utf-8",
        )
        readings.append(report_reader.read_report(file, f"qinghe-{year}", vocabularies()).reading)
    return render(Publication(tuple(readings)), Settings(), ROOT / "templates")


def captions(page: str) -> list[str]:
    return re.findall(r"<figcaption>(.*?)</figcaption>", page)


def charts(page: str) -> dict[str, list[str]]:
    """Return the values beside the bars below each heading."""
    found = {}
    for heading, picture in re.findall(
        r"<h2[^>]*>([^<]*)</h2><figure class=\"picture\">(.*?)</figure>", page, re.DOTALL
    ):
        svg = picture.partition("</svg><details")[0]
        found[heading] = re.findall(r'<text class="told"[^>]*>([^<]+)</text>', svg)
    return found


def test_changes_of_the_year_of_several_years_and_targets_stand_in_three_charts(tmp_path: Path) -> None:
    page = page_html(made(tmp_path)["qinghe-2024/indicators/index.md"])
    found = charts(page)
    assert found["2023年的变化"] == ["+88%", "+6%", "+5%", "+4%", "−4.2%"]
    assert found["几年来的变化"] == ["+21%", "+11%"]
    assert found["2024年的目标"] == ["5—5.5%", "5%左右", "2%"]
    assert "粮食总产量（五年来）" in page
    assert "旅游总收入（年均）" in page


def test_sentence_of_the_chart_names_falls_and_what_is_longer_than_the_picture(tmp_path: Path) -> None:
    page = page_html(made(tmp_path)["qinghe-2024/indicators/index.md"])
    told = captions(page)[0]
    assert "指标有 5 项，其中 4 项上升，1 项下降" in told
    assert "下降的有：一般公共预算收入 −4.2%" in told
    assert "进出口总额 +88%超出图的尺度" in told
    svg = page.partition('<svg class="bars"')[2].partition("</figure>")[0]
    assert svg.count('class="torn"') == 1
    assert svg.count('class="bar falls"') == 1
    assert svg.count('class="zero"') == 5
    own = re.findall(r'<svg [^>]*class="own"[^>]*><text[^>]*>([^<]*)', svg)
    assert own == ["全县地区生产总值"]


def test_extremes_are_those_of_the_picture_where_it_leaves_out_some_changes(tmp_path: Path) -> None:
    more = "手工皂产量增长91%。木梳产量增长0.3%。" + "".join(
        f"{name}产量增长7%。" for name in ["茶叶", "板栗", "蜂蜜", "香菇"]
    )
    pages = made(tmp_path, more + REVIEW)
    front, whole = (captions(page_html(pages[f"qinghe-2024/{name}.md"])) for name in ("index", "indicators/index"))
    drawn = next(words for words in front if "2023年增减百分比" in words)
    assert "指标有 11 项" in drawn
    assert "图中 8 项，按数值由高到低，从手工皂产量 +91% 到一般公共预算收入 −4.2%" in drawn
    assert "木梳" not in drawn
    assert "图按数值由高到低，从手工皂产量 +91% 到一般公共预算收入 −4.2%；各项不是一类事，不分高下。" in whole[0]


def test_sentence_names_falls_that_the_picture_leaves_out(tmp_path: Path) -> None:
    falls = "".join(
        f"{name}案件数下降{k}%。" for k, name in enumerate(["盗窃", "抢夺", "诈骗", "火灾", "溺水", "醉驾"], 3)
    )
    page = page_html(made(tmp_path, falls + REVIEW)["qinghe-2024/indicators/index.md"])
    told = next(words for words in captions(page) if "2023年增减百分比" in words)
    assert "7 项下降" in told
    fallen = told.partition("下降的有：")[2]
    assert fallen.count("−") == 7
    assert fallen.endswith("醉驾案件数 −8%。")
    assert "另有" not in told


def test_falls_beyond_those_named_lead_to_the_table_of_indicators(tmp_path: Path) -> None:
    names = ["盗窃", "抢夺", "诈骗", "火灾", "溺水", "醉驾", "飙车", "扰民", "拆迁", "医疗", "交通", "消防"]
    falls = "".join(f"{name}案件数下降{k}%。" for k, name in enumerate(names, 3))
    pages = made(tmp_path, falls + REVIEW)
    html = page_html(pages["qinghe-2024/indicators/index.md"])
    told = next(words for words in captions(html) if "2023年增减百分比" in words)
    assert "13 项下降" in told
    assert re.search(r'。<a href="[^"]*#table">另有 5 项下降</a>。$', told)
    assert told.partition("下降的有：")[2].count("−") == 8
    html = page_html(pages["qinghe-2024/index.md"])
    told = next(words for words in captions(html) if "2023年增减百分比" in words)
    assert told.endswith('<a href="#falls">下降的见下</a>。')
    assert "下降的有" not in told


def test_only_the_changes_that_were_counted_are_said_to_rise(tmp_path: Path) -> None:
    review = "地区生产总值增长6%。社会消费品零售总额增长5%。政府部门由40个减少到29个，文盲率下降到3%。"
    page = page_html(made(tmp_path, review)["qinghe-2024/index.md"])
    told = next(words for words in captions(page) if "2023年增减百分比" in words)
    assert told.startswith("报告写明2023年增减百分比的指标有 2 项，这 2 项都是上升。")


def test_bars_in_the_table_share_a_zero_that_is_drawn_where_something_fell(tmp_path: Path) -> None:
    page = page_html(made(tmp_path)["qinghe-2024/indicators/index.md"])
    ticks = re.findall(r'<svg class="tick".*?</svg>', page)
    zeros = {zero for tick in ticks for zero in re.findall(r'<line class="zero" x1="([^"]*)"', tick)}
    assert len(ticks) == 5
    assert len(zeros) == 1
    rising = page_html(made(tmp_path, "地区生产总值增长6%。进出口总额增长5%。")["qinghe-2024/indicators/index.md"])
    assert 'class="tick"' in rising
    assert '<line class="zero"' not in rising.partition("</table>")[0]


FALLS = "工商业平均电价下降5分/千瓦时。文盲率比全国平均低2个百分点。五年来，火灾起数下降58.5%，城乡居民收入倍差从1.96缩小至1.82。"


def test_card_says_over_which_years_a_figure_moved_from_the_one_before(tmp_path: Path) -> None:
    page = made(tmp_path, "地区生产总值120亿元，增长6%。" + FALLS)["qinghe-2024/index.md"]
    assert "[城乡居民收入倍差 [**1.82**]{.figure}]" in page
    assert "[原为1.96（五年来）]{.corrected-from}" in page


def test_no_chart_ranks_shares_or_counts_by_section(tmp_path: Path) -> None:
    page = made(tmp_path, REVIEW + "城镇化率61%。森林覆盖率70%。高新技术产业占比12%。")[
        "qinghe-2024/indicators/index.md"
    ]
    assert "## 比重" not in page
    assert "## 各章指标" not in page


def test_dumbbells_have_their_words_as_text_and_a_table_whose_values_lead_to_their_sentences(tmp_path: Path) -> None:
    page = page_html(made(tmp_path)["qinghe-2024/index.md"])
    picture = page.partition('<h2 id="progress">')[2].partition("</figure>")[0]
    assert "结果与目标都写明的指标 3 项，增速画在同一尺度上，都从零起。" in picture
    assert "2023年 +6%，2024年目标 5—5.5%" in picture
    svg, _, table = picture.partition("<details")
    assert re.findall(r"<tspan[^>]*>([^<]*)</tspan>", svg)[:2] == ["+6%", "5—5.5%"]
    assert svg.count('<circle class="now"') == 3
    assert svg.count('<circle class="aim"') == 4  # one is a range
    assert "before" not in svg
    links = re.findall(r'<td class="number"><a href="([^"]+)">', table)
    assert len(links) == 6
    assert all("#s" in link for link in links)


def test_values_of_all_dumbbells_stand_in_one_place(tmp_path: Path) -> None:
    review, plan = "地区生产总值增长6%。进出口总额增长5%。", "地区生产总值增长6%。进出口总额增长5%。"
    wide, aim = "社会消费品零售总额1234.56亿元。", "社会消费品零售总额达到1300.25亿元以上。"

    def places(review: str, plan: str) -> list[tuple[str, str]]:
        page = page_html(made(tmp_path, review, plan)["qinghe-2024/index.md"])
        svg = page.partition('<svg class="dumbbells"')[2].partition("<details")[0]
        return re.findall(r'<text class="told" x="([^"]*)" y="([^"]*)"', svg)

    assert places(review, plan) == [("100%", "1.1em")] * 2
    assert places(review + wide, plan + aim) == [("0", "3.8em")] * 3  # one has no room beside its name on a phone


def test_dumbbells_have_plain_digits(tmp_path: Path) -> None:
    page = page_html(made(tmp_path, plan=PLAN.replace("2%", "２%"))["qinghe-2024/index.md"])
    picture = page.partition('<h2 id="progress">')[2].partition("</figure>")[0]
    assert "２" not in picture
    assert ">2%<" in picture


def test_dumbbells_have_the_year_before_from_the_report_of_that_year(tmp_path: Path) -> None:
    pages = made(tmp_path, years=(2024, 2023))
    page = pages["qinghe-2024/index.md"]
    assert "| 指标 | 2022年 | 2023年 | 2024年目标 |" in page
    assert "[+6%](../qinghe-2023/1/index.md#" in page
    assert page_html(page).count('<circle class="before"') == 3
    assert "2021年" not in pages["qinghe-2023/index.md"]


def test_result_far_beyond_the_scale_stands_behind_a_break_apart_from_its_target(tmp_path: Path) -> None:
    review = (
        "地区生产总值增长5%。社会消费品零售总额增长5.5%。固定资产投资增长4%。进出口总额增长6%。实际使用外资增长88%。"
    )
    plan = "地区生产总值增长5%。社会消费品零售总额增长5%。固定资产投资增长5%。进出口总额增长5%。实际使用外资增长12%。"
    page = made(tmp_path, review, plan)["qinghe-2024/index.md"]
    rows = {
        name: dict(re.findall(r"([a-z-]+)=([\d.]+)%", marks))
        for name, marks in re.findall(r"^\| (\S+) \| .*\| \{(.*)\}$", page, re.MULTILINE)
    }
    far = {name: float(at) for name, at in rows["实际使用外资"].items()}
    assert far["target"] < far["break-right"] < far["year-reviewed"]
    assert [name for name, places in rows.items() if "break-right" in places] == ["实际使用外资"]
    html = page_html(page)
    assert "实际使用外资 +88%超出图的尺度，画在断口外，不按比例。" in html
    picture = html.partition('<svg class="dumbbells"')[2].partition("<details")[0]
    assert (picture.count('class="torn"'), picture.count('class="gap"')) == (1, 1)


def test_change_of_the_year_stands_on_a_card_before_the_mean_of_several_years(tmp_path: Path) -> None:
    review = "2023年地区生产总值120亿元，五年年均增长7%。去年地区生产总值同比增长6%。"
    pages = made(tmp_path, review)
    card = page_html(pages["qinghe-2024/index.md"]).partition('<li class="card')[2].partition("</li>")[0]
    link, _, beside = card.partition("</a>")
    assert "%" not in link
    year, mean = beside.index("2023年 同比增长 6%"), beside.index("年均 +7%")
    assert year < mean
    assert re.search(r'<p class="also"><a href="[^"]*#s\w+-f1">2023年 ', beside)
    assert "2023年 同比增长 6%" in pages["qinghe-2024/picture/index.md"]


def test_mean_of_several_years_stays_beside_its_figure_where_the_year_has_no_change_of_its_own(tmp_path: Path) -> None:
    page = page_html(made(tmp_path, "2023年地区生产总值120亿元，五年年均增长7%。")["qinghe-2024/index.md"])
    link = page.partition('<li class="card')[2].partition("</a>")[0]
    assert "年均 +7%" in link


def test_first_card_says_its_year_and_the_line_below_says_what_is_missing(tmp_path: Path) -> None:
    page = made(tmp_path)["qinghe-2024/index.md"]
    assert re.search(r"- \[全县地区生产总值 \[2023年\]\{\.period\} \[\*\*120\*\*亿元\]", page)
    assert "只写了目标：[城镇新增就业 4000人以上](" in page
    assert "报告未写：规上工业增加值、居民人均可支配收入、居民消费价格。" in page


@pytest.mark.parametrize(
    ("year", "review", "figure"),
    [
        (2024, "全县地区生产总值１２０亿元，增长６％。", "[**120**亿元]"),
        (2024, "地区生产总值增长6%。新建公路三十八公里，居全省第一位。", "[**38**公里]"),
        (2024, "地区生产总值增长6%。全县财政总收入达到12亿元。", "[**12**亿元]"),
        (2024, "地区生产总值增长6%。城乡居民收入比2:1。", "[**2:1**]"),
        (1975, "全县工业总产值增长6%。新建公路三十八公里。", "[**38**公里]"),
        (1975, "全县工业总产值增长百分之五十一。", "[**+51**%]"),
        (1975, "全县工业总产值增长6%。新开水渠一千一百条。", "[**1100**条]"),
    ],
)
def test_figures_on_cards_are_in_plain_digits(tmp_path: Path, year: int, review: str, figure: str) -> None:
    page = made(tmp_path, review, "我们要继续努力。", (year,))[f"qinghe-{year}/index.md"]
    cards = page.partition("## 主要指标")[2].partition("\n---\n")[0]
    assert figure in cards


def test_report_from_before_the_measures_of_the_board_lacks_them_as_others_of_its_time(tmp_path: Path) -> None:
    old = made(tmp_path, "工业总产值增长6%。", "我们要继续努力。", (1975,))["qinghe-1975/index.md"]
    new = made(tmp_path, "工业总产值增长6%。", "我们要继续努力。", (2005,))["qinghe-2005/index.md"]
    assert re.search("报告未写：[^。]*一般公共预算收入[^。]*（那时的报告多不写这些）。", old)
    assert "报告未写：" in new
    assert "那时的报告" not in new


def test_year_of_the_pictures_is_the_one_that_most_results_name(tmp_path: Path) -> None:
    """A report given at the end of the year reviews its own year, and plans the next."""
    review = "2024年，地区生产总值120亿元，增长6%。2024年，固定资产投资增长4%。2024年，进出口总额增长8%。"
    page = made(tmp_path, review, "2025年，地区生产总值增长5%。", (2024,))["qinghe-2024/index.md"]
    assert "## 2024年的变化" in page
    assert "| 指标 | 2024年 | 2025年目标 |" in page
