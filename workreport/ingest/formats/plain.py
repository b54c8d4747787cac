"""Knows how text files (.md, .txt) are read: the text as it stands, with remarks on what looks wrong.

Leaves finding the encoding to `encodings`, and removing Markdown to `ingest.line_repairs`.
"""

from __future__ import annotations

import re

from workreport.ingest.formats.encodings import LOST, chinese, decode, marked, sensible
from workreport.ingest.formats.extract import LONGEST, BadSource, Extracted, too_long

_TAGS = re.compile(r"</(?:p|div|h[1-6]|td|tr|li|table|body)>", re.IGNORECASE)
_LONE_RETURN = re.compile(r"\r(?![\r\n])|\r(?=\r)(?!\r+\n)")
"""Matches a carriage return that ends a line by itself, as in files of old Macintosh programs."""
_PAGE_TAGS = 3
"""A text with so many closing tags of blocks is a web page."""
_MOST_PLACES = 8
"""The most lines named in the remark on broken bytes."""


def extract(data: bytes, path: str) -> Extracted:
    """Read a text file.

    Raises BadSource if its bytes are not text, if it holds a web page, or if it has more than LONGEST characters.
    """
    text, encoding = decode(data, path)
    if len(text) > LONGEST:
        raise too_long(path)
    if len(_TAGS.findall(text)) >= _PAGE_TAGS or text[:2000].lstrip().lower().startswith(("<!doctype html", "<html")):
        raise BadSource(
            path, "内容是网页（有 HTML 标签），不是纯文本。", "请把扩展名改为 .html 再试，标签就不会留在正文里。"
        )
    remarks: list[str] = []
    if _LONE_RETURN.search(text):
        text = _LONE_RETURN.sub("\n", text)
        remarks.append("有的行以回车（CR）结束，读作换行")
    if encoding != "utf-8" and not marked(data):
        remarks.append(f"文件没有标明编码，按内容认作 {encoding}")
    if not (sensible if marked(data) else chinese)(text):  # `decode` found no control characters without a mark
        remarks.append("常用汉字很少，文字可能是乱码，请打开看看")
    if LOST in text and encoding != "utf-8":
        lost = [line for line, words in enumerate(text.split("\n"), 1) if LOST in words]
        places = "、".join(f"第 {line} 行" for line in lost[:_MOST_PLACES]) + ("等" if len(lost) > _MOST_PLACES else "")
        remarks.append(f"有 {text.count(LOST)} 处字节坏了，认不出原来的字，记作 {LOST}（{places}），请对照原件补上")
    return Extracted(text, encoding, remarks=tuple(remarks))
