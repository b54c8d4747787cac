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

# The text of sitecustomize.py, which Python imports first if it is in PYTHONPATH: it moves every clock ahead.
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

class Kind(type):  # isinstance() must accept dates of the original classes too
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
    """Return the bytes of every file below a folder, by path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def build_elsewhere(project: Path, day: Path, zone: str, seed: str, umask: str, ahead: int) -> None:
    """Build with this time zone, hash seed and umask, the clock `ahead` seconds ahead, another user and other file dates.

    `day`: the folder of the sitecustomize.py that moves the clock.
    """
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
    """A folder with the sitecustomize.py that moves the clock."""
    folder = tmp_path_factory.mktemp("another-day")
    (folder / "sitecustomize.py").write_text(ANOTHER_DAY, encoding="utf-8")
    return folder


def test_sitecustomize_moves_the_clock_of_a_python_process(day: Path) -> None:
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


def test_builds_in_different_environments_give_the_same_bytes(
    built_project: Path, project_copy: Callable[[str], Path], day: Path
) -> None:
    other = project_copy("another folder with a longer name")
    build_elsewhere(other, day, "America/St_Johns", "4242", "077", 200 * 86400)
    for output in OUTPUTS:
        first, second = tree(built_project / output), tree(other / output)
        assert sorted(first) == sorted(second), output
        assert [name for name in first if first[name] != second[name]] == [], output
        assert first, output


def test_site_files_are_readable_for_every_user(built_site: Path) -> None:
    assert [p for p in built_site.rglob("*") if p.is_file() and not p.stat().st_mode & 0o004] == []


def test_build_does_not_change_the_source_files(built_project: Path) -> None:
    for path in sorted((ROOT / "reports").rglob("source.*")):
        assert (built_project / path.relative_to(ROOT)).read_bytes() == path.read_bytes()


def test_output_does_not_contain_the_path_of_the_build_folder(built_project: Path) -> None:
    name = str(built_project.parent).encode()
    for output in OUTPUTS:
        assert [path for path, data in tree(built_project / output).items() if name in data] == []
