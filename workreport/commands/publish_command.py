"""Knows the command `publish`: a new version in a served folder. Leaves the work to `build.outputs` and `publish`."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path

from workreport.commands.days import day
from workreport.commands.reporter import DONE, add_output_options, print_json, reporter_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `publish`."""
    parser.add_argument("--to", type=Path, required=True, metavar="DIR", help="网页服务器所指的文件夹")
    parser.add_argument(
        "--date", type=day, metavar="YYYY-MM-DD", help="这一版的发布日期；不写用 SOURCE_DATE_EPOCH，再没有就是今天"
    )
    parser.add_argument("--again", action="store_true", help="与最新一版相同也照样发布")
    parser.add_argument(
        "--plain", action="store_true", help="不用链接和改名（适于对象存储、网盘等）：改用指针文件 current.js，最后写它"
    )
    parser.add_argument(
        "--partial", action="store_true", help="网站不完整（只做了页面，或只做了一份报告，或有报告没有做成）也照样发布"
    )
    parser.add_argument(
        "--drop",
        metavar="SLUG",
        action="append",
        default=[],
        help="公开的网站上有、这次没有的报告，确要撤下（可写多次）",
    )
    parser.add_argument(
        "--back", metavar="VERSION", help="退回以前的一版：把那一版（如 2024-02-21.1）再发布一次；项目里的文件不变"
    )
    add_output_options(parser)


def run(options: argparse.Namespace, root: Path) -> int:
    """Make the site whole and current, or take that of an earlier version, publish it, and print what changed."""
    from workreport import publish

    reporter = reporter_of(options)
    if options.back:
        project = publish.restored(root, options.to, options.back)
    else:
        project = root
        publish.make_current(
            root, reporter.stage, reporter.line, reporter.missing_tool, reporter.notice,
            partial=options.partial, drop=options.drop,
        )  # fmt: skip
    done = publish.publish(
        project, options.to, reporter.line,
        again=options.again, plain=options.plain, drop=options.drop, day=options.date,
    )  # fmt: skip
    reporter.line(done.summary())
    print_json(options, {"status": "unchanged" if done.unchanged else "published", **dataclasses.asdict(done)})
    return DONE
