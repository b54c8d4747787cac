"""Knows how the desk changes a file of the publisher: never over a change that the desk has not seen, and with undo.

Leaves what is written to the pages, and writing to `project.writer`.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from workreport.desk.toml_values import CannotEdit, TomlValue, values_in, with_values
from workreport.ingest.plain_files import LARGEST_TOML, read_plain_file
from workreport.project import writer

_WAIT = 5.0
"""The most seconds that a change waits for a build of another program."""

Wanted = Mapping[str, TomlValue | None]
"""Values by key; None for a key that the file has not, or shall not have."""


class Conflict(Exception):
    """A value was changed elsewhere since the page was shown. `keys` are the keys, `now` the values in the file."""

    def __init__(self, keys: tuple[str, ...], now: dict[str, object]) -> None:
        super().__init__("这几项在别处改过，没有保存。")
        self.keys, self.now = keys, now


class CannotUndo(Exception):
    """A step cannot be undone, since the file was changed afterwards, or it is not the last step."""


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


class Edits:
    """The changes of one project by a running desk, the last of which can be undone."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.steps: list[UndoableStep] = []
        self._number = 0

    def change(self, path: Path, what: str, seen: Wanted, wanted: Wanted, check: Callable[[bytes], None]) -> bool:
        """Change values of a file; return whether there was anything to change.

        `seen` are the values on the page as it was shown, `wanted` those it sent. Only what differs is written, into the
        file as it is now, so that changes of others stay. `check` gets the new bytes and raises an error if the program would
        not accept them. Raises `Conflict`, `toml_values.CannotEdit`, `writer.WriteError` and the errors of `check`.
        """
        changed = {key: value for key, value in wanted.items() if not _alike(value, seen.get(key))}
        if not changed:
            return False
        with writer.lock_project(self.root, lambda _: None, wait=_WAIT):
            before = read_plain_file(path, LARGEST_TOML) if path.exists() else b""
            mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
            text = _text(before.removeprefix(mark), path)
            now = values_in(text, changed)
            lost = tuple(
                k for k in changed if not _alike(now.get(k), seen.get(k)) and not _alike(now.get(k), changed[k])
            )
            if lost:
                raise Conflict(lost, now)
            after = mark + with_values(text, changed).encode()
            if after == before:
                return False
            check(after)
            writer.write_bytes(path, after)
            self._add(what, path, before, after)
        return True

    def made_folder(self, what: str, path: Path) -> None:
        """Remember that a step made a folder."""
        self._add(what, path, b"", None)

    def undo(self, number: int) -> UndoableStep:
        """Undo the last step, which must have this number; return it. Raises `CannotUndo`."""
        if not self.steps or self.steps[-1].number != number:
            raise CannotUndo("这一步已经撤销，或后面又做了别的。请看现在的最后一步。")
        step = self.steps[-1]
        with writer.lock_project(self.root, lambda _: None, wait=_WAIT):
            if step.after is None:
                self._move_away(step)
            elif not step.path.is_file() or step.path.read_bytes() != step.after:
                raise CannotUndo(f"{step.path.name} 在别处又改过，没有撤销。请用文本编辑器看看。")
            else:
                writer.write_bytes(step.path, step.before)
        self.steps.pop()
        return step

    def _add(self, what: str, path: Path, before: bytes, after: bytes | None) -> None:
        self._number += 1
        self.steps.append(UndoableStep(self._number, what, path, before, after))

    def _move_away(self, step: UndoableStep) -> None:
        """Move the folder that a step made into the work folder, under a name that is free."""
        if not step.path.is_dir():
            raise CannotUndo(f"{step.path.name} 已经不在了，没有可撤销的。")
        home = self.root / writer.WORK / "removed"
        name = next(name for k in range(1, 10**6) if not (name := home / f"{step.path.name}-{k}").exists())
        writer.move_folder(step.path, name)


def _alike(one: object, other: object) -> bool:
    """Whether two values mean the same: an empty text is no value."""
    return (one if one != "" else None) == (other if other != "" else None)


def _text(data: bytes, path: Path) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise CannotEdit(f"{path.name} 不是 UTF-8 编码。请用文本编辑器另存为 UTF-8。") from error
