"""The day on which a report was put online: given to `add` as an option, asked for at a terminal, kept in `report.toml`."""

from __future__ import annotations

import os
import pty
import sys
import tomllib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.commands.test_commands import REPORT, run
from tests.conftest import ROOT
from workreport.project import report_settings

SLUG = "qingshui-2025"


def facts(project: Path) -> dict[str, object]:
    return tomllib.loads((project / "reports" / SLUG / "report.toml").read_text(encoding="utf-8"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a report that is not taken in yet."""
    (tmp_path / "报告.txt").write_text(REPORT, encoding="utf-8")
    return tmp_path


@pytest.fixture
def at_terminal(project: Path) -> Callable[[str], str]:
    """A function that runs `add` at a terminal, types its argument, and returns what the terminal shows."""

    def typed(words: str) -> str:
        child, terminal = pty.fork()
        if child == 0:  # pragma: no cover
            os.chdir(project)
            os.environ["PYTHONPATH"] = str(ROOT)
            os.execv(sys.executable, [sys.executable, "-m", "workreport", "add", "报告.txt", "--lang", "zh"])
        shown = b""
        sent = False
        while True:
            try:
                part = os.read(terminal, 4096)
            except OSError:
                break
            if not part:
                break
            shown += part
            if not sent and "回车".encode() in shown:
                os.write(terminal, words.encode())
                sent = True
        os.waitpid(child, 0)
        os.close(terminal)
        assert sent
        return shown.decode()

    return typed


def test_option_is_written_to_report_toml_and_read_back(project: Path) -> None:
    done = run(project, "add", "报告.txt", "--published", "2025-01-20")
    assert done.returncode == 0, done.stderr
    assert facts(project)["published"] == date(2025, 1, 20)
    assert report_settings.metadata(project / "reports" / SLUG).published == date(2025, 1, 20)
    assert "published" not in done.stdout


def test_without_it_nothing_is_invented_and_the_publisher_is_told(project: Path) -> None:
    done = run(project, "add", "报告.txt")
    assert done.returncode == 0, done.stderr
    assert "published" not in facts(project)
    assert "# published = 2024-02-22" in (project / "reports" / SLUG / "report.toml").read_text(encoding="utf-8")
    assert "没有写 published" in done.stdout


def test_what_is_no_day_is_refused(project: Path) -> None:
    done = run(project, "add", "报告.txt", "--published", "昨天")
    assert done.returncode == 2
    assert "昨天 不是日期" in done.stderr
    assert not (project / "reports").exists()


def test_terminal_is_asked_until_the_answer_is_a_day(project: Path, at_terminal: Callable[[str], str]) -> None:
    shown = at_terminal("1月20日\n2025-01-20\n")
    assert "1月20日 不是日期" in shown
    assert facts(project)["published"] == date(2025, 1, 20)


@pytest.mark.long
def test_empty_answer_at_the_terminal_leaves_it_out(project: Path, at_terminal: Callable[[str], str]) -> None:
    at_terminal("\n")
    assert "published" not in facts(project)


@pytest.mark.long
def test_moment_of_publication_is_read_too(project: Path) -> None:
    run(project, "add", "报告.txt")
    file = project / "reports" / SLUG / "report.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("# published = 2024-02-22", "published = 2025-01-20T09:30:00"),
        encoding="utf-8",
    )
    assert report_settings.metadata(file.parent).published == datetime.fromisoformat("2025-01-20T09:30")
