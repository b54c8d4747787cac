"""Knows how one file, link or folder is written, copied, moved or removed, so that nobody ever sees half of it.

Leaves the folder of generated files to `generated_folder`, and replacing `site/` to `folder_swap`.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import time
from typing import TYPE_CHECKING, BinaryIO

from workreport.project.writer.write_errors import WriteError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def atomic_write(path: Path, *, durable: bool = True) -> Iterator[BinaryIO]:
    """Open a new file that replaces `path` when the block ends; after an error `path` is unchanged.

    `durable` waits until the disk has the data. A staging folder does not need it: it is discarded after a failure.
    Raises `WriteError`.

    >>> import tempfile
    >>> from pathlib import Path
    >>> where = Path(tempfile.mkdtemp()) / "a"
    >>> with atomic_write(where) as out: n = out.write(b"1")
    >>> where.read_bytes()
    b'1'
    """
    part = path.with_name(f".{path.name[:80]}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        # O_EXCL: never write through a symbolic link that somebody placed here.
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with os.fdopen(handle, "wb") as out:
            yield out
            if durable:
                out.flush()
                os.fsync(out.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise WriteError(f"{path}：无法写入（{error.strerror}）。请检查磁盘空间和文件夹权限。") from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_bytes(path: Path, data: bytes, *, durable: bool = True) -> bool:
    """Write a file atomically. False where it already holds `data`: then nothing is touched.

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
    """`write_bytes` in UTF-8; line ends are never converted."""
    return write_bytes(path, text.encode())


def holds(path: Path, data: bytes) -> bool:
    """Whether `path` is a regular file with exactly these bytes."""
    try:
        state = path.lstat()
        return stat.S_ISREG(state.st_mode) and state.st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def write_without_rename(path: Path, data: bytes) -> None:
    """`write_bytes`, but where the file system cannot rename (a mounted object store), write to `path` directly.

    Object stores show a file only when it is closed, so readers still see the old or the new one.
    Not for a file that is a hard link of another.

    >>> import tempfile
    >>> from pathlib import Path
    >>> where = Path(tempfile.mkdtemp()) / "a"
    >>> write_without_rename(where, b"1"); where.read_bytes()
    b'1'
    """
    if holds(path, data):
        return
    try:
        write_bytes(path, data)
    except WriteError:
        try:
            path.write_bytes(data)
        except OSError as error:
            raise WriteError(f"{path}：无法写入（{error.strerror}）。请检查空间和权限。") from error


def copy_or_link(path: Path, source: Path, *, earlier: Path | None = None, stamp: int | None = None) -> bool:
    """Make the new file `path` equal to `source`. True where it became a hard link of `earlier`, a file with equal bytes.

    A hard link keeps the modification time of `earlier`; a copy gets `stamp` (seconds since 1970). Web servers compare
    time and size to tell whether a browser's copy is current. Without hard links the bytes are copied.
    """
    if earlier is not None and _equal(source, earlier):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            os.link(earlier, path)
        except OSError:
            source = earlier
        else:
            return True
    with atomic_write(path, durable=False) as out, source.open("rb") as bytes_of:
        shutil.copyfileobj(bytes_of, out)
    if stamp is not None:
        os.utime(path, (stamp, stamp))
    return False


def _equal(one: Path, other: Path) -> bool:
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
    """A modification time for new files, in seconds since 1970: now, but at least one second later than that of `path`.

    A web server compares times in whole seconds, so a newer file must not share the time of the older one.
    """
    try:
        return max(int(time.time()), int(path.stat().st_mtime) + 1)
    except FileNotFoundError:
        return int(time.time())


def make_link(path: Path, target: str) -> None:
    """Make `path` a symbolic link to `target` (relative to the link's folder), replacing any file or link in one step.

    Raises `WriteError` where links cannot be made, or where `path` is a folder.
    """
    part = path.with_name(f".{path.name[:80]}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        part.symlink_to(target)
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise WriteError(f"{path}：无法建立链接（{error.strerror}）。请检查文件夹权限。") from error


def supports_links(folder: Path) -> bool:
    """Whether this empty folder allows symbolic links and renaming folders; leaves nothing behind."""
    one, other = folder / "trial", folder / "trial.moved"
    try:
        one.mkdir()
        one.rename(other)
        make_link(one, other.name)
        return one.is_dir()
    except (OSError, WriteError):
        return False
    finally:
        for path in (one, other):
            with contextlib.suppress(WriteError):
                remove_folder(path)


def move_folder(new: Path, place: Path) -> None:
    """Rename a finished folder to `place` in one step. Raises `WriteError` where something already exists there."""
    if os.path.lexists(place):
        raise WriteError(f"{place} 已经存在，未替换。请移走它。")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f"{place.parent}：无法建立（{error.strerror}）。请检查文件夹权限。") from error
    rename_folder(new, place)


def rename_folder(source: Path, target: Path) -> None:
    """Rename a folder. Raises `WriteError`."""
    try:
        source.rename(target)
    except OSError as error:
        raise WriteError(f"{target}：无法替换（{error.strerror}）。请关闭占用该文件夹的程序，再构建一次。") from error


def remove_folder(path: Path) -> None:
    """Remove a folder with its content, or a file, or a link (not what it leads to). A missing path is no error."""
    try:
        if path.is_symlink() or path.is_file():
            path.unlink()
        elif path.exists():
            shutil.rmtree(path)
    except OSError as error:
        raise WriteError(f"{path}：无法删除（{error.strerror}）。请关闭占用它的程序。") from error


def flush_to_disk() -> None:
    """Wait until the disk has everything written so far, so that a power cut loses none of it."""
    if hasattr(os, "sync"):
        os.sync()
