"""The PDF has the page layout and the fonts of an official document."""

from __future__ import annotations

import ctypes
import io
import re

import pypdf
import pypdfium2.raw as raw
import pytest
from pypdf.generic import DictionaryObject

from tests.archive.pdf.pdf_reader import MM, Letter, Printed, bare, faults_of, mended, set_in
from workreport.archive import glyphs, pdf, typesetting
from workreport.model import Reading
from workreport.project import fonts

NEVER_FIRST = "，。、；：？！”’）》〉】〕〗」』…%％"
"""Punctuation that must not begin a line (GB/T 15834-2011, 5.1)."""


def lines(printed: Printed, k: int) -> list[list[Letter]]:
    """The lines of black 16 point text on page `k` (from 0), from the top."""
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
            assert line[-1].right < (210 - outer) * MM + 9  # the empty half of a punctuation mark may be in the margin


def test_page_numbers_are_at_the_outer_corner_of_the_foot(printed: Printed) -> None:
    for k in range(len(printed.open)):
        foot = [x for x in printed.letters(k) if x.bottom < 30 * MM and abs(x.size - 14) < 0.1]
        assert "".join(x.character for x in foot).replace(" ", "") == f"—{k + 1}—"
        middle = sum(x.left for x in foot) / len(foot)
        assert middle > 140 * MM if k % 2 == 0 else middle < 70 * MM


def test_headings_are_in_hei_and_kai(printed: Printed, found: fonts.FoundFonts) -> None:
    faces = {"一、2023年工作回顾": "NotoSansSC", "（一）亚运盛会精彩纷呈。": "LXGWWenKai"}
    if "kai" not in found.roles:
        faces["（一）亚运盛会精彩纷呈。"] = "NotoSerifSC"
    for heading, face in faces.items():
        k = next(page for _, title, page in printed.bookmarks if title == heading)
        assert face in face_of(printed, k, heading)


def face_of(printed: Printed, k: int, beginning: str) -> str:
    """The name of the font in which this text begins on page `k` (from 0)."""
    text = printed.open[k].get_textpage()
    shown = "".join(chr(raw.FPDFText_GetUnicode(text, i)) for i in range(raw.FPDFText_CountChars(text)))
    at = next(i for i, c in enumerate(shown) if not c.isspace() and bare(shown[i : i + 40]).startswith(beginning))
    name, flags = ctypes.create_string_buffer(200), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, at, name, 200, flags)
    return name.value.decode()


def test_missing_font_kai_is_replaced_by_song_and_mentioned(gongshu: Reading, found: fonts.FoundFonts) -> None:
    kept = tuple((face, path) for face, path in found.faces if face.role != "kai")
    made = set_in(gongshu, fonts.FoundFonts(kept, (fonts.KAI,)))
    assert made.black == mended(gongshu)
    assert "fonts-lxgw-wenkai" in made.page_text(len(made.open) - 1)
    k = next(page for _, title, page in made.bookmarks if title.startswith("（一）"))
    assert "NotoSerifSC" in face_of(made, k, "（一）亚运")
    assert faults_of(made.data) == []


def test_pdf_without_needed_fonts_is_an_error_with_the_installing_command(gongshu: Reading) -> None:
    with pytest.raises(typesetting.TypesetError, match="pip install pylopdf-fonts-zh-cn"):
        set_in(gongshu, fonts.find([]))


def test_pdf_of_a_too_long_text_is_refused(
    gongshu: Reading, found: fonts.FoundFonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "LONGEST_TEXT", 6000)
    with pytest.raises(typesetting.TypesetError, match="不制作 PDF"):
        set_in(gongshu, found)


def test_fonts_are_embedded_in_the_pdf_as_subsets(printed: Printed) -> None:
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
