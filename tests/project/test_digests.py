"""The digest by which a build finds out that nothing changed."""

from __future__ import annotations

from pathlib import Path

from workreport.project import digests


def test_file_below_two_roots_is_counted_once_and_its_change_is_seen(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    inner = tmp_path / "a" / "b" / "file"
    inner.write_bytes(b"1")
    roots = [tmp_path / "a", tmp_path / "a" / "b", tmp_path / "a"]
    before, count = digests.digest(roots)
    assert count == 1
    inner.write_bytes(b"2")
    assert digests.digest(roots)[0] != before
