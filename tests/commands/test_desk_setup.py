"""Tests of what a double click runs: the launchers of three systems, the set-up of the desk, and the wheelhouse.

Knows faked platforms and, in a long test, a fresh copy without a network. Windows and macOS themselves are not tried here.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import ROOT, copy_project
from tools import desk_setup, wheelhouse

LOCK = (ROOT / "requirements" / "desk.lock").read_text(encoding="utf-8")


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A folder with a lock file and a `.venv` that was set up after it."""
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    (tmp_path / "requirements").mkdir()
    for name, moment in (("requirements/desk.lock", 1_000), (".venv/.desk", 2_000)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (moment, moment))
    return tmp_path


def test_libraries_are_installed_again_only_when_the_lock_file_is_newer(program: Path) -> None:
    assert desk_setup.is_ready(program)
    os.utime(program / "requirements" / "desk.lock", (3_000, 3_000))
    assert not desk_setup.is_ready(program)
    (program / ".venv" / ".desk").unlink()
    assert not desk_setup.is_ready(program)


def test_set_up_that_is_done_is_taken_as_it_is(program: Path) -> None:
    assert desk_setup.set_up(program) == program / ".venv" / "bin" / "python"
    assert not (program / desk_setup.LOG).exists()


def test_python_that_is_gone_or_too_old_does_not_work(tmp_path: Path) -> None:
    assert desk_setup.works(Path(sys.executable))
    assert not desk_setup.works(None)
    gone, old = tmp_path / "gone", tmp_path / "old"
    gone.symlink_to(tmp_path / "nowhere")
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    assert not desk_setup.works(gone)
    assert not desk_setup.works(old)


def test_a_wheelhouse_is_installed_from_without_asking_the_network(tmp_path: Path) -> None:
    assert "--no-index" not in desk_setup.pip_command(Path("python"), tmp_path)
    (tmp_path / "wheelhouse").mkdir()
    assert "--no-index" not in desk_setup.pip_command(Path("python"), tmp_path)
    (tmp_path / "wheelhouse" / "flask-1-py3-none-any.whl").touch()
    command = desk_setup.pip_command(Path("python"), tmp_path)
    assert command[command.index("--find-links") + 1] == str(tmp_path / "wheelhouse")
    assert "--no-index" in command
    assert "--require-hashes" in command


