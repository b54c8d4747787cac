"""Knows how two files or folders are swapped in one step where the system can, and what is carried into a folder's successor.

Leaves what is swapped, and what is done where the system cannot, to the callers.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from workreport.project.writer.atomic import succeeds, write_bytes
from workreport.project.writer.write_errors import WriteError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

TWO_STEPS = "WORKREPORT_TWO_STEPS"
"""The environment variable that, set to 1, makes this module behave as if nothing could be swapped in one step."""

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
"""Constants of Linux for `renameat2`: paths start at the current folder; swap the two."""
_CANNOT_SWAP = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM, errno.EBUSY, errno.EXDEV}
"""Errors of `renameat2` where the kernel or the file system cannot swap, or where one of the two is a disk of its own."""


def swap(one: Path, other: Path) -> bool:
    """Swap two files or folders in one step (Linux `renameat2`). Return False if the system or the file system cannot do that.

    Raises `WriteError` for any other error, for example a missing permission.
    """
    if not sys.platform.startswith("linux") or os.environ.get(TWO_STEPS) == "1":
        return False
    number = _renameat2(one, other)
    if number and number not in _CANNOT_SWAP:
        raise WriteError(f"{other}：无法替换（{os.strerror(number)}）。请检查磁盘空间和文件夹权限。")
    return number == 0


def _renameat2(one: Path, other: Path) -> int:
    """Ask Linux to swap two paths; return 0, or the number of the error."""
    function = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if function is None:
        return errno.ENOSYS
    done = function(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return 0 if done == 0 else ctypes.get_errno()


def supports_swap(folder: Path) -> bool:
    """Try in this empty folder whether folders can be swapped and files hard-linked; remove the trial afterwards."""

    def swaps(one: Path, other: Path) -> bool:
        other.mkdir()
        write_bytes(one / "a", b"", durable=False)
        os.link(one / "a", other / "a")
        return swap(one, other)

    return succeeds(swaps, folder)


def carry_over(live: Path, new: Path) -> bool:
    """Hard-link into the folder `new` whatever it lacks of the folder `live`, which it is to replace; owners and modes too.

    Return False if that cannot be done: for a link, a pipe or a device in `live`, for another disk, for a file that may not
    be linked.
    """
    try:
        return all(_carry_folder(Path(place), new / Path(place).relative_to(live)) for place, _, _ in _walk(live))
    except OSError:
        return False


def _walk(folder: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """Walk a folder without following links. Raises OSError for a part that cannot be read."""
    return os.walk(folder, onerror=_raise)


def _carry_folder(place: Path, into: Path) -> bool:
    """Do what `carry_over` does for the folder `place` without those in it. Raises OSError."""
    if not into.is_dir():
        into.mkdir(parents=True)
        shutil.copystat(place, into)
    with contextlib.suppress(OSError):
        state = place.stat()
        os.chown(into, state.st_uid, state.st_gid)
    for path in place.iterdir():
        mode = path.lstat().st_mode
        if stat.S_ISREG(mode):
            if not os.path.lexists(into / path.name):
                os.link(path, into / path.name)
        elif not stat.S_ISDIR(mode):
            return False
    return True


def _raise(error: OSError) -> None:
    raise error


def carry_late(old: Path, live: Path, replaced: Collection[str]) -> None:
    """Move into the folder `live` what came into its predecessor `old` after `carry_over`, so that nobody's file is lost.

    That is: a file that `live` lacks, and one that was put in the place of a file which was carried over. `replaced` are the
    paths in the folder that `live` has anew. Raises `WriteError`.
    """
    try:
        for path in sorted(path for path in old.rglob("*") if path.is_file()):
            name = path.relative_to(old).as_posix()
            if name not in replaced and not ((live / name).exists() and path.samefile(live / name)):
                (live / name).parent.mkdir(parents=True, exist_ok=True)
                path.replace(live / name)
    except OSError as error:
        raise WriteError(f"{live}：无法写入（{error.strerror}）。请检查磁盘空间和文件夹权限。") from error
