"""Tests the description of each page for search engines and previews of links."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

SLUG = "gongshu-2024"
DESCRIPTION = re.compile(r'<meta name="[Dd]escription" content="([^"]*)"')
TITLE = re.compile(r"<title>([^<]*)</title>")


def description_of(file: Path) -> str:
    """Return the description in a finished page, which must have exactly one."""
    found = DESCRIPTION.findall(file.read_text(encoding="utf-8"))
    assert len(found) == 1, file
    return unescape(found[0])


def test_every_page_has_a_unique_description_other_than_its_title(built_site: Path) -> None:
    pages = sorted(built_site.rglob("index.html"))
    # The front page of the only report is at two addresses, with the same description.
    known = {file: description_of(file) for file in pages if file != built_site / SLUG / "index.html"}
    assert len(known) > 15
    assert len(set(known.values())) == len(known)
    for file, words in known.items():
        title = TITLE.findall(file.read_text(encoding="utf-8"))[0]
        assert words != unescape(title), file
        assert 20 <= len(words) <= 160, (file, words)


def test_descriptions_contain_text_and_numbers_of_the_page(built_site: Path) -> None:
    section = built_site / SLUG / "1" / "8" / "index.html"
    assert description_of(section).startswith("高质量完成省市三级民生实事")
    table = description_of(built_site / SLUG / "indicators" / "index.html")
    listed = json.loads((built_site / SLUG / "data" / "indicators.json").read_text(encoding="utf-8"))
    assert f"{len(listed['indicators'])}项指标" in table
    assert re.search(r"\d[\d.]*(?:亿元|万人次|场|项|家)", table)
    assert "名称" in description_of(built_site / SLUG / "names" / "index.html")
