"""Knows which file formats can be read, one row each, and which are refused with advice.

Leaves reading to the module that a row names. Everything that depends on the formats (`add`, errors, the archive) calls
the functions of this module at run time, so a new format needs only a row and a reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath

from workreport.ingest.formats.extract import LONGEST, Extracted
from workreport.model import FormatId

LARGEST = 100 * 1000 * 1000
"""The most bytes of a .docx or .pdf. A larger file is refused unread, to limit memory."""
LARGEST_TEXT = 4 * LONGEST
"""The most bytes of a text file: LONGEST characters of up to four bytes."""
LARGEST_WEB_PAGE = 16_000_000
"""The most bytes of a web page. Its tree takes thirty times as much memory."""

AS_DOCX = "用 Word 或 WPS 打开它，选“另存为”，文件类型选“Word 文档（*.docx）”，再收入存好的 .docx。"
"""The advice for refused formats that Word can open."""

Reader = Callable[[bytes, str], Extracted]
"""A function from (bytes of a file, path for messages) to its text. Raises BadSource."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be read.

    `endings` are in lower case with a dot; the first is the usual one, shown in messages. `label` is its Chinese name.
    `largest` is the most bytes of a file. `signatures` are the bytes that such files may start with, and `content_label`
    is the Chinese name of a file that starts with one; both are empty for text formats. `extracted`: the text is taken
    out of the file and stored beside it as source.txt. `packed`: the format is compressed already. `explains_others`:
    the reader itself explains what to do if the content is a refused format (an old .doc named .docx).
    """

    id: FormatId
    endings: tuple[str, ...]
    label: str
    media_type: str
    reader: Reader
    largest: int = LARGEST_TEXT
    signatures: tuple[bytes, ...] = ()
    content_label: str = ""
    extracted: bool = False
    packed: bool = False
    explains_others: bool = False


@dataclass(frozen=True, slots=True)
class RefusedFormat:
    """A format that cannot be read. `advice` says in Chinese how to convert the file; for the rest see `Format`.

    `convertible`: LibreOffice makes a .docx of it, and `add` does so where it is installed.
    """

    endings: tuple[str, ...]
    label: str
    advice: str
    signatures: tuple[bytes, ...] = ()
    content_label: str = ""
    convertible: bool = False


def _module(name: str) -> Reader:
    """Return a reader that calls `extract` of a module in this package, which is imported with the first file."""

    def extract(data: bytes, path: str) -> Extracted:
        text: Extracted = import_module(f"{__package__}.{name}").extract(data, path)
        return text

    return extract


def _native(name: str) -> Reader:
    """Return a reader that calls `extract` of a module in this package in a child process with limits."""

    def extract(data: bytes, path: str) -> Extracted:
        from workreport.ingest.formats import native

        return native.extract(name, data, path)

    return extract


FORMATS: tuple[Format, ...] = (
    Format(
        FormatId("docx"), (".docx",), "Word 文档", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _module("docx"), LARGEST, (b"PK\x03\x04",), "Word（.docx）或压缩包", extracted=True, packed=True,
        explains_others=True,
    ),
    Format(
        FormatId("pdf"), (".pdf",), "PDF", "application/pdf",
        _native("pdf"), LARGEST, (b"%PDF-",), "PDF", extracted=True, packed=True,
    ),
    Format(FormatId("html"), (".html", ".htm"), "网页", "text/html", _native("html"), LARGEST_WEB_PAGE, extracted=True),
    Format(FormatId("markdown"), (".md", ".markdown"), "Markdown", "text/markdown", _module("plain")),
    Format(FormatId("text"), (".txt",), "纯文本", "text/plain", _module("plain")),
)  # fmt: skip
"""The formats that can be read, in the order in which messages list them."""

REFUSED: tuple[RefusedFormat, ...] = (
    RefusedFormat((".doc",), "旧版 Word 文件（.doc）", AS_DOCX, (b"\xd0\xcf\x11\xe0",), "旧版 Word（.doc）或 WPS 文件", convertible=True),
    RefusedFormat((".docm",), "带宏的 Word 文件（.docm）", AS_DOCX),
    RefusedFormat((".dot",), "旧版 Word 模板（.dot）", AS_DOCX, convertible=True),
    RefusedFormat((".wps",), "WPS 文字文件（.wps）", AS_DOCX, convertible=True),
    RefusedFormat((".wpt",), "WPS 模板（.wpt）", AS_DOCX, convertible=True),
    RefusedFormat((".rtf",), "RTF 文件（.rtf）", AS_DOCX, (b"{\\rtf",), "RTF 文件", convertible=True),
    RefusedFormat(
        (".odt",), "OpenDocument 文件（.odt）",
        "用 LibreOffice 打开它，选“另存为”，文件类型选“Word 2010–365 文档（.docx）”，再收入存好的 .docx。",
        convertible=True,
    ),
    RefusedFormat(
        (".ofd",), "OFD 版式文件（.ofd）",
        "最好找到制作它的 Word 原稿，另存为 .docx；没有原稿时，用 OFD 阅读器导出为 PDF 再收入。",
    ),
    RefusedFormat((".uof",), "UOF 文件（.uof）", AS_DOCX, convertible=True),
    RefusedFormat(
        (".mht", ".mhtml"), "网页存档（.mht）",
        "用浏览器打开它，存为 .html，或选中正文粘贴到 Word，存为 .docx，再收入。",
    ),
    RefusedFormat(
        (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp"), "图片",
        "先用文字识别（OCR）转成文字，另存为 .docx，再收入。",
    ),
)  # fmt: skip
"""Formats that publishers may have and that cannot be read; messages give their advice."""


def of_file(name: str | PurePath) -> Format | None:
    """Return the readable format of a file by the ending of its name, in any case; None if no format has this ending.

    >>> [found and found.id for found in map(of_file, ("a/报告.DOCX", "a.htm", "a.doc", "a"))]
    ['docx', 'html', None, None]
    """
    ending = PurePath(name).suffix.lower()
    return next((row for row in FORMATS if ending in row.endings), None)


def of_id(name: FormatId) -> Format:
    """Return the format with this id. Raises KeyError if there is none.

    >>> of_id(FormatId("docx")).label
    'Word 文档'
    """
    for row in FORMATS:
        if row.id == name:
            return row
    raise KeyError(name)


def refused(ending: str) -> RefusedFormat | None:
    """Return the refused format with this ending (lower case, with a dot), or None."""
    return next((row for row in REFUSED if ending in row.endings), None)


def by_content(data: bytes) -> Format | RefusedFormat | None:
    """Return the format, readable or refused, whose signature the file starts with; None for text and unknown formats.

    A UTF-8 byte order mark and white space before the signature are skipped.

    >>> by_content(b"%PDF-1.7 ...").label
    'PDF'
    """
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    rows: Iterator[Format | RefusedFormat] = iter((*FORMATS, *REFUSED))
    return next((row for row in rows if row.signatures and head.startswith(row.signatures)), None)


def all_endings() -> tuple[str, ...]:
    """Return all endings of the readable formats.

    >>> all_endings()
    ('.docx', '.pdf', '.html', '.htm', '.md', '.markdown', '.txt')
    """
    return tuple(ending for row in FORMATS for ending in row.endings)


def usual_endings() -> str:
    """Return the usual ending of each readable format, as an enumeration in Chinese.

    >>> usual_endings()
    '.docx、.pdf、.html、.md 或 .txt'
    """
    *others, last = (row.endings[0] for row in FORMATS)
    return f"{'、'.join(others)} 或 {last}" if others else last


def media_type(name: str) -> str | None:
    """Return the media type of a source by its file name; None if no readable format has its ending.

    >>> media_type("source.docx"), media_type("report.toml")
    ('application/vnd.openxmlformats-officedocument.wordprocessingml.document', None)
    """
    found = of_file(name)
    return found.media_type if found else None


def packed_endings() -> tuple[str, ...]:
    """Return the endings of formats that are compressed already; a zip stores such files without compression."""
    return tuple(ending for row in FORMATS if row.packed for ending in row.endings)
