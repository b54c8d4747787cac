"""What the front page says of its report besides its figures: chapters, opening words, title, gaps, ways to the text."""

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
from workreport.website.pages.views.front import NO_PLAN

FRONT = "qinghe-2024/index.md"
HEAD = "青禾县政府工作报告\n2024年2月21日在青禾县第九届人民代表大会第三次会议上\n县长 李四\n\n"
OPENING = "各位代表：\n\n现在，我代表县人民政府报告工作，请予审议。全县有农户3.2万户。\n\n"
REVIEW = (
    "一、2023年工作回顾\n\n地区生产总值增长6%，新建公路12公里。\n\n（一）产业稳步发展，动能不断增强\n\n引进企业8家。\n\n"
    "（二）民生持续改善\n\n新增学位300个，居全省第一。新增床位90张，居第四位。\n\n"
)
PLAN = "二、2024年工作安排\n\n新建学校4所。\n\n三、加强自身建设\n\n办结提案120件。\n"


def site(folder: Path, text: str) -> dict[str, str]:
    """Return the pages of a site of two reports, of which the first has this text."""
    readings = []
    for year, words in ((2024, text), (2023, text.replace("2024", "2022"))):
        file = folder / f"source-{year}.md"
        file.write_text(words, encoding="utf-8")
        readings.append(report_reader.read_report(file, f"qinghe-{year}", vocabularies()).reading)
    return render(Publication(tuple(readings)), Settings(), ROOT / "templates")


def chapters(page: str) -> list[tuple[str, int]]:
    """Return the rows of chapters: number and title, how many figures; 0 for none."""
    listed = page.partition("## 各章")[2].partition("\n## ")[0]
    rows = re.findall(
        r"^1\. \[(?:\[([^]]*)\]\{\.number\})?([^]]*)\]\([^)]*\)(?:.*\[(\d+) 项指标\])?", listed, re.MULTILINE
    )
    return [(number + title, int(count or 0)) for number, title, count in rows]


def test_rows_of_chapters_add_up_to_all_figures(tmp_path: Path) -> None:
    page = site(tmp_path, HEAD + OPENING + REVIEW + PLAN)[FRONT]
    rows = chapters(page)
    assert rows == [
        ("开篇", 1),
        ("本章开头", 2),
        ("（一）产业稳步发展，动能不断增强", 1),
        ("（二）民生持续改善", 2),
        ("二、2024年工作安排", 1),
        ("三、加强自身建设", 1),
    ]
    total = re.search(r"全部 (\d+) 项指标", page)
    assert total is not None
    assert sum(count for _, count in rows) == int(total[1])


def test_opening_words_stand_behind_the_chapters_and_their_row_leads_to_them(tmp_path: Path) -> None:
    page = site(tmp_path, HEAD + OPENING + REVIEW + PLAN)[FRONT]
    assert page.index("## 各章") < page.index("## 开篇") < page.index("现在，我代表县人民政府")
    row = re.search(r"^1\. \[开篇\]\(#([^)]+)\)", page, re.MULTILINE)
    assert row is not None
    assert f'id="{row[1]}"' in page_html(page)


def test_title_with_a_clause_longer_than_a_line_of_a_phone_may_break_within_it(tmp_path: Path) -> None:
    plan = "二、2024年工作安排\n\n（一）坚定不移推动县域经济高质量发展，迈出新步伐\n\n新建学校4所。\n\n（二）改善出行\n\n修路8公里。\n"
    page = page_html(site(tmp_path, HEAD + REVIEW + plan)[FRONT])
    assert re.findall(r'class="title long">([^<]*)<', page) == ["坚定不移推动县域经济高质量发展，迈出新步伐"]


def test_chapters_whose_figures_all_stand_in_sections_have_no_row_more(tmp_path: Path) -> None:
    review = REVIEW.replace("地区生产总值增长6%，新建公路12公里。", "全县面貌一新。")
    rows = chapters(site(tmp_path, HEAD + review + PLAN)[FRONT])
    assert "本章开头" not in [name for name, _ in rows]
    assert "开篇" not in [name for name, _ in rows]


