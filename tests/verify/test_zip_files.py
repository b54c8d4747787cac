"""Unsafe and malformed zips are refused, with a message for each kind of fault."""

from __future__ import annotations

import hashlib
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.archive import small_archive
from tests.verify.archive_files import alone, said
from workreport.verify import container


def zip_with(tmp_path: Path, change: Callable[[zipfile.ZipFile], None]) -> Path:
    """Write an offline zip with zipfile, filled by `change`; return its path."""
    path = tmp_path / "town-offline.zip"
    with zipfile.ZipFile(path, "w") as bundle:
        change(bundle)
    return path


def add_link(bundle: zipfile.ZipFile) -> None:
    """Add a symbolic link to /etc/passwd."""
    link = zipfile.ZipInfo("town-offline/link")
    link.create_system = 3
    link.external_attr = 0o120777 << 16
    bundle.writestr(link, "/etc/passwd")


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("../evil.html", "压缩包里的路径 '../evil.html' 会跑到文件夹之外，不可信，请勿解压"),
        ("town-offline/../../evil.html", "会跑到文件夹之外"),
        ("/evil.html", "会跑到文件夹之外"),
        ("C:/evil.html", "会跑到文件夹之外"),
        ("town-offline/con.html", "Windows 保留的名称"),
        ("town-offline/a.", "不能以点或空格结尾"),
        ("town-offline/INDEX.html", "只有大小写或字形之别"),
        ("town-offline/index.html/x", "既是文件又是文件夹"),
    ],
)
def test_unsafe_path_in_a_zip_is_refused_and_named(tmp_path: Path, name: str, wrong: str) -> None:
    def fill(bundle: zipfile.ZipFile) -> None:
        for file in ("town-offline/index.html", name):
            entry = zipfile.ZipInfo(file)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            bundle.writestr(entry, b"x")

    assert wrong in said(zip_with(tmp_path, fill))


def test_unsafe_path_in_a_zip_of_another_program_is_reported_first(tmp_path: Path) -> None:
    def fill(bundle: zipfile.ZipFile) -> None:
        bundle.writestr("town-offline/index.html", b"x")
        bundle.writestr("town-offline/../../evil.html", b"x")

    assert "'town-offline/../../evil.html' 会跑到文件夹之外" in said(zip_with(tmp_path, fill))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_symbolic_links_duplicate_names_and_zips_of_other_programs_are_refused(tmp_path: Path) -> None:
    assert "'town-offline/link' 是链接" in said(zip_with(tmp_path, add_link))
    data = small_archive.zipped({"t/aa": "1", "t/ab": "2"}).replace(b"t/ab", b"t/aa")
    assert "压缩包里有两个 't/aa'" in said(alone(tmp_path, "town-offline.zip", data))
    assert "不是原样" in said(zip_with(tmp_path, lambda bundle: bundle.writestr("town-offline/index.html", b"x")))


def test_bytes_before_between_or_after_files_are_found(made: Path, tmp_path: Path) -> None:
    data = (made / "town-offline.zip").read_bytes()
    start = struct.unpack("<L", data[-6:-2])[0]
    for changed in (b"#!/bin/sh\n" + data, data + b"x", data[:start] + b"hidden" + data[start:], data[:-2] + b"\1\0x"):
        assert "town-offline.zip: " in said(alone(tmp_path, "town-offline.zip", changed))


def test_zip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "_MUCH", 1 << 16)
    path = alone(tmp_path, "town-offline.zip", small_archive.zipped({"town-offline/index.html": "0" * (1 << 20)}))
    assert "不可信，请勿解压" in said(path)


def test_stream_longer_than_its_stated_size_is_refused(tmp_path: Path) -> None:
    data = small_archive.zipped({"town-offline/index.html": "0" * 100_000})
    short = data.replace(struct.pack("<L", 100_000), struct.pack("<L", 10))
    path = alone(tmp_path, "town-offline.zip", short)
    entry = container.open_zip(path).entries[0]
    with pytest.raises(container.BrokenError, match="校验码不符"):
        list(container.open_zip(path).chunks(entry))


def test_large_file_in_a_zip_is_read_in_chunks(tmp_path: Path) -> None:
    content = random.Random(1).randbytes(300_000) + b"0" * 3_000_000
    path = alone(tmp_path, "x-offline.zip", small_archive.zipped({"x/a": content}))
    bundle = container.open_zip(path)
    pieces = list(bundle.chunks(bundle.entries[0]))
    assert b"".join(pieces) == content
    assert max(map(len, pieces)) <= 1 << 16
    assert bundle.digests()[0] == {"x/a": hashlib.sha256(content).hexdigest()}


def test_zips_are_readable_by_other_tools(made: Path) -> None:
    for name in ("town-offline.zip", "town-bag.zip", "town.epub"):
        bundle = container.open_zip(made / name)
        with zipfile.ZipFile(made / name) as other:
            assert other.testzip() is None
            assert list(bundle.names) == other.namelist()
            assert all(bundle.read(entry) == other.read(entry) for entry in bundle.names)
