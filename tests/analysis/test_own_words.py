"""A project's own words (`words/`) add to the shipped ones, and are checked as these are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import ROOT
from workreport import commands
from workreport.analysis.word_files import VocabularyError
from workreport.build import report_reader
from workreport.project import paths

SHIPPED = ROOT / "vocabulary"
UNIT = '[[unit]]\nword = "茶垄"\nkind = "level"\nexamples = ["共计12.5茶垄 => 12.5|茶垄"]\n'
MEASURE = """[[measure]]
id = "tea"
label = "茶叶产量"
rank = 900
names = ["新茶产量"]
kinds = ["level"]
units = ["吨"]
examples = ["新茶产量12.5万吨 => tea", "新茶12.5万吨 => 无"]
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The folder of a project's own words."""
    folder = tmp_path / "words"
    (folder / "names").mkdir(parents=True)
    (folder / "measures").mkdir()
    return folder


def test_own_units_names_and_measures_add_to_the_shipped_ones(own: Path) -> None:
    shipped = report_reader.load_vocabularies(SHIPPED)
    (own / "units.toml").write_text(UNIT, encoding="utf-8")
    (own / "names" / "words.toml").write_text(
        '# breaks 不写\ncommon = "茶园子"\n[topics]\n"茶旅融合" = []\n', encoding="utf-8"
    )
    (own / "measures" / "tea.toml").write_text(MEASURE, encoding="utf-8")
    both = report_reader.load_vocabularies(SHIPPED, own)
    assert set(both.figures.unit_kinds) == {*shipped.figures.unit_kinds, "茶垄"}
    assert both.figures.words == shipped.figures.words
    assert both.names.common == {*shipped.names.common, "茶园子"}
    assert both.names.breaks == shipped.names.breaks
    assert [s.name for s in both.names.subjects] == [*(s.name for s in shipped.names.subjects), "茶旅融合"]
    assert [*both.measures.by_id] == [*shipped.measures.by_id, "tea"]


def test_own_row_takes_the_place_of_the_shipped_one_with_the_same_word(own: Path) -> None:
    row = '[[unit]]\nword = "斤"\nkind = "level"\nalso = ["jin"]\nexamples = ["共计12.5斤 => 12.5|斤"]\n'
    (own / "units.toml").write_text(row, encoding="utf-8")
    both = report_reader.load_vocabularies(SHIPPED, own)
    assert [unit.also for unit in both.figures.units if unit.word == "斤"] == [("jin",)]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("units.toml", UNIT + UNIT, "words/units.toml:5: 单位“茶垄”已写在 words/units.toml:1"),
        ("units.toml", UNIT.replace("=> 12.5", "=> 13"), "words/units.toml:1: “茶垄”的例句"),
        ("units.toml", UNIT.replace("word =", "wort ="), "words/units.toml:2: 不认识的 wort。是不是 word？"),
        ("names/words.toml", 'comon = "茶园"', "words/names/words.toml:1: 不认识的 comon。是不是 common？"),
        ("names/words.toml", 'common = ""', "words/names/words.toml:1: common 应是一段文字"),
        (
            "measures/tea.toml",
            MEASURE.replace("12.5万吨 => tea", "12.5亿元 => tea"),
            "words/measures/tea.toml:1: tea 的例句",
        ),
    ],
)
def test_slip_in_own_words_is_told_with_file_and_line(own: Path, name: str, text: str, words: str) -> None:
    (own / name).write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyError) as error:
        report_reader.load_vocabularies(SHIPPED, own)
    assert str(error.value).startswith(words)


def test_project_is_read_with_its_own_words(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = own.parent
    source = project / "a.txt"
    source.write_text("政府工作报告\n各位代表：\n一、回顾\n新建高山云雾基地12.5茶垄。\n", encoding="utf-8")

    def units() -> set[str]:
        assert commands.main(["--project", str(project), "inspect", str(source)]) == 0
        return {row["unit"] for row in json.loads(capsys.readouterr().out)["indicators"]}

    assert "茶垄" not in units()
    (own / "units.toml").write_text(UNIT, encoding="utf-8")
    assert "茶垄" in units()


def test_vocabulary_of_a_checkout_is_the_shipped_one_and_another_project_adds_its_own(tmp_path: Path) -> None:
    assert paths.vocabularies_of(ROOT) == (SHIPPED,)
    (tmp_path / "vocabulary").mkdir()
    (tmp_path / "words").mkdir()
    assert paths.vocabularies_of(tmp_path) == (SHIPPED, tmp_path / "vocabulary", tmp_path / "words")
