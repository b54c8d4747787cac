"""The live preview: serves the pages, rebuilds after a change, and keeps the last good site after a failed build."""

from __future__ import annotations

import socket
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import copy_project
from workreport.build import preview

REPORT = "政府工作报告\n清水区人民政府区长 李四\n各位代表：\n一、2024年工作回顾\n新增企业30家。\n二、2025年工作安排\n办好实事。\n"


def until(holds: Callable[[], bool], seconds: float = 240) -> bool:
    """Wait until `holds()` is true; return False if it still is not after so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return False


def test_preview_shows_a_change_and_keeps_the_last_page_after_a_failed_build(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "p")
    for old in (project / "reports").iterdir():
        old.rename(tmp_path / old.name)
    source = project / "reports" / "small" / "source.txt"
    source.parent.mkdir()
    source.write_text(REPORT, encoding="utf-8")
    said: list[str] = []
    stop = threading.Event()
    thread = threading.Thread(target=preview.serve, args=(project, 0, said.append, stop))
    thread.start()
    try:
        assert until(lambda: any("http://" in line for line in said)), said
        address = next(line for line in said if "http://" in line).split("：", 1)[1].split("（")[0].strip()

        def page() -> str:
            with urllib.request.urlopen(f"{address}small/1/index.html", timeout=10) as answer:
                return str(answer.read().decode())

        assert "新增企业" in page()
        source.write_text(REPORT.replace("新增企业30家", "新增学校7所"), encoding="utf-8")
        assert until(lambda: "新增学校" in page()), said
        source.write_bytes(b"\0\1\2")
        assert until(lambda: any("没有重做" in line for line in said)), said
        assert "新增学校" in page()
    finally:
        stop.set()
        thread.join(120)
    assert not thread.is_alive()


def test_port_in_use_is_an_error_that_names_another_port(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(
            preview.PortError, match=rf"^端口 {port} 已被别的程序占用。请换一个，如 --port {port + 1}。$"
        ):
            preview.serve(tmp_path, port, print)
    assert not list(tmp_path.iterdir())


def test_port_out_of_range_is_an_error_that_names_another_port(tmp_path: Path) -> None:
    with pytest.raises(preview.PortError, match=r"^端口 70000 不能用：.*请换一个，如 --port 8001。$"):
        preview.serve(tmp_path, 70000, print)
