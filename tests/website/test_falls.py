"""What fell, as the front page says it: what everyone wants less of, the others, and what is less than a year before."""

from __future__ import annotations

import re
from pathlib import Path

from tests.conftest import ROOT
from tests.page_html import page_html
from tests.planned_years import SLUG, publication
from tests.website.test_front_pictures import REVIEW, made
from workreport.project.settings import Settings
from workreport.website.pages import render
from workreport.website.pages.falls import NONE_FELL, OTHERS, THAN_BEFORE, WELL

FALLS = (
    "工商业平均电价下降5分/千瓦时。文盲率比全国平均低2个百分点。五年来，火灾起数下降58.5%，城乡居民收入倍差从1.96缩小至1.82，"
    "文盲率下降到6%，进口总额下降３%。"
)


def groups(page: str) -> dict[str, list[str]]:
    """Return what is told of falls on a front page, by the words of its group."""
    told = page.partition('id="falls"')[2].partition("<h2")[0]
    return {
        label: re.findall(r"<a[^>]*>([^<]*)</a>", rest)
        for label, rest in re.findall(r"<b>(.*?)</b>(.*?)</p>", told, re.DOTALL)
    }


def front(folder: Path, review: str) -> str:
    return page_html(made(folder, review)["qinghe-2024/index.md"])


def test_falls_of_what_everyone_wants_less_of_stand_apart_from_the_others(tmp_path: Path) -> None:
    assert groups(front(tmp_path, "地区生产总值增长6%。" + FALLS)) == {
        OTHERS: ["进口总额（五年来） −3%", "工商业平均电价 −5分/千瓦时"],
        WELL: ["城乡居民收入倍差（五年来） 由1.96到1.82", "火灾起数（五年来） −58.5%", "文盲率（五年来） 下降到6%"],
    }


def test_falls_that_are_drawn_are_named_too_core_measures_first(tmp_path: Path) -> None:
    found = groups(front(tmp_path, "酒店客房数下降2%。" + REVIEW))
    assert found == {OTHERS: ["一般公共预算收入 −4.2%", "酒店客房数 −2%"]}


def test_report_without_a_fall_says_that_none_was_read(tmp_path: Path) -> None:
    page = front(tmp_path, "地区生产总值增长6%。社会消费品零售总额增长5%。")
    assert groups(page) == {}
    assert NONE_FELL in page.partition('id="falls"')[2]
    assert 'href="#falls"' not in page.partition('id="changes"')[2]


def test_what_is_less_than_allowed_and_what_work_brought_about_did_not_fall(tmp_path: Path) -> None:
    review = "核准时限较省规定时限缩减26.5%。实施地下水超采综合治理，累计压减4亿立方米。进口总额下降3%。"
    assert groups(front(tmp_path, review)) == {OTHERS: ["进口总额 −3%"]}


def test_year_at_the_end_of_a_comparison_before_is_not_that_of_a_fall(tmp_path: Path) -> None:
    review = "五年来，产业升级。劳动生产率从2018年的14.1万元/人提升至2022年的17.6万元/人；单位生产总值能耗下降14.5%。"
    assert groups(front(tmp_path, review)) == {WELL: ["单位生产总值能耗（五年来） −14.5%"]}


def test_verb_of_a_fall_stands_once(tmp_path: Path) -> None:
    assert groups(front(tmp_path, "422项市级审批事项减少为177项。")) == {OTHERS: ["市级审批事项 减少为177项"]}


def test_name_that_says_a_fall_has_no_sign(tmp_path: Path) -> None:
    assert groups(front(tmp_path, "集中采购价格平均降幅53%。")) == {OTHERS: ["集中采购价格平均降幅 53%"]}


def test_many_falls_lead_to_the_table_for_those_that_are_not_named(tmp_path: Path) -> None:
    page = front(tmp_path, "".join(f"{name}门店数下降{k + 2}%。" for k, name in enumerate("甲乙丙丁戊己庚辛壬癸")))
    names = groups(page)[OTHERS]
    assert (len(names), names[-1]) == (9, "另有 2 项")
    assert re.search(r'<a href="indicators/index\.[a-z]+#table">另有 2 项</a>', page)


def test_amount_below_that_of_the_report_before_is_told_with_both_figures() -> None:
    pages = render(publication(), Settings(), ROOT / "templates")
    found = groups(page_html(pages["qinghe-2026/index.md"]))
    assert found[THAN_BEFORE] == ["新增养老床位 280张（2024年 310张）"]
    assert f"{SLUG}/index" in page_html(pages["qinghe-2026/index.md"]).partition(THAN_BEFORE)[2]
    assert THAN_BEFORE not in groups(page_html(pages["qinghe-2025/index.md"]))
