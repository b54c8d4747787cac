"""Sets up what the desk needs on first use, then opens it: what `desk.bat`, `desk.command` and `desk.sh` run.

Run: `python tools/desk_setup.py [FOLDER]`, with any Python 3 and without a library. It makes `.venv` beside `build.py` and installs
`requirements/desk.lock` into it, from the folder `wheelhouse` if there is one (no network is asked then), otherwise from
the network. FOLDER is the project to open; by default 政府工作报告 in the user's folder of documents. What `make desk` has set
up is taken as it is, and the other way round.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from build import OLDEST, venv_python  # noqa: E402 - the folder of build.py must be known first

WHEELHOUSE = "wheelhouse"
LOG = ".venv/desk-setup.log"
PROJECT = "政府工作报告"


class SetupError(Exception):
    """The desk cannot be set up; the message (Chinese) says what to do."""


def is_ready(root: Path) -> bool:
    """Say whether the libraries of the lock file as it is now have been installed."""
    stamp, lock = root / ".venv" / ".desk", root / "requirements" / "desk.lock"
    return stamp.is_file() and stamp.stat().st_mtime >= lock.stat().st_mtime


def works(python: Path | None) -> bool:
    """Say whether this Python starts and is new enough: that of a `.venv` does not once its Python has been taken away."""
    if python is None:
        return False
    command = [str(python), "-c", f"import sys; sys.exit(sys.version_info < {OLDEST})"]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def has_wheelhouse(root: Path) -> bool:
    """Say whether there are wheels to install from without a network."""
    return any((root / WHEELHOUSE).glob("*.whl"))


def pip_command(python: Path, root: Path) -> list[str]:
    """Return the command that installs the libraries: each held to the hash of the lock file, without a network if possible."""
    command = [
        str(python),
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--require-hashes",
        "--only-binary",
        ":all:",
    ]
    if has_wheelhouse(root):
        command += ["--no-index", "--find-links", str(root / WHEELHOUSE)]
    return [*command, "--requirement", str(root / "requirements" / "desk.lock")]


def documents(home: Path, environment: dict[str, str] | os._Environ[str]) -> Path:
    """Return the user's folder of documents, or `home` if none is found.

    Windows and macOS call it Documents on the disk in every language; on Linux it is what the desktop wrote to
    `user-dirs.dirs` (freedesktop.org, xdg-user-dirs).

    >>> documents(Path("no such home"), {}).as_posix()
    'no such home'
    """
    config = Path(environment.get("XDG_CONFIG_HOME") or home / ".config") / "user-dirs.dirs"
    try:
        lines = config.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        lines = []
    named = [line.partition("=")[2].strip().strip('"') for line in lines if line.startswith("XDG_DOCUMENTS_DIR=")]
    for folder in [Path(name.replace("$HOME", str(home))) for name in named] + [home / "Documents"]:
        if folder.is_dir():
            return folder
    return home


def _make_environment(root: Path) -> Path:
    """Make `.venv`, or anew if its Python is gone, and return its Python. Raises `SetupError`."""
    python = venv_python(root)
    if python is not None and works(python):
        return python
    try:
        import ensurepip  # noqa: F401 - Debian, UOS and Kylin have it in a package of its own
        import venv

        venv.EnvBuilder(clear=True, with_pip=True).create(root / ".venv")
    except ImportError as error:
        raise SetupError(
            "这台电脑的 Python 不全，少了 venv。请在终端运行：sudo apt install python3-venv，再打开一次。"
        ) from error
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetupError(
            f"无法在 {root} 里准备（{error}）。请把整个文件夹放到您能写入的地方，例如“文档”，再打开一次。"
        ) from error
    made = venv_python(root)
    if made is None:
        raise SetupError(f"{root / '.venv'} 没有建好。请删去这个文件夹，再打开一次。")
    return made


def packages_of(root: Path) -> Path:
    """Return the folder of the libraries in `.venv`: `lib/python3.13/site-packages`, on Windows `Lib/site-packages`."""
    return min(path for path in (root / ".venv").glob("[Ll]ib/**/site-packages") if path.is_dir())


def set_up(root: Path) -> Path:
    """Make `.venv` and install the libraries, unless that is done; return its Python. Raises `SetupError`.

    What was interrupted is done again the next time: the stamp is written last.
    """
    python = venv_python(root)
    if is_ready(root) and works(python) and python is not None:
        return python
    print("第一次使用，或程序有了更新：正在准备，约一两分钟，请不要关闭这个窗口……", flush=True)
    python = _make_environment(root)
    done = subprocess.run(pip_command(python, root), capture_output=True, check=False)
    (root / LOG).write_bytes(done.stdout + done.stderr)
    if done.returncode:
        raise SetupError(
            f"准备没有完成，详情在 {root / LOG}。"
            + (
                f"{WHEELHOUSE} 里没有适合这台电脑的 Python {sys.version_info[0]}.{sys.version_info[1]} 的文件，请向给您程序的人要一份。"
                if has_wheelhouse(root)
                else "请检查网络后再打开一次；不能上网的电脑，请向给您程序的人要带 wheelhouse 文件夹的一份。"
            )
        )
    packages = packages_of(root)
    (packages / "workreport.pth").write_text(os.path.relpath(root, packages) + "\n", encoding="utf-8")
    for stamp in (".runtime", ".desk"):
        (root / ".venv" / stamp).touch()
    print("准备好了。", flush=True)
    return python


def main(arguments: list[str]) -> int:
    """Set up, open the desk, wait until it ends, and return its exit code; 1 with a message if it cannot be set up."""
    if sys.version_info < OLDEST:
        print(f"这是 Python {sys.version.split()[0]}，需要 3.11 以上。请从 www.python.org 安装新的，再打开一次。")
        return 1
    from workreport.project.writer import BusyError, WriteError, lock_project

    try:
        with lock_project(ROOT, lambda line: print(line, flush=True), what="准备"):
            python = set_up(ROOT)
    except (SetupError, BusyError, WriteError) as error:
        print(error)
        return 1
    given = [word for word in arguments if not word.startswith("-")]
    folder = [] if given else [str(documents(Path.home(), os.environ) / PROJECT)]
    try:
        return subprocess.run(
            [str(python), str(ROOT / "build.py"), "desk", *folder, *arguments], check=False
        ).returncode
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
