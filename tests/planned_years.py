"""Four short invented reports of one place, a year after the other, for tests of pages that compare them."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.vocabularies import ROOT, vocabularies
from workreport.build import report_reader
from workreport.build.place_comparison import compared_places, with_themes
from workreport.model import Publication
from workreport.project.progress import no_progress
from workreport.website.pages import report_of
from workreport.website.pages.views import compared_place

PLACE = "青禾县"
SLUG = "qinghexian"
PAGE = f"{SLUG}/index.html"
_TEXT = """{place}政府工作报告

{year}年2月21日在{place}第九届人民代表大会第四次会议上

县长 李四

一、{before}年工作回顾

{review}

二、{year}年工作安排

（一）办好实事

{plan}
"""
_REVIEWS = {
    2023: "地区生产总值突破110亿元，增长4%。粮食总产量12万吨。",
    2024: "地区生产总值120亿元，增长5%。新增养老床位200张。粮食总产量12.5万吨。改造老旧小区6个。",
    2025: "地区生产总值128亿元，增长5.5%。新增养老床位310张。新建学校3所。城镇新增就业3100人。",
    2026: "地区生产总值125亿元，下降1.5%。新增养老床位280张。粮食总产量13万吨。改造老旧小区9个。",
}
_PLANS = {
    2023: "新增养老床位180张。",
    2024: "地区生产总值增长6%左右。新增养老床位300张。新建学校4所。城镇新增就业3200人以上。改造农村公路60公里。",
    2025: "地区生产总值增长6%。新增养老床位300张。粮食总产量稳定在12万吨以上。",
    2026: "地区生产总值增长4%以上。新增养老床位320张。",
}


def text(year: int) -> str:
    """The text of the report of a year, 2023 to 2026."""
    return _TEXT.format(place=PLACE, year=year, before=year - 1, review=_REVIEWS[year], plan=_PLANS[year])


def put_alone(project: Path, settings: str = "") -> None:
    """Make these the only reports of a copy of the project, without pictures; `settings` are further lines of site.toml."""
    shutil.rmtree(project / "reports")
    for year in _REVIEWS:
        folder = project / "reports" / f"qinghe-{year}"
        folder.mkdir(parents=True)
        (folder / "source.md").write_text(text(year), encoding="utf-8")
    (project / "site.toml").write_text(settings + "[build]\npictures = false\n", encoding="utf-8")


@cache
def publication() -> Publication:
    """The four reports, with what they say of each other."""
    with TemporaryDirectory() as folder:
        readings = []
        for year in sorted(_REVIEWS, reverse=True):
            path = Path(folder) / f"qinghe-{year}.md"
            path.write_text(text(year), encoding="utf-8")
            readings.append(report_reader.read_report(path, path.stem, vocabularies(), pronounce=str).reading)
    places = compared_places(readings, ROOT / "vocabulary", vocabularies().measures, no_progress)
    return Publication(tuple(readings), places=with_themes(places, vocabularies().themes))


def shown_places(of: Publication, *, verdicts: bool) -> tuple[compared_place.ComparedPlace, ...]:
    """The places of a publication as pages and data files show them."""
    return tuple(compared_place.compared_places(of.places, tuple(map(report_of, of.readings)), verdicts=verdicts))
