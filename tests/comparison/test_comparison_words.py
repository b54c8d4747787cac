"""The words of comparisons: what is wrong in `vocabulary/comparison/words.toml` is told with its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.vocabularies import ROOT, vocabularies
from workreport.analysis.word_files import VocabularyError
from workreport.comparison import load


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
