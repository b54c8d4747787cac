"""Random texts (a cut, doubled or shuffled report, hostile pieces) are read without an error, and no character is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workreport.build.report_reader import Vocabularies, load_vocabularies, read_report
from workreport.model import Reading
from workreport.project import paths

REPORT = """# 政府工作报告

(2025年1月9日在清水区第三届人民代表大会第五次会议上)

■ 清水区人民政府区长 李 四

## 各位代表：

现在，我代表区人民政府报告工作，请予审议。

## 一、2024年工作回顾

全区生产总值达到100.5亿元，同比增长6.1%，总量居全市第三；其中服务业增加值40亿元，占比达39.8%。我们主要做了三方面工作：

**(一) 工业稳中有进。**新增企业30余家，“专精特新”企业由3家增加到5家，青石湾大桥建成通车，累计服务群众4200余

万人次。惠企政策兑现资金2.5亿元，全省首个示范园区开园。

**(二) 民生持续改善。**新建学校三所，新增学位900个，城镇和农村居民人均可支配收入分别增长4.3%、5.5%。

## 二、2025年工作安排

生产总值增长5%—5.5%，力争新增就业1万人以上。青石湾大桥周边新建公园5个。

名词解释

1.“专精特新”：专业化、精细化、特色化、新颖化。
"""
PIECES = [
    "一、", "（一）", "(二) ", "1.", "２、", "第一，", "一是", "——", "。", "！", "，", "；", "：", "“", "”", "《", "》", "**", "# ", "■ ", "\n", "\n\n", "　　", "\t",
    "各位代表：", "同比增长5.1%", "居全市第一", "100亿元", "4200余", "家企业", "首破千亿", "5%—", "分别", "百分之五", "翻一番", "［1］", "附件1", "名词解释",
    "<script>alert(1)</script>", "{{ x }}", "{% raw %}", "](javascript:1)", "../", "\u202e", "\ufeff", "😀", "Ａ１", "0", "9", "千", "万", "亿", "、",
]  # fmt: skip
"""Pieces that the rules of reading look for, and pieces that could break a page."""


@pytest.fixture(scope="module")
def vocabularies() -> Vocabularies:
    return load_vocabularies(*paths.vocabularies_of(Path()))


def check_reading(r: Reading) -> None:
    """Check what holds of every report: no character is lost, ids are unique, and positions are those of the quotes."""
    body = r.text.body
    assert "".join("".join(s.text for s in r.outline.sentences()).split()) == "".join(body.split())
    ids = [s.id for s in r.outline.sentences()] + [p.id for s in r.outline.walk() for p in s.paragraphs]
    assert len(set(ids)) == len(ids)
    sections = [s.id for s in r.outline.walk()]
    assert len(set(sections)) == len(sections)
    spoken = {s.id: s for s in r.outline.sentences()}
    for i in r.found.indicators:
        assert body[i.start : i.end] == i.quote
        assert spoken[i.sentence].start <= i.start < i.end <= spoken[i.sentence].end
    for repair in r.repairs:
        assert r.source.text[repair.start : repair.end] == repair.before
    for f in r.faults:
        assert 0 <= f.start <= f.end <= len(r.source.text)
    for t in r.terms:
        for m in t.mentions:
            assert body[m.start : m.end].strip()
    assert r.text.source_span(0, len(body))[1] <= len(r.source.text)


def read_and_check(text: str, folder: Path, vocabularies: Vocabularies) -> None:
    """Write a text to a file, read the file as a report and check the result."""
    path = folder / "x.txt"
    path.write_text(text, encoding="utf-8", newline="")
    check_reading(read_report(path, "x", vocabularies, pronounce=str).reading)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=60))
def test_random_sequence_of_report_pieces_is_read_without_loss(
    tmp_path: Path, vocabularies: Vocabularies, pieces: list[str]
) -> None:
    text = "".join(pieces)
    if text.strip(" \n\t\r　\ufeff"):
        read_and_check(text, tmp_path, vocabularies)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_cut_doubled_or_shuffled_report_is_read_without_loss(
    tmp_path: Path, vocabularies: Vocabularies, data: st.DataObject
) -> None:
    lines = REPORT.split("\n")
    start = data.draw(st.integers(0, len(REPORT) - 1))
    end = data.draw(st.integers(start + 1, len(REPORT)))
    how = data.draw(st.sampled_from(["cut", "doubled", "shuffled", "out"]))
    if how == "cut":
        text = REPORT[start:end]
    elif how == "doubled":
        text = REPORT[:end] + REPORT[start:end] + REPORT[end:]
    elif how == "shuffled":
        text = "\n".join(data.draw(st.permutations(lines)))
    else:
        text = REPORT[:start] + REPORT[end:]
    if text.strip():
        read_and_check(text, tmp_path, vocabularies)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=200))
def test_random_text_is_read_without_loss(tmp_path: Path, vocabularies: Vocabularies, text: str) -> None:
    if text.strip() and not any((ord(c) < 32 and c not in "\n\r\t") or 0xD800 <= ord(c) < 0xE000 for c in text):
        read_and_check("报告" + text, tmp_path, vocabularies)
