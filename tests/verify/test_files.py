"""Checking one archive file on any machine: proven unchanged by `SHA256SUMS` beside it, unproven, or faulty."""

from __future__ import annotations

import base64
import hashlib
import random
import shutil
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.archive import small_archive
from workreport import archive
from workreport.archive import forms, signing, zips
from workreport.verify import container
from workreport.verify import files as proof

KINDS = ("town-offline.zip", "town.html", "town.epub", "town.pdf", "town-bag.zip")
UNPROVEN = "结构完好，无法证明未改"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with a file of each form; tests must not change it."""
    return small_archive.archive_of(tmp_path_factory.mktemp("whole"))


@pytest.fixture
def made(whole: Path, tmp_path: Path) -> Path:
    """A copy of that archive, which a test may damage."""
    return shutil.copytree(whole, tmp_path / "archive")


def alone(folder: Path, name: str, data: bytes) -> Path:
    """A file in a folder of its own, without `SHA256SUMS`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    return folder / name


def said(path: Path, key: str | Path | None = None) -> str:
    """All messages about a file that fails."""
    verdict = proof.prove(path, key)
    assert verdict.code == 1
    return "\n".join([verdict.line, *verdict.problems])


# -- sound files ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", KINDS)
def test_file_of_each_form_is_proven_by_the_sums(whole: Path, name: str) -> None:
    verdict = proof.prove(whole / name)
    assert (verdict.code, verdict.problems) == (0, ())
    assert verdict.line.startswith(f"{name}：未改，与 SHA256SUMS 相符，结构完好；")
    assert verdict.line.endswith("SHA256SUMS 没有签名。")
    assert "\n" not in verdict.line


def test_sums_prove_all_listed_files(whole: Path) -> None:
    verdict = proof.prove(whole / "SHA256SUMS")
    assert (verdict.code, verdict.problems) == (0, ())
    assert verdict.line == "SHA256SUMS：所列 5 个文件都在，未改，逐一相符，结构完好；SHA256SUMS 没有签名。"


@pytest.mark.parametrize("name", KINDS)
def test_sound_file_without_sums_is_unproven(made: Path, tmp_path: Path, name: str) -> None:
    verdict = proof.prove(alone(tmp_path / "stick", name, (made / name).read_bytes()))
    assert verdict.problems == ()
    if name == "town-bag.zip":
        assert verdict.code == 0
        assert verdict.line.startswith(f"{name}：内容未改，与包内清单相符")
    else:
        assert verdict.code == 1
        assert verdict.line.startswith(f"{name}：{UNPROVEN}；")
        assert "SHA256SUMS" in verdict.line


@pytest.mark.parametrize("saved", ["SHA256SUMS.txt", "SHA256SUMS (1)", "SHA256SUMS (2).txt", "SHA256SUMS(1)"])
def test_sums_renamed_by_a_browser_are_reported(made: Path, saved: str) -> None:
    (made / "SHA256SUMS").rename(made / saved)
    verdict = proof.prove(made / saved)
    assert (verdict.code, verdict.line) == (1, f"{saved}：文件名不对。")
    assert "应名为 SHA256SUMS" in verdict.problems[0]
    for name in KINDS:
        verdict = proof.prove(made / name)
        assert f"旁边的 {saved} 应名为 SHA256SUMS，改回再核对。" in verdict.line, name
        assert verdict.proven == (name == "town-bag.zip")


def test_one_file_with_the_sums_is_proven(made: Path) -> None:
    for name in KINDS[1:]:
        (made / name).unlink()
    verdict = proof.prove(made / "town-offline.zip")
    assert verdict.code == 0
    assert "另列有 4 个文件不在旁边，未核对" in verdict.line


def test_renamed_file_is_recognised_by_its_content(made: Path, tmp_path: Path) -> None:
    for name in KINDS:
        path = alone(tmp_path / name, "报告", (made / name).read_bytes())
        assert proof.prove(path).problems == (), name
        (made / name).rename(made / "报告")
        assert f"报告: 不在 SHA256SUMS 之列。内容与其中的 {name} 相同，请改回原名。" in said(made / "报告")
        (made / "报告").rename(made / name)


def test_files_of_the_operating_system_are_ignored(made: Path) -> None:
    for name in (".DS_Store", "Thumbs.db", "._town.pdf"):
        (made / name).write_bytes(b"x")
    assert proof.prove(made / "SHA256SUMS").code == 0


