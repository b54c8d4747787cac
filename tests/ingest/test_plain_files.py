"""Only plain files are read, and never more than their limit: no pipe, no device, whatever size the system states."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from workreport.ingest.formats import BadSource, format_table, read
from workreport.ingest.plain_files import read_plain_file

pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices of POSIX"), pytest.mark.timeout(20)]


@pytest.mark.parametrize("ending", format_table.all_endings())
def test_pipe_with_the_name_of_a_report_is_refused_without_waiting(tmp_path: Path, ending: str) -> None:
    os.mkfifo(tmp_path / f"a{ending}")
    with pytest.raises(BadSource, match="不是普通文件"):
        read(tmp_path / f"a{ending}")


@pytest.mark.parametrize("ending", format_table.all_endings())
def test_link_to_a_device_is_refused_although_its_size_is_none(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"a{ending}").symlink_to("/dev/zero")
    with pytest.raises(BadSource, match="不是普通文件"):
        read(tmp_path / f"a{ending}")


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="files of Linux that state no size")
def test_file_that_states_no_size_is_read_up_to_its_limit(tmp_path: Path) -> None:
    path = Path("/proc/self/status")
    assert path.stat().st_size == 0
    assert len(read_plain_file(path, 10**6)) > 100
    with pytest.raises(OSError, match="超过上限") as caught:
        read_plain_file(path, 99)
    assert caught.value.errno == errno.EFBIG


def test_file_of_just_the_limit_is_read_and_one_byte_more_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_plain_file(tmp_path / "a", 5) == b"12345"
    with pytest.raises(OSError, match="超过上限"):
        read_plain_file(tmp_path / "a", 4)


@pytest.mark.parametrize("row", format_table.FORMATS, ids=lambda row: row.id)
def test_source_larger_than_the_limit_of_its_format_is_refused(tmp_path: Path, row: format_table.Format) -> None:
    path = tmp_path / f"a{row.endings[0]}"
    path.touch()
    os.truncate(path, row.largest + 1)  # a file of zeros that takes no space on the disk
    with pytest.raises(BadSource, match="超过上限"):
        read(path)
