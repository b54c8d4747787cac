"""On paper: A4, numbered pages under a running title, bookmarks, cards three a row, nothing of the screen's furniture."""

from __future__ import annotations

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
