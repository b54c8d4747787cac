"""Text files are read in the encoding that their bytes show; files that are not text are refused with advice."""

import codecs
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from workreport.ingest.formats import LONGEST, BadSource, decode, format_table, read

WORDS = "政府工作报告\n一年来，全市的经济发展和人民生活都有了新的进步，产业、教育、医疗工作全面展开。\n"
REPORT = (ROOT / "reports" / "gongshu-2024" / "source.md").read_text(encoding="utf-8")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk")


def check_refusal(error: BadSource) -> None:
    """Check that an error names the file and gives advice."""
    assert error.advice
    assert str(error).startswith(error.path)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (WORDS.encode("utf-8"), "utf-8"),
        (codecs.BOM_UTF8 + WORDS.encode("utf-8"), "utf-8"),
        (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + WORDS.encode("utf-32-le"), "utf-32-le"),
        (WORDS.encode("utf-16-le"), "utf-16-le"),
        (WORDS.encode("utf-16-be"), "utf-16-be"),
        ("经济发展和人民生活的工作全面展开".encode("utf-16-be"), "utf-16-be"),
        (WORDS.encode("gb18030"), "gb18030"),
        (WORDS.encode("gbk"), "gb18030"),
        (WORDS.replace("\n", "\r\n").encode("gb18030"), "gb18030"),
        (("𬭎䶮" + WORDS).encode("gb18030"), "gb18030"),
    ],
)
def test_encoding_is_detected_from_the_bytes(data: bytes, encoding: str) -> None:
    text, found = decode(data, "x.txt")
    assert found == encoding
    assert text.replace("\r\n", "\n").removeprefix("𬭎䶮") in (WORDS, "经济发展和人民生活的工作全面展开")


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(start=st.integers(0, len(REPORT) - 40), size=st.integers(40, 3000))
@settings(max_examples=40, deadline=None)
def test_any_excerpt_of_a_report_is_decoded_unchanged(encoding: str, start: int, size: int) -> None:
    words = REPORT[start : start + size]
    text, _ = decode(words.encode(encoding), "x.txt")
    assert text == words


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_short_text_with_one_very_frequent_character_is_decoded(encoding: str) -> None:
    words = "356.8亿元；5.6%" + "增值税额逐季回升" * 4
    assert sum(not c.isascii() for c in words) == 35
    assert decode(words.encode(encoding), "x.txt")[0] == words


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass")))
@settings(max_examples=300, deadline=None)
def test_decoded_text_encodes_to_the_same_bytes(data: bytes) -> None:
    """Random bytes are decoded without loss or refused with advice."""
    try:
        text, encoding = decode(data, "x.txt")
    except BadSource as error:
        check_refusal(error)
        return
    if "\ufffd" in text:
        assert (encoding, text.count("\ufffd") <= 3) == ("gb18030", True)
        return
    marks = {codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, b""}
    assert any(mark + text.encode(encoding) == data for mark in marks)


@given(
    words=st.sampled_from([WORDS, REPORT[:3000]]),
    first=st.sampled_from(ENCODINGS),
    wrong=st.binary(min_size=1, max_size=6),
    at=st.floats(0, 1),
)
@settings(max_examples=150, deadline=None)
def test_text_with_random_bytes_inside_is_refused_or_decoded_with_the_loss_marked(
    words: str, first: str, wrong: bytes, at: float
) -> None:
    data = words.encode(first)
    cut = int(at * len(data))
    data = data[:cut] + wrong + data[cut:]
    try:
        text, encoding = decode(data, "x.txt")
    except BadSource as error:
        check_refusal(error)
        return
    assert data.endswith(text.encode(encoding)) or (encoding == "gb18030" and "\ufffd" in text)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "二进制"),
        (bytes(range(128, 256)) * 4, "认不出文字编码"),
        ("Ärger über Öl für Bürger".encode("latin-1") * 3, "认不出文字编码"),
        (codecs.BOM_UTF8 + "报告".encode("gb18030"), "字节顺序标记"),
        (WORDS.encode("utf-8")[:-1] + b"\xff\n", "认不出文字编码.*第 2 行有不属于"),
        ("报告\n\x01".encode(), "第 2 行有控制字符 U\\+0001"),
    ],
)
def test_bytes_that_are_not_text_are_refused_with_advice(data: bytes, words: str) -> None:
    with pytest.raises(BadSource, match=words) as error:
        decode(data, "x.txt")
    assert "另存为" in str(error.value)
    assert str(error.value).startswith("x.txt")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("none.md", None, "没有这个文件"),
        ("empty.md", b" \n\n", "空的"),
        ("nothing.docx", b"", "空的"),
        ("a.docx", b"PK", "打不开"),
        ("a.xyz", b"x", "不认识"),
        ("a", b"x", "无扩展名"),
        ("a.pdf", b"hello", "打不开"),
        ("a.txt", b"%PDF-1.7\n%", "其实是PDF.*改为 .pdf"),
        ("a.pdf", b"PK\x03\x04", "改为 .docx"),
        ("a.docx", b"%PDF-1.7\n%", "改为 .pdf"),
        ("a.html", b"\xd0\xcf\x11\xe0\xa1\xb1", "旧版 Word.*另存为"),
        ("a.txt", b"{\\rtf1 x}", "RTF.*另存为"),
    ],
)
def test_unreadable_file_is_refused_with_its_reason(tmp_path: Path, name: str, data: bytes | None, words: str) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(BadSource, match=words):
        read(tmp_path / name)


