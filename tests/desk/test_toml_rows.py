"""A row of a TOML file is changed, added or taken away, and every other byte stays."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from workreport.desk.toml_rows import row_in, rows_in, with_row
from workreport.desk.toml_values import CannotEdit

FILE = """# 上
front = ["s1-f1"] # 首页
# [[change]]
# id = "s0"

# 甲
[[change]]
id = "s1-f1"   # 名
name = "甲"
change = { value = "4.1", unit = "%" }

# 乙
[[change]]
id = "s2-f1"
name = "乙"
"""


def test_only_the_line_of_the_value_that_changes_is_written() -> None:
    row = row_in(FILE, "change", {"id": "s1-f1"})
    assert row
    made = with_row(FILE, "change", {"id": "s1-f1"}, {**row, "name": "丙"})
    assert made == FILE.replace('name = "甲"', 'name = "丙"')


def test_new_key_stands_in_its_own_row_before_the_comment_of_the_next() -> None:
    row = row_in(FILE, "change", {"id": "s1-f1"})
    assert row
    made = with_row(FILE, "change", {"id": "s1-f1"}, {**row, "note": "见公报"})
    assert made.index('note = "见公报"') < made.index("\n\n# 乙\n")
    assert made.replace('note = "见公报"\n', "") == FILE


def test_key_that_is_no_longer_wanted_goes() -> None:
    made = with_row(FILE, "change", {"id": "s1-f1"}, {"id": "s1-f1", "name": "甲"})
    assert made == FILE.replace('change = { value = "4.1", unit = "%" }\n', "")


def test_row_that_is_not_there_comes_to_the_end() -> None:
    made = with_row(FILE, "change", {"id": "s3-f1"}, {"id": "s3-f1", "change": {"value": "1", "unit": "%"}})
    assert made == FILE + '\n[[change]]\nid = "s3-f1"\nchange = {value = "1", unit = "%"}\n'


def test_row_is_taken_away_and_the_comment_of_the_next_stays() -> None:
    made = with_row(FILE, "change", {"id": "s1-f1"}, None)
    assert rows_in(made, "change") == [{"id": "s2-f1", "name": "乙"}]
    assert "# 乙\n[[change]]" in made
    assert with_row(FILE, "change", {"id": "no"}, None) == FILE


def test_row_with_a_table_of_its_own_and_one_with_brackets_in_a_text() -> None:
    text = '[[change]]\nid = "a"\n[change.change]\nvalue = "1"\n[[change]]\nid = "b"\nnote = """\n[[change]]\n"""\n'
    made = with_row(text, "change", {"id": "a"}, {"id": "a", "change": {"value": "2"}})
    assert rows_in(made, "change")[0] == {"id": "a", "change": {"value": "2"}}
    with pytest.raises(CannotEdit):  # three lines look like the head of a row, two are: nothing is written on a guess
        with_row(text, "change", {"id": "b"}, {"id": "b", "note": "x"})


@pytest.mark.parametrize("text", ["change = 1\n", "change = [1]\n", "a = ", 'change = [{ id = "a" }]\n'])
def test_file_that_cannot_take_the_row_is_an_error(text: str) -> None:
    with pytest.raises(CannotEdit):
        with_row(text, "change", {"id": "a"}, {"id": "a", "name": "b"})


def test_windows_line_ends_stay() -> None:
    made = with_row(FILE.replace("\n", "\r\n"), "change", {"id": "s3"}, {"id": "s3", "name": "丙"})
    assert made.count("\n") == made.count("\r\n")
    assert rows_in(made, "change")[2] == {"id": "s3", "name": "丙"}


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6), TEXTS)
def test_any_rows_are_written_changed_and_taken_away_in_the_shipped_file(rows: list[tuple[str, str]], new: str) -> None:
    shipped = (ROOT / "templates" / "report" / "indicators.toml").read_text(encoding="utf-8")
    text = shipped
    for name, note in rows:
        text = with_row(text, "change", {"id": name}, {"id": name, "note": note})
    assert {row["id"]: row["note"] for row in tomllib.loads(text)["change"]} == dict(rows)
    first = rows[0][0]
    text = with_row(text, "change", {"id": first}, {"id": first, "note": new})
    assert row_in(text, "change", {"id": first}) == {"id": first, "note": new}
    for name, _ in rows:
        text = with_row(text, "change", {"id": name}, None)
    assert text.rstrip() == shipped.rstrip()
