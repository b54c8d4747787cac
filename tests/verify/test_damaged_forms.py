"""A damaged or incomplete file of each archive form fails its check, with a message that names the fault."""

from __future__ import annotations

import sys
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.archive import small_archive
from tests.verify.archive_files import alone, said
from workreport.archive import zips
from workreport.verify import container
from workreport.verify.files import prove


def unpacked(path: Path) -> dict[str, bytes]:
    """The content of every file in a zip, by name."""
    with zipfile.ZipFile(path) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (
            lambda files: files.pop("town-offline/town/1/index.html"),
            "缺少 town/1/index.html：manifest-sha256.txt 列有此文件",
        ),
        (lambda files: files.update({"town-offline/more.html": b""}), "多出 more.html：不在 manifest-sha256.txt 之列"),
        (
            lambda files: files.update({"town-offline/index.html": b"x"}),
            "index.html 的内容与 manifest-sha256.txt 所记不符",
        ),
        (lambda files: files.pop("town-offline/manifest-sha256.txt"), "没有 manifest-sha256.txt"),
        (lambda files: files.pop("town-offline/index.html"), "没有 index.html"),
        (lambda files: files.update({"other/index.html": b""}), "应只有一个文件夹"),
        (lambda files: files.update({"readme.txt": b""}), "应只有一个文件夹"),
    ],
)
def test_incomplete_offline_zip_is_refused(
    made: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], object], wrong: str
) -> None:
    files = unpacked(made / "town-offline.zip")
    change(files)
    assert wrong in said(alone(tmp_path / "x", "town-offline.zip", small_archive.zipped(files)))


def test_chinese_file_name_in_a_zip_is_read(tmp_path: Path) -> None:
    data = zips.packed([zips.Member("town-offline/下载.html", "正文".encode())], date(2024, 2, 21))
    assert container.open_zip(alone(tmp_path, "a-offline.zip", data)).read("town-offline/下载.html").decode() == "正文"


BAGIT = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"bagit_txt": BAGIT + "\n"}, "bagit.txt 不是 RFC 8493 所定的两行"),
        ({"bagit_txt": None}, "没有 bagit.txt"),
        ({"manifest_sha256_txt": None, "manifest_sha512_txt": None}, "没有 manifest-sha256.txt"),
        (
            {"manifest_sha256_txt": small_archive.listed({**small_archive.PAYLOAD, "data/x": ""})},
            "缺少 data/x：manifest-sha256.txt",
        ),
        (
            {"manifest_sha256_txt": "0" * 64 + "  data/source.md\n"},
            "data/source.md 的内容与 manifest-sha256.txt 所记不符",
        ),
        ({"manifest_sha256_txt": "0" * 64 + "  data/source.md\n"}, "多出 data/100%.txt：不在 manifest-sha256.txt 之列"),
        (
            {"manifest_sha512_txt": small_archive.listed(small_archive.PAYLOAD)},
            "manifest-sha512.txt 第 1 行：此行不合格式：应为 128 位",
        ),
        (
            {"manifest_sha256_txt": "0" * 64 + "  ../evil\n"},
            "manifest-sha256.txt 第 1 行：路径 '../evil' 会跑到文件夹之外",
        ),
        ({"bag_info_txt": "Payload-Oxum: 5.1\n"}, "bag-info.txt 记有 5 字节、1 个文件，实有"),
        (
            {"tagmanifest_sha256_txt": small_archive.listed({"bagit.txt": BAGIT})},
            "多出 bag-info.txt：不在 tagmanifest-sha256.txt",
        ),
        (
            {"tagmanifest_sha256_txt": small_archive.listed({"bagit.txt": ""})},
            "bagit.txt 的内容与 tagmanifest-sha256.txt 所记不符",
        ),
    ],
)
def test_bag_with_a_wrong_manifest_is_refused(tmp_path: Path, changed: dict[str, str | None], wrong: str) -> None:
    assert wrong in said(alone(tmp_path, "town-bag.zip", small_archive.bag(**changed)))


def test_bag_without_optional_files_is_sound_and_with_fetch_txt_refused(tmp_path: Path) -> None:
    for less in ({"manifest_sha512_txt": None}, {"tagmanifest_sha256_txt": None}, {"bag_info_txt": None}):
        assert prove(alone(tmp_path, "town-bag.zip", small_archive.bag(**less))).code == 0, less
    files = {**unpacked(tmp_path / "town-bag.zip"), "town-bag/fetch.txt": b""}
    assert "有 fetch.txt" in said(alone(tmp_path, "town-bag.zip", small_archive.zipped(files)))


