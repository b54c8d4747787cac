"""Knows how a format that a library in native code parses is read: its reader runs in a child process with limits.

Leaves the limits to `limited_process`, and which formats are read so to `format_table`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from workreport.ingest import limited_process
from workreport.ingest.formats.extract import BadSource, Extracted, omission_repairs
from workreport.model import SourcePlace


def extract(module: str, data: bytes, path: str) -> Extracted:
    """Return what the reader `module` of this package gives for a file, read in a child process.

    Raises BadSource as the reader does, and if the child process ends without an answer.
    """
    try:
        row = limited_process.run(__name__, "answer", data, f"{module} {path}")
    except limited_process.ProcessEnded as error:
        advice = "文件可能已损坏，或不像是一份报告。请重新取得它，或用阅读器打开后另存，再收入。"
        raise BadSource(path, f"读不下去：{error}。", advice) from error
    if "bad" in row:
        raise BadSource(path, *row["bad"])
    return Extracted(
        row["text"], row["encoding"], tuple(SourcePlace(*place) for place in row["places"]),
        omission_repairs(row["omitted"]), tuple(row["remarks"]),
    )  # fmt: skip


def answer(data: bytes, argument: str) -> dict[str, Any]:
    """Read a file in the child process: `argument` is the module of the reader, a space and the path for messages."""
    module, _, path = argument.partition(" ")
    try:
        found: Extracted = import_module(f"{__package__}.{module}").extract(data, path)
    except BadSource as error:
        return {"bad": [error.problem, error.advice, error.line]}
    return {
        "text": found.text, "encoding": found.encoding,
        "places": [(place.start, place.page, place.paragraph) for place in found.places],
        "omitted": [(r.kind, r.start, r.before, r.reason) for r in found.omitted],
        "remarks": found.remarks,
    }  # fmt: skip
