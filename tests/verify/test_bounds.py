"""Checking ends within seconds and within memory, however long the lists in an archive are."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import sampled
from workreport.archive import SUMS, sums, zips
from workreport.verify import packages
from workreport.verify.files import prove

DAY = date(2024, 2, 21)
LINES = 1_000_000


def packed(path: Path, files: dict[str, bytes]) -> Path:
    """Write a zip as the program writes it."""
    path.write_bytes(zips.packed([zips.Member(name, data) for name, data in files.items()], DAY))
    return path


def bag(manifest: bytes) -> dict[str, bytes]:
    """The files of a bag with this manifest."""
    return {
        "b/bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "b/data/a.txt": b"x",
        "b/manifest-sha256.txt": manifest,
    }


def checked(path: Path) -> str:
    """Check a file within ten seconds of processor time; return the problems, at most a hundred."""
    start = time.process_time()
    verdict = prove(path)
    assert time.process_time() - start < 10
    assert not verdict.proven
    assert 0 < len(verdict.problems) < 100
    return "\n".join(verdict.problems)


@pytest.mark.long
@pytest.mark.parametrize(
    "line",
    sampled((b"0" * 64 + b"  data/%d.txt\n", b"0" * 64 + b"  ../%d\n", b"%d\n", b"0" * 64 + b"  data/a.txt\n"), 4),
    ids=range(4),
)
def test_bag_whose_manifest_has_a_million_lines_is_refused_with_the_limit_named(tmp_path: Path, line: bytes) -> None:
    manifest = b"".join(line % k if b"%d" in line else line for k in range(LINES))
    told = checked(packed(tmp_path / "a-bag.zip", bag(manifest)))
    assert f"超过 {sums.MOST_LINES} 行" in told
    # A file may well be in a list that nobody read.
    assert "不在 manifest-sha256.txt 之列" not in told


@pytest.mark.long
def test_offline_zip_and_sums_with_a_million_lines_are_refused(tmp_path: Path) -> None:
    long = b"".join(b"0" * 64 + b"  %d.txt\n" % k for k in range(LINES))
    assert "行" in checked(packed(tmp_path / "a-offline.zip", {"a/index.html": b"x", "a/manifest-sha256.txt": long}))
    (tmp_path / SUMS).write_bytes(long)
    for path in (tmp_path / SUMS, tmp_path / "a-offline.zip"):
        told = checked(path)
        assert "行" in told
        assert f"不在 {SUMS} 之列" not in told


def test_sums_of_one_endless_line_are_read_up_to_the_limit(tmp_path: Path) -> None:
    with (tmp_path / SUMS).open("wb") as file:
        file.truncate(100 * sums.LARGEST)  # takes no space on the disk
    assert "MB" in checked(tmp_path / SUMS)


@pytest.mark.long
def test_manifest_of_as_many_lines_as_a_zip_has_files_is_read_in_linear_time(tmp_path: Path) -> None:
    def seconds(lines: int) -> float:
        data = b"".join(b"0" * 64 + b"  data/%06d.txt\n" % k for k in range(lines))
        start = time.process_time()
        listing = sums.read(data)
        took = time.process_time() - start
        assert len(listing.sums) == lines
        return took

    seconds(100)
    assert seconds(sums.MOST_LINES) < 6 * seconds(sums.MOST_LINES // 2) + 0.5


def test_book_whose_package_has_too_many_elements_is_refused(tmp_path: Path) -> None:
    opf = b"<package>" + b"<item/>" * (packages._MOST_ELEMENTS + 1) + b"</package>"
    container = b'<container><rootfile full-path="a.opf"/></container>'
    files = {"mimetype": b"application/epub+zip", "META-INF/container.xml": container, "a.opf": opf}
    members = [zips.Member(name, data, stored=name == "mimetype") for name, data in files.items()]
    (tmp_path / "a.epub").write_bytes(zips.packed(members, DAY))
    assert "标签超过" in checked(tmp_path / "a.epub")
