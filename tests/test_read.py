"""Bytes to text: encodings are told apart by content, and what is no text is refused with advice."""

import codecs
from pathlib import Path

import pytest

from workreport.read import BadSource, decode, read

WORDS = "政府工作报告\n一年来，全市的经济发展和人民生活都有了新的进步，产业、教育、医疗工作全面展开。\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (WORDS.encode("utf-8"), "utf-8"),
        (codecs.BOM_UTF8 + WORDS.encode("utf-8"), "utf-8"),
        (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), "utf-16-be"),
        (WORDS.encode("utf-16-le"), "utf-16-le"),
        (WORDS.encode("utf-16-be"), "utf-16-be"),
        (WORDS.encode("gb18030"), "gb18030"),
        (WORDS.encode("gbk"), "gb18030"),
        (WORDS.replace("\n", "\r\n").encode("gb18030"), "gb18030"),
    ],
)
def test_encoding_is_told_by_content(data: bytes, encoding: str) -> None:
    text, found = decode(data, "x.txt")
    assert found == encoding
    assert text.replace("\r\n", "\n") == WORDS


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "二进制"),
        (bytes(range(128, 256)) * 4, "认不出文字编码"),
        ("Ärger über Öl für Bürger".encode("latin-1") * 3, "认不出文字编码"),
        (codecs.BOM_UTF8 + "报告".encode("gb18030"), "字节顺序标记"),
        (WORDS.encode("utf-8")[:-2] + b"\xff", "认不出文字编码"),
    ],
)
def test_no_text_is_refused_with_advice(data: bytes, words: str) -> None:
    with pytest.raises(BadSource, match=words) as error:
        decode(data, "x.txt")
    assert "另存为" in str(error.value)
    assert str(error.value).startswith("x.txt")


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_text(" \n\n", encoding="utf-8")
    (tmp_path / "a.docx").write_bytes(b"PK")
    (tmp_path / "a.xyz").write_bytes(b"x")
    (tmp_path / "folder.md").mkdir()
    for name, words in (
        ("none.md", "没有这个文件"),
        ("empty.md", "空的"),
        ("a.docx", "另存为"),
        ("a.xyz", "不认识"),
        ("folder.md", "文件夹"),
    ):
        with pytest.raises(BadSource, match=words):
            read(tmp_path / name)


def test_positions_count_characters_without_the_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(codecs.BOM_UTF8 + WORDS.encode())
    source = read(path)
    assert source.text == WORDS
    assert source.characters == len(WORDS)