def test_place_of_a_rank_is_told_by_number_and_title_and_a_rank_without_area_says_so(tmp_path: Path) -> None:
    ranks = site(tmp_path, HEAD + REVIEW + PLAN)[FRONT].partition("## 位次")[2].partition("\n---\n")[0]
    assert "- 全省第一 [1]{.total}" in ranks
    assert "- 第四（未写范围） [1]{.total}" in ranks
    assert "[（二）民生持续改善]{.where}" in ranks


@pytest.mark.parametrize(
    ("sentence", "label", "item"),
    [
        ("连续3年获省高质量发展考核评价第1。", "省高质量发展考核评价第1", "省高质量发展考核评价"),
        ("空气质量排名第4。", "第4（未写范围）", "空气质量"),
        ("青禾机场旅客吞吐量突破5000万人次、居全国第7。", "全国第7", "青禾机场旅客吞吐量 突破5000万人次"),
        # The figure is held back, as it has no unit; the rank is certain.
        ("县赛马榜中5获优胜，数量居全市第一。", "全市第一", "县赛马榜中获优胜"),
        ("入选全国首批碳达峰试点城市。获评全省首个示范区。建成全省首个数字展馆。", "首个、首批", ""),
        ("入选全国首批碳达峰试点城市。", "首批", ""),
    ],
)
def test_ranks_say_their_area_and_words_and_stand_there_without_a_figure_held_back(
    tmp_path: Path, sentence: str, label: str, item: str
) -> None:
    review = f"一、2023年工作回顾\n\n{sentence}\n\n"
    ranks = site(tmp_path, HEAD + review + PLAN)[FRONT].partition("## 位次")[2].partition("\n---\n")[0]
    assert f"- {label} [" in ranks
    assert f"[{item}](" in ranks or not item


def test_numbers_whose_digits_stand_apart_are_written_together_in_labels_alone(tmp_path: Path) -> None:
    plan = "二、关于2 0 2 4 年工作的建议\n\n关于教育\n\n新建学校1 2 0 所。\n\n三、其他\n\n2 0 2 4 年6 月5 日起各项工作更加努力。\n"
    pages = site(tmp_path, HEAD + REVIEW + plan)
    assert "[二、]{.number}关于2024年工作的建议" in pages[FRONT]
    assert "2024年6月5日起各项工作更加努力。]{.lead}" in pages[FRONT]
    assert "新建学校120所](" in pages["qinghe-2024/promises/index.md"]
    assert "[2 0 2 4 年]{.unbroken}6 月5 日起" in pages["qinghe-2024/text/index.md"]


def test_promise_tells_its_section_by_the_first_clause_of_the_title(tmp_path: Path) -> None:
    plan = "二、2024年工作安排\n\n（一）扩大教育供给，办好人民满意的教育\n\n新建学校4所。\n\n（二）改善出行\n\n修路8公里。\n"
    promises = site(tmp_path, HEAD + REVIEW + plan)["qinghe-2024/promises/index.md"]
    assert "[（一）扩大教育供给]{.where}" in promises


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + REVIEW, True),
        (HEAD + REVIEW + PLAN, False),
        # Where parts have no numbers, nothing says that there were more.
        (HEAD + REVIEW.replace("一、2023年", "2023年"), False),
        # A report may plan in its only part.
        (HEAD + "一、2024年工作安排\n\n力争新建学校4所，修路8公里。\n", False),
    ],
)
def test_first_numbered_part_alone_that_promises_nothing_is_an_incomplete_source(
    tmp_path: Path, text: str, said: bool
) -> None:
    pages = site(tmp_path, text)
    assert ("只载“一、2023年工作回顾”，未见其后各章" in pages[FRONT]) == said
    assert ("来源文件不完整" in pages[FRONT]) == said


