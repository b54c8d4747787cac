"""Knows the command `desk`: the publisher's desk in a browser on this machine. Leaves the work to `desk`."""

from __future__ import annotations

import argparse
import importlib.util
from pathlib import Path

from workreport.commands.reporter import reporter_of

_LIBRARIES = ("flask", "tomlkit", "waitress")
"""The libraries of the optional extra `desk`."""


class NoDesk(ImportError):
    """This Python lacks libraries of the desk; the message says which, and what to run.

    It is an ImportError, so that `build.py` first tries the Python of `.venv`.
    """


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `desk`."""
    parser.add_argument(
        "folder",
        type=Path,
        nargs="?",
        metavar="FOLDER",
        help="项目文件夹（默认：当前文件夹；还没有项目，就在页面上新建）",
    )
    parser.add_argument("--port", type=int, default=0, help="端口（默认：任选一个空的）")
    parser.add_argument("--no-browser", action="store_true", help="不打开浏览器，只打印地址")


def run(options: argparse.Namespace, root: Path) -> int:
    """Run the command and return its exit code. Raises `NoDesk` if the optional libraries are missing."""
    lacking = [name for name in _LIBRARIES if importlib.util.find_spec(name) is None]
    if lacking:
        raise NoDesk(
            f"这个 Python 里没有编辑台要用的 {'、'.join(lacking)}。请先运行 make desk；"
            '没有 make 的，运行 python -m pip install --require-hashes -r requirements/desk.lock（装好的程序：pip install "workreport[desk]"）。'
        )
    from workreport.desk import serve_desk

    folder = options.folder.resolve() if options.folder else None
    reporter = reporter_of(options)
    return serve_desk(folder, root, options.port, reporter.line, open_browser=not options.no_browser)
