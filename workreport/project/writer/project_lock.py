"""Knows the lock of a project: only one command writes at a time, and it first completes what a killed command left.

Leaves replacing folders to `folder_swap`.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from typing import TYPE_CHECKING

from workreport.project.writer.atomic import remove_folder
from workreport.project.writer.folder_swap import JOURNAL, WORK, recover
from workreport.project.writer.write_errors import BusyError, WriteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_CANNOT_LOCK = {errno.ENOSYS, errno.ENOTSUP, errno.ENOLCK}
"""Errors of a file system without locks."""
_RETRY = 0.05
"""Seconds between two attempts to take the lock."""


@contextlib.contextmanager
def lock_project(
    project: Path, say: Callable[[str], None], *, wait: float = 600.0, what: str = "构建"
) -> Iterator[Path]:
    """Lock a project for writing and yield an empty staging folder on the same disk, which is removed at the end.

    First waits for another command that has the lock, then completes an `exchange` that was killed and removes its
    leftovers; `say` gets a line (Chinese) for a wait and one for a completed exchange. A folder that a web server serves
    is locked in the same way. `what` names the activity in messages ("发布"). Raises `BusyError` if the lock is not free
    within `wait` seconds, and `WriteError`. On a file system without locks (a mounted object store), nothing is locked.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with lock_project(Path(tempfile.mkdtemp()), print) as staging: staging.is_dir()
    True
    """
    work = project / WORK
    staging = work / "staging"
    if work.is_symlink():
        raise WriteError(f"{work} 是符号链接，写入会落到别处。请换成普通文件夹。")
    try:
        work.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f"{work}：无法建立（{error.strerror}）。请检查文件夹权限。") from error
    with _locked(work / "lock", say, wait, what):
        if recovered := recover(project):
            say(recovered)
        for leftover in ("staging", "old"):
            remove_folder(work / leftover)
        staging.mkdir()
        try:
            yield staging
        finally:
            with contextlib.suppress(WriteError):  # the next command tries again
                remove_folder(staging)


def finish_interrupted(project: Path, say: Callable[[str], None]) -> None:
    """For a command that only reads: wait for a running `exchange`, or complete a killed one. If there is none, write nothing."""
    if (project / WORK / JOURNAL).exists():
        with lock_project(project, say):
            pass


@contextlib.contextmanager
def _locked(path: Path, say: Callable[[str], None], wait: float, what: str) -> Iterator[None]:
    """Hold the lock of the file `path` during the `with` block; arguments as in `lock_project`."""
    # The system releases the lock when the process ends, even if it is killed.
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise WriteError(f"{path}：无法打开（{error.strerror}）。请检查文件权限。") from error
    try:
        give_up = time.monotonic() + wait
        announced = False
        while not _try_lock(handle):
            if time.monotonic() >= give_up:
                raise BusyError(f"{path.parent.parent}：另一个{what}仍在进行，本次未开始。请稍后再试。")
            if not announced:
                say(f"另一个{what}正在进行，等待其结束……")
                announced = True
            time.sleep(_RETRY)
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            # A mounted object store has no locks; there the publisher must run one publication at a time.
            if error.errno not in _CANNOT_LOCK:
                raise
        return True
