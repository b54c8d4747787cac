"""What is published can be read by a web server, whatever the umask, and lies outside the project."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.publish.served_folder import HOWS, put
from tests.publish.small_site import SENTENCES, changed, make_site
from workreport import publish
from workreport.build import outputs

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")


@contextmanager
def umask(mask: int) -> Iterator[None]:
    """Set the umask within a `with` block."""
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def modes(www: Path) -> set[tuple[str, int]]:
    """Kind and mode of everything in a served folder that a web server reads: not the lock and the journal."""
    found = set()
    read = ".workreport/roots" if (www / ".workreport" / "current").is_symlink() else "nothing of the work folder"
    for path in [www, *www.rglob("*")]:
        name = path.relative_to(www).as_posix()
        if path.is_symlink() or (name.startswith(".workreport/") and not name.startswith(read)):
            continue
        found.add(("folder" if path.is_dir() else "file", stat.S_IMODE(path.stat().st_mode)))
    return found


@pytest.mark.long
@HOWS
@pytest.mark.parametrize("mask", [0o077, 0o777 & ~0o700, 0o027, 0o002, 0o000, 0o022])
def test_published_files_are_readable_by_all_whatever_the_umask(
    project: Path, www: Path, plain: bool, mask: int
) -> None:
    with umask(mask):
        put(project, www, plain=plain)
        assert modes(www) == {("file", 0o644), ("folder", 0o755)}
        make_site(project, changed(SENTENCES, 1, "s0000000a", "全年新增企业31家。"))
        put(project, www)
    assert modes(www) == {("file", 0o644), ("folder", 0o755)}
    assert stat.S_IMODE((www / ".workreport").stat().st_mode) == 0o755 or plain


@HOWS
def test_files_that_an_older_version_left_unreadable_are_mended(project: Path, www: Path, plain: bool) -> None:
    put(project, www, plain=plain)
    if not plain:  # a new version shares the unchanged files of the one before
        (www / "v" / "2024-02-21.1" / "assets" / "a.css").chmod(0o600)
    make_site(project, changed(SENTENCES, 1, "s0000000a", "全年新增企业31家。"))
    put(project, www)
    assert modes(www) == {("file", 0o644), ("folder", 0o755)}


def test_folder_of_the_user_that_only_he_can_read_stays_so_and_is_told(project: Path, www: Path) -> None:
    www.mkdir(mode=0o700)
    said: list[str] = []
    publish.publish(project, www, said.append)
    assert stat.S_IMODE(www.stat().st_mode) == 0o700
    assert any(f"chmod 755 {www}" in line for line in said)
    www.chmod(0o755)
    said.clear()
    publish.publish(project, www, said.append, again=True)
    assert not any("chmod" in line for line in said)


@pytest.mark.parametrize(
    "inside",
    [".workreport/pub", "templates/pub", "archive/pub", "words/pub", "site/pub", "docs", "reports/x", ".git/x"],
)
def test_served_folder_among_what_commands_use_is_refused(project: Path, inside: str) -> None:
    before = sorted(project.rglob("*"))
    with pytest.raises(publish.PublishError, match="在项目的"):
        put(project, project / inside)
    assert sorted(project.rglob("*")) == before


def test_served_folder_inside_the_project_over_a_link_is_refused(project: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(project)
    with pytest.raises(publish.PublishError, match="在项目的"):
        put(project, tmp_path / "link" / "templates" / "pub")


def test_folder_of_its_own_inside_the_project_is_accepted_and_outlives_a_clean(project: Path) -> None:
    put(project, project / "public", plain=True)
    outputs.clean(project, print)
    assert (project / "public" / "current.js").is_file()


@HOWS
@pytest.mark.parametrize("name", ["v", "town-2024"])
def test_link_in_the_served_folder_is_refused_and_nothing_is_written_behind_it(
    project: Path, www: Path, tmp_path: Path, plain: bool, name: str
) -> None:
    (tmp_path / "outside").mkdir()
    www.mkdir()
    (www / name).symlink_to(tmp_path / "outside")
    with pytest.raises(publish.PublishError, match=r"符号链接|不是发布的内容"):
        put(project, www, plain=plain)
    assert not list((tmp_path / "outside").iterdir())
    assert (www / name).is_symlink()
