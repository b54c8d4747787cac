"""The publisher's `indicators.toml` and `notes.toml`: what each rule does, and the error for a wrong rule."""

from __future__ import annotations

import json
import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.page_html import page_html
from tests.vocabularies import vocabularies
from workreport.analysis import inspection
from workreport.build import report_reader
from workreport.ingest import repair
from workreport.model import Publication, Reading
from workreport.project.settings import BadSettings, Settings
from workreport.website import data
from workreport.website.pages import render

SOURCE = """# 青山区政府工作报告

（2025年1月8日在青山区第五届人民代表大会第四次会议上）

区长 李明

各位代表：

一、2024年工作回顾

地区生产总值1234.5亿元，同比增长5.6%；出口208.3亿元，同比增长12.4%。新增学位3200个，建成公园6个。

二、2025年工作安排

新建学校3所，新增停车位5000个。
"""
TEMPLATES = ROOT / "templates"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "qingshan-2025"
    made.mkdir()
    (made / "source.md").write_text(SOURCE, encoding="utf-8")
    return made


def read_with(folder: Path, rules: str = "") -> Reading:
    """Read the report in a folder with these rules as its `indicators.toml`."""
    (folder / "indicators.toml").write_text(rules, encoding="utf-8")
    return report_reader.read_report(folder / "source.md", folder.name, vocabularies(), folder).reading


def id_of(reading: Reading, name: str) -> str:
    """The id of the first indicator whose name contains `name`."""
    return next(i.id for i in reading.indicators if name in i.name)


def test_corrected_indicator_has_the_new_value_and_keeps_the_one_read(folder: Path) -> None:
    school = id_of(read_with(folder), "学位")
    reading = read_with(
        folder,
        f"""
        [[change]]
        id = "{school}"
        name = "新增中小学学位"
        value = "3300"
        unit = "个"
        note = "以教育局公布的为准"
        change = {{ value = "4", direction = "down", base = "同比" }}
        """,
    )
    i = next(i for i in reading.indicators if i.id == school)
    assert (i.name, i.value, i.number, i.unit, i.by) == ("新增中小学学位", "3300", Decimal(3300), "个", "publisher")
    assert i.growth
    assert (i.growth.number, i.growth.direction) == (Decimal(4), "down")
    assert dict(i.as_read) == {"name": "新增学位", "value": "3200", "change": ""}
    remark = "指标名原读作“新增学位”，数值原读作“3200”，变化原读作无（以教育局公布的为准）"
    page = page_html(render(Publication((reading,)), Settings(), TEMPLATES)[f"{folder.name}/indicators/index.md"])
    assert re.search(rf"新增中小学学位.*发布者改</b>{remark}", page)
    row = next(r for r in data.rows(reading, "data") if r.id == school)
    assert row.edited == remark
    document = inspection.document(reading)["indicators"]
    assert isinstance(document, list)
    exported = next(d for d in document if isinstance(d, dict) and d["id"] == school)
    assert exported["by"] == "publisher"
    assert exported["read"] == {"name": "新增学位", "value": "3200", "change": ""}


def test_correction_that_changes_nothing_is_not_recorded(folder: Path) -> None:
    school = id_of(read_with(folder), "学位")
    reading = read_with(folder, f'[[change]]\nid = "{school}"\nname = "新增学位"\nvalue = "3200"')
    assert all(i.by == "engine" and not i.as_read for i in reading.indicators)


def test_hidden_indicator_is_only_in_the_list_of_hidden_ones(folder: Path) -> None:
    first = read_with(folder)
    park = id_of(first, "公园")
    reading = read_with(folder, f'hide = ["{park}"]')
    assert park not in {i.id for i in reading.indicators}
    assert [i.id for i in reading.found.hidden] == [park]
    assert park not in {r.id for r in data.rows(reading, "data")}
    page = page_html(render(Publication((reading,)), Settings(), TEMPLATES)[f"{folder.name}/indicators/index.md"])
    assert f'data-figure="{park}"' not in page
    assert "公园" in page.split("发布者隐去的指标")[1]


