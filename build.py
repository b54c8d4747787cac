"""The commands of `workreport`, from a checkout: `python build.py`, `python build.py add FILE`, `python build.py --help`.

Any Python may run it: where the libraries are missing, it starts itself again with the Python of `.venv`.
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
STARTED_AGAIN = "workreport-started-again"
"""The `-X` option of the second start, so that there is never a third."""


def venv_python(root: Path, system: str = os.name) -> Path | None:
    """The Python of `root/.venv`, None where there is none. `system` is an `os.name`: "nt" is Windows.

    >>> venv_python(Path("no such folder"))
    """
    inside = "Scripts/python.exe" if system == "nt" else "bin/python"
    path = root / ".venv" / inside
    return path if path.is_file() else None


def start_again(*arguments: str) -> None:
    """Run `python ARGUMENTS` in the Python of `.venv` and exit with its code; return where that is not possible."""
    python = venv_python(ROOT)
    if python is None or STARTED_AGAIN in sys._xoptions:  # noqa: SLF001 - documented; it has no other name
        return
    command = [str(python), "-X", STARTED_AGAIN, *arguments]
    if os.name != "nt":
        os.execv(python, command)  # the same process: signals and pipes stay as they are
    with subprocess.Popen(command) as running:
        while True:
            try:
                sys.exit(running.wait())
            except KeyboardInterrupt:  # Ctrl+C reaches both; the second one says what it means
                continue


def make_wheel() -> None:
    """`python -m build` in this folder finds this file first: hand over to the package `build` of PyPI."""
    sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != ROOT]
    if importlib.util.find_spec("build") is None:
        start_again("-m", "build", *sys.argv[1:])
        sys.exit("build.py: 这个 Python 里没有 build。请运行 make wheel，或先运行 pip install build。")
    runpy.run_module("build", run_name="__main__", alter_sys=True)


def run_command() -> int:
    """The command named on the command line; its exit code."""

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
