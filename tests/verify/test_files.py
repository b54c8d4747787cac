"""The verdict on one archive file: proven unchanged by `SHA256SUMS` beside it, unproven, or faulty."""

from __future__ import annotations

import random
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.verify.archive_files import KINDS, UNPROVEN, alone, said
from workreport.archive import forms
from workreport.verify.files import prove


@pytest.mark.parametrize("name", KINDS)
def test_file_of_each_form_is_proven_by_the_sums(whole: Path, name: str) -> None:
    verdict = prove(whole / name)
    assert (verdict.code, verdict.problems) == (0, ())
    assert verdict.line.startswith(f"{name}：未改，与 SHA256SUMS 相符，结构完好；")
    assert verdict.line.endswith("SHA256SUMS 没有签名。")
    assert "\n" not in verdict.line


def test_sums_prove_all_listed_files(whole: Path) -> None:
    verdict = prove(whole / "SHA256SUMS")
    assert (verdict.code, verdict.problems) == (0, ())
    assert verdict.line == "SHA256SUMS：所列 5 个文件都在，未改，逐一相符，结构完好；SHA256SUMS 没有签名。"


@pytest.mark.parametrize("name", KINDS)
def test_sound_file_without_sums_is_unproven(made: Path, tmp_path: Path, name: str) -> None:
    verdict = prove(alone(tmp_path / "stick", name, (made / name).read_bytes()))
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
    verdict = prove(made / saved)
    assert (verdict.code, verdict.line) == (1, f"{saved}：文件名不对。")
    assert "应名为 SHA256SUMS" in verdict.problems[0]
    for name in KINDS:
        verdict = prove(made / name)
        assert f"旁边的 {saved} 应名为 SHA256SUMS，改回再核对。" in verdict.line, name
        assert verdict.proven == (name == "town-bag.zip")


def test_single_file_beside_the_sums_is_proven(made: Path) -> None:
    for name in KINDS[1:]:
        (made / name).unlink()
    verdict = prove(made / "town-offline.zip")
    assert verdict.code == 0
    assert "另列有 4 个文件不在旁边，未核对" in verdict.line


def test_renamed_file_is_recognised_by_its_content_and_its_name_reported(made: Path, tmp_path: Path) -> None:
    for name in KINDS:
        path = alone(tmp_path / name, "报告", (made / name).read_bytes())
        assert prove(path).problems == (), name
        (made / name).rename(made / "报告")
        assert f"报告: 不在 SHA256SUMS 之列。内容与其中的 {name} 相同，请改回原名。" in said(made / "报告")
        (made / "报告").rename(made / name)


def test_files_of_the_operating_system_are_ignored(made: Path) -> None:
    for name in (".DS_Store", "Thumbs.db", "._town.pdf"):
        (made / name).write_bytes(b"x")
    assert prove(made / "SHA256SUMS").code == 0


@pytest.mark.parametrize("name", KINDS)
def test_any_flipped_bit_of_a_file_is_found(made: Path, name: str) -> None:
    chance = random.Random(f"2024 {name}")
    path = made / name
    data = path.read_bytes()
    for number in range(10 if name.endswith(".pdf") else 200):  # a PDF is opened in a process of its own
        at, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
        path.write_bytes(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :])
        for checked in (path, made / "SHA256SUMS") if number % 20 == 0 else (path,):
            verdict = prove(checked)
            assert verdict.code == 1, (at, bit)
            assert any(name in problem for problem in verdict.problems), (at, bit, verdict)


def test_any_changed_byte_of_the_sums_is_found_with_any_file_checked(made: Path) -> None:
    path = made / "SHA256SUMS"
    data = path.read_bytes()
    chance = random.Random(7)
    for at in range(len(data)):
        changed = data[at] ^ (1 << chance.randrange(8))
        path.write_bytes(data[:at] + bytes([changed]) + data[at + 1 :])
        for checked in (path, made / chance.choice(KINDS)):
            verdict = prove(checked)
            assert verdict.code == 1, (at, changed, checked.name)
            assert any("SHA256SUMS" in problem for problem in verdict.problems), (at, changed, verdict)


