"""The sign 预计: an estimate of the report is told as one on cards, in tables, in data, in other forms and by `add`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.page_html import page_html
from tests.vocabularies import vocabularies
from workreport.analysis import inspection
from workreport.archive import pdf_tables
from workreport.build import report_reader
from workreport.build.add import add_report
from workreport.model import Publication, Reading
from workreport.project.settings import Settings
from workreport.website import addresses, data
from workreport.website.pages import render, report_of
from workreport.website.pages.collection import SiteFrame
from workreport.website.pages.page_kind import PageRequest
from workreport.website.pages.structured_data import page_data

SOURCE = """# 青禾县政府工作报告

2024年2月21日在青禾县第九届人民代表大会第三次会议上

县长 李四

一、2023年工作回顾

预计全县地区生产总值120亿元，增长6%。一般公共预算收入9.1亿元，增长4%。

二、2024年工作安排

地区生产总值增长5.5%。
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "qinghe-2024"
    made.mkdir()
    (made / "source.md").write_text(SOURCE, encoding="utf-8")
    return made


def read(folder: Path, rules: str = "") -> Reading:
    (folder / "indicators.toml").write_text(rules, encoding="utf-8")
    return report_reader.read_report(folder / "source.md", folder.name, vocabularies(), folder).reading


def test_card_and_row_of_an_estimate_have_the_sign_with_words_for_screen_readers(folder: Path) -> None:
    pages = render(Publication((read(folder),)), Settings(), ROOT / "templates")
    sign = r'<span class="estimate">预计<span class="aloud">[^<]+</span></span>'
    front = page_html(pages["qinghe-2024/index.md"])
    cards = re.findall(r'<li class="card[" ].*?</li>', front, re.DOTALL)
    assert [bool(re.search(sign, card)) for card in cards] == [True, False]
    table = page_html(pages["qinghe-2024/indicators/index.md"])
    rows = re.findall(r'<tr id="r-.*?</tr>', table, re.DOTALL)
    assert [bool(re.search(sign, row)) for row in rows] == [True, False, False]
    assert re.findall(r'data-status="([^"]*)"', "".join(rows)) == ["预计", "已完成", "目标"]
    assert "预计120亿元" in pages["qinghe-2024/index.md"]  # the facts of a section in the table of contents


def test_data_and_inspect_say_which_results_are_estimates(folder: Path) -> None:
    reading = read(folder)
    assert [row.status for row in data.rows(reading, "data")] == ["预计", "已完成", "目标"]
    schema = (ROOT / "templates/data/indicators.schema.json").read_text(encoding="utf-8")
    document = json.loads(data.files(reading, "data", schema, Settings())["data/indicators.json"])
    assert [(i["status"], i["estimated"]) for i in document["indicators"]] == [
        ("result", True),
        ("result", False),
        ("target", False),
    ]
    found = inspection.document(reading)["indicators"]
    assert [i["estimated"] for i in found] == [True, False, False]  # type: ignore[index, union-attr, call-overload]


def test_machines_are_told_no_estimate_as_an_exact_observation(folder: Path) -> None:
    reading = read(folder)
    whole = report_of(reading)
    page = PageRequest("qinghe-2024/index.html", Settings(), SiteFrame("政府工作报告", alone=True), of=whole)
    graph = json.loads(page_data(page, addresses.FRONT, "", ""))["@graph"]
    assert [node["name"] for node in graph if node["@type"] == "Observation"] == ["一般公共预算收入"]


def test_bar_of_an_estimate_says_so_in_its_name(folder: Path) -> None:
    (folder / "source.md").write_text(
        SOURCE.replace("一般公共预算收入9.1亿元", "外贸出口增长9%。一般公共预算收入9.1亿元"), encoding="utf-8"
    )
    page = render(Publication((read(folder),)), Settings(), ROOT / "templates")["qinghe-2024/indicators/index.md"]
    chart = page.partition("{#p-changes")[2].partition("{.bar-chart")[0]
    assert re.findall(r"\[([^\]]+)\]\([^)]*\) \| ([^|]+) \|", chart) == [
        ("外贸出口", "+9%"),
        ("全县地区生产总值（预计）", "+6%"),
        ("一般公共预算收入", "+4%"),
    ]


def test_pdf_table_and_lines_of_add_say_it(folder: Path) -> None:
    reading = read(folder)
    groups = pdf_tables.indicator_groups(report_of(reading))
    assert [row.about for group in groups for row in group.rows] == [("预计",), (), ("目标",)]
    added = add_report(folder.parent, folder / "source.md", "qinghe-2025", lambda _: None)
    assert [line.split("，")[0] for line in added.front] == [
        "全县地区生产总值 预计 120亿元",
        "一般公共预算收入 9.1亿元",
    ]


def test_change_stated_apart_stands_on_the_card_with_its_own_link(folder: Path) -> None:
    source = SOURCE.replace(
        "预计全县地区生产总值120亿元，增长6%。", "全县地区生产总值120亿元。预计地区生产总值增长6%左右。"
    )
    (folder / "source.md").write_text(source, encoding="utf-8")
    reading = read(folder)
    level, change = reading.indicators[:2]
    front = page_html(render(Publication((reading,)), Settings(), ROOT / "templates")["qinghe-2024/index.md"])
    card = re.findall(r'<li class="card[" ].*?</li>', front, re.DOTALL)[0]
    assert f'data-figure="{level.id}"' in card
    assert re.search(rf'<p class="also"><a href="[^"]*#{change.id}">2023年预计 增长 6%左右</a></p>', card), card
    assert 'class="estimate"' not in card  # the amount is none
    assert inspection.document(reading)["front_others"] == [change.id]


def test_publisher_can_say_that_a_figure_is_no_estimate(folder: Path) -> None:
    gdp = read(folder).indicators[0].id
    reading = read(folder, f'[[change]]\nid = "{gdp}"\nestimated = false\nnote = "以统计公报为准"')
    assert not reading.indicators[0].estimated
    assert data.rows(reading, "data")[0].edited == "预计数原读作“是”（以统计公报为准）"
    target = read(folder, f'[[change]]\nid = "{gdp}"\nstatus = "target"').indicators[0]
    assert (target.status, target.estimated) == ("target", False)
