"""The publisher's files that `add` and `new` write: every key with an example; and files with other names are told."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from tests.conftest import ROOT
from workreport import commands
from workreport.analysis.names import AddedName, JoinedName, NameRules
from workreport.analysis.overrides import Correction, Moved, Rules
from workreport.analysis.vocabulary import Unit, Word
from workreport.build import add, new_project, outputs, plan
from workreport.ingest.metadata import ConfirmedMeta
from workreport.ingest.repair import RepairRule
from workreport.model import kinds
from workreport.project import report_settings, settings, toml_files
from workreport.project.progress import no_progress

TEXT = "政府工作报告\n清水区人民政府区长 李四\n各位代表：\n一、2024年工作回顾\n新增企业30家。\n二、2025年工作安排\n办好实事。\n"
WRITTEN = {
    "report.toml": (ConfirmedMeta, ()),
    "repairs.toml": (report_settings.RepairsFile, (RepairRule,)),
    "notes.toml": (report_settings.NotesFile, (report_settings.Note,)),
    "names.toml": (NameRules, (AddedName, JoinedName)),
    "indicators.toml": (Rules, (Correction, Moved)),
}
"""The files that `add` writes, each with the dataclass of the file and those of its rows."""


@pytest.fixture
def added(tmp_path: Path) -> Path:
    """The folder of a report that was added to an empty project."""
    file = tmp_path / "in.txt"
    file.write_text(TEXT, encoding="utf-8")
    add.add_report(tmp_path, file, "small")
    return tmp_path / "reports" / "small"


def uncommented(text: str) -> str:
    """Return the file with its example: lines like `# key = …` and `# [[row]]` without their #."""
    return re.sub(r"^# (?=\[\[|\w+ = )", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("name", WRITTEN)
def test_added_report_has_each_file_of_the_publisher_with_every_key_and_an_example(added: Path, name: str) -> None:
    cls, rows = WRITTEN[name]
    text = (added / name).read_text(encoding="utf-8")
    for dataclass in (cls, *rows):
        for field in fields(dataclass):
            if field.name not in (toml_files.LINE, "applied", "id") or (dataclass is Correction and field.name == "id"):
                assert re.search(rf"(?<!\w){field.name}(?!\w)", text), f"{name} says nothing of {field.name}"
    example = added.parent.parent / "example" / name
    example.parent.mkdir()
    example.write_text(uncommented(text), encoding="utf-8")
    made = toml_files.load(example, cls)
    assert made != cls() or name == "report.toml"
    if name != "report.toml":
        given = tomllib.loads(example.read_text(encoding="utf-8"))
        assert {f.name for f in fields(cls)} == set(given)


def test_allowed_values_of_kinds_stand_in_the_files(added: Path) -> None:
    for name, values in (
        ("notes.toml", (*kinds.FaultKind.__args__, *kinds.Confidence.__args__)),  # type: ignore[attr-defined]
        ("names.toml", kinds.TermKind.__args__),  # type: ignore[attr-defined]
        ("indicators.toml", (*kinds.IndicatorKind.__args__, *kinds.Status.__args__, *kinds.Direction.__args__)),  # type: ignore[attr-defined]
    ):
        text = (added / name).read_text(encoding="utf-8")
        assert [value for value in values if not re.search(rf"(?<!\w){value}(?!\w)", text)] == []


def test_files_as_they_were_added_change_nothing(added: Path) -> None:
    root = added.parent.parent
    order = plan.BuildOrder(root, only_site=True)
    said: list[str] = []
    outputs.build(order, no_progress, said.append)
    assert said == []
    with_files = {p.relative_to(root): p.read_bytes() for p in (root / "docs").rglob("*") if p.is_file()}
    for name in ("notes.toml", "names.toml", "indicators.toml"):
        (added / name).unlink()
    outputs.build(order, no_progress, said.append)
    assert {p.relative_to(root): p.read_bytes() for p in (root / "docs").rglob("*") if p.is_file()} == with_files


@pytest.mark.parametrize(
    ("name", "meant"),
    [("indicators.toml.txt", "indicators.toml"), ("note.toml", "notes.toml"), ("Names.toml", "names.toml"), ("repair.toml", "repairs.toml")],
)  # fmt: skip
def test_file_of_the_publisher_under_another_name_is_an_error_that_names_the_right_one(
    added: Path, name: str, meant: str
) -> None:
    (added / meant).rename(added / name)
    with pytest.raises(
        settings.BadSettings, match=rf"^reports/small/{name}: 不认识这个文件名，没有读它。应是 {meant}？"
    ):
        outputs.build(plan.BuildOrder(added.parent.parent, only_site=True), no_progress, print)


def test_site_toml_under_another_name_is_an_error_that_names_the_right_one(added: Path) -> None:
    root = added.parent.parent
    (root / "site.toml").rename(root / "site.toml.txt")
    with pytest.raises(settings.BadSettings, match=r"^site\.toml\.txt: 不认识这个文件名，没有读它。应是 site\.toml？"):
        outputs.build(plan.BuildOrder(root, only_site=True), no_progress, print)


def test_other_files_beside_a_source_are_told_and_those_of_a_system_are_not(added: Path) -> None:
    for name in ("会议纪要.docx", "notes.toml.bak", ".DS_Store", "Thumbs.db", "~$source.docx", "notes.toml~"):
        (added / name).write_bytes(b"x")
    said: list[str] = []
    outputs.build(plan.BuildOrder(added.parent.parent, only_site=True), no_progress, said.append)
    assert said == [
        "reports/small/notes.toml.bak: 没有读这个文件（读的是 notes.toml）。",
        "reports/small/会议纪要.docx: 没有读这个文件，这里用不到它。",
    ]


def test_add_tells_of_the_other_reports_of_the_site_with_the_line_that_takes_one_away(
    added: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = added.parent.parent
    assert commands.main(["--project", str(root), "add", str(root / "in.txt"), "--slug", "mine"]) == 0
    assert "这个网站里还有 1 份报告，首页一并列出" in (told := capsys.readouterr().out)
    assert "\n  rm -r reports/small\n" in told


def test_new_project_has_settings_and_no_report_and_takes_one_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "gzbg"
    assert commands.main(["new", str(project)]) == 0
    assert "build.py --project" in capsys.readouterr().out
    files = sorted(p.relative_to(project).as_posix() for p in project.rglob("*") if p.is_file())
    assert [name for name in files if not name.startswith(".")] == [
        "mkdocs.yml", "reports/.keep", "site.toml", "words/own.toml",
    ]  # fmt: skip
    assert (project / "site.toml").read_bytes() == (ROOT / "templates" / "site.toml").read_bytes()
    file = tmp_path / "in.txt"
    file.write_text(TEXT, encoding="utf-8")
    assert commands.main(["--project", str(project), "add", str(file), "--slug", "mine"]) == 0
    assert "还有" not in capsys.readouterr().out
    assert commands.main(["new", str(project)]) == 1
    assert "里已经有 site.toml，没有改动它" in capsys.readouterr().err
    with pytest.raises(new_project.NotNew, match="是文件，不是文件夹"):
        new_project.make_project(file)


def test_words_of_a_new_project_name_every_key_and_their_examples_are_right(tmp_path: Path) -> None:
    from workreport.build import report_reader

    text = (ROOT / "templates" / "words" / "own.toml").read_text(encoding="utf-8")
    for cls in (Unit, Word):
        for field in fields(cls):
            assert field.name == "place" or field.name in text
    own = re.sub(r'^(rule|not_before|not_after) = ""$', "", uncommented(text), flags=re.MULTILINE)
    (tmp_path / "own.toml").write_text(own, encoding="utf-8")
    both = report_reader.load_vocabularies(ROOT / "vocabulary", tmp_path)
    assert any(word.word == "攀升至" for word in both.figures.words)
