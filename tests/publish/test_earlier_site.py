"""The site of an earlier version is got back byte for byte from the served folder, and published once more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.publish.small_site import ADDRESS, SENTENCES, changed, make_site
from workreport import publish
from workreport.publish import PublishError

MORE = changed(SENTENCES, 1, "s00000002", "全年新增企业31家，增长5.1%。")


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def quiet(_: str) -> None:
    """Say nothing."""


@pytest.fixture(params=["", ADDRESS])
def served(tmp_path: Path, request: pytest.FixtureRequest) -> tuple[Path, Path, dict[str, bytes]]:
    """A project, a folder with two versions of its site, and the files of the first as they were built."""
    project, to = tmp_path / "p", tmp_path / "www"
    first = files(make_site(project, address=request.param))
    publish.publish(project, to, quiet, day=date(2024, 3, 1))
    make_site(project, MORE, sections=("1", "3"), address=request.param)
    publish.publish(project, to, quiet, day=date(2024, 3, 2))
    return project, to, first


def test_site_of_an_earlier_version_is_byte_for_byte_what_was_built(
    served: tuple[Path, Path, dict[str, bytes]],
) -> None:
    project, to, first = served
    now = files(project / "site")
    assert files(publish.restored(project, to, "2024-02-21.1") / "site") == first != now
    assert files(project / "site") == now


def test_going_back_is_one_more_version_and_the_public_reads_the_first_again(
    served: tuple[Path, Path, dict[str, bytes]],
) -> None:
    project, to, _ = served
    home = publish.restored(project, to, "2024-02-21.1")
    planned = publish.planned_version(home, to)
    assert [(c.old, c.new) for c in planned.changes.changes] == [(MORE[1][1], SENTENCES[1][1])]
    done = publish.publish(home, to, quiet, day=date(2024, 3, 3))
    assert (done.version, done.counts["changed"]) == ("2024-02-21.3", 1)
    assert SENTENCES[1][1] in (to / "town-2024" / "text" / "index.html").read_text(encoding="utf-8")
    again = publish.restored(project, to, "2024-02-21.3")
    assert publish.planned_version(again, to).unchanged


@pytest.mark.parametrize("name", ["2024-02-21.9", "..", "", "2024-02-21.1/../../x"])
def test_version_that_is_not_there_is_told_with_those_that_are(
    served: tuple[Path, Path, dict[str, bytes]], name: str
) -> None:
    project, to, _ = served
    with pytest.raises(PublishError, match=r"还在的有：2024-02-21\.2、2024-02-21\.1"):
        publish.restored(project, to, name)


def test_version_with_a_file_that_was_changed_is_refused(served: tuple[Path, Path, dict[str, bytes]]) -> None:
    project, to, _ = served
    page = to / "v" / "2024-02-21.1" / "town-2024" / "1" / "index.html"
    page.chmod(0o644)
    page.write_text(page.read_text(encoding="utf-8").replace("30家", "99家"), encoding="utf-8")
    with pytest.raises(PublishError, match="和发布时不同"):
        publish.restored(project, to, "2024-02-21.1")
