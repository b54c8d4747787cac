"""One added row in the table of archive forms is enough: files of that form are made, offered, checked and configured."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.archive.test_forms import SLUG, build
from tests.archive.test_forms import small as small  # noqa: PLC0414 - a fixture
from tests.conftest import ROOT
from workreport import archive
from workreport.archive import forms
from workreport.archive.forms import CheckId, Form
from workreport.archive.task import Task
from workreport.project import media_types, settings
from workreport.project.form_ids import FormId
from workreport.verify import checks, files, site
from workreport.verify.container import BrokenError, Examined


def write_text(task: Task, out: BinaryIO) -> None:
    out.write(task.reading.text.body.encode())


def examine_text(path: Path) -> Examined:
    try:
        path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise BrokenError("不是 UTF-8 文字。") from error
    return Examined("纯文本", ())


TEXT_FORM = Form(
    id=FormId("txt"),
    ending=".txt",
    title="纯文本版",
    purpose="只有文字，哪里都能打开。",
    make=write_text,
    check=CheckId("text"),
)


@pytest.fixture
def with_text_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """Adds a row for plain text files, and its check."""
    monkeypatch.setattr(forms, "FORMS", (*forms.FORMS, TEXT_FORM))
    monkeypatch.setitem(checks.CHECKS, CheckId("text"), checks.Check(examine_text, lambda *_: False))


@pytest.mark.usefixtures("with_text_form")
def test_added_form_is_made_offered_and_checked(small: Path) -> None:
    assert build(small, "[archive]\npdf = false\nepub = false\nbag = false\n[build]\npictures = false\n") == []
    name = f"{SLUG}.txt"
    made = small / "archive" / name
    assert "青山区" in made.read_text(encoding="utf-8")
    page = (small / "site" / SLUG / "download" / "index.html").read_text(encoding="utf-8")
    assert f'<a href="../../archive/{name}" download>下载纯文本版</a>' in page
    assert TEXT_FORM.purpose in page
    assert f"  {name}\n" in (small / "archive" / "SHA256SUMS").read_text(encoding="utf-8")
    assert name in (small / "archive" / f"{SLUG}.html").read_text(encoding="utf-8"), "the HTML file names it"
    assert site.check(small) == ()
    verdict = files.prove(made)
    assert verdict.code == 0
    assert "纯文本" in verdict.line
    made.write_bytes(b"\xff")
    assert [p for p in site.check(small) if p.file == f"archive/{name}" and "不是 UTF-8 文字" in p.message]
    assert files.prove(made).code == 1


@pytest.mark.usefixtures("with_text_form")
def test_added_form_can_be_switched_off_in_site_toml(tmp_path: Path) -> None:
    path = tmp_path / "site.toml"
    path.write_text("[archive]\ntxt = false\n", encoding="utf-8")
    read = settings.site(path, archive.form_ids())
    assert not read.archive.wants(TEXT_FORM.id)
    assert read.archive.wants(FormId("epub"))
    path.write_text("[archive]\ntxxt = false\n", encoding="utf-8")
    with pytest.raises(settings.BadSettings, match=r"site.toml:2: 不认识的设置 archive.txxt。最接近的正确写法是 txt。"):
        settings.site(path, archive.form_ids())


@pytest.mark.usefixtures("with_text_form")
def test_message_about_an_unknown_file_names_every_form(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"\0")
    (problem,) = checks.examine(path).problems
    assert all(form.title in problem for form in forms.FORMS)


def test_rows_of_forms_name_existing_checks_and_have_unique_ids() -> None:
    assert {form.check for form in forms.FORMS} <= set(checks.CHECKS)
    assert all(form.media_type != media_types.UNKNOWN for form in forms.FORMS)
    assert len({form.id for form in forms.FORMS}) == len({form.ending for form in forms.FORMS}) == len(forms.FORMS)


def test_shipped_site_toml_has_exactly_the_forms() -> None:
    text = (ROOT / "templates" / "site.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["archive"] == dict.fromkeys(forms.ids(), True)
    (comment,) = (line for line in text.splitlines() if line.startswith("# 各种形式"))
    assert all(f"{form.id}：" in comment and form.title in comment for form in forms.FORMS)


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_readmes_list_the_forms_in_order(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert re.findall(r"^\| `<[^>`]+>([^`]+)` \|", text, re.MULTILINE) == [form.ending for form in forms.FORMS]


def test_nginx_configuration_has_the_media_types_that_nginx_lacks() -> None:
    text = (ROOT / "templates" / "publish" / "nginx-report.conf").read_text(encoding="utf-8")
    (block,) = re.findall(r"^types \{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL)
    rows = [line.strip().removesuffix(";").split() for line in block.splitlines()]
    named = {ending: kind for kind, *endings in rows for ending in endings}
    assert named == {row.ending: row.media_type for row in media_types.FILE_TYPES if row.named_for_nginx}


def test_caddyfile_has_the_media_types_that_depend_on_the_system() -> None:
    text = (ROOT / "templates" / "publish" / "Caddyfile").read_text(encoding="utf-8")
    kinds = dict(re.findall(r"^\t\theader (@\w+) Content-Type \"?([^;\"\n]+)", text, re.MULTILINE))
    paths = dict(re.findall(r"^\t\t(@\w+) path (.+)$", text, re.MULTILINE))
    named = {ending.removeprefix("*."): kind for key, kind in kinds.items() for ending in re.findall(r"\*\.\w+", paths[key])}
    known = {row.ending: row.media_type for row in media_types.FILE_TYPES}
    assert named == {ending: known[ending] for ending in named}
    assert named.keys() >= {row.ending for row in media_types.FILE_TYPES if row.named_for_nginx} - {"js"}
