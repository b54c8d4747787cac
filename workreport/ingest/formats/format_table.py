"""Knows which file formats can be read, one row each, and which are refused with advice.

Leaves reading to the module that a row names. `add`, the error messages, the bag and RO-Crate ask these functions when
they run, so a format is added by its row and its reader alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath

from workreport.ingest.formats.extract import LONGEST, Extracted
from workreport.model import FormatId

LARGEST = 100 * 1000 * 1000
"""Bytes of a .docx or .pdf. A larger file is refused before it is read, so that memory stays bounded."""
LARGEST_TEXT = 4 * LONGEST
"""Bytes of a file that is all text; a text longer than LONGEST characters is refused too."""
LARGEST_WEB_PAGE = 16_000_000
"""Bytes of a web page; as a tree it takes thirty times its size."""

AS_DOCX = "用 Word 或 WPS 打开它，选“另存为”，文件类型选“Word 文档（*.docx）”，再收入存好的 .docx。"

Reader = Callable[[bytes, str], Extracted]
"""Takes a file's bytes and the path that messages call it by; gives its text. Raises BadSource."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be read.

    `endings` are in lower case with their dot; the first is the usual one, which messages name. `label` is Chinese,
    for the publisher. `largest` is in bytes. `signatures` are the bytes that such files start with, and
    `content_label` says in Chinese what a file that starts with them is; both are empty for text. `extracted` says
    that the text is taken out of the file and kept beside it as source.txt. `packed` says that the file is compressed
    in itself. `explains_others` says that the reader has a better message for a refused format under this ending.
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
    """A format that cannot be read: `advice` says in Chinese how to turn the file into one that can. Else as `Format`."""

    endings: tuple[str, ...]
    label: str
    advice: str
    signatures: tuple[bytes, ...] = ()
    content_label: str = ""


def _module(name: str) -> Reader:
    """The function `extract` of a module beside this one, imported when the first file of its format comes."""

    def extract(data: bytes, path: str) -> Extracted:
        text: Extracted = import_module(f"{__package__}.{name}").extract(data, path)
        return text

    return extract


FORMATS: tuple[Format, ...] = (
    Format(
        FormatId("docx"), (".docx",), "Word 文档", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _module("docx"), LARGEST, (b"PK\x03\x04",), "Word（.docx）或压缩包", extracted=True, packed=True,
        explains_others=True,
    ),
    Format(
        FormatId("pdf"), (".pdf",), "PDF", "application/pdf",
        _module("pdf"), LARGEST, (b"%PDF-",), "PDF", extracted=True, packed=True,
    ),
    Format(FormatId("html"), (".html", ".htm"), "网页", "text/html", _module("html"), LARGEST_WEB_PAGE, extracted=True),
    Format(FormatId("markdown"), (".md", ".markdown"), "Markdown", "text/markdown", _module("plain")),
    Format(FormatId("text"), (".txt",), "纯文本", "text/plain", _module("plain")),
)  # fmt: skip
"""The formats that can be read, in the order in which messages list them."""

REFUSED: tuple[RefusedFormat, ...] = (
    RefusedFormat((".doc",), "旧版 Word 文件（.doc）", AS_DOCX, (b"\xd0\xcf\x11\xe0",), "旧版 Word（.doc）或 WPS 文件"),
    RefusedFormat((".docm",), "带宏的 Word 文件（.docm）", AS_DOCX),
    RefusedFormat((".dot",), "旧版 Word 模板（.dot）", AS_DOCX),
    RefusedFormat((".wps",), "WPS 文字文件（.wps）", AS_DOCX),
    RefusedFormat((".wpt",), "WPS 模板（.wpt）", AS_DOCX),
    RefusedFormat((".rtf",), "RTF 文件（.rtf）", AS_DOCX, (b"{\\rtf",), "RTF 文件"),
    RefusedFormat(
        (".odt",), "OpenDocument 文件（.odt）",
        "用 LibreOffice 打开它，选“另存为”，文件类型选“Word 2010–365 文档（.docx）”，再收入存好的 .docx。",
    ),
    RefusedFormat(
        (".ofd",), "OFD 版式文件（.ofd）",
        "最好找到制作它的 Word 原稿，另存为 .docx；没有原稿时，用 OFD 阅读器导出为 PDF 再收入。",
    ),
    RefusedFormat((".uof",), "UOF 文件（.uof）", AS_DOCX),
    RefusedFormat(
        (".mht", ".mhtml"), "网页存档（.mht）",
        "用浏览器打开它，存为 .html，或选中正文粘贴到 Word，存为 .docx，再收入。",
    ),
    RefusedFormat(
        (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp"), "图片",
        "先用文字识别（OCR）转成文字，另存为 .docx，再收入。",
    ),
)  # fmt: skip
"""The formats that publishers have and we do not read."""


def of_file(name: str | PurePath) -> Format | None:
    """The format of a file by the ending of its name; None where no format has this ending.

    >>> [found and found.id for found in map(of_file, ("a/报告.DOCX", "a.htm", "a.doc", "a"))]
    ['docx', 'html', None, None]
    """
    ending = PurePath(name).suffix.lower()
    return next((row for row in FORMATS if ending in row.endings), None)


def of_id(name: FormatId) -> Format:
    """The format with this id. Raises KeyError.

    >>> of_id(FormatId("docx")).label
    'Word 文档'
    """
    for row in FORMATS:
        if row.id == name:
            return row
    raise KeyError(name)


def refused(ending: str) -> RefusedFormat | None:
    """The refused format with this ending, or None."""
    return next((row for row in REFUSED if ending in row.endings), None)


def by_content(data: bytes) -> Format | RefusedFormat | None:
    """The format with a signature that the file starts with; None for text and for unknown formats.

    >>> by_content(b"%PDF-1.7 ...").label
    'PDF'
    """
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    rows: Iterator[Format | RefusedFormat] = iter((*FORMATS, *REFUSED))
    return next((row for row in rows if row.signatures and head.startswith(row.signatures)), None)


def all_endings() -> tuple[str, ...]:
    """Every ending that can be read.

    >>> all_endings()
    ('.docx', '.pdf', '.html', '.htm', '.md', '.markdown', '.txt')
    """
    return tuple(ending for row in FORMATS for ending in row.endings)


def usual_endings() -> str:
    """The usual ending of each format, as a list in a Chinese sentence.

    >>> usual_endings()
    '.docx、.pdf、.html、.md 或 .txt'
    """
    *others, last = (row.endings[0] for row in FORMATS)
    return f"{'、'.join(others)} 或 {last}" if others else last


def media_type(name: str) -> str | None:
    """The media type of a source by its name, None where no format has its ending.

    >>> media_type("source.docx"), media_type("report.toml")
    ('application/vnd.openxmlformats-officedocument.wordprocessingml.document', None)
    """
    found = of_file(name)
    return found.media_type if found else None


def packed_endings() -> tuple[str, ...]:
    """The endings of sources that are compressed in themselves, so that an archive stores them as they are."""
    return tuple(ending for row in FORMATS if row.packed for ending in row.endings)
