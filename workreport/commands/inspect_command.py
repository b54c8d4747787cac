"""Knows the command `inspect`: prints what is read in a file. Leaves reading to `build.report_reader`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from workreport.commands.reporter import DONE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `inspect`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="报告文件")


def run(options: argparse.Namespace, root: Path) -> int:
    """Run the command and return its exit code."""
    from workreport.analysis import inspection
    from workreport.build import report_reader
    from workreport.project import paths

    reading = report_reader.read_file(options.file, *paths.vocabularies_of(root)).reading
    sys.stdout.write(inspection.printed(inspection.document(reading)))
    return DONE
