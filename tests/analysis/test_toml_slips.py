"""A slip in a TOML file is told with its line, the sign that is wrong, and the line as it should be."""

from __future__ import annotations

import tomllib

import pytest

from workreport.analysis.toml_slips import explain


@pytest.mark.parametrize(
    ("text", "line", "names", "mended"),
    [
        ("date = 2026/1/15", 1, "日期写作 年-月-日", "date = 2026-01-15"),
        ("a = 1\ndate = 2026年3月5日", 2, "日期写作 年-月-日", "date = 2026-03-05"),
        ('title ＝ "x"', 1, "＝（应为 =）", 'title = "x"'),
        ('a = 1\n【footer】\nicp = "x"', 2, "【（应为 [）、】（应为 ]）", "[footer]"),
        ('front = ["a"，"b"]', 1, "，（应为 ,）", 'front = ["a","b"]'),
        ('front = [\n  "a"，\n  "b",\n]', 2, "，（应为 ,）", '"a",'),
        ("title = “x”", 1, "“（应为 \"）", 'title = "x"'),
        ("icp：“x”", 1, "：（应为 =）", 'icp="x"'),
        ("title = 区政府 # 名", 1, "英文引号", 'title = "区政府" # 名'),
        ('title = "a', 1, "缺 \"", 'title = "a"'),
        ('title = "他说"好"呀"', 1, "改用单引号", """title = '他说"好"呀'"""),
        ("pictures = True", 1, "小写", "pictures = true"),
        ("pictures = 否", 1, "true 或 false", "pictures = false"),
        (r'key = "C:\keys"', 1, "反斜杠", r"key = 'C:\keys'"),
        ("colour = #b3261e", 1, "英文引号", 'colour = "#b3261e"'),
        ('[[note]\nquote = "x"', 1, "方括号", "[[note]]"),
        ('front = ["a", "b"\npin = ["c"]', 1, "缺 ]", 'front = ["a", "b"]'),
    ],
)  # fmt: skip
def test_slip_is_told_with_the_line_as_it_should_be(text: str, line: int, names: str, mended: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as error:
        tomllib.loads(text)
    told = explain(text, error.value)
    assert told.line == line
    assert names in told.words
    assert told.words.endswith(f"应写作：{mended}")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('title = "a"\n\ntitle = "b"', "title 写了两次（第 1 行已经有了）"),
        ('[footer]\nicp = "a"\n[footer]\n', "[footer] 写了两次（第 1 行已经有了）"),
        ("[note]\n[[note]]\n", "[[note]] 写了两次（第 1 行已经有了）"),
        ("year = 02024", "值的后面还有别的字"),
        ('words = """abc', "引号没有成对"),
        ("这一行是说明", "注释前要写 #"),
        ("[a]\n[a.b]\n[a]\n", "写了两次"),
    ],
)
def test_fault_without_one_right_line_is_told_in_chinese_without_words_of_the_parser(text: str, words: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as error:
        tomllib.loads(text)
    told = explain(text, error.value).words
    assert words in told
    assert not any(word in told for word in ("Expected", "Invalid", "Cannot", "line"))


def test_signs_within_texts_and_comments_are_left_alone() -> None:
    text = 'title ＝ "甲，乙＝丙：“丁”" # 注：戊，己'
    with pytest.raises(tomllib.TOMLDecodeError) as error:
        tomllib.loads(text)
    assert explain(text, error.value).words.endswith('应写作：title = "甲，乙＝丙：“丁”" # 注：戊，己')


def test_list_without_its_end_is_told_at_its_last_line() -> None:
    text = "front = [\n" + '  "s00000000-f1",\n' * 4_000 + "pin = 3\n"
    with pytest.raises(tomllib.TOMLDecodeError) as error:
        tomllib.loads(text)
    told = explain(text, error.value)
    assert (told.line, told.words) == (4_001, '列表末尾缺 ] 。应写作："s00000000-f1", ]')


def test_file_far_longer_than_any_of_a_person_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "front = [\n" + '  "s00000000-f1",\n' * 50_000 + "pin ＝ 3\n"
    with pytest.raises(tomllib.TOMLDecodeError) as error:
        tomllib.loads(text)
    parsed: list[str] = []
    monkeypatch.setattr(tomllib, "loads", parsed.append)
    told = explain(text, error.value)
    assert (told.line, parsed) == (50_002, [])
    assert "Invalid" not in told.words
