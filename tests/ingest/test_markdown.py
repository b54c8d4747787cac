"""Marks of Markdown within a text are removed by repairs: tables, quotations, footnotes, subscripts, bold words."""

from __future__ import annotations

import pytest

from workreport.ingest import repair
from workreport.ingest.front_words import FrontWords
from workreport.model import Source


def repaired(text: str) -> str:
    source = Source("a.md", text, "", "utf-8", "text")
    return repair.apply(source, repair.settle(source, repair.propose(source, FrontWords()), ())).body


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("| 指标 | 数值 |\n|:---|---:|\n| 粮食 | 50万吨 |", "指标\t数值\n\n粮食\t50万吨"),
        ("指标 | 数值\n--- | ---\n粮食 | 50万吨", "指标\t数值\n\n粮食\t50万吨"),
        ("| 指标 |\n| --- |\n| 甲\\|乙[^2] |", "指标\n\n甲|乙［2］"),
        ("| 合计 | |\n|---|---|\n| 合计 | |", "合计\t\n\n合计\t"),
        ("> 新建学校三所。\n>> 改造公园五个。", "新建学校三所。\n改造公园五个。"),
        ("新增车位3600个[^1]，其中充电600个[^注]。", "新增车位3600个［1］，其中充电600个［注］。"),
        ("[^1]: 其中充电车位600个。", "［1］其中充电车位600个。"),
        ("PM_2.5平均浓度降至34微克，CO_{2}减排3万吨。", "PM₂.₅平均浓度降至34微克，CO₂减排3万吨。"),
        ("> PM_10浓度下降5%。", "PM₁₀浓度下降5%。"),
        ("一是**加快建设**，二是**改善民生**。", "一是加快建设，二是改善民生。"),
    ],
)
def test_marks_of_markdown_are_removed(text: str, wanted: str) -> None:
    assert repaired(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "坚持“三个|”并举",
        "首页 | 政务 | 正文",
        "增速>6%，占比<5%",
        "[^]",
        "面积5*6*7米",
        "| 甲 | 乙 |",
        "见 art_305164.html",
        "https://a.cn/PM_25/x_2",
        "T_20260715",
    ],
)
def test_text_that_only_looks_like_markdown_is_kept(text: str) -> None:
    assert repaired(text) == text


def test_every_row_is_a_repair_that_can_be_undone() -> None:
    source = Source("a.md", "| 甲 | 1 |\n|---|---|\n| 甲 | 1 |", "", "utf-8", "text")
    proposed = repair.propose(source, FrontWords())
    assert len({r.id for r in proposed}) == 3
    undone = repair.settle(source, proposed, (repair.RepairRule(id=proposed[0].id, applied=False),))
    assert repair.apply(source, undone).body == "| 甲 | 1 |\n\n甲\t1"


def test_invisible_characters_are_removed_by_repairs_with_their_names() -> None:
    text = "地区生产总\u00ad值356.8亿\u200b\u200b元\ufeff。"
    source = Source("a.md", text, "", "utf-8", "text")
    proposed = repair.propose(source, FrontWords())
    assert [(r.kind, r.before) for r in proposed] == [
        ("control", "\u00ad"),
        ("control", "\u200b\u200b"),
        ("control", "\ufeff"),
    ]
    assert "U+00AD（SOFT HYPHEN）" in proposed[0].reason
    assert repaired(text) == "地区生产总值356.8亿元。"
