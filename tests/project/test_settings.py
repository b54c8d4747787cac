"""The publisher's TOML files are read into dataclasses; errors name file, line and key and suggest the nearest key."""

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from workreport.ingest.ids import FigureRecord, IdEntry, IdLedger
from workreport.project import report_settings, settings
from workreport.project.form_ids import FormId
from workreport.project.settings import BadSettings, Build, Footer, Settings

FORMS = (FormId("zip"), FormId("epub"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('titel = "x"', "site.toml:1: 不认识的设置 titel。最接近的正确写法是 title。"),
        ('title = "x"\n[footer]\nipc = "x"', "site.toml:3: 不认识的设置 footer.ipc。最接近的正确写法是 icp。"),
        ("title = 3", "site.toml:1: title 应是文字"),
        ('title = "a', 'site.toml:1: 引号没有成对，缺 " 。应写作：title = "a"'),
        ('icp = "x"\n[footer]', "site.toml:1: 不认识的设置 icp。icp 属于 [footer]：请写在 [footer] 这一行的下面。"),
        ('[build]\nicp = "x"', "site.toml:2: 不认识的设置 build.icp。icp 属于 [footer]"),
        ('contact = "110"', "site.toml:1: contact 应是邮箱、http(s) 网址或电话"),
        ('contact = "0571-8888 <b>"', "site.toml:1: contact 应是"),
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


@pytest.mark.parametrize(
    "contact",
    [
        "0571-88888888",
        "（0571）8888 8888",
        "+86 571 8888 8888",
        "12345",
        "0571-88888888转12",
        "a@b.cn",
        "https://a.cn/x",
    ],
)
def test_contact_is_an_email_address_a_web_address_or_a_telephone_number(tmp_path: Path, contact: str) -> None:
    path = tmp_path / "site.toml"
    path.write_text(f'contact = "{contact}"', encoding="utf-8")
    assert settings.site(path, FORMS).contact == contact


@pytest.mark.parametrize(
    ("load", "file", "text", "message"),
    [
        (report_settings.metadata, "report.toml", 'title = "a"\nguessed = ["dates"]\n', "a/report.toml:2: guessed 里没有“dates”这一项。最接近的正确写法是 date。"),
        (report_settings.repairs, "repairs.toml", '[[repair]]\nbefore = "a"\nafter = "b"\nreason = "c"\n\n[[repair]]\nbefore = "c"\n', "a/repairs.toml:6: 自己加的修复缺少 reason。"),
        (report_settings.indicators, "indicators.toml", '[[change]]\nid = "s1-f1"\nname = "x"\n\npin = ["s1-f1"]\n', "a/indicators.toml:5: 不认识的设置 change.pin。pin 要写在文件开头、第一个 [ 之前"),
        (report_settings.names, "names.toml", '[[add]]\nname = "x"\n[[join]]\nname = "y"\nspellings = ["z"]\nforbid = ["w"]\n', "a/names.toml:6: 不认识的设置 join.forbid。forbid 要写在文件开头"),
        (report_settings.names, "names.toml", '[[add]]\nname = "x"\n\n[[add]]\nnmae = "y"\n', "a/names.toml:5: 不认识的设置 add.nmae。最接近的正确写法是 name。"),
        (report_settings.notes, "notes.toml", '[[note]]\nquote = "a"\nnote = "b"\nkind = "wordng"\n', "a/notes.toml:4: note.kind = 'wordng' 不可用。最接近的是 wording。可用的有："),
        (report_settings.notes, "notes.toml", '[[note]]\nquote = "a"\nnote = "b"\nkind = "typo"\n', "a/notes.toml:4: note.kind = 'typo' 不可用。可用的有：announced、"),
        (report_settings.notes, "notes.toml", '[[note]]\nquote = "a"\nnote = "b"\n\n[[note]]\nquote = "c"\nnote = "d"\nconfidence = "sure"\n', "a/notes.toml:8: note.confidence = 'sure' 不可用。可用的有：certain、high、medium、low。"),
        (report_settings.names, "names.toml", '[[add]]\nname = "甲"\nkind = "town"\n', "a/names.toml:3: add.kind = 'town' 不可用。可用的有：place、"),
        (report_settings.indicators, "indicators.toml", '[[change]]\nid = "s1-f1"\nstatus = "done"\n', "a/indicators.toml:3: change.status = 'done' 不可用。可用的有：result、target。"),
        (report_settings.indicators, "indicators.toml", '[[change]]\nid = "s1-f1"\nchange = { value = "4", direction = "上" }\n', "a/indicators.toml:3: change.change.direction = '上' 不可用。可用的有：up、down、flat。"),
    ],
)  # fmt: skip
def test_rule_in_the_wrong_place_or_with_an_unknown_word_is_told_with_its_line_and_the_right_words(
    tmp_path: Path, load: Callable[[Path], object], file: str, text: str, message: str
) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(BadSettings) as error:
        load(folder)
    assert str(error.value).startswith(message)


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
    (folder / "ids.toml").write_text(report_settings.ledger_text(ledger), encoding="utf-8")
    assert report_settings.ledger(folder) == ledger
