"""Tests of the contents of a page: inner headings, points of an enumeration, paragraphs of a long text, short pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.vocabularies import vocabularies
from workreport.build import report_reader
from workreport.model import Publication, Reading
from workreport.project.settings import Settings
from workreport.website.pages import outline_entries, render

HEAD = "# 青禾县政府工作报告\n\n2024年2月21日在青禾县第九届人民代表大会第三次会议上\n\n县长 李四\n\n"
POINTS = "一是扩大有效投资，新开工项目12个。二是稳住外贸，出口增长3%。三是办好实事，新增学位300个。"
FILLER = "全县上下一起努力，把每一件事都办到群众的心坎上，让日子一年比一年好。"


def read(folder: Path, text: str) -> Reading:
    source = folder / "source.md"
    source.write_text(HEAD + text, encoding="utf-8")
    return report_reader.read_report(source, "qinghe-2024", vocabularies()).reading


def contents(reading: Reading, section: str) -> list[tuple[str, int]]:
    one = reading.sections[section]
    below = [s for s in one.walk() if s is not one and reading.page_of[s.id] == one.id]
    return [(entry.words, entry.level) for entry in outline_entries.of_section(one, below)]


def test_points_of_an_enumeration_are_listed_by_their_first_words(tmp_path: Path) -> None:
    reading = read(tmp_path, f"一、回顾\n\n{FILLER}\n\n二、安排\n\n今年要做三件事。{POINTS}\n")
    assert contents(reading, "2") == [("一是扩大有效投资", 1), ("二是稳住外贸", 1), ("三是办好实事", 1)]
    assert contents(reading, "1") == []


@pytest.mark.parametrize("marks", [("第一，", "第二，", "第三，"), ("一要", "二要", "三要"), ("①", "②", "③")])
def test_other_marks_of_points_are_known(tmp_path: Path, marks: tuple[str, ...]) -> None:
    points = "".join(
        f"{mark}{what}，全年都抓。" for mark, what in zip(marks, ("稳住外贸", "扩大投资", "办好实事"), strict=True)
    )
    reading = read(tmp_path, f"一、回顾\n\n{FILLER}\n\n二、安排\n\n今年做三件事。{points}\n")
    assert [words for words, _ in contents(reading, "2")] == [
        f"{mark}{what}" for mark, what in zip(marks, ("稳住外贸", "扩大投资", "办好实事"), strict=True)
    ]


def test_long_text_without_points_is_listed_by_its_paragraphs(tmp_path: Path) -> None:
    lamps = {k: "".join(f"{k}乡{n}组的路灯亮了，老人走夜路也放心。" for n in range(100, 120)) for k in "甲乙丙丁"}
    paragraphs = "\n\n".join(f"——第{k}个乡镇的路修好了，{text}" for k, text in lamps.items())
    reading = read(
        tmp_path, f"一、回顾\n\n{paragraphs}\n\n各位代表！\n\n二、安排\n\n{FILLER}\n\n{FILLER}\n\n{FILLER}\n"
    )
    assert contents(reading, "1") == [(f"第{k}个乡镇的路修好了", 1) for k in "甲乙丙丁"]
    assert contents(reading, "2") == []


def test_long_paragraph_is_entered_where_it_comes_to_another_subject(tmp_path: Path) -> None:
    def lamps(place: str) -> str:
        return "".join(f"{place}第{n}组的路灯亮了，老人走夜路也放心，孩子上学也近了。" for n in range(100, 114))

    text = f"乡村建设加快。{lamps('甲乡')}社会保障更加有力。{lamps('乙乡')}{lamps('丙乡')}"
    plan = f"{POINTS}{lamps('丁乡')}文化实力不断增强。{lamps('戊乡')}{lamps('己乡')}"
    reading = read(tmp_path, f"一、回顾\n\n{text}\n\n二、安排\n\n{plan}\n")
    words = [entry[0] for entry in contents(reading, "1")]
    assert words[:2] == ["乡村建设加快", "社会保障更加有力"]
    assert [w[:2] for w in words[2:]] == ["丙乡"]  # far on, where no sentence names a subject
    assert [entry[0] for entry in contents(reading, "2")][:3] == ["一是扩大有效投资", "二是稳住外贸", "三是办好实事"]
    assert "文化实力不断增强" in [entry[0] for entry in contents(reading, "2")]


def test_entries_have_neither_salutations_nor_cut_numbers(tmp_path: Path) -> None:
    lamps = {k: "".join(f"{k}乡{n}组的路灯亮了，老人走夜路也放心。" for n in range(100, 120)) for k in "甲乙丙"}
    text = f"各位代表！甲乡变了样。{lamps['甲']}\n\n1 9 9 7 年乙乡变了样。{lamps['乙']}\n\n丙乡的老旧燃气管道更新149.3公里。{lamps['丙']}"
    reading = read(tmp_path, f"一、回顾\n\n{text}\n\n二、安排\n\n{POINTS}\n")
    assert [words for words, _ in contents(reading, "1")] == [
        "甲乡变了样",
        "1997年乙乡变了样",
        "丙乡的老旧燃气管道更新…",
    ]


def test_first_words_are_cut_at_16_characters(tmp_path: Path) -> None:
    text = POINTS.replace("稳住外贸", "稳住外贸外资的基本盘并且扩大服务贸易")
    reading = read(tmp_path, f"一、回顾\n\n{FILLER}\n\n二、安排\n\n{text}\n")
    words = [entry[0] for entry in contents(reading, "2")]
    assert words[1] == "二是稳住外贸外资的基本盘并且扩…"
    assert all(len(entry) <= outline_entries.WORDS for entry in words)


@pytest.mark.parametrize("page", ["2", "text"])
def test_every_entry_leads_to_a_place_of_its_page(tmp_path: Path, page: str) -> None:
    """The ids are those that sentences and headings keep: an address copied from the contents lasts."""
    reading = read(tmp_path, f"一、回顾\n\n{FILLER}\n\n二、安排\n\n（一）产业\n\n{POINTS}\n\n（二）民生\n\n{FILLER}\n")
    pages = render(Publication((reading,)), Settings(), ROOT / "templates")
    paths = [path for path in pages if re.fullmatch(rf"qinghe-2024/{page}(/\d+)?/index\.md", path)]
    entries = {path: re.findall(r'\["([^"]+)", "[^"]*", "\d"\]', pages[path].split("\n---\n")[0]) for path in paths}
    assert sum(map(len, entries.values())) >= 3
    for path, anchors in entries.items():
        text = pages[path].split("\n---\n", 1)[1]
        assert [anchor for anchor in anchors if f"#{anchor}" not in text and f"sentence={anchor}" not in text] == []
