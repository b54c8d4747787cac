"""The PDF meets PDF/A-2a and PDF/UA-1: glyph widths, tags, bookmarks, links, metadata."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import DictionaryObject

from tests.archive.pdf.pdf_reader import TEMPLATES, Printed, bare, faults_of, set_in
from tests.conftest import ROOT
from workreport.archive import pdf, typesetting
from workreport.model import Reading
from workreport.project import fonts
from workreport.project.settings import Settings
from workreport.website.pages import report_of


def test_pdf_meets_pdf_a_2a_and_pdf_ua_1(printed: Printed) -> None:
    assert faults_of(printed.data) == []


def test_wrong_glyph_widths_are_not_left_out_of_the_faults(printed: Printed) -> None:
    """`faults_of` leaves out faults about correct widths only: a wrong table of widths is reported."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(printed.data))
    fonts_there = [
        x for x in writer._objects if isinstance(x, DictionaryObject) and x.get("/Subtype") == "/CIDFontType0"
    ]
    assert fonts_there
    for font in fonts_there:
        font[pypdf.generic.NameObject("/DW")] = pypdf.generic.NumberObject(321)
        del font[pypdf.generic.NameObject("/W")]
        font[pypdf.generic.NameObject("/W")] = pypdf.generic.ArrayObject()
    out = io.BytesIO()
    writer.write(out)
    assert any("WIDTH" in fault for fault in faults_of(out.getvalue()))


