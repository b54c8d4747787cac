"""Knows files: bytes to a `Source` (text, encoding, digest), told apart by content and never by hope.

Each format has a room of its own: `encodings` (.md, .txt), `webpage` (.html), `word` (.docx) and `portable` (.pdf), loaded
only when such a file comes. Leaves every question of what the text means to the rooms after it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from workreport.ingest.formats import sidecar
from workreport.ingest.formats.encodings import decode, kind_of, marked, sensible
from workreport.ingest.formats.extract import BLOCKS, LONGEST, BadSource, Extracted
from workreport.model import FormatId, Source

__all__ = ["BLOCKS", "DRAWN", "FORMATS", "LARGEST", "LONGEST", "BadSource", "decode", "read", "sidecar"]

LARGEST = 100 * 1000 * 1000
"""Bytes. A larger file is refused before it is read, so that memory stays bounded."""
LARGEST_TEXT = 4 * LONGEST
"""Bytes of a file that is all text; a text longer than LONGEST characters is refused too."""
LARGEST_PAGE = 16_000_000
"""Bytes of a web page; as a tree it takes thirty times its size."""

FORMATS: dict[str, FormatId] = {
    ".md": FormatId("markdown"),
    ".markdown": FormatId("markdown"),
    ".txt": FormatId("text"),
    ".html": FormatId("html"),
    ".htm": FormatId("html"),
    ".docx": FormatId("docx"),
    ".pdf": FormatId("pdf"),
}
"""The endings of files that can be read, and what a Source says of them."""
DRAWN = frozenset({"html", "docx", "pdf"})
"""The formats whose text is taken out of the file and kept beside it as source.txt."""

_AS_DOCX = "用 Word 或 WPS 打开它，选“另存为”，文件类型选“Word 文档（*.docx）”，再收入存好的 .docx。"
_OTHERS = {
    ".doc": ("旧版 Word 文件（.doc）", _AS_DOCX),
    ".docm": ("带宏的 Word 文件（.docm）", _AS_DOCX),
    ".dot": ("旧版 Word 模板（.dot）", _AS_DOCX),
    ".wps": ("WPS 文字文件（.wps）", _AS_DOCX),
    ".wpt": ("WPS 模板（.wpt）", _AS_DOCX),
    ".rtf": ("RTF 文件（.rtf）", _AS_DOCX),
    ".odt": ("OpenDocument 文件（.odt）", "用 LibreOffice 打开它，选“另存为”，文件类型选“Word 2010–365 文档（.docx）”，再收入存好的 .docx。"),
    ".ofd": ("OFD 版式文件（.ofd）", "最好找到制作它的 Word 原稿，另存为 .docx；没有原稿时，用 OFD 阅读器导出为 PDF 再收入。"),
    ".uof": ("UOF 文件（.uof）", _AS_DOCX),
    ".mht": ("网页存档（.mht）", "用浏览器打开它，存为 .html，或选中正文粘贴到 Word，存为 .docx，再收入。"),
    ".mhtml": ("网页存档（.mhtml）", "用浏览器打开它，存为 .html，或选中正文粘贴到 Word，存为 .docx，再收入。"),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp"), ("图片", "先用文字识别（OCR）转成文字，另存为 .docx，再收入。")),
}  # fmt: skip


def _bytes(path: Path, shown: str, suffix: str) -> bytes:
    """The bytes of a file of a kind that we read. Raises BadSource."""
    if suffix in _OTHERS:
        kind, advice = _OTHERS[suffix]
        raise BadSource(shown, f"不能直接读{kind}。", advice)
    if suffix not in FORMATS:
        raise BadSource(shown, f"不认识的文件类型 {suffix or '（无扩展名）'}。", f"可读的有：{' '.join(FORMATS)}。")
    try:
        size = path.stat().st_size
        limit = {"docx": LARGEST, "pdf": LARGEST, "html": LARGEST_PAGE}.get(FORMATS[suffix], LARGEST_TEXT)
        if size > limit:
            raise BadSource(
                shown, f"文件有 {size // 10**6} MB，超过上限 {limit // 10**6} MB。", "请确认这是一份报告的文字稿。"
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise BadSource(shown, "没有这个文件。", "请核对路径和文件名。") from error
    except IsADirectoryError as error:
        raise BadSource(shown, "这是文件夹，不是文件。", "请给出报告文件本身。") from error
    except OSError as error:
        raise BadSource(shown, f"文件读不出来（{error.strerror}）。", "请检查权限，或把文件复制到别处再试。") from error


def _extracted(data: bytes, shown: str, suffix: str) -> Extracted:
    """The text of a file's bytes, by the room for its format."""
    kind = FORMATS[suffix]
    looks = kind_of(data)
    wanted = {"docx": ".docx", "pdf": ".pdf"}.get(kind, "")
    if looks is not None and (looks[1] != wanted or not wanted):
        name, ending = looks
        if ending or kind != "docx":  # `package` knows a locked .docx from an old .doc
            advice = f"请把扩展名改为 {ending} 再试。" if ending else _AS_DOCX
            raise BadSource(shown, f"扩展名是 {suffix}，内容其实是{name}。", advice)
    if kind == "html":
        from workreport.ingest.formats import html

        return html.extract(data, shown)
    if kind == "docx":
        from workreport.ingest.formats import docx

        return docx.extract(data, shown)
    if kind == "pdf":
        from workreport.ingest.formats import pdf

        return pdf.extract(data, shown)
    text, encoding = decode(data, shown)
    if len(text) > LONGEST:
        raise BadSource(shown, f"文字超过 {LONGEST // 10**6} 百万字。", "请确认这是一份报告。")
    told: tuple[str, ...] = ()
    if encoding != "utf-8" and not marked(data):
        told += (f"文件没有标明编码，按内容认作 {encoding}",)
    if not sensible(text):
        told += ("常用汉字很少，文字可能是乱码，请打开看看",)
    if text[:2000].lstrip().lower().startswith(("<!doctype html", "<html")):
        told += ("内容像网页：扩展名改为 .html，标签就不会留在正文里",)
    return Extracted(text, encoding, remarks=told)


def read(path: Path, name: str | None = None) -> Source:
    """Read one report file. `name` is how the file is called in messages and data (default: as given).

    Raises BadSource where there is no file, no right to read it, nothing in it, or no text.
    """
    shown = name or path.as_posix()
    suffix = path.suffix.lower()
    data = _bytes(path, shown, suffix)
    if not data:
        raise BadSource(shown, "文件是空的。", "请放入报告全文后再试。")
    extracted = _extracted(data, shown, suffix)
    if not extracted.text.strip():
        raise BadSource(shown, "文件里没有文字，是空的。", "请放入报告全文后再试。")
    kind = FORMATS[suffix]
    return Source(
        path=shown,
        text=extracted.text,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=extracted.encoding,
        format=kind,
        text_sha256=hashlib.sha256(extracted.text.encode()).hexdigest() if kind in DRAWN else "",
        places=extracted.places,
        left=extracted.left,
        remarks=extracted.remarks,
    )
