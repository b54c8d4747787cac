"""Knows how PDF files are read: PDFium gives the lines of each page with their positions. Scans are refused.

Leaves joining lines into paragraphs to `pdf_layout`, and headers and page numbers to `pdf_margins`. Lengths are in points
(1/72 inch), positions from the lower left corner of the page.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workreport.ingest.formats.extract import INVISIBLE, LONGEST, BadSource, Extracted, TextBuilder, too_long
from workreport.ingest.formats.pdf_columns import in_reading_order
from workreport.ingest.formats.pdf_layout import compose
from workreport.ingest.formats.pdf_margins import PdfLine
from workreport.ingest.formats.pdf_page_characters import PageCharacters, UnseenKind

if TYPE_CHECKING:
    import pypdfium2

MOST_PAGES = 3000
"""A PDF with more pages is refused."""
SAMPLES = 12
"""About how many characters of a line are measured to find its type size."""
_UNSEEN: dict[UnseenKind, str] = {"watermark": "水印", "hidden": "看不见的文字（白色，或不显示）"}
_LINE_END = re.compile("[\r\n]+")
_USE_OCR = "先用文字识别（OCR）转成文字，或找到制作它的 Word 原稿，另存为 .docx，再收入。"
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
"""Matches a character that shows that a font has no text encoding."""
_RAISED = re.compile(r"[0-9①-⑳\[\]［］〔〕()（）*]")
"""Matches a character of a footnote marker."""
_HAN = re.compile("[一-鿿]")
_DASHES = frozenset("-—–―－")
_LINE_END_HYPHENS = "\ufffe\x02"
"""The characters that PDFium gives for a hyphen at the end of a line."""
_NARROW_GAP = 0.6
"""A gap below this, in characters of the line's type size, may be no space."""
_COLUMN_GAP = 1.6
"""A gap above this, in characters, separates two cells of a table."""
_SMALL_TYPE = 0.8
"""Footnote markers are smaller than this share of the line's type size."""


@dataclass(frozen=True, slots=True)
class _PageLines:
    """The lines of a page, what no reader reads on it (kind and words), and whether it has two columns."""

    lines: tuple[PdfLine, ...]
    unseen: tuple[tuple[UnseenKind, str], ...]
    columns: bool


def _line_text(characters: PageCharacters, start: int, end: int, size: float, unseen: Container[int]) -> Iterator[str]:
    """Yield the text of characters[start:end] of a line in pieces. `size` is the type size of the line in points.

    Characters that are `unseen` are left out.

    Spaces that PDFium inserted become "", a space or a tab (see `_space`). A footnote marker, in small raised type, becomes
    ［1］. A hyphen at the end of a line becomes "-".
    """
    text = characters.text
    justified = _justified_gaps(characters, start, end)
    k = start
    while k < end:
        c = text[k]
        if k in justified or k in unseen:
            k += 1
            continue
        if c == " " and characters.is_generated(k) and start < k < end - 1:
            yield _space(text[k - 1], text[k + 1], (characters.box(k + 1)[0] - characters.box(k - 1)[2]) / size)
            k += 1
            continue
        if k > start and _RAISED.match(c):
            box = characters.box(k)
            if 0 < box[3] - box[1] < _SMALL_TYPE * size:
                stop = k
                base = characters.box(k - 1)[1]
                while stop < end and _RAISED.match(text[stop]) and 0 < characters.height(stop) < _SMALL_TYPE * size:
                    stop += 1
                mark = text[k:stop].strip("[]［］〔〕()（）")
                if box[1] > base + 0.08 * size and mark:
                    yield f"［{mark}］"
                    k = stop
                    continue
        yield "-" if c in _LINE_END_HYPHENS else c
        k += 1


def _space(before: str, after: str, gap: float) -> str:
    """Return the text for a gap of this width, in characters, between two characters.

    A tab if the gap is wider than _COLUMN_GAP. "" if it is narrow, and either between a Han and another character, dashes
    aside (typesetters leave a gap between 年 and 5), or between two ASCII characters that are not letters. Otherwise a
    space.

    >>> _space("年", "5", 0.25), _space("长", "江", 0.22), _space("标", "2", 3.0)
    ('', ' ', '\\t')
    """
    if gap > _COLUMN_GAP:
        return "\t"
    mixed = bool(_HAN.match(before)) != bool(_HAN.match(after)) and not {before, after} & _DASHES
    figures = before.isascii() and after.isascii() and not (before.isalpha() or after.isalpha())
    return "" if gap < _NARROW_GAP and (mixed or figures) else " "