def test_changed_content_of_a_bag_is_found_without_sums(made: Path, tmp_path: Path) -> None:
    """A changed byte of the zip is found by the bag's own lists, or it changes no content."""
    data = (made / "town-bag.zip").read_bytes()
    path = tmp_path / "town-bag.zip"
    path.write_bytes(data)
    with zipfile.ZipFile(path) as bundle:
        contents = {name: bundle.read(name) for name in bundle.namelist()}
    for at in range(0, len(data), 3):
        for bit in (1, 64):
            path.write_bytes(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :])
            if prove(path).code == 0:
                with zipfile.ZipFile(path) as bundle:
                    assert {name: bundle.read(name) for name in bundle.namelist()} == contents, (at, bit)


@pytest.mark.parametrize("name", KINDS)
def test_truncated_file_is_found_without_sums(made: Path, tmp_path: Path, name: str) -> None:
    data = (made / name).read_bytes()
    for kept in (0, 1, 3, len(data) // 2, len(data) - 30, len(data) - 10):
        told = said(alone(tmp_path, name, data[:kept]))
        assert f"{name}: " in told
        assert UNPROVEN not in told


def test_every_file_of_the_built_archive_is_proven(built_project: Path, tmp_path: Path) -> None:
    packed = built_project / "archive"
    verdict = prove(packed / "SHA256SUMS")
    assert (verdict.code, verdict.problems) == (0, ())
    made = {form.id for path in packed.iterdir() if (form := forms.form_of(path.name))}
    assert made >= set(forms.ids()) - {"pdf"}, "the PDF may be missing: it needs fonts"
    for path in sorted(packed.iterdir()):
        assert prove(path).code == 0, path.name
        if path.name != "SHA256SUMS":
            assert prove(Path(shutil.copy(path, tmp_path))).problems == (), path.name


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_any_flipped_bit_of_the_built_archive_is_found(built_project: Path, tmp_path: Path) -> None:
    packed = shutil.copytree(built_project / "archive", tmp_path / "archive")
    for path in sorted(packed.iterdir()):
        chance = random.Random(f"2024 {path.name}")
        data = path.read_bytes()
        # Few bytes of the sums: each takes a check of all files, and another test changes every byte of a small list.
        places = [chance.randrange(len(data)) for _ in range(40 if path.name == "SHA256SUMS" else 200)]
        for at in places:
            changed = data[at] ^ (1 << chance.randrange(8))
            path.write_bytes(data[:at] + bytes([changed]) + data[at + 1 :])
            verdict = prove(path)
            assert verdict.code == 1, (path.name, at, changed)
            assert any(path.name in problem for problem in verdict.problems), (path.name, at, changed, verdict)
        path.write_bytes(data)
    assert prove(packed / "SHA256SUMS").code == 0


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
def test_malformed_sums_are_reported_for_the_list_and_for_its_files(
    made: Path, change: Callable[[str], str], wrong: str
) -> None:
    path = made / "SHA256SUMS"
    path.write_bytes(change(path.read_text(encoding="utf-8")).encode())
    assert wrong in said(path)
    assert wrong in said(made / "town.pdf")


def test_missing_and_added_files_are_reported_by_name(made: Path) -> None:
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


def test_sha256sum_accepts_the_sums(made: Path) -> None:
    tool = shutil.which("sha256sum")
    if tool is None:
        pytest.skip("sha256sum is not installed")
    done = subprocess.run([tool, "-c", "--strict", "SHA256SUMS"], cwd=made, check=True, capture_output=True, text=True)
    assert done.stdout.count(": OK\n") == 5


def test_missing_file_and_folder_have_their_own_messages(tmp_path: Path) -> None:
    assert "没有这个文件" in said(tmp_path / "none.pdf")
    assert "是文件夹" in said(tmp_path)
    assert "不是归档的任何一种" in said(alone(tmp_path, "a.txt", b"words"))