def test_title_does_not_show_again_the_place_and_the_year_above_it(tmp_path: Path) -> None:
    title = "青禾县2024年政府工作报告\n"
    pages = site(tmp_path, HEAD.replace("青禾县政府工作报告\n", title) + REVIEW + PLAN)
    html = page_html(pages[FRONT])
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    assert heading is not None
    assert '<span class="said-above">青禾县2024年</span>政府工作报告' in heading[1]
    assert "said-above" not in page_html(pages["qinghe-2024/text/index.md"])


@pytest.mark.long
@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("我们也清醒地看到，发展中还有不少困难和问题。", True),
        ("但是，经济运行中仍然存在一些矛盾。", True),
        ("我们清醒地看到，前景十分广阔。", False),
        ("我们解决了供水困难问题。", False),
    ],
)
def test_way_to_the_problems_that_the_report_tells_itself(tmp_path: Path, words: str, there: bool) -> None:
    page = site(tmp_path, HEAD + REVIEW + words + "\n\n" + PLAN)[FRONT]
    link = re.search(r"\[报告自己说的问题\]\(1/2/index\.md#(\w+)\)\{\.button\}", page)
    assert (link is not None) == there


def test_problems_of_the_plan_are_none_that_the_report_tells_of_itself(tmp_path: Path) -> None:
    page = site(tmp_path, HEAD + REVIEW + PLAN + "\n我们要清醒认识到存在的困难，着力解决问题。\n")[FRONT]
    assert "报告自己说的问题" not in page


def test_number_whose_digits_stand_apart_is_not_broken_and_titles_write_it_together(tmp_path: Path) -> None:
    text = HEAD + REVIEW + "二、2 0 2 4 年工作安排\n\n从1 9 9 3 年3 月起，新建学校4所。\n"
    pages = site(tmp_path, text)
    assert ("二、2024年工作安排", 1) in chapters(pages[FRONT])
    section = page_html(pages["qinghe-2024/2/index.md"])
    assert re.search(r'<span class="u">1 9 9 3 年</span>', section)
    assert "2 0 2 4 年" in section


def test_share_in_words_is_lit_with_its_fraction(tmp_path: Path) -> None:
    pages = site(tmp_path, HEAD + REVIEW.replace("引进企业8家", "参保率达到百分之六十") + PLAN)
    assert "[百分之六十][" in pages["qinghe-2024/1/1/index.md"]


def test_card_of_a_core_measure_with_a_long_name_has_its_short_one(tmp_path: Path) -> None:
    name = "全社会研究与试验发展经费支出占地区生产总值比重"
    page = site(tmp_path, HEAD + REVIEW.replace("引进企业8家", f"{name}达到2.8%") + PLAN)[FRONT]
    cards = page.partition("## 主要指标")[2].partition("## 各章")[0]
    assert "[研发投入强度 [**2.8**%" in cards
    assert name not in cards


def test_figure_with_a_long_name_that_is_no_core_measure_is_not_behind_the_board(tmp_path: Path) -> None:
    name = "新建数字化智能化农产品仓储保鲜冷链物流中心"
    page = site(tmp_path, HEAD + REVIEW.replace("引进企业8家", f"{name}3个，新建泵站5座") + PLAN)[FRONT]
    cards = page.partition("## 主要指标")[2].partition("## 各章")[0]
    assert "新建泵站" in cards
    assert name not in cards


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("各位代表！新的一年，我们要拧成一股绳。", "新的一年，我们要拧成一股绳。"),
        ("这是最重要的经验。要把群众放在心上。", "要把群众放在心上。"),  # what leans on words before says nothing alone
        ("各位代表！", "各位代表！"),
        (
            "坚持依法行政，自觉接受各方面监督，把每一件建议都办好办实，把每一条批评都听进心里，把每一分钱都花在刀刃上，让群众看到新变化新气象。",
            "坚持依法行政，自觉接受各方面监督，把每一件建议都办好办实，把每一条批评都听进心里，把每一分钱都花在刀刃上…",
        ),
    ],
)
def test_chapter_without_figures_is_shown_by_its_first_whole_sentence(tmp_path: Path, text: str, lead: str) -> None:
    page = site(tmp_path, HEAD + REVIEW + PLAN + f"\n四、共同奋斗\n\n{text}\n")[FRONT]
    row = next(line for line in page.splitlines() if line.startswith("1. [[四、]"))
    assert re.findall(r"\[([^]]*)\]\{\.lead\}", row + page[page.index(row) + len(row) :][:400])[0] == lead


