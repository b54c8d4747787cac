"""Links, table of contents and metadata of an EPUB are complete and correct."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.archive.epub.epub_reader import BOOKS, KIND, Opened, X, book_of, kinds, links, reading_of
from workreport.model import Reading, Section
from workreport.website.pages.escape import FORBIDDEN
from workreport.website.pages.remarks import remarks


@pytest.mark.parametrize("name", BOOKS)
def test_ids_in_the_epub_are_unique_and_links_resolve(all_books: dict[str, tuple[Reading, Opened]], name: str) -> None:
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
def test_every_footnote_in_the_epub_is_linked_both_ways(
    all_books: dict[str, tuple[Reading, Opened]], name: str
) -> None:
    reading, opened = all_books[name]
    notes = 0
    for file, page in opened.pages.items():
        refs = {e.attrib["id"]: e for e in page.iter(f"{X}a") if "noteref" in kinds(e)}
        asides = {e.attrib["id"]: e for e in page.iter(f"{X}aside")}
        assert {e.attrib["href"].removeprefix("#") for e in refs.values()} == set(asides), file
        back: list[str] = []
        for note, aside in asides.items():
            assert (kinds(aside), aside.get("role")) == (["footnote"], "doc-footnote")
            back_links = [
                e.attrib["href"].removeprefix("#") for e in aside.iter(f"{X}a") if e.get("role") == "doc-backlink"
            ]
            assert [refs[way].attrib["href"] for way in back_links] == [f"#{note}"] * len(back_links)
            back += back_links
        assert sorted(back) == sorted(refs)
        assert all(e.get("role") == "doc-noteref" for e in refs.values())
        notes += len(asides)
    assert notes == len(set(wanted(reading, opened)))


def wanted(reading: Reading, opened: Opened) -> Iterator[tuple[str, str]]:
    """File and anchor of each expected footnote.

    There is one for each remark that is not quiet and for each explanation of a term that occurs in the file's text.
    """
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


def test_explained_word_links_to_its_explanation_in_the_epub(all_books: dict[str, tuple[Reading, Opened]]) -> None:
    _, opened = all_books["glossed"]
    page = opened.pages["section-1-1.xhtml"]
    refs = [e for e in page.iter(f"{X}a") if "noteref" in kinds(e) and "青苗计划" in "".join(e.itertext())]
    assert len(refs) == 2
    (aside,) = [e for e in page.iter(f"{X}aside") if f"#{e.attrib['id']}" == refs[0].attrib["href"]]
    assert "培养青年教师 <b>“十年”</b> & 更久。" in "".join(aside.itertext())
    assert [e.attrib["href"] for e in aside.iter(f"{X}a")] == [f"#{e.attrib['id']}" for e in refs]


@pytest.mark.parametrize("name", BOOKS)
def test_every_indicator_has_a_row_in_the_epub_that_the_text_links_to(
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


def steps(listed: ET.Element) -> list[object]:
    """A list of the table of contents: for each line its label, href and the lines nested below it."""
    found: list[object] = []
    for item in listed.findall(f"{X}li"):
        (link,) = item.findall(f"{X}a")
        below = item.find(f"{X}ol")
        found.append(("".join(link.itertext()), link.attrib["href"], [] if below is None else steps(below)))
    return found


@pytest.mark.parametrize("name", BOOKS)
def test_table_of_contents_of_the_epub_is_the_outline(all_books: dict[str, tuple[Reading, Opened]], name: str) -> None:
    reading, opened = all_books[name]

    def step(section: Section) -> object:
        file = f"section-{reading.page_of[section.id].replace('/', '-')}.xhtml"
        label = " ".join(f"{section.number}{section.title}".split()) or "正文"
        return label, f"{file}#{section.anchor}", [step(child) for child in section.children]

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


def test_page_list_of_the_epub_names_the_pages_of_the_source_file(all_books: dict[str, tuple[Reading, Opened]]) -> None:
    reading, opened = all_books["paged"]
    pages = [str(page) for page in dict.fromkeys(place.page for place in reading.source.places)]
    assert len(pages) > 1
    navs = {e.attrib[KIND]: e for e in opened.pages["nav.xhtml"].iter(f"{X}nav")}
    assert ["".join(e.itertext()) for e in navs["page-list"].iter(f"{X}a")] == pages
    breaks = [e for page in opened.pages.values() for e in page.iter() if kinds(e) == ["pagebreak"]]
    assert [e.attrib["title"] for e in breaks] == pages
    assert "pageBreakMarkers" in opened.told("schema:accessibilityFeature")
    # The mark of page 2 is where page 2 of the source file begins.
    begins = next(place.start for place in reading.source.places if place.page == 2)
    before = "".join(FORBIDDEN.sub("\ufffd", reading.text.body[: reading.text.from_source(begins)]).split())
    words = ""
    for page in opened.pages.values():
        for element in page.iter():
            if "data-text" in element.attrib:
                words += "".join("".join(element.itertext()).split())
            elif element.get("id") == "page-2":
                assert words == before


def test_epub_of_a_source_without_pages_has_no_page_list(made: Opened) -> None:
    assert "page-list" not in made.read("nav.xhtml")
    assert "pageBreakMarkers" not in made.told("schema:accessibilityFeature")


def test_metadata_of_the_epub_is_that_of_the_report(made: Opened, gongshu: Reading) -> None:
    assert made.told("dc:title") == ["杭州市拱墅区2024年政府工作报告"]
    assert made.told("dc:language") == ["zh-Hans"]
    assert made.told("dc:creator") == ["杭州市拱墅区人民政府"]
    assert made.told("dc:contributor") == ["冯晶"]
    assert made.told("dc:date") == ["2024-02-21"]
    assert made.told("dcterms:modified") == ["2024-02-21T00:00:00Z"]
    assert made.told("dc:rights") == made.told("dc:publisher") == []
    assert made.told("dc:source") == [f"source.md，SHA-256 {gongshu.source.sha256}"]
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", made.told("dc:identifier")[0])  # fmt: skip


def test_identifier_of_the_epub_depends_on_the_source_and_not_on_the_date(made: Opened, gongshu: Reading) -> None:
    other = replace(gongshu, source=replace(gongshu.source, sha256=hashlib.sha256(b"").hexdigest()))
    assert book_of(other).told("dc:identifier") != made.told("dc:identifier")
    later = book_of(gongshu, moment=date(2025, 1, 1))
    assert later.told("dc:identifier") == made.told("dc:identifier")
    assert later.told("dcterms:modified") == ["2025-01-01T00:00:00Z"]


def test_accessibility_metadata_of_the_epub_claims_no_conformance(all_books: dict[str, tuple[Reading, Opened]]) -> None:
    for reading, opened in all_books.values():
        drawn = any("<svg" in opened.read(name) for name in opened.pages)
        assert ("visual" in opened.told("schema:accessMode")) == drawn
        assert opened.told("schema:accessModeSufficient") == ["textual"]
        assert opened.told("schema:accessibilityHazard") == ["none"]
        assert len(opened.told("schema:accessibilitySummary")) == 1
        features = opened.told("schema:accessibilityFeature")
        assert {"tableOfContents", "structuralNavigation", "readingOrder", "unlocked"} <= set(features)
        assert ("index" in features) == bool(reading.terms)
        # Conformance may be claimed only after a person has examined the EPUB.
        assert opened.told("dcterms:conformsTo") == []
        for page in opened.pages.values():
            assert page.get("lang") == page.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans"


def test_epub_names_publisher_licence_and_other_reports(all_books: dict[str, tuple[Reading, Opened]]) -> None:
    reading, opened = all_books["glossed"]
    assert opened.told("dc:publisher") == ["<b>某县</b>&人民政府"]
    assert opened.told("dc:rights") == ["转载请注明“出处”"]
    (other,) = [target for file, _, target, _ in links(opened) if file == "colophon.xhtml" and "://" in target]
    assert other == "https://www.example.gov.cn/a/qingshan-2025/"
    _, silent = all_books["hostile"]
    assert reading.meta.name in "".join(silent.pages["colophon.xhtml"].itertext())
    assert not [target for _, _, target, _ in links(silent) if "://" in target]


def test_author_of_a_national_report_is_the_state_council_in_the_epub(glossed: Reading) -> None:
    assert book_of(replace(glossed, meta=replace(glossed.meta, place="国务院"))).told("dc:creator") == ["国务院"]
    assert book_of(replace(glossed, meta=replace(glossed.meta, place=""))).told("dc:creator") == []


def test_style_of_the_epub_sets_no_colour_and_no_writing_direction(made: Opened) -> None:
    """A reading program's dark mode and vertical text work only without colours and left/right margins of our own."""
    style = re.sub(r"/\*.*?\*/", "", made.read("book.css"), flags=re.DOTALL)
    assert re.findall(r"(?<![-\w])(?:color|background(?:-color)?):(?!\s*inherit)[^;}]+", style) == []
    assert (
        re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|(?:margin|padding|border)-(?:left|right)|@import|url\(", style) == []
    )
    assert "line-break: strict" in style
    assert "text-indent: 2em" in style


def test_front_of_the_epub_leads_to_the_change_of_the_year_and_to_falls_that_it_does_not_name(tmp_path: Path) -> None:
    names = ["盗窃", "抢夺", "诈骗", "火灾", "溺水", "醉驾", "飙车", "扰民", "拆迁", "交通"]
    falls = "".join(f"{name}案件数下降{k}%。" for k, name in enumerate(names, 3))
    opened = book_of(
        reading_of(
            "青禾县政府工作报告\n2026年2月21日在青禾县第九届人民代表大会第三次会议上\n县长 李四\n\n一、2025年工作回顾\n\n"
            f"2025年地区生产总值120亿元，五年年均增长7%。去年地区生产总值同比增长6%。{falls}\n\n二、2026年工作安排\n\n我们要继续努力。\n",
            tmp_path,
        )
    )
    front = next(page for name, page in opened.pages.items() if any("下降" in (a.text or "") for a in page.iter(f"{X}a")))
    told = {"".join(a.itertext()): a.attrib["href"] for a in front.iter(f"{X}a")}
    assert told["另有 2 项下降"] == "indicators.xhtml#table"
    assert any(e.get("id") == "table" for e in opened.pages["indicators.xhtml"].iter())
    year = next(words for words in told if words.startswith("2025年 "))
    assert year == "2025年 同比增长 6%"
    words = "".join(front.itertext())
    assert words.index(year) < words.index("年均 +7%")
