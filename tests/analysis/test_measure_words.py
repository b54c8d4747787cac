"""The rows of core measures (核心指标): what is loaded, the error for each slip, and whether their examples are right."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT
from workreport.analysis import examples, measure_words, vocabulary
from workreport.analysis.word_files import VocabularyError
from workreport.build import report_reader

WORDS = measure_words.load(ROOT / "vocabulary")
VOCABULARY = vocabulary.load(ROOT / "vocabulary")
ROW = """[[measure]]
id = "bridges"
label = "桥梁"
rank = 5
names = ["桥梁总数"]
kinds = ["count"]
units = ["座"]
examples = ["桥梁总数达到32座 => bridges", "新增桥梁3座 => 无"]
"""


def load(tmp_path: Path, rows: str, words: str = "") -> measure_words.MeasureWords:
    """Load a copy of our words, changed by `words` (before => after), with these rows as the only measures."""
    folder = tmp_path / "vocabulary" / "measures"
    folder.mkdir(parents=True)
    text = (ROOT / "vocabulary" / "measures" / "words.toml").read_text(encoding="utf-8")
    before, _, after = words.partition(" => ")
    assert before in text
    (folder / "words.toml").write_text(text.replace(before, after, 1) if words else text, encoding="utf-8")
    (folder / "own.toml").write_text(rows, encoding="utf-8")
    return measure_words.load(folder.parent)


def test_row_is_loaded_with_its_place(tmp_path: Path) -> None:
    (row,) = load(tmp_path, ROW).rows
    assert (row.measure.id, row.measure.label, row.measure.rank) == ("bridges", "桥梁", 5)
    assert row.place == "vocabulary/measures/own.toml:1"


@pytest.mark.parametrize(
    ("before", "after", "line", "message"),
    [
        ("units =", "unit =", 7, "不认识的 unit。是不是 units？"),
        ('label = "桥梁"\n', "", 1, "这一组缺少 label。请补上。"),
        ('"bridges"', '"Bridges"', 2, "id “Bridges”只能有小写英文字母、数字和连字符。"),
        ("rank = 5", "rank = -1", 4, "rank 应是 1 以上的整数，1 最先。"),
        ('["count"]', '["rank"]', 6, "kinds 里不能有“rank”。"),
        ('["座"]', "[3]", 7, "units 应是若干单位"),
        ('["桥梁总数"]', '["桥梁总数", "桥梁的总数"]', 5, "“桥梁总数”写了两次"),
        (', "新增桥梁3座 => 无"', "", 8, "例句要有正例（=> bridges）和反例"),
        (" => 无", "，无", 8, "应写作“原文 => id”。"),
        ("rank = 5", "rank = 5\nlocal = false", 5, "local 只能写 true"),
        ("[[measure]]", "[[measures]]", 1, "不认识的 measures。是不是 measure？"),
    ],
)
def test_slip_in_a_row_is_an_error_with_file_and_line(
    tmp_path: Path, before: str, after: str, line: int, message: str
) -> None:
    assert before in ROW
    with pytest.raises(VocabularyError, match=re.escape(message)) as caught:
        load(tmp_path, ROW.replace(before, after, 1))
    assert str(caught.value).startswith(f"vocabulary/measures/own.toml:{line}: ")


def test_same_id_or_the_same_name_in_two_rows_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"id “bridges”已写在 vocabulary/measures/own\.toml:1。"):
        load(tmp_path / "id", ROW + ROW)
    other = ROW.replace("bridges", "more-bridges")
    with pytest.raises(VocabularyError, match=r"“桥梁总数”已是 vocabulary/measures/own\.toml:1 的名称。"):
        load(tmp_path / "name", ROW + other)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("drivers =  => driver = ", "不认识的 driver。是不是 drivers？"),
        ('drivers = "拉动 => drivers = "拉动 拉动', "drivers 里“拉动”写了两次。"),
        ('totals = "累计 总计 合计" => totals = ""', "totals 应是一段文字"),
        ('ending = "国" => end = "国"', "不认识的 end。是不是 ending？"),
    ],
)
def test_slip_in_the_words_is_an_error_with_file_and_line(tmp_path: Path, words: str, message: str) -> None:
    with pytest.raises(VocabularyError, match=re.escape(message)) as caught:
        load(tmp_path, ROW, words)
    assert re.match(r"vocabulary/measures/words\.toml:\d+: ", str(caught.value))


def test_example_that_is_read_otherwise_is_an_error(tmp_path: Path) -> None:
    examples.check_measures(load(tmp_path / "right", ROW), VOCABULARY)
    wrong = load(tmp_path / "wrong", ROW.replace("新增桥梁3座 => 无", "桥梁总数3座 => 无"))
    with pytest.raises(VocabularyError, match="bridges 的例句“桥梁总数3座 => 无”读出的是 bridges。"):
        examples.check_measures(wrong, VOCABULARY)


def test_examples_of_our_own_rows_are_right() -> None:
    examples.check_measures(WORDS, VOCABULARY)


def test_every_unit_of_a_measure_is_a_unit_of_the_vocabulary() -> None:
    known = {*VOCABULARY.unit_kinds, "", ":1", "千瓦时"}
    used = {unit: row.measure.id for row in WORDS.rows for unit in (*row.units, *row.change_units)}
    assert {unit: used[unit] for unit in used if re.split("[（/]", unit)[0] not in known} == {}


def test_vocabulary_folder_from_before_the_measures_gets_ours(tmp_path: Path) -> None:
    folder = tmp_path / "vocabulary"
    shutil.copytree(ROOT / "vocabulary", folder)
    shutil.rmtree(folder / "measures")
    assert report_reader.load_vocabularies(folder).measures.by_id.keys() == WORDS.by_id.keys()
