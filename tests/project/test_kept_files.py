"""Tests what is kept between builds: only files that this user's builds wrote are read back."""

from __future__ import annotations

import os
import pickle
import time
import zlib
from pathlib import Path

import pytest

from workreport.project.kept_files import KeptFiles
from workreport.project.own_key import LENGTH, key_path, own_key

KEY, OTHER = b"k" * LENGTH, b"o" * LENGTH


def test_value_is_read_back_under_its_name_alone(tmp_path: Path) -> None:
    kept = KeptFiles(tmp_path / "read", KEY)
    kept.put_value("a", ("值", 3))
    assert kept.get_value("a") == ("值", 3)
    assert kept.get_value("b") is None
    (tmp_path / "read" / "b").write_bytes((tmp_path / "read" / "a").read_bytes())
    assert kept.get_value("b") is None, "a file that was given another name"
    (tmp_path / "read").rename(tmp_path / "compose")
    assert KeptFiles(tmp_path / "compose", KEY).get_value("a") is None, "a folder that was given another name"


class Planted:
    """A value that makes a file when it is read with `pickle`."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return open, (str(self.trace), "w")


def test_code_in_a_cache_that_came_with_a_project_is_not_run(tmp_path: Path) -> None:
    trace, folder = tmp_path / "trace", tmp_path / "read"
    KeptFiles(folder, OTHER).put_value("a", Planted(trace))
    assert KeptFiles(folder, KEY).get_value("a") is None
    (folder / "b").write_bytes(bytes(32) + zlib.compress(pickle.dumps(Planted(trace))))
    assert KeptFiles(folder, KEY).get_value("b") is None
    assert not trace.exists()
    KeptFiles(folder, OTHER).get_value("a")
    assert trace.exists(), "the planted value would have run"


@pytest.mark.parametrize("length", [0, 1, 31, 32, 40, -1])
def test_damaged_file_is_as_one_that_is_not_there(tmp_path: Path, length: int) -> None:
    kept = KeptFiles(tmp_path, KEY)
    kept.put("a", b"content " * 9)
    whole = (tmp_path / "a").read_bytes()
    (tmp_path / "a").write_bytes(whole[:length])
    assert kept.get("a") is None
    kept.put("a", b"content " * 9)
    assert (tmp_path / "a").read_bytes() == whole


def test_only_what_is_asked_for_stays_and_what_another_build_writes_just_now(tmp_path: Path) -> None:
    kept = KeptFiles(tmp_path, KEY)
    for name in "abc":
        kept.put(name, b"x")
    now, left = tmp_path / "d.1.part", tmp_path / "e.1.part"
    now.touch()
    left.touch()
    os.utime(left, (time.time() - 3 * 86400,) * 2)
    kept.keep_only({"a", "c", "z"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "c", "d.1.part"]


def test_without_a_key_nothing_is_kept(tmp_path: Path) -> None:
    kept = KeptFiles(tmp_path / "read", None)
    kept.put("a", b"x")
    assert kept.get("a") is None
    assert not (tmp_path / "read").exists()


def environment(folder: Path) -> dict[str, str]:
    return {"XDG_CACHE_HOME": str(folder), "LOCALAPPDATA": str(folder)}


def test_key_is_made_once_and_of_this_user_alone(tmp_path: Path) -> None:
    key = own_key(environment(tmp_path))
    assert key is not None
    assert len(key) == LENGTH
    assert own_key(environment(tmp_path)) == key
    path = key_path(environment(tmp_path))
    assert path is not None
    assert os.name == "nt" or path.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_key_that_others_may_read_and_one_of_another_length_are_not_used(tmp_path: Path) -> None:
    own_key(environment(tmp_path))
    path = key_path(environment(tmp_path))
    assert path is not None
    path.chmod(0o644)
    assert own_key(environment(tmp_path)) is None
    path.chmod(0o600)
    path.write_bytes(b"short")
    assert own_key(environment(tmp_path)) is None


def test_no_key_where_its_folder_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "workreport").write_text("a file in the place of the folder")
    assert own_key(environment(tmp_path)) is None
