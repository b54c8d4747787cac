"""Knows files: bytes to a `Source` (text, encoding, digest), told apart by content and never by hope.

Leaves every question of what the text means to the rooms after it.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from pathlib import Path

from workreport.model import Source

LARGEST = 100 * 1024 * 1024
"""Bytes. A larger file is refused before it is read, so that memory stays bounded."""

FORMATS = {".md": "markdown", ".markdown": "markdown", ".txt": "text"}
OFFICE = {".doc", ".wps", ".docx", ".pdf", ".ofd", ".rtf", ".odt", ".html", ".htm"}

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HAN = re.compile("[一-鿿]")
_USUAL = re.compile("[的一是在和了有大中年人工发展全国家建设业，。、；：]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class BadSource(Exception):
    """A source that cannot be read. `path`, `line` (from 1, or None) and `advice` go into the message."""

    def __init__(self, path: str, problem: str, advice: str, line: int | None = None) -> None:
        self.path, self.problem, self.advice, self.line = path, problem, advice, line
        super().__init__(f"{path}{f':{line}' if line else ''}: {problem} {advice}")


def _sensible(text: str) -> bool:
    """Is this a decoding that a Chinese text would have? Wrong ones hold few of the commonest characters."""
    sample = text[: 1 << 16]
    if _CONTROL.search(sample):
        return False
    foreign = sum(1 for c in sample if ord(c) > 127)
    if not foreign:
        return True
    return len(_HAN.findall(sample)) >= 0.5 * foreign and len(_USUAL.findall(sample)) >= 0.05 * foreign


def decode(data: bytes, path: str) -> tuple[str, str]:
    """Return (text, encoding) of a text file's bytes; a byte order mark is not part of the text.

    Order: byte order mark, UTF-8 (strict), UTF-16 by its NUL bytes, GB18030 (the superset of GBK and GB2312,
    GB 18030-2022), each accepted only where the result reads like text. Raises BadSource.

    >>> decode("工作报告，和的发展".encode("gb18030"), "x.txt")
    ('工作报告，和的发展', 'gb18030')
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise BadSource(
                    path,
                    f"文件以 {encoding} 的字节顺序标记开头，但第 {error.start} 字节起不是它。",
                    "请在文字处理软件中另存为“UTF-8 纯文本”。",
                ) from error
    try:
        text = data.decode("utf-8")
        if not _CONTROL.search(text):
            return text, "utf-8"
    except UnicodeDecodeError:
        pass
    if b"\0" in data:
        for encoding in ("utf-16-le", "utf-16-be"):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if _sensible(text):
                return text, encoding
        raise BadSource(path, "这是二进制文件，不是文本。", "请打开原文件，另存为 .md 或 .txt（UTF-8）后再试。")
    try:
        text = data.decode("gb18030")
        if _sensible(text):
            return text, "gb18030"
    except UnicodeDecodeError:
        pass
    raise BadSource(
        path, "认不出文字编码（试过 UTF-8、UTF-16、GB18030）。", "请在文字处理软件中另存为“UTF-8 纯文本”后再试。"
    )


def read(path: Path, name: str | None = None) -> Source:
    """Read one report file. `name` is how the file is called in messages and data (default: as given).

    Raises BadSource where there is no file, no right to read it, nothing in it, or no text.
    """
    shown = name or path.as_posix()
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        if suffix in OFFICE:
            raise BadSource(shown, f"还不能读 {suffix} 文件。", "请在文字处理软件中另存为纯文本 .txt（UTF-8）后再试。")
        raise BadSource(shown, f"不认识的文件类型 {suffix or '（无扩展名）'}。", "可读的有：.md .txt。")
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise BadSource(
                shown, f"文件有 {size // 2**20} MB，超过上限 {LARGEST // 2**20} MB。", "请确认这是一份报告的文字稿。"
            )
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise BadSource(shown, "没有这个文件。", "请核对路径和文件名。") from error
    except IsADirectoryError as error:
        raise BadSource(shown, "这是文件夹，不是文件。", "请给出报告文件本身。") from error
    except OSError as error:
        raise BadSource(shown, f"文件读不出来（{error.strerror}）。", "请检查权限，或把文件复制到别处再试。") from error
    text, encoding = decode(data, shown)
    if not text.strip():
        raise BadSource(shown, "文件是空的。", "请放入报告全文后再试。")
    return Source(
        path=shown, text=text, sha256=hashlib.sha256(data).hexdigest(), encoding=encoding, format=FORMATS[suffix]
    )
