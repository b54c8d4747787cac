"""The page labels of government sites (国办发〔2017〕47号) on every kind of page: once, with the right value, none invented."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from html import unescape
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.site_pages import page_files
from workreport.build import labels_missing, outputs, plan
from workreport.project.progress import no_progress

SLUG = "qingshan-2025"
OTHER = "linhu-2025"
ADDRESS = "https://www.qingshan.gov.cn/gzbg/"
FULL = f"""\
title = "青山县政府工作报告<汇编>"
address = "{ADDRESS}"
publisher = "青山县人民政府办公室"
[footer]
site_code = "3300000001"
[labels]
site_name = "青山县人民政府门户网站"
column = "政府工作报告"
column_description = "历年报告"
column_keywords = ["报告", "青山县"]
column_type = "政策文件"
source = "青山县人民政府"
"""
SITE = {"SiteName", "SiteDomain", "SiteIDCode"}
COLUMN = {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
ARTICLE = {"ArticleTitle", "PubDate", "ContentSource", "Keywords", "Author", "Description", "Image", "Url"}


def build(project: Path, settings: str, *slugs: str, published: str = "") -> Path:
    """Build a project with these reports of invented towns, its pages and pictures, and return the site."""
    for slug in slugs:
        book = ROOT / "tests" / "books" / (f"{slug}.txt" if slug == SLUG else f"{slug}/source.md")
        (project / "reports" / slug).mkdir(parents=True)
        shutil.copyfile(book, project / "reports" / slug / f"source{book.suffix}")
        if published:
            (project / "reports" / slug / "report.toml").write_text(f"published = {published}\n", encoding="utf-8")
    (project / "site.toml").write_text(f"{settings}\n[build]\narchive = false\n", encoding="utf-8")
    outputs.build(plan.BuildOrder(project), no_progress, lambda _: None)
    return project / "site"


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of two reports whose publisher told everything."""
    return build(tmp_path_factory.mktemp("full"), FULL, SLUG, OTHER, published="2025-02-22T09:30:00")


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of one report whose publisher told nothing."""
    return build(tmp_path_factory.mktemp("bare"), "", SLUG)


def labels(page: Path) -> dict[str, str]:
    """Return the labels of a page; each must stand once, whatever the case of its name."""
    found = re.findall(r'<meta name="([^"]*)" content="([^"]*)"', page.read_text(encoding="utf-8"))
    counts = Counter(name.lower() for name, _ in found if "theme-color" not in name)
    assert {name: n for name, n in counts.items() if n > 1} == {}, page
    return {name: unescape(content) for name, content in found if name in SITE | COLUMN | ARTICLE}


def pages_of_reports(site: Path) -> list[Path]:
    return [page for page in page_files(site) if page.relative_to(site).parts[0] in (SLUG, OTHER)]


def test_every_page_has_the_labels_of_the_site(full: Path) -> None:
    for page in page_files(full):
        told = labels(page)
        assert [told.get(name) for name in ("SiteName", "SiteDomain", "SiteIDCode")] == [
            "青山县人民政府门户网站", "www.qingshan.gov.cn", "3300000001",
        ], page  # fmt: skip


def test_front_page_and_pages_of_the_site_are_the_column(full: Path) -> None:
    pages = {page.relative_to(full).as_posix() for page in page_files(full)} - {
        page.relative_to(full).as_posix() for page in pages_of_reports(full)
    }
    assert {"index.html", "about/index.html", "about/design/index.html"} <= pages
    for name in pages - {"404.html"}:
        told = labels(full / name)
        assert {key: told[key] for key in COLUMN} == {
            "ColumnName": "政府工作报告", "ColumnDescription": "历年报告", "ColumnKeywords": "报告,青山县",
            "ColumnType": "政策文件",
        }, name  # fmt: skip
        assert not ARTICLE & set(told), name


def test_pages_of_a_report_have_the_labels_of_content(full: Path) -> None:
    pages = pages_of_reports(full)
    kinds = {page.relative_to(full).parts[1] for page in pages if page.relative_to(full).parts[0] == OTHER}
    assert {"index.html", "1", "indicators", "names", "notes", "text", "picture", "download"} <= kinds
    for page in pages:
        told = labels(page)
        name = page.relative_to(full).as_posix()
        text = page.read_text(encoding="utf-8")
        assert ARTICLE | {"ColumnName", "ColumnType"} <= set(told), name
        assert not {"ColumnDescription", "ColumnKeywords"} & set(told), name
        title = re.search("<title>([^<]*)</title>", text)
        assert title is not None
        assert told["ArticleTitle"] == unescape(title[1]).strip()
        assert (told["PubDate"], told["ContentSource"]) == ("2025-02-22 09:30", "青山县人民政府")
        assert told["Url"] == ADDRESS + name.removesuffix("index.html")
        assert f'<link rel="canonical" href="{told["Url"]}">' in text
        card = told["Image"].removeprefix(f"{ADDRESS}")
        assert (full / card).is_file(), name
        if name.startswith(SLUG):
            assert told["Author"] == "李明"
            assert told["Keywords"].startswith("政府工作报告,青山区,2025年")
        assert '<time datetime="2025-02-22T09:30:00">2025年2月22日</time>' in text


def test_section_has_the_names_on_its_page_among_its_keywords(full: Path) -> None:
    words = labels(full / SLUG / "1" / "index.html")["Keywords"].split(",")
    assert "财政" in words
    text = (full / SLUG / "1" / "index.html").read_text(encoding="utf-8")
    assert all(word in text for word in words)


@pytest.mark.long
def test_nothing_is_invented_where_the_publisher_told_nothing(bare: Path) -> None:
    for page in page_files(bare):
        told = labels(page)
        name = page.relative_to(bare).as_posix()
        assert not {"SiteDomain", "SiteIDCode", "ColumnType", "PubDate", "ContentSource", "Image", "Url"} & set(told), (
            name
        )
        assert told["SiteName"] == "青山区2025年政府工作报告"
        assert "报告发布" not in page.read_text(encoding="utf-8")
    assert labels(bare / "index.html")["ColumnKeywords"] == "政府工作报告,青山区,2025年"
    assert "ArticleTitle" not in labels(bare / "index.html")
    assert labels(bare / SLUG / "index.html")["ArticleTitle"] == "青山区2025年政府工作报告"


def told_missing(tmp_path: Path, settings: str, report: str = "") -> str:
    (tmp_path / "reports" / "a").mkdir(parents=True, exist_ok=True)
    (tmp_path / "reports" / "a" / "report.toml").write_text(report, encoding="utf-8")
    (tmp_path / "site.toml").write_text(settings, encoding="utf-8")
    return "\n".join(labels_missing.missing(tmp_path))


def test_check_tells_a_government_site_what_is_missing(tmp_path: Path) -> None:
    told = told_missing(tmp_path, 'address = "https://a.gov.cn/x/"')
    for words in (
        "SiteIDCode",
        "ICP 备案号",
        "公安备案号",
        "无障碍",
        "联系方式",
        "ContentSource",
        "SiteName",
        "ColumnType",
        "PubDate",
    ):
        assert words in told
    assert "SiteDomain" not in told
    everything = f'contact = "a@b.cn"\n{FULL}'.replace(
        "[footer]", '[footer]\nicp = "浙ICP备1号"\npolice = "浙公网安备1号"\naccessibility = "https://a.cn/"'
    )
    assert told_missing(tmp_path, everything, "published = 2025-02-22") == ""
    assert "十位" in told_missing(tmp_path, everything.replace("3300000001", "33000"), "published = 2025-02-22")


def test_other_sites_are_told_nothing(tmp_path: Path) -> None:
    assert told_missing(tmp_path, 'address = "https://gov.cn.example.org/"') == ""
    assert told_missing(tmp_path, "") == ""
