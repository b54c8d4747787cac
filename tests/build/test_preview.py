"""The live preview: serves the pages, rebuilds and reloads after a change, and keeps the last good pages after a failed build."""

from __future__ import annotations

import socket
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from workreport.build import plan, preview
from workreport.build.preview_server import RELOAD_SCRIPT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REPORT = "政府工作报告\n清水区人民政府区长 李四\n各位代表：\n一、2024年工作回顾\n新增企业30家。\n二、2025年工作安排\n办好实事。\n"


def until(holds: Callable[[], bool], seconds: float = 240) -> bool:
    """Wait until `holds()` is true; return False if it still is not after so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return False


@contextmanager
def preview_of(project: Path) -> Iterator[tuple[str, list[str]]]:
    """Run the preview of a project during a `with` block; gives its address and the list of all that it said."""
    said: list[str] = []
    stop = threading.Event()
    thread = threading.Thread(target=preview.serve, args=(project, 0, said.append, stop))
    thread.start()
    try:
        assert until(lambda: any("http://" in line for line in said)), said
        address = next(line for line in said if "http://" in line).split("：", 1)[1].split("（")[0].strip()
        yield address, said
    finally:
        stop.set()
        thread.join(120)
    assert not thread.is_alive()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one small report, and a `site/` that some build left."""
    project = tmp_path / "p"
    source = project / "reports" / "small" / "source.txt"
    source.parent.mkdir(parents=True)
    source.write_text(REPORT, encoding="utf-8")
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("as it was built", encoding="utf-8")
    return project


@pytest.mark.long
def test_preview_shows_a_change_and_keeps_the_last_page_after_a_failed_build(project: Path) -> None:
    source = project / "reports" / "small" / "source.txt"
    with preview_of(project) as (address, said):

        def page() -> str:
            with urllib.request.urlopen(f"{address}small/1/index.html", timeout=10) as answer:
                return str(answer.read().decode())

        assert "新增企业" in page()
        source.write_text(REPORT.replace("新增企业30家", "新增学校7所"), encoding="utf-8")
        assert until(lambda: "新增学校" in page()), said
        source.write_bytes(b"\0\1\2")
        assert until(lambda: any("没有重做" in line for line in said)), said
        assert "新增学校" in page()


def test_preview_leaves_the_built_site_and_its_state_as_they_are(project: Path) -> None:
    with preview_of(project) as (address, _), urllib.request.urlopen(address, timeout=10) as answer:
        assert RELOAD_SCRIPT in answer.read().decode()
    assert [path.name for path in (project / "site").iterdir()] == ["index.html"]
    assert (project / "site" / "index.html").read_text(encoding="utf-8") == "as it was built"
    assert not (project / plan.STATE).exists()


def test_page_reloads_after_a_change_and_keeps_its_place(project: Path, browser: Browser) -> None:
    source = project / "reports" / "small" / "source.txt"
    paragraphs = [f"第{k}项工作做得好，新增企业{k}家，群众满意。" for k in range(1, 90)]
    source.write_text(REPORT.replace("新增企业30家。", "\n".join(paragraphs)), encoding="utf-8")
    with preview_of(project) as (address, said):
        page = browser.new_context(viewport={"width": 360, "height": 800}).new_page()
        page.goto(f"{address}small/1/index.html")
        top = "() => [...document.querySelectorAll('.s')].find(s => s.textContent.includes('新增企业60家')).getBoundingClientRect().top"
        page.evaluate(f"() => window.scrollBy(0, ({top})() - 100)")
        before = page.evaluate(top)
        assert 50 < before < 150
        source.write_text(
            source.read_text(encoding="utf-8").replace(paragraphs[1], "新增的一段。\n" * 9), encoding="utf-8"
        )
        page.wait_for_function(  # while a page is loading it has no body yet
            "() => document.readyState === 'complete' && document.body.textContent.includes('新增的一段')",
            timeout=120_000,
        )
        page.wait_for_function("() => window.scrollY > 0")
        assert abs(page.evaluate(top) - before) < 3, said


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