def test_folder_instead_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    with pytest.raises(BadSource, match="文件夹"):
        read(tmp_path / "folder.md")


@pytest.mark.parametrize("ending", ["doc", "wps", "rtf", "odt", "docm", "dot", "wpt", "uof", "mht", "jpg", "DOC"])
def test_error_for_a_refused_format_advises_saving_as_docx(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"报告.{ending}"
    path.write_bytes(b"\xd0\xcf\x11\xe0")
    with pytest.raises(BadSource, match=r"存为.*\.docx"):
        read(path)


def test_error_for_an_ofd_file_advises_docx_or_pdf(tmp_path: Path) -> None:
    (tmp_path / "a.ofd").write_bytes(b"PK\x03\x04")
    with pytest.raises(BadSource, match=r"\.docx.*PDF"):
        read(tmp_path / "a.ofd")


def test_byte_order_mark_is_not_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(codecs.BOM_UTF8 + WORDS.encode())
    source = read(path)
    assert source.text == WORDS
    assert source.characters == len(WORDS)
    assert source.text_sha256 == ""
    assert source.remarks == ()


@pytest.mark.parametrize("lost", [1, 2])
def test_utf8_file_cut_within_a_character_is_refused(lost: int) -> None:
    with pytest.raises(BadSource, match=r"x\.txt:2: .*断开.*重新取得"):
        decode(WORDS.encode()[: -1 - lost], "x.txt")


def test_mojibake_gives_a_remark(tmp_path: Path) -> None:
    """Text that was decoded wrongly and saved again is valid UTF-8; only its rare characters show the error."""
    path = tmp_path / "a.txt"
    path.write_text(WORDS.encode().decode("gb18030", "replace") * 20, encoding="utf-8")
    assert "乱码" in read(path).remarks[-1]


def test_encoding_gives_a_remark_unless_a_byte_order_mark_states_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(WORDS.encode("gbk"))
    assert "gb18030" in read(path).remarks[0]
    path.write_bytes(WORDS.encode("utf-16"))
    assert read(path).remarks == ()


@pytest.mark.parametrize("ending", format_table.all_endings())
def test_too_large_file_is_refused_unread(tmp_path: Path, ending: str) -> None:
    """The test file is sparse: it takes no space on the disk, but reading it would take long."""
    path = tmp_path / f"a{ending}"
    with path.open("wb") as handle:
        handle.truncate(max(row.largest for row in format_table.FORMATS) + 1)
    start = time.process_time()
    with pytest.raises(BadSource, match="超过上限"):
        read(path)
    assert time.process_time() - start < 1


def test_longest_text_is_read_in_seconds_and_a_longer_one_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("发展" * (LONGEST // 2), encoding="utf-8")
    start = time.process_time()
    assert read(path).characters == LONGEST
    assert time.process_time() - start < 5
    path.write_text("发展" * (LONGEST // 2) + "。", encoding="utf-8")
    with pytest.raises(BadSource, match="百万字"):
        read(path)


def test_reading_a_text_file_imports_no_format_library(tmp_path: Path) -> None:
    """The libraries for .docx, .pdf and .html are imported only when such a file is read."""
    (tmp_path / "a.md").write_text(WORDS, encoding="utf-8")
    code = (
        "import sys; before = set(sys.modules); from pathlib import Path; from workreport.ingest.formats import read;"
        "read(Path(sys.argv[1]));"
        "print(*sorted({'pypdfium2', 'selectolax', 'zipfile', 'xml'} & (set(sys.modules) - before)))"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path / "a.md"], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.strip() == b""


def test_text_of_each_corpus_file_encodes_to_the_bytes_of_the_file(shared: Path) -> None:
    """Only a byte order mark of up to three bytes may be missing."""
    for path in sorted((shared / "corpus").glob("*.txt")):
        source = read(path)
        data = path.read_bytes()
        assert data.endswith(source.text.encode(source.encoding)), path.name
        assert len(data) - len(source.text.encode(source.encoding)) <= 3, path.name


def test_gbk_text_with_broken_bytes_is_read_and_the_loss_is_marked(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    data = (WORDS * 20).encode("gbk")
    at = data.index("医疗".encode("gbk"))
    file.write_bytes(data[:at] + b"\xff" + data[at + 1 :])
    source = read(file)
    assert source.text.count("\ufffd") >= 1
    assert any("字节坏了" in remark and "第 2 行" in remark for remark in source.remarks)
    file.write_bytes(data.replace("的".encode("gbk"), b"\xff\xff"))
    with pytest.raises(BadSource):
        read(file)


def test_web_page_in_a_text_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("<div><h4>各位代表：</h4><p>经济发展。</p></div>", encoding="utf-8")
    with pytest.raises(BadSource, match=r"扩展名改为 \.html"):
        read(file)
    file.write_text("各位代表：<br>经济发展，5<6。", encoding="utf-8")
    assert read(file).text == "各位代表：<br>经济发展，5<6。"


def test_lines_that_end_with_a_carriage_return_are_lines(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("政府工作报告\r各位代表：\r\r一、回顾\r\n正文。\r\r\n完".encode())
    source = read(file)
    assert source.text == "政府工作报告\n各位代表：\n\n一、回顾\r\n正文。\r\r\n完"
    assert "有的行以回车（CR）结束，读作换行" in source.remarks
