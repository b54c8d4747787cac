"""On paper: A4, numbered pages under a running title, bookmarks, cards three a row, nothing of the screen's furniture."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

SLUG = "gongshu-2024"
FURNITURE = ("复制链接", "逐句阅读", "下载所列", "大字", "搜索")
A4 = (595, 842)
PLACES = """() => ({
  sideways: document.documentElement.scrollWidth - innerWidth,
  measure: Math.max(...[...document.querySelectorAll('.text .p')].map(
    e => e.getBoundingClientRect().width / parseFloat(getComputedStyle(e).fontSize))),
  notes: [...document.querySelectorAll('.text .remarks')].map(e => {
    const note = e.getBoundingClientRect();
    const text = e.parentElement.matches('.noted') ? e.parentElement.firstElementChild : e.previousElementSibling;
    const beside = text.getBoundingClientRect();
    const last = e.previousElementSibling.getBoundingClientRect();
    return {left: note.left, right: note.right, top: note.top, bottom: note.bottom, text: beside.left,
            top_of_text: beside.top, bottom_of_text: last.bottom};
  }),
})"""


@pytest.mark.parametrize(
    ("name", "words"),
    [("", "2091.5"), ("text", "政府工作报告"), ("indicators", "2091.5")],
    ids=["front", "text", "indicators"],
)
def test_a_page_on_paper(browser: Browser, built_site: Path, name: str, words: str) -> None:
    page = browser.new_page()
    try:
        page.goto((built_site / SLUG / name / "index.html").as_uri())
        printed = page.pdf(prefer_css_page_size=True, tagged=True, outline=True, print_background=True)
        page.emulate_media(media="print")
        columns = page.evaluate(
            "(e => e && getComputedStyle(e).gridTemplateColumns.split(' ').length)(document.querySelector('.cards'))"
        )
    finally:
        page.close()
    paper = pypdfium2.PdfDocument(printed)
    texts = [sheet.get_textpage().get_text_range() for sheet in paper]
    assert paper.is_tagged()
    assert [*paper.get_toc()], "no bookmarks"
    for number, (sheet, text) in enumerate(zip(paper, texts, strict=True), 1):
        assert tuple(map(round, sheet.get_size())) == A4
        assert f"{number} / {len(texts)}" in text
        assert "2024年政府工作报告" in text
        assert not [thing for thing in FURNITURE if thing in text]
    assert words in "".join(texts)
    if name == "":
        assert columns == 3
    if name != "text":
        assert "1#s" in "".join(texts), "a figure says where it stands"
    if name == "indicators":
        rows = [text for text in texts if re.search(r"#s[0-9a-f]{8}", text)]
        assert len(rows) > 3
        for text in rows:
            assert all(head in text for head in ("数值", "变化", "位次", "原句")), "the head stands on every page"
    if name == "text":
        assert not [text for text in texts if text.split("2024年政府工作报告", 1)[1].lstrip().startswith("校勘 · ")]


@pytest.mark.long
@pytest.mark.parametrize("width", [1280, 1366, 1440])
def test_notes_stand_in_the_margin_of_a_desk(browser: Browser, built_site: Path, width: int) -> None:
    """Beside their paragraph, clear of text and list, and the measure stays 38 letters; on a phone below it."""
    for name, size in (("1", width), ("1/6", width), ("text", width), ("1", 360), ("text", 1200)):
        page = browser.new_page(viewport={"width": size, "height": 900})
        try:
            page.goto((built_site / SLUG / name / "index.html").as_uri())
            found = page.evaluate(PLACES)
        finally:
            page.close()
        assert found["notes"], name
        assert found["sideways"] == 0
        assert found["measure"] <= 38
        for note in found["notes"]:
            if size < 1280:
                assert note["top"] >= note["bottom_of_text"] - 1
                continue
            assert 0 <= note["left"] < note["right"] <= note["text"] - 16
            assert abs(note["top"] - note["top_of_text"]) < 60
        if size >= 1280:
            assert found["measure"] > 37
            ends = [(note["top"], note["bottom"]) for note in found["notes"]]
            assert all(bottom <= top for (_, bottom), (top, _) in pairwise(ends)), "one note lies over another"
