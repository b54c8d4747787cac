"""Messages in English and Chinese: a row for every message, help for every option, errors of wrong usage, shell completion."""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.message_sources import CHINESE, messages
from tests.conftest import ROOT
from workreport import commands
from workreport.archive.forms import FORMS
from workreport.commands import catalogue, command_line, completion_command

TABLE = ROOT / "templates" / "messages" / "en.toml"
NO_MESSAGES = {
    # words of the field, units and names
    "倍", "成", "位", "个百分点", "百分点", "番", "翻番", "数值", "单位", "指标名", "长", "都", "长子", "陕西", "无", "是", "否",
    "(?<=[省市州盟])(?!市[一-鿿]{{2}})(?=[一-鿿]{{2,}})", " \t\u3000“”‘’\"'的", "、",
    # words of pages and of the publisher's files
    "发布者保留（{}）", "达到", "超过", "未达到", "口径不同，不可比", "下年报告未写", "发布者修改", "文件头（YAML），说明文件，不是正文", "{}与{}不相互关联", "“{}”不作为名称",
    # what stands around a message
    "（，。",
}  # fmt: skip
"""Chinese texts in the modules that speak to the user, which the user is not told as messages."""
KEPT = ("政府工作报告", "原文 => 结果", "原文 => id", "（一）", "来源多印一字", "［n］", "没有变化")
"""Chinese words that an English message may have: words of a report, and of files that are written in Chinese."""


def chinese_in(words: str) -> str:
    """Return the first Chinese characters of an English text that should have none; "" for none."""
    for kept in KEPT:
        words = words.replace(kept, "")
    found = re.search("[\u4e00-\u9fff\u3000-\u303f]+", words)
    return found[0] if found else ""


def test_every_message_has_an_english_row_and_every_row_is_a_message() -> None:
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    spoken = {text: place for text, place in messages().items() if text not in NO_MESSAGES}
    spoken |= {form.title: "archive/forms.py" for form in FORMS}  # the stages of making an archive
    assert {text: place for text, place in spoken.items() if text not in rows} == {}
    assert sorted(set(rows) - set(spoken)) == []


def test_english_rows_have_the_values_of_their_messages_and_no_chinese() -> None:
    for message, words in tomllib.loads(TABLE.read_text(encoding="utf-8")).items():
        values = message.replace("{{", "").replace("}}", "").count("{}")
        assert set(re.findall(r"\{(\d)\}", words)) == {str(n + 1) for n in range(values)}, message
        assert not chinese_in(words), message


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("端口 80 已被别的程序占用。请换一个，如 --port 8001。", "Port 80 is used by another program. Choose another, such as --port 8001."),
        ("nofile: 没有这个文件。 请核对路径和文件名。", "nofile: There is no such file. Check the path and the name."),
        (
            "a/indicators.toml:1: “学位”不是编号。这里要写编号，叫这个名称的有：s1-f1（新增学位30个）、s2-f1（学位5个）。",
            "a/indicators.toml:1: “学位” is no id. Here an id is needed; of this name there are: s1-f1（新增学位30个）、s2-f1（学位5个）.",
        ),
        ("site.toml:2: 有全角符号：【（应为 [）、】（应为 ]）。应写作：[footer]", "site.toml:2: Full-width signs: 【 (should be [), 】 (should be ]). It should be: [footer]"),
        ("略去页眉 3 处、页码 5 处，逐条列在 repairs.toml", "left out: page headers: 3, page numbers: 5; each is listed in repairs.toml"),
        ("网站没有通过核对，没有发布：\n  site/a.html: 没有写\n  ……另有 3 处", "The site did not pass its check; nothing was published: \n  site/a.html: 没有写\n  … 3 more"),
        ("  标题：甲县工作报告", "  title: 甲县工作报告"),
        ("换上新站", "Exchange"),
        ("site/、archive/", "site/, archive/"),
        ("报告里的话：粮食产量两万吨。", "报告里的话：粮食产量两万吨。"),
    ],
)  # fmt: skip
def test_message_made_of_parts_is_translated_with_its_values_as_they_are(chinese: str, english: str) -> None:
    assert catalogue.read_catalogue(TABLE)(chinese) == english


def test_long_message_is_translated_in_time_that_grows_with_its_length() -> None:
    translate = catalogue.read_catalogue(TABLE)
    lines = "\n".join(f"site/{k}.html:{k}: 链接 'x{k}' 所指的文件不存在。" for k in range(400))
    assert (
        translate(lines).splitlines()[399]
        == "site/399.html:399: The file that the link 'x399' leads to does not exist."
    )
    assert translate("、".join(["甲乙丙"] * 5_000)).startswith("甲乙丙")


