"""Knows the command `inspect`: prints what is read in a file, and for several files also what they say of each other.

Leaves reading to `build.report_reader`, and the comparison to `comparison`.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workreport.commands.reporter import DONE

if TYPE_CHECKING:
    from workreport.analysis.inspection import Value
    from workreport.model import Reading


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `inspect`."""
    parser.add_argument(
        "files", type=Path, nargs="+", metavar="FILE", help="报告文件；几份一起给时，还打印目标与结果、各年的数"
    )


def run(options: argparse.Namespace, root: Path) -> int:
    """Run the command and return its exit code."""
    from workreport.analysis import inspection
    from workreport.build import report_reader
    from workreport.project import paths

    folders = paths.vocabularies_of(root)
    readings = [report_reader.read_file(file, *folders).reading for file in options.files]
    told = inspection.document(readings[0]) if len(readings) == 1 else _compared(readings, folders)
    sys.stdout.write(inspection.printed(told))
    return DONE


def _compared(readings: list[Reading], folders: tuple[Path, ...]) -> dict[str, Value]:
    """The document of several reports."""
    from workreport import comparison
    from workreport.analysis import measure_words
    from workreport.comparison.comparison_document import comparison_document

    words = comparison.load(folders[0], measure_words.load(*folders), *folders[1:])
    numbered = [_numbered(reading, k, readings) for k, reading in enumerate(readings)]
    return comparison_document(numbered, comparison.compare(numbered, words))


def _numbered(reading: Reading, place: int, readings: list[Reading]) -> Reading:
    """A reading whose slug is its own: a/source.md and b/source.md have the same one."""
    before = sum(other.meta.slug == reading.meta.slug for other in readings[:place])
    return replace(reading, meta=replace(reading.meta, slug=f"{reading.meta.slug}/{before}")) if before else reading
