"""Knows how finished folders replace the live ones, and how a replacement that was killed is completed later.

Live folders are those that users see, such as `site/`. A journal in the work folder lists what is being replaced. Leaves
the lock that both need to `project_lock`, and swapping two folders to `swapping`.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workreport.project.writer.atomic import flush_to_disk, remove_folder, rename_folder, sync_folder_names, write_text
from workreport.project.writer.file_names import safe_name
from workreport.project.writer.swapping import swap
from workreport.project.writer.write_errors import WriteError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

WORK = ".workreport"
"""The folder of a project that holds the lock, the journal, caches and the staging folder; ignored by git."""

JOURNAL = "journal.json"
"""The file in the work folder that lists the folders being replaced. After a kill it stays until `recover` removes it."""


@dataclass(frozen=True, slots=True)
class _Replacement:
    """One folder to replace: its live path in the project, the new one in the work folder, and the new one's inode."""

    live: str
    new: str
    inode: int


def exchange(project: Path, finished: Mapping[str, Path]) -> None:
    """Replace live folders by finished ones: `{"site": staging / "site"}`. Call it inside `lock_project`.

    On Linux each live folder is at every moment the whole old or the whole new one. Other systems need two renames: after
    a kill between them the live folder is missing until the next command runs `recover`. If the process is killed between
    two of several folders, `recover` replaces the rest, so that all are of the same build.

    Raises `WriteError` if a live path is no folder or cannot be replaced; then all live folders are as before.
    """
    work = project / WORK
    journal = work / JOURNAL
    steps: list[_Replacement] = []
    for name, new in sorted(finished.items()):
        safe_name(name)
        live = project / name
        if live.is_symlink() or (live.exists() and not live.is_dir()):
            raise WriteError(f"{live} 不是普通文件夹，未替换。请移走它。")
        steps.append(_Replacement(name, new.relative_to(work).as_posix(), _inode(new)))
    # All new folders are complete, on the disk too, when the journal is written: `recover` only completes the exchange.
    flush_to_disk(work)
    write_text(journal, json.dumps([{"live": s.live, "new": s.new, "identity": s.inode} for s in steps]) + "\n")
    for count, step in enumerate(steps):
        try:
            _replace(project, step)
        except WriteError:
            for earlier in reversed(steps[:count]):
                _undo(project, earlier)
            journal.unlink()
            raise
    for folder in sorted({(project / step.live).parent for step in steps}):
        sync_folder_names(folder)
    journal.unlink()
    with contextlib.suppress(WriteError):  # the exchange is done; the next command removes what is left
        for step in steps:
            remove_folder(work / step.new)
        remove_folder(work / "old")


def recover(project: Path) -> str | None:
    """Complete an `exchange` that was killed. Return one line (Chinese) for the user, None if nothing had to be replaced.

    `lock_project` calls this function first; call it only while the project is locked. Raises `WriteError`, also for a
    journal that cannot be read.
    """
    path = project / WORK / JOURNAL
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        steps = [_Replacement(row["live"], row["new"], row["identity"]) for row in rows]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise WriteError(f"{path}：无法读取（{error}）。请删除它，再构建一次。") from error
    done = []
    for step in steps:
        safe_name(step.live)
        safe_name(step.new)
        if _replace(project, step):
            done.append(f"{step.live}/")
    path.unlink()
    return f"上次构建在替换文件夹时中断，已恢复完整：{'、'.join(done)}。" if done else None


def _replace(project: Path, step: _Replacement) -> bool:
    """Move the new folder to the live path. Return whether anything was moved.

    Nothing is moved if the new folder is at the live path already (same inode). If the new folder is missing, the old one
    is moved back if it had been moved away.
    """
    live, new, old = project / step.live, project / WORK / step.new, project / WORK / "old" / step.live
    if _inode(live) == step.inode:
        return False
    if _inode(new) != step.inode:
        # The new folder is gone: restore the old one, if it had been moved away.
        if not live.exists() and old.exists():
            rename_folder(old, live)
            return True
        return False
    if live.exists() and swap(new, live):
        return True
    if live.exists():
        old.parent.mkdir(parents=True, exist_ok=True)
        remove_folder(old)
        rename_folder(live, old)
    try:
        rename_folder(new, live)
    except WriteError:
        if old.exists():
            rename_folder(old, live)
        raise
    return True


def _undo(project: Path, step: _Replacement) -> None:
    """Undo `_replace`: put the old folder back at the live path, or leave nothing there if there was none."""
    live, new, old = project / step.live, project / WORK / step.new, project / WORK / "old" / step.live
    before = new if new.exists() else old
    if before is new and swap(new, live):
        return
    aside = project / WORK / "old" / f"{step.live}.new"
    aside.parent.mkdir(parents=True, exist_ok=True)
    rename_folder(live, aside)
    if before.exists():
        rename_folder(before, live)


def _inode(path: Path) -> int:
    """The inode of a path, 0 where it does not exist."""
    try:
        return path.lstat().st_ino
    except FileNotFoundError:
        return 0
