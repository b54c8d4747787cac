"""A whole build killed at a random moment leaves the whole old or the whole new `site/`."""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import copy_project, must_build
from workreport.project import writer

pytestmark = [pytest.mark.long, pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")]

MOMENTS = 50
"""Number of kills of a build that swaps folders in one step."""
OLD, NEW = "全年新增企业30家。", "全年新增企业31家。"
REPORT = f"政府工作报告\n(2025年1月9日在清水区第三届人民代表大会第五次会议上)\n清水区人民政府区长 李四\n各位代表：\n一、2024年工作回顾\n（一）工业稳中有进。{OLD}\n二、2025年工作安排\n办好实事。\n"


def fingerprint(folder: Path) -> str:
    """Return a SHA-256 over names and bytes of all files of a folder."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        total.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def test_killed_build_leaves_the_old_or_the_new_site(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "p")
    source = project / "reports" / "small" / "source.txt"
    for old in (project / "reports").iterdir():
        old.rename(tmp_path / old.name)
    source.parent.mkdir()
    variants = (REPORT, REPORT.replace(OLD, NEW))
    source.write_text(REPORT, encoding="utf-8")
    must_build(project, "--quiet")
    ledger = (source.parent / "ids.toml").read_bytes()

    def choose(k: int) -> None:
        """Write one of the two sources, always with the same ids.toml, since a build depends on the ids given before."""
        source.write_text(variants[k], encoding="utf-8")
        (source.parent / "ids.toml").write_bytes(ledger)

    known = []
    whole = 0.0
    for k in (0, 1):
        choose(k)
        began = time.monotonic()
        known.append(fingerprint(must_build(project, "--quiet")))
        whole = time.monotonic() - began
    assert known[0] != known[1]
    dice = random.Random(20240221)
    at = 1
    seen = set()
    for k in range(MOMENTS + 20):
        two_steps = k >= MOMENTS  # as on a system that cannot swap folders: the next command completes the exchange
        choose(1 - at)
        build = subprocess.Popen(
            [sys.executable, "build.py", "--quiet"],
            cwd=project,
            env={**os.environ, writer.TWO_STEPS: "1" if two_steps else ""},
            start_new_session=True,
        )
        # The exchange is at the very end, so half of the kills are aimed there.
        time.sleep(whole * (dice.uniform(0.7, 1.3) if k % 2 else dice.uniform(0.0, 1.0)))
        if k % 2:  # adapt to the present speed of the machine
            whole *= 1.08 if build.poll() is None else 0.92
        with contextlib.suppress(ProcessLookupError):
            os.killpg(build.pid, signal.SIGKILL)
        build.wait()
        if two_steps:
            with writer.lock_project(project, print):
                pass
        now = fingerprint(project / "site")
        assert now in known, f"after kill {k} site/ is neither the old nor the new"
        at = known.index(now)
        seen.add(at)
    assert seen == {0, 1}, "every kill came before the exchange, or every one after it"
    must_build(project, "--quiet")