def test_front_pin_and_order_rules_set_the_cards_and_the_order_of_lists(folder: Path) -> None:
    first = read_with(folder)
    park, export, gdp = (id_of(first, name) for name in ("公园", "出口", "地区生产总值"))
    front = page_html(
        render(Publication((read_with(folder, f'front = ["{park}", "{export}"]'),)), Settings(), TEMPLATES)[
            f"{folder.name}/index.md"
        ]
    )
    assert re.findall(r'<li class="card[^"]*" data-figure="([^"]+)"', front) == [park, export]
    assert "以上由发布者选定" in front
    front = page_html(
        render(Publication((read_with(folder, f'pin = ["{park}"]'),)), Settings(), TEMPLATES)[f"{folder.name}/index.md"]
    )
    assert re.findall(r'<li class="card[^"]*" data-figure="([^"]+)"', front)[0] == park
    ordered = read_with(folder, f'order = ["{park}", "{export}"]')
    assert [r.id for r in data.rows(ordered, "data")][:3] == [park, export, gdp]
    page = page_html(render(Publication((ordered,)), Settings(), TEMPLATES)[f"{folder.name}/indicators/index.md"])
    assert "章内顺序经发布者改" in page
    assert json.loads(data.files(ordered, "data", "{}", Settings())["data/indicators.json"])["publisher"]["order"] == [
        park,
        export,
    ]
    assert re.findall(r'<tr[^>]* data-figure="([^"]+)"', page)[:3] == [park, export, gdp]


def test_pinned_card_alone_is_marked_as_chosen_by_the_publisher(folder: Path) -> None:
    park = id_of(read_with(folder), "公园")
    pages = render(Publication((read_with(folder, f'pin = ["{park}"]'),)), Settings(), TEMPLATES)
    front = page_html(pages[f"{folder.name}/index.md"])
    cards = re.findall(r'<li class="card[^"]*" data-figure="([^"]+)">(.*?)</li>', front, re.DOTALL)
    assert len(cards) > 1
    assert [figure for figure, words in cards if "发布者选定" in words] == [park]
    assert front.count("发布者选定") == 1


def test_citation_holds_the_publisher(folder: Path) -> None:
    pages = render(Publication((read_with(folder),)), Settings(publisher="青山区政府办公室"), TEMPLATES)
    page = page_html(pages[f"{folder.name}/download/index.md"])
    citation = page.split('<blockquote id="citation" class="citation">')[1].split("</blockquote>")[0]
    assert "[R].青山区政府办公室," in citation


