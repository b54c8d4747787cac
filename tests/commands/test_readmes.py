"""Runs every command line of both READMEs as written, in a project where `make site` has run.

A command line is a line of an indented code block, or text in `backticks`, that begins with a program's name. Words in
capitals (FILE, DIR) are placeholders for the reader's own values. A command that cannot run in a test is followed in the
Markdown source by `<!-- not run: REASON -->`. The same comment on a line before a code block applies to the whole block;
`<!-- not run (LINE): REASON -->` applies to one line of the block.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform == "win32", reason="the commands for Linux and macOS do not run on Windows"),
]

READMES = ("README.md", "README.zh-CN.md")
NAMES = r"(?:make|python3?|py|pip|apt|aws|mkdocs|workreport|sha256sum|git|npm|node|\.venv[/\\]\S+|(?:\./)?build\.py)"
COMMAND = re.compile(rf"{NAMES}(?= |$)")
MARK = re.compile(r"<!-- not run(?: \((?P<line>[^)]*)\))?: (?P<reason>.+?) -->")
INLINE = re.compile(r"`(?P<words>[^`\n]+)`(?P<mark><!-- not run: .+? -->)?")
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
NOT_RUN = {
    "make test": ".ci/run runs it in a fresh clone",
    "make desk": "opens a browser",
    "build.py desk FOLDER": "opens a browser",
    "make wheelhouse": "fetches 190 MB",
    r"py -m venv .venv; .venv\Scripts\python -m pip install --require-hashes -r requirements/runtime.lock": "Windows",
    r".venv\Scripts\python build.py": "Windows",
    "pip install dist/workreport-*.whl": "installs into your Python",
    "workreport add FILE": "the installed wheel",
    "workreport build": "the installed wheel",
    "apt install fonts-lxgw-wenkai": "root",
    "apt install python3-venv": "root",
    "python3 build.py publish --to /srv/www/report": "root",
    "aws s3 sync DIR s3://BUCKET --exclude current.js --exclude '.workreport/*'": "somebody's service",
    "aws s3 cp DIR/current.js s3://BUCKET/current.js --cache-control no-cache": "somebody's service",
}
"""Every command that must carry a `not run` comment, with its reason. (test_installed.py installs and runs the wheel.)"""
VALUES = {
    "FILE": "another.txt", "文件": "another.txt", "DIR": "served", "文件夹": "served", "KEY": "no-such-key", "NAME": "named",
    "SLUG": "gongshu-2024", "短名": "gongshu-2024", "FOLDER": "fresh", "新项目": "fresh",
}  # fmt: skip


@dataclass(frozen=True)
class Command:
    """A command line of a README; `reason` is why no test runs it, or "" for a command that is run."""

    words: str
    reason: str = ""


def commands_of(markdown: str) -> list[Command]:
    """Return the command lines of a README in page order, without repetitions.

    >>> commands_of("    make site   # all\\n\\nThen `build.py add FILE`, `apt install x`<!-- not run: root --> and `site/`.")
    [Command(words='make site', reason=''), Command(words='build.py add FILE', reason=''), Command(words='apt install x', reason='root')]
    """
    found: dict[str, Command] = {}
    block: re.Match[str] | None = None
    for line in FENCED.sub("", markdown).splitlines():
        mark = MARK.fullmatch(line)
        if mark:
            block = mark
        elif line.startswith("    "):
            words = re.split(r"\s+# ", line.strip())[0]
            if COMMAND.match(words):
                marked = block is not None and block["line"] in (None, words)
                found.setdefault(words, Command(words, block["reason"] if block and marked else ""))
        else:
            block = block if not line.strip() else None
            for inline in INLINE.finditer(line):
                words = inline["words"].strip()
                if COMMAND.match(words) and words not in ("workreport", "make", "mkdocs", "python3", "py"):
                    mark = MARK.fullmatch(inline["mark"] or "")
                    found.setdefault(words, Command(words, mark["reason"] if mark else ""))
    return list(found.values())


def commands(readme: str) -> list[Command]:
    return commands_of((ROOT / readme).read_text(encoding="utf-8"))


def in_english(words: str) -> str:
    return (
        words.replace("新项目", "FOLDER")
        .replace("文件夹", "DIR")
        .replace("文件", "FILE")
        .replace("短名", "SLUG")
        .replace("报告.", "report.")
    )


@pytest.mark.parametrize("readme", READMES)
def test_commands_marked_not_run_are_exactly_those_of_the_list_with_its_reasons(readme: str) -> None:
    marked = {in_english(command.words): command.reason for command in commands(readme) if command.reason}
    assert marked == NOT_RUN


def test_english_and_chinese_readme_have_the_same_commands() -> None:
    english, chinese = (sorted(in_english(c.words) for c in commands(readme)) for readme in READMES)
    assert english == chinese


@pytest.fixture
def after_make_site(project_copy: Callable[[str], Path], tmp_path: Path) -> Path:
    """A copy of the project with `.venv` and its stamp files as after `make site`, plus the files named in the commands."""
    project = project_copy("readme")
    home = project / ".venv"
    home.mkdir()
    for part in Path(sys.prefix).iterdir():
        (home / part.name).symlink_to(part)
    for stamp in (".runtime", ".dev", ".browser"):
        (home / stamp).unlink(missing_ok=True)
        (home / stamp).touch()
    for name in ("report.docx", "报告.docx"):
        shutil.copy(ROOT / "tests" / "files" / "python-docx.docx", project / name)
    shutil.copy(ROOT / "tests" / "books" / "qingshan-2025.txt", project / "another.txt")
    return project


def as_typed(words: str) -> str:
    """Return the command ready to run: placeholders are replaced by VALUES, and `build.py` becomes `python3 build.py`."""
    words = re.sub(r" …$", "", words)
    words = " ".join(VALUES.get(word, word) for word in words.split(" "))
    return f"python3 {words}" if words.startswith("build.py") else words


def output_until_stopped(command: str, folder: Path, environment: dict[str, str]) -> str:
    """Start a server command, wait for the address that it prints, stop it with Ctrl+C and return its output.

    The command fails the test unless it then exits with 0 or 130.
    """
    running = subprocess.Popen(
        shlex.split(command), cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        # A shell starts background jobs with SIGINT ignored, and children inherit that; a terminal never does.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads in this worker
    )  # fmt: skip
    assert running.stdout
    said = ""
    deadline = time.monotonic() + 120
    try:
        while "http://" not in said and time.monotonic() < deadline and (line := running.stdout.readline()):
            said += line
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=60) in (0, 130), said + running.stdout.read()
    finally:
        running.kill()  # a server left behind would keep the port
        running.wait()
    return said


@pytest.mark.timeout(900)
@pytest.mark.parametrize("readme", READMES)
def test_every_readme_command_not_marked_exits_with_0_after_make_site(
    readme: str, after_make_site: Path, tmp_path: Path
) -> None:
    """Commands run in page order, except that `clean` comes last. `python3` is a Python without the required libraries."""
    project = after_make_site
    venv.create(tmp_path / "bare", with_pip=False)
    path = os.pathsep.join([str(tmp_path / "bare" / "bin"), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "PYTHONUTF8": "1"}
    run = [command.words for command in commands(readme) if not command.reason]
    assert {"make site", "build.py check", "build.py serve", "build.py clean"} <= set(run)
    for words in sorted(run, key=lambda words: words == "build.py clean"):
        command = as_typed(words)
        folder = project / "archive" if command.startswith("sha256sum") else project
        if words == "build.py serve":
            assert "http://" in output_until_stopped(command, folder, environment)
            continue
        if words.startswith("build.py check "):
            command = command.replace("another.txt", "archive/SHA256SUMS")
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
