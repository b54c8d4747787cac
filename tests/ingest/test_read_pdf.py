"""Lines of a PDF become paragraphs, also across pages; headers and page numbers are listed; scans are refused."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.pdf_files import Words, pdf
from workreport.ingest.formats import BadSource, read
from workreport.ingest.formats.extract import TextBuilder
from workreport.ingest.formats.pdf_layout import compose
from workreport.ingest.formats.pdf_margins import PdfLine
from workreport.model import Source

FILES = Path(__file__).parents[1] / "files"


@cache
def words() -> ModuleType:
    """Return the module tests/files/make/words.py, which has the text of all test files."""
    sys.path.insert(0, str(FILES / "make"))
    try:
        import words as made
    finally:
        sys.path.pop(0)
    return made


def omitted(source: Source) -> list[tuple[str, str]]:
    """Return (kind, text) of everything that the reader left out."""
    return [(r.kind, r.before) for r in source.omitted]


# -- files of several programs ---------------------------------------------------------------------------------------


def test_pdf_written_by_typst_is_read_without_headers_and_page_numbers() -> None:
    source = read(FILES / "typst.pdf")
    assert source.text.splitlines() == words().lines()
    head = "云溪区第三届人民代表大会文件"
    assert omitted(source) == [
        ("header", head), ("page-number", "— 1 —"), ("header", head), ("page-number", "— 2 —"), ("header", head), ("page-number", "— 3 —"),
    ]  # fmt: skip


def test_pdf_printed_by_chromium_is_read_with_ordinary_han_characters() -> None:
    """Chromium writes some Han as radicals that look the same (⼀ for 一); these are read as the Han characters."""
    source = read(FILES / "chromium.pdf")
    assert source.text.splitlines() == words().lines()
    assert [r.kind for r in source.omitted] == ["header", "page-number"] * 3


def test_pdf_exported_by_libreoffice_is_read_with_its_table_and_footnote() -> None:
    """The file has a table, and a footnote on its first page, in the middle of a section."""
    source = read(FILES / "libreoffice.pdf")
    want = [x.replace("386.42亿元，", "386.42亿元［1］，") if x.startswith("地区生产") else x for x in words().lines()]
    lines = source.text.splitlines()
    assert [line for line in lines if line in want] == want
    assert lines[-1] == "［1］初步核算数。"
    assert lines[len(want) - 1 : -2] == ["\t".join(row) for row in words().TABLE]
    assert omitted(source) == [("page-number", f"— {n} —") for n in (1, 2, 3)]
    assert any("表格" in r for r in source.remarks)


@pytest.mark.parametrize("name", ["typst", "chromium", "libreoffice"])
def test_places_and_omissions_of_a_pdf_give_the_page(name: str) -> None:
    source = read(FILES / f"{name}.pdf")
    assert [p.page for p in source.places][:3] == [1, 2, 3]
    for r in source.omitted:
        assert r.start == r.end
        page = max((p for p in source.places if p.start <= r.start), key=lambda p: p.start).page
        assert f"第 {page} 页" in r.reason or f"第 {page - 1} 页" in r.reason or f"第 {page + 1} 页" in r.reason


def test_omitted_page_number_is_listed_between_two_pages() -> None:
    """The number of page 1 is listed between the last word of page 1 and the first of page 2, within a sentence."""
    source = read(FILES / "typst.pdf")
    at = next(r.start for r in source.omitted if r.before == "— 1 —")
    assert source.text[:at].endswith("创建省级和美乡村")
    assert source.text[at:].startswith("9个。")


# -- paragraphs -----------------------------------------------------------------------------------------------------

SIZE, PITCH, LEFT, RIGHT, TOP = 16.0, 28.0, 80.0, 80.0 + 28 * 16.0, 780.0


def set_page(rows: list[tuple[float, str]], page: int = 1, start: float = TOP) -> list[PdfLine]:
    """Return the lines of a page, one below the other, from rows of (indent in characters, text)."""
    made = []
    for k, (indent, text) in enumerate(rows):
        a = LEFT + indent * SIZE
        width = sum(0.5 if c.isascii() else 1.0 for c in text) * SIZE
        bottom = start - k * PITCH - SIZE
        made.append(PdfLine(page, text, a, a + width, bottom + SIZE, bottom, SIZE))
    return made


def composed(*pages: list[PdfLine], heights: float = 842.0) -> list[str]:
    """Return the paragraphs that `compose` makes of these pages, which all have the same height in points."""
    out = compose([line for page in pages for line in page], [heights] * len(pages), TextBuilder("x.pdf")).page
    return "".join(out.parts).splitlines()


FULL = "过去一年是全面贯彻落实决策部署的一年全区上下团结一心奋力"
"""A full line of 28 characters."""
FIRST = FULL[:26]
"""A first line, which is full with its indent of two characters."""


def test_indented_line_begins_a_paragraph() -> None:
    assert composed(set_page([(2, FIRST), (0, FULL), (2, FIRST), (0, "发展。")])) == [FIRST + FULL, FIRST + "发展。"]


def test_short_line_ends_a_paragraph() -> None:
    rows = [(2, FIRST), (0, FULL), (0, "取得新成效。"), (2, FIRST), (0, FULL), (0, "发展。")]
    assert composed(set_page(rows)) == [FIRST + FULL + "取得新成效。", FIRST + FULL + "发展。"]


def test_line_without_room_for_the_next_word_does_not_end_a_paragraph() -> None:
    """No line breaks within a figure: the line before 3168.42亿元 is short, but its paragraph continues."""
    rows = [(2, FIRST), (0, FULL[:24]), (0, "3168.42亿元，" + FULL[:20]), (0, "增长。"), (2, FIRST), (0, FULL)]
    assert composed(set_page(rows))[0] == FIRST + FULL[:24] + "3168.42亿元，" + FULL[:20] + "增长。"


def test_paragraph_continues_on_the_next_page() -> None:
    one = set_page([(2, FIRST), (0, FULL), (0, FULL)])
    two = set_page([(0, FULL), (0, "发展。"), (2, FIRST), (0, "发展。")], page=2)
    assert composed(one, two) == [FIRST + FULL * 3 + "发展。", FIRST + "发展。"]


def test_wide_gap_begins_a_paragraph_where_no_line_is_indented() -> None:
    one = set_page([(0, FULL), (0, FULL), (0, FULL)])
    two = set_page([(0, FULL), (0, FULL), (0, FULL)], start=TOP - 3 * PITCH - 16)
    assert composed([*one, *two]) == [FULL * 3, FULL * 3]


def test_centred_title_of_two_lines_is_one_paragraph() -> None:
    rows = [
        (0, "在云溪区第三届人民代表大会第四次全体会议上所作的政府工作"),
        (12, "报告全文"),
        (2, FIRST),
        (0, FULL),
        (2, FIRST),
        (0, FULL),
    ]
    assert composed(set_page(rows))[0] == "在云溪区第三届人民代表大会第四次全体会议上所作的政府工作报告全文"


def test_joined_lines_have_a_space_between_latin_words_only() -> None:
    rows = [(2, FIRST[:20] + "open source"), (0, "model" + FULL[:24]), (2, FIRST), (0, FULL)]
    assert composed(set_page(rows))[0] == FIRST[:20] + "open source model" + FULL[:24]


def test_headers_of_even_and_odd_pages_and_page_numbers_are_left_out() -> None:
    def page(n: int) -> list[PdfLine]:
        head = PdfLine(n, "政府工作报告" if n % 2 else "云溪区人民政府", LEFT, LEFT + 90, 820, 810, 10)
        foot = PdfLine(n, f"第 {n + 4} 页 共 20 页", LEFT, LEFT + 40, 40, 30, 10)
        return [head, *set_page([(2, f"{n}" + FIRST), (0, f"{n}" + FULL), (0, "发展。")], page=n), foot]

    out = compose([x for n in range(1, 9) for x in page(n)], [842.0] * 8, TextBuilder("x.pdf")).page
    assert {kind for kind, *_ in out.omissions} == {"header", "page-number"}
    assert len(out.omissions) == 16
    assert not any(w in "".join(out.parts) for w in ("云溪区人民政府", "共 20 页"))


def test_first_line_that_two_pages_share_by_chance_is_kept() -> None:
    """各位代表！ at the top of two pages of ten is no header, and a year alone on the last line is no page number."""
    pages = [
        set_page([(2, "各位代表！") if n in (3, 7) else (2, f"{n}" + FIRST), (0, FULL), (0, f"{n}发展。")], page=n)
        for n in range(1, 11)
    ]
    assert "\n".join(composed(*pages)).count("各位代表！") == 2
    pages = [set_page([(2, FIRST), (0, FULL), (2, "2024")], page=1), set_page([(2, FIRST), (0, FULL)], page=2)]
    assert composed(*pages) == [FIRST + FULL, "2024", FIRST + FULL]


def test_page_with_two_columns_gives_a_remark_and_keeps_all_text() -> None:
    columns = set_page([(0, FULL[:12])] * 9) + set_page([(15, FULL[12:24])] * 9)
    told = compose(columns, [842.0], TextBuilder("x.pdf"))
    assert any("第 1 页的文字不是自上而下" in r for r in told.remarks)
    assert "".join("".join(told.page.parts).split()) == FULL[:12] * 9 + FULL[12:24] * 9


LINE = st.tuples(st.sampled_from([0.0, 2.0, 5.0, 12.0]), st.text("甲乙2a，。— “", min_size=1, max_size=28))


@given(pages=st.lists(st.lists(LINE, max_size=12), min_size=1, max_size=6))
@settings(max_examples=100, deadline=None)
def test_no_character_of_pdf_lines_is_lost(pages: list[list[tuple[float, str]]]) -> None:
    lines = [line for n, rows in enumerate(pages, 1) for line in set_page(rows, page=n)]
    out = compose(lines, [842.0] * len(pages), TextBuilder("x.pdf")).page
    extracted = out.extracted("utf-8")
    shown = extracted.text + "".join(r.before for r in extracted.omitted)
    assert sorted("".join(shown.split())) == sorted("".join("".join(line.text for line in lines).split()))
    assert [p.start for p in extracted.places] == sorted(p.start for p in extracted.places)


# -- what is refused ------------------------------------------------------------------------------------------------


def blank(pages: int) -> bytes:
    """Return a PDF with this number of pages and without any text, like a scan."""
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_pdf_without_text_is_refused_as_a_scan(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(blank(3))
    with pytest.raises(BadSource, match=r"3 页里没有文字，是扫描件.*OCR"):
        read(tmp_path / "a.pdf")


def test_page_without_text_among_others_gives_a_remark(tmp_path: Path) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(FILES / "typst.pdf")
    document.new_page(420, 595, index=1)
    document.save(tmp_path / "a.pdf")
    assert "第 2 页没有文字" in read(tmp_path / "a.pdf").remarks[0]


def test_pdf_with_a_password_is_refused() -> None:
    with pytest.raises(BadSource, match="密码"):
        read(FILES / "locked.pdf")


def test_pdf_with_too_many_pages_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(blank(3001))
    with pytest.raises(BadSource, match="超过上限 3000 页"):
        read(tmp_path / "a.pdf")


@pytest.mark.long
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_damaged_pdf_is_read_or_refused_with_advice(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = (FILES / "typst.pdf").read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(start + 4000, len(whole))))
    file = tmp_path_factory.getbasetemp() / "damaged.pdf"
    file.write_bytes(whole[:start] + data.draw(st.binary(max_size=40)) + whole[end:])
    try:
        assert read(file).text
    except BadSource as error:
        assert error.advice, "a refusal says what to do"  # noqa: PT017 - either outcome is right


def test_pdf_of_180_pages_is_read_in_seconds(tmp_path: Path) -> None:
    """The file has 60 copies of a report of three pages; the first line of every third page is not a header."""
    import pypdfium2

    one = pypdfium2.PdfDocument(FILES / "typst.pdf")
    whole = pypdfium2.PdfDocument.new()
    for _ in range(60):
        whole.import_pages(one)
    whole.save(tmp_path / "a.pdf")
    start = time.process_time()
    text = read(tmp_path / "a.pdf").text
    assert time.process_time() - start < 20
    assert text.count(words().CLOSING) == 60


# -- what no reader reads as text, and columns

BODY = [
    Words(72, 760 - 28 * k, f"第{n}段：全县新建学校三所，改造公园五个，修建道路八公里。")
    for k, n in enumerate("一二三四五六")
]


def read_pdf(folder: Path, *pages: Sequence[Words]) -> Source:
    file = folder / "a.pdf"
    file.write_bytes(pdf(*pages))
    return read(file)


@pytest.mark.parametrize(
    ("mark", "kind"),
    [
        (Words(150, 400, "内部资料", size=60, angle=45, grey=0.9), "watermark"),
        (Words(150, 640, "内部资料", size=20, angle=-45), "watermark"),
        (Words(120, 500, "内部资料", size=60, grey=0.9), "watermark"),
        (Words(72, 100, "看不见的话", grey=1), "hidden"),
        (Words(72, 100, "看不见的话", mode=3), "hidden"),
    ],
)
def test_watermark_and_invisible_text_are_left_out_and_listed(tmp_path: Path, mark: Words, kind: str) -> None:
    source = read_pdf(tmp_path, [*BODY, mark])
    assert "".join(source.text.split()) == "".join(words.text for words in BODY)
    assert omitted(source) == [(kind, mark.text)]


def test_text_of_a_scan_that_is_all_invisible_or_askew_is_kept(tmp_path: Path) -> None:
    for changed in ({"mode": 3}, {"angle": 2}):
        source = read_pdf(tmp_path, [replace(words, **changed) for words in BODY])  # type: ignore[arg-type]
        assert "".join(source.text.split()) == "".join(words.text for words in BODY)


def test_page_in_two_columns_is_read_column_by_column(tmp_path: Path) -> None:
    rows = range(1, 9)
    title = Words(200, 780, "政府工作报告", size=22)
    left = [Words(60, 740 - 24 * k, f"左栏第{k}行新建学校三所。", size=12) for k in rows]
    right = [Words(320, 740 - 24 * k, f"右栏第{k}行新建医院两所。", size=12) for k in rows]
    by_line = [words for pair in zip(left, right, strict=True) for words in pair]
    source = read_pdf(tmp_path, [title, *by_line])
    assert "".join(source.text.split()) == "".join(words.text for words in [title, *left, *right])
    assert any("分两栏" in remark for remark in source.remarks)


def test_table_of_short_cells_is_read_row_by_row(tmp_path: Path) -> None:
    rows = range(1, 9)
    left = [Words(60, 740 - 24 * k, f"指标{k}", size=12) for k in rows]
    right = [Words(320, 740 - 24 * k, f"{k}所", size=12) for k in rows]
    source = read_pdf(tmp_path, [words for pair in zip(left, right, strict=True) for words in pair])
    assert source.text.splitlines() == [f"指标{k}\t{k}所" for k in rows]


def test_table_inside_a_column_is_read_row_by_row_inside_that_column(tmp_path: Path) -> None:
    rows = range(1, 13)

    def column(x: int, name: str, k: int) -> list[Words]:
        if 5 <= k <= 8:
            return [Words(x, 740 - 24 * k, f"{name}指标{k}", size=12), Words(x + 90, 740 - 24 * k, f"{k}所", size=12)]
        return [Words(x, 740 - 24 * k, f"{name}栏第{k}行新建学校三所。", size=12)]

    by_line = [words for k in rows for x, name in ((60, "左"), (320, "右")) for words in column(x, name, k)]
    by_column = [words for x, name in ((60, "左"), (320, "右")) for k in rows for words in column(x, name, k)]
    cells = [f"{name}指标{k}\t{k}所" for name in "左右" for k in range(5, 9)]
    for page in (by_line, by_column):
        lines = read_pdf(tmp_path, page).text.splitlines()
        assert [line for line in lines if "\t" in line] == cells
        assert "".join("".join(lines).split()) == "".join(words.text for words in by_column)


@pytest.mark.parametrize("by_column", [True, False])
def test_lines_of_a_column_are_joined_into_paragraphs_also_across_columns(tmp_path: Path, by_column: bool) -> None:
    told = [
        f"第{k}项工作取得成效，全县产业升级步伐加快，新增企业三十家，完成投资四十五亿元，发展后劲增强。"
        for k in range(1, 11)
    ]
    cut = [line for words in told for line in ("　　" + words[:14], words[14:30], words[30:])]
    half = 16  # inside a paragraph: the second column begins with its second line

    def at(k: int, x: int, line: str) -> Words:
        indent = 24 if line.startswith("　") else 0
        return Words(x + indent, 740 - 24 * k, line.strip("　"), size=12)

    left = [at(k, 60, line) for k, line in enumerate(cut[:half])]
    right = [at(k, 320, line) for k, line in enumerate(cut[half:])]
    mixed = [words for k in range(half) for words in (*left[k : k + 1], *right[k : k + 1])]
    assert read_pdf(tmp_path, [*left, *right] if by_column else mixed).text.splitlines() == told


def test_entries_of_a_column_without_stops_stay_apart(tmp_path: Path) -> None:
    rows = range(1, 11)
    left = [Words(60, 740 - 24 * k, f"左栏第{k:02}行新建学校三所", size=12) for k in rows]
    right = [Words(320, 740 - 24 * k, f"右栏第{k:02}行新建医院两所", size=12) for k in rows]
    lines = read_pdf(tmp_path, [*left, *right]).text.splitlines()
    assert lines == [words.text for words in (*left, *right)]
