"""Helper of the tests that read whole reports: the vocabularies of the project, loaded and checked once a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from workreport.build import report_reader

ROOT = Path(__file__).resolve().parents[1]


@cache
def vocabularies() -> report_reader.Vocabularies:
    """Return the vocabularies of the project."""
    return report_reader.load_vocabularies(ROOT / "vocabulary")
