"""Knows how bytes reach the disk: whole files, a folder of generated files, a finished folder put in place of the old.

Leaves what the bytes are to everybody else; nothing else in the house opens a file for writing.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import json
import os
import re
import shutil
import stat
import sys
import time
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

WORK = ".workreport"
"""The folder of a project that holds the lock, the journal and what is being built; ignored by git."""

LISTING = ".generated"
"""The file in a folder of generated files that names them; committed, so that nothing made by hand is taken for one."""

TWO_STEPS = "WORKREPORT_TWO_STEPS"
"""Set to 1, the exchange behaves as on a system that cannot swap two folders at once."""

_RESERVED = re.compile(r"(?i:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..*)?", re.DOTALL)
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
_LONGEST = 240
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_CANNOT_SWAP = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM}
_CANNOT_LOCK = {errno.ENOSYS, errno.ENOTSUP, errno.ENOLCK}


class WriteError(Exception):
    """Nothing was written, or the old state stands: the message says which path and what to do."""


class BusyError(WriteError):
    """Another command is writing in the same project."""


@dataclass(frozen=True, slots=True)
class Synced:
    """What `sync_folder` did: the names it wrote, those it removed, and how many it found as they should be."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


def safe_name(name: str) -> PurePosixPath:
    """A relative path that stays in its folder and can stand on any system (Windows and FAT too).

    Raises `WriteError` for "..", an absolute path, a backslash, a mark or a word that Windows keeps for itself,
    an end in a dot or a space, and a part of more than 240 bytes.

    >>> safe_name("gongshu-2024/1/3/index.md").name
    'index.md'
    """
    parts = name.split("/")
    for part in parts:
        reason = None
        if part in ("", ".", ".."):
            reason = "路径须是文件夹之内的相对路径"
        elif _FORBIDDEN.search(part) or any(unicodedata.category(c) == "Cs" for c in part):
            reason = "路径含有不能用作文件名的字符"
        elif _RESERVED.fullmatch(part):
            reason = "路径含有 Windows 保留的名称"
        elif part[-1] in ". ":
            reason = "文件名不能以点或空格结尾"
        elif len(part.encode()) > _LONGEST:
            reason = f"文件名过长（每段至多 {_LONGEST} 字节）"
        if reason:
            raise WriteError(f"{name!r}：{reason}，请改名。")
    return PurePosixPath(*parts)


def safe_names(names: Iterable[str]) -> dict[str, PurePosixPath]:
    """All names checked by `safe_name`, and no two that differ only in case or in Unicode form.

    >>> safe_names(["a.md", "b/a.md"])["b/a.md"].parent.name
    'b'
    """
    checked: dict[str, PurePosixPath] = {}
    seen: dict[str, str] = {}
    for name in sorted(names):
        checked[name] = safe_name(name)
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded in seen:
            raise WriteError(f"{name!r} 与 {seen[folded]!r} 只有大小写或字形之别，在一些系统上会互相覆盖，请改名。")
        seen[folded] = name
    folders = {parent.as_posix() for path in checked.values() for parent in path.parents}
    for name in checked:
        if name in folders:
            raise WriteError(f"{name!r} 既是文件又是文件夹，请改名。")
    return checked


