"""The bag is reproducible, and the BagIt and RO-Crate validators of other authors accept it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.archive.bag.bag_reader import SETTINGS, SLUG
from tests.archive.bags import bag_of, metadata_of, unpacked
from tests.conftest import ROOT
from workreport.analysis import links
from workreport.archive import bag, ro_crate, zips
from workreport.model import Reading

VALIDATORS = ROOT / ".venv-validators" / "bin"
"""The programs that `make test-all` installs."""


AGAIN = """
import os, sys
from pathlib import Path
os.umask(int(sys.argv[3], 8))
from tests.archive.bags import bag_of
from tests.archive.bag.bag_reader import SETTINGS
Path(sys.argv[2]).write_bytes(bag_of(Path(sys.argv[1]), SETTINGS))
"""
"""Writes the bag of the project argv[1] into the file argv[2], with the umask argv[3] (octal)."""


@pytest.mark.long
def test_bag_is_reproducible(built_project: Path, tmp_path: Path) -> None:
    other = tmp_path / "另一个 文件夹"
    shutil.copytree(built_project, other, ignore=shutil.ignore_patterns(".git", ".workreport"))
    for path in other.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    environment = {**os.environ, "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "77", "PYTHONPATH": str(ROOT)}
    order = [sys.executable, "-c", AGAIN, str(other), str(tmp_path / "bag.zip"), "077"]
    subprocess.run(order, check=True, env=environment)
    assert (tmp_path / "bag.zip").read_bytes() == bag_of(built_project, SETTINGS)


def test_payload_order_does_not_change_the_bag(reading: Reading) -> None:
    told = metadata_of(links.publish((reading,), ""))
    payload = {"site/index.html": b"<title>a</title>", "site/b.html": b"b", "docs/index.md": b"c"}
    day = date(2024, 2, 21)
    turned = dict(reversed(payload.items()))
    assert zips.packed(bag.members(told, payload, day), day) == zips.packed(bag.members(told, turned, day), day)


WARM = """
import importlib.util, io, sys
from pathlib import Path
import requests
from requests.adapters import BaseAdapter
from requests_cache import CachedSession
from urllib3 import HTTPResponse

class Copy(BaseAdapter):
    def send(self, request, **kind):
        folder = Path(importlib.util.find_spec("rocrate").origin).parent
        body = io.BytesIO((folder / "data" / "ro-crate.jsonld").read_bytes())
        answer = requests.Response()
        answer.status_code, answer.url, answer.request = 200, request.url, request
        answer.headers["Content-Type"] = "application/ld+json"
        answer.raw = HTTPResponse(body=body, status=200, headers=answer.headers, preload_content=False)
        return answer

session = CachedSession(cache_name=sys.argv[1], backend="sqlite", expire_after=-1, allowable_methods=("GET",))
session.mount("https://", Copy())
assert session.get(sys.argv[2]).json()["@id"] == sys.argv[2]
"""
"""Puts the JSON-LD context that the package rocrate holds into the validator's cache, so that it needs no network."""


def run_validator(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(VALIDATORS / program), *arguments], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def validators() -> None:
    """Skips the test where the validators are not installed."""
    if not VALIDATORS.is_dir():
        pytest.skip("the validators are not installed in .venv-validators: run `make test-all`")


@pytest.mark.long
@pytest.mark.usefixtures("validators")
def test_bagit_validator_accepts_the_bag_and_rejects_changed_ones(packed: bytes, tmp_path: Path) -> None:
    def accepted(name: str, change: Callable[[Path], object]) -> bool:
        folder = unpacked(packed, tmp_path / name)
        change(folder)
        return run_validator("bagit.py", "--validate", "--quiet", str(folder)).returncode == 0

    def wrong_manifest(folder: Path) -> None:
        path = folder / "manifest-sha256.txt"
        text = path.read_text(encoding="utf-8")
        path.write_text(("1" if text[0] == "0" else "0") + text[1:], encoding="utf-8")

    assert accepted("whole", Path.exists)
    assert not accepted("wrong", wrong_manifest)
    assert not accepted("added", lambda folder: (folder / "data" / "added.txt").write_text("1"))
    assert not accepted("missing", lambda folder: (folder / "data" / "text" / f"{SLUG}.txt").unlink())
    assert not accepted("changed", lambda folder: (folder / "data" / "text" / f"{SLUG}.txt").write_text("1"))


@pytest.mark.long
@pytest.mark.usefixtures("validators")
def test_ro_crate_validator_accepts_the_crate_and_reports_a_removed_date(
    built_project: Path, packed: bytes, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    done = run_validator("python", "-c", WARM, str(cache), ro_crate.CONTEXT)
    assert done.returncode == 0, done.stderr

    def findings(folder: Path, severity: str) -> tuple[bool, set[str]]:
        out = tmp_path / "report.json"
        order = [
            "-y",
            "validate",
            "--offline",
            "--cache-path",
            str(cache),
            "-l",
            severity,
            "-f",
            "json",
            "-o",
            str(out),
        ]
        run_validator("rocrate-validator", *order, str(folder))
        report = json.loads(out.read_text(encoding="utf-8"))
        return bool(report["passed"]), {issue["message"] for issue in report["issues"]}

    folder = unpacked(packed, tmp_path / "bag")
    assert findings(folder, "required") == (True, set())
    # With every setting given, only one recommendation is not met: the speaker's affiliation, which no report states.
    facts = replace(SETTINGS, contact="https://www.example.gov.cn/jc", licence="https://www.example.gov.cn/licence")
    told = unpacked(bag_of(built_project, facts), tmp_path / "told")
    _, wished = findings(told, "recommended")
    assert {words for words in wished if "affiliation" not in words} == set()
    path = folder / "data" / bag.CRATE
    path.write_text(path.read_text(encoding="utf-8").replace('"datePublished"', '"dateModified"'), encoding="utf-8")
    passed, issues = findings(folder, "required")
    assert not passed
    assert any("datePublished" in words for words in issues)
