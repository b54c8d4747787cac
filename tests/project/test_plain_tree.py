"""Symbolic links, pipes and devices in a project are refused everywhere in the same way, and nothing behind them is read."""

from __future__ import annotations

import itertools
import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, sampled
from tests.publish.small_site import make_site
from workreport.build import outputs, plan, preview
from workreport.project import digests
from workreport.project.plain_tree import INPUTS, NotPlain, require_plain
from workreport.project.progress import no_progress
from workreport.publish import PublishError, publish
from workreport.verify.site import check

pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of POSIX"), pytest.mark.timeout(60)]

REPORT = "政府工作报告\n各位代表：\n一、回顾\n新增企业30家。\n"
PLACES = (
    "site.toml", "mkdocs.yml", "mkdocs.generated.yml", "reports", "reports/x", "reports/x/source.md", "reports/x/report.toml",
    "reports/x/other.txt", "templates", "templates/pages", "templates/publish/stub.html", "vocabulary", "vocabulary/units.toml", "words", "words/units.toml",
    "docs", "docs/x.md", "docs/assets/logo.svg", "places", "places/x", "places/x/series.toml",
)  # fmt: skip
"""Paths in a project, at each of which a link, a pipe or a device may lie."""


def project_at(folder: Path) -> Path:
    """Write a project of one report, with templates and word lists of its own."""
    (folder / "reports" / "x").mkdir(parents=True)
    (folder / "reports" / "x" / "source.md").write_text(REPORT, encoding="utf-8")
    for name in ("templates", "vocabulary"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def build(project: Path) -> None:
    outputs.build(plan.BuildOrder(project, None, only_site=True), no_progress, print)


def replaced(path: Path, outside: Path, kind: str) -> None:
    """Put a link (to what lay there, now outside the project), a pipe or a link to a device at a path."""
    if path.exists():
        shutil.move(path, outside)
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(outside if kind == "link" else "/dev/zero")


@pytest.mark.parametrize(("place", "kind"), sampled(itertools.product(PLACES, ("link", "pipe", "device")), 4))
def test_build_refuses_what_is_no_plain_file_and_names_it(tmp_path: Path, place: str, kind: str) -> None:
    project = project_at(tmp_path / "p")
    replaced(project / place, tmp_path / "outside", kind)
    with pytest.raises(NotPlain, match=f"^{place} (是符号链接|不是普通文件)"):
        build(project)
    assert not (project / "site").exists()
    plan.unchanged(plan.BuildOrder(project))
    preview.watched(project)


def test_link_within_the_project_is_refused_too_and_stops_no_other_report(tmp_path: Path) -> None:
    project = project_at(tmp_path / "p")
    (project / "reports" / "y").symlink_to("x")
    made = outputs.build(plan.BuildOrder(project, None, only_site=True), no_progress, print)
    assert made.reports == ("x",)
    (broken,) = made.broken
    assert (broken.slug, broken.faults) == ("y", ("reports/y 是符号链接，没有读它。请换成普通文件或文件夹。",))


def test_every_input_of_a_build_is_looked_through(tmp_path: Path) -> None:
    assert set(INPUTS) == {place.partition("/")[0] for place in PLACES}
    for name in INPUTS:
        (tmp_path / name).symlink_to("/nowhere")
        with pytest.raises(NotPlain, match=f"^{name} 是符号链接"):
            require_plain(tmp_path)
        (tmp_path / name).unlink()


@pytest.mark.parametrize("kind", ["link", "pipe", "device"])
@pytest.mark.parametrize(
    "place", ["site/index.html", "site/a.txt", "site/town-2024", "archive/a.pdf", "archive", "site"]
)
def test_check_and_publish_refuse_what_is_no_plain_file(tmp_path: Path, place: str, kind: str) -> None:
    project = tmp_path / "p"
    make_site(project)
    (project / "archive").mkdir()
    replaced(project / place, tmp_path / "outside", kind)
    problems = check(project)
    assert problems
    if kind == "link":
        assert [(p.file, "是符号链接" in p.message) for p in problems] == [(place, True)]
    with pytest.raises(Exception, match="没有通过核对"):
        publish(project, tmp_path / "www", print)
    assert not (tmp_path / "www" / "index.html").exists()


def test_project_named_over_a_link_is_read(tmp_path: Path) -> None:
    project = project_at(tmp_path / "p")
    (tmp_path / "link").symlink_to(project)
    require_plain((tmp_path / "link").resolve())


def test_digest_counts_what_a_link_leads_to_and_opens_no_pipe(tmp_path: Path) -> None:
    folder = tmp_path / "f"
    folder.mkdir()
    os.mkfifo(folder / "pipe")
    (folder / "link").symlink_to(tmp_path / "target")
    (tmp_path / "target").write_bytes(b"1")
    first = digests.digest([folder])
    (tmp_path / "target").write_bytes(b"2")
    assert digests.digest([folder])[0] != first[0]
    assert first[1] == 1


@pytest.mark.parametrize("kind", ["link", "pipe", "device"])
@pytest.mark.parametrize("plain", [False, True], ids=["links", "pointer"])
@pytest.mark.parametrize("place", ["index.html", "assets", "mine.txt", "version.json", ""])
def test_publish_refuses_what_is_no_plain_file_in_a_version(tmp_path: Path, place: str, plain: bool, kind: str) -> None:
    project, www = tmp_path / "p", tmp_path / "www"
    make_site(project)
    version = www / "v" / publish(project, www, print, plain=plain).version
    replaced(version / place if place else version, tmp_path / "outside", kind)
    with pytest.raises(PublishError, match=r"(是符号链接|不是普通文件).*没有读它"):
        publish(project, www, print, again=True)
    assert [path.name for path in (www / "v").iterdir() if path.name[0] == "2"] == [version.name]
