"""Knows the command `new`: an empty project. Leaves the work to `build.new_project`."""

from __future__ import annotations

import argparse
from pathlib import Path

from workreport.commands.reporter import DONE, add_output_options, print_json, reporter_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `new`."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="新项目的文件夹，没有就建立")
    add_output_options(parser)


def run(options: argparse.Namespace, root: Path) -> int:
    """Make the project and print what to do next."""
    from workreport.build.new_project import make_project

    del root
    reporter = reporter_of(options)
    written = make_project(options.folder, reporter.line)
    reporter.line(f"已建立项目：{options.folder}/")
    for name in written:
        reporter.line(f"  写入 {name}")
    reporter.line(
        f"下一步：在 site.toml 里写上站名和发布单位，再收入报告：build.py --project {options.folder} add 报告.docx"
    )
    print_json(options, {"folder": str(options.folder), "written": list(written)})
    return DONE
