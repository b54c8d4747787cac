"""The check of a finished website and archive: a sound one has no problem, and each kind of damage is found and named."""

from __future__ import annotations

import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.archive import small_archive
from workreport import archive
from workreport.verify import site

HEAD = (
    '<!doctype html>\n<html lang="zh-Hans">\n<head>\n<meta charset="utf-8">\n'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self' "
    "'sha256-IfEXP/8HLuXoAiy0hZVrCAcjcLsZqYFpLOHDGj8enqE='\">\n"
)
INLINE = "<script>let a</script>\n"
"""The script whose digest the policy in `HEAD` lists."""
FRONT = (
    f'{HEAD}<link rel="canonical" href="https://example.org/sub/">\n'
    '<link rel="stylesheet" href="assets/a.css?v=1">\n<script src="assets/a.js"></script>\n</head>\n<body>\n'
    '<h1 id="报告">报告</h1><a href="#报告">顶</a><a href="#top">上</a><a href="town/index.html#s1">镇</a>\n'
    '<a href="https://www.gov.cn/">国务院</a><a href="mailto:a@b.cn">纠错</a><a href="?q=外资">搜</a>\n'
    '<img src="assets/a.svg" srcset="assets/a.svg 1x, assets/a.svg 2x" alt=""><img src="data:,x" alt="">\n'
    '<form action="index.html"><input id="q"></form><svg><use href="assets/a.svg#i"/></svg>\n</body></html>\n'
)
TOWN = (
    f'{HEAD}</head>\n<body style="background:url(../assets/a.svg)">\n<p id="s1">镇</p><a href="../index.html">首页</a>'
    '<a href="%E4%B8%80.html">一</a>\n<div data-archives>离线版在网站下载。</div>\n</body></html>\n'
)
LOST = f'{HEAD}<link rel="stylesheet" href="/sub/assets/a.css">\n</head><body><a href="/sub/">首页</a></body></html>\n'
FILES = {
    "index.html": FRONT,
    "town/index.html": TOWN,
    "town/一.html": f"{HEAD}</head><body></body></html>",
    "404.html": LOST,
    "assets/a.css": '/* url(http://a.b/) */ @import "b.css"; p{background:url("a.svg#i")} @font-face{src:url(data:,x)}',
    "assets/b.css": "p{}",
    "assets/a.js": "",
    "assets/a.svg": '<svg xmlns="http://www.w3.org/2000/svg"><path id="i"/></svg>',
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a sound website, its offline zip, sums, and download copies."""
    for name, text in FILES.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    small_archive.pack_site(tmp_path / "site", tmp_path / "archive")
    archive.write_sums(tmp_path / "archive")
    archive.add_downloads(tmp_path / "site", tmp_path / "archive")
    return tmp_path


def messages(project: Path) -> list[str]:
    """Every problem of the project, as "file:line: message"."""
    return [str(problem) for problem in site.check(project)]


def test_sound_site_has_no_problem(project: Path) -> None:
    assert messages(project) == []


def test_site_without_an_archive_is_sound(project: Path) -> None:
    for folder in (project / "archive", project / "site" / "archive"):
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
    (project / "site" / "town" / "index.html").write_text(TOWN, encoding="utf-8")
    assert messages(project) == []


def test_stale_archive_is_checked_for_integrity_only(project: Path) -> None:
    for path in (project / "site" / "archive").iterdir():
        path.unlink()
    (project / "site" / "archive").rmdir()
    (project / "site" / "town" / "index.html").write_text(TOWN.replace("镇</p>", "新镇</p>"), encoding="utf-8")
    assert messages(project) == []
    path = project / "archive" / "town-offline.zip"
    whole = path.read_bytes()
    path.write_bytes(whole[:60] + bytes([whole[60] ^ 1]) + whole[61:])
    archive.write_sums(project / "archive")
    assert any(m.startswith("archive/town-offline.zip: 压缩包") for m in messages(project))


def test_missing_site_names_the_command_to_run(tmp_path: Path) -> None:
    assert messages(tmp_path) == ["site: 没有生成的网站。请先运行 python build.py。"]


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ('<a href="nowhere.html">', "'nowhere.html' 所指的文件不存在"),
        ('<a href="Town/index.html">', "'Town/index.html' 所指的文件不存在"),
        ('<a href="town/index.html#s2">', "'town/index.html#s2' 所指的位置不存在：town/index.html 里没有 id 's2'"),
        ('<a href="#s9">', "'#s9' 所指的位置不存在"),
        ('<a href="town/">', "指向文件夹"),
        ('<a href="town">', "指向文件夹"),
        ('<a href=".">', "指向文件夹"),
        ('<a href="index.html/">', "所指的文件不存在"),
        ('<a href="../index.html">', "指到网站之外"),
        ('<a href="/index.html">', "不是相对路径"),
        ('<a href="javascript:alert(1)">', "是脚本"),
        ('<a href="http://[">', "不是合格的地址"),
        ('<a href="index.html" ping="https://evil.example/">', "从别的网站取用"),
        ('<script src="https://cdn.example/a.js"></script>', "从别的网站取用 'https://cdn.example/a.js'"),
        ('<script src="//cdn.example/a.js"></script>', "从别的网站取用"),
        ('<link rel="stylesheet" href="HTTPS://cdn.example/a.css">', "从别的网站取用"),
        ('<link rel="preconnect" href="https://cdn.example">', "从别的网站取用"),
        ('<link rel="icon" href="https://cdn.example/i.png">', "从别的网站取用"),
        ('<img src="https://cdn.example/i.png">', "从别的网站取用"),
        ('<img srcset="assets/a.svg 1x, https://cdn.example/i.png 2x">', "从别的网站取用"),
        ('<img src="assets/none.png">', "所指的文件不存在"),
        ('<iframe src="https://cdn.example/"></iframe>', "从别的网站取用"),
        ('<form action="https://cdn.example/">', "从别的网站取用"),
        ('<meta http-equiv="refresh" content="0; url=https://cdn.example/">', "从别的网站取用"),
        ('<svg><image href="https://cdn.example/i.png"/></svg>', "从别的网站取用"),
        ("<style>p{background:url(https://cdn.example/i.png)}</style>", "从别的网站取用"),
        ('<style>@import "https://cdn.example/a.css";</style>', "从别的网站取用"),
        ("<p style=\"background:url('https://cdn.example/i.png')\">", "从别的网站取用"),
        ("<p style=\"background:url('assets/none.png')\">", "所指的文件不存在"),
        ('<p id="q">', "id 'q' 已用于第 "),
        ("<script>alert(1)</script>", "内嵌脚本不在安全策略之内"),
        ('<p onclick="alert(1)">', "属性 onclick 里的脚本"),
    ],
)
def test_damaged_page_is_named_with_file_and_line(project: Path, added: str, said: str) -> None:
    path = project / "site" / "index.html"
    path.write_text(FRONT.replace("</body>", f"{added}\n</body>"), encoding="utf-8")
    line = FRONT[: FRONT.index("</body>")].count("\n") + 1
    found = [m for m in messages(project) if m.startswith("site/")]
    assert len(found) == 1, found
    assert found[0].startswith(f"site/index.html:{line}: ")
    assert said in found[0]


def test_inline_script_named_by_the_policy_is_allowed(project: Path) -> None:
    path = project / "site" / "index.html"
    path.write_text(FRONT.replace("</head>", f"{INLINE}</head>"), encoding="utf-8")
    assert [m for m in messages(project) if m.startswith("site/")] == []


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("assets/b.css", "p{}", "p{}\n\np{background:url(none.png)}", "site/assets/b.css:3: 链接 'none.png'"),
        ("assets/b.css", "p{}", '@import "//cdn.example/c.css";', "site/assets/b.css:1: 从别的网站取用"),
        ("assets/a.svg", "<path", '<image href="http://cdn.example/i.png"/><path', "site/assets/a.svg:1: 从别的网站"),
        ("town/index.html", 'lang="zh-Hans"', "", "没有写明语言"),
        ("town/index.html", "Content-Security-Policy", "x", "没有内容安全策略"),
        ("404.html", "<body>", '<body><img src="https://cdn.example/i.png">', "site/404.html:"),
    ],
)
def test_damage_in_styles_pictures_and_pages_is_found(project: Path, name: str, old: str, new: str, said: str) -> None:
    path = project / "site" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert [m for m in messages(project) if said in m], messages(project)


def test_page_that_is_not_utf8_is_reported(project: Path) -> None:
    (project / "site" / "town" / "index.html").write_bytes(b"\xff\xfe")
    assert any(m.startswith("site/town/index.html: 不是 UTF-8") for m in messages(project))


# -- archive --------------------------------------------------------------------------------------------------------


def test_any_changed_byte_of_the_archive_is_found(project: Path) -> None:
    chance = random.Random(20240221)
    for name in ("town-offline.zip", "SHA256SUMS"):
        path = project / "archive" / name
        whole = path.read_bytes()
        for _ in range(60):
            at, bit = chance.randrange(len(whole)), 1 << chance.randrange(8)
            path.write_bytes(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
            assert [m for m in messages(project) if m.startswith("archive/")], (name, at, bit)
        path.write_bytes(whole)
    assert messages(project) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.upper(), "archive/SHA256SUMS:1: 此行不合格式"),
        (lambda text: text.replace("  ", " *"), "archive/SHA256SUMS:1: 此行不合格式"),
        (lambda text: text.rstrip("\n"), "archive/SHA256SUMS:1: 此行不合格式"),
        (lambda text: text.replace("\n", "\r\n"), "archive/SHA256SUMS:1: 此行不合格式"),
        (lambda text: "\n" + text, "archive/SHA256SUMS:1: 此行不合格式"),
        (lambda text: text + text, "archive/SHA256SUMS:2: 'town-offline.zip' 列了两次"),
        (
            lambda text: text + "0" * 64 + "  ../site/index.html\n",
            "archive/SHA256SUMS:2: 路径 '../site/index.html' 会跑",
        ),
        (lambda text: text + "0" * 64 + "  town.epub\n", "archive/town.epub: SHA256SUMS 列有此文件，但它不存在"),
        (lambda text: text[:0], "archive/town-offline.zip: 不在 SHA256SUMS 之列"),
    ],
)
def test_malformed_sums_of_the_archive_are_reported(project: Path, change: Callable[[str], str], said: str) -> None:
    path = project / "archive" / "SHA256SUMS"
    path.write_bytes(change(path.read_text(encoding="utf-8")).encode())
    assert [m for m in messages(project) if m.startswith(said)], messages(project)


def test_missing_sums_and_added_archive_file_are_reported(project: Path) -> None:
    (project / "archive" / "extra.txt").write_bytes(b"")
    assert any(m.startswith("archive/extra.txt: 不在 SHA256SUMS 之列") for m in messages(project))
    (project / "archive" / "SHA256SUMS").unlink()
    assert any(m.startswith("archive/SHA256SUMS: 没有这个文件") for m in messages(project))


def repacked(project: Path, change: Callable[[zipfile.ZipFile, zipfile.ZipFile], None]) -> None:
    """Rewrite the offline zip by `change(old, new)` and make the sums fit: only the content of the zip shows the
    change.
    """
    path = project / "archive" / "town-offline.zip"
    old = path.rename(project / "old.zip")
    with zipfile.ZipFile(old) as before, zipfile.ZipFile(path, "w") as after:
        change(before, after)
    archive.write_sums(project / "archive")


@pytest.mark.parametrize(
    ("left_out", "added", "said"),
    [
        ("town-offline/town/index.html", {}, "缺少 town/index.html：manifest-sha256.txt 列有此文件"),
        ("", {"town-offline/more.html": b""}, "多出 more.html：不在 manifest-sha256.txt 之列"),
        ("", {"town-offline/index.html": b"x"}, "index.html 的内容与 manifest-sha256.txt 所记不符"),
        ("", {"../evil.html": b""}, "压缩包里的路径 '../evil.html' 会跑到文件夹之外"),
        ("", {"/evil.html": b""}, "压缩包里的路径 '/evil.html' 会跑到文件夹之外"),
    ],
)
def test_rewritten_offline_zip_with_matching_sums_is_found(
    project: Path, left_out: str, added: dict[str, bytes], said: str
) -> None:
    def change(before: zipfile.ZipFile, after: zipfile.ZipFile) -> None:
        files = {name: before.read(name) for name in before.namelist() if name != left_out}
        for name, data in {**files, **added}.items():
            entry = zipfile.ZipInfo(name)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            after.writestr(entry, data)

    repacked(project, change)
    assert [m for m in messages(project) if m.startswith(f"archive/town-offline.zip: {said}")], messages(project)


def test_truncated_offline_zip_is_found(project: Path) -> None:
    path = project / "archive" / "town-offline.zip"
    path.write_bytes(path.read_bytes()[:-30])
    archive.write_sums(project / "archive")
    assert any(m.startswith("archive/town-offline.zip: 压缩包不完整") for m in messages(project))


def test_offline_zip_of_another_site_is_found(project: Path) -> None:
    """The zip itself is sound; only the comparison with the website finds the differences."""
    other = project / "other"
    for name, text in {**FILES, "town/more.html": "", "index.html": FRONT + "<p>改</p>"}.items():
        path = other / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (other / "assets" / "a.js").unlink()
    small_archive.pack_site(other, project / "archive")
    archive.write_sums(project / "archive")
    shutil.copy(project / "archive" / "town-offline.zip", project / "site" / "archive" / "town-offline.zip")
    shutil.copy(project / "archive" / "SHA256SUMS", project / "site" / "archive" / "SHA256SUMS")
    assert [m.removeprefix("archive/town-offline.zip: ") for m in messages(project) if m.startswith("archive/")] == [
        "压缩包里多出 town-offline/town/more.html。请重新构建。",
        "压缩包里的 town-offline/index.html 与网站不同。请重新构建。",
        "压缩包里缺少 town-offline/assets/a.js。请重新构建。",
    ]


def test_damaged_file_of_every_form_in_the_archive_is_found(project: Path) -> None:
    for name, data in (
        ("town.pdf", b"%PDF-1.7"),
        ("town.html", b"<!doctype html>"),
        ("town.epub", b"PK"),
        ("a.txt", b""),
    ):
        (project / "archive" / name).write_bytes(data)
        shutil.copy(project / "archive" / name, project / "site" / "archive" / name)
    archive.write_sums(project / "archive")
    shutil.copy(project / "archive" / "SHA256SUMS", project / "site" / "archive" / "SHA256SUMS")
    found = "\n".join(messages(project))
    for said in (
        "town.pdf: 结尾没有 %%EOF", "town.html: 结尾没有 </html>", "town.epub: 开头不是压缩包", "a.txt: 不是归档的任何一种",
    ):  # fmt: skip
        assert f"archive/{said}" in found


def test_signature_need_not_be_listed_in_the_sums(project: Path) -> None:
    for folder in ("archive", "site/archive"):
        (project / folder / "SHA256SUMS.minisig").write_bytes(b"signed")
    archive.write_sums(project / "archive")
    assert messages(project) == []


def test_download_copy_that_differs_from_the_archive_is_found(project: Path) -> None:
    (project / "site" / "archive" / "town-offline.zip").write_bytes(b"other")
    assert any(m.startswith("site/archive/town-offline.zip: 与 archive/ 中的同名文件不同") for m in messages(project))
