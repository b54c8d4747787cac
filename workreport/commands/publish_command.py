"""Knows the command `publish`: a new version in a served folder. Leaves the work to `publish`."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path

from workreport.commands.reporter import DONE, add_output_options, print_json, reporter_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `publish`."""
    parser.add_argument("--to", type=Path, required=True, metavar="DIR", help="网页服务器所指的文件夹")
    parser.add_argument("--again", action="store_true", help="与最新一版相同也照样发布")
    parser.add_argument(
        "--plain", action="store_true", help="不用链接和改名（适于对象存储、网盘等）：改用指针文件 current.js，最后写它"
    )
    add_output_options(parser)


def run(options: argparse.Namespace, root: Path) -> int:
    """Run the command and return its exit code."""
    from workreport import publish

    reporter = reporter_of(options)
    done = publish.publish(root, options.to, reporter.line, again=options.again, plain=options.plain)
    reporter.line(done.summary())
    print_json(options, {"status": "unchanged" if done.unchanged else "published", **dataclasses.asdict(done)})
    return DONE
