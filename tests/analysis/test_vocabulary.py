"""Loading the word lists: a mistake is an error with file and line, and every example is right."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, run_build
from workreport.analysis import examples, name_words, vocabulary
from workreport.analysis.word_files import VocabularyError
from workreport.build import report_reader

FOLDER = ROOT / "vocabulary"
UNIT = '[[unit]]\nword = "家"\nkind = "count"\nexamples = ["共计12家 => 12|家"]\n'


def load(folder: Path, text: str) -> vocabulary.Vocabulary:
    """Load a vocabulary whose only file, bad.toml, has this text."""
    (folder / "vocabulary").mkdir()
    (folder / "vocabulary" / "bad.toml").write_text(text, encoding="utf-8")
    return vocabulary.load(folder / "vocabulary")


def test_all_examples_of_the_vocabulary_are_right() -> None:
    examples.check(vocabulary.load(FOLDER))


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (f"{UNIT}example = []\n", 5, "不认识的 example。是不是 examples？"),
        (UNIT.replace("count", "many"), 3, "“家”的 kind 不能是“many”。"),
        (UNIT.replace('word = "家"\n', ""), 1, "这一组缺少 word"),
        (f'{UNIT}\n[[unit]]\nword = "户"\nkind = "count"\n', 6, "“户”缺少 examples"),
        (f'{UNIT}\n[[unit]]\nword = "户"\nkind = "count"\nexamples = []\n', 9, "“户”缺少 examples"),
        (UNIT.replace(" => ", " = "), 4, "应写作“原文 => 结果”"),
        (UNIT + UNIT, 5, "单位“家”已写在 vocabulary/bad.toml:1"),
        (f'{UNIT}base = "所"\n', 1, "“家”的 base “所”应是词表里的单位"),
        (f"{UNIT}exponent = 3\n", 1, "“家”有 exponent，缺少 base"),
        (f'{UNIT}exponent = "3"\n', 5, "exponent 应是整数"),
        (f'{UNIT}also = "km"\n', 5, "also 应是若干文字"),
        (
            '[[word]]\nword = "达"\nrole = "reaches"\nexamples = ["达1 => 无"]',
            3,
            "的 role 不能是“reaches”。是不是 reach？",
        ),
        ('[[word]]\nword = "强"\nrole = "tail"\nexamples = ["5强 => 无"]', 3, "tail 和 lead 要写 rule"),
        (
            '[[word]]\nword = "强"\nrole = "tail"\nrule = "list names"\nexamples = ["5强 => 无"]',
            4,
            "的 rule 不能是“list names”。是不是 list name？",
        ),
        ('[[word]]\nword = "达"\nrole = "reach"\nrule = "name"\nexamples = ["达1 => 无"]', 4, "其他 role 不写"),
        (
            '[[word]]\nword = "达"\nrole = "reach"\nnot_after = "发"\nexamples = ["达1 => 无"]',
            4,
            "“达”：只有 preposition、predicate、aim、outlook、done、present、held、turn、estimate、dangling 可写 not_after",
        ),
        ('\n[[words]]\nword = "达"', 2, "不认识的 words。是不是 word？"),
        ('unit = "家"', 1, "unit 应是若干组，每组以 [[unit]] 开头"),
        ("[[unit]]\nword = 家\n", 2, '应写作：word = "家"'),
    ],
)
def test_wrong_row_is_an_error_with_file_and_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(VocabularyError) as caught:
        load(tmp_path, text)
    assert str(caught.value).startswith(f"vocabulary/bad.toml:{line}: ")
    assert message in str(caught.value)


def test_vocabulary_folder_without_files_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="没有词表"):
        vocabulary.load(tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (UNIT.replace("12|家", "13|家"), "“家”的例句“共计12家 => 13|家”读出的是"),
        (UNIT.replace("12|家", "无"), "读出的是"),
        (UNIT.replace("共计12家", "共计12户"), "里没有这个词"),
        (
            f'{UNIT}[[word]]\nword = "强"\nrole = "tail"\nrule = "road or number"\nexamples = ["共有500强 => 1|强"]',
            "读出的是 无",
        ),
        (
            f'{UNIT}[[word]]\nword = "力争"\nrole = "aim"\nexamples = ["力争新建12家 => 新建|12|家|result"]',
            "|target",
        ),
        (f'{UNIT}[[word]]\nword = "回顾"\nrole = "review-title"\nexamples = ["工作回顾 => target"]', "读出的是 result"),
    ],
)
def test_example_that_contradicts_its_row_is_an_error_at_the_row(tmp_path: Path, text: str, message: str) -> None:
    words = load(tmp_path, text)
    with pytest.raises(VocabularyError) as caught:
        examples.check(words)
    line = text.count("\n", 0, text.rindex("[[")) + 1
    assert str(caught.value).startswith(f"vocabulary/bad.toml:{line}: ")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("word", "role", "example", "message"),
    [
        ("区长", "office", "区长。 => 区长", "读出的是 无"),
        ("超市", "no-city", "宁江市和超市 => 无", "读出的是 宁江"),
        ("打印", "button", "打印本页 => 按钮", "读出的是 无"),
        ("分享到", "button-opening", "请分享到微信 => 按钮", "读出的是 无"),
        ("字号", "button-label", "字号大 => 按钮", "读出的是 无"),
        ("目的的", "doubled", "为目的的新的的改革 => 无", "读出的是 的的"),
        ("和和谐", "doubled", "建设和和谐社会 => 叠字", "读出的是 无"),
        ("家家", "doubled", "家家通 => 无", "没有叠字"),
    ],
)
def test_wrong_example_of_a_role_that_reads_no_figures_is_an_error(
    tmp_path: Path, word: str, role: str, example: str, message: str
) -> None:
    row = f'[[word]]\nword = "{word}"\nrole = "{role}"\nexamples = ["{example}"]\n'
    with pytest.raises(VocabularyError, match=rf"^vocabulary/bad\.toml:1: .*{message}"):
        examples.check(load(tmp_path, row))


def test_front_patterns_match_nothing_if_their_roles_have_no_words(tmp_path: Path) -> None:
    words = load(tmp_path, UNIT)
    assert words.front.office.match("区长 李四") is None
    assert words.front.button.fullmatch("") is None
    assert words.front.button.fullmatch("打印") is None


def test_example_that_another_trap_rule_explains_is_an_error(tmp_path: Path) -> None:
    row = '[[word]]\nword = "号"\nrole = "tail"\nrule = "name"\nexamples = ["C919号 => 无"]'
    with pytest.raises(VocabularyError, match="不由规则 name 解释（解释它的是code"):
        examples.check(load(tmp_path, row))


def test_error_lists_ten_wrong_examples_and_counts_the_rest(tmp_path: Path) -> None:
    rows = "".join(UNIT.replace("家", f"甲{chr(0x4E00 + n)}").replace("12|", "13|") for n in range(12))
    with pytest.raises(VocabularyError) as caught:
        examples.check(load(tmp_path, rows))
    assert len(str(caught.value).splitlines()) == 11
    assert str(caught.value).endswith("另有 2 处。")


def test_build_exits_with_1_at_a_wrong_example_and_names_its_line(project_copy: Callable[[str], Path]) -> None:
    project = project_copy("wrong-example")
    units = project / "vocabulary" / "units.toml"
    text = units.read_text(encoding="utf-8")
    assert "12.5|美元" in text
    units.write_text(text.replace("12.5|美元", "12|美元", 1), encoding="utf-8")
    done = run_build(project, "--quiet", "--only", "site")
    assert done.returncode == 1
    line = text.count("\n", 0, text.index('word = "美元"'))
    assert f"vocabulary/units.toml:{line}: “美元”的例句“共计12.5美元 => 12|美元”读出的是 " in done.stderr
    assert "Traceback" not in done.stderr


def test_examples_are_checked_again_only_after_the_vocabulary_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, cache = tmp_path / "vocabulary", tmp_path / "cache"
    shutil.copytree(FOLDER, folder)
    checked = []
    monkeypatch.setattr(examples, "check", checked.append)
    for _ in range(2):
        report_reader.load_vocabularies(folder, cache=cache)
    assert len(checked) == 1
    with (folder / "units.toml").open("a", encoding="utf-8") as file:
        file.write("\n# 改过\n")
    report_reader.load_vocabularies(folder, cache=cache)
    assert len(checked) == 2


# -- the word lists for names


@pytest.mark.parametrize(
    ("before", "after", "key", "message"),
    [
        ("\nbreaks =", "\nbreak =", "break", "不认识的 break。是不是 breaks？"),
        ('kind = "place"', 'kind = "spot"', "kind", "的 kind 不能是“spot”。"),
        ('kind = "place"', 'kinds = "place"', "kinds", "不认识的 kinds。是不是 kind？"),
        ('particles = "', "particles = 1 # ", "particles", "particles 应是一段文字"),
        ("[topics]", '[topics]\n"甲" = 1\n', '"甲"', "“甲”应是若干别的说法"),
        ('breaks = """', 'breaks = """\n一个 一个', "breaks", "breaks 里“一个”写了两次"),
    ],
)
def test_wrong_list_of_words_for_names_is_an_error_with_file_and_line(
    tmp_path: Path, before: str, after: str, key: str, message: str
) -> None:
    (tmp_path / "vocabulary" / "names").mkdir(parents=True)
    good = (FOLDER / "names" / "words.toml").read_text(encoding="utf-8")
    assert before in good
    bad = good.replace(before, after, 1)
    (tmp_path / "vocabulary" / "names" / "words.toml").write_text(bad, encoding="utf-8")
    with pytest.raises(VocabularyError) as caught:
        name_words.load(tmp_path / "vocabulary")
    line = next(n for n, row in enumerate(bad.splitlines(), 1) if row.startswith(f"{key} ="))
    assert str(caught.value).startswith(f"vocabulary/names/words.toml:{line}: ")
    assert message in str(caught.value)
