"""Two folders are swapped in one step, and what is not replaced is carried into the folder that replaces another."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from workreport.project import writer
from workreport.project.writer import swapping

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="renameat2 of Linux")


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write files (text by path) into a folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def texts(folder: Path) -> dict[str, str]:
    """The text of each file below a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_swapped_folders_have_each_other_s_files(tmp_path: Path) -> None:
    one, other = write(tmp_path / "one", {"a": "1"}), write(tmp_path / "other", {"b/c": "2"})
    (tmp_path / "trial").mkdir()
    assert writer.supports_swap(tmp_path / "trial")
    assert not any((tmp_path / "trial").iterdir())
    assert writer.swap(one, other)
    assert (texts(one), texts(other)) == ({"b/c": "2"}, {"a": "1"})


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.EINVAL, errno.EBUSY, errno.EXDEV])
def test_folders_that_cannot_be_swapped_stay_and_that_is_no_error(
    tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = write(tmp_path / "one", {"a": "1"}), write(tmp_path / "other", {"a": "2"})
    monkeypatch.setattr(swapping, "_renameat2", lambda *_: number)
    assert not writer.swap(one, other)
    assert (texts(one), texts(other)) == ({"a": "1"}, {"a": "2"})


def test_missing_permission_to_swap_is_an_error_that_names_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = write(tmp_path / "one", {"a": "1"}), write(tmp_path / "other", {"a": "2"})
    monkeypatch.setattr(swapping, "_renameat2", lambda *_: errno.EACCES)
    with pytest.raises(writer.WriteError, match=str(other)):
        writer.swap(one, other)


def test_new_folder_gets_what_it_lacks_with_its_modes_and_keeps_what_it_has(tmp_path: Path) -> None:
    live = write(tmp_path / "live", {"a": "old", "own/secret": "mine", "b/c": "old"})
    (live / "own").chmod(0o700)
    (live / "own" / "secret").chmod(0o600)
    new = write(tmp_path / "new", {"a": "new"})
    assert writer.carry_over(live, new)
    assert texts(new) == {"a": "new", "own/secret": "mine", "b/c": "old"}
    assert stat.S_IMODE((new / "own").stat().st_mode) == 0o700
    assert stat.S_IMODE((new / "own" / "secret").stat().st_mode) == 0o600
    assert texts(live)["a"] == "old"


@pytest.mark.parametrize("kind", ["link", "link to a folder", "pipe"])
def test_folder_with_other_than_plain_files_is_not_carried_over(tmp_path: Path, kind: str) -> None:
    live = write(tmp_path / "live", {"a": "1"})
    if kind == "pipe":
        os.mkfifo(live / "x")
    else:
        (live / "x").symlink_to("a" if kind == "link" else tmp_path)
    assert not writer.carry_over(live, tmp_path / "new")


def test_file_that_came_between_carrying_over_and_swapping_is_not_lost(tmp_path: Path) -> None:
    live = write(tmp_path / "live", {"ours": "old", "own": "1", "deep/own": "1"})
    new = write(tmp_path / "new", {"ours": "new"})
    assert writer.carry_over(live, new)
    write(live, {"late/file": "late", "ours": "old"})
    (live / "own").unlink()  # replaced, as an editor does
    write(live, {"own": "2"})
    assert writer.swap(new, live)
    writer.carry_late(new, live, {"ours"})
    assert texts(live) == {"ours": "new", "own": "2", "deep/own": "1", "late/file": "late"}
