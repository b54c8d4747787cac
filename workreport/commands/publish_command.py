"""Knows the command `publish`: a new version in a served folder. Leaves the work to `build.outputs` and `publish`."""

from __future__ import annotations

import argparse
import dataclasses
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from workreport.commands.days import day
from workreport.commands.reporter import DONE, add_output_options, print_json, reporter_of

if TYPE_CHECKING:
    from workreport.commands.reporter import Reporter
    from workreport.project.progress import Stage


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
    add_output_options(parser)


def run(options: argparse.Namespace, root: Path) -> int:
    """Make the site whole and current, publish it, and print what changed."""
    from workreport import publish

    reporter = reporter_of(options)
    _make_current(root, reporter, partial=options.partial, drop=options.drop)
    done = publish.publish(
        root, options.to, reporter.line,
        again=options.again, plain=options.plain, drop=options.drop, day=options.date,
    )  # fmt: skip
    reporter.line(done.summary())
    print_json(options, {"status": "unchanged" if done.unchanged else "published", **dataclasses.asdict(done)})
    return DONE


def _make_current(root: Path, reporter: Reporter, *, partial: bool, drop: Collection[str]) -> None:
    """Build the project again if anything changed since the last build. Raises `PublishError` if that was no whole site.

    That is: pages alone, one report alone, or without a report whose own files are broken. With `partial` such a site is
    accepted, as is one of which it is not known how it was built; a report whose slug is in `drop` need not be there.
    """
    from workreport.build import outputs, plan
    from workreport.publish import PublishError

    epoch = plan.fallback_date(os.environ)
    last = plan.last_build(root, epoch)
    if last is None and partial:
        return
    if last and last.partial and not partial:
        made = f"只有报告 {last.order.report}" if last.order.report else "只有页面，没有数据文件、图片和离线包"
        raise PublishError(
            f"site/ 不完整：{made}。没有发布。请先运行 build.py 全部制作；确要这样发布，请加上 --partial。"
        )
    if last and last.current:
        return
    why = "报告、设置或网站在上次制作之后改过，先重新制作。" if last else "不知道 site/ 是怎样做成的，先重新制作。"
    order = last.order if last else plan.BuildOrder(root, fallback_date=epoch)
    built = outputs.build(
        order, _told_after_the_first(reporter, why), reporter.line, reporter.missing_tool, reporter.notice
    )
    lacking = [report.slug for report in built.broken if report.slug not in drop]
    if lacking and not partial:
        raise PublishError(
            f"site/ 不完整：没有做成的报告：{'、'.join(lacking)}，原因见上。没有发布。请改正后再发布；"
            "确要发布没有它们的网站，请加上 --partial。"
        )


def _told_after_the_first(reporter: Reporter, why: str) -> Stage:
    """Return a `Stage` that reports as `reporter` does, and says `why` once the first stage is done.

    Before it, this Python may turn out to lack a library, and another one run the whole command again.
    """
    told: list[str] = []

    @contextmanager
    def stage(name: str, detail: str = "") -> Iterator[None]:
        with reporter.stage(name, detail):
            yield
            if not told:
                told.append(why)
                reporter.line(why)

    return stage
