"""The PDF: its text as two other programs extract it, tags and bookmarks, standards, page layout.

On the pages of the text every black letter is the report's own, once and in order; whatever the editor says there has
another colour. So a reader that knows nothing of this program finds the text by what can be seen.
"""

from __future__ import annotations

import ctypes
import hashlib
import html
import io
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import page as validation
import pypdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.pens.basePen import NullPen
from pypdf.generic import DictionaryObject

from tests.conftest import ROOT
from workreport.archive import glyphs, pdf, typesetting
from workreport.build import report_folder, report_reader
from workreport.website.pages import report_of
from workreport.model import Reading
from workreport.project import fonts
from workreport.project.settings import Settings

TEMPLATES = ROOT / "templates"
MM = 72 / 25.4
NEVER_FIRST = "，。、；：？！”’）》〉】〕〗」』…%％"
"""Punctuation that must not begin a line (GB/T 15834-2011, 5.1)."""
GONGSHU = "gongshu-2024"
REAL = ("province-guangdong-2026", "province-jiangxi-2026", "state-guowuyuan-1954-wikisource", "resolution-npc-2024")


# -- other programs that read PDF -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Letter:
    """A character on a page: colour, size in points, box in points from the lower left corner."""

    character: str
    colour: tuple[int, int, int]
    size: float
    left: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Printed:
    """A PDF as PDFium sees it."""

    data: bytes

    @cached_property
    def open(self) -> pdfium.PdfDocument:
        return pdfium.PdfDocument(self.data)

    @cached_property
    def bookmarks(self) -> list[tuple[int, str, int]]:
        """Depth from 0, title, page from 0."""
        return [(b.level, b.get_title(), b.get_dest().get_index()) for b in self.open.get_toc()]

    def page_of(self, title: str) -> int:
        return next(k for level, told, k in self.bookmarks if level == 0 and told == title)

    @cached_property
    def text_pages(self) -> range:
        """From the second bookmark (the first is the contents) to the editorial notes."""
        starts = [k for level, _, k in self.bookmarks if level == 0]
        return range(starts[1], self.page_of("校勘"))

    @cached_property
    def pages(self) -> list[list[Letter]]:
        return [list(self._read(k)) for k in range(len(self.open))]

    def letters(self, k: int) -> list[Letter]:
        return self.pages[k]

    def _read(self, k: int) -> Iterator[Letter]:
        text = self.open[k].get_textpage()
        r, g, b, a = (ctypes.c_uint() for _ in range(4))
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        high = ""
        for i in range(raw.FPDFText_CountChars(text)):
            hyphen = raw.FPDFText_IsHyphen(text, i) == 1  # at the end of a line PDFium takes it for its own
            if raw.FPDFText_IsGenerated(text, i) and not hyphen:
                continue
            code = ord("-") if hyphen else raw.FPDFText_GetUnicode(text, i)
            if 0xD800 <= code < 0xDC00:
                high = chr(code)
                continue
            character = (high + chr(code)).encode("utf-16-le", "surrogatepass").decode("utf-16-le")
            high = ""
            raw.FPDFText_GetFillColor(text, i, r, g, b, a)
            raw.FPDFText_GetCharBox(text, i, left, right, bottom, top)
            colour = (r.value, g.value, b.value)
            yield Letter(character, colour, raw.FPDFText_GetFontSize(text, i), left.value, right.value, bottom.value)

    @cached_property
    def black(self) -> str:
        """The text: every black letter of its pages, white space apart."""
        found = (x.character for k in self.text_pages for x in self.letters(k) if x.colour == (0, 0, 0))
        return bare("".join(found))

    def page_text(self, k: int) -> str:
        return bare("".join(letter.character for letter in self.letters(k)))


def bare(text: str) -> str:
    return "".join(text.split())


def by_poppler(made: Printed, folder: Path) -> str:
    """The black text as Poppler extracts it with the colour of each run."""
    path = folder / "read.pdf"
    path.write_bytes(made.data)
    pages = made.text_pages
    tool = ["pdftohtml", "-xml", "-i", "-stdout", "-f", str(pages.start + 1), "-l", str(pages.stop), str(path)]
    told = subprocess.run(tool, capture_output=True, check=True, timeout=120).stdout.decode()
    black = set(re.findall(r'<fontspec id="(\d+)"[^>]*color="#000000"', told))
    runs = re.findall(r'<text [^>]*font="(\d+)">(.*?)</text>', told)
    return bare("".join(html.unescape(re.sub("<[^>]*>", "", text)) for font, text in runs if font in black))


