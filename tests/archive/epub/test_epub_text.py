"""The container of an EPUB is correct, and its text is the source with the listed repairs."""

from __future__ import annotations

import posixpath
import zipfile
from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.archive.epub.epub_reader import BOOKS, DAY, GLOSSED, TEMPLATES, Opened, X, book_of, reading_of
from tests.browser.test_page_text import assert_same
from tests.conftest import ROOT
from tests.inspection import Inspected
from workreport.analysis.links import publish
from workreport.archive import epub, epub_pages
from workreport.model import Reading, Source
from workreport.project.settings import Settings
from workreport.website.pages.escape import FORBIDDEN


def expected(reading: Reading) -> str:
    """The source with the listed repairs, without white space, and with U+FFFD for characters that XML forbids."""
    repairs = [asdict(repair) for repair in reading.repairs]
    repaired = Inspected(reading.source.text, {"repairs": repairs}).repaired()
    return FORBIDDEN.sub("\ufffd", "".join(repaired.split()))


def test_mimetype_is_the_first_file_and_not_compressed(made: Opened) -> None:
    first = made.zip.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert made.data[30:58] == b"mimetypeapplication/epub+zip"
    assert made.zip.testzip() is None


def test_manifest_of_the_epub_lists_every_file_once(all_books: dict[str, tuple[Reading, Opened]]) -> None:
    for _, opened in all_books.values():
        folder = posixpath.dirname(opened.root)
        listed = Counter(f"{folder}/{item['href']}" for item in opened.items.values())
        packed = set(opened.zip.namelist()) - {"mimetype", "META-INF/container.xml", opened.root}
        assert listed == Counter(packed)
        for item in opened.items.values():
            drawn = item["href"].endswith(".xhtml") and "<svg" in opened.read(item["href"])
            assert ("svg" in item.get("properties", "")) == drawn


def test_cover_is_in_the_manifest_of_the_epub(gongshu: Reading) -> None:
    published = publish((gongshu,), "")
    files = epub_pages.pages(gongshu, published, Settings(), TEMPLATES, moment=DAY, cover="cover.png")
    opened = Opened(epub.packed(files, DAY, ("cover.png", b"\x89PNG")))
    (item,) = [item for item in opened.items.values() if item.get("properties") == "cover-image"]
    assert (item["href"], item["media-type"]) == ("cover.png", "image/png")
    assert opened.zip.read("EPUB/cover.png") == b"\x89PNG"


@pytest.mark.parametrize("name", BOOKS)
def test_text_of_the_epub_is_the_source_with_the_listed_repairs(
    all_books: dict[str, tuple[Reading, Opened]], name: str
) -> None:
    reading, opened = all_books[name]
    assert_same(opened.words(), expected(reading))
    assert opened.read("source.txt") == reading.source.text
    assert opened.read("text.txt") == reading.text.body


def test_source_txt_in_the_epub_is_the_source_file_unchanged(made: Opened) -> None:
    assert made.read("source.txt").encode() == (ROOT / "reports" / "gongshu-2024" / "source.md").read_bytes()


@pytest.mark.parametrize("name", BOOKS)
def test_every_sentence_has_its_ids_in_the_epub(all_books: dict[str, tuple[Reading, Opened]], name: str) -> None:
    reading, opened = all_books[name]
    standing = {e.attrib["id"]: e for page in opened.pages.values() for e in page.iter() if "id" in e.attrib}
    for sentence in reading.outline.sentences():
        shown = "".join(
            "".join(e.itertext()) for e in standing[sentence.id].iter() if "data-text" in e.attrib
        )  # fmt: skip
        assert "".join(shown.split()) == "".join(FORBIDDEN.sub("\ufffd", sentence.text).split())
        assert all(old in standing for old in (*sentence.aliases, *sentence.gone))


def test_elements_with_report_text_never_nest_in_the_epub(all_books: dict[str, tuple[Reading, Opened]]) -> None:
    for _, opened in all_books.values():
        for page in opened.pages.values():
            for element in page.iter():
                if "data-text" in element.attrib:
                    assert not any("data-text" in e.attrib for e in element.iter() if e is not element)


def test_character_forbidden_in_xml_is_replaced_and_mentioned_in_the_epub(tmp_path: Path) -> None:
    reading = reading_of(GLOSSED.replace("教育。", "教\x1b\v育\f\x7f。\ufffe"), tmp_path)
    opened = book_of(reading)
    marked = len(FORBIDDEN.findall("".join(reading.text.body.split())))
    assert_same(opened.words(), expected(reading))
    assert opened.words().count("\ufffd") == marked
    assert opened.read("text.txt") == reading.text.body
    assert (f"原文有 {marked} 个电子书格式不能容纳的控制字符" in opened.read("colophon.xhtml")) == (marked > 0)
    assert marked == 3


@pytest.mark.long
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_title_gives_well_formed_xml_in_the_epub(glossed: Reading, words: str) -> None:
    """Whatever the title and the place, the package document and every page are well-formed XML."""
    meta = replace(glossed.meta, title=f"{words}报告", place=words, speaker=words)
    opened = book_of(replace(glossed, meta=meta), site=Settings(publisher=words, licence=words, contact=words))
    assert len(opened.pages) > 5
    assert opened.told("dc:title")[0].strip()


def test_markup_in_a_report_is_escaped_in_the_epub(all_books: dict[str, tuple[Reading, Opened]]) -> None:
    _, opened = all_books["hostile"]
    for name, page in opened.pages.items():
        tags = {element.tag.removeprefix(X) for element in page.iter()}
        assert not tags & {"script", "img", "iframe", "style", "object", "form"}, name
        for element in page.iter():
            assert not any(key.lower().startswith("on") for key in element.attrib), name
            assert "javascript:" not in element.get("href", ""), name
    assert "<script>window.pwned='attribute'</script>" in opened.words()
    assert "{{7*7}}市" in opened.words()


def test_repeated_passage_is_folded_and_lost_text_is_mentioned_in_the_epub(made: Opened, gongshu: Reading) -> None:
    page = made.pages["section-1-6.xhtml"]
    (copy,) = page.iter(f"{X}details")
    said = "".join("".join(e.itertext()) for e in copy.iter() if "data-text" in e.attrib)
    (repeated,) = gongshu.repetitions
    assert "".join(said.split()) == "".join(gongshu.text.body[repeated.start : repeated.end].split())
    assert "〔此处原文缺失〕" in "".join(page.itertext())
    assert "来源文件不完整" in "".join(made.pages["front.xhtml"].itertext())


def test_report_with_only_a_title_gives_an_epub(tmp_path: Path) -> None:
    reading = reading_of("政府工作报告\n", tmp_path)
    opened = book_of(replace(reading, source=Source("source.txt", reading.source.text, reading.source.sha256, "utf-8", "txt")))  # fmt: skip
    assert opened.words() == "政府工作报告"
    assert "indicators.xhtml" not in opened.pages
