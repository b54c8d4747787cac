"""A report that one form cannot hold stops neither the other forms nor the other reports."""

from __future__ import annotations

import dataclasses
import zipfile
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from workreport import archive
from workreport.archive import forms, typesetting
from workreport.archive.task import Task
from workreport.build import outputs, plan
from workreport.project.progress import no_progress
from workreport.verify.site import check

REPORT = "政府工作报告\n（2025年1月9日在清水区第三届人民代表大会第五次会议上）\n各位代表：\n一、2024年工作回顾\n新增企业{n}家。\n二、2025年工作安排\n办好实事。\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for k, slug in enumerate(("bad", "good")):
        (tmp_path / "reports" / slug).mkdir(parents=True)
        (tmp_path / "reports" / slug / "source.md").write_text(REPORT.format(n=7777 - k), encoding="utf-8")
    return tmp_path


def silent(line: str) -> None:
    """Ignore a line for the user."""
    del line


def build(project: Path) -> tuple[list[str], list[str]]:
    """Build everything; return the names of the archive files and the lines about what was not made."""
    lacking: list[str] = []
    made = outputs.build(plan.BuildOrder(project), no_progress, silent, lacking.append)
    return list(made.archive), lacking


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("pdf", typesetting.TypesetError("x")),
        ("pdf", RecursionError("x")),
        ("epub", KeyError("x")),
        ("html", ValueError("x")),
    ],
)
def test_form_that_fails_for_one_report_is_left_out_and_all_else_is_made(
    project: Path, monkeypatch: pytest.MonkeyPatch, name: str, error: Exception
) -> None:
    row = next(form for form in forms.FORMS if form.id == name)

    def make(task: Task, out: BinaryIO) -> None:
        if task.reading.meta.slug == "bad":
            out.write(b"half")
            raise error
        row.make(task, out)

    changed = dataclasses.replace(row, make=make)
    monkeypatch.setattr(forms, "FORMS", tuple(changed if form is row else form for form in forms.FORMS))
    made, lacking = build(project)
    whole = {f"{slug}{form.ending}" for slug in ("bad", "good") for form in forms.FORMS if not form.whole}
    whole |= {f"reports{form.ending}" for form in forms.FORMS if form.whole}
    assert set(made) == {*whole - {f"bad{row.ending}"}, archive.SUMS}
    assert [line.startswith(f"bad{row.ending} 没有做成（") and "x" in line for line in lacking] == [True]
    assert check(project) == ()
    for path in sorted((project / "archive").iterdir()):
        data = path.read_bytes()
        texts = [data]
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as bundle:
                texts = [bundle.read(n) for n in bundle.namelist()]
        assert not any(f"bad{row.ending}".encode() in text for text in texts), (
            f"{path.name} names a file that is not there"
        )


@pytest.mark.long
def test_picture_that_cannot_be_drawn_is_left_out_and_all_else_is_made(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = typesetting.picture

    def picture(source: bytes, data: Any, *rest: Any, **more: Any) -> bytes:
        if "7777" in str(data):
            raise typesetting.TypesetError("x")
        return drawn(source, data, *rest, **more)

    monkeypatch.setattr(typesetting, "picture", picture)
    made, lacking = build(project)
    assert len(made) > 5
    assert lacking
    assert all("没有做成（x）" in line and line.startswith("bad/") for line in lacking)
    assert list((project / "site" / "good").rglob("*.png"))
    assert check(project) == ()


def test_full_disk_is_no_fault_of_a_report(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(task: Task, out: BinaryIO) -> None:
        raise OSError(28, "No space left on device")

    row = dataclasses.replace(forms.FORMS[0], make=full)
    monkeypatch.setattr(forms, "FORMS", (row,))
    with pytest.raises(Exception, match="No space left"):
        build(project)
    assert not (project / "site").exists()
