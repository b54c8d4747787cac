"""The words of comparisons: what is wrong in `vocabulary/comparison/words.toml` is told with its line."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from tests.vocabularies import ROOT, vocabularies
from workreport.analysis.word_files import VocabularyError
from workreport.comparison import load
from workreport.comparison.comparison_words import CEILING


def changed(folder: Path, before: str, after: str) -> Path:
    """A copy of the vocabulary with words of `comparison/words.toml` changed once."""
    copy = folder / "vocabulary"
    shutil.copytree(ROOT / "vocabulary" / "comparison", copy / "comparison")
    file = copy / "comparison" / "words.toml"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    return copy


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('with = ["build"', 'with = ["biuld"', "是不是 build？"),
        ('id = "balanced"', 'id = "balanced"\nexample = "x"', "不认识的 example"),
        ('word = "上市公司"', 'wrod = "上市公司"', "不认识的 wrod"),
        ('also = ["标煤"]', 'also = ["标煤", "上市企业"]', "写在两组 same 里"),
        ('measures = ["resident-income"', 'measures = ["resident-incomes"', "是不是 resident-income？"),
        ("stages = ", "stage = ", "不认识的 stage"),
        ('near = "jobs-added=urban-jobs-added"', 'near = " "', "不能是空的"),
        ('id = "ceiling"', 'id = "celing"', "是不是 ceiling？"),
        ("公顷 = 10000", "公顷 = 一万", "应写作 单位 = 数"),
        ("亩 = 2000/3", "亩 = 2000/0", "应写作 单位 = 数"),
        ('also = ["公厕"]', 'also = ["公厕", "厕所"]', "会换两次"),
        ("[[wider]]", "[[wide]]", "不认识的 wide"),
    ],
)
def test_mistake_is_told_with_file_and_line(before: str, after: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=told) as error:
        load(changed(tmp_path, before, after), vocabularies().measures)
    assert "vocabulary/comparison/words.toml:" in str(error.value)


def test_words_of_the_project_load() -> None:
    words = load(ROOT / "vocabulary", vocabularies().measures)
    assert words.folded("市场主体") == words.folded("市场经营主体") == "经营主体"
    assert words.same_unit("家", "个")
    assert not words.same_unit("亩", "公里")


OWN = """
lower = "积压数"

[[same]]
word = "云帆卡"
also = ["云帆一卡通"]

[[same]]
word = "市场主体"
also = ["市场经营主体"]

[[action]]
id = "build"
words = "建就"

[[wider]]
word = "云帆设施"
kinds = ["云帆驿站"]

[[size]]
base = "平方米"
units = ["分地 = 200/3"]

[[bound]]
id = "ceiling"
behind = "封顶"
"""


def own_words(folder: Path, text: str) -> Path:
    """A project's folder `words/` with words of comparisons."""
    file = folder / "words" / "comparison" / "own.toml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return folder / "words"


def test_own_words_of_a_project_add_to_those_of_the_program(tmp_path: Path) -> None:
    measures = vocabularies().measures
    ours = load(ROOT / "vocabulary", measures, tmp_path)
    words = load(ROOT / "vocabulary", measures, own_words(tmp_path, OWN))
    assert not ours.less_is_better("信访积压数")
    assert words.less_is_better("信访积压数")
    assert words.less_is_better("城镇登记失业率")
    assert words.folded("云帆一卡通") == "云帆卡"
    assert (ours.folded("市场经营主体"), words.folded("市场经营主体")) == ("经营主体", "市场主体")
    assert {"建就", "建成"} <= set(words.by_id["build"].words)
    assert words.by_id["build"].agrees == ours.by_id["build"].agrees
    assert words.wider_of("云帆驿站") == {"云帆设施"}
    assert words.converted(Decimal(30), "分地", "平方米") == 2000
    assert words.bound_of("封顶") == words.bound_of("以内") == CEILING


def test_mistake_in_own_words_is_told_with_its_own_file(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"^words/comparison/own\.toml:2: 不认识的 lowr"):
        load(ROOT / "vocabulary", vocabularies().measures, own_words(tmp_path, '\nlowr = "x"\n'))


@pytest.mark.parametrize(
    ("number", "unit", "to", "expected"),
    [
        ("12", "公顷", "亩", "180"),
        ("1500", "亩", "平方公里", "1"),
        ("2", "平方公里", "公顷", "200"),
        ("3", "吨", "斤", "6000"),
        ("6", "‰", "％", "0.6"),
    ],
)
def test_units_are_converted_without_rest(number: str, unit: str, to: str, expected: str) -> None:
    words = load(ROOT / "vocabulary", vocabularies().measures)
    assert words.converted(Decimal(number), unit, to) == Decimal(expected)


def test_units_of_other_things_are_not_converted() -> None:
    words = load(ROOT / "vocabulary", vocabularies().measures)
    assert words.converted(Decimal(1), "公顷", "公里") is None
    assert not words.comparable_unit("亩", "公里")
    assert words.comparable_unit("吨标准煤", "吨标煤")
