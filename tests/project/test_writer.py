"""The writer: safe names, whole files, the folder of generated files, the project lock, and folders exchanged under SIGKILL."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from workreport.project import writer
from workreport.project.writer import folder_swap

ROOT = Path(__file__).resolve().parents[2]
KILLS = 50  # in the test with random moments


# -- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "", ".", "..", "../a", "a/../b", "a/..", "/etc/passwd", "a//b", "a/", "./a", "C:/a", "a\\b", "a\x00b", "a\nb",
        "con", "CON.md", "a/nul", "lpt1.txt", "Com9", "a.", "a ", 'a"b', "a?b", "a*", "<a>", "a|b", "界" * 81, "\ud800",
    ],
)  # fmt: skip
def test_unsafe_file_name_is_refused(name: str) -> None:
    with pytest.raises(writer.WriteError):
        writer.safe_name(name)


@pytest.mark.parametrize("name", ["a", "gongshu-2024/1/3/index.md", "报告/一.md", ".generated", "console.md", "a..b"])
def test_safe_file_name_is_accepted_unchanged(name: str) -> None:
    assert writer.safe_name(name).as_posix() == name


@pytest.mark.parametrize("names", [["a.md", "A.md"], ["é", "e\u0301"], ["a", "a/b"]])
def test_file_names_that_collide_on_some_systems_are_refused(names: list[str]) -> None:
    with pytest.raises(writer.WriteError):
        writer.safe_names(names)


# -- files ----------------------------------------------------------------------------------------------------------


def test_file_that_has_the_same_bytes_already_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a.txt"
    assert writer.write_text(path, "报告\r\n") is True
    assert path.read_bytes() == "报告\r\n".encode()
    os.utime(path, (1, 1))
    assert writer.write_text(path, "报告\r\n") is False
    assert path.stat().st_mtime == 1
    assert writer.write_bytes(path, b"x") is True
    assert path.read_bytes() == b"x"
    assert [p.name for p in path.parent.iterdir()] == ["a.txt"]


def test_failed_write_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    with pytest.raises(RuntimeError), writer.atomic_write(path) as out:  # noqa: PT012
        out.write(b"half")
        raise RuntimeError
    assert path.read_bytes() == b"old"
    assert list(tree(tmp_path)) == ["a"]


def test_writing_to_a_symbolic_link_replaces_the_link_not_its_target(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"mine")
    link = tmp_path / "in" / "a"
    link.parent.mkdir()
    link.symlink_to(outside)
    assert writer.write_bytes(link, b"mine") is True
    assert writer.write_bytes(link, b"new") is True
    assert outside.read_bytes() == b"mine"
    assert not link.is_symlink()


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_written_file_obeys_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        writer.write_bytes(tmp_path / "a", b"")
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_writing_a_file_at_the_path_of_a_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(writer.WriteError, match="无法写入"):
        writer.write_bytes(tmp_path / "a", b"")


# -- the folder of generated files ----------------------------------------------------------------------------------


def tree(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder, by path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_sync_folder_removes_stale_generated_files_and_keeps_handmade_ones(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    first = writer.sync_folder(docs, {"index.md": b"1", "a/1/index.md": b"2", "a/2/index.md": b"3"})
    assert first == writer.SyncResult(("a/1/index.md", "a/2/index.md", "index.md"), (), 0)
    (docs / "a" / "by-hand.md").write_bytes(b"hand")
    (docs / "logo.svg").write_bytes(b"hand")
    second = writer.sync_folder(docs, {"index.md": b"1", "a/2/index.md": b"4"})
    assert second == writer.SyncResult(("a/2/index.md",), ("a/1/index.md",), 1)
    assert tree(docs) == {
        ".generated": b"a/2/index.md\nindex.md\n",
        "a/2/index.md": b"4",
        "a/by-hand.md": b"hand",
        "index.md": b"1",
        "logo.svg": b"hand",
    }
    assert not (docs / "a" / "1").exists()
    assert writer.sync_folder(docs, {"index.md": b"1", "a/2/index.md": b"4"}) == writer.SyncResult((), (), 2)


def test_generated_file_and_generated_folder_of_one_name_replace_each_other(tmp_path: Path) -> None:
    writer.sync_folder(tmp_path, {"a": b"1"})
    writer.sync_folder(tmp_path, {"a/b": b"2"})
    writer.sync_folder(tmp_path, {"a": b"3"})
    assert tree(tmp_path) == {".generated": b"a\n", "a": b"3"}


def test_handmade_file_with_other_bytes_is_an_error_and_stays(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_bytes(b"hand")
    with pytest.raises(writer.WriteError, match="不是程序生成的文件"):
        writer.sync_folder(tmp_path, {"index.md": b"1", "b.md": b"2"})
    assert tree(tmp_path) == {"index.md": b"hand"}
    # The same bytes are accepted: a clone may lack the listing.
    writer.sync_folder(tmp_path, {"index.md": b"hand"})


def test_unsafe_line_in_the_listing_is_an_error_with_its_number(tmp_path: Path) -> None:
    (tmp_path / ".generated").write_text("a.md\n<<<<<<< ours\n", encoding="utf-8")
    with pytest.raises(writer.WriteError, match=r"\.generated:2"):
        writer.sync_folder(tmp_path, {"a.md": b""})


def test_listing_with_a_path_outside_the_folder_is_refused_and_removes_nothing(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"")
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / ".generated").write_text("../precious\n", encoding="utf-8")
    with pytest.raises(writer.WriteError):
        writer.sync_folder(docs, {})
    assert (tmp_path / "precious").exists()


def test_sync_folder_refuses_a_folder_that_is_a_symbolic_link(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a").symlink_to(tmp_path / "outside")
    with pytest.raises(writer.WriteError, match="是链接"):
        writer.sync_folder(tmp_path / "docs", {"a/b.md": b""})
    assert list((tmp_path / "outside").iterdir()) == []


def test_half_written_files_of_a_killed_run_are_removed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / ".index.md.part").write_bytes(b"half")
    writer.sync_folder(tmp_path, {"a/index.md": b"1"})
    assert tree(tmp_path) == {".generated": b"a/index.md\n", "a/index.md": b"1"}


# -- the lock -------------------------------------------------------------------------------------------------------


def run(code: str, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    """Start a Python process that runs `code` with these arguments and environment variables."""
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


HOLD = """
import sys
from pathlib import Path
from workreport.project import writer
with writer.lock_project(Path(sys.argv[1]), print):
    print("held", flush=True)
    sys.stdin.read()