@pytest.mark.parametrize(
    ("name", "old", "new", "wrong"),
    [
        ("mimetype", "epub", "zip!", "mimetype 的内容不对"),
        ("META-INF/container.xml", "EPUB/content.opf", "EPUB/none.opf", "缺少 EPUB/none.opf"),
        ("META-INF/container.xml", "</rootfiles>", "", "META-INF/container.xml 第 "),
        (
            "EPUB/content.opf",
            'href="one.xhtml"',
            'href="two.xhtml"',
            "缺少 EPUB/two.xhtml：EPUB/content.opf 列有此文件",
        ),
        ("EPUB/content.opf", 'href="one.xhtml"', 'href="two.xhtml"', "多出 EPUB/one.xhtml：不在 EPUB/content.opf 之列"),
        ("EPUB/content.opf", 'idref="one"', 'idref="two"', "阅读次序（spine）不完整"),
        ("EPUB/content.opf", 'properties="nav"', "", "没有目录（nav）"),
        ("EPUB/content.opf", "<package", '<!DOCTYPE a [<!ENTITY b "c">]><package', "EPUB/content.opf 里有实体声明"),
        ("EPUB/one.xhtml", "</p>", "", "EPUB/one.xhtml 第 1 行不是合格的 XML"),
    ],
)
def test_incomplete_epub_is_refused(tmp_path: Path, name: str, old: str, new: str, wrong: str) -> None:
    assert old in small_archive.BOOK[name]
    files = {**small_archive.BOOK, name: small_archive.BOOK[name].replace(old, new, 1)}
    assert wrong in said(alone(tmp_path, "town.epub", small_archive.book(files)))


def test_epub_without_uncompressed_mimetype_first_is_refused(tmp_path: Path) -> None:
    late = {"META-INF/container.xml": small_archive.CONTAINER, **small_archive.BOOK}
    assert "第一个文件应是不压缩的 mimetype" in said(alone(tmp_path, "town.epub", small_archive.book(late)))
    packed = small_archive.zipped(small_archive.BOOK)
    assert "第一个文件应是不压缩的 mimetype" in said(alone(tmp_path, "town.epub", packed))


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (small_archive.webpage(script="let a = 2;"), "有 1 段脚本与页内的安全策略不符"),
        (small_archive.webpage(style=""), "有 1 段样式与页内的安全策略不符"),
        (
            small_archive.webpage().replace(b"</body>", b"<script>alert(1)</script></body>"),
            "有 1 段脚本与页内的安全策略不符",
        ),
        (
            small_archive.webpage().replace(f"<script>{small_archive.SCRIPT}</script>".encode(), b""),
            "安全策略列有的脚本缺了 1 段",
        ),
        (small_archive.webpage().replace(b"Content-Security-Policy", b"x"), "没有内容安全策略"),
        (small_archive.webpage().replace("青".encode(), b"\xff"), "第 2 行不是 UTF-8 文字"),
        (small_archive.webpage()[10:], "开头不是网页"),
        (small_archive.webpage()[:-9], "结尾没有 </html>"),
    ],
)
def test_damaged_html_file_is_refused(tmp_path: Path, data: bytes, wrong: str) -> None:
    assert wrong in said(alone(tmp_path, "town.html", data))


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (small_archive.pdf()[4:], "开头不是 PDF"),
        (small_archive.pdf().replace(b"%%EOF", b""), "结尾没有 %%EOF"),
        (small_archive.pdf().replace(b"startxref\n", b"startxref\n1"), "位置表"),
        (small_archive.pdf().replace(b"0000000009", b"0000000010"), "位置表"),
        (small_archive.pdf().replace(b"trailer", b"trailed"), "位置表"),
        (small_archive.pdf().replace(b"0 5\n", b"0 4\n"), "位置表"),
        (small_archive.pdf(0), "打不开"),
        (small_archive.pdf().replace(b"1 0 obj\n<<", b"1 0 obj\n>>"), "打不开"),
    ],
)
def test_damaged_pdf_is_refused(tmp_path: Path, data: bytes, wrong: str) -> None:
    assert wrong in said(alone(tmp_path, "town.pdf", data))


def test_pdf_is_checked_without_pypdfium2(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    verdict = prove(made / "town.pdf")
    assert verdict.code == 0
    assert "没有 pypdfium2，未逐页打开" in verdict.line


@pytest.mark.parametrize("piece", ["<", "<!", "<a ", "<a b='", "</", "<script>", "&", "<!--"])
def test_html_file_of_repeated_markup_is_checked_in_linear_time(tmp_path: Path, piece: str) -> None:
    path = alone(tmp_path, "town.html", b"<!doctype html>" + piece.encode() * (3_000_000 // len(piece)))
    start = time.process_time()
    assert "结尾没有 </html>" in said(path)
    assert time.process_time() - start < 20


def test_archive_behind_a_symbolic_link_is_proven(made: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(made, target_is_directory=True)
    for name in ("SHA256SUMS", "town.pdf"):
        assert prove(tmp_path / "link" / name).code == 0


def test_control_characters_of_file_names_are_escaped_in_messages(tmp_path: Path) -> None:
    data = small_archive.zipped({"town-offline/index.html": "x"}).replace(b"index.html", b"\x1b[2Jx.html")
    told = said(alone(tmp_path, "town-offline.zip", data))
    assert "\x1b" not in told