def test_stream_data_ending_with_cr_are_followed_by_cr(
    gongshu: Reading, found: fonts.FoundFonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stream data that end with a carriage return get another one as their end of line, and the length stays."""
    typeset = b"%PDF-1.7\n1 0 obj\n<</Length 2>>\nstream\nA\r\nendstream\nendobj"
    monkeypatch.setattr(typesetting, "document", lambda *_, **__: typeset)
    made = pdf.pdf(gongshu, Settings(), found, TEMPLATES, date(2024, 2, 21))
    assert len(made) == len(typeset)
    assert made == typeset.replace(b"A\r\nendstream", b"A\r\rendstream")


def tags(data: bytes) -> Iterator[DictionaryObject]:
    """Every element of the structure tree, in any order."""
    root = pypdf.PdfReader(io.BytesIO(data)).trailer["/Root"]["/StructTreeRoot"]  # type: ignore[index]
    waiting = [root]
    while waiting:
        one = waiting.pop().get_object()
        if not isinstance(one, DictionaryObject):
            continue
        if "/S" in one:
            yield one
        kids = one.get("/K", [])
        kids = kids.get_object() if hasattr(kids, "get_object") else kids
        waiting += kids if isinstance(kids, list) else [kids]


def test_structure_tree_of_the_pdf_has_the_expected_tags(gongshu: Reading, printed: Printed) -> None:
    root = pypdf.PdfReader(io.BytesIO(printed.data)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert root["/Lang"] == "zh-CN"  # type: ignore[index]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]
    elements = list(tags(printed.data))
    kinds = Counter(str(one["/S"]).lstrip("/") for one in elements)
    sections = list(gongshu.outline.walk())
    assert kinds["H3"] == sum(s.heading is not None and s.level == 2 for s in sections) == 8
    assert kinds["Note"] == sum(not r.quiet for r in report_of(gongshu).passages.remarks)
    assert kinds["TOC"]
    assert kinds["TOCI"] > len(sections)
    assert kinds["Table"] == 6  # repairs, layout, doubts, indicators, derived, colophon
    heads = [one for one in elements if one["/S"] == "/TH"]
    assert heads
    assert all(scope(one) == "/Column" for one in heads)
    assert {"THead", "TBody", "TR", "TD", "Link", "P"} <= set(kinds)


def scope(cell: DictionaryObject) -> str:
    """The attribute /Scope of a table header cell."""
    told = cell["/A"]
    rows = told if isinstance(told, list) else [told]
    return next(str(a.get_object()["/Scope"]) for a in rows if "/Scope" in a.get_object())


def test_bookmarks_of_the_pdf_are_the_headings(gongshu: Reading, printed: Printed) -> None:
    told = [(level, bare(title)) for level, title, _ in printed.bookmarks]
    depth = {1: 1, 2: 2}
    wanted = [(depth[s.level], bare(s.heading.text)) for s in gongshu.outline.walk() if s.heading]
    assert [row for row in told if row in wanted] == wanted
    assert [title for level, title in told if level == 0] == ["目录", "政府工作报告", "原文说明", "全部指标", "版本说明"]
    pages = [k for _, _, k in printed.bookmarks]
    assert pages == sorted(pages)


def test_indicator_row_of_the_pdf_links_to_its_sentence(
    gongshu: Reading, printed: Printed, found: fonts.FoundFonts
) -> None:
    reader = pypdf.PdfReader(io.BytesIO(printed.data))
    first = printed.page_of("全部指标")
    rows = [row for group in pdf.values(gongshu, Settings(), found)["groups"] for row in group["rows"]]  # type: ignore[attr-defined]
    places = []
    for k in range(first, printed.page_of("版本说明")):
        links = [a.get_object() for a in reader.pages[k].get("/Annots", []) if a.get_object()["/Subtype"] == "/Link"]
        links.sort(key=lambda a: -a["/Rect"][1])
        places += [target(reader, link) for link in links]
    assert len(places) == len(rows) == len(gongshu.indicators)
    for row, (to, height) in zip(rows, places, strict=True):
        text = bare(gongshu.sentences[row["at"]].text)[:6]
        letters = [x for k in (to, to + 1) for x in printed.letters(k) if x.colour == (0, 0, 0)]
        letters = [x for x in letters if not x.character.isspace()]
        shown = "".join(x.character for x in letters)
        starts = [letters[found.start()].bottom for found in re.finditer(re.escape(text), shown)]
        assert any(abs(start - height) < 30 for start in starts), (row, starts, height)


def target(reader: pypdf.PdfReader, link: DictionaryObject) -> tuple[int, float]:
    """The target of a link: the page (from 0), and the height in points above the lower edge."""
    named = link["/A"]["/D"] if "/A" in link else link["/Dest"]  # type: ignore[index]
    if isinstance(named, str):
        there = reader.named_destinations[named]
        return reader.get_destination_page_number(there), float(there["/Top"])
    numbers = {one.indirect_reference.idnum: k for k, one in enumerate(reader.pages)}  # type: ignore[union-attr]
    return numbers[named[0].idnum if hasattr(named[0], "idnum") else named.raw_get(0).idnum], float(named[3])


def test_pdf_metadata_and_colophon_name_report_and_publisher(
    gongshu: Reading, printed: Printed, found: fonts.FoundFonts
) -> None:
    reader = pypdf.PdfReader(io.BytesIO(printed.data))
    assert reader.metadata is not None
    assert reader.metadata.title == "杭州市拱墅区2024年政府工作报告"
    assert reader.metadata.author == "区长冯晶"
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == gongshu.meta.date
    last = printed.page_text(len(printed.open) - 1)
    assert gongshu.source.sha256 in last
    assert "source.md" in last
    assert "SHA256SUMS" in last
    assert hashlib.sha256(printed.data).hexdigest() not in last
    published = set_in(gongshu, found, Settings(publisher="某某区人民政府办公室", licence="转载请注明出处"))
    again = pypdf.PdfReader(io.BytesIO(published.data))
    assert again.metadata is not None
    assert again.metadata.author == "某某区人民政府办公室"
    assert "转载请注明出处" in published.page_text(len(published.open) - 1)


MADE_ELSEWHERE = """
import hashlib, sys
from datetime import date
from pathlib import Path
root = Path(sys.argv[1])
sys.path.insert(0, str(root))
from workreport.project import fonts
from workreport.build import report_folder, report_reader
from workreport.archive import pdf
from workreport.project.settings import Settings
folder = root / "reports" / "gongshu-2024"
path = report_folder.source_file(folder)
known = report_reader.load_vocabularies(root / "vocabulary")
reading = report_reader.read_report(path, folder.name, known, folder, f"reports/{folder.name}/{path.name}").reading
made = pdf.pdf(reading, Settings(), fonts.find(), root / "templates", reading.meta.date or date(2000, 1, 1))
print(hashlib.sha256(made).hexdigest())
"""
"""Prints the SHA-256 of the committed report's PDF; argv[1] is the repository."""


@pytest.mark.long
def test_pdf_is_reproducible(printed: Printed, tmp_path: Path) -> None:
    elsewhere = {**os.environ, "TZ": "Pacific/Apia", "PYTHONHASHSEED": "7", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1"}
    made = subprocess.run(
        [sys.executable, "-c", MADE_ELSEWHERE, str(ROOT)],
        cwd=tmp_path,
        env=elsewhere,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert made.stdout.strip() == hashlib.sha256(printed.data).hexdigest()
