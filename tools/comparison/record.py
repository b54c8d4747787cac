"""Runs `python -m workreport` and records the input of every typst compilation: `record.py FOLDER ARGUMENT...`.

Knows the interface of `typst.Compiler`. Leaves the program unchanged. Each compilation becomes a numbered JSON file in
FOLDER with `options` and `files` (name to content: text as it is, other bytes as their SHA-256).
"""

from __future__ import annotations

import hashlib
import itertools
import json
import runpy
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst


def shown(data: bytes) -> str:
    """Return the bytes as text, or as "sha256:" and their digest if they are not UTF-8.

    >>> shown("报告".encode()), shown(bytes([255]))[:15]
    ('报告', 'sha256:a8100ae6')
    """
    try:
        return data.decode()
    except UnicodeDecodeError:
        return f"sha256:{hashlib.sha256(data).hexdigest()}"


def recording(folder: Path) -> type:
    """Return a replacement for the class `typst.Compiler` that writes its input into `folder` and compiles as usual."""
    real, numbers = typst.Compiler, itertools.count(1)

    class Recorder:
        def __init__(self, files: Mapping[str, bytes], **options: Any) -> None:  # noqa: ANN401
            self.files = files
            self.real = real(files, **options)

        def compile(self, **options: Any) -> object:  # noqa: ANN401
            recorded = {
                "options": {name: str(value) for name, value in sorted(options.items())},
                "files": {name: shown(data) for name, data in sorted(self.files.items())},
            }
            path = folder / f"{next(numbers):04d}.json"
            path.write_text(json.dumps(recorded, ensure_ascii=False, indent=1), encoding="utf-8")
            return self.real.compile(**options)

    return Recorder


if __name__ == "__main__":
    place = Path(sys.argv[1])
    place.mkdir(parents=True, exist_ok=True)
    typst.Compiler = recording(place)  # type: ignore[assignment, misc]
    sys.argv = ["workreport", *sys.argv[2:]]
    runpy.run_module("workreport", run_name="__main__", alter_sys=True)
