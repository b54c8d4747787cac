"""Knows how a checkout runs the commands of `workreport`: `python build.py`, `python build.py add FILE` and so on.

Any Python 3 may run this file: if the libraries are missing or the Python is too old, the file starts itself again with
the Python of `.venv`. Leaves the commands to `workreport.commands`.
"""

from __future__ import annotations

import importlib.util
import os
import runpy
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
OLDEST = (3, 11)
"""The oldest Python version that runs `workreport`."""
STARTED_AGAIN = "workreport-started-again"
"""The `-X` option that marks the second start, so that there is never a third."""


def venv_python(root: Path, system: str = os.name) -> Path | None:
    """Return the path of the Python in `root/.venv`, None if there is none. `system` is an `os.name`: "nt" is Windows.

    >>> venv_python(Path("no such folder"))
    """
    inside = "Scripts/python.exe" if system == "nt" else "bin/python"
    path = root / ".venv" / inside
    return path if path.is_file() else None


def start_again(*arguments: str) -> None:
    """Run `python ARGUMENTS` with the Python of `.venv` instead of this process, and exit with its exit code.

    Return without doing anything if there is no `.venv`, or if this process is already the second start.
    """
    python = venv_python(ROOT)
    if python is None or STARTED_AGAIN in sys._xoptions:  # noqa: SLF001 - documented; it has no other name
        return
    command = [str(python), "-X", STARTED_AGAIN, *arguments]
    if os.name != "nt":
        os.execv(python, command)  # replaces this process, so that signals and pipes still reach the command
    with subprocess.Popen(command) as running:
        while True:
            try:
                sys.exit(running.wait())
            except KeyboardInterrupt:  # Ctrl+C reaches both processes; the second one prints the message
                continue


def make_wheel() -> None:
    """Run the package `build` of PyPI, since `python -m build` in this folder finds this file instead of that package.

    If this Python lacks the package, try the Python of `.venv`; if that lacks it too, exit with a message.
    """
    sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != ROOT]
    if importlib.util.find_spec("build") is None:
        start_again("-m", "build", *sys.argv[1:])
        sys.exit("build.py: 这个 Python 里没有 build。请运行 make wheel，或先运行 pip install build。")
    runpy.run_module("build", run_name="__main__", alter_sys=True)


def run_command() -> int:
    """Run the command named on the command line and return its exit code; exit with a message if the Python is too old."""

    def in_venv() -> None:
        start_again(str(Path(__file__).resolve()), *sys.argv[1:])

    if sys.version_info < OLDEST:
        in_venv()
        sys.exit(
            f"build.py: 这是 Python {sys.version.split()[0]}，需要 3.11 以上。请先运行 make site（或按 README 的两行命令建好 .venv）。"
        )
    from workreport.commands import main

    return main(without_libraries=in_venv)


if __name__ == "__main__":
    if getattr(__spec__, "name", None) == "build":  # python -m build
        make_wheel()
    else:
        sys.exit(run_command())
