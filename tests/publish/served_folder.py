"""Publishes the small site and reads the served folder as a browser does."""

from __future__ import annotations

import json
import posixpath
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.conftest import ROOT
from tests.publish.small_site import DAY
from tests.site_pages import read_page
from workreport import publish

FIRST, SECOND = f"{DAY}.1", f"{DAY}.2"
"""The names of the first two versions."""


HOWS = pytest.mark.parametrize("plain", [False, True], ids=["links", "pointer"])
"""Runs a test once with each way of switching readers: symbolic links, and the pointer file."""


def silent(line: str) -> None:
    """Ignore a line for the user."""
    del line


def put(
    project: Path, www: Path, drop: tuple[str, ...] = (), *, plain: bool = False, again: bool = False
) -> publish.PublishResult:
    """Publish `project/site` in `www`; `drop` and options `plain` and `again` as in `publish.publish`."""
    return publish.publish(project, www, silent, drop=drop, plain=plain, again=again)


def newest(www: Path) -> str:
    """Return the version that the stable addresses show: from the pointer file, else from the link."""
    pointer = www / "current.js"
    if pointer.is_file():
        text = pointer.read_text(encoding="utf-8")
        return str(json.loads(text[text.index("{") : text.rindex(";")])["version"])
    return (www / ".workreport" / "current").readlink().name


def targets_of(www: Path, name: str) -> set[str]:
    """Return the targets of a page's links, as paths in the served folder."""
    found = set()
    for _, link in read_page(www / name).links:
        path = unquote(link.partition("#")[0])
        found.add(posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name)
    return found


def listed(www: Path) -> str:
    """Return the HTML of the list of versions."""
    return (www / "v" / "index.html").read_text(encoding="utf-8")


def removed_by_pointer(www: Path) -> dict[str, dict[str, str | bool]]:
    """Return the removed pages that `current.js` lists: path to its entry."""
    text = (www / "current.js").read_text(encoding="utf-8")
    kept: dict[str, dict[str, str | bool]] = json.loads(text[text.index("{") : text.rindex(";")])["kept"]
    return kept


RIVER = (
    ("s00000010", "一、农业"),
    ("s00000011", "粮食产量稳定在两万吨。"),
    ("s00000012", "二、教育"),
    ("s00000013", "新建学校两所。"),
)
"""Ids and sentences of a second report."""


GREETING = ("s000000ff", "各位代表：")
"""The sentence that every report has, with the same id everywhere."""


def versions_listed(www: Path) -> set[str]:
    """Return the names of the versions in `v/versions.json`."""
    listing = json.loads((www / "v" / "versions.json").read_text(encoding="utf-8"))
    return {row["version"] for row in listing["versions"]}


def run(project: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command of `workreport` for the project."""
    return subprocess.run(
        [sys.executable, "-m", "workreport", "--project", project, *arguments],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
