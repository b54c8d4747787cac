"""What programs read of a served folder: site map with true days, Atom feeds, TimeMaps, links in the head of pages."""

from __future__ import annotations

import re
import shutil
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from tests.publish.served_folder import FIRST, HOWS, RIVER, SECOND, put, silent
from tests.publish.small_site import ADDRESS, SENTENCES, SLUG, add_report, changed, make_site
from workreport import publish
from workreport.publish.program_files import time_map_of

ATOM = "{http://www.w3.org/2005/Atom}"
DAYS = (date(2024, 3, 5), date(2024, 4, 1), date(2024, 4, 9))
"""The days of the first three publications."""
CHANGED = changed(SENTENCES, 4, "s0000000a", "新建公园6个，居全市第二。")
"""The sentences of the small report with one changed, in its second section."""


def put_on(project: Path, www: Path, day: date, *, plain: bool = False, again: bool = False) -> None:
    """Publish `project/site` on a day."""
    publish.publish(project, www, silent, day=day, plain=plain, again=again)


@pytest.fixture(params=[False, True], ids=["links", "pointer"])
def www(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A served folder with two versions of two days; one sentence differs."""
    served, project = tmp_path / "www", tmp_path / "p"
    make_site(project, address=ADDRESS)
    put_on(project, served, DAYS[0], plain=request.param)
    make_site(project, CHANGED, address=ADDRESS)
    put_on(project, served, DAYS[1])
    return served


def site_map(www: Path) -> dict[str, str]:
    """Return the day of each address in the site map, "" for none; addresses without that of the site."""
    rows = re.findall(
        r"<url>\s*<loc>(.*?)</loc>\s*(?:<lastmod>(.*?)</lastmod>)?", (www / "sitemap.xml").read_text("utf-8")
    )
    return {place.removeprefix(ADDRESS): day for place, day in rows}


def feed(www: Path, name: str) -> ET.Element:
    return ET.fromstring((www / "v" / name).read_bytes())


def of(element: ET.Element, name: str) -> str:
    found = element.findtext(ATOM + name)
    assert found is not None, name
    return found


def links(www: Path, name: str) -> list[tuple[str, dict[str, str]]]:
    """Return the links of a TimeMap: address and attributes of each (RFC 6690)."""
    text = (www / name).read_text(encoding="utf-8")
    found = re.findall(r'<([^>]*)>((?:;\w+="[^"]*")*)(?:,\s*|\s*$)', text)
    # Nothing of the file is left over.
    assert re.sub(r"[,\s]", "", text) == "".join(f"<{a}>{rest}" for a, rest in found).replace(",", "").replace(" ", "")
    return [(address, dict(re.findall(r';(\w+)="([^"]*)"', rest))) for address, rest in found]


def in_folder(www: Path, address: str) -> Path:
    """Return the file of the served folder that an address of the site shows."""
    path = unquote(address.removeprefix(ADDRESS))
    return www / (path + "index.html" if not path or path.endswith("/") else path)


# -- site map ---------------------------------------------------------------------------------------------------------


def test_site_map_tells_the_day_of_the_version_in_which_each_page_changed(www: Path) -> None:
    days = site_map(www)
    new = {f"{SLUG}/text/", f"{SLUG}/2/"}
    assert {path for path, day in days.items() if day == "2024-04-01"} == new
    assert {day for path, day in days.items() if path not in new} == {"2024-03-05"}
    assert all(in_folder(www, ADDRESS + path).is_file() for path in days)


def test_page_whose_last_change_was_in_a_deleted_version_has_no_day(www: Path, tmp_path: Path) -> None:
    shutil.rmtree(www / "v" / FIRST)
    put_on(tmp_path / "p", www, DAYS[2], again=True)
    days = site_map(www)
    assert days[f"{SLUG}/1/"] == ""
    assert days[f"{SLUG}/2/"] == "2024-04-01"


def test_robots_txt_of_the_site_stands_at_the_root_and_names_the_site_map(www: Path) -> None:
    assert (www / "robots.txt").read_text(encoding="utf-8").endswith(f"\nSitemap: {ADDRESS}sitemap.xml\n")


@HOWS
def test_own_robots_txt_of_the_publisher_is_left_and_told(tmp_path: Path, plain: bool) -> None:
    www, own, told = tmp_path / "www", "User-agent: *\nDisallow: /private/\n", list[str]()
    make_site(tmp_path / "p", address=ADDRESS)
    www.mkdir()
    (www / "robots.txt").write_text(own, encoding="utf-8")
    for again in (False, True):
        publish.publish(tmp_path / "p", www, told.append, plain=plain, again=again)
        assert (www / "robots.txt").read_text(encoding="utf-8") == own
        assert (www / "sitemap.xml").is_file()
    assert sum("robots.txt 不是发布的内容" in line for line in told) == 2


# -- feeds ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["versions.atom", "reports.atom"])
def test_feed_has_what_atom_requires(www: Path, name: str) -> None:
    root = feed(www, name)
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    for element in (root, *entries):
        assert of(element, "id").startswith(ADDRESS)
        assert of(element, "title")
        datetime.fromisoformat(of(element, "updated"))
    assert of(root, "updated") == max(of(entry, "updated") for entry in entries)
    assert len({of(entry, "id") for entry in entries}) == len(entries)
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    own = [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own == [f"{ADDRESS}v/{name}"]
    for link in root.iter(f"{ATOM}link"):
        assert in_folder(www, str(link.get("href"))).is_file()
        assert not str(link.get("href")).endswith("/index.html")


def test_feed_of_versions_has_each_version_with_its_day_and_its_changes(www: Path) -> None:
    entries = feed(www, "versions.atom").findall(f"{ATOM}entry")
    assert [(of(e, "title"), of(e, "updated")[:10]) for e in entries] == [
        (f"{SECOND} 版", "2024-04-01"),
        (f"{FIRST} 版", "2024-03-05"),
    ]
    assert "改 1 句" in of(entries[0], "summary")
    assert "首次发布" in of(entries[1], "summary")


def test_feed_of_reports_has_each_report_with_the_day_its_text_changed(tmp_path: Path) -> None:
    www, project = tmp_path / "www", tmp_path / "p"
    make_site(project, address=ADDRESS)
    put_on(project, www, DAYS[0])
    # A page without text of the report changes, and a second report comes.
    add_report(project, "river-2024", "大河镇2024年政府工作报告", RIVER, address=ADDRESS)
    put_on(project, www, DAYS[1])
    entries = feed(www, "reports.atom").findall(f"{ATOM}entry")
    assert [(of(e, "id"), of(e, "updated")[:10]) for e in entries] == [
        (f"{ADDRESS}river-2024/", "2024-04-01"),
        (f"{ADDRESS}{SLUG}/", "2024-03-05"),
    ]


def test_hostile_title_stays_one_text_in_each_feed(tmp_path: Path) -> None:
    title = "青山 & <script>alert(1)</script>]]>\x0b\x7f\ufffe报告"
    make_site(tmp_path / "p", title=title.replace("&", "&amp;").replace("<", "&lt;"), address=ADDRESS)
    put_on(tmp_path / "p", tmp_path / "www", DAYS[0])
    (entry,) = feed(tmp_path / "www", "reports.atom").findall(f"{ATOM}entry")
    # str.split takes U+000B for white space; U+FFFE is no character of XML.
    assert of(entry, "title") == title.replace("\x0b", " ").replace("\ufffe", "\ufffd")
    (version,) = feed(tmp_path / "www", "versions.atom").findall(f"{ATOM}entry")
    assert "<script>" in of(version, "summary")


# -- TimeMaps ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["index.html", f"{SLUG}/index.html"])
def test_time_map_lists_the_versions_of_the_page_from_first_to_last(www: Path, page: str) -> None:
    rows = links(www, time_map_of(page))
    assert [row[1]["rel"] for row in rows] == ["original", "self", "first memento", "last memento"]
    assert rows[0][0] == ADDRESS + page.removesuffix("index.html")
    assert rows[1][0] == ADDRESS + time_map_of(page)
    moments = [parsedate_to_datetime(row[1]["datetime"]).date() for row in rows[2:]]
    assert moments == [DAYS[0], DAYS[1]]
    assert [parsedate_to_datetime(rows[1][1][name]).date() for name in ("from", "until")] == moments
    for (address, _), version in zip(rows[2:], (FIRST, SECOND), strict=True):
        assert address == f"{ADDRESS}v/{version}/{page.removesuffix('index.html')}"
        assert in_folder(www, address).is_file()


def test_single_version_is_the_first_and_the_last(tmp_path: Path) -> None:
    make_site(tmp_path / "p", address=ADDRESS)
    put_on(tmp_path / "p", tmp_path / "www", DAYS[0])
    assert [row[1]["rel"] for row in links(tmp_path / "www", "v/timemap.link")][2:] == ["first last memento"]


# -- links in the head ------------------------------------------------------------------------------------------------


def head(www: Path, name: str) -> dict[str, list[str]]:
    """Return the targets of the links in the head of a page by relation, as paths in the served folder."""
    found: dict[str, list[str]] = {}
    text = (www / name).read_text(encoding="utf-8")
    for relation, href in re.findall(r'<link rel="([^"]*)"[^>]* href="([^"]*)"', text.partition("</head>")[0]):
        if "://" not in href:
            path = (www / name).parent / unquote(href)
            assert path.resolve().is_file(), href
            found.setdefault(relation, []).append(path.resolve().relative_to(www.resolve()).as_posix())
    return found


def test_page_of_a_version_links_to_the_newest_the_version_before_and_all_versions(www: Path) -> None:
    page = f"{SLUG}/2/index.html"
    second, first = head(www, f"v/{SECOND}/{page}"), head(www, f"v/{FIRST}/{page}")
    assert second["predecessor-version"] == [f"v/{FIRST}/{page}"]
    assert "predecessor-version" not in first
    for found in (first, second):
        newest = (www / page).resolve().relative_to(www.resolve()).as_posix()
        assert found["original"] == found["latest-version"] == [newest]
        assert found["version-history"] == [(www / "v/index.html").resolve().relative_to(www.resolve()).as_posix()]
        assert "timemap" not in found
    assert "timemap" in head(www, f"v/{SECOND}/{SLUG}/index.html")


def test_front_page_links_to_time_map_and_feeds_and_the_list_of_versions_too(tmp_path: Path) -> None:
    make_site(tmp_path / "p", address=ADDRESS)
    put_on(tmp_path / "p", tmp_path / "www", DAYS[0])
    found = head(tmp_path / "www", "index.html")
    assert [Path(path).name for path in found["alternate"]] == ["versions.atom", "reports.atom"]
    assert [Path(path).name for path in found["timemap"]] == ["timemap.link"]
    listed = (tmp_path / "www" / "v" / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'href="([^"]*\.atom)"', listed) == ["versions.atom", "reports.atom"]
    assert re.findall(r'<link rel="canonical" href="([^"]*)">', listed) == [f"{ADDRESS}v/"]
    assert re.findall(r'<meta property="og:url" content="([^"]*)">', listed) == [f"{ADDRESS}v/"]


@HOWS
def test_site_without_an_address_has_none_of_these_files(tmp_path: Path, plain: bool) -> None:
    www = tmp_path / "www"
    make_site(tmp_path / "p")
    put(tmp_path / "p", www, plain=plain)
    assert not [path for path in www.rglob("*") if path.suffix in (".atom", ".link") or path.name == "sitemap.xml"]
    assert "version-history" not in (www / "v" / FIRST / "index.html").read_text(encoding="utf-8")
    listed = (www / "v" / "index.html").read_text(encoding="utf-8")
    assert not re.findall(r"\.atom|canonical|og:url", listed)
