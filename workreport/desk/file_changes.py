"""Knows how the desk changes a file of the publisher: never over a change that the desk has not seen, and with undo.

Leaves what is written to the pages, keeping the steps to `edit_steps`, and writing to `project.writer`.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from workreport.desk.edit_steps import EditSteps, UndoableStep
from workreport.desk.toml_rows import Row, RowValue, row_in, with_row
from workreport.desk.toml_values import CannotEdit, TomlValue, values_in, with_values
from workreport.ingest.plain_files import LARGEST_TOML, read_plain_file
from workreport.project import writer

_WAIT = 30.0
"""The most seconds that a change waits for a build of another program."""

Wanted = Mapping[str, TomlValue | None]
"""Values by key; None for a key that the file has not, or shall not have."""
Entry = str | list[str]
"""An entry of a list: a text, or several texts that belong together."""
Check = Callable[[bytes], None]
"""A function that raises an error if the program would not accept these bytes of a file."""


class Conflict(Exception):
    """A value was changed elsewhere since the page was shown. `keys` are the keys, `now` the values in the file."""

    def __init__(self, keys: tuple[str, ...], now: Mapping[str, object]) -> None:
        super().__init__("这几项在别处改过，没有保存。")
        self.keys, self.now = keys, now


class CannotUndo(Exception):
    """A step cannot be undone, since the file was changed afterwards, or it is not the last step."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """What becomes of a row [[array]]: `key` are values that only it has, `seen` the row as the page showed it, None if there
    was none, `wanted` all its values, None to take it away.
    """

    array: str
    key: Row
    seen: Row | None
    wanted: Mapping[str, RowValue] | None


class Edits:
    """The changes of one project by the desk, the last of which can be undone."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._steps = EditSteps(root)

    def last(self) -> UndoableStep | None:
        """Return the step that can be undone, None if there is none."""
        return self._steps.last()

    def change(self, path: Path, what: str, seen: Wanted, wanted: Wanted, check: Check) -> bool:
        """Change values of a file; return whether there was anything to change.

        `seen` are the values on the page as it was shown, `wanted` those it sent. Only what differs is written, into the
        file as it is now, so that changes of others stay. Raises `Conflict`, `toml_values.CannotEdit`, `writer.WriteError` and
        the errors of `check`.
        """
        changed = {key: value for key, value in wanted.items() if not _alike(value, seen.get(key))}

        def edit(text: str) -> str:
            now = values_in(text, changed)
            lost = tuple(
                k for k in changed if not _alike(now.get(k), seen.get(k)) and not _alike(now.get(k), changed[k])
            )
            if lost:
                raise Conflict(lost, now)
            return with_values(text, changed)

        return bool(changed) and self.rewrite(path, what, edit, check)

    def change_row(self, path: Path, what: str, row: RowChange, check: Check) -> bool:
        """Change one row of a file, whatever became of the others; return whether there was anything to change.

        Raises as `change` does: `Conflict` where this row is no longer as the page showed it.
        """

        def edit(text: str) -> str:
            now = row_in(text, row.array, row.key)
            if now == row.wanted:
                return text
            if now != row.seen:
                raise Conflict((row.array,), now or {})
            return with_row(text, row.array, row.key, row.wanted)

        return self.rewrite(path, what, edit, check)

    def made_folder(self, what: str, path: Path) -> None:
        """Remember that a step made a folder."""
        with self._locked():
            self._steps.add(what, path, b"", None)

    def undo(self, number: int) -> UndoableStep:
        """Undo the last step, which must have this number; return it. Raises `CannotUndo`."""
        with self._locked():
            step = self._steps.last()
            if step is None or step.number != number:
                raise CannotUndo("这一步已经撤销，或后面又做了别的。请看页面下面现在写的那一步。")
            if step.after is None:
                self._move_away(step)
            elif not step.path.is_file() or step.path.read_bytes() != step.after:
                raise CannotUndo(f"{step.path.name} 在别处又改过，没有撤销。请用文本编辑器看看。")
            else:
                writer.write_bytes(step.path, step.before)
            self._steps.mark_undone(step)
        return step

    def rewrite(self, path: Path, what: str, edit: Callable[[str], str], check: Check) -> bool:
        """Write what `edit` makes of the text of a file as it is now, and remember the step; return whether that is something else.

        Raises `toml_values.CannotEdit`, `writer.WriteError`, and the errors of `edit` and `check`; then nothing is written.
        """
        with self._locked():
            before = read_plain_file(path, LARGEST_TOML) if path.exists() else b""
            mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
            text = _text(before.removeprefix(mark), path)
            edited = edit(text)
            if edited == text:
                return False
            after = mark + edited.encode()
            check(after)
            writer.write_bytes(path, after)
            self._steps.add(what, path, before, after)
        return True

    def _locked(self) -> AbstractContextManager[Path]:
        return writer.lock_project(self.root, lambda _: None, wait=_WAIT)

    def _move_away(self, step: UndoableStep) -> None:
        """Move the folder that a step made into the work folder, under a name that is free."""
        if not step.path.is_dir():
            raise CannotUndo(f"{step.path.name} 已经不在了，没有可撤销的。")
        home = self.root / writer.WORK / "removed"
        name = next(name for k in range(1, 10**6) if not (name := home / f"{step.path.name}-{k}").exists())
        writer.move_folder(step.path, name)


def with_entries(text: str, key: str, *, add: Sequence[Entry] = (), remove: Collection[Entry] = ()) -> str:
    """Return the text of a TOML file with more or fewer entries of a list; the others stay. Raises `CannotEdit`.

    >>> with_entries('hide = ["a", "b"] # x\\n', "hide", add=["c"], remove=["a"])
    'hide = ["b", "c"] # x\\n'
    """
    now = values_in(text, [key]).get(key, [])
    if not isinstance(now, list):
        raise CannotEdit(f"“{key}”应是一个列表，写作 [ … ]。请先改正它。")
    kept = [value for value in now if value not in remove]
    wanted = [*kept, *(value for value in add if value not in kept)]
    return with_values(text, {key: wanted or None}) if wanted != now else text


def _alike(one: object, other: object) -> bool:
    """Whether two values mean the same: an empty text is no value."""
    return (one if one != "" else None) == (other if other != "" else None)


def _text(data: bytes, path: Path) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise CannotEdit(f"{path.name} 不是 UTF-8 编码。请用文本编辑器另存为 UTF-8。") from error
