"""Which places of a site are compared, and what is said where the address of a place is taken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.comparison.two_reports import report
from tests.vocabularies import ROOT, vocabularies
from workreport.build.place_comparison import compared_places
from workreport.model import Reading
from workreport.model.place_years import PlaceYears
from workreport.project.progress import no_progress
from workreport.website.place_addresses import place_slug, require_free
from workreport.website.site_error import SiteError


def of(reading: Reading, place: str, code: str) -> Reading:
    """The same reading, of another place, with a slug of its own."""
    slug = f"{code or 'none'}-{reading.meta.year}"
    return replace(reading, meta=replace(reading.meta, place=place, code=code, slug=slug))


def places(*readings: Reading) -> tuple[PlaceYears, ...]:
    return compared_places(readings, ROOT / "vocabulary", vocabularies().measures, no_progress)


def test_only_places_with_reports_of_two_years_are_compared(tmp_path: Path) -> None:
    former, later = (
        report(tmp_path, 2024, target="城镇新增就业5万人。"),
        report(tmp_path, 2025, result="城镇新增就业6万人。"),
    )
    found = places(
        of(later, "国务院", ""),
        of(former, "国务院", ""),
        of(later, "苏州市", "320500"),
        of(later, "杭州市", "330100"),
        of(former, "杭州市", "330100"),
        replace(of(former, "宿州市", "341300"), meta=replace(former.meta, place="宿州市", code="341300", slug="a")),
        replace(of(former, "宿州市", "341300"), meta=replace(former.meta, place="宿州市", code="341300", slug="b")),
    )
    assert [(place.place, place.code, place.reports) for place in found] == [
        ("杭州市", "330100", ("330100-2024", "330100-2025")),
        ("国务院", "", ("none-2024", "none-2025")),
    ]


@pytest.mark.parametrize(
    ("place", "code", "slug"),
    [
        ("浙江省", "330000", "zhejiang"),
        ("广西壮族自治区", "450000", "guangxi"),
        ("苏州市", "320500", "suzhou-320500"),
        ("宿州市", "341300", "suzhou-341300"),
        ("重庆市云阳县", "500235", "yunyang-500235"),
        ("义乌市", "330782", "yiwu-330782"),
        ("某地", "", "moudi"),
    ],
)
def test_address_of_a_place_depends_on_nothing_but_the_place(place: str, code: str, slug: str) -> None:
    assert place_slug(place, code) == slug


def test_address_that_is_taken_is_an_error_with_advice() -> None:
    def one(place: str, code: str) -> PlaceYears:
        return PlaceYears(place, code, ("a", "b"), (), ())

    require_free([one("杭州市", "330100")], {"hangzhou-2025"}, {"data"})
    with pytest.raises(SiteError, match=r"reports/hangzhou: 杭州市有几年的报告.*请给文件夹改名，如 hangzhou-2024"):
        require_free([one("杭州市", "330100")], {"hangzhou"}, {"data"})
    with pytest.raises(SiteError, match=r"搜索的页面地址会是 sousuo/，网站自己要用。请.*code"):
        require_free([one("搜索", "")], set(), {"sousuo"})
    with pytest.raises(SiteError, match=r"林河和临河的页面地址都会是 linhe/。请.*code"):
        require_free([one("临河", ""), one("林河", "")], set(), set())
