"""Tests of the links in a report's text: a figure and the change behind it open one row, a name links only if it recurs."""

from __future__ import annotations

import re
from pathlib import Path

from tests.conftest import ROOT
from tests.page_html import page_html
from tests.vocabularies import vocabularies
from workreport.build import report_reader
from workreport.model import Publication
from workreport.project.settings import Settings
from workreport.website.pages import render

SOURCE = """# 青禾县政府工作报告

2024年2月21日在青禾县第九届人民代表大会第三次会议上

县长 李四

一、2023年工作回顾

地区生产总值120亿元，增长6.2%，其中第三产业增加值50亿元、增长5.4%。粮食产量8万吨，占全市的6.2%。

白石桥街道获评示范。南星湖公园开园。

二、2024年工作安排

推进白石桥街道改造。
"""


def pages(folder: Path) -> dict[str, str]:
    source = folder / "source.md"
    source.write_text(SOURCE, encoding="utf-8")
    reading = report_reader.read_report(source, "qinghe-2024", vocabularies()).reading
    return render(Publication((reading,)), Settings(), ROOT / "templates")


def test_change_behind_a_figure_opens_the_row_of_that_figure(tmp_path: Path) -> None:
    html = page_html(pages(tmp_path)["qinghe-2024/1/index.md"])
    links = re.findall(r'<a class="[^"]*\bf\b[^"]*" href="[^"]*#r-([^"]+)"[^>]*>([^<]+)</a>', html)
    rows: dict[str, list[str]] = {}
    for row, words in links:
        rows.setdefault(row, []).append(words)
    assert ["120亿元", "6.2%"] in rows.values()
    assert ["50亿元", "5.4%"] in rows.values()
    assert len(set(re.findall(r' id="(s[^"]+-f\d+)"', html))) == len(re.findall(r' id="(s[^"]+-f\d+)"', html))
    assert sum(words.count("6.2%") for words in rows.values()) <= 2, "6.2% of another matter is a link of its own"


def test_name_that_is_mentioned_once_is_no_link_and_keeps_its_address_at_the_end_of_the_index(tmp_path: Path) -> None:
    made = pages(tmp_path)
    index, section = made["qinghe-2024/names/index.md"], made["qinghe-2024/1/index.md"]
    assert "### 白石桥街道" in index
    assert "[白石桥街道]" in section
    assert "南星湖公园" in section
    assert "### 南星湖公园" not in index
    assert re.search(
        r"^- \[南星湖公园\]\(\.\./1/index\.md#s\w+\) \{#n-t\w+\}$", index.partition("{#once}")[2], re.MULTILINE
    )
    assert "[南星湖公园]" not in section