"""


def held(project: Path) -> subprocess.Popen[str]:
    """Start a process that locks the project until its stdin is closed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(project)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_second_command_announces_waiting_and_then_gives_up(tmp_path: Path) -> None:
    said: list[str] = []
    with held(tmp_path) as process:
        with pytest.raises(writer.BusyError, match="另一个构建"), writer.lock_project(tmp_path, said.append, wait=0.2):
            pass
        process.kill()
    assert said == ["另一个构建正在进行，等待其结束……"]
    # The system has released the lock of the killed command.
    with writer.lock_project(tmp_path, said.append, wait=0) as staging:
        assert list(staging.iterdir()) == []


def test_second_command_waits_for_the_first(tmp_path: Path) -> None:
    said: list[str] = []
    with held(tmp_path) as process:

        def end(line: str) -> None:
            said.append(line)
            assert process.stdin
            process.stdin.close()

        with writer.lock_project(tmp_path, end, wait=20):
            assert process.wait(10) == 0
    assert len(said) == 1


def test_staging_folder_of_a_killed_build_is_emptied(tmp_path: Path) -> None:
    left = tmp_path / writer.WORK / "staging" / "site"
    left.mkdir(parents=True)
    (left / "index.html").write_bytes(b"half")
    with writer.lock_project(tmp_path, print) as staging:
        assert list(staging.iterdir()) == []
    assert not staging.exists()


# -- the exchange ---------------------------------------------------------------------------------------------------

BUILD = """
import os, signal, sys
from pathlib import Path
from workreport.project import writer
from workreport.project.writer import folder_swap

project, first, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
step = int(os.environ.get("KILL_AT", "0"))  # 1: kill before the first rename or swap, 2: after it, 3: before the second …

def killed(function):
    def call(*arguments):
        global step
        step -= 1
        if step == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*arguments)
        step -= 1
        if step == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    return call

if step:
    folder_swap.rename_folder, folder_swap.swap = killed(folder_swap.rename_folder), killed(folder_swap.swap)
for generation in range(first, first + count):
    with writer.lock_project(project, lambda line: print(line, flush=True)) as staging:
        print("ready", flush=True)
        for folder in ("site", "archive"):
            for number in range(12):
                path = staging / folder / str(number % 3) / f"{number}.html"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(str(generation))
        writer.exchange(project, {folder: staging / folder for folder in ("site", "archive")})
"""


def generation(folder: Path) -> str:
    """Return the content that all twelve files of a folder share; fail if one is missing or differs."""
    files = tree(folder)
    assert len(files) == 12, f"{folder.name} is incomplete: {sorted(files)}"
    (only,) = set(files.values())
    return only.decode()


