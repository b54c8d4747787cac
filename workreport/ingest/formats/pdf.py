"""Knows PDF files: the lines of each page with their places, by PDFium; what is no text to read, it says so.

Leaves making paragraphs of lines to `layout`, and telling headers and page numbers from text to `margins`.
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
SAMPLES = 12
"""Signs of a line whose height is asked for."""
_BREAK = re.compile("[\r\n]+")
_OCR = "先用文字识别（OCR）转成文字，或找到制作它的 Word 原稿，另存为 .docx，再收入。"
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_RAISED = re.compile(r"[0-9①-⑳\[\]［］〔〕()（）*]")
_HAN = re.compile("[一-鿿]")
_DASHES = frozenset("-—–―－")
_ENDHYPHEN = "\ufffe\x02"
_NARROW = 0.6
_COLUMN = 1.6
_SMALL = 0.8


def _too_long(path: str) -> BadSource:
    return BadSource(path, f"文字超过 {LONGEST // 10**6} 百万字。", "请确认这是一份报告。")


class _Glyphs:
    """The characters of one page with their boxes, asked for one by one only where a box is needed."""

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
        """left, bottom, right, top of a character's cell, in points; zeros where it has none."""
        if not self.raw.FPDFText_GetLooseCharBox(self.handle, k, self.pointer):
            return 0.0, 0.0, 0.0, 0.0
        r = self.rect
        return r.left, r.bottom, r.right, r.top

    def made(self, k: int) -> bool:
        """Did PDFium put this space there, because of a gap?"""
        return bool(self.raw.FPDFText_IsGenerated(self.handle, k) == 1)


def _spaced(glyphs: _Glyphs, start: int, end: int, size: float) -> Iterator[str]:
    """The words of a line. A space that only stands for a gap goes unless the gap is wide; a very wide one is a tab.

    Small raised digits (the mark of a footnote) get brackets: ［1］.
    """
    text = glyphs.text
    stretched = _stretched(glyphs, start, end)
    k = start
    while k < end:
        c = text[k]
        if k in stretched:
            k += 1
            continue
        if c == " " and glyphs.made(k) and start < k < end - 1:
            yield _space(text[k - 1], text[k + 1], (glyphs.box(k + 1)[0] - glyphs.box(k - 1)[2]) / size)
            k += 1
            continue
        if k > start and _RAISED.match(c):
            box = glyphs.box(k)
            if 0 < box[3] - box[1] < _SMALL * size:
                stop = k
                base = glyphs.box(k - 1)[1]
                while stop < end and _RAISED.match(text[stop]) and 0 < _height(glyphs, stop) < _SMALL * size:
                    stop += 1
                mark = text[k:stop].strip("[]［］〔〕()（）")
                if box[1] > base + 0.08 * size and mark:
                    yield f"［{mark}］"
                    k = stop
                    continue
        yield "-" if c in _ENDHYPHEN else c
        k += 1


def _space(before: str, after: str, gap: float) -> str:
    """What a gap (in characters) stands for: nothing where a typesetter parts Han from figures, a space, or a tab.

    >>> _space("年", "5", 0.25), _space("长", "江", 0.22), _space("标", "2", 3.0)
    ('', ' ', '\\t')
    """
    if gap > _COLUMN:
        return "\t"
    mixed = bool(_HAN.match(before)) != bool(_HAN.match(after)) and not {before, after} & _DASHES
    figures = before.isascii() and after.isascii() and not (before.isalpha() or after.isalpha())
    return "" if gap < _NARROW and (mixed or figures) else " "


def _stretched(glyphs: _Glyphs, start: int, end: int) -> frozenset[int]:
    """The gaps beside Chinese words that only fill a line up: three or more in a line, much alike."""
    text = glyphs.text
    gaps, within = {}, []
    for k in range(start + 1, end - 1):
        wide = (not text[k - 1].isascii()) + (not text[k + 1].isascii())
        if text[k] == " " and wide and glyphs.made(k):
            gaps[k] = glyphs.box(k + 1)[0] - glyphs.box(k - 1)[2]
            within += [gaps[k]] if wide == 2 else []
    if len(within) < 3:
        return frozenset()
    middle = sorted(within)[len(within) // 2]
    return frozenset(k for k, gap in gaps.items() if gap < 2.5 * middle)


def _height(glyphs: _Glyphs, k: int) -> float:
    _, bottom, _, top = glyphs.box(k)
    return top - bottom


def _lines(page: pypdfium2.PdfPage, number: int, path: str) -> Iterator[PdfLine]:
    """The lines of one page, in the order of the page's own stream."""
    glyphs = _Glyphs(page, path)
    at = 0
    for found in [*_BREAK.finditer(glyphs.text), None]:
        stop = found.start() if found else len(glyphs.text)
        start, end = at, stop
        at = found.end() if found else stop
        while start < end and glyphs.text[start] in " \t":
            start += 1
        while end > start and glyphs.text[end - 1] in " \t":
            end -= 1
        if start == end:
            continue
        first, last = glyphs.box(start), glyphs.box(end - 1)
        # A few signs come from another font with cells of another height: the middle of several says the size.
        step = max((end - start) // SAMPLES, 1)
        sizes = sorted(h for k in range(start, end, step) if (h := _height(glyphs, k)) > 0) or [0.0]
        size = sizes[len(sizes) // 2]
        words = "".join(_spaced(glyphs, start, end, size or 1.0))
        yield PdfLine(
            number,
            words,
            min(first[0], last[0]),
            max(last[2], first[2]),
            max(first[3], last[3]),
            min(first[1], last[1]),
            size,
        )
    glyphs.text_page.close()


def _opened(data: bytes, path: str) -> pypdfium2.PdfDocument:
    """The document. Raises BadSource where it is locked or broken."""
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
    """The text of a PDF, its lines joined into paragraphs across pages. Raises BadSource where there is none."""
    import pypdfium2

    document = _opened(data, path)
    lines: list[PdfLine] = []
    silent: list[int] = []
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
                silent.append(k + 1)
        pages = len(document)
    finally:
        document.close()
    words = "".join(line.text for line in lines)
    if len(words.strip()) < 20 and silent:
        raise BadSource(path, f"这个 PDF 的 {pages} 页里没有文字，是扫描件（图片）。", _OCR)
    bad = len(_UNREADABLE.findall(words))
    if bad > 0.2 * len(words):
        raise BadSource(path, "这个 PDF 的字体没有带文字编码，取出来的是乱码。", _OCR)
    marks = INVISIBLE.findall(words)
    lines = [clean for line in lines if (clean := line.cleaned()).text.strip()]
    composed = compose(lines, heights, TextBuilder(path))
    remarks = [*composed.remarks, *composed.page.omit_invisible(marks)]
    if silent:
        remarks.insert(0, f"第 {'、'.join(map(str, silent[:20]))} 页没有文字（图片或空白），请核对没有缺页")
    if bad:
        remarks.insert(0, f"有 {bad} 个字取不出来（记作 �），请对照原文件")
    return composed.page.extracted("utf-8", remarks)
