"""Hostile, damaged, random and very large Word files are read within seconds or refused with advice."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.ingest.docx_files import FILES, make, saved
from workreport.ingest.formats import BadSource, read
from workreport.ingest.formats.docx_package import LARGEST_PART, MOST_TAGS
from workreport.ingest.formats.extract import DEEPEST_XML


def check_refusal(error: BadSource) -> None:
    """Check that an error names the file and gives advice."""
    assert error.advice
    assert str(error).startswith(error.path)


def zipped(file: Path, parts: dict[str, bytes]) -> Path:
    """Write a zip with these parts (name to content)."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, data in parts.items():
            bundle.writestr(name, data)
    return file


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>'
"""XML whose entities grow when they are expanded."""
LOCAL_FILE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]><a>&a;</a>'
"""XML with an entity that reads a file of the computer."""


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (b"", "XML"),
        (b"<w", "XML"),
        (b"<a/>", "没有 Word 正文"),
        (BOMB, "XML"),
        (LOCAL_FILE, "XML"),
        (b'<?xml version="1.0" encoding="no-such"?><a/>', "XML"),
        (b"<body>" + b" " * LARGEST_PART + b"</body>", "超过上限"),
        (b"<d><body>" + b"<p/>" * (MOST_TAGS + 1) + b"</body></d>", "超过上限"),
        (b"<d><body>" + b"<x>" * (DEEPEST_XML + 50) + b"</x>" * (DEEPEST_XML + 50) + b"</body></d>", "套得太深"),
        (b"<d><body><p>" + b"<x>" * 5000 + b"</x>" * 5000 + b"</p></body></d>", "套得太深"),
        (b"<d><body>" + b"<tbl><tr><tc>" * 900 + b"</tc></tr></tbl>" * 900 + b"</body></d>", "套得太深"),
        (b"<d><body><p><pPr/></p></body></d>", "没有文字"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_hostile_word_file_is_refused_within_seconds(tmp_path: Path, document: bytes, words: str) -> None:
    file = zipped(tmp_path / "a.docx", {"word/document.xml": document})
    start = time.process_time()
    with pytest.raises(BadSource, match=words):
        read(file)
    assert time.process_time() - start < 5


def test_docx_with_a_password_and_old_doc_named_docx_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(BadSource, match="密码"):
        read(file)
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1" + b"\0" * 600)
    with pytest.raises(BadSource, match=r"旧版 Word.*另存为"):
        read(file)


@given(data=st.data())
@settings(max_examples=120, deadline=None)
def test_damaged_word_file_is_read_or_refused_with_advice(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = (FILES / "word.docx").read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(start + 400, len(whole))))
    middle = data.draw(st.binary(max_size=40))
    file = tmp_path_factory.getbasetemp() / "damaged.docx"
    file.write_bytes(whole[:start] + middle + whole[end:])
    try:
        assert read(file).text
    except BadSource as error:
        check_refusal(error)


TAGS = ["w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:del", "w:ins", "w:sdt", "w:sdtContent", "w:delText", "w:br",
        "w:footnoteReference", "w:fldChar", "w:pPr", "w:numPr", "w:hyperlink", "mc:AlternateContent", "w:txbxContent"]  # fmt: skip


WORD = st.sampled_from(["甲", "2024年", "，", "一、", "&lt;", " "])


@st.composite
def trees(draw: st.DrawFn, depth: int = 0) -> str:
    """Draw an element of WordprocessingML with random content, mostly invalid."""
    tag = draw(st.sampled_from(TAGS))
    inner = draw(st.lists(WORD if depth > 4 else WORD | trees(depth + 1), max_size=3))
    kind = draw(st.sampled_from(["", ' w:id="2"', ' w:fldCharType="begin"', ' w:val="3"']))
    return f"<{tag}{kind}>{''.join(inner)}</{tag}>"


@given(body=st.lists(trees(), max_size=5))
@settings(max_examples=60, deadline=None)
def test_word_elements_in_any_order_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, body: list[str]
) -> None:
    """Invalid documents are refused with advice, or read with every position inside the text."""
    try:
        source = saved(tmp_path_factory.getbasetemp(), make().paragraph("各位代表：") + "".join(body))
    except BadSource as error:
        check_refusal(error)
        return
    assert source.text.startswith("各位代表：")
    assert all(0 <= r.start <= len(source.text) for r in source.omitted)


RUNS = {
    "plain": '<w:r><w:t xml:space="preserve">{}</w:t></w:r>',
    "inserted": '<w:ins w:id="1"><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:ins>',
    "link": '<w:hyperlink><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:hyperlink>',
    "deleted": '<w:del w:id="1"><w:r><w:delText xml:space="preserve">{}</w:delText></w:r></w:del>',
    "hidden": '<w:r><w:rPr><w:vanish/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>',
}
"""The XML of a run of text, by how it is shown or left out."""


PIECES = st.tuples(st.sampled_from(sorted(RUNS)), st.text("甲乙2.5%，。 ", min_size=1, max_size=6))


@given(paragraphs=st.lists(st.lists(PIECES, min_size=1, max_size=6), min_size=1, max_size=6))
@settings(max_examples=100, deadline=None)
@example(paragraphs=[[("inserted", " "), ("deleted", "5")], [("deleted", "2")]])
def test_no_character_of_a_word_file_is_lost(
    tmp_path_factory: pytest.TempPathFactory, paragraphs: list[list[tuple[str, str]]]
) -> None:
    """Every character is exactly once in the text, or listed as left out at its position."""
    m = make()
    body = "".join(m.paragraph(*(RUNS[kind].format(words) for kind, words in p)) for p in paragraphs)
    source = saved(tmp_path_factory.getbasetemp(), m.paragraph("各位代表：") + body)
    shown = ["".join(w for kind, w in p if kind not in ("deleted", "hidden")) for p in paragraphs]
    assert source.text == "".join(f"{line}\n" for line in ["各位代表：", *shown] if line.strip())
    out = "".join(w for p in paragraphs for kind, w in p if kind in ("deleted", "hidden"))
    listed = "".join(r.before for r in source.omitted)
    assert listed.replace(" ", "") == out.replace(" ", "")
    whole, at = [], 0
    for r in source.omitted:
        whole += [source.text[at : r.start], r.before]
        at = r.start
    everything = "".join(w for p in paragraphs for _, w in p)
    assert "".join("".join([*whole, source.text[at:]]).split()) == "各位代表：" + "".join(everything.split())


def test_word_file_of_five_million_bytes_is_read_in_seconds(tmp_path: Path) -> None:
    m = make()
    words = m.words.PARTS[0][1][0][1][0]
    count = 5_000_000 // len(words.encode()) + 1
    start = time.process_time()
    source = saved(tmp_path, m.paragraph(words) * count)
    assert source.text == f"{words}\n" * count
    assert time.process_time() - start < 10
