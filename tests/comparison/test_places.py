"""Which reports are of one place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.comparison.two_reports import report, words
from workreport.comparison import compare
from workreport.model import Reading


def of_place(reading: Reading, place: str, code: str, slug: str = "") -> Reading:
    """The same reading, of another place."""
    return replace(reading, meta=replace(reading.meta, place=place, code=code, slug=slug or reading.meta.slug))


def test_reports_belong_together_by_the_code_and_not_by_the_name(tmp_path: Path) -> None:
    former = of_place(report(tmp_path, 2024, target="城镇新增就业5万人。"), "旧称市", "999900")
    later = of_place(report(tmp_path, 2025, result="城镇新增就业6万人。"), "新称市", "999900")
    other = of_place(report(tmp_path, 2025, result="城镇新增就业7万人。"), "旧称市", "888800", "other")
    found = compare([other, later, former], words())
    assert [(place.code, place.reports) for place in found] == [
        ("888800", ("other",)),
        ("999900", (former.meta.slug, later.meta.slug)),
    ]
    (pair,) = found[1].pairs
    assert pair.result is not None
    assert pair.result.value == "6万人"


def test_county_that_became_a_city_and_then_a_district_is_one_place(tmp_path: Path) -> None:
    former = of_place(report(tmp_path, 2001, target="城镇新增就业5万人。"), "萧山市", "330181")
    later = of_place(report(tmp_path, 2002, result="城镇新增就业6万人。"), "杭州市萧山区", "330109")
    (place,) = compare([former, later], words())
    assert (place.place, place.code, place.reports) == ("杭州市萧山区", "330109", (former.meta.slug, later.meta.slug))
    assert [pair.verdict for pair in place.pairs] == ["exceeded"]


def test_city_and_county_of_one_name_that_both_exist_are_two_places(tmp_path: Path) -> None:
    former = of_place(report(tmp_path, 2024, target="城镇新增就业5万人。"), "伊宁市", "654002")
    later = of_place(report(tmp_path, 2025, result="城镇新增就业6万人。"), "伊宁县", "654021")
    assert [place.pairs for place in compare([former, later], words())] == [(), ()]


def test_report_of_an_unknown_place_stands_alone(tmp_path: Path) -> None:
    former = of_place(report(tmp_path, 2024, target="城镇新增就业5万人。"), "", "")
    later = of_place(report(tmp_path, 2025, result="城镇新增就业6万人。"), "", "")
    assert [place.pairs for place in compare([former, later], words())] == [(), ()]


def test_of_two_reports_of_one_year_the_first_counts(tmp_path: Path) -> None:
    former = of_place(report(tmp_path, 2024, target="城镇新增就业5万人。"), "临河市", "")
    later = report(tmp_path, 2025, result="城镇新增就业6万人。")
    again = of_place(later, "临河市", "", "again")
    (place,) = compare([former, later, again], words())
    assert place.reports == (former.meta.slug, later.meta.slug)
