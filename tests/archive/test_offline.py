"""The offline zip has file names for every system, a list of digests, and a page that checks files by that list."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.archive import small_archive
from tests.conftest import ROOT
from workreport import archive
from workreport.archive import offline
from workreport.project import writer
from workreport.verify.site import check_site
from workreport.website import tokens


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    """The unpacked folder of a small offline zip."""
    with zipfile.ZipFile(small_archive.archive_of(tmp_path) / "town-offline.zip") as bundle:
        bundle.extractall(tmp_path / "stick")
    return tmp_path / "stick" / "town-offline"


def listed(unpacked: Path) -> dict[str, object]:
    """The content of the script with the list of files: title, folder, files."""
    text = (unpacked / offline.LIST).read_text(encoding="utf-8")
    found = re.fullmatch(r"globalThis\.workreportList = \{\.\.\.(\{.*\}), files: (\[\n.*\n\])\};\n", text, re.DOTALL)
    assert found
    return {**json.loads(found[1]), "files": json.loads(found[2])}


def test_manifest_and_list_script_of_the_offline_zip_name_every_file(unpacked: Path) -> None:
    names = archive.names_in(unpacked)
    assert set(names) == {*small_archive.SITE, *offline.OWN}
    text = (unpacked / offline.MANIFEST).read_text(encoding="utf-8")
    expected = [name for name in names if name != offline.MANIFEST]
    assert text == "".join(f"{archive.digest(unpacked / name)}  {name}\n" for name in expected)
    told = listed(unpacked)
    assert (told["title"], told["folder"]) == ("青川镇政府工作报告", "town-offline")
    facts = [[name, (unpacked / name).stat().st_size, archive.digest(unpacked / name)] for name in expected]
    assert told["files"] == [[name, 0, ""] if name == offline.LIST else [name, *rest] for name, *rest in facts]


def test_sha256sum_accepts_the_manifest_and_finds_a_changed_file(unpacked: Path) -> None:
    tool = shutil.which("sha256sum")
    if tool is None:
        pytest.skip("sha256sum is not installed")
    command = [tool, "-c", "--strict", "--quiet", offline.MANIFEST]
    subprocess.run(command, cwd=unpacked, check=True, capture_output=True)
    (unpacked / "index.html").write_bytes(b"")
    done = subprocess.run(command, cwd=unpacked, check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert "index.html: FAILED" in done.stdout


def test_title_is_escaped_in_the_list_script(tmp_path: Path) -> None:
    site = small_archive.site_of(tmp_path / "site")
    title = '</script><script>alert(1)</script>"\\\u2028'
    path = small_archive.pack_site(site, tmp_path / "archive", title=title)
    with zipfile.ZipFile(path) as bundle:
        bundle.extractall(tmp_path)
    assert b"<" not in (tmp_path / "town-offline" / offline.LIST).read_bytes()
    assert listed(tmp_path / "town-offline")["title"] == title


def test_pictures_are_stored_in_the_offline_zip_and_text_is_compressed(tmp_path: Path) -> None:
    with zipfile.ZipFile(small_archive.archive_of(tmp_path) / "town-offline.zip") as bundle:
        kept = {member.filename.removeprefix("town-offline/"): member.compress_type for member in bundle.infolist()}
    assert kept["town/picture/long.png"] == zipfile.ZIP_STORED
    assert kept["town/index.html"] == zipfile.ZIP_DEFLATED


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("con.html", "Windows 保留的名称"),
        ("town/NUL", "Windows 保留的名称"),
        ("a?.html", "不能用作文件名的字符"),
        ("a:b", "不能用作文件名的字符"),
        ("a.", "不能以点或空格结尾"),
        ("a ", "不能以点或空格结尾"),
        ("INDEX.html", "只有大小写或字形之别"),
        ("界" * 81, "文件名过长"),
        ("/".join(["longer"] * 30), "路径过长"),
        ("e\u0301.html", "macOS 会改写它"),
        ("verify/index.html", "离线版留作自用"),
        ("manifest-sha256.txt", "离线版留作自用"),
    ],
)
def test_unportable_or_reserved_file_name_is_refused_in_the_offline_zip(tmp_path: Path, name: str, wrong: str) -> None:
    site = small_archive.site_of(tmp_path / "site")
    path = site / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")
    with pytest.raises(writer.WriteError, match=wrong):
        small_archive.pack_site(site, tmp_path / "archive")
    assert not any((tmp_path / "archive").rglob("*"))


def test_path_of_the_greatest_length_is_accepted_and_a_longer_one_refused(tmp_path: Path) -> None:
    most = offline.LONGEST_PATH - len("town-offline/") - len("/12345678")
    offline.check_paths([f"town-offline/{'x' * most}/12345678"])
    with pytest.raises(writer.WriteError, match="路径过长"):
        offline.check_paths([f"town-offline/{'x' * (most + 1)}/12345678"])


def test_checking_page_has_a_strict_policy_and_no_inline_code() -> None:
    page = (ROOT / "templates" / "verify" / "index.html").read_text(encoding="utf-8")
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in page
    assert not re.search(r"integrity=|https?:|<script>|<style|style=|\son\w+=", page)
    assert {part.name for part in (ROOT / "templates" / "verify").iterdir()} == set(offline.PARTS)


def test_checking_page_has_the_publishers_colour(tmp_path: Path) -> None:
    site = small_archive.site_of(tmp_path / "site")
    chosen = b":root{--wr-accent:#0f6b6b}\n"
    (site / offline.STYLES).parent.mkdir(exist_ok=True)
    (site / offline.STYLES).write_bytes(chosen + b"/* The look */ p { color: var(--wr-accent) }")
    path = small_archive.pack_site(site, tmp_path / "archive")
    style = (ROOT / "templates" / "verify" / "verify.css").read_text(encoding="utf-8")
    own = tokens.load(ROOT / "templates").filled(style).encode()
    with zipfile.ZipFile(path) as bundle:
        assert bundle.read("town-offline/verify/verify.css") == chosen + own
    assert b"var(--wr-accent" in own


def test_links_in_the_unpacked_offline_zip_resolve(built_project: Path, tmp_path: Path) -> None:
    packed = next((built_project / "archive").glob("*-offline.zip"))
    with zipfile.ZipFile(packed) as bundle:
        bundle.extractall(tmp_path)
    folder = tmp_path / packed.stem
    assert [str(problem) for problem in check_site(folder)] == []
    told = listed(folder)
    assert len(told["files"]) == len(archive.names_in(folder)) - 1  # type: ignore[arg-type]
    data = (folder / "index.html").read_bytes()
    assert ["index.html", len(data), hashlib.sha256(data).hexdigest()] in told["files"]  # type: ignore[operator]


@pytest.mark.parametrize("length", [0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 128, 1000, 100_000])
def test_checking_page_computes_sha256_correctly(tmp_path: Path, length: int) -> None:
    """The SHA-256 script gives the right digests in Node.js, whole or in parts, around the block length of 64 bytes."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not installed (Debian: apt install nodejs)")
    data = bytes(number * 7 % 251 for number in range(length))
    script = f"""
        require({json.dumps(str(ROOT / "templates" / "verify" / "digest.js"))});
        const {{ Sha256, sha256 }} = globalThis.workreportDigest;
        const bytes = Uint8Array.from({{ length: {length} }}, (_, number) => (number * 7) % 251);
        const parts = new Sha256();
        for (let at = 0; at < {length}; at += 37) parts.add(bytes.subarray(at, at + 37));
        console.log(sha256(bytes) + parts.hex());
    """
    done = subprocess.run([node, "-e", script], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == hashlib.sha256(data).hexdigest() * 2
