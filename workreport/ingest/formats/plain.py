"""Knows how text files (.md, .txt) are read: the text unchanged, with remarks on what looks wrong.

Leaves finding the encoding to `encodings`, and removing Markdown to `ingest.line_repairs`.
"""

from __future__ import annotations

from workreport.ingest.formats.encodings import decode, marked, sensible
from workreport.ingest.formats.extract import LONGEST, BadSource, Extracted


def extract(data: bytes, path: str) -> Extracted:
    """Read a text file. Raises BadSource if its bytes are not text, or if it has more than LONGEST characters."""
    text, encoding = decode(data, path)
    if len(text) > LONGEST:
        raise BadSource(path, f"文字超过 {LONGEST // 10**6} 百万字。", "请确认这是一份报告。")
    remarks: list[str] = []
    if encoding != "utf-8" and not marked(data):
        remarks.append(f"文件没有标明编码，按内容认作 {encoding}")
    if not sensible(text):
        remarks.append("常用汉字很少，文字可能是乱码，请打开看看")
    if text[:2000].lstrip().lower().startswith(("<!doctype html", "<html")):
        remarks.append("内容像网页：扩展名改为 .html，标签就不会留在正文里")
    return Extracted(text, encoding, remarks=tuple(remarks))
