"""Tests in Firefox of the checking page (verify/index.html) inside the offline zip, opened from a folder.

Knows how to hand it files and folders through verify.mjs. Leaves the full set of cases to the tests in Chromium.
"""

from __future__ import annotations

import base64
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.archive import small_archive

pytestmark = [pytest.mark.long, pytest.mark.browser]


def folder_of(stick: Path) -> dict[str, str]:
    """Return a dict from path to base64 content for the files of a folder, with the paths that a browser gives them."""
    return {
        f"{stick.name}/{path.relative_to(stick).as_posix()}": base64.b64encode(path.read_bytes()).decode()
        for path in sorted(stick.rglob("*"))
        if path.is_file()
    }


def test_checking_page_in_firefox_reports_sound_changed_cut_and_flipped_files(
    in_firefox: Callable[..., Any], tmp_path: Path
) -> None:
    made = small_archive.archive_of(tmp_path)
    whole = made / "town-offline.zip"
    with zipfile.ZipFile(whole) as bundle:
        bundle.extractall(tmp_path / "stick")
    stick = tmp_path / "stick" / "town-offline"
    sound = folder_of(stick)
    changed = dict(sound)
    changed["town-offline/index.html"] = base64.b64encode(b"<p>").decode()
    changed["town-offline/more.html"] = ""
    del changed["town-offline/town/1/index.html"]
    (tmp_path / "cut").mkdir()
    cut = tmp_path / "cut" / "town-offline.zip"
    cut.write_bytes(whole.read_bytes()[:-9])
    (tmp_path / "flipped").mkdir()
    flipped = tmp_path / "flipped" / "town-offline.zip"
    data = whole.read_bytes()
    flipped.write_bytes(data[:12] + bytes([data[12] ^ 1]) + data[13:])
    sums = str(made / "SHA256SUMS")
    steps: list[dict[str, object]] = [
        {"control": "#folder", "folder": sound},
        {"control": "#folder", "folder": changed},
        {"control": "#files", "files": [str(whole), sums]},
        {"control": "#files", "files": [str(cut), sums]},
        {"control": "#files", "files": [str(flipped), sums]},
        {"control": "#files", "files": [str(whole)]},
    ]
    result = in_firefox("verify.mjs", {"page": (stick / "verify" / "index.html").as_uri(), "steps": steps})
    assert result["wrong"] == []
    assert result["choosesFolders"]
    assert [url for url in result["asked"] if not url.startswith(("file://", "blob:", "data:"))] == []
    says = [[line for line in words.splitlines() if line] for words in result["told"]]
    assert says[0] == ["未见改动：13 个文件都在，逐一相符"]
    assert says[1][:7] == [
        "有 3 个文件不符", "改动（1）", "index.html", "缺少（1）", "town/1/index.html", "多出（1）", "more.html",
    ]  # fmt: skip
    assert says[2][0] == "未改：与 SHA256SUMS 所记相符"
    assert says[2][-1] == "包里 13 个文件与清单逐一相符。"
    assert says[3][0] == "有 2 处不符"
    assert any(line.startswith("压缩包不完整") for line in says[3])
    assert says[4][0] == "有 1 处不符"
    assert "与 SHA256SUMS 所记不符，已被改动或损坏。" in says[4]
    assert says[5][0] == "未见损坏，尚不能证明未改"
