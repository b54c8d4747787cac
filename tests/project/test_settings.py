"""The publisher's TOML files are read into dataclasses; errors name file, line and key and suggest the nearest key."""

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from workreport.ingest.ids import FigureRecord, IdEntry, IdLedger
from workreport.project import settings
from workreport.project.form_ids import FormId
from workreport.project.settings import BadSettings, Build, Footer, Settings

FORMS = (FormId("zip"), FormId("epub"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('titel = "x"', "site.toml:1: 不认识的设置 titel。最接近的正确写法是 title。"),
        ('title = "x"\n[footer]\nipc = "x"', "site.toml:3: 不认识的设置 footer.ipc。最接近的正确写法是 icp。"),
        ("title = 3", "site.toml:1: title 应是文字"),
        ('title = "a', "site.toml:1: 不是合格的 TOML"),
        ('\ncolour = "red"', "site.toml:2: colour 应是六位颜色"),
        ('address = "javascript:alert(1)"', "address 应是网址"),
        ('address = "https://a.cn/?x"', "address 应是网址"),
        ('contact = "javascript:alert(1)"', "contact 应是邮箱"),
        ("build = 3", "build 应是一组设置"),
        ("[archive]\nepubb = true", "site.toml:2: 不认识的设置 archive.epubb。最接近的正确写法是 epub。"),
        ("[archive]\nepub = 1", "site.toml:2: archive.epub 应是true 或 false"),
        ("[archive]\nwithout = 1", "不认识的设置 archive.without。"),
        ("archive = 3", "archive 应是一组设置"),
        ("[build]\narchive = 1", "build.archive 应是true 或 false"),
    ],
)
def test_wrong_key_or_value_in_site_toml_is_an_error_that_names_it(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "site.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadSettings) as error:
        settings.site(path, FORMS)
    assert words in str(error.value)


def test_site_toml_is_read_with_a_slash_added_to_the_address_and_the_colour_in_lower_case(tmp_path: Path) -> None:
    path = tmp_path / "site.toml"
    path.write_text(
        'title = "站"\naddress = "https://a.cn/b"\ncolour = "#0F6B6B"\n[footer]\nicp = "浙ICP备1号"', encoding="utf-8"
    )
    s = settings.site(path, FORMS)
    assert (s.title, s.address, s.colour, s.footer.icp) == ("站", "https://a.cn/b/", "#0f6b6b", "浙ICP备1号")


def test_archive_format_is_wanted_unless_switched_off(tmp_path: Path) -> None:
    path = tmp_path / "site.toml"
    path.write_text('[archive]\nepub = false\nzip = true\nminisign_key = "~/key"', encoding="utf-8")
    read = settings.site(path, FORMS).archive
    assert (read.wants(FORMS[0]), read.wants(FORMS[1]), read.minisign_key) == (True, False, "~/key")


def test_missing_site_toml_gives_the_defaults(tmp_path: Path) -> None:
    assert settings.site(tmp_path / "site.toml", FORMS) == Settings()


def test_commented_site_toml_contains_every_key_outside_archive() -> None:
    text = (Path(__file__).parents[2] / "templates" / "site.toml").read_text(encoding="utf-8")
    for cls in (Settings, Footer, Build):
        for f in fields(cls):
            assert f"{f.name} = " in text or f"[{f.name}]" in text, f.name


def test_ids_toml_is_read_back_as_written(tmp_path: Path) -> None:
    ledger = IdLedger(
        (IdEntry("s1", '引"号\\ 与\n换行\t', ("s0", "s0-2"), ("s9",), 3), IdEntry("s2", "第二句。")),
        (IdEntry("p1", "一段\u0007。"),),
        (FigureRecord("s1", 3, 12, "28.6", "万吨", '粮"食"产量'),),
    )
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "ids.toml").write_text(settings.ledger_text(ledger), encoding="utf-8")
    assert settings.ledger(folder) == ledger


@pytest.mark.parametrize(
    ("load", "file", "text", "message"),
    [
        (settings.notes, "notes.toml", '[[note]]\nquote = "a"\nnote = "b"\nkind = "typo"\n', "a/notes.toml:4: note.kind = 'typo' 不可用。可用的有：announced、"),
        (settings.notes, "notes.toml", '[[note]]\nquote = "a"\nnote = "b"\n\n[[note]]\nquote = "c"\nnote = "d"\nconfidence = "sure"\n', "a/notes.toml:8: note.confidence = 'sure' 不可用。可用的有：certain、high、medium、low。"),
        (settings.names, "names.toml", '[[add]]\nname = "甲"\nkind = "town"\n', "a/names.toml:3: add.kind = 'town' 不可用。可用的有：place、"),
        (settings.indicators, "indicators.toml", '[[change]]\nid = "s1-f1"\nstatus = "done"\n', "a/indicators.toml:3: change.status = 'done' 不可用。可用的有：result、target。"),
        (settings.indicators, "indicators.toml", '[[change]]\nid = "s1-f1"\nchange = { value = "4", direction = "上" }\n', "a/indicators.toml:3: change.change.direction = '上' 不可用。可用的有：up、down、flat。"),
    ],
)  # fmt: skip
def test_value_outside_a_closed_list_is_refused_with_its_line_and_the_allowed_values(
    tmp_path: Path, load: Callable[[Path], object], file: str, text: str, message: str
) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(settings.BadSettings) as error:
        load(folder)
    assert str(error.value).startswith(message)
