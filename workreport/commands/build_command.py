"""Knows the command `build`: everything, or what was asked for. Leaves the work to `build`."""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

from workreport.commands.reporter import DONE, FAILED, Reporter, add_output_options, print_json, reporter_of

MOST_JOBS = 1000
"""The most processes that can be asked for."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `build`."""
    parser.add_argument("--report", metavar="SLUG", default=argparse.SUPPRESS, help="只制作这一份报告的站点")
    parser.add_argument(
        "--only",
        choices=["site"],
        default=argparse.SUPPRESS,
        help="site：只做页面和检索，不做图片、数据文件和离线包",
    )
    parser.add_argument(
        "--jobs",
        type=_processes,
        metavar="N",
        default=argparse.SUPPRESS,
        help="同时工作的进程数（默认：有几个处理器就几个）；做出的文件都一样",
    )
    add_output_options(parser)


def _processes(text: str) -> int:
    """Return the number of processes that is written in an option. Raises `ArgumentTypeError`."""
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= MOST_JOBS:
        raise argparse.ArgumentTypeError(f"应是 1 到 {MOST_JOBS} 的整数")
    return int(text)


def run(options: argparse.Namespace, root: Path) -> int:
    """Build what changed, and print what was made; fail if a report was left out, since its own files are broken."""
    from workreport.build import plan

    reporter = reporter_of(options)
    only_site = getattr(options, "only", None) == "site"
    order = plan.BuildOrder(
        root,
        getattr(options, "report", None),
        only_site,
        plan.fallback_date(os.environ),
        jobs=getattr(options, "jobs", None),
    )
    start = time.perf_counter()
    files = plan.unchanged(order)
    if files is not None:
        reporter.line(f"没有变化：{files} 个文件的摘要都与上次相同，不必重做。")
        print_json(options, {"status": "unchanged", "files": files, "seconds": round(time.perf_counter() - start, 3)})
        return DONE
    from workreport.build import outputs

    made = outputs.build(order, reporter.stage, reporter.line, reporter.missing_tool, reporter.notice)
    reporter.line(
        f"完成：{made.pages} 页，{time.perf_counter() - start:.2f} 秒。打开 {os.path.relpath(root / 'site' / 'index.html')}"
    )
    report_outdated(reporter, root)
    print_json(
        options,
        {
            "status": "incomplete" if made.broken else "built",
            "reports": list(made.reports),
            "broken": {report.slug: [reporter.translate(fault) for fault in report.faults] for report in made.broken},
            "pages": made.pages,
            "archive": list(made.archive),
            "lacking": reporter.missing,
            "stages": reporter.stages,
            "seconds": round(time.perf_counter() - start, 3),
        },
    )
    if made.broken:
        slugs = "、".join(report.slug for report in made.broken)
        reporter.error(f"没有做成的报告：{slugs}，site/ 里没有它们，原因见上。其余都已做好。改正后再运行一次。")
    return FAILED if made.broken else DONE


def report_outdated(reporter: Reporter, root: Path) -> None:
    """Print a line if `archive/` was made from other report texts than `site/`; this is no error."""
    from workreport.build import outputs

    if outputs.outdated(root):
        reporter.line("archive/ 是较早一次构建的，与现在的网站不同。")
