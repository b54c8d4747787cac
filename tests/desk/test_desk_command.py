"""The command `desk` listens on this machine alone, and says what to do where it cannot start."""

from __future__ import annotations

import importlib.util
import socket
from pathlib import Path

import pytest

from tests.desk.test_desk_in_browser import running_desk
from workreport.commands import main


def test_missing_libraries_are_named_with_what_to_run_after_another_python_was_tried(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    known = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: None if name == "waitress" else known(name, *rest)
    )
    tried = []
    assert main(["desk"], without_libraries=lambda: tried.append(True)) == 1
    assert tried == [True]
    told = capsys.readouterr().err
    assert "没有编辑台要用的 waitress" in told
    assert "make desk" in told
    assert "requirements/desk.lock" in told


def test_port_in_use_is_told_with_another_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["desk", str(tmp_path), "--port", str(port), "--no-browser"]) == 1
    assert f"端口 {port} 已被别的程序占用" in capsys.readouterr().err


def test_desk_listens_on_the_loopback_address_alone(tmp_path: Path) -> None:
    with running_desk(tmp_path) as address:
        port = int(address.split(":")[2].split("/")[0])
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
        for other in ("127.0.0.2", "::1"):
            with pytest.raises(OSError, match=r".*"):
                socket.create_connection((other, port), timeout=5)
