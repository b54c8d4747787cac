"""Tests pages of docs/ that someone damaged by hand: they are shown, or there is one error with file, line and what to do."""

from __future__ import annotations

import re
from pathlib import Path

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.commands import build
from mkdocs.config import load_config

from tests.website.small_book import BOOK, body
from workreport.website.marks.mark_error import MarkError

MARKS = "workreport.website.marks"
PAGES = [body(path.read_text(encoding="utf-8")) for path in sorted((BOOK / "golden").glob("*.md"))]
SIGNS = (
    "[",
    "]",
    "{",
    "}",
    "|",
    "{#x}",
    "{.card-list}",
    "]{.figure}",
    "](#a)",
    "**",
    "> ",
    "- ",
    "&#9999999;",
    "&#55296;",
    "\n",
    "---\n",
)
"""What is put into a page at a random place."""
TODO = "docs/ 由程序写出：请照 MARKS.md 改正，或运行 build.py 重新写出。"


def converted(page: str) -> str:
    return markdown.markdown(page, extensions=["attr_list", "md_in_html", "tables", "toc", MARKS])


def problem(page: str) -> MarkError | None:
    """Return the error that a page gives, None for a page that can be shown."""
    try:
        converted(page)
    except MarkError as error:
        return error
    return None


def damaged(page: str, way: str, at: int, sign: str) -> str:
    """Return a page with one damage: a character or line left out, lines exchanged, a sign put in, or the rest cut off."""
    lines = page.split("\n")
    place, line = at % (len(page) + 1), at % len(lines)
    match way:
        case "character":
            return page[:place] + page[place + 1 :]
        case "line":
            return "\n".join(lines[:line] + lines[line + 1 :])
        case "exchange":
            return "\n".join(lines[:line] + lines[line : line + 2][::-1] + lines[line + 2 :])
        case "sign":
            return page[:place] + sign + page[place:]
        case _:
            return page[:place]


DAMAGE = st.tuples(
    st.sampled_from(["character", "line", "exchange", "sign", "rest"]), st.integers(0, 10**6), st.sampled_from(SIGNS)
)


@given(st.sampled_from(PAGES), st.lists(DAMAGE, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_damaged_page_is_shown_or_an_error_of_marks(page: str, damages: list[tuple[str, int, str]]) -> None:
    for damage in damages:
        page = damaged(page, *damage)
    error = problem(page)
    assert error is None or (0 < error.line <= page.count("\n") + 1 and str(error).endswith(TODO))


@pytest.mark.parametrize(
    ("page", "line", "problem"),
    [
        ("# 甲\n\n- 甲\n\n{.toc-list}", 3, "这一行应有一个链接（“甲”）"),
        ("# 甲\n\n- 甲\n\n{.preview-list}", 3, "这一行应有一个链接（“甲”）"),
        ("- 甲\n\n{.card-list}", 1, "指标的一行应以链接开头（“甲”）"),
        ("|甲|\n|---|\n|一|\n\n{.indicator-table}", 1, "表格的这一行应有 6 格，现有 1 格（“甲”）"),
        ("|甲|\n|---|\n|一|\n\n{.rank-chart}", 1, "表格的这一行应有 3 格，现有 1 格（“一”）"),
        ("|甲|\n|---|\n|一|\n\n{.bar-chart}", 1, "表格的这一行应有 2 格，现有 1 格（“一”）"),
        (
            "|甲||||||\n|---|---|---|---|---|---|\n|一|||||| {.section-row}\n\n{.indicator-table}",
            1,
            "缺少 id（写在花括号里：id 写成 #名字，其他写成 id=值）（“一”）",
        ),
        ("[a]: b.md\n\n## 甲 {.name}", 3, "缺少 id（写在花括号里：id 写成 #名字，其他写成 id=值）（“甲”）"),
        ("# [甲]{.sentence}乙", 1, "缺少 id（写在花括号里：id 写成 #名字，其他写成 id=值）（“甲”）"),
        ("- \n\n{.fact-list}", 1, "这一行应写成 **名目** 内容"),
        (
            "---\n{part=side}",
            1,
            "分隔线 --- 下面一行应写成 {begins=名字}、{ends=名字} 或 {inserts=名字}（“{part=side}”）",
        ),
        ("> 甲。 {#s1}\n{.repeated-passage}", 1, "重复段落的引文应先有说明和“看先出现的一处”两段（“甲。”）"),
        (f"甲\n\n{'>' * 3000} 甲", 3, "一层套一层的方括号、引文或列表太多"),
        (f"甲\n\n{'[' * 3000}甲{']{.doubt}' * 3000}", 3, "一层套一层的方括号、引文或列表太多"),
    ],
)
def test_error_tells_the_line_and_quotes_the_words(page: str, line: int, problem: str) -> None:
    with pytest.raises(MarkError) as error:
        converted(page)
    assert str(error.value) == f"正文第 {line} 行起：{problem}。{TODO}"


def test_error_names_the_file_and_counts_its_front_matter(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text("---\ntitle: 甲\n---\n\n# 甲\n\n- 甲\n\n{.toc-list}\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(f"site_name: 甲\nmarkdown_extensions: [{MARKS}]\n", encoding="utf-8")
    with pytest.raises(MarkError, match=re.escape("docs/a.md:7：这一行应有一个链接（“甲”）。")):
        build.build(load_config(str(tmp_path / "mkdocs.yml"), site_dir=str(tmp_path / "site")))