# -- changed bytes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", KINDS)
def test_any_flipped_bit_of_a_file_is_found(made: Path, name: str) -> None:
    chance = random.Random(f"2024 {name}")
    path = made / name
    data = path.read_bytes()
    for number in range(200):
        at, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
        path.write_bytes(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :])
        for asked in (path, made / "SHA256SUMS") if number % 20 == 0 else (path,):
            verdict = proof.prove(asked)
            assert verdict.code == 1, (at, bit)
            assert any(name in problem for problem in verdict.problems), (at, bit, verdict)


def test_any_changed_byte_of_the_sums_is_found_from_every_file(made: Path) -> None:
    path = made / "SHA256SUMS"
    data = path.read_bytes()
    chance = random.Random(7)
    for at in range(len(data)):
        changed = data[at] ^ (1 << chance.randrange(8))
        path.write_bytes(data[:at] + bytes([changed]) + data[at + 1 :])
        for asked in (path, made / chance.choice(KINDS)):
            verdict = proof.prove(asked)
            assert verdict.code == 1, (at, changed, asked.name)
            assert any("SHA256SUMS" in problem for problem in verdict.problems), (at, changed, verdict)


def test_changed_content_of_a_bag_is_found_without_sums(made: Path, tmp_path: Path) -> None:
    """A changed byte that the bag's own lists do not find changes the compression only, not the content."""
    data = (made / "town-bag.zip").read_bytes()
    path = tmp_path / "town-bag.zip"
    path.write_bytes(data)
    with zipfile.ZipFile(path) as bundle:
        contents = {name: bundle.read(name) for name in bundle.namelist()}
    for at in range(0, len(data), 3):
        for bit in (1, 64):
            path.write_bytes(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :])
            if proof.prove(path).code == 0:
                with zipfile.ZipFile(path) as bundle:
                    assert {name: bundle.read(name) for name in bundle.namelist()} == contents, (at, bit)


@pytest.mark.parametrize("name", KINDS)
def test_truncated_file_is_found_without_sums(made: Path, tmp_path: Path, name: str) -> None:
    data = (made / name).read_bytes()
    for kept in (0, 1, 3, len(data) // 2, len(data) - 30, len(data) - 10):
        told = said(alone(tmp_path, name, data[:kept]))
        assert f"{name}: " in told
        assert UNPROVEN not in told


def test_archive_of_the_project_is_proven(built_project: Path, tmp_path: Path) -> None:
    packed = built_project / "archive"
    verdict = proof.prove(packed / "SHA256SUMS")
    assert (verdict.code, verdict.problems) == (0, ())
    made = {form.id for path in packed.iterdir() if (form := forms.form_of(path.name))}
    assert made >= set(forms.ids()) - {"pdf"}, "the PDF takes fonts"
    for path in sorted(packed.iterdir()):
        assert proof.prove(path).code == 0, path.name
        if path.name != "SHA256SUMS":
            assert proof.prove(Path(shutil.copy(path, tmp_path))).problems == (), path.name


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_any_flipped_bit_of_the_project_archive_is_found(built_project: Path, tmp_path: Path) -> None:
    packed = shutil.copytree(built_project / "archive", tmp_path / "archive")
    for path in sorted(packed.iterdir()):
        chance = random.Random(f"2024 {path.name}")
        data = path.read_bytes()
        # The bytes of the sums are tested above; here each would take an examination of all files.
        places = [chance.randrange(len(data)) for _ in range(40 if path.name == "SHA256SUMS" else 200)]
        for at in places:
            changed = data[at] ^ (1 << chance.randrange(8))
            path.write_bytes(data[:at] + bytes([changed]) + data[at + 1 :])
            verdict = proof.prove(path)
            assert verdict.code == 1, (path.name, at, changed)
            assert any(path.name in problem for problem in verdict.problems), (path.name, at, changed, verdict)
        path.write_bytes(data)
    assert proof.prove(packed / "SHA256SUMS").code == 0


# -- sums -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (lambda text: text.upper(), "SHA256SUMS:1: 此行不合格式"),
        (lambda text: text.replace("  ", " *"), "SHA256SUMS:1: 此行不合格式"),
        (lambda text: text.replace("  ", " "), "SHA256SUMS:1: 此行不合格式"),
        (lambda text: text.replace("  ", "   "), "SHA256SUMS:1: 此行不合格式"),
        (lambda text: text.rstrip("\n"), "SHA256SUMS:5: 此行不合格式"),
        (lambda text: text.replace("\n", "\r\n"), "SHA256SUMS:1: 此行不合格式"),
        (lambda text: "\n" + text, "SHA256SUMS:1: 此行不合格式"),
        (lambda text: "\ufeff" + text, "SHA256SUMS:1: 此行不合格式"),
        (lambda text: text + text, "SHA256SUMS:6: 'town-bag.zip' 列了两次（另见第 1 行）"),
        (lambda text: "\n".join(reversed(text.splitlines())) + "\n", "不在应在的位置，各行须按文件名排序"),
        (
            lambda text: text + "0" * 64 + "  ../site/index.html\n",
            "SHA256SUMS:6: 路径 '../site/index.html' 会跑到文件夹之外",
        ),
        (lambda text: text + "0" * 64 + "  /etc/passwd\n", "路径 '/etc/passwd' 会跑到文件夹之外"),
        (lambda text: text + "0" * 64 + "  a\\b\n", "会跑到文件夹之外"),
        (lambda text: text + "0" * 64 + "  con.pdf\n", "路径含有 Windows 保留的名称"),
        (lambda text: text[:0], "SHA256SUMS: 是空的"),
        (lambda text: text + "0" * 64 + "  SHA256SUMS\n", "不能列出自己"),
    ],
)
def test_malformed_sums_are_reported_for_any_file(made: Path, change: Callable[[str], str], wrong: str) -> None:
    path = made / "SHA256SUMS"
    path.write_bytes(change(path.read_text(encoding="utf-8")).encode())
    assert wrong in said(path)
    assert wrong in said(made / "town.pdf")