def test_indicator_id_from_before_an_edit_of_its_sentence_still_works(folder: Path) -> None:
    from workreport.project import report_settings

    first = report_reader.read_report(folder / "source.md", folder.name, vocabularies(), folder)
    (folder / "ids.toml").write_text(report_settings.ledger_text(first.ledger), encoding="utf-8")
    before = id_of(first.reading, "学位")
    (folder / "source.md").write_text(SOURCE.replace("建成公园6个", "建成公园6个、绿道8公里"), encoding="utf-8")
    reading = read_with(folder, f'[[change]]\nid = "{before}"\nname = "新增中小学学位"')
    now = id_of(reading, "新增中小学学位")
    assert now != before
    assert before in reading.sentences[now.rpartition("-f")[0]].aliases


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ('hide = ["s00000000-f1"]', "没有编号为 s00000000-f1 的指标。最接近的是 s"),
        ('hide = ["SCHOOL9"]', "没有编号为 SCHOOL9 的指标。最接近的是 SCHOOL（新增学位）"),
        ('hide = ["SCHOOL"]\nfront = ["SCHOOL"]', "既隐藏（hide）又放在首页"),
        ('[[change]]\nid = "SCHOOL"\nvalue = "三千"', "value = '三千' 不是数字"),
        ('[[change]]\nid = "SCHOOL"\nkind = "total"', "kind = 'total' 不可用。可用的有：level"),
        ('[[change]]\nid = "SCHOOL"\nname = ""', "name 是空的"),
        ('[[change]]\nid = "SCHOOL"\nchange = { value = "4", direction = "上" }', "direction = '上' 不可用"),
        ('[[change]]\nid = "SCHOOL"\n[[change]]\nid = "SCHOOL"', "写了两组"),
        ('[[change]]\nid = "SCHOOL"\nnmae = "x"', "不认识的设置 change.nmae。最接近的正确写法是 name"),
        ('[[change]]\nid = "SCHOOL"\nunit = "光年"', "SCHOOL 的 unit = '光年' 不是词表里的单位。最接近的是“年”。"),
        (
            '[[change]]\nid = "SCHOOL"\nchange = { value = "4", unit = "百分店" }',
            "SCHOOL 的 change.unit = '百分店' 不是词表里的单位",
        ),
        ('hide = ["新增学位"]', "“新增学位”不是编号。这里要写编号，叫这个名称的有：SCHOOL（新增学位3200个）。"),
        ('hide = ["新增的学位"]', "“新增的学位”不是编号。这里要写编号，名称最接近的有：SCHOOL（新增学位3200个）。"),
        ('hidden = ["SCHOOL"]', "不认识的设置 hidden。最接近的正确写法是 hide"),
    ],
)
def test_wrong_rule_is_an_error_that_names_the_file_and_the_problem(folder: Path, rules: str, words: str) -> None:
    school = id_of(read_with(folder), "学位")
    with pytest.raises(BadSettings) as error:
        read_with(folder, rules.replace("SCHOOL", school))
    assert str(error.value).startswith("qingshan-2025/indicators.toml")
    assert words.replace("SCHOOL", school) in str(error.value)


def test_all_notes_whose_quote_is_not_in_the_report_are_in_one_error(folder: Path) -> None:
    quotes = ("医院3所", "新增学位3200个", "停车位5000个")
    notes = "".join(f'[[note]]\nquote = "{words}"\nnote = "疑"\n' for words in quotes)
    (folder / "notes.toml").write_text(notes + "nth = 2\n", encoding="utf-8")
    with pytest.raises(BadSettings) as error:
        read_with(folder)
    first, second = str(error.value).split("\n")
    assert first.startswith("qingshan-2025/notes.toml:1: quote = '医院3所'")
    assert "'停车位5000个' 在来源里找不到第 2 处" in second


def test_wrong_rule_is_told_with_the_line_of_its_row(folder: Path) -> None:
    park = id_of(read_with(folder), "公园")
    for rules, line in (
        (f'pin = [\n  "{park}",\n  "公园数",\n]', 3),
        (f'pin = ["{park}"]\n\n[[change]]\nid = "{park}"\nvalue = "7"\n\n[[change]]\nid = "{park}"\nvalue = "7"', 8),
        (f'[[change]]\nid = "{park}"\nvalue = "7"\nunit = "光年"', 4),
    ):
        with pytest.raises(BadSettings, match=rf"^qingshan-2025/indicators\.toml:{line}: "):
            read_with(folder, rules)


def test_unit_of_the_vocabulary_or_of_the_report_is_taken(folder: Path) -> None:
    park = id_of(read_with(folder), "公园")
    for unit in ("万平方米", "亿美元", "个", "%", "公里/小时"):
        reading = read_with(
            folder, f'[[change]]\nid = "{park}"\nunit = "{unit}"\nchange = {{ value = "4", unit = "个百分点" }}'
        )
        assert next(i.unit for i in reading.indicators if i.id == park) == unit


def test_quote_that_stands_several_times_needs_nth(folder: Path) -> None:
    path = folder / "notes.toml"
    path.write_text('# 存疑\n[[note]]\nquote = "亿元"\nnote = "疑"\n', encoding="utf-8")
    with pytest.raises(BadSettings) as error:
        read_with(folder)
    told = "qingshan-2025/notes.toml:2: quote = '亿元' 在来源里出现 2 次。请写明是第几处，如 nth = 1"
    assert str(error.value).startswith(told)
    path.write_text(path.read_text(encoding="utf-8") + "nth = 2\n", encoding="utf-8")
    (fault,) = [f for f in read_with(folder).faults if f.by == "publisher"]
    assert SOURCE[: fault.start].endswith("出口208.3")


