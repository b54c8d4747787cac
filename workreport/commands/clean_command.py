"""Knows the command `clean`: removes outputs and caches. Leaves the work to `build.outputs`."""

from __future__ import annotations

import argparse
from pathlib import Path

from workreport.commands.reporter import DONE, reporter_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add nothing: `clean` has no options."""
    del parser


def run(options: argparse.Namespace, root: Path) -> int:
    """Run the command and return its exit code."""
    from workreport.build import outputs

    reporter = reporter_of(options)
    for name in outputs.clean(root, reporter.notice):
        reporter.line(f"已删去 {name}")
    return DONE