def mended(reading: Reading) -> str:
    """The source with the listed repairs, made without the program's own code."""
    parts, at = [], 0
    for r in sorted(reading.repairs, key=lambda r: (r.start, r.end)):
        if r.status == "applied" and r.by != "reading":
            assert reading.source.text[r.start : r.end] == r.before
            parts += [reading.source.text[at : r.start], r.after]
            at = r.end
    return bare("".join([*parts, reading.source.text[at:]]))


# -- fixtures -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def known() -> report_reader.Vocabularies:
    return report_reader.load_vocabularies(ROOT / "vocabulary")


@pytest.fixture(scope="module")
def found() -> fonts.FoundFonts:
    there = fonts.find()
    assert there.enough, "the lock brings Hei and Song"
    return there


@pytest.fixture(scope="module")
def gongshu(known: report_reader.Vocabularies) -> Reading:
    folder = ROOT / "reports" / GONGSHU
    path = report_folder.source_file(folder)
    return report_reader.read_report(path, GONGSHU, known, folder, f"reports/{GONGSHU}/{path.name}").reading


def set_in(reading: Reading, found: fonts.FoundFonts, site: Settings | None = None) -> Printed:
    moment = reading.meta.date or date(2000, 1, 1)
    return Printed(pdf.pdf(reading, site or Settings(), found, TEMPLATES, moment))


@pytest.fixture(scope="module")
def printed(gongshu: Reading, found: fonts.FoundFonts) -> Printed:
    return set_in(gongshu, found)


def invented(text: str, known: report_reader.Vocabularies, folder: Path) -> Reading:
    path = folder / "source.txt"
    path.write_text(text, encoding="utf-8")
    return report_reader.read_report(path, "invented", known).reading


# -- text -----------------------------------------------------------------------------------------------------------


def test_text_is_the_source_with_its_repairs(gongshu: Reading, printed: Printed) -> None:
    assert printed.black == mended(gongshu)


@pytest.mark.skipif(not shutil.which("pdftohtml"), reason="pdftohtml is not here (apt install poppler-utils)")
def test_poppler_extracts_the_same_text(gongshu: Reading, printed: Printed, tmp_path: Path) -> None:
    assert by_poppler(printed, tmp_path) == mended(gongshu)


@pytest.mark.parametrize("name", REAL)
def test_real_reports(name: str, shared: Path, known: report_reader.Vocabularies, found: fonts.FoundFonts, tmp_path: Path) -> None:
    reading = report_reader.read_report(shared / "corpus" / f"{name}.txt", name, known).reading
    made = set_in(reading, found)
    assert made.black == mended(reading)
    if shutil.which("pdftohtml"):
        assert by_poppler(made, tmp_path) == mended(reading)
    assert faults_of(made.data) == []


HOSTILE = r"""某某镇2030年政府工作报告

（2030年1月5日在某某镇第一届人民代表大会第二次会议上）

各位代表：

一、#panic("x")工作回顾

#import "@preview/x:1.0.0" #read("/etc/passwd") *粗* _斜_ $x^2$ `代码` @标签 <标签> // 注 /* 注 */ \u{41} \ ~ -- --- ... ''引'' ""引""。
全年投资增长5%#set text(fill: red)，</text><script>，{{ 七 }}，{% raw %}，[链接](x)，= 标题。
ZW

ZWZW。全年增长6%。

- 列表
+ 列表
= 标题

（一）〔此处原文缺失〕与校1。

零宽ZW处，软SH连字符，方向RLO文字，断VT行，翻FF页，私用PU字，表情😀与👩ZJ🚀，阿拉伯نص，罕字𠮷，部首⼀与一，上标m²，㎡，①⑳㉑。
LONG
"""
UNSEEN = {"ZW": "\u200b", "SH": "\u00ad", "RLO": "\u202e", "PU": "\ue000", "ZJ": "\u200d", "VT": "\v", "FF": "\f"}
"""Characters that are invisible in source code, by the placeholder that stands for them."""


