"""The text of the PDF, as PDFium and Poppler extract it, is that of the report."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.archive.pdf.pdf_reader import MM, Printed, bare, by_poppler, faults_of, invented, mended, set_in
from workreport.archive import glyphs, pdf
from workreport.build import report_reader
from workreport.model import Reading
from workreport.project import fonts
from workreport.project.settings import Settings
from workreport.website.pages import report_of

REAL = ("province-guangdong-2026", "province-jiangxi-2026", "state-guowuyuan-1954-wikisource", "resolution-npc-2024")
"""Real reports in the shared corpus."""


def test_text_of_the_pdf_is_the_source_with_its_repairs(gongshu: Reading, printed: Printed) -> None:
    assert printed.black == mended(gongshu)


@pytest.mark.skipif(not shutil.which("pdftohtml"), reason="pdftohtml is not installed (apt install poppler-utils)")
def test_poppler_extracts_the_same_text_from_the_pdf(gongshu: Reading, printed: Printed, tmp_path: Path) -> None:
    assert by_poppler(printed, tmp_path) == mended(gongshu)


@pytest.mark.parametrize("name", REAL)
def test_text_of_the_pdf_of_a_real_report_is_its_source_with_its_repairs(
    name: str, shared: Path, known: report_reader.Vocabularies, found: fonts.FoundFonts, tmp_path: Path
) -> None:
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
"""Characters that are invisible in source code, by their placeholder in `HOSTILE`."""


def test_markup_and_odd_characters_are_printed_as_text_in_the_pdf(
    known: report_reader.Vocabularies, found: fonts.FoundFonts, tmp_path: Path
) -> None:
    text = HOSTILE.replace("LONG", "长" + "x" * 3000 + "。" + "http://" + "a/" * 200)
    for sign, character in UNSEEN.items():
        text = text.replace(sign, character)
    reading = invented(text, known, tmp_path)
    made = set_in(reading, found)
    shown = pdf.GlyphFilter(glyphs.shown(*(path for _, path in found.faces)))
    assert made.black == bare(shown.text(reading.text.body))
    # Only characters without a glyph, invisible ones and right-to-left ones are replaced.
    gone = Counter(bare(reading.text.body)) - Counter(made.black)
    # Of the invisible ones, repairs have removed most before.
    assert set(gone) == set("\ue000😀👩\u200d🚀نص")
    assert faults_of(made.data) == []
    notes = "".join(made.page_text(k) for k in range(made.page_of("原文说明"), len(made.open)))
    for code in ("U+1F600", "U+E000", "U+200D", "U+0646"):
        assert code in notes
    for k in range(len(made.open)):
        assert all(letter.left > 20 and letter.right < 210 * MM - 20 for letter in made.letters(k)), k


def test_figure_beside_a_long_address_has_its_place_in_the_pdf(
    known: report_reader.Vocabularies, found: fonts.FoundFonts, tmp_path: Path
) -> None:
    """The table of figures links to the sentence, whose address may break over two lines."""
    text = HOSTILE.split("一、")[0] + "一、工作回顾\n\n新建学校3所。详见 http://www.example.cn/a?id=12 的公告，惠及居民4200户。\n"
    reading = invented(text, known, tmp_path)
    assert [i.value for i in reading.indicators] == ["3", "4200"]
    assert set_in(reading, found).black == mended(reading)


def test_report_of_one_line_gives_a_pdf(
    known: report_reader.Vocabularies, found: fonts.FoundFonts, tmp_path: Path
) -> None:
    reading = invented("全年招商3个项目，增长5%。\n", known, tmp_path)
    made = set_in(reading, found)
    assert made.black == "全年招商3个项目，增长5%。"
    assert faults_of(made.data) == []


def test_lost_and_repeated_text_is_mentioned_in_the_pdf(gongshu: Reading, printed: Printed) -> None:
    twice = gongshu.repetitions[0]
    kept = bare(gongshu.text.body[twice.start : twice.end])
    pages = [printed.page_text(k) for k in printed.text_pages]
    text = re.sub("(\u2060?校[0-9]+)+", "", "".join(pages))
    before = bare(gongshu.text.body[: twice.start])[-8:]
    assert f"{before}〔此处原文缺失〕下面一段与（五）产业赛道聚势成群相同" in text
    assert text.count("〔此处原文缺失〕") == 1
    # The copy is printed; only its start and end are compared, since it may cross a page break.
    assert kept[:12] in text.split("〔此处原文缺失〕")[1]
    assert text.count(kept[-12:]) == 2


def test_every_remark_is_a_footnote_on_one_page_of_the_pdf(
    gongshu: Reading, printed: Printed, found: fonts.FoundFonts
) -> None:
    remarks = [r for r in report_of(gongshu).passages.remarks if not r.quiet]
    told = pdf.values(gongshu, Settings(), found)["footnotes"]
    assert isinstance(told, list)
    assert sorted(note["says"] for note in told) == sorted(r.says for r in remarks)
    for n, note in enumerate(told, start=1):
        pages = [k for k in printed.text_pages if f"校{n}{note['kind']}" in printed.page_text(k).replace("\u2060", "")]
        assert len(pages) == 1, note
