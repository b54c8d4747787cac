"""Files of the publisher's own in docs/, site/ and archive/, and edits of generated ones, are never lost in silence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import sampled
from workreport.build import outputs, own_files, plan
from workreport.project import writer
from workreport.project.progress import no_progress

REPORT = "政府工作报告\n各位代表：\n一、2024年工作回顾\n新增企业30家。\n二、2025年工作安排\n办好实事。\n"
Build = Callable[..., list[str]]
PLACES = (
    "site/CNAME", "site/small/own/a.html", "archive/note.txt", "site/index.html", "archive/SHA256SUMS", "site/.part",
)  # fmt: skip
"""Own files and changed ones in the folders that a build makes."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A built project of one report."""
    (tmp_path / "reports" / "small").mkdir(parents=True)
    (tmp_path / "reports" / "small" / "source.md").write_text(REPORT, encoding="utf-8")
    (tmp_path / "site.toml").write_text(
        "[archive]\npdf = false\nepub = false\n[build]\npictures = false\n", encoding="utf-8"
    )
    assert build(tmp_path) == []
    return tmp_path


def build(project: Path, *, only_site: bool = False) -> list[str]:
    """Build, and return the lines about files that are not of a build."""
    said: list[str] = []
    outputs.build(plan.BuildOrder(project, None, only_site), no_progress, said.append, said.append)
    return [line for line in said if "另存" in line]


def edit(project: Path) -> None:
    """Change the report, so that a build has something to do."""
    source = project / "reports" / "small" / "source.md"
    source.write_text(source.read_text(encoding="utf-8").replace("30家", "31家"), encoding="utf-8")


def copies(project: Path) -> dict[str, bytes]:
    """The copies of replaced files, by path."""
    home = project / own_files.REPLACED
    return {p.relative_to(home).as_posix(): p.read_bytes() for p in sorted(home.rglob("*")) if p.is_file()}


@pytest.mark.long
def test_build_of_what_builds_made_says_nothing_and_copies_nothing(project: Path) -> None:
    edit(project)
    assert build(project) == []
    assert build(project, only_site=True) == []
    assert copies(project) == {}


@pytest.mark.parametrize("place", sampled(PLACES, 3))
def test_own_or_changed_file_in_an_output_folder_is_copied_and_told(project: Path, place: str) -> None:
    (project / place).parent.mkdir(parents=True, exist_ok=True)
    (project / place).write_bytes(b"mine")
    edit(project)
    (line,) = build(project)
    assert line.startswith(place)
    assert ".workreport/replaced/1/" in line
    assert copies(project) == {f"1/{place}": b"mine"}
    edit(project)
    assert build(project) == []
    assert copies(project) == {f"1/{place}": b"mine"}


def test_edit_of_a_generated_page_in_docs_is_copied_and_told(project: Path) -> None:
    page = project / "docs" / "small" / "1" / "index.md"
    page.write_bytes(page.read_bytes() + "我加的话\n".encode())
    mine = page.read_bytes()
    (line,) = build(project)
    assert line.startswith("docs/small/1/index.md")
    assert copies(project) == {"1/docs/small/1/index.md": mine}
    assert page.read_bytes() != mine


@pytest.mark.long
def test_edit_of_a_generated_page_that_is_gone_now_is_copied_and_told(project: Path) -> None:
    page = project / "docs" / "small" / "2" / "index.md"
    page.write_bytes(b"mine")
    source = project / "reports" / "small" / "source.md"
    source.write_text(REPORT.partition("二、")[0], encoding="utf-8")
    (line,) = build(project)
    assert line.startswith("docs/small/2/index.md")
    assert copies(project) == {"1/docs/small/2/index.md": b"mine"}


@pytest.mark.long
def test_own_files_in_docs_stay_where_they_are(project: Path) -> None:
    own = [project / "docs" / name for name in ("own.svg", ".notes.part", "small/.index.md~", "small/1/.draft.part")]
    for path in own:
        path.write_bytes(b"mine")
    edit(project)
    assert build(project) == []
    assert [path.read_bytes() for path in own] == [b"mine"] * len(own)


@pytest.mark.long
def test_half_written_page_of_a_killed_build_is_removed_and_not_taken_for_an_own_file(project: Path) -> None:
    part = project / "docs" / "small" / "1" / ".index.md.part"
    part.write_bytes(b"half")
    edit(project)
    assert build(project) == []
    assert not part.exists()


@pytest.mark.parametrize("folder", ["site", "archive"])
def test_folder_that_no_build_made_is_copied_before_the_first_build(tmp_path: Path, folder: str) -> None:
    (tmp_path / "reports" / "small").mkdir(parents=True)
    (tmp_path / "reports" / "small" / "source.md").write_text(REPORT, encoding="utf-8")
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "mine.txt").write_bytes(b"mine")
    assert len(build(tmp_path)) == 1
    assert copies(tmp_path) == {f"1/{folder}/mine.txt": b"mine"}


@pytest.mark.long
def test_clean_copies_own_files_and_leaves_the_copies(project: Path) -> None:
    (project / "site" / "CNAME").write_bytes(b"mine")
    said: list[str] = []
    removed = outputs.clean(project, said.append)
    assert {"site", "archive"} <= set(removed)
    assert [line.startswith("site/CNAME ") for line in said] == [True]
    outputs.clean(project, said.append)
    assert copies(project) == {"1/site/CNAME": b"mine"}
    assert len(said) == 1
    assert build(project) == []


@pytest.mark.long
def test_build_killed_before_or_after_the_exchange_takes_nothing_for_an_own_file(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = writer.exchange
    for after in (False, True):

        def killed(root: Path, finished: dict[str, Path], after: bool = after) -> None:
            if after:
                real(root, finished)
            raise KeyboardInterrupt

        edit(project)
        (project / "reports" / "small" / "source.md").write_text(REPORT + f"共{after + 5}项。\n", encoding="utf-8")
        monkeypatch.setattr(writer, "exchange", killed)
        with pytest.raises(KeyboardInterrupt):
            build(project)
        monkeypatch.setattr(writer, "exchange", real)
        assert build(project) == []
    assert copies(project) == {}
