"""Knows how one file becomes a `Source`: checks its ending, size and first bytes, then calls the reader of its format.

Leaves which formats there are to `format_table`, and what the text means to the rest of `ingest`.
"""

from __future__ import annotations

import errno
import hashlib
from pathlib import Path

from workreport.ingest.formats import format_table
from workreport.ingest.formats.extract import BadSource
from workreport.ingest.formats.format_table import Format
from workreport.ingest.plain_files import read_plain_file
from workreport.model import Source


def read(path: Path, name: str | None = None) -> Source:
    """Read one report file. `name` is the file's name in messages and in `Source.path` (default: `path`).

    Raises BadSource if the file is missing, unreadable, empty, too large or without text, if its format cannot be read, or
    if its content is of another format than its ending says.
    """
    shown = name or path.as_posix()
    kind = _format(path, shown)
    data = _bytes(path, shown, kind)
    if not data:
        raise BadSource(shown, "文件是空的。", "请放入报告全文后再试。")
    _check_content(data, path, shown, kind)
    found = kind.reader(data, shown)
    if not found.text.strip():
        raise BadSource(shown, "文件里没有文字，是空的。", "请放入报告全文后再试。")
    return Source(
        path=shown,
        text=found.text,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=found.encoding,
        format=kind.id,
        text_sha256=hashlib.sha256(found.text.encode()).hexdigest() if kind.extracted else "",
        places=found.places,
        omitted=found.omitted,
        remarks=found.remarks,
    )


def _format(path: Path, shown: str) -> Format:
    """Return the format of a file by its ending. Raises BadSource if it is refused or unknown, or if there is no such file."""
    found = format_table.of_file(path)
    if found is not None:
        return found
    if path.is_dir():
        raise _a_folder(shown)
    if not path.exists():
        raise _missing(shown)
    ending = path.suffix.lower()
    refused = format_table.refused(ending)
    if refused is not None:
        raise BadSource(shown, f"不能直接读{refused.label}。", refused.advice)
    readable = f"可读的有：{' '.join(format_table.all_endings())}。"
    raise BadSource(shown, f"不认识的文件类型 {ending or '（无扩展名）'}。", readable)


def _missing(shown: str) -> BadSource:
    return BadSource(shown, "没有这个文件。", "请核对路径和文件名。")


def _a_folder(shown: str) -> BadSource:
    return BadSource(shown, "这是文件夹，不是文件。", "请给出报告文件本身。")


def _bytes(path: Path, shown: str, kind: Format) -> bytes:
    """Return the bytes of a file. Raises BadSource if it cannot be read or is larger than its format allows."""
    try:
        return read_plain_file(path, kind.largest)
    except FileNotFoundError as error:
        raise _missing(shown) from error
    except IsADirectoryError as error:
        raise _a_folder(shown) from error
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise BadSource(shown, f"文件{error.strerror}。", "请确认这是一份报告的文字稿。") from error
        raise BadSource(shown, f"文件读不出来（{error.strerror}）。", "请检查权限，或把文件复制到别处再试。") from error


def _check_content(data: bytes, path: Path, shown: str, kind: Format) -> None:
    """Raise BadSource if the first bytes are the signature of another format than that of the ending.

    A refused format is left to the reader if that has the better message (`Format.explains_others`).
    """
    found = format_table.by_content(data)
    if found is None or set(found.signatures) & set(kind.signatures):
        return
    problem = f"扩展名是 {path.suffix.lower()}，内容其实是{found.content_label}。"
    if isinstance(found, Format):
        raise BadSource(shown, problem, f"请把扩展名改为 {found.endings[0]} 再试。")
    if not kind.explains_others:
        raise BadSource(shown, problem, found.advice)
