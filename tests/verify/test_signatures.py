"""`SHA256SUMS` is checked against its minisign signature."""

from __future__ import annotations

import base64
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.archive import small_archive
from tests.verify.archive_files import said
from workreport import archive
from workreport.archive import signing
from workreport.verify.files import prove


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two minisign key pairs without password: own.key and own.pub, other.key and other.pub."""
    tool = shutil.which("minisign")
    if tool is None:
        pytest.skip("minisign is not installed (Debian: apt install minisign)")
    folder = tmp_path_factory.mktemp("keys")
    for name in ("own", "other"):
        command = [tool, "-G", "-W", "-f", "-p", f"{name}.pub", "-s", f"{name}.key"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder


def test_good_signature_is_reported_and_wrong_public_key_refused(made: Path, keys: Path, tmp_path: Path) -> None:
    key = signing.key_at(str(keys / "own.key"), tmp_path / "project")
    signature = made / "SHA256SUMS.minisig"
    signature.write_bytes(signing.sign((made / "SHA256SUMS").read_bytes(), key, small_archive.DAY))
    assert signing.sign((made / "SHA256SUMS").read_bytes(), key, small_archive.DAY) == signature.read_bytes()
    written = (keys / "own.pub").read_text(encoding="utf-8").splitlines()[1]
    for given in (keys / "own.pub", written):
        for name in ("town.pdf", "SHA256SUMS", "SHA256SUMS.minisig"):
            verdict = prove(made / name, given)
            assert verdict.code == 0, verdict
            assert "签名有效（SHA256SUMS 2024-02-21）" in verdict.line
    assert "有签名，未给公钥（--key），签名未核对" in prove(made / "town.pdf").line
    assert "公钥不是发布者的" in said(made / "town.pdf", keys / "other.pub")
    assert "不是 minisign 公钥" in said(made / "town.pdf", keys / "none.pub")
    assert "不是 minisign 公钥" in said(made / "town.pdf", keys / "own.key")


def test_only_the_signature_finds_files_changed_with_their_sums(made: Path, keys: Path) -> None:
    sums = made / "SHA256SUMS"
    (made / "SHA256SUMS.minisig").write_bytes(signing.sign(sums.read_bytes(), keys / "own.key", small_archive.DAY))
    (made / "town.pdf").write_bytes(small_archive.pdf(3))
    archive.write_sums(made)
    assert "SHA256SUMS.minisig" not in sums.read_text(encoding="utf-8")
    assert prove(made / "town.pdf").code == 0
    assert "SHA256SUMS 或签名已被改动" in said(made / "town.pdf", keys / "own.pub")
    (made / "SHA256SUMS.minisig").unlink()
    assert "给了公钥，但旁边没有签名" in said(made / "town.pdf", keys / "own.pub")


@pytest.mark.long
def test_changed_signature_is_found_with_the_public_key(made: Path, keys: Path) -> None:
    path = made / "SHA256SUMS.minisig"
    data = signing.sign((made / "SHA256SUMS").read_bytes(), keys / "own.key", small_archive.DAY)
    for at in range(data.index(b"\n") + 1, len(data) - 1):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert prove(made / "town.pdf", keys / "own.pub").code == 1, at


def test_missing_minisign_is_reported_when_signing_and_checking(
    made: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (made / "SHA256SUMS.minisig").write_bytes(signing.sign(b"other", keys / "own.key", small_archive.DAY))
    monkeypatch.setenv("PATH", "")
    assert "本机没有 minisign，无法核对签名。请先安装" in said(made / "town.pdf", keys / "own.pub")
    assert "apt install minisign" in (signing.missing_tool() or "")
    with pytest.raises(signing.SigningError, match="本机没有 minisign"):
        signing.sign(b"", keys / "own.key", small_archive.DAY)


def test_unusable_minisign_key_is_refused(keys: Path, tmp_path: Path) -> None:
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