def test_failed_set_up_says_what_to_do_and_is_tried_again(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (program / ".venv" / ".desk").unlink()
    monkeypatch.setattr(
        desk_setup, "pip_command", lambda python, _: [str(python), "-c", "import sys; sys.exit('no way')"]
    )
    with pytest.raises(desk_setup.SetupError, match="请检查网络"):
        desk_setup.set_up(program)
    assert "no way" in (program / desk_setup.LOG).read_text(encoding="utf-8")
    assert not desk_setup.is_ready(program)
    (program / "wheelhouse").mkdir()
    (program / "wheelhouse" / "a.whl").touch()
    with pytest.raises(desk_setup.SetupError, match="wheelhouse 里没有适合这台电脑的"):
        desk_setup.set_up(program)


@pytest.mark.parametrize("python", ["bin/python", "Scripts/python.exe"])
def test_package_folder_of_posix_and_of_windows_is_found(tmp_path: Path, python: str) -> None:
    packages = tmp_path / ".venv" / ("Lib" if "Scripts" in python else "lib/python3.13") / "site-packages"
    packages.mkdir(parents=True)
    assert desk_setup.packages_of(tmp_path) == packages


def test_folder_of_documents_is_that_of_the_desktop(tmp_path: Path) -> None:
    assert desk_setup.documents(tmp_path, {}) == tmp_path
    (tmp_path / "Documents").mkdir()
    assert desk_setup.documents(tmp_path, {}) == tmp_path / "Documents"
    (tmp_path / "文档").mkdir()
    (tmp_path / ".config").mkdir()
    (tmp_path / ".config" / "user-dirs.dirs").write_text('# own\nXDG_DOCUMENTS_DIR="$HOME/文档"\n', encoding="utf-8")
    assert desk_setup.documents(tmp_path, {}) == tmp_path / "文档"
    (tmp_path / "文档").rmdir()
    assert desk_setup.documents(tmp_path, {}) == tmp_path / "Documents"


def test_old_python_is_told_before_anything_is_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(desk_setup, "OLDEST", (99, 0))
    assert desk_setup.main([]) == 1
    assert "需要 3.11 以上" in capsys.readouterr().out


# -- the launchers --------------------------------------------------------------------------------------------------


def test_launcher_of_windows_is_ascii_with_its_line_ends_and_jumps_only_to_its_labels() -> None:
    data = (ROOT / "desk.bat").read_bytes()
    assert data.isascii()
    assert data.count(b"\n") == data.count(b"\r\n")
    text = data.decode("ascii")
    assert set(re.findall(r"goto (\w+)", text)) <= set(re.findall(r"^:(\w+)", text, re.MULTILINE))
    assert all((ROOT / path.replace("\\", "/")).is_file() for path in re.findall(r"tools\\[\w.-]+", text))


def test_launchers_of_linux_and_macos_may_be_run_and_have_no_fault() -> None:
    for name in ("desk.sh", "desk.command"):
        assert os.access(ROOT / name, os.X_OK), name
        assert subprocess.run(["sh", "-n", str(ROOT / name)], check=False).returncode == 0, name
    if not (linter := shutil.which("shellcheck")):
        pytest.skip("no shellcheck")
    done = subprocess.run([linter, "desk.sh", "desk.command"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_launcher_without_a_python_says_where_help_stands(tmp_path: Path) -> None:
    (tmp_path / "dirname").symlink_to(shutil.which("dirname") or "/usr/bin/dirname")
    done = subprocess.run(
        ["/bin/sh", str(ROOT / "desk.sh")], env={"PATH": str(tmp_path)}, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "没有 Python 3.11" in done.stdout
    assert "不用命令行" in (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")


# -- the wheelhouse -------------------------------------------------------------------------------------------------


def test_lock_file_is_read_whole() -> None:
    libraries = wheelhouse.locked_libraries(LOCK)
    assert "".join(library.lines for library in libraries) == LOCK
    assert all("--hash=sha256:" in library.lines for library in libraries)
    assert {library.requirement.partition("==")[0] for library in libraries} >= {"flask", "mkdocs", "typst"}


@pytest.mark.parametrize("platform", wheelhouse.PLATFORMS)
@pytest.mark.parametrize("python", wheelhouse.PYTHONS)
def test_each_machine_gets_one_version_of_each_library(platform: str, python: str) -> None:
    kind = wheelhouse.PLATFORMS[platform]
    names = [
        lib.requirement.partition("==")[0] for lib in wheelhouse.locked_libraries(LOCK) if lib.wanted(kind, python)
    ]
    assert len(names) == len(set(names))


def test_marker_of_another_system_leaves_a_library_out() -> None:
    (library,) = wheelhouse.locked_libraries("colorama==0.4.6 ; sys_platform == 'win32' \\\n    --hash=sha256:00\n")
    wanted = {name for name, kind in wheelhouse.PLATFORMS.items() if library.wanted(kind, "3.12")}
    assert wanted == {"windows"}


@pytest.mark.long
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the launcher for Linux")
def test_desk_opens_in_a_fresh_copy_without_a_network(tmp_path: Path) -> None:
    """With a wheelhouse for this machine alone; pip finds no index and no folder of its own settings."""
    program = copy_project(tmp_path / "program")
    python = f"{sys.version_info[0]}.{sys.version_info[1]}"
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "wheelhouse.py"), "--to", str(program / "wheelhouse"), "--platform",
         f"linux-{os.uname().machine}", "--python", python],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    environment |= {
        "PIP_CONFIG_FILE": os.devnull,
        "HOME": str(tmp_path),
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
    }
    desk = subprocess.Popen(
        ["sh", "desk.sh", "--no-browser"], cwd=program, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        assert desk.stdout
        said = []
        for line in desk.stdout:
            said.append(line)
            if found := re.search(r"http://127\.0\.0\.1:\S+", line):
                break
        else:
            pytest.fail("".join(said))
        browser = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor()
        )  # the address is good for one cookie
        with browser.open(found[0]) as page:
            assert "政府工作报告" in page.read().decode()
    finally:
        os.killpg(desk.pid, signal.SIGTERM)
        desk.wait()
    assert desk_setup.is_ready(program)
