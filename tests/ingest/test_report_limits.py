"""A text far longer than any report is refused with the limit named, before it is analysed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.vocabularies import vocabularies
from workreport.build.report_reader import read_report
from workreport.ingest.formats import BadSource, read
from workreport.ingest.report_limits import MOST_CHARACTERS, MOST_LINES, MOST_NUMBERS, require_report


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("发展" * (MOST_CHARACTERS // 2) + "。", "文字超过上限 40 万字"),
        ("\n".join("甲" * (MOST_LINES + 1)), "段落超过上限 20000 个"),
        ("增长1%" * (MOST_NUMBERS + 1), "文中的数超过上限 20000 个"),
        ("百姓有" * (MOST_NUMBERS + 1), "文中的数超过上限 20000 个"),
    ],
)
def test_text_over_a_limit_is_refused_with_the_limit_named(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    with pytest.raises(BadSource, match=problem):
        read_report(tmp_path / "a.md", "a", vocabularies())


@pytest.mark.parametrize(
    "text", ["发展" * (MOST_CHARACTERS // 2), "\n \n".join("甲" * MOST_LINES), "增长1%" * MOST_NUMBERS]
)
def test_text_of_just_the_limit_is_no_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    require_report(read(tmp_path / "a.md"))
