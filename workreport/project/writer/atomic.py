"""Knows how one file, link or folder is written, copied, moved or removed, so that no reader sees half of it.

`durable` writes wait until the disk has the data and the name, so that a power cut loses neither. Leaves the folder of generated files to `generated_folder`, and replacing live folders such as `site/` to `folder_swap`.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import stat
import sys
import time
from typing import TYPE_CHECKING, BinaryIO

from workreport.project.writer.write_errors import CannotRenameError, WriteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


_CANNOT_RENAME = {errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM, errno.EXDEV, errno.EINVAL}
"""Errors of a rename where the file system has none. All others (a full disk, no permission) are errors of writing."""
_CANNOT_SYNC = {errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL, errno.EROFS, errno.EBADF}
"""Errors of `fsync` where the file system, or the system, has none for this file or folder."""


def partial_file(path: Path) -> Path:
    """Return the path at which a file is written before it is renamed to `path`; a killed command may leave it there."""
    return path.with_name(f".{path.name[:80]}.part")


@contextlib.contextmanager
def atomic_write(path: Path, *, durable: bool = True, mode: int = 0o666) -> Iterator[BinaryIO]:
    """Open a new file that replaces `path` when the `with` block ends; if the block raises, `path` is unchanged.

    Missing folders are made. `mode` is that of the new file, before the umask. `durable` waits until the disk has the data and the name; files in a staging folder do not
    need that, as `flush_to_disk` comes before they go live. Raises `WriteError` for every `OSError`, also one of the block;
    `CannotRenameError` if the new file is complete, but the file system cannot rename it.

    >>> import tempfile
    >>> from pathlib import Path
    >>> where = Path(tempfile.mkdtemp()) / "a"
    >>> with atomic_write(where) as out: n = out.write(b"1")
    >>> where.read_bytes()
    b'1'
    """
    part = partial_file(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        # O_EXCL: never write through a symbolic link that somebody placed here.
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        with os.fdopen(handle, "wb") as out:
            yield out
            if durable:
                out.flush()
                _sync(out.fileno())
        _replace(part, path)
        if durable:
            sync_folder_names(path.parent)
    except OSError as error:
        _discard(part)
        raise WriteError(f"{path}：无法写入（{error.strerror}）。请检查磁盘空间和文件夹权限。") from error
    except BaseException:
        _discard(part)
        raise


def _replace(part: Path, path: Path) -> None:
    """Rename a complete new file to `path`. Raises `CannotRenameError` where the file system has no renaming."""
    try:
        part.replace(path)
    except OSError as error:
        if error.errno in _CANNOT_RENAME and not path.is_dir():
            raise CannotRenameError(f"{path}：无法改名（{error.strerror}）。") from error
        raise


def _discard(part: Path) -> None:
    """Remove the half-written file; if that fails too, the next write removes it."""
    with contextlib.suppress(OSError):
        part.unlink(missing_ok=True)


def _sync(handle: int) -> None:
    """Wait until the disk has an open file or folder. Raises OSError, but not where there is no such waiting."""
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC:
            raise


def sync_folder_names(folder: Path) -> None:
    """Wait until the disk has the names in a folder, which a rename has changed. Does nothing on Windows."""
    if os.name == "nt":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return  # a folder that may be written into, but not read
    try:
        _sync(handle)
    finally:
        os.close(handle)


def write_bytes(path: Path, data: bytes, *, durable: bool = True) -> bool:
    """Write a file by `atomic_write` and return True; return False and change nothing if it already holds `data`.

    >>> import tempfile
    >>> from pathlib import Path
    >>> where = Path(tempfile.mkdtemp()) / "a"
    >>> write_bytes(where, b"1"), write_bytes(where, b"1")
    (True, False)
    """
    if holds(path, data):
        return False
    with atomic_write(path, durable=durable) as out:
        out.write(data)
    return True


def write_text(path: Path, text: str) -> bool:
    """Write a text in UTF-8 by `write_bytes`; line ends are not converted."""
    return write_bytes(path, text.encode())


def write_secret(path: Path, data: bytes) -> None:
    """Write a file that no other user may read. Raises `WriteError`."""
    with atomic_write(path, mode=0o600) as out:
        out.write(data)


def holds(path: Path, data: bytes) -> bool:
    """Whether `path` is a regular file (no symbolic link) with exactly these bytes."""
    try:
        state = path.lstat()
        return stat.S_ISREG(state.st_mode) and state.st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def write_without_rename(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Write a file by `write_bytes`; only where the file system cannot rename (a mounted object store), write to `path`.

    An object store shows a file only when it is closed, so readers still see the old or the new one. After an error the
    old content is written back. Do not use this for a hard link: writing directly would change the other file too. Raises
    `WriteError`; a full disk is such an error, and then `path` is unchanged.

    >>> import tempfile
    >>> from pathlib import Path
    >>> where = Path(tempfile.mkdtemp()) / "a"
    >>> write_without_rename(where, b"1"); where.read_bytes()
    b'1'
    """
    if holds(path, data):
        return
    try:
        write_bytes(path, data, durable=durable)
    except CannotRenameError:
        old = path.read_bytes() if path.is_file() else None
        try:
            path.write_bytes(data)
        except OSError as error:
            with contextlib.suppress(OSError):
                if old is None:
                    path.unlink(missing_ok=True)
                else:
                    path.write_bytes(old)
            raise WriteError(f"{path}：无法写入（{error.strerror}）。请检查空间和权限。") from error