@pytest.mark.long
@pytest.mark.parametrize("two_steps", ["0", "1"])
def test_exchange_killed_at_random_moments_leaves_each_folder_old_or_new(tmp_path: Path, two_steps: str) -> None:
    environment = {writer.TWO_STEPS: two_steps}
    first = run(BUILD, str(tmp_path), "1", "40", **environment)
    assert first.stdout
    assert first.stdout.readline()
    began = time.monotonic()
    first.communicate(timeout=120)
    each = (time.monotonic() - began) / 40
    assert first.returncode == 0
    dice = random.Random(20240221)
    seen = set()
    for kill in range(KILLS):
        process = run(BUILD, str(tmp_path), str(1000 * (kill + 1)), "900", **environment)
        assert process.stdout
        assert process.stdout.readline()
        time.sleep(dice.uniform(0, max(0.03, 4 * each)))  # at least 0.03 s
        process.send_signal(signal.SIGKILL)
        process.communicate()
        for folder in ("site", "archive"):
            if two_steps == "0" or (tmp_path / folder).exists():
                generation(tmp_path / folder)
        writer.finish_interrupted(tmp_path, print)  # as the next command does
        assert generation(tmp_path / "site") == generation(tmp_path / "archive")
        seen.add(generation(tmp_path / "site"))
        assert not (tmp_path / writer.WORK / "journal.json").exists()
    assert len(seen) > KILLS // 5, "the kills came too early to hit an exchange"


@pytest.mark.parametrize("two_steps", ["0", "1"])
@pytest.mark.parametrize("moment", range(1, 13))
def test_exchange_killed_at_any_rename_is_completed_later(tmp_path: Path, two_steps: str, moment: int) -> None:
    run(BUILD, str(tmp_path), "1", "1").wait(120)
    process = run(BUILD, str(tmp_path), "2", "1", KILL_AT=str(moment), **{writer.TWO_STEPS: two_steps})
    process.communicate(timeout=120)
    if process.returncode == 0:
        assert moment > 4, "the exchange has at least two steps to kill at"
    else:
        assert process.returncode == -signal.SIGKILL
    before = {f: generation(tmp_path / f) for f in ("site", "archive") if (tmp_path / f).exists()}
    if two_steps == "0":
        assert before.keys() == {"site", "archive"}
    said: list[str] = []
    with writer.lock_project(tmp_path, said.append):
        pass
    assert generation(tmp_path / "site") == generation(tmp_path / "archive") == "2"
    assert bool(said) == (before != {"site": "2", "archive": "2"})
    assert all("已恢复完整" in line for line in said)


def test_finish_interrupted_writes_nothing_without_a_journal(tmp_path: Path) -> None:
    said: list[str] = []
    writer.finish_interrupted(tmp_path, said.append)
    assert (said, list(tmp_path.iterdir())) == ([], [])


def test_exchange_puts_a_folder_where_there_was_none(tmp_path: Path) -> None:
    with writer.lock_project(tmp_path, print) as staging:
        (staging / "site").mkdir()
        (staging / "site" / "a").write_bytes(b"1")
        writer.exchange(tmp_path, {"site": staging / "site"})
    assert tree(tmp_path / "site") == {"a": b"1"}


@pytest.mark.parametrize("two_steps", ["0", "1"])
def test_failed_exchange_restores_the_old_folders(
    tmp_path: Path, two_steps: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(writer.TWO_STEPS, two_steps)
    for name in ("archive", "site"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a").write_bytes(b"old")
    replace = folder_swap._replace

    def fails_for_the_second(project: Path, step: folder_swap._Replacement) -> bool:
        if step.live == "site":
            raise writer.WriteError("占用")
        return replace(project, step)

    monkeypatch.setattr(folder_swap, "_replace", fails_for_the_second)
    with writer.lock_project(tmp_path, print) as staging:
        for name in ("archive", "site"):
            (staging / name).mkdir()
            (staging / name / "a").write_bytes(b"new")
        with pytest.raises(writer.WriteError, match="占用"):
            writer.exchange(tmp_path, {name: staging / name for name in ("archive", "site")})
    assert tree(tmp_path / "archive") == tree(tmp_path / "site") == {"a": b"old"}
    assert writer.recover(tmp_path) is None


def test_exchange_refuses_a_live_path_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "site").write_bytes(b"mine")
    with writer.lock_project(tmp_path, print) as staging:
        (staging / "site").mkdir()
        with pytest.raises(writer.WriteError, match="不是普通文件夹"):
            writer.exchange(tmp_path, {"site": staging / "site"})
    assert (tmp_path / "site").read_bytes() == b"mine"


def test_damaged_journal_is_an_error_that_says_to_delete_it(tmp_path: Path) -> None:
    (tmp_path / writer.WORK).mkdir()
    (tmp_path / writer.WORK / "journal.json").write_text("{", encoding="utf-8")
    with pytest.raises(writer.WriteError, match="请删除它"), writer.lock_project(tmp_path, print):
        pass
