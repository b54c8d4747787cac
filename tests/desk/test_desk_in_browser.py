"""In a real browser a person comes from an empty folder and a Word file to a published site, by mouse and by keyboard alone."""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.conftest import ROOT
from workreport.desk import serve_desk
from workreport.project import report_settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.timeout(600)
BUILT = 240_000
"""The most milliseconds that building a whole site takes on a busy machine."""


def word_file(folder: Path) -> Path:
    """Copy the report as LibreOffice wrote it (`tests/files/make/desk_report.py`) into a folder, under a Chinese name."""
    return Path(shutil.copyfile(ROOT / "tests" / "files" / "desk-report.docx", folder / "报告.docx"))


@contextlib.contextmanager
def running_desk(here: Path) -> Iterator[str]:
    """Run a desk started in `here` inside a `with` block; gives the address to open first."""
    told: list[str] = []
    ready, stop = threading.Event(), threading.Event()

    def say(line: str) -> None:
        told.append(line)
        ready.set()

    thread = threading.Thread(
        target=serve_desk, args=(None, here, 0, say), kwargs={"open_browser": False, "stop": stop}, daemon=True
    )
    thread.start()
    assert ready.wait(30)
    try:
        yield told[0].removeprefix("编辑台：")
    finally:
        stop.set()
        thread.join(30)


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A page of a desk in an empty folder; a request to elsewhere or a message of the policy fails the test."""
    (tmp_path / "here").mkdir()
    with running_desk(tmp_path / "here") as address, contextlib.closing(browser.new_context()) as context:
        page = context.new_page()
        foreign: list[str] = []
        faults: list[str] = []
        page.on(
            "request",
            lambda r: None if r.url.startswith(("http://127.0.0.1:", "data:", "about:")) else foreign.append(r.url),
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" and "403" not in m.text else None)
        page.goto(address)
        yield page
        assert foreign == []
        assert faults == []


def heading(page: Page, words: str, timeout: float = 30_000) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words, timeout=timeout)


def press_to(page: Page, role: str, name: str, most: int = 60) -> None:
    """Press Tab until the control of this role and name has the focus."""
    wanted = page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
    expect(wanted).to_have_count(1)
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab never reaches {role} {name}")


def drop_file(page: Page, file: Path) -> None:
    """Drop a file on the box of the first page, as a mouse does."""
    transfer = page.evaluate_handle(
        """([name, bytes]) => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([new Uint8Array(bytes)], name));
            return transfer;
        }""",
        [file.name, list(file.read_bytes())],
    )
    page.dispatch_event("form.drop", "dragover", {"dataTransfer": transfer})
    page.dispatch_event("form.drop", "drop", {"dataTransfer": transfer})


@pytest.mark.long
def test_from_an_empty_folder_to_a_published_site_with_the_mouse(page: Page, tmp_path: Path) -> None:
    project, served = tmp_path / "here" / "政府工作报告", tmp_path / "served"
    heading(page, "新建或打开项目")
    page.get_by_label("网站叫什么名字？").fill("青禾县政府工作报告")
    page.get_by_role("button", name="新建项目").click()
    expect(page.get_by_role("status")).to_have_text("已建立项目。下一步：在下面读入一份报告。")
    drop_file(page, word_file(tmp_path))
    heading(page, "青禾县2024年政府工作报告", 60_000)
    expect(page.get_by_role("heading", name="请先看这些地方")).to_be_visible()
    page.get_by_role("link", name="下一步：事实").click()
    expect(page.locator("mark[data-facts~=speaker]")).to_have_text("王小明")
    page.get_by_label("报告人", exact=True).focus()
    expect(page.locator("mark.lit")).to_have_text("王小明")
    page.get_by_label("职务", exact=True).fill("代县长")
    page.get_by_role("button", name="全部核对无误，保存").click()
    expect(page.get_by_role("status")).to_have_text("已保存。")
    page.get_by_role("button", name="撤销这一步").click()
    expect(page.get_by_label("职务", exact=True)).to_have_value("县长")
    page.get_by_role("button", name="全部核对无误，保存").click()
    expect(page.get_by_text("各项都已核对。")).to_be_visible()
    known = report_settings.metadata(project / "reports" / "qinghe-2024")
    assert (known.office, known.guessed) == ("县长", ())
    page.get_by_role("navigation").get_by_role("link", name="核对与发布").click()
    page.get_by_role("button", name="制作并核对网站").click()
    expect(page.get_by_text("核对无误：")).to_be_visible(timeout=BUILT)
    phone = page.frame_locator("iframe[title=手机上的样子]")
    phone.locator("body").scroll_into_view_if_needed()
    expect(phone.locator("h1").first).to_contain_text("政府工作报告")
    with page.expect_download() as download:
        page.locator("a[href^='/publish/file/']").first.click()
    assert download.value.suggested_filename.endswith(".zip")
    page.get_by_label("发布到哪个文件夹？").fill(str(served))
    page.get_by_role("button", name="看看会改什么").click()
    heading(page, "发布以前：会改什么", BUILT)
    assert not served.exists()
    page.get_by_role("button", name="发布这一版").click()
    heading(page, "已发布", BUILT)
    assert (served / "index.html").is_file()
    assert (served / "v" / "2024-01-10.1" / "index.html").is_file()


@pytest.mark.long
def test_from_an_empty_folder_to_a_published_site_with_the_keyboard_alone(page: Page, tmp_path: Path) -> None:
    served = tmp_path / "served"
    heading(page, "新建或打开项目")
    press_to(page, "textbox", "1. 网站叫什么名字？")
    page.keyboard.type("青禾县政府工作报告")
    page.keyboard.press("Enter")
    heading(page, "开始")
    press_to(page, "button", "选一个文件，或把它拖到这个框里")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(word_file(tmp_path))
    press_to(page, "button", "读入")
    page.keyboard.press("Enter")
    heading(page, "青禾县2024年政府工作报告", 60_000)
    press_to(page, "link", "下一步：事实")
    page.keyboard.press("Enter")
    press_to(page, "checkbox", "题名已核对")
    page.keyboard.press("Space")
    press_to(page, "button", "保存")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("已保存。")
    press_to(page, "link", "核对与发布")
    page.keyboard.press("Enter")
    press_to(page, "button", "制作并核对网站")
    page.keyboard.press("Enter")
    expect(page.get_by_text("核对无误：")).to_be_visible(timeout=BUILT)
    press_to(page, "link", "跳过预览，去发布")  # two frames with a whole site in each
    page.keyboard.press("Enter")
    press_to(page, "textbox", "发布到哪个文件夹？", most=1)
    page.keyboard.type(str(served))
    page.keyboard.press("Enter")
    heading(page, "发布以前：会改什么", BUILT)
    press_to(page, "button", "发布这一版")
    page.keyboard.press("Enter")
    heading(page, "已发布", BUILT)
    assert (served / "index.html").is_file()


def test_form_that_another_site_sends_changes_nothing(page: Page, tmp_path: Path) -> None:
    desk = page.evaluate("location.origin")
    project = tmp_path / "here" / "stolen"
    page.route(
        "http://127.0.0.1:9/",
        lambda route: route.fulfill(
            content_type="text/html; charset=utf-8",
            body=f'<form method="post" action="{desk}/project/new"><input name="folder" value="{project}">'
            f'<input name="project" value="x"></form><script>document.forms[0].submit()</script>',
        ),
    )
    with page.expect_navigation(url=f"{desk}/project/new", wait_until="commit") as navigation:
        page.goto("http://127.0.0.1:9/", wait_until="commit")
    assert navigation.value is not None
    assert navigation.value.status == 403
    assert not project.exists()
