"""Knows how PDF files are read: PDFium gives the lines of each page with their positions. Scans are refused.

Leaves joining lines into paragraphs to `pdf_layout`, and headers and page numbers to `pdf_margins`. Lengths are in points
(1/72 inch), positions from the lower left corner of the page.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workreport.ingest.formats.extract import INVISIBLE, LONGEST, BadSource, Extracted, TextBuilder
from workreport.ingest.formats.pdf_layout import compose
from workreport.ingest.formats.pdf_margins import PdfLine

if TYPE_CHECKING:
    import pypdfium2

MOST_PAGES = 3000
"""A PDF with more pages is refused."""
SAMPLES = 12
"""About how many characters of a line are measured to find its type size."""
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


def _too_long(path: str) -> BadSource:
    return BadSource(path, f"文字超过 {LONGEST // 10**6} 百万字。", "请确认这是一份报告。")


class _Characters:
    """The characters of one page. Their boxes are computed on demand, since most are never needed."""

    def __init__(self, page: pypdfium2.PdfPage, path: str) -> None:
        import pypdfium2.raw as raw

        self.raw = raw
        self.text_page = page.get_textpage()
        self.handle = self.text_page.raw
        self.count: int = self.text_page.count_chars()
        if self.count > LONGEST:
            raise _too_long(path)
        text = self.text_page.get_text_range() if self.count else ""
        if len(text) != self.count:
            points = (raw.FPDFText_GetUnicode(self.handle, k) for k in range(self.count))
            text = "".join(chr(p) if p < 0x110000 else "\ufffd" for p in points)
        self.text = text
        self.rect = raw.FS_RECTF()
        self.pointer = ctypes.byref(self.rect)

    def box(self, k: int) -> tuple[float, float, float, float]:
        """(left, bottom, right, top) of a character's cell in points; zeros if it has none."""
        if not self.raw.FPDFText_GetLooseCharBox(self.handle, k, self.pointer):
            return 0.0, 0.0, 0.0, 0.0
        r = self.rect
        return r.left, r.bottom, r.right, r.top

    def is_generated(self, k: int) -> bool:
        """Whether PDFium inserted this character, usually a space for a gap; it is not in the file."""
        return bool(self.raw.FPDFText_IsGenerated(self.handle, k) == 1)


def _line_text(characters: _Characters, start: int, end: int, size: float) -> Iterator[str]:
    """Yield the text of characters[start:end] of a line in pieces. `size` is the type size of the line in points.

    Spaces that PDFium inserted become "", a space or a tab (see `_space`). A footnote marker, in small raised type, becomes
    ［1］. A hyphen at the end of a line becomes "-".
    """
    text = characters.text
    justified = _justified_gaps(characters, start, end)
    k = start
    while k < end:
        c = text[k]
        if k in justified:
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
                while stop < end and _RAISED.match(text[stop]) and 0 < _height(characters, stop) < _SMALL_TYPE * size:
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


def _justified_gaps(characters: _Characters, start: int, end: int) -> frozenset[int]:
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


def _height(characters: _Characters, k: int) -> float:
    """Return the height of a character's cell in points."""
    _, bottom, _, top = characters.box(k)
    return top - bottom


def _lines(page: pypdfium2.PdfPage, number: int, path: str) -> Iterator[PdfLine]:
    """Yield the lines of page `number`, in the order of the file, which may not be from top to bottom."""
    characters = _Characters(page, path)
    at = 0
    for found in [*_LINE_END.finditer(characters.text), None]:
        stop = found.start() if found else len(characters.text)
        start, end = at, stop
        at = found.end() if found else stop
        while start < end and characters.text[start] in " \t":
            start += 1
        while end > start and characters.text[end - 1] in " \t":
            end -= 1
        if start == end:
            continue
        first, last = characters.box(start), characters.box(end - 1)
        # Characters of another font may have another cell height, so the type size is the median of several heights.
        step = max((end - start) // SAMPLES, 1)
        sizes = sorted(h for k in range(start, end, step) if (h := _height(characters, k)) > 0) or [0.0]
        size = sizes[len(sizes) // 2]
        words = "".join(_line_text(characters, start, end, size or 1.0))
        yield PdfLine(
            number,
            words,
            min(first[0], last[0]),
            max(last[2], first[2]),
            max(first[3], last[3]),
            min(first[1], last[1]),
            size,
        )
    characters.text_page.close()


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


def extract(data: bytes, path: str) -> Extracted:
    """Read a PDF; lines are joined into paragraphs, also across pages.

    Raises BadSource if the PDF or a page cannot be opened, if it has too many pages, no text (a scan), too much text, or
    over 20 % unreadable characters.
    """
    import pypdfium2

    document = _opened(data, path)
    lines: list[PdfLine] = []
    without_text: list[int] = []
    heights: list[float] = []
    total = 0
    try:
        for k in range(len(document)):
            try:
                page = document[k]
                found = list(_lines(page, k + 1, path))
                heights.append(page.get_height())
                page.close()
            except pypdfium2.PdfiumError as error:
                raise BadSource(
                    path, f"这个 PDF 的第 {k + 1} 页读不出来，可能已损坏。", "请用阅读器打开后另存为新的 PDF。"
                ) from error
            total += sum(len(line.text) for line in found)
            if total > LONGEST:
                raise _too_long(path)
            lines += found
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
    remarks = [*composed.remarks, *composed.page.omit_invisible(invisible)]
    if without_text:
        remarks.insert(0, f"第 {'、'.join(map(str, without_text[:20]))} 页没有文字（图片或空白），请核对没有缺页")
    if unreadable:
        remarks.insert(0, f"有 {unreadable} 个字取不出来（记作 �），请对照原文件")
    return composed.page.extracted("utf-8", remarks)
