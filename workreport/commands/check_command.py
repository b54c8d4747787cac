"""Knows the command `check`: proves a site and an archive, or single files. Leaves the checks to `verify`."""

from __future__ import annotations

import argparse
from pathlib import Path

from workreport.commands.build_command import report_outdated
from workreport.commands.reporter import DONE, FAILED, add_output_options, print_json, reporter_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `check`."""
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE", help="archive/ 里的文件，或 SHA256SUMS")
    parser.add_argument("--key", metavar="KEY", help="发布者的 minisign 公钥（文件或文字），用来核对 SHA256SUMS 的签名")
    add_output_options(parser)


def run(options: argparse.Namespace, root: Path) -> int:
    """Run the command and return its exit code."""
    if options.files:
        return _check_files(options)
    from workreport.build import labels_missing, plan, private_doubts
    from workreport.project import writer
    from workreport.verify import site

    reporter = reporter_of(options)
    writer.finish_interrupted(root, reporter.line)
    problems = site.check(root)
    for problem in problems:
        reporter.error(str(problem))
    print_json(
        options,
        {"status": "failed" if problems else "sound", "problems": [reporter.translate(str(p)) for p in problems]},
    )
    if not problems:
        reporter.line("核对无误：链接、锚点、校验和都对，没有来自别处的资源。")
        if lacking := plan.left_out(root):
            reporter.notice(f"提示：上一次构建没有做成的报告：{'、'.join(lacking)}，site/ 里没有它们。")
        for line in (*private_doubts.stored(root), *labels_missing.missing(root)):
            reporter.line(line)
        report_outdated(reporter, root)
    return FAILED if problems else DONE


def _check_files(options: argparse.Namespace) -> int:
    from workreport.verify.files import prove

    reporter = reporter_of(options)
    verdicts = [(path, prove(path, options.key)) for path in options.files]
    for _, verdict in verdicts:
        reporter.line(verdict.line)
        for problem in verdict.problems:
            reporter.error(problem)
    rows = [
        {
            "file": str(path),
            "proven": v.code == DONE,
            "line": reporter.translate(v.line),
            "problems": list(map(reporter.translate, v.problems)),
        }
        for path, v in verdicts
    ]
    code = max(verdict.code for _, verdict in verdicts)
    print_json(options, {"status": "failed" if code else "sound", "files": rows})
    return code