def test_abbreviation_is_told_by_the_name_of_its_measure_on_cards_and_in_the_picture(tmp_path: Path) -> None:
    text = HEAD + "一、2023年工作回顾\n\nGDP增长6%。CPI下降0.1%。\n\n二、2024年工作安排\n\nGDP增长5%。CPI涨幅2%左右。\n"
    page = site(tmp_path, text)[FRONT]
    assert re.findall(r"^- \[(\S+) \[", page, flags=re.MULTILINE)[:2] == ["地区生产总值", "居民消费价格"]
    assert "| 居民消费价格 | [−0.1%]" in page
    assert "| 地区生产总值 | [+6%]" in page


def test_ranks_say_of_which_part_of_the_year_they_are_in_plain_digits(tmp_path: Path) -> None:
    review = "一、2023年工作回顾\n\n一季度地区生产总值增长5%，出口总额增速全省第2。城镇化率６１%，居全省第4。\n\n"
    page = site(tmp_path, HEAD + OPENING + review + PLAN)[FRONT].partition("## 位次")[2]
    assert "[出口总额增速（一季度）](" in page
    assert "[城镇化率 61%](" in page


def test_front_says_where_no_plan_was_read_and_for_whom_nothing_was_found(tmp_path: Path) -> None:
    alone = site(tmp_path, HEAD + OPENING + REVIEW)[FRONT]
    assert NO_PLAN in alone
    assert NO_PLAN not in site(tmp_path, HEAD + OPENING + REVIEW + PLAN)[FRONT]
    assert "没有找到与老人" in alone
    assert (
        "没有找到与老人"
        not in site(tmp_path, HEAD + OPENING + REVIEW + "新增养老床位90张，为老年人免费体检。\n")[FRONT]
    )


def test_first_figure_bears_its_year_also_as_a_target(tmp_path: Path) -> None:
    review = "一、2023年工作回顾\n\n新建公路12公里。\n\n"
    page = site(tmp_path, HEAD + review + "二、2024年工作安排\n\n地区生产总值增长6%。\n")[FRONT]
    assert "地区生产总值 [2024年]{.period} [目标]{.target}" in page


def test_front_and_pages_of_sections_say_the_same_numbers(tmp_path: Path) -> None:
    review = REVIEW.replace("引进企业8家。", "引进企业8家。迈上百亿元台阶。总量突破千亿元。")
    pages = site(tmp_path, HEAD + OPENING + review + PLAN)
    rows = dict(chapters(pages[FRONT]))
    assert "项只列在表里" in pages["qinghe-2024/1/1/index.md"]
    told = {
        name: re.search(r"^## (本节|本章开头) (\d+) 项指标", pages[f"qinghe-2024/{name}/index.md"], re.MULTILINE)
        for name in ("1", "1/1", "1/2", "2")
    }
    assert {name: (found[1], int(found[2])) for name, found in told.items() if found} == {
        "1": ("本章开头", rows["本章开头"]),
        "1/1": ("本节", rows["（一）产业稳步发展，动能不断增强"]),
        "1/2": ("本节", rows["（二）民生持续改善"]),
        "2": ("本节", rows["二、2024年工作安排"]),
    }
