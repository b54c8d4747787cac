"""The glossary on pages and in `inspect`, and the glossaries of real reports."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.analysis.glossary_reports import GLOSS, REAL, assert_sound, entry, invented, real, shown, words
from tests.conftest import ROOT
from tests.page_html import page_html
from workreport.analysis import inspection
from workreport.model import Publication
from workreport.project.settings import Settings
from workreport.website import addresses
from workreport.website.pages import page_table, render
from workreport.website.pages.explanations import explanations, glossary_view


def test_only_a_report_with_a_glossary_has_a_glossary_page(tmp_path: Path) -> None:
    reading = invented(tmp_path, GLOSS)
    docs = render(Publication((reading,)), Settings(), ROOT / "templates")
    page = page_html(docs["linxi-2026/glossary/index.md"])
    assert re.findall(r'<h2 id="e-[^"]+">(?:<span class="no">[^<]*</span>)?([^<]*)</h2>', page) == [
        "“青苗计划”",
        "云河通道",
        "没用到的词",
    ]
    assert page.count('<li><span class="where">') == 3
    assert page.count("没有找到用到它的地方") == 1
    assert "{{" not in docs["linxi-2026/glossary/index.md"]
    assert "<i>" not in page
    assert "data-text" not in page, "the text here is a copy, so its spans are not marked"
    assert 'glossary: "名词解释"' in docs["linxi-2026/1/index.md"]
    assert '<span class="title">名词解释</span><span class="lead">共 3 条</span>' in page_html(
        docs["linxi-2026/index.md"]
    )
    bare = replace(reading, glossary=())
    without = render(Publication((bare,)), Settings(), ROOT / "templates")
    assert "linxi-2026/glossary/index.md" not in without
    assert not any(
        "glossary/" in text or "\nglossary:" in text for name, text in without.items() if name.endswith(".md")
    )
    assert addresses.GLOSSARY not in page_table.titles(bare)


def test_page_has_the_explanations_of_the_words_it_uses(tmp_path: Path) -> None:
    reading = invented(tmp_path, GLOSS)

    def names(page: str | None) -> list[str]:
        ready = explanations(reading, page, "linxi-2026/x/index.html")
        return [x.name for x in ready.entries] if ready else []

    assert names("1") == ["“青苗计划”"]
    assert names("2") == ["“青苗计划”", "云河通道"]
    assert names("a1") == names("") == []
    assert names(None) == ["“青苗计划”", "云河通道"]


def test_explained_words_link_to_their_entries_on_the_glossary_page(tmp_path: Path) -> None:
    reading = invented(tmp_path, GLOSS)
    docs = render(Publication((reading,)), Settings(), ROOT / "templates")
    view = glossary_view(reading, addresses.report(reading, addresses.GLOSSARY))
    anchors = {entry.anchor for entry in view.entries}
    for name in ("1/index.md", "2/index.md", "text/index.md"):
        page = page_html(docs[f"linxi-2026/{name}"])
        links = re.findall(r'<a class="[^"]*\bg\b[^"]*" href="([^"]+)" data-gloss="([^"]+)">', page)
        assert links, name
        for href, gloss in links:
            assert href == f"../glossary/index.md#e-{gloss}"
            assert f"e-{gloss}" in anchors
            assert f'id="x-{gloss}"' in page
        assert "<a" not in "".join(re.findall(r"<a [^>]*>((?:(?!</a>).)*)", page)), "no link contains a link"


def test_explained_word_that_is_also_a_name_links_to_its_explanation(tmp_path: Path) -> None:
    """The word is also a recurring name; the link to the explanation replaces that to the name."""
    reading = invented(tmp_path, GLOSS)
    assert any(term.name == "青苗计划" for term in reading.terms)
    page = page_html(render(Publication((reading,)), Settings(), ROOT / "templates")["linxi-2026/1/index.md"])
    assert re.search(r'data-gloss="[^"]+">青苗计划</a>', page)
    assert "青苗计划</a>" in page
    assert not re.search(r'<a class="n" [^>]*>青苗计划', page)


def test_inspect_lists_glossary_entries_and_their_uses_among_the_terms(tmp_path: Path) -> None:
    reading = invented(tmp_path, GLOSS)
    terms = inspection.document(reading)["terms"]
    assert isinstance(terms, list)
    listed = [t for t in terms if isinstance(t, dict) and t["kind"] == "glossary"]
    assert [(t["number"], t["name"]) for t in listed] == [
        ("1.", "“青苗计划”"),
        ("2.", "云河通道"),
        ("3.", "没用到的词"),
    ]
    for term in listed:
        for mention in term["mentions"]:
            assert reading.source.text[mention["start"] : mention["end"]] in {"青苗计划", "云河通道"}


@pytest.mark.parametrize("name", REAL)
def test_all_entries_of_real_glossaries_are_found_with_uses_and_explanations(shared: Path, name: str) -> None:
    reading = real(shared, name)
    assert [g.number + g.name for g in reading.glossary] == REAL[name].split(" ")
    assert_sound(reading.text, reading.outline, reading.glossary)
    assert [g.name for g in reading.glossary if not g.uses] == [], (
        "the text of each report uses every word of its glossary"
    )
    assert [g.name for g in reading.glossary if not g.explained] == []


def test_every_footnote_marker_of_a_real_report_is_a_use(shared: Path) -> None:
    reading = real(shared, "province-hainan-2026")
    body = reading.text.body[: reading.glossary[0].start]
    marks = {m.start() for m in re.finditer("［[0-9]+］", body)}
    assert len(marks) == 28
    covered = {at for g in reading.glossary for use in g.uses for at in range(use.start, use.end)}
    assert marks <= covered
    assert shown(reading, entry(reading, "四大主导产业").uses)[0] == ("1/s8/s2", "四大主导产业［2］")
    assert len(entry(reading, "两个基地、两个枢纽、两个网络").uses) == 6


def test_text_that_only_looks_like_an_explained_word_is_no_use_in_real_reports(shared: Path) -> None:
    jiangxi = real(shared, "province-jiangxi-2026")
    # part 一 reports on the ten of 2025; only the ten of 2026 are explained
    assert shown(jiangxi, entry(jiangxi, "2026年10件民生实事").uses) == [("3/6", "10件民生实事")]
    assert shown(jiangxi, entry(jiangxi, "“三大高地”“五大战略”").uses) == [
        ("2/2", "三大高地"),
        ("2/2", "五大战略"),
        ("3", "三大高地"),
        ("3", "五大战略"),
    ]
    sichuan = real(shared, "province-sichuan-2026")
    # “揭榜挂帅” alone is something else; after the last entry the web page has buttons
    assert [w for _, w in shown(sichuan, entry(sichuan, "“双向揭榜挂帅”").uses)] == ["双向揭榜挂帅"] * 2
    assert words(sichuan.text, sichuan.glossary[-1])[0].endswith("综合治理。")
    assert len(sichuan.glossary[-1].explained) == 1
    assert len(entry(sichuan, "“双向揭榜挂帅”").explained) == 1, "its three lines are one paragraph"


def test_reports_without_a_glossary_have_no_entries(shared: Path) -> None:
    for name in ("province-gansu-2026", "state-guowuyuan-2025-wikisource", "state-guowuyuan-1954-wikisource"):
        assert real(shared, name).glossary == ()
