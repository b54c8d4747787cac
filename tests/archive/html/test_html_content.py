"""The single HTML file holds the whole report and requests nothing."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.archive.html.html_reader import OTHERS, SLUG, Reader, make, read
from tests.inspection import Inspected
from tests.site_pages import squeezed
from workreport.archive import html

MOST = 1_500_000
"""The most bytes that the file may have."""


def test_html_file_is_small_enough_to_forward(file: Path) -> None:
    assert 100_000 < file.stat().st_size <= MOST


def test_poster_is_embedded_unchanged_in_the_html_file(file: Path, built_site: Path) -> None:
    (picture,) = [values for name, values in read(file).tags if name == "img"]
    kind, _, data = picture["src"].partition(",")
    assert kind == "data:image/png;base64"
    assert base64.b64decode(data) == (built_site / SLUG / "picture" / "poster.png").read_bytes()
    assert (picture["width"], picture["height"]) == ("1080", "1440")


def test_html_file_of_a_site_without_pictures_has_no_image(built_site: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(built_site, site, ignore=shutil.ignore_patterns("archive", "*.png"))
    tags = read(make(site, tmp_path / "made")).tags
    assert [name for name, _ in tags if name == "img"] == []


def test_text_of_the_html_file_is_the_source_with_its_repairs(file: Path, report: Inspected) -> None:
    """Each character occurs once, as the parser of the standard library reads the file."""
    found = read(file)
    assert squeezed(found.marked) == squeezed(report.repaired())


def test_plain_texts_are_in_the_html_file_with_their_digests(file: Path, report: Inspected, built_site: Path) -> None:
    page = file.read_text(encoding="utf-8")
    plain = {name: text.removeprefix("\n") for name, text in read(file).plain.items()}
    assert plain["source"] == report.text
    assert squeezed(plain["body"]) == squeezed(report.repaired())
    assert plain["body"] == (built_site / SLUG / "download" / "text.txt").read_bytes().decode()
    for text in plain.values():
        assert hashlib.sha256(text.encode()).hexdigest() in page
    assert report.facts["source"]["sha256"] in page


@pytest.mark.parametrize(
    "text", ["a<b>&amp;\n</pre></script>-->", "\r\n\n第二行\r", "\n先空一行", "&#13;{{ x }}$x${y}"]
)
def test_text_escaped_for_pre_is_parsed_back_unchanged(text: str) -> None:
    reader = Reader()
    reader.feed(f'<pre id="x">{html._pre(text)}</pre>')
    reader.close()
    assert reader.plain["x"].removeprefix("\n") == text


def test_every_link_in_the_html_file_resolves_within_it(file: Path) -> None:
    tags = read(file).tags
    ids = Counter(values["id"] for _, values in tags if "id" in values)
    assert [name for name, count in ids.items() if count > 1] == []
    links = [values["href"] for tag, values in tags if tag == "a" and "href" in values]
    assert len(links) > 1000
    assert [link for link in links if not link.startswith("#") or unquote(link[1:]) not in ids] == []
    for tag, values in tags:
        for name in ("aria-labelledby", "aria-controls", "for"):
            if name in values and not (tag == "a" and name == "aria-controls"):
                assert values[name] in ids, (tag, values)


def test_no_element_of_the_html_file_loads_another_file(file: Path) -> None:
    found = read(file)
    for tag, values in found.tags:
        fetching = [k for k in values if k in ("src", "srcset", "data", "poster", "action", "formaction", "background")]
        inside = tag == "img" and values["src"].startswith("data:image/png;base64,")
        assert fetching == (["src"] if inside else []), (tag, {k: v[:100] for k, v in values.items()})
        if tag == "link":
            assert values == {"rel": "icon", "href": "data:,"}
    styles = "".join(text for tag, text in found.inline if tag == "style")
    assert not re.search(r"@import|url\(", styles)
    assert "http-equiv" not in "".join(
        k for t, v in found.tags if t == "meta" and v.get("http-equiv") == "refresh" for k in v
    )


def test_content_security_policy_allows_only_the_inline_scripts_and_styles(file: Path) -> None:
    found = read(file)
    (policy,) = [v["content"] for t, v in found.tags if v.get("http-equiv") == "Content-Security-Policy"]
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split(";")}
    assert rules["default-src"] == ["'none'"]
    assert "unsafe" not in policy
    assert set(rules) == {"default-src", "script-src", "style-src", "img-src", "form-action", "base-uri"}
    for rule, tag in (("script-src", "script"), ("style-src", "style")):
        sums = {
            f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
            for t, text in found.inline
            if t == tag
        }
        assert set(rules[rule]) == sums
    assert [values for _, values in found.tags if "style" in values or any(k.startswith("on") for k in values)] == []


def test_html_file_names_the_other_archive_files_and_not_its_own_digest(file: Path) -> None:
    page = file.read_text(encoding="utf-8")
    assert all(one.name in page and one.title in page for one in OTHERS)
    assert "SHA256SUMS" in page
    assert hashlib.sha256(file.read_bytes()).hexdigest() not in page


def test_html_file_is_reproducible(file: Path, built_site: Path, tmp_path: Path) -> None:
    assert make(built_site, tmp_path / "again").read_bytes() == file.read_bytes()


def test_build_writes_the_same_html_file(file: Path, built_project: Path) -> None:
    """A build writes the same bytes as `make`, except for the list of other files."""
    built = (built_project / "archive" / f"{SLUG}.html").read_text(encoding="utf-8")
    beside = re.compile(r'<dl class="source beside">.*?</dl>')
    assert beside.sub("", built) == beside.sub("", file.read_text(encoding="utf-8"))


def test_missing_page_or_page_with_other_markup_is_refused(built_site: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(built_site, site, ignore=shutil.ignore_patterns("archive"))
    page = site / SLUG / "1" / "3" / "index.html"
    whole = page.read_text(encoding="utf-8")
    page.write_text(re.sub(r'<div class="text">', '<div class="other">', whole), encoding="utf-8")
    with pytest.raises(html.OneFileError, match="1/3"):
        make(site, tmp_path / "a")
    page.unlink()
    with pytest.raises(FileNotFoundError):
        make(site, tmp_path / "b")


@pytest.mark.long
def test_markup_of_a_hostile_report_stays_text_in_the_html_file(hostile: tuple[Path, Inspected]) -> None:
    file, report = hostile
    found = read(file)
    assert squeezed(found.marked) == squeezed(report.repaired())
    assert found.plain["source"].removeprefix("\n") == report.text
    assert "\r\n" in report.text
    assert "</script>" in report.text
    assert not [values for tag, values in found.tags if tag in ("iframe", "img", "object", "embed")]
    links = [values["href"] for tag, values in found.tags if tag == "a" and "href" in values]
    assert [link for link in links if not link.startswith("#")] == []
    assert "拱墅" not in file.read_text(encoding="utf-8"), "the file holds one report only"


def test_ways_to_the_measures_of_a_collection_leave_no_word_behind(years_site: Path, tmp_path: Path) -> None:
    assert 'class="across">各地</a>' in (years_site / "qinghe-2026" / "index.html").read_text(encoding="utf-8")
    page = make(years_site, tmp_path, "qinghe-2026").read_text(encoding="utf-8")
    assert "各地" not in page
    assert "2024年 128亿元，增长 5.5%" in page
