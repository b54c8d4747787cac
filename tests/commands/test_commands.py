"""Tests of the command line: output streams, exit codes, and a new report from `add` to the finished site.

Knows how to run workreport in an empty folder. Leaves the installed wheel to `test_installed`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT
from workreport.build.slugs import BadSlug, checked_slug

REPORT = """政府工作报告

(2025年1月9日在清水区第三届人民代表大会第五次会议上)

清水区人民政府区长 李 四

各位代表：

一、2024年工作回顾

全区生产总值达到120.5亿元，同比增长6.1%，总量居全市第三。

（一）工业稳中有进。新增企业30家，青石湾大桥建成通车，青石湾大桥全长三公里。

二、2025年工作安排

生产总值增长6%左右。青石湾大桥周边新建公园5个。
"""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m workreport` with the arguments in a folder outside the project; return the finished process."""
    return subprocess.run(
        [sys.executable, "-m", "workreport", *arguments],
        cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False, env={**__import__("os").environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new")
    (folder / "报告.txt").write_text(REPORT, encoding="gb18030")
    done = run(folder, "add", "报告.txt")
    assert done.returncode == 0, done.stderr
    assert "reports/qingshui-2025/" in done.stdout
    assert "推测" in done.stdout
    assert "李四" in done.stdout
    return folder


def test_add_copies_the_file_unchanged_and_lists_guessed_metadata_in_report_toml(added: Path) -> None:
    home = added / "reports" / "qingshui-2025"
    assert (home / "source.txt").read_bytes() == REPORT.encode("gb18030")
    facts = tomllib.loads((home / "report.toml").read_text(encoding="utf-8"))
    assert facts["place"] == "清水区"
    assert set(facts["guessed"]) == {"title", "place", "year", "date", "meeting", "speaker", "office"}
    assert (home / "repairs.toml").is_file()
    assert (added / "site.toml").is_file()


@pytest.mark.long
def test_add_of_a_report_that_exists_fails_and_leaves_report_toml_unchanged(added: Path) -> None:
    before = (added / "reports" / "qingshui-2025" / "report.toml").read_bytes()
    again = run(added, "add", "报告.txt")
    assert again.returncode == 1
    assert "--slug" in again.stderr
    assert (added / "reports" / "qingshui-2025" / "report.toml").read_bytes() == before


def test_added_report_can_be_built_checked_rebuilt_only_after_a_change_and_cleaned(added: Path) -> None:
    built = run(added, "build", "--json")
    assert built.returncode == 0, built.stderr
    facts = json.loads(built.stdout)
    assert facts["status"] == "built"
    assert facts["reports"] == ["qingshui-2025"]
    assert (added / "site" / "qingshui-2025" / "1" / "1" / "index.html").is_file()
    assert json.loads(run(added, "build", "--json").stdout)["status"] == "unchanged"
    checked_ = run(added, "check")
    assert checked_.returncode == 0, checked_.stderr
    (added / "site" / "index.html").write_text("x", encoding="utf-8")
    assert run(added, "check", "--quiet").returncode == 1
    assert json.loads(run(added, "build", "--json", "--only", "site").stdout)["status"] == "built"
    assert run(added, "clean").returncode == 0
    assert not (added / "site").exists()
    assert (added / "reports").is_dir()


@pytest.mark.long
def test_build_prints_seconds_without_colour_codes_and_nothing_with_quiet(added: Path) -> None:
    done = run(added, "--only", "site")
    assert done.returncode == 0, done.stderr
    assert "秒" in done.stdout
    assert "\x1b" not in done.stdout
    (added / "site.toml").write_text('title = "站"\n', encoding="utf-8")
    assert run(added, "--only", "site", "--quiet").stdout == ""


WITHOUT_TOOLS = """
import sys
from workreport import commands
from workreport.project import fonts
from workreport.archive import signing
signing.missing_tool = lambda: "本机没有 minisign"
fonts.folders = lambda: ()
sys.exit(commands.main(sys.argv[1:]))
"""
"""A Python program that runs a workreport command as on a machine without fonts and without minisign."""


@pytest.mark.long
@pytest.mark.parametrize("how", ["--quiet", "--json"])
def test_missing_fonts_and_minisign_are_reported_on_stderr_with_quiet_and_json(added: Path, how: str) -> None:
    (added / "site.toml").write_text(f'title = "{how}"\n[archive]\nminisign_key = "/no/such.key"\n', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_TOOLS, "build", how],
        cwd=added, capture_output=True, text=True, encoding="utf-8", check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    fonts_, tool = done.stderr.splitlines()
    assert "不做图片和公文版式（.pdf）" in fonts_
    assert "minisign" in tool
    if how == "--json":
        assert json.loads(done.stdout)["lacking"] == [fonts_, tool]
    else:
        assert done.stdout == ""


@pytest.mark.long
def test_minisign_key_change_signs_again_and_a_deleted_key_fails_each_build(added: Path, tmp_path: Path) -> None:
    if shutil.which("minisign") is None:
        pytest.skip("minisign is not installed")
    secret = tmp_path / "secret.key"
    order = ["minisign", "-G", "-W", "-f", "-s", str(secret), "-p", str(tmp_path / "public.key")]
    subprocess.run(order, check=True, capture_output=True)
    (added / "site.toml").write_text(f'[archive]\nminisign_key = "{secret}"\n', encoding="utf-8")
    first = run(added, "--quiet")
    assert first.returncode == 0, first.stderr
    signature = added / "archive" / "SHA256SUMS.minisig"
    before = signature.read_bytes()
    assert "没有变化" in run(added).stdout
    subprocess.run(order, check=True, capture_output=True)
    assert run(added, "--quiet").returncode == 0
    assert signature.read_bytes() != before, "the archive is not signed again with the new key"
    secret.unlink()
    for _ in range(2):
        done = run(added)
        assert done.returncode == 1
        assert "minisign_key" in done.stderr


@pytest.mark.long
def test_archive_older_than_the_site_is_reported_by_build_and_check_unless_quiet(added: Path) -> None:
    outdated = "archive/ 是较早一次构建的，与现在的网站不同。"
    (added / "site.toml").write_text("[build]\npictures = false\n[archive]\npdf = false\n", encoding="utf-8")
    built = run(added)
    assert built.returncode == 0, built.stderr
    assert outdated not in built.stdout
    assert outdated not in run(added, "--only", "site").stdout, "no text changed, so the archive is current"
    source = added / "reports" / "qingshui-2025" / "source.txt"
    whole = source.read_bytes()
    source.write_bytes((REPORT + "新建学校8所。\n").encode("gb18030"))
    built = run(added, "--only", "site")
    assert built.returncode == 0, built.stderr
    assert outdated in built.stdout
    checked_ = run(added, "check")
    assert checked_.returncode == 0, checked_.stderr
    assert outdated in checked_.stdout
    assert run(added, "check", "--quiet").stdout == ""
    source.write_bytes(whole)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("nonsense",), 2, "nonsense"),
        (("--only", "nothing"), 2, "--only"),
        (("add",), 2, "FILE"),
        (("add", "none.txt"), 1, "没有这个文件"),
        (("inspect", "none.txt"), 1, "没有这个文件"),
        (("inspect", "nofile"), 1, "nofile: 没有这个文件"),
        (("add", "none.doc"), 1, "没有这个文件"),
        (("inspect", "reports"), 1, "这是文件夹，不是文件"),
        (("build", "--report", "other"), 1, "没有名为 other 的报告"),
    ],
)
def test_wrong_arguments_and_unknown_names_give_an_exit_code_and_one_error_text(
    added: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    done = run(added, *arguments)
    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("slug", ["", "A", "a_b", "../x", "a--b", "con", "about", "x" * 61, "报告"])
def test_invalid_too_long_or_reserved_slug_raises_bad_slug(slug: str) -> None:
    with pytest.raises(BadSlug, match="--slug"):
        checked_slug(slug)
