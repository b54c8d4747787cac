"""Knows which files of `docs/`, `site/` and `archive/` a build made, so that one of the publisher's own is never lost.

A build replaces these folders. A file in them that no build made, or that somebody has changed since, is copied to
`.workreport/replaced/` before it goes, and the publisher is told. Leaves replacing them to `writer`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from workreport import archive
from workreport.project import writer

RECORD = f"{writer.WORK}/made.json"
"""The file in a project with the SHA-256 of every file that builds made, by folder and path.

A file has two while a build replaces it, since the build may be killed before it has done so.
"""
REPLACED = f"{writer.WORK}/replaced"
"""The folder with the copies: in it one folder with a number for each command that replaced something, from 1."""
_MOST_NAMED = 5
"""The most files that a line names."""

Digests = dict[str, list[str]]
"""The SHA-256 (hex) that a file may have, by path."""


def _read(root: Path) -> dict[str, Digests]:
    """The record; empty if it is missing or damaged, as after an upgrade: then nothing is known of any file."""
    try:
        document = json.loads((root / RECORD).read_bytes())
        return {str(name): {path: list(sums) for path, sums in rows.items()} for name, rows in document.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _write(root: Path, name: str, digests: Digests) -> None:
    record = {**_read(root), name: digests}
    writer.write_text(root / RECORD, json.dumps(record, ensure_ascii=False, sort_keys=True, indent=0) + "\n")


def announce(root: Path, name: str, coming: Mapping[str, str]) -> None:
    """Record, before they are written, the files `coming` (SHA-256 by path) of a folder beside those made so far."""
    before = _read(root).get(name, {})
    _write(root, name, {path: [*before.get(path, [])[-1:], new] for path, new in coming.items()} | {
        path: sums[-1:] for path, sums in before.items() if path not in coming
    })  # fmt: skip


def settle(root: Path, name: str, made: Mapping[str, str]) -> None:
    """Record that a folder now has just these files (SHA-256 by path) of the build."""
    _write(root, name, {path: [value] for path, value in made.items()})


def digest_of(data: bytes) -> str:
    """The SHA-256 (hex) of these bytes."""
    return hashlib.sha256(data).hexdigest()


def own_in(root: Path, name: str) -> list[str]:
    """The files in an output folder that no build made, or that were changed since; all of them if no build is recorded."""
    record = _read(root).get(name, {})
    return [path for path, value in archive.digests_of(root / name).items() if value not in record.get(path, ())]


def edited_in(root: Path, name: str, coming: Mapping[str, bytes]) -> list[str]:
    """The generated files of a folder shared with others that were changed since, and that `coming` replaces or lacks."""
    edited = []
    for path, sums in sorted(_read(root).get(name, {}).items()):
        there = root / name / path
        if there.is_file() and (now := archive.digest(there)) not in sums and digest_of(coming.get(path, b"")) != now:
            edited.append(path)
    return edited


def set_aside(root: Path, paths: Iterable[str]) -> str:
    """Copy files of the project (paths from `root`) into a new folder of `REPLACED`; return its path from `root`.

    Raises `writer.WriteError`.
    """
    home = root / REPLACED
    numbers = [int(path.name) for path in home.iterdir() if path.name.isdecimal()] if home.is_dir() else []
    target = home / str(max(numbers, default=0) + 1)
    for path in paths:
        writer.copy_or_link(target / path, root / path)
    return target.relative_to(root).as_posix()


def keep(root: Path, name: str, paths: Iterable[str], say: Callable[[str], None]) -> None:
    """Copy files of a folder to `REPLACED`, since they go now, and say so. Raises `writer.WriteError`."""
    paths = [f"{name}/{path}" for path in paths]
    if not paths:
        return
    target = set_aside(root, paths)
    shown = "、".join(paths[:_MOST_NAMED])
    more = f" 等 {len(paths)} 个文件" if len(paths) > _MOST_NAMED else ""
    say(f"{shown}{more} 不是程序生成的，或生成之后改过；现在要换掉，已另存在 {target}/。")


def keep_left_out(root: Path, slugs: Iterable[str], folders: Iterable[str], say: Callable[[str], None]) -> None:
    """Copy the last good pages and archive files of reports that a build leaves out, since they go now, and say so.

    `folders` are those of `docs`, `site` and `archive` that are replaced. Raises `writer.WriteError`.
    """
    for slug in slugs:
        beginnings = {"archive": (f"{slug}.", f"{slug}-")}
        last = [
            f"{folder}/{path}"
            for folder in folders
            for path in archive.names_in(root / folder)
            if path.startswith(beginnings.get(folder, (f"{slug}/",)))
        ]
        if last:
            say(f"{slug} 上一次做好的网页和离线包另存在 {set_aside(root, last)}/。")
