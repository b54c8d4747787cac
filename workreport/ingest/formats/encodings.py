"""Knows text encodings: finds that of a Chinese text from its bytes, and refuses bytes that are not text.

Leaves using the text to `plain` and `html`.
"""

from __future__ import annotations

import codecs
import re
from itertools import accumulate

from workreport.ingest.formats.extract import BadSource

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HAN_BYTES = bytes(range(0x4E, 0xA0))
"""The high bytes of the Han characters U+4E00 to U+9FFF in UTF-16."""
_USUAL = "，的。、发展业建工国和设大中一人全年在有是家了；："
"""The most frequent characters of reports, those first that most texts have."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROL_BYTES = bytes((*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)))
"""These characters in UTF-8: looked for one by one in the bytes of a file, they are found faster than in its text."""
LOST = "\ufffd"
"""The character (REPLACEMENT CHARACTER) that stands for bytes that could not be read."""
BROKEN_SHARE = 2000
"""A text with more than one broken place in so many bytes is not read …"""
FEW_BROKEN = 3
"""… unless there are no more broken places than this."""
USUAL_SHARE = 20
"""Of so many characters outside ASCII, one is very frequent."""
_SAMPLE = 1 << 16
"""Characters at the start of a text that are checked."""
_ADVICE = "请在文字处理软件中另存为“UTF-8 纯文本”后再试。"


def sensible(text: str) -> bool:
    """Whether decoded text looks like Chinese, or is pure ASCII. Only the first _SAMPLE characters are checked.

    It has no control characters; of its characters outside ASCII at least half are Han, and one of every USUAL_SHARE is
    a very frequent one, but at least one. A text decoded with the wrong encoding has fewer.

    >>> sensible("增值" * 19 + "的"), sensible("增值" * 20 + "的"), sensible("增值")
    (True, False, False)
    """
    return _CONTROL.search(text, 0, _SAMPLE) is None and chinese(text)


def chinese(text: str) -> bool:
    """Whether decoded text looks like Chinese, or is pure ASCII; as `sensible`, but control characters are not asked for."""
    sample = text[:_SAMPLE]
    if _fits(sample, len(sample)):  # so it is with nearly all texts; then it fits for fewer characters, too
        return True
    foreign = len(sample) - len(sample.encode("ascii", "ignore"))
    return not foreign or _fits(sample, foreign)


def _fits(sample: str, foreign: int) -> bool:
    """Whether a sample has as many Han and very frequent characters as one with so many characters outside ASCII."""
    usual = max(foreign // USUAL_SHARE, 1)  # whole characters: a short piece is not asked for the next one
    if 2 * _han(sample) < foreign:
        return False
    return any(count >= usual for count in accumulate(map(sample.count, _USUAL)))


def _han(text: str) -> int:
    """Return how many characters of a text are Han.

    >>> _han("增值 5%，5㎡")
    2
    """
    high = text.encode("utf-16-le", "surrogatepass")[1::2]
    return len(high) - len(high.translate(None, _HAN_BYTES))


def marked(data: bytes) -> bool:
    """Whether the bytes start with a byte order mark."""
    return any(data.startswith(mark) for mark, _ in _BOMS)


def decode(data: bytes, path: str) -> tuple[str, str]:
    """Return (text, encoding) of a text file's bytes; a byte order mark is not part of the text.

    Tries, in this order: the byte order mark; UTF-8, accepted without control characters; UTF-16 if there are NUL bytes,
    otherwise GB18030 (which includes GBK and GB2312) and UTF-16, accepted if the result is `sensible`; at last GB18030 with
    a few broken bytes, each of which becomes U+FFFD. Without these, encoding the text again gives the bytes of the file
    without the mark. Raises BadSource if no encoding is accepted; `path` names the file
    in the message.

    >>> decode("工作报告，和的发展".encode("gb18030"), "x.txt")
    ('工作报告，和的发展', 'gb18030')
    """
    by_mark = _by_mark(data, path)
    if by_mark is not None:
        return by_mark
    try:
        text = data.decode("utf-8")
        control = _CONTROL.search(text) if any(byte in data for byte in _CONTROL_BYTES) else None
        if control is None:
            return text, "utf-8"
        line = text.count("\n", 0, control.start()) + 1
        where = f"第 {line} 行有控制字符 U+{ord(control[0]):04X}。"
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if (
            error.start > 3
            and error.reason == "unexpected end of data"
            and sensible(data[: error.start].decode("utf-8"))
        ):
            raise BadSource(
                path, "文件在一个字的中间断开了，可能没有下载或复制完整。", "请重新取得整个文件。", line
            ) from error
        where = f"第 {line} 行有不属于 UTF-8 的字节。"
    if b"\0" in data:
        found = _first_sensible(data, ("utf-16-le", "utf-16-be"))
        if found is None:
            raise BadSource(
                path, "这是二进制文件，不是文本。", "请打开原文件，另存为 .docx、.md 或 .txt（UTF-8）后再试。"
            )
        return found
    found = _first_sensible(data, ("gb18030", "utf-16-le", "utf-16-be")) or _with_broken_bytes(data)
    if found is not None:
        return found
    raise BadSource(path, f"认不出文字编码（试过 UTF-8、UTF-16、GB18030）。{where}", _ADVICE)


def _first_sensible(data: bytes, encodings: tuple[str, ...]) -> tuple[str, str] | None:
    """Return (text, encoding) for the first encoding with a `sensible` result, or None."""
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if sensible(text):
            return text, encoding
    return None


def _with_broken_bytes(data: bytes) -> tuple[str, str] | None:
    """Return (text, "gb18030") of bytes with few broken places (see BROKEN_SHARE); None for others.

    Every place that cannot be read becomes U+FFFD: lost text is marked, not guessed.
    """
    text = data.decode("gb18030", errors="replace")
    broken = text.count(LOST)
    return (text, "gb18030") if 0 < broken <= max(len(data) // BROKEN_SHARE, FEW_BROKEN) and sensible(text) else None


def _by_mark(data: bytes, path: str) -> tuple[str, str] | None:
    """Return (text, encoding) of a file that starts with a byte order mark.

    None without a mark, or if NUL characters show that it was none. Raises BadSource if the bytes do not fit the mark.
    """
    for mark, encoding in _BOMS:
        if not data.startswith(mark):
            continue
        try:
            text = data[len(mark) :].decode(encoding)
        except UnicodeDecodeError as error:
            raise BadSource(
                path,
                f"文件以 {encoding} 的字节顺序标记开头，但第 {error.start + len(mark) + 1} 字节起不是 {encoding}。",
                "请在文字处理软件中另存为“UTF-8 纯文本”。",
            ) from error
        if "\0" in text[:_SAMPLE]:
            break
        return text, encoding
    return None
