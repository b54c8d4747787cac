"""Progress: a stage is shown while it runs on a terminal, and as one plain line with its time elsewhere."""

from __future__ import annotations

import re
import sys

import pytest

from workreport.commands.reporter import Reporter


def test_stage_is_shown_on_a_terminal_while_it_runs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    with Reporter(quiet=False, machine=False).stage("排页", "3 份报告"):
        assert capsys.readouterr().out == "排页 …"
    assert re.fullmatch(r"\r\x1b\[K排页  3 份报告  [\d.]+ 秒\n", capsys.readouterr().out)


@pytest.mark.parametrize(("terminal", "term"), [(False, "xterm"), (True, "dumb")])
def test_stage_is_one_plain_line_elsewhere(
    terminal: bool, term: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    with Reporter(quiet=False, machine=False).stage("排页"):
        assert capsys.readouterr().out == ""
    assert re.fullmatch(r"排页  [\d.]+ 秒\n", capsys.readouterr().out)


@pytest.mark.parametrize("silent", ["quiet", "machine"])
def test_nothing_is_shown_with_quiet_or_json(
    silent: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    reporter = Reporter(quiet=silent == "quiet", machine=silent == "machine")
    with reporter.stage("排页"):
        pass
    assert capsys.readouterr().out == ""
    assert [row["stage"] for row in reporter.stages] == ["排页"]
