"""A publication on a real disk that fills up leaves the whole old or the whole new site, and the next one heals."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.long
PRIVATE = ("unshare", "--user", "--map-root-user", "--mount")
"""The command that gives its command a view of the disks of its own, in which it may mount one."""


@cache
def may_mount() -> bool:
    """Whether a small disk can be mounted here, in a view of its own."""
    try:
        command = [*PRIVATE, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
        return subprocess.run(command, capture_output=True, check=False, timeout=20).returncode == 0
    except OSError:
        return False


@pytest.mark.parametrize("how", ["links", "pointer"])
def test_disk_that_fills_up_at_any_moment_leaves_the_old_or_the_new_site(tmp_path: Path, how: str) -> None:
    if not may_mount():
        pytest.skip("no disk can be mounted here (unshare, mount -t tmpfs)")
    command = [*PRIVATE, sys.executable, "-m", "tests.publish.full_disk", tmp_path, how, "4096"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=1200)
    assert done.returncode == 0, done.stderr[-2000:]
    rows = [line.split() for line in done.stdout.splitlines()]
    assert {row[3] for row in rows} == {"new"}
    assert {(row[1], row[2]) for row in rows} == {("WriteError", "old"), ("done", "new")}
    assert sum(row[1] != "done" for row in rows) > 10
