"""A value of a TOML file is changed, and every other byte stays."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from workreport.desk.toml_values import CannotEdit, with_values
from workreport.project.report_settings import quoted

FILE = """# 上
title = "甲"   # 题
# date = 2024-02-21
list = [ "a",  # 一
  "b" ]

[footer] # 脚
icp = "1"
"""


def test_only_the_line_of_the_value_changes() -> None:
    assert with_values(FILE, {"title": "乙"}) == FILE.replace('"甲"', '"乙"')
    assert with_values(FILE, {"footer.icp": "2"}) == FILE.replace('"1"', '"2"')
    assert with_values(FILE, {"title": None}) == FILE.replace('title = "甲"   # 题\n', "")


def test_key_in_a_comment_gets_the_place_of_the_comment() -> None:
    assert with_values(FILE, {"date": date(2024, 3, 1)}) == FILE.replace("# date = 2024-02-21", "date = 2024-03-01")


def test_key_that_stands_nowhere_comes_before_the_first_table() -> None:
    made = with_values(FILE, {"office": "县长"})
    assert tomllib.loads(made)["office"] == "县长"
    assert made.index("office") < made.index("[footer]")


def test_table_that_is_missing_is_added() -> None:
    assert tomllib.loads(with_values("a = 1\n", {"footer.icp": "2"})) == {"a": 1, "footer": {"icp": "2"}}


def test_value_that_is_there_already_changes_no_byte() -> None:
    assert with_values(FILE, {"title": "甲", "nothing": None, "list": ["a", "b"]}) == FILE


def test_comment_inside_a_text_of_several_lines_is_no_place_for_a_value() -> None:
    text = 'a = """\n# title = "x"\n"""\n'
    made = tomllib.loads(with_values(text, {"title": "y"}))
    assert made == {"a": '# title = "x"\n', "title": "y"}


@pytest.mark.parametrize("text", ["a = ", "footer = 1\n", "a = 1\na = 2\n", "a" * 3000 + "["])
def test_file_that_cannot_take_the_value_is_an_error(text: str) -> None:
    with pytest.raises(CannotEdit):
        with_values(text, {"footer.icp": "1"})


def test_windows_line_ends_stay() -> None:
    made = with_values('# x\r\n# a = "1"\r\nb = 1\r\n', {"a": "2"})
    assert made == '# x\r\na = "2"\r\nb = 1\r\n'


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_text_is_read_back_and_the_shipped_settings_keep_their_comments(value: str) -> None:
    shipped = (ROOT / "templates" / "site.toml").read_text(encoding="utf-8")
    made = with_values(shipped, {"title": value, "footer.icp": value})
    assert (tomllib.loads(made)["title"], tomllib.loads(made)["footer"]["icp"]) == (value, value)
    assert (
        sum(line.startswith("#") for line in made.splitlines())
        >= sum(line.startswith("#") for line in shipped.splitlines()) - 2
    )
    assert quoted(value)
