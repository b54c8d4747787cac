"""Knows how a command reports in the user's language: progress lines, errors, missing tools, and one JSON document for scripts.

Leaves what is reported to the commands, and the languages to `catalogue`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

DONE, FAILED = 0, 1
"""Exit codes."""


class Reporter:
    """Prints progress: one line for each stage with its time in seconds, in bold only on a terminal without NO_COLOR.

    On a terminal the name of a stage is shown while it runs. `quiet` prints no progress; neither does `machine` (`--json`),
    since stdout then has the JSON alone. Missing tools, notices and errors are always reported, on stderr. `translate` turns a
    Chinese message into the user's language. `stages` and `missing` collect what was reported, for the JSON.
    """

    def __init__(self, *, quiet: bool, machine: bool, translate: Callable[[str], str] = str) -> None:
        self.silent = quiet or machine
        self.translate = translate
        plain = not sys.stdout.isatty() or os.environ.get("TERM") == "dumb"
        self.live = not plain and not self.silent
        self.colour = not plain and "NO_COLOR" not in os.environ
        self.stages: list[dict[str, str | float]] = []
        self.missing: list[str] = []

    def line(self, words: str) -> None:
        """Print a line, unless silent."""
        if not self.silent:
            print(self.translate(words), flush=True)

    def missing_tool(self, words: str) -> None:
        """Print to stderr (also when silent) which font or tool is missing and what is therefore not made."""
        self.missing.append(self.translate(words))
        print(self.missing[-1], file=sys.stderr, flush=True)

    def notice(self, words: str) -> None:
        """Print to stderr (also when silent) what the user must read although the work goes on."""
        print(self.translate(words), file=sys.stderr, flush=True)

    def error(self, words: str) -> None:
        """Print an error to stderr, also when silent."""
        print(f"workreport: {self.translate(words)}", file=sys.stderr, flush=True)

    @contextmanager
    def stage(self, name: str, detail: str = "") -> Iterator[None]:
        """Time the `with` block and print one line for it, none if it raises. This method is a `progress.Stage`."""
        start = time.perf_counter()
        name, detail = self.translate(name), self.translate(detail)
        shown = f"\x1b[1m{name}\x1b[0m" if self.colour else name
        if self.live:
            print(f"{shown} …", end="", flush=True)
        try:
            yield
        except BaseException:
            if self.live:
                print()
            raise
        seconds = time.perf_counter() - start
        self.stages.append({"stage": name, "detail": detail, "seconds": round(seconds, 3)})
        if not self.silent:
            again = "\r\x1b[K" if self.live else ""
            print(f"{again}{shown}  {detail + '  ' if detail else ''}{self.translate(f'{seconds:.2f} 秒')}", flush=True)


def reporter_of(options: argparse.Namespace) -> Reporter:
    """Return the reporter that `--quiet`, `--json` and the language ask for."""
    return Reporter(
        quiet=getattr(options, "quiet", False),
        machine=getattr(options, "json", False),
        translate=getattr(options, "translate", str),
    )


def print_json(options: argparse.Namespace, document: object) -> None:
    """Print a document if `--json` asks for it."""
    if getattr(options, "json", False):
        print(json.dumps(document, ensure_ascii=False, indent=1))


def add_output_options(parser: argparse.ArgumentParser) -> None:
    """Add `--quiet` and `--json`, which may be given before or behind the name of a command."""
    parser.add_argument(
        "--quiet", action="store_true", default=argparse.SUPPRESS, help="只报告错误、缺少的字体和工具、另存了什么"
    )
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="结果以 JSON 打印，供脚本使用")
