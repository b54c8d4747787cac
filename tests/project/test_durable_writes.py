"""Writes on a full disk, without permission and without renaming leave the old file; durable ones wait for the disk."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path

import pytest

from tests.write_faults import BROKEN, FORBIDDEN, FULL, failing
from workreport.project import writer
from workreport.project.writer import folder_swap


def tree(folder: Path) -> list[str]:
    """The names of all files below a folder."""
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


@pytest.mark.parametrize("error", [FULL, FORBIDDEN, BROKEN])
@pytest.mark.parametrize("old", [b"old content", None])
def test_write_error_leaves_the_old_file_where_files_are_renamed(
    tmp_path: Path, old: bytes | None, error: tuple[int, str]
) -> None:
    path = tmp_path / "a"
    if old is not None:
        path.write_bytes(old)
    with failing(0) as faults:
        writer.write_without_rename(tmp_path / "b", b"new content")
    assert faults.count > 3
    for at in range(1, faults.count + 1):
        for on in (False, True):
            with failing(at, error, on=on), contextlib.suppress(writer.WriteError):
                writer.write_without_rename(path, b"new content")
            assert (path.read_bytes() if path.exists() else None) in (old, b"new content")
            assert not path.exists() or path.read_bytes() != b""
            path.unlink(missing_ok=True)
            if old is not None:
                path.write_bytes(old)
    writer.write_without_rename(path, b"new content")
    assert tree(tmp_path) == ["a", "b"]


@pytest.mark.parametrize("old", [b"old content", None])
def test_write_error_where_nothing_can_be_renamed_puts_the_old_content_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: bytes | None
) -> None:
    def cannot(source: object, target: object) -> None:
        raise OSError(errno.ENOSYS, "Function not implemented")

    monkeypatch.setattr(os, "replace", cannot)
    path = tmp_path / "a"
    if old is not None:
        path.write_bytes(old)
    real = Path.write_bytes
    calls: list[int] = []

    def full(self: Path, data: bytes) -> int:
        """Fail at the first time, with half of the data written."""
        calls.append(len(data))
        if len(calls) == 1:
            real(self, data[: len(data) // 2])
            raise OSError(*FULL)
        return real(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(writer.WriteError, match="No space left"):
        writer.write_without_rename(path, b"new content")
    assert (path.read_bytes() if path.exists() else None) == old
    writer.write_without_rename(path, b"new content")
    assert path.read_bytes() == b"new content"


def test_durable_write_waits_for_the_file_and_for_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[str] = []
    real = os.fsync

    def noted(handle: int) -> None:
        waited.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        real(handle)

    monkeypatch.setattr(os, "fsync", noted)
    writer.write_bytes(tmp_path / "a", b"1")
    assert waited == ["file", "folder"]
    waited.clear()
    writer.write_bytes(tmp_path / "a", b"2", durable=False)
    assert waited == []


def test_live_folder_is_exchanged_only_after_the_disk_has_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    flush, swap = folder_swap.flush_to_disk, folder_swap.swap

    def flushed(folder: Path) -> None:
        order.append("flush")
        flush(folder)

    def swapped(one: Path, other: Path) -> bool:
        order.append("swap")
        return swap(one, other)

    monkeypatch.setattr(folder_swap, "flush_to_disk", flushed)
    monkeypatch.setattr(folder_swap, "swap", swapped)
    for content in ("1", "2"):
        with writer.lock_project(tmp_path, print) as staging:
            (staging / "site").mkdir()
            (staging / "site" / "a").write_text(content, encoding="utf-8")
            writer.exchange(tmp_path, {"site": staging / "site"})
    assert order == ["flush", "flush", "swap"]
