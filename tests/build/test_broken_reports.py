"""A report whose own files are broken stops no other report, in no form; every fault is told, and nothing goes in silence."""

from __future__ import annotations

import json
import os
import sys
import zipfile
from pathlib import Path

import pytest

from tests.publish.served_folder import run
from workreport.archive import forms
from workreport.build import outputs, plan
from workreport.build.broken_reports import BrokenReports
from workreport.project.progress import no_progress
from workreport.verify.site import check

REPORT = "政府工作报告\n（2025年1月9日在{place}第三届人民代表大会第五次会议上）\n{place}人民政府区长 李四\n各位代表：\n一、2024年工作回顾\n新增企业{n}家。\n二、2025年工作安排\n办好实事。\n"
TOML = {
    "report": ("report.toml", "title = \"x\"\nspaeker = \"李四\"\n", 2, "speaker"),
    "repairs": ("repairs.toml", "[[repair]]\nid = \"no-such\"\napplied = false\n", 1, "no-such"),
    "repairs-syntax": ("repairs.toml", "\n[[repair\n", 2, "]]"),
    "notes": ("notes.toml", "\n[[note]]\nquote = \"不在文中的话\"\nkind = \"doubled\"\nnote = \"x\"\n", 2, "不在文中的话"),
    "names": ("names.toml", "forbid_links = [[\"1\"]]\n", 1, "forbid_links"),
    "indicators": ("indicators.toml", "[[change]]\nid = \"s00000000-1\"\nname = \"x\"\n", 2, "s00000000-1"),
    "ids": ("ids.toml", "[[sentence]]\nid = \"s1\"\n", 1, "text"),
    "misnamed": ("Note.toml", "", 0, "notes.toml"),
}  # fmt: skip
"""For each broken file of the publisher: its name, its text, the line of the fault (0 for none), what the error must name."""
SOURCES = {
    "binary": bytes(range(256)) * 40,
    "empty": b"",
    "folder": None,
    "missing": None,
    "two": b"",
    "link": None,
    "pipe": None,
}
"""For each broken source: its bytes, None for what is no file."""
BROKEN = (*TOML, *SOURCES, "Bad_Name")
GOOD = ("good-2025", "better-2025")


def add(project: Path, slug: str, n: int, place: str) -> Path:
    """Add a sound report; return its folder."""
    folder = project / "reports" / slug
    folder.mkdir(parents=True)
    (folder / "source.md").write_text(REPORT.format(n=n, place=place), encoding="utf-8")
    return folder


def break_source(folder: Path, kind: str) -> None:
    """Replace the source of a report by a broken one."""
    source = folder / "source.md"
    outside = folder.parent.parent / f"outside-{kind}.md"
    source.rename(outside)
    if kind == "folder":
        source.mkdir()
    elif kind == "two":
        for ending in ("md", "txt"):
            (folder / f"source.{ending}").write_bytes(outside.read_bytes())
    elif kind == "link":
        source.symlink_to(outside)
    elif kind == "pipe":
        os.mkfifo(source)
    elif (data := SOURCES[kind]) is not None:
        source.write_bytes(data)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, outputs.BuildResult, list[str]]:
    """A project with two sound reports and one for each kind of broken file, built whole; the result, and what was told."""
    if sys.platform == "win32":
        pytest.skip("links and pipes of POSIX")
    project = tmp_path_factory.mktemp("broken") / "p"
    for k, slug in enumerate(GOOD):
        add(project, slug, 30 + k, "清水区")
    (project / "site.toml").write_text("[build]\npictures = false\n", encoding="utf-8")
    for k, kind in enumerate(BROKEN):
        folder = add(project, kind if kind == "Bad_Name" else f"bad-{kind}", 7000 + k, "云溪区")
        if kind in TOML:
            name, text, _, _ = TOML[kind]
            (folder / name).write_text(text, encoding="utf-8")
        elif kind in SOURCES:
            break_source(folder, kind)
    told: list[str] = []
    made = outputs.build(plan.BuildOrder(project), no_progress, lambda _: None, told.append, told.append)
    return project, made, told


def test_every_fault_is_told_with_file_line_and_what_to_do(
    built: tuple[Path, outputs.BuildResult, list[str]],
) -> None:
    _, made, told = built
    faults = {report.slug: report.faults for report in made.broken}
    assert set(faults) == {kind if kind == "Bad_Name" else f"bad-{kind}" for kind in BROKEN}
    assert all(fault in told for report in faults.values() for fault in report)
    for kind, (name, _, line, words) in TOML.items():
        (fault,) = faults[f"bad-{kind}"]
        assert f"bad-{kind}/{name}{f':{line}' if line else ''}: " in fault
        assert words in fault
    for kind in SOURCES:
        (fault,) = faults[f"bad-{kind}"]
        assert f"bad-{kind}" in fault
        assert "请" in fault
    assert "请改名" in faults["Bad_Name"][0]


@pytest.mark.parametrize("form", [row.id for row in forms.FORMS])
def test_sound_reports_are_made_in_every_form_and_the_broken_ones_in_none(
    built: tuple[Path, outputs.BuildResult, list[str]], form: str
) -> None:
    project, made, _ = built
    assert made.reports == tuple(sorted(GOOD))
    row = next(row for row in forms.FORMS if row.id == form)
    wanted = {f"reports{row.ending}"} if row.whole else {f"{slug}{row.ending}" for slug in GOOD}
    assert wanted == {name for name in made.archive if name.endswith(row.ending)}
    for name in wanted:
        texts = [(project / "archive" / name).read_bytes()]
        if name.endswith((".zip", ".epub")):
            with zipfile.ZipFile(project / "archive" / name) as bundle:
                texts = [bundle.read(member) for member in bundle.namelist()]
        assert not any(b"bad-" in text or "云溪区".encode() in text for text in texts)


