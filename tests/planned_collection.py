"""An invented collection of places and years, for tests of the pages that only a site with several reports has."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.website.collections import text

REPORTS = {
    "guowuyuan-2025": (
        "国务院", "", 2025,
        "国内生产总值134.9万亿元，比上年增长5%。城镇新增就业1256万人。",
        "国内生产总值增长5%左右。",
    ),
    "jia-2025": (
        "浙江省", "330000", 2025,
        "地区生产总值达到90100亿元，同比增长5.5%。一般公共预算收入8706亿元，增长1.3%。居民人均可支配收入67013元。城镇新增就业117万人。",
        "地区生产总值增长5.5%左右。",
    ),
    "jia-2024": (
        "浙江省", "330000", 2024,
        "地区生产总值8.26万亿元，同比增长6%。一般公共预算收入8600亿元，增长7%。居民人均可支配收入63830元。城镇新增就业110万人。",
        "地区生产总值增长5.5%左右。",
    ),
    "yi-2025": (
        "江苏省", "320000", 2025,
        "地区生产总值13.7万亿元，增长5.8%。五年来，一般公共预算收入年均增长3%。居民人均可支配收入55415元。",
        "一般公共预算收入增长3%左右。城镇新增就业120万人。",
    ),
    "bing-2025": ("杭州市", "330100", 2025, "地区生产总值21860亿元，增长4.7%。", "城镇新增就业25万人。"),
}  # fmt: skip
"""The reports by slug: place, division code, year, review, plan."""


def put_together(project: Path) -> None:
    """Make these the only reports of a copy of the project, without pictures and archive files."""
    shutil.rmtree(project / "reports")
    for slug, (place, code, year, review, plan) in REPORTS.items():
        folder = project / "reports" / slug
        folder.mkdir(parents=True)
        (folder / "source.md").write_text(text(place, year, review, plan), encoding="utf-8")
        told = f'code = "{code}"\n' if code else ""
        (folder / "report.toml").write_text(f'place = "{place}"\nyear = {year}\n{told}', encoding="utf-8")
    forms = "".join(f"{form} = false\n" for form in ("zip", "epub", "pdf", "bag"))
    (project / "site.toml").write_text(f"[build]\npictures = false\n[archive]\n{forms}", encoding="utf-8")
