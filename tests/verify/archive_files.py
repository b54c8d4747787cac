"""What the tests of the checks share: the names of the small archive's files, and helpers."""

from __future__ import annotations

from pathlib import Path

from workreport.verify.files import prove

KINDS = ("town-offline.zip", "town.html", "town.epub", "town.pdf", "town-bag.zip")
"""The file of each form in the small archive."""
UNPROVEN = "结构完好，无法证明未改"
"""The message about a sound file without `SHA256SUMS`."""


def alone(folder: Path, name: str, data: bytes) -> Path:
    """Write a file into `folder`, which has no `SHA256SUMS`; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    return folder / name


def said(path: Path, key: str | Path | None = None) -> str:
    """The result line and all problems of a file, joined by line breaks; asserts that the check fails."""
    verdict = prove(path, key)
    assert verdict.code == 1
    return "\n".join([verdict.line, *verdict.problems])