def _justified_gaps(characters: PageCharacters, start: int, end: int) -> frozenset[int]:
    """Return the positions of spaces beside Chinese characters that only stretch the line to its full width.

    A stretched line has at least three gaps between two Chinese characters; a gap over 2.5 times their median is real.
    """
    text = characters.text
    gaps, within = {}, []
    for k in range(start + 1, end - 1):
        wide = (not text[k - 1].isascii()) + (not text[k + 1].isascii())
        if text[k] == " " and wide and characters.is_generated(k):
            gaps[k] = characters.box(k + 1)[0] - characters.box(k - 1)[2]
            within += [gaps[k]] if wide == 2 else []
    if len(within) < 3:
        return frozenset()
    middle = sorted(within)[len(within) // 2]
    return frozenset(k for k, gap in gaps.items() if gap < 2.5 * middle)


def _page_lines(page: pypdfium2.PdfPage, number: int, path: str) -> _PageLines:
    """Return the lines of page `number` in the order of the file, which may not be from top to bottom.

    Lines over two columns are cut and put in the order in which they are read.
    """
    characters = PageCharacters(page, path)
    unseen = characters.unseen()
    spans = []
    at = 0
    for found in [*_LINE_END.finditer(characters.text), None]:
        stop = found.start() if found else len(characters.text)
        start, end = at, stop
        at = found.end() if found else stop
        while start < end and (characters.text[start] in " \t" or start in unseen):
            start += 1
        while end > start and (characters.text[end - 1] in " \t" or end - 1 in unseen):
            end -= 1
        if start < end:
            spans.append((start, end))
    ordered, columns = in_reading_order(characters, spans)
    lines = tuple(_line(characters, start, end, number, unseen) for start, end in ordered)
    left_out = tuple(_unseen_words(characters.text, unseen))
    characters.text_page.close()
    return _PageLines(lines, left_out, columns)


def _unseen_words(text: str, unseen: Mapping[int, UnseenKind]) -> Iterator[tuple[UnseenKind, str]]:
    """Yield kind and words of each run of unseen characters."""
    run = ""
    for k, kind in unseen.items():
        run += text[k]
        if unseen.get(k + 1) != kind:
            yield kind, run
            run = ""


def _line(characters: PageCharacters, start: int, end: int, number: int, unseen: Container[int]) -> PdfLine:
    """Return the line of characters[start:end] on page `number`."""
    while end > start and characters.text[end - 1] in " \t":
        end -= 1
    first, last = characters.box(start), characters.box(end - 1)
    # Characters of another font may have another cell height, so the type size is the median of several heights.
    step = max((end - start) // SAMPLES, 1)
    sizes = sorted(h for k in range(start, end, step) if (h := characters.height(k)) > 0) or [0.0]
    size = sizes[len(sizes) // 2]
    words = "".join(_line_text(characters, start, end, size or 1.0, unseen))
    return PdfLine(
        number,
        words,
        min(first[0], last[0]),
        max(last[2], first[2]),
        max(first[3], last[3]),
        min(first[1], last[1]),
        size,
    )


def _opened(data: bytes, path: str) -> pypdfium2.PdfDocument:
    """Open a PDF. Raises BadSource if it has a password, is damaged or has more than MOST_PAGES pages."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        if len(document) > MOST_PAGES:
            raise BadSource(path, f"这个 PDF 有 {len(document)} 页，超过上限 {MOST_PAGES} 页。", "请确认这是一份报告。")
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise BadSource(
                path, "这个 PDF 加了密码。", "请用密码打开它，另存（或打印）为没有密码的 PDF，再收入。"
            ) from error
        raise BadSource(
            path, "这个 PDF 打不开，可能已损坏。", "请重新下载，或用阅读器打开后另存为新的 PDF。"
        ) from error
    return document


def _list_unseen(page: TextBuilder, unseen: Sequence[tuple[UnseenKind, str, int]]) -> Iterator[str]:
    """List what no reader reads as left out where its page begins; yield the remarks on it."""
    starts = {place.page: place.start for place in reversed(page.places)}
    for kind, words, number in unseen:
        page.omit(
            kind, words, at=starts.get(number, page.length), reason=f"{_UNSEEN[kind]}（第 {number} 页），不是正文"
        )
    for kind, name in _UNSEEN.items():
        if count := sum(found == kind for found, *_ in unseen):
            yield f"{name} {count} 处，已略去并列出，请核对"


def extract(data: bytes, path: str) -> Extracted:
    """Read a PDF; lines are joined into paragraphs, also across pages.

    Raises BadSource if the PDF or a page cannot be opened, if it has too many pages, no text (a scan), too much text, or
    over 20 % unreadable characters.
    """
    import pypdfium2

    document = _opened(data, path)
    lines: list[PdfLine] = []
    without_text: list[int] = []
    in_columns: list[int] = []
    unseen: list[tuple[UnseenKind, str, int]] = []
    heights: list[float] = []
    total = 0
    try:
        for k in range(len(document)):
            try:
                page = document[k]
                read = _page_lines(page, k + 1, path)
                found = read.lines
                heights.append(page.get_height())
                page.close()
            except pypdfium2.PdfiumError as error:
                raise BadSource(
                    path, f"这个 PDF 的第 {k + 1} 页读不出来，可能已损坏。", "请用阅读器打开后另存为新的 PDF。"
                ) from error
            total += sum(len(line.text) for line in found)
            if total > LONGEST:
                raise too_long(path)
            lines += found
            unseen += [(kind, words, k + 1) for kind, words in read.unseen]
            if read.columns:
                in_columns.append(k + 1)
            if not found:
                without_text.append(k + 1)
        pages = len(document)
    finally:
        document.close()
    words = "".join(line.text for line in lines)
    if len(words.strip()) < 20 and without_text:
        raise BadSource(path, f"这个 PDF 的 {pages} 页里没有文字，是扫描件（图片）。", _USE_OCR)
    unreadable = len(_UNREADABLE.findall(words))
    if unreadable > 0.2 * len(words):
        raise BadSource(path, "这个 PDF 的字体没有带文字编码，取出来的是乱码。", _USE_OCR)
    invisible = INVISIBLE.findall(words)
    lines = [clean for line in lines if (clean := line.cleaned()).text.strip()]
    composed = compose(lines, heights, TextBuilder(path))
    remarks = [*composed.remarks, *_list_unseen(composed.page, unseen), *composed.page.omit_invisible(invisible)]
    if in_columns:
        numbers = "、".join(map(str, in_columns[:30]))
        remarks.append(f"第 {numbers} 页分两栏，先排左栏，后排右栏，请核对次序")
    if without_text:
        remarks.insert(0, f"第 {'、'.join(map(str, without_text[:20]))} 页没有文字（图片或空白），请核对没有缺页")
    if unreadable:
        remarks.insert(0, f"有 {unreadable} 个字取不出来（记作 �），请对照原文件")
    return composed.page.extracted("utf-8", remarks)