def test_markup_and_odd_characters_are_printed_as_text(known: report_reader.Vocabularies, found: fonts.FoundFonts, tmp_path: Path) -> None:
    text = HOSTILE.replace("LONG", "长" + "x" * 3000 + "。" + "http://" + "a/" * 200)
    for sign, character in UNSEEN.items():
        text = text.replace(sign, character)
    reading = invented(text, known, tmp_path)
    made = set_in(reading, found)
    shown = pdf.GlyphFilter(glyphs.shown(*(path for _, path in found.faces)))
    assert made.black == bare(shown.text(reading.text.body))
    # Only characters without a glyph, invisible ones and right-to-left ones are replaced.
    gone = Counter(bare(reading.text.body)) - Counter(made.black)
    assert set(gone) == set("\u200b\u00ad\u202e\ue000😀👩\u200d🚀نص")
    assert faults_of(made.data) == []
    notes = "".join(made.page_text(k) for k in range(made.page_of("校勘"), len(made.open)))
    for code in ("U+1F600", "U+E000", "U+200B", "U+202E", "U+0646"):
        assert code in notes
    for k in range(len(made.open)):
        assert all(letter.left > 20 and letter.right < 210 * MM - 20 for letter in made.letters(k)), k


def test_text_of_one_line_is_printed(known: report_reader.Vocabularies, found: fonts.FoundFonts, tmp_path: Path) -> None:
    reading = invented("全年招商3个项目，增长5%。\n", known, tmp_path)
    made = set_in(reading, found)
    assert made.black == "全年招商3个项目，增长5%。"
    assert faults_of(made.data) == []


def test_lost_and_repeated_text_is_mentioned(gongshu: Reading, printed: Printed) -> None:
    twice = gongshu.repetitions[0]
    kept = bare(gongshu.text.body[twice.start : twice.end])
    pages = [printed.page_text(k) for k in printed.text_pages]
    text = re.sub("(\u2060?校[0-9]+)+", "", "".join(pages))
    before = bare(gongshu.text.body[: twice.start])[-8:]
    assert f"{before}〔此处原文缺失〕下面一段与（五）产业赛道聚势成群相同" in text
    assert text.count("〔此处原文缺失〕") == 1
    # Printed, not dropped; it may cross a page break.
    assert kept[:12] in text.split("〔此处原文缺失〕")[1]
    assert text.count(kept[-12:]) == 2


def test_every_remark_is_a_footnote_on_its_page(gongshu: Reading, printed: Printed, found: fonts.FoundFonts) -> None:
    remarks = [r for r in report_of(gongshu).passages.remarks if not r.quiet]
    told = pdf.values(gongshu, Settings(), found)["footnotes"]
    assert isinstance(told, list)
    assert sorted(note["says"] for note in told) == sorted(r.says for r in remarks)
    for n, note in enumerate(told, start=1):
        pages = [k for k in printed.text_pages if f"校{n}{note['kind']}" in printed.page_text(k).replace("\u2060", "")]
        assert len(pages) == 1, note


# -- standards ------------------------------------------------------------------------------------------------------

WIDTH = re.compile(r"font object (\d+) 0 has rendered CID (\d+) width .* in its embedded CIDFontType0C program")


def faults_of(data: bytes) -> list[str]:
    """The faults that page-validation reports, without those about widths that fontTools finds correct."""
    told = []
    reader = pypdf.PdfReader(io.BytesIO(data))
    for profile in ("2a", "ua1"):
        for failure in validation.validate_pdf_bytes(data, profile=profile).failures:
            about = WIDTH.match(failure.message) if failure.rule_id.endswith("GLYPH-WIDTH-001") else None
            if not about or unequal_widths(reader, int(about[1])):
                told.append(f"{failure.rule_id}: {failure.message}")
    return told


def unequal_widths(reader: pypdf.PdfReader, number: int) -> list[tuple[int, float, float]]:
    """Glyphs of an embedded CFF font whose width differs from /W or /DW, as CID, stated and real width."""
    whole = reader.get_object(number)
    assert isinstance(whole, DictionaryObject)
    assert whole["/Encoding"] == "/Identity-H"
    font = whole["/DescendantFonts"][0].get_object()  # type: ignore[index]
    told = widths(font)
    program = font["/FontDescriptor"].get_object()["/FontFile3"].get_object().get_data()
    cff = CFFFontSet()
    cff.decompile(io.BytesIO(program), None)
    top = cff[cff.fontNames[0]]
    (a, _, _, d, _, _) = getattr(top, "FontMatrix", [0.001, 0, 0, 0.001, 0, 0])
    assert a == d
    unequal = []
    for cid, name in enumerate(top.charset):
        glyph = top.CharStrings[name]
        glyph.draw(NullPen())
        real = glyph.width * a * 1000
        if abs(real - told.get(cid, font.get("/DW", 1000))) > 1:
            unequal.append((cid, float(told.get(cid, font.get("/DW", 1000))), real))
    return unequal