def test_missing_and_added_files_are_named(made: Path) -> None:
    (made / "town.epub").unlink()
    (made / "extra.txt").write_bytes(b"")
    told = said(made / "SHA256SUMS")
    assert "town.epub: SHA256SUMS 列有此文件，旁边却没有。请补齐再核对。" in told
    assert "extra.txt: 多出，不在 SHA256SUMS 之列。请移走" in told
    assert "extra.txt: 不在 SHA256SUMS 之列" in said(made / "extra.txt")


def test_file_names_are_case_sensitive_on_every_disk(made: Path) -> None:
    path = made / "SHA256SUMS"
    path.write_text(path.read_text(encoding="utf-8").replace("town.pdf", "town.Pdf"), encoding="utf-8")
    assert "记的是 town.Pdf，相同内容的文件却名为 town.pdf" in said(made / "town.epub")


def test_sums_are_readable_by_sha256sum(made: Path) -> None:
    tool = shutil.which("sha256sum")
    if tool is None:
        pytest.skip("no sha256sum on this machine")
    done = subprocess.run([tool, "-c", "--strict", "SHA256SUMS"], cwd=made, check=True, capture_output=True, text=True)
    assert done.stdout.count(": OK\n") == 5


def test_missing_file_and_folder_have_their_own_messages(tmp_path: Path) -> None:
    assert "没有这个文件" in said(tmp_path / "none.pdf")
    assert "是文件夹" in said(tmp_path)
    assert "不是归档的任何一种" in said(alone(tmp_path, "a.txt", b"words"))


