"""What the tests of single archive files share: the forms, and the messages of a failed check."""

from __future__ import annotations

from pathlib import Path

from workreport.verify.files import prove

KINDS = ("town-offline.zip", "town.html", "town.epub", "town.pdf", "town-bag.zip")


UNPROVEN = "结构完好，无法证明未改"


def alone(folder: Path, name: str, data: bytes) -> Path:
    """A file in a folder of its own, without `SHA256SUMS`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    return folder / name


def said(path: Path, key: str | Path | None = None) -> str:
    """All messages about a file that fails."""
    verdict = prove(path, key)
    assert verdict.code == 1
    return "\n".join([verdict.line, *verdict.problems])