def test_site_without_the_broken_reports_is_sound(built: tuple[Path, outputs.BuildResult, list[str]]) -> None:
    project, _, _ = built
    assert check(project) == ()
    assert {path.name for path in (project / "site").iterdir() if path.name.endswith("2025")} == set(GOOD)
    assert not list((project / "site").rglob("*bad-*"))
    assert plan.left_out(project) == tuple(sorted(kind if kind == "Bad_Name" else f"bad-{kind}" for kind in BROKEN))


def test_all_files_of_one_report_are_told_at_once(tmp_path: Path) -> None:
    folder = add(tmp_path, "bad", 1, "清水区")
    for name in ("names.toml", "notes.toml", "indicators.toml"):
        (folder / name).write_text("x = 1\n", encoding="utf-8")
    with pytest.raises(BrokenReports) as caught:
        outputs.build(plan.BuildOrder(tmp_path, None, only_site=True), no_progress, print)
    lines = str(caught.value).splitlines()
    assert [line.partition(":1: ")[0] for line in sorted(lines)] == [
        "bad/indicators.toml",
        "bad/names.toml",
        "bad/notes.toml",
    ]
    assert not (tmp_path / "site").exists()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with two sound reports and without pictures, built whole; the second one is then broken."""
    for k, slug in enumerate(GOOD):
        add(tmp_path, slug, 30 + k, "清水区" if k else "云溪区")
    (tmp_path / "site.toml").write_text("[build]\npictures = false\n[archive]\npdf = false\n", encoding="utf-8")
    done = run(tmp_path, "build", "--quiet")
    assert done.returncode == 0, done.stderr
    (tmp_path / "reports" / GOOD[1] / "notes.toml").write_text("[[note\n", encoding="utf-8")
    return tmp_path


@pytest.mark.long
def test_build_command_fails_says_why_and_keeps_the_last_good_pages_aside(project: Path) -> None:
    last = {
        name: (project / name).read_bytes()
        for name in (f"site/{GOOD[1]}/text/index.html", f"docs/{GOOD[1]}/text/index.md", f"archive/{GOOD[1]}.html")
    }
    for _ in range(2):  # a second build says it again, and copies nothing
        done = run(project, "build", "--quiet")
        assert done.returncode == 1
        assert done.stdout == ""
        assert f"{GOOD[1]}/notes.toml:1: " in done.stderr
        assert f"没有做成的报告：{GOOD[1]}" in done.stderr
        assert (project / "site" / GOOD[0] / "index.html").is_file()
        assert not (project / "site" / GOOD[1]).exists()
    (copies,) = (project / ".workreport" / "replaced").iterdir()
    assert {name: (copies / name).read_bytes() for name in last} == last
    told = json.loads(run(project, "build", "--json").stdout)
    assert (told["status"], list(told["broken"])) == ("incomplete", [GOOD[1]])
    assert f"没有做成的报告：{GOOD[1]}" in run(project, "check").stderr
    (project / "reports" / GOOD[1] / "notes.toml").unlink()
    assert run(project, "build", "--quiet").returncode == 0
    assert {name: (project / name).read_bytes() for name in last} == last


@pytest.mark.long
def test_publish_refuses_a_site_that_lacks_a_broken_report_unless_told(project: Path, tmp_path: Path) -> None:
    www = tmp_path / "www"
    done = run(project, "publish", "--to", www)
    assert done.returncode == 1
    assert f"{GOOD[1]}/notes.toml:1: " in done.stderr
    assert f"没有做成的报告：{GOOD[1]}" in done.stderr
    assert not www.exists()
    notes = project / "reports" / GOOD[1] / "notes.toml"
    broken = notes.read_bytes()
    notes.unlink()
    assert run(project, "publish", "--to", www).returncode == 0
    notes.write_bytes(broken)
    # What the public has is not lost: not without a word, and not with --partial alone.
    for options in ((), ("--partial",)):
        done = run(project, "publish", *options, "--to", www)
        assert done.returncode == 1, options
        assert (www / GOOD[1] / "index.html").is_file()
    assert f"--drop {GOOD[1]}" in done.stderr
    done = run(project, "publish", "--drop", GOOD[1], "--to", www)
    assert done.returncode == 0, done.stderr


@pytest.mark.long
def test_preview_keeps_its_last_good_pages_while_a_file_is_broken(project: Path) -> None:
    order = plan.BuildOrder(project, None, only_site=True, preview=True)
    made = outputs.build(order, no_progress, print)
    assert [report.slug for report in made.broken] == [GOOD[1]]
    notes = project / "reports" / GOOD[1] / "notes.toml"
    broken = notes.read_bytes()
    notes.unlink()
    outputs.build(order, no_progress, print)
    page = project / plan.PREVIEW / GOOD[1] / "index.html"
    assert page.is_file()
    notes.write_bytes(broken)
    with pytest.raises(BrokenReports, match="notes"):
        outputs.build(order, no_progress, print)
    assert page.is_file()


@pytest.mark.long
def test_quiet_build_says_that_own_files_were_set_aside(tmp_path: Path) -> None:
    add(tmp_path, "good", 1, "清水区")
    assert run(tmp_path, "build", "--only", "site", "--quiet").returncode == 0
    (tmp_path / "site" / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "reports" / "good" / "source.md").write_text(REPORT.format(n=2, place="清水区"), encoding="utf-8")
    done = run(tmp_path, "build", "--only", "site", "--quiet")
    assert (done.returncode, done.stdout) == (0, "")
    assert "site/mine.txt 不是程序生成的" in done.stderr