@pytest.mark.parametrize(
    ("arguments", "environment", "system", "language"),
    [
        ([], {}, "", "zh"),
        ([], {"LANG": "zh_CN.UTF-8"}, "en_US", "zh"),
        ([], {"LANG": "en_GB.UTF-8"}, "", "en"),
        ([], {"LC_ALL": "zh_CN", "LANG": "en_GB"}, "", "zh"),
        ([], {"LANG": "de_DE.UTF-8"}, "", "zh"),
        ([], {}, "English_United Kingdom", "en"),
        ([], {}, "Chinese (Simplified)_China", "zh"),
        (["--lang", "en"], {"LANG": "zh_CN.UTF-8"}, "", "en"),
        (["build", "--lang=zh"], {"LANG": "en_US.UTF-8"}, "", "zh"),
        (["--lang"], {}, "", "zh"),
    ],
)
def test_language_is_that_of_the_option_else_of_the_locale(
    arguments: list[str], environment: dict[str, str], system: str, language: str
) -> None:
    assert catalogue.language_of(arguments, environment, system) == language


@pytest.mark.parametrize("command", ["", *command_line.COMMANDS])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_is_in_one_language(command: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        commands.main([*([command] if command else []), "--help", "--lang", language])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    if language == "en":
        assert "usage:" in text
        assert not chinese_in(text)
    else:
        assert CHINESE.search(text)
        assert not re.search("usage|options|arguments|show ", text)


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Yield a parser and those of its commands."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.values()


def test_every_argument_of_every_command_has_a_help_text() -> None:
    found = [
        (p.prog, a.dest)
        for p in parsers(command_line._parser(str, str))
        for a in p._actions
        if not a.help and a.dest != "command"
    ]
    assert found == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["buidl"], "'buidl' 不可用，可用的有 'build', 'add'"),
        (["buidl"], "最接近的是 build。"),
        (["add"], "workreport add: 缺少参数 FILE"),
        (["add", "a", "b"], "不认识的参数 b"),
        (["serve", "--port", "x"], "参数 --port：'x' 不是整数"),
        (["publish", "--to"], "参数 --to：后面要写一个值"),
        (["--lang", "en", "buidl"], "invalid choice: 'buidl'"),
    ],
)
def test_wrong_usage_is_told_in_the_language_of_the_user(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        commands.main(arguments)
    assert ended.value.code == 2
    assert words in capsys.readouterr().err


@pytest.mark.long
def test_errors_and_progress_of_a_build_are_in_english_by_the_locale(tmp_path: Path) -> None:
    home = tmp_path / "reports" / "small"
    home.mkdir(parents=True)
    (home / "source.txt").write_text("政府工作报告\n各位代表：\n一、回顾\n新增企业30家。\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "en_US.UTF-8"}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "workreport", *arguments],
            cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False, env=environment,
        )  # fmt: skip

    done = run("--only", "site")
    assert done.returncode == 0, done.stderr
    assert not chinese_in(done.stdout)
    assert re.search(r"^Done: \d+ pages, [\d.]+ s\. Open site/index\.html$", done.stdout, re.MULTILINE)
    (tmp_path / "site.toml").write_text("titel ＝ 1\n", encoding="utf-8")
    done = run("--only", "site")
    assert done.stderr == "workreport: site.toml:1: Full-width signs: ＝ (should be =). It should be: titel = 1\n"
    assert run("--only", "site", "--lang", "zh").stderr.startswith("workreport: site.toml:1: 有全角符号")


def test_messages_in_json_are_in_the_language_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["--project", str(tmp_path), "check", "--json", "--lang", "en"]) == 1
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert problem == "site: There is no finished site. Run python build.py first."


@pytest.mark.parametrize("shell", completion_command.SHELLS)
def test_completion_script_names_every_command(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert all(name in script for name in command_line.COMMANDS)


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("pub", {"publish"}),
        ("publish --p", {"--plain", "--partial"}),
        ("add repo", {"report.docx"}),
        ("completion z", {"zsh"}),
    ],
)
def test_bash_completes_commands_options_and_files(
    tmp_path: Path, words: str, offered: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    commands.main(["completion", "bash"])
    (tmp_path / "report.docx").touch()
    (tmp_path / "completion").write_text(capsys.readouterr().out, encoding="utf-8")
    typed = words.split(" ")
    line = " ".join(f"'{word}'" for word in typed)
    script = (
        f"source ./completion; COMP_WORDS=(workreport {line}); COMP_CWORD={len(typed)}; COMP_LINE='workreport {words}'; "
        "COMP_POINT=${#COMP_LINE}; "
        f"_shtab_workreport workreport '{typed[-1]}' '{typed[-2] if len(typed) > 1 else 'workreport'}'; "
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert {word.strip() for word in done.stdout.split()} == offered, done.stderr


def test_clean_tells_in_english_which_files_of_the_publisher_it_copied(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "CNAME").write_text("example.org", encoding="utf-8")
    assert commands.main(["--project", str(tmp_path), "--lang", "en", "clean"]) == 0
    out, told = capsys.readouterr()
    assert "site/CNAME was not generated by the program" in told
    assert not chinese_in(out), out
    assert not chinese_in(told), told
