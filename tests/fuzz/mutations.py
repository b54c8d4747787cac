"""Knows how Hypothesis makes new files from those of a corpus: parts are cut, doubled, joined, and marks are put in.

Leaves what is done with them to `targets`.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date

from hypothesis import strategies as st

from workreport.archive import zips

MARKS: tuple[bytes, ...] = (
    *(mark.encode() for mark in (
        "一、", "（一）", "第一条", "1.", "一是", "——", "“", "”", "（", "）", "《", "》", "。", "，", "；", "：", "、", "\n", "\n\n", "\t", " ", "\u3000", "\u200b",
        "5.1%", "百分之五", "3万4000", "1亿", "30家", "2024年", "增长", "下降", "至", "—", "左右", "居全市第二", "同比", "翻一番", "名词解释", "附件1", "［1］",
        "**", "# ", "| a | b |", "---", "[x](y)", "<b>", "</p>", "<table><tr><td colspan=9>", "&#xffff;", "<!--", "]]>", "<w:p>", "</w:t>", "<w:tbl>",
        "[[repair]]", "[[unit]]", "=", '"""', "'", "{", "}", "[", "]", "#", "true", "-1", "1e999", "2024-02-21", "nan", "\\u0000", "%", "..", "/", "\\",
        "startxref", "endobj", "stream", "<<", ">>", "/Type", "PK\x03\x04", ">5%", "单位:", "\"", "ya", "運",
    )),
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80",
)  # fmt: skip
"""What is put into a file, besides random bytes."""
DAY = date(2024, 2, 21)
"""The date of the files in a zip."""
LARGEST = 200_000
"""The most bytes of a file that is made."""


@st.composite
def mutated(draw: st.DrawFn, seeds: Sequence[bytes]) -> bytes:
    """Draw a changed file of the corpus; of a zip mostly one file in it is changed."""
    data = draw(st.sampled_from(seeds))
    if data.startswith(b"PK\x03\x04") and draw(st.integers(0, 9)) < 7:
        return draw(_in_zip(data, seeds))
    return draw(_changed(data, seeds))


@st.composite
def _changed(draw: st.DrawFn, data: bytes, seeds: Sequence[bytes]) -> bytes:
    """Draw bytes with one to six changes."""
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(start + draw(st.sampled_from((0, 1, 3, 12, 60, 400))), len(data))
        kind = draw(st.sampled_from(("mark", "mark", "cut", "double", "many", "bytes", "join")))
        if kind == "mark":
            data = data[:start] + draw(st.sampled_from(MARKS)) + data[end:]
        elif kind == "cut":
            data = data[:start] + data[end:]
        elif kind == "double":
            data = data[:end] + data[start:end] + data[end:]
        elif kind == "many":
            data = data[:start] + draw(st.sampled_from(MARKS)) * draw(st.sampled_from((2, 30, 500))) + data[end:]
        elif kind == "bytes":
            data = data[:start] + draw(st.binary(max_size=8)) + data[end:]
        else:
            other = draw(st.sampled_from(seeds))
            at = draw(st.integers(0, len(other)))
            data = data[:start] + other[at : at + 500] + data[end:]
    return data[:LARGEST]


@st.composite
def _in_zip(draw: st.DrawFn, data: bytes, seeds: Sequence[bytes]) -> bytes:
    """Draw a zip with one of its files changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        rows = [(row.filename, old.read(row), row.compress_type == zipfile.ZIP_STORED) for row in old.infolist()]
    chosen = draw(st.integers(0, len(rows) - 1))
    name, content, stored = rows[chosen]
    rows[chosen] = (name, draw(_changed(content, seeds)), stored)
    return zips.packed([zips.Member(*row) for row in rows], DAY)
