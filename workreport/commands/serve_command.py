"""Knows the command `serve`: the live preview. Leaves the work to `build.preview`."""

from __future__ import annotations

import argparse
from pathlib import Path

from workreport.commands.reporter import reporter_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `serve`."""
    parser.add_argument("--port", type=int, default=8000, help="端口（默认 8000）")


def run(options: argparse.Namespace, root: Path) -> int:
    """Run the command and return its exit code."""
    from workreport.build import preview

    return preview.serve(root, options.port, reporter_of(options).line)
