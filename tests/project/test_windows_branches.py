"""Tests of what the program does on Windows alone, with a faked platform: no Windows is at hand.

Knows the lock by `msvcrt` and what has no meaning there: syncing a folder, modes of files. Windows itself is not tried.
"""

from __future__ import annotations

import errno
import importlib.util
import os
import stat
import sys
import types
from pathlib import Path
from typing import Any

import pytest

from workreport.project.writer import BusyError, atomic, project_lock, swapping

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the faked platform is only needed elsewhere")


class Msvcrt(types.ModuleType):
    """As Windows locks: the first byte of a file, for one handle; a second one is refused at once with EACCES."""

    LK_NBLCK = 2

    def __init__(self) -> None:
        super().__init__("msvcrt")
        self.held: dict[int, int] = {}

    def locking(self, handle: int, mode: int, count: int) -> None:
        assert (mode, count) == (self.LK_NBLCK, 1)
        file = os.fstat(handle).st_ino
        holder = self.held.get(file)
        if holder is not None and holder != handle and self._is_open(holder, file):
            raise OSError(errno.EACCES, "Permission denied")
        self.held[file] = handle

    def _is_open(self, handle: int, file: int) -> bool:
        try:
            return os.fstat(handle).st_ino == file
        except OSError:
            return False


@pytest.fixture
def lock_of_windows(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The module `project_lock` as it is on Windows."""
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "msvcrt", Msvcrt())
    specification = importlib.util.spec_from_file_location("project_lock_of_windows", project_lock.__file__)
    assert specification
    assert specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_second_command_on_windows_waits_and_then_says_that_another_one_runs(
    lock_of_windows: Any, tmp_path: Path
) -> None:
    said: list[str] = []
    with lock_of_windows.lock_project(tmp_path, said.append) as staging:
        assert staging.is_dir()
        with (
            pytest.raises(BusyError, match="另一个构建仍在进行"),
            lock_of_windows.lock_project(tmp_path, said.append, wait=0.2),
        ):
            pytest.fail("two commands had the lock")
    assert said == ["另一个构建正在进行，等待其结束……"]


def test_lock_of_windows_is_free_after_the_command_and_after_an_error(lock_of_windows: Any, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="of the work"), lock_of_windows.lock_project(tmp_path, print):
        raise ValueError("of the work")
    with lock_of_windows.lock_project(tmp_path, print, wait=0) as staging:
        assert staging.is_dir()


def test_modes_and_folders_are_left_alone_on_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.html"
    page.touch(0o600)
    tmp_path.chmod(0o700)
    with monkeypatch.context() as windows:
        windows.setattr(os, "name", "nt")
        windows.setattr(os, "open", lambda *_: pytest.fail("Windows cannot open a folder"))
        atomic.sync_folder_names(tmp_path)
        atomic.make_readable(tmp_path)
        readable = atomic.is_readable_by_all(tmp_path)
    assert readable
    assert stat.S_IMODE(page.stat().st_mode) == 0o600


def test_folders_are_swapped_in_two_steps_on_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    monkeypatch.setattr(sys, "platform", "win32")
    assert not swapping.swap(one, other)