def widths(font: DictionaryObject) -> dict[int, float]:
    """The table /W of a CID font: either `first [w …]` or `first last w`."""
    told: dict[int, float] = {}
    row = list(font["/W"])  # type: ignore[call-overload]
    while row:
        first, then = int(row[0]), row[1].get_object()
        if isinstance(then, list):
            told |= {first + k: float(w) for k, w in enumerate(then)}
            row = row[2:]
        else:
            told |= dict.fromkeys(range(first, int(then) + 1), float(row[2]))
            row = row[3:]
    return told


def test_pdf_meets_both_standards(printed: Printed) -> None:
    assert faults_of(printed.data) == []


def test_wrong_glyph_width_is_reported(printed: Printed) -> None:
    """The exception above holds only for correct widths: a wrong table of widths is reported."""
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


def test_stream_data_ending_with_a_carriage_return(
    gongshu: Reading, found: fonts.FoundFonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then the end of line behind the data is a carriage return too."""
    pressed = b"%PDF-1.7\n1 0 obj\n<</Length 2>>\nstream\nA\r\nendstream\nendobj"
    monkeypatch.setattr(typesetting, "document", lambda *_, **__: pressed)
    made = pdf.pdf(gongshu, Settings(), found, TEMPLATES, date(2024, 2, 21))
    assert len(made) == len(pressed)
    assert made == pressed.replace(b"A\r\nendstream", b"A\r\rendstream")


# -- tags, bookmarks, links -----------------------------------------------------------------------------------------


def tags(data: bytes) -> Iterator[DictionaryObject]:
    """Every element of the structure tree, in document order."""
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


def test_structure_tree_has_the_expected_tags(gongshu: Reading, printed: Printed) -> None:
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
    told = cell["/A"]
    rows = told if isinstance(told, list) else [told]
    return next(str(a.get_object()["/Scope"]) for a in rows if "/Scope" in a.get_object())


def test_bookmarks_are_the_sections(gongshu: Reading, printed: Printed) -> None:
    told = [(level, bare(title)) for level, title, _ in printed.bookmarks]
    depth = {1: 1, 2: 2}
    wanted = [(depth[s.level], bare(s.heading.text)) for s in gongshu.outline.walk() if s.heading]
    assert [row for row in told if row in wanted] == wanted
    assert [title for level, title in told if level == 0] == ["目录", "政府工作报告", "校勘", "全部指标", "版本说明"]
    pages = [k for _, _, k in printed.bookmarks]
    assert pages == sorted(pages)


def test_table_row_links_to_its_sentence(gongshu: Reading, printed: Printed, found: fonts.FoundFonts) -> None:
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
    """The page (from 0) and the height in points that a link leads to."""
    named = link["/A"]["/D"] if "/A" in link else link["/Dest"]  # type: ignore[index]
    if isinstance(named, str):
        there = reader.named_destinations[named]
        return reader.get_destination_page_number(there), float(there["/Top"])
    numbers = {one.indirect_reference.idnum: k for k, one in enumerate(reader.pages)}  # type: ignore[union-attr]
    return numbers[named[0].idnum if hasattr(named[0], "idnum") else named.raw_get(0).idnum], float(named[3])


def test_document_metadata(gongshu: Reading, printed: Printed, found: fonts.FoundFonts) -> None:
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


# -- page layout ----------------------------------------------------------------------------------------------------


def lines(printed: Printed, k: int) -> list[list[Letter]]:
    """The lines of black 16 point text on a page, from the top."""
    rows: list[list[Letter]] = []
    for letter in printed.letters(k):
        if letter.colour == (0, 0, 0) and abs(letter.size - 16) < 0.1 and not letter.character.isspace():
            if rows and rows[-1][-1].left <= letter.left + 1 and letter.left - rows[-1][-1].left < 60:
                rows[-1].append(letter)
            else:
                rows.append([letter])
    return rows


def test_page_layout_is_that_of_an_official_document(printed: Printed) -> None:
    assert {tuple(round(x / MM) for x in printed.open[k].get_size()) for k in range(len(printed.open))} == {(210, 297)}
    full = max((lines(printed, k) for k in printed.text_pages), key=len)
    assert 20 <= len(full) <= 22
    longest = max((sum(1 if ord(x.character) > 0x2000 else 0.5 for x in line) for line in full), default=0)
    assert 27 <= longest <= 29
    for k in printed.text_pages:
        for line in lines(printed, k):
            assert line[0].character not in NEVER_FIRST, "".join(x.character for x in line)
            inner, outer = (28, 26) if k % 2 == 0 else (26, 28)
            assert line[0].left > inner * MM - 4
            assert line[-1].right < (210 - outer) * MM + 9  # a mark may hang its empty half over the edge


def test_page_numbers_are_at_the_outer_foot(printed: Printed) -> None:
    for k in range(len(printed.open)):
        foot = [x for x in printed.letters(k) if x.bottom < 30 * MM and abs(x.size - 14) < 0.1]
        assert "".join(x.character for x in foot).replace(" ", "") == f"—{k + 1}—"
        middle = sum(x.left for x in foot) / len(foot)
        assert middle > 140 * MM if k % 2 == 0 else middle < 70 * MM


def test_headings_have_their_fonts(printed: Printed, found: fonts.FoundFonts) -> None:
    faces = {"一、2023年工作回顾": "NotoSansSC", "（一）亚运盛会精彩纷呈。": "LXGWWenKai"}
    if "kai" not in found.roles:
        faces["（一）亚运盛会精彩纷呈。"] = "NotoSerifSC"
    for heading, face in faces.items():
        k = next(page for _, title, page in printed.bookmarks if title == heading)
        assert face in face_of(printed, k, heading)


def face_of(printed: Printed, k: int, words_: str) -> str:
    text = printed.open[k].get_textpage()
    shown = "".join(chr(raw.FPDFText_GetUnicode(text, i)) for i in range(raw.FPDFText_CountChars(text)))
    at = next(i for i, c in enumerate(shown) if not c.isspace() and bare(shown[i : i + 40]).startswith(words_))
    name, flags = ctypes.create_string_buffer(200), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, at, name, 200, flags)
    return name.value.decode()


# -- fonts ----------------------------------------------------------------------------------------------------------


def test_missing_kai_is_replaced_by_song_and_mentioned(gongshu: Reading, found: fonts.FoundFonts) -> None:
    kept = tuple((face, path) for face, path in found.faces if face.role != "kai")
    made = set_in(gongshu, fonts.FoundFonts(kept, (fonts.KAI,)))
    assert made.black == mended(gongshu)
    assert "fonts-lxgw-wenkai" in made.page_text(len(made.open) - 1)
    k = next(page for _, title, page in made.bookmarks if title.startswith("（一）"))
    assert "NotoSerifSC" in face_of(made, k, "（一）亚运")
    assert faults_of(made.data) == []


def test_missing_song_is_an_error_with_advice(gongshu: Reading) -> None:
    with pytest.raises(typesetting.TypesetError, match="pip install pylopdf-fonts-zh-cn"):
        set_in(gongshu, fonts.find([]))


def test_too_long_text_is_refused(gongshu: Reading, found: fonts.FoundFonts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "LONGEST_TEXT", 6000)
    with pytest.raises(typesetting.TypesetError, match="不制作 PDF"):
        set_in(gongshu, found)


def test_fonts_are_embedded_as_subsets(printed: Printed) -> None:
    reader = pypdf.PdfReader(io.BytesIO(printed.data))
    names = set()
    for number in range(1, int(reader.trailer["/Size"])):  # type: ignore[arg-type]
        one = reader.get_object(number)
        if isinstance(one, DictionaryObject) and one.get("/Type") == "/FontDescriptor":
            assert "/FontFile2" in one or "/FontFile3" in one
            names.add(str(one["/FontName"]))
    assert names
    assert all(re.match(r"/[A-Z]{6}\+", name) for name in names)
    assert len(printed.data) < 1_500_000


def test_glyphs_are_read_from_the_font_file(found: fonts.FoundFonts) -> None:
    shown = glyphs.shown(*(path for _, path in found.faces))
    assert {ord(c) for c in "政府工作报告，2024 A"} <= shown
    assert not {0xE000, 0x1F600} & shown


# -- reproducibility ------------------------------------------------------------------------------------------------

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
