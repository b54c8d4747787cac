"""Every link in the PDF leads to a place, whatever characters a sentence begins with; no sentence stops the document."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.archive.pdf.pdf_reader import Printed, bare, invented, set_in
from workreport.archive import glyphs, pdf
from workreport.build import report_reader
from workreport.project import fonts

LONG = "http://" + "a/" * 40
OPENINGS = {
    "long address": LONG, "quote and long address": f'"{LONG}', "formula": '"=HYPERLINK(""http://127.0.0.1:9/"")"', "one letter": "x",
    "mark": "“", "marks alone": "……", "picture": "👩‍🚀", "no glyph": "\ue000", "spaces": "\u3000 \u3000", "number": "2024", "long number": "1" * 80,
    "sign of markup": "#panic()<label>@x$", "combining": "e\u0301", "hidden": "\u200b",
}  # fmt: skip
"""What a sentence begins with, by what it is."""


def printed(text: str, known: report_reader.Vocabularies, found: fonts.FoundFonts, folder: Path) -> Printed:
    reading = invented(f"某某镇2030年政府工作报告\n\n各位代表：\n\n一、回顾\n\n{text}\n", known, folder)
    assert reading.indicators
    made = set_in(reading, found)
    shown = pdf.GlyphFilter(glyphs.shown(*(path for _, path in found.faces)))
    assert made.black == bare(shown.text(reading.text.body))
    return made


@pytest.mark.parametrize("opening", OPENINGS.values(), ids=OPENINGS)
def test_sentence_with_a_figure_is_linked_from_the_tables_however_it_begins(
    known: report_reader.Vocabularies, found: fonts.FoundFonts, tmp_path: Path, opening: str
) -> None:
    printed(f"前文在此。{opening}新建学校12所。\n\n{opening}新建医院3家。", known, found, tmp_path)


def test_doubts_and_repairs_are_linked_wherever_they_stand(
    known: report_reader.Vocabularies, found: fonts.FoundFonts, tmp_path: Path
) -> None:
    text = f"{LONG}增长3%%。新建学校12所 所。\n\n（二）{LONG}（（三）新建医院3家，，增长5.5%．\n\n" + "新建公园2\n个，增长1%。" * 3
    printed(text, known, found, tmp_path)
