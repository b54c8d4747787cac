"""The pages of promises and for each kind of readers: what they say was not found, and how the promises of a theme stand."""

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

HEAD = "青禾县政府工作报告\n2025年2月21日在青禾县第九届人民代表大会第四次会议上\n县长 李四\n\n"
REVIEW = "一、2024年工作回顾\n\n新增养老床位300张。新建幼儿园3所。\n\n"
PLAN = "二、2025年工作安排\n\n新建养老院2所。新建学校4所，扩建学校6所。改造老旧小区8个。筹集公租房90套。加装电梯30台。更新供水管网5公里。\n\n"
LIST = "三、2025年民生实事\n\n1.新建公共停车位400个。\n\n2.改造卫生院2所。\n"


def site(folder: Path, text: str) -> dict[str, str]:
    """Return the pages of a site of one report."""
    file = folder / "source.md"
    file.write_text(HEAD + text, encoding="utf-8")
    reading = report_reader.read_report(file, "qinghe-2025", vocabularies()).reading
    return render(Publication((reading,)), Settings(), ROOT / "templates")


def page_of(pages: dict[str, str], name: str) -> str:
    return next(text for path, text in pages.items() if path.endswith(f"{name}/index.md"))


def not_found(pages: dict[str, str], name: str) -> str:
    """Return the line of a page on what was not found, "" without one."""
    found = re.search(r'<p class="not-found">(.*?)</p>', page_html(page_of(pages, name)), re.DOTALL)
    return found[1] if found else ""


def test_themes_and_lists_that_were_not_found_are_told_calmly(tmp_path: Path) -> None:
    pages = site(tmp_path, REVIEW + PLAN)
    told = not_found(pages, "promises")
    assert told.startswith("没有找到归入看病、")
    assert told.endswith("的项目，也没有找到逐项列出的民生实事；不等于报告没有提到。")
    assert "养老" not in told
    with_list = not_found(site(tmp_path, REVIEW + PLAN + LIST), "promises")
    assert with_list.endswith("的项目；不等于报告没有提到。")
    assert "看病" not in with_list


def test_each_theme_takes_as_many_columns_as_it_has_promises(tmp_path: Path) -> None:
    page = page_html(page_of(site(tmp_path, REVIEW + PLAN), "promises"))
    box = page.partition('<div class="tickets">')[2]
    shapes = re.findall(r'<section class="([a-z-]+)" aria-labelledby="theme-([a-z]+)">', box)
    counts = re.findall(r'<span class="count">(\d+) 项</span>', box)
    names = {"1": "one-ticket", "2": "two-tickets", "3": "three-tickets"}
    assert [name for name, _ in shapes] == [names.get(count, "many-tickets") for count in counts]
    assert ("many-tickets", "housing") in shapes


@pytest.mark.parametrize("mark", ["③", "（3）", "三是", "3."])
def test_sentence_for_readers_stands_without_its_number_in_a_list(tmp_path: Path, mark: str) -> None:
    page = page_of(site(tmp_path, REVIEW.replace("新增养老", f"{mark}新增养老") + PLAN), "for/elderly")
    assert "- [新增养老床位**300张**。](" in page


def test_page_for_readers_names_the_kinds_without_sentences_and_a_source_without_plan(tmp_path: Path) -> None:
    whole = site(tmp_path, REVIEW + PLAN)
    assert not_found(whole, "for/elderly") == "按用词没有找到与学生和求职者、开店办厂、农民有关的句子。"
    assert "未见后面的工作安排" not in page_of(whole, "for/elderly")
    part = page_of(site(tmp_path, REVIEW), "for/elderly")
    assert "来源文件只载“一、2024年工作回顾”，未见后面的工作安排，这里没有今年要做的事。" in part
