"""The settings of the site are written to `site.toml` where it shows their keys, and only what the program accepts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk.desk_client import DeskClient, fields
from workreport import archive
from workreport.build.new_project import make_project
from workreport.desk.setting_pages import GROUPS
from workreport.project import settings
from workreport.project.settings import Settings

SAVE = "/settings/save"
SWITCHES = {s.key: "true" for group in GROUPS for s in group.settings if s.kind == "switch" and s.on}


@pytest.fixture
def desk(tmp_path: Path) -> DeskClient:
    """A desk with an empty project."""
    make_project(tmp_path / "p", lambda _: None)
    client = DeskClient(tmp_path)
    client.desk.open(tmp_path / "p")
    return client


@pytest.fixture
def file(desk: DeskClient) -> Path:
    """The file of settings."""
    return desk.desk.need_root() / "site.toml"


def known(file: Path) -> Settings:
    return settings.site(file, archive.form_ids())


def sent(desk: DeskClient, page: str = "", **typed: str) -> dict[str, object]:
    """Return the form of a page with what is typed; a switch that is "" is off."""
    form = {
        **fields(page or desk.page("/settings"), SAVE),
        **SWITCHES,
        **{key.replace("__", "."): v for key, v in typed.items()},
    }
    return {key: value for key, value in form.items() if value or key not in SWITCHES}


def test_page_has_every_setting_of_the_shipped_file_but_the_key(file: Path) -> None:
    keys = {s.key for group in GROUPS for s in group.settings}
    table, shown = "", set()
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            table = line.strip("[]") + "."
        elif " = " in line and (name := line.removeprefix("# ").partition(" = ")[0]).isidentifier():
            shown.add(table + name)
    assert shown - keys == {"archive.minisign_key"}
    assert keys <= shown


def test_settings_take_the_place_of_their_comments_and_undo_gives_the_file_back(desk: DeskClient, file: Path) -> None:
    before = file.read_bytes()
    form = sent(
        desk, title="青禾县", colour="#0F6B6B", verdicts="true", footer__icp="浙ICP备1号", labels__column_keywords="报告、 青禾",
        archive__pdf="", build__pictures="",
    )  # fmt: skip
    assert desk.post(SAVE, **form).headers["Location"] == "/settings?notice=saved"
    read = known(file)
    assert (read.title, read.colour, read.verdicts, read.footer.icp) == ("青禾县", "#0f6b6b", True, "浙ICP备1号")
    assert read.labels.column_keywords == ("报告", "青禾")
    assert (read.build.pictures, read.build.archive, read.archive.without) == (False, True, {"pdf"})
    assert '# 站名。默认：只有一份报告时用报告名，多份时用“政府工作报告”。\ntitle = "青禾县"\n' in file.read_text(
        encoding="utf-8"
    )
    desk.post(SAVE, **sent(desk, title=""))
    assert known(file).title == ""
    for _ in range(2):
        desk.post("/undo", step=str(desk.last_step()))
    assert file.read_bytes() == before


def test_nothing_changed_writes_nothing(desk: DeskClient, file: Path) -> None:
    before = file.read_bytes()
    assert desk.post(SAVE, **sent(desk)).headers["Location"] == "/settings?notice=same"
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [("address", "www.a.cn", "应是网址"), ("colour", "红", "六位颜色"), ("contact", "<b>", "contact 应是")],
)
def test_value_that_the_program_does_not_accept_is_told(
    desk: DeskClient, file: Path, key: str, value: str, told: str
) -> None:
    before = file.read_bytes()
    answer = desk.post(SAVE, **sent(desk, title="青禾", **{key: value}))
    assert answer.status_code == 200
    assert told in answer.text
    assert 'value="青禾"' in answer.text
    assert "<b>" not in answer.text.partition("<h1>")[2]
    assert file.read_bytes() == before


def test_setting_changed_in_an_editor_is_told_and_the_others_are_merged(desk: DeskClient, file: Path) -> None:
    page = desk.page("/settings")
    file.write_text('title = "手写"\n' + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert desk.post(SAVE, **sent(desk, page, publisher="县政府办")).status_code == 303
    answer = desk.post(SAVE, **sent(desk, page, title="青禾县"))
    assert answer.status_code == 200
    assert "文件里现在是：手写" in answer.text
    assert (known(file).title, known(file).publisher) == ("手写", "县政府办")
    assert desk.post(SAVE, **sent(desk, answer.text)).status_code == 303
    assert known(file).title == "青禾县"
