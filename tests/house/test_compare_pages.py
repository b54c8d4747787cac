"""Tests the comparison of two sites as trees: what counts as equal, and what is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import compare_pages

PAGE = '<!doctype html><title>a</title><article><p class="x y" id="p">1<b>2</b></p>\n<p hidden>3</p></article>'


@pytest.mark.parametrize(
    "other",
    [
        PAGE.replace('class="x y" id="p"', 'id="p" class="y x"'),
        PAGE.replace("</p>\n<p", "</p><p"),
        PAGE.replace("hidden", 'hidden="hidden"'),
        PAGE.replace(">3<", ">&#51;<"),
    ],
)
def test_order_of_attributes_line_breaks_and_references_do_not_count(other: str) -> None:
    assert other != PAGE
    assert compare_pages.differences(PAGE, other) == []


@pytest.mark.parametrize(
    "other",
    [
        PAGE.replace("1<b>", "1 <b>"),
        PAGE.replace('id="p"', 'id="q"'),
        PAGE.replace("<b>2</b>", "2"),
        PAGE.replace("<p hidden>", "<p>"),
    ],
)
def test_blank_id_element_and_visibility_count(other: str) -> None:
    assert compare_pages.differences(PAGE, other) != []


def test_page_on_one_side_only_and_a_differing_page_give_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for side in ("before", "after"):
        (tmp_path / side).mkdir()
        (tmp_path / side / "same.html").write_text(PAGE, encoding="utf-8")
    sides = [str(tmp_path / "before"), str(tmp_path / "after")]
    assert compare_pages.main(sides) == 0
    (tmp_path / "before" / "gone.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "after" / "same.html").write_text(PAGE.replace(">3<", ">4<"), encoding="utf-8")
    assert compare_pages.main(sides) == 1
    out = capsys.readouterr().out
    assert "ONE SIDE ONLY gone.html" in out
    assert "DIFFERENT same.html: 2 lines" in out