@contextlib.contextmanager
def writing(path: Path, *, durable: bool = True) -> Iterator[BinaryIO]:
    """A file to fill; at the end it takes the place of `path` whole, and after an error `path` is as it was.

    `durable` waits until the disk has it; not needed in a staging folder, which is thrown away after a fault.

    >>> import tempfile
    >>> where = Path(tempfile.mkdtemp()) / "a"
    >>> with writing(where) as out: n = out.write(b"1")
    >>> where.read_bytes()
    b'1'
    """
    part = path.with_name(f".{path.name[:80]}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        # Exclusive: a link that somebody put in the way is never written through.
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
    """Make `path` hold `data`, at once or not at all; False where it already did and nothing was touched.

    >>> import tempfile
    >>> where = Path(tempfile.mkdtemp()) / "a"
    >>> write_bytes(where, b"1"), write_bytes(where, b"1")
    (True, False)
    """
    if _holds(path, data):
        return False
    with writing(path, durable=durable) as out:
        out.write(data)
    return True


def write_text(path: Path, text: str) -> bool:
    """`write_bytes` in UTF-8 with the line ends of the text, on every system."""
    return write_bytes(path, text.encode())


def _holds(path: Path, data: bytes) -> bool:
    try:
        state = path.lstat()
        return stat.S_ISREG(state.st_mode) and state.st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def write_over(path: Path, data: bytes) -> None:
    """`write_bytes`, and where nothing can be renamed (an object store) straight to its place.

    Such places show a file when it is closed, so that readers see the old or the new there too. Not for a file that
    shares its bytes with another.

    >>> import tempfile
    >>> where = Path(tempfile.mkdtemp()) / "a"
    >>> write_over(where, b"1"); where.read_bytes()
    b'1'
    """
    if _holds(path, data):
        return
    try:
        write_bytes(path, data)
    except WriteError:
        try:
            path.write_bytes(data)
        except OSError as error:
            raise WriteError(f"{path}：无法写入（{error.strerror}）。请检查空间和权限。") from error


def write_alike(path: Path, source: Path, *, earlier: Path | None = None, stamp: int | None = None) -> bool:
    """Make the new file `path` hold what `source` holds; True where it shares its bytes with an equal `earlier` file.

    A shared file keeps the date of the earlier one, any other gets `stamp` (seconds since 1970): servers tell by date
    and size whether a reader's copy is still good. Where the disk shares nothing, the bytes are copied.
    """
    if earlier is not None and _equal(source, earlier):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            os.link(earlier, path)
        except OSError:
            source = earlier
        else:
            return True
    with writing(path, durable=False) as out, source.open("rb") as bytes_of:
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


def date_file(path: Path, stamp: int) -> None:
    """Date a file: seconds since 1970."""
    os.utime(path, (stamp, stamp))


def later_than(path: Path) -> int:
    """A date for new files: now, and at least a second after that of `path`, so that no server takes one for the other."""
    try:
        return max(int(time.time()), int(path.stat().st_mtime) + 1)
    except FileNotFoundError:
        return int(time.time())


def make_link(path: Path, target: str) -> None:
    """Make `path` a symbolic link to `target` (relative to its folder) in one step; what stood there before is gone.

    Raises `WriteError` where links cannot be made, or where a folder stands in the way.
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


def takes_links(folder: Path) -> bool:
    """Whether links and folders can be made and renamed in this (empty) folder; nothing of the trial stays."""
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


def put_folder(new: Path, place: Path) -> None:
    """Rename a finished folder to a place where nothing stands, in one step."""
    if os.path.lexists(place):
        raise WriteError(f"{place} 已经存在，未替换。请移走它。")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f"{place.parent}：无法建立（{error.strerror}）。请检查文件夹权限。") from error
    _rename(new, place)


def to_disk() -> None:
    """Wait until the disk has what was written so far, so that a power cut after it loses nothing of it."""
    if hasattr(os, "sync"):
        os.sync()


def sync_folder(folder: Path, files: Mapping[str, bytes]) -> Synced:
    """Make `folder` hold exactly these generated files beside whatever was made by hand.

    Generated is what `.generated` in the folder names (one path a line, sorted, committed). A file that stands there
    but is no longer among `files` goes; any other file stays. A hand-made file in the place of a generated one is an
    error, never overwritten. A killed run leaves a list that names too much rather than too little, so the next run
    still knows what is its own.

    >>> import tempfile
    >>> sync_folder(Path(tempfile.mkdtemp()), {"a/index.md": b"x"}).written
    ('a/index.md',)
    """
    paths = safe_names(files)
    if LISTING in paths:
        raise WriteError(f"{folder / LISTING} 由程序保管，不能用作页面名。")
    listing = folder / LISTING
    owned = _read_listing(listing)
    _refuse_links(folder, {*paths, *owned})
    for name in sorted(paths.keys() - owned):
        if not _free(folder, name, owned) and not _holds(folder / name, files[name]):
            raise WriteError(f"{folder / name} 不是程序生成的文件，未覆盖。请移走，或把路径加进 {listing}。")
    _sweep(folder, paths)
    stale = sorted(owned - paths.keys())
    _write_listing(listing, owned | paths.keys())
    # What goes, goes first: a folder may take the name of a file of the last build.
    removed = tuple(name for name in stale if _remove(folder, name))
    written = tuple(name for name in paths if write_bytes(folder / name, files[name]))
    _write_listing(listing, paths.keys())
    return Synced(written, removed, len(paths) - len(written))


def _read_listing(listing: Path) -> set[str]:
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
    write_text(listing, "".join(f"{name}\n" for name in sorted(names)))


def _free(folder: Path, name: str, owned: set[str]) -> bool:
    """Nothing made by hand stands at this place; a folder there is free when all in it is our own."""
    path = folder / name
    if path.is_dir() and not path.is_symlink():
        return all(p.is_dir() or p.relative_to(folder).as_posix() in owned for p in path.rglob("*"))
    return not os.path.lexists(path)


def _sweep(folder: Path, names: Iterable[str]) -> None:
    """Half-written files of a killed run."""
    for parent in sorted({(folder / name).parent for name in names}):
        for part in sorted(parent.glob(".*.part")):
            part.unlink(missing_ok=True)


def _refuse_links(folder: Path, names: Iterable[str]) -> None:
    for parent in sorted({parent for name in names for parent in PurePosixPath(name).parents}):
        if (folder / parent).is_symlink() and parent.parts:
            raise WriteError(f"{folder / parent} 是链接，写入会落到别处。请换成普通文件夹。")


def _remove(folder: Path, name: str) -> bool:
    path = folder / name
    try:
        path.unlink()
        gone = True
    except FileNotFoundError:
        gone = False
    except OSError as error:
        raise WriteError(f"{path}：无法删除（{error.strerror}）。") from error
    for parent in PurePosixPath(name).parents:
        if not parent.parts:
            break
        try:
            (folder / parent).rmdir()
        except OSError:
            break  # not empty: something of the new build or made by hand stands in it
    return gone


def remove_folder(path: Path) -> None:
    """Take a folder with all that is in it (or a file) away; what is not there is no error, a link is not followed."""
    try:
        if path.is_symlink() or path.is_file():
            path.unlink()
        elif path.exists():
            shutil.rmtree(path)
    except OSError as error:
        raise WriteError(f"{path}：无法删除（{error.strerror}）。请关闭占用它的程序。") from error


@contextlib.contextmanager
def hold(project: Path, say: Callable[[str], None], *, wait: float = 600.0, what: str = "构建") -> Iterator[Path]:
    """Hold a project for writing: lock it, set right what a killed command left, give an empty folder to build in.

    A folder that a web server serves is held in the same way (`what` = "发布", for the messages).

    Yields the staging folder (on the same disk as the project); it goes at the end, whatever happened. `say` gets
    one line when another command is being waited for (up to `wait` seconds, then `BusyError`), and one when something
    was restored.

    >>> import tempfile
    >>> with hold(Path(tempfile.mkdtemp()), print) as staging: staging.is_dir()
    True
    """
    work = project / WORK
    staging = work / "staging"
    try:
        work.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f"{work}：无法建立（{error.strerror}）。请检查文件夹权限。") from error
    with _locked(work / "lock", say, wait, what):
        if restored := recover(project):
            say(restored)
        for leftover in ("staging", "old"):
            remove_folder(work / leftover)
        staging.mkdir()
        try:
            yield staging
        finally:
            with contextlib.suppress(WriteError):  # the next command tries again
                remove_folder(staging)


@contextlib.contextmanager
def _locked(path: Path, say: Callable[[str], None], wait: float, what: str) -> Iterator[None]:
    # The system lets go of the lock when the process ends, however it ends.
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise WriteError(f"{path}：无法打开（{error.strerror}）。") from error
    try:
        give_up = time.monotonic() + wait
        told = False
        while not _try_lock(handle):
            if time.monotonic() >= give_up:
                raise BusyError(f"{path.parent.parent}：另一个{what}仍在进行，本次未开始。请稍后再试。")
            if not told:
                say(f"另一个{what}正在进行，等待其结束……")
                told = True
            time.sleep(0.05)
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
            # A mounted object store knows no locks; there its publisher sees to it that one publishes at a time.
            if error.errno not in _CANNOT_LOCK:
                raise
        return True


def exchange(project: Path, finished: Mapping[str, Path]) -> None:
    """Put finished folders in the place of the live ones: `{"site": staging / "site"}`; call it inside `hold`.

    Each live folder is at every moment the whole old or the whole new one where the system can swap two folders
    (Linux); elsewhere there is a moment between two renames, and after a kill just then the next command restores it
    (`recover`). With several folders, one killed half-way through is finished by the next command, so that
    they agree.

    Raises `WriteError` where a live path is no folder or lies on another disk; then all stand as they stood.
    """
    work = project / WORK
    steps: list[_Step] = []
    for name, new in sorted(finished.items()):
        safe_name(name)
        live = project / name
        if live.is_symlink() or (live.exists() and not live.is_dir()):
            raise WriteError(f"{live} 不是普通文件夹，未替换。请移走它。")
        steps.append(_Step(name, new.relative_to(work).as_posix(), _identity(new)))
    # Everything is complete before the journal is written: from here on it can only go forward.
    journal = [{"live": s.live, "new": s.new, "identity": s.identity} for s in steps]
    write_text(work / "journal.json", json.dumps(journal) + "\n")
    for count, step in enumerate(steps):
        try:
            _put(project, step)
        except WriteError:
            for earlier in reversed(steps[:count]):
                _take_back(project, earlier)
            (work / "journal.json").unlink()
            raise
    (work / "journal.json").unlink()
    for step in steps:
        remove_folder(work / step.new)
    remove_folder(work / "old")


@dataclass(frozen=True, slots=True)
class _Step:
    live: str
    new: str
    identity: int


def recover(project: Path) -> str | None:
    """Set right what a killed `exchange` left, and say so in one line; None where nothing was to be done.

    Call it while the project is held (`hold` does).
    """
    work = project / WORK
    path = work / "journal.json"
    try:
        steps = [_Step(s["live"], s["new"], s["identity"]) for s in json.loads(path.read_text(encoding="utf-8"))]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise WriteError(f"{path}：无法读取（{error}）。请删除它，再构建一次。") from error
    done = []
    for step in steps:
        safe_name(step.live)
        safe_name(step.new)
        if _put(project, step):
            done.append(f"{step.live}/")
    path.unlink()
    return f"上次构建在替换文件夹时中断，已恢复完整：{'、'.join(done)}。" if done else None


def settle(project: Path, say: Callable[[str], None]) -> None:
    """For a command that only reads: let a running exchange end, restore one that was killed; else touch nothing."""
    if (project / WORK / "journal.json").exists():
        with hold(project, say):
            pass


def _put(project: Path, step: _Step) -> bool:
    """One folder into its place; False where it stood there already (its inode tells)."""
    live, new, old = project / step.live, project / WORK / step.new, project / WORK / "old" / step.live
    if _identity(live) == step.identity:
        return False
    if _identity(new) != step.identity:
        # The finished folder is gone. What stood here before the exchange comes back, if it had been put aside.
        if not live.exists() and old.exists():
            _rename(old, live)
            return True
        return False
    if live.exists() and _swap(new, live):
        return True
    if live.exists():
        old.parent.mkdir(parents=True, exist_ok=True)
        remove_folder(old)
        _rename(live, old)
    try:
        _rename(new, live)
    except WriteError:
        if old.exists():
            _rename(old, live)
        raise
    return True


def _take_back(project: Path, step: _Step) -> None:
    """The reverse of `_put`: what stood there before stands there again."""
    live, new, old = project / step.live, project / WORK / step.new, project / WORK / "old" / step.live
    before = new if new.exists() else old
    if before is new and _swap(new, live):
        return
    aside = project / WORK / "old" / f"{step.live}.new"
    aside.parent.mkdir(parents=True, exist_ok=True)
    _rename(live, aside)
    if before.exists():
        _rename(before, live)


def _identity(path: Path) -> int:
    try:
        return path.lstat().st_ino
    except FileNotFoundError:
        return 0


def _rename(source: Path, target: Path) -> None:
    try:
        source.rename(target)
    except OSError as error:
        raise WriteError(f"{target}：无法替换（{error.strerror}）。请关闭占用该文件夹的程序，再构建一次。") from error


def _swap(one: Path, other: Path) -> bool:
    """Swap two folders in one step (`renameat2` with `RENAME_EXCHANGE`); False where the system or the disk cannot."""
    if not sys.platform.startswith("linux") or os.environ.get(TWO_STEPS) == "1":
        return False
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    if renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT_SWAP:
        return False
    raise WriteError(f"{other}：无法替换（{os.strerror(number)}）。请检查该文件夹与项目是否在同一磁盘。")
