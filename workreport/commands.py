"""Knows the command line: arguments, messages and exit codes.

Exit codes: 0 done, 1 bad input or failed check, 2 wrong usage, 130 interrupted by Ctrl+C. Leaves the work to the other
packages, each imported only by the command that needs it.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from workreport import __version__

DONE, FAILED = 0, 1
"""Exit codes."""


class Reporter:
    """Prints progress: one line for each stage with its time in seconds, in bold only on a terminal without NO_COLOR.

    `quiet` prints no progress; neither does `machine` (`--json`), since stdout then has the JSON alone. Missing tools are
    always reported, on stderr. `stages` and `missing` collect what was reported, for the JSON.
    """

    def __init__(self, *, quiet: bool, machine: bool) -> None:
        self.silent = quiet or machine
        self.colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
        self.stages: list[dict[str, str | float]] = []
        self.missing: list[str] = []

    def line(self, words: str) -> None:
        """Print a line, unless silent."""
        if not self.silent:
            print(words, flush=True)

    def missing_tool(self, words: str) -> None:
        """Print to stderr (also when silent) which font or tool is missing and what is therefore not made."""
        self.missing.append(words)
        print(words, file=sys.stderr, flush=True)

    @contextmanager
    def stage(self, name: str, detail: str = "") -> Iterator[None]:
        """Time the `with` block and print one line for it, none if it raises. This method is a `progress.Stage`."""
        start = time.perf_counter()
        yield
        seconds = time.perf_counter() - start
        self.stages.append({"stage": name, "detail": detail, "seconds": round(seconds, 3)})
        shown = f"\x1b[1m{name}\x1b[0m" if self.colour else name
        self.line(f"{shown}  {detail + '  ' if detail else ''}{seconds:.2f} 秒")


def _parser() -> argparse.ArgumentParser:
    p = argparse.ArgumentParser(
        prog="workreport",
        description="把政府工作报告做成可检索、可引用、可离线保存的网站。没有命令时：全部制作。",
        epilog="例：build.py add 报告.docx ；build.py ；build.py check ；build.py publish --to /srv/gzbg",
    )
    p.add_argument("--version", action="version", version=f"workreport {__version__}")
    p.add_argument("--project", type=Path, default=None, metavar="DIR", help="项目文件夹（默认：当前文件夹）")
    commands = p.add_subparsers(dest="command", metavar="COMMAND")
    build = commands.add_parser("build", help="制作 docs/、site/、archive/（不写命令时执行的就是 build）")
    for parser in (p, build):
        parser.add_argument("--report", metavar="SLUG", default=argparse.SUPPRESS, help="只制作这一份报告的站点")
        parser.add_argument(
            "--only",
            choices=["site"],
            default=argparse.SUPPRESS,
            help="site：只做页面和检索，不做图片、数据文件和离线包",
        )
        parser.add_argument(
            "--quiet", action="store_true", default=argparse.SUPPRESS, help="只报告错误和缺少的字体、工具"
        )
        parser.add_argument(
            "--json", action="store_true", default=argparse.SUPPRESS, help="结果以 JSON 打印，供脚本使用"
        )
    add = commands.add_parser("add", help="收入一份新报告，推测它的题头，说明推测了什么")
    add.add_argument("file", type=Path, metavar="FILE")
    add.add_argument("--slug", help="报告的短名：小写字母、数字、连字符，如 gongshu-2024")
    add.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    add.add_argument("--quiet", action="store_true", default=argparse.SUPPRESS)
    inspect = commands.add_parser("inspect", help="读一个文件，把读到的一切以 JSON 打印，不写任何文件")
    inspect.add_argument("file", type=Path, metavar="FILE")
    serve = commands.add_parser("serve", help="本机预览；报告、模板、词表一改就重做")
    serve.add_argument("--port", type=int, default=8000)
    check = commands.add_parser(
        "check",
        help="核对做好的站点与离线包；给出文件时，只核对这些文件有没有改动（不需要项目）",
        description="没有文件时：核对项目的 site/ 与 archive/：链接、锚点、校验和、外部资源。有文件时：逐个核对，凭旁边的 SHA256SUMS 或包内的清单。",
    )
    check.add_argument("files", type=Path, nargs="*", metavar="FILE", help="archive/ 里的文件，或 SHA256SUMS")
    check.add_argument("--key", metavar="KEY", help="发布者的 minisign 公钥（文件或文字），用来核对 SHA256SUMS 的签名")
    check.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    check.add_argument("--quiet", action="store_true", default=argparse.SUPPRESS)
    publish = commands.add_parser("publish", help="把做好的站点作为新的一版放进服务器所指的文件夹，旧版与旧网址都留着")
    publish.add_argument("--to", type=Path, required=True, metavar="DIR", help="网页服务器所指的文件夹")
    publish.add_argument("--again", action="store_true", help="与最新一版相同也照样发布")
    publish.add_argument(
        "--plain", action="store_true", help="不用链接和改名（适于对象存储、网盘等）：改用指针文件 current.js，最后写它"
    )
    publish.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    publish.add_argument("--quiet", action="store_true", default=argparse.SUPPRESS)
    commands.add_parser("clean", help="删去 site/、archive/ 和中间文件；reports/ 与 docs/ 不动")
    return p


def main(arguments: Sequence[str] | None = None, *, without_libraries: Callable[[], None] = lambda: None) -> int:
    """Run one command and return its exit code; `arguments` defaults to `sys.argv[1:]`.

    An error of the input is printed to stderr without a traceback; any other exception is a bug and is raised. Wrong usage
    raises `SystemExit` with code 2. If this Python lacks a library, `without_libraries` is called before the message is
    printed: it may start another Python.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(arguments)
    root = (options.project or Path.cwd()).resolve()
    try:
        return _COMMANDS[options.command or "build"](options, root)
    except KeyboardInterrupt:
        print("已中断；site/ 保持原样。", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of stdout has ended (`| head`): without this, Python would fail again when it flushes stdout at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return FAILED
    except ImportError as error:
        if (error.name or "").startswith("workreport."):
            raise  # one of our own modules is missing or broken: a bug
        without_libraries()
        print(
            f"workreport: 这个 Python 里没有 {error.name}。请先运行 make site（或按 README 的两行命令建好 .venv），再用 .venv 里的 Python。",
            file=sys.stderr,
        )
        return FAILED
    except OSError as error:
        what = error.filename if isinstance(error.filename, str) else ""
        print(
            f"workreport: {what}: 读写失败（{error.strerror or error}）。请检查文件是否存在、权限是否足够。",
            file=sys.stderr,
        )
        return FAILED
    except Exception as error:
        if not is_ours(error):
            raise
        print(f"workreport: {error}", file=sys.stderr)
        return FAILED


def is_ours(error: Exception) -> bool:
    """Whether the class of an exception is defined in this project: then its message is meant for the user."""
    return type(error).__module__.startswith("workreport.")


def _reporter(options: argparse.Namespace) -> Reporter:
    return Reporter(quiet=getattr(options, "quiet", False), machine=getattr(options, "json", False))


def _build(options: argparse.Namespace, root: Path) -> int:
    from workreport.build import plan

    reporter = _reporter(options)
    only_site = getattr(options, "only", None) == "site"
    order = plan.BuildOrder(root, getattr(options, "report", None), only_site, plan.fallback_date(os.environ))
    start = time.perf_counter()
    files = plan.unchanged(order)
    if files is not None:
        reporter.line(f"没有变化：{files} 个文件的摘要都与上次相同，不必重做。")
        _print_json(options, {"status": "unchanged", "files": files, "seconds": round(time.perf_counter() - start, 3)})
        return DONE
    from workreport.build import outputs

    made = outputs.build(order, reporter.stage, reporter.line, reporter.missing_tool)
    reporter.line(
        f"完成：{made.pages} 页，{time.perf_counter() - start:.2f} 秒。打开 {os.path.relpath(root / 'site' / 'index.html')}"
    )
    _report_outdated(reporter, root)
    _print_json(
        options,
        {
            "status": "built",
            "reports": list(made.reports),
            "pages": made.pages,
            "archive": list(made.archive),
            "lacking": reporter.missing,
            "stages": reporter.stages,
            "seconds": round(time.perf_counter() - start, 3),
        },
    )
    return DONE


def _report_outdated(reporter: Reporter, root: Path) -> None:
    """Print a line if `archive/` was made from other report texts than `site/`; this is no error."""
    from workreport.build import outputs

    if outputs.outdated(root):
        reporter.line("archive/ 是较早一次构建的，与现在的网站不同。")


def _print_json(options: argparse.Namespace, document: object) -> None:
    if getattr(options, "json", False):
        print(json.dumps(document, ensure_ascii=False, indent=1))


def _add(options: argparse.Namespace, root: Path) -> int:
    from workreport.build.add import add_report

    added = add_report(root, options.file, options.slug)
    if getattr(options, "json", False):
        _print_json(
            options,
            {
                "slug": added.slug,
                "written": list(added.written),
                "guessed": dict(added.guessed),
                "look": list(added.look),
                "front": list(added.front),
                "held": list(added.held),
            },
        )
    elif not getattr(options, "quiet", False):
        print("\n".join(added.lines()))
    return DONE


def _inspect(options: argparse.Namespace, root: Path) -> int:
    from workreport.analysis import inspection
    from workreport.build import report_reader
    from workreport.project import paths

    reading = report_reader.read_file(options.file, paths.vocabulary_of(root)).reading
    sys.stdout.write(json.dumps(inspection.document(reading), ensure_ascii=False, indent=1) + "\n")
    return DONE


def _serve(options: argparse.Namespace, root: Path) -> int:
    from workreport.build import preview

    return preview.serve(root, options.port, print)


def _check(options: argparse.Namespace, root: Path) -> int:
    if options.files:
        return _check_files(options)
    from workreport.build import private_doubts
    from workreport.project import writer
    from workreport.verify import site

    reporter = _reporter(options)
    writer.finish_interrupted(root, reporter.line)
    problems = site.check(root)
    for problem in problems:
        print(f"workreport: {problem}", file=sys.stderr)
    _print_json(options, {"status": "failed" if problems else "sound", "problems": [str(p) for p in problems]})
    if not problems:
        reporter.line("核对无误：链接、锚点、校验和都对，没有来自别处的资源。")
        for line in private_doubts.stored(root):
            reporter.line(line)
        _report_outdated(reporter, root)
    return FAILED if problems else DONE


def _check_files(options: argparse.Namespace) -> int:
    from workreport.verify.files import prove

    verdicts = [(path, prove(path, options.key)) for path in options.files]
    for _, verdict in verdicts:
        _reporter(options).line(verdict.line)
        for problem in verdict.problems:
            print(f"workreport: {problem}", file=sys.stderr)
    rows = [
        {"file": str(path), "proven": v.code == DONE, "line": v.line, "problems": list(v.problems)}
        for path, v in verdicts
    ]
    code = max(verdict.code for _, verdict in verdicts)
    _print_json(options, {"status": "failed" if code else "sound", "files": rows})
    return code


def _publish(options: argparse.Namespace, root: Path) -> int:
    from workreport import publish

    reporter = _reporter(options)
    done = publish.publish(root, options.to, reporter.line, again=options.again, plain=options.plain)
    reporter.line(done.summary())
    _print_json(options, {"status": "unchanged" if done.unchanged else "published", **dataclasses.asdict(done)})
    return DONE


def _clean(options: argparse.Namespace, root: Path) -> int:
    from workreport.build import outputs

    del options
    for name in outputs.clean(root):
        print(f"已删去 {name}")
    return DONE


_COMMANDS = {
    "build": _build,
    "add": _add,
    "inspect": _inspect,
    "serve": _serve,
    "check": _check,
    "publish": _publish,
    "clean": _clean,
}
"""The function of each command: takes the options and the project folder, returns the exit code."""
