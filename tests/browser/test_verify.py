"""Tests in Chromium of the checking page (verify/index.html) inside the offline zip, opened from a folder.

Knows a small archive and how to damage it. Leaves making the zip and its list of files to the archive's tests.
"""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.archive import small_archive
from tests.browser.test_access import AXE, TAGS
from tests.browser.test_validity import NEWER
from tests.conftest import ROOT, sampled
from workreport import archive
from workreport.archive import offline

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PARTS = ROOT / "templates" / "verify"
SHA256 = {
    # text to SHA-256 digest, from the examples of the standard (FIPS 180-4)
    "": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "abc": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq": (
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    "a" * 1_000_000: "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
}


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """The folder of a small archive; its offline zip is unpacked into the folder `stick` beside it."""
    folder = small_archive.archive_of(tmp_path)
    with zipfile.ZipFile(folder / "town-offline.zip") as bundle:
        bundle.extractall(tmp_path / "stick")
    return folder


@pytest.fixture
def stick(made: Path) -> Path:
    return made.parent / "stick" / "town-offline"


@pytest.fixture
def page(browser: Browser, stick: Path) -> Iterator[Page]:
    """The checking page, opened from the folder. The test fails if the page contacts any host or writes to the console."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    wrong: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text))
    page.goto((stick / "verify" / "index.html").as_uri())
    yield page
    context.close()
    assert wrong == []
    assert [url for url in asked if not url.startswith(("file://", "blob:null/", "blob:file:"))] == []


def result_of(page: Page, control: str, *files: Path) -> str:
    """Give the page these files, or one folder, through the input `control`; return the result text that it then shows."""
    page.evaluate("document.getElementById('result').hidden = true")
    page.set_input_files(control, [str(file) for file in files] if len(files) > 1 else str(files[0]))
    page.wait_for_selector("#result:not([hidden])")
    assert page.evaluate("document.activeElement.id") == "result"
    return page.inner_text("#result")


def test_checking_page_states_the_report_the_number_of_files_and_the_folder(page: Page) -> None:
    assert page.inner_text("#title") == "青川镇政府工作报告，13 个文件。"
    assert page.inner_text("#folder-name") == "town-offline"


# -- checking an unpacked folder ----------------------------------------------------------------------------------------


def test_unchanged_folder_is_reported_as_sound(page: Page, stick: Path) -> None:
    assert result_of(page, "#folder", stick) == "未见改动：13 个文件都在，逐一相符"
    assert page.get_attribute("#result", "data-sound") == "true"


def test_parent_of_the_unchanged_folder_is_reported_as_sound(page: Page, stick: Path) -> None:
    assert result_of(page, "#folder", stick.parent).startswith("未见改动")


def test_changed_missing_and_added_files_are_listed_and_system_files_ignored(page: Page, stick: Path) -> None:
    (stick / "town" / "index.html").write_text("<p>青川镇</p>" * 49 + "<p>青川县</p>", encoding="utf-8")
    (stick / "assets" / "a.css").write_text("p{ }", encoding="utf-8")
    (stick / "town" / "1" / "index.html").unlink()
    (stick / "more.html").write_text("", encoding="utf-8")
    (stick / ".DS_Store").write_text("", encoding="utf-8")
    assert result_of(page, "#folder", stick).split("\n\n")[0].splitlines() == [
        "有 4 个文件不符", "改动（2）", "assets/a.css", "town/index.html", "缺少（1）", "town/1/index.html", "多出（1）", "more.html",
    ]  # fmt: skip
    assert "另有系统自己留下的文件，不影响：.DS_Store。" in page.inner_text("#result")
    assert page.get_attribute("#result", "data-sound") == "false"


@pytest.mark.parametrize(("name", "gone"), sampled(itertools.product(sorted(offline.OWN), (False, True)), 5))
def test_changed_or_missing_file_of_the_checking_page_itself_is_listed(
    page: Page, stick: Path, name: str, gone: bool
) -> None:
    if gone:
        (stick / name).unlink()
    else:
        (stick / name).write_bytes((stick / name).read_bytes() + b" ")
    assert result_of(page, "#folder", stick).splitlines()[:3] == [
        "有 1 个文件不符",
        "缺少（1）" if gone else "改动（1）",
        name,
    ]


def test_one_flipped_bit_in_any_file_is_listed_as_a_change(page: Page, stick: Path) -> None:
    for name in small_archive.SITE:
        data = (stick / name).read_bytes()
        (stick / name).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        assert result_of(page, "#folder", stick).splitlines()[:3] == ["有 1 个文件不符", "改动（1）", name]
        (stick / name).write_bytes(data)
    assert result_of(page, "#folder", stick).startswith("未见改动")


def test_folder_without_files_of_the_archive_is_refused_with_the_right_folder_name(page: Page, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.txt").write_text("", encoding="utf-8")
    words = result_of(page, "#folder", tmp_path / "other")
    assert "这里没有离线版的文件" in words
    assert "请选 town-offline 这个文件夹" in words


def test_file_name_with_html_is_shown_as_text(page: Page, stick: Path) -> None:
    name = "<img src=x onerror=alert(1)>.html"
    (stick / name).write_text("", encoding="utf-8")
    assert name in result_of(page, "#folder", stick)
    assert page.locator("#result img").count() == 0


# -- checking the zip and other archive files ---------------------------------------------------------------------------


def test_zip_that_matches_its_checksum_file_is_reported_unchanged_with_its_digest(page: Page, made: Path) -> None:
    words = result_of(page, "#files", made / "town-offline.zip", made / "SHA256SUMS")
    assert words.startswith("未改：与 SHA256SUMS 所记相符")
    assert "包里 13 个文件与清单逐一相符。" in words
    assert archive.digest(made / "town-offline.zip") in words


@pytest.mark.parametrize("saved", ["SHA256SUMS.txt", "SHA256SUMS (1).txt", "SHA256SUMS(1)"])
def test_checksum_file_renamed_by_a_browser_is_recognized(page: Page, made: Path, saved: str) -> None:
    (made / "SHA256SUMS").rename(made / saved)
    (made / "SHA256SUMS (1).minisig").write_text("x", encoding="utf-8")
    words = result_of(page, "#files", made / "town-offline.zip", made / saved, made / "SHA256SUMS (1).minisig")
    assert words.startswith("未改：与 SHA256SUMS 所记相符")


def test_pasted_checksums_work_like_the_checksum_file(page: Page, made: Path) -> None:
    page.click("summary")
    page.fill("#sums", (made / "SHA256SUMS").read_text(encoding="utf-8").strip())
    assert result_of(page, "#files", made / "town-offline.zip").startswith("未改：与 SHA256SUMS 所记相符")


def test_sound_zip_without_checksums_is_reported_undamaged_but_not_proved_unchanged(page: Page, made: Path) -> None:
    words = result_of(page, "#files", made / "town-offline.zip")
    assert words.startswith("未见损坏，尚不能证明未改")
    assert archive.digest(made / "town-offline.zip") in words
    assert page.get_attribute("#result", "data-sound") == "false"


def test_every_archive_file_is_checked_and_a_changed_pdf_is_reported(page: Page, made: Path) -> None:
    files = sorted(path for path in made.iterdir())
    assert result_of(page, "#files", *files).startswith("未改：与 SHA256SUMS 所记相符")
    (made / "town.pdf").write_bytes(small_archive.pdf(3))
    words = result_of(page, "#files", *files)
    assert words.startswith("有 1 处不符")
    assert "town.pdf\n\n与 SHA256SUMS 所记不符，已被改动或损坏。" in words


@pytest.mark.parametrize(
    ("kept", "said"),
    [(-1, "压缩包不完整"), (-40, "压缩包不完整"), (100, "压缩包不完整"), (0, "压缩包不完整")],
)
def test_truncated_or_empty_zip_is_reported_as_incomplete(page: Page, made: Path, kept: int, said: str) -> None:
    path = made / "town-offline.zip"
    path.write_bytes(path.read_bytes()[:kept] if kept else b"")
    words = result_of(page, "#files", path)
    assert words.startswith("有 1 处不符")
    assert said in words


def test_changed_missing_and_added_members_of_a_zip_are_listed(page: Page, made: Path) -> None:
    path = made / "town-offline.zip"
    with zipfile.ZipFile(path) as bundle:
        files = {name: bundle.read(name) for name in bundle.namelist()}
    files["town-offline/town/index.html"] = b"<p>" + files["town-offline/town/index.html"][3:-1] + b"."
    files["town-offline/index.html"] += b"longer"
    del files["town-offline/town/1/index.html"]
    files |= {"town-offline/more.html": b"", "other/index.html": b"", "town-offline/../../evil.html": b""}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, data in files.items():
            bundle.writestr(name, data)
    words = result_of(page, "#files", path, made / "SHA256SUMS")
    assert words.startswith("有 7 处不符")
    assert [line for line in words.splitlines() if "/" in line or "（" in line or ".html" in line] == [
        "改动（2）", "index.html", "town/index.html", "缺少（1）", "town/1/index.html",
        "多出（3）", "more.html", "other/index.html", "town-offline/../../evil.html",
    ]  # fmt: skip


def test_flipped_bit_at_any_of_20_places_in_a_zip_contradicts_its_checksum(page: Page, made: Path) -> None:
    path = made / "town-offline.zip"
    data = path.read_bytes()
    for at in range(0, len(data), len(data) // 20):
        path.write_bytes(data[:at] + bytes([data[at] ^ 16]) + data[at + 1 :])
        words = result_of(page, "#files", path, made / "SHA256SUMS")
        assert "处不符" in words.splitlines()[0], at
        assert "与 SHA256SUMS 所记不符" in words


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.upper(), "SHA256SUMS 第 1 行不合格式"),
        (lambda text: text.rstrip("\n"), "最后一行没有换行"),
        (lambda text: text.replace("  town.html", " *town.html"), "SHA256SUMS 第 4 行不合格式"),
        (lambda text: text + text, "SHA256SUMS 第 6 行不合格式"),
        (
            lambda text: text.replace("town-offline.zip", "town-0ffline.zip"),
            "内容与 SHA256SUMS 里的 town-0ffline.zip 相同",
        ),
    ],
)
def test_malformed_checksum_file_or_wrong_file_name_in_it_is_reported(
    page: Page, made: Path, change: object, said: str
) -> None:
    path = made / "SHA256SUMS"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8", newline="")  # type: ignore[operator]
    assert said in result_of(page, "#files", made / "town-offline.zip", path)


def test_checksum_file_alone_asks_for_the_files_to_check(page: Page, made: Path) -> None:
    assert "请连同要核对的文件一起选" in result_of(page, "#files", made / "SHA256SUMS")


def test_browser_without_decompression_asks_for_the_folder_instead_of_the_zip(
    page: Page, made: Path, stick: Path
) -> None:
    page.add_init_script("delete globalThis.DecompressionStream;")
    page.reload()
    words = result_of(page, "#files", made / "town-offline.zip")
    assert "这个浏览器较旧，不能打开压缩包看里面的文件。请解压后改选文件夹。" in words
    assert result_of(page, "#folder", stick).startswith("未见改动")


# -- the page itself --------------------------------------------------------------------------------------------------


def test_sha256_of_the_checking_page_gives_the_digests_of_the_standard(page: Page) -> None:
    got = page.evaluate("words => words.map(w => workreportDigest.sha256(new TextEncoder().encode(w)))", list(SHA256))
    assert got == list(SHA256.values())


def test_checking_page_with_an_empty_file_list_says_so_and_offers_no_choice(page: Page, stick: Path) -> None:
    (stick / "verify" / "list.js").write_text("", encoding="utf-8")
    page.reload()
    assert page.is_visible("#no-list")
    assert not page.is_visible("#choices")


def test_checking_page_without_javascript_shows_the_sha256sum_command(browser: Browser, stick: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((stick / "verify" / "index.html").as_uri())
    assert "sha256sum -c manifest-sha256.txt" in page.inner_text("main")
    assert not page.is_visible("#folder")
    context.close()


def test_tab_reaches_every_control_of_the_checking_page_with_a_focus_ring(page: Page) -> None:
    reached = []
    for _ in range(5):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                """() => { const e = document.activeElement, ring = e.type === 'file' ? e.nextElementSibling : e;
                return [e.id || e.tagName, getComputedStyle(ring).outlineStyle]; }"""
            )
        )
    assert reached[:4] == [["A", "solid"], ["folder", "solid"], ["files", "solid"], ["SUMMARY", "solid"]]


@pytest.mark.parametrize("width", [320, 375, 768, 1280])
def test_checking_page_with_a_result_does_not_scroll_sideways(page: Page, made: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    result_of(page, "#files", made / "town-offline.zip", made / "SHA256SUMS")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_scripts_of_the_checking_page_use_no_javascript_newer_than_chrome_90() -> None:
    for path in sorted(PARTS.glob("*.js")):
        assert NEWER.findall(path.read_text(encoding="utf-8")) == [], path.name


def test_download_page_in_the_offline_zip_links_to_the_checking_page(
    built_project: Path, browser: Browser, tmp_path: Path
) -> None:
    packed = next((built_project / "archive").glob("*-offline.zip"))
    with zipfile.ZipFile(packed) as bundle:
        bundle.extractall(tmp_path)
    context = browser.new_context()
    page = context.new_page()
    page.goto((tmp_path / packed.stem / "gongshu-2024" / "download" / "index.html").as_uri())
    page.click("[data-archives] a")
    page.wait_for_url("**/verify/index.html")
    assert page.inner_text("h1") == "核对离线版"
    assert result_of(page, "#folder", tmp_path / packed.stem).startswith("未见改动")
    context.close()


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_no_violation_on_the_checking_page_and_its_results(
    browser: Browser, made: Path, stick: Path, npm: Path, scheme: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light", bypass_csp=True
    )
    page = context.new_page()
    page.goto((stick / "verify" / "index.html").as_uri())
    page.evaluate((npm / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(AXE, TAGS)
    page.click("summary")
    (stick / "index.html").unlink()
    result_of(page, "#folder", stick)
    found += page.evaluate(AXE, TAGS)
    result_of(page, "#files", *sorted(made.iterdir()))
    found += page.evaluate(AXE, TAGS)
    context.close()
    assert found == []


@pytest.mark.long
def test_vnu_and_html_validate_find_no_error_in_the_checking_page(npm: Path) -> None:
    if shutil.which("java") is None:
        pytest.skip("Java is not installed; on Debian: apt install default-jre-headless")
    jar = npm / "vnu-jar" / "build" / "dist" / "vnu.jar"
    order = ["java", "-jar", str(jar), "--errors-only", str(PARTS / "index.html")]
    vnu = subprocess.run(order, capture_output=True, text=True, check=False)
    assert (vnu.returncode, vnu.stderr) == (0, "")
    (npm.parent / "verify.json").write_text(
        json.dumps({"root": True, "extends": ["html-validate:standard"]}), encoding="utf-8"
    )
    order = [str(npm / ".bin" / "html-validate"), "--config", "verify.json", str(PARTS / "index.html")]
    done = subprocess.run(order, cwd=npm.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
