"""Closed, full and broken streams of the shell give a message or nothing, never a traceback."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, sampled

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="redirections of a POSIX shell")
REPORT = "政府工作报告\n各位代表：\n一、回顾\n新增企业30家。\n"
CLOSED = (">&-", "2>&-", ">&- 2>&-", "<&-")
COMMANDS = (
    "check",
    "inspect report.md",
    "inspect none.md",
    "check report.md",
    "clean",
    "publish --to www",
    "--only site",
)


def run(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    (folder / "report.md").write_text(REPORT, encoding="utf-8")
    return subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m workreport {command}"],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize(("command", "closed"), sampled(itertools.product(COMMANDS, CLOSED), 10))
def test_command_with_a_closed_stream_ends_as_with_an_open_one(tmp_path: Path, command: str, closed: str) -> None:
    whole = run(tmp_path, command)
    done = run(tmp_path, f"{command} {closed}")
    assert "Traceback" not in done.stderr
    assert done.returncode == whole.returncode
    if "2" not in closed:
        assert done.stderr == whole.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_full_disk_behind_stdout_is_an_error(tmp_path: Path) -> None:
    done = run(tmp_path, "inspect report.md >/dev/full")
    assert done.returncode == 1
    assert done.stderr.startswith("workreport: 标准输出: 读写失败（")
    assert len(done.stderr.splitlines()) == 1


def test_too_little_memory_is_an_error_without_a_traceback(tmp_path: Path) -> None:
    code = (
        "import sys; from workreport.commands import command_line as c\n"
        "def run(options, root): raise MemoryError\n"
        "c.COMMANDS['clean'] = c.Command(c.clean_command.add_arguments, run, '')\n"
        "sys.exit(c.main(['clean']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr[:18]) == (1, "workreport: 内存不够，没")
