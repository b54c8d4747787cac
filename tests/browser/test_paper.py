"""Tests of pages as printed by Chromium, and of notes beside the full text on wide screens.

Knows the print layout: A4, page numbers, running title, bookmarks, three cards per row, no buttons. Leaves the archive's
PDF to its own tests.
"""

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
BUTTONS = ("复制链接", "逐句阅读", "下载所列", "大字", "搜索")
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
    return {left: note.left, right: note.right, top: note.top, bottom: note.bottom, text: beside.right,
            top_of_text: beside.top, bottom_of_text: last.bottom};
  }),
})"""


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "2091.5"),
        ("text", "政府工作报告"),
        ("indicators", "2091.5"),
        ("for/elderly", "98万人次"),
        ("picture", "2091.5"),
    ],
    ids=["front", "text", "indicators", "for", "picture"],
)
def test_printed_page_is_a4_with_page_numbers_running_title_and_bookmarks_and_no_buttons(
    browser: Browser, built_site: Path, name: str, words: str
) -> None:
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
        assert not [thing for thing in BUTTONS if thing in text]
    assert words in "".join(texts)
    if name == "":
        assert columns == 3
    assert not re.search(r"#s[0-9a-f]{8}", "".join(texts)), "paper shows an id"
    if name == "":
        assert len(re.findall("见（[一二三四五六七八]）", "".join(texts))) > 7, (
            "cards do not say where their sentence stands"
        )
    if name == "indicators":
        rows = texts[: next(k for k, text in enumerate(texts) if "2023年的变化" in text)]
        assert len(rows) > 3
        for text in rows:
            assert all(head in text for head in ("数值", "变化", "位次", "原句")), (
                "the table's header row is missing on a page"
            )
    if name == "text":
        assert not [text for text in texts if text.split("2024年政府工作报告", 1)[1].lstrip().startswith("原文说明 · ")]


@pytest.mark.long
@pytest.mark.parametrize("width", [1280, 1366, 1440])
def test_notes_lie_beside_the_full_text_on_wide_screens_and_below_their_paragraph_elsewhere(
    browser: Browser, built_site: Path, width: int
) -> None:
    """In the full text from 1280 px, a note lies on the right of its paragraph, else under it; a line holds up to 38 characters."""
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
            if size < 1280 or name != "text":
                assert note["top"] >= note["bottom_of_text"] - 1
                continue
            assert note["text"] + 16 <= note["left"] < note["right"] <= size
            assert abs(note["top"] - note["top_of_text"]) < 60
        if size >= 1280:
            assert found["measure"] > 37
        if size >= 1280 and name == "text":
            ends = [(note["top"], note["bottom"]) for note in found["notes"]]
            assert all(bottom <= top for (_, bottom), (top, _) in pairwise(ends)), "two notes overlap"