def test_names_that_are_not_in_the_report_are_in_one_error_with_line_and_nearest_words(folder: Path) -> None:
    rules = 'forbid = ["建成公园", "青山新城"]\n\n[[add]]\nname = "停车位"\n\n[[add]]\nname = "停车场"\n\n'
    rules += '[[join]]\nname = "区"\nspellings = ["青山区", "青山镇政府"]\n'
    (folder / "names.toml").write_text(rules, encoding="utf-8")
    with pytest.raises(BadSettings) as error:
        read_with(folder)
    assert str(error.value).split("\n") == [
        "qingshan-2025/names.toml:6: add 里的“停车场”不在报告里。最接近的是“停车位”。请照原文写，或删去它。",
        "qingshan-2025/names.toml:9: join 里的“青山镇政府”不在报告里。最接近的是“青山区政府”。请照原文写，或删去它。",
        "qingshan-2025/names.toml:1: forbid 里的“青山新城”不在报告里。最接近的是“青山区政”。请照原文写，或删去它。",
    ]


def test_section_that_the_report_lacks_in_forbid_links_is_an_error_with_the_nearest_one(folder: Path) -> None:
    (folder / "names.toml").write_text('forbid_links = [\n  ["1", "3"],\n]\n', encoding="utf-8")
    with pytest.raises(BadSettings) as error:
        read_with(folder)
    told = "qingshan-2025/names.toml:2: forbid_links 里的 '3' 不是报告里一节的编号。最接近的是 "
    assert str(error.value).startswith(told)
    (folder / "names.toml").write_text('forbid_links = [["1", "2"]]\n', encoding="utf-8")
    read_with(folder)


def test_repair_of_words_that_are_not_in_the_source_is_told_with_line_and_nearest_passage(folder: Path) -> None:
    row = '[[repair]]\nbefore = "{}"\nafter = "x"\nreason = "y"\n'
    for before, words in (
        ("新增学位3200 个", "找不到。最接近的一段是“新增学位3200个，”。请照来源一字不差地抄写，或删去这一组。"),
        ("亿元", "在来源中出现 2 次，应恰好一次。请前后多抄几个字。"),
        ("龘龘", "找不到。请照来源一字不差地抄写，或删去这一组。"),
    ):
        (folder / "repairs.toml").write_text("# 修复\n" + row.format(before), encoding="utf-8")
        with pytest.raises(repair.BadRepair) as error:
            read_with(folder)
        assert str(error.value).startswith(f"qingshan-2025/repairs.toml:2: before = '{before}' 在来源")
        assert str(error.value).endswith(words)


def test_rule_for_an_indicator_of_a_deleted_sentence_is_an_error(folder: Path) -> None:
    from workreport.project import report_settings

    first = report_reader.read_report(folder / "source.md", folder.name, vocabularies(), folder)
    (folder / "ids.toml").write_text(report_settings.ledger_text(first.ledger), encoding="utf-8")
    gone = id_of(first.reading, "停车位")
    (folder / "source.md").write_text(SOURCE.replace("新建学校3所，新增停车位5000个。", "继续努力。"), encoding="utf-8")
    with pytest.raises(BadSettings, match=f"编号 {gone} 所在的句子已从报告里删去"):
        read_with(folder, f'hide = ["{gone}"]')


def test_hiding_an_indicator_changes_no_id(folder: Path) -> None:
    words = vocabularies()
    first = report_reader.read_report(folder / "source.md", folder.name, words, folder)
    (folder / "indicators.toml").write_text(f'hide = ["{id_of(first.reading, "公园")}"]', encoding="utf-8")
    assert report_reader.read_report(folder / "source.md", folder.name, words, folder).ledger == first.ledger
    shutil.rmtree(folder)
