"""Knows how generated files share a folder with files made by hand: a listing in the folder names the generated ones.

Leaves writing each file to `atomic`.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from workreport.project.writer.atomic import holds, partial_file, write_bytes, write_text
from workreport.project.writer.file_names import safe_name, safe_names
from workreport.project.writer.write_errors import WriteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

LISTING = ".generated"
"""The file that names the generated files of its folder, one path a line; committed with them."""


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What `sync_folder` did: the names written, the names removed, and the number of files that had the right bytes already."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


def sync_folder(folder: Path, files: Mapping[str, bytes]) -> SyncResult:
    """Write the generated `files` (bytes by relative path) into `folder` and remove generated files no longer among them.

    The listing `.generated` (one path a line, sorted) names the generated files. All others were made by hand and stay.
    Raises `WriteError` before anything is changed for a hand-made file with other bytes at the path of a generated one, an
    unsafe name, or a symbolic link among the folders. A killed run leaves a listing with too many names, never too few,
    so that the next run still removes its files.

    >>> import tempfile
    >>> from pathlib import Path
    >>> sync_folder(Path(tempfile.mkdtemp()), {"a/index.md": b"x"}).written
    ('a/index.md',)
    """
    paths = safe_names(files)
    if LISTING in paths:
        raise WriteError(f"{folder / LISTING} 是程序记录生成文件的清单，不能用作页面名。请给页面改名。")
    listing = folder / LISTING
    generated = _read_listing(listing)
    _refuse_links(folder, {*paths, *generated})
    for name in sorted(paths.keys() - generated):
        if not _may_be_replaced(folder, name, generated) and not holds(folder / name, files[name]):
            raise WriteError(f"{folder / name} 不是程序生成的文件，未覆盖。请移走，或把路径加进 {listing}。")
    _remove_partial_files(folder, {*paths, *generated})
    stale = sorted(generated - paths.keys())
    _write_listing(listing, generated | paths.keys())
    # Remove before writing: a new folder may have the name of an old file.
    removed = tuple(name for name in stale if _remove(folder, name))
    # A build flushes all of them at once, before it lets its site go live.
    written = tuple(name for name in paths if write_bytes(folder / name, files[name], durable=False))
    _write_listing(listing, paths.keys())
    return SyncResult(written, removed, len(paths) - len(written))


def _read_listing(listing: Path) -> set[str]:
    """Return the names in the listing, checked by `safe_name`; none if the file does not exist."""
    try:
        lines = listing.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return set()
    except (OSError, UnicodeDecodeError) as error:
        raise WriteError(f"{listing}：无法读取（{error}）。请从版本库恢复该文件。") from error
    for number, line in enumerate(lines, 1):
        try:
            safe_name(line)
        except WriteError as error:
            raise WriteError(f"{listing}:{number}：{error} 请删去此行，或从版本库恢复该文件。") from error
    return set(lines)


def _write_listing(listing: Path, names: Iterable[str]) -> None:
    """Write the listing: the names sorted, one a line."""
    write_text(listing, "".join(f"{name}\n" for name in sorted(names)))


def _may_be_replaced(folder: Path, name: str, generated: set[str]) -> bool:
    """Whether nothing is at this path, or a folder in which all files are generated."""
    path = folder / name
    if path.is_dir() and not path.is_symlink():
        return all(p.is_dir() or p.relative_to(folder).as_posix() in generated for p in path.rglob("*"))
    return not os.path.lexists(path)


def _remove_partial_files(folder: Path, names: Iterable[str]) -> None:
    """Remove the half-written files with these names that a killed run left; other files that end in .part stay."""
    for name in names:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            partial_file(folder / name).unlink()


def _refuse_links(folder: Path, names: Iterable[str]) -> None:
    """Raise `WriteError` if a folder between `folder` and one of the names is a symbolic link."""
    for parent in sorted({parent for name in names for parent in PurePosixPath(name).parents}):
        if (folder / parent).is_symlink() and parent.parts:
            raise WriteError(f"{folder / parent} 是链接，写入会落到别处。请换成普通文件夹。")


def _remove(folder: Path, name: str) -> bool:
    """Remove a file, then the folders above it that are now empty. Return False if the file did not exist."""
    path = folder / name
    try:
        path.unlink()
        existed = True
    except FileNotFoundError:
        existed = False
    except OSError as error:
        raise WriteError(f"{path}：无法删除（{error.strerror}）。请检查文件夹权限。") from error
    for parent in PurePosixPath(name).parents:
        if not parent.parts:
            break
        try:
            (folder / parent).rmdir()
        except OSError:
            break  # not empty
    return existed
