"""Reads PDFs with PDFium and Poppler, validates them with page-validation, and makes PDFs of small reports."""

from __future__ import annotations

import ctypes
import html
import io
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import page as validation
import pypdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from fontTools.cffLib import CFFFontSet
from fontTools.pens.basePen import NullPen
from pypdf.generic import DictionaryObject

from tests.conftest import ROOT
from workreport.archive import pdf
from workreport.build import report_reader
from workreport.model import Reading
from workreport.project import fonts
from workreport.project.settings import Settings

TEMPLATES = ROOT / "templates"
MM = 72 / 25.4
"""Points per millimetre."""
GONGSHU = "gongshu-2024"


@dataclass(frozen=True)
class Letter:
    """A character on a page: colour (RGB), size in points, box in points from the lower left corner of the page."""

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
        """The page (from 0) of a top-level bookmark."""
        return next(k for level, told, k in self.bookmarks if level == 0 and told == title)

    @cached_property
    def text_pages(self) -> range:
        """The pages (from 0) with the text of the report: from the second top-level bookmark up to the editorial notes."""
        starts = [k for level, _, k in self.bookmarks if level == 0]
        return range(starts[1], self.page_of("原文说明"))

    @cached_property
    def pages(self) -> list[list[Letter]]:
        """The characters of each page."""
        return [list(self._read(k)) for k in range(len(self.open))]

    def letters(self, k: int) -> list[Letter]:
        """The characters of page `k` (from 0)."""
        return self.pages[k]

    def _read(self, k: int) -> Iterator[Letter]:
        text = self.open[k].get_textpage()
        r, g, b, a = (ctypes.c_uint() for _ in range(4))
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        high = ""
        for i in range(raw.FPDFText_CountChars(text)):
            hyphen = raw.FPDFText_IsHyphen(text, i) == 1  # PDFium counts a hyphen at the end of a line as generated
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
        """The text of the report: every black character of `text_pages`, without white space."""
        found = (x.character for k in self.text_pages for x in self.letters(k) if x.colour == (0, 0, 0))
        return bare("".join(found))

    def page_text(self, k: int) -> str:
        """All text of page `k` (from 0), without white space."""
        return bare("".join(letter.character for letter in self.letters(k)))


def bare(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def by_poppler(made: Printed, folder: Path) -> str:
    """The same text as `Printed.black`, extracted by Poppler; `folder` is for temporary files."""
    path = folder / "read.pdf"
    path.write_bytes(made.data)
    pages = made.text_pages
    tool = ["pdftohtml", "-xml", "-i", "-stdout", "-f", str(pages.start + 1), "-l", str(pages.stop), str(path)]
    told = subprocess.run(tool, capture_output=True, check=True, timeout=120).stdout.decode()
    black = set(re.findall(r'<fontspec id="(\d+)"[^>]*color="#000000"', told))
    runs = re.findall(r'<text [^>]*font="(\d+)">(.*?)</text>', told)
    return bare("".join(html.unescape(re.sub("<[^>]*>", "", text)) for font, text in runs if font in black))


def mended(reading: Reading) -> str:
    """The source with its applied repairs, without white space; the program's own code is not used for it."""
    parts, at = [], 0
    for r in sorted(reading.repairs, key=lambda r: (r.start, r.end)):
        if r.status == "applied" and r.by != "reading":
            assert reading.source.text[r.start : r.end] == r.before
            parts += [reading.source.text[at : r.start], r.after]
            at = r.end
    return bare("".join([*parts, reading.source.text[at:]]))


def set_in(reading: Reading, found: fonts.FoundFonts, site: Settings | None = None) -> Printed:
    """The PDF of a report in the `found` fonts; without `site`, no setting is given."""
    moment = reading.meta.date or date(2000, 1, 1)
    return Printed(pdf.pdf(reading, site or Settings(), found, TEMPLATES, moment))


def invented(text: str, known: report_reader.Vocabularies, folder: Path) -> Reading:
    """An invented report with this text, written into `folder` and read."""
    path = folder / "source.txt"
    path.write_text(text, encoding="utf-8")
    return report_reader.read_report(path, "invented", known).reading


WIDTH = re.compile(r"font object (\d+) 0 has rendered CID (\d+) width .* in its embedded CIDFontType0C program")
"""The message of page-validation about a glyph width; the number is that of the font object."""


def faults_of(data: bytes) -> list[str]:
    """The faults that page-validation reports for both standards, as "rule: message".

    A fault about glyph widths is left out where fontTools finds all widths of that font correct.
    """
    told = []
    reader = pypdf.PdfReader(io.BytesIO(data))
    for profile in ("2a", "ua1"):
        for failure in validation.validate_pdf_bytes(data, profile=profile).failures:
            about = WIDTH.match(failure.message) if failure.rule_id.endswith("GLYPH-WIDTH-001") else None
            if not about or unequal_widths(reader, int(about[1])):
                told.append(f"{failure.rule_id}: {failure.message}")
    return told


def unequal_widths(reader: pypdf.PdfReader, number: int) -> list[tuple[int, float, float]]:
    """Glyphs of an embedded CFF font whose width differs from that stated in /W or /DW: CID, stated width, real width.

    `number` is that of the font object.
    """
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
    """The width by CID from the table /W of a CID font, whose entries are `first [w …]` or `first last w`."""
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
