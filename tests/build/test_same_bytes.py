"""The same input gives the same bytes, whatever the folder, date, user, time zone, hash seed, umask and file dates."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT

OUTPUTS = ("docs", "site", "archive")

# Python imports this module first (by PYTHONPATH): every way to ask for the date gives another date.
ANOTHER_DAY = """
import datetime, os, time
AHEAD = float(os.environ["SECONDS_AHEAD"])
now, localtime, gmtime, strftime, ctime = time.time, time.localtime, time.gmtime, time.strftime, time.ctime
time.time = lambda: now() + AHEAD
time.time_ns = lambda: int(time.time() * 1e9)
time.localtime = lambda seconds=None: localtime(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: gmtime(time.time() if seconds is None else seconds)
time.strftime = lambda form, moment=None: strftime(form, time.localtime() if moment is None else moment)
time.ctime = lambda seconds=None: ctime(time.time() if seconds is None else seconds)

class Kind(type):  # dates that a library created earlier are dates too
    def __instancecheck__(cls, value):
        return isinstance(value, cls.__mro__[1])

class Date(datetime.date, metaclass=Kind):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())

class DateTime(datetime.datetime, metaclass=Kind):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)
    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(time.time(), datetime.timezone.utc).replace(tzinfo=None)
    @classmethod
    def today(cls):
        return cls.now()

datetime.date, datetime.datetime = Date, DateTime
"""


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def build_elsewhere(project: Path, day: Path, zone: str, seed: str, umask: str, ahead: int) -> None:
    """A build with another clock, zone, user, hash seed and umask, and other dates of the source files."""
    for path in sorted(project.rglob("*")):
        if path.is_file():
            os.utime(path, (1_600_000_000 + ahead, 1_600_000_000 + ahead))
    environment = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"}
    environment |= {"TZ": zone, "PYTHONHASHSEED": seed, "SECONDS_AHEAD": str(ahead), "PYTHONPATH": str(day)}
    environment |= {"USER": f"user-{seed}", "LOGNAME": f"user-{seed}", "HOME": str(project.parent), "LANG": "C"}
    done = subprocess.run(
        ["sh", "-c", 'umask "$0"; exec "$@"', umask, sys.executable, "build.py", "--quiet"],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("another-day")
    (folder / "sitecustomize.py").write_text(ANOTHER_DAY, encoding="utf-8")
    return folder


def test_the_other_clock_is_in_effect(day: Path) -> None:
    ask = "import datetime, time; print(datetime.date.today(), datetime.datetime.now().year, time.strftime('%Y'))"
    said = subprocess.run(
        [sys.executable, "-c", ask],
        env={**os.environ, "PYTHONPATH": str(day), "SECONDS_AHEAD": str(10 * 365 * 86400), "TZ": "UTC"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    now = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout.split()
    assert int(said[1]) - int(now[1]) in (9, 10)
    assert said[2] == said[1] == said[0][:4]


def test_two_builds_give_the_same_bytes(project_copy: Callable[[str], Path], day: Path) -> None:
    one, other = project_copy("first"), project_copy("another folder with a longer name")
    build_elsewhere(one, day, "Asia/Shanghai", "1", "022", 0)
    build_elsewhere(other, day, "America/St_Johns", "4242", "077", 200 * 86400)
    for output in OUTPUTS:
        first, second = tree(one / output), tree(other / output)
        assert sorted(first) == sorted(second), output
        assert [name for name in first if first[name] != second[name]] == [], output
        assert first, output


def test_site_files_are_readable_for_everyone(built_site: Path) -> None:
    assert [p for p in built_site.rglob("*") if p.is_file() and not p.stat().st_mode & 0o004] == []


def test_build_does_not_change_the_sources(built_project: Path) -> None:
    for path in sorted((ROOT / "reports").rglob("source.*")):
        assert (built_project / path.relative_to(ROOT)).read_bytes() == path.read_bytes()


def test_output_names_neither_folder_nor_machine(built_project: Path) -> None:
    name = str(built_project.parent).encode()
    for output in OUTPUTS:
        assert [path for path, data in tree(built_project / output).items() if name in data] == []
