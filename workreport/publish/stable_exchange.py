"""Knows how, in a place without links, the stable addresses change to another version: each folder at once, all or none.

What readers see of a version besides its own folder is exchanged in one go: the lists in `v/`, the files at the stable
addresses, and last the pointer file. Where the system can swap two folders in one step (Linux), each folder at the root of the
served folder is swapped for a finished one, so that all files of a report change at the same moment; elsewhere file after
file. After an error all that was exchanged is put back. Leaves which files those are to `stable_files`, and what follows a
kill to `publish_job`.
"""

from __future__ import annotations

import contextlib
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from workreport.project import writer
from workreport.publish.stable_files import sources

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping


@dataclass(frozen=True, slots=True)
class _ExchangeStep:
    """What is exchanged in one step where that can be: a file, or a folder; `files` are the paths that differ in it."""

    path: str
    files: tuple[str, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class _Exchange:
    """An exchange in the served folder `to`: new files are below `staged`; `before` has the bytes of old ones, by path."""

    to: Path
    staged: Path
    before: Mapping[str, Path | bytes]


def exchange(
    to: Path,
    staging: Path,
    name: str,
    before: str,
    own: Collection[str],
    lists: Mapping[str, bytes],
    pointer: Mapping[str, bytes],
) -> None:
    """Put the files of the version `name` at the stable addresses, between `lists` and `pointer` (bytes by path).

    Files that are as they should be are not touched, nor those with names in `own`. All are written into the folder
    `staging` first, so that the exchange itself needs no space. After an error what was exchanged is put back; where nothing
    can be swapped, as the version `before` had it. Raises `writer.WriteError`.
    """
    staged = staging / "stable"
    writer.remove_folder(staged)
    can_swap = writer.supports_swap(staging)
    wanted = {path: file for path, file in sources(to, name).items() if path not in own}
    differing = [path for path in sorted(wanted) if not writer.same_bytes(wanted[path], to / path)]
    beside = {path: data for path, data in {**lists, **pointer}.items() if not writer.holds(to / path, data)}
    for path in differing:
        _stage(staged / path, wanted[path].read_bytes(), to / path)
    for path, data in beside.items():
        _stage(staged / path, data, to / path)
    writer.make_readable(staged)
    entries = [_ExchangeStep(path, (path,), can_swap) for path in beside if path in lists]
    entries += _by_folder(to, staged, differing, can_swap=can_swap)
    entries += [_ExchangeStep(path, (path,), can_swap) for path in beside if path in pointer]
    old = {path: (to / path).read_bytes() for path in beside if (to / path).is_file()}
    work = _Exchange(to, staged, {**sources(to, before), **old})
    writer.flush_to_disk(to)
    with ExitStack() as undo:
        for entry in entries:
            _place(work, entry, undo)
        undo.pop_all()
    for entry in entries:
        if entry.whole and (staged / entry.path).is_dir():
            inside = {path.removeprefix(f"{entry.path}/") for path in entry.files}
            writer.carry_late(staged / entry.path, to / entry.path, inside)
    writer.flush_to_disk(to)
    with contextlib.suppress(writer.WriteError):  # the exchange is done; the next command removes what is left
        writer.remove_folder(staged)


def _stage(path: Path, data: bytes, live: Path) -> None:
    writer.write_without_rename(path, data, durable=False)
    # A web server compares time and size to find out whether a browser's copy is current.
    writer.set_modified(path, writer.timestamp_after(live))


def _by_folder(to: Path, staged: Path, paths: Collection[str], *, can_swap: bool) -> Iterator[_ExchangeStep]:
    """Yield what has to be exchanged for these paths: whole folders first, then files at the root.

    A folder that is exchanged as a whole gets all else that the live one has, such as files of the publisher.
    """
    folders = {path.partition("/")[0] for path in paths if "/" in path}
    for folder in sorted(folders):
        files = tuple(path for path in paths if path.startswith(f"{folder}/"))
        live = to / folder
        whole = can_swap and (not live.exists() or writer.carry_over(live, staged / folder))
        yield _ExchangeStep(folder, files, whole)
    for path in paths:
        if "/" not in path:
            yield _ExchangeStep(path, (path,), can_swap)


def _place(work: _Exchange, entry: _ExchangeStep, undo: ExitStack) -> None:
    """Put an entry in its place, in one step if it can be, and note in `undo` how that is undone. Raises `writer.WriteError`."""
    new, live = work.staged / entry.path, work.to / entry.path
    if entry.whole and live.exists():
        if writer.swap(new, live):
            undo.callback(_quietly, partial(writer.swap, new, live))
            return
    elif entry.whole:
        writer.move_folder(new, live)
        undo.callback(_quietly, partial(writer.move_folder, live, new))
        make_readable(work.to, entry.path)
        return
    for path in entry.files:
        there = (work.to / path).exists()
        writer.move_file(work.staged / path, work.to / path)
        undo.callback(_quietly, partial(_restore, work, path, there=there))
        make_readable(work.to, path)


def _quietly(step: Callable[[], object]) -> None:
    """Undo a step; where that fails, undoing goes on with the others, and the next publication heals."""
    with contextlib.suppress(writer.WriteError, OSError):
        step()


def _restore(work: _Exchange, path: str, *, there: bool) -> None:
    """Put back the old file at a path; `there` says whether one was there."""
    old = work.before.get(path)
    if old is not None:
        data = old if isinstance(old, bytes) else old.read_bytes()
        writer.write_without_rename(work.to / path, data, durable=False)
        make_readable(work.to, path)
    elif not there:
        writer.remove_folder(work.to / path)


def make_readable(to: Path, name: str) -> None:
    """Let a web server read a file in the served folder `to`, and the folders above it."""
    for part in (Path(name), *Path(name).parents):
        if part.parts:
            writer.make_readable(to / part, below=False)
