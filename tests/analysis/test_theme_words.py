"""The rows of themes and of kinds of readers: what is loaded, the error for each slip, and whether their examples are right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from workreport.analysis import examples, theme_words
from workreport.analysis.word_files import VocabularyError

WORDS = theme_words.load(ROOT / "vocabulary")
THEME = """[[theme]]
id = "bridges"
label = "桥梁"
words = "桥梁 大桥"
hints = "桥"
examples = ["新建桥梁3座 => bridges", "新建学校3所 => 无"]
"""
READERS = """[[audience]]
id = "drivers"
label = "司机"
words = "司机 驾驶"
not = "驾驶舱"
examples = ["方便司机 => drivers", "建成数字驾驶舱 => 无"]
"""


def load(tmp_path: Path, themes: str = THEME, audiences: str = READERS) -> theme_words.ThemeWords:
    folder = tmp_path / "vocabulary" / "themes"
    folder.mkdir(parents=True)
    (folder / "themes.toml").write_text(themes, encoding="utf-8")
    (folder / "audiences.toml").write_text(audiences, encoding="utf-8")
    return theme_words.load(folder.parent)


def test_all_examples_of_ours_are_right() -> None:
    examples.check_themes(WORDS)
    assert len(WORDS.rows) >= 12
    assert [row.id for row in WORDS.audiences] == ["elderly", "parents", "jobs", "business", "farmers"]


def test_wrong_example_is_told_with_its_place(tmp_path: Path) -> None:
    words = load(tmp_path, THEME.replace("新建学校3所 => 无", "新建大桥1座 => 无"))
    with pytest.raises(
        VocabularyError, match=re.escape("themes.toml:1: bridges 的例句“新建大桥1座 => 无”读出的是 bridges")
    ):
        examples.check_themes(words)
    words = load(tmp_path / "b", audiences=READERS.replace("建成数字驾驶舱", "方便驾驶"))
    with pytest.raises(VocabularyError, match=re.escape("drivers 的例句“方便驾驶 => 无”读出的是 drivers")):
        examples.check_themes(words)


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("新建社区养老服务站5个", "elderly"),  # the head of the phrase stands last
        ("新建学校，改善学生、教师的出行", "school"),  # most words win
        ("引进养老产业项目5个", "elderly"),  # a general word yields to another
        ("引进产业项目5个", "industry"),
        ("为500名职工提供免费体检", "health"),  # what is given, not who gets it
        ("建成村级广播电视“村村通”", "culture"),  # a word goes on behind a quotation mark
        ("打造示范社区5个", "housing"),  # a hint alone
        ("在农村新建农村老年之家30个", "elderly"),  # a general word counts once
        ("旅游业增加值占地区生产总值8%", "culture"),  # a share is of what stands before it
        ("管网覆盖范围内的锅炉改造", "environment"),  # 覆盖范围 is no share
        ("向全县人民报告", None),
    ],
)
def test_theme_of_a_text(text: str, theme: str | None) -> None:
    found = WORDS.theme_of(text)
    assert (found.id if found else None) == theme


@pytest.mark.parametrize(
    ("before", "after", "line", "message"),
    [
        ("hints =", "hint =", 5, "不认识的 hint。是不是 hints？"),
        ('label = "桥梁"\n', "", 1, "这一组缺少 label。请补上。"),
        ('"bridges"', '"Bridges"', 2, "id “Bridges”只能有小写英文字母、数字和连字符，以字母开头。"),
        ('"bridges"', '"other"', 2, "id “other”是归不进任何一类的那一类"),
        ("桥梁 大桥", "桥梁 桥梁", 4, "words 里“桥梁”写了两次"),
        (', "新建学校3所 => 无"', "", 6, "例句要有正例（=> bridges）和反例"),
        (" => 无", "，无", 6, "例句应写作“原文 => id”。"),
        ("[[theme]]", "[[themes]]", 1, "不认识的 themes。"),
        ("[[theme]]", "neutral = 3\n[[theme]]", 1, "neutral 应是一段文字"),
        ("[[theme]]", "general = 3\n[[theme]]", 1, "general 应是一段文字"),
    ],
)
def test_each_slip_is_told_with_its_line(tmp_path: Path, before: str, after: str, line: int, message: str) -> None:
    with pytest.raises(VocabularyError) as error:
        load(tmp_path, THEME.replace(before, after, 1))
    assert str(error.value).startswith(f"vocabulary/themes/themes.toml:{line}: ")
    assert message in str(error.value)


def test_word_of_two_themes_and_id_of_two_rows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=re.escape("“桥梁”已写在 vocabulary/themes/themes.toml:1")):
        load(tmp_path, THEME + THEME.replace('"bridges"', '"roads"').replace("=> bridges", "=> roads"))
    with pytest.raises(VocabularyError, match="id “drivers”已写在"):
        load(tmp_path / "b", audiences=READERS * 2)


def test_own_rows_add_to_ours_or_take_their_place(tmp_path: Path) -> None:
    own = tmp_path / "words" / "themes"
    own.mkdir(parents=True)
    (own / "audiences.toml").write_text(READERS, encoding="utf-8")
    more = theme_words.load(ROOT / "vocabulary", own.parent)
    assert [row.id for row in more.audiences][-2:] == ["farmers", "drivers"]
    (own / "audiences.toml").write_text(
        READERS.replace('"drivers"', '"farmers"').replace("=> drivers", "=> farmers"), encoding="utf-8"
    )
    changed = theme_words.load(ROOT / "vocabulary", own.parent)
    assert [row.label for row in changed.audiences][-1] == "司机"
    assert changed.rows == more.rows == WORDS.rows
