"""Knows the steps that the desk took in a project, so that the last one can be undone, also after the desk was started again.

Each is a folder of `.workreport/desk/` with what it was and the file before and after. Leaves undoing to `file_changes`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from workreport.ingest.plain_files import LARGEST_TOML, read_plain_file
from workreport.project import writer

MOST_STEPS = 50
"""The most steps that are kept; the oldest are forgotten."""
_HOME = f"{writer.WORK}/desk"
_PATH = re.compile(r"site\.toml|reports/[a-z0-9-]+(?:/[a-z]+\.toml)?|places/[a-z0-9-]+/series\.toml")
"""Matches (as a whole) the path of what the desk changes: a file of the publisher, or the folder of a report."""


@dataclass(frozen=True, slots=True)
class UndoableStep:
    """One change by the desk: its number, what it was (Chinese), the file, and its bytes before and after.

    `after` None: the step made the folder `path`, which undoing moves away; then `before` is empty.
    """

    number: int
    what: str
    path: Path
    before: bytes
    after: bytes | None


class EditSteps:
    """The steps in one project, as they are on the disk: several desks on it have the same. Adding needs the project's lock."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def last(self) -> UndoableStep | None:
        """Return the last step that was not undone; None if there is none, or if its record is damaged."""
        for number in reversed(self._numbers()):
            record = self._record(number)
            if record is None:
                return None
            if not record["undone"]:
                return self._step(number, record)
        return None

    def add(self, what: str, path: Path, before: bytes, after: bytes | None) -> UndoableStep:
        """Remember a step, and forget the oldest beyond `MOST_STEPS`."""
        numbers = self._numbers()
        step = UndoableStep(numbers[-1] + 1 if numbers else 1, what, path, before, after)
        home = self._home(step.number)
        writer.write_bytes(home / "before", before)
        if after is not None:
            writer.write_bytes(home / "after", after)
        self._write(step, undone=False)
        for number in numbers[: max(0, len(numbers) + 1 - MOST_STEPS)]:
            writer.remove_folder(self._home(number))
        return step

    def mark_undone(self, step: UndoableStep) -> None:
        """Remember that a step was undone; its number is never given again."""
        self._write(step, undone=True)

    def _write(self, step: UndoableStep, *, undone: bool) -> None:
        path = step.path.relative_to(self.root).as_posix()
        record = {"what": step.what, "path": path, "folder": step.after is None, "undone": undone}
        writer.write_text(self._home(step.number) / "step.json", json.dumps(record, ensure_ascii=False))

    def _home(self, number: int) -> Path:
        return self.root / _HOME / f"{number:08}"

    def _numbers(self) -> list[int]:
        home = self.root / _HOME
        names = (path.name for path in home.iterdir()) if home.is_dir() else ()
        return sorted(int(name) for name in names if re.fullmatch(r"[0-9]{8}", name))

    def _record(self, number: int) -> dict[str, str | bool] | None:
        """The record of a step; None if it is damaged, or names a file that the desk does not change."""
        try:
            read = json.loads(read_plain_file(self._home(number) / "step.json", LARGEST_TOML).decode())
            fine = all(isinstance(read[name], bool) for name in ("folder", "undone"))
            known = isinstance(read["what"], str) and _PATH.fullmatch(read["path"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return read if fine and known else None

    def _step(self, number: int, record: dict[str, str | bool]) -> UndoableStep | None:
        home = self._home(number)
        try:
            before = read_plain_file(home / "before", LARGEST_TOML)
            after = None if record["folder"] else read_plain_file(home / "after", LARGEST_TOML)
        except OSError:
            return None
        return UndoableStep(number, str(record["what"]), self.root / str(record["path"]), before, after)
