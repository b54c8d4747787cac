"""Knows the command `add`: takes a report in. Leaves the work to `build.add`."""

from __future__ import annotations

import argparse
from pathlib import Path

from workreport.commands.days import ask, day
from workreport.commands.reporter import DONE, add_output_options, print_json, reporter_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `add`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="报告文件")
    parser.add_argument("--slug", help="报告的短名：小写字母、数字、连字符，如 gongshu-2024")
    parser.add_argument(
        "--published", type=day, metavar="YYYY-MM-DD", help="报告在网上发布的日期；不写，在终端里会问，回车跳过"
    )
    add_output_options(parser)


def run(options: argparse.Namespace, root: Path) -> int:
    """Run the command and return its exit code."""
    from workreport.build.add import add_report

    reporter = reporter_of(options)
    published = options.published
    if published is None and not reporter.silent:
        published = ask("报告在网上哪一天发布？写作 2024-02-22，不知道就直接回车：", reporter.line)
    added = add_report(root, options.file, options.slug, reporter.line, published=published)
    if getattr(options, "json", False):
        print_json(
            options,
            {
                "slug": added.slug,
                "written": list(added.written),
                "guessed": {reporter.translate(label): value for label, value in added.guessed},
                "look": list(map(reporter.translate, added.look)),
                "front": list(added.front),
                "held": list(added.held),
                "others": list(added.others),
            },
        )
    for line in added.lines():
        reporter.line(line)
    return DONE