def move_file(new: Path, path: Path) -> None:
    """Put a finished file in the place of `path`, in one step and without any further space on the disk.

    Only where the file system cannot rename, its bytes are written by `write_without_rename`. Raises `WriteError`.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(new, path)
    except CannotRenameError:
        write_without_rename(path, new.read_bytes(), durable=False)
    except OSError as error:
        raise WriteError(f"{path}：无法写入（{error.strerror}）。请检查磁盘空间和文件夹权限。") from error


def copy_or_link(path: Path, source: Path, *, earlier: Path | None = None, stamp: int | None = None) -> bool:
    """Make the new file `path` with the bytes of `source`: as a hard link of `earlier` if that has the same bytes, else a copy.

    Return True for a hard link; without hard links on the disk the bytes are copied. A hard link has the modification time
    of `earlier`; a copy gets `stamp` (seconds since 1970; None: now). Web servers compare time and size to find out whether
    a browser's copy is current.
    """
    if earlier is not None and same_bytes(source, earlier):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            os.link(earlier, path)
        except OSError:
            source = earlier
        else:
            return True
    with atomic_write(path, durable=False) as out, source.open("rb") as original:
        shutil.copyfileobj(original, out)
    if stamp is not None:
        os.utime(path, (stamp, stamp))
    return False


def same_bytes(one: Path, other: Path) -> bool:
    """Whether two files have the same bytes; False if `other` is a symbolic link or one of them cannot be read."""
    try:
        if not stat.S_ISREG(other.lstat().st_mode) or one.stat().st_size != other.stat().st_size:
            return False
        with one.open("rb") as first, other.open("rb") as second:
            while (piece := first.read(1 << 20)) == second.read(1 << 20):
                if not piece:
                    return True
    except OSError:
        pass
    return False


def set_modified(path: Path, stamp: int) -> None:
    """Set a file's modification time, in seconds since 1970."""
    os.utime(path, (stamp, stamp))


def timestamp_after(path: Path) -> int:
    """Return a modification time for new files, in whole seconds since 1970: now, but later than that of `path` if it exists.

    A web server compares whole seconds, so a new file must not have the time of the older one.
    """
    try:
        return max(int(time.time()), int(path.stat().st_mtime) + 1)
    except FileNotFoundError:
        return int(time.time())


def make_link(path: Path, target: str) -> None:
    """Make `path` a symbolic link to `target` (relative to the link's folder), replacing a file or link there in one step.

    Raises `WriteError` if links cannot be made, or if `path` is a folder.
    """
    part = partial_file(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        part.symlink_to(target)
        part.replace(path)
        sync_folder_names(path.parent)
    except OSError as error:
        _discard(part)
        raise WriteError(f"{path}：无法建立链接（{error.strerror}）。请检查文件夹权限。") from error


def supports_links(folder: Path) -> bool:
    """Try in this empty folder whether symbolic links can be made and folders renamed; remove the trial afterwards."""

    def links(one: Path, other: Path) -> bool:
        one.mkdir()
        one.rename(other)
        make_link(one, other.name)
        return one.is_dir()

    return succeeds(links, folder)


def succeeds(attempt: Callable[[Path, Path], bool], folder: Path) -> bool:
    """Try something with two paths in this empty folder, False also if it raises; remove what is there afterwards."""
    one, other = folder / "trial", folder / "trial.other"
    try:
        return attempt(one, other)
    except (OSError, WriteError):
        return False
    finally:
        for path in (one, other):
            with contextlib.suppress(WriteError):
                remove_folder(path)


def move_folder(new: Path, place: Path) -> None:
    """Rename a finished folder to `place` in one step. Raises `WriteError` also if something already exists there."""
    if os.path.lexists(place):
        raise WriteError(f"{place} 已经存在，未替换。请移走它。")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f"{place.parent}：无法建立（{error.strerror}）。请检查文件夹权限。") from error
    rename_folder(new, place)


def rename_folder(source: Path, target: Path) -> None:
    """Rename a folder, with a `WriteError` instead of an `OSError`."""
    try:
        source.rename(target)
    except OSError as error:
        raise WriteError(f"{target}：无法替换（{error.strerror}）。请关闭占用该文件夹的程序，再构建一次。") from error


def remove_folder(path: Path) -> None:
    """Remove a folder with its content, a file, or a symbolic link (not its target). A missing path is no error."""
    try:
        if path.is_symlink() or path.is_file():
            path.unlink()
        elif path.exists():
            shutil.rmtree(path)
    except OSError as error:
        raise WriteError(f"{path}：无法删除（{error.strerror}）。请关闭占用它的程序。") from error


def make_readable(path: Path, *, below: bool = True) -> None:
    """Let everyone read a published file or folder, whatever the umask: files get 0644, folders 0755.

    `below` does the same with all that is in the folder. A web server usually runs as another user. Links are not followed;
    what belongs to another user stays as it is.
    """
    if os.name == "nt" or path.is_symlink():
        return
    with contextlib.suppress(OSError):
        state = path.stat()
        wanted = 0o755 | state.st_mode & stat.S_ISGID if stat.S_ISDIR(state.st_mode) else 0o644
        if stat.S_IMODE(state.st_mode) != wanted:
            path.chmod(wanted)
        if below and stat.S_ISDIR(state.st_mode):
            for inside in path.iterdir():
                make_readable(inside)


def is_readable_by_all(folder: Path) -> bool:
    """Whether the mode of a folder lets every user read it; True on Windows."""
    return os.name == "nt" or folder.stat().st_mode & 0o005 == 0o005


def flush_to_disk(folder: Path) -> None:
    """Wait until the disk of `folder` has everything written so far, so that a power cut loses none of it.

    Linux waits for this disk alone (`syncfs`), other systems for all; Windows does not wait.
    """
    if sys.platform.startswith("linux") and (syncfs := getattr(ctypes.CDLL(None), "syncfs", None)):
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                if syncfs(handle) == 0:
                    return
            finally:
                os.close(handle)
    if hasattr(os, "sync"):
        os.sync()