# -- signature --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two pairs of keys: own.key and own.pub, other.key and other.pub."""
    tool = shutil.which("minisign")
    if tool is None:
        pytest.skip("no minisign: install it (Debian: apt install minisign)")
    folder = tmp_path_factory.mktemp("keys")
    for name in ("own", "other"):
        command = [tool, "-G", "-W", "-f", "-p", f"{name}.pub", "-s", f"{name}.key"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder


def test_signature_proves_the_sums(made: Path, keys: Path, tmp_path: Path) -> None:
    key = signing.key_at(str(keys / "own.key"), tmp_path / "project")
    signature = made / "SHA256SUMS.minisig"
    signature.write_bytes(signing.sign((made / "SHA256SUMS").read_bytes(), key, small_archive.DAY))
    assert signing.sign((made / "SHA256SUMS").read_bytes(), key, small_archive.DAY) == signature.read_bytes()
    written = (keys / "own.pub").read_text(encoding="utf-8").splitlines()[1]
    for given in (keys / "own.pub", written):
        for name in ("town.pdf", "SHA256SUMS", "SHA256SUMS.minisig"):
            verdict = proof.prove(made / name, given)
            assert verdict.code == 0, verdict
            assert "签名有效（SHA256SUMS 2024-02-21）" in verdict.line
    assert "有签名，未给公钥（--key），签名未核对" in proof.prove(made / "town.pdf").line
    assert "公钥不是发布者的" in said(made / "town.pdf", keys / "other.pub")
    assert "不是 minisign 公钥" in said(made / "town.pdf", keys / "none.pub")
    assert "不是 minisign 公钥" in said(made / "town.pdf", keys / "own.key")


def test_only_the_signature_finds_files_changed_with_their_sums(made: Path, keys: Path) -> None:
    sums = made / "SHA256SUMS"
    (made / "SHA256SUMS.minisig").write_bytes(signing.sign(sums.read_bytes(), keys / "own.key", small_archive.DAY))
    (made / "town.pdf").write_bytes(small_archive.pdf(3))
    archive.write_sums(made)
    assert "SHA256SUMS.minisig" not in sums.read_text(encoding="utf-8")
    assert proof.prove(made / "town.pdf").code == 0
    assert "SHA256SUMS 或签名已被改动" in said(made / "town.pdf", keys / "own.pub")
    (made / "SHA256SUMS.minisig").unlink()
    assert "给了公钥，但旁边没有签名" in said(made / "town.pdf", keys / "own.pub")


def test_changed_signature_is_found_with_the_key(made: Path, keys: Path) -> None:
    path = made / "SHA256SUMS.minisig"
    data = signing.sign((made / "SHA256SUMS").read_bytes(), keys / "own.key", small_archive.DAY)
    for at in range(data.index(b"\n") + 1, len(data) - 1):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert proof.prove(made / "town.pdf", keys / "own.pub").code == 1, at


def test_missing_minisign_is_reported(made: Path, keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (made / "SHA256SUMS.minisig").write_bytes(signing.sign(b"other", keys / "own.key", small_archive.DAY))
    monkeypatch.setenv("PATH", "")
    assert "本机没有 minisign，无法核对签名。请先安装" in said(made / "town.pdf", keys / "own.pub")
    assert "apt install minisign" in (signing.missing_tool() or "")
    with pytest.raises(signing.SigningError, match="本机没有 minisign"):
        signing.sign(b"", keys / "own.key", small_archive.DAY)


def test_unusable_key_is_refused_before_the_work(keys: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / "keys").mkdir(parents=True)
    shutil.copy(keys / "own.key", project / "keys" / "own.key")
    (tmp_path / "link.key").symlink_to(project / "keys" / "own.key")
    (tmp_path / "broken.key").write_text("untrusted comment: x\nRWQ=\n", encoding="utf-8")
    for named, wrong in (
        ("keys/own.key", "指到了项目文件夹里"),
        ("../link.key", "指到了项目文件夹里"),
        (str(tmp_path / "none.key"), "不存在"),
        ("../broken.key", "不是 minisign 私钥"),
        (str(keys / "own.pub"), "不是 minisign 私钥"),
    ):
        with pytest.raises(signing.SigningError, match=wrong):
            signing.key_at(named, project)
    comment, data = (keys / "own.key").read_text(encoding="utf-8").splitlines()
    locked = base64.b64decode(data)
    locked = locked[:2] + b"Sc" + locked[4:]
    (tmp_path / "locked.key").write_text(f"{comment}\n{base64.b64encode(locked).decode()}\n", encoding="utf-8")
    with pytest.raises(signing.SigningError, match="私钥有口令"):
        signing.key_at("../locked.key", project)


# -- zips -------------------------------------------------------------------------------------------------------------


def raw(tmp_path: Path, change: Callable[[zipfile.ZipFile], None]) -> Path:
    """A zip written byte by byte, with faults that zipfile would not write."""
    path = tmp_path / "town-offline.zip"
    with zipfile.ZipFile(path, "w") as bundle:
        change(bundle)
    return path


def linked(bundle: zipfile.ZipFile) -> None:
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
def test_unsafe_path_in_a_zip_is_named(tmp_path: Path, name: str, wrong: str) -> None:
    def fill(bundle: zipfile.ZipFile) -> None:
        for file in ("town-offline/index.html", name):
            entry = zipfile.ZipInfo(file)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            bundle.writestr(entry, b"x")

    assert wrong in said(raw(tmp_path, fill))


def test_unsafe_path_in_a_foreign_zip_is_reported_first(tmp_path: Path) -> None:
    def fill(bundle: zipfile.ZipFile) -> None:
        bundle.writestr("town-offline/index.html", b"x")
        bundle.writestr("town-offline/../../evil.html", b"x")

    assert "'town-offline/../../evil.html' 会跑到文件夹之外" in said(raw(tmp_path, fill))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_links_duplicates_and_foreign_zips_are_refused(tmp_path: Path) -> None:
    assert "'town-offline/link' 是链接" in said(raw(tmp_path, linked))
    data = small_archive.zipped({"t/aa": "1", "t/ab": "2"}).replace(b"t/ab", b"t/aa")
    assert "压缩包里有两个 't/aa'" in said(alone(tmp_path, "town-offline.zip", data))
    assert "不是原样" in said(raw(tmp_path, lambda bundle: bundle.writestr("town-offline/index.html", b"x")))


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
    entry = container.opened(path).entries[0]
    with pytest.raises(container.BrokenError, match="校验码不符"):
        list(container.opened(path).chunks(entry))


def test_large_file_is_read_in_chunks(tmp_path: Path) -> None:
    content = random.Random(1).randbytes(300_000) + b"0" * 3_000_000
    path = alone(tmp_path, "x-offline.zip", small_archive.zipped({"x/a": content}))
    bundle = container.opened(path)
    pieces = list(bundle.chunks(bundle.entries[0]))
    assert b"".join(pieces) == content
    assert max(map(len, pieces)) <= 1 << 16
    assert bundle.digests()[0] == {"x/a": hashlib.sha256(content).hexdigest()}


def test_zips_are_readable_by_other_tools(made: Path) -> None:
    for name in ("town-offline.zip", "town-bag.zip", "town.epub"):
        bundle = container.opened(made / name)
        with zipfile.ZipFile(made / name) as other:
            assert other.testzip() is None
            assert list(bundle.names) == other.namelist()
            assert all(bundle.read(entry) == other.read(entry) for entry in bundle.names)


# -- each form --------------------------------------------------------------------------------------------------------


def unpacked(path: Path) -> dict[str, bytes]:
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
    assert container.opened(alone(tmp_path, "a-offline.zip", data)).read("town-offline/下载.html").decode() == "正文"


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


def test_minimal_bag_is_sound_and_fetch_txt_is_refused(tmp_path: Path) -> None:
    for less in ({"manifest_sha512_txt": None}, {"tagmanifest_sha256_txt": None}, {"bag_info_txt": None}):
        assert proof.prove(alone(tmp_path, "town-bag.zip", small_archive.bag(**less))).code == 0, less
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


def test_epub_must_start_with_mimetype(tmp_path: Path) -> None:
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
    verdict = proof.prove(made / "town.pdf")
    assert verdict.code == 0
    assert "没有 pypdfium2，未逐页打开" in verdict.line


@pytest.mark.parametrize("piece", ["<", "<!", "<a ", "<a b='", "</", "<script>", "&", "<!--"])
def test_hostile_page_is_read_in_linear_time(tmp_path: Path, piece: str) -> None:
    path = alone(tmp_path, "town.html", b"<!doctype html>" + piece.encode() * (3_000_000 // len(piece)))
    start = time.process_time()
    assert "结尾没有 </html>" in said(path)
    assert time.process_time() - start < 20


def test_folder_behind_a_symlink_is_checked(made: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(made, target_is_directory=True)
    for name in ("SHA256SUMS", "town.pdf"):
        assert proof.prove(tmp_path / "link" / name).code == 0


def test_control_characters_in_names_are_escaped(tmp_path: Path) -> None:
    data = small_archive.zipped({"town-offline/index.html": "x"}).replace(b"index.html", b"\x1b[2Jx.html")
    told = said(alone(tmp_path, "town-offline.zip", data))
    assert "\x1b" not in told
